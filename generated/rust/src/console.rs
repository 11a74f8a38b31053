// SPDX-License-Identifier: MIT
// Generated from spec/device/console.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Console Device.
//!
//! In the legacy interface, numbers of the types `Le16`, `Le32` and `Le64` have the guest's byte
//! order.

#[allow(unused_imports)]
use crate::numbers::*;

/// A console; with MULTIPORT, several byte-stream ports.
pub const VIRTIO_ID_CONSOLE: u32 = 3;

// features; "Feature bits"

/// The configuration contains the console size.
pub const VIRTIO_CONSOLE_F_SIZE: u32 = 0;
/// The device has several ports and control queues.
pub const VIRTIO_CONSOLE_F_MULTIPORT: u32 = 1;
/// The driver can write a character without a queue.
pub const VIRTIO_CONSOLE_F_EMERG_WRITE: u32 = 2;

// Control messages. messages.event; "Device Operation / Multiport Device Operation"

/// The driver is ready (1) or failed to initialize (0); with MULTIPORT.
pub const VIRTIO_CONSOLE_DEVICE_READY: u32 = 0;
/// The device added a port; with MULTIPORT.
pub const VIRTIO_CONSOLE_DEVICE_ADD: u32 = 1;
/// Another name of VIRTIO_CONSOLE_DEVICE_ADD.
pub const VIRTIO_CONSOLE_PORT_ADD: u32 = VIRTIO_CONSOLE_DEVICE_ADD;
/// The device removed a port; with MULTIPORT.
pub const VIRTIO_CONSOLE_DEVICE_REMOVE: u32 = 2;
/// Another name of VIRTIO_CONSOLE_DEVICE_REMOVE.
pub const VIRTIO_CONSOLE_PORT_REMOVE: u32 = VIRTIO_CONSOLE_DEVICE_REMOVE;
/// The driver is ready to use the port (1) or failed to add it (0); with MULTIPORT. Quirk
/// console.message-used-twice (v86 2026-07, not 0.5.462): The device uses the buffer of PORT_READY
/// and of the driver's PORT_OPEN twice. A driver does not accept MULTIPORT; the first port works
/// without it.
pub const VIRTIO_CONSOLE_PORT_READY: u32 = 3;
/// The port is a console; with MULTIPORT.
pub const VIRTIO_CONSOLE_CONSOLE_PORT: u32 = 4;
/// The console has been resized; with MULTIPORT.
pub const VIRTIO_CONSOLE_RESIZE: u32 = 5;
/// The port is open (1) or closed (0); with MULTIPORT. Quirk console.serial-without-open (QEMU
/// 7.2): A serial port announces its name only; PORT_OPEN follows when a program on the host opens
/// it. A driver does not wait for PORT_OPEN. Quirk console.input-asleep (QEMU 7.2): Input that
/// arrived before the driver's PORT_OPEN is delivered only when another event wakes QEMU's main
/// loop. A driver notifies the port's receive queue once it has opened it.
pub const VIRTIO_CONSOLE_PORT_OPEN: u32 = 6;
/// Name of the port: UTF-8, without a terminating NUL; with MULTIPORT. Quirk console.name-with-nul
/// (QEMU 7.2): A NUL terminates the name. A driver ends the name at the first NUL.
pub const VIRTIO_CONSOLE_PORT_NAME: u32 = 7;

// queues; "Console Device"

/// Input of port 0.
pub const VIRTIO_CONSOLE_QUEUE_RECEIVEQ: u32 = 0;
/// Output of port 0. Quirk console.writes-block (QEMU 7.2): virtconsole blocks QEMU while its
/// output has no space; virtserialport does not. A driver has time limits that hold without the
/// device.
pub const VIRTIO_CONSOLE_QUEUE_TRANSMITQ: u32 = 1;
/// Control messages from the device; with MULTIPORT. Quirk console.control-queues-always (QEMU
/// 7.2): The control queues exist even without MULTIPORT. A driver goes by the feature, not by
/// QueueSizeMax. Quirk console.dropped-messages (QEMU 7.2): The device drops a message for which
/// control_receiveq has no buffer. A driver fills control_receiveq before it says DEVICE_READY.
pub const VIRTIO_CONSOLE_QUEUE_CONTROL_RECEIVEQ: u32 = 2;
/// Control messages from the driver; with MULTIPORT.
pub const VIRTIO_CONSOLE_QUEUE_CONTROL_TRANSMITQ: u32 = 3;
/// Input of ports 1 and up; with MULTIPORT.
pub const VIRTIO_CONSOLE_QUEUE_PORT_RECEIVEQ: u32 = 4;
/// Output of ports 1 and up; with MULTIPORT.
pub const VIRTIO_CONSOLE_QUEUE_PORT_TRANSMITQ: u32 = 5;

/// A control message.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_console_control {
    /// Port number.
    pub id: Le32,
    /// Kind of message; messages.event.
    pub event: Le16,
    /// Value; its meaning depends on the event.
    pub value: Le16,
}
layout!(virtio_console_control, 8, id 0, event 4, value 6);

/// New size of the console.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_console_resize {
    /// Number of columns. Quirk console.rows-first (Linux before 5326ab737a47): The driver reads
    /// rows first. A device keeps to columns first.
    pub cols: Le16,
    /// Number of rows.
    pub rows: Le16,
}
layout!(virtio_console_resize, 4, cols 0, rows 2);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_console_config {
    /// Number of columns; with SIZE.
    pub cols: Le16,
    /// Number of rows; with SIZE.
    pub rows: Le16,
    /// Maximum number of ports; with MULTIPORT.
    pub max_nr_ports: Le32,
    /// Character to output; writable at any time once the device offers EMERG_WRITE; with
    /// EMERG_WRITE.
    pub emerg_wr: Le32,
}
layout!(virtio_console_config, 12, cols 0, rows 2, max_nr_ports 4, emerg_wr 8);
