// SPDX-License-Identifier: MIT
// Generated from spec/device/mem.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Memory Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// Memory that the device plugs and unplugs in blocks.
pub const VIRTIO_ID_MEM: u32 = 24;

// features; "Feature bits"

/// node_id is an ACPI proximity domain.
pub const VIRTIO_MEM_F_ACPI_PXM: u32 = 0;
/// The driver must not access unplugged memory.
pub const VIRTIO_MEM_F_UNPLUGGED_INACCESSIBLE: u32 = 1;
/// Plugged memory survives a suspend of the guest.
pub const VIRTIO_MEM_F_PERSISTENT_SUSPEND: u32 = 2;

// enums.response-type; "Device Operation"

/// The request succeeded.
pub const VIRTIO_MEM_RESP_ACK: u32 = 0;
/// The device refuses the request.
pub const VIRTIO_MEM_RESP_NACK: u32 = 1;
/// The device is busy; retry later.
pub const VIRTIO_MEM_RESP_BUSY: u32 = 2;
/// The request is invalid.
pub const VIRTIO_MEM_RESP_ERROR: u32 = 3;

// enums.state-type; "Device Operation / STATE request"

/// All blocks are plugged.
pub const VIRTIO_MEM_STATE_PLUGGED: u32 = 0;
/// All blocks are unplugged.
pub const VIRTIO_MEM_STATE_UNPLUGGED: u32 = 1;
/// Some blocks are plugged and some are unplugged.
pub const VIRTIO_MEM_STATE_MIXED: u32 = 2;

// messages.request-type; "Device Operation"

/// Plug unplugged blocks.
pub const VIRTIO_MEM_REQ_PLUG: u32 = 0;
/// Unplug plugged blocks.
pub const VIRTIO_MEM_REQ_UNPLUG: u32 = 1;
/// Unplug all blocks.
pub const VIRTIO_MEM_REQ_UNPLUG_ALL: u32 = 2;
/// Query whether blocks are plugged.
pub const VIRTIO_MEM_REQ_STATE: u32 = 3;

// queues; "Memory Device"

/// Requests from the driver.
pub const VIRTIO_MEM_QUEUE_GUEST_REQUEST: u32 = 0;

/// Blocks to plug.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_mem_req_plug {
    /// Physical address of the first block.
    pub addr: Le64,
    /// Number of blocks.
    pub nb_blocks: Le16,
    /// Reserved.
    pub padding: [Le16; 3],
}
layout!(virtio_mem_req_plug, 16, addr 0, nb_blocks 8, padding 10);

/// Blocks to unplug.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_mem_req_unplug {
    /// Physical address of the first block.
    pub addr: Le64,
    /// Number of blocks.
    pub nb_blocks: Le16,
    /// Reserved.
    pub padding: [Le16; 3],
}
layout!(virtio_mem_req_unplug, 16, addr 0, nb_blocks 8, padding 10);

/// Blocks to query.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_mem_req_state {
    /// Physical address of the first block.
    pub addr: Le64,
    /// Number of blocks.
    pub nb_blocks: Le16,
    /// Reserved.
    pub padding: [Le16; 3],
}
layout!(virtio_mem_req_state, 16, addr 0, nb_blocks 8, padding 10);

/// Blocks of the request.
#[derive(Clone, Copy)]
#[repr(C)]
pub union virtio_mem_req_u {
    /// Blocks to plug; for PLUG.
    pub plug: virtio_mem_req_plug,
    /// Blocks to unplug; for UNPLUG.
    pub unplug: virtio_mem_req_unplug,
    /// Blocks to query; for STATE.
    pub state: virtio_mem_req_state,
}

/// A request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_mem_req {
    /// Request type; VIRTIO_MEM_REQ_\*.
    pub r#type: Le16,
    /// Reserved.
    pub padding: [Le16; 3],
    /// Blocks of the request.
    pub u: virtio_mem_req_u,
}
layout!(virtio_mem_req, 24, r#type 0, padding 2, u 8);

/// Result of a STATE request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_mem_resp_state {
    /// Block state; VIRTIO_MEM_STATE_\*.
    pub r#type: Le16,
}
layout!(virtio_mem_resp_state, 2, r#type 0);

/// Result of the request.
#[derive(Clone, Copy)]
#[repr(C)]
pub union virtio_mem_resp_u {
    /// Block state, if STATE succeeded; for STATE.
    pub state: virtio_mem_resp_state,
}

/// A response.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_mem_resp {
    /// Response type; VIRTIO_MEM_RESP_\*.
    pub r#type: Le16,
    /// Reserved.
    pub padding: [Le16; 3],
    /// Result of the request.
    pub u: virtio_mem_resp_u,
}
layout!(virtio_mem_resp, 10, r#type 0, padding 2, u 8);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_mem_config {
    /// Block size and alignment; a power of 2; in bytes.
    pub block_size: Le64,
    /// ACPI proximity domain of the memory; valid with ACPI_PXM.
    pub node_id: Le16,
    /// Reserved.
    pub padding: [u8; 6],
    /// Physical address of the region.
    pub addr: Le64,
    /// Size of the region; in bytes.
    pub region_size: Le64,
    /// Size of the usable part of the region; may change; in bytes.
    pub usable_region_size: Le64,
    /// Size of the plugged memory; in bytes.
    pub plugged_size: Le64,
    /// Requested size of the plugged memory; may change; in bytes.
    pub requested_size: Le64,
}
layout!(virtio_mem_config, 56,
    block_size 0, node_id 8, padding 10, addr 16, region_size 24, usable_region_size 32,
    plugged_size 40, requested_size 48
);
