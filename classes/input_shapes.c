/* SPDX-License-Identifier: MIT */
#include "input.h"
#include "shapes.h"

/* The keyboard of input.h, and moves of QEMU's tablet. */

#define KEYS "QEMU 7.2 and Linux 6.1: tests/qemu/exchanges/recorded.txtar, input.txt"
#define TABLET "QEMU 7.2: tests/qemu/exchanges/recorded.txtar, input-2.txt"
#define LINUX_READ "Linux 6.1, drivers/virtio/virtio_input.c, virtinput_send_status(): read, not recorded"

#define LED(n, on) "\x11\0" n "\0" on "\0\0\0"
#define PRESS "\1\0\x1e\0\1\0\0\0"
#define RELEASE "\1\0\x1e\0\0\0\0\0"
#define SYN "\0\0\0\0\0\0\0\0"

/* The end of a group is there already when its buffer is. */
#define ENDS(from) "ends", "input.dev.2", from, BENCH_BYTES(""), BENCH_BYTES(SYN), 0, 0

static const struct bench_shape shapes[] = {
    {"presses", "input.dev.1", KEYS, BENCH_BYTES(""), BENCH_BYTES(PRESS), 0, INPUT_PRESS},
    {ENDS(KEYS)},
    {"releases", "input.dev.1", KEYS, BENCH_BYTES(""), BENCH_BYTES(RELEASE), 0, INPUT_RELEASE},
    {ENDS(KEYS)},
    {"moves_x", "input.dev.1", TABLET, BENCH_BYTES(""), BENCH_BYTES("\3\0\0\0\xe8\3\0\0"), 0, INPUT_MOVE_X},
    {ENDS(TABLET)},
    {"moves_y", "input.dev.1", TABLET, BENCH_BYTES(""), BENCH_BYTES("\3\0\1\0\xd0\7\0\0"), 0, INPUT_MOVE_Y},
    {ENDS(TABLET)},
    {"led_on", "input.drv.4", KEYS, BENCH_BYTES(LED("\0", "\1")), BENCH_BYTES(""), 1, 0},
    {"led_off", "input.drv.4", LINUX_READ, BENCH_BYTES(LED("\1", "\0")), BENCH_BYTES(""), 1, 0},
    {"last_led", "input.drv.4", LINUX_READ, BENCH_BYTES(LED("\2", "\1")), BENCH_BYTES(""), 1, 0},
};

static const uint8_t event[] = {2, 2, 4, 0};

static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    return (out->n == 0) == answer ? event : event + 3;
}

/* ---- lies of a guest ---- */

/* An event buffer, and what it gets; too short; it waits. */
#define GETS(bytes, text) .in = bytes, .want = BENCH_BYTES(text)
#define SHORT(bytes, count) .in = bytes, .times = count
#define WAITS .in = 8, .used = BENCH_WAITS
#define HAPPENS(what, count) .event = what, .used = BENCH_WAITS, .times = count
#define PRESSED       \
    {GETS(8, PRESS)}, \
    {                 \
        GETS(8, SYN)  \
    }
#define FOUR_PRESSED PRESSED, PRESSED, PRESSED, PRESSED

/* A status message, and those that the VMM has got. */
#define SAY(bytes, n) .queue = 1, .out = BENCH_BYTES(bytes), .calls = n

#define STATUS_LENGTH(at, ...)                                      \
    LIE("G30_status_length", "input.drv.4", at, false, __VA_ARGS__, \
        {.queue = 1, .out = BENCH_BYTES(LED("\0", "\1")), .in = 4, .calls = 1})
#define LENGTH_OF_AN_EVENT(bytes)                                                                   \
    LIE("G52_used_length_of_an_event", "split.dev.used.2", bytes, false, {HAPPENS(INPUT_PRESS, 1)}, \
        {GETS(bytes, PRESS)}, {GETS(bytes, SYN)})

static const struct bench_lie lies[] = {
    LIE("G50_short_buffers_for_ever", "input.drv.3", 0, false, {HAPPENS(INPUT_PRESS, 1)}, {SHORT(7, 1000)},
        PRESSED),
    /* Those groups that fit the FIFO arrive in order, each complete. */
    LIE("G50_nobody_reads_events", "input.dev.1 input.dev.2 input.dev.3", 0, false,
        {HAPPENS(INPUT_PRESS, 1000)}, FOUR_PRESSED, FOUR_PRESSED, {WAITS}),
    /* Part of a group was delivered, and half of another one has happened: the next driver gets nothing. */
    LIE("G46_reset_in_a_group", "reset.dev.2; input.dev.2", 0, false, {HAPPENS(INPUT_PRESS, 2)}, PRESSED,
        {GETS(8, PRESS)}, {HAPPENS(INPUT_HALF, 1)},
        {.reset = BENCH_RESET, .in = 8, .used = BENCH_WAITS, .event = INPUT_REST},
        {.event = INPUT_RELEASE, .want = BENCH_BYTES(RELEASE)}, {GETS(8, SYN)}, {WAITS}),
    LENGTH_OF_AN_EVENT(9),
    LENGTH_OF_AN_EVENT(16),
    LENGTH_OF_AN_EVENT(255),
    STATUS_LENGTH(1, {SAY("\x11", 0)}),
    STATUS_LENGTH(7, {SAY("\x11\0\0\0\1\0\0", 0)}),
    STATUS_LENGTH(8, {.queue = 1, .in = 8}),
    STATUS_LENGTH(9, {SAY(LED("\0", "\1") "\0", 0)}),
    LIE("G30_status_of_nothing", "robustness: there is no such LED", 0, false,
        {SAY("\0\0\0\0\xff\xff\xff\xff", 0)}, {SAY("\3\0\0\0\xff\xff\xff\xff", 0)},
        {SAY("\x11\0\3\0\xff\xff\xff\xff", 0)}, {SAY("\x11\0\xff\xff\xff\xff\xff\xff", 0)},
        {SAY("\xff\xff\xff\xff\xff\xff\xff\xff", 0)}),
    LIE("G51_bad_status_without_end", "input.drv.4", 0, false,
        {.queue = 1, .out = BENCH_BYTES("\x11\0\0"), .times = 5000}, {.queue = 1, .in = 7, .times = 5000}),
};

/* ---- acts, and lies of a device ---- */

#define GROUP(n) "group", n, 2, VWR_OK, 2
#define SETS(n) "sets", n, 1, VWR_OK, 1

static const struct bench_act acts[] = {{GROUP(0)}, {GROUP(2)}, {GROUP(4)}, {GROUP(6)},
                                        {SETS(8)},  {SETS(9)},  {SETS(10)}};

/* A shorter buffer is no event, and its group is truncated; a longer one starts with a valid event. */
#define LESS(bytes) "D48_lengths", &acts[0], 0, 0, bytes, false, VWR_EPROTO, 0
#define MORE(bytes) "D48_lengths", &acts[0], 0, 0, 0u - (bytes), false, VWR_OK, 2
#define LENGTHS(bytes) \
    {LESS(bytes)},     \
    {                  \
        MORE(bytes)    \
    }

static const struct bench_wrong wrongs[] = {LENGTHS(1),          LENGTHS(2),         LENGTHS(3), LENGTHS(4),
                                            LENGTHS(5),          LENGTHS(6),         LENGTHS(7), LENGTHS(8),
                                            {MORE(0x7ffffff8u)}, {MORE(0xfffffff7u)}};

/* The state of each LED, apart from that of the usual act. */
static const uint8_t restored[] = {8, 9};

const struct bench_shapes bench_input_shapes = {
    .name = "input",
    .id = 18,
    .queues = 2,
    .status_at = sizeof(SYN) - 1,
    .most = 1,
    .config = BENCH_BYTES("\0\0\x14"),
    .config_numbers = event + 3,
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
    .settings = 0,
    .restored = restored,
    .restored_count = sizeof(restored),
};
