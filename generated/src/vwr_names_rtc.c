/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rtc.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RTC Device */

#include "vwr/gen/rtc.h"

const struct vwr_name vwr_rtc_feature_names[] = {
    {VWR_RTC_F_ALARM, "ALARM"},
    {0, NULL},
};

const struct vwr_name vwr_rtc_status_names[] = {
    {VWR_RTC_S_OK, "OK"},
    {VWR_RTC_S_EOPNOTSUPP, "EOPNOTSUPP"},
    {VWR_RTC_S_ENODEV, "ENODEV"},
    {VWR_RTC_S_EINVAL, "EINVAL"},
    {VWR_RTC_S_EIO, "EIO"},
    {0, NULL},
};

const struct vwr_name vwr_rtc_clock_names[] = {
    {VWR_RTC_CLOCK_UTC, "UTC"},
    {VWR_RTC_CLOCK_TAI, "TAI"},
    {VWR_RTC_CLOCK_MONOTONIC, "MONOTONIC"},
    {VWR_RTC_CLOCK_UTC_SMEARED, "UTC_SMEARED"},
    {VWR_RTC_CLOCK_UTC_MAYBE_SMEARED, "UTC_MAYBE_SMEARED"},
    {0, NULL},
};

const struct vwr_name vwr_rtc_smear_names[] = {
    {VWR_RTC_SMEAR_UNSPECIFIED, "UNSPECIFIED"},
    {VWR_RTC_SMEAR_NOON_LINEAR, "NOON_LINEAR"},
    {VWR_RTC_SMEAR_UTC_SLS, "UTC_SLS"},
    {0, NULL},
};

const struct vwr_name vwr_rtc_counter_names[] = {
    {VWR_RTC_COUNTER_ARM_VCT, "ARM_VCT"},
    {VWR_RTC_COUNTER_X86_TSC, "X86_TSC"},
    {VWR_RTC_COUNTER_INVALID, "INVALID"},
    {0, NULL},
};

const struct vwr_name vwr_rtc_clock_cap_flags_names[] = {
    {VWR_RTC_FLAG_ALARM_CAP, "ALARM_CAP"},
    {0, NULL},
};

const struct vwr_name vwr_rtc_cross_cap_flags_names[] = {
    {VWR_RTC_FLAG_CROSS_CAP, "CROSS_CAP"},
    {0, NULL},
};

const struct vwr_name vwr_rtc_alarm_flags_names[] = {
    {VWR_RTC_FLAG_ALARM_ENABLED, "ALARM_ENABLED"},
    {0, NULL},
};

const struct vwr_name vwr_rtc_request_names[] = {
    {VWR_RTC_REQ_CFG, "CFG"},
    {VWR_RTC_REQ_CLOCK_CAP, "CLOCK_CAP"},
    {VWR_RTC_REQ_CROSS_CAP, "CROSS_CAP"},
    {VWR_RTC_REQ_READ, "READ"},
    {VWR_RTC_REQ_READ_CROSS, "READ_CROSS"},
    {VWR_RTC_REQ_READ_ALARM, "READ_ALARM"},
    {VWR_RTC_REQ_SET_ALARM, "SET_ALARM"},
    {VWR_RTC_REQ_SET_ALARM_ENABLED, "SET_ALARM_ENABLED"},
    {0, NULL},
};

const struct vwr_name vwr_rtc_notification_names[] = {
    {VWR_RTC_NOTIF_ALARM, "ALARM"},
    {0, NULL},
};
