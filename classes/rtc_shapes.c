/* SPDX-License-Identifier: MIT */
#include "shapes.h"

/* The clocks of rtc.h. */

#define FILE "Linux 6.16, drivers/virtio/virtio_rtc_driver.c, "
#define ZEROES_5 "\0\0\0\0\0"
#define ZEROES_6 ZEROES_5 "\0"
#define ZEROES_7 ZEROES_6 "\0"
#define ZEROES_8 ZEROES_7 "\0"

/* The types of messages, with what is reserved behind each. */
#define READ "\x01\x00" ZEROES_6
#define READ_CROSS "\x02\x00" ZEROES_6
#define CFG "\x00\x10" ZEROES_6
#define CLOCK_CAP "\x01\x10" ZEROES_6
#define CROSS_CAP "\x02\x10" ZEROES_6
#define READ_ALARM "\x03\x10" ZEROES_6
#define SET_ALARM "\x04\x10" ZEROES_6
#define SET_ENABLED "\x05\x10" ZEROES_6
#define NOTIF_ALARM "\x00\x20" ZEROES_6

/* A clock, alone or with one byte more: a counter, or flags. */
#define CLOCK(id) id "\0" ZEROES_6
#define CLOCK_AND(id, byte) id "\0" byte ZEROES_5

#define OK ZEROES_8
#define EOPNOTSUPP "\2" ZEROES_7
#define ENODEV "\3" ZEROES_7
#define EIO "\5" ZEROES_7

static const struct bench_shape shapes[] = {
    {"cfg", "rtc.dev.18", FILE "viortc_cfg()", BENCH_BYTES(CFG), BENCH_BYTES(OK "\5\0" ZEROES_6), 0, 0},
    {"smeared", "rtc.dev.ctrl.22", FILE "viortc_clock_cap()", BENCH_BYTES(CLOCK_CAP CLOCK("\2")),
     BENCH_BYTES(OK "\3\1\1" ZEROES_5), 0, 0},
    {"monotonic", "rtc.dev.ctrl.20", FILE "viortc_clock_cap()", BENCH_BYTES(CLOCK_CAP CLOCK("\3")),
     BENCH_BYTES(OK "\2\0\0" ZEROES_5), 0, 0},
    {"no_clock", "rtc.dev.6", FILE "viortc_clock_cap()", BENCH_BYTES(CLOCK_CAP CLOCK("\5")),
     BENCH_BYTES(ENODEV ZEROES_8), 0, 0},
    {"crosses", "rtc.dev.ctrl.23", FILE "viortc_cross_cap()", BENCH_BYTES(CROSS_CAP CLOCK_AND("\0", "\1")),
     BENCH_BYTES(OK "\1" ZEROES_7), 0, 0},
    {"crosses_not", "rtc.dev.ctrl.23", FILE "viortc_cross_cap()",
     BENCH_BYTES(CROSS_CAP CLOCK_AND("\0", "\0")), BENCH_BYTES(OK ZEROES_8), 0, 0},
    {"read", "rtc.dev.read.7", FILE "viortc_read()", BENCH_BYTES(READ CLOCK("\3")),
     BENCH_BYTES(OK "\x11\x12\x13\x14\x15\x16\x17\x1b"), 0, 0},
    {"broken", "rtc.dev.11", FILE "viortc_read()", BENCH_BYTES(READ CLOCK("\4")), BENCH_BYTES(EIO ZEROES_8),
     0, 0},
    {"read_no_clock", "rtc.dev.6", FILE "viortc_read()", BENCH_BYTES(READ CLOCK("\5")),
     BENCH_BYTES(ENODEV ZEROES_8), 0, 0},
    {"both", "rtc.dev.read.9", FILE "viortc_read_cross()", BENCH_BYTES(READ_CROSS CLOCK_AND("\1", "\1")),
     BENCH_BYTES(OK "\x11\x12\x13\x14\x15\x16\x17\x19\xee\xed\xec\xeb\xea\xe9\xe8\xe6"), 0, 0},
    {"no_counter", "rtc.dev.3", FILE "viortc_read_cross()", BENCH_BYTES(READ_CROSS CLOCK_AND("\0", "\0")),
     BENCH_BYTES(EOPNOTSUPP ZEROES_8 ZEROES_8), 0, 0},
    {"set_disabled", "rtc.dev.alarmctl.8", FILE "viortc_set_alarm()",
     BENCH_BYTES(SET_ALARM "\x11\x13\x13\x14\x15\x16\x17\x18" CLOCK_AND("\0", "\0")), BENCH_BYTES(OK), 0, 0},
    {"set_enabled", "rtc.dev.alarmctl.7", FILE "viortc_set_alarm()",
     BENCH_BYTES(SET_ALARM "\x11\x14\x13\x14\x15\x16\x17\x19" CLOCK_AND("\1", "\1")), BENCH_BYTES(OK), 0, 0},
    {"read_alarm", "rtc.dev.alarmctl.3", FILE "viortc_read_alarm()", BENCH_BYTES(READ_ALARM CLOCK("\1")),
     BENCH_BYTES(OK "\x11\x14\x13\x14\x15\x16\x17\x19\1" ZEROES_7), 0, 0},
    {"disable", "rtc.dev.alarmctl.11", FILE "viortc_set_alarm_enabled()",
     BENCH_BYTES(SET_ENABLED CLOCK_AND("\1", "\0")), BENCH_BYTES(OK), 0, 0},
    {"enable", "rtc.dev.alarmctl.10", FILE "viortc_set_alarm_enabled()",
     BENCH_BYTES(SET_ENABLED CLOCK_AND("\1", "\1")), BENCH_BYTES(OK), 0, 0},
    {"set_no_alarm", "rtc.dev.alarmctl.2", FILE "viortc_set_alarm()",
     BENCH_BYTES(SET_ALARM "\1" ZEROES_7 CLOCK_AND("\3", "\1")), BENCH_BYTES(ENODEV), 0, 0},
    {"read_no_alarm", "rtc.dev.alarmctl.2", FILE "viortc_read_alarm()", BENCH_BYTES(READ_ALARM CLOCK("\3")),
     BENCH_BYTES(ENODEV ZEROES_8 ZEROES_8), 0, 0},
    {"set_soon", "rtc.dev.alarmctl.7", FILE "viortc_set_alarm()",
     BENCH_BYTES(SET_ALARM "\x16\x12\x13\x14\x15\x16\x17\x1a" CLOCK_AND("\2", "\1")), BENCH_BYTES(OK), 0, 0},
    {"alarm", "rtc.drv.alarmnotif.2", FILE "viortc_alarmq_hdlr()", BENCH_BYTES(""),
     BENCH_BYTES(NOTIF_ALARM CLOCK("\2")), 1, 2 + 5 * 5 /* 5 ns of clock 2 */},
};

/* Lengths of the numbers of a message, and of its answer. */
static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t clock[] = {2, 6, 2, 0}, time[] = {2, 6, 8, 2, 0}, reading[] = {1, 7, 8, 8, 0},
                         alarm[] = {1, 7, 8, 0}, count[] = {1, 7, 2, 0}, bytes[] = {0};
    const uint8_t type = out->n != 0 ? out->at[0] : 0;
    const bool control = out->n > 1 && out->at[1] != 0;

    if (!answer || out->n == 0)
        return control && type == 4 ? time : clock;
    if (!control)
        return reading;
    if (type == 3)
        return alarm;
    return type == 0 ? count : bytes;
}

/* ---- lies of a guest ---- */

/* A message, the length and status of its answer, and readings of the VMM so far. */
#define SAY(bytes, length, end, n)                                                         \
    {                                                                                      \
        .out = BENCH_BYTES(bytes), .in = length, .used = length, .status = end, .calls = n \
    }
/* A buffer for an alarm, which waits; the next one has the alarm; the alarm is in one that waited. */
#define POST(room, n)                                           \
    {                                                           \
        .queue = 1, .in = room, .used = BENCH_WAITS, .calls = n \
    }
#define POST_LATE(n)                                    \
    {                                                   \
        .queue = 1, .in = 16, .want = ALARM, .calls = n \
    }
#define ALARM_OF_POST(n)                      \
    {                                         \
        .queue = 1, .want = ALARM, .calls = n \
    }
#define ALARM BENCH_BYTES(NOTIF_ALARM CLOCK("\0"))
#define TEN_LATER (0 + 5 * 10)

#define AT_ONCE SET_ALARM ZEROES_8 CLOCK_AND("\0", "\1")
#define IN_5(flag) SET_ALARM "\x16\x12\x13\x14\x15\x16\x17\x18" CLOCK_AND("\0", flag)

/* Clocks that do not exist. */
#define TO(at, id)                                                                               \
    LIE("G25_clock", "rtc.dev.6 rtc.dev.alarmctl.2", at, false, SAY(READ id ZEROES_6, 16, 3, 0), \
        SAY(SET_ALARM ZEROES_8 id "\1" ZEROES_5, 8, 3, 0))

/* Counters that cannot be read. */
#define COUNTER(at, byte) \
    LIE("G26_counter", "rtc.dev.3", at, false, SAY(READ_CROSS CLOCK_AND("\0", byte), 24, 2, 0))

#define TYPE(at, type) LIE("G26_type", "rtc.dev.4", at, false, SAY(type ZEROES_6 CLOCK("\0"), 8, 2, 0))

/* A message, or the space for its answer, that is too short. */
#define SHORT(bytes, part)                                                                               \
    LIE("G27_short", "rtc.dev.7", bytes, false, {.out = BENCH_BYTES(part), .in = 16, .used = BENCH_ANY}, \
        {.out = BENCH_BYTES(READ CLOCK("\0")), .in = bytes})

/* A buffer that is too short for an alarm is returned empty, and the next one has the alarm. */
#define SHORT_EVENT(bytes)                                                                           \
    LIE("G27_short_event", "robustness: there is no part of a header", bytes, false, POST(bytes, 0), \
        SAY(AT_ONCE, 8, 0, 1), {.queue = 1, .calls = 1}, POST_LATE(1))

static const struct bench_lie lies[] = {
    /* A clock that has no alarm. */
    LIE("G25_clock", "rtc.dev.6 rtc.dev.alarmctl.2", 3, false,
        {.out = BENCH_BYTES(READ CLOCK("\3")),
         .in = 16,
         .want = BENCH_BYTES(OK "\x11\x12\x13\x14\x15\x16\x17\x1b"),
         .calls = 1},
        SAY(SET_ALARM ZEROES_8 CLOCK_AND("\3", "\1"), 8, 3, 1)),
    TO(5, "\5\0"),
    TO(0xffff, "\xff\xff"),
    COUNTER(0, "\0"),
    COUNTER(2, "\2"),
    COUNTER(0xff, "\xff"),
    TYPE(0, "\0\0"),
    TYPE(0x1006, "\x06\x10"),
    TYPE(0xffff, "\xff\xff"),
    SHORT(1, "\1"),
    SHORT(8, READ),
    SHORT(15, READ "\0\0" ZEROES_5),
    SHORT_EVENT(1),
    SHORT_EVENT(15),
    /* Without the feature there are no alarms. */
    LIE("G45_feature", "feat.dev.1", 0, true, SAY(AT_ONCE, 8, 3, 0)),
    /* A disabled alarm, and one that a reset disables, does not expire. */
    LIE("G46_disabled", "reset.dev.2", 0, false, POST(16, 0), SAY(IN_5("\0"), 8, 0, 0),
        {.queue = 1, .event = TEN_LATER, .used = BENCH_WAITS}),
    LIE("G46_disabled", "reset.dev.2", BENCH_RESET, false, POST(16, 0), SAY(IN_5("\1"), 8, 0, 1),
        {.queue = 1, .reset = BENCH_RESET, .in = 16, .used = BENCH_WAITS, .calls = 1},
        {.queue = 1, .event = TEN_LATER, .used = BENCH_WAITS, .calls = 1}),
    LIE("G46_disabled", "rtc.dev.alarmctl.9", 9, false, SAY(AT_ONCE, 8, 0, 1), SAY(IN_5("\0"), 8, 0, 1),
        POST(16, 1)),
    /* An alarm expires while the guest has no buffer: it gets it with the next one, once. */
    LIE("G50_no_buffer", "robustness: what is left to say is bounded", 0, false, POST(16, 0),
        SAY(AT_ONCE, 8, 0, 1), ALARM_OF_POST(1),
        {.out = BENCH_BYTES(AT_ONCE), .in = 8, .used = 8, .calls = 1001, .times = 1000},
        {.queue = 1, .event = TEN_LATER, .used = BENCH_WAITS, .calls = 1001, .times = 1000, .asks = true},
        POST_LATE(1001), POST(16, 1001)),
};

/* ---- acts, and lies of a device ---- */

#define ACT(n, result) "act", n, 1, result, (result) == VWR_OK

static const struct bench_act acts[] = {
    {ACT(0, VWR_OK)},      {ACT(1, VWR_OK)},      {ACT(2, VWR_OK)},       {ACT(3, VWR_ENODEV)},
    {ACT(4, VWR_OK)},      {ACT(5, VWR_OK)},      {ACT(6, VWR_OK)},       {ACT(7, VWR_EIO)},
    {ACT(8, VWR_ENODEV)},  {ACT(9, VWR_OK)},      {ACT(10, VWR_EUNSUPP)}, {ACT(11, VWR_OK)},
    {ACT(12, VWR_OK)},     {ACT(13, VWR_OK)},     {ACT(14, VWR_OK)},      {ACT(15, VWR_OK)},
    {ACT(16, VWR_ENODEV)}, {ACT(17, VWR_ENODEV)}, {ACT(18, VWR_OK)},      {ACT(19, VWR_OK)}};

#define STATUS(n, status, result)                                \
    {                                                            \
        "D42_statuses", &acts[n], 0, status, 0, false, result, 0 \
    }
#define STATUS_OF_EACH(status, result) \
    STATUS(0, status, result), STATUS(6, status, result), STATUS(16, status, result)
/* The device reports OK, but has not written everything. */
#define LESS(n, bytes, result)                                           \
    {                                                                    \
        "D05_D41_short_answers", &acts[n], 0, 0, bytes, false, result, 0 \
    }
#define LESS_OF_EACH(bytes)                                                              \
    LESS(0, bytes, VWR_EPROTO), LESS(6, bytes, VWR_EPROTO), LESS(13, bytes, VWR_EPROTO), \
        LESS(16, bytes, VWR_EPROTO)

static const struct bench_wrong wrongs[] = {STATUS_OF_EACH(2, VWR_EUNSUPP),
                                            STATUS_OF_EACH(3, VWR_ENODEV),
                                            STATUS_OF_EACH(4, VWR_EIO),
                                            STATUS_OF_EACH(5, VWR_EIO),
                                            STATUS_OF_EACH(1, VWR_EIO),
                                            STATUS_OF_EACH(0xff, VWR_EIO),
                                            LESS_OF_EACH(1),
                                            LESS_OF_EACH(2),
                                            LESS_OF_EACH(3),
                                            LESS_OF_EACH(4),
                                            LESS_OF_EACH(5),
                                            LESS_OF_EACH(6),
                                            LESS_OF_EACH(7),
                                            /* no status: */ LESS(6, 16, VWR_EIO)};

/* The alarm of clock 2 has expired. */
static const uint8_t restored[] = {11, 12};

const struct bench_shapes bench_rtc_shapes = {
    .name = "rtc",
    .id = 17,
    .optional = {{1u << 0}},
    .queues = 2,
    .status_first = true,
    .most = 1,
    .numbers = numbers,
    .shape = shapes,
    .shapes = VWR_COUNT(shapes),
    .act = acts,
    .acts = VWR_COUNT(acts),
    .usual = 6,
    .lie = lies,
    .lies = VWR_COUNT(lies),
    .wrong = wrongs,
    .wrongs = VWR_COUNT(wrongs),
    .settings = 11,
    .restored = restored,
    .restored_count = sizeof(restored),
};
