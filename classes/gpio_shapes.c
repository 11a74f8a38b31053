/* SPDX-License-Identifier: MIT */
#include "shapes.h"

/* The lines of gpio.h. */

#define LINUX "Linux 6.1, drivers/gpio/gpio-virtio.c: tests/qemu/exchanges/recorded.txtar, gpio.txt"
#define LINUX_READ "Linux 6.1, drivers/gpio/gpio-virtio.c, _virtio_gpio_req(): read, not recorded"

#define VALUE_0 "\0\0\0\0"
#define VALUE(n) n "\0\0\0"
#define GET_NAMES "\1\0\0\0" VALUE_0
#define GET_DIRECTION(line) "\2\0" line "\0" VALUE_0
#define SET_DIRECTION(line, n) "\3\0" line "\0" VALUE(n)
#define GET_VALUE(line) "\4\0" line "\0" VALUE_0
#define SET_VALUE(line, n) "\5\0" line "\0" VALUE(n)
#define SET_TYPE(line, n) "\6\0" line "\0" VALUE(n)
#define NAMES "out-0\0out-1\0out-2\0out-3\0in-0\0in-1\0in-2\0in-3\0"

#define DONE BENCH_BYTES("\0\0"), 0, 0
#define LINE(n, level) (2 * (n) + (level)) /* an event */

static const struct bench_shape shapes[] = {
    {"names", "gpio.dev.req.4", LINUX, BENCH_BYTES(GET_NAMES), BENCH_BYTES("\0" NAMES), 0, 0},
    {"direction", "gpio.dev.req.3", LINUX, BENCH_BYTES(GET_DIRECTION("\0")), DONE},
    {"low", "gpio.dev.req.3", LINUX, BENCH_BYTES(SET_VALUE("\0", "\0")), DONE},
    {"output", "gpio.dev.req.3", LINUX, BENCH_BYTES(SET_DIRECTION("\0", "\1")), DONE},
    {"input", "gpio.dev.req.3", LINUX, BENCH_BYTES(SET_DIRECTION("\4", "\2")), DONE},
    {"edges", "gpio.dev.req.3", LINUX, BENCH_BYTES(SET_TYPE("\4", "\3")), DONE},
    {"was_low", "gpio.dev.req.3", LINUX, BENCH_BYTES(GET_VALUE("\4")), DONE},
    {"rises", "gpio.dev.event.1", LINUX, BENCH_BYTES("\4\0"), BENCH_BYTES("\1"), 1, LINE(4, 1)},
    {"is_high", "gpio.dev.req.3", LINUX, BENCH_BYTES(GET_VALUE("\4")), BENCH_BYTES("\0\1"), 0, 0},
    {"high", "gpio.dev.req.3", LINUX, BENCH_BYTES(SET_VALUE("\0", "\1")), DONE},
    {"falls", "gpio.dev.event.1", LINUX, BENCH_BYTES("\4\0"), BENCH_BYTES("\1"), 1, LINE(4, 0)},
    {"is_low", "gpio.dev.req.3", LINUX, BENCH_BYTES(GET_VALUE("\4")), DONE},
    {"second_input", "gpio.dev.req.3", LINUX, BENCH_BYTES(SET_DIRECTION("\5", "\2")), DONE},
    {"second_edges", "gpio.dev.req.3", LINUX, BENCH_BYTES(SET_TYPE("\5", "\3")), DONE},
    {"second_rises", "gpio.dev.event.1", LINUX, BENCH_BYTES("\5\0"), BENCH_BYTES("\1"), 1, LINE(5, 1)},
    {"second_is_high", "gpio.dev.req.3", LINUX, BENCH_BYTES(GET_VALUE("\5")), BENCH_BYTES("\0\1"), 0, 0},
    {"refused", "gpio.dev.req.1", LINUX_READ, BENCH_BYTES(SET_VALUE("\6", "\1")), BENCH_BYTES("\1\0"), 0, 0},
    {"refused_type", "gpio.dev.req.1", LINUX_READ, BENCH_BYTES(SET_TYPE("\6", "\3")), BENCH_BYTES("\1\0"), 0,
     0},
};

static const uint8_t header[] = {2, 2, 4, 0}; /* also of the configuration */

static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t event[] = {2, 0};

    return answer ? header + 3 : out->n == 2 ? event : header;
}

/* ---- lies of a guest ---- */

/* A message, its status, and changes that the VMM has seen so far. */
#define SAY(bytes, end, n)                                                       \
    {                                                                            \
        .out = BENCH_BYTES(bytes), .in = 2, .used = 2, .status = end, .calls = n \
    }
/* An event: its status, or it waits; later. */
#define UNMASK(line, end, n)                                                                     \
    {                                                                                            \
        .queue = 1, .out = BENCH_BYTES(line "\0"), .in = 1, .used = 1, .status = end, .calls = n \
    }
#define UNMASK_WAITS(line, n)                                                               \
    {                                                                                       \
        .queue = 1, .out = BENCH_BYTES(line "\0"), .in = 1, .used = BENCH_WAITS, .calls = n \
    }
#define LATER(end, n)                                    \
    {                                                    \
        .queue = 1, .used = 1, .status = end, .calls = n \
    }
#define QUIET(n)                                    \
    {                                               \
        .queue = 1, .used = BENCH_WAITS, .calls = n \
    }

/* Lines that do not exist, by each message. */
#define NO_LINE(at, line)                                                            \
    LIE("G25_line", "gpio.dev.req.1", at, false, SAY("\2\0" line VALUE("\1"), 1, 0), \
        SAY("\3\0" line VALUE("\1"), 1, 0), SAY("\4\0" line VALUE("\1"), 1, 0),      \
        SAY("\5\0" line VALUE("\1"), 1, 0), SAY("\6\0" line VALUE("\1"), 1, 0),      \
        {.queue = 1, .out = BENCH_BYTES(line), .in = 1, .used = 1})

/* Types of messages, directions, levels and interrupt types that do not exist. An answer to no message has a
 * status alone. */
#define NO_NUMBER(at, type, direction, level, irq)                                  \
    LIE("G26_number", "gpio.dev.req.1", at, false,                                  \
        {.out = BENCH_BYTES(type "\0\0" VALUE_0), .in = 2, .used = 1, .status = 1}, \
        SAY("\3\0\0\0" direction, 1, 0), SAY("\5\0\0\0" level, 1, 0), SAY("\6\0\0\0" irq, 1, 0))

/* Space for less than an answer, for more, and for names. */
#define ROOM(bytes, of_value, of_names, end)                                  \
    LIE("G27_room", "gpio.dev.req.3 gpio.dev.req.4", bytes, false,            \
        {.out = BENCH_BYTES(GET_VALUE("\0")), .in = bytes, .used = of_value}, \
        {.out = BENCH_BYTES(GET_NAMES), .in = bytes, .used = of_names, .status = end})
#define ROOM_FOR_NAMES(bytes)                                          \
    LIE("G27_room", "gpio.dev.req.3 gpio.dev.req.4", bytes, false,     \
        {.out = BENCH_BYTES(GET_VALUE("\0")), .in = bytes, .used = 2}, \
        {.out = BENCH_BYTES(GET_NAMES), .in = bytes, .want = BENCH_BYTES("\0" NAMES)})

/* Interrupts while the guest has masked them: several edges count as one, a level as long as it is active. */
#define MASKED(type, n, ...)                                                                                \
    LIE("G50_masked", "gpio.dev.event.1", n, false, SAY(SET_TYPE("\0", type), 0, 1),                        \
        {.queue = 1, .event = 0x10000, .times = 1001, .used = BENCH_WAITS, .calls = 1}, UNMASK("\0", 1, 1), \
        __VA_ARGS__)

static const struct bench_lie lies[] = {
    NO_LINE(8, "\x08\0"),
    NO_LINE(0x100, "\0\1"),
    NO_LINE(0xffff, "\xff\xff"),
    NO_NUMBER(0, "\7\0", "\3\0\0\0", "\2\0\0\0", "\x09\0\0\0"),
    NO_NUMBER(200, "\xcf\0", "\xcb\0\0\0", "\xca\0\0\0", "\xd1\0\0\0"),
    NO_NUMBER(0xfff0, "\xf7\xff", "\xf3\xff\0\0", "\xf2\xff\0\0", "\xf9\xff\0\0"),
    LIE("G26_output_with_interrupt", "robustness: a line is an output, or has an interrupt", 0, false,
        SAY(SET_DIRECTION("\0", "\1"), 0, 1), SAY(SET_TYPE("\0", "\1"), 1, 1),
        SAY(SET_TYPE("\1", "\1"), 0, 2), SAY(SET_DIRECTION("\1", "\1"), 1, 2)),
    ROOM(0, 0, 0, 0),
    ROOM(1, 0, 1, 1),
    ROOM(2, 2, 1, 1),
    ROOM(44, 2, 1, 1),
    ROOM_FOR_NAMES(45),
    ROOM_FOR_NAMES(80),
    /* Without the feature there are no interrupts. */
    LIE("G45_feature", "feat.dev.1", 0, true, SAY(SET_TYPE("\0", "\3"), 1, 0),
        SAY(SET_DIRECTION("\0", "\1"), 0, 1)),
    /* A reset with an unmasked interrupt: it does not occur. */
    LIE("G46_reset", "reset.dev.2", BENCH_RESET, false, SAY(SET_TYPE("\1", "\3"), 0, 1),
        UNMASK_WAITS("\1", 1),
        {.queue = 1, .reset = BENCH_RESET, .event = LINE(1, 1), .used = BENCH_WAITS, .calls = 1}),
    LIE("G46_reset", "reset.dev.2", 0, false, SAY(SET_TYPE("\1", "\3"), 0, 1), UNMASK_WAITS("\1", 1),
        {.queue = 1, .event = LINE(1, 1), .used = 1, .status = 1, .calls = 1}),
    /* A line is unmasked twice, or has no interrupt. */
    LIE("G50_unmasks_twice", "gpio.dev.event.2", 0, false, UNMASK("\0", 0, 0),
        SAY(SET_TYPE("\0", "\3"), 0, 1), UNMASK_WAITS("\0", 1), UNMASK("\0", 0, 1), QUIET(1),
        SAY(SET_TYPE("\0", "\0"), 0, 2), LATER(0, 2)),
    MASKED("\1", 1, UNMASK_WAITS("\0", 1)),
    MASKED("\3", 3, UNMASK_WAITS("\0", 1)),
    MASKED("\4", 4, UNMASK("\0", 1, 1)),
};

/* ---- acts, and lies of a device ---- */

#define OK(n)                  \
    {                          \
        "act", n, 1, VWR_OK, 1 \
    }
#define NO(n)                   \
    {                           \
        "act", n, 1, VWR_EIO, 0 \
    }

static const struct bench_act acts[] = {OK(0),  OK(1),  OK(2),  OK(3),  OK(4),  OK(5),
                                        OK(6),  OK(7),  OK(8),  OK(9),  OK(10), OK(11),
                                        OK(12), OK(13), OK(14), OK(15), NO(16), NO(17)};

#define STATUS(n, status)                                         \
    {                                                             \
        "D42_statuses", &acts[n], 0, status, 0, false, VWR_EIO, 0 \
    }
#define STATUS_OF_EACH(status) STATUS(2, status), STATUS(3, status), STATUS(6, status), STATUS(17, status)
/* A status OK without a value, and no status. */
#define LESS(n, bytes, result)                                           \
    {                                                                    \
        "D05_D41_short_answers", &acts[n], 0, 0, bytes, false, result, 0 \
    }
#define LESS_OF_EACH(bytes, result) LESS(1, bytes, result), LESS(2, bytes, result), LESS(6, bytes, result)

static const struct bench_wrong wrongs[] = {STATUS_OF_EACH(1), STATUS_OF_EACH(2), STATUS_OF_EACH(0xff),
                                            LESS_OF_EACH(1, VWR_EPROTO), LESS_OF_EACH(2, VWR_EIO)};

static const uint8_t restored[] = {9, 3, 4, 5, 12, 13};

const struct bench_shapes bench_gpio_shapes = {
    .name = "gpio",
    .id = 41,
    .optional = {{1u << 0}},
    .queues = 2,
    .status_first = true,
    .most = 1,
    .config = BENCH_BYTES("\x08\0\0\0\x2c\0\0\0"),
    .config_numbers = header,
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
    .settings = 3,
    .restored = restored,
    .restored_count = sizeof(restored),
    .left = 7,
};
