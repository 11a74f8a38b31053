// SPDX-License-Identifier: MIT
// Generated from spec/device/balloon.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Traditional Memory Balloon Device.
//!
//! Quirk balloon.no-vectors (QEMU 7.2): The device has no MSI-X over PCI. A driver uses INTx.
//!
//! In the legacy interface, numbers of the types `Le16`, `Le32` and `Le64` have the guest's byte
//! order.

#[allow(unused_imports)]
use crate::numbers::*;

/// A memory balloon that takes pages from the guest and returns them.
pub const VIRTIO_ID_BALLOON: u32 = 5;

/// Shift from an address to a page frame number.
pub const VIRTIO_BALLOON_PFN_SHIFT: u32 = 12;

// features; "Feature bits"

/// The driver uses pages from the balloon only after the device has acknowledged their deflation.
pub const VIRTIO_BALLOON_F_MUST_TELL_HOST: u32 = 0;
/// The device has a statistics queue.
pub const VIRTIO_BALLOON_F_STATS_VQ: u32 = 1;
/// The driver may deflate the balloon when memory runs out.
pub const VIRTIO_BALLOON_F_DEFLATE_ON_OOM: u32 = 2;
/// The device accepts hints about free pages.
pub const VIRTIO_BALLOON_F_FREE_PAGE_HINT: u32 = 3;
/// The driver fills free pages with poison_val.
pub const VIRTIO_BALLOON_F_PAGE_POISON: u32 = 4;
/// The device accepts reports of free pages.
pub const VIRTIO_BALLOON_F_PAGE_REPORTING: u32 = 5;

// Statistics tags. enums.stat-tag; "Device Operation / Memory Statistics"

/// Bytes swapped in.
pub const VIRTIO_BALLOON_S_SWAP_IN: u32 = 0;
/// Bytes swapped out.
pub const VIRTIO_BALLOON_S_SWAP_OUT: u32 = 1;
/// Major page faults.
pub const VIRTIO_BALLOON_S_MAJFLT: u32 = 2;
/// Minor page faults.
pub const VIRTIO_BALLOON_S_MINFLT: u32 = 3;
/// Bytes of unused memory.
pub const VIRTIO_BALLOON_S_MEMFREE: u32 = 4;
/// Bytes of memory in total.
pub const VIRTIO_BALLOON_S_MEMTOT: u32 = 5;
/// Bytes available without swapping.
pub const VIRTIO_BALLOON_S_AVAIL: u32 = 6;
/// Bytes that can be reclaimed quickly without additional I/O.
pub const VIRTIO_BALLOON_S_CACHES: u32 = 7;
/// Successful huge page allocations.
pub const VIRTIO_BALLOON_S_HTLB_PGALLOC: u32 = 8;
/// Failed huge page allocations.
pub const VIRTIO_BALLOON_S_HTLB_PGFAIL: u32 = 9;

// Reserved values of free_page_hint_cmd_id. enums.cmd-id; "Device Operation / Free Page Hinting"

/// Stop hinting; the pages stay hinted.
pub const VIRTIO_BALLOON_CMD_ID_STOP: u32 = 0;
/// Hinting is complete; the driver can reuse the pages.
pub const VIRTIO_BALLOON_CMD_ID_DONE: u32 = 1;

// queues; "Traditional Memory Balloon Device"

/// Pages that enter the balloon.
pub const VIRTIO_BALLOON_QUEUE_INFLATEQ: u32 = 0;
/// Pages that leave the balloon.
pub const VIRTIO_BALLOON_QUEUE_DEFLATEQ: u32 = 1;
/// Memory statistics of the guest; with STATS_VQ.
pub const VIRTIO_BALLOON_QUEUE_STATSQ: u32 = 2;

/// One statistic; a statsq buffer is an array of them.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_balloon_stat {
    /// Statistics tag; VIRTIO_BALLOON_S_\*.
    pub tag: Le16,
    /// Value. Quirk balloon.missing-statistic (QEMU 7.2): A statistic that the driver did not
    /// report reads as all ones. A driver gives those that it has.
    pub val: Le64,
}
layout!(virtio_balloon_stat, 10, tag 0, val 2);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_balloon_config {
    /// Balloon size that the device requests; in 4096-byte pages.
    pub num_pages: Le32,
    /// Current balloon size; in 4096-byte pages.
    pub actual: Le32,
    /// Command id for hinting if 2 or greater; otherwise CMD_ID_STOP or CMD_ID_DONE; with
    /// FREE_PAGE_HINT; VIRTIO_BALLOON_CMD_ID_\*.
    pub free_page_hint_cmd_id: Le32,
    /// Fill value of free pages; with PAGE_POISON.
    pub poison_val: Le32,
}
layout!(virtio_balloon_config, 16, num_pages 0, actual 4, free_page_hint_cmd_id 8, poison_val 12);
