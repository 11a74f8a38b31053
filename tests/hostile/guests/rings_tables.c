/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <string.h>

/* Indirect descriptors. */

/* Writes these descriptors into a table, in sequence, and notifies. */
static void send_table(struct guest *g, uint64_t table, const struct guest_desc *segment, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct guest_desc d = segment[i];

        d.next = (uint16_t)(i + 1u);
        d.flags = (uint16_t)(d.flags | (!g->packed && i + 1 < count ? NEXT : 0));
        guest_put_desc(g, table, i, &d);
    }
    rings_one(g, table, 16 * count, INDIRECT);
}

static void g21_feature(struct guest *g, long long at)
{
    if (at == 0)
        vwr_features_remove(&g->features, VWR_F_INDIRECT_DESC);
    assert_true(guest_start(g));
    rings_table(g, TABLE, 2);
    rings_one(g, TABLE, 32, INDIRECT);
    if (at == 0 && !g->dev->as_qemu) /* TABLE */
        hostile_is_broken(g, VWR_VFAULT_INDIRECT);
    else
        rings_saw(g, 2, 16, 0, 0);
}

/* The second or the only entry refers to another table; in a packed ring the flag has no meaning there. */
static void g21_nested(struct guest *g, long long at)
{
    const struct guest_desc d = {TABLE + 0x100, 16, INDIRECT, 0};

    rings_table(g, TABLE, 2);
    rings_table(g, TABLE + 0x100, 1);
    guest_put_desc(g, TABLE, (unsigned)at, &d);
    rings_one(g, TABLE, 16u * (unsigned)(at + 1), INDIRECT);
    if (g->packed)
        rings_saw(g, 1 + (unsigned)at, 16 + 8 * (uint32_t)at, 0, 0);
    else
        hostile_is_broken(g, VWR_VFAULT_INDIRECT);
}

/* A descriptor of a table with NEXT set, followed by another table. This is G23 too. */
static void g21_next(struct guest *g, long long at)
{
    const struct guest_desc segment[2] = {{TABLE, 32, INDIRECT, 0},
                                          {at == 0 ? AT(1) : TABLE + 0x100, 16, at == 0 ? 0 : INDIRECT, 0}};

    rings_table(g, TABLE, 2);
    rings_table(g, TABLE + 0x100, 1);
    (void)guest_chain(g, 0, segment, 2);
    guest_kick(g, 0);
    hostile_is_broken(g, VWR_VFAULT_INDIRECT);
}

/* The device ignores WRITE in a descriptor that refers to a table. */
static void g21_write(struct guest *g, long long at)
{
    (void)at;
    rings_table(g, TABLE, 2);
    rings_one(g, TABLE, 32, INDIRECT | WRITE);
    rings_saw(g, 2, 16, 0, 0);
}

/* A length that is not a multiple of a descriptor's, or whose end lies outside of memory. */
static void g22_length(struct guest *g, long long at)
{
    rings_table(g, TABLE, SIZE);
    rings_one(g, TABLE, (uint32_t)at, INDIRECT);
    if (at == 16 && !g->packed)
        hostile_is_broken(g, VWR_VFAULT_NEXT); /* the first has NEXT */
    else if (at == 16)
        rings_saw(g, 1, 8, 0, 0);
    else
        hostile_is_broken(g, at == 0xfffffff0 && !g->packed ? VWR_VFAULT_ADDRESS : VWR_VFAULT_INDIRECT);
}

/*
 * A table of more descriptors than the queue has. The chain uses 3 of them, the last of which is the table's
 * last.
 */
static void g22_long_table(struct guest *g, long long at)
{
    const unsigned count = (unsigned)at;
    const struct guest_desc far = {AT(0), 8, NEXT, (uint16_t)(count - 1)};
    const struct guest_desc last = {AT(1), 8, WRITE, 0};

    rings_table(g, TABLE, 2);
    guest_put_desc(g, TABLE, 1, &far);
    guest_put_desc(g, TABLE, count - 1, &last);
    rings_one(g, TABLE, 16 * count, INDIRECT);
    rings_saw(g, 2, 16, 1, 8);
}

static void g22_size(struct guest *g, long long at)
{
    const unsigned count = (unsigned)((long)SIZE + at);

    rings_table(g, TABLE, count);
    rings_one(g, TABLE, 16 * count, INDIRECT);
    if (at > 0)
        hostile_is_broken(g, g->packed ? VWR_VFAULT_INDIRECT : VWR_VFAULT_LOOP);
    else
        rings_saw(g, count, 8 * count, 0, 0);
}

/* The last `at` bytes lie outside of memory. */
static void g22_outside(struct guest *g, long long at)
{
    const uint64_t table = GUEST_END - 64 + (uint64_t)at;

    if (at == 0)
        rings_table(g, table, 4);
    rings_one(g, table, 64, INDIRECT);
    if (at == 0)
        rings_saw(g, 4, 32, 0, 0);
    else
        hostile_is_broken(g, VWR_VFAULT_ADDRESS);
}

/* A table that straddles two regions by `at` bytes, or at any address: the device finds the descriptors. */
static void g22_straddles(struct guest *g, long long at)
{
    const uint64_t table = GUEST_HIGH - 64 + (uint64_t)at;

    rings_table(g, table, 4);
    rings_one(g, table, 64, INDIRECT);
    rings_saw(g, 4, 32, 0, 0);
    assert_true(log_fetched_once());
}

static void g22_next(struct guest *g, long long at)
{
    const struct guest_desc d = {AT(0), 8, NEXT, (uint16_t)(3 + at)};

    rings_table(g, TABLE, 3);
    guest_put_desc(g, TABLE, 0, &d);
    rings_one(g, TABLE, 48, INDIRECT);
    if (at < 0)
        rings_saw(g, 2, 16, 0, 0);
    else
        hostile_is_broken(g, VWR_VFAULT_NEXT);
}

static void g22_circle(struct guest *g, long long at)
{
    struct guest_desc d = {AT(0), 8, NEXT, 0};

    log_let_twice();
    rings_table(g, TABLE, SIZE);
    guest_put_desc(g, TABLE, (unsigned)at - 1, &d);
    rings_one(g, TABLE, 16 * SIZE, INDIRECT);
    hostile_is_broken(g, VWR_VFAULT_LOOP);
}

/* Descriptors before the table: valid in a split ring, invalid in a packed ring. */
static void g23_before(struct guest *g, long long at)
{
    const struct guest_desc segment[3] = {{AT(0), 8, 0, 0}, {AT(1), 8, 0, 0}, {TABLE, 32, INDIRECT, 0}};

    rings_table(g, TABLE, 2);
    (void)guest_chain(g, 0, segment + 2 - at, 1 + (unsigned)at);
    guest_kick(g, 0);
    if (at != 0 && g->packed)
        hostile_is_broken(g, VWR_VFAULT_INDIRECT);
    else
        rings_saw(g, 2 + (unsigned)at, 16 + 8 * (uint32_t)at, 0, 0);
}

/* A bad segment in a table is treated like a bad segment in the ring. */
static void g22_segment(struct guest *g, long long at)
{
    static const struct guest_desc bad[] = {{GUEST_END, 8, 0, 0}, {GUEST_HUGE, UINT32_MAX, 0, 0}};
    static const enum vwr_vfault fault[] = {VWR_VFAULT_ADDRESS, VWR_VFAULT_LENGTH};

    rings_table(g, TABLE, 2);
    guest_put_desc(g, TABLE, 1, &bad[at]);
    rings_one(g, TABLE, 32, INDIRECT);
    hostile_is_broken(g, fault[at]);
}

/* More segments than the class has entries for: treated as in the ring. */
static void g22_segments(struct guest *g, long long at)
{
    const unsigned room = 4;
    const unsigned count = (unsigned)((long)room + at);
    struct guest_desc segment[SIZE];

    for (unsigned i = 0; i < SIZE; i++)
        segment[i] = (struct guest_desc){AT(i), 16, 0, 0};
    sink_in(g)->room = (uint16_t)room;
    memset(sink_in(g)->seg, 0x5a, sizeof(sink_in(g)->seg));
    send_table(g, TABLE, segment, count);
    if (at > 0)
        hostile_is_broken(g, VWR_VFAULT_SEGMENTS);
    else
        rings_saw(g, count, 16 * count, 0, 0);
    assert_int_equal(*(const uint8_t *)&sink_in(g)->seg[0][room], 0x5a); /* nothing beyond the array */
}

/* A total of 2^32 + at bytes; the last segment is inside of the window or not. */
static void g22_bytes(struct guest *g, long long at)
{
    struct guest_desc segment[4] = {{GUEST_HUGE, 0x80000000u, WRITE, 0},
                                    {GUEST_HUGE, 0x7ffffff0u, WRITE, 0},
                                    {GUEST_HUGE, (uint32_t)(0x10 + at), WRITE, 0},
                                    {AT(0), 1, WRITE, 0}};

    send_table(g, TABLE, segment, at < 0 ? 3 : 3 + (unsigned)at);
    if (at < 0)
        rings_saw(g, 0, 0, 3, UINT32_MAX);
    else
        hostile_is_broken(g, VWR_VFAULT_LENGTH);
}

/* A readable segment behind a writable one. */
static void g22_order(struct guest *g, long long at)
{
    struct guest_desc segment[4];

    for (unsigned i = 0; i < 4; i++)
        segment[i] = (struct guest_desc){AT(i), 16, i == (unsigned)at ? 0 : WRITE, 0};
    guest_fill(g, AT(0), 0x400, 3);
    send_table(g, TABLE, segment, 4);
    if (at == 0) {
        rings_saw(g, 1, 16, 3, 48);
        return;
    }
    hostile_is_broken(g, VWR_VFAULT_ORDER);
    assert_true(guest_is_filled(g, AT(0), 0x400, 3));
}

/* A table at any address, where data segments were before. */
static void g22_anywhere(struct guest *g, long long at)
{
    const uint64_t table = TABLE + (uint64_t)at;

    for (unsigned i = 0; i < 2; i++) {
        rings_one(g, AT(0), 8, 0);
        assert_true(log_fetched_once());
        rings_table(g, table, 4);
        rings_one(g, table, 64, INDIRECT);
        rings_saw(g, 4, 32, 0, 0);
        assert_true(log_fetched_once());
    }
}

const struct hostile_case cases_tables[] = {
    {"G21_not_negotiated", "split.drv.indirect.1 packed.drv.indirect.1", g21_feature, HOSTILE_ALL, 2, {0, 1}},
    {"G21_nested",
     "split.drv.indirect.2 packed.drv.indirect.2; section Packed Virtqueues / Indirect Flag: Scatter-Gather "
     "Support",
     g21_nested,
     HOSTILE_ALL,
     2,
     {0, 1}},
    {"G21_with_next", "split.drv.indirect.4 packed.drv.indirect.4", g21_next, HOSTILE_ALL, 0, {0}},
    {"G21_with_write",
     "split.dev.indirect.1; section Packed Virtqueues / Indirect Flag: Scatter-Gather Support",
     g21_write,
     HOSTILE_ALL,
     0,
     {0}},
    {"G22_length",
     "robustness: nothing says what a rest of a descriptor is",
     g22_length,
     HOSTILE_ALL,
     8,
     {0, 1, 15, 16, 17, 40, 127, 0xfffffff0}},
    {"G22_longer_than_queue", "split.drv.indirect.3 packed.drv.sg.2", g22_size, HOSTILE_ALL, HOSTILE_AROUND},
    {"G22_table_longer_than_queue",
     "split.drv.indirect.3",
     g22_long_table,
     HOSTILE_SPLIT,
     4,
     {SIZE, SIZE + 1, 2 * SIZE, 128}},
    {"G22_table_outside", "rfeat.drv.5", g22_outside, HOSTILE_ALL, 5, {0, 1, 16, 63, 64}},
    {"G22_table_straddles",
     "rfeat.drv.5; section Split Virtqueues / Indirect Descriptors; section Packed Virtqueues / Indirect "
     "Flag: Scatter-Gather Support",
     g22_straddles,
     HOSTILE_ALL,
     7,
     {0, 1, 8, 15, 16, 17, 40}},
    {"G22_table_anywhere",
     "section Split Virtqueues / Indirect Descriptors; section Packed Virtqueues / Indirect Flag: "
     "Scatter-Gather Support",
     g22_anywhere,
     HOSTILE_ALL,
     5,
     {0, 1, 4, 8, 15}},
    {"G22_more_segments_than_room",
     "split.drv.framing.2 packed.dev.sg.2; robustness: a class has room for so many segments", g22_segments,
     HOSTILE_ALL, HOSTILE_AROUND},
    {"G22_bytes_of_a_table", "split.drv.desc.1; robustness: a used length cannot say 2^32", g22_bytes,
     HOSTILE_ALL | HOSTILE_HUGE, HOSTILE_AROUND},
    {"G22_order_in_table", "split.drv.framing.1 packed.drv.sg.3", g22_order, HOSTILE_ALL, 4, {0, 1, 2, 3}},
    {"G22_next_beyond_table", "robustness: the table has no such descriptor", g22_next, HOSTILE_SPLIT,
     HOSTILE_AROUND},
    {"G22_circle_in_table",
     "split.drv.desc.1 split.drv.indirect.3",
     g22_circle,
     HOSTILE_SPLIT,
     3,
     {1, 2, SIZE}},
    {"G22_bad_segment_in_table", "rfeat.drv.5 split.drv.desc.1", g22_segment, HOSTILE_ALL, 2, {0, 1}},
    {"G23_two_tables", "split.drv.indirect.4 packed.drv.indirect.4", g21_next, HOSTILE_ALL, 1, {1}},
    {"G23_descriptors_before_table",
     "split.dev.indirect.2 packed.drv.indirect.4",
     g23_before,
     HOSTILE_ALL,
     3,
     {0, 1, 2}},
};
const unsigned cases_tables_count = sizeof(cases_tables) / sizeof(cases_tables[0]);
