// SPDX-License-Identifier: MIT
// Generated from spec/core/admin.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Device groups / Group administration commands.

#[allow(unused_imports)]
use crate::numbers::*;

/// First capability id that belongs to one device type.
pub const VIRTIO_ADMIN_CAP_DEVICE_MIN: u32 = 0x800;
/// Last capability id that belongs to one device type.
pub const VIRTIO_ADMIN_CAP_DEVICE_MAX: u32 = 0xfff;
/// First resource object type that belongs to one device type.
pub const VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MIN: u32 = 0x200;
/// Last resource object type that belongs to one device type.
pub const VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MAX: u32 = 0x4ff;
/// First part type that belongs to one device type.
pub const VIRTIO_ADMIN_DEV_PART_DEVICE_MIN: u32 = 0x200;
/// Last part type that belongs to one device type.
pub const VIRTIO_ADMIN_DEV_PART_DEVICE_MAX: u32 = 0x5ff;

// enums.group-type; "Device groups"

/// The device itself and no other.
pub const VIRTIO_ADMIN_GROUP_TYPE_SELF: u32 = 0;
/// SR-IOV: the virtual functions of a PCI physical function.
pub const VIRTIO_ADMIN_GROUP_TYPE_SRIOV: u32 = 1;

// Status of a command; the values are Linux error numbers. enums.status; "Group administration
// commands"

/// The command succeeded.
pub const VIRTIO_ADMIN_STATUS_OK: u32 = 0;
/// No such capability or resource object.
pub const VIRTIO_ADMIN_STATUS_ENXIO: u32 = 6;
/// The command had no effect; retry.
pub const VIRTIO_ADMIN_STATUS_EAGAIN: u32 = 11;
/// The command had no effect; memory or result space is insufficient.
pub const VIRTIO_ADMIN_STATUS_ENOMEM: u32 = 12;
/// The capability or resource object is in use.
pub const VIRTIO_ADMIN_STATUS_EBUSY: u32 = 16;
/// The command had no effect; it is invalid.
pub const VIRTIO_ADMIN_STATUS_EINVAL: u32 = 22;
/// The device has no space for another object.
pub const VIRTIO_ADMIN_STATUS_ENOSPC: u32 = 28;

// Details of a failure, for debugging. enums.status-qualifier; "Group administration commands"

/// No details.
pub const VIRTIO_ADMIN_STATUS_Q_OK: u32 = 0x0;
/// Invalid command; no further details.
pub const VIRTIO_ADMIN_STATUS_Q_INVALID_COMMAND: u32 = 0x1;
/// Invalid opcode.
pub const VIRTIO_ADMIN_STATUS_Q_INVALID_OPCODE: u32 = 0x2;
/// Invalid field in the command-specific data.
pub const VIRTIO_ADMIN_STATUS_Q_INVALID_FIELD: u32 = 0x3;
/// Invalid group_type.
pub const VIRTIO_ADMIN_STATUS_Q_INVALID_GROUP: u32 = 0x4;
/// Invalid group_member_id.
pub const VIRTIO_ADMIN_STATUS_Q_INVALID_MEMBER: u32 = 0x5;
/// The device lacks a resource; retry.
pub const VIRTIO_ADMIN_STATUS_Q_NORESOURCE: u32 = 0x6;
/// The command would take too long; retry.
pub const VIRTIO_ADMIN_STATUS_Q_TRYAGAIN: u32 = 0x7;

// enums.legacy-notify-info-flags; "Group administration commands / Legacy Interfaces"

/// This entry and all following entries are unused.
pub const VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_END: u32 = 0;
/// The address is in a BAR of the owner.
pub const VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_OWNER: u32 = 1;
/// The address is in a BAR of the member.
pub const VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_MEMBER: u32 = 2;

// enums.capability; "Group administration commands / Device and driver capabilities"

/// Limits on the number of device parts objects (dev_parts_cap).
pub const VIRTIO_DEV_PARTS_CAP: u32 = 0x0;

// enums.resource-object; "Group administration commands / Device resource objects"

/// Device parts object, created either to get or to set device parts (resource_obj_dev_parts).
pub const VIRTIO_RESOURCE_OBJ_DEV_PARTS: u32 = 0x0;

// enums.resource-obj-dev-parts-type; "Group administration commands / Device parts /
// VIRTIO_RESOURCE_OBJ_DEV_PARTS"

/// The object reads parts.
pub const VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_GET: u32 = 0;
/// The object writes parts.
pub const VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_SET: u32 = 1;

// enums.dev-parts-metadata-type; "Group administration commands / Device parts / Device parts
// handling commands"

/// Upper bound on the size of all parts together (parts_size).
pub const VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE: u32 = 0;
/// Number of headers (hdr_list_count).
pub const VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT: u32 = 1;
/// The headers (hdr_list).
pub const VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST: u32 = 2;

// enums.dev-parts-get-type; "Group administration commands / Device parts / Device parts handling
// commands"

/// The parts listed in hdr_list.
pub const VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED: u32 = 0;
/// All parts; hdr_list is empty.
pub const VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL: u32 = 1;

// enums.dev-mode-bit; "Group administration commands / Device parts / Device parts handling
// commands"

/// Stop the device; if clear, resume it.
pub const VIRTIO_ADMIN_CMD_DEV_MODE_F_STOPPED: u32 = 0;

// enums.dev-part-bit; "Device parts"

/// The device works without the part.
pub const VIRTIO_DEV_PART_F_OPTIONAL: u32 = 0;

// enums.part-type; "Common device parts"

/// Features that the device offers (dev_part_features).
pub const VIRTIO_DEV_PART_DEV_FEATURES: u32 = 0x100;
/// Features that the driver accepted (dev_part_features).
pub const VIRTIO_DEV_PART_DRV_FEATURES: u32 = 0x101;
/// One field of the PCI common configuration.
pub const VIRTIO_DEV_PART_PCI_COMMON_CFG: u32 = 0x102;
/// Device status, one byte.
pub const VIRTIO_DEV_PART_DEVICE_STATUS: u32 = 0x103;
/// Configuration of one queue (dev_part_vq_cfg).
pub const VIRTIO_DEV_PART_VQ_CFG: u32 = 0x104;
/// Notification configuration of one queue (dev_part_vq_notify_data).
pub const VIRTIO_DEV_PART_VQ_NOTIFY_CFG: u32 = 0x105;

// messages.opcode; "Group administration commands"

/// Query the commands that the group supports.
pub const VIRTIO_ADMIN_CMD_LIST_QUERY: u32 = 0x0;
/// Set the commands that the driver uses.
pub const VIRTIO_ADMIN_CMD_LIST_USE: u32 = 0x1;
/// Write to a member's legacy header.
pub const VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE: u32 = 0x2;
/// Read from a member's legacy header.
pub const VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_READ: u32 = 0x3;
/// Write to a member's legacy device configuration.
pub const VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_WRITE: u32 = 0x4;
/// Read from a member's legacy device configuration.
pub const VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_READ: u32 = 0x5;
/// Query the notification addresses of a legacy member.
pub const VIRTIO_ADMIN_CMD_LEGACY_NOTIFY_INFO: u32 = 0x6;
/// Query the device's capabilities.
pub const VIRTIO_ADMIN_CMD_CAP_ID_LIST_QUERY: u32 = 0x7;
/// Read a device capability.
pub const VIRTIO_ADMIN_CMD_DEVICE_CAP_GET: u32 = 0x8;
/// Set the part of a capability that the driver uses.
pub const VIRTIO_ADMIN_CMD_DRIVER_CAP_SET: u32 = 0x9;
/// Create a resource object.
pub const VIRTIO_ADMIN_CMD_RESOURCE_OBJ_CREATE: u32 = 0xa;
/// Modify a resource object.
pub const VIRTIO_ADMIN_CMD_RESOURCE_OBJ_MODIFY: u32 = 0xc;
/// Query a resource object.
pub const VIRTIO_ADMIN_CMD_RESOURCE_OBJ_QUERY: u32 = 0xb;
/// Destroy a resource object.
pub const VIRTIO_ADMIN_CMD_RESOURCE_OBJ_DESTROY: u32 = 0xd;
/// Query the maximum total size, the number or the headers of the parts of a member, selected by
/// type.
pub const VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_GET: u32 = 0xe;
/// Read parts of a member.
pub const VIRTIO_ADMIN_CMD_DEV_PARTS_GET: u32 = 0xf;
/// Write parts of a member.
pub const VIRTIO_ADMIN_CMD_DEV_PARTS_SET: u32 = 0x10;
/// Stop or resume a member.
pub const VIRTIO_ADMIN_CMD_DEV_MODE_SET: u32 = 0x11;

/// An administration command.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd {
    /// Operation code; VIRTIO_ADMIN_CMD_\*.
    pub opcode: Le16,
    /// Group type; VIRTIO_ADMIN_GROUP_TYPE_\*.
    pub group_type: Le16,
    /// Reserved.
    pub reserved1: [u8; 12],
    /// Identifier of the member within the group.
    pub group_member_id: Le64,
    /// Command-specific data.
    pub command_specific_data: [Le64; 0],
}
layout!(virtio_admin_cmd, 24, opcode 0, group_type 2, reserved1 4, group_member_id 16);

/// The part that the device writes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_in {
    /// Status of the command; VIRTIO_ADMIN_STATUS_\*.
    pub status: Le16,
    /// Details of a failure; VIRTIO_ADMIN_STATUS_Q_\*.
    pub status_qualifier: Le16,
    /// Reserved.
    pub reserved2: [u8; 4],
    /// Command-specific result.
    pub command_specific_result: [u8; 0],
}
layout!(virtio_admin_cmd_in, 8, status 0, status_qualifier 2, reserved2 4);

/// Data of LEGACY_COMMON_CFG_WRITE.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_legacy_common_cfg_wr_data {
    /// Offset in the legacy header; in bytes.
    pub offset: u8,
    /// Reserved.
    pub reserved: [u8; 7],
    /// One field, little-endian.
    pub data: [u8; 0],
}
layout!(virtio_admin_cmd_legacy_common_cfg_wr_data, 8, offset 0, reserved 1);

/// Data of LEGACY_COMMON_CFG_READ.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_legacy_common_cfg_rd_data {
    /// Offset in the legacy header; in bytes.
    pub offset: u8,
}
layout!(virtio_admin_cmd_legacy_common_cfg_rd_data, 1, offset 0);

/// Data of LEGACY_DEV_CFG_WRITE.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_legacy_dev_reg_wr_data {
    /// Offset in the device configuration; in bytes.
    pub offset: u8,
    /// Reserved.
    pub reserved: [u8; 7],
    /// One field, little-endian.
    pub data: [u8; 0],
}
layout!(virtio_admin_cmd_legacy_dev_reg_wr_data, 8, offset 0, reserved 1);

/// Data of LEGACY_DEV_CFG_READ.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_legacy_dev_cfg_rd_data {
    /// Offset in the device configuration; in bytes.
    pub offset: u8,
}
layout!(virtio_admin_cmd_legacy_dev_cfg_rd_data, 1, offset 0);

/// A notification address of a legacy member.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_pci_legacy_notify_info {
    /// Owner of the BAR; VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_\*.
    pub flags: u8,
    /// BAR number, 1 to 5.
    pub bar: u8,
    /// Reserved.
    pub padding: [u8; 6],
    /// Offset in the BAR, even; in bytes.
    pub offset: Le64,
}
layout!(virtio_pci_legacy_notify_info, 16, flags 0, bar 1, padding 2, offset 8);

/// Notification addresses of a legacy member.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_legacy_notify_info_result {
    /// Notification addresses, in order of preference.
    pub entries: [virtio_pci_legacy_notify_info; 4],
}
layout!(virtio_admin_cmd_legacy_notify_info_result, 64, entries 0);

/// Data of DEVICE_CAP_GET.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_cap_get_data {
    /// Capability id; VIRTIO_DEV_PARTS_CAP.
    pub id: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_admin_cmd_cap_get_data, 8, id 0, reserved 2);

/// Data of DRIVER_CAP_SET.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_cap_set_data {
    /// Capability id; VIRTIO_DEV_PARTS_CAP.
    pub id: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
    /// Capability-specific data.
    pub cap_specific_data: [u8; 0],
}
layout!(virtio_admin_cmd_cap_set_data, 8, id 0, reserved 2);

/// Identifies a resource object.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_resource_obj_cmd_hdr {
    /// Resource object type; VIRTIO_RESOURCE_OBJ_DEV_PARTS.
    pub r#type: Le16,
    /// Reserved.
    pub reserved: [u8; 2],
    /// Resource object id, chosen by the driver, below the limit of its type.
    pub id: Le32,
}
layout!(virtio_admin_cmd_resource_obj_cmd_hdr, 8, r#type 0, reserved 2, id 4);

/// Data of RESOURCE_OBJ_CREATE.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_resource_obj_create_data {
    /// The resource object.
    pub hdr: virtio_admin_cmd_resource_obj_cmd_hdr,
    /// 0 unless the object type defines flags.
    pub flags: Le64,
    /// Type-specific data.
    pub resource_obj_specific_data: [u8; 0],
}
layout!(virtio_admin_cmd_resource_obj_create_data, 16, hdr 0, flags 8);

/// Data of RESOURCE_OBJ_MODIFY.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_resource_modify_data {
    /// The resource object.
    pub hdr: virtio_admin_cmd_resource_obj_cmd_hdr,
    /// 0 unless the object type defines flags.
    pub flags: Le64,
    /// Type-specific data.
    pub resource_obj_specific_data: [u8; 0],
}
layout!(virtio_admin_cmd_resource_modify_data, 16, hdr 0, flags 8);

/// Data of RESOURCE_OBJ_QUERY.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_resource_obj_query_data {
    /// The resource object.
    pub hdr: virtio_admin_cmd_resource_obj_cmd_hdr,
    /// 0 unless the object type defines flags.
    pub flags: Le64,
}
layout!(virtio_admin_cmd_resource_obj_query_data, 16, hdr 0, flags 8);

/// Limits on the number of device parts objects.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_dev_parts_cap {
    /// Maximum number of objects that read parts.
    pub get_parts_resource_objects_limit: u8,
    /// Maximum number of objects that write parts.
    pub set_parts_resource_objects_limit: u8,
}
layout!(virtio_dev_parts_cap, 2,
    get_parts_resource_objects_limit 0, set_parts_resource_objects_limit 1
);

/// Purpose of a device parts object.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_resource_obj_dev_parts {
    /// Whether the object reads or writes parts; VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_\*.
    pub r#type: u8,
    /// Reserved.
    pub reserved: [u8; 7],
}
layout!(virtio_resource_obj_dev_parts, 8, r#type 0, reserved 1);

/// Data of DEV_PARTS_METADATA_GET.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_dev_parts_metadata_data {
    /// The device parts object.
    pub hdr: virtio_admin_cmd_resource_obj_cmd_hdr,
    /// Kind of metadata; VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_\*.
    pub r#type: u8,
    /// Reserved.
    pub reserved: [u8; 7],
}
layout!(virtio_admin_cmd_dev_parts_metadata_data, 16, hdr 0, r#type 8, reserved 9);

/// A field of the PCI common configuration.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_dev_part_hdr_selector_pci_common_cfg {
    /// Offset of the field; in bytes.
    pub offset: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_admin_dev_part_hdr_selector_pci_common_cfg, 8, offset 0, reserved 4);

/// Selects a queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_dev_part_hdr_selector_vq_index {
    /// Queue index.
    pub index: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_admin_dev_part_hdr_selector_vq_index, 8, index 0, reserved 2);

/// Selects one of several parts of the same type.
#[derive(Clone, Copy)]
#[repr(C)]
pub union virtio_dev_part_hdr_selector {
    /// A field of the PCI common configuration; for PCI_COMMON_CFG.
    pub pci_common_cfg: virtio_admin_dev_part_hdr_selector_pci_common_cfg,
    /// Selects a queue; for VQ_CFG or VQ_NOTIFY_CFG.
    pub vq_index: virtio_admin_dev_part_hdr_selector_vq_index,
    /// Selector defined by the device type.
    pub device_type_raw: [u8; 8],
}

/// Header of a device part.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_dev_part_hdr {
    /// Part type; VIRTIO_DEV_PART_\*.
    pub part_type: Le16,
    /// Whether the part is optional; 1 \<\< each of VIRTIO_DEV_PART_F_OPTIONAL.
    pub flags: u8,
    /// Reserved.
    pub reserved: u8,
    /// Selects one of several parts of the same type.
    pub selector: virtio_dev_part_hdr_selector,
    /// Length of the part's value; in bytes.
    pub length: Le32,
}
layout!(virtio_dev_part_hdr, 16, part_type 0, flags 2, reserved 3, selector 4, length 12);

/// Result for type SIZE.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_dev_parts_metadata_result_parts_size {
    /// Upper bound on the size of all parts together; in bytes.
    pub size: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_admin_cmd_dev_parts_metadata_result_parts_size, 8, size 0, reserved 4);

/// Result for type COUNT.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count {
    /// Number of headers that LIST returns.
    pub count: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count, 8, count 0, reserved 4);

/// Result for type LIST.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list {
    /// Number of headers that follow.
    pub count: Le32,
    /// Reserved.
    pub reserved: Le32,
    /// One header per part.
    pub hdrs: [virtio_dev_part_hdr; 0],
}
layout!(virtio_admin_cmd_dev_parts_metadata_result_hdr_list, 8, count 0, reserved 4);

/// Data of DEV_PARTS_GET.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_dev_parts_get_data {
    /// The device parts object.
    pub hdr: virtio_admin_cmd_resource_obj_cmd_hdr,
    /// Whether to read all parts or selected parts; VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_\*.
    pub r#type: u8,
    /// Reserved.
    pub reserved: [u8; 7],
    /// Selected parts, if type is SELECTED.
    pub hdr_list: [virtio_dev_part_hdr; 0],
}
layout!(virtio_admin_cmd_dev_parts_get_data, 16, hdr 0, r#type 8, reserved 9);

/// One part of a device's state.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_dev_part {
    /// Header: part type, selector and length of the value.
    pub hdr: virtio_dev_part_hdr,
    /// The part's value.
    pub value: [u8; 0],
}
layout!(virtio_dev_part, 16, hdr 0);

/// Data of DEV_PARTS_SET, for a stopped member.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_dev_parts_set_data {
    /// The device parts object.
    pub hdr: virtio_admin_cmd_resource_obj_cmd_hdr,
    /// Parts, each with the length in its header; each struct virtio_dev_part.
    pub parts: [u8; 0],
}
layout!(virtio_admin_cmd_dev_parts_set_data, 8, hdr 0);

/// Data of DEV_MODE_SET.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_admin_cmd_dev_mode_set_data {
    /// New mode of the member; 1 \<\< each of VIRTIO_ADMIN_CMD_DEV_MODE_F_STOPPED.
    pub flags: u8,
}
layout!(virtio_admin_cmd_dev_mode_set_data, 1, flags 0);

/// Data of DEV_PART_VQ_CFG; fields as in the PCI common configuration.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_dev_part_vq_cfg {
    /// Number of descriptors.
    pub queue_size: Le16,
    /// MSI-X vector of the queue.
    pub vector: Le16,
    /// 1 if the queue is enabled.
    pub enabled: Le16,
    /// Reserved.
    pub reserved: Le16,
    /// Address of the descriptor area.
    pub queue_desc: Le64,
    /// Address of the driver area.
    pub queue_driver: Le64,
    /// Address of the device area.
    pub queue_device: Le64,
}
layout!(virtio_dev_part_vq_cfg, 32,
    queue_size 0, vector 2, enabled 4, reserved 6, queue_desc 8, queue_driver 16, queue_device 24
);

/// Data of DEV_PART_VQ_NOTIFY_CFG; fields as in the PCI common configuration.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_dev_part_vq_notify_data {
    /// Notification offset of the queue.
    pub queue_notify_off: Le16,
    /// Value written to notify the queue.
    pub queue_notif_config_data: Le16,
    /// Reserved.
    pub reserved: [u8; 4],
}
layout!(virtio_dev_part_vq_notify_data, 8,
    queue_notify_off 0, queue_notif_config_data 2, reserved 4
);
