/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/status.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Status Field */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_STATUS_H
#define VWR_STANDALONE_STATUS_H

#include <stdint.h>

/* bits; "Device Status Field" */
#define VIRTIO_CONFIG_S_ACKNOWLEDGE 1                   /* The guest has found the device. Quirk
                                                           status.plain-register (QEMU 7.2): The driver can write the
                                                           status in one step and clear bits. A driver takes the
                                                           steps all the same. */
#define VIRTIO_CONFIG_S_DRIVER 2                        /* The guest has a driver for the device. */
#define VIRTIO_CONFIG_S_DRIVER_OK 4                     /* The driver is ready and the queues are live. */
#define VIRTIO_CONFIG_S_FEATURES_OK 8                   /* The driver has written all features it accepts; the device
                                                           may refuse them. Quirk status.any-features (QEMU 7.2): The
                                                           bit stays set whatever the driver wrote; the device drops
                                                           bits that it did not offer and accepts the absence of
                                                           VERSION_1. A driver checks its own set; that the bit
                                                           sticks proves nothing. */
#define VIRTIO_CONFIG_S_SUSPEND 16                      /* The driver asks the device to suspend; the device clears
                                                           DRIVER_OK once it is suspended; with SUSPEND. */
#define VIRTIO_CONFIG_S_DEVICE_NEEDS_RESET 64           /* The device has an error from which only a reset recovers. */
#define VIRTIO_CONFIG_S_FAILED 128                      /* The driver has given up on the device. */

#endif
