/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/sound.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Sound Device */

#include "vwr/gen/features.h"
#include "vwr/gen/sound.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_snd_config_fields[VWR_SND_CONFIG_FIELD_COUNT] = {
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
        .offset = 8, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 12, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_command vwr_snd_request_type_table[VWR_SND_REQUEST_TYPE_COUNT] = {
    {
        .command = VWR_SND_R_JACK_INFO, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_JACK_REMAP, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_PCM_INFO, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_PCM_SET_PARAMS, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_PCM_PREPARE, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_PCM_RELEASE, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_PCM_START, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_PCM_STOP, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_CHMAP_INFO, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_CTL_INFO, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_CTL_ENUM_ITEMS, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_CTL_READ, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 516,
    },
    {
        .command = VWR_SND_R_CTL_WRITE, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 520, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_CTL_TLV_READ, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 12,
    },
    {
        .command = VWR_SND_R_CTL_TLV_WRITE, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 4,
    },
    {
        .command = VWR_SND_R_CTL_TLV_COMMAND, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 4,
    },
};

const struct vwr_command vwr_snd_event_type_table[VWR_SND_EVENT_TYPE_COUNT] = {
    {
        .command = VWR_SND_EVT_JACK_CONNECTED, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_SND_EVT_JACK_DISCONNECTED, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_SND_EVT_PCM_PERIOD_ELAPSED, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_SND_EVT_PCM_XRUN, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_SND_EVT_CTL_NOTIFY, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
};
