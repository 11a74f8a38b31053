/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

#include "vwr/gen/scsi.h"

const struct vwr_name vwr_scsi_feature_names[] = {
    {VWR_SCSI_F_INOUT, "INOUT"},
    {VWR_SCSI_F_HOTPLUG, "HOTPLUG"},
    {VWR_SCSI_F_CHANGE, "CHANGE"},
    {VWR_SCSI_F_T10_PI, "T10_PI"},
    {0, NULL},
};

const struct vwr_name vwr_scsi_response_names[] = {
    {VWR_SCSI_S_OK, "OK"},
    {VWR_SCSI_S_OVERRUN, "OVERRUN"},
    {VWR_SCSI_S_ABORTED, "ABORTED"},
    {VWR_SCSI_S_BAD_TARGET, "BAD_TARGET"},
    {VWR_SCSI_S_RESET, "RESET"},
    {VWR_SCSI_S_BUSY, "BUSY"},
    {VWR_SCSI_S_TRANSPORT_FAILURE, "TRANSPORT_FAILURE"},
    {VWR_SCSI_S_TARGET_FAILURE, "TARGET_FAILURE"},
    {VWR_SCSI_S_NEXUS_FAILURE, "NEXUS_FAILURE"},
    {VWR_SCSI_S_FAILURE, "FAILURE"},
    {VWR_SCSI_S_FUNCTION_SUCCEEDED, "FUNCTION_SUCCEEDED"},
    {VWR_SCSI_S_FUNCTION_REJECTED, "FUNCTION_REJECTED"},
    {VWR_SCSI_S_INCORRECT_LUN, "INCORRECT_LUN"},
    {0, NULL},
};

const struct vwr_name vwr_scsi_task_attr_names[] = {
    {VWR_SCSI_S_SIMPLE, "SIMPLE"},
    {VWR_SCSI_S_ORDERED, "ORDERED"},
    {VWR_SCSI_S_HEAD, "HEAD"},
    {VWR_SCSI_S_ACA, "ACA"},
    {0, NULL},
};

const struct vwr_name vwr_scsi_tmf_subtype_names[] = {
    {VWR_SCSI_T_TMF_ABORT_TASK, "ABORT_TASK"},
    {VWR_SCSI_T_TMF_ABORT_TASK_SET, "ABORT_TASK_SET"},
    {VWR_SCSI_T_TMF_CLEAR_ACA, "CLEAR_ACA"},
    {VWR_SCSI_T_TMF_CLEAR_TASK_SET, "CLEAR_TASK_SET"},
    {VWR_SCSI_T_TMF_I_T_NEXUS_RESET, "I_T_NEXUS_RESET"},
    {VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET, "LOGICAL_UNIT_RESET"},
    {VWR_SCSI_T_TMF_QUERY_TASK, "QUERY_TASK"},
    {VWR_SCSI_T_TMF_QUERY_TASK_SET, "QUERY_TASK_SET"},
    {0, NULL},
};

const struct vwr_name vwr_scsi_reset_reason_names[] = {
    {VWR_SCSI_EVT_RESET_HARD, "HARD"},
    {VWR_SCSI_EVT_RESET_RESCAN, "RESCAN"},
    {VWR_SCSI_EVT_RESET_REMOVED, "REMOVED"},
    {0, NULL},
};

const struct vwr_name vwr_scsi_async_event_names[] = {
    {VWR_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE, "OPERATIONAL_CHANGE"},
    {VWR_SCSI_EVT_ASYNC_POWER_MGMT, "POWER_MGMT"},
    {VWR_SCSI_EVT_ASYNC_EXTERNAL_REQUEST, "EXTERNAL_REQUEST"},
    {VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE, "MEDIA_CHANGE"},
    {VWR_SCSI_EVT_ASYNC_MULTI_HOST, "MULTI_HOST"},
    {VWR_SCSI_EVT_ASYNC_DEVICE_BUSY, "DEVICE_BUSY"},
    {0, NULL},
};

const struct vwr_name vwr_scsi_event_flag_names[] = {
    {VWR_SCSI_T_EVENTS_MISSED, "EVENTS_MISSED"},
    {0, NULL},
};

const struct vwr_name vwr_scsi_control_type_names[] = {
    {VWR_SCSI_T_TMF, "TMF"},
    {VWR_SCSI_T_AN_QUERY, "AN_QUERY"},
    {VWR_SCSI_T_AN_SUBSCRIBE, "AN_SUBSCRIBE"},
    {0, NULL},
};

const struct vwr_name vwr_scsi_event_type_names[] = {
    {VWR_SCSI_T_NO_EVENT, "NO_EVENT"},
    {VWR_SCSI_T_TRANSPORT_RESET, "TRANSPORT_RESET"},
    {VWR_SCSI_T_ASYNC_NOTIFY, "ASYNC_NOTIFY"},
    {VWR_SCSI_T_PARAM_CHANGE, "PARAM_CHANGE"},
    {0, NULL},
};
