/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rtc.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RTC Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_RTC_H
#define VWR_STANDALONE_RTC_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_CLOCK 17                              /* Clocks to read, some of them with an alarm. */

#define VIRTIO_RTC_EXPERIMENTAL 0xf0u                   /* From here on clocks, smearing variants and counters are
                                                           experimental; but 0xff is no counter. */

/* features; "Feature bits" */
#define VIRTIO_RTC_F_ALARM 0                            /* Some clocks may have an alarm. */

/* enums.status; "Device Operation" */
#define VIRTIO_RTC_S_OK 0                               /* Done. */
#define VIRTIO_RTC_S_EOPNOTSUPP 2                       /* The device cannot do this or does not know it. */
#define VIRTIO_RTC_S_ENODEV 3                           /* There is no such clock or it has no alarm. */
#define VIRTIO_RTC_S_EINVAL 4                           /* The request is malformed or a buffer too small. */
#define VIRTIO_RTC_S_EIO 5                              /* The device failed through no fault of the driver's. */

/* enums.clock; "Device Operation / Common Definitions / Clock Types" */
#define VIRTIO_RTC_CLOCK_UTC 0                          /* UTC since 1970; steps at leap seconds. */
#define VIRTIO_RTC_CLOCK_TAI 1                          /* TAI since 1970. */
#define VIRTIO_RTC_CLOCK_MONOTONIC 2                    /* Physical time since some moment before the reset was over. */
#define VIRTIO_RTC_CLOCK_UTC_SMEARED 3                  /* UTC with leap seconds smeared. */
#define VIRTIO_RTC_CLOCK_UTC_MAYBE_SMEARED 4            /* UTC; each leap second may be smeared or a step. */

/* enums.smear; "Device Operation / Common Definitions / Smearing Variants" */
#define VIRTIO_RTC_SMEAR_UNSPECIFIED 0                  /* Unknown or not smeared. */
#define VIRTIO_RTC_SMEAR_NOON_LINEAR 1                  /* Evenly from noon before to noon after the leap second. */
#define VIRTIO_RTC_SMEAR_UTC_SLS 2                      /* Evenly over the last 1000 seconds of the day. */

/* enums.counter; "Device Operation / Common Definitions / Hardware Counters" */
#define VIRTIO_RTC_COUNTER_ARM_VCT 0                    /* Virtual count register of Arm (CNTVCT_EL0). */
#define VIRTIO_RTC_COUNTER_X86_TSC 1                    /* Time-stamp counter of x86. */
#define VIRTIO_RTC_COUNTER_INVALID 0xff                 /* No counter. */

/* flags.clock-cap-flags; "Device Operation / Control Requests" */
#define VIRTIO_RTC_FLAG_ALARM_CAP 0x1                   /* The clock has an alarm; with ALARM. */

/* flags.cross-cap-flags; "Device Operation / Control Requests" */
#define VIRTIO_RTC_FLAG_CROSS_CAP 0x1                   /* The clock can be read together with the counter. */

/* flags.alarm-flags; "Device Operation / Alarm Operation / Alarm Control Requests" */
#define VIRTIO_RTC_FLAG_ALARM_ENABLED 0x1               /* The alarm is on; with ALARM. */

/* messages.request; "Device Operation" */
#define VIRTIO_RTC_REQ_CFG 0x1000                       /* Ask how many clocks there are. */
#define VIRTIO_RTC_REQ_CLOCK_CAP 0x1001                 /* Ask what a clock is like. */
#define VIRTIO_RTC_REQ_CROSS_CAP 0x1002                 /* Ask if a clock and a counter can be read at once. */
#define VIRTIO_RTC_REQ_READ 0x1                         /* Read a clock. */
#define VIRTIO_RTC_REQ_READ_CROSS 0x2                   /* Read a clock and a counter at once. */
#define VIRTIO_RTC_REQ_READ_ALARM 0x1003                /* Read an alarm; with ALARM. */
#define VIRTIO_RTC_REQ_SET_ALARM 0x1004                 /* Set an alarm's time, and switch it on or off; with ALARM. */
#define VIRTIO_RTC_REQ_SET_ALARM_ENABLED 0x1005         /* Switch an alarm on or off; its time stays; with ALARM. */

/* messages.notification; "Device Operation / Alarm Operation / Alarm Notifications" */
#define VIRTIO_RTC_NOTIF_ALARM 0x2000                   /* An alarm has expired; with ALARM. */

/* queues; "RTC Device" */
#define VIRTIO_RTC_QUEUE_REQUESTQ 0                     /* Requests and their answers. */
#define VIRTIO_RTC_QUEUE_ALARMQ 1                       /* Buffers that the device fills when an alarm expires; with
                                                           ALARM. */

/* Every request begins with it. structs.req_head; "Device Operation" */
struct virtio_rtc_req_head {
    uint16_t msg_type;                      /* What to do; VIRTIO_RTC_REQ_*. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_head, 8);

/*
 * Every answer begins with it; the rest counts only if status is OK.
 * structs.resp_head; "Device Operation"
 */
struct virtio_rtc_resp_head {
    uint8_t status;                         /* How it went; VIRTIO_RTC_S_*. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_head, 8);

/* Asks for the number of clocks. structs.req_cfg; "Device Operation / Control Requests" */
struct virtio_rtc_req_cfg {
    struct virtio_rtc_req_head head;        /* REQ_CFG. */
};
VIRTIO_SIZE(virtio_rtc_req_cfg, 8);

/* Answer to REQ_CFG. structs.resp_cfg; "Device Operation / Control Requests" */
struct virtio_rtc_resp_cfg {
    struct virtio_rtc_resp_head head;       /* How it went. */
    uint16_t num_clocks;                    /* Number of clocks; their ids count from 0. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_cfg, 16);

/* Asks what a clock is like. structs.req_clock_cap; "Device Operation / Control Requests" */
struct virtio_rtc_req_clock_cap {
    struct virtio_rtc_req_head head;        /* REQ_CLOCK_CAP. */
    uint16_t clock_id;                      /* Which clock. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_clock_cap, 16);

/* Answer to REQ_CLOCK_CAP. structs.resp_clock_cap; "Device Operation / Control Requests" */
struct virtio_rtc_resp_clock_cap {
    struct virtio_rtc_resp_head head;       /* How it went. */
    uint8_t type;                           /* What kind of clock it is; VIRTIO_RTC_CLOCK_*. */
    uint8_t leap_second_smearing;           /* How a UTC_SMEARED clock treats leap seconds; VIRTIO_RTC_SMEAR_*. */
    uint8_t flags;                          /* What it can do; VIRTIO_RTC_FLAG_ALARM_CAP. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_clock_cap, 16);

/*
 * Asks if a clock and a counter can be read at once.
 * structs.req_cross_cap; "Device Operation / Control Requests"
 */
struct virtio_rtc_req_cross_cap {
    struct virtio_rtc_req_head head;        /* REQ_CROSS_CAP. */
    uint16_t clock_id;                      /* Which clock. */
    uint8_t hw_counter;                     /* Which counter; VIRTIO_RTC_COUNTER_*. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_cross_cap, 16);

/* Answer to REQ_CROSS_CAP. structs.resp_cross_cap; "Device Operation / Control Requests" */
struct virtio_rtc_resp_cross_cap {
    struct virtio_rtc_resp_head head;       /* How it went. */
    uint8_t flags;                          /* Whether it can be done; VIRTIO_RTC_FLAG_CROSS_CAP. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_cross_cap, 16);

/* Reads a clock. structs.req_read; "Device Operation / Read Requests" */
struct virtio_rtc_req_read {
    struct virtio_rtc_req_head head;        /* REQ_READ. */
    uint16_t clock_id;                      /* Which clock. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_read, 16);

/* Answer to REQ_READ. structs.resp_read; "Device Operation / Read Requests" */
struct virtio_rtc_resp_read {
    struct virtio_rtc_resp_head head;       /* How it went. */
    uint64_t clock_reading;                 /* The clock's time; in nanoseconds. */
};
VIRTIO_SIZE(virtio_rtc_resp_read, 16);

/* Reads a clock and a counter at once. structs.req_read_cross; "Device Operation / Read Requests" */
struct virtio_rtc_req_read_cross {
    struct virtio_rtc_req_head head;        /* REQ_READ_CROSS. */
    uint16_t clock_id;                      /* Which clock. */
    uint8_t hw_counter;                     /* Which counter; VIRTIO_RTC_COUNTER_*. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_read_cross, 16);

/* Answer to REQ_READ_CROSS. structs.resp_read_cross; "Device Operation / Read Requests" */
struct virtio_rtc_resp_read_cross {
    struct virtio_rtc_resp_head head;       /* How it went. */
    uint64_t clock_reading;                 /* The clock's time; in nanoseconds. */
    uint64_t counter_cycles;                /* The counter at that moment; in cycles. */
};
VIRTIO_SIZE(virtio_rtc_resp_read_cross, 24);

/*
 * Reads a clock's alarm.
 * structs.req_read_alarm; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_req_read_alarm {
    struct virtio_rtc_req_head head;        /* REQ_READ_ALARM. */
    uint16_t clock_id;                      /* Which clock. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_read_alarm, 16);

/*
 * Answer to REQ_READ_ALARM.
 * structs.resp_read_alarm; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_resp_read_alarm {
    struct virtio_rtc_resp_head head;       /* How it went. */
    uint64_t alarm_time;                    /* When the alarm expires; in nanoseconds. */
    uint8_t flags;                          /* Whether it is on; VIRTIO_RTC_FLAG_ALARM_ENABLED. */
    uint8_t reserved[7];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_resp_read_alarm, 24);

/*
 * Sets a clock's alarm.
 * structs.req_set_alarm; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_req_set_alarm {
    struct virtio_rtc_req_head head;        /* REQ_SET_ALARM. */
    uint64_t alarm_time;                    /* When it is to expire; in nanoseconds. */
    uint16_t clock_id;                      /* Which clock. */
    uint8_t flags;                          /* Whether it is on afterwards; VIRTIO_RTC_FLAG_ALARM_ENABLED. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_set_alarm, 24);

/*
 * Answer to REQ_SET_ALARM.
 * structs.resp_set_alarm; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_resp_set_alarm {
    struct virtio_rtc_resp_head head;       /* How it went. */
};
VIRTIO_SIZE(virtio_rtc_resp_set_alarm, 8);

/*
 * Switches a clock's alarm on or off.
 * structs.req_set_alarm_enabled; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_req_set_alarm_enabled {
    struct virtio_rtc_req_head head;        /* REQ_SET_ALARM_ENABLED. */
    uint16_t clock_id;                      /* Which clock. */
    uint8_t flags;                          /* Whether it is on afterwards; VIRTIO_RTC_FLAG_ALARM_ENABLED. */
    uint8_t reserved[5];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_req_set_alarm_enabled, 16);

/*
 * Answer to REQ_SET_ALARM_ENABLED.
 * structs.resp_set_alarm_enabled; "Device Operation / Alarm Operation / Alarm Control Requests"
 */
struct virtio_rtc_resp_set_alarm_enabled {
    struct virtio_rtc_resp_head head;       /* How it went. */
};
VIRTIO_SIZE(virtio_rtc_resp_set_alarm_enabled, 8);

/*
 * Every notification in the alarmq begins with it.
 * structs.notif_head; "Device Operation / Alarm Operation / Alarm Notifications"
 */
struct virtio_rtc_notif_head {
    uint16_t msg_type;                      /* What has happened; VIRTIO_RTC_NOTIF_ALARM. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_notif_head, 8);

/*
 * An alarm that has expired.
 * structs.notif_alarm; "Device Operation / Alarm Operation / Alarm Notifications"
 */
struct virtio_rtc_notif_alarm {
    struct virtio_rtc_notif_head head;      /* NOTIF_ALARM. */
    uint16_t clock_id;                      /* Clock whose alarm it is. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_rtc_notif_alarm, 16);

#undef VIRTIO_SIZE
#endif
