/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RPMB Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_RPMB_H
#define VWR_STANDALONE_RPMB_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_RPMB 28                               /* Replay-protected storage with authenticated access. */

/* enums.response; "Device Operation" */
#define VIRTIO_RPMB_RESP_PROGRAM_KEY 0x100              /* Result of programming the key. */
#define VIRTIO_RPMB_RESP_GET_COUNTER 0x200              /* The write counter. */
#define VIRTIO_RPMB_RESP_DATA_WRITE 0x300               /* Result of a write. */
#define VIRTIO_RPMB_RESP_DATA_READ 0x400                /* One block of data. */

/* enums.result; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_RPMB_RES_OK 0x0                          /* The request succeeded. */
#define VIRTIO_RPMB_RES_GENERAL_FAILURE 0x1             /* Any failure without a specific status. */
#define VIRTIO_RPMB_RES_AUTH_FAILURE 0x2                /* The MAC does not match. */
#define VIRTIO_RPMB_RES_COUNT_FAILURE 0x3               /* The write counter does not match. */
#define VIRTIO_RPMB_RES_ADDR_FAILURE 0x4                /* The address is out of range. */
#define VIRTIO_RPMB_RES_WRITE_FAILURE 0x5               /* The device could not write the data or the key. */
#define VIRTIO_RPMB_RES_READ_FAILURE 0x6                /* The device could not read the data. */
#define VIRTIO_RPMB_RES_NO_AUTH_KEY 0x7                 /* The authentication key is not programmed. */
#define VIRTIO_RPMB_RES_WRITE_COUNTER_EXPIRED 0x80      /* The write counter has expired; writes are impossible. */

/* messages.request; "Device Operation" */
#define VIRTIO_RPMB_REQ_PROGRAM_KEY 0x1                 /* Program the authentication key, once. */
#define VIRTIO_RPMB_REQ_GET_WRITE_COUNTER 0x2           /* Read the write counter. */
#define VIRTIO_RPMB_REQ_DATA_WRITE 0x3                  /* Write blocks, one frame each. */
#define VIRTIO_RPMB_REQ_DATA_READ 0x4                   /* Read blocks; the device returns one frame per block. */
#define VIRTIO_RPMB_REQ_RESULT_READ 0x5                 /* Read the result of the preceding key programming or write. */

/* queues; "RPMB Device" */
#define VIRTIO_RPMB_QUEUE_REQUESTQ 0                    /* Requests. */

/*
 * Frame of a request or response.
 * structs.frame; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_rpmb_frame {
    uint8_t stuff[196];                     /* Reserved. */
    uint8_t key_mac[32];                    /* The key, if the request is PROGRAM_KEY; else the HMAC SHA-256 of the
                                               fields that follow. */
    uint8_t data[256];                      /* The block. */
    uint8_t nonce[16];                      /* Random bytes from the driver, returned in the response. */
    uint32_t write_counter;                 /* big-endian; Number of authenticated writes. */
    uint16_t address;                       /* big-endian; First block; in 256-byte blocks. */
    uint16_t block_count;                   /* big-endian; Number of blocks; 1 if the request transfers no data. */
    uint16_t result;                        /* big-endian; Result of the request; VIRTIO_RPMB_RES_*. */
    uint16_t req_resp;                      /* big-endian; Request or response type; VIRTIO_RPMB_REQ_* or
                                               VIRTIO_RPMB_RESP_*. */
};
VIRTIO_SIZE(virtio_rpmb_frame, 512);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_rpmb_config {
    uint8_t capacity;                       /* Size of the storage; in units of 128 KiB; at most 128. */
    uint8_t max_wr_cnt;                     /* Maximum number of blocks per write; 0 for no limit; in 256-byte
                                               blocks. */
    uint8_t max_rd_cnt;                     /* Maximum number of blocks per read; 0 for no limit; in 256-byte blocks. */
};
VIRTIO_SIZE(virtio_rpmb_config, 3);

#undef VIRTIO_SIZE
#endif
