// SPDX-License-Identifier: MIT
// Generated from spec/device/9p.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Device Types.

#[allow(unused_imports)]
use crate::numbers::*;

/// A transport for the 9P protocol.
pub const VIRTIO_ID_9P: u32 = 9;

// features; "Device Types"

/// The configuration contains a mount tag.
pub const VIRTIO_9P_F_MOUNT_TAG: u32 = 0;
/// Another name of VIRTIO_9P_F_MOUNT_TAG.
pub const VIRTIO_9P_MOUNT_TAG: u32 = VIRTIO_9P_F_MOUNT_TAG;

// queues; "Device Types"

/// 9P requests and replies. Quirk 9p.folder-without-directory (TinyEMU 2019-12-21): The entries of
/// a folder can be read only if it was opened with the flag O_DIRECTORY. A driver opens a folder as
/// Linux does, with O_DIRECTORY. Quirk 9p.short-reply (QEMU 7.2): A reply buffer that is too small
/// sets DEVICE_NEEDS_RESET; an msize below 4096 is an error. A driver asks for an msize of 4096 or
/// more and has that much room.
pub const VIRTIO_9P_QUEUE_REQUESTQ: u32 = 0;

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_9p_config {
    /// Length of the mount tag; in bytes; with MOUNT_TAG.
    pub tag_len: Le16,
    /// Mount tag, without a terminating NUL; with MOUNT_TAG; number of elements: tag_len.
    pub tag: [u8; 0],
}
layout!(virtio_9p_config, 2, tag_len 0);
