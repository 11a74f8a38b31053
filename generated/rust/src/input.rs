// SPDX-License-Identifier: MIT
// Generated from spec/device/input.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Input Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// A keyboard, mouse or tablet.
pub const VIRTIO_ID_INPUT: u32 = 18;

// enums.config-select; "Device configuration layout"

/// No information.
pub const VIRTIO_INPUT_CFG_UNSET: u32 = 0x0;
/// Name of the device.
pub const VIRTIO_INPUT_CFG_ID_NAME: u32 = 0x1;
/// Serial number.
pub const VIRTIO_INPUT_CFG_ID_SERIAL: u32 = 0x2;
/// Bus type, vendor, product and version.
pub const VIRTIO_INPUT_CFG_ID_DEVIDS: u32 = 0x3;
/// Supported properties (evdev INPUT_PROP).
pub const VIRTIO_INPUT_CFG_PROP_BITS: u32 = 0x10;
/// Supported codes of an event type (evdev EV).
pub const VIRTIO_INPUT_CFG_EV_BITS: u32 = 0x11;
/// Range of an absolute axis (evdev ABS).
pub const VIRTIO_INPUT_CFG_ABS_INFO: u32 = 0x12;

// queues; "Input Device"

/// Events of the device. Quirk input.early-events (QEMU 7.2): The device discards events before
/// DRIVER_OK, and on a lack of buffers all events up to the next SYN. A driver fills the queue, and
/// takes the state as unknown at its start.
pub const VIRTIO_INPUT_QUEUE_EVENTQ: u32 = 0;
/// Feedback from the driver, such as LED states.
pub const VIRTIO_INPUT_QUEUE_STATUSQ: u32 = 1;

/// Parameters of an absolute axis, as in evdev.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_input_absinfo {
    /// Minimum value.
    pub min: Le32,
    /// Maximum value.
    pub max: Le32,
    /// Noise threshold.
    pub fuzz: Le32,
    /// Size of the dead zone around the center.
    pub flat: Le32,
    /// Resolution.
    pub res: Le32,
}
layout!(virtio_input_absinfo, 20, min 0, max 4, fuzz 8, flat 12, res 16);

/// Device identifiers, as in evdev.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_input_devids {
    /// Bus type.
    pub bustype: Le16,
    /// Vendor.
    pub vendor: Le16,
    /// Product.
    pub product: Le16,
    /// Version.
    pub version: Le16,
}
layout!(virtio_input_devids, 8, bustype 0, vendor 2, product 4, version 6);

/// An input event; types and codes are those of evdev.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_input_event {
    /// Event type.
    pub r#type: Le16,
    /// Key, axis or LED code.
    pub code: Le16,
    /// New state, or distance moved.
    pub value: Le32,
}
layout!(virtio_input_event, 8, r#type 0, code 2, value 4);

/// Selected information.
#[derive(Clone, Copy)]
#[repr(C)]
pub union virtio_input_config_u {
    /// Text, without a terminating NUL; for ID_NAME or ID_SERIAL.
    pub string: [u8; 128],
    /// Bitmap with one bit per property or code; for PROP_BITS or EV_BITS.
    pub bitmap: [u8; 128],
    /// Absolute axis information; for ABS_INFO.
    pub abs: virtio_input_absinfo,
    /// Device identifiers; for ID_DEVIDS.
    pub ids: virtio_input_devids,
}

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_input_config {
    /// Information that u contains; VIRTIO_INPUT_CFG_\*.
    pub select: u8,
    /// Event type for EV_BITS, axis for ABS_INFO, else 0.
    pub subsel: u8,
    /// Number of valid bytes in u; 0 if the selection is not available; in bytes.
    pub size: u8,
    /// Reserved.
    pub reserved: [u8; 5],
    /// Selected information.
    pub u: virtio_input_config_u,
}
layout!(partial virtio_input_config, 136, select 0, subsel 1, size 2, reserved 3, u 8);
