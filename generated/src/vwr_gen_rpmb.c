/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RPMB Device */

#include "vwr/gen/features.h"
#include "vwr/gen/rpmb.h"

/* The first of two values is for the legacy interface. */
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

const struct vwr_config_need vwr_rpmb_config_needs[] = {
    {.bytes = 3, .feature = VWR_FEATURE_NONE},
};
