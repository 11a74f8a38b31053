/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/status.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Basic Facilities of a Virtio Device / Device Status Field */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_STATUS_H
#define VWR_STANDALONE_STATUS_H

#include <stdint.h>

/* bits; "Device Status Field" */
#define VIRTIO_CONFIG_S_ACKNOWLEDGE 1                   /* Driver has noticed the device. Quirk status.plain-register
                                                           (QEMU 7.2): The status may be written in one step, and
                                                           bits may be cleared. A driver takes the steps all the
                                                           same. */
#define VIRTIO_CONFIG_S_DRIVER 2                        /* Driver knows how to drive the device. */
#define VIRTIO_CONFIG_S_DRIVER_OK 4                     /* Driver is ready; queues are alive. */
#define VIRTIO_CONFIG_S_FEATURES_OK 8                   /* Driver has written all the features it takes; a device may
                                                           refuse the set. Quirk status.any-features (QEMU 7.2): It
                                                           stays set whatever was written; bits that were not offered
                                                           are dropped, and VERSION_1 may lack. A driver checks its
                                                           own set; that the bit sticks proves nothing. */
#define VIRTIO_CONFIG_S_SUSPEND 16                      /* Driver asks the device to suspend; with SUSPEND. */
#define VIRTIO_CONFIG_S_DEVICE_NEEDS_RESET 64           /* Device has met an error that only a reset mends. */
#define VIRTIO_CONFIG_S_FAILED 128                      /* Driver has given up on the device. */

#endif
