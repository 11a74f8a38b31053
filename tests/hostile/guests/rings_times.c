/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <string.h>

/* Changes while a buffer is in flight, and repeated errors. */

static struct guest *guest; /* for on_take, which gets no pointer to it */

/* Split: all heads, and one that the device already has. */
static void g08(struct guest *g, long long at)
{
    struct sink *const s = sink_in(g);

    s->hold = true;
    for (unsigned i = 0; i < SIZE; i++) {
        guest_desc(g, 0, i, AT(i), 16, 0, 0);
        guest_avail(g, 0, i);
        guest_kick(g, 0);
    }
    hostile_is_whole(g);
    assert_int_equal(vwr_vqueue_in_flight(&g->dev->queue[0]), SIZE);
    if (at == 0)
        assert_true(sink_release(s, 0));
    guest_avail(g, 0, 0);
    guest_kick(g, 0);
    if (at == 0)
        hostile_is_whole(g);
    else
        hostile_is_broken(g, VWR_VFAULT_TWICE);
    assert_int_equal(s->served, SIZE + (at == 0));
}

/* The guest inverts each word as soon as it was fetched: the fetched value counts. */
static void g31(struct guest *g, long long at)
{
    const struct guest_desc segment[3] = {{AT(0), 24, 0, 0}, {AT(1), 16, WRITE, 0}, {AT(2), 32, WRITE, 0}};
    uint32_t id = 0;
    uint32_t len = 0;
    unsigned head;

    guest_fill(g, AT(0), 24, 9);
    head = guest_chain(g, 0, segment, (unsigned)at);
    log_flip(true);
    guest_kick(g, 0);
    assert_int_equal(sink_in(g)->served, 1);
    rings_saw(g, 1, 24, (unsigned)at - 1, at == 3 ? 48 : at == 2 ? 16 : 0);
    assert_memory_equal(sink_in(g)->read, guest_at(g, AT(0), 24), 24);
    assert_true(log_fetched_once());
    assert_true(guest_used(g, 0, &id, &len));
    assert_int_equal(id, head);
    assert_int_equal(len, at == 3 ? 48 : at == 2 ? 16 : 0);
}

/* The same for a table: in one segment, straddling regions, unaligned. */
static void g33(struct guest *g, long long at)
{
    const uint64_t table = GUEST_HIGH - 64 + (uint64_t)at;
    const struct guest_desc segment = {table, 64, INDIRECT, 0};

    rings_table(g, table, 4);
    guest_fill(g, AT(0), 8, 9);
    (void)guest_chain(g, 0, &segment, 1);
    log_flip(true);
    guest_kick(g, 0);
    rings_saw(g, 4, 32, 0, 0);
    assert_memory_equal(sink_in(g)->read, guest_at(g, AT(0), 8), 8);
    assert_true(log_fetched_once());
}

static void flip_all(struct sink *s, struct vwr_vchain *c)
{
    const struct guest_queue *const q = &guest->q[0];
    uint8_t *const desc = guest_at(guest, q->desc, 16u * q->size);
    uint8_t *const driver = guest_at(guest, q->driver, 4);

    (void)s;
    (void)c;
    memset(desc, 0xff, 16u * q->size);
    if (!guest->packed)
        memset(driver + 4, 0xff, 2u * q->size);
    memset(guest_at(guest, TABLE, 0x100), 0xff, 0x100);
    log_again();
}

/*
 * The guest overwrites all descriptors of a buffer after the device has taken it and before the device uses
 * it.
 */
static void g32(struct guest *g, long long at)
{
    const struct guest_desc segment[2] = {{AT(0), 24, 0, 0}, {AT(1), 16, WRITE, 0}};

    guest = g;
    sink_in(g)->on_take = flip_all;
    guest_fill(g, AT(0), 24, 9);
    if (at == 0) {
        (void)guest_chain(g, 0, segment, 2);
        guest_kick(g, 0);
        rings_saw(g, 1, 24, 1, 16);
        assert_true(guest_is_filled(g, AT(1), 16, SINK_SEED));
    } else {
        rings_table(g, TABLE, 2);
        rings_one(g, TABLE, 32, INDIRECT);
        rings_saw(g, 2, 16, 0, 0);
    }
    assert_memory_equal(sink_in(g)->read, guest_at(g, AT(0), 8), 8);
}

/* The guest writes into the used ring: the next index and entry are correct nevertheless. */
static void g36(struct guest *g, long long at)
{
    for (unsigned i = 0; i < 20; i++) {
        struct vwr_virtq_used *const used = guest_at(g, g->q[0].device, vwr_split_ring_used_bytes(SIZE));

        memset(used, (int)at, vwr_split_ring_used_bytes(SIZE));
        guest_desc(g, 0, 0, AT(0), 16, WRITE, 0);
        guest_avail(g, 0, 0);
        guest_kick(g, 0);
        assert_int_equal(vwr_guest16(g->legacy, used->idx), i + 1);
        assert_int_equal(vwr_guest32(g->legacy, used->ring[i % SIZE].id), 0);
        assert_int_equal(vwr_guest32(g->legacy, used->ring[i % SIZE].len), 16);
    }
    hostile_is_whole(g);
}

/* Packed: the guest writes into the device's event suppression, which the device never reads. */
static void g36_packed(struct guest *g, long long at)
{
    for (unsigned i = 0; i < 20; i++) {
        memset(guest_at(g, g->q[0].device, 4), (int)at, 4);
        rings_good(g, 0);
    }
    hostile_is_whole(g);
}

/* Any value of used_event: at most one interrupt for each signal, and exactly one if it names this index. */
static void g37(struct guest *g, long long at)
{
    vwr_le16 *const event =
        guest_at(g, g->q[0].driver + vwr_virtq_avail_used_event_offset(SIZE), sizeof(*event));

    for (unsigned i = 0; i < 300; i++) {
        const unsigned raised = g->raised;

        *event = vwr_guest16(g->legacy, (uint16_t)((long)g->q[0].avail + at));
        guest_desc(g, 0, 0, AT(0), 16, 0, 0);
        guest_avail(g, 0, 0);
        guest_kick(g, 0);
        assert_int_equal(g->raised - raised, at == 0);
        guest_ack(g);
    }
    hostile_is_whole(g);
    *event = 0;
}

/* The index wraps several times, and used_event has all values. */
static void g37_all(struct guest *g, long long at)
{
    const unsigned often = g->first == 0 ? 70000 : 100;

    for (unsigned i = 0; i < often; i++) {
        if (g->packed) {
            rings_one(g, AT(0), 1, (unsigned)at);
            continue;
        }
        guest_desc(g, 0, 0, AT(0), 1, (unsigned)at, 0);
        guest_avail(g, 0, 0);
        guest_kick(g, 0);
    }
    assert_int_equal(sink_in(g)->served, often);
    hostile_is_whole(g);
}

static void refill(struct sink *s, struct vwr_vchain *c)
{
    const struct guest_desc segment = {AT(0), 16, 0, 0};

    (void)s;
    (void)c;
    (void)guest_chain(guest, 0, &segment, 1);
    log_again();
}

/*
 * The guest makes a buffer available for each buffer taken: the budget stops the device, and another queue is
 * served.
 */
static void g50(struct guest *g, long long at)
{
    const struct guest_desc segment = {AT(0), 16, 0, 0};
    struct sink *const s = sink_in(g);
    unsigned before;

    guest = g;
    g->queues = 2;
    g->budget = 64 * VWR_VDEV_BUDGET;
    assert_true(guest_start(g));
    s->on_take = refill;
    for (long i = 0; i <= at; i++) {
        before = s->served;
        if (i == 0)
            (void)guest_chain(g, 0, &segment, 1);
        guest_kick(g, 0);
        assert_int_equal(s->served - before, VWR_VDEV_BUDGET);
        assert_int_equal(g->again, i + 1);
    }
    s->on_take = NULL;
    before = s->served;
    (void)guest_chain(g, 1, &segment, 1);
    guest_kick(g, 1);
    assert_int_equal(s->served, before + 1);
    assert_true(vwr_vqueue_in_flight(&g->dev->queue[0]) <= SIZE);
}

/* Breaks and resets the device again and again: no leak, and no leftover state. */
static void g51(struct guest *g, long long at)
{
    const unsigned often = g->first == 0 ? 10000 : 100;

    for (unsigned i = 0; i < often; i++) {
        rings_one(g, at == 0 ? GUEST_END : TABLE, 15, at == 0 ? 0 : INDIRECT);
        assert_true(g->dev->broken);
        assert_true(guest_start(g));
        assert_false(g->dev->broken);
        assert_int_equal(vwr_vqueue_in_flight(&g->dev->queue[0]), 0);
    }
    assert_int_equal(g->broke, often);
    assert_int_equal(sink_in(g)->served, 0);
}

/*
 * One queue breaks while the device holds buffers from it and from another queue. Both buffers are dropped,
 * and nothing is written.
 */
static void g51_others(struct guest *g, long long at)
{
    const struct guest_desc segment = {AT(0), 16, WRITE, 0};
    struct sink *const s = sink_in(g);
    uint32_t id;
    uint32_t len;

    (void)at;
    g->queues = 2;
    assert_true(guest_start(g));
    s->hold = true;
    (void)guest_chain(g, 0, &segment, 1);
    (void)guest_chain(g, 1, &segment, 1);
    guest_kick(g, 0);
    guest_kick(g, 1);
    rings_one(g, GUEST_END, 16, 0);
    hostile_is_broken(g, VWR_VFAULT_ADDRESS);
    assert_true(sink_release(s, 0));
    assert_true(sink_release(s, 0));
    assert_false(guest_used(g, 0, &id, &len));
    assert_false(guest_used(g, 1, &id, &len));
}

const struct hostile_case cases_times[] = {
    {"G08_floods", "robustness: this bounds what is in flight", g08, HOSTILE_SPLIT, 2, {0, 1}},
    {"G31_flips_after_fetch",
     "packed.drv.desc.2; robustness: what was checked is what is used",
     g31,
     HOSTILE_ALL,
     3,
     {1, 2, 3}},
    {"G32_changes_after_taking",
     "packed.drv.desc.2; robustness: what was checked is what is used",
     g32,
     HOSTILE_ALL,
     0,
     {0}},
    {"G33_changes_table_after_taking",
     "robustness: what was checked is what is used",
     g32,
     HOSTILE_ALL,
     1,
     {1}},
    {"G33_flips_table_after_fetch",
     "robustness: what was checked is what is used",
     g33,
     HOSTILE_ALL,
     5,
     {-64, 0, 1, 8, 40}},
    {"G36_rewrites_used",
     "section Split Virtqueues / The Virtqueue Used Ring",
     g36,
     HOSTILE_SPLIT,
     3,
     {0, 1, 0xff}},
    {"G36_rewrites_event_suppression",
     "section Packed Virtqueues / Driver and Device Event Suppression",
     g36_packed,
     HOSTILE_PACKED,
     2,
     {0, 0xff}},
    {"G37_used_event",
     "split.dev.usednotif.5 split.dev.usednotif.6",
     g37,
     HOSTILE_SPLIT,
     6,
     {-2, -1, 0, 1, 0x7fff, -0x8000}},
    {"G37_all_indices",
     "section Split Virtqueues / The Virtqueue Available Ring; section Packed Virtqueues / Driver and Device "
     "Ring Wrap Counters",
     g37_all,
     HOSTILE_ALL,
     2,
     {0, VWR_VIRTQ_DESC_F_WRITE}},
    {"G50_refills", "robustness: one queue is not to starve another", g50, HOSTILE_ALL, 1, {3}},
    {"G51_breaks_again_and_again", "status.dev.2 reset.dev.1", g51, HOSTILE_ALL, 2, {0, 1}},
    {"G51_other_queue_stops_too", "status.dev.2 status.dev.3", g51_others, HOSTILE_ALL, 0, {0}},
};
const unsigned cases_times_count = sizeof(cases_times) / sizeof(cases_times[0]);
