/* SPDX-License-Identifier: MIT */
#include "rings.h"

/* The available ring and chains of the split ring. */

/* A valid descriptor. */
static void fine(struct guest *g, unsigned at, unsigned flags, unsigned next)
{
    guest_desc(g, 0, at, AT(at % 8), 16, flags, next);
}

static void g01(struct guest *g, long long at)
{
    for (unsigned i = 0; i < SIZE; i++)
        fine(g, i, 0, 0);
    guest_avail(g, 0, (unsigned)((long)SIZE + at));
    guest_kick(g, 0);
    if (at < 0)
        assert_int_equal(sink_in(g)->served, 1);
    else
        hostile_is_broken(g, VWR_VFAULT_HEAD);
    assert_int_equal(sink_in(g)->served, at < 0);
}

static void g02(struct guest *g, long long at)
{
    for (unsigned i = 0; i < SIZE; i++) {
        fine(g, i, 0, 0);
        guest_avail(g, 0, i);
    }
    guest_set_idx(g, 0, (unsigned)((long)SIZE + at));
    guest_kick(g, 0);
    if (at > 0)
        hostile_is_broken(g, VWR_VFAULT_INDEX);
    assert_int_equal(sink_in(g)->served, at > 0 ? 0 : (long)SIZE + at);
}

static void g03(struct guest *g, long long at)
{
    rings_good(g, 0);
    rings_good(g, 0);
    guest_set_idx(g, 0, (unsigned)(2 + at));
    guest_kick(g, 0);
    if (at == 0)
        hostile_is_whole(g);
    else
        hostile_is_broken(g, VWR_VFAULT_INDEX);
    assert_int_equal(sink_in(g)->served, 2);
}

/* `at` -1: twice in the same batch; 0: in the next; 1: after completion. */
static void g04(struct guest *g, long long at)
{
    sink_in(g)->hold = true;
    fine(g, 3, 0, 0);
    guest_avail(g, 0, 3);
    if (at >= 0)
        guest_kick(g, 0);
    if (at > 0)
        assert_true(sink_release(sink_in(g), 0));
    guest_avail(g, 0, 3);
    guest_kick(g, 0);
    if (at <= 0)
        hostile_is_broken(g, VWR_VFAULT_TWICE);
    else
        hostile_is_whole(g);
    assert_int_equal(sink_in(g)->served, at > 0 ? 2 : 1);
    assert_true(sink_release(sink_in(g), 0)); /* completing a void chain has no effect */
}

static void g05(struct guest *g, long long at)
{
    fine(g, 0, NEXT, (unsigned)((long)SIZE + at));
    fine(g, SIZE - 1, 0, 0);
    guest_avail(g, 0, 0);
    guest_kick(g, 0);
    if (at < 0)
        rings_saw(g, 2, 32, 0, 0);
    else
        hostile_is_broken(g, VWR_VFAULT_NEXT);
}

/* A chain of SIZE + at descriptors, which for +1 continues at its head. */
static void g06(struct guest *g, long long at)
{
    const unsigned count = (unsigned)((long)SIZE + at);

    log_let_twice();
    for (unsigned i = 0; i < SIZE; i++)
        fine(g, i, i + 1 < count ? NEXT : 0, (i + 1) % SIZE);
    guest_avail(g, 0, 0);
    guest_kick(g, 0);
    if (at > 0)
        hostile_is_broken(g, VWR_VFAULT_LOOP);
    else
        rings_saw(g, count, 16 * count, 0, 0);
}

static void g07(struct guest *g, long long at)
{
    (void)at;
    log_let_twice();
    fine(g, 0, NEXT, 2);
    fine(g, 1, NEXT, 2);
    fine(g, 2, WRITE, 0);
    guest_avail(g, 0, 0);
    guest_avail(g, 0, 1);
    guest_kick(g, 0);
    hostile_is_whole(g);
    assert_int_equal(sink_in(g)->served, 2);
    rings_saw(g, 1, 16, 1, 16);
    assert_true(guest_is_filled(g, AT(2), 16, SINK_SEED));
}

/* Loops of `at` descriptors. */
static void g09(struct guest *g, long long at)
{
    for (unsigned i = 0; i < (unsigned)at; i++)
        fine(g, i, NEXT, (i + 1) % (unsigned)at);
    log_let_twice();
    guest_avail(g, 0, 0);
    guest_kick(g, 0);
    hostile_is_broken(g, VWR_VFAULT_LOOP);
    assert_int_equal(sink_in(g)->served, 0);
}

const struct hostile_case cases_split[] = {
    {"G01_head_beyond_ring",
     "robustness: the table has no such descriptor",
     g01,
     HOSTILE_SPLIT,
     4,
     {-1, 0, 1, 0xffff - SIZE}},
    {"G02_idx_jumps",
     "robustness: the ring has no more entries",
     g02,
     HOSTILE_SPLIT,
     5,
     {-1, 0, 1, 0x7fff, 0xffff - SIZE}},
    {"G03_idx_backwards", "split.drv.avail.1", g03, HOSTILE_SPLIT, 4, {-1, 0, -2, 65535}},
    {"G04_head_twice", "robustness: this bounds what is in flight", g04, HOSTILE_SPLIT, HOSTILE_AROUND},
    {"G05_next_beyond_ring",
     "robustness: the table has no such descriptor",
     g05,
     HOSTILE_SPLIT,
     4,
     {-1, 0, 1, 0xffff - SIZE}},
    {"G06_next_on_the_last", "split.drv.desc.1 split.drv.indirect.3", g06, HOSTILE_SPLIT, HOSTILE_AROUND},
    {"G07_shared_descriptors",
     "robustness: nothing forbids it, nobody else is harmed",
     g07,
     HOSTILE_SPLIT,
     0,
     {0}},
    {"G09_circle", "split.drv.desc.1 split.drv.indirect.3", g09, HOSTILE_SPLIT, 4, {1, 2, 3, SIZE}},
};
const unsigned cases_split_count = sizeof(cases_split) / sizeof(cases_split[0]);
