/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/mem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Memory Device */

#include "vwr/gen/mem.h"

const struct vwr_name vwr_mem_feature_names[] = {
    {VWR_MEM_F_ACPI_PXM, "ACPI_PXM"},
    {VWR_MEM_F_UNPLUGGED_INACCESSIBLE, "UNPLUGGED_INACCESSIBLE"},
    {VWR_MEM_F_PERSISTENT_SUSPEND, "PERSISTENT_SUSPEND"},
    {0, NULL},
};

const struct vwr_name vwr_mem_response_type_names[] = {
    {VWR_MEM_RESP_ACK, "ACK"},
    {VWR_MEM_RESP_NACK, "NACK"},
    {VWR_MEM_RESP_BUSY, "BUSY"},
    {VWR_MEM_RESP_ERROR, "ERROR"},
    {0, NULL},
};

const struct vwr_name vwr_mem_state_type_names[] = {
    {VWR_MEM_STATE_PLUGGED, "PLUGGED"},
    {VWR_MEM_STATE_UNPLUGGED, "UNPLUGGED"},
    {VWR_MEM_STATE_MIXED, "MIXED"},
    {0, NULL},
};

const struct vwr_name vwr_mem_request_type_names[] = {
    {VWR_MEM_REQ_PLUG, "PLUG"},
    {VWR_MEM_REQ_UNPLUG, "UNPLUG"},
    {VWR_MEM_REQ_UNPLUG_ALL, "UNPLUG_ALL"},
    {VWR_MEM_REQ_STATE, "STATE"},
    {0, NULL},
};
