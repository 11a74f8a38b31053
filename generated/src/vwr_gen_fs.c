/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

#include "vwr/gen/features.h"
#include "vwr/gen/fs.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_fs_config_fields[VWR_FS_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 36,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 36, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 40, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FS_F_NOTIFICATION, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_fs_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_fs_config_info *const info = into;

    for (unsigned i = 0; i < 36u; i++)
        info->tag[i] = vwr_fs_config_get_tag(c, i);
    info->num_request_queues = vwr_fs_config_get_num_request_queues(c);
    info->notify_buf_size = vwr_fs_config_get_notify_buf_size(c);
}

void vwr_fs_config_write(struct vwr_fs_config *w, bool legacy, const struct vwr_fs_config_info *info)
{
    for (unsigned i = 0; i < 36u; i++)
        w->tag[i] = info->tag[i];
    w->num_request_queues = vwr_guest32(legacy, info->num_request_queues);
    w->notify_buf_size = vwr_guest32(legacy, info->notify_buf_size);
}
