/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RPMB Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_RPMB_H
#define VWR_STANDALONE_RPMB_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_RPMB 28                               /* Storage that resists tampering and replay: every access is
                                                           authenticated. */

/* enums.response; "Device Operation" */
#define VIRTIO_RPMB_RESP_PROGRAM_KEY 0x100              /* How programming the key went. */
#define VIRTIO_RPMB_RESP_GET_COUNTER 0x200              /* The write counter. */
#define VIRTIO_RPMB_RESP_DATA_WRITE 0x300               /* How a write went. */
#define VIRTIO_RPMB_RESP_DATA_READ 0x400                /* One block that was read. */

/* enums.result; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_RPMB_RES_OK 0x0                          /* It went well. */
#define VIRTIO_RPMB_RES_GENERAL_FAILURE 0x1             /* Any failure that has no number of its own. */
#define VIRTIO_RPMB_RES_AUTH_FAILURE 0x2                /* The MAC is not the one that the device computed. */
#define VIRTIO_RPMB_RES_COUNT_FAILURE 0x3               /* The write counter is not the device's. */
#define VIRTIO_RPMB_RES_ADDR_FAILURE 0x4                /* The address is beyond the end. */
#define VIRTIO_RPMB_RES_WRITE_FAILURE 0x5               /* The data or the key could not be stored. */
#define VIRTIO_RPMB_RES_READ_FAILURE 0x6                /* The data could not be fetched. */
#define VIRTIO_RPMB_RES_NO_AUTH_KEY 0x7                 /* No key has been programmed yet. */
#define VIRTIO_RPMB_RES_WRITE_COUNTER_EXPIRED 0x80      /* The write counter is at its end; nothing can be written. */

/* messages.request; "Device Operation" */
#define VIRTIO_RPMB_REQ_PROGRAM_KEY 0x1                 /* Program the key; can be done once. */
#define VIRTIO_RPMB_REQ_GET_WRITE_COUNTER 0x2           /* Read the write counter. */
#define VIRTIO_RPMB_REQ_DATA_WRITE 0x3                  /* Write blocks; one frame each. */
#define VIRTIO_RPMB_REQ_DATA_READ 0x4                   /* Read blocks; one frame comes back for each. */
#define VIRTIO_RPMB_REQ_RESULT_READ 0x5                 /* Ask how the key programming or the write before it went. */

/* queues; "RPMB Device" */
#define VIRTIO_RPMB_QUEUE_REQUESTQ 0                    /* Requests. */

/*
 * Every request and every response.
 * structs.frame; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_rpmb_frame {
    uint8_t stuff[196];                     /* Reserved. */
    uint8_t key_mac[32];                    /* The key when one is programmed, else the MAC of what follows. */
    uint8_t data[256];                      /* The block. */
    uint8_t nonce[16];                      /* Random bytes of the driver that the response repeats. */
    uint32_t write_counter;                 /* big-endian; Authenticated writes so far. */
    uint16_t address;                       /* big-endian; First block; in 256-byte blocks. */
    uint16_t block_count;                   /* big-endian; How many blocks; 1 if nothing is read or written. */
    uint16_t result;                        /* big-endian; How it went; VIRTIO_RPMB_RES_*. */
    uint16_t req_resp;                      /* big-endian; Which request; in a response the response;
                                               VIRTIO_RPMB_REQ_* or VIRTIO_RPMB_RESP_*. */
};
VIRTIO_SIZE(virtio_rpmb_frame, 512);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_rpmb_config {
    uint8_t capacity;                       /* Size of the storage; in units of 128 KiB; at most 128. */
    uint8_t max_wr_cnt;                     /* Most blocks in one write; 0 for no limit; in 256-byte blocks. */
    uint8_t max_rd_cnt;                     /* Most blocks in one read; 0 for no limit; in 256-byte blocks. */
};
VIRTIO_SIZE(virtio_rpmb_config, 3);

#undef VIRTIO_SIZE
#endif
