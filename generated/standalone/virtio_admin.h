/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/admin.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device groups / Group administration commands */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_ADMIN_H
#define VWR_STANDALONE_ADMIN_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ADMIN_CAP_DEVICE_MIN 0x800u              /* First capability id that belongs to one device type. */
#define VIRTIO_ADMIN_CAP_DEVICE_MAX 0xfffu              /* Last capability id that belongs to one device type. */
#define VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MIN 0x200u     /* First resource object type that belongs to one device
                                                           type. */
#define VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MAX 0x4ffu     /* Last resource object type that belongs to one device type. */
#define VIRTIO_ADMIN_DEV_PART_DEVICE_MIN 0x200u         /* First part type that belongs to one device type. */
#define VIRTIO_ADMIN_DEV_PART_DEVICE_MAX 0x5ffu         /* Last part type that belongs to one device type. */

/* enums.group-type; "Device groups" */
#define VIRTIO_ADMIN_GROUP_TYPE_SELF 0                  /* The device itself and no other. */
#define VIRTIO_ADMIN_GROUP_TYPE_SRIOV 1                 /* SR-IOV: the virtual functions of a PCI physical function. */

/*
 * Status of a command; the values are Linux error numbers.
 * enums.status; "Group administration commands"
 */
#define VIRTIO_ADMIN_STATUS_OK 0                        /* The command succeeded. */
#define VIRTIO_ADMIN_STATUS_ENXIO 6                     /* No such capability or resource object. */
#define VIRTIO_ADMIN_STATUS_EAGAIN 11                   /* The command had no effect; retry. */
#define VIRTIO_ADMIN_STATUS_ENOMEM 12                   /* The command had no effect; memory or result space is
                                                           insufficient. */
#define VIRTIO_ADMIN_STATUS_EBUSY 16                    /* The capability or resource object is in use. */
#define VIRTIO_ADMIN_STATUS_EINVAL 22                   /* The command had no effect; it is invalid. */
#define VIRTIO_ADMIN_STATUS_ENOSPC 28                   /* The device has no space for another object. */

/* Details of a failure, for debugging. enums.status-qualifier; "Group administration commands" */
#define VIRTIO_ADMIN_STATUS_Q_OK 0x0                    /* No details. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_COMMAND 0x1       /* Invalid command; no further details. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_OPCODE 0x2        /* Invalid opcode. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_FIELD 0x3         /* Invalid field in the command-specific data. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_GROUP 0x4         /* Invalid group_type. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_MEMBER 0x5        /* Invalid group_member_id. */
#define VIRTIO_ADMIN_STATUS_Q_NORESOURCE 0x6            /* The device lacks a resource; retry. */
#define VIRTIO_ADMIN_STATUS_Q_TRYAGAIN 0x7              /* The command would take too long; retry. */

/* enums.legacy-notify-info-flags; "Group administration commands / Legacy Interfaces" */
#define VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_END 0           /* This entry and all following entries are unused. */
#define VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_OWNER 1         /* The address is in a BAR of the owner. */
#define VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_MEMBER 2        /* The address is in a BAR of the member. */

/* enums.capability; "Group administration commands / Device and driver capabilities" */
#define VIRTIO_DEV_PARTS_CAP 0x0                        /* Limits on the number of device parts objects
                                                           (dev_parts_cap). */

/* enums.resource-object; "Group administration commands / Device resource objects" */
#define VIRTIO_RESOURCE_OBJ_DEV_PARTS 0x0               /* Device parts object, created either to get or to set
                                                           device parts (resource_obj_dev_parts). */

/*
 * enums.resource-obj-dev-parts-type; "Group administration commands / Device parts /
 * VIRTIO_RESOURCE_OBJ_DEV_PARTS"
 */
#define VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_GET 0        /* The object reads parts. */
#define VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_SET 1        /* The object writes parts. */

/*
 * enums.dev-parts-metadata-type; "Group administration commands / Device parts / Device parts
 * handling commands"
 */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE 0 /* Upper bound on the size of all parts together
                                                           (parts_size). */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT 1 /* Number of headers (hdr_list_count). */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST 2 /* The headers (hdr_list). */

/*
 * enums.dev-parts-get-type; "Group administration commands / Device parts / Device parts handling
 * commands"
 */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED 0  /* The parts listed in hdr_list. */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL 1       /* All parts; hdr_list is empty. */

/*
 * enums.dev-mode-bit; "Group administration commands / Device parts / Device parts handling
 * commands"
 */
#define VIRTIO_ADMIN_CMD_DEV_MODE_F_STOPPED 0           /* Stop the device; if clear, resume it. */

/* enums.dev-part-bit; "Device parts" */
#define VIRTIO_DEV_PART_F_OPTIONAL 0                    /* The device works without the part. */

/* enums.part-type; "Common device parts" */
#define VIRTIO_DEV_PART_DEV_FEATURES 0x100              /* Features that the device offers (dev_part_features). */
#define VIRTIO_DEV_PART_DRV_FEATURES 0x101              /* Features that the driver accepted (dev_part_features). */
#define VIRTIO_DEV_PART_PCI_COMMON_CFG 0x102            /* One field of the PCI common configuration. */
#define VIRTIO_DEV_PART_DEVICE_STATUS 0x103             /* Device status, one byte. */
#define VIRTIO_DEV_PART_VQ_CFG 0x104                    /* Configuration of one queue (dev_part_vq_cfg). */
#define VIRTIO_DEV_PART_VQ_NOTIFY_CFG 0x105             /* Notification configuration of one queue
                                                           (dev_part_vq_notify_data). */

/* messages.opcode; "Group administration commands" */
#define VIRTIO_ADMIN_CMD_LIST_QUERY 0x0                 /* Query the commands that the group supports. */
#define VIRTIO_ADMIN_CMD_LIST_USE 0x1                   /* Set the commands that the driver uses. */
#define VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE 0x2    /* Write to a member's legacy header. */
#define VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_READ 0x3     /* Read from a member's legacy header. */
#define VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_WRITE 0x4       /* Write to a member's legacy device configuration. */
#define VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_READ 0x5        /* Read from a member's legacy device configuration. */
#define VIRTIO_ADMIN_CMD_LEGACY_NOTIFY_INFO 0x6         /* Query the notification addresses of a legacy member. */
#define VIRTIO_ADMIN_CMD_CAP_ID_LIST_QUERY 0x7          /* Query the device's capabilities. */
#define VIRTIO_ADMIN_CMD_DEVICE_CAP_GET 0x8             /* Read a device capability. */
#define VIRTIO_ADMIN_CMD_DRIVER_CAP_SET 0x9             /* Set the part of a capability that the driver uses. */
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_CREATE 0xa        /* Create a resource object. */
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_MODIFY 0xc        /* Modify a resource object. */
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_QUERY 0xb         /* Query a resource object. */
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_DESTROY 0xd       /* Destroy a resource object. */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_GET 0xe     /* Query the maximum total size, the number or the headers of
                                                           the parts of a member, selected by type. */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_GET 0xf              /* Read parts of a member. */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_SET 0x10             /* Write parts of a member. */
#define VIRTIO_ADMIN_CMD_DEV_MODE_SET 0x11              /* Stop or resume a member. */

/* An administration command. structs.cmd; "Group administration commands" */
struct virtio_admin_cmd {
    uint16_t opcode;                        /* Operation code; VIRTIO_ADMIN_CMD_*. */
    uint16_t group_type;                    /* Group type; VIRTIO_ADMIN_GROUP_TYPE_*. */
    uint8_t reserved1[12];                  /* Reserved. */
    uint64_t group_member_id;               /* Identifier of the member within the group. */
    uint64_t command_specific_data[];       /* Command-specific data. */
};
VIRTIO_SIZE(virtio_admin_cmd, 24);

/* The part that the device writes. structs.cmd; "Group administration commands" */
struct virtio_admin_cmd_in {
    uint16_t status;                        /* Status of the command; VIRTIO_ADMIN_STATUS_*. */
    uint16_t status_qualifier;              /* Details of a failure; VIRTIO_ADMIN_STATUS_Q_*. */
    uint8_t reserved2[4];                   /* Reserved. */
    uint8_t command_specific_result[];      /* Command-specific result. */
};
VIRTIO_SIZE(virtio_admin_cmd_in, 8);

/*
 * Bitmap of commands.
 * No C struct, because its first field has no fixed length. device_admin_cmd_opcodes[], one bit
 * per opcode; the first word holds opcodes 0 to 63.
 * structs.cmd_list; "Group administration commands"
 */

/*
 * Data of LEGACY_COMMON_CFG_WRITE.
 * structs.cmd_legacy_common_cfg_wr_data; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_common_cfg_wr_data {
    uint8_t offset;                         /* Offset in the legacy header; in bytes. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t data[];                         /* One field, little-endian. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_common_cfg_wr_data, 8);

/*
 * Data of LEGACY_COMMON_CFG_READ.
 * structs.cmd_legacy_common_cfg_rd_data; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_common_cfg_rd_data {
    uint8_t offset;                         /* Offset in the legacy header; in bytes. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_common_cfg_rd_data, 1);

/*
 * Result of LEGACY_COMMON_CFG_READ.
 * No C struct, because its first field has no fixed length. data[], one field, little-endian.
 * structs.cmd_legacy_common_cfg_rd_result; "Group administration commands / Legacy Interfaces"
 */

/*
 * Data of LEGACY_DEV_CFG_WRITE.
 * structs.cmd_legacy_dev_reg_wr_data; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_dev_reg_wr_data {
    uint8_t offset;                         /* Offset in the device configuration; in bytes. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t data[];                         /* One field, little-endian. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_dev_reg_wr_data, 8);

/*
 * Data of LEGACY_DEV_CFG_READ.
 * structs.cmd_legacy_dev_cfg_rd_data; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_dev_cfg_rd_data {
    uint8_t offset;                         /* Offset in the device configuration; in bytes. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_dev_cfg_rd_data, 1);

/*
 * Result of LEGACY_DEV_CFG_READ.
 * No C struct, because its first field has no fixed length. data[], one field, little-endian.
 * structs.cmd_legacy_dev_reg_rd_result; "Group administration commands / Legacy Interfaces"
 */

/*
 * A notification address of a legacy member.
 * structs.pci_legacy_notify_info; "Group administration commands / Legacy Interfaces"
 */
struct virtio_pci_legacy_notify_info {
    uint8_t flags;                          /* Owner of the BAR; VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_*. */
    uint8_t bar;                            /* BAR number, 1 to 5. */
    uint8_t padding[6];                     /* Reserved. */
    uint64_t offset;                        /* Offset in the BAR, even; in bytes. */
};
VIRTIO_SIZE(virtio_pci_legacy_notify_info, 16);

/*
 * Notification addresses of a legacy member.
 * structs.cmd_legacy_notify_info_result; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_notify_info_result {
    struct virtio_pci_legacy_notify_info entries[4]; /* Notification addresses, in order of preference. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_notify_info_result, 64);

/*
 * Bitmap of device capabilities.
 * No C struct, because its first field has no fixed length. supported_caps[], one bit per
 * capability; the first word holds ids 0 to 63.
 * structs.cmd_query_cap_id_result; "Group administration commands / Device and driver
 * capabilities"
 */

/*
 * Data of DEVICE_CAP_GET.
 * structs.cmd_cap_get_data; "Group administration commands / Device and driver capabilities"
 */
struct virtio_admin_cmd_cap_get_data {
    uint16_t id;                            /* Capability id; VIRTIO_DEV_PARTS_CAP. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_cmd_cap_get_data, 8);

/*
 * Result of DEVICE_CAP_GET.
 * No C struct, because its first field has no fixed length. cap_specific_data[],
 * capability-specific data.
 * structs.cmd_cap_get_result; "Group administration commands / Device and driver capabilities"
 */

/*
 * Data of DRIVER_CAP_SET.
 * structs.cmd_cap_set_data; "Group administration commands / Device and driver capabilities"
 */
struct virtio_admin_cmd_cap_set_data {
    uint16_t id;                            /* Capability id; VIRTIO_DEV_PARTS_CAP. */
    uint8_t reserved[6];                    /* Reserved. */
    uint8_t cap_specific_data[];            /* Capability-specific data. */
};
VIRTIO_SIZE(virtio_admin_cmd_cap_set_data, 8);

/*
 * Identifies a resource object.
 * structs.cmd_resource_obj_cmd_hdr; "Group administration commands / Device resource objects"
 */
struct virtio_admin_cmd_resource_obj_cmd_hdr {
    uint16_t type;                          /* Resource object type; VIRTIO_RESOURCE_OBJ_DEV_PARTS. */
    uint8_t reserved[2];                    /* Reserved. */
    uint32_t id;                            /* Resource object id, chosen by the driver, below the limit of its type. */
};
VIRTIO_SIZE(virtio_admin_cmd_resource_obj_cmd_hdr, 8);

/*
 * Data of RESOURCE_OBJ_CREATE.
 * structs.cmd_resource_obj_create_data; "Group administration commands / Device resource objects"
 */
struct virtio_admin_cmd_resource_obj_create_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* The resource object. */
    uint64_t flags;                         /* 0 unless the object type defines flags. */
    uint8_t resource_obj_specific_data[];   /* Type-specific data. */
};
VIRTIO_SIZE(virtio_admin_cmd_resource_obj_create_data, 16);

/*
 * Data of RESOURCE_OBJ_MODIFY.
 * structs.cmd_resource_modify_data; "Group administration commands / Device resource objects"
 */
struct virtio_admin_cmd_resource_modify_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* The resource object. */
    uint64_t flags;                         /* 0 unless the object type defines flags. */
    uint8_t resource_obj_specific_data[];   /* Type-specific data. */
};
VIRTIO_SIZE(virtio_admin_cmd_resource_modify_data, 16);

/*
 * Data of RESOURCE_OBJ_QUERY.
 * structs.cmd_resource_obj_query_data; "Group administration commands / Device resource objects"
 */
struct virtio_admin_cmd_resource_obj_query_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* The resource object. */
    uint64_t flags;                         /* 0 unless the object type defines flags. */
};
VIRTIO_SIZE(virtio_admin_cmd_resource_obj_query_data, 16);

/*
 * Result of RESOURCE_OBJ_QUERY.
 * No C struct, because its first field has no fixed length. resource_obj_specific_result[],
 * type-specific result.
 * structs.cmd_resource_obj_query_result; "Group administration commands / Device resource objects"
 */

/*
 * Limits on the number of device parts objects.
 * structs.dev_parts_cap; "Group administration commands / Device parts / VIRTIO_DEV_PARTS_CAP"
 */
struct virtio_dev_parts_cap {
    uint8_t get_parts_resource_objects_limit; /* Maximum number of objects that read parts. */
    uint8_t set_parts_resource_objects_limit; /* Maximum number of objects that write parts. */
};
VIRTIO_SIZE(virtio_dev_parts_cap, 2);

/*
 * Purpose of a device parts object.
 * structs.resource_obj_dev_parts; "Group administration commands / Device parts /
 * VIRTIO_RESOURCE_OBJ_DEV_PARTS"
 */
struct virtio_resource_obj_dev_parts {
    uint8_t type;                           /* Whether the object reads or writes parts;
                                               VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_*. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_resource_obj_dev_parts, 8);

/*
 * Data of DEV_PARTS_METADATA_GET.
 * structs.cmd_dev_parts_metadata_data; "Group administration commands / Device parts / Device
 * parts handling commands"
 */
struct virtio_admin_cmd_dev_parts_metadata_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* The device parts object. */
    uint8_t type;                           /* Kind of metadata; VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_*. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_metadata_data, 16);

/* A field of the PCI common configuration. structs.dev_part_hdr; "Device parts" */
struct virtio_admin_dev_part_hdr_selector_pci_common_cfg {
    uint32_t offset;                        /* Offset of the field; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_dev_part_hdr_selector_pci_common_cfg, 8);

/* Selects a queue. structs.dev_part_hdr; "Device parts" */
struct virtio_admin_dev_part_hdr_selector_vq_index {
    uint16_t index;                         /* Queue index. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_dev_part_hdr_selector_vq_index, 8);

/* Header of a device part. structs.dev_part_hdr; "Device parts" */
struct virtio_dev_part_hdr {
    uint16_t part_type;                     /* Part type; VIRTIO_DEV_PART_*. */
    uint8_t flags;                          /* Whether the part is optional; 1 << each of VIRTIO_DEV_PART_F_OPTIONAL. */
    uint8_t reserved;                       /* Reserved. */
    union {                                 /* Selects one of several parts of the same type. */
        struct virtio_admin_dev_part_hdr_selector_pci_common_cfg pci_common_cfg; /* A field of the PCI common
                                                                                    configuration; for
                                                                                    PCI_COMMON_CFG. */
        struct virtio_admin_dev_part_hdr_selector_vq_index vq_index; /* Selects a queue; for VQ_CFG or VQ_NOTIFY_CFG. */
        uint8_t device_type_raw[8];         /* Selector defined by the device type. */
    } selector;
    uint32_t length;                        /* Length of the part's value; in bytes. */
};
VIRTIO_SIZE(virtio_dev_part_hdr, 16);

/*
 * Result for type SIZE.
 * structs.cmd_dev_parts_metadata_result; "Group administration commands / Device parts / Device
 * parts handling commands"
 */
struct virtio_admin_cmd_dev_parts_metadata_result_parts_size {
    uint32_t size;                          /* Upper bound on the size of all parts together; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_metadata_result_parts_size, 8);

/*
 * Result for type COUNT.
 * structs.cmd_dev_parts_metadata_result; "Group administration commands / Device parts / Device
 * parts handling commands"
 */
struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count {
    uint32_t count;                         /* Number of headers that LIST returns. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count, 8);

/*
 * Result for type LIST.
 * structs.cmd_dev_parts_metadata_result; "Group administration commands / Device parts / Device
 * parts handling commands"
 */
struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list {
    uint32_t count;                         /* Number of headers that follow. */
    uint32_t reserved;                      /* Reserved. */
    struct virtio_dev_part_hdr hdrs[];      /* One header per part. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_metadata_result_hdr_list, 8);

/*
 * Result of DEV_PARTS_METADATA_GET.
 * No C struct, because its first field has no fixed length. u[], the requested metadata.
 * structs.cmd_dev_parts_metadata_result; "Group administration commands / Device parts / Device
 * parts handling commands"
 */

/*
 * Data of DEV_PARTS_GET.
 * structs.cmd_dev_parts_get_data; "Group administration commands / Device parts / Device parts
 * handling commands"
 */
struct virtio_admin_cmd_dev_parts_get_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* The device parts object. */
    uint8_t type;                           /* Whether to read all parts or selected parts;
                                               VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_*. */
    uint8_t reserved[7];                    /* Reserved. */
    struct virtio_dev_part_hdr hdr_list[];  /* Selected parts, if type is SELECTED. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_get_data, 16);

/* One part of a device's state. structs.dev_part; "Device parts" */
struct virtio_dev_part {
    struct virtio_dev_part_hdr hdr;         /* Header: part type, selector and length of the value. */
    uint8_t value[];                        /* The part's value. */
};
VIRTIO_SIZE(virtio_dev_part, 16);

/*
 * Result of DEV_PARTS_GET.
 * No C struct, because its first field has no fixed length. parts[], parts, each with the length
 * in its header; each struct virtio_dev_part.
 * structs.cmd_dev_parts_get_result; "Group administration commands / Device parts / Device parts
 * handling commands"
 */

/*
 * Data of DEV_PARTS_SET, for a stopped member.
 * structs.cmd_dev_parts_set_data; "Group administration commands / Device parts / Device parts
 * handling commands"
 */
struct virtio_admin_cmd_dev_parts_set_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* The device parts object. */
    uint8_t parts[];                        /* Parts, each with the length in its header; each struct
                                               virtio_dev_part. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_set_data, 8);

/*
 * Data of DEV_MODE_SET.
 * structs.cmd_dev_mode_set_data; "Group administration commands / Device parts / Device parts
 * handling commands"
 */
struct virtio_admin_cmd_dev_mode_set_data {
    uint8_t flags;                          /* New mode of the member; 1 << each of
                                               VIRTIO_ADMIN_CMD_DEV_MODE_F_STOPPED. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_mode_set_data, 1);

/*
 * Data of DEV_PART_DEV_FEATURES and DEV_PART_DRV_FEATURES.
 * No C struct, because its first field has no fixed length. feature_bits[], feature bits; the
 * first word holds bits 0 to 63.
 * structs.dev_part_features; "Common device parts / VIRTIO_DEV_PART_DEV_FEATURES"
 */

/*
 * Data of DEV_PART_VQ_CFG; fields as in the PCI common configuration.
 * structs.dev_part_vq_cfg; "Common device parts / VIRTIO_DEV_PART_VQ_CFG"
 */
struct virtio_dev_part_vq_cfg {
    uint16_t queue_size;                    /* Number of descriptors. */
    uint16_t vector;                        /* MSI-X vector of the queue. */
    uint16_t enabled;                       /* 1 if the queue is enabled. */
    uint16_t reserved;                      /* Reserved. */
    uint64_t queue_desc;                    /* Address of the descriptor area. */
    uint64_t queue_driver;                  /* Address of the driver area. */
    uint64_t queue_device;                  /* Address of the device area. */
};
VIRTIO_SIZE(virtio_dev_part_vq_cfg, 32);

/*
 * Data of DEV_PART_VQ_NOTIFY_CFG; fields as in the PCI common configuration.
 * structs.dev_part_vq_notify_data; "Common device parts / VIRTIO_DEV_PART_VQ_NOTIFY_CFG"
 */
struct virtio_dev_part_vq_notify_data {
    uint16_t queue_notify_off;              /* Notification offset of the queue. */
    uint16_t queue_notif_config_data;       /* Value written to notify the queue. */
    uint8_t reserved[4];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_dev_part_vq_notify_data, 8);

#undef VIRTIO_SIZE
#endif
