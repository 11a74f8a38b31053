/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rtc.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RTC Device */

#include "vwr/gen/features.h"
#include "vwr/gen/rtc.h"

const struct vwr_command vwr_rtc_request_table[VWR_RTC_REQUEST_COUNT] = {
    {
        .command = VWR_RTC_REQ_CFG, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 16,
    },
    {
        .command = VWR_RTC_REQ_CLOCK_CAP, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 16,
    },
    {
        .command = VWR_RTC_REQ_CROSS_CAP, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 16,
    },
    {
        .command = VWR_RTC_REQ_READ, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 16,
    },
    {
        .command = VWR_RTC_REQ_READ_CROSS, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 24,
    },
    {
        .command = VWR_RTC_REQ_READ_ALARM, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_RTC_F_ALARM, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 24,
    },
    {
        .command = VWR_RTC_REQ_SET_ALARM, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_RTC_F_ALARM, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 8,
    },
    {
        .command = VWR_RTC_REQ_SET_ALARM_ENABLED, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_RTC_F_ALARM, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 8,
    },
};

const struct vwr_command vwr_rtc_notification_table[VWR_RTC_NOTIFICATION_COUNT] = {
    {
        .command = VWR_RTC_NOTIF_ALARM, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_RTC_F_ALARM, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
};
