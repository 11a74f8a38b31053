// SPDX-License-Identifier: MIT
// Generated from spec/device/media.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Media Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// A camera, codec or other video device that implements V4L2.
pub const VIRTIO_ID_MEDIA: u32 = 48;

/// Maximum number of planes in a DQBUF event.
pub const VIRTIO_MEDIA_MAX_PLANES: u32 = 8;

// Memory type of a buffer, as in enum v4l2_memory. enums.memory; "Device Operation / Command
// Virtqueue / Device Operation: Memory Types"

/// Device memory (V4L2_MEMORY_MMAP).
pub const VIRTIO_MEDIA_MMAP: u32 = 1;
/// Driver memory (V4L2_MEMORY_USERPTR).
pub const VIRTIO_MEDIA_SHARED_PAGES: u32 = 2;
/// A virtio object named by a UUID (V4L2_MEMORY_DMABUF).
pub const VIRTIO_MEDIA_OBJECT: u32 = 4;

// flags.mmap-flags; "Device Operation / Command Virtqueue / Device Operation: Mapping a MMAP
// buffer"

/// The driver may also write.
pub const VIRTIO_MEDIA_MMAP_FLAG_RW: u32 = 0x1;

// messages.command; "Device Operation / Command Virtqueue / Device Operation: Command headers"

/// Open a session.
pub const VIRTIO_MEDIA_CMD_OPEN: u32 = 1;
/// Close a session; there is no response.
pub const VIRTIO_MEDIA_CMD_CLOSE: u32 = 2;
/// Run a V4L2 ioctl in a session.
pub const VIRTIO_MEDIA_CMD_IOCTL: u32 = 3;
/// Map a buffer of the device.
pub const VIRTIO_MEDIA_CMD_MMAP: u32 = 4;
/// Remove a mapping.
pub const VIRTIO_MEDIA_CMD_MUNMAP: u32 = 5;

// messages.event; "Device Operation / Event Virtqueue / Device Operation: Event header"

/// A session failed.
pub const VIRTIO_MEDIA_EVT_ERROR: u32 = 0;
/// The device no longer uses a buffer, and returns it to the driver.
pub const VIRTIO_MEDIA_EVT_DQBUF: u32 = 1;
/// A V4L2 event.
pub const VIRTIO_MEDIA_EVT_EVENT: u32 = 2;

// shared-memory; "Media Device"

/// Window into which the device maps buffers.
pub const VIRTIO_MEDIA_SHM_ID_MMAP: u32 = 0;

// queues; "Media Device"

/// Commands and responses.
pub const VIRTIO_MEDIA_QUEUE_COMMANDQ: u32 = 0;
/// Events from the device.
pub const VIRTIO_MEDIA_QUEUE_EVENTQ: u32 = 1;

/// Header of a command.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_cmd_header {
    /// Command; VIRTIO_MEDIA_CMD_\*.
    pub cmd: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_media_cmd_header, 8, cmd 0, reserved 4);

/// Header of a response.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_resp_header {
    /// 0, or a Linux error number.
    pub status: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_media_resp_header, 8, status 0, reserved 4);

/// Open a session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_cmd_open {
    /// CMD_OPEN.
    pub hdr: virtio_media_cmd_header,
}
layout!(virtio_media_cmd_open, 8, hdr 0);

/// Response to CMD_OPEN.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_resp_open {
    /// Status of the command.
    pub hdr: virtio_media_resp_header,
    /// Id of the new session.
    pub session_id: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_media_resp_open, 16, hdr 0, session_id 8, reserved 12);

/// Close a session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_cmd_close {
    /// CMD_CLOSE.
    pub hdr: virtio_media_cmd_header,
    /// Session id.
    pub session_id: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_media_cmd_close, 16, hdr 0, session_id 8, reserved 12);

/// Run an ioctl; the argument follows if V4L2 passes it to the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_cmd_ioctl {
    /// CMD_IOCTL.
    pub hdr: virtio_media_cmd_header,
    /// Session id.
    pub session_id: Le32,
    /// Ioctl number: the second argument of its _IO macro.
    pub code: Le32,
}
layout!(virtio_media_cmd_ioctl, 16, hdr 0, session_id 8, code 12);

/// Response to CMD_IOCTL; the argument follows if V4L2 returns it.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_resp_ioctl {
    /// Status of the command.
    pub hdr: virtio_media_resp_header,
}
layout!(virtio_media_resp_ioctl, 8, hdr 0);

/// A segment of the memory behind a V4L2 user pointer.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_sg_entry {
    /// Guest physical address.
    pub start: Le64,
    /// Length; in bytes.
    pub len: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_media_sg_entry, 16, start 0, len 8, reserved 12);

/// Map a plane of a buffer into shared memory region 0.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_cmd_mmap {
    /// CMD_MMAP.
    pub hdr: virtio_media_cmd_header,
    /// Session that owns the buffer.
    pub session_id: Le32,
    /// Mapping flags; VIRTIO_MEDIA_MMAP_FLAG_RW.
    pub flags: Le32,
    /// The plane's mem_offset from VIDIOC_QUERYBUF.
    pub offset: Le32,
}
layout!(virtio_media_cmd_mmap, 20, hdr 0, session_id 8, flags 12, offset 16);

/// Response to CMD_MMAP.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_resp_mmap {
    /// Status of the command.
    pub hdr: virtio_media_resp_header,
    /// Offset of the mapping in shared memory region 0; in bytes.
    pub driver_addr: Le64,
    /// Length of the mapping; in bytes.
    pub len: Le64,
}
layout!(virtio_media_resp_mmap, 24, hdr 0, driver_addr 8, len 16);

/// Remove a mapping from shared memory region 0.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_cmd_munmap {
    /// CMD_MUNMAP.
    pub hdr: virtio_media_cmd_header,
    /// Offset from the response to CMD_MMAP; in bytes.
    pub driver_addr: Le64,
}
layout!(virtio_media_cmd_munmap, 16, hdr 0, driver_addr 8);

/// Response to CMD_MUNMAP.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_resp_munmap {
    /// Status of the command.
    pub hdr: virtio_media_resp_header,
}
layout!(virtio_media_resp_munmap, 8, hdr 0);

/// Header of an event.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_event_header {
    /// Event type; VIRTIO_MEDIA_EVT_\*.
    pub event: Le32,
    /// Session of the event.
    pub session_id: Le32,
}
layout!(virtio_media_event_header, 8, event 0, session_id 4);

/// An unrecoverable session error; the driver must close the session.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_event_error {
    /// EVT_ERROR.
    pub hdr: virtio_media_event_header,
    /// Linux error number.
    pub errno_: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_media_event_error, 16, hdr 0, errno_ 8, reserved 12);

/// A dequeued buffer.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_event_dqbuf {
    /// EVT_DQBUF.
    pub hdr: virtio_media_event_header,
    /// The buffer; holds struct v4l2_buffer.
    pub buffer: [u8; 88],
    /// Planes of a multi-planar buffer; holds struct v4l2_plane\[8\].
    pub planes: [u8; 512],
}
layout!(virtio_media_event_dqbuf, 608, hdr 0, buffer 8, planes 96);

/// A V4L2 event that the driver subscribed to.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_event_event {
    /// EVT_EVENT.
    pub hdr: virtio_media_event_header,
    /// The event; holds struct v4l2_event.
    pub event: [u8; 136],
}
layout!(virtio_media_event_event, 144, hdr 0, event 8);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_media_config {
    /// Capability flags as in struct v4l2_capability.
    pub device_caps: Le32,
    /// Kind of video device, as vfl_devnode_type.
    pub device_type: Le32,
    /// Device name: UTF-8, NUL-terminated if it is shorter than the field.
    pub card: [u8; 32],
}
layout!(virtio_media_config, 40, device_caps 0, device_type 4, card 8);
