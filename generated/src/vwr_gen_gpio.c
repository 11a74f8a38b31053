/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

#include "vwr/gen/features.h"
#include "vwr/gen/gpio.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_gpio_config_fields[VWR_GPIO_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_command vwr_gpio_message_table[VWR_GPIO_MESSAGE_COUNT] = {
    {
        .command = VWR_GPIO_MSG_GET_LINE_NAMES, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 1,
    },
    {
        .command = VWR_GPIO_MSG_GET_DIRECTION, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 2,
    },
    {
        .command = VWR_GPIO_MSG_SET_DIRECTION, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 2,
    },
    {
        .command = VWR_GPIO_MSG_GET_VALUE, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 2,
    },
    {
        .command = VWR_GPIO_MSG_SET_VALUE, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 2,
    },
    {
        .command = VWR_GPIO_MSG_SET_IRQ_TYPE, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_GPIO_F_IRQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 2,
    },
};
