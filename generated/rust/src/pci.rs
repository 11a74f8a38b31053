// SPDX-License-Identifier: MIT
// Generated from spec/transport/pci.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Virtio Over PCI Bus.
//!
//! Quirk pci.no-firmware (QEMU 7.2): Without firmware, all BARs and the command register read as 0.
//! A driver sizes and places BARs, then sets memory and bus master: without that no buffer is read
//! or written.

#[allow(unused_imports)]
use crate::numbers::*;

/// PCI vendor id of all virtio devices.
pub const VIRTIO_PCI_VENDOR_ID: u32 = 0x1af4;
/// First PCI device id; the transitional ones begin here.
pub const VIRTIO_PCI_DEVICE_ID_MIN: u32 = 0x1000;
/// Last PCI device id of transitional devices.
pub const VIRTIO_PCI_DEVICE_ID_TRANSITIONAL_MAX: u32 = 0x103f;
/// PCI device id of a non-transitional device: this value plus the device type.
pub const VIRTIO_PCI_DEVICE_ID_MODERN_BASE: u32 = 0x1040;
/// Last PCI device id.
pub const VIRTIO_PCI_DEVICE_ID_MAX: u32 = 0x107f;
/// Minimum PCI revision id that a non-transitional device should have.
pub const VIRTIO_PCI_REVISION_MODERN_MIN: u32 = 1;
/// Minimum PCI subsystem device id that a non-transitional device should have.
pub const VIRTIO_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN: u32 = 0x40;
/// PCI revision id of transitional devices.
pub const VIRTIO_PCI_REVISION_TRANSITIONAL: u32 = 0;
/// PCI capability id of all virtio capabilities.
pub const VIRTIO_PCI_CAP_ID_VNDR: u32 = 0x9;
/// Last BAR; drivers ignore a capability with a larger number.
pub const VIRTIO_PCI_BAR_MAX: u32 = 5;
/// I/O BAR with the legacy header, followed by the device configuration; legacy only.
pub const VIRTIO_PCI_LEGACY_BAR: u32 = 0;
/// Offset of the device configuration while MSI-X is disabled; in bytes; legacy only.
pub const VIRTIO_PCI_LEGACY_CONFIG: u32 = 20;
/// Offset of the device configuration while MSI-X is enabled; in bytes; legacy only.
pub const VIRTIO_PCI_LEGACY_CONFIG_MSIX: u32 = 24;
/// Maximum MSI-X vector.
pub const VIRTIO_PCI_MSIX_VECTOR_MAX: u32 = 0x7ff;
/// Minimum number of MSI-X vectors that a device with MSI-X should have.
pub const VIRTIO_PCI_MSIX_VECTORS_MIN: u32 = 2;
/// No MSI-X vector: disables interrupts, or reports that no vector was available. Quirk
/// pci.vectors-without-controller (QEMU 7.2): On riscv64 with a plain PLIC, devices have MSI-X but
/// no interrupt controller receives the messages. A driver uses INTx where the platform has no
/// controller for MSI.
pub const VIRTIO_MSI_NO_VECTOR: u32 = 0xffff;
/// Alignment of a queue and its used ring; the unit of queue_address; in bytes; legacy only.
pub const VIRTIO_PCI_LEGACY_QUEUE_ALIGN: u32 = 4096;

// enums.cap-type; "Virtio Structure PCI Capabilities"

/// Common configuration (common_cfg).
pub const VIRTIO_PCI_CAP_COMMON_CFG: u32 = 1;
/// Notification addresses (notify_cap).
pub const VIRTIO_PCI_CAP_NOTIFY_CFG: u32 = 2;
/// ISR status (isr_cfg).
pub const VIRTIO_PCI_CAP_ISR_CFG: u32 = 3;
/// Device-specific configuration. Quirk pci.device-cfg-always (QEMU 7.2): The capability exists
/// even for devices without a configuration, with a length of 4096 bytes. A driver goes by the
/// device type, not by the length.
pub const VIRTIO_PCI_CAP_DEVICE_CFG: u32 = 4;
/// Access to BARs through the configuration space (cfg_cap). Quirk pci.empty-pci-cfg (QEMU 7.2):
/// BAR and length are 0 until the driver writes them. A driver does not look for a structure there.
/// Quirk pci.cfg-of-mapped-bar (QEMU 10.0.13): On boards other than x86, an access through the
/// capability to a BAR that is mapped ends QEMU with an assertion. A driver leaves memory decoding
/// off and uses INTx; or the BAR has an address that the bus lacks.
pub const VIRTIO_PCI_CAP_PCI_CFG: u32 = 5;
/// Shared memory region (cap64).
pub const VIRTIO_PCI_CAP_SHARED_MEMORY_CFG: u32 = 8;
/// Vendor data (vndr_data).
pub const VIRTIO_PCI_CAP_VENDOR_CFG: u32 = 9;

// flags.isr; "Virtio Structure PCI Capabilities / ISR status capability"

/// The device has used a buffer.
pub const VIRTIO_PCI_ISR_QUEUE: u32 = 0x1;
/// The device configuration has changed.
pub const VIRTIO_PCI_ISR_CONFIG: u32 = 0x2;

/// Vendor-specific PCI capability that locates a structure.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_cap {
    /// PCI capability id; R.
    pub cap_vndr: u8,
    /// Offset of the next PCI capability; R.
    pub cap_next: u8,
    /// Length of the capability, including the data that follows; in bytes; R.
    pub cap_len: u8,
    /// Structure type; VIRTIO_PCI_CAP_\*; R.
    pub cfg_type: u8,
    /// BAR of the structure, 0 to 5; R.
    pub bar: u8,
    /// Distinguishes structures of the same type; R.
    pub id: u8,
    /// Reserved; R.
    pub padding: [u8; 2],
    /// Offset in the BAR; in bytes; R.
    pub offset: Le32,
    /// Length of the structure; in bytes; R.
    pub length: Le32,
}
layout!(virtio_pci_cap, 16,
    cap_vndr 0, cap_next 1, cap_len 2, cfg_type 3, bar 4, id 5, padding 6, offset 8, length 12
);

/// Capability with 64-bit offset and length.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_cap64 {
    /// The capability, with the lower words of offset and length; R.
    pub cap: virtio_pci_cap,
    /// Upper word of offset; R.
    pub offset_hi: Le32,
    /// Upper word of length; R.
    pub length_hi: Le32,
}
layout!(virtio_pci_cap64, 24, cap 0, offset_hi 16, length_hi 20);

/// Common configuration: status, features and queues.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_common_cfg {
    /// Selects the 32 bits in device_feature; RW.
    pub device_feature_select: Le32,
    /// 32 bits of the offered features; R.
    pub device_feature: Le32,
    /// Selects the 32 bits in driver_feature; RW.
    pub driver_feature_select: Le32,
    /// 32 bits of the accepted features; RW.
    pub driver_feature: Le32,
    /// MSI-X vector for configuration changes; RW.
    pub config_msix_vector: Le16,
    /// Maximum number of queues, without administration queues; R.
    pub num_queues: Le16,
    /// Device status; writing 0 resets the device; RW.
    pub device_status: u8,
    /// Changes whenever the configuration has changed; R.
    pub config_generation: u8,
    /// Selects the queue for the queue fields; RW.
    pub queue_select: Le16,
    /// Queue size: the maximum after a reset, 0 if the queue does not exist; the driver may reduce
    /// it. Quirk pci.size-unchecked (QEMU 7.2): The device stores a size that is not a power of 2
    /// as written. A driver checks the size before it writes it; RW.
    pub queue_size: Le16,
    /// MSI-X vector of the queue; RW.
    pub queue_msix_vector: Le16,
    /// 1 if the queue is enabled; RW.
    pub queue_enable: Le16,
    /// Notification offset of the queue; in notify_off_multiplier bytes; R.
    pub queue_notify_off: Le16,
    /// Address of the descriptor area; RW.
    pub queue_desc: Le64,
    /// Address of the driver area; RW.
    pub queue_driver: Le64,
    /// Address of the device area; RW.
    pub queue_device: Le64,
    /// Value that a notification carries in place of the queue index; with NOTIF_CONFIG_DATA; R.
    pub queue_notif_config_data: Le16,
    /// Writing 1 resets the queue; reads as 1 until the reset is complete; with RING_RESET; RW.
    pub queue_reset: Le16,
    /// Index of the first administration queue; with ADMIN_VQ; R.
    pub admin_queue_index: Le16,
    /// Number of administration queues; their indices fit 16 bits; with ADMIN_VQ; R.
    pub admin_queue_num: Le16,
}
layout!(virtio_pci_common_cfg, 64,
    device_feature_select 0, device_feature 4, driver_feature_select 8, driver_feature 12,
    config_msix_vector 16, num_queues 18, device_status 20, config_generation 21, queue_select 22,
    queue_size 24, queue_msix_vector 26, queue_enable 28, queue_notify_off 30, queue_desc 32,
    queue_driver 40, queue_device 48, queue_notif_config_data 56, queue_reset 58,
    admin_queue_index 60, admin_queue_num 62
);

/// Capability that locates the notification addresses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_notify_cap {
    /// The capability, with the type NOTIFY_CFG; R.
    pub cap: virtio_pci_cap,
    /// Multiplier of queue_notify_off; 0 if all queues share one address; in bytes; R.
    pub notify_off_multiplier: Le32,
}
layout!(virtio_pci_notify_cap, 20, cap 0, notify_off_multiplier 16);

/// Pending interrupt causes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_isr_cfg {
    /// Interrupt causes; VIRTIO_PCI_ISR_\*; R.
    pub isr_status: u8,
}
layout!(virtio_pci_isr_cfg, 1, isr_status 0);

/// Capability with vendor data.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_vndr_data {
    /// PCI capability id; R.
    pub cap_vndr: u8,
    /// Offset of the next PCI capability; R.
    pub cap_next: u8,
    /// Length of the capability, including the data that follows; in bytes; R.
    pub cap_len: u8,
    /// Structure type; VIRTIO_PCI_CAP_\*; R.
    pub cfg_type: u8,
    /// PCI vendor id of the owner of the data; R.
    pub vendor_id: Le16,
}
layout!(virtio_pci_vndr_data, 6, cap_vndr 0, cap_next 1, cap_len 2, cfg_type 3, vendor_id 4);

/// Capability with a window into a BAR.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_cfg_cap {
    /// BAR, offset and length (1, 2 or 4) of the window; R; RW bar, offset, length.
    pub cap: virtio_pci_cap,
    /// Window data: cap.length bytes of the BAR; cap.offset is a multiple of the length; RW.
    pub pci_cfg_data: [u8; 4],
}
layout!(virtio_pci_cfg_cap, 20, cap 0, pci_cfg_data 16);

/// Legacy header in the I/O BAR.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_legacy_header {
    /// Offered features, bits 0 to 31; R.
    pub device_features: Le32,
    /// Accepted features, bits 0 to 31; RW.
    pub driver_features: Le32,
    /// Page number of the queue; 0 if the queue is not in use; in 4096-byte pages; RW.
    pub queue_address: Le32,
    /// Number of descriptors, set by the device. Quirk pci.legacy-size-1024 (QEMU 10.0.13): Each
    /// queue of each device has 1024 descriptors, regardless of `queue-size` and similar
    /// properties. A driver reads the size before it allocates memory; R.
    pub queue_size: Le16,
    /// Selects the queue for the queue fields; RW.
    pub queue_select: Le16,
    /// Notifies a queue by its index; RW.
    pub queue_notify: Le16,
    /// Device status; writing 0 resets the device; RW.
    pub device_status: u8,
    /// Interrupt causes; VIRTIO_PCI_ISR_\*; R.
    pub isr_status: u8,
}
layout!(virtio_pci_legacy_header, 20,
    device_features 0, driver_features 4, queue_address 8, queue_size 12, queue_select 14,
    queue_notify 16, device_status 18, isr_status 19
);

/// Legacy header in the I/O BAR while MSI-X is enabled.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_legacy_header_msix {
    /// The header without MSI-X; RW.
    pub header: virtio_pci_legacy_header,
    /// MSI-X vector for configuration changes; RW.
    pub config_msix_vector: Le16,
    /// MSI-X vector of the queue; RW.
    pub queue_msix_vector: Le16,
}
layout!(virtio_pci_legacy_header_msix, 24, header 0, config_msix_vector 20, queue_msix_vector 22);

/// Notification value.
/// 4 bytes with NOTIFICATION_DATA.
/// 2 bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_notification_data {
    /// Queue index and position of the next entry; W.
    /// Bits 0 to 15: vq_index. Queue index; with NOTIF_CONFIG_DATA, queue_notif_config_data.
    /// Bits 16 to 30: next_off. Position of the next entry; for a split ring, bits 0 to 14 of the
    /// available index.
    /// Bit 31: next_wrap. Wrap counter; for a split ring, bit 15 of the available index.
    pub value: Le32,
}
layout!(virtio_pci_notification_data, 4, value 0);
