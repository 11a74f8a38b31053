/* SPDX-License-Identifier: MIT */
#include "can.h"
#include "shapes.h"

/* The bus of can.h. */

#define LINUX "Linux, drivers/net/can/virtio_can.c, "
#define XMIT LINUX "virtio_can_start_xmit(): read, not recorded"
#define CTRL LINUX "virtio_can_send_ctrl_msg(): read, not recorded"
#define RX LINUX "virtio_can_read_rx_queue(): read, not recorded"
#define BY_HAND "by hand: Linux's driver sends nothing while its interface is down"

/* Type, length, what is reserved, flags, identifier. */
#define FRAME(type, length, flags, id) \
    type length "\0"                   \
                "\0\0\0\0" flags "\0\0" id
#define TX(length, flags, id) FRAME("\1\0", length, flags, id)
#define GOT(length, flags, id) FRAME("\1\1", length, flags, id)

#define NONE "\0\0"
#define FD "\0\x40"
#define EXTENDED "\0\x80"
#define RTR "\0\x20"

#define EIGHT "\x11\x22\x33\x44\x55\x66\x77\x88"
#define ALL_64 EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT "\x99\xaa\xbb\xcc\xdd\xee\xff\x12"

#define START "\1\2"
#define STOP "\2\2"
#define OK BENCH_BYTES("\0")
#define NOT_OK BENCH_BYTES("\1")

#define CLASSIC TX("\3", NONE, "\x23\1\0\0") "\x11\x22\x33"

static const struct bench_shape shapes[] = {
    {"start", "header vwr/vcan.h", CTRL, BENCH_BYTES(START), OK, 2, 0},
    {"classic", "can.dev.tx.6", XMIT, BENCH_BYTES(CLASSIC), OK, 0, 0},
    {"empty", "can.dev.tx.6", XMIT, BENCH_BYTES(TX("\0", NONE, "\xff\7\0\0")), OK, 0, 0},
    {"extended", "can.dev.tx.6", XMIT, BENCH_BYTES(TX("\x08", EXTENDED, "\xf5\xde\xbc\x1a") EIGHT), OK, 0, 0},
    {"fd", "can.dev.tx.6", XMIT, BENCH_BYTES(TX("\x40", FD, "\1\0\0\0") ALL_64), OK, 0, 0},
    {"request", "can.dev.tx.6", XMIT, BENCH_BYTES(TX("\2", RTR, "\x45\3\0\0") "\0\0"), OK, 0, 0},
    {"gets", "can.drv.init.1", RX, BENCH_BYTES(""),
     BENCH_BYTES(GOT("\4", NONE, "\x67\5\0\0") "\xde\xad\xbe\xef"), 1, CAN_CLASSIC},
    {"gets_fd", "can.drv.init.1", RX, BENCH_BYTES(""),
     BENCH_BYTES(GOT("\x0c", "\0\xc0", "\xff\xff\xff\x1f") EIGHT "\xde\xad\xbe\xef"), 1, CAN_FD},
    {"gets_request", "can.drv.init.1", RX, BENCH_BYTES(""),
     BENCH_BYTES(GOT("\3", "\0\xa0", "\0\0\0\x10") "\0\0\0"), 1, CAN_REQUEST},
    {"stop", "header vwr/vcan.h", CTRL, BENCH_BYTES(STOP), OK, 2, 0},
    {"stopped", "can.dev.tx.3 can.dev.tx.4", BY_HAND, BENCH_BYTES(TX("\1", NONE, "\x23\1\0\0") "\x44"),
     NOT_OK, 0, 0},
    {"again", "header vwr/vcan.h", CTRL, BENCH_BYTES(START), OK, 2, 0},
};

static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t frame[] = {2, 2, 1, 1, 2, 4, 4, 0}, control[] = {2, 0};

    if (answer)
        return out->n == 0 ? frame : control + 1;
    return out->n == 2 ? control : frame;
}

/* ---- lies of a guest ---- */

/* A request, the length and status of its answer, and calls of the VMM so far. */
#define SAY(bytes, end, n) .out = BENCH_BYTES(bytes), .in = 1, .used = 1, .status = end, .calls = n
#define STARTS                       \
    {                                \
        .queue = 2, SAY(START, 0, 1) \
    }
#define STOPS(n)                    \
    {                               \
        .queue = 2, SAY(STOP, 0, n) \
    }

/* Refused frames do not reach the VMM; the next one does. */
#define BAD(name, clause, at, bytes) \
    LIE(name, clause, at, false, STARTS, {SAY(bytes, 1, 1)}, {SAY(CLASSIC, 0, 2)})
#define TYPE(at, flags, rest) \
    BAD("G26_type", "can.dev.tx.1 can.dev.tx.2", at, TX("\1", flags, "\1\0\0\0") "\x11" rest)
#define ID(at, flags, id) BAD("G26_identifier", "can.dev.tx.3 can.dev.tx.4", at, TX("\1", flags, id) "\x11")
#define LENGTH(at, length, flags, data) \
    BAD("G26_length", "can.dev.tx.3 can.dev.tx.4", at, TX(length, flags, "\1\0\0\0") data)
#define CUT(at, bytes) BAD("G12_header", "robustness: less than a header says nothing", at, bytes)
#define MODE(at, bytes)                                                                                \
    LIE("G26_mode", "robustness: there is no such request", at, false, {.queue = 2, SAY(bytes, 1, 0)}, \
        {SAY(CLASSIC, 1, 0)})

/* Buffers that are too short for a frame are returned empty. */
#define POST(bytes)                                              \
    {                                                            \
        .queue = 1, .in = bytes, .used = BENCH_WAITS, .calls = 1 \
    }
#define POST_STOPPED                              \
    {                                             \
        .queue = 1, .in = 80, .used = BENCH_WAITS \
    }
#define GETS .want = BENCH_BYTES(GOT("\4", NONE, "\x67\5\0\0") "\xde\xad\xbe\xef"), .calls = 1
#define SHORT_BUFFER(bytes)                                                                                 \
    LIE("G27_short_buffer", "can.drv.init.1", bytes, false, STARTS, POST(bytes),                            \
        {.queue = 1, .event = CAN_CLASSIC, .calls = 1}, POST(80), {.queue = 1, .event = CAN_CLASSIC, GETS}, \
        POST(20))

static const struct bench_lie lies[] = {
    TYPE(0x1, "\1\0", ""),
    TYPE(0x1000, "\0\x10", ""),
    TYPE(0x6000, "\0\x60", ""),
    ID(0x800, NONE, "\0\x8\0\0"),
    ID(0x1fffffff, NONE, "\xff\xff\xff\x1f"),
    ID(0x20000000, EXTENDED, "\0\0\0\x20"),
    ID(0x7fffffff, EXTENDED, "\xff\xff\xff\x7f"),
    LENGTH(9, "\x09", NONE, EIGHT "\0"),
    LENGTH(65, "\x41", FD, ALL_64 "\0"),
    /* More or less data than the length says. */
    LENGTH(3, "\4", NONE, "\x11\x22\x33"),
    LENGTH(5, "\4", NONE, "\x11\x22\x33\x44\x55"),
    LENGTH(0, "\x08", NONE, ""),
    CUT(1, "\1"),
    CUT(2, "\1\0"),
    CUT(15, "\1\0\0\0\0\0\0\0\0\0\0\0\1\0\0"),
    BAD("G26_message", "robustness: there is no such request", 0, FRAME("\2\0", "\0", NONE, "\1\0\0\0")),
    MODE(0, "\0\0"),
    MODE(0x203, "\3\2"),
    MODE(1, "\1"),
    LIE("G27_no_room", "can.dev.tx.6", 0, false, STARTS, {.out = BENCH_BYTES(CLASSIC), .calls = 1},
        {SAY(CLASSIC, 0, 2)}),
    SHORT_BUFFER(1),
    SHORT_BUFFER(15),
    SHORT_BUFFER(19),
    /* Without features there are no frames. */
    LIE("G45_feature", "can.dev.tx.1 can.dev.tx.2", 0, true, {SAY(CLASSIC, 1, 0)}),
    /* A controller that was not started, or was reset. */
    LIE("G46_stopped", "can.dev.tx.3 can.dev.tx.4", 0, false, {SAY(CLASSIC, 1, 0)}),
    LIE("G46_stopped", "reset.dev.2", BENCH_RESET, false, STARTS, {SAY(CLASSIC, 0, 2)},
        {.reset = BENCH_RESET, SAY(CLASSIC, 1, 3)}),
    LIE("G46_stopped", "can.dev.tx.3 can.dev.tx.4", CAN_BUS_OFF, false, STARTS,
        {.event = CAN_BUS_OFF, SAY(CLASSIC, 1, 1)}, {.queue = 2, SAY(START, 0, 2)}, {SAY(CLASSIC, 0, 3)}),
    /* A frame while the guest has no buffer; the device asks for one. Nothing is for a stopped controller. */
    LIE("G50_no_buffer", "robustness: the VMM is told", 0, false, STARTS,
        {.queue = 1, .event = CAN_CLASSIC, .used = BENCH_WAITS, .times = 1000, .calls = 1, .asks = true},
        POST(80), {.queue = 1, .event = CAN_CLASSIC, GETS}),
    LIE("G50_no_buffer", "header vwr/vcan.h", 1, false, POST_STOPPED, STOPS(1),
        {.queue = 1, .event = CAN_CLASSIC, .used = BENCH_WAITS, .calls = 1}),
};

/* ---- acts, and lies of a device ---- */

static const struct bench_act acts[] = {
    {"start", 0, 1, VWR_OK, 1},     {"classic", 1, 1, VWR_OK, 1},      {"three", 1, 3, VWR_OK, 3},
    {"fd", 4, 1, VWR_OK, 1},        {"request", 5, 1, VWR_OK, 1},      {"gets", 6, 1, VWR_OK, 1},
    {"gets_fd", 7, 1, VWR_OK, 1},   {"gets_request", 8, 1, VWR_OK, 1}, {"stop", 9, 1, VWR_OK, 1},
    {"stopped", 10, 1, VWR_EIO, 0}, {"again", 11, 1, VWR_OK, 1}};

#define STATUS(n, at, status) "D42_statuses", &acts[n], at, status, 0, false, VWR_EIO, at
#define STATUSES(n)                       \
    {STATUS(n, 0, 1)}, {STATUS(n, 0, 2)}, \
    {                                     \
        STATUS(n, 0, 0xff)                \
    }
/* Less than a frame is dropped. */
#define LESS(bytes) "D48_lengths", &acts[6], 0, 0, bytes, false, VWR_EPROTO, 0

static const struct bench_wrong wrongs[] = {
    STATUSES(0), STATUSES(1), STATUSES(8), {STATUS(2, 0, 1)}, {STATUS(2, 1, 1)}, {STATUS(2, 2, 0xff)},
    {LESS(1)},   {LESS(12)},  {LESS(13)},  {LESS(27)},        {LESS(28)}};

/* The controller is started again. */
static const uint8_t restored[] = {0};

const struct bench_shapes bench_can_shapes = {
    .name = "can",
    .id = 36,
    .optional = {{0xf}},
    .queues = 3,
    .all_queues = true,
    .roomy = true,
    .most = 1,
    .config = BENCH_BYTES("\0\0"),
    .config_numbers = (const uint8_t[]){2, 0},
    .numbers = numbers,
    .shape = shapes,
    .shapes = VWR_COUNT(shapes),
    .act = acts,
    .acts = VWR_COUNT(acts),
    .usual = 1,
    .lie = lies,
    .lies = VWR_COUNT(lies),
    .wrong = wrongs,
    .wrongs = VWR_COUNT(wrongs),
    .settings = 10,
    .restored = restored,
    .restored_count = sizeof(restored),
};
