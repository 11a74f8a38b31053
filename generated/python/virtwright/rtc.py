# SPDX-License-Identifier: MIT
# Generated from spec/device/rtc.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; RTC Device. Clocks to read, some of them with an alarm."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("features", "features", "RTC Device / Feature bits", (
        Value("ALARM", 0, "VWR_RTC_F_ALARM", "VIRTIO_RTC_F_ALARM", since="1.4", brief="Some clocks may have an alarm."),
    )),
    Group("queues", "queues", "RTC Device", (
        Value("requestq", 0, "VWR_RTC_QUEUE_REQUESTQ", "", since="1.4", brief="Requests and their answers."),
        Value("alarmq", 1, "VWR_RTC_QUEUE_ALARMQ", "", since="1.4", gate=("ALARM",),
              brief="Buffers that the device fills when an alarm expires."),
    )),
    Group("constants", "constants", "RTC Device", (
        Value("EXPERIMENTAL", 0xf0, "VWR_RTC_EXPERIMENTAL", "", since="1.4",
              brief="From here on clocks, smearing variants and counters are experimental; but 0xff is no counter."),
    )),
    Group("status", "enums", "RTC Device / Device Operation", (
        Value("OK", 0, "VWR_RTC_S_OK", "VIRTIO_RTC_S_OK", since="1.4", brief="Done."),
        Value("EOPNOTSUPP", 2, "VWR_RTC_S_EOPNOTSUPP", "VIRTIO_RTC_S_EOPNOTSUPP", since="1.4",
              brief="The device cannot do this or does not know it."),
        Value("ENODEV", 3, "VWR_RTC_S_ENODEV", "VIRTIO_RTC_S_ENODEV", since="1.4",
              brief="There is no such clock or it has no alarm."),
        Value("EINVAL", 4, "VWR_RTC_S_EINVAL", "VIRTIO_RTC_S_EINVAL", since="1.4",
              brief="The request is malformed or a buffer too small."),
        Value("EIO", 5, "VWR_RTC_S_EIO", "VIRTIO_RTC_S_EIO", since="1.4",
              brief="The device failed through no fault of the driver's."),
    )),
    Group("clock", "enums", "RTC Device / Device Operation / Common Definitions / Clock Types", (
        Value("UTC", 0, "VWR_RTC_CLOCK_UTC", "VIRTIO_RTC_CLOCK_UTC", since="1.4",
              brief="UTC since 1970; steps at leap seconds."),
        Value("TAI", 1, "VWR_RTC_CLOCK_TAI", "VIRTIO_RTC_CLOCK_TAI", since="1.4", brief="TAI since 1970."),
        Value("MONOTONIC", 2, "VWR_RTC_CLOCK_MONOTONIC", "VIRTIO_RTC_CLOCK_MONOTONIC", since="1.4",
              brief="Physical time since some moment before the reset was over."),
        Value("UTC_SMEARED", 3, "VWR_RTC_CLOCK_UTC_SMEARED", "VIRTIO_RTC_CLOCK_UTC_SMEARED", since="1.4",
              brief="UTC with leap seconds smeared."),
        Value("UTC_MAYBE_SMEARED", 4, "VWR_RTC_CLOCK_UTC_MAYBE_SMEARED", "VIRTIO_RTC_CLOCK_UTC_MAYBE_SMEARED",
              since="1.4", brief="UTC; each leap second may be smeared or a step."),
    )),
    Group("smear", "enums", "RTC Device / Device Operation / Common Definitions / Smearing Variants", (
        Value("UNSPECIFIED", 0, "VWR_RTC_SMEAR_UNSPECIFIED", "VIRTIO_RTC_SMEAR_UNSPECIFIED", since="1.4",
              brief="Unknown or not smeared."),
        Value("NOON_LINEAR", 1, "VWR_RTC_SMEAR_NOON_LINEAR", "VIRTIO_RTC_SMEAR_NOON_LINEAR", since="1.4",
              brief="Evenly from noon before to noon after the leap second."),
        Value("UTC_SLS", 2, "VWR_RTC_SMEAR_UTC_SLS", "VIRTIO_RTC_SMEAR_UTC_SLS", since="1.4",
              brief="Evenly over the last 1000 seconds of the day."),
    )),
    Group("counter", "enums", "RTC Device / Device Operation / Common Definitions / Hardware Counters", (
        Value("ARM_VCT", 0, "VWR_RTC_COUNTER_ARM_VCT", "VIRTIO_RTC_COUNTER_ARM_VCT", since="1.4",
              brief="Virtual count register of Arm (CNTVCT_EL0)."),
        Value("X86_TSC", 1, "VWR_RTC_COUNTER_X86_TSC", "VIRTIO_RTC_COUNTER_X86_TSC", since="1.4",
              brief="Time-stamp counter of x86."),
        Value("INVALID", 0xff, "VWR_RTC_COUNTER_INVALID", "VIRTIO_RTC_COUNTER_INVALID", since="1.4",
              brief="No counter."),
    )),
    Group("clock-cap-flags", "flags", "RTC Device / Device Operation / Control Requests", (
        Value("ALARM_CAP", 0x1, "VWR_RTC_FLAG_ALARM_CAP", "VIRTIO_RTC_FLAG_ALARM_CAP", since="1.4", gate=("ALARM",),
              brief="The clock has an alarm."),
    )),
    Group("cross-cap-flags", "flags", "RTC Device / Device Operation / Control Requests", (
        Value("CROSS_CAP", 0x1, "VWR_RTC_FLAG_CROSS_CAP", "VIRTIO_RTC_FLAG_CROSS_CAP", since="1.4",
              brief="The clock can be read together with the counter."),
    )),
    Group("alarm-flags", "flags", "RTC Device / Device Operation / Alarm Operation / Alarm Control Requests", (
        Value("ALARM_ENABLED", 0x1, "VWR_RTC_FLAG_ALARM_ENABLED", "VIRTIO_RTC_FLAG_ALARM_ENABLED", since="1.4",
              gate=("ALARM",), brief="The alarm is on."),
    )),
    Group("request", "messages", "RTC Device / Device Operation", (
        Value("CFG", 0x1000, "VWR_RTC_REQ_CFG", "VIRTIO_RTC_REQ_CFG", since="1.4",
              brief="Ask how many clocks there are.", out=("req_cfg",), back=("resp_cfg",), sender="driver"),
        Value("CLOCK_CAP", 0x1001, "VWR_RTC_REQ_CLOCK_CAP", "VIRTIO_RTC_REQ_CLOCK_CAP", since="1.4",
              brief="Ask what a clock is like.", out=("req_clock_cap",), back=("resp_clock_cap",), sender="driver"),
        Value("CROSS_CAP", 0x1002, "VWR_RTC_REQ_CROSS_CAP", "VIRTIO_RTC_REQ_CROSS_CAP", since="1.4",
              brief="Ask if a clock and a counter can be read at once.", out=("req_cross_cap",),
              back=("resp_cross_cap",), sender="driver"),
        Value("READ", 0x1, "VWR_RTC_REQ_READ", "VIRTIO_RTC_REQ_READ", since="1.4", brief="Read a clock.",
              out=("req_read",), back=("resp_read",), sender="driver"),
        Value("READ_CROSS", 0x2, "VWR_RTC_REQ_READ_CROSS", "VIRTIO_RTC_REQ_READ_CROSS", since="1.4",
              brief="Read a clock and a counter at once.", out=("req_read_cross",), back=("resp_read_cross",),
              sender="driver"),
        Value("READ_ALARM", 0x1003, "VWR_RTC_REQ_READ_ALARM", "VIRTIO_RTC_REQ_READ_ALARM", since="1.4", gate=("ALARM",),
              brief="Read an alarm.", out=("req_read_alarm",), back=("resp_read_alarm",), sender="driver"),
        Value("SET_ALARM", 0x1004, "VWR_RTC_REQ_SET_ALARM", "VIRTIO_RTC_REQ_SET_ALARM", since="1.4", gate=("ALARM",),
              brief="Set an alarm's time, and switch it on or off.", out=("req_set_alarm",), back=("resp_set_alarm",),
              sender="driver"),
        Value("SET_ALARM_ENABLED", 0x1005, "VWR_RTC_REQ_SET_ALARM_ENABLED", "VIRTIO_RTC_REQ_SET_ALARM_ENABLED",
              since="1.4", gate=("ALARM",), brief="Switch an alarm on or off; its time stays.",
              out=("req_set_alarm_enabled",), back=("resp_set_alarm_enabled",), sender="driver"),
    ), queue="requestq"),
    Group("notification", "messages", "RTC Device / Device Operation / Alarm Operation / Alarm Notifications", (
        Value("ALARM", 0x2000, "VWR_RTC_NOTIF_ALARM", "VIRTIO_RTC_NOTIF_ALARM", since="1.4", gate=("ALARM",),
              brief="An alarm has expired.", out=("notif_alarm",), sender="device"),
    ), queue="alarmq"),
)

_STRUCTS = (
    Struct("req_head", "virtio_rtc_req_head", "vwr_rtc_req_head", 8, True, False, "1.4", "",
           "RTC Device / Device Operation", (
        Field("msg_type", 0, "le16", size=2, values="request", since="1.4", brief="What to do."),
        Field("reserved", 2, "u8", count=6, array=True, size=6, reserved=True, since="1.4"),
    ), brief="Every request begins with it."),
    Struct("resp_head", "virtio_rtc_resp_head", "vwr_rtc_resp_head", 8, True, False, "1.4", "",
           "RTC Device / Device Operation", (
        Field("status", 0, "u8", size=1, values="status", since="1.4", brief="How it went."),
        Field("reserved", 1, "u8", count=7, array=True, size=7, reserved=True, since="1.4"),
    ), brief="Every answer begins with it; the rest counts only if status is OK."),
    Struct("req_cfg", "virtio_rtc_req_cfg", "vwr_rtc_req_cfg", 8, True, False, "1.4", "",
           "RTC Device / Device Operation / Control Requests", (
        Field("head", 0, "req_head", size=8, since="1.4", brief="REQ_CFG."),
    ), brief="Asks for the number of clocks."),
    Struct("resp_cfg", "virtio_rtc_resp_cfg", "vwr_rtc_resp_cfg", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Control Requests", (
        Field("head", 0, "resp_head", size=8, since="1.4", brief="How it went."),
        Field("num_clocks", 8, "le16", size=2, since="1.4", brief="Number of clocks; their ids count from 0."),
        Field("reserved", 10, "u8", count=6, array=True, size=6, reserved=True, since="1.4"),
    ), brief="Answer to REQ_CFG."),
    Struct("req_clock_cap", "virtio_rtc_req_clock_cap", "vwr_rtc_req_clock_cap", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Control Requests", (
        Field("head", 0, "req_head", size=8, since="1.4", brief="REQ_CLOCK_CAP."),
        Field("clock_id", 8, "le16", size=2, since="1.4", brief="Which clock."),
        Field("reserved", 10, "u8", count=6, array=True, size=6, reserved=True, since="1.4"),
    ), brief="Asks what a clock is like."),
    Struct("resp_clock_cap", "virtio_rtc_resp_clock_cap", "vwr_rtc_resp_clock_cap", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Control Requests", (
        Field("head", 0, "resp_head", size=8, since="1.4", brief="How it went."),
        Field("type", 8, "u8", size=1, values="clock", since="1.4", brief="What kind of clock it is."),
        Field("leap_second_smearing", 9, "u8", size=1, values="smear", since="1.4",
              brief="How a UTC_SMEARED clock treats leap seconds."),
        Field("flags", 10, "u8", size=1, values="clock-cap-flags", since="1.4", brief="What it can do."),
        Field("reserved", 11, "u8", count=5, array=True, size=5, reserved=True, since="1.4"),
    ), brief="Answer to REQ_CLOCK_CAP."),
    Struct("req_cross_cap", "virtio_rtc_req_cross_cap", "vwr_rtc_req_cross_cap", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Control Requests", (
        Field("head", 0, "req_head", size=8, since="1.4", brief="REQ_CROSS_CAP."),
        Field("clock_id", 8, "le16", size=2, since="1.4", brief="Which clock."),
        Field("hw_counter", 10, "u8", size=1, values="counter", since="1.4", brief="Which counter."),
        Field("reserved", 11, "u8", count=5, array=True, size=5, reserved=True, since="1.4"),
    ), brief="Asks if a clock and a counter can be read at once."),
    Struct("resp_cross_cap", "virtio_rtc_resp_cross_cap", "vwr_rtc_resp_cross_cap", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Control Requests", (
        Field("head", 0, "resp_head", size=8, since="1.4", brief="How it went."),
        Field("flags", 8, "u8", size=1, values="cross-cap-flags", since="1.4", brief="Whether it can be done."),
        Field("reserved", 9, "u8", count=7, array=True, size=7, reserved=True, since="1.4"),
    ), brief="Answer to REQ_CROSS_CAP."),
    Struct("req_read", "virtio_rtc_req_read", "vwr_rtc_req_read", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Read Requests", (
        Field("head", 0, "req_head", size=8, since="1.4", brief="REQ_READ."),
        Field("clock_id", 8, "le16", size=2, since="1.4", brief="Which clock."),
        Field("reserved", 10, "u8", count=6, array=True, size=6, reserved=True, since="1.4"),
    ), brief="Reads a clock."),
    Struct("resp_read", "virtio_rtc_resp_read", "vwr_rtc_resp_read", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Read Requests", (
        Field("head", 0, "resp_head", size=8, since="1.4", brief="How it went."),
        Field("clock_reading", 8, "le64", size=8, since="1.4", unit="nanoseconds", brief="The clock's time."),
    ), brief="Answer to REQ_READ."),
    Struct("req_read_cross", "virtio_rtc_req_read_cross", "vwr_rtc_req_read_cross", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Read Requests", (
        Field("head", 0, "req_head", size=8, since="1.4", brief="REQ_READ_CROSS."),
        Field("clock_id", 8, "le16", size=2, since="1.4", brief="Which clock."),
        Field("hw_counter", 10, "u8", size=1, values="counter", since="1.4", brief="Which counter."),
        Field("reserved", 11, "u8", count=5, array=True, size=5, reserved=True, since="1.4"),
    ), brief="Reads a clock and a counter at once."),
    Struct("resp_read_cross", "virtio_rtc_resp_read_cross", "vwr_rtc_resp_read_cross", 24, True, False, "1.4", "",
           "RTC Device / Device Operation / Read Requests", (
        Field("head", 0, "resp_head", size=8, since="1.4", brief="How it went."),
        Field("clock_reading", 8, "le64", size=8, since="1.4", unit="nanoseconds", brief="The clock's time."),
        Field("counter_cycles", 16, "le64", size=8, since="1.4", unit="cycles", brief="The counter at that moment."),
    ), brief="Answer to REQ_READ_CROSS."),
    Struct("req_read_alarm", "virtio_rtc_req_read_alarm", "vwr_rtc_req_read_alarm", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Alarm Operation / Alarm Control Requests", (
        Field("head", 0, "req_head", size=8, since="1.4", brief="REQ_READ_ALARM."),
        Field("clock_id", 8, "le16", size=2, since="1.4", brief="Which clock."),
        Field("reserved", 10, "u8", count=6, array=True, size=6, reserved=True, since="1.4"),
    ), brief="Reads a clock's alarm."),
    Struct("resp_read_alarm", "virtio_rtc_resp_read_alarm", "vwr_rtc_resp_read_alarm", 24, True, False, "1.4", "",
           "RTC Device / Device Operation / Alarm Operation / Alarm Control Requests", (
        Field("head", 0, "resp_head", size=8, since="1.4", brief="How it went."),
        Field("alarm_time", 8, "le64", size=8, since="1.4", unit="nanoseconds", brief="When the alarm expires."),
        Field("flags", 16, "u8", size=1, values="alarm-flags", since="1.4", brief="Whether it is on."),
        Field("reserved", 17, "u8", count=7, array=True, size=7, reserved=True, since="1.4"),
    ), brief="Answer to REQ_READ_ALARM."),
    Struct("req_set_alarm", "virtio_rtc_req_set_alarm", "vwr_rtc_req_set_alarm", 24, True, False, "1.4", "",
           "RTC Device / Device Operation / Alarm Operation / Alarm Control Requests", (
        Field("head", 0, "req_head", size=8, since="1.4", brief="REQ_SET_ALARM."),
        Field("alarm_time", 8, "le64", size=8, since="1.4", unit="nanoseconds", brief="When it is to expire."),
        Field("clock_id", 16, "le16", size=2, since="1.4", brief="Which clock."),
        Field("flags", 18, "u8", size=1, values="alarm-flags", since="1.4", brief="Whether it is on afterwards."),
        Field("reserved", 19, "u8", count=5, array=True, size=5, reserved=True, since="1.4"),
    ), brief="Sets a clock's alarm."),
    Struct("resp_set_alarm", "virtio_rtc_resp_set_alarm", "vwr_rtc_resp_set_alarm", 8, True, False, "1.4", "",
           "RTC Device / Device Operation / Alarm Operation / Alarm Control Requests", (
        Field("head", 0, "resp_head", size=8, since="1.4", brief="How it went."),
    ), brief="Answer to REQ_SET_ALARM."),
    Struct("req_set_alarm_enabled", "virtio_rtc_req_set_alarm_enabled", "vwr_rtc_req_set_alarm_enabled", 16, True,
           False, "1.4", "", "RTC Device / Device Operation / Alarm Operation / Alarm Control Requests", (
        Field("head", 0, "req_head", size=8, since="1.4", brief="REQ_SET_ALARM_ENABLED."),
        Field("clock_id", 8, "le16", size=2, since="1.4", brief="Which clock."),
        Field("flags", 10, "u8", size=1, values="alarm-flags", since="1.4", brief="Whether it is on afterwards."),
        Field("reserved", 11, "u8", count=5, array=True, size=5, reserved=True, since="1.4"),
    ), brief="Switches a clock's alarm on or off."),
    Struct("resp_set_alarm_enabled", "virtio_rtc_resp_set_alarm_enabled", "vwr_rtc_resp_set_alarm_enabled", 8, True,
           False, "1.4", "", "RTC Device / Device Operation / Alarm Operation / Alarm Control Requests", (
        Field("head", 0, "resp_head", size=8, since="1.4", brief="How it went."),
    ), brief="Answer to REQ_SET_ALARM_ENABLED."),
    Struct("notif_head", "virtio_rtc_notif_head", "vwr_rtc_notif_head", 8, True, False, "1.4", "",
           "RTC Device / Device Operation / Alarm Operation / Alarm Notifications", (
        Field("msg_type", 0, "le16", size=2, values="notification", since="1.4", brief="What has happened."),
        Field("reserved", 2, "u8", count=6, array=True, size=6, reserved=True, since="1.4"),
    ), brief="Every notification in the alarmq begins with it."),
    Struct("notif_alarm", "virtio_rtc_notif_alarm", "vwr_rtc_notif_alarm", 16, True, False, "1.4", "",
           "RTC Device / Device Operation / Alarm Operation / Alarm Notifications", (
        Field("head", 0, "notif_head", size=8, since="1.4", brief="NOTIF_ALARM."),
        Field("clock_id", 8, "le16", size=2, since="1.4", brief="Clock whose alarm it is."),
        Field("reserved", 10, "u8", count=6, array=True, size=6, reserved=True, since="1.4"),
    ), brief="An alarm that has expired."),
)

_QUEUES = (
    Queue("requestq", 0, dir="both", since="1.4", brief="Requests and their answers."),
    Queue("alarmq", 1, gate=("ALARM",), dir="in", since="1.4",
          brief="Buffers that the device fills when an alarm expires."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {
    "request_queues": ["requestq"],
    "statuses": {"requestq": "status"},
}

SPEC = Spec("rtc", "device", "spec/device/rtc.yaml", "RTC Device",
            "Clocks to read, some of them with an alarm.", "1.4", 17,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
