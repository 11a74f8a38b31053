// SPDX-License-Identifier: MIT
// Generated from spec/device/iommu.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; IOMMU device.

#[allow(unused_imports)]
use crate::numbers::*;

/// An IOMMU whose driver maps addresses for endpoints.
pub const VIRTIO_ID_IOMMU: u32 = 23;

// features; "Feature bits"

/// input_range limits the virtual addresses.
pub const VIRTIO_IOMMU_F_INPUT_RANGE: u32 = 0;
/// domain_range limits the domain ids.
pub const VIRTIO_IOMMU_F_DOMAIN_RANGE: u32 = 1;
/// The device supports map and unmap requests.
pub const VIRTIO_IOMMU_F_MAP_UNMAP: u32 = 2;
/// The device does not translate accesses of endpoints without a domain.
pub const VIRTIO_IOMMU_F_BYPASS: u32 = 3;
/// The device supports probe requests.
pub const VIRTIO_IOMMU_F_PROBE: u32 = 4;
/// MAP requests can have the flag MAP_F_MMIO.
pub const VIRTIO_IOMMU_F_MMIO: u32 = 5;
/// The configuration and each domain select bypass; preferred to BYPASS.
pub const VIRTIO_IOMMU_F_BYPASS_CONFIG: u32 = 6;

// Result of a request. enums.status; "Device operations"

/// The request succeeded.
pub const VIRTIO_IOMMU_S_OK: u32 = 0;
/// Transport error.
pub const VIRTIO_IOMMU_S_IOERR: u32 = 1;
/// Unsupported request.
pub const VIRTIO_IOMMU_S_UNSUPP: u32 = 2;
/// Internal device error.
pub const VIRTIO_IOMMU_S_DEVERR: u32 = 3;
/// Invalid parameter.
pub const VIRTIO_IOMMU_S_INVAL: u32 = 4;
/// Parameter out of range.
pub const VIRTIO_IOMMU_S_RANGE: u32 = 5;
/// Entry not found.
pub const VIRTIO_IOMMU_S_NOENT: u32 = 6;
/// Bad address.
pub const VIRTIO_IOMMU_S_FAULT: u32 = 7;
/// Insufficient resources.
pub const VIRTIO_IOMMU_S_NOMEM: u32 = 8;

// Type of a reserved range. enums.resv-mem-subtype; "Device operations / PROBE properties /
// Property RESV_MEM"

/// The device or the platform uses the range; the driver should not map it.
pub const VIRTIO_IOMMU_RESV_MEM_T_RESERVED: u32 = 0;
/// The range is the doorbell to which endpoints write their MSIs; the driver should not map it.
pub const VIRTIO_IOMMU_RESV_MEM_T_MSI: u32 = 1;

// Fault reasons. enums.fault-reason; "Device operations / Fault reporting"

/// Unknown reason.
pub const VIRTIO_IOMMU_FAULT_R_UNKNOWN: u32 = 0;
/// The endpoint is not attached to a domain.
pub const VIRTIO_IOMMU_FAULT_R_DOMAIN: u32 = 1;
/// The address is not mapped, or not for this access.
pub const VIRTIO_IOMMU_FAULT_R_MAPPING: u32 = 2;

// Property types. enums.property-type; "Device operations / PROBE properties"

/// A reserved range of virtual addresses; with PROBE.
pub const VIRTIO_IOMMU_PROBE_T_RESV_MEM: u32 = 1;

// Attach flags. flags.attach-flags; "Device operations / ATTACH request"

/// The endpoints of the domain bypass translation; with BYPASS_CONFIG.
pub const VIRTIO_IOMMU_ATTACH_F_BYPASS: u32 = 0x1;

// Mapping flags. flags.map-flags; "Device operations / MAP request"

/// Read access.
pub const VIRTIO_IOMMU_MAP_F_READ: u32 = 0x1;
/// Write access.
pub const VIRTIO_IOMMU_MAP_F_WRITE: u32 = 0x2;
/// The memory contains device registers; with MMIO.
pub const VIRTIO_IOMMU_MAP_F_MMIO: u32 = 0x4;

// Fault flags. flags.fault-flags; "Device operations / Fault reporting"

/// Read access.
pub const VIRTIO_IOMMU_FAULT_F_READ: u32 = 0x1;
/// Write access.
pub const VIRTIO_IOMMU_FAULT_F_WRITE: u32 = 0x2;
/// The address field is valid.
pub const VIRTIO_IOMMU_FAULT_F_ADDRESS: u32 = 0x100;

// Requests. messages.request-type; "Device operations"

/// Attach an endpoint to a domain.
pub const VIRTIO_IOMMU_T_ATTACH: u32 = 1;
/// Detach an endpoint from its domain.
pub const VIRTIO_IOMMU_T_DETACH: u32 = 2;
/// Map a range of virtual addresses in a domain; with MAP_UNMAP.
pub const VIRTIO_IOMMU_T_MAP: u32 = 3;
/// Remove the mappings of a range; with MAP_UNMAP.
pub const VIRTIO_IOMMU_T_UNMAP: u32 = 4;
/// Query the properties of an endpoint; with PROBE.
pub const VIRTIO_IOMMU_T_PROBE: u32 = 5;

// queues; "IOMMU device"

/// Requests.
pub const VIRTIO_IOMMU_QUEUE_REQUESTQ: u32 = 0;
/// Faults; the device writes a struct fault to each buffer.
pub const VIRTIO_IOMMU_QUEUE_EVENTQ: u32 = 1;

/// A range of virtual addresses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_range_64 {
    /// First address.
    pub start: Le64,
    /// Last address.
    pub end: Le64,
}
layout!(virtio_iommu_range_64, 16, start 0, end 8);

/// A range of domain ids.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_range_32 {
    /// First domain id.
    pub start: Le32,
    /// Last domain id.
    pub end: Le32,
}
layout!(virtio_iommu_range_32, 8, start 0, end 4);

/// Request header.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_req_head {
    /// Request type; VIRTIO_IOMMU_T_\*.
    pub r#type: u8,
    /// Reserved.
    pub reserved: [u8; 3],
}
layout!(virtio_iommu_req_head, 4, r#type 0, reserved 1);

/// Request status.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_req_tail {
    /// Status of the request; VIRTIO_IOMMU_S_\*.
    pub status: u8,
    /// Reserved.
    pub reserved: [u8; 3],
}
layout!(virtio_iommu_req_tail, 4, status 0, reserved 1);

/// Attach an endpoint to a domain; creates the domain if it does not exist.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_req_attach {
    /// ATTACH.
    pub head: virtio_iommu_req_head,
    /// Domain id.
    pub domain: Le32,
    /// Endpoint id.
    pub endpoint: Le32,
    /// Attach flags; VIRTIO_IOMMU_ATTACH_F_BYPASS.
    pub flags: Le32,
    /// Reserved.
    pub reserved: [u8; 4],
    /// Status of the ATTACH request.
    pub tail: virtio_iommu_req_tail,
}
layout!(virtio_iommu_req_attach, 24, head 0, domain 4, endpoint 8, flags 12, reserved 16, tail 20);

/// Detach an endpoint from a domain; a domain without endpoints is destroyed.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_req_detach {
    /// DETACH.
    pub head: virtio_iommu_req_head,
    /// Domain id.
    pub domain: Le32,
    /// Endpoint id.
    pub endpoint: Le32,
    /// Reserved.
    pub reserved: [u8; 8],
    /// Status of the DETACH request.
    pub tail: virtio_iommu_req_tail,
}
layout!(virtio_iommu_req_detach, 24, head 0, domain 4, endpoint 8, reserved 12, tail 20);

/// Map virtual addresses to physical addresses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_req_map {
    /// MAP.
    pub head: virtio_iommu_req_head,
    /// Domain id.
    pub domain: Le32,
    /// First virtual address.
    pub virt_start: Le64,
    /// Last virtual address.
    pub virt_end: Le64,
    /// First physical address.
    pub phys_start: Le64,
    /// Mapping flags; VIRTIO_IOMMU_MAP_F_\*.
    pub flags: Le32,
    /// Status of the MAP request.
    pub tail: virtio_iommu_req_tail,
}
layout!(virtio_iommu_req_map, 40,
    head 0, domain 4, virt_start 8, virt_end 16, phys_start 24, flags 32, tail 36
);

/// Remove all mappings in a range; no mapping may cross its bounds.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_req_unmap {
    /// UNMAP.
    pub head: virtio_iommu_req_head,
    /// Domain id.
    pub domain: Le32,
    /// First virtual address.
    pub virt_start: Le64,
    /// Last virtual address.
    pub virt_end: Le64,
    /// Reserved.
    pub reserved: [u8; 4],
    /// Status of the UNMAP request.
    pub tail: virtio_iommu_req_tail,
}
layout!(virtio_iommu_req_unmap, 32,
    head 0, domain 4, virt_start 8, virt_end 16, reserved 24, tail 28
);

/// Query the properties of an endpoint.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_req_probe {
    /// PROBE.
    pub head: virtio_iommu_req_head,
    /// Endpoint id.
    pub endpoint: Le32,
    /// Reserved.
    pub reserved: [u8; 64],
}
layout!(virtio_iommu_req_probe, 72, head 0, endpoint 4, reserved 8);

/// Property header.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_probe_property {
    /// Property type.
    /// Bits 0 to 11: type. Property type.
    pub r#type: Le16,
    /// Length of the property's value; in bytes.
    pub length: Le16,
}
layout!(virtio_iommu_probe_property, 4, r#type 0, length 2);

/// A reserved range of virtual addresses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_probe_resv_mem {
    /// RESV_MEM.
    pub head: virtio_iommu_probe_property,
    /// Type of the range; VIRTIO_IOMMU_RESV_MEM_T_\*.
    pub subtype: u8,
    /// Reserved.
    pub reserved: [u8; 3],
    /// First address.
    pub start: Le64,
    /// Last address.
    pub end: Le64,
}
layout!(virtio_iommu_probe_resv_mem, 24, head 0, subtype 4, reserved 5, start 8, end 16);

/// A translation fault.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_fault {
    /// Fault reason; VIRTIO_IOMMU_FAULT_R_\*.
    pub reason: u8,
    /// Reserved.
    pub reserved: [u8; 3],
    /// Kind of access; VIRTIO_IOMMU_FAULT_F_\*.
    pub flags: Le32,
    /// Endpoint id.
    pub endpoint: Le32,
    /// Reserved.
    pub reserved1: Le32,
    /// Faulting address, if flags has ADDRESS.
    pub address: Le64,
}
layout!(virtio_iommu_fault, 24,
    reason 0, reserved 1, flags 4, endpoint 8, reserved1 12, address 16
);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_iommu_config {
    /// Supported page sizes; the lowest set bit is the granularity.
    pub page_size_mask: Le64,
    /// Range of virtual addresses; with INPUT_RANGE.
    pub input_range: virtio_iommu_range_64,
    /// Range of domain ids; with DOMAIN_RANGE.
    pub domain_range: virtio_iommu_range_32,
    /// Size of the property space in a probe request; in bytes; with PROBE.
    pub probe_size: Le32,
    /// 1 if endpoints without a domain bypass translation, else 0; valid if BYPASS_CONFIG is
    /// offered, negotiated or not; with BYPASS_CONFIG.
    pub bypass: u8,
    /// Reserved.
    pub reserved: [u8; 3],
}
layout!(virtio_iommu_config, 40,
    page_size_mask 0, input_range 8, domain_range 24, probe_size 32, bypass 36, reserved 37
);
