// SPDX-License-Identifier: MIT
// Generated from spec/device/fs.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; File System Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// A file system that serves FUSE requests.
pub const VIRTIO_ID_FS: u32 = 26;

// features; "Feature bits"

/// The device sends FUSE notifications.
pub const VIRTIO_FS_F_NOTIFICATION: u32 = 0;

// shared-memory; "File System Device"

/// Window into which the driver maps parts of files.
pub const VIRTIO_FS_SHM_ID_DAX_WINDOW: u32 = 0;

// queues; "File System Device"

/// High-priority requests.
pub const VIRTIO_FS_QUEUE_HIPRIO: u32 = 0;
/// FUSE notifications; with NOTIFICATION.
pub const VIRTIO_FS_QUEUE_NOTIFICATION: u32 = 1;

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_fs_config {
    /// Mount tag: UTF-8, padded with NUL; no terminating NUL if it has 36 bytes.
    pub tag: [u8; 36],
    /// Number of request queues; at least 1.
    pub num_request_queues: Le32,
    /// Minimum buffer size of the notification queue; in bytes; with NOTIFICATION.
    pub notify_buf_size: Le32,
}
layout!(virtio_fs_config, 44, tag 0, num_request_queues 36, notify_buf_size 40);
