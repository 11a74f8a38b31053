/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/9p.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

#include "vwr/gen/features.h"
#include "vwr/gen/9p.h"

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_9p_config_fields[VWR_9P_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_9P_F_MOUNT_TAG, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_config_need vwr_9p_config_needs[] = {
    {.bytes = 2, .feature = VWR_9P_F_MOUNT_TAG},
    {.bytes = 0, .feature = VWR_FEATURE_NONE},
};
