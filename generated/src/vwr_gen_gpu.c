/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPU Device */

#include "vwr/gen/features.h"
#include "vwr/gen/gpu.h"

const struct vwr_feature_rule vwr_gpu_feature_rules[VWR_GPU_FEATURE_RULE_COUNT] = {
    {.feature = VWR_GPU_F_CONTEXT_INIT, .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_GPU_F_BLOB_ALIGNMENT, .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_gpu_config_fields[VWR_GPU_CONFIG_FIELD_COUNT] = {
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
        .any = {VWR_GPU_F_BLOB_ALIGNMENT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_gpu_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_gpu_config_info *const info = into;

    info->events_read = vwr_gpu_config_get_events_read(c);
    info->events_clear = vwr_gpu_config_get_events_clear(c);
    info->num_scanouts = vwr_gpu_config_get_num_scanouts(c);
    info->num_capsets = vwr_gpu_config_get_num_capsets(c);
    info->blob_alignment = vwr_gpu_config_get_blob_alignment(c);
}

void vwr_gpu_config_write(struct vwr_gpu_config *w, bool legacy, const struct vwr_gpu_config_info *info)
{
    w->events_read = vwr_guest32(legacy, info->events_read);
    w->num_scanouts = vwr_guest32(legacy, info->num_scanouts);
    w->num_capsets = vwr_guest32(legacy, info->num_capsets);
    w->blob_alignment = vwr_guest32(legacy, info->blob_alignment);
}
