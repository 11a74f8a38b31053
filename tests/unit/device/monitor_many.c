/* SPDX-License-Identifier: MIT */
#include "vwr/monitor.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/*
 * A monitor as a VMM calls it, which does not compare the rings at each look, with up to 32 requests in
 * flight that end in any order. A request in sixteen breaks a rule. The monitor must follow each request, and
 * report these only.
 */

#define RAM UINT64_C(0x40000000)
#define DESC 0x1000u
#define DRIVER 0x2000u
#define DEVICE 0x3000u
#define BUFFERS 0x10000u
#define BUFFER_BYTES 0x400u
#define READERS 32u
#define SIZE (2 * READERS) /* a chain has one descriptor, or two */
#define HEADER 16u
#define DATA 512u
#define STEPS 4000u

enum { PACKED = 1, TABLES = 2, IN_ORDER = 4, MODES = 8, LIVE = 8 };

static struct {
    _Alignas(4096) uint8_t ram[BUFFERS + READERS * BUFFER_BYTES];
    struct vwr_monitor m;
    struct vwr_monitor_queue queue[1];
    struct vwr_monitor_entry entry[SIZE];
    unsigned mode;
    uint32_t random;
    struct vwr_packed_cursor put, take;
    uint16_t avail, used;
    uint8_t flight[READERS], idle[READERS]; /* slots */
    unsigned flights, idles;
    uint16_t bytes[READERS]; /* of the data of a slot: a device that writes all of them to another one breaks
                                a rule */
    uint32_t broken, reported, served;
    unsigned within; /* both sides act once in so many translations, while the monitor looks; 0: never */
} w;

static uint32_t any(uint32_t below);
static void act_freely(void);

static void *at(uint64_t offset)
{
    return &w.ram[offset];
}

static uint64_t run(void *context, uint64_t addr, const void **host)
{
    (void)context;
    if (addr - RAM >= sizeof(w.ram))
        return 0;
    *host = at(addr - RAM);
    if ((w.mode & LIVE) == 0)
        return sizeof(w.ram) - (addr - RAM);
    if (w.within != 0 && any(w.within) == 0)
        act_freely();
    return BUFFER_BYTES - addr % BUFFER_BYTES; /* it asks again for the next buffer */
}

static void report(void *context, const struct vwr_monitor *m, const struct vwr_monitor_finding *f)
{
    (void)context;
    (void)m;
    assert_int_equal(f->rule, (w.mode & PACKED) != 0 ? VWR_RULE_PACKED_ORDER : VWR_RULE_CHAIN_ORDER);
    w.reported++;
}

static uint32_t any(uint32_t below)
{
    w.random = w.random * 1664525u + 1013904223u;
    return (w.random >> 8) % below;
}

static void rd(uint32_t offset, uint32_t value)
{
    vwr_monitor_access(&w.m, offset, 4, false, value);
}

static void wr(uint32_t offset, uint32_t value)
{
    vwr_monitor_access(&w.m, offset, 4, true, value);
}

static void begin(unsigned mode, uint16_t one_in)
{
    const struct vwr_monitor_setup s = {.live = (mode & LIVE) != 0,
                                        .one_in = one_in,
                                        .run = run,
                                        .report = report,
                                        .queue = w.queue,
                                        .queue_count = 1,
                                        .entry_count = VWR_COUNT(w.entry),
                                        .entry = w.entry};
    const struct vwr_monitor_ring ring = {RAM + DESC, RAM + DRIVER, RAM + DEVICE, SIZE, 0};
    struct vwr_features f = {{0}};

    memset(&w, 0, sizeof(w));
    w.mode = mode;
    w.put.flags = VWR_VIRTQ_DESC_F_AVAIL;
    w.take.flags = VWR_PACKED_WRAP_FLAGS;
    for (w.idles = 0; w.idles < READERS; w.idles++)
        w.idle[w.idles] = (uint8_t)w.idles;
    vwr_features_add(&f, VWR_F_VERSION_1);
    if ((mode & PACKED) != 0)
        vwr_features_add(&f, VWR_F_RING_PACKED);
    if ((mode & TABLES) != 0)
        vwr_features_add(&f, VWR_F_INDIRECT_DESC);
    if ((mode & IN_ORDER) != 0)
        vwr_features_add(&f, VWR_F_IN_ORDER);
    assert_int_equal(vwr_monitor_init(&w.m, &s), VWR_OK);
    rd(VWR_MMIO_MAGIC_VALUE, VWR_MMIO_MAGIC_VALUE_VALUE);
    rd(VWR_MMIO_VERSION, VWR_MMIO_VERSION_MODERN);
    vwr_monitor_set_features(&w.m, &f, &f);
    vwr_monitor_start(&w.m, 0, &ring);
}

static void split_at(uint64_t offset, uint64_t addr, uint32_t len, unsigned flags, unsigned next)
{
    *(struct vwr_virtq_desc *)at(offset) =
        (struct vwr_virtq_desc){vwr_cpu_to_le64(addr), vwr_cpu_to_le32(len), vwr_cpu_to_le16((uint16_t)flags),
                                vwr_cpu_to_le16((uint16_t)next)};
}

static void packed_at(uint64_t offset, uint64_t addr, uint32_t len, unsigned flags, unsigned id)
{
    *(struct vwr_pvirtq_desc *)at(offset) =
        (struct vwr_pvirtq_desc){vwr_cpu_to_le64(addr), vwr_cpu_to_le32(len), vwr_cpu_to_le16((uint16_t)id),
                                 vwr_cpu_to_le16((uint16_t)flags)};
}

/* One of both descriptors of a request: header and data, or data and header. */
static void element(uint64_t offset, unsigned slot, bool is_header, unsigned flags, unsigned other)
{
    const uint64_t buffer = RAM + BUFFERS + (uint64_t)slot * BUFFER_BYTES;
    const unsigned writes = is_header ? 0 : VWR_VIRTQ_DESC_F_WRITE;

    ((w.mode & PACKED) != 0 ? packed_at : split_at)(offset, is_header ? buffer : buffer + 0x100,
                                                    is_header ? HEADER : w.bytes[slot], flags | writes,
                                                    other);
}

static void add_packed(unsigned slot, bool is_broken)
{
    const uint64_t table = BUFFERS + (uint64_t)slot * BUFFER_BYTES + 0x340;

    if ((w.mode & TABLES) != 0) {
        element(table, slot, !is_broken, 0, 0);
        element(table + 16, slot, is_broken, 0, 0);
        packed_at(DESC + w.put.index * 16, RAM + table, 32, VWR_VIRTQ_DESC_F_INDIRECT | w.put.flags, slot);
        vwr_packed_advance(&w.put, 1, SIZE);
        return;
    }
    for (unsigned i = 0; i < 2; i++) {
        element(DESC + w.put.index * 16, slot, (i == 0) != is_broken,
                (i == 0 ? VWR_VIRTQ_DESC_F_NEXT : 0u) | w.put.flags, slot);
        vwr_packed_advance(&w.put, 1, SIZE);
    }
}

static void add_split(unsigned slot, bool is_broken)
{
    struct vwr_virtq_avail *const avail = at(DRIVER);
    const uint64_t table = BUFFERS + (uint64_t)slot * BUFFER_BYTES + 0x340;
    const unsigned head = (w.mode & TABLES) != 0 ? slot : 2 * slot;

    if ((w.mode & TABLES) != 0) {
        element(table, slot, !is_broken, VWR_VIRTQ_DESC_F_NEXT, 1);
        element(table + 16, slot, is_broken, 0, 0);
        split_at(DESC + head * 16, RAM + table, 32, VWR_VIRTQ_DESC_F_INDIRECT, 0);
    } else {
        element(DESC + head * 16, slot, !is_broken, VWR_VIRTQ_DESC_F_NEXT, head + 1);
        element(DESC + (head + 1) * 16, slot, is_broken, 0, 0);
    }
    avail->ring[w.avail++ % SIZE] = vwr_cpu_to_le16((uint16_t)head);
    avail->idx = vwr_cpu_to_le16(w.avail);
}

static void drive(unsigned most)
{
    for (unsigned n = any(most + 1u); n > 0 && w.idles > 0; n--) {
        const unsigned i = any(w.idles), slot = w.idle[i];
        const bool is_broken = any(16) == 0;

        w.idle[i] = w.idle[--w.idles];
        w.broken += is_broken;
        w.bytes[slot] = (uint16_t)(1u + any(DATA));
        ((w.mode & PACKED) != 0 ? add_packed : add_split)(slot, is_broken);
        w.flight[w.flights++] = (uint8_t)slot;
    }
}

static void use_split(unsigned slot)
{
    struct vwr_virtq_used *const used = at(DEVICE);
    struct vwr_virtq_used_elem *const e = &used->ring[w.used++ % SIZE];

    e->id = vwr_cpu_to_le32((w.mode & TABLES) != 0 ? slot : 2 * slot);
    e->len = vwr_cpu_to_le32(w.bytes[slot]);
    used->idx = vwr_cpu_to_le16(w.used);
}

static void use_packed(unsigned slot)
{
    packed_at(DESC + w.take.index * 16, 0, w.bytes[slot], VWR_VIRTQ_DESC_F_WRITE | w.take.flags, slot);
    vwr_packed_advance(&w.take, (w.mode & TABLES) != 0 ? 1 : 2, SIZE);
}

/* Completes some requests, in any order unless IN_ORDER was negotiated. Their slots are in `done`. */
static unsigned complete(uint8_t *done)
{
    const unsigned count = any(w.flights + 1u);

    for (unsigned n = 0; n < count; n++) {
        const unsigned i = (w.mode & IN_ORDER) != 0 ? 0 : any(w.flights);

        done[n] = w.flight[i];
        memmove(&w.flight[i], &w.flight[i + 1], --w.flights - i);
        ((w.mode & PACKED) != 0 ? use_packed : use_split)(done[n]);
    }
    return count;
}

/* The driver acts, and notifies or does not; the device completes, while the driver adds more. */
static void both_act(void)
{
    uint8_t done[READERS];
    unsigned count;

    drive(READERS);
    vwr_monitor_look(&w.m, VWR_BY_DRIVER);
    if (any(2) == 0)
        wr(VWR_MMIO_QUEUE_NOTIFY, 0);
    vwr_monitor_look(&w.m, VWR_BY_DEVICE);
    count = complete(done);
    drive(4);
    vwr_monitor_look(&w.m, VWR_BY_DRIVER | VWR_BY_DEVICE);
    if (count == 0)
        return;
    vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    rd(VWR_MMIO_INTERRUPT_STATUS, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    wr(VWR_MMIO_INTERRUPT_ACK, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    for (unsigned i = 0; i < count; i++)
        w.idle[w.idles++] = done[i];
    w.served += count;
}

static void nothing_is_lost(void **state)
{
    (void)state;
    for (unsigned mode = 0; mode < MODES; mode++) {
        begin(mode, 0);
        for (unsigned i = 0; i < STEPS; i++) {
            both_act();
            assert_int_equal(w.reported, w.broken); /* at once: before the request ends */
        }
        assert_true(w.broken > STEPS / 4 && w.served > 4 * STEPS);
        assert_int_equal(w.m.buffers, w.served);
        assert_int_equal(w.m.found, w.broken);
        assert_int_equal(w.m.unseen, 0);
        assert_int_equal(w.m.lost, 0);
    }
}

/* Requests of both sides that nobody looks at. */
static void act_freely(void)
{
    uint8_t done[READERS];
    unsigned count;

    drive(8);
    count = complete(done);
    for (unsigned i = 0; i < count; i++)
        w.idle[w.idles++] = done[i];
    w.served += count;
}

/* Until nothing is in flight and the monitor follows the queue again. */
static void come_to_rest(void)
{
    const unsigned within = w.within;

    w.within = 0;
    for (unsigned i = 0; i < STEPS && (w.flights != 0 || !w.queue[0].followed); i++) {
        act_freely();
        vwr_monitor_look(&w.m, VWR_BY_DRIVER | VWR_BY_DEVICE);
    }
    w.within = within;
}

static void look_now_and_then(unsigned acts)
{
    for (unsigned i = 0; i < STEPS; i++) {
        for (unsigned n = any(acts + 1u); n > 0; n--)
            act_freely();
        vwr_monitor_look(&w.m, VWR_BY_DRIVER | VWR_BY_DEVICE);
        assert_true(w.reported <= w.broken && w.m.found == w.reported);
        assert_true(w.m.buffers <= w.served);
    }
}

/*
 * Both sides run while the monitor inspects the rings, which it does as often as it can, or misses laps. It
 * finds the
 * broken rules in buffers that it has seen in time, and nothing else.
 */
static void a_live_monitor_finds_nothing_false(void **state)
{
    static const unsigned acts[] = {1, 3, 40};

    (void)state;
    for (unsigned mode = LIVE; mode < LIVE + MODES; mode++) {
        for (unsigned i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
            begin(mode, 0);
            w.within = 6;
            look_now_and_then(acts[i]);
            come_to_rest();
            assert_true(acts[i] == 1 || w.m.lost > 0);
            if (mode != (LIVE | PACKED)) /* where nearly every list of two is overwritten before it is seen */
                assert_true(w.m.buffers > STEPS / 100 && w.m.unseen > 0 && (acts[i] > 3 || w.reported > 0));
            assert_true(w.queue[0].followed || (mode & (PACKED | TABLES)) == PACKED);
        }
    }
}

/*
 * A live monitor that pauses now and then follows the queue again at its next look, a packed ring once
 * nothing is in flight. It finds nothing false, and a pause is no loss.
 */
static void a_pause_finds_nothing_false(void **state)
{
    (void)state;
    for (unsigned mode = LIVE; mode < LIVE + MODES; mode++) {
        begin(mode, 0);
        w.within = 40;
        for (unsigned i = 0; i < STEPS; i++) {
            if (any(16) == 0) {
                vwr_monitor_pause(&w.m);
                for (unsigned n = any(64); n > 0; n--)
                    act_freely();
            }
            act_freely();
            vwr_monitor_look(&w.m, VWR_BY_DRIVER | VWR_BY_DEVICE);
            assert_true(w.reported <= w.broken && w.m.found == w.reported);
        }
        assert_true((mode & PACKED) != 0 || (w.m.lost == 0 && w.reported > 0));
    }
}

/*
 * A monitor of one in many notifications judges about as many requests, and nothing false: in any order, with
 * both sides at work between two looks.
 */
static void a_monitor_of_one_in_many_finds_nothing_false(void **state)
{
    static const uint16_t one_in[] = {2, 7};

    (void)state;
    for (unsigned mode = 0; mode < MODES; mode++) {
        for (unsigned i = 0; i < sizeof(one_in) / sizeof(one_in[0]); i++) {
            begin(mode, one_in[i]);
            for (unsigned n = 0; n < STEPS; n++) {
                both_act();
                assert_true(w.m.found == w.reported && w.reported <= w.broken);
            }
            assert_int_equal(w.m.lost, 0);
            assert_in_range(w.m.buffers, w.served / one_in[i] / 4, w.served / one_in[i] * 2);
            assert_in_range(w.reported, w.broken / one_in[i] / 2, w.broken / one_in[i] * 2);
            assert_true(w.served > 4 * STEPS);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_lost),
                                              cmocka_unit_test(a_live_monitor_finds_nothing_false),
                                              cmocka_unit_test(a_pause_finds_nothing_false),
                                              cmocka_unit_test(a_monitor_of_one_in_many_finds_nothing_false)};

    return _cmocka_run_group_tests("monitor_many", tests, sizeof(tests) / sizeof(tests[0]), NULL, NULL);
}
