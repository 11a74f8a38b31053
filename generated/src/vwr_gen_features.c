/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/features.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Reserved Feature Bits */

#include "vwr/gen/features.h"

const struct vwr_feature_rule vwr_feature_rules[VWR_FEATURE_RULE_COUNT] = {
    {.feature = VWR_F_ACCESS_PLATFORM, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_F_RING_PACKED, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_F_IN_ORDER, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_F_ORDER_PLATFORM, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_F_SR_IOV, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_F_NOTIFICATION_DATA, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_F_NOTIF_CONFIG_DATA, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_F_RING_RESET, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_F_ADMIN_VQ, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_F_SUSPEND, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};
