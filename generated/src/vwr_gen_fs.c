/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

#include "vwr/gen/features.h"
#include "vwr/gen/fs.h"

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_fs_config_fields[VWR_FS_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 36,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 36, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 40, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FS_F_NOTIFICATION, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_config_need vwr_fs_config_needs[] = {
    {.bytes = 44, .feature = VWR_FS_F_NOTIFICATION},
    {.bytes = 40, .feature = VWR_FEATURE_NONE},
};
