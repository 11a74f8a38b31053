/* SPDX-License-Identifier: MIT */
#include "shapes.h"
#include "spi.h"

/* The chips of spi.h. */

#define LINUX "Linux, drivers/spi/spi-virtio.c, virtio_spi_transfer_one(): read, not recorded"

/* Chip, bits of a word, cs_change, widths; mode, frequency; delays: of a word, setup, hold, inactive. */
#define HEAD(chip, bits, change, tx, rx, mode, freq, delays) \
    chip bits change tx rx "\0\0\0" mode "\0\0\0" freq delays
#define MHZ "\x40\x42\x0f\0"
#define NO_DELAYS "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define DELAYS "\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0"
#define PLAIN(chip) HEAD(chip, "\x08", "\0", "\1", "\1", "\0", MHZ, NO_DELAYS)

#define OK "\0"
#define PARAM_ERR "\1"
#define TRANS_ERR "\2"

static const struct bench_shape shapes[] = {
    {"write", "spi.dev.6", LINUX, BENCH_BYTES(PLAIN("\0") "\xaa\xbb\xcc"), BENCH_BYTES(OK), 0, 0},
    {"read", "spi.dev.6", LINUX, BENCH_BYTES(PLAIN("\0")), BENCH_BYTES("\xaa\xbb\xcc\0" OK), 0, 0},
    {"both", "spi.dev.6", LINUX,
     BENCH_BYTES(HEAD("\0", "\x08", "\1", "\1", "\1", "\3", MHZ, DELAYS) "\x11\x22\x33\x44"),
     BENCH_BYTES("\xaa\xbb\xcc\0" OK), 0, 0},
    {"dual", "spi.dev.6", LINUX,
     BENCH_BYTES(HEAD("\0", "\x10", "\0", "\2", "\4", "\4", "\1\0\0\0", NO_DELAYS)),
     BENCH_BYTES("\x11\x22\x33\x44\0\0" OK), 0, 0},
    {"nothing", "spi.dev.6", LINUX, BENCH_BYTES(PLAIN("\2")), BENCH_BYTES(OK), 0, 0},
    {"fails", "spi.dev.5", LINUX, BENCH_BYTES(PLAIN("\1") "\x55"), BENCH_BYTES(TRANS_ERR), 0, 0},
    {"simple", "spi.dev.3 spi.dev.4", LINUX,
     BENCH_BYTES(HEAD("\2", "\x08", "\0", "\1", "\1", "\0", MHZ, DELAYS) "\x55"), BENCH_BYTES(PARAM_ERR), 0,
     0},
};

static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t head[] = {1, 1, 1, 1, 1, 1, 1, 1, 4, 4, 4, 4, 4, 4, 0};

    (void)out;
    return answer ? head + sizeof(head) - 1 : head;
}

/* ---- lies of a guest ---- */

#define MOST 48u /* in both directions */

/* Parameters that the configuration does not allow do not reach a chip. */
#define BAD(name, at, bytes)                                                 \
    LIE(name, "spi.dev.3 spi.dev.4", at, false,                              \
        {.out = BENCH_BYTES(bytes "\x55"), .in = 1, .used = 1, .status = 1}, \
        {.out = BENCH_BYTES(PLAIN("\0") "\x55"), .in = 1, .used = 1, .calls = 1})
#define GOOD(at, bytes)                       \
    LIE("G26_limits", "spi.dev.6", at, false, \
        {.out = BENCH_BYTES(bytes "\x55"), .in = 1, .used = 1, .calls = 1})
#define CUT(at, bytes)                                                          \
    LIE("G12_header", "robustness: less than a header says nothing", at, false, \
        {.out = BENCH_BYTES(bytes), .in = 1, .used = 1, .status = 1},           \
        {.out = BENCH_BYTES(PLAIN("\0") "\x55"), .in = 1, .used = 1, .calls = 1})

static const struct bench_lie lies[] = {
    BAD("G26_words", 3, PLAIN("\3")),
    BAD("G26_words", 0xff, PLAIN("\xff")),
    BAD("G26_words", 0x100, HEAD("\0", "\0", "\0", "\1", "\1", "\0", MHZ, NO_DELAYS)),
    BAD("G26_words", 0x109, HEAD("\0", "\x09", "\0", "\1", "\1", "\0", MHZ, NO_DELAYS)),
    BAD("G26_words", 0x121, HEAD("\0", "\x21", "\0", "\1", "\1", "\0", MHZ, NO_DELAYS)),
    BAD("G26_words", 0x1ff, HEAD("\0", "\xff", "\0", "\1", "\1", "\0", MHZ, NO_DELAYS)),
    BAD("G26_widths", 0x202, HEAD("\0", "\x08", "\2", "\1", "\1", "\0", MHZ, NO_DELAYS)),
    BAD("G26_widths", 0x303, HEAD("\0", "\x08", "\0", "\3", "\1", "\0", MHZ, NO_DELAYS)),
    BAD("G26_widths", 0x308, HEAD("\0", "\x08", "\0", "\x08", "\1", "\0", MHZ, NO_DELAYS)),
    BAD("G26_widths", 0x402, HEAD("\0", "\x08", "\0", "\1", "\2", "\0", MHZ, NO_DELAYS)),
    BAD("G26_widths", 0x4ff, HEAD("\0", "\x08", "\0", "\1", "\xff", "\0", MHZ, NO_DELAYS)),
    BAD("G26_modes", 0x508, HEAD("\0", "\x08", "\0", "\1", "\1", "\x08", MHZ, NO_DELAYS)),
    BAD("G26_modes", 0x510, HEAD("\0", "\x08", "\0", "\1", "\1", "\x10", MHZ, NO_DELAYS)),
    BAD("G26_modes", 0x520, HEAD("\0", "\x08", "\0", "\1", "\1", "\x20", MHZ, NO_DELAYS)),
    BAD("G26_modes", 0x601, HEAD("\0", "\x08", "\0", "\1", "\1", "\0", "\x41\x42\x0f\0", NO_DELAYS)),
    BAD("G26_delays", 0x701,
        HEAD("\0", "\x08", "\0", "\1", "\1", "\0", MHZ, "\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")),
    BAD("G26_delays", 0x702,
        HEAD("\0", "\x08", "\0", "\1", "\1", "\0", MHZ, "\0\0\0\0\3\0\0\0\0\0\0\0\0\0\0\0")),
    BAD("G26_delays", 0x703,
        HEAD("\0", "\x08", "\0", "\1", "\1", "\0", MHZ, "\0\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0")),
    BAD("G26_delays", 0x704,
        HEAD("\0", "\x08", "\0", "\1", "\1", "\0", MHZ, "\0\0\0\0\0\0\0\0\0\0\0\0\5\0\0\0")),
    BAD("G26_delays", 0x705,
        HEAD("\0", "\x08", "\0", "\1", "\1", "\0", MHZ, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x80")),
    GOOD(0, HEAD("\0", "\x08", "\1", "\0", "\0", "\7", MHZ, DELAYS)),
    GOOD(1, HEAD("\2", "\x10", "\0", "\2", "\4", "\4", "\0\0\0\0", NO_DELAYS)),
    CUT(1, "\0"),
    CUT(31, "\0\x8\0\1\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    /* Different lengths in the two directions. */
    LIE("G28_lengths", "spi.dev.3 spi.dev.4", 2, false,
        {.out = BENCH_BYTES(PLAIN("\0") "\x55\x66"), .in = 2, .used = 2, .status = 1},
        {.out = BENCH_BYTES(PLAIN("\0") "\x55\x66"), .in = 4, .used = 4, .status = 1}),
    /* As much as the VMM takes, and more. */
    LIE("G28_long_transfer", "spi.dev.5; header vwr/vspi.h", 0, false,
        {.out = BENCH_BYTES(PLAIN("\0")), .more = MOST / 2, .in = 1, .used = 1, .calls = 1},
        {.out = BENCH_BYTES(PLAIN("\0")), .more = MOST / 2 + 1, .in = 1, .used = 1, .status = 2, .calls = 1},
        {.out = BENCH_BYTES(PLAIN("\0")), .in = MOST / 2 + 2, .used = MOST / 2 + 2, .status = 2, .calls = 1}),
    LIE("G27_no_room", "robustness: there is no part of an answer", 0, false,
        {.out = BENCH_BYTES(PLAIN("\0") "\x55")},
        {.out = BENCH_BYTES(PLAIN("\0") "\x55"), .in = 1, .used = 1, .calls = 1}),
};

/* ---- acts, and lies of a device ---- */

#define ACT(n, result) "act", n, 1, result, (result) == VWR_OK

static const struct bench_act acts[] = {{ACT(0, VWR_OK)},     {ACT(1, VWR_OK)}, {ACT(2, VWR_OK)},
                                        {ACT(3, VWR_OK)},     {ACT(4, VWR_OK)}, {ACT(5, VWR_EIO)},
                                        {ACT(6, VWR_EUNSUPP)}};

#define STATUS(n, status, result)                                \
    {                                                            \
        "D42_statuses", &acts[n], 0, status, 0, false, result, 0 \
    }
#define STATUS_OF_EACH(status, result) \
    STATUS(0, status, result), STATUS(1, status, result), STATUS(2, status, result)
#define LESS(bytes) "D05_D41_short_read", &acts[1], 0, 0, bytes, false, VWR_EPROTO, 0

static const struct bench_wrong wrongs[] = {STATUS_OF_EACH(1, VWR_EUNSUPP),
                                            STATUS_OF_EACH(2, VWR_EIO),
                                            STATUS_OF_EACH(3, VWR_EIO),
                                            STATUS_OF_EACH(0xff, VWR_EIO),
                                            {LESS(2)},
                                            {LESS(3)},
                                            {LESS(4)}};

/* Chips, cs_change, widths of 2 and of 4, words of 8 and 16 bits, modes, and the largest numbers. */
#define CONFIG "\3\1\1\2\x80\x80\0\0\x1f\0\0\0" MHZ DELAYS

const struct bench_shapes bench_spi_shapes = {
    .name = "spi",
    .id = 45,
    .queues = 1,
    .refusal = 1,
    .most = MOST,
    .config = BENCH_BYTES(CONFIG),
    .config_numbers = (const uint8_t[]){1, 1, 1, 1, 4, 4, 4, 4, 4, 4, 4, 0},
    .numbers = numbers,
    .shape = shapes,
    .shapes = VWR_COUNT(shapes),
    .act = acts,
    .acts = VWR_COUNT(acts),
    .usual = 1,
    .settings = VWR_COUNT(acts), /* none */
    .late = 1,
    .lie = lies,
    .lies = VWR_COUNT(lies),
    .wrong = wrongs,
    .wrongs = VWR_COUNT(wrongs),
};
