/* SPDX-License-Identifier: MIT */
#include "rings.h"

/* Indirect descriptors. */

static void g21_feature(struct guest *g, long at)
{
    if (at == 0)
        vwr_features_remove(&g->features, VWR_F_INDIRECT_DESC);
    assert_true(guest_start(g));
    rings_table(g, TABLE, 2);
    rings_one(g, TABLE, 32, INDIRECT);
    if (at == 0)
        hostile_is_broken(g, VWR_VFAULT_INDIRECT);
    else
        rings_saw(g, 2, 16, 0, 0);
}

/* The second or the only entry is a table again. */
static void g21_nested(struct guest *g, long at)
{
    const struct guest_desc d = {TABLE + 0x100, 16, INDIRECT, 0};

    rings_table(g, TABLE, 2);
    rings_table(g, TABLE + 0x100, 1);
    guest_put_desc(g, TABLE, (unsigned)at, &d);
    rings_one(g, TABLE, 16u * (unsigned)(at + 1), INDIRECT);
    hostile_is_broken(g, VWR_VFAULT_INDIRECT);
}

/* A table does not go on in the ring: G23 as well, the descriptor behind it is another table. */
static void g21_next(struct guest *g, long at)
{
    const struct guest_desc piece[2] = {{TABLE, 32, INDIRECT, 0},
                                        {at == 0 ? AT(1) : TABLE + 0x100, 16, at == 0 ? 0 : INDIRECT, 0}};

    rings_table(g, TABLE, 2);
    rings_table(g, TABLE + 0x100, 1);
    (void)guest_chain(g, 0, piece, 2);
    guest_kick(g, 0);
    hostile_is_broken(g, VWR_VFAULT_INDIRECT);
}

/* The document lets a split ring's device pass over it; in a packed ring it has no meaning. */
static void g21_write(struct guest *g, long at)
{
    (void)at;
    rings_table(g, TABLE, 2);
    rings_one(g, TABLE, 32, INDIRECT | WRITE);
    if (g->packed)
        hostile_is_broken(g, VWR_VFAULT_INDIRECT);
    else
        rings_saw(g, 2, 16, 0, 0);
}

/* A length that is no number of descriptors. */
static void g22_length(struct guest *g, long at)
{
    rings_table(g, TABLE, SIZE);
    rings_one(g, TABLE, (uint32_t)at, INDIRECT);
    if (at == 16 && !g->packed)
        hostile_is_broken(g, VWR_VFAULT_NEXT); /* the first goes on */
    else if (at == 16)
        rings_saw(g, 1, 8, 0, 0);
    else
        hostile_is_broken(g, VWR_VFAULT_INDIRECT);
}

static void g22_size(struct guest *g, long at)
{
    const unsigned count = (unsigned)((long)SIZE + at);

    rings_table(g, TABLE, count);
    rings_one(g, TABLE, 16 * count, INDIRECT);
    if (at > 0)
        hostile_is_broken(g, VWR_VFAULT_INDIRECT);
    else
        rings_saw(g, count, 8 * count, 0, 0);
}

/* The last `at` bytes lie outside of memory. */
static void g22_outside(struct guest *g, long at)
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

/* Across the border of two regions by `at` bytes, and at any address: descriptors are found all the same. */
static void g22_straddles(struct guest *g, long at)
{
    const uint64_t table = GUEST_HIGH - 64 + (uint64_t)at;

    rings_table(g, table, 4);
    rings_one(g, table, 64, INDIRECT);
    rings_saw(g, 4, 32, 0, 0);
    assert_true(log_fetched_once());
}

static void g22_next(struct guest *g, long at)
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

static void g22_circle(struct guest *g, long at)
{
    struct guest_desc d = {AT(0), 8, NEXT, 0};

    log_let_twice();
    rings_table(g, TABLE, SIZE);
    guest_put_desc(g, TABLE, (unsigned)at - 1, &d);
    rings_one(g, TABLE, 16 * SIZE, INDIRECT);
    hostile_is_broken(g, VWR_VFAULT_LOOP);
}

/* Descriptors before the table: a split ring has them, a packed ring does not. */
static void g23_before(struct guest *g, long at)
{
    const struct guest_desc piece[3] = {{AT(0), 8, 0, 0}, {AT(1), 8, 0, 0}, {TABLE, 32, INDIRECT, 0}};

    rings_table(g, TABLE, 2);
    (void)guest_chain(g, 0, piece + 2 - at, 1 + (unsigned)at);
    guest_kick(g, 0);
    if (at != 0 && g->packed)
        hostile_is_broken(g, VWR_VFAULT_INDIRECT);
    else
        rings_saw(g, 2 + (unsigned)at, 16 + 8 * (uint32_t)at, 0, 0);
}

/* In the table a bad piece is as bad as elsewhere. */
static void g22_piece(struct guest *g, long at)
{
    static const struct guest_desc bad[] = {
        {GUEST_END, 8, 0, 0}, {AT(1), 0, 0, 0}, {GUEST_HUGE, UINT32_MAX, 0, 0}};
    static const enum vwr_vfault fault[] = {VWR_VFAULT_ADDRESS, VWR_VFAULT_LENGTH, VWR_VFAULT_LENGTH};

    rings_table(g, TABLE, 2);
    guest_put_desc(g, TABLE, 1, &bad[at]);
    rings_one(g, TABLE, 32, INDIRECT);
    hostile_is_broken(g, fault[at]);
}

const struct hostile_case cases_tables[] = {
    {"G21_not_negotiated", g21_feature, HOSTILE_ALL, 2, {0, 1}},
    {"G21_nested", g21_nested, HOSTILE_ALL, 2, {0, 1}},
    {"G21_with_next", g21_next, HOSTILE_ALL, 0, {0}},
    {"G21_with_write", g21_write, HOSTILE_ALL, 0, {0}},
    {"G22_length", g22_length, HOSTILE_ALL, 8, {0, 1, 15, 16, 17, 40, 127, 0xfffffff0}},
    {"G22_longer_than_queue", g22_size, HOSTILE_ALL, HOSTILE_AROUND},
    {"G22_table_outside", g22_outside, HOSTILE_ALL, 5, {0, 1, 16, 63, 64}},
    {"G22_table_straddles", g22_straddles, HOSTILE_ALL, 7, {0, 1, 8, 15, 16, 17, 40}},
    {"G22_next_beyond_table", g22_next, HOSTILE_SPLIT, HOSTILE_AROUND},
    {"G22_circle_in_table", g22_circle, HOSTILE_SPLIT, 3, {1, 2, SIZE}},
    {"G22_bad_piece_in_table", g22_piece, HOSTILE_ALL, 3, {0, 1, 2}},
    {"G23_two_tables", g21_next, HOSTILE_ALL, 1, {1}},
    {"G23_descriptors_before_table", g23_before, HOSTILE_ALL, 3, {0, 1, 2}},
};
const unsigned cases_tables_count = sizeof(cases_tables) / sizeof(cases_tables[0]);
