// SPDX-License-Identifier: MIT
// Generated from spec/transport/mmio.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Virtio Over MMIO / MMIO Device Register Layout.

// registers; "MMIO Device Register Layout"

/// The magic value "virt"; R.
pub const VIRTIO_MMIO_MAGIC_VALUE: u32 = 0x0;
/// Version of the register layout; R. Quirk mmio.legacy-by-default (QEMU 7.2): The transport is
/// legacy unless started with -global virtio-mmio.force-legacy=false. A driver speaks both, or says
/// which option is missing.
pub const VIRTIO_MMIO_VERSION: u32 = 0x4;
/// Device type; 0 if the slot is empty; R.
pub const VIRTIO_MMIO_DEVICE_ID: u32 = 0x8;
/// Vendor id; R. Quirk mmio.qemu-vendor-only (xv6-riscv 2022-08-25, f5b93ef): The driver refuses a
/// device whose VendorID is not 0x554d4551, which is QEMU's. A VMM sets setup.vendor to this
/// number.
pub const VIRTIO_MMIO_VENDOR_ID: u32 = 0xc;
/// 32 bits of the offered features; R. Quirk mmio.second-word-again (QEMU 7.2): Feature words from
/// 2 on read as word 1. A driver reads no word of which it wants no bit, and trusts no bit above
/// 63. Quirk mmio.features-unselected (NuttX 2026-08, 4ebc8a7291d): The driver reads DeviceFeatures
/// without writing DeviceFeaturesSel first. A device returns word 0 until DeviceFeaturesSel is
/// written.
pub const VIRTIO_MMIO_DEVICE_FEATURES: u32 = 0x10;
/// Another name of VIRTIO_MMIO_DEVICE_FEATURES.
pub const VIRTIO_MMIO_HOST_FEATURES: u32 = VIRTIO_MMIO_DEVICE_FEATURES;
/// Selects the 32 bits in DeviceFeatures; W.
pub const VIRTIO_MMIO_DEVICE_FEATURES_SEL: u32 = 0x14;
/// Another name of VIRTIO_MMIO_DEVICE_FEATURES_SEL.
pub const VIRTIO_MMIO_HOST_FEATURES_SEL: u32 = VIRTIO_MMIO_DEVICE_FEATURES_SEL;
/// 32 bits of the accepted features; W.
pub const VIRTIO_MMIO_DRIVER_FEATURES: u32 = 0x20;
/// Another name of VIRTIO_MMIO_DRIVER_FEATURES.
pub const VIRTIO_MMIO_GUEST_FEATURES: u32 = VIRTIO_MMIO_DRIVER_FEATURES;
/// Selects the 32 bits in DriverFeatures; W.
pub const VIRTIO_MMIO_DRIVER_FEATURES_SEL: u32 = 0x24;
/// Another name of VIRTIO_MMIO_DRIVER_FEATURES_SEL.
pub const VIRTIO_MMIO_GUEST_FEATURES_SEL: u32 = VIRTIO_MMIO_DRIVER_FEATURES_SEL;
/// Page size, the unit of QueuePFN; a power of 2; in bytes; legacy only; W.
pub const VIRTIO_MMIO_GUEST_PAGE_SIZE: u32 = 0x28;
/// Selects the queue for the queue registers; W.
pub const VIRTIO_MMIO_QUEUE_SEL: u32 = 0x30;
/// Maximum queue size; 0 if the queue does not exist; R. Quirk mmio.one-size-for-all (QEMU 7.2):
/// QueueSizeMax reads as 1024 for each queue of each device. A driver chooses the size itself.
pub const VIRTIO_MMIO_QUEUE_SIZE_MAX: u32 = 0x34;
/// Another name of VIRTIO_MMIO_QUEUE_SIZE_MAX.
pub const VIRTIO_MMIO_QUEUE_NUM_MAX: u32 = VIRTIO_MMIO_QUEUE_SIZE_MAX;
/// Number of descriptors in the queue; W. Quirk mmio.size-unchecked (QEMU 7.2): The device silently
/// accepts a size above QueueSizeMax or one that is not a power of 2. A driver checks the size
/// before it writes it. Quirk mmio.size-checked (QEMU 11.1.3): A size above QueueSizeMax sets
/// DEVICE_NEEDS_RESET. The next write to Status clears this bit, QueueReady reads as 1, and no
/// buffer is used. A driver checks the size before it writes it.
pub const VIRTIO_MMIO_QUEUE_SIZE: u32 = 0x38;
/// Another name of VIRTIO_MMIO_QUEUE_SIZE.
pub const VIRTIO_MMIO_QUEUE_NUM: u32 = VIRTIO_MMIO_QUEUE_SIZE;
/// Alignment of the used ring; a power of 2; in bytes; legacy only; W. Quirk mmio.no-queue-align
/// (operating-system-in-1000-lines abf945a): The driver never writes QueueAlign. A device assumes
/// 4096 bytes after a reset. QEMU does so too. Quirk mmio.queue-align-0 (HinaOS c5ef8ff): The
/// driver writes 0 to QueueAlign. A device assumes 4096 bytes, as QEMU does.
pub const VIRTIO_MMIO_QUEUE_ALIGN: u32 = 0x3c;
/// Page number of the queue; 0 if the queue is not in use; in guest pages; legacy only; RW. Quirk
/// mmio.pfn-survives-reset (riscv-rust and rvemu 2021-08-22 and 2023-10-01): A reset does not clear
/// QueuePFN. A driver writes 0 before it sets up the queue. Quirk mmio.address-in-pfn (HinaOS
/// c5ef8ff): The driver writes an address to QueuePFN and does not write GuestPageSize. A device
/// takes QueuePFN as an address if GuestPageSize was not written, as QEMU does.
pub const VIRTIO_MMIO_QUEUE_PFN: u32 = 0x40;
/// 1 if the queue is ready; modern only; RW. Quirk mmio.lk-early-queue (LK 2026-08, bd45103b): The
/// driver enables its queue before FEATURES_OK. A device stores the registers and serves the queue
/// after DRIVER_OK, as QEMU does. Quirk mmio.hermit-early-queue (Hermit before 2025-05, not seen
/// here): The driver sets up its queues before FEATURES_OK. A device stores the registers and
/// serves the queues after DRIVER_OK.
pub const VIRTIO_MMIO_QUEUE_READY: u32 = 0x44;
/// Notifies the device of a queue: its index; with NOTIFICATION_DATA, also the ring position; W.
/// Quirk mmio.one-buffer-per-notification (riscv-rust and rvemu 2021-08-22 and 2023-10-01): The
/// device uses one buffer for each notification. A driver has one request in flight. Quirk
/// mmio.needs-interrupts (rvemu 2023-10-01): The device uses buffers only while the interrupts of
/// the hart are enabled. The image enables them while it waits.
pub const VIRTIO_MMIO_QUEUE_NOTIFY: u32 = 0x50;
/// Pending interrupt causes; R.
pub const VIRTIO_MMIO_INTERRUPT_STATUS: u32 = 0x60;
/// Acknowledges interrupt causes; W.
pub const VIRTIO_MMIO_INTERRUPT_ACK: u32 = 0x64;
/// Device status; writing 0 resets the device; RW. Quirk mmio.no-reset (Firecracker before 1.17,
/// later versions with a vhost-user disk, not seen here): A reset of a device that has reached
/// DRIVER_OK sets FAILED. A driver opens a device once. Quirk mmio.used-index-survives-reset
/// (riscv-rust 2021-08-22): A reset does not clear the device's used index. None: the driver
/// refuses the ring of a device that was reset.
pub const VIRTIO_MMIO_STATUS: u32 = 0x70;
/// Address of the descriptor area; modern only; W.
pub const VIRTIO_MMIO_QUEUE_DESC_LOW: u32 = 0x80;
/// Address of the descriptor area; modern only; W.
pub const VIRTIO_MMIO_QUEUE_DESC_HIGH: u32 = 0x84;
/// Address of the driver area; modern only; W.
pub const VIRTIO_MMIO_QUEUE_DRIVER_LOW: u32 = 0x90;
/// Another name of VIRTIO_MMIO_QUEUE_DRIVER_LOW.
pub const VIRTIO_MMIO_QUEUE_AVAIL_LOW: u32 = VIRTIO_MMIO_QUEUE_DRIVER_LOW;
/// Address of the driver area; modern only; W.
pub const VIRTIO_MMIO_QUEUE_DRIVER_HIGH: u32 = 0x94;
/// Another name of VIRTIO_MMIO_QUEUE_DRIVER_HIGH.
pub const VIRTIO_MMIO_QUEUE_AVAIL_HIGH: u32 = VIRTIO_MMIO_QUEUE_DRIVER_HIGH;
/// Address of the device area; modern only; W.
pub const VIRTIO_MMIO_QUEUE_DEVICE_LOW: u32 = 0xa0;
/// Another name of VIRTIO_MMIO_QUEUE_DEVICE_LOW.
pub const VIRTIO_MMIO_QUEUE_USED_LOW: u32 = VIRTIO_MMIO_QUEUE_DEVICE_LOW;
/// Address of the device area; modern only; W.
pub const VIRTIO_MMIO_QUEUE_DEVICE_HIGH: u32 = 0xa4;
/// Another name of VIRTIO_MMIO_QUEUE_DEVICE_HIGH.
pub const VIRTIO_MMIO_QUEUE_USED_HIGH: u32 = VIRTIO_MMIO_QUEUE_DEVICE_HIGH;
/// Selects the shared memory region; modern only; W.
pub const VIRTIO_MMIO_SHM_SEL: u32 = 0xac;
/// Length of the region; all ones if it does not exist; in bytes; modern only; R.
pub const VIRTIO_MMIO_SHM_LEN_LOW: u32 = 0xb0;
/// Length of the region; all ones if it does not exist; in bytes; modern only; R.
pub const VIRTIO_MMIO_SHM_LEN_HIGH: u32 = 0xb4;
/// Address of the region; modern only; R. Quirk mmio.no-region-at-0 (QEMU 7.2): Reads as 0 if the
/// region does not exist. A driver asks SHMLen whether there is one.
pub const VIRTIO_MMIO_SHM_BASE_LOW: u32 = 0xb8;
/// Address of the region; modern only; R.
pub const VIRTIO_MMIO_SHM_BASE_HIGH: u32 = 0xbc;
/// Writing 1 resets the queue; reads as 1 until the reset is complete; with RING_RESET; modern
/// only; RW. Quirk mmio.queue-reset (QEMU 7.2): The device offers RING_RESET, but ignores writes
/// and reads as 0. A driver reads QueueReady: while that is 1 only a reset of the device takes the
/// queue back.
pub const VIRTIO_MMIO_QUEUE_RESET: u32 = 0xc0;
/// Changes whenever the configuration may have changed; modern only; R.
pub const VIRTIO_MMIO_CONFIG_GENERATION: u32 = 0xfc;
/// Configuration space: little-endian; guest byte order in the legacy interface; RW. Quirk
/// mmio.config-in-bytes (rvemu 2023-10-01): A read of the configuration with more than 8 bits ends
/// the emulator. The port's hook reads the configuration in bytes. Quirk mmio.beyond-the-end (QEMU
/// 7.2): An access beyond the last field reads as all ones. A driver reads fields by their widths,
/// arrays of bytes by bytes. Quirk mmio.wide-config (NuttX before 2026-01, not seen here): The
/// driver reads several fields of the configuration in one access. A device accepts any width and
/// alignment within the configuration.
pub const VIRTIO_MMIO_CONFIG: u32 = 0x100;
