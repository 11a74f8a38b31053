/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/mem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Memory Device */

#include "vwr/gen/features.h"
#include "vwr/gen/mem.h"

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_mem_config_fields[VWR_MEM_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 16, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 24, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 32, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 40, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 48, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_config_need vwr_mem_config_needs[] = {
    {.bytes = 56, .feature = VWR_FEATURE_NONE},
};
