/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rtc.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RTC Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_RTC_H
#define VWR_STANDALONE_RTC_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_CLOCK 17                              /* Readable clocks, some with an alarm. */

#define VIRTIO_RTC_EXPERIMENTAL 0xf0u                   /* First experimental value of clock types, smearing variants
                                                           and counters; 0xff is not a counter. */

/* features; "Feature bits" */
#define VIRTIO_RTC_F_ALARM 0                            /* Clocks may have an alarm. */

/* enums.status; "Device Operation" */
#define VIRTIO_RTC_S_OK 0                               /* The command succeeded. */
#define VIRTIO_RTC_S_EOPNOTSUPP 2                       /* The device does not support the request. */
#define VIRTIO_RTC_S_ENODEV 3                           /* The clock does not exist, or has no alarm. */
#define VIRTIO_RTC_S_EINVAL 4                           /* The request is malformed or a buffer is too small. */
#define VIRTIO_RTC_S_EIO 5                              /* The device failed; the request was valid. */

/* enums.clock; "Device Operation / Common Definitions / Clock Types" */
#define VIRTIO_RTC_CLOCK_UTC 0                          /* UTC since 1970, with steps at leap seconds. */
#define VIRTIO_RTC_CLOCK_TAI 1                          /* TAI since 1970. */
#define VIRTIO_RTC_CLOCK_MONOTONIC 2                    /* Monotonic time since an arbitrary point before the end of
                                                           the reset. */
#define VIRTIO_RTC_CLOCK_UTC_SMEARED 3                  /* UTC with smeared leap seconds. */
#define VIRTIO_RTC_CLOCK_UTC_MAYBE_SMEARED 4            /* UTC that may smear or step at leap seconds. */

/* enums.smear; "Device Operation / Common Definitions / Smearing Variants" */
#define VIRTIO_RTC_SMEAR_UNSPECIFIED 0                  /* Unknown, or no smearing. */
#define VIRTIO_RTC_SMEAR_NOON_LINEAR 1                  /* Linear, from noon before the leap second to noon after it. */
#define VIRTIO_RTC_SMEAR_UTC_SLS 2                      /* Linear, over the last 1000 seconds of the day. */

/* enums.counter; "Device Operation / Common Definitions / Hardware Counters" */
#define VIRTIO_RTC_COUNTER_ARM_VCT 0                    /* Virtual count register of Arm (CNTVCT_EL0). */
#define VIRTIO_RTC_COUNTER_X86_TSC 1                    /* Time-stamp counter of x86. */
#define VIRTIO_RTC_COUNTER_INVALID 0xff                 /* No counter. */

/* flags.clock-cap-flags; "Device Operation / Control Requests" */
#define VIRTIO_RTC_FLAG_ALARM_CAP 0x1                   /* The clock has an alarm; with ALARM. */

/* flags.cross-cap-flags; "Device Operation / Control Requests" */
#define VIRTIO_RTC_FLAG_CROSS_CAP 0x1                   /* The driver can read clock and counter simultaneously. */

/* flags.alarm-flags; "Device Operation / Alarm Operation / Alarm Control Requests" */
#define VIRTIO_RTC_FLAG_ALARM_ENABLED 0x1               /* The alarm is enabled; with ALARM. */

/* messages.request; "Device Operation" */
#define VIRTIO_RTC_REQ_CFG 0x1000                       /* Query the number of clocks. */
#define VIRTIO_RTC_REQ_CLOCK_CAP 0x1001                 /* Query the properties of a clock. */
#define VIRTIO_RTC_REQ_CROSS_CAP 0x1002                 /* Query whether a clock and a counter can be read
                                                           simultaneously. */
#define VIRTIO_RTC_REQ_READ 0x1                         /* Read a clock. */
#define VIRTIO_RTC_REQ_READ_CROSS 0x2                   /* Read a clock and a counter simultaneously. */
#define VIRTIO_RTC_REQ_READ_ALARM 0x1003                /* Read an alarm; with ALARM. */
#define VIRTIO_RTC_REQ_SET_ALARM 0x1004                 /* Set and enable or disable an alarm; with ALARM. */
#define VIRTIO_RTC_REQ_SET_ALARM_ENABLED 0x1005         /* Enable or disable an alarm without changing its time; with
                                                           ALARM. */

/* messages.notification; "Device Operation / Alarm Operation / Alarm Notifications" */
#define VIRTIO_RTC_NOTIF_ALARM 0x2000                   /* An alarm has expired; with ALARM. */

/* queues; "RTC Device" */
#define VIRTIO_RTC_QUEUE_REQUESTQ 0                     /* Requests and their answers. */
#define VIRTIO_RTC_QUEUE_ALARMQ 1                       /* Buffers that the device fills when an alarm expires; with
                                                           ALARM. */

/* Header of a request. structs.req_head; "Device Operation" */
struct virtio_rtc_req_head {
    uint16_t msg_type;                      /* Request type; VIRTIO_RTC_REQ_*. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_head, 8);

/*
 * Header of a response; the rest is valid only if status is OK.
 * structs.resp_head; "Device Operation"
 */
struct virtio_rtc_resp_head {
    uint8_t status;                         /* Status of the request; VIRTIO_RTC_S_*. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_head, 8);

/* REQ_CFG request. structs.req_cfg; "Device Operation / Control Requests" */
struct virtio_rtc_req_cfg {
    struct virtio_rtc_req_head head;        /* REQ_CFG. */
};
VIRTIO_SIZE(virtio_rtc_req_cfg, 8);

/* Response to REQ_CFG. structs.resp_cfg; "Device Operation / Control Requests" */
struct virtio_rtc_resp_cfg {
    struct virtio_rtc_resp_head head;       /* Status of REQ_CFG. */
    uint16_t num_clocks;                    /* Number of clocks; ids start at 0. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_cfg, 16);

/* REQ_CLOCK_CAP request. structs.req_clock_cap; "Device Operation / Control Requests" */
struct virtio_rtc_req_clock_cap {
    struct virtio_rtc_req_head head;        /* REQ_CLOCK_CAP. */
    uint16_t clock_id;                      /* Clock id. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_clock_cap, 16);

/* Response to REQ_CLOCK_CAP. structs.resp_clock_cap; "Device Operation / Control Requests" */
struct virtio_rtc_resp_clock_cap {
    struct virtio_rtc_resp_head head;       /* Status of REQ_CLOCK_CAP. */
    uint8_t type;                           /* Clock type; VIRTIO_RTC_CLOCK_*. */
    uint8_t leap_second_smearing;           /* Smearing variant of a UTC_SMEARED clock; VIRTIO_RTC_SMEAR_*. */
    uint8_t flags;                          /* Clock capabilities; VIRTIO_RTC_FLAG_ALARM_CAP. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_clock_cap, 16);

/* REQ_CROSS_CAP request. structs.req_cross_cap; "Device Operation / Control Requests" */
struct virtio_rtc_req_cross_cap {
    struct virtio_rtc_req_head head;        /* REQ_CROSS_CAP. */
    uint16_t clock_id;                      /* Clock id. */
    uint8_t hw_counter;                     /* Hardware counter; VIRTIO_RTC_COUNTER_*. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_cross_cap, 16);

/* Response to REQ_CROSS_CAP. structs.resp_cross_cap; "Device Operation / Control Requests" */
struct virtio_rtc_resp_cross_cap {
    struct virtio_rtc_resp_head head;       /* Status of REQ_CROSS_CAP. */
    uint8_t flags;                          /* Whether the combination is supported; VIRTIO_RTC_FLAG_CROSS_CAP. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_cross_cap, 16);

/* REQ_READ request. structs.req_read; "Device Operation / Read Requests" */
struct virtio_rtc_req_read {
    struct virtio_rtc_req_head head;        /* REQ_READ. */
    uint16_t clock_id;                      /* Clock id. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_read, 16);

/* Response to REQ_READ. structs.resp_read; "Device Operation / Read Requests" */
struct virtio_rtc_resp_read {
    struct virtio_rtc_resp_head head;       /* Status of REQ_READ. */
    uint64_t clock_reading;                 /* Clock reading; in nanoseconds. */
};
VIRTIO_SIZE(virtio_rtc_resp_read, 16);

/* REQ_READ_CROSS request. structs.req_read_cross; "Device Operation / Read Requests" */
struct virtio_rtc_req_read_cross {
    struct virtio_rtc_req_head head;        /* REQ_READ_CROSS. */
    uint16_t clock_id;                      /* Clock id. */
    uint8_t hw_counter;                     /* Hardware counter; VIRTIO_RTC_COUNTER_*. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_read_cross, 16);

/* Response to REQ_READ_CROSS. structs.resp_read_cross; "Device Operation / Read Requests" */
struct virtio_rtc_resp_read_cross {
    struct virtio_rtc_resp_head head;       /* Status of REQ_READ_CROSS. */
    uint64_t clock_reading;                 /* Clock reading; in nanoseconds. */
    uint64_t counter_cycles;                /* Counter value at the time of the reading; in cycles. */
};
VIRTIO_SIZE(virtio_rtc_resp_read_cross, 24);

/*
 * REQ_READ_ALARM request.
 * structs.req_read_alarm; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_req_read_alarm {
    struct virtio_rtc_req_head head;        /* REQ_READ_ALARM. */
    uint16_t clock_id;                      /* Clock id. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_read_alarm, 16);

/*
 * Response to REQ_READ_ALARM.
 * structs.resp_read_alarm; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_resp_read_alarm {
    struct virtio_rtc_resp_head head;       /* Status of REQ_READ_ALARM. */
    uint64_t alarm_time;                    /* Expiry time; in nanoseconds. */
    uint8_t flags;                          /* Alarm state; VIRTIO_RTC_FLAG_ALARM_ENABLED. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_read_alarm, 24);

/*
 * REQ_SET_ALARM request.
 * structs.req_set_alarm; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_req_set_alarm {
    struct virtio_rtc_req_head head;        /* REQ_SET_ALARM. */
    uint64_t alarm_time;                    /* Expiry time to set; in nanoseconds. */
    uint16_t clock_id;                      /* Clock id. */
    uint8_t flags;                          /* Alarm state to set; VIRTIO_RTC_FLAG_ALARM_ENABLED. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_set_alarm, 24);

/*
 * Response to REQ_SET_ALARM.
 * structs.resp_set_alarm; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_resp_set_alarm {
    struct virtio_rtc_resp_head head;       /* Status of REQ_SET_ALARM. */
};
VIRTIO_SIZE(virtio_rtc_resp_set_alarm, 8);

/*
 * REQ_SET_ALARM_ENABLED request.
 * structs.req_set_alarm_enabled; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_req_set_alarm_enabled {
    struct virtio_rtc_req_head head;        /* REQ_SET_ALARM_ENABLED. */
    uint16_t clock_id;                      /* Clock id. */
    uint8_t flags;                          /* Alarm state to set; VIRTIO_RTC_FLAG_ALARM_ENABLED. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_set_alarm_enabled, 16);

/*
 * Response to REQ_SET_ALARM_ENABLED.
 * structs.resp_set_alarm_enabled; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_resp_set_alarm_enabled {
    struct virtio_rtc_resp_head head;       /* Status of REQ_SET_ALARM_ENABLED. */
};
VIRTIO_SIZE(virtio_rtc_resp_set_alarm_enabled, 8);

/*
 * Header of an alarmq notification.
 * structs.notif_head; "Device Operation / Alarm Operation / Alarm Notifications"
 */
struct virtio_rtc_notif_head {
    uint16_t msg_type;                      /* Notification type; VIRTIO_RTC_NOTIF_ALARM. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_notif_head, 8);

/*
 * Notification of an expired alarm.
 * structs.notif_alarm; "Device Operation / Alarm Operation / Alarm Notifications"
 */
struct virtio_rtc_notif_alarm {
    struct virtio_rtc_notif_head head;      /* NOTIF_ALARM. */
    uint16_t clock_id;                      /* Clock of the alarm. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_notif_alarm, 16);

#undef VIRTIO_SIZE
#endif
