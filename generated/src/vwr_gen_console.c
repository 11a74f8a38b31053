/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

#include "vwr/gen/features.h"
#include "vwr/gen/console.h"

/* Of two values the first is the legacy interface's. */
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

const struct vwr_command vwr_console_event_table[VWR_CONSOLE_EVENT_COUNT] = {
    {
        .command = VWR_CONSOLE_DEVICE_READY, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_DEVICE_ADD, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_DEVICE_REMOVE, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_PORT_READY, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_CONSOLE_PORT, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_RESIZE, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 12, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_PORT_OPEN, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_PORT_NAME, .owner = 0, .from = VWR_BY_DEVICE, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
};
