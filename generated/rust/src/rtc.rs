// SPDX-License-Identifier: MIT
// Generated from spec/device/rtc.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; RTC Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// Readable clocks, some with an alarm.
pub const VIRTIO_ID_CLOCK: u32 = 17;

/// First experimental value of clock types, smearing variants and counters; 0xff is not a counter.
pub const VIRTIO_RTC_EXPERIMENTAL: u32 = 0xf0;

// features; "Feature bits"

/// Clocks may have an alarm.
pub const VIRTIO_RTC_F_ALARM: u32 = 0;

// enums.status; "Device Operation"

/// The command succeeded.
pub const VIRTIO_RTC_S_OK: u32 = 0;
/// The device does not support the request.
pub const VIRTIO_RTC_S_EOPNOTSUPP: u32 = 2;
/// The clock does not exist, or has no alarm.
pub const VIRTIO_RTC_S_ENODEV: u32 = 3;
/// The request is malformed or a buffer is too small.
pub const VIRTIO_RTC_S_EINVAL: u32 = 4;
/// The device failed; the request was valid.
pub const VIRTIO_RTC_S_EIO: u32 = 5;

// enums.clock; "Device Operation / Common Definitions / Clock Types"

/// UTC since 1970, with steps at leap seconds.
pub const VIRTIO_RTC_CLOCK_UTC: u32 = 0;
/// TAI since 1970.
pub const VIRTIO_RTC_CLOCK_TAI: u32 = 1;
/// Monotonic time since an arbitrary point before the end of the reset.
pub const VIRTIO_RTC_CLOCK_MONOTONIC: u32 = 2;
/// UTC with smeared leap seconds.
pub const VIRTIO_RTC_CLOCK_UTC_SMEARED: u32 = 3;
/// UTC that may smear or step at leap seconds.
pub const VIRTIO_RTC_CLOCK_UTC_MAYBE_SMEARED: u32 = 4;

// enums.smear; "Device Operation / Common Definitions / Smearing Variants"

/// Unknown, or no smearing.
pub const VIRTIO_RTC_SMEAR_UNSPECIFIED: u32 = 0;
/// Linear, from noon before the leap second to noon after it.
pub const VIRTIO_RTC_SMEAR_NOON_LINEAR: u32 = 1;
/// Linear, over the last 1000 seconds of the day.
pub const VIRTIO_RTC_SMEAR_UTC_SLS: u32 = 2;

// enums.counter; "Device Operation / Common Definitions / Hardware Counters"

/// Virtual count register of Arm (CNTVCT_EL0).
pub const VIRTIO_RTC_COUNTER_ARM_VCT: u32 = 0;
/// Time-stamp counter of x86.
pub const VIRTIO_RTC_COUNTER_X86_TSC: u32 = 1;
/// No counter.
pub const VIRTIO_RTC_COUNTER_INVALID: u32 = 0xff;

// flags.clock-cap-flags; "Device Operation / Control Requests"

/// The clock has an alarm; with ALARM.
pub const VIRTIO_RTC_FLAG_ALARM_CAP: u32 = 0x1;

// flags.cross-cap-flags; "Device Operation / Control Requests"

/// The driver can read clock and counter simultaneously.
pub const VIRTIO_RTC_FLAG_CROSS_CAP: u32 = 0x1;

// flags.alarm-flags; "Device Operation / Alarm Operation / Alarm Control Requests"

/// The alarm is enabled; with ALARM.
pub const VIRTIO_RTC_FLAG_ALARM_ENABLED: u32 = 0x1;

// messages.request; "Device Operation"

/// Query the number of clocks.
pub const VIRTIO_RTC_REQ_CFG: u32 = 0x1000;
/// Query the properties of a clock.
pub const VIRTIO_RTC_REQ_CLOCK_CAP: u32 = 0x1001;
/// Query whether a clock and a counter can be read simultaneously.
pub const VIRTIO_RTC_REQ_CROSS_CAP: u32 = 0x1002;
/// Read a clock.
pub const VIRTIO_RTC_REQ_READ: u32 = 0x1;
/// Read a clock and a counter simultaneously.
pub const VIRTIO_RTC_REQ_READ_CROSS: u32 = 0x2;
/// Read an alarm; with ALARM.
pub const VIRTIO_RTC_REQ_READ_ALARM: u32 = 0x1003;
/// Set and enable or disable an alarm; with ALARM.
pub const VIRTIO_RTC_REQ_SET_ALARM: u32 = 0x1004;
/// Enable or disable an alarm without changing its time; with ALARM.
pub const VIRTIO_RTC_REQ_SET_ALARM_ENABLED: u32 = 0x1005;

// messages.notification; "Device Operation / Alarm Operation / Alarm Notifications"

/// An alarm has expired; with ALARM.
pub const VIRTIO_RTC_NOTIF_ALARM: u32 = 0x2000;

// queues; "RTC Device"

/// Requests and their answers.
pub const VIRTIO_RTC_QUEUE_REQUESTQ: u32 = 0;
/// Buffers that the device fills when an alarm expires; with ALARM.
pub const VIRTIO_RTC_QUEUE_ALARMQ: u32 = 1;

/// Header of a request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_req_head {
    /// Request type; VIRTIO_RTC_REQ_\*.
    pub msg_type: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_rtc_req_head, 8, msg_type 0, reserved 2);

/// Header of a response; the rest is valid only if status is OK.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_resp_head {
    /// Status of the request; VIRTIO_RTC_S_\*.
    pub status: u8,
    /// Reserved.
    pub reserved: [u8; 7],
}
layout!(virtio_rtc_resp_head, 8, status 0, reserved 1);

/// REQ_CFG request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_req_cfg {
    /// REQ_CFG.
    pub head: virtio_rtc_req_head,
}
layout!(virtio_rtc_req_cfg, 8, head 0);

/// Response to REQ_CFG.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_resp_cfg {
    /// Status of REQ_CFG.
    pub head: virtio_rtc_resp_head,
    /// Number of clocks; ids start at 0.
    pub num_clocks: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_rtc_resp_cfg, 16, head 0, num_clocks 8, reserved 10);

/// REQ_CLOCK_CAP request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_req_clock_cap {
    /// REQ_CLOCK_CAP.
    pub head: virtio_rtc_req_head,
    /// Clock id.
    pub clock_id: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_rtc_req_clock_cap, 16, head 0, clock_id 8, reserved 10);

/// Response to REQ_CLOCK_CAP.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_resp_clock_cap {
    /// Status of REQ_CLOCK_CAP.
    pub head: virtio_rtc_resp_head,
    /// Clock type; VIRTIO_RTC_CLOCK_\*.
    pub r#type: u8,
    /// Smearing variant of a UTC_SMEARED clock; VIRTIO_RTC_SMEAR_\*.
    pub leap_second_smearing: u8,
    /// Clock capabilities; VIRTIO_RTC_FLAG_ALARM_CAP.
    pub flags: u8,
    /// Reserved.
    pub reserved: [u8; 5],
}
layout!(virtio_rtc_resp_clock_cap, 16,
    head 0, r#type 8, leap_second_smearing 9, flags 10, reserved 11
);

/// REQ_CROSS_CAP request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_req_cross_cap {
    /// REQ_CROSS_CAP.
    pub head: virtio_rtc_req_head,
    /// Clock id.
    pub clock_id: Le16,
    /// Hardware counter; VIRTIO_RTC_COUNTER_\*.
    pub hw_counter: u8,
    /// Reserved.
    pub reserved: [u8; 5],
}
layout!(virtio_rtc_req_cross_cap, 16, head 0, clock_id 8, hw_counter 10, reserved 11);

/// Response to REQ_CROSS_CAP.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_resp_cross_cap {
    /// Status of REQ_CROSS_CAP.
    pub head: virtio_rtc_resp_head,
    /// Whether the combination is supported; VIRTIO_RTC_FLAG_CROSS_CAP.
    pub flags: u8,
    /// Reserved.
    pub reserved: [u8; 7],
}
layout!(virtio_rtc_resp_cross_cap, 16, head 0, flags 8, reserved 9);

/// REQ_READ request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_req_read {
    /// REQ_READ.
    pub head: virtio_rtc_req_head,
    /// Clock id.
    pub clock_id: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_rtc_req_read, 16, head 0, clock_id 8, reserved 10);

/// Response to REQ_READ.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_resp_read {
    /// Status of REQ_READ.
    pub head: virtio_rtc_resp_head,
    /// Clock reading; in nanoseconds.
    pub clock_reading: Le64,
}
layout!(virtio_rtc_resp_read, 16, head 0, clock_reading 8);

/// REQ_READ_CROSS request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_req_read_cross {
    /// REQ_READ_CROSS.
    pub head: virtio_rtc_req_head,
    /// Clock id.
    pub clock_id: Le16,
    /// Hardware counter; VIRTIO_RTC_COUNTER_\*.
    pub hw_counter: u8,
    /// Reserved.
    pub reserved: [u8; 5],
}
layout!(virtio_rtc_req_read_cross, 16, head 0, clock_id 8, hw_counter 10, reserved 11);

/// Response to REQ_READ_CROSS.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_resp_read_cross {
    /// Status of REQ_READ_CROSS.
    pub head: virtio_rtc_resp_head,
    /// Clock reading; in nanoseconds.
    pub clock_reading: Le64,
    /// Counter value at the time of the reading; in cycles.
    pub counter_cycles: Le64,
}
layout!(virtio_rtc_resp_read_cross, 24, head 0, clock_reading 8, counter_cycles 16);

/// REQ_READ_ALARM request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_req_read_alarm {
    /// REQ_READ_ALARM.
    pub head: virtio_rtc_req_head,
    /// Clock id.
    pub clock_id: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_rtc_req_read_alarm, 16, head 0, clock_id 8, reserved 10);

/// Response to REQ_READ_ALARM.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_resp_read_alarm {
    /// Status of REQ_READ_ALARM.
    pub head: virtio_rtc_resp_head,
    /// Expiry time; in nanoseconds.
    pub alarm_time: Le64,
    /// Alarm state; VIRTIO_RTC_FLAG_ALARM_ENABLED.
    pub flags: u8,
    /// Reserved.
    pub reserved: [u8; 7],
}
layout!(virtio_rtc_resp_read_alarm, 24, head 0, alarm_time 8, flags 16, reserved 17);

/// REQ_SET_ALARM request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_req_set_alarm {
    /// REQ_SET_ALARM.
    pub head: virtio_rtc_req_head,
    /// Expiry time to set; in nanoseconds.
    pub alarm_time: Le64,
    /// Clock id.
    pub clock_id: Le16,
    /// Alarm state to set; VIRTIO_RTC_FLAG_ALARM_ENABLED.
    pub flags: u8,
    /// Reserved.
    pub reserved: [u8; 5],
}
layout!(virtio_rtc_req_set_alarm, 24, head 0, alarm_time 8, clock_id 16, flags 18, reserved 19);

/// Response to REQ_SET_ALARM.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_resp_set_alarm {
    /// Status of REQ_SET_ALARM.
    pub head: virtio_rtc_resp_head,
}
layout!(virtio_rtc_resp_set_alarm, 8, head 0);

/// REQ_SET_ALARM_ENABLED request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_req_set_alarm_enabled {
    /// REQ_SET_ALARM_ENABLED.
    pub head: virtio_rtc_req_head,
    /// Clock id.
    pub clock_id: Le16,
    /// Alarm state to set; VIRTIO_RTC_FLAG_ALARM_ENABLED.
    pub flags: u8,
    /// Reserved.
    pub reserved: [u8; 5],
}
layout!(virtio_rtc_req_set_alarm_enabled, 16, head 0, clock_id 8, flags 10, reserved 11);

/// Response to REQ_SET_ALARM_ENABLED.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_resp_set_alarm_enabled {
    /// Status of REQ_SET_ALARM_ENABLED.
    pub head: virtio_rtc_resp_head,
}
layout!(virtio_rtc_resp_set_alarm_enabled, 8, head 0);

/// Header of an alarmq notification.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_notif_head {
    /// Notification type; VIRTIO_RTC_NOTIF_ALARM.
    pub msg_type: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_rtc_notif_head, 8, msg_type 0, reserved 2);

/// Notification of an expired alarm.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rtc_notif_alarm {
    /// NOTIF_ALARM.
    pub head: virtio_rtc_notif_head,
    /// Clock of the alarm.
    pub clock_id: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_rtc_notif_alarm, 16, head 0, clock_id 8, reserved 10);
