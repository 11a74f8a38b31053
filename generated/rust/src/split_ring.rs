// SPDX-License-Identifier: MIT
// Generated from spec/core/split-ring.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Split Virtqueues.
//!
//! In the legacy interface, numbers of the types `Le16`, `Le32` and `Le64` have the guest's byte
//! order.

#[allow(unused_imports)]
use crate::numbers::*;

// flags.desc-flags; "The Virtqueue Descriptor Table"

/// The buffer continues in the descriptor that next specifies.
pub const VIRTQ_DESC_F_NEXT: u32 = 0x1;
/// The device writes the buffer; if clear, it reads the buffer.
pub const VIRTQ_DESC_F_WRITE: u32 = 0x2;
/// The buffer contains a table of descriptors; with INDIRECT_DESC.
pub const VIRTQ_DESC_F_INDIRECT: u32 = 0x4;

// flags.avail-flags; "The Virtqueue Available Ring"

/// The driver does not need used buffer notifications.
pub const VIRTQ_AVAIL_F_NO_INTERRUPT: u32 = 0x1;

// flags.used-flags; "The Virtqueue Used Ring"

/// The device does not need available buffer notifications.
pub const VIRTQ_USED_F_NO_NOTIFY: u32 = 0x1;

/// One descriptor of a split ring.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtq_desc {
    /// Physical address of the buffer.
    pub addr: Le64,
    /// Length of the buffer; with INDIRECT, of the table; in bytes.
    pub len: Le32,
    /// Descriptor flags; VIRTQ_DESC_F_\*.
    pub flags: Le16,
    /// Index of the next descriptor, if flags has NEXT.
    pub next: Le16,
}
layout!(virtq_desc, 16, addr 0, len 8, flags 12, next 14);

/// Available ring; only the driver writes it.
/// At 4 + 2 · Queue Size: uint16_t used_event. The device interrupts when it writes the used entry
/// with this index; with EVENT_IDX.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtq_avail {
    /// Interrupt suppression by the driver; VIRTQ_AVAIL_F_NO_INTERRUPT.
    pub flags: Le16,
    /// Free-running index of the next entry, which is in ring\[idx modulo the queue size\].
    pub idx: Le16,
    /// Heads of the available descriptor chains.
    pub ring: [Le16; 0],
}
layout!(virtq_avail, 4, flags 0, idx 2);

/// One entry of the used ring.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtq_used_elem {
    /// Head of the descriptor chain.
    pub id: Le32,
    /// Number of bytes that the device wrote; in bytes.
    pub len: Le32,
}
layout!(virtq_used_elem, 8, id 0, len 4);

/// Used ring; only the device writes it.
/// At 4 + 8 · Queue Size: uint16_t avail_event. The driver notifies when it makes the available
/// entry with this index; with EVENT_IDX.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtq_used {
    /// Notification suppression by the device; VIRTQ_USED_F_NO_NOTIFY.
    pub flags: Le16,
    /// Free-running index of the next entry, which is in ring\[idx modulo the queue size\].
    pub idx: Le16,
    /// Used buffers.
    pub ring: [virtq_used_elem; 0],
}
layout!(virtq_used, 4, flags 0, idx 2);
