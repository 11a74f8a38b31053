/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/can.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; CAN Device */

#include "vwr/gen/features.h"
#include "vwr/gen/can.h"

const struct vwr_feature_rule vwr_can_feature_rules[VWR_CAN_FEATURE_RULE_COUNT] = {
    {.feature = VWR_CAN_F_RTR_FRAMES, .any = {VWR_CAN_F_CAN_CLASSIC, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_can_config_fields[VWR_CAN_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_config_need vwr_can_config_needs[] = {
    {.bytes = 2, .feature = VWR_FEATURE_NONE},
};
