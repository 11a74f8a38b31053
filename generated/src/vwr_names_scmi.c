/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scmi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCMI Device */

#include "vwr/gen/scmi.h"

const struct vwr_name vwr_scmi_feature_names[] = {
    {VWR_SCMI_F_P2A_CHANNELS, "P2A_CHANNELS"},
    {VWR_SCMI_F_SHARED_MEMORY, "SHARED_MEMORY"},
    {0, NULL},
};

const struct vwr_name vwr_scmi_shm_id_names[] = {
    {VWR_SCMI_SHM_ID_POWER_STATE_STATISTICS, "POWER_STATE_STATISTICS"},
    {VWR_SCMI_SHM_ID_PERFORMANCE_DOMAIN_STATISTICS, "PERFORMANCE_DOMAIN_STATISTICS"},
    {VWR_SCMI_SHM_ID_SENSOR_VALUES, "SENSOR_VALUES"},
    {0, NULL},
};
