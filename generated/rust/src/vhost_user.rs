// SPDX-License-Identifier: MIT
// Generated from spec/transport/vhost-user.yaml by ./vwr generate: do not edit.
//! QEMU, docs/interop/vhost-user.rst; Vhost-user Protocol.

#[allow(unused_imports)]
use crate::numbers::*;

/// Bit of the features: the back end knows protocol features.
pub const VIRTIO_VHOST_USER_F_PROTOCOL_FEATURES: u32 = 30;
/// Bit of the features: the back end marks the pages that it writes.
pub const VIRTIO_VHOST_USER_F_LOG_ALL: u32 = 26;
/// Bytes for which the log has a bit.
pub const VIRTIO_VHOST_USER_LOG_PAGE: u32 = 0x1000;
/// Most regions in one SET_MEM_TABLE.
pub const VIRTIO_VHOST_USER_MEMORY_MAX_REGIONS: u32 = 8;
/// Most file descriptors with one message.
pub const VIRTIO_VHOST_USER_MAX_FDS: u32 = 8;
/// Most bytes of one access to the configuration.
pub const VIRTIO_VHOST_USER_MAX_CONFIG_SIZE: u32 = 256;
/// Version of the protocol.
pub const VIRTIO_VHOST_USER_VERSION: u32 = 1;
/// Version of an inflight region; 0 is a region that the back end has not initialized.
pub const VIRTIO_VHOST_USER_INFLIGHT_VERSION: u32 = 1;

// enums.protocol-features; "Protocol features"

/// The front end can query the number of queues.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_MQ: u32 = 0;
/// The log is shared memory.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_LOG_SHMFD: u32 = 1;
/// The back end announces a guest after a migration.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_RARP: u32 = 2;
/// Any message can ask for a reply.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_REPLY_ACK: u32 = 3;
/// The front end sets the MTU.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_MTU: u32 = 4;
/// The back end sends requests through a socket of its own.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_BACKEND_REQ: u32 = 5;
/// The byte order of a legacy queue can be set.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_CROSS_ENDIAN: u32 = 6;
/// Crypto sessions are made by messages.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_CRYPTO_SESSION: u32 = 7;
/// Postcopy migration.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_PAGEFAULT: u32 = 8;
/// The back end serves the configuration space.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_CONFIG: u32 = 9;
/// A request of the back end can carry file descriptors.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_BACKEND_SEND_FD: u32 = 10;
/// The back end offers memory in which the guest notifies.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_HOST_NOTIFIER: u32 = 11;
/// Requests in flight are recorded in shared memory.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD: u32 = 12;
/// The device can be reset.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_RESET_DEVICE: u32 = 13;
/// Kicks, calls and errors can be messages.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS: u32 = 14;
/// Regions of memory are added and removed one at a time.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS: u32 = 15;
/// The back end has a device status.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_STATUS: u32 = 16;
/// Memory regions are Xen mappings.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_XEN_MMAP: u32 = 17;
/// Back ends share objects.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_SHARED_OBJECT: u32 = 18;
/// The back end's state can be saved and restored.
pub const VIRTIO_VHOST_USER_PROTOCOL_F_DEVICE_STATE: u32 = 19;

// enums.state-direction; "Device state transfer parameters"

/// The back end writes its state.
pub const VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE: u32 = 0;
/// The back end reads its state.
pub const VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD: u32 = 1;

// enums.state-phase; "Device state transfer parameters"

/// The device and its queues are stopped.
pub const VIRTIO_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED: u32 = 0;

// enums.iotlb-type; "An IOTLB message"

/// The back end lacks a translation.
pub const VIRTIO_VHOST_USER_IOTLB_MISS: u32 = 1;
/// Adds or changes a translation.
pub const VIRTIO_VHOST_USER_IOTLB_UPDATE: u32 = 2;
/// A translation is no longer valid.
pub const VIRTIO_VHOST_USER_IOTLB_INVALIDATE: u32 = 3;
/// The access is not allowed.
pub const VIRTIO_VHOST_USER_IOTLB_ACCESS_FAIL: u32 = 4;

// enums.config-type; "Virtio device config space"

/// A write by the driver.
pub const VIRTIO_VHOST_USER_CONFIG_TYPE_FRONTEND: u32 = 0;
/// A write by a migration.
pub const VIRTIO_VHOST_USER_CONFIG_TYPE_MIGRATION: u32 = 1;

// flags.header-flags; "Header"

/// Bits of the protocol version.
pub const VIRTIO_VHOST_USER_FLAG_VERSION: u32 = 0x3;
/// The message is a reply.
pub const VIRTIO_VHOST_USER_FLAG_REPLY: u32 = 0x4;
/// The sender waits for a reply, with REPLY_ACK.
pub const VIRTIO_VHOST_USER_FLAG_NEED_REPLY: u32 = 0x8;

// flags.vring-fd-flags; "Front-end message types"

/// Bits with the number of the queue.
pub const VIRTIO_VHOST_USER_VRING_IDX_MASK: u32 = 0xff;
/// The message has no file descriptor: poll.
pub const VIRTIO_VHOST_USER_VRING_NOFD_MASK: u32 = 0x100;

// flags.vring-addr-flags; "Migration"

/// Writes to the used ring are marked in the log.
pub const VIRTIO_VHOST_USER_VRING_F_LOG: u32 = 0x1;

// messages.request; "Front-end message types"

/// Query the features.
pub const VIRTIO_VHOST_USER_GET_FEATURES: u32 = 1;
/// Set the accepted features.
pub const VIRTIO_VHOST_USER_SET_FEATURES: u32 = 2;
/// Begin a session.
pub const VIRTIO_VHOST_USER_SET_OWNER: u32 = 3;
/// Disable all queues; obsolete.
pub const VIRTIO_VHOST_USER_RESET_OWNER: u32 = 4;
/// Set the regions of memory.
pub const VIRTIO_VHOST_USER_SET_MEM_TABLE: u32 = 5;
/// Set the log of written pages.
pub const VIRTIO_VHOST_USER_SET_LOG_BASE: u32 = 6;
/// Set the eventfd of the log.
pub const VIRTIO_VHOST_USER_SET_LOG_FD: u32 = 7;
/// Set the size of a queue.
pub const VIRTIO_VHOST_USER_SET_VRING_NUM: u32 = 8;
/// Set the addresses of a queue.
pub const VIRTIO_VHOST_USER_SET_VRING_ADDR: u32 = 9;
/// Set the next available index of a queue.
pub const VIRTIO_VHOST_USER_SET_VRING_BASE: u32 = 10;
/// Stop a queue and query its next available index.
pub const VIRTIO_VHOST_USER_GET_VRING_BASE: u32 = 11;
/// Set the eventfd by which the driver notifies.
pub const VIRTIO_VHOST_USER_SET_VRING_KICK: u32 = 12;
/// Set the eventfd by which the device notifies.
pub const VIRTIO_VHOST_USER_SET_VRING_CALL: u32 = 13;
/// Set the eventfd for errors of a queue.
pub const VIRTIO_VHOST_USER_SET_VRING_ERR: u32 = 14;
/// Query the protocol features.
pub const VIRTIO_VHOST_USER_GET_PROTOCOL_FEATURES: u32 = 15;
/// Set the accepted protocol features.
pub const VIRTIO_VHOST_USER_SET_PROTOCOL_FEATURES: u32 = 16;
/// Query the maximum number of queues that the back end supports.
pub const VIRTIO_VHOST_USER_GET_QUEUE_NUM: u32 = 17;
/// Enable or disable a queue.
pub const VIRTIO_VHOST_USER_SET_VRING_ENABLE: u32 = 18;
/// Announce a guest.
pub const VIRTIO_VHOST_USER_SEND_RARP: u32 = 19;
/// Set the MTU.
pub const VIRTIO_VHOST_USER_NET_SET_MTU: u32 = 20;
/// Set the socket for requests of the back end.
pub const VIRTIO_VHOST_USER_SET_BACKEND_REQ_FD: u32 = 21;
/// Update or invalidate a translation.
pub const VIRTIO_VHOST_USER_IOTLB_MSG: u32 = 22;
/// Set the byte order of a legacy queue.
pub const VIRTIO_VHOST_USER_SET_VRING_ENDIAN: u32 = 23;
/// Read the configuration space; a reply without payload reports an error.
pub const VIRTIO_VHOST_USER_GET_CONFIG: u32 = 24;
/// Write the configuration space.
pub const VIRTIO_VHOST_USER_SET_CONFIG: u32 = 25;
/// Create a crypto session.
pub const VIRTIO_VHOST_USER_CREATE_CRYPTO_SESSION: u32 = 26;
/// Close a crypto session.
pub const VIRTIO_VHOST_USER_CLOSE_CRYPTO_SESSION: u32 = 27;
/// Prepare for a postcopy migration.
pub const VIRTIO_VHOST_USER_POSTCOPY_ADVISE: u32 = 28;
/// A postcopy migration begins.
pub const VIRTIO_VHOST_USER_POSTCOPY_LISTEN: u32 = 29;
/// A postcopy migration is complete.
pub const VIRTIO_VHOST_USER_POSTCOPY_END: u32 = 30;
/// Get memory for requests in flight.
pub const VIRTIO_VHOST_USER_GET_INFLIGHT_FD: u32 = 31;
/// Set the memory of requests in flight.
pub const VIRTIO_VHOST_USER_SET_INFLIGHT_FD: u32 = 32;
/// Set the socket of a gpu's display.
pub const VIRTIO_VHOST_USER_GPU_SET_SOCKET: u32 = 33;
/// Reset the device.
pub const VIRTIO_VHOST_USER_RESET_DEVICE: u32 = 34;
/// Notify a queue.
pub const VIRTIO_VHOST_USER_VRING_KICK: u32 = 35;
/// Query the most regions of memory.
pub const VIRTIO_VHOST_USER_GET_MAX_MEM_SLOTS: u32 = 36;
/// Add a region of memory.
pub const VIRTIO_VHOST_USER_ADD_MEM_REG: u32 = 37;
/// Remove a region of memory.
pub const VIRTIO_VHOST_USER_REM_MEM_REG: u32 = 38;
/// Write the device status.
pub const VIRTIO_VHOST_USER_SET_STATUS: u32 = 39;
/// Read the device status.
pub const VIRTIO_VHOST_USER_GET_STATUS: u32 = 40;
/// Get a shared object.
pub const VIRTIO_VHOST_USER_GET_SHARED_OBJECT: u32 = 41;
/// Set the file through which the state is saved or restored.
pub const VIRTIO_VHOST_USER_SET_DEVICE_STATE_FD: u32 = 42;
/// Query whether the state was transferred without an error.
pub const VIRTIO_VHOST_USER_CHECK_DEVICE_STATE: u32 = 43;

// messages.back-end-request; "Back-end message types"

/// A translation is missing or does not permit the access.
pub const VIRTIO_VHOST_USER_BACKEND_IOTLB_MSG: u32 = 1;
/// The configuration space changed.
pub const VIRTIO_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG: u32 = 2;
/// Memory in which the guest notifies.
pub const VIRTIO_VHOST_USER_BACKEND_VRING_HOST_NOTIFIER_MSG: u32 = 3;
/// Interrupt of a queue.
pub const VIRTIO_VHOST_USER_BACKEND_VRING_CALL: u32 = 4;
/// Error of a queue.
pub const VIRTIO_VHOST_USER_BACKEND_VRING_ERR: u32 = 5;
/// Add a shared object.
pub const VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_ADD: u32 = 6;
/// Remove a shared object.
pub const VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_REMOVE: u32 = 7;
/// Look up a shared object.
pub const VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_LOOKUP: u32 = 8;

/// Header of a message.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_hdr {
    /// The request; guest's byte order; messages.request or VIRTIO_VHOST_USER_BACKEND_\*.
    pub request: u32,
    /// Version and flags; guest's byte order; VIRTIO_VHOST_USER_FLAG_\*.
    pub flags: u32,
    /// Length of the payload; in bytes; guest's byte order.
    pub size: u32,
}
layout!(virtio_vhost_user_hdr, 12, request 0, flags 4, size 8);

/// A number.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_number {
    /// Value: features, a count, a status, or a queue index with flags; guest's byte order.
    pub value: u64,
}
layout!(virtio_vhost_user_number, 8, value 0);

/// A queue and a number.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_vring_state {
    /// Number of the queue; guest's byte order.
    pub index: u32,
    /// Parameter of the request: queue size, next index, enabled or not, byte order; guest's byte
    /// order.
    pub num: u32,
}
layout!(virtio_vhost_user_vring_state, 8, index 0, num 4);

/// Addresses of a queue in the front end.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_vring_addr {
    /// Number of the queue; guest's byte order.
    pub index: u32,
    /// Whether to log; guest's byte order; VIRTIO_VHOST_USER_VRING_F_LOG.
    pub flags: u32,
    /// Address of the descriptors; guest's byte order.
    pub desc_user_addr: u64,
    /// Address of the used ring; guest's byte order.
    pub used_user_addr: u64,
    /// Address of the available ring; guest's byte order.
    pub avail_user_addr: u64,
    /// Guest address of the used ring in the log; guest's byte order.
    pub log_guest_addr: u64,
}
layout!(virtio_vhost_user_vring_addr, 40,
    index 0, flags 4, desc_user_addr 8, used_user_addr 16, avail_user_addr 24, log_guest_addr 32
);

/// A region of memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_memory_region {
    /// Guest address; guest's byte order.
    pub guest_phys_addr: u64,
    /// Length; in bytes; guest's byte order.
    pub memory_size: u64,
    /// Address in the front end; guest's byte order.
    pub userspace_addr: u64,
    /// Offset in the file; in bytes; guest's byte order.
    pub mmap_offset: u64,
}
layout!(virtio_vhost_user_memory_region, 32,
    guest_phys_addr 0, memory_size 8, userspace_addr 16, mmap_offset 24
);

/// Regions of memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_memory {
    /// Number of regions; guest's byte order.
    pub nregions: u32,
    /// Reserved; guest's byte order.
    pub padding: u32,
}
layout!(virtio_vhost_user_memory, 8, nregions 0, padding 4);

/// One region of memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_mem_reg {
    /// Reserved; guest's byte order.
    pub padding: u64,
    /// The region.
    pub region: virtio_vhost_user_memory_region,
}
layout!(virtio_vhost_user_mem_reg, 40, padding 0, region 8);

/// The log of written pages.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_log {
    /// Length of the log; in bytes; guest's byte order.
    pub mmap_size: u64,
    /// Offset in the file; in bytes; guest's byte order.
    pub mmap_offset: u64,
}
layout!(virtio_vhost_user_log, 16, mmap_size 0, mmap_offset 8);

/// A translation.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_iotlb {
    /// I/O virtual address of the range; guest's byte order.
    pub iova: u64,
    /// Length; in bytes; guest's byte order.
    pub size: u64,
    /// Address in the front end; guest's byte order.
    pub uaddr: u64,
    /// 1: may be read, 2: may be written.
    pub perm: u8,
    /// Kind of message; VIRTIO_VHOST_USER_IOTLB_\*.
    pub r#type: u8,
    /// Reserved.
    pub padding: [u8; 6],
}
layout!(virtio_vhost_user_iotlb, 32, iova 0, size 8, uaddr 16, perm 24, r#type 25, padding 26);

/// An access to the configuration space.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_config {
    /// First byte; in bytes; guest's byte order.
    pub offset: u32,
    /// Length; in bytes; guest's byte order.
    pub size: u32,
    /// Purpose of the access; guest's byte order; VIRTIO_VHOST_USER_CONFIG_TYPE_\*.
    pub flags: u32,
}
layout!(virtio_vhost_user_config, 12, offset 0, size 4, flags 8);

/// Memory in which the guest notifies a queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_vring_area {
    /// Number of the queue, and flags; guest's byte order.
    pub u64: u64,
    /// Length; in bytes; guest's byte order.
    pub size: u64,
    /// Offset in the file; in bytes; guest's byte order.
    pub offset: u64,
}
layout!(virtio_vhost_user_vring_area, 24, u64 0, size 8, offset 16);

/// Memory of requests in flight.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_vhost_user_inflight {
    /// Length of the area that tracks requests in flight; in bytes; guest's byte order.
    pub mmap_size: u64,
    /// Offset in the file; in bytes; guest's byte order.
    pub mmap_offset: u64,
    /// Number of queues; guest's byte order.
    pub num_queues: u16,
    /// Entries of a queue; guest's byte order.
    pub queue_size: u16,
}
layout!(virtio_vhost_user_inflight, 20, mmap_size 0, mmap_offset 8, num_queues 16, queue_size 18);

/// Name of a shared object.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_shared {
    /// UUID of the object.
    pub uuid: [u8; 16],
}
layout!(virtio_vhost_user_shared, 16, uuid 0);

/// How the state is transferred.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_transfer_state {
    /// Direction; guest's byte order; VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_\*.
    pub direction: u32,
    /// Phase of the migration; guest's byte order; VIRTIO_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED.
    pub phase: u32,
}
layout!(virtio_vhost_user_transfer_state, 8, direction 0, phase 4);

/// State of a descriptor of a split ring.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_desc_state_split {
    /// 1: a request that is not used yet begins here.
    pub inflight: u8,
    /// Reserved.
    pub padding: [u8; 5],
    /// Next head of the last batch of used requests; guest's byte order.
    pub next: u16,
    /// Order in which the requests were taken; guest's byte order.
    pub counter: u64,
}
layout!(virtio_vhost_user_desc_state_split, 16, inflight 0, padding 1, next 6, counter 8);

/// Requests in flight of a split ring.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_queue_region_split {
    /// Features of the region: 0; guest's byte order.
    pub features: u64,
    /// Version of the region: 1; 0 until the back end has initialized it; guest's byte order.
    pub version: u16,
    /// Number of descriptors; guest's byte order.
    pub desc_num: u16,
    /// First head of the last batch; guest's byte order.
    pub last_batch_head: u16,
    /// Index of the used ring; guest's byte order.
    pub used_idx: u16,
    /// The descriptors.
    pub desc: [virtio_vhost_user_desc_state_split; 0],
}
layout!(virtio_vhost_user_queue_region_split, 16,
    features 0, version 8, desc_num 10, last_batch_head 12, used_idx 14
);

/// Copy of a descriptor of a packed ring.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_desc_state_packed {
    /// 1: a request that is not used yet begins here.
    pub inflight: u8,
    /// Reserved.
    pub padding: u8,
    /// Next free entry; guest's byte order.
    pub next: u16,
    /// Last entry of the request; guest's byte order.
    pub last: u16,
    /// Number of descriptors of the request; guest's byte order.
    pub num: u16,
    /// Order in which the requests were taken; guest's byte order.
    pub counter: u64,
    /// Buffer id; guest's byte order.
    pub id: u16,
    /// Flags of the descriptor; guest's byte order.
    pub flags: u16,
    /// Length of the buffer; in bytes; guest's byte order.
    pub len: u32,
    /// Address of the buffer; guest's byte order.
    pub addr: u64,
}
layout!(virtio_vhost_user_desc_state_packed, 32,
    inflight 0, padding 1, next 2, last 4, num 6, counter 8, id 16, flags 18, len 20, addr 24
);

/// Requests in flight of a packed ring.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vhost_user_queue_region_packed {
    /// Features of the region: 0; guest's byte order.
    pub features: u64,
    /// Version of the region: 1; 0 until the back end has initialized it; guest's byte order.
    pub version: u16,
    /// Number of entries; guest's byte order.
    pub desc_num: u16,
    /// First free entry; guest's byte order.
    pub free_head: u16,
    /// First free entry before the current batch; guest's byte order.
    pub old_free_head: u16,
    /// Index of the next used descriptor; guest's byte order.
    pub used_idx: u16,
    /// Value of used_idx before the current batch; guest's byte order.
    pub old_used_idx: u16,
    /// Wrap counter of the device.
    pub used_wrap_counter: u8,
    /// Value of used_wrap_counter before the current batch.
    pub old_used_wrap_counter: u8,
    /// Reserved.
    pub padding: [u8; 7],
    /// Reserved.
    pub unused: [u8; 3],
    /// The entries.
    pub desc: [virtio_vhost_user_desc_state_packed; 0],
}
layout!(virtio_vhost_user_queue_region_packed, 32,
    features 0, version 8, desc_num 10, free_head 12, old_free_head 14, used_idx 16,
    old_used_idx 18, used_wrap_counter 20, old_used_wrap_counter 21, padding 22, unused 29
);
