/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/media.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Media Device */

#include "vwr/gen/features.h"
#include "vwr/gen/media.h"

/* Of two values the first is the legacy interface's. */
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

const struct vwr_command vwr_media_command_table[VWR_MEDIA_COMMAND_COUNT] = {
    {
        .command = VWR_MEDIA_CMD_OPEN, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 16,
    },
    {
        .command = VWR_MEDIA_CMD_CLOSE, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_MEDIA_CMD_IOCTL, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 8,
    },
    {
        .command = VWR_MEDIA_CMD_MMAP, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 20, .in_bytes = 24,
    },
    {
        .command = VWR_MEDIA_CMD_MUNMAP, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 8,
    },
};

const struct vwr_command vwr_media_event_table[VWR_MEDIA_EVENT_COUNT] = {
    {
        .command = VWR_MEDIA_EVT_ERROR, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_MEDIA_EVT_DQBUF, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 608, .in_bytes = 0,
    },
    {
        .command = VWR_MEDIA_EVT_EVENT, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 144, .in_bytes = 0,
    },
};
