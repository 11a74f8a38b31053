// SPDX-License-Identifier: MIT
// Generated from spec/device/gpu.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; GPU Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// A graphics adapter with up to 16 scanouts.
pub const VIRTIO_ID_GPU: u32 = 16;

/// No shared memory region.
pub const VIRTIO_GPU_SHM_ID_UNDEFINED: u32 = 0;
/// Maximum number of scanouts of any device.
pub const VIRTIO_GPU_MAX_SCANOUTS: u32 = 16;
/// Bits of context_init that hold the capability set id.
pub const VIRTIO_GPU_CONTEXT_INIT_CAPSET_ID_MASK: u32 = 0xff;
/// Bits of map_info that hold the cache mode.
pub const VIRTIO_GPU_MAP_CACHE_MASK: u32 = 0xf;

// features; "Feature bits"

/// The device supports 3D rendering.
pub const VIRTIO_GPU_F_VIRGL: u32 = 0;
/// The device provides the EDID of its displays. Quirk gpu.edid-always (QEMU 7.2): The device
/// responds to GET_EDID even if EDID was not negotiated. A driver asks only with the feature.
pub const VIRTIO_GPU_F_EDID: u32 = 1;
/// The driver can export a resource under a UUID.
pub const VIRTIO_GPU_F_RESOURCE_UUID: u32 = 2;
/// The device supports blob resources.
pub const VIRTIO_GPU_F_RESOURCE_BLOB: u32 = 3;
/// A context has a capability set and several timelines.
pub const VIRTIO_GPU_F_CONTEXT_INIT: u32 = 4;
/// blob_alignment applies to blobs.
pub const VIRTIO_GPU_F_BLOB_ALIGNMENT: u32 = 5;

// enums.response; "Device Operation / Device Operation: Request header"

/// Success, without data.
pub const VIRTIO_GPU_RESP_OK_NODATA: u32 = 0x1100;
/// Display information.
pub const VIRTIO_GPU_RESP_OK_DISPLAY_INFO: u32 = 0x1101;
/// Capability set information.
pub const VIRTIO_GPU_RESP_OK_CAPSET_INFO: u32 = 0x1102;
/// Data of a capability set.
pub const VIRTIO_GPU_RESP_OK_CAPSET: u32 = 0x1103;
/// EDID data.
pub const VIRTIO_GPU_RESP_OK_EDID: u32 = 0x1104;
/// The UUID of a resource.
pub const VIRTIO_GPU_RESP_OK_RESOURCE_UUID: u32 = 0x1105;
/// Cache mode of a mapped blob.
pub const VIRTIO_GPU_RESP_OK_MAP_INFO: u32 = 0x1106;
/// Unspecified error.
pub const VIRTIO_GPU_RESP_ERR_UNSPEC: u32 = 0x1200;
/// The device is out of memory.
pub const VIRTIO_GPU_RESP_ERR_OUT_OF_MEMORY: u32 = 0x1201;
/// Invalid scanout id.
pub const VIRTIO_GPU_RESP_ERR_INVALID_SCANOUT_ID: u32 = 0x1202;
/// Invalid resource id.
pub const VIRTIO_GPU_RESP_ERR_INVALID_RESOURCE_ID: u32 = 0x1203;
/// Invalid context id.
pub const VIRTIO_GPU_RESP_ERR_INVALID_CONTEXT_ID: u32 = 0x1204;
/// Invalid parameter.
pub const VIRTIO_GPU_RESP_ERR_INVALID_PARAMETER: u32 = 0x1205;

// enums.formats; "Device Operation / Device Operation: controlq"

/// Blue, green, red, alpha.
pub const VIRTIO_GPU_FORMAT_B8G8R8A8_UNORM: u32 = 1;
/// Blue, green, red, unused.
pub const VIRTIO_GPU_FORMAT_B8G8R8X8_UNORM: u32 = 2;
/// Alpha, red, green, blue.
pub const VIRTIO_GPU_FORMAT_A8R8G8B8_UNORM: u32 = 3;
/// Unused, red, green, blue.
pub const VIRTIO_GPU_FORMAT_X8R8G8B8_UNORM: u32 = 4;
/// Red, green, blue, alpha.
pub const VIRTIO_GPU_FORMAT_R8G8B8A8_UNORM: u32 = 67;
/// Unused, blue, green, red.
pub const VIRTIO_GPU_FORMAT_X8B8G8R8_UNORM: u32 = 68;
/// Alpha, blue, green, red.
pub const VIRTIO_GPU_FORMAT_A8B8G8R8_UNORM: u32 = 121;
/// Red, green, blue, unused.
pub const VIRTIO_GPU_FORMAT_R8G8B8X8_UNORM: u32 = 134;

// enums.capset; "Device Operation / Device Operation: controlq"

/// Virgl: OpenGL through Gallium commands.
pub const VIRTIO_GPU_CAPSET_VIRGL: u32 = 1;
/// Virgl with a corrected capability set.
pub const VIRTIO_GPU_CAPSET_VIRGL2: u32 = 2;
/// Gfxstream: GLES and Vulkan.
pub const VIRTIO_GPU_CAPSET_GFXSTREAM: u32 = 3;
/// Venus: Vulkan through Mesa.
pub const VIRTIO_GPU_CAPSET_VENUS: u32 = 4;
/// Cross-domain: guest windows on the host's Wayland.
pub const VIRTIO_GPU_CAPSET_CROSS_DOMAIN: u32 = 5;

// enums.blob-mem; "Device Operation / Device Operation: controlq"

/// Guest memory.
pub const VIRTIO_GPU_BLOB_MEM_GUEST: u32 = 0x1;
/// Host memory; with VIRGL.
pub const VIRTIO_GPU_BLOB_MEM_HOST3D: u32 = 0x2;
/// Host memory with a shadow in the guest; with VIRGL.
pub const VIRTIO_GPU_BLOB_MEM_HOST3D_GUEST: u32 = 0x3;

// enums.map-cache; "Device Operation / Device Operation: controlq (3d)"

/// The device specifies no cache mode.
pub const VIRTIO_GPU_MAP_CACHE_NONE: u32 = 0x0;
/// Cached.
pub const VIRTIO_GPU_MAP_CACHE_CACHED: u32 = 0x1;
/// Uncached.
pub const VIRTIO_GPU_MAP_CACHE_UNCACHED: u32 = 0x2;
/// Write-combining.
pub const VIRTIO_GPU_MAP_CACHE_WC: u32 = 0x3;

// flags.event; "Device configuration layout"

/// The displays have changed.
pub const VIRTIO_GPU_EVENT_DISPLAY: u32 = 0x1;

// flags.flag; "Device Operation / Device Operation: Request header"

/// The device responds when the operation is complete; the response returns fence_id.
pub const VIRTIO_GPU_FLAG_FENCE: u32 = 0x1;
/// ring_idx selects the timeline; with CONTEXT_INIT.
pub const VIRTIO_GPU_FLAG_INFO_RING_IDX: u32 = 0x2;

// flags.blob-flag; "Device Operation / Device Operation: controlq"

/// The guest maps the blob.
pub const VIRTIO_GPU_BLOB_FLAG_USE_MAPPABLE: u32 = 0x1;
/// Driver instances share the blob.
pub const VIRTIO_GPU_BLOB_FLAG_USE_SHAREABLE: u32 = 0x2;
/// Other devices share the blob.
pub const VIRTIO_GPU_BLOB_FLAG_USE_CROSS_DEVICE: u32 = 0x4;

// messages.control; "Device Operation / Device Operation: controlq"

/// Read display information.
pub const VIRTIO_GPU_CMD_GET_DISPLAY_INFO: u32 = 0x100;
/// Create a 2D resource.
pub const VIRTIO_GPU_CMD_RESOURCE_CREATE_2D: u32 = 0x101;
/// Destroy a resource.
pub const VIRTIO_GPU_CMD_RESOURCE_UNREF: u32 = 0x102;
/// Display a rectangle of a resource on a scanout.
pub const VIRTIO_GPU_CMD_SET_SCANOUT: u32 = 0x103;
/// Flush a rectangle of a resource to the screen.
pub const VIRTIO_GPU_CMD_RESOURCE_FLUSH: u32 = 0x104;
/// Copy from guest memory to a resource.
pub const VIRTIO_GPU_CMD_TRANSFER_TO_HOST_2D: u32 = 0x105;
/// Attach guest memory to a resource.
pub const VIRTIO_GPU_CMD_RESOURCE_ATTACH_BACKING: u32 = 0x106;
/// Detach guest memory from a resource.
pub const VIRTIO_GPU_CMD_RESOURCE_DETACH_BACKING: u32 = 0x107;
/// Query a capability set by its index.
pub const VIRTIO_GPU_CMD_GET_CAPSET_INFO: u32 = 0x108;
/// Read a capability set.
pub const VIRTIO_GPU_CMD_GET_CAPSET: u32 = 0x109;
/// Read the EDID of a display; with EDID.
pub const VIRTIO_GPU_CMD_GET_EDID: u32 = 0x10a;
/// Export a resource under a UUID; with RESOURCE_UUID.
pub const VIRTIO_GPU_CMD_RESOURCE_ASSIGN_UUID: u32 = 0x10b;
/// Create a blob resource; with RESOURCE_BLOB.
pub const VIRTIO_GPU_CMD_RESOURCE_CREATE_BLOB: u32 = 0x10c;
/// Display a rectangle of a blob on a scanout; with RESOURCE_BLOB.
pub const VIRTIO_GPU_CMD_SET_SCANOUT_BLOB: u32 = 0x10d;

// messages.control-3d; "Device Operation / Device Operation: controlq (3d)"

/// Create the context whose ctx_id is in the header; with VIRGL.
pub const VIRTIO_GPU_CMD_CTX_CREATE: u32 = 0x200;
/// Destroy a context; with VIRGL.
pub const VIRTIO_GPU_CMD_CTX_DESTROY: u32 = 0x201;
/// Attach a resource to a context; with VIRGL.
pub const VIRTIO_GPU_CMD_CTX_ATTACH_RESOURCE: u32 = 0x202;
/// Detach a resource from a context; with VIRGL.
pub const VIRTIO_GPU_CMD_CTX_DETACH_RESOURCE: u32 = 0x203;
/// Create a 3D resource; with VIRGL.
pub const VIRTIO_GPU_CMD_RESOURCE_CREATE_3D: u32 = 0x204;
/// Copy from guest memory to a 3D resource; with VIRGL.
pub const VIRTIO_GPU_CMD_TRANSFER_TO_HOST_3D: u32 = 0x205;
/// Copy from a 3D resource to guest memory; with VIRGL.
pub const VIRTIO_GPU_CMD_TRANSFER_FROM_HOST_3D: u32 = 0x206;
/// Execute a command stream in a context; with VIRGL.
pub const VIRTIO_GPU_CMD_SUBMIT_3D: u32 = 0x207;
/// Map a host blob into shared memory; requires the HOST_VISIBLE region; with RESOURCE_BLOB and
/// VIRGL.
pub const VIRTIO_GPU_CMD_RESOURCE_MAP_BLOB: u32 = 0x208;
/// Unmap a host blob from shared memory; requires the HOST_VISIBLE region; with RESOURCE_BLOB and
/// VIRGL.
pub const VIRTIO_GPU_CMD_RESOURCE_UNMAP_BLOB: u32 = 0x209;

// messages.cursor; "Device Operation / Device Operation: cursorq"

/// Set image and position of the cursor.
pub const VIRTIO_GPU_CMD_UPDATE_CURSOR: u32 = 0x300;
/// Set the position of the cursor.
pub const VIRTIO_GPU_CMD_MOVE_CURSOR: u32 = 0x301;

// shared-memory; "GPU Device"

/// Window into which the device maps host blobs; with RESOURCE_BLOB.
pub const VIRTIO_GPU_SHM_ID_HOST_VISIBLE: u32 = 1;

// queues; "GPU Device"

/// Commands.
pub const VIRTIO_GPU_QUEUE_CONTROLQ: u32 = 0;
/// Cursor commands, independent of controlq. Quirk gpu.no-cursor-answer (QEMU 7.2): The device
/// returns cursor commands with a used length of 0. A driver does not read an answer there.
pub const VIRTIO_GPU_QUEUE_CURSORQ: u32 = 1;

/// Header of commands and responses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_ctrl_hdr {
    /// Command (CMD) or response (RESP) type.
    pub r#type: Le32,
    /// FENCE: fence_id is valid. INFO_RING_IDX: ring_idx is valid; VIRTIO_GPU_FLAG_\*.
    pub flags: Le32,
    /// Fence id; the response returns it.
    pub fence_id: Le64,
    /// Rendering context, 3D only.
    pub ctx_id: Le32,
    /// Timeline of the context, 0 to 63; with CONTEXT_INIT.
    pub ring_idx: u8,
    /// Reserved.
    pub padding: [u8; 3],
}
layout!(virtio_gpu_ctrl_hdr, 24, r#type 0, flags 4, fence_id 8, ctx_id 16, ring_idx 20, padding 21);

/// A rectangle; (0, 0) is the top left corner.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_rect {
    /// Left coordinate; in pixels.
    pub x: Le32,
    /// Top coordinate; in pixels.
    pub y: Le32,
    /// Width; in pixels.
    pub width: Le32,
    /// Height; in pixels.
    pub height: Le32,
}
layout!(virtio_gpu_rect, 16, x 0, y 4, width 8, height 12);

/// One scanout.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_display_one {
    /// Preferred size, and position relative to the other scanouts.
    pub r: virtio_gpu_rect,
    /// Nonzero if the user has enabled the scanout. Quirk gpu.enabled-headless (QEMU 7.2): Scanout
    /// 0 is enabled at 1280 by 800 even without a display. A driver may draw there all the same.
    pub enabled: Le32,
    /// No flags are defined.
    pub flags: Le32,
}
layout!(virtio_gpu_display_one, 24, r 0, enabled 16, flags 20);

/// Response to GET_DISPLAY_INFO.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resp_display_info {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// One entry per scanout.
    pub pmodes: [virtio_gpu_display_one; 16],
}
layout!(virtio_gpu_resp_display_info, 408, hdr 0, pmodes 24);

/// Request of GET_EDID.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_get_edid {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Scanout number.
    pub scanout: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_get_edid, 32, hdr 0, scanout 24, padding 28);

/// Response to GET_EDID.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resp_edid {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Length of the EDID; in bytes.
    pub size: Le32,
    /// Reserved.
    pub padding: Le32,
    /// The EDID.
    pub edid: [u8; 1024],
}
layout!(virtio_gpu_resp_edid, 1056, hdr 0, size 24, padding 28, edid 32);

/// Request of RESOURCE_CREATE_2D.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resource_create_2d {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Resource id, chosen by the driver.
    pub resource_id: Le32,
    /// Pixel format; VIRTIO_GPU_FORMAT_\*.
    pub format: Le32,
    /// Width; in pixels.
    pub width: Le32,
    /// Height; in pixels.
    pub height: Le32,
}
layout!(virtio_gpu_resource_create_2d, 40, hdr 0, resource_id 24, format 28, width 32, height 36);

/// Request of RESOURCE_UNREF.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resource_unref {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Resource id.
    pub resource_id: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_resource_unref, 32, hdr 0, resource_id 24, padding 28);

/// Request of SET_SCANOUT.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_set_scanout {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Rectangle of the resource to display.
    pub r: virtio_gpu_rect,
    /// Scanout number.
    pub scanout_id: Le32,
    /// Resource id; 0 disables the scanout.
    pub resource_id: Le32,
}
layout!(virtio_gpu_set_scanout, 48, hdr 0, r 24, scanout_id 40, resource_id 44);

/// Request of RESOURCE_FLUSH.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resource_flush {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Rectangle to flush.
    pub r: virtio_gpu_rect,
    /// Resource id.
    pub resource_id: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_resource_flush, 48, hdr 0, r 24, resource_id 40, padding 44);

/// Request of TRANSFER_TO_HOST_2D.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_transfer_to_host_2d {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Rectangle to copy.
    pub r: virtio_gpu_rect,
    /// Offset in the resource to which the rectangle is copied; in bytes.
    pub offset: Le64,
    /// Resource id.
    pub resource_id: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_transfer_to_host_2d, 56, hdr 0, r 24, offset 40, resource_id 48, padding 52);

/// Request of RESOURCE_ATTACH_BACKING, followed by the entries.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resource_attach_backing {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Resource id.
    pub resource_id: Le32,
    /// Number of entries that follow.
    pub nr_entries: Le32,
}
layout!(virtio_gpu_resource_attach_backing, 32, hdr 0, resource_id 24, nr_entries 28);

/// A range of guest memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_mem_entry {
    /// Guest physical address.
    pub addr: Le64,
    /// Length; in bytes.
    pub length: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_mem_entry, 16, addr 0, length 8, padding 12);

/// Request of RESOURCE_DETACH_BACKING.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resource_detach_backing {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Resource id.
    pub resource_id: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_resource_detach_backing, 32, hdr 0, resource_id 24, padding 28);

/// Request of GET_CAPSET_INFO.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_get_capset_info {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Index of the capability set, below num_capsets.
    pub capset_index: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_get_capset_info, 32, hdr 0, capset_index 24, padding 28);

/// Response to GET_CAPSET_INFO.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resp_capset_info {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Capability set id; VIRTIO_GPU_CAPSET_\*.
    pub capset_id: Le32,
    /// Maximum version.
    pub capset_max_version: Le32,
    /// Maximum size; in bytes.
    pub capset_max_size: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_resp_capset_info, 40,
    hdr 0, capset_id 24, capset_max_version 28, capset_max_size 32, padding 36
);

/// Request of GET_CAPSET.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_get_capset {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Capability set id; VIRTIO_GPU_CAPSET_\*.
    pub capset_id: Le32,
    /// Requested version.
    pub capset_version: Le32,
}
layout!(virtio_gpu_get_capset, 32, hdr 0, capset_id 24, capset_version 28);

/// Response to GET_CAPSET.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resp_capset {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Capability set data.
    pub capset_data: [u8; 0],
}
layout!(virtio_gpu_resp_capset, 24, hdr 0);

/// Request of RESOURCE_ASSIGN_UUID.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resource_assign_uuid {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Resource id.
    pub resource_id: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_resource_assign_uuid, 32, hdr 0, resource_id 24, padding 28);

/// Response to RESOURCE_ASSIGN_UUID.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resp_resource_uuid {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// The UUID.
    pub uuid: [u8; 16],
}
layout!(virtio_gpu_resp_resource_uuid, 40, hdr 0, uuid 24);

/// Request of RESOURCE_CREATE_BLOB, followed by the entries.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resource_create_blob {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Resource id, chosen by the driver.
    pub resource_id: Le32,
    /// Memory type of the blob; VIRTIO_GPU_BLOB_MEM_\*.
    pub blob_mem: Le32,
    /// Intended use of the blob; VIRTIO_GPU_BLOB_FLAG_USE_\*.
    pub blob_flags: Le32,
    /// Number of entries that follow.
    pub nr_entries: Le32,
    /// Id of an object of the context, for HOST3D and HOST3D_GUEST.
    pub blob_id: Le64,
    /// Size of the blob; in bytes.
    pub size: Le64,
}
layout!(virtio_gpu_resource_create_blob, 56,
    hdr 0, resource_id 24, blob_mem 28, blob_flags 32, nr_entries 36, blob_id 40, size 48
);

/// Request of SET_SCANOUT_BLOB.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_set_scanout_blob {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Rectangle of the blob to display.
    pub r: virtio_gpu_rect,
    /// Scanout number.
    pub scanout_id: Le32,
    /// Resource id of the blob.
    pub resource_id: Le32,
    /// Width of the image; in pixels.
    pub width: Le32,
    /// Height of the image; in pixels.
    pub height: Le32,
    /// Pixel format; VIRTIO_GPU_FORMAT_\*.
    pub format: Le32,
    /// Reserved.
    pub padding: Le32,
    /// Stride of each plane; in bytes.
    pub strides: [Le32; 4],
    /// Offset of each plane; in bytes.
    pub offsets: [Le32; 4],
}
layout!(virtio_gpu_set_scanout_blob, 96,
    hdr 0, r 24, scanout_id 40, resource_id 44, width 48, height 52, format 56, padding 60,
    strides 64, offsets 80
);

/// Request of CTX_CREATE.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_ctx_create {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Length of debug_name; in bytes.
    pub nlen: Le32,
    /// Context type; with CONTEXT_INIT.
    /// Bits 0 to 7: capset_id. Capability set id; 0 lets the device choose.
    pub context_init: Le32,
    /// Name for debugging.
    pub debug_name: [u8; 64],
}
layout!(virtio_gpu_ctx_create, 96, hdr 0, nlen 24, context_init 28, debug_name 32);

/// Request of RESOURCE_MAP_BLOB.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resource_map_blob {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Resource id of the blob.
    pub resource_id: Le32,
    /// Reserved.
    pub padding: Le32,
    /// Offset in shared memory; in bytes.
    pub offset: Le64,
}
layout!(virtio_gpu_resource_map_blob, 40, hdr 0, resource_id 24, padding 28, offset 32);

/// Response to RESOURCE_MAP_BLOB.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resp_map_info {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Properties of the mapping.
    /// Bits 0 to 3: cache. Cache mode.
    pub map_info: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_resp_map_info, 32, hdr 0, map_info 24, padding 28);

/// Request of RESOURCE_UNMAP_BLOB.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_resource_unmap_blob {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Resource id of the blob.
    pub resource_id: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_resource_unmap_blob, 32, hdr 0, resource_id 24, padding 28);

/// A position on a scanout.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_cursor_pos {
    /// Scanout number.
    pub scanout_id: Le32,
    /// Horizontal coordinate; in pixels.
    pub x: Le32,
    /// Vertical coordinate; in pixels.
    pub y: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_cursor_pos, 16, scanout_id 0, x 4, y 8, padding 12);

/// Request of UPDATE_CURSOR and MOVE_CURSOR; MOVE_CURSOR uses only pos.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_update_cursor {
    /// Header.
    pub hdr: virtio_gpu_ctrl_hdr,
    /// Position of the cursor.
    pub pos: virtio_gpu_cursor_pos,
    /// Resource id of the image, 64 by 64 pixels.
    pub resource_id: Le32,
    /// Horizontal offset of the hot spot; in pixels.
    pub hot_x: Le32,
    /// Vertical offset of the hot spot; in pixels.
    pub hot_y: Le32,
    /// Reserved.
    pub padding: Le32,
}
layout!(virtio_gpu_update_cursor, 56,
    hdr 0, pos 24, resource_id 40, hot_x 44, hot_y 48, padding 52
);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_gpu_config {
    /// Pending events; VIRTIO_GPU_EVENT_DISPLAY.
    pub events_read: Le32,
    /// Writing 1 to a bit clears it in events_read; VIRTIO_GPU_EVENT_DISPLAY.
    pub events_clear: Le32,
    /// Maximum number of scanouts; 1 to 16.
    pub num_scanouts: Le32,
    /// Maximum number of capability sets.
    pub num_capsets: Le32,
    /// Alignment of the size and mapping offset of blobs; a power of 2; in bytes; with
    /// BLOB_ALIGNMENT.
    pub blob_alignment: Le32,
}
layout!(virtio_gpu_config, 20,
    events_read 0, events_clear 4, num_scanouts 8, num_capsets 12, blob_alignment 16
);
