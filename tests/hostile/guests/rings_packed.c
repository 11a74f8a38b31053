/* SPDX-License-Identifier: MIT */
#include "rings.h"

/* Errors specific to a packed ring: ids, flags, wrap counters. */

#define PACKED_FLAGS (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

/* Makes a descriptor available with this id and with these flags in addition to those of the wrap counter. */
static void one(struct guest *g, unsigned id, unsigned flags)
{
    guest_desc(g, 0, g->q[0].next_desc, AT(g->q[0].next_desc), 16, flags | guest_wrap_flags(g, 0, 0), id);
    g->q[0].span[id % GUEST_QUEUE_MAX] = 1;
    guest_advance(g, 0, 1);
}

/* The driver may choose any number as an id. The device returns it unchanged, in order or not. */
static void g49_id(struct guest *g, long long at)
{
    const uint32_t wanted = (uint32_t)((long)SIZE + at);
    uint32_t id;
    uint32_t len;

    for (unsigned in_order = 0; in_order < 2; in_order++) {
        if (in_order != 0)
            vwr_features_add(&g->features, VWR_F_IN_ORDER);
        assert_true(guest_start(g));
        for (unsigned i = 0; i < 2 * SIZE; i++) {
            one(g, wanted, WRITE);
            guest_kick(g, 0);
            assert_true(guest_used(g, 0, &id, &len));
            assert_int_equal(id, wanted);
            assert_int_equal(len, 16);
        }
    }
    hostile_is_whole(g);
    assert_int_equal(sink_in(g)->served, 4 * SIZE);
}

/* `at` -1: twice in the same batch; 0: in the next; 1: after completion. Each completes separately. */
static void g49_twice(struct guest *g, long long at)
{
    uint32_t id;
    uint32_t len;

    sink_in(g)->hold = true;
    one(g, 5, 0);
    if (at >= 0)
        guest_kick(g, 0);
    if (at > 0)
        assert_true(sink_release(sink_in(g), 0));
    one(g, 5, 0);
    guest_kick(g, 0);
    assert_int_equal(sink_in(g)->served, 2);
    while (sink_release(sink_in(g), 0))
        ;
    hostile_is_whole(g);
    assert_int_equal(vwr_vqueue_in_flight(&g->dev->queue[0]), 0);
    for (unsigned i = 0; i < 2; i++) {
        assert_true(guest_used(g, 0, &id, &len));
        assert_int_equal(id, 5);
    }
}

/* The last descriptor contains the id; the device ignores the others' id fields. */
static void g49_id_of_the_last(struct guest *g, long long at)
{
    uint32_t id;
    uint32_t len;

    (void)at;
    guest_desc(g, 0, 1, AT(1), 16, guest_wrap_flags(g, 0, 1), 3);
    guest_desc(g, 0, 0, AT(0), 16, NEXT | guest_wrap_flags(g, 0, 0), 0xffff);
    guest_kick(g, 0);
    rings_saw(g, 2, 32, 0, 0);
    assert_true(guest_used(g, 0, &id, &len));
    assert_int_equal(id, 3);
}

/* Unusual AVAIL and USED flags in the first descriptor: if they are equal it is not available. */
static void g49_flags(struct guest *g, long long at)
{
    guest_desc(g, 0, 0, AT(0), 16, (unsigned)at, 0);
    guest_kick(g, 0);
    hostile_is_whole(g);
    assert_int_equal(sink_in(g)->served, at == VWR_VIRTQ_DESC_F_AVAIL);
    assert_int_equal(vwr_vqueue_arm(&g->dev->queue[0]), true);
    guest_desc(g, 0, 0, AT(0), 16, 0, 0);
}

/*
 * The same after a wrap, where the flags have the opposite meaning: 0 is the value left by a driver that
 * clears used descriptors. The queue continues at its position.
 */
static void g49_flags_later(struct guest *g, long long at)
{
    for (unsigned i = 0; i < SIZE; i++) {
        one(g, i, 0);
        guest_kick(g, 0);
    }
    assert_int_equal(sink_in(g)->served, SIZE);
    guest_desc(g, 0, 0, AT(0), 16, (unsigned)at, 0);
    guest_kick(g, 0);
    hostile_is_whole(g);
    assert_int_equal(sink_in(g)->served, at == VWR_VIRTQ_DESC_F_USED ? SIZE + 1 : SIZE);
    if (at == VWR_VIRTQ_DESC_F_USED)
        return;
    assert_int_equal(vwr_vqueue_arm(&g->dev->queue[0]), true);
    log_again();
    one(g, 0, 0);
    guest_kick(g, 0);
    assert_int_equal(sink_in(g)->served, SIZE + 1);
}

/* The second descriptor of a chain is not available by the wrap counter. */
static void g49_wrap_flags_wrong(struct guest *g, long long at)
{
    guest_desc(g, 0, 1, AT(1), 16, (unsigned)at, 0);
    guest_desc(g, 0, 0, AT(0), 16, NEXT | guest_wrap_flags(g, 0, 0), 0);
    guest_kick(g, 0);
    if (at == VWR_VIRTQ_DESC_F_AVAIL)
        rings_saw(g, 2, 32, 0, 0);
    else
        hostile_is_broken(g, VWR_VFAULT_WRAP);
}

/* A chain across the end of the ring: its flags are toggled at the wrap, or are not. */
static void g49_wraps_in_chain(struct guest *g, long long at)
{
    const struct guest_desc segment[3] = {{AT(0), 8, 0, 0}, {AT(1), 8, 0, 0}, {AT(2), 8, WRITE, 0}};

    for (unsigned i = 0; i < SIZE - 2; i++) {
        one(g, i, 0);
        guest_kick(g, 0);
    }
    (void)guest_chain(g, 0, segment, 3);
    if (at != 0)
        guest_desc(g, 0, 0, AT(2), 8, WRITE | VWR_VIRTQ_DESC_F_AVAIL, SIZE - 2);
    guest_kick(g, 0);
    if (at == 0)
        rings_saw(g, 2, 16, 1, 8);
    else
        hostile_is_broken(g, VWR_VFAULT_WRAP);
}

/* A chain of SIZE + at descriptors. */
static void g49_over_ring(struct guest *g, long long at)
{
    const unsigned count = (unsigned)((long)SIZE + at);

    for (unsigned i = count < SIZE ? count : SIZE; i-- > 0;)
        guest_desc(g, 0, i, AT(i), 16, guest_wrap_flags(g, 0, i) | (i + 1 < count ? NEXT : 0), 0);
    guest_kick(g, 0);
    if (at > 0)
        hostile_is_broken(g, VWR_VFAULT_LOOP);
    else
        rings_saw(g, count, 16 * count, 0, 0);
}

/* More available descriptors than the ring has, while the device completes none. */
static void g49_floods(struct guest *g, long long at)
{
    const struct guest_desc segment[2] = {{AT(0), 8, 0, 0}, {AT(1), 8, 0, 0}};

    sink_in(g)->hold = true;
    for (unsigned i = 0; i < 3; i++) {
        (void)guest_chain(g, 0, segment, 2);
        guest_kick(g, 0);
    }
    one(g, 1, 0);
    guest_kick(g, 0);
    hostile_is_whole(g);
    (void)guest_chain(g, 0, segment, at < 0 ? 1 : 2);
    guest_kick(g, 0);
    if (at < 0)
        hostile_is_whole(g);
    else
        hostile_is_broken(g, VWR_VFAULT_INDEX);
    assert_int_equal(sink_in(g)->served, at < 0 ? 5 : 4);
}

/* Only WRITE has a meaning in a table. */
static void g49_in_table(struct guest *g, long long at)
{
    const struct guest_desc d = {AT(0), 8, (uint16_t)at, 0};

    rings_table(g, TABLE, 2);
    guest_put_desc(g, TABLE, 0, &d);
    rings_one(g, TABLE, 32, INDIRECT);
    if ((at & WRITE) != 0)
        hostile_is_broken(g, VWR_VFAULT_ORDER); /* a readable segment then follows */
    else
        rings_saw(g, 2, 16, 0, 0);
}

/*
 * Values of event suppression that the specification does not define: a surplus interrupt is harmless, a
 * missing one is the guest's problem.
 */
static void g37_packed(struct guest *g, long long at)
{
    struct vwr_pvirtq_event_suppress *const e = guest_at(g, g->q[0].driver, sizeof(*e));

    for (unsigned desc = 0; desc < 0x10000; desc += desc < 32 || desc > 0x7ff0 ? 1 : 251) {
        const unsigned raised = g->raised;

        e->desc = vwr_cpu_to_le16((uint16_t)desc);
        e->flags = vwr_cpu_to_le16((uint16_t)at);
        one(g, 0, 0);
        guest_kick(g, 0);
        assert_true(g->raised <= raised + 1);
        if ((at & 3) == 3 || (at & 3) == VWR_RING_EVENT_FLAGS_ENABLE)
            assert_int_equal(g->raised, raised + 1);
        if ((at & 3) == VWR_RING_EVENT_FLAGS_DISABLE)
            assert_int_equal(g->raised, raised);
    }
    hostile_is_whole(g);
    e->flags = 0;
    e->desc = 0;
}

/* Two buffers share a segment: it affects only the guest. */
static void g07_packed(struct guest *g, long long at)
{
    const struct guest_desc segment = {AT(0), 16, (uint16_t)at, 0};

    (void)guest_chain(g, 0, &segment, 1);
    (void)guest_chain(g, 0, &segment, 1);
    guest_kick(g, 0);
    hostile_is_whole(g);
    assert_int_equal(sink_in(g)->served, 2);
}

/*
 * The WRITE flag of a used descriptor reports whether the device wrote to the buffer, even behind the used
 * length.
 */
static void g52_written_behind_a_gap(struct guest *g, long long at)
{
    const struct guest_desc segment = {AT(0), 16, (uint16_t)at, 0};
    const struct vwr_pvirtq_desc *const ring = guest_at(g, g->q[0].desc, sizeof(*ring));
    struct sink *const s = sink_in(g);
    uint32_t id, len;

    s->hold = true;
    (void)guest_chain(g, 0, &segment, 1);
    guest_kick(g, 0);
    vwr_vqueue_add_used(&s->dev.queue[0], &s->chain[0], 0);
    s->taken[0] = false;
    s->hold = false;
    (void)vwr_vdev_signal(&s->dev, &s->dev.queue[0]);
    assert_true(guest_used(g, 0, &id, &len));
    assert_int_equal(len, 0);
    assert_int_equal(vwr_le16_to_cpu(ring[0].flags) & VWR_VIRTQ_DESC_F_WRITE, at);
}

const struct hostile_case cases_packed[] = {
    {"G52_written_behind_a_gap",
     "section Packed Virtqueues / Write Flag",
     g52_written_behind_a_gap,
     HOSTILE_PACKED,
     2,
     {0, VWR_VIRTQ_DESC_F_WRITE}},
    {"G07_shared_segment",
     "robustness: nothing forbids it, nobody else is harmed",
     g07_packed,
     HOSTILE_ALL,
     2,
     {0, VWR_VIRTQ_DESC_F_WRITE}},
    {"G37_event_garbage",
     "section Packed Virtqueues / Driver and Device Event Suppression",
     g37_packed,
     HOSTILE_PACKED,
     6,
     {0, 1, 2, 3, 0xfffe, 0xffff}},
    {"G49_id_beyond_ring",
     "section Packed Virtqueues / The Virtqueue Descriptor Format",
     g49_id,
     HOSTILE_PACKED,
     4,
     {-1, 0, 1, 0xffff - SIZE}},
    {"G49_id_twice", "robustness: nothing forbids it, nobody else is harmed", g49_twice, HOSTILE_PACKED,
     HOSTILE_AROUND},
    {"G49_id_of_the_last",
     "section Packed Virtqueues / Next Flag: Descriptor Chaining",
     g49_id_of_the_last,
     HOSTILE_PACKED,
     0,
     {0}},
    {"G49_flags",
     "packed.dev.desc.3",
     g49_flags,
     HOSTILE_PACKED,
     4,
     {0, VWR_VIRTQ_DESC_F_AVAIL, VWR_VIRTQ_DESC_F_USED, PACKED_FLAGS}},
    {"G49_flags_after_a_wrap",
     "packed.dev.desc.3",
     g49_flags_later,
     HOSTILE_PACKED,
     4,
     {0, VWR_VIRTQ_DESC_F_AVAIL, VWR_VIRTQ_DESC_F_USED, PACKED_FLAGS}},
    {"G49_wrap_flags_wrong",
     "packed.drv.sg.6 packed.dev.desc.3",
     g49_wrap_flags_wrong,
     HOSTILE_PACKED,
     4,
     {0, VWR_VIRTQ_DESC_F_AVAIL, VWR_VIRTQ_DESC_F_USED, PACKED_FLAGS}},
    {"G49_wraps_in_chain",
     "packed.drv.sg.6 packed.dev.desc.3",
     g49_wraps_in_chain,
     HOSTILE_PACKED,
     2,
     {0, 1}},
    {"G49_chain_over_ring", "packed.drv.sg.2", g49_over_ring, HOSTILE_PACKED, HOSTILE_AROUND},
    {"G06_next_on_the_last", "packed.drv.sg.2", g49_over_ring, HOSTILE_PACKED, HOSTILE_AROUND},
    {"G08_floods", "packed.drv.sg.5", g49_floods, HOSTILE_PACKED, 2, {-1, 0}},
    {"G49_flags_in_table",
     "packed.drv.indirect.2 packed.drv.sg.3; section Packed Virtqueues / Indirect Flag: Scatter-Gather "
     "Support",
     g49_in_table,
     HOSTILE_PACKED,
     5,
     {VWR_VIRTQ_DESC_F_NEXT, VWR_VIRTQ_DESC_F_WRITE, VWR_VIRTQ_DESC_F_INDIRECT,
      VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE, PACKED_FLAGS}},
};
const unsigned cases_packed_count = sizeof(cases_packed) / sizeof(cases_packed[0]);
