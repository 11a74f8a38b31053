/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

#ifndef VWR_GEN_DOCUMENT_SCSI_H
#define VWR_GEN_DOCUMENT_SCSI_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/scsi.h"

#define VIRTIO_SCSI_SENSE_DEFAULT_SIZE          VWR_SCSI_SENSE_DEFAULT_SIZE
#define VIRTIO_SCSI_CDB_DEFAULT_SIZE            VWR_SCSI_CDB_DEFAULT_SIZE
#define VIRTIO_SCSI_S_FUNCTION_COMPLETE         VWR_SCSI_S_FUNCTION_COMPLETE

#define VIRTIO_SCSI_F_INOUT                     VWR_SCSI_F_INOUT
#define VIRTIO_SCSI_F_HOTPLUG                   VWR_SCSI_F_HOTPLUG
#define VIRTIO_SCSI_F_CHANGE                    VWR_SCSI_F_CHANGE
#define VIRTIO_SCSI_F_T10_PI                    VWR_SCSI_F_T10_PI

#define VIRTIO_SCSI_S_OK                        VWR_SCSI_S_OK
#define VIRTIO_SCSI_S_OVERRUN                   VWR_SCSI_S_OVERRUN
#define VIRTIO_SCSI_S_ABORTED                   VWR_SCSI_S_ABORTED
#define VIRTIO_SCSI_S_BAD_TARGET                VWR_SCSI_S_BAD_TARGET
#define VIRTIO_SCSI_S_RESET                     VWR_SCSI_S_RESET
#define VIRTIO_SCSI_S_BUSY                      VWR_SCSI_S_BUSY
#define VIRTIO_SCSI_S_TRANSPORT_FAILURE         VWR_SCSI_S_TRANSPORT_FAILURE
#define VIRTIO_SCSI_S_TARGET_FAILURE            VWR_SCSI_S_TARGET_FAILURE
#define VIRTIO_SCSI_S_NEXUS_FAILURE             VWR_SCSI_S_NEXUS_FAILURE
#define VIRTIO_SCSI_S_FAILURE                   VWR_SCSI_S_FAILURE
#define VIRTIO_SCSI_S_FUNCTION_SUCCEEDED        VWR_SCSI_S_FUNCTION_SUCCEEDED
#define VIRTIO_SCSI_S_FUNCTION_REJECTED         VWR_SCSI_S_FUNCTION_REJECTED
#define VIRTIO_SCSI_S_INCORRECT_LUN             VWR_SCSI_S_INCORRECT_LUN

#define VIRTIO_SCSI_S_SIMPLE                    VWR_SCSI_S_SIMPLE
#define VIRTIO_SCSI_S_ORDERED                   VWR_SCSI_S_ORDERED
#define VIRTIO_SCSI_S_HEAD                      VWR_SCSI_S_HEAD
#define VIRTIO_SCSI_S_ACA                       VWR_SCSI_S_ACA

#define VIRTIO_SCSI_T_TMF_ABORT_TASK            VWR_SCSI_T_TMF_ABORT_TASK
#define VIRTIO_SCSI_T_TMF_ABORT_TASK_SET        VWR_SCSI_T_TMF_ABORT_TASK_SET
#define VIRTIO_SCSI_T_TMF_CLEAR_ACA             VWR_SCSI_T_TMF_CLEAR_ACA
#define VIRTIO_SCSI_T_TMF_CLEAR_TASK_SET        VWR_SCSI_T_TMF_CLEAR_TASK_SET
#define VIRTIO_SCSI_T_TMF_I_T_NEXUS_RESET       VWR_SCSI_T_TMF_I_T_NEXUS_RESET
#define VIRTIO_SCSI_T_TMF_LOGICAL_UNIT_RESET    VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET
#define VIRTIO_SCSI_T_TMF_QUERY_TASK            VWR_SCSI_T_TMF_QUERY_TASK
#define VIRTIO_SCSI_T_TMF_QUERY_TASK_SET        VWR_SCSI_T_TMF_QUERY_TASK_SET

#define VIRTIO_SCSI_EVT_RESET_HARD              VWR_SCSI_EVT_RESET_HARD
#define VIRTIO_SCSI_EVT_RESET_RESCAN            VWR_SCSI_EVT_RESET_RESCAN
#define VIRTIO_SCSI_EVT_RESET_REMOVED           VWR_SCSI_EVT_RESET_REMOVED

#define VIRTIO_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE VWR_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE
#define VIRTIO_SCSI_EVT_ASYNC_POWER_MGMT        VWR_SCSI_EVT_ASYNC_POWER_MGMT
#define VIRTIO_SCSI_EVT_ASYNC_EXTERNAL_REQUEST  VWR_SCSI_EVT_ASYNC_EXTERNAL_REQUEST
#define VIRTIO_SCSI_EVT_ASYNC_MEDIA_CHANGE      VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE
#define VIRTIO_SCSI_EVT_ASYNC_MULTI_HOST        VWR_SCSI_EVT_ASYNC_MULTI_HOST
#define VIRTIO_SCSI_EVT_ASYNC_DEVICE_BUSY       VWR_SCSI_EVT_ASYNC_DEVICE_BUSY

#define VIRTIO_SCSI_T_EVENTS_MISSED             VWR_SCSI_T_EVENTS_MISSED

#define VIRTIO_SCSI_T_TMF                       VWR_SCSI_T_TMF
#define VIRTIO_SCSI_T_AN_QUERY                  VWR_SCSI_T_AN_QUERY
#define VIRTIO_SCSI_T_AN_SUBSCRIBE              VWR_SCSI_T_AN_SUBSCRIBE

#define VIRTIO_SCSI_T_NO_EVENT                  VWR_SCSI_T_NO_EVENT
#define VIRTIO_SCSI_T_TRANSPORT_RESET           VWR_SCSI_T_TRANSPORT_RESET
#define VIRTIO_SCSI_T_ASYNC_NOTIFY              VWR_SCSI_T_ASYNC_NOTIFY
#define VIRTIO_SCSI_T_PARAM_CHANGE              VWR_SCSI_T_PARAM_CHANGE

#define virtio_scsi_req_cmd                     vwr_scsi_req_cmd
#define virtio_scsi_ctrl                        vwr_scsi_ctrl
#define virtio_scsi_ctrl_tmf                    vwr_scsi_ctrl_tmf
#define virtio_scsi_ctrl_an                     vwr_scsi_ctrl_an
#define virtio_scsi_event                       vwr_scsi_event
#define virtio_scsi_config                      vwr_scsi_config

#endif
