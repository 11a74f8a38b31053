/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <string.h>

/* The segments of a chain, in every ring: lengths, addresses, directions. */

static void g10(struct guest *g, long long at)
{
    const unsigned room = 4;
    struct guest_desc segment[SIZE];

    for (unsigned i = 0; i < SIZE; i++)
        segment[i] = (struct guest_desc){AT(i), 16, 0, 0};
    sink_in(g)->room = (uint16_t)room;
    memset(sink_in(g)->seg, 0x5a, sizeof(sink_in(g)->seg));
    (void)guest_chain(g, 0, segment, (unsigned)((long)room + at));
    guest_kick(g, 0);
    if (at > 0)
        hostile_is_broken(g, VWR_VFAULT_SEGMENTS);
    else
        rings_saw(g, (unsigned)((long)room + at), 16 * (unsigned)((long)room + at), 0, 0);
    assert_int_equal(*(const uint8_t *)&sink_in(g)->seg[0][room], 0x5a); /* nothing beyond the array */
}

/* Readable segments that fill the array, followed by a table whose segment has `at` bytes. */
static void g10_table(struct guest *g, long long at)
{
    const unsigned room = 4;
    struct guest_desc segment[5];

    for (unsigned i = 0; i < room; i++)
        segment[i] = (struct guest_desc){AT(i), 16, 0, 0};
    segment[room] = (struct guest_desc){TABLE, 16, INDIRECT, 0};
    guest_put_desc(g, TABLE, 0, &(struct guest_desc){AT(room), (uint32_t)at, 0, 0});
    sink_in(g)->room = (uint16_t)room;
    memset(sink_in(g)->seg, 0x5a, sizeof(sink_in(g)->seg));
    (void)guest_chain(g, 0, segment, room + 1);
    guest_kick(g, 0);
    if (at != 0)
        hostile_is_broken(g, VWR_VFAULT_SEGMENTS);
    else
        rings_saw(g, room, 16 * room, 0, 0);
    assert_int_equal(*(const uint8_t *)&sink_in(g)->seg[0][room], 0x5a);
}

/*
 * A readable segment after a writable one, at position `at`; the device writes nothing, not even to valid
 * memory.
 */
static void g11(struct guest *g, long long at)
{
    struct guest_desc segment[4];

    for (unsigned i = 0; i < 4; i++)
        segment[i] = (struct guest_desc){AT(i), 16, i == (unsigned)at ? 0 : WRITE, 0};
    guest_fill(g, AT(0), 0x400, 3);
    (void)guest_chain(g, 0, segment, 4);
    guest_kick(g, 0);
    if (at == 0) {
        rings_saw(g, 1, 16, 3, 48);
        assert_true(guest_is_filled(g, AT(1), 16, SINK_SEED));
        guest_fill(g, AT(1), 0x300, 3);
        guest_fill(g, AT(0), 0x400, 3);
    } else {
        hostile_is_broken(g, VWR_VFAULT_ORDER);
    }
    assert_true(guest_is_filled(g, AT(0), 0x400, 3));
}

/* A total of 2^32 + at bytes, or one segment of 2^32 - 1. */
static void g13(struct guest *g, long long at)
{
    const struct guest_desc segment[3] = {{GUEST_HUGE, 0x80000000u, WRITE, 0},
                                          {GUEST_HUGE, 0x7fffffffu, WRITE, 0},
                                          {GUEST_HUGE, (uint32_t)(1 + at), WRITE, 0}};

    (void)guest_chain(g, 0, segment, at < 0 ? 2 : 3);
    guest_kick(g, 0);
    if (at < 0)
        rings_saw(g, 0, 0, 2, UINT32_MAX);
    else
        hostile_is_broken(g, VWR_VFAULT_LENGTH);
}

/* The same in a table, which is in the same memory as they are. */
static void g13_table(struct guest *g, long long at)
{
    const unsigned next = g->packed ? 0 : NEXT;

    guest_put_desc(g, GUEST_HUGE, 0,
                   &(struct guest_desc){GUEST_HUGE, 0x80000000u, (uint16_t)(WRITE | next), 1});
    guest_put_desc(g, GUEST_HUGE, 1,
                   &(struct guest_desc){GUEST_HUGE, 0x7fffffffu, (uint16_t)(WRITE | (at < 0 ? 0 : next)), 2});
    guest_put_desc(g, GUEST_HUGE, 2, &(struct guest_desc){GUEST_HUGE, (uint32_t)(1 + at), WRITE, 0});
    rings_one(g, GUEST_HUGE, at < 0 ? 32 : 48, INDIRECT);
    if (at < 0)
        rings_saw(g, 0, 0, 2, UINT32_MAX);
    else
        hostile_is_broken(g, VWR_VFAULT_LENGTH);
}

static void g13_one(struct guest *g, long long at)
{
    rings_one(g, GUEST_HUGE + 1, (uint32_t)(0x80000000 + at), 0);
    if (at < 0)
        rings_saw(g, 1, 0x7fffffffu, 0, 0);
    else
        hostile_is_broken(g, VWR_VFAULT_ADDRESS);
}

static void g13_all(struct guest *g, long long at)
{
    rings_one(g, GUEST_LOW, UINT32_MAX, (unsigned)at);
    hostile_is_broken(g, VWR_VFAULT_ADDRESS);
}

/* An empty segment: alone (0), first, in the middle, last. The chain does not contain it. */
static void g14(struct guest *g, long long at)
{
    struct guest_desc segment[3] = {{AT(0), 16, 0, 0}, {AT(1), 16, 0, 0}, {AT(2), 16, WRITE, 0}};
    uint32_t id;
    uint32_t len;

    if (at == 0) {
        rings_one(g, AT(0), 0, 0);
        rings_saw(g, 0, 0, 0, 0);
    } else {
        segment[at - 1].len = 0;
        segment[at - 1].addr = GUEST_END; /* the address of an empty segment is not used */
        (void)guest_chain(g, 0, segment, 3);
        guest_kick(g, 0);
        rings_saw(g, at == 3 ? 2 : 1, at == 3 ? 32 : 16, at != 3, at != 3 ? 16 : 0);
    }
    hostile_is_whole(g);
    assert_int_equal(sink_in(g)->served, 1);
    assert_true(guest_used(g, 0, &id, &len));
    assert_int_equal(len, at == 1 || at == 2 ? 16 : 0);
}

/* The same in a table. */
static void g14_table(struct guest *g, long long at)
{
    const struct guest_desc none = {GUEST_END, 0, !g->packed && at < 2 ? NEXT : 0, (uint16_t)(at + 1)};

    rings_table(g, TABLE, 3);
    guest_put_desc(g, TABLE, (unsigned)at, &none);
    rings_one(g, TABLE, 48, INDIRECT);
    rings_saw(g, 2, 16, 0, 0);
    rings_table(g, TABLE, 1);
    guest_put_desc(g, TABLE, 0, &(struct guest_desc){AT(0), 0, 0, 0});
    rings_one(g, TABLE, 16, INDIRECT);
    rings_saw(g, 0, 0, 0, 0);
    hostile_is_whole(g);
}

/*
 * Empty segments count as descriptors, SIZE + at of them; writable ones before readable ones have no effect
 * either.
 */
static void g14_all(struct guest *g, long long at)
{
    const unsigned count = (unsigned)((long)SIZE + at);

    log_let_twice();
    for (unsigned i = count < SIZE ? count : SIZE; i-- > 0;) {
        const unsigned flags = (i + 1 < count ? NEXT : 0) | (i % 2 == 0 ? WRITE : 0);

        guest_desc(g, 0, i, AT(i), 0, flags | (g->packed ? guest_wrap_flags(g, 0, i) : 0),
                   g->packed ? 0 : (i + 1) % SIZE);
    }
    if (!g->packed)
        guest_avail(g, 0, 0);
    guest_kick(g, 0);
    if (at > 0)
        hostile_is_broken(g, VWR_VFAULT_LOOP);
    else
        rings_saw(g, 0, 0, 0, 0);
}

/* An array of 2 entries suffices for 2 segments with bytes, wherever in the chain they are. */
static void g14_room(struct guest *g, long long at)
{
    struct guest_desc segment[SIZE];

    for (unsigned i = 0; i < SIZE; i++)
        segment[i] = (struct guest_desc){AT(i), 0, i > (unsigned)at ? WRITE : 0, 0};
    segment[at].len = 16;
    segment[SIZE - 1].len = 16;
    sink_in(g)->room = 2;
    (void)guest_chain(g, 0, segment, SIZE);
    guest_kick(g, 0);
    rings_saw(g, 1, 16, 1, 16);
}

/* One byte before the end of memory, at the end, and beyond it. */
static void g15(struct guest *g, long long at)
{
    rings_one(g, GUEST_END + (uint64_t)at, 1, 0);
    if (at < 0)
        rings_saw(g, 1, 1, 0, 0);
    else
        hostile_is_broken(g, VWR_VFAULT_ADDRESS);
}

static void g15_begin(struct guest *g, long long at)
{
    rings_one(g, GUEST_LOW + (uint64_t)at, 1, WRITE);
    if (at >= 0)
        rings_saw(g, 0, 0, 1, 1);
    else
        hostile_is_broken(g, VWR_VFAULT_ADDRESS);
}

static void g15_nowhere(struct guest *g, long long at)
{
    static const uint64_t nowhere[] = {0, GUEST_FAR - 1, UINT64_MAX, UINT64_C(1) << 63};

    rings_one(g, nowhere[at], 1, 0);
    hostile_is_broken(g, VWR_VFAULT_ADDRESS);
}

static void g16_end(struct guest *g, long long at)
{
    rings_one(g, GUEST_END - 64, (uint32_t)(64 + at), WRITE);
    if (at <= 0)
        rings_saw(g, 0, 0, 1, (uint32_t)(64 + at));
    else
        hostile_is_broken(g, VWR_VFAULT_ADDRESS);
}

/* The end of the address space, and addresses that wrap around it into memory. */
static void g16_wraps(struct guest *g, long long at)
{
    const uint64_t addr = UINT64_MAX - (at == 2 ? UINT32_MAX : 15u);

    rings_one(g, addr, at == 2 ? UINT32_MAX : (uint32_t)(16 + at), 0);
    hostile_is_broken(g, VWR_VFAULT_ADDRESS);
}

static void g16_wraps_to_memory(struct guest *g, long long at)
{
    const struct guest_desc segment[2] = {{AT(0), 16, 0, 0}, /* its region is cached and tried first */
                                          {GUEST_LOW - 0x80000000u, 0x80000000u + (uint32_t)at, WRITE, 0}};

    (void)guest_chain(g, 0, segment, 2);
    guest_kick(g, 0);
    hostile_is_broken(g, VWR_VFAULT_ADDRESS);
}

/* 32 bytes, the last 1 + at of which, or more, are beyond the border between two regions. */
static void g17(struct guest *g, long long at)
{
    const uint64_t addr = GUEST_HIGH - 32 + (uint64_t)(1 + at);
    const struct guest_desc segment[2] = {{addr, 32, 0, 0}, {addr + 0x10, 32, WRITE, 0}};
    uint32_t id;
    uint32_t len;

    guest_fill(g, addr, 32, 5);
    (void)guest_chain(g, 0, segment, 2);
    guest_kick(g, 0);
    rings_saw(g, at < 0 ? 1 : 2, 32, 2, 32);
    assert_int_equal(sink_in(g)->read_bytes, 32);
    assert_true(guest_used(g, 0, &id, &len));
    assert_int_equal(len, 32);
    assert_true(guest_is_filled(g, addr + 0x10, 32, SINK_SEED));
    for (unsigned i = 0; i < 32; i++)
        assert_int_equal(sink_in(g)->read[i], (uint8_t)(i * 37u + 5u * 101u + 1u));
}

/* A border that uses the last free entry of the chain. */
static void g17_room(struct guest *g, long long at)
{
    const struct guest_desc segment[2] = {{AT(0), 16, 0, 0}, {GUEST_HIGH - 8, 16, WRITE, 0}};

    sink_in(g)->room = (uint16_t)(3 + at);
    (void)guest_chain(g, 0, segment, 2);
    guest_kick(g, 0);
    if (at < 0)
        hostile_is_broken(g, VWR_VFAULT_SEGMENTS);
    else
        rings_saw(g, 1, 16, 2, 16);
}

static void g18(struct guest *g, long long at)
{
    rings_one(g, GUEST_BASE + (uint64_t)at, 4, WRITE);
    hostile_is_broken(g, VWR_VFAULT_ADDRESS);
    assert_int_equal(sink_in(g)->served, 0);
}

/* Invalid addresses for a part of the ring; `at` is 10 * part + where. */
static void g19(struct guest *g, long long at)
{
    static const uint64_t where[] = {GUEST_BASE,     GUEST_END,        GUEST_END - 4,
                                     GUEST_HIGH - 8, UINT64_MAX - 15u, 0};
    struct guest_queue *const q = &g->q[0];
    uint64_t *const part[3] = {&q->desc, &q->driver, &q->device};

    assert_true(guest_negotiate(g));
    guest_clear_rings(g);
    *part[at / 10] = where[at % 10] & ~(uint64_t)15;
    assert_false(guest_set_queue(g, 0));
    hostile_is_broken(g, VWR_VFAULT_QUEUE_MEMORY);
    guest_driver_ok(g);
    guest_kick(g, 0);
    assert_int_equal(sink_in(g)->served, 0);
}

/* Addresses that violate the required alignment by `at`. */
static void g19_align(struct guest *g, long long at)
{
    struct guest_queue *const q = &g->q[0];
    bool good;

    assert_true(guest_negotiate(g));
    guest_clear_rings(g);
    q->desc += at == 8 ? 8u : 0u;
    q->driver += at == 1 ? 1u : 0u;
    q->device += at == 2 ? 2u : 0u;
    good = guest_set_queue(g, 0);
    assert_int_equal(good, at == 0);
    assert_int_equal(g->dev->fault.kind, at == 0 ? VWR_VFAULT_NONE : VWR_VFAULT_QUEUE_ALIGN);
}

/* Two parts that overlap by one byte, or that just do not overlap. */
static void g19_overlap(struct guest *g, long long at)
{
    struct guest_queue *const q = &g->q[0];

    assert_true(guest_negotiate(g));
    guest_clear_rings(g);
    q->driver = q->desc + sizeof(struct vwr_virtq_desc) * q->size - 4u * (unsigned)(1 - at);
    if (at == 2)
        q->device = q->desc;
    assert_int_equal(guest_set_queue(g, 0), at == 1);
    if (at != 1)
        hostile_is_broken(g, VWR_VFAULT_QUEUE_MEMORY);
}

/* Legacy: the ring is at a page number. */
static void g19_legacy(struct guest *g, long long at)
{
    static const uint64_t where[] = {GUEST_BASE, GUEST_END, GUEST_END - 0x1000};

    assert_true(guest_negotiate(g));
    guest_clear_rings(g);
    g->q[0].desc = where[at];
    assert_false(guest_set_queue(g, 0));
    assert_int_equal(g->dev->fault.kind, VWR_VFAULT_QUEUE_MEMORY);
    guest_driver_ok(g);
    guest_kick(g, 0);
    assert_int_equal(sink_in(g)->served, 0);
}

/* A writable buffer on a part of the ring: the guest harms itself. */
static void g20(struct guest *g, long long at)
{
    const struct guest_queue *const q = &g->q[0];
    const uint64_t part[3] = {q->desc, q->driver, q->device};

    log_forget(); /* the segment is the ring, and the log cannot check it */
    for (unsigned i = 0; i < 3; i++) {
        const struct guest_desc segment = {part[at], g->packed && at != 0 ? 4 : 64, WRITE, 0};

        (void)guest_chain(g, 0, &segment, 1);
        guest_kick(g, 0);
    }
    log_forget();
    assert_true(sink_in(g)->served >= 1);
    assert_true(vwr_vqueue_in_flight(&g->dev->queue[0]) <= SIZE);
}

const struct hostile_case cases_segments[] = {
    {"G10_longer_than_room",
     "split.drv.framing.2 packed.dev.sg.2; robustness: a class has room for so many segments", g10,
     HOSTILE_ALL, HOSTILE_AROUND},
    {"G10_table_behind_a_full_array",
     "split.drv.framing.2; robustness: a class has room for so many segments",
     g10_table,
     HOSTILE_SPLIT,
     2,
     {0, 1}},
    {"G11_read_behind_write", "split.drv.framing.1 packed.drv.sg.3", g11, HOSTILE_ALL, 4, {0, 1, 2, 3}},
    {"G13_sum_of_lengths", "split.drv.desc.1; robustness: a used length cannot say 2^32", g13,
     HOSTILE_ALL | HOSTILE_HUGE, HOSTILE_AROUND},
    {"G13_sum_of_lengths_in_a_table", "split.drv.desc.1; robustness: a used length cannot say 2^32",
     g13_table, HOSTILE_ALL | HOSTILE_HUGE, HOSTILE_AROUND},
    {"G13_one_length", "rfeat.drv.5", g13_one, HOSTILE_ALL | HOSTILE_HUGE, HOSTILE_AROUND},
    {"G13_all_ones", "rfeat.drv.5", g13_all, HOSTILE_ALL, 2, {0, VWR_VIRTQ_DESC_F_WRITE}},
    {"G14_zero_length",
     "split.drv.desc.1; section Packed Virtqueues / Element Address and Length",
     g14,
     HOSTILE_ALL,
     4,
     {0, 1, 2, 3}},
    {"G14_zero_length_in_table",
     "split.drv.desc.1; section Packed Virtqueues / Element Address and Length",
     g14_table,
     HOSTILE_ALL,
     3,
     {0, 1, 2}},
    {"G14_zero_lengths_alone", "split.drv.indirect.3 packed.drv.sg.2", g14_all, HOSTILE_ALL, HOSTILE_AROUND},
    {"G14_zero_lengths_and_room",
     "split.drv.desc.1; section Packed Virtqueues / Element Address and Length",
     g14_room,
     HOSTILE_ALL,
     4,
     {0, 1, 2, SIZE - 2}},
    {"G15_address_at_the_end", "rfeat.drv.5", g15, HOSTILE_ALL, HOSTILE_AROUND},
    {"G15_address_at_the_begin", "rfeat.drv.5", g15_begin, HOSTILE_ALL, HOSTILE_AROUND},
    {"G15_address_nowhere", "rfeat.drv.5", g15_nowhere, HOSTILE_ALL, 4, {0, 1, 2, 3}},
    {"G16_ends_past_memory", "rfeat.drv.5", g16_end, HOSTILE_ALL, HOSTILE_AROUND},
    {"G16_wraps", "rfeat.drv.5", g16_wraps, HOSTILE_ALL, 4, {-1, 0, 1, 2}},
    {"G16_reaches_memory_from_outside", "rfeat.drv.5", g16_wraps_to_memory, HOSTILE_ALL, HOSTILE_AROUND},
    {"G17_straddles_regions", "rfeat.drv.5", g17, HOSTILE_ALL, 4, {-1, 0, 1, 7}},
    {"G17_straddles_without_room", "robustness: a class has room for so many segments", g17_room, HOSTILE_ALL,
     HOSTILE_AROUND},
    {"G18_own_registers", "robustness: registers are no memory", g18, HOSTILE_ALL, 3, {0, 0x50, 0x1000}},
    {"G19_ring_nowhere", "rfeat.drv.5", g19, HOSTILE_V2, 8, {0, 1, 4, 10, 11, 20, 21, 25}},
    {"G19_ring_straddles",
     "robustness: each part is in one region of the host",
     g19,
     HOSTILE_MODERN,
     6,
     {2, 3, 12, 13, 22, 23}},
    {"G19_ring_unaligned", "split.drv.1 packed.drv.1", g19_align, HOSTILE_MODERN, 4, {0, 8, 1, 2}},
    {"G19_ring_unaligned", "split.drv.1 packed.drv.1", g19_align, HOSTILE_PACKED, 3, {0, 8, 2}},
    {"G19_parts_overlap",
     "robustness: what one side writes the other would read",
     g19_overlap,
     HOSTILE_V2,
     4,
     {-1, 0, 1, 2}},
    {"G19_page_nowhere", "rfeat.drv.5", g19_legacy, HOSTILE_LEGACY, 3, {0, 1, 2}},
    {"G20_buffer_upon_ring", "robustness: nobody else is harmed", g20, HOSTILE_ALL, 3, {0, 1, 2}},
};
const unsigned cases_segments_count = sizeof(cases_segments) / sizeof(cases_segments[0]);
