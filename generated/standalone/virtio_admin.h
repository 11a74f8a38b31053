/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/admin.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device groups / Group administration commands */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_ADMIN_H
#define VWR_STANDALONE_ADMIN_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ADMIN_CAP_DEVICE_MIN 0x800u              /* First capability id of device types. */
#define VIRTIO_ADMIN_CAP_DEVICE_MAX 0xfffu              /* Last capability id of device types. */
#define VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MIN 0x200u     /* First resource object type of device types. */
#define VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MAX 0x4ffu     /* Last resource object type of device types. */
#define VIRTIO_ADMIN_DEV_PART_DEVICE_MIN 0x200u         /* First device part of device types. */
#define VIRTIO_ADMIN_DEV_PART_DEVICE_MAX 0x5ffu         /* Last device part of device types. */

/* enums.group-type; "Device groups" */
#define VIRTIO_ADMIN_GROUP_TYPE_SELF 0                  /* The device itself and no other. */
#define VIRTIO_ADMIN_GROUP_TYPE_SRIOV 1                 /* Virtual functions of a PCI device. */

/*
 * How a command went; the numbers are error numbers of Linux.
 * enums.status; "Group administration commands"
 */
#define VIRTIO_ADMIN_STATUS_OK 0                        /* Done. */
#define VIRTIO_ADMIN_STATUS_ENXIO 6                     /* No such capability or resource object. */
#define VIRTIO_ADMIN_STATUS_EAGAIN 11                   /* Nothing was done; try again. */
#define VIRTIO_ADMIN_STATUS_ENOMEM 12                   /* Nothing was done; too little memory or room for the
                                                           answer. */
#define VIRTIO_ADMIN_STATUS_EBUSY 16                    /* Something still uses it. */
#define VIRTIO_ADMIN_STATUS_EINVAL 22                   /* Nothing was done; the command is wrong. */
#define VIRTIO_ADMIN_STATUS_ENOSPC 28                   /* The device can make no more of these. */

/*
 * What exactly went wrong, for people who look for mistakes.
 * enums.status-qualifier; "Group administration commands"
 */
#define VIRTIO_ADMIN_STATUS_Q_OK 0x0                    /* Nothing. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_COMMAND 0x1       /* The command; no more is known. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_OPCODE 0x2        /* opcode. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_FIELD 0x3         /* A field of the command's own data. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_GROUP 0x4         /* group_type. */
#define VIRTIO_ADMIN_STATUS_Q_INVALID_MEMBER 0x5        /* group_member_id. */
#define VIRTIO_ADMIN_STATUS_Q_NORESOURCE 0x6            /* The device has run out of something; try again. */
#define VIRTIO_ADMIN_STATUS_Q_TRYAGAIN 0x7              /* The command would take too long; try again. */

/* enums.legacy-notify-info-flags; "Group administration commands / Legacy Interfaces" */
#define VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_END 0           /* This entry and those behind it are not used. */
#define VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_OWNER 1         /* The address is in a BAR of the owner. */
#define VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_MEMBER 2        /* The address is in a BAR of the member. */

/* enums.capability; "Group administration commands / Device and driver capabilities" */
#define VIRTIO_DEV_PARTS_CAP 0x0                        /* How many device parts objects there can be
                                                           (dev_parts_cap). */

/* enums.resource-object; "Group administration commands / Device resource objects" */
#define VIRTIO_RESOURCE_OBJ_DEV_PARTS 0x0               /* Gets or sets device parts (resource_obj_dev_parts). */

/*
 * enums.resource-obj-dev-parts-type; "Group administration commands / Device parts /
 * VIRTIO_RESOURCE_OBJ_DEV_PARTS"
 */
#define VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_GET 0        /* The object gets parts. */
#define VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_SET 1        /* The object sets parts. */

/*
 * enums.dev-parts-metadata-type; "Group administration commands / Device parts / Device parts
 * handling commands"
 */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE 0 /* Bytes of all parts (parts_size). */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT 1 /* Number of headers (hdr_list_count). */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST 2 /* The headers (hdr_list). */

/*
 * enums.dev-parts-get-type; "Group administration commands / Device parts / Device parts handling
 * commands"
 */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED 0  /* The parts of hdr_list. */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL 1       /* All parts; hdr_list is empty. */

/*
 * enums.dev-mode-bit; "Group administration commands / Device parts / Device parts handling
 * commands"
 */
#define VIRTIO_ADMIN_CMD_DEV_MODE_F_STOPPED 0           /* The device is to stop; without it to go on. */

/* enums.dev-part-bit; "Device parts" */
#define VIRTIO_DEV_PART_F_OPTIONAL 0                    /* The device can do without the part. */

/* enums.part-type; "Common device parts" */
#define VIRTIO_DEV_PART_DEV_FEATURES 0x100              /* Features that the device offers (dev_part_features). */
#define VIRTIO_DEV_PART_DRV_FEATURES 0x101              /* Features that the driver has taken (dev_part_features). */
#define VIRTIO_DEV_PART_PCI_COMMON_CFG 0x102            /* One field of the PCI common configuration. */
#define VIRTIO_DEV_PART_DEVICE_STATUS 0x103             /* Device status; one byte. */
#define VIRTIO_DEV_PART_VQ_CFG 0x104                    /* Set-up of one queue (dev_part_vq_cfg). */
#define VIRTIO_DEV_PART_VQ_NOTIFY_CFG 0x105             /* How one queue is notified (dev_part_vq_notify_data). */

/* messages.opcode; "Group administration commands" */
#define VIRTIO_ADMIN_CMD_LIST_QUERY 0x0                 /* Ask which commands there are for the group. */
#define VIRTIO_ADMIN_CMD_LIST_USE 0x1                   /* Tell the device which commands will be used. */
#define VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE 0x2    /* Write a member's legacy header. */
#define VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_READ 0x3     /* Read a member's legacy header. */
#define VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_WRITE 0x4       /* Write a member's legacy device configuration. */
#define VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_READ 0x5        /* Read a member's legacy device configuration. */
#define VIRTIO_ADMIN_CMD_LEGACY_NOTIFY_INFO 0x6         /* Ask where a legacy member's queues are notified. */
#define VIRTIO_ADMIN_CMD_CAP_ID_LIST_QUERY 0x7          /* Ask which capabilities the device has. */
#define VIRTIO_ADMIN_CMD_DEVICE_CAP_GET 0x8             /* Read a capability of the device. */
#define VIRTIO_ADMIN_CMD_DRIVER_CAP_SET 0x9             /* Tell the device what of a capability will be used. */
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_CREATE 0xa        /* Make a resource object. */
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_MODIFY 0xc        /* Change a resource object. */
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_QUERY 0xb         /* Read a resource object. */
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_DESTROY 0xd       /* Give a resource object up. */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_GET 0xe     /* Ask which parts a member has and how large they are. */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_GET 0xf              /* Read parts of a member. */
#define VIRTIO_ADMIN_CMD_DEV_PARTS_SET 0x10             /* Write parts of a member. */
#define VIRTIO_ADMIN_CMD_DEV_MODE_SET 0x11              /* Stop a member or let it go on. */

/* A whole command. structs.cmd; "Group administration commands" */
struct virtio_admin_cmd {
    uint16_t opcode;                        /* What to do; VIRTIO_ADMIN_CMD_*. */
    uint16_t group_type;                    /* With which group; VIRTIO_ADMIN_GROUP_TYPE_*. */
    uint8_t reserved1[12];                  /* Reserved. */
    uint64_t group_member_id;               /* With which of its members. */
    uint64_t command_specific_data[];       /* The struct that the command sends. */
};
VIRTIO_SIZE(virtio_admin_cmd, 24);

/* What the device writes of it. structs.cmd; "Group administration commands" */
struct virtio_admin_cmd_in {
    uint16_t status;                        /* How it went; VIRTIO_ADMIN_STATUS_*. */
    uint16_t status_qualifier;              /* What exactly went wrong; VIRTIO_ADMIN_STATUS_Q_*. */
    uint8_t reserved2[4];                   /* Reserved. */
    uint8_t command_specific_result[];      /* The struct that comes back. */
};
VIRTIO_SIZE(virtio_admin_cmd_in, 8);

/*
 * A set of commands.
 * No C struct, since it begins with what has no fixed length. device_admin_cmd_opcodes[], a bit
 * for each opcode; 0 to 63 in the first number.
 * structs.cmd_list; "Group administration commands"
 */

/*
 * What to write into the legacy header.
 * structs.cmd_legacy_common_cfg_wr_data; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_common_cfg_wr_data {
    uint8_t offset;                         /* Where in the header; in bytes. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t data[];                         /* One field; little-endian. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_common_cfg_wr_data, 8);

/*
 * What to read from the legacy header.
 * structs.cmd_legacy_common_cfg_rd_data; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_common_cfg_rd_data {
    uint8_t offset;                         /* Where in the header; in bytes. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_common_cfg_rd_data, 1);

/*
 * What the legacy header has there.
 * No C struct, since it begins with what has no fixed length. data[], one field; little-endian.
 * structs.cmd_legacy_common_cfg_rd_result; "Group administration commands / Legacy Interfaces"
 */

/*
 * What to write into the legacy device configuration.
 * structs.cmd_legacy_dev_reg_wr_data; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_dev_reg_wr_data {
    uint8_t offset;                         /* Where in the configuration; in bytes. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t data[];                         /* One field; little-endian. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_dev_reg_wr_data, 8);

/*
 * What to read from the legacy device configuration.
 * structs.cmd_legacy_dev_cfg_rd_data; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_dev_cfg_rd_data {
    uint8_t offset;                         /* Where in the configuration; in bytes. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_dev_cfg_rd_data, 1);

/*
 * What the legacy device configuration has there.
 * No C struct, since it begins with what has no fixed length. data[], one field; little-endian.
 * structs.cmd_legacy_dev_reg_rd_result; "Group administration commands / Legacy Interfaces"
 */

/*
 * A place where a legacy member can be notified.
 * structs.pci_legacy_notify_info; "Group administration commands / Legacy Interfaces"
 */
struct virtio_pci_legacy_notify_info {
    uint8_t flags;                          /* Whose BAR it is; VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_*. */
    uint8_t bar;                            /* BAR 1 to 5. */
    uint8_t padding[6];                     /* Reserved. */
    uint64_t offset;                        /* Where in the BAR; even; in bytes. */
};
VIRTIO_SIZE(virtio_pci_legacy_notify_info, 16);

/*
 * Where a legacy member can be notified.
 * structs.cmd_legacy_notify_info_result; "Group administration commands / Legacy Interfaces"
 */
struct virtio_admin_cmd_legacy_notify_info_result {
    struct virtio_pci_legacy_notify_info entries[4]; /* Places; the best one first. */
};
VIRTIO_SIZE(virtio_admin_cmd_legacy_notify_info_result, 64);

/*
 * Capabilities of the device.
 * No C struct, since it begins with what has no fixed length. supported_caps[], a bit for each
 * capability; 0 to 63 in the first number.
 * structs.cmd_query_cap_id_result; "Group administration commands / Device and driver
 * capabilities"
 */

/*
 * Which capability to read.
 * structs.cmd_cap_get_data; "Group administration commands / Device and driver capabilities"
 */
struct virtio_admin_cmd_cap_get_data {
    uint16_t id;                            /* The capability; VIRTIO_DEV_PARTS_CAP. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_cmd_cap_get_data, 8);

/*
 * A capability of the device.
 * No C struct, since it begins with what has no fixed length. cap_specific_data[], the
 * capability's own struct.
 * structs.cmd_cap_get_result; "Group administration commands / Device and driver capabilities"
 */

/*
 * What the driver will use of a capability.
 * structs.cmd_cap_set_data; "Group administration commands / Device and driver capabilities"
 */
struct virtio_admin_cmd_cap_set_data {
    uint16_t id;                            /* The capability; VIRTIO_DEV_PARTS_CAP. */
    uint8_t reserved[6];                    /* Reserved. */
    uint8_t cap_specific_data[];            /* The capability's own struct. */
};
VIRTIO_SIZE(virtio_admin_cmd_cap_set_data, 8);

/*
 * Which resource object.
 * structs.cmd_resource_obj_cmd_hdr; "Group administration commands / Device resource objects"
 */
struct virtio_admin_cmd_resource_obj_cmd_hdr {
    uint16_t type;                          /* Its type; VIRTIO_RESOURCE_OBJ_DEV_PARTS. */
    uint8_t reserved[2];                    /* Reserved. */
    uint32_t id;                            /* Its number, which the driver chooses: less than the type's limit. */
};
VIRTIO_SIZE(virtio_admin_cmd_resource_obj_cmd_hdr, 8);

/*
 * Makes a resource object.
 * structs.cmd_resource_obj_create_data; "Group administration commands / Device resource objects"
 */
struct virtio_admin_cmd_resource_obj_create_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* Which one. */
    uint64_t flags;                         /* 0 unless the type says otherwise. */
    uint8_t resource_obj_specific_data[];   /* The type's own struct. */
};
VIRTIO_SIZE(virtio_admin_cmd_resource_obj_create_data, 16);

/*
 * Changes a resource object.
 * structs.cmd_resource_modify_data; "Group administration commands / Device resource objects"
 */
struct virtio_admin_cmd_resource_modify_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* Which one. */
    uint64_t flags;                         /* 0 unless the type says otherwise. */
    uint8_t resource_obj_specific_data[];   /* The type's own struct. */
};
VIRTIO_SIZE(virtio_admin_cmd_resource_modify_data, 16);

/*
 * Asks for a resource object.
 * structs.cmd_resource_obj_query_data; "Group administration commands / Device resource objects"
 */
struct virtio_admin_cmd_resource_obj_query_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* Which one. */
    uint64_t flags;                         /* 0 unless the type says otherwise. */
};
VIRTIO_SIZE(virtio_admin_cmd_resource_obj_query_data, 16);

/*
 * A resource object as the device has it.
 * No C struct, since it begins with what has no fixed length. resource_obj_specific_result[], the
 * type's own struct.
 * structs.cmd_resource_obj_query_result; "Group administration commands / Device resource objects"
 */

/*
 * How many device parts objects there can be.
 * structs.dev_parts_cap; "Group administration commands / Device parts / VIRTIO_DEV_PARTS_CAP"
 */
struct virtio_dev_parts_cap {
    uint8_t get_parts_resource_objects_limit; /* Objects that get parts. */
    uint8_t set_parts_resource_objects_limit; /* Objects that set parts. */
};
VIRTIO_SIZE(virtio_dev_parts_cap, 2);

/*
 * What a device parts object is for.
 * structs.resource_obj_dev_parts; "Group administration commands / Device parts /
 * VIRTIO_RESOURCE_OBJ_DEV_PARTS"
 */
struct virtio_resource_obj_dev_parts {
    uint8_t type;                           /* To get parts or to set them; VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_*. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_resource_obj_dev_parts, 8);

/*
 * What to tell about a member's parts.
 * structs.cmd_dev_parts_metadata_data; "Group administration commands / Device parts / Device
 * parts handling commands"
 */
struct virtio_admin_cmd_dev_parts_metadata_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* The device parts object. */
    uint8_t type;                           /* What is asked for; VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_*. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_metadata_data, 16);

/* A field of the PCI common configuration. structs.dev_part_hdr; "Device parts" */
struct virtio_admin_dev_part_hdr_selector_pci_common_cfg {
    uint32_t offset;                        /* Where the field is; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_dev_part_hdr_selector_pci_common_cfg, 8);

/* A queue. structs.dev_part_hdr; "Device parts" */
struct virtio_admin_dev_part_hdr_selector_vq_index {
    uint16_t index;                         /* Its index. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_dev_part_hdr_selector_vq_index, 8);

/* Says what a part is. structs.dev_part_hdr; "Device parts" */
struct virtio_dev_part_hdr {
    uint16_t part_type;                     /* What it is; VIRTIO_DEV_PART_*. */
    uint8_t flags;                          /* Whether it is needed; 1 << each of VIRTIO_DEV_PART_F_OPTIONAL. */
    uint8_t reserved;                       /* Reserved. */
    union {                                 /* Which of several such parts. */
        struct virtio_admin_dev_part_hdr_selector_pci_common_cfg pci_common_cfg; /* A field of the PCI common
                                                                                    configuration; where it is
                                                                                    PCI_COMMON_CFG. */
        struct virtio_admin_dev_part_hdr_selector_vq_index vq_index; /* A queue; where it is VQ_CFG or VQ_NOTIFY_CFG. */
        uint8_t device_type_raw[8];         /* Whatever a part of the device type needs. */
    } selector;
    uint32_t length;                        /* Length of the part's data; in bytes. */
};
VIRTIO_SIZE(virtio_dev_part_hdr, 16);

/*
 * Answer to SIZE.
 * structs.cmd_dev_parts_metadata_result; "Group administration commands / Device parts / Device
 * parts handling commands"
 */
struct virtio_admin_cmd_dev_parts_metadata_result_parts_size {
    uint32_t size;                          /* All parts together have no more; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_metadata_result_parts_size, 8);

/*
 * Answer to COUNT.
 * structs.cmd_dev_parts_metadata_result; "Group administration commands / Device parts / Device
 * parts handling commands"
 */
struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count {
    uint32_t count;                         /* Headers that LIST would give. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count, 8);

/*
 * Answer to LIST.
 * structs.cmd_dev_parts_metadata_result; "Group administration commands / Device parts / Device
 * parts handling commands"
 */
struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list {
    uint32_t count;                         /* Headers that follow. */
    uint32_t reserved;                      /* Reserved. */
    struct virtio_dev_part_hdr hdrs[];      /* A header for each part. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_metadata_result_hdr_list, 8);

/*
 * About a member's parts.
 * No C struct, since it begins with what has no fixed length. u[], what was asked for.
 * structs.cmd_dev_parts_metadata_result; "Group administration commands / Device parts / Device
 * parts handling commands"
 */

/*
 * Which parts of a member to read.
 * structs.cmd_dev_parts_get_data; "Group administration commands / Device parts / Device parts
 * handling commands"
 */
struct virtio_admin_cmd_dev_parts_get_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* The device parts object. */
    uint8_t type;                           /* All parts or some; VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_*. */
    uint8_t reserved[7];                    /* Reserved. */
    struct virtio_dev_part_hdr hdr_list[];  /* Those wanted if type is SELECTED. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_get_data, 16);

/* A part of a device's state. structs.dev_part; "Device parts" */
struct virtio_dev_part {
    struct virtio_dev_part_hdr hdr;         /* What it is. */
    uint8_t value[];                        /* Its data. */
};
VIRTIO_SIZE(virtio_dev_part, 16);

/*
 * Parts of a member.
 * No C struct, since it begins with what has no fixed length. parts[], parts; each as long as its
 * header says; each struct virtio_dev_part.
 * structs.cmd_dev_parts_get_result; "Group administration commands / Device parts / Device parts
 * handling commands"
 */

/*
 * Parts to write into a stopped member.
 * structs.cmd_dev_parts_set_data; "Group administration commands / Device parts / Device parts
 * handling commands"
 */
struct virtio_admin_cmd_dev_parts_set_data {
    struct virtio_admin_cmd_resource_obj_cmd_hdr hdr; /* The device parts object. */
    uint8_t parts[];                        /* Parts; each as long as its header says; each struct virtio_dev_part. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_parts_set_data, 8);

/*
 * Whether a member is to run.
 * structs.cmd_dev_mode_set_data; "Group administration commands / Device parts / Device parts
 * handling commands"
 */
struct virtio_admin_cmd_dev_mode_set_data {
    uint8_t flags;                          /* How it is to be afterwards; 1 << each of
                                               VIRTIO_ADMIN_CMD_DEV_MODE_F_STOPPED. */
};
VIRTIO_SIZE(virtio_admin_cmd_dev_mode_set_data, 1);

/*
 * Data of DEV_PART_DEV_FEATURES and DEV_PART_DRV_FEATURES.
 * No C struct, since it begins with what has no fixed length. feature_bits[], feature bits; 0 to
 * 63 in the first number.
 * structs.dev_part_features; "Common device parts / VIRTIO_DEV_PART_DEV_FEATURES"
 */

/*
 * Data of DEV_PART_VQ_CFG; fields as in the PCI common configuration.
 * structs.dev_part_vq_cfg; "Common device parts / VIRTIO_DEV_PART_VQ_CFG"
 */
struct virtio_dev_part_vq_cfg {
    uint16_t queue_size;                    /* Number of descriptors. */
    uint16_t vector;                        /* MSI-X vector. */
    uint16_t enabled;                       /* 1 if the queue is in use. */
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
    uint16_t queue_notify_off;              /* Where the queue is notified. */
    uint16_t queue_notif_config_data;       /* With which value. */
    uint8_t reserved[4];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_dev_part_vq_notify_data, 8);

#undef VIRTIO_SIZE
#endif
