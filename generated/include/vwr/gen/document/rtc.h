/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rtc.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RTC Device */

#ifndef VWR_GEN_DOCUMENT_RTC_H
#define VWR_GEN_DOCUMENT_RTC_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/rtc.h"

#define VIRTIO_RTC_F_ALARM                      VWR_RTC_F_ALARM

#define VIRTIO_RTC_S_OK                         VWR_RTC_S_OK
#define VIRTIO_RTC_S_EOPNOTSUPP                 VWR_RTC_S_EOPNOTSUPP
#define VIRTIO_RTC_S_ENODEV                     VWR_RTC_S_ENODEV
#define VIRTIO_RTC_S_EINVAL                     VWR_RTC_S_EINVAL
#define VIRTIO_RTC_S_EIO                        VWR_RTC_S_EIO

#define VIRTIO_RTC_CLOCK_UTC                    VWR_RTC_CLOCK_UTC
#define VIRTIO_RTC_CLOCK_TAI                    VWR_RTC_CLOCK_TAI
#define VIRTIO_RTC_CLOCK_MONOTONIC              VWR_RTC_CLOCK_MONOTONIC
#define VIRTIO_RTC_CLOCK_UTC_SMEARED            VWR_RTC_CLOCK_UTC_SMEARED
#define VIRTIO_RTC_CLOCK_UTC_MAYBE_SMEARED      VWR_RTC_CLOCK_UTC_MAYBE_SMEARED

#define VIRTIO_RTC_SMEAR_UNSPECIFIED            VWR_RTC_SMEAR_UNSPECIFIED
#define VIRTIO_RTC_SMEAR_NOON_LINEAR            VWR_RTC_SMEAR_NOON_LINEAR
#define VIRTIO_RTC_SMEAR_UTC_SLS                VWR_RTC_SMEAR_UTC_SLS

#define VIRTIO_RTC_COUNTER_ARM_VCT              VWR_RTC_COUNTER_ARM_VCT
#define VIRTIO_RTC_COUNTER_X86_TSC              VWR_RTC_COUNTER_X86_TSC
#define VIRTIO_RTC_COUNTER_INVALID              VWR_RTC_COUNTER_INVALID

#define VIRTIO_RTC_FLAG_ALARM_CAP               VWR_RTC_FLAG_ALARM_CAP

#define VIRTIO_RTC_FLAG_CROSS_CAP               VWR_RTC_FLAG_CROSS_CAP

#define VIRTIO_RTC_FLAG_ALARM_ENABLED           VWR_RTC_FLAG_ALARM_ENABLED

#define VIRTIO_RTC_REQ_CFG                      VWR_RTC_REQ_CFG
#define VIRTIO_RTC_REQ_CLOCK_CAP                VWR_RTC_REQ_CLOCK_CAP
#define VIRTIO_RTC_REQ_CROSS_CAP                VWR_RTC_REQ_CROSS_CAP
#define VIRTIO_RTC_REQ_READ                     VWR_RTC_REQ_READ
#define VIRTIO_RTC_REQ_READ_CROSS               VWR_RTC_REQ_READ_CROSS
#define VIRTIO_RTC_REQ_READ_ALARM               VWR_RTC_REQ_READ_ALARM
#define VIRTIO_RTC_REQ_SET_ALARM                VWR_RTC_REQ_SET_ALARM
#define VIRTIO_RTC_REQ_SET_ALARM_ENABLED        VWR_RTC_REQ_SET_ALARM_ENABLED

#define VIRTIO_RTC_NOTIF_ALARM                  VWR_RTC_NOTIF_ALARM

#define virtio_rtc_req_head                     vwr_rtc_req_head
#define virtio_rtc_resp_head                    vwr_rtc_resp_head
#define virtio_rtc_req_cfg                      vwr_rtc_req_cfg
#define virtio_rtc_resp_cfg                     vwr_rtc_resp_cfg
#define virtio_rtc_req_clock_cap                vwr_rtc_req_clock_cap
#define virtio_rtc_resp_clock_cap               vwr_rtc_resp_clock_cap
#define virtio_rtc_req_cross_cap                vwr_rtc_req_cross_cap
#define virtio_rtc_resp_cross_cap               vwr_rtc_resp_cross_cap
#define virtio_rtc_req_read                     vwr_rtc_req_read
#define virtio_rtc_resp_read                    vwr_rtc_resp_read
#define virtio_rtc_req_read_cross               vwr_rtc_req_read_cross
#define virtio_rtc_resp_read_cross              vwr_rtc_resp_read_cross
#define virtio_rtc_req_read_alarm               vwr_rtc_req_read_alarm
#define virtio_rtc_resp_read_alarm              vwr_rtc_resp_read_alarm
#define virtio_rtc_req_set_alarm                vwr_rtc_req_set_alarm
#define virtio_rtc_resp_set_alarm               vwr_rtc_resp_set_alarm
#define virtio_rtc_req_set_alarm_enabled        vwr_rtc_req_set_alarm_enabled
#define virtio_rtc_resp_set_alarm_enabled       vwr_rtc_resp_set_alarm_enabled
#define virtio_rtc_notif_head                   vwr_rtc_notif_head
#define virtio_rtc_notif_alarm                  vwr_rtc_notif_alarm

#endif
