/* SPDX-License-Identifier: MIT */
#include "shapes.h"

/* An I2C bus with the memories of i2c.h. */

#define LINUX "Linux 6.1, drivers/i2c/busses/i2c-virtio.c: tests/qemu/exchanges/recorded.txtar, i2c.txt"
#define LINUX_READ "Linux 6.1, drivers/i2c/busses/i2c-virtio.c, virtio_i2c_prepare_reqs(): read, not recorded"
#define BY_HAND "computed from the text: no other driver is known that sends 10-bit addresses"

/* addr, padding, flags: a write, one with a successor, and the same of reads */
#define HEADER(addr) addr "\0\0\0\0\0\0"
#define MORE(addr) addr "\0\0\1\0\0\0"
#define READ(addr) addr "\0\0\2\0\0\0"
#define READ_MORE(addr) addr "\0\0\3\0\0\0"
#define MEMORY "\xa0\0"

static const struct bench_shape shapes[] = {
    {"write", "i2c.drv.8", LINUX,
     BENCH_BYTES(HEADER(MEMORY) "\0\x00\x07\x0e\x15\x1c\x23\x2a\x31\x38\x3f\x46\x4d\x54\x5b\x62\x69"
                                "\x70\x77\x7e\x85\x8c\x93\x9a\xa1\xa8\xaf\xb6\xbd\xc4\xcb\xd2\xd9"),
     BENCH_BYTES("\0"), 0, 0},
    {"point", "i2c.drv.10", LINUX, BENCH_BYTES(MORE(MEMORY) "\0"), BENCH_BYTES("\0"), 0, 0},
    {"read", "i2c.drv.7", LINUX, BENCH_BYTES(READ(MEMORY)), BENCH_BYTES("\0\0"), 0, 0},
    {"refused", "i2c.dev.7", LINUX, BENCH_BYTES(HEADER("\xa2\0") "\0\xee"), BENCH_BYTES("\1"), 0, 0},
    {"refused_of_two", "i2c.dev.9", LINUX, BENCH_BYTES(MORE("\xa2\0") "\0\xee"), BENCH_BYTES("\1"), 0, 0},
    {"rest", "i2c.dev.9", LINUX, BENCH_BYTES(HEADER(MEMORY) "\0\xee"), BENCH_BYTES("\1"), 0, 0},
    {"absent", "i2c.dev.1", LINUX, BENCH_BYTES(HEADER("\x06\0")), BENCH_BYTES("\1"), 0, 0},
    {"present", "i2c.dev.1", LINUX, BENCH_BYTES(HEADER(MEMORY)), BENCH_BYTES("\0"), 0, 0},
    {"point_of_three", "i2c.drv.10", LINUX, BENCH_BYTES(MORE(MEMORY) "\0"), BENCH_BYTES("\0"), 0, 0},
    {"read_of_three", "i2c.drv.10", LINUX_READ, BENCH_BYTES(READ_MORE(MEMORY)),
     BENCH_BYTES("\x00\x07\x0e\x15\x1c\x23\x2a\x31\0"), 0, 0},
    {"ten", "i2c.drv.8", BY_HAND, BENCH_BYTES(HEADER("\xf4\xa5")), BENCH_BYTES("\0"), 0, 0},
};

/* ---- lies of a guest ---- */

#define MOST 48u

#define BAD 1, 1 /* used length and status */
#define GOOD 1, 0
#define PLAIN 0, 0, 0, {NULL, 0}, false /* no event */

/* A header of another length is none. */
#define CUT(at, bytes)                                                          \
    LIE("G12_header", "robustness: less than a header says nothing", at, false, \
        {BENCH_BYTES(bytes), 0, 1, BAD, 0, 0, 0, PLAIN})

/* Any value is a 7-bit or 10-bit address; only the VMM can refuse it. */
#define TO(at, addr, address)                                                              \
    LIE("G26_address", "robustness: what no target has is the VMM's to refuse", at, false, \
        {BENCH_BYTES(HEADER(addr)), 1, 1, BAD, 1, address, 0, PLAIN})

/* More data than the VMM takes: the message fails, and so does the rest of its transfer. */
#define LONG(by, end, n)                                                                                  \
    LIE("G28_long_message", "i2c.dev.9; header vwr/vi2c.h", by, false,                                    \
        {BENCH_BYTES(MORE(MEMORY)), MOST + (by), 1, 1, end, 1 * (n), 0, 0, PLAIN},                        \
        {BENCH_BYTES(HEADER(MEMORY)), 0, 1, 1, end, 2 * (n), 0, 0, PLAIN},                                \
        {BENCH_BYTES(READ_MORE(MEMORY)), 0, MOST + (by) + 1, MOST + (by) + 1, end, 3 * (n), 0, 0, PLAIN}, \
        {BENCH_BYTES(HEADER(MEMORY)), 0, 1, 1, end, 4 * (n), 0, 0, PLAIN})

static const struct bench_lie lies[] = {
    CUT(1, "\xa0"),
    CUT(4, "\xa0\0\0\0"),
    CUT(7, "\xa0\0\0\0\0\0\0"),
    TO(0, "\0\0", 0),
    TO(0x22, "\x22\0", 0x11),
    TO(0xf0, "\xf0\0", 0x8000),
    TO(0xa5f7, "\xf7\xa5", 0x83a5),
    TO(0xf8, "\xf8\0", 0x7c),
    TO(0xffff, "\xff\xff", 0x7f),
    LONG(-1, 0, 1),
    LONG(0, 0, 1),
    LONG(1, 1, 0),
    /* No space for the data, or for the status. */
    LIE("G27_no_room", "i2c.dev.1", 0, false, {BENCH_BYTES(READ(MEMORY)), 0, 1, GOOD, 1, 0, 0, PLAIN},
        {BENCH_BYTES(READ(MEMORY)), 0, 0, 0, 0, 1, 0, 0, PLAIN}),
    /* A transfer whose first message fails; the messages after its end are another transfer's. */
    LIE("G30_transfer_that_fails", "i2c.dev.9", 0, false,
        {BENCH_BYTES(MORE("\x22\0")), 1, 1, BAD, 1, 0x11, 0, PLAIN},
        {BENCH_BYTES(READ_MORE(MEMORY)), 0, 5, 5, 1, 1, 0, 0, PLAIN},
        {BENCH_BYTES(HEADER(MEMORY)), 1, 1, BAD, 1, 0, 0, PLAIN},
        {BENCH_BYTES(HEADER(MEMORY)), 1, 1, GOOD, 2, 0, 0, PLAIN}),
    LIE("G30_transfer_that_fails", "i2c.dev.9", BENCH_RESET, false,
        {BENCH_BYTES(MORE("\x22\0")), 1, 1, BAD, 1, 0x11, 0, PLAIN},
        {BENCH_BYTES(HEADER(MEMORY)), 1, 1, GOOD, 2, 0, BENCH_RESET, PLAIN}),
    LIE("G30_transfer_that_fails", "i2c.dev.9", BENCH_QUEUE_RESET, false,
        {BENCH_BYTES(MORE("\x22\0")), 1, 1, BAD, 1, 0x11, 0, PLAIN},
        {BENCH_BYTES(HEADER(MEMORY)), 1, 1, GOOD, 2, 0, BENCH_QUEUE_RESET, PLAIN}),
};

/* ---- acts, and lies of a device ---- */

static const struct bench_act acts[] = {
    {"write", 0, 1, VWR_OK, 1},           {"write_read", 1, 2, VWR_OK, 2}, {"refused", 3, 1, VWR_EIO, 0},
    {"refused_of_two", 4, 2, VWR_EIO, 0}, {"absent", 6, 1, VWR_EIO, 0},    {"present", 7, 1, VWR_OK, 1},
    {"three", 8, 3, VWR_OK, 3},
};
static const struct bench_act eight = {"eight", 0, 8, VWR_OK, 8};

#define STATUS(at, status) "D42_statuses", &acts[6], at, status, 0, false, VWR_EIO, at
#define LESS(bytes) "D05_D41_short_read", &acts[6], 1, 0, bytes, false, VWR_EPROTO, 1

static const struct bench_wrong wrongs[] = {
    {STATUS(0, 1)},
    {STATUS(1, 1)},
    {STATUS(2, 1)},
    {STATUS(0, 2)},
    {STATUS(1, 2)},
    {STATUS(2, 2)},
    {STATUS(0, 0xff)},
    {STATUS(1, 0xff)},
    {STATUS(2, 0xff)},
    {LESS(2)},
    {LESS(3)},
    {LESS(4)},
    {LESS(5)},
    {LESS(6)},
    {LESS(7)},
    /* The transfer has more messages than the queue: the call waits for space in vain. */
    {"D14_silent", &eight, 0, 0, 0, true, VWR_EINFLIGHT, 0},
};

static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t header[] = {2, 2, 4, 0};

    (void)out;
    return answer ? header + 3 : header;
}

const struct bench_shapes bench_i2c_shapes = {
    .name = "i2c",
    .id = 34,
    .mandatory = {{1u << 0}},
    .mandatory_clause = "i2c.dev.2",
    .mandatory_name = "ZERO_LENGTH_REQUEST",
    .queues = 1,
    .refusal = 1,
    .order_clause = "i2c.dev.7",
    .most = MOST,
    .numbers = numbers,
    .shape = shapes,
    .shapes = VWR_COUNT(shapes),
    .act = acts,
    .acts = VWR_COUNT(acts),
    .usual = 1,
    .settings = VWR_COUNT(acts), /* none */
    .late = 9,
    .lie = lies,
    .lies = VWR_COUNT(lies),
    .wrong = wrongs,
    .wrongs = VWR_COUNT(wrongs),
};
