/* SPDX-License-Identifier: MIT */
#include "shapes.h"

/* The blocks of mem.h. */

#define LINUX "Linux 6.1.192 on arm64, to virtio-mem-pci of QEMU 7.2.22 (tests/qemu/exchanges/hook.py)"
#define BY_HAND "computed from the text: requests of Linux have 64 blocks of 2 MiB, and it sends no STATE"
#define ZEROES_2 "\0\0"
#define ZEROES_4 ZEROES_2 ZEROES_2
#define ZEROES_6 ZEROES_4 ZEROES_2
#define ZEROES_8 ZEROES_4 ZEROES_4
#define ZEROES_16 ZEROES_8 ZEROES_8

#define ASK(type, addr, count) type "\0" ZEROES_6 addr ZEROES_4 count ZEROES_6
#define PLUG(addr, count) ASK("\0", addr, count)
#define UNPLUG(addr, count) ASK("\1", addr, count)
#define UNPLUG_ALL "\2\0" ZEROES_6 ZEROES_16
#define STATE(addr, count) ASK("\3", addr, count)
#define FIRST "\0\0\0\x80"   /* the addresses of block 0, */
#define LATER "\0\x08\0\x80" /* and of block 32 */
#define FEW "\x20\0"
#define MANY "\x40\0"
#define TOO_MANY "\x70\0"
#define ALL "\x80\0"

#define SAYS(type, state) type "\0" ZEROES_6 state "\0"
#define ACK SAYS("\0", "\0")
#define NACK SAYS("\1", "\0")
#define ERROR SAYS("\3", "\0")

enum { CLEAR, NOTHING, TOO_MUCH, SOME, THERE, PARTLY, AWAY, PLUGS, UNPLUGS };

/* It begins with no plugged block, whatever was before, and ends so. */
static const struct bench_shape shapes[] = {
    {"clear", "mem.dev.unplugall.4", BY_HAND, BENCH_BYTES(UNPLUG_ALL), BENCH_BYTES(ACK), 0, 0},
    {"nothing", "mem.dev.state.6", BY_HAND, BENCH_BYTES(STATE(FIRST, ALL)), BENCH_BYTES(SAYS("\0", "\1")), 0,
     0},
    {"too_much", "mem.dev.plug.6", BY_HAND, BENCH_BYTES(PLUG(FIRST, TOO_MANY)), BENCH_BYTES(NACK), 0, 0},
    {"some", "mem.dev.plug.6", BY_HAND, BENCH_BYTES(PLUG(LATER, FEW)), BENCH_BYTES(ACK), 0, 0},
    {"there", "mem.dev.state.5", BY_HAND, BENCH_BYTES(STATE(LATER, FEW)), BENCH_BYTES(ACK), 0, 0},
    {"partly", "mem.dev.state.7", BY_HAND, BENCH_BYTES(STATE(FIRST, MANY)), BENCH_BYTES(SAYS("\0", "\2")), 0,
     0},
    {"away", "mem.dev.unplug.6", BY_HAND, BENCH_BYTES(UNPLUG(LATER, FEW)), BENCH_BYTES(ACK), 0, 0},
    {"plugs", "mem.dev.plug.6", LINUX, BENCH_BYTES(PLUG(FIRST, MANY)), BENCH_BYTES(ACK), 0, 0},
    {"unplugs", "mem.dev.unplug.6", LINUX, BENCH_BYTES(UNPLUG(FIRST, MANY)), BENCH_BYTES(ACK), 0, 0},
};

static const uint8_t *numbers(const struct bench_bytes *out, bool answer)
{
    static const uint8_t request[] = {2, 2, 2, 2, 8, 2, 2, 2, 2, 0}, response[] = {2, 2, 2, 2, 2, 0};

    (void)out;
    return answer ? response : request;
}

/* ---- lies of a guest ---- */

#define SAY(bytes)                                                      \
    {                                                                   \
        .out = BENCH_BYTES(bytes), .in = 10, .want = BENCH_BYTES(ERROR) \
    }
#define TYPE(at, bytes) \
    LIE("G26_type", "header vwr/vmem.h", at, false, SAY(bytes ZEROES_6 FIRST ZEROES_4 MANY ZEROES_6))
#define LENGTH(at, bytes) LIE("G27_length", "header vwr/vmem.h", at, false, SAY(bytes))
#define NO_ROOM(room)                                                            \
    LIE("G27_no_room", "robustness: there is no part of an answer", room, false, \
        {.out = BENCH_BYTES(PLUG(FIRST, MANY)), .in = room})

static const struct bench_lie lies[] = {
    TYPE(4, "\4\0"),
    TYPE(0x100, "\0\1"),
    TYPE(0xffff, "\xff\xff"),
    LENGTH(1, "\2"),
    LENGTH(8, "\2\0" ZEROES_6),
    LENGTH(23, "\2\0" ZEROES_6 ZEROES_8 ZEROES_6 "\0"),
    LENGTH(25, UNPLUG_ALL "\0"),
    NO_ROOM(1),
    NO_ROOM(9),
    /* The blocks are there once. */
    LIE("G50_twice", "mem.dev.plug.6", 3, false,
        {.out = BENCH_BYTES(PLUG(FIRST, MANY)), .in = 10, .want = BENCH_BYTES(ACK), .calls = 1},
        {.out = BENCH_BYTES(PLUG(FIRST, MANY)),
         .in = 10,
         .want = BENCH_BYTES(ERROR),
         .calls = 1,
         .times = 3}),
};

/* ---- acts, and lies of a device ---- */

/* Configurations: 128 blocks of 64 bytes, all of them usable. */
#define CONFIG(plugged, requested)                                          \
    BENCH_BYTES("\x40\0" ZEROES_6 ZEROES_8 FIRST ZEROES_4 "\0\x20" ZEROES_6 \
                "\0\x20" ZEROES_6 plugged ZEROES_6 requested ZEROES_6)

static const struct bench_bytes config_before[] = {CONFIG("\0\0", "\0\x1c"), CONFIG("\0\0", "\0\x10")};
static const struct bench_bytes config_after[VWR_COUNT(shapes)] = {
    [PLUGS] = CONFIG("\0\x10", "\0\0"), [UNPLUGS] = CONFIG("\0\0", "\0\0")};

/* The second one plugs, and unplugs when the VMM does not want the blocks any more. */
static const struct bench_act acts[] = {{"too_much", TOO_MUCH, 1, VWR_EBUSY, 0},
                                        {"follows", PLUGS, 2, VWR_OK, 1}};

#define REFUSED(n, status) "D42_statuses", &acts[n], 0, status, 0, false, VWR_EBUSY, 0

static const struct bench_wrong wrongs[] = {
    {REFUSED(0, 1)},
    {REFUSED(0, 2)},
    {REFUSED(1, 1)},
    {REFUSED(1, 2)},
    {"D14_silent", &acts[0], 0, 0, 0, true, VWR_ETIMEOUT, 0},
};

static const uint8_t config_numbers[] = {8, 2, 2, 2, 2, 8, 8, 8, 8, 8, 0};

/* The driver asks for the state of all blocks. */
static const uint8_t restored[] = {NOTHING};

const struct bench_shapes bench_mem_shapes = {
    .name = "mem",
    .id = 24,
    .optional = {{1u << 1}},
    .queues = 1,
    .status_first = true,
    .status_bytes = 2,
    .refusal = 3,
    .most = 1,
    .config = CONFIG("\0\0", "\0\0"),
    .config_numbers = config_numbers,
    .config_before = config_before,
    .config_after = config_after,
    .numbers = numbers,
    .shape = shapes,
    .shapes = VWR_COUNT(shapes),
    .act = acts,
    .acts = VWR_COUNT(acts),
    .usual = 1,
    .settings = VWR_COUNT(acts), /* none */
    .lie = lies,
    .lies = VWR_COUNT(lies),
    .wrong = wrongs,
    .wrongs = VWR_COUNT(wrongs),
    .restored = restored,
    .restored_count = VWR_COUNT(restored),
};
