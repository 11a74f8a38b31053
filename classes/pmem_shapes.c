/* SPDX-License-Identifier: MIT */
#include "pmem.h"
#include "shapes.h"

/* The memory of pmem.h. */

#define LINUX "Linux 6.1, drivers/nvdimm/nd_virtio.c, virtio_pmem_flush()"

uint8_t pmem_memory[PMEM_BYTES];

#define FLUSH "\0\0\0\0"
#define OK "\0\0\0\0"
#define FAILED "\xff\xff\xff\xff"

/* The last three are in flight at the same time. */
static const struct bench_shape shapes[] = {
    {"flush", "pmem.dev.flush.1", LINUX, BENCH_BYTES(FLUSH), BENCH_BYTES(OK), 0, 0},
    {"first", "pmem.dev.flush.1", LINUX, BENCH_BYTES(FLUSH), BENCH_BYTES(OK), 0, 0},
    {"second", "pmem.dev.flush.1", LINUX, BENCH_BYTES(FLUSH), BENCH_BYTES(OK), 0, 0},
    {"third", "pmem.dev.flush.1", LINUX, BENCH_BYTES(FLUSH), BENCH_BYTES(OK), 0, 0},
};

static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t number[] = {4, 0};

    (void)out;
    (void)answer;
    return number;
}

/* ---- lies of a guest ---- */

#define SAY(bytes)                                                      \
    {                                                                   \
        .out = BENCH_BYTES(bytes), .in = 4, .want = BENCH_BYTES(FAILED) \
    }
#define TYPE(at, bytes) LIE("G26_type", "pmem.dev.ret.1", at, false, SAY(bytes))
#define LENGTH(at, bytes) LIE("G27_length", "pmem.dev.ret.1", at, false, SAY(bytes))

/* The driver gives less room than an answer takes: nothing is flushed, and nothing is written. */
#define NO_ROOM(room)                                                            \
    LIE("G27_no_room", "robustness: there is no part of an answer", room, false, \
        {.out = BENCH_BYTES(FLUSH), .in = room})

static const struct bench_lie lies[] = {
    TYPE(1, "\1\0\0\0"),
    TYPE(0x100, "\0\1\0\0"),
    TYPE(0x80000000, "\0\0\0\x80"),
    TYPE(0xffffffff, "\xff\xff\xff\xff"),
    LENGTH(1, "\0"),
    LENGTH(3, "\0\0\0"),
    LENGTH(5, FLUSH "\0"),
    LENGTH(8, FLUSH FLUSH),
    NO_ROOM(1),
    NO_ROOM(3),
    /* Each flush is one of the VMM. */
    LIE("G50_flushes", "pmem.dev.flush.1", 1000, false,
        {.out = BENCH_BYTES(FLUSH), .in = 4, .want = BENCH_BYTES(OK), .calls = 1000, .times = 1000}),
};

/* ---- acts, and lies of a device ---- */

static const struct bench_act acts[] = {{"flush", 0, 1, VWR_OK, 1}, {"flushes", 1, 3, VWR_OK, 3}};

#define STATUS(n, at, status) "D42_statuses", &acts[n], at, status, 0, false, VWR_EIO, at
/* An answer that is not written to its end is no success, though what is written of it is. */
#define LESS(bytes) "D05_D41_short_answers", &acts[0], 0, 0, bytes, false, VWR_EIO, 0

static const struct bench_wrong wrongs[] = {
    {STATUS(0, 0, 1)},
    {STATUS(0, 0, 0x7f)},
    {STATUS(0, 0, 0xff)},
    {STATUS(1, 0, 0xff)},
    {STATUS(1, 1, 0xff)},
    {STATUS(1, 2, 0xff)},
    {LESS(1)},
    {LESS(2)},
    {LESS(3)},
    {LESS(4)},
    {"D14_silent", &acts[0], 0, 0, 0, true, VWR_ETIMEOUT, 0},
};

static const uint8_t config_numbers[] = {8, 8, 0};

const struct bench_shapes bench_pmem_shapes = {
    .name = "pmem",
    .id = 27,
    .queues = 1,
    .status_first = true,
    .status_bytes = 4,
    .refusal = 0xff,
    .most = 1,
    .config = BENCH_BYTES("\0\x10\x13\x14\x15\x16\x17\x18\x40\0\0\0\0\0\0\0"),
    .config_numbers = config_numbers,
    .numbers = numbers,
    .shape = shapes,
    .shapes = VWR_COUNT(shapes),
    .act = acts,
    .acts = VWR_COUNT(acts),
    .settings = VWR_COUNT(acts), /* none */
    .lie = lies,
    .lies = VWR_COUNT(lies),
    .wrong = wrongs,
    .wrongs = VWR_COUNT(wrongs),
};
