/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/9p.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_9P_H
#define VWR_STANDALONE_9P_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_9P 9                                  /* A transport for the 9P protocol. */

/* features; "Device Types" */
#define VIRTIO_9P_F_MOUNT_TAG 0                         /* The configuration contains a mount tag. */
#define VIRTIO_9P_MOUNT_TAG VIRTIO_9P_F_MOUNT_TAG

/* queues; "Device Types" */
#define VIRTIO_9P_QUEUE_REQUESTQ 0                      /* 9P requests and replies. Quirk 9p.folder-without-directory
                                                           (TinyEMU 2019-12-21): The entries of a folder can be read
                                                           only if it was opened with the flag O_DIRECTORY. A driver
                                                           opens a folder as Linux does, with O_DIRECTORY. Quirk
                                                           9p.short-reply (QEMU 7.2): A reply buffer that is too
                                                           small sets DEVICE_NEEDS_RESET; an msize below 4096 is an
                                                           error. A driver asks for an msize of 4096 or more and has
                                                           that much room. */

/* Configuration space of the device. config; "Device Types" */
struct virtio_9p_config {
    uint16_t tag_len;                       /* Length of the mount tag; in bytes; with MOUNT_TAG. */
    uint8_t tag[];                          /* Mount tag, without a terminating NUL; with MOUNT_TAG; number of
                                               elements: tag_len. */
};
VIRTIO_SIZE(virtio_9p_config, 2);

#undef VIRTIO_SIZE
#endif
