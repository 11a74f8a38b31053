/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/i2c.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; I2C Adapter Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_I2C_H
#define VWR_STANDALONE_I2C_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_I2C_ADAPTER 34                        /* An I2C bus adapter. */

#define VIRTIO_I2C_ADDR_7_SHIFT 1u                      /* Position of a 7-bit address in addr, and of the upper two
                                                           bits of a 10-bit address. */
#define VIRTIO_I2C_ADDR_7_MAX 0x7fu                     /* Highest 7-bit address. */
#define VIRTIO_I2C_ADDR_10_MAX 0x3ffu                   /* Highest 10-bit address. */
#define VIRTIO_I2C_ADDR_10_SHIFT 8u                     /* Position in addr of the lower eight bits of a 10-bit
                                                           address, and their number. */
#define VIRTIO_I2C_ADDR_10_PREFIX 0xf0u                 /* Bits of addr that mark a 10-bit address. */

/* features; "Feature bits" */
#define VIRTIO_I2C_F_ZERO_LENGTH_REQUEST 0              /* The device supports zero-length requests and FLAGS_M_RD;
                                                           both sides require this feature. */

/* Result of a request. enums.status; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_I2C_MSG_OK 0                             /* The request succeeded. */
#define VIRTIO_I2C_MSG_ERR 1                            /* The message failed. */

/* Request flags. flags.request-flags; "Device Operation / Device Operation: Request Queue" */
#define VIRTIO_I2C_FLAGS_FAIL_NEXT 0x1                  /* If this request fails, the next one, of the same group,
                                                           fails too. */
#define VIRTIO_I2C_FLAGS_M_RD 0x2                       /* Read; if clear, write. */

/* queues; "I2C Adapter Device" */
#define VIRTIO_I2C_QUEUE_REQUESTQ 0                     /* Requests, each one segment of a transaction. */

/* Request header. structs.out_hdr; "Device Operation / Device Operation: Request Queue" */
struct virtio_i2c_out_hdr {
    uint16_t addr;                          /* Address: a 7-bit address in bits 1 to 7; of a 10-bit address the upper
                                               two bits in 1 and 2, 11110 in 3 to 7, the rest in 8 to 15. */
    uint16_t padding;                       /* Reserved. */
    uint32_t flags;                         /* Request flags; VIRTIO_I2C_FLAGS_*. */
};
VIRTIO_SIZE(virtio_i2c_out_hdr, 8);

/* Request status. structs.in_hdr; "Device Operation / Device Operation: Request Queue" */
struct virtio_i2c_in_hdr {
    uint8_t status;                         /* Status of the request; VIRTIO_I2C_MSG_*. */
};
VIRTIO_SIZE(virtio_i2c_in_hdr, 1);

/*
 * A request; the device writes buf of a read.
 * structs.req; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_i2c_req {
    struct virtio_i2c_out_hdr out_hdr;      /* Header: address and flags. */
    uint8_t buf[];                          /* Data, written by the device if M_RD is set, else by the driver; may be
                                               absent. */
};
VIRTIO_SIZE(virtio_i2c_req, 8);

/*
 * The part that the device writes.
 * structs.req; "Device Operation / Device Operation: Request Queue"
 */
struct virtio_i2c_req_in {
    struct virtio_i2c_in_hdr in_hdr;        /* Status of the request. */
};
VIRTIO_SIZE(virtio_i2c_req_in, 1);

#undef VIRTIO_SIZE
#endif
