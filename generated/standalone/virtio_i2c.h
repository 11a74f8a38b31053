/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/i2c.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; I2C Adapter Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_I2C_H
#define VWR_STANDALONE_I2C_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_I2C_ADAPTER 34                        /* An adapter to an I2C bus. */

/* features; "Feature bits" */
#define VIRTIO_I2C_F_ZERO_LENGTH_REQUEST 0              /* Device knows requests without data and FLAGS_M_RD; always
                                                           needed. */

/* How a request went. enums.status; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_I2C_MSG_OK 0                             /* It went well. */
#define VIRTIO_I2C_MSG_ERR 1                            /* It failed. */

/* Flags of a request. flags.request-flags; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_I2C_FLAGS_FAIL_NEXT 0x1                  /* The next request is of the same group and fails with this
                                                           one. */
#define VIRTIO_I2C_FLAGS_M_RD 0x2                       /* A read; else a write. */

/* queues; "I2C Adapter Device" */
#define VIRTIO_I2C_QUEUE_REQUESTQ 0                     /* Requests, each a segment of a transaction. */

/* How a request begins. structs.out_hdr; "Device Operation / Device Operation: Request Queue" */
struct virtio_i2c_out_hdr {
    uint16_t addr;                          /* Address: 7 bits from bit 1 on; of 10 bits the high two in 2..1, 11110
                                               in 7..3, the rest in 15..8. */
    uint16_t padding;                       /* Reserved. */
    uint32_t flags;                         /* How to do it; VIRTIO_I2C_FLAGS_*. */
};
VIRTIO_SIZE(virtio_i2c_out_hdr, 8);

/* How a request ends. structs.in_hdr; "Device Operation / Device Operation: Request Queue" */
struct virtio_i2c_in_hdr {
    uint8_t status;                         /* How it went; VIRTIO_I2C_MSG_*. */
};
VIRTIO_SIZE(virtio_i2c_in_hdr, 1);

/*
 * A request; the device writes buf if it is a read.
 * structs.req; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_i2c_req {
    struct virtio_i2c_out_hdr out_hdr;      /* What to do. */
    uint8_t buf[];                          /* Data: the driver's for a write, and with M_RD the device's to write;
                                               may be absent. */
};
VIRTIO_SIZE(virtio_i2c_req, 8);

/* What the device writes of it. structs.req; "Device Operation / Device Operation: Request Queue" */
struct virtio_i2c_req_in {
    struct virtio_i2c_in_hdr in_hdr;        /* How it went. */
};
VIRTIO_SIZE(virtio_i2c_req_in, 1);

#undef VIRTIO_SIZE
#endif
