/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

#include "vwr/gen/features.h"
#include "vwr/gen/console.h"

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_console_config_fields[VWR_CONSOLE_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_CONSOLE_F_SIZE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 2, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_CONSOLE_F_SIZE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 4,
        .access = {VWR_WRITE, VWR_WRITE},
        .any = {VWR_CONSOLE_F_EMERG_WRITE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 1,
    },
};

const struct vwr_config_need vwr_console_config_needs[] = {
    {.bytes = 12, .feature = VWR_CONSOLE_F_EMERG_WRITE},
    {.bytes = 8, .feature = VWR_CONSOLE_F_MULTIPORT},
    {.bytes = 4, .feature = VWR_CONSOLE_F_SIZE},
    {.bytes = 0, .feature = VWR_FEATURE_NONE},
};
