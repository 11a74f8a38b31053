/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

#include "vwr/gen/features.h"
#include "vwr/gen/balloon.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_balloon_config_fields[VWR_BALLOON_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_BALLOON_F_FREE_PAGE_HINT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 12, .bytes = 4,
        .access = {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE},
        .any = {VWR_BALLOON_F_PAGE_POISON, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_balloon_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_balloon_config_info *const info = into;

    info->num_pages = vwr_balloon_config_get_num_pages(c);
    info->actual = vwr_balloon_config_get_actual(c);
    info->free_page_hint_cmd_id = vwr_balloon_config_get_free_page_hint_cmd_id(c);
    info->poison_val = vwr_balloon_config_get_poison_val(c);
}

void vwr_balloon_config_write(struct vwr_balloon_config *w, bool legacy, const struct vwr_balloon_config_info *info)
{
    (void)legacy;
    w->num_pages = vwr_cpu_to_le32(info->num_pages);
    w->free_page_hint_cmd_id = vwr_cpu_to_le32(info->free_page_hint_cmd_id);
}
