/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/features.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Reserved Feature Bits */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_FEATURES_H
#define VWR_STANDALONE_FEATURES_H

#include <stdint.h>

/* features; "Reserved Feature Bits" */
#define VIRTIO_F_NOTIFY_ON_EMPTY 24                     /* The device notifies the driver when it runs out of
                                                           available buffers, even if interrupts are suppressed;
                                                           legacy only. */
#define VIRTIO_F_ANY_LAYOUT 27                          /* The device accepts any arrangement of descriptors;
                                                           otherwise each part of a request needs its own descriptor;
                                                           legacy only. Quirk features.any-layout-not-offered (QEMU
                                                           7.2): A transitional device does not offer the bit,
                                                           although the specification requires it. A driver of the
                                                           legacy interface gives each part of a request its own
                                                           descriptors. */
#define VIRTIO_F_INDIRECT_DESC 28                       /* A descriptor can refer to a table of descriptors. Quirk
                                                           features.indirect-unasked (virtio-win viostor and vioscsi
                                                           up to 2017, not seen here): The driver uses indirect
                                                           tables that were not negotiated. A device refuses such a
                                                           table and needs a reset. With the switch qemu, it reads
                                                           the table. */
#define VIRTIO_RING_F_INDIRECT_DESC VIRTIO_F_INDIRECT_DESC
#define VIRTIO_F_EVENT_IDX 29                           /* Each side specifies the index at which it wants a
                                                           notification. Quirk features.early-interrupts (QEMU 7.2):
                                                           The device interrupts at the first buffer of a split ring,
                                                           and at each wrap of a packed ring, despite event
                                                           suppression. A driver tolerates spurious interrupts. */
#define VIRTIO_RING_F_EVENT_IDX VIRTIO_F_EVENT_IDX
#define VIRTIO_F_VERSION_1 32                           /* The device complies with the specification, beyond the
                                                           legacy interface. Quirk features.nuttx-no-version-1 (NuttX
                                                           2026-08, 4ebc8a7291d): The driver does not accept
                                                           VERSION_1. A device serves the driver with the layouts of
                                                           VIRTIO 1. A network card does so only if the driver
                                                           accepts MRG_RXBUF, or with the switch qemu. Quirk
                                                           features.xv6-no-version-1 (xv6-riscv 2022-08-25, f5b93ef):
                                                           The driver writes only feature word 0, and therefore does
                                                           not accept VERSION_1. A device serves the driver with the
                                                           layouts of VIRTIO 1. A network card does so only if the
                                                           driver accepts MRG_RXBUF, or with the switch qemu. Quirk
                                                           features.no-version-1 (rcore and awkernel before 0.12 and
                                                           all known ones, not seen here): The driver does not accept
                                                           VERSION_1. A device serves the driver with the layouts of
                                                           VIRTIO 1. A network card does so only if the driver
                                                           accepts MRG_RXBUF, or with the switch qemu. */
#define VIRTIO_F_ACCESS_PLATFORM 33                     /* The platform translates or restricts the device's memory
                                                           accesses, for example by an IOMMU. */
#define VIRTIO_F_IOMMU_PLATFORM VIRTIO_F_ACCESS_PLATFORM
#define VIRTIO_F_RING_PACKED 34                         /* Virtqueues have the packed layout. */
#define VIRTIO_F_IN_ORDER 35                            /* The device uses buffers in the order in which the driver
                                                           made them available. */
#define VIRTIO_F_ORDER_PLATFORM 36                      /* Memory accesses need the platform's barriers for devices,
                                                           beyond those between CPUs. */
#define VIRTIO_F_SR_IOV 37                              /* The device supports single root I/O virtualization. */
#define VIRTIO_F_NOTIFICATION_DATA 38                   /* A notification carries the queue index and the position in
                                                           the ring. */
#define VIRTIO_F_NOTIF_CONFIG_DATA 39                   /* A notification carries a value that the device supplies
                                                           for each queue. */
#define VIRTIO_F_RING_RESET 40                          /* The driver can reset a single queue. */
#define VIRTIO_F_ADMIN_VQ 41                            /* The device has an administration virtqueue. */
#define VIRTIO_F_SUSPEND 43                             /* The driver can suspend and resume the device through the
                                                           SUSPEND status bit. */

#endif
