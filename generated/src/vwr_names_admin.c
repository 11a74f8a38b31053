/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/admin.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device groups / Group administration commands */

#include "vwr/gen/admin.h"

const struct vwr_name vwr_admin_group_type_names[] = {
    {VWR_ADMIN_GROUP_TYPE_SELF, "SELF"},
    {VWR_ADMIN_GROUP_TYPE_SRIOV, "SRIOV"},
    {0, NULL},
};

const struct vwr_name vwr_admin_status_names[] = {
    {VWR_ADMIN_STATUS_OK, "OK"},
    {VWR_ADMIN_STATUS_ENXIO, "ENXIO"},
    {VWR_ADMIN_STATUS_EAGAIN, "EAGAIN"},
    {VWR_ADMIN_STATUS_ENOMEM, "ENOMEM"},
    {VWR_ADMIN_STATUS_EBUSY, "EBUSY"},
    {VWR_ADMIN_STATUS_EINVAL, "EINVAL"},
    {VWR_ADMIN_STATUS_ENOSPC, "ENOSPC"},
    {0, NULL},
};

const struct vwr_name vwr_admin_status_qualifier_names[] = {
    {VWR_ADMIN_STATUS_Q_OK, "OK"},
    {VWR_ADMIN_STATUS_Q_INVALID_COMMAND, "INVALID_COMMAND"},
    {VWR_ADMIN_STATUS_Q_INVALID_OPCODE, "INVALID_OPCODE"},
    {VWR_ADMIN_STATUS_Q_INVALID_FIELD, "INVALID_FIELD"},
    {VWR_ADMIN_STATUS_Q_INVALID_GROUP, "INVALID_GROUP"},
    {VWR_ADMIN_STATUS_Q_INVALID_MEMBER, "INVALID_MEMBER"},
    {VWR_ADMIN_STATUS_Q_NORESOURCE, "NORESOURCE"},
    {VWR_ADMIN_STATUS_Q_TRYAGAIN, "TRYAGAIN"},
    {0, NULL},
};

const struct vwr_name vwr_admin_legacy_notify_info_flags_names[] = {
    {VWR_ADMIN_LEGACY_NOTIFY_INFO_END, "END"},
    {VWR_ADMIN_LEGACY_NOTIFY_INFO_OWNER, "OWNER"},
    {VWR_ADMIN_LEGACY_NOTIFY_INFO_MEMBER, "MEMBER"},
    {0, NULL},
};

const struct vwr_name vwr_admin_capability_names[] = {
    {VWR_ADMIN_DEV_PARTS_CAP, "DEV_PARTS_CAP"},
    {0, NULL},
};

const struct vwr_name vwr_admin_resource_object_names[] = {
    {VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS, "DEV_PARTS"},
    {0, NULL},
};

const struct vwr_name vwr_admin_resource_obj_dev_parts_type_names[] = {
    {VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS_TYPE_GET, "GET"},
    {VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS_TYPE_SET, "SET"},
    {0, NULL},
};

const struct vwr_name vwr_admin_dev_parts_metadata_type_names[] = {
    {VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE, "SIZE"},
    {VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT, "COUNT"},
    {VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST, "LIST"},
    {0, NULL},
};

const struct vwr_name vwr_admin_dev_parts_get_type_names[] = {
    {VWR_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED, "SELECTED"},
    {VWR_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL, "ALL"},
    {0, NULL},
};

const struct vwr_name vwr_admin_dev_mode_bit_names[] = {
    {VWR_ADMIN_CMD_DEV_MODE_F_STOPPED, "STOPPED"},
    {0, NULL},
};

const struct vwr_name vwr_admin_dev_part_bit_names[] = {
    {VWR_ADMIN_DEV_PART_F_OPTIONAL, "OPTIONAL"},
    {0, NULL},
};

const struct vwr_name vwr_admin_part_type_names[] = {
    {VWR_ADMIN_DEV_PART_DEV_FEATURES, "DEV_FEATURES"},
    {VWR_ADMIN_DEV_PART_DRV_FEATURES, "DRV_FEATURES"},
    {VWR_ADMIN_DEV_PART_PCI_COMMON_CFG, "PCI_COMMON_CFG"},
    {VWR_ADMIN_DEV_PART_DEVICE_STATUS, "DEVICE_STATUS"},
    {VWR_ADMIN_DEV_PART_VQ_CFG, "VQ_CFG"},
    {VWR_ADMIN_DEV_PART_VQ_NOTIFY_CFG, "VQ_NOTIFY_CFG"},
    {0, NULL},
};

const struct vwr_name vwr_admin_opcode_names[] = {
    {VWR_ADMIN_CMD_LIST_QUERY, "LIST_QUERY"},
    {VWR_ADMIN_CMD_LIST_USE, "LIST_USE"},
    {VWR_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE, "LEGACY_COMMON_CFG_WRITE"},
    {VWR_ADMIN_CMD_LEGACY_COMMON_CFG_READ, "LEGACY_COMMON_CFG_READ"},
    {VWR_ADMIN_CMD_LEGACY_DEV_CFG_WRITE, "LEGACY_DEV_CFG_WRITE"},
    {VWR_ADMIN_CMD_LEGACY_DEV_CFG_READ, "LEGACY_DEV_CFG_READ"},
    {VWR_ADMIN_CMD_LEGACY_NOTIFY_INFO, "LEGACY_NOTIFY_INFO"},
    {VWR_ADMIN_CMD_CAP_ID_LIST_QUERY, "CAP_ID_LIST_QUERY"},
    {VWR_ADMIN_CMD_DEVICE_CAP_GET, "DEVICE_CAP_GET"},
    {VWR_ADMIN_CMD_DRIVER_CAP_SET, "DRIVER_CAP_SET"},
    {VWR_ADMIN_CMD_RESOURCE_OBJ_CREATE, "RESOURCE_OBJ_CREATE"},
    {VWR_ADMIN_CMD_RESOURCE_OBJ_MODIFY, "RESOURCE_OBJ_MODIFY"},
    {VWR_ADMIN_CMD_RESOURCE_OBJ_QUERY, "RESOURCE_OBJ_QUERY"},
    {VWR_ADMIN_CMD_RESOURCE_OBJ_DESTROY, "RESOURCE_OBJ_DESTROY"},
    {VWR_ADMIN_CMD_DEV_PARTS_METADATA_GET, "DEV_PARTS_METADATA_GET"},
    {VWR_ADMIN_CMD_DEV_PARTS_GET, "DEV_PARTS_GET"},
    {VWR_ADMIN_CMD_DEV_PARTS_SET, "DEV_PARTS_SET"},
    {VWR_ADMIN_CMD_DEV_MODE_SET, "DEV_MODE_SET"},
    {0, NULL},
};
