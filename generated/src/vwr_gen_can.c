/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/can.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; CAN Device */

#include "vwr/gen/features.h"
#include "vwr/gen/can.h"

const struct vwr_feature_rule vwr_can_feature_rules[VWR_CAN_FEATURE_RULE_COUNT] = {
    {.feature = VWR_CAN_F_RTR_FRAMES, .any = {VWR_CAN_F_CAN_CLASSIC, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_can_config_fields[VWR_CAN_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_command vwr_can_control_table[VWR_CAN_CONTROL_COUNT] = {
    {
        .command = VWR_CAN_SET_CTRL_MODE_START, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 2, .in_bytes = 1,
    },
    {
        .command = VWR_CAN_SET_CTRL_MODE_STOP, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 2, .in_bytes = 1,
    },
};

const struct vwr_command vwr_can_transmit_table[VWR_CAN_TRANSMIT_COUNT] = {
    {
        .command = VWR_CAN_TX, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 1,
    },
};

const struct vwr_command vwr_can_receive_table[VWR_CAN_RECEIVE_COUNT] = {
    {
        .command = VWR_CAN_RX, .owner = 0, .from = VWR_BY_DEVICE, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
};
