/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/9p.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

#include "vwr/gen/9p.h"

const struct vwr_name vwr_9p_feature_names[] = {
    {VWR_9P_F_MOUNT_TAG, "MOUNT_TAG"},
    {0, NULL},
};
