/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/9p.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

#include "vwr/gen/features.h"
#include "vwr/gen/9p.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_9p_config_fields[VWR_9P_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_9P_F_MOUNT_TAG, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_9p_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_9p_config_info *const info = into;

    info->tag_len = vwr_9p_config_get_tag_len(c);
}

void vwr_9p_config_write(struct vwr_9p_config *w, bool legacy, const struct vwr_9p_config_info *info)
{
    w->tag_len = vwr_guest16(legacy, info->tag_len);
}
