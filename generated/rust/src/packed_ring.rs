// SPDX-License-Identifier: MIT
// Generated from spec/core/packed-ring.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Packed Virtqueues.
//!
//! Quirk packed-ring.no-way-back (QEMU 7.2): After a ring error the device hangs, and a reset does
//! not recover it. A driver gives the device up when its reset takes too long.

#[allow(unused_imports)]
use crate::numbers::*;

// flags.desc-flags; "Driver and Device Ring Wrap Counters"

/// Matches the wrap counter of the side that wrote the descriptor.
pub const VIRTQ_DESC_F_AVAIL: u32 = 0x80;
/// Equals the wrap counter in a used descriptor, and its inverse in an available one.
pub const VIRTQ_DESC_F_USED: u32 = 0x8000;

// enums.event-flags; "Driver and Device Event Suppression"

/// Notify for every descriptor.
pub const RING_EVENT_FLAGS_ENABLE: u32 = 0;
/// Do not notify.
pub const RING_EVENT_FLAGS_DISABLE: u32 = 1;
/// Notify when the specified descriptor is reached; with EVENT_IDX.
pub const RING_EVENT_FLAGS_DESC: u32 = 2;

/// One descriptor of a packed ring, available or used.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct pvirtq_desc {
    /// Physical address of the buffer element.
    pub addr: Le64,
    /// Buffer length; in a used descriptor, the number of bytes written; in bytes. Quirk packed-
    /// ring.used-without-write (QEMU 7.2): A used descriptor without WRITE still reports the number
    /// of bytes written. A driver trusts the length only up to the size of the buffer.
    pub len: Le32,
    /// Buffer id; in a descriptor list, the last descriptor holds it.
    pub id: Le16,
    /// Descriptor flags, including the AVAIL and USED bits; VIRTQ_DESC_F_\*.
    pub flags: Le16,
}
layout!(pvirtq_desc, 16, addr 0, len 8, id 12, flags 14);

/// Tells the other side when to send notifications.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct pvirtq_event_suppress {
    /// Descriptor at which to notify.
    /// Bits 0 to 14: event_off. Offset in the ring, in descriptors.
    /// Bit 15: event_wrap. Wrap counter at that offset.
    pub desc: Le16,
    /// Whether notifications are enabled, disabled, or sent at one descriptor.
    /// Bits 0 to 1: event_flags. Enable, disable, or notify at one descriptor.
    pub flags: Le16,
}
layout!(pvirtq_event_suppress, 4, desc 0, flags 2);
