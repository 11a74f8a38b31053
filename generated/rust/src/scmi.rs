// SPDX-License-Identifier: MIT
// Generated from spec/device/scmi.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; SCMI Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// A platform that implements Arm SCMI.
pub const VIRTIO_ID_SCMI: u32 = 32;

// features; "Feature bits"

/// The device has eventq, and sends at least one kind of notification or delayed response.
pub const VIRTIO_SCMI_F_P2A_CHANNELS: u32 = 0;
/// The device has at least one region of statistics in shared memory.
pub const VIRTIO_SCMI_F_SHARED_MEMORY: u32 = 1;

// shared-memory; "SCMI Device"

/// Power state statistics; with SHARED_MEMORY.
pub const VIRTIO_SCMI_SHM_ID_POWER_STATE_STATISTICS: u32 = 1;
/// Performance domain statistics; with SHARED_MEMORY.
pub const VIRTIO_SCMI_SHM_ID_PERFORMANCE_DOMAIN_STATISTICS: u32 = 2;
/// Sensor values; with SHARED_MEMORY.
pub const VIRTIO_SCMI_SHM_ID_SENSOR_VALUES: u32 = 3;

// queues; "SCMI Device"

/// Commands and their responses. Quirk scmi.two-descriptors (vhost-device 0.4.0): A command must
/// consist of two descriptors, one with the request and one for the response. A driver puts the
/// header and the parameters into one descriptor, as Linux does.
pub const VIRTIO_SCMI_QUEUE_CMDQ: u32 = 0;
/// Notifications and delayed responses; with P2A_CHANNELS.
pub const VIRTIO_SCMI_QUEUE_EVENTQ: u32 = 1;

/// A command.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_scmi_request {
    /// Header of the SCMI message.
    pub hdr: Le32,
    /// Parameters of the message.
    pub params: [u8; 0],
}
layout!(virtio_scmi_request, 4, hdr 0);

/// Response to a command.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_scmi_response {
    /// Header of the SCMI message.
    pub hdr: Le32,
    /// Return values; the SCMI status is the first.
    pub ret_values: [u8; 0],
}
layout!(virtio_scmi_response, 4, hdr 0);

/// A notification or delayed response.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_scmi_event_msg {
    /// Header of the SCMI message.
    pub hdr: Le32,
    /// Payload of the message.
    pub payload: [u8; 0],
}
layout!(virtio_scmi_event_msg, 4, hdr 0);
