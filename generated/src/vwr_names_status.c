/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/status.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Status Field */

#include "vwr/gen/status.h"

const struct vwr_name vwr_status_names[] = {
    {VWR_STATUS_ACKNOWLEDGE, "ACKNOWLEDGE"},
    {VWR_STATUS_DRIVER, "DRIVER"},
    {VWR_STATUS_DRIVER_OK, "DRIVER_OK"},
    {VWR_STATUS_FEATURES_OK, "FEATURES_OK"},
    {VWR_STATUS_SUSPEND, "SUSPEND"},
    {VWR_STATUS_DEVICE_NEEDS_RESET, "DEVICE_NEEDS_RESET"},
    {VWR_STATUS_FAILED, "FAILED"},
    {0, NULL},
};
