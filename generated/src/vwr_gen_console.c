/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

#include "vwr/gen/features.h"
#include "vwr/gen/console.h"

const struct vwr_command vwr_console_event_table[VWR_CONSOLE_EVENT_COUNT] = {
    {
        .command = VWR_CONSOLE_DEVICE_READY, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_DEVICE_ADD, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_DEVICE_REMOVE, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_PORT_READY, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_CONSOLE_PORT, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_RESIZE, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 12, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_PORT_OPEN, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = 0,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_CONSOLE_PORT_NAME, .owner = 0, .from = VWR_BY_DEVICE, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_CONSOLE_F_MULTIPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 8, .in_bytes = 0,
    },
};
