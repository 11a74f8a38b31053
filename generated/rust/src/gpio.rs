// SPDX-License-Identifier: MIT
// Generated from spec/device/gpio.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; GPIO Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// GPIO lines.
pub const VIRTIO_ID_GPIO: u32 = 41;

// features; "Feature bits"

/// The lines support interrupts.
pub const VIRTIO_GPIO_F_IRQ: u32 = 0;

// Status of a message. enums.status; "Device Operation: requestq"

/// The request succeeded.
pub const VIRTIO_GPIO_STATUS_OK: u32 = 0x0;
/// The message failed.
pub const VIRTIO_GPIO_STATUS_ERR: u32 = 0x1;

// Line directions. enums.direction; "Device Operation: requestq"

/// The line is deactivated.
pub const VIRTIO_GPIO_DIRECTION_NONE: u32 = 0x0;
/// Output.
pub const VIRTIO_GPIO_DIRECTION_OUT: u32 = 0x1;
/// Input.
pub const VIRTIO_GPIO_DIRECTION_IN: u32 = 0x2;

// Interrupt trigger types. enums.irq-type; "Device Operation: requestq"

/// No interrupt.
pub const VIRTIO_GPIO_IRQ_TYPE_NONE: u32 = 0x0;
/// On the rising edge.
pub const VIRTIO_GPIO_IRQ_TYPE_EDGE_RISING: u32 = 0x1;
/// On the falling edge.
pub const VIRTIO_GPIO_IRQ_TYPE_EDGE_FALLING: u32 = 0x2;
/// On both edges.
pub const VIRTIO_GPIO_IRQ_TYPE_EDGE_BOTH: u32 = 0x3;
/// While the line is high.
pub const VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH: u32 = 0x4;
/// While the line is low.
pub const VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW: u32 = 0x8;

// Interrupt status. enums.irq-status; "Device Operation: eventq"

/// The interrupt is not enabled, or was disabled.
pub const VIRTIO_GPIO_IRQ_STATUS_INVALID: u32 = 0x0;
/// The line raised an interrupt.
pub const VIRTIO_GPIO_IRQ_STATUS_VALID: u32 = 0x1;

// Message types. messages.message; "Device Operation: requestq"

/// Read the names of all lines.
pub const VIRTIO_GPIO_MSG_GET_LINE_NAMES: u32 = 0x1;
/// Read the direction of a line.
pub const VIRTIO_GPIO_MSG_GET_DIRECTION: u32 = 0x2;
/// Set the direction of a line.
pub const VIRTIO_GPIO_MSG_SET_DIRECTION: u32 = 0x3;
/// Read the value of a line.
pub const VIRTIO_GPIO_MSG_GET_VALUE: u32 = 0x4;
/// Set the value of a line.
pub const VIRTIO_GPIO_MSG_SET_VALUE: u32 = 0x5;
/// Set the interrupt trigger of a line; with IRQ.
pub const VIRTIO_GPIO_MSG_SET_IRQ_TYPE: u32 = 0x6;

// queues; "GPIO Device"

/// Requests and responses.
pub const VIRTIO_GPIO_QUEUE_REQUESTQ: u32 = 0;
/// Interrupts: an irq_request to the device, an irq_response from it; with IRQ.
pub const VIRTIO_GPIO_QUEUE_EVENTQ: u32 = 1;

/// A request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpio_request {
    /// Request type; VIRTIO_GPIO_MSG_\*.
    pub r#type: Le16,
    /// Line number; 0 for GET_LINE_NAMES.
    pub gpio: Le16,
    /// Value for SET_ messages, else 0.
    pub value: Le32,
}
layout!(virtio_gpio_request, 8, r#type 0, gpio 2, value 4);

/// A response.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpio_response {
    /// Status of the request; VIRTIO_GPIO_STATUS_\*.
    pub status: u8,
    /// Value for GET_ messages, else 0.
    pub value: u8,
}
layout!(virtio_gpio_response, 2, status 0, value 1);

/// Response to GET_LINE_NAMES.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpio_response_N {
    /// Status of GET_LINE_NAMES; VIRTIO_GPIO_STATUS_\*.
    pub status: u8,
    /// Names of all lines in order, each NUL-terminated; number of elements: configuration's
    /// gpio_names_size.
    pub value: [u8; 0],
}
layout!(virtio_gpio_response_N, 1, status 0);

/// Unmask the interrupt of a line.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpio_irq_request {
    /// Line number.
    pub gpio: Le16,
}
layout!(virtio_gpio_irq_request, 2, gpio 0);

/// Interrupt of a line; the line is masked again.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpio_irq_response {
    /// Whether an interrupt occurred; VIRTIO_GPIO_IRQ_STATUS_\*.
    pub status: u8,
}
layout!(virtio_gpio_irq_response, 1, status 0);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpio_config {
    /// Number of lines.
    pub ngpio: Le16,
    /// Reserved.
    pub padding: [u8; 2],
    /// Size of all names with their terminating NULs; 0 if the lines have no names; in bytes.
    pub gpio_names_size: Le32,
}
layout!(virtio_gpio_config, 8, ngpio 0, padding 2, gpio_names_size 4);
