// SPDX-License-Identifier: MIT
// Generated from spec/device/can.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; CAN Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// A CAN controller.
pub const VIRTIO_ID_CAN: u32 = 36;

/// Maximum length of a classic frame; in bytes.
pub const VIRTIO_CAN_CLASSIC_BYTES: u32 = 8;
/// Maximum length of an FD frame; in bytes.
pub const VIRTIO_CAN_FD_BYTES: u32 = 64;
/// Highest 11-bit identifier.
pub const VIRTIO_CAN_ID_MAX: u32 = 0x7ff;
/// Highest 29-bit identifier.
pub const VIRTIO_CAN_EXTENDED_ID_MAX: u32 = 0x1fffffff;

// features; "Feature bits"

/// The device supports classic frames of up to 8 bytes.
pub const VIRTIO_CAN_F_CAN_CLASSIC: u32 = 0;
/// The device supports FD frames of up to 64 bytes.
pub const VIRTIO_CAN_F_CAN_FD: u32 = 1;
/// The device supports remote transmission requests.
pub const VIRTIO_CAN_F_RTR_FRAMES: u32 = 2;
/// The device uses a transmit buffer only after the frame was sent on the bus.
pub const VIRTIO_CAN_F_LATE_TX_ACK: u32 = 3;

// Result of a request. enums.result; "Device Operation"

/// The request succeeded.
pub const VIRTIO_CAN_RESULT_OK: u32 = 0;
/// The request failed; unknown values mean the same.
pub const VIRTIO_CAN_RESULT_NOT_OK: u32 = 1;

// State of the controller. flags.status; "Device configuration layout"

/// Bus off: the controller stopped after too many bus errors.
pub const VIRTIO_CAN_S_CTRL_BUSOFF: u32 = 0x1;

// Frame flags. flags.frame-flags; "Device Operation / Device Requirements: CAN Message
// Transmission"

/// An FD frame; with CAN_FD.
pub const VIRTIO_CAN_FLAGS_FD: u32 = 0x4000;
/// 29-bit identifier; if clear, 11-bit.
pub const VIRTIO_CAN_FLAGS_EXTENDED: u32 = 0x8000;
/// A remote transmission request; with RTR_FRAMES.
pub const VIRTIO_CAN_FLAGS_RTR: u32 = 0x2000;

// Requests of the txq. messages.transmit; "Device Operation / Device Requirements: CAN Message
// Transmission"

/// Transmit a frame.
pub const VIRTIO_CAN_TX: u32 = 0x1;

// Messages of the rxq. messages.receive; "Device Operation / CAN Message Reception"

/// A received frame.
pub const VIRTIO_CAN_RX: u32 = 0x101;

// Requests of the controlq. messages.control; "Device Operation / Controller Mode"

/// Start the controller.
pub const VIRTIO_CAN_SET_CTRL_MODE_START: u32 = 0x201;
/// Stop the controller; pending frames fail.
pub const VIRTIO_CAN_SET_CTRL_MODE_STOP: u32 = 0x202;

// queues; "CAN Device"

/// Frames to transmit.
pub const VIRTIO_CAN_QUEUE_TXQ: u32 = 0;
/// Received frames.
pub const VIRTIO_CAN_QUEUE_RXQ: u32 = 1;
/// Start and stop requests.
pub const VIRTIO_CAN_QUEUE_CONTROLQ: u32 = 2;

/// Start or stop request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_can_control_out {
    /// Start or stop; VIRTIO_CAN_SET_CTRL_MODE_\*.
    pub msg_type: Le16,
}
layout!(virtio_can_control_out, 2, msg_type 0);

/// Result of a start or stop request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_can_control_in {
    /// Whether the controller changed to the requested mode; VIRTIO_CAN_RESULT_\*.
    pub result: u8,
}
layout!(virtio_can_control_in, 1, result 0);

/// A frame to transmit.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_can_tx_out {
    /// Always TX; VIRTIO_CAN_TX.
    pub msg_type: Le16,
    /// Length of sdu; in bytes.
    pub length: Le16,
    /// Reserved.
    pub reserved_classic_dlc: u8,
    /// Reserved.
    pub padding: u8,
    /// Reserved.
    pub reserved_xl_priority: Le16,
    /// Frame flags; see frame-flags; VIRTIO_CAN_FLAGS_\*.
    pub flags: Le32,
    /// Identifier; bits 29 to 31 are 0.
    pub can_id: Le32,
    /// The data; number of elements: length.
    pub sdu: [u8; 0],
}
layout!(virtio_can_tx_out, 16,
    msg_type 0, length 2, reserved_classic_dlc 4, padding 5, reserved_xl_priority 6, flags 8,
    can_id 12
);

/// Result of a transmission.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_can_tx_in {
    /// Whether transmission succeeded; without LATE_TX_ACK, OK may mean that the frame is only
    /// scheduled; VIRTIO_CAN_RESULT_\*.
    pub result: u8,
}
layout!(virtio_can_tx_in, 1, result 0);

/// A received frame with its header.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_can_rx {
    /// RX; VIRTIO_CAN_RX.
    pub msg_type: Le16,
    /// Length of sdu; in bytes.
    pub length: Le16,
    /// Reserved.
    pub reserved_classic_dlc: u8,
    /// Reserved.
    pub padding: u8,
    /// Reserved.
    pub reserved_xl_priority: Le16,
    /// Frame flags; see frame-flags; VIRTIO_CAN_FLAGS_\*.
    pub flags: Le32,
    /// Identifier; bits 29 to 31 are 0.
    pub can_id: Le32,
    /// The data; number of elements: length.
    pub sdu: [u8; 0],
}
layout!(virtio_can_rx, 16,
    msg_type 0, length 2, reserved_classic_dlc 4, padding 5, reserved_xl_priority 6, flags 8,
    can_id 12
);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_can_config {
    /// State of the controller; VIRTIO_CAN_S_CTRL_BUSOFF.
    pub status: Le16,
}
layout!(virtio_can_config, 2, status 0);
