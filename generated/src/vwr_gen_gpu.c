/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPU Device */

#include "vwr/gen/features.h"
#include "vwr/gen/gpu.h"

const struct vwr_feature_rule vwr_gpu_feature_rules[VWR_GPU_FEATURE_RULE_COUNT] = {
    {.feature = VWR_GPU_F_CONTEXT_INIT, .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_GPU_F_BLOB_ALIGNMENT, .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};

/* The first of two values is for the legacy interface. */
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

const struct vwr_config_need vwr_gpu_config_needs[] = {
    {.bytes = 20, .feature = VWR_GPU_F_BLOB_ALIGNMENT},
    {.bytes = 16, .feature = VWR_FEATURE_NONE},
};
