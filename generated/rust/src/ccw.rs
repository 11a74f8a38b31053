// SPDX-License-Identifier: MIT
// Generated from spec/transport/ccw.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Virtio Over Channel I/O.

#[allow(unused_imports)]
use crate::numbers::*;

/// Control unit type of all virtio devices; the control unit model is the device id.
pub const VIRTIO_CCW_CU_TYPE: u32 = 0x3832;
/// Type of the virtual channel path.
pub const VIRTIO_CCW_CHPID_TYPE: u32 = 0x32;
/// First byte of the result of SENSE ID.
pub const VIRTIO_CCW_SENSE_ID_RESERVED: u32 = 0xff;
/// Number of the diagnose call that notifies a queue. Register 1: NOTIFY. Register 2: subchannel.
/// Register 3: data. Register 4: the cookie from register 2 of the preceding call.
pub const VIRTIO_CCW_DIAGNOSE: u32 = 0x500;
/// Function code of the diagnose call.
pub const VIRTIO_CCW_DIAGNOSE_NOTIFY: u32 = 0x3;
/// Value of the summary indicator while a queue has used buffers; the driver clears it before it
/// examines the queues.
pub const VIRTIO_CCW_SUMMARY: u32 = 0x1;
/// Bit of the configuration indicators that reports a configuration change.
pub const VIRTIO_CCW_CONFIG_INDICATOR: u32 = 0;

// enums.basic-command; "Basic Concepts"

/// No operation.
pub const VIRTIO_CCW_BASIC_NO_OPERATION: u32 = 0x3;
/// Read the error details.
pub const VIRTIO_CCW_BASIC_SENSE: u32 = 0x4;
/// Continue at another channel command.
pub const VIRTIO_CCW_BASIC_TRANSFER_IN_CHANNEL: u32 = 0x8;
/// Read the device identification (sense_id).
pub const VIRTIO_CCW_BASIC_SENSE_ID: u32 = 0xe4;

// enums.command; "Basic Concepts / Channel Commands for Virtio"

/// Write 32 bits of the accepted features.
pub const VIRTIO_CCW_CMD_WRITE_FEAT: u32 = 0x11;
/// Read 32 bits of the offered features.
pub const VIRTIO_CCW_CMD_READ_FEAT: u32 = 0x12;
/// Set the location of a queue.
pub const VIRTIO_CCW_CMD_SET_VQ: u32 = 0x13;
/// Write the complete configuration space.
pub const VIRTIO_CCW_CMD_WRITE_CONF: u32 = 0x21;
/// Read the complete configuration space.
pub const VIRTIO_CCW_CMD_READ_CONF: u32 = 0x22;
/// Write the device status; the device rejects the command if it cannot set the value.
pub const VIRTIO_CCW_CMD_WRITE_STATUS: u32 = 0x31;
/// Read the maximum size of a queue.
pub const VIRTIO_CCW_CMD_READ_VQ_CONF: u32 = 0x32;
/// Reset the device; the reset is complete when the command is.
pub const VIRTIO_CCW_CMD_VDEV_RESET: u32 = 0x33;
/// Set the location of the 64 queue indicators.
pub const VIRTIO_CCW_CMD_SET_IND: u32 = 0x43;
/// Set the location of the 64 configuration indicators.
pub const VIRTIO_CCW_CMD_SET_CONF_IND: u32 = 0x53;
/// Read the device status.
pub const VIRTIO_CCW_CMD_READ_STATUS: u32 = 0x72;
/// Set the location of the two-stage indicators.
pub const VIRTIO_CCW_CMD_SET_IND_ADAPTER: u32 = 0x73;
/// Set the transport revision.
pub const VIRTIO_CCW_CMD_SET_VIRTIO_REV: u32 = 0x83;

// enums.revision; "Device Initialization / Setting the Virtio Revision"

/// Legacy interface; also in effect if no revision has been set; legacy only.
pub const VIRTIO_CCW_REVISION_LEGACY: u32 = 0;
/// The interface of Virtio 1 without READ_STATUS.
pub const VIRTIO_CCW_REVISION_VIRTIO_1: u32 = 1;
/// Adds READ_STATUS.
pub const VIRTIO_CCW_REVISION_READ_STATUS: u32 = 2;

/// Result of SENSE ID.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_ccw_sense_id {
    /// 0xff, SENSE_ID_RESERVED.
    pub reserved: u8,
    /// big-endian; Control unit type, CU_TYPE.
    pub cu_type: Be16,
    /// Control unit model, the device id.
    pub cu_model: u8,
    /// big-endian; Device type, 0.
    pub dev_type: Be16,
    /// Device model, 0.
    pub dev_model: u8,
    /// Extended data, 0.
    pub extended: [u8; 249],
}
layout!(virtio_ccw_sense_id, 256,
    reserved 0, cu_type 1, cu_model 3, dev_type 4, dev_model 6, extended 7
);

/// Transport revision set by the driver.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rev_info {
    /// big-endian; Revision; VIRTIO_CCW_REVISION_\*.
    pub revision: Be16,
    /// big-endian; Length of data; 0 in all defined revisions; in bytes.
    pub length: Be16,
    /// Revision-specific data; number of elements: length.
    pub data: [u8; 0],
}
layout!(virtio_rev_info, 4, revision 0, length 2);

/// Maximum size of a queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_ccw_vq_config_block {
    /// big-endian; Queue index.
    pub index: Be16,
    /// big-endian; Maximum number of descriptors.
    pub max_queue_size: Be16,
}
layout!(virtio_ccw_vq_config_block, 4, index 0, max_queue_size 2);

/// Location of a queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_ccw_vq_info_block {
    /// big-endian; Address of the descriptor area.
    pub desc: Be64,
    /// big-endian; Reserved.
    pub res0: Be32,
    /// big-endian; Queue index.
    pub index: Be16,
    /// big-endian; Number of descriptors.
    pub size: Be16,
    /// big-endian; Address of the driver area.
    pub driver: Be64,
    /// big-endian; Address of the device area.
    pub device: Be64,
}
layout!(virtio_ccw_vq_info_block, 32, desc 0, res0 8, index 12, size 14, driver 16, device 24);

/// Location of a queue in the legacy interface.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_ccw_vq_info_block_legacy {
    /// big-endian; Address of the queue.
    pub queue: Be64,
    /// big-endian; Alignment of the used ring; in bytes.
    pub align: Be32,
    /// big-endian; Queue index.
    pub index: Be16,
    /// big-endian; Number of descriptors.
    pub size: Be16,
}
layout!(virtio_ccw_vq_info_block_legacy, 16, queue 0, align 8, index 12, size 14);

/// 32 bits of features.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_feature_desc {
    /// Feature bits.
    pub features: Le32,
    /// Index of the 32-bit word; word 0 holds bits 0 to 31.
    pub index: u8,
}
layout!(virtio_feature_desc, 5, features 0, index 4);

/// Location of the two-stage indicators for adapter interrupts.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_thinint_area {
    /// big-endian; Address of the summary indicator byte.
    pub summary_indicator: Be64,
    /// big-endian; Address of the queue indicators, one bit per queue.
    pub indicator: Be64,
    /// big-endian; Bit number of the first queue; bit 0 is the most significant bit of the first
    /// byte.
    pub bit_nr: Be64,
    /// Interruption subclass of the adapter interrupt.
    pub isc: u8,
}
layout!(virtio_thinint_area, 25, summary_indicator 0, indicator 8, bit_nr 16, isc 24);

/// Notification value with NOTIFICATION_DATA; without it, the queue index.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_ccw_notification_data {
    /// big-endian; Queue index and position of the next entry.
    /// Bits 0 to 15: vq_index. Queue index.
    /// Bits 16 to 30: next_off. Position of the next entry; for a split ring, bits 0 to 14 of the
    /// available index.
    /// Bit 31: next_wrap. Wrap counter; for a split ring, bit 15 of the available index.
    pub value: Be32,
}
layout!(virtio_ccw_notification_data, 4, value 0);
