/* SPDX-License-Identifier: MIT */
#include "scmi.h"
#include "shapes.h"

/* The platform of scmi.h. */

#define LINUX "Linux, drivers/firmware/arm_scmi/"
#define BASE LINUX "base.c: read, not recorded; the token is our driver's"
#define SENSORS LINUX "sensors.c: read, not recorded; the token is our driver's"
#define NOTIFY LINUX "notify.c: read, not recorded; the token is our driver's"

/*
 * Headers: message; type and protocol; token. The tokens are those of commands without waiting, from 0 on, of
 * one that is waited for (8), and of a recovery (9).
 */
#define DO(message) message "\x54\x20\0"
#define AGAIN(message) message "\x54\x24\0"
#define SEND(message, token) message "\x54" token "\0"
#define DELAYED "\x06\x56\0\0"
#define NOTIFIED "\x01\x57\0\0"
#define DO_BASE(message) message "\x40\x20\0"

#define TWO(first, second) first "\0\0\0" second "\0\0\0"
#define ZEROES "\0\0\0\0"
#define OK ZEROES
#define NOT_SUPPORTED "\xff\xff\xff\xff"
#define INVALID "\xfe\xff\xff\xff"
#define NOT_FOUND "\xfc\xff\xff\xff"
#define BUSY "\xfa\xff\xff\xff"
#define COMMS "\xf9\xff\xff\xff"
#define BROKEN "\xf7\xff\xff\xff"
#define PROTOCOL "\xf6\xff\xff\xff"

#define READING DO("\x06")
#define CONFIG DO("\x0a")
#define UPDATES DO("\x0b")
#define READ READING TWO("\0", "\0")
#define READ_OK READING OK ZEROES ZEROES
#define LATER(token) SEND("\x06", token) TWO("\1", "\1")

static const struct bench_shape shapes[] = {
    {"reading", "scmi.dev.cmd.2", SENSORS, BENCH_BYTES(READ), BENCH_BYTES(READ_OK), 0, 0},
    {"config", "scmi.dev.cmd.2", SENSORS, BENCH_BYTES(CONFIG "\1\0\0\0\x11\x22\x33\x44"),
     BENCH_BYTES(CONFIG OK), 0, 0},
    {"configured", "scmi.dev.cmd.2", SENSORS, BENCH_BYTES(READING TWO("\1", "\0")),
     BENCH_BYTES(READING OK "\x11\x22\x33\x44\x11\x22\x33\x44"), 0, 0},
    {"not_found", "scmi.dev.cmd.3", SENSORS, BENCH_BYTES(READING TWO("\4", "\0")),
     BENCH_BYTES(READING NOT_FOUND), 0, 0},
    {"broken", "scmi.dev.cmd.3", SENSORS, BENCH_BYTES(READING TWO("\3", "\0")), BENCH_BYTES(READING BROKEN),
     0, 0},
    {"unknown", "scmi.dev.cmd.3", SENSORS, BENCH_BYTES(DO("\x20")), BENCH_BYTES(DO("\x20") NOT_SUPPORTED), 0,
     0},
    {"version", "scmi.dev.cmd.2", BASE, BENCH_BYTES(DO_BASE("\0")), BENCH_BYTES(DO_BASE("\0") OK "\0\0\2\0"),
     0, 0},
    {"vendor", "scmi.dev.cmd.2", BASE, BENCH_BYTES(DO_BASE("\3")),
     BENCH_BYTES(DO_BASE("\3") OK "bench\0\0\0" ZEROES ZEROES), 0, 0},
    {"protocols", "scmi.dev.cmd.2", BASE, BENCH_BYTES(DO_BASE("\6") ZEROES),
     BENCH_BYTES(DO_BASE("\6") OK "\2\0\0\0\x15\x80\0\0"), 0, 0},
    {"first", "scmi.dev.cmd.1", SENSORS, BENCH_BYTES(SEND("\x06", "\0") TWO("\0", "\0")),
     BENCH_BYTES(SEND("\x06", "\0") OK ZEROES ZEROES), 0, 0},
    {"second", "scmi.dev.cmd.1", SENSORS, BENCH_BYTES(SEND("\x06", "\4") TWO("\1", "\0")),
     BENCH_BYTES(SEND("\x06", "\4") OK "\x11\x22\x33\x44\x11\x22\x33\x44"), 0, 0},
    {"notify", "scmi.dev.cmd.4", NOTIFY, BENCH_BYTES(UPDATES TWO("\1", "\1")), BENCH_BYTES(UPDATES OK), 0, 0},
    {"notify_again", "scmi.dev.cmd.4", NOTIFY, BENCH_BYTES(AGAIN("\x0b") TWO("\1", "\1")),
     BENCH_BYTES(AGAIN("\x0b") OK), 0, 0},
    {"asks", "scmi.dev.cmd.4", SENSORS, BENCH_BYTES(LATER("\0")), BENCH_BYTES(SEND("\x06", "\0") OK), 0, 0},
    {"responds", "scmi.dev.event.5", SENSORS, BENCH_BYTES(""),
     BENCH_BYTES(DELAYED OK "\x11\x22\x33\x44\x11\x22\x33\x44"), 1, SCMI_RESPONDS},
    {"notifies", "scmi.dev.event.1", SENSORS, BENCH_BYTES(""),
     BENCH_BYTES(NOTIFIED ZEROES "\1\0\0\0\x12\x22\x33\x44\x11\x22\x33\x44"), 1, SCMI_CHANGES},
};

/* The header is a number; what follows are bytes that are SCMI's. */
static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t header[] = {4, 0};

    (void)out;
    (void)answer;
    return header;
}

/* ---- lies of a guest ---- */

/* A command, its answer, and calls of the VMM so far. */
#define SAY(bytes, room, answer, n)                                                    \
    {                                                                                  \
        .out = BENCH_BYTES(bytes), .in = room, .want = BENCH_BYTES(answer), .calls = n \
    }
#define WORKS(n) SAY(READ, 16, READ_OK, n)
#define ASK(token, n) SAY(LATER(token), 8, SEND("\x06", token) OK, n)
#define BAD(name, at, bytes, answer) \
    LIE(name, "scmi.dev.cmd.3; header vwr/vscmi.h", at, false, SAY(bytes, 64, answer, 0), WORKS(1))
#define MORE(bytes)                                                                                 \
    LIE("G26_params", "scmi.dev.cmd.3; header vwr/vscmi.h", (bytes) + 8, false,                     \
        {.out = BENCH_BYTES(READ), .more = bytes, .in = 64, .want = BENCH_BYTES(READING PROTOCOL)}, \
        WORKS(1))
#define CUT(at, bytes)                                                          \
    LIE("G12_header", "robustness: less than a header says nothing", at, false, \
        {.out = BENCH_BYTES(bytes), .in = 16}, WORKS(1))
#define NO_ROOM(bytes)                                                            \
    LIE("G27_no_room", "robustness: there is no part of an answer", bytes, false, \
        {.out = BENCH_BYTES(CONFIG "\0\0\0\0\1\1\1\1"), .in = bytes}, WORKS(1))
#define LITTLE_ROOM(bytes)                                     \
    LIE("G27_little_room", "header vwr/vscmi.h", bytes, false, \
        {.out = BENCH_BYTES(READ), .in = bytes, .want = BENCH_BYTES(READING COMMS), .calls = 1}, WORKS(2))

/* Buffers for events. */
#define POST(room, n)                                           \
    {                                                           \
        .queue = 1, .in = room, .used = BENCH_WAITS, .calls = n \
    }
#define HAPPENS(what, n)                                           \
    {                                                              \
        .queue = 1, .event = what, .used = BENCH_WAITS, .calls = n \
    }
#define RESPONSE BENCH_BYTES(DELAYED OK ZEROES ZEROES)
#define NOTICE BENCH_BYTES(NOTIFIED ZEROES "\1\0\0\0\2\0\0\0\0\0\0\0")
#define SUBSCRIBE(n) SAY(UPDATES TWO("\1", "\1"), 8, UPDATES OK, n)

static const struct bench_lie lies[] = {
    CUT(1, "\x06"),
    CUT(3, "\x6\x54\0"),
    BAD("G26_params", 0, READING, READING PROTOCOL),
    BAD("G26_params", 4, READING ZEROES, READING PROTOCOL),
    BAD("G26_params", 7, READING ZEROES "\0\0\0", READING PROTOCOL),
    MORE(1),
    MORE(120),
    MORE(121),
    MORE(400),
    BAD("G26_params_of_base", 0x100, DO_BASE("\0") ZEROES, DO_BASE("\0") PROTOCOL),
    BAD("G26_params_of_base", 0x106, DO_BASE("\6"), DO_BASE("\6") PROTOCOL),
    BAD("G26_type", 1, "\x6\x55\0\0" TWO("\0", "\0"), "\x6\x55\0\0" PROTOCOL),
    BAD("G26_type", 2, DELAYED TWO("\0", "\0"), DELAYED PROTOCOL),
    BAD("G26_type", 3, "\x6\x57\0\0" TWO("\0", "\0"), "\x6\x57\0\0" PROTOCOL),
    BAD("G26_protocol", 0, ZEROES, ZEROES NOT_SUPPORTED),
    BAD("G26_protocol", 0x16, "\0\x58\0\0", "\0\x58\0\0" NOT_SUPPORTED),
    BAD("G26_protocol", 0xff, "\0\xfc\3\0", "\0\xfc\3\0" NOT_SUPPORTED),
    BAD("G26_message", 3, DO("\3"), DO("\3") NOT_SUPPORTED),
    BAD("G26_message", 0xff, DO("\xff"), DO("\xff") NOT_SUPPORTED),
    BAD("G26_message", 0x107, DO_BASE("\7"), DO_BASE("\7") NOT_SUPPORTED),
    BAD("G26_message", 0x1ff, DO_BASE("\xff"), DO_BASE("\xff") NOT_SUPPORTED),
    /* Attributes of messages that there are, and are not; a list from beyond its end, or of a part. */
    BAD("G26_base", 0, DO("\2") "\xb\0\0\0", DO("\2") OK ZEROES),
    BAD("G26_base", 1, DO("\2") "\x20\0\0\0", DO("\2") NOT_FOUND),
    BAD("G26_base", 2, DO("\2") "\6\1\0\0", DO("\2") NOT_FOUND),
    BAD("G26_base", 3, DO_BASE("\2") "\7\0\0\0", DO_BASE("\2") NOT_FOUND),
    BAD("G26_base", 4, DO_BASE("\4"), DO_BASE("\4") NOT_FOUND),
    BAD("G26_list", 5, DO_BASE("\6") "\1\0\0\0", DO_BASE("\6") OK "\1\0\0\0\x80\0\0\0"),
    BAD("G26_list", 6, DO_BASE("\6") "\2\0\0\0", DO_BASE("\6") OK ZEROES),
    BAD("G26_list", 7, DO_BASE("\6") "\3\0\0\0", DO_BASE("\6") INVALID),
    BAD("G26_list", 8, DO_BASE("\6") "\xff\xff\xff\xff", DO_BASE("\6") INVALID),
    LIE("G26_list", "scmi.dev.cmd.3; header vwr/vscmi.h", 9, false, SAY(DO("\1"), 23, DO("\1") COMMS, 0),
        SAY(DO_BASE("\6") ZEROES, 15, DO_BASE("\6") OK ZEROES, 0),
        SAY(DO_BASE("\3"), 23, DO_BASE("\3") COMMS, 0)),
    NO_ROOM(0),
    NO_ROOM(3),
    NO_ROOM(4),
    NO_ROOM(7),
    LITTLE_ROOM(8),
    LITTLE_ROOM(15),
    /* Without the feature there are neither notifications nor delayed responses. */
    LIE("G45_feature", "scmi.dev.cmd.5 scmi.dev.cmd.6", 0, true,
        SAY(UPDATES TWO("\1", "\1"), 8, UPDATES NOT_SUPPORTED, 0),
        SAY(LATER("\0"), 8, SEND("\x06", "\0") NOT_SUPPORTED, 1),
        SAY(DO("\2") "\xb\0\0\0", 12, DO("\2") NOT_FOUND, 1), WORKS(2)),
    /* A reset forgets them. */
    LIE("G46_forgets", "reset.dev.2", BENCH_RESET, false, SUBSCRIBE(1), ASK("\0", 2),
        {.queue = 1, .reset = BENCH_RESET, .in = 64, .used = BENCH_WAITS, .calls = 2},
        HAPPENS(SCMI_CHANGES, 2), HAPPENS(SCMI_RESPONDS, 2), ASK("\0", 3)),
    /* A delayed response comes with the next buffer that is long enough, once. */
    LIE("G50_no_buffer", "scmi.dev.event.5", 0, false, ASK("\0", 1),
        {.queue = 1, .event = SCMI_RESPONDS, .used = BENCH_WAITS, .calls = 1, .asks = true},
        {.queue = 1, .in = 15, .calls = 1}, {.queue = 1, .in = 16, .want = RESPONSE, .calls = 1},
        POST(16, 1)),
    /* A notification that nobody can receive is dropped. */
    LIE("G50_no_buffer", "scmi.dev.event.1", 1, false, SUBSCRIBE(1),
        {.queue = 1, .event = SCMI_CHANGES, .used = BENCH_WAITS, .calls = 1, .asks = true}, POST(64, 1),
        {.queue = 1, .event = SCMI_CHANGES, .want = NOTICE, .calls = 1}),
    /* More delayed responses than the device remembers, and two of one header. */
    LIE("G50_promises", "header vwr/vscmi.h", 0, false, ASK("\0", 1),
        SAY(LATER("\0"), 8, SEND("\x06", "\0") BUSY, 2), ASK("\4", 3), ASK("\x08", 4), ASK("\x0c", 5),
        SAY(LATER("\x10"), 8, SEND("\x06", "\x10") BUSY, 6), POST(64, 6),
        {.queue = 1, .event = SCMI_RESPONDS, .want = RESPONSE, .calls = 6}, ASK("\x10", 7)),
    /* A command that fails promises nothing. */
    LIE("G50_promises", "header vwr/vscmi.h", 1, false,
        {.out = BENCH_BYTES(SEND("\x06", "\0") TWO("\3", "\1")),
         .in = 8,
         .want = BENCH_BYTES(SEND("\x06", "\0") BROKEN),
         .calls = 1000,
         .times = 1000},
        ASK("\0", 1001)),
};

/* ---- acts, and lies of a device ---- */

#define ACT(n, result) "act", n, 1, result, (result) == VWR_OK

static const struct bench_act acts[] = {
    {ACT(0, VWR_OK)},      {ACT(1, VWR_OK)},  {ACT(2, VWR_OK)},  {ACT(3, VWR_EIO)}, {ACT(4, VWR_EIO)},
    {ACT(5, VWR_EUNSUPP)}, {ACT(6, VWR_OK)},  {ACT(7, VWR_OK)},  {ACT(8, VWR_OK)},  {"two", 9, 2, VWR_OK, 2},
    {ACT(11, VWR_OK)},     {ACT(13, VWR_OK)}, {ACT(14, VWR_OK)}, {ACT(15, VWR_OK)}};

#define STATUS(n, at, status, done) "D42_statuses", &acts[n], at, status, 0, false, VWR_EIO, done
#define LESS(n, bytes) "D05_D41_short_answers", &acts[n], 0, 0, bytes, false, VWR_EPROTO, 0
#define LESS_OF_EACH(bytes)             \
    {LESS(0, bytes)}, {LESS(1, bytes)}, \
    {                                   \
        LESS(6, bytes)                  \
    }
/* Less than a header is dropped. */
#define TORN(n, bytes) "D48_events", &acts[n], 0, 0, bytes, false, VWR_EPROTO, 0

static const struct bench_wrong wrongs[] = {
    {STATUS(0, 0, 1, 0)}, {STATUS(0, 0, 0xff, 0)}, {STATUS(1, 0, 0x80, 0)},
    {STATUS(9, 0, 1, 0)}, {STATUS(9, 1, 1, 1)},    LESS_OF_EACH(1),
    LESS_OF_EACH(4),      LESS_OF_EACH(5),         LESS_OF_EACH(8),
    {LESS(0, 9)},         {LESS(0, 16)},           {TORN(13, 17)},
    {TORN(13, 19)},
};

/* Notifications are requested again. */
static const uint8_t restored[] = {12};

const struct bench_shapes bench_scmi_shapes = {
    .name = "scmi",
    .id = 32,
    .optional = {{1u << 0}},
    .queues = 2,
    .roomy = true,
    .status_first = true,
    .status_at = 4,
    .status_bytes = 4,
    .status_little = true,
    .echoes = 4,
    .most = 1,
    .numbers = numbers,
    .shape = shapes,
    .shapes = VWR_COUNT(shapes),
    .act = acts,
    .acts = VWR_COUNT(acts),
    .usual = 0,
    .lie = lies,
    .lies = VWR_COUNT(lies),
    .wrong = wrongs,
    .wrongs = VWR_COUNT(wrongs),
    .settings = 10,
    .restored = restored,
    .restored_count = sizeof(restored),
};
