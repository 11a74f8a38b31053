/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

#include "vwr/gen/features.h"
#include "vwr/gen/scsi.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_scsi_config_fields[VWR_SCSI_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 12, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 16, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 20, .bytes = 4,
        .access = {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 24, .bytes = 4,
        .access = {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 28, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 30, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 32, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_scsi_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_scsi_config_info *const info = into;

    info->num_queues = vwr_scsi_config_get_num_queues(c);
    info->seg_max = vwr_scsi_config_get_seg_max(c);
    info->max_sectors = vwr_scsi_config_get_max_sectors(c);
    info->cmd_per_lun = vwr_scsi_config_get_cmd_per_lun(c);
    info->event_info_size = vwr_scsi_config_get_event_info_size(c);
    info->sense_size = vwr_scsi_config_get_sense_size(c);
    info->cdb_size = vwr_scsi_config_get_cdb_size(c);
    info->max_channel = vwr_scsi_config_get_max_channel(c);
    info->max_target = vwr_scsi_config_get_max_target(c);
    info->max_lun = vwr_scsi_config_get_max_lun(c);
}

void vwr_scsi_config_write(struct vwr_scsi_config *w, bool legacy, const struct vwr_scsi_config_info *info)
{
    w->num_queues = vwr_guest32(legacy, info->num_queues);
    w->seg_max = vwr_guest32(legacy, info->seg_max);
    w->max_sectors = vwr_guest32(legacy, info->max_sectors);
    w->cmd_per_lun = vwr_guest32(legacy, info->cmd_per_lun);
    w->event_info_size = vwr_guest32(legacy, info->event_info_size);
    w->max_channel = vwr_guest16(legacy, info->max_channel);
    w->max_target = vwr_guest16(legacy, info->max_target);
    w->max_lun = vwr_guest32(legacy, info->max_lun);
}
