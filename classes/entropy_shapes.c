/* SPDX-License-Identifier: MIT */
#include "shapes.h"

/* A source of random bytes: each answer continues the one before. */

#define QEMU \
    "QEMU 7.2, hw/virtio/virtio-rng.c, for Linux 6.1: tests/qemu/exchanges/recorded.txtar, entropy.txt"

static const struct bench_shape shapes[] = {
    {"first", "entropy.dev.1", QEMU, BENCH_BYTES(""),
     BENCH_BYTES("\x82\x4d\x22\x79\x46\xbd\x03\x8e\x83\x29\xc7\xa3\xfd\x0b\x58\x30\x0c\xbe\xec\xdb\x30\x45"
                 "\xfa\x18\x85\xd1\x28\x02\x26\x9d\x94\xfc\xd4\xfc\x6b\x1f\x66\x0c\xd1\x06\xe3\xd9\x11\x79"
                 "\x28\x8a\x00\xa7\xd8\x14\xde\x50\x4c\x8f\xf4\x04\x06\xed\x44\xed\xcf\xc7\x1c\x9b"),
     0, 0},
    {"second", "entropy.dev.1", QEMU, BENCH_BYTES(""),
     BENCH_BYTES("\xe3\x23\x0a\x6a\x33\x2c\xeb\x5e\x08\x3d\x77\x51\xc1\xd1\xa3\xb4\x05\xd9\xc8\xf2\xed\xfa"
                 "\xc7\x91\x1a\x96\x40\xfc\xf1\x23\x38\xa2\x22\x83\x42\x07\x11\xf5\x2b\xee\x66\xc0\xb0\x6a"
                 "\x33\xa4\xa5\xb2\xd8\x68\x94\xe0\x02\x47\x28\xbb\x9b\xb7\x1e\xad\x59\x2e\x71\x5b"),
     0, 0},
    {"third", "entropy.dev.1", QEMU, BENCH_BYTES(""),
     BENCH_BYTES("\xf6\x10\x5a\xd9\x25\x4e\xfe\xb0\x4f\x9b\x16\xa9\x9c\x65\xf2\x4a\x3f\x15\x89\xfb\x78\x0e"
                 "\xfc\x6b\x0e\xbb\xc3\x3f\x8f\x3d\xd0\xab\xe9\xd0\x86\x76\x8b\x1e\x27\xdd\x2e\x63\x19\x65"
                 "\x49\xbf\x79\x42\x10\x94\xa4\x3e\x1a\xa6\xf6\x90\x7c\x8b\x5f\x26\xac\x2e\x54\x68"),
     0, 0},
    {"fourth", "entropy.dev.1", QEMU, BENCH_BYTES(""),
     BENCH_BYTES("\x70\x6a\x6d\x03\xc7\x9f\x32\xf1\xed\xb6\xe3\xfe\x0c\x29\xcc\x66\xb7\xc2\x54\xff\xe8\x55"
                 "\x73\xad\x65\x49\x1d\x4e\x1c\x6b\x84\x01\xae\xb2\x54\x3e\x7a\x29\xe1\x65\x97\x7c\xe4\xf9"
                 "\xf8\xa9\x12\xbd\x0a\x2f\x97\x49\x5e\xbf\x4c\xad\x6f\x6d\x90\x93\x22\xb9\x79\x9d"),
     0, 0},
};

/* ---- lies of a guest ---- */

static const struct bench_lie lies[] = {
    /* A buffer that is not writable, and one that is readable and writable. */
    LIE("G28_buffers_of_the_wrong_direction", "entropy.drv.1 split.dev.desc.1 packed.dev.desc.1", 0, false,
        {.out = BENCH_BYTES("readable")}, {.out = BENCH_BYTES("readable"), .in = 8, .used = 8, .calls = 2}),
};

/* ---- acts, and lies of a device ---- */

static const struct bench_act acts[] = {
    {"first", 0, 1, VWR_OK, 64}, {"rest", 1, 3, VWR_OK, 192}, {"all", 0, 4, VWR_OK, 256}};

/* The lengths are those that the device reports. */
#define EMPTY(act, at, done) "D48_empty", act, at, 0, 64, false, VWR_ETIMEOUT, done
#define SAYS(length) "D04_too_long", &acts[0], 0, 0, 64u - (length), false, VWR_OK, 64

static const struct bench_wrong wrongs[] = {
    {EMPTY(&acts[0], 0, 0)}, {EMPTY(&acts[1], 2, 128)}, {EMPTY(&acts[2], 3, 192)}, {SAYS(65)},
    {SAYS(0x80000000)},      {SAYS(UINT32_MAX)},
};

/* There are none. */
static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t none;

    (void)out;
    (void)answer;
    return &none;
}

const struct bench_shapes bench_entropy_shapes = {
    .name = "entropy",
    .id = 4,
    .queues = 1,
    .stream = true,
    .order_clause = "entropy.dev.1",
    .most = 64,
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
};
