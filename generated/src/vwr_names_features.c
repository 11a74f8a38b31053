/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/features.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Reserved Feature Bits */

#include "vwr/gen/features.h"

const struct vwr_name vwr_feature_names[] = {
    {VWR_F_NOTIFY_ON_EMPTY, "NOTIFY_ON_EMPTY"},
    {VWR_F_ANY_LAYOUT, "ANY_LAYOUT"},
    {VWR_F_INDIRECT_DESC, "INDIRECT_DESC"},
    {VWR_F_EVENT_IDX, "EVENT_IDX"},
    {VWR_F_VERSION_1, "VERSION_1"},
    {VWR_F_ACCESS_PLATFORM, "ACCESS_PLATFORM"},
    {VWR_F_RING_PACKED, "RING_PACKED"},
    {VWR_F_IN_ORDER, "IN_ORDER"},
    {VWR_F_ORDER_PLATFORM, "ORDER_PLATFORM"},
    {VWR_F_SR_IOV, "SR_IOV"},
    {VWR_F_NOTIFICATION_DATA, "NOTIFICATION_DATA"},
    {VWR_F_NOTIF_CONFIG_DATA, "NOTIF_CONFIG_DATA"},
    {VWR_F_RING_RESET, "RING_RESET"},
    {VWR_F_ADMIN_VQ, "ADMIN_VQ"},
    {VWR_F_SUSPEND, "SUSPEND"},
    {0, NULL},
};
