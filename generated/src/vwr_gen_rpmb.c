/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RPMB Device */

#include "vwr/gen/features.h"
#include "vwr/gen/rpmb.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_rpmb_config_fields[VWR_RPMB_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 1, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 2, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_rpmb_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_rpmb_config_info *const info = into;

    info->capacity = vwr_rpmb_config_get_capacity(c);
    info->max_wr_cnt = vwr_rpmb_config_get_max_wr_cnt(c);
    info->max_rd_cnt = vwr_rpmb_config_get_max_rd_cnt(c);
}

void vwr_rpmb_config_write(struct vwr_rpmb_config *w, bool legacy, const struct vwr_rpmb_config_info *info)
{
    (void)legacy;
    w->capacity = info->capacity;
    w->max_wr_cnt = info->max_wr_cnt;
    w->max_rd_cnt = info->max_rd_cnt;
}
