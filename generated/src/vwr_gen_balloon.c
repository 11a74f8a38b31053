/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

#include "vwr/gen/features.h"
#include "vwr/gen/balloon.h"

/* The first of two values is for the legacy interface. */
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

const struct vwr_config_need vwr_balloon_config_needs[] = {
    {.bytes = 16, .feature = VWR_BALLOON_F_PAGE_POISON},
    {.bytes = 12, .feature = VWR_BALLOON_F_FREE_PAGE_HINT},
    {.bytes = 8, .feature = VWR_FEATURE_NONE},
};
