/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/features.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Reserved Feature Bits */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_FEATURES_H
#define VWR_STANDALONE_FEATURES_H

#include <stdint.h>

/* features; "Reserved Feature Bits" */
#define VIRTIO_F_NOTIFY_ON_EMPTY 24                     /* Device notifies when it has run out of available buffers
                                                           even if interrupts are suppressed; legacy only. */
#define VIRTIO_F_ANY_LAYOUT 27                          /* Device takes any arrangement of descriptors; without it
                                                           each part of a request has its own; legacy only. Quirk
                                                           features.any-layout-not-offered (QEMU 7.2): A transitional
                                                           device does not offer it though it has to. A driver of the
                                                           legacy interface gives each part of a request its own
                                                           descriptors. */
#define VIRTIO_F_INDIRECT_DESC 28                       /* A descriptor may point at a table of descriptors. */
#define VIRTIO_RING_F_INDIRECT_DESC VIRTIO_F_INDIRECT_DESC
#define VIRTIO_F_EVENT_IDX 29                           /* Each side names the index at which it wants to be
                                                           notified. Quirk features.early-interrupts (QEMU 7.2): It
                                                           interrupts at the first buffer of a split ring and each
                                                           time that a packed one wraps, whatever was asked for. A
                                                           driver takes an interrupt that has nothing to say. */
#define VIRTIO_RING_F_EVENT_IDX VIRTIO_F_EVENT_IDX
#define VIRTIO_F_VERSION_1 32                           /* Device complies with this document and not with the legacy
                                                           interface alone. */
#define VIRTIO_F_ACCESS_PLATFORM 33                     /* Addresses are the platform's for this device: an IOMMU or
                                                           access limits may stand between. */
#define VIRTIO_F_IOMMU_PLATFORM VIRTIO_F_ACCESS_PLATFORM
#define VIRTIO_F_RING_PACKED 34                         /* Virtqueues have the packed layout. */
#define VIRTIO_F_IN_ORDER 35                            /* Device uses buffers in the order in which they were made
                                                           available. */
#define VIRTIO_F_ORDER_PLATFORM 36                      /* Memory accesses need the platform's barriers for devices
                                                           and not only those between CPUs. */
#define VIRTIO_F_SR_IOV 37                              /* Device has single root I/O virtualization. */
#define VIRTIO_F_NOTIFICATION_DATA 38                   /* A notification carries the position in the ring besides
                                                           the queue index. */
#define VIRTIO_F_NOTIF_CONFIG_DATA 39                   /* Notifications use a value that the device gives for each
                                                           queue. */
#define VIRTIO_F_RING_RESET 40                          /* One queue can be reset on its own. */
#define VIRTIO_F_ADMIN_VQ 41                            /* Device has an administration virtqueue. */
#define VIRTIO_F_SUSPEND 43                             /* Device can be suspended and resumed through the SUSPEND
                                                           status bit. */

#endif
