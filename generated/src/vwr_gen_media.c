/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/media.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Media Device */

#include "vwr/gen/features.h"
#include "vwr/gen/media.h"

/* The first of two values is for the legacy interface. */
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

const struct vwr_config_need vwr_media_config_needs[] = {
    {.bytes = 40, .feature = VWR_FEATURE_NONE},
};
