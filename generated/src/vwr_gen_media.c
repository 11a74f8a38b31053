/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/media.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Media Device */

#include "vwr/gen/features.h"
#include "vwr/gen/media.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_media_config_fields[VWR_MEDIA_CONFIG_FIELD_COUNT] = {
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
        .offset = 8, .bytes = 32,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_media_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_media_config_info *const info = into;

    info->device_caps = vwr_media_config_get_device_caps(c);
    info->device_type = vwr_media_config_get_device_type(c);
    for (unsigned i = 0; i < 32u; i++)
        info->card[i] = vwr_media_config_get_card(c, i);
}

void vwr_media_config_write(struct vwr_media_config *w, bool legacy, const struct vwr_media_config_info *info)
{
    w->device_caps = vwr_guest32(legacy, info->device_caps);
    w->device_type = vwr_guest32(legacy, info->device_type);
    for (unsigned i = 0; i < 32u; i++)
        w->card[i] = info->card[i];
}
