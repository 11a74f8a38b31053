// SPDX-License-Identifier: MIT
// Generated from spec/device/pmem.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; PMEM Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// Persistent memory, mapped like RAM and flushed by requests.
pub const VIRTIO_ID_PMEM: u32 = 27;

// features; "Feature bits"

/// The memory is a shared memory region; the configuration contains no address.
pub const VIRTIO_PMEM_F_SHMEM_REGION: u32 = 0;

// messages.request-type; "Driver Operations"

/// Make preceding writes persistent.
pub const VIRTIO_PMEM_REQ_TYPE_FLUSH: u32 = 0;

// shared-memory; "PMEM Device"

/// The persistent memory; with SHMEM_REGION.
pub const VIRTIO_PMEM_SHM_ID_PERSISTENT_REGION: u32 = 0;

// queues; "PMEM Device"

/// Flush requests. Quirk pmem.one-flush-per-notification (QEMU 7.2): The device takes one request
/// for each notification; the others wait for the next notification. The driver has one flush in
/// flight unless its caller allows more.
pub const VIRTIO_PMEM_QUEUE_REQ_VQ: u32 = 0;

/// A request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pmem_req {
    /// Request type; VIRTIO_PMEM_REQ_TYPE_FLUSH.
    pub r#type: Le32,
}
layout!(virtio_pmem_req, 4, r#type 0);

/// Result of a request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pmem_resp {
    /// 0 on success, 0xffffffff (-1) on failure.
    pub ret: Le32,
}
layout!(virtio_pmem_resp, 4, ret 0);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pmem_config {
    /// Physical address of the memory; not with SHMEM_REGION.
    pub start: Le64,
    /// Size of the memory; in bytes; not with SHMEM_REGION.
    pub size: Le64,
}
layout!(virtio_pmem_config, 16, start 0, size 8);
