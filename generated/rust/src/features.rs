// SPDX-License-Identifier: MIT
// Generated from spec/core/features.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Reserved Feature Bits.

// features; "Reserved Feature Bits"

/// The device notifies the driver when it runs out of available buffers, even if interrupts are
/// suppressed; legacy only.
pub const VIRTIO_F_NOTIFY_ON_EMPTY: u32 = 24;
/// The device accepts any arrangement of descriptors; otherwise each part of a request needs its
/// own descriptor; legacy only. Quirk features.any-layout-not-offered (QEMU 7.2): A transitional
/// device does not offer the bit, although the specification requires it. A driver of the legacy
/// interface gives each part of a request its own descriptors.
pub const VIRTIO_F_ANY_LAYOUT: u32 = 27;
/// A descriptor can refer to a table of descriptors. Quirk features.indirect-unasked (virtio-win
/// viostor and vioscsi up to 2017, not seen here): The driver uses indirect tables that were not
/// negotiated. A device refuses such a table and needs a reset. With the switch qemu, it reads the
/// table.
pub const VIRTIO_F_INDIRECT_DESC: u32 = 28;
/// Another name of VIRTIO_F_INDIRECT_DESC.
pub const VIRTIO_RING_F_INDIRECT_DESC: u32 = VIRTIO_F_INDIRECT_DESC;
/// Each side specifies the index at which it wants a notification. Quirk features.early-interrupts
/// (QEMU 7.2): The device interrupts at the first buffer of a split ring, and at each wrap of a
/// packed ring, despite event suppression. A driver tolerates spurious interrupts.
pub const VIRTIO_F_EVENT_IDX: u32 = 29;
/// Another name of VIRTIO_F_EVENT_IDX.
pub const VIRTIO_RING_F_EVENT_IDX: u32 = VIRTIO_F_EVENT_IDX;
/// The device complies with the specification, beyond the legacy interface. Quirk features.nuttx-
/// no-version-1 (NuttX 2026-08, 4ebc8a7291d): The driver does not accept VERSION_1. A device serves
/// the driver with the layouts of VIRTIO 1. A network card does so only if the driver accepts
/// MRG_RXBUF, or with the switch qemu. Quirk features.xv6-no-version-1 (xv6-riscv 2022-08-25,
/// f5b93ef): The driver writes only feature word 0, and therefore does not accept VERSION_1. A
/// device serves the driver with the layouts of VIRTIO 1. A network card does so only if the driver
/// accepts MRG_RXBUF, or with the switch qemu. Quirk features.no-version-1 (rcore and awkernel
/// before 0.12 and all known ones, not seen here): The driver does not accept VERSION_1. A device
/// serves the driver with the layouts of VIRTIO 1. A network card does so only if the driver
/// accepts MRG_RXBUF, or with the switch qemu.
pub const VIRTIO_F_VERSION_1: u32 = 32;
/// The platform translates or restricts the device's memory accesses, for example by an IOMMU.
pub const VIRTIO_F_ACCESS_PLATFORM: u32 = 33;
/// Another name of VIRTIO_F_ACCESS_PLATFORM.
pub const VIRTIO_F_IOMMU_PLATFORM: u32 = VIRTIO_F_ACCESS_PLATFORM;
/// Virtqueues have the packed layout.
pub const VIRTIO_F_RING_PACKED: u32 = 34;
/// The device uses buffers in the order in which the driver made them available.
pub const VIRTIO_F_IN_ORDER: u32 = 35;
/// Memory accesses need the platform's barriers for devices, beyond those between CPUs.
pub const VIRTIO_F_ORDER_PLATFORM: u32 = 36;
/// The device supports single root I/O virtualization.
pub const VIRTIO_F_SR_IOV: u32 = 37;
/// A notification carries the queue index and the position in the ring.
pub const VIRTIO_F_NOTIFICATION_DATA: u32 = 38;
/// A notification carries a value that the device supplies for each queue.
pub const VIRTIO_F_NOTIF_CONFIG_DATA: u32 = 39;
/// The driver can reset a single queue.
pub const VIRTIO_F_RING_RESET: u32 = 40;
/// The device has an administration virtqueue.
pub const VIRTIO_F_ADMIN_VQ: u32 = 41;
/// The driver can suspend and resume the device through the SUSPEND status bit.
pub const VIRTIO_F_SUSPEND: u32 = 43;
