/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/admin.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device groups / Group administration commands */

#ifndef VWR_GEN_DOCUMENT_ADMIN_H
#define VWR_GEN_DOCUMENT_ADMIN_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/admin.h"

#define VIRTIO_ADMIN_STATUS_OK                  VWR_ADMIN_STATUS_OK
#define VIRTIO_ADMIN_STATUS_ENXIO               VWR_ADMIN_STATUS_ENXIO
#define VIRTIO_ADMIN_STATUS_EAGAIN              VWR_ADMIN_STATUS_EAGAIN
#define VIRTIO_ADMIN_STATUS_ENOMEM              VWR_ADMIN_STATUS_ENOMEM
#define VIRTIO_ADMIN_STATUS_EBUSY               VWR_ADMIN_STATUS_EBUSY
#define VIRTIO_ADMIN_STATUS_EINVAL              VWR_ADMIN_STATUS_EINVAL
#define VIRTIO_ADMIN_STATUS_ENOSPC              VWR_ADMIN_STATUS_ENOSPC

#define VIRTIO_ADMIN_STATUS_Q_OK                VWR_ADMIN_STATUS_Q_OK
#define VIRTIO_ADMIN_STATUS_Q_INVALID_COMMAND   VWR_ADMIN_STATUS_Q_INVALID_COMMAND
#define VIRTIO_ADMIN_STATUS_Q_INVALID_OPCODE    VWR_ADMIN_STATUS_Q_INVALID_OPCODE
#define VIRTIO_ADMIN_STATUS_Q_INVALID_FIELD     VWR_ADMIN_STATUS_Q_INVALID_FIELD
#define VIRTIO_ADMIN_STATUS_Q_INVALID_GROUP     VWR_ADMIN_STATUS_Q_INVALID_GROUP
#define VIRTIO_ADMIN_STATUS_Q_INVALID_MEMBER    VWR_ADMIN_STATUS_Q_INVALID_MEMBER
#define VIRTIO_ADMIN_STATUS_Q_NORESOURCE        VWR_ADMIN_STATUS_Q_NORESOURCE
#define VIRTIO_ADMIN_STATUS_Q_TRYAGAIN          VWR_ADMIN_STATUS_Q_TRYAGAIN

#define VIRTIO_DEV_PARTS_CAP                    VWR_ADMIN_DEV_PARTS_CAP

#define VIRTIO_RESOURCE_OBJ_DEV_PARTS           VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS

#define VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_GET  VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS_TYPE_GET
#define VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_SET  VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS_TYPE_SET

#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST

#define VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED VWR_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED
#define VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL VWR_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL

#define VIRTIO_ADMIN_CMD_DEV_MODE_F_STOPPED     VWR_ADMIN_CMD_DEV_MODE_F_STOPPED

#define VIRTIO_DEV_PART_F_OPTIONAL              VWR_ADMIN_DEV_PART_F_OPTIONAL

#define VIRTIO_DEV_PART_DEV_FEATURES            VWR_ADMIN_DEV_PART_DEV_FEATURES
#define VIRTIO_DEV_PART_DRV_FEATURES            VWR_ADMIN_DEV_PART_DRV_FEATURES
#define VIRTIO_DEV_PART_PCI_COMMON_CFG          VWR_ADMIN_DEV_PART_PCI_COMMON_CFG
#define VIRTIO_DEV_PART_DEVICE_STATUS           VWR_ADMIN_DEV_PART_DEVICE_STATUS
#define VIRTIO_DEV_PART_VQ_CFG                  VWR_ADMIN_DEV_PART_VQ_CFG
#define VIRTIO_DEV_PART_VQ_NOTIFY_CFG           VWR_ADMIN_DEV_PART_VQ_NOTIFY_CFG

#define VIRTIO_ADMIN_CMD_LIST_QUERY             VWR_ADMIN_CMD_LIST_QUERY
#define VIRTIO_ADMIN_CMD_LIST_USE               VWR_ADMIN_CMD_LIST_USE
#define VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE VWR_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE
#define VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_READ VWR_ADMIN_CMD_LEGACY_COMMON_CFG_READ
#define VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_WRITE   VWR_ADMIN_CMD_LEGACY_DEV_CFG_WRITE
#define VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_READ    VWR_ADMIN_CMD_LEGACY_DEV_CFG_READ
#define VIRTIO_ADMIN_CMD_LEGACY_NOTIFY_INFO     VWR_ADMIN_CMD_LEGACY_NOTIFY_INFO
#define VIRTIO_ADMIN_CMD_CAP_ID_LIST_QUERY      VWR_ADMIN_CMD_CAP_ID_LIST_QUERY
#define VIRTIO_ADMIN_CMD_DEVICE_CAP_GET         VWR_ADMIN_CMD_DEVICE_CAP_GET
#define VIRTIO_ADMIN_CMD_DRIVER_CAP_SET         VWR_ADMIN_CMD_DRIVER_CAP_SET
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_CREATE    VWR_ADMIN_CMD_RESOURCE_OBJ_CREATE
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_MODIFY    VWR_ADMIN_CMD_RESOURCE_OBJ_MODIFY
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_QUERY     VWR_ADMIN_CMD_RESOURCE_OBJ_QUERY
#define VIRTIO_ADMIN_CMD_RESOURCE_OBJ_DESTROY   VWR_ADMIN_CMD_RESOURCE_OBJ_DESTROY
#define VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_GET VWR_ADMIN_CMD_DEV_PARTS_METADATA_GET
#define VIRTIO_ADMIN_CMD_DEV_PARTS_GET          VWR_ADMIN_CMD_DEV_PARTS_GET
#define VIRTIO_ADMIN_CMD_DEV_PARTS_SET          VWR_ADMIN_CMD_DEV_PARTS_SET
#define VIRTIO_ADMIN_CMD_DEV_MODE_SET           VWR_ADMIN_CMD_DEV_MODE_SET

#define virtio_admin_cmd                        vwr_admin_cmd
#define virtio_admin_cmd_legacy_common_cfg_wr_data vwr_admin_cmd_legacy_common_cfg_wr_data
#define virtio_admin_cmd_legacy_common_cfg_rd_data vwr_admin_cmd_legacy_common_cfg_rd_data
#define virtio_admin_cmd_legacy_dev_reg_wr_data vwr_admin_cmd_legacy_dev_reg_wr_data
#define virtio_admin_cmd_legacy_dev_cfg_rd_data vwr_admin_cmd_legacy_dev_cfg_rd_data
#define virtio_pci_legacy_notify_info           vwr_admin_pci_legacy_notify_info
#define virtio_admin_cmd_legacy_notify_info_result vwr_admin_cmd_legacy_notify_info_result
#define virtio_admin_cmd_cap_get_data           vwr_admin_cmd_cap_get_data
#define virtio_admin_cmd_cap_set_data           vwr_admin_cmd_cap_set_data
#define virtio_admin_cmd_resource_obj_cmd_hdr   vwr_admin_cmd_resource_obj_cmd_hdr
#define virtio_admin_cmd_resource_obj_create_data vwr_admin_cmd_resource_obj_create_data
#define virtio_admin_cmd_resource_modify_data   vwr_admin_cmd_resource_modify_data
#define virtio_admin_cmd_resource_obj_query_data vwr_admin_cmd_resource_obj_query_data
#define virtio_dev_parts_cap                    vwr_admin_dev_parts_cap
#define virtio_resource_obj_dev_parts           vwr_admin_resource_obj_dev_parts
#define virtio_admin_cmd_dev_parts_metadata_data vwr_admin_cmd_dev_parts_metadata_data
#define virtio_dev_part_hdr                     vwr_admin_dev_part_hdr
#define virtio_admin_cmd_dev_parts_get_data     vwr_admin_cmd_dev_parts_get_data
#define virtio_dev_part                         vwr_admin_dev_part
#define virtio_admin_cmd_dev_parts_set_data     vwr_admin_cmd_dev_parts_set_data
#define virtio_admin_cmd_dev_mode_set_data      vwr_admin_cmd_dev_mode_set_data
#define virtio_dev_part_vq_cfg                  vwr_admin_dev_part_vq_cfg
#define virtio_dev_part_vq_notify_data          vwr_admin_dev_part_vq_notify_data

#endif
