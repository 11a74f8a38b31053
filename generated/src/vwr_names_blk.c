/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

#include "vwr/gen/blk.h"

const struct vwr_name vwr_blk_feature_names[] = {
    {VWR_BLK_F_BARRIER, "BARRIER"},
    {VWR_BLK_F_SIZE_MAX, "SIZE_MAX"},
    {VWR_BLK_F_SEG_MAX, "SEG_MAX"},
    {VWR_BLK_F_GEOMETRY, "GEOMETRY"},
    {VWR_BLK_F_RO, "RO"},
    {VWR_BLK_F_BLK_SIZE, "BLK_SIZE"},
    {VWR_BLK_F_SCSI, "SCSI"},
    {VWR_BLK_F_FLUSH, "FLUSH"},
    {VWR_BLK_F_TOPOLOGY, "TOPOLOGY"},
    {VWR_BLK_F_CONFIG_WCE, "CONFIG_WCE"},
    {VWR_BLK_F_MQ, "MQ"},
    {VWR_BLK_F_DISCARD, "DISCARD"},
    {VWR_BLK_F_WRITE_ZEROES, "WRITE_ZEROES"},
    {VWR_BLK_F_LIFETIME, "LIFETIME"},
    {VWR_BLK_F_SECURE_ERASE, "SECURE_ERASE"},
    {VWR_BLK_F_ZONED, "ZONED"},
    {0, NULL},
};

const struct vwr_name vwr_blk_zone_model_names[] = {
    {VWR_BLK_Z_NONE, "NONE"},
    {VWR_BLK_Z_HM, "HM"},
    {VWR_BLK_Z_HA, "HA"},
    {0, NULL},
};

const struct vwr_name vwr_blk_pre_eol_info_names[] = {
    {VWR_BLK_PRE_EOL_INFO_UNDEFINED, "UNDEFINED"},
    {VWR_BLK_PRE_EOL_INFO_NORMAL, "NORMAL"},
    {VWR_BLK_PRE_EOL_INFO_WARNING, "WARNING"},
    {VWR_BLK_PRE_EOL_INFO_URGENT, "URGENT"},
    {0, NULL},
};

const struct vwr_name vwr_blk_zone_type_names[] = {
    {VWR_BLK_ZT_CONV, "CONV"},
    {VWR_BLK_ZT_SWR, "SWR"},
    {VWR_BLK_ZT_SWP, "SWP"},
    {0, NULL},
};

const struct vwr_name vwr_blk_zone_state_names[] = {
    {VWR_BLK_ZS_NOT_WP, "NOT_WP"},
    {VWR_BLK_ZS_EMPTY, "EMPTY"},
    {VWR_BLK_ZS_IOPEN, "IOPEN"},
    {VWR_BLK_ZS_EOPEN, "EOPEN"},
    {VWR_BLK_ZS_CLOSED, "CLOSED"},
    {VWR_BLK_ZS_RDONLY, "RDONLY"},
    {VWR_BLK_ZS_FULL, "FULL"},
    {VWR_BLK_ZS_OFFLINE, "OFFLINE"},
    {0, NULL},
};

const struct vwr_name vwr_blk_status_names[] = {
    {VWR_BLK_S_OK, "OK"},
    {VWR_BLK_S_IOERR, "IOERR"},
    {VWR_BLK_S_UNSUPP, "UNSUPP"},
    {VWR_BLK_S_ZONE_INVALID_CMD, "ZONE_INVALID_CMD"},
    {VWR_BLK_S_ZONE_UNALIGNED_WP, "ZONE_UNALIGNED_WP"},
    {VWR_BLK_S_ZONE_OPEN_RESOURCE, "ZONE_OPEN_RESOURCE"},
    {VWR_BLK_S_ZONE_ACTIVE_RESOURCE, "ZONE_ACTIVE_RESOURCE"},
    {0, NULL},
};

const struct vwr_name vwr_blk_type_flags_names[] = {
    {VWR_BLK_T_BARRIER, "BARRIER"},
    {0, NULL},
};

const struct vwr_name vwr_blk_type_names[] = {
    {VWR_BLK_T_IN, "IN"},
    {VWR_BLK_T_OUT, "OUT"},
    {VWR_BLK_T_SCSI_CMD, "SCSI_CMD"},
    {VWR_BLK_T_SCSI_CMD_OUT, "SCSI_CMD_OUT"},
    {VWR_BLK_T_FLUSH, "FLUSH"},
    {VWR_BLK_T_FLUSH_OUT, "FLUSH_OUT"},
    {VWR_BLK_T_GET_ID, "GET_ID"},
    {VWR_BLK_T_GET_LIFETIME, "GET_LIFETIME"},
    {VWR_BLK_T_DISCARD, "DISCARD"},
    {VWR_BLK_T_WRITE_ZEROES, "WRITE_ZEROES"},
    {VWR_BLK_T_SECURE_ERASE, "SECURE_ERASE"},
    {VWR_BLK_T_ZONE_APPEND, "ZONE_APPEND"},
    {VWR_BLK_T_ZONE_REPORT, "ZONE_REPORT"},
    {VWR_BLK_T_ZONE_OPEN, "ZONE_OPEN"},
    {VWR_BLK_T_ZONE_CLOSE, "ZONE_CLOSE"},
    {VWR_BLK_T_ZONE_FINISH, "ZONE_FINISH"},
    {VWR_BLK_T_ZONE_RESET, "ZONE_RESET"},
    {VWR_BLK_T_ZONE_RESET_ALL, "ZONE_RESET_ALL"},
    {0, NULL},
};
