/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <stdlib.h>
#include <string.h>

/* Calls of classes on buffers before and after the guest has broken a rule. */

static const struct guest_desc good[3] = {
    {AT(0), 24, 0, 0}, {AT(1), 16, VWR_VIRTQ_DESC_F_WRITE, 0}, {AT(2), 3, VWR_VIRTQ_DESC_F_WRITE, 0}};

/* Takes the next buffer without the device's loop. */
static int take(struct guest *g, struct vwr_vchain *c)
{
    c->seg = sink_in(g)->seg[0];
    c->room = SINK_SEGMENTS;
    const int r = vwr_vqueue_pop_avail(&g->dev->queue[0], c);

    vwr_vdev_check_queue(g->dev, &g->dev->queue[0]);
    return r;
}

/* A buffer is put back and taken again: the same buffer, over three wraps. */
static void returned(struct guest *g, long long at)
{
    struct vwr_vqueue *const q = &g->dev->queue[0];
    struct vwr_vchain c;
    uint32_t id = 0;
    uint32_t len = 0;

    (void)at;
    for (unsigned i = 0; i < 3 * SIZE; i++) {
        const unsigned head = guest_chain(g, 0, good, 3);

        assert_int_equal(take(g, &c), 1);
        assert_int_equal(vwr_vqueue_in_flight(q), 1);
        vwr_vqueue_unpop(q, &c);
        assert_int_equal(vwr_vqueue_in_flight(q), 0);
        assert_int_equal(take(g, &c), 1);
        assert_int_equal(c.in_bytes, 19);
        vwr_vqueue_add_used(q, &c, 19);
        assert_true(vwr_vqueue_signal(q));
        assert_false(vwr_vqueue_signal(q)); /* no buffer since then */
        assert_true(guest_used(g, 0, &id, &len));
        assert_int_equal(id, head);
        assert_int_equal(len, 19);
    }
    assert_int_equal(take(g, &c), 0);
}

/* In order: an early completion becomes visible when those before it are complete. */
static void in_order(struct guest *g, long long at)
{
    unsigned head[3];
    uint32_t id;
    uint32_t len;

    vwr_features_add(&g->features, VWR_F_IN_ORDER);
    assert_true(guest_start(g));
    sink_in(g)->hold = true;
    for (unsigned i = 0; i < 3; i++)
        head[i] = guest_chain(g, 0, &good[i == 1 ? 1 : 0], i == 1 ? 2 : 1);
    guest_kick(g, 0);
    assert_true(sink_release(sink_in(g), (unsigned)at)); /* not the first one */
    assert_false(guest_used(g, 0, &id, &len));
    while (sink_release(sink_in(g), 0))
        ;
    for (unsigned i = 0; i < 3; i++) {
        assert_true(guest_used(g, 0, &id, &len));
        assert_int_equal(id, head[i]);
        assert_int_equal(len, i == 1 ? 19 : 0);
    }
    assert_int_equal(vwr_vqueue_in_flight(&g->dev->queue[0]), 0);
}

/*
 * A writer limited to end `at` bytes before the chain's end stops there, however the bytes are segmented, and
 * vwr_vchain_last finds the last byte of the chain.
 */
static void tail(struct guest *g, long long at)
{
    const struct guest_desc segment[4] = {
        {AT(0), 2, WRITE, 0}, {AT(1), 1, WRITE, 0}, {AT(2), 14, WRITE, 0}, {AT(3), 3, WRITE, 0}};
    const uint64_t end =
        at < 3 ? AT(3) + 3 - (uint64_t)at : AT(2) + 17 - (uint64_t)at; /* behind the written bytes */
    uint8_t bytes[21];
    struct vwr_vchain c;
    struct vwr_writer w;
    struct vwr_writer rest;

    (void)guest_chain(g, 0, segment, 4);
    assert_int_equal(take(g, &c), 1);
    assert_ptr_equal(vwr_vchain_last(&c), guest_at(g, AT(3) + 2, 1));
    memset(bytes, 0x5a, sizeof(bytes));
    memset(guest_at(g, AT(2), 14), 0, 14);
    memset(guest_at(g, AT(3), 3), 0, 3);
    vwr_vchain_writer(&c, &w);
    assert_int_equal(w.left, 20);
    w.left -= (uint32_t)at;
    assert_int_equal(vwr_writer_write(&w, bytes, sizeof(bytes)), 20 - at);
    assert_int_equal(w.left, 0);
    assert_int_equal(w.done, 20 - at);
    assert_int_equal(vwr_writer_write(&w, bytes, 1), 0);
    assert_int_equal(*(uint8_t *)guest_at(g, end - 1, 1), 0x5a);
    if (at != 0 && at != 3)
        assert_int_equal(*(uint8_t *)guest_at(g, end, 1), 0);
    vwr_vchain_writer(&c, &rest);
    assert_int_equal(vwr_writer_skip(&rest, (uint32_t)(20 - at)), 20 - at);
    assert_int_equal(rest.left, at);
    assert_int_equal(vwr_writer_skip(&rest, UINT32_MAX), at);
    assert_int_equal(rest.done, 20);
    vwr_vqueue_add_used(&g->dev->queue[0], &c, 0);
}

/*
 * Reads the first bytes in place, and nothing beyond the last segment; the array has just enough
 * entries.
 */
static void head(struct guest *g, long long at)
{
    const struct guest_desc segment = {AT(0), 16, (uint16_t)at, 0};
    struct vwr_vchain c = {.seg = malloc(sizeof(*c.seg)), .room = 1};
    uint8_t bytes[17];
    uint8_t *at_run = NULL;
    struct vwr_reader r;

    (void)guest_chain(g, 0, &segment, 1);
    assert_int_equal(vwr_vqueue_pop_avail(&g->dev->queue[0], &c), 1);
    vwr_vchain_reader(&c, &r);
    if (at == 0) {
        assert_null(vwr_vchain_last(&c));
        assert_int_equal(vwr_reader_run(&r, &at_run), 16);
        assert_ptr_equal(at_run, guest_at(g, AT(0), 4));
        assert_int_equal(vwr_reader_skip(&r, 4), 4);
        assert_int_equal(vwr_reader_run(&r, &at_run), 12);
        assert_ptr_equal(at_run, guest_at(g, AT(0) + 4, 12));
        assert_int_equal(vwr_reader_read(&r, bytes, sizeof(bytes)), 12);
    } else {
        assert_ptr_equal(vwr_vchain_last(&c), guest_at(g, AT(0) + 15, 1));
    }
    assert_int_equal(r.left, 0);
    assert_int_equal(vwr_reader_run(&r, &at_run), 0);
    assert_int_equal(vwr_reader_skip(&r, 1), 0);
    assert_int_equal(vwr_reader_read(&r, bytes, 1), 0);
    vwr_vqueue_add_used(&g->dev->queue[0], &c, 0);
    free(c.seg);
}

/* After a fault, and after a reset, calls have no effect. */
static void dead(struct guest *g, long long at)
{
    struct vwr_vqueue *const q = &g->dev->queue[0];
    struct vwr_vchain c;
    struct vwr_vchain none;

    (void)guest_chain(g, 0, good, 3);
    assert_int_equal(take(g, &c), 1);
    if (at == 0)
        rings_one(g, GUEST_END, 16, 0);
    else
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    guest_fill(g, GUEST_LOW, GUEST_QUEUES * GUEST_RING_BYTES, 4);
    vwr_vqueue_unpop(q, &c);
    vwr_vqueue_add_used(q, &c, 19);
    vwr_vqueue_disarm(q);
    assert_true(vwr_vqueue_arm(q));
    assert_false(vwr_vqueue_signal(q));
    assert_int_equal(take(g, &none), VWR_EFAILED);
    assert_true(guest_is_filled(g, GUEST_LOW, GUEST_QUEUES * GUEST_RING_BYTES, 4));
}

/* Everything that a call on queue 0 may change. */
struct copies {
    struct vwr_vqueue queue;
    struct vwr_vqueue_entry own[GUEST_QUEUE_MAX];
    uint8_t ring[GUEST_RING_BYTES];
};

static void copy(struct guest *g, struct copies *to)
{
    memcpy(&to->queue, &g->dev->queue[0], sizeof(to->queue));
    memcpy(to->own, g->own, sizeof(to->own));
    memcpy(to->ring, guest_at(g, g->q[0].desc, sizeof(to->ring)), sizeof(to->ring));
}

/* Disables and enables the queue: alone if the transport allows it, or with the whole device. */
static void restart(struct guest *g, bool itself)
{
    if (!itself) {
        assert_true(guest_start(g));
        return;
    }
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), 0);
    guest_write(g, g->legacy ? VWR_MMIO_QUEUE_PFN : VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), !g->legacy);
    guest_clear_rings(g);
    assert_true(guest_set_queue(g, 0));
}

/*
 * A chain from before a queue reset is completed when the queue is in use again: no call affects the new
 * queue, nor its chain with the same head, or id. `at`: bit 0: only the queue was reset; bit 1: the device
 * has the new chain already; bit 2: in order.
 */
static void stale(struct guest *g, long long at)
{
    struct vwr_vqueue *const q = &g->dev->queue[0];
    struct copies *const copied = malloc(2 * sizeof(*copied));
    struct vwr_vseg seg[3];
    struct vwr_vchain old = {.seg = seg, .room = 3};
    struct vwr_vchain c;
    uint32_t id = 0;
    uint32_t len = 0;
    unsigned head;

    if ((at & 4) != 0)
        vwr_features_add(&g->features, VWR_F_IN_ORDER);
    assert_true(guest_start(g));
    head = guest_chain(g, 0, good, 3);
    assert_int_equal(vwr_vqueue_pop_avail(q, &old), 1);
    restart(g, (at & 1) != 0);
    assert_int_equal(guest_chain(g, 0, good, 3), head);
    if ((at & 2) != 0)
        assert_int_equal(take(g, &c), 1);
    memset(copied, 0, 2 * sizeof(*copied));
    copy(g, &copied[0]);
    vwr_vqueue_add_used(q, &old, 19);
    vwr_vqueue_unpop(q, &old);
    assert_false(vwr_vqueue_signal(q));
    copy(g, &copied[1]);
    assert_memory_equal(&copied[0], &copied[1], sizeof(*copied));
    if ((at & 2) == 0)
        assert_int_equal(take(g, &c), 1);
    assert_int_equal(vwr_vqueue_in_flight(q), 1);
    vwr_vqueue_add_used(q, &c, 19);
    (void)vwr_vqueue_signal(q);
    assert_true(guest_used(g, 0, &id, &len));
    assert_int_equal(id, head);
    assert_int_equal(len, 19);
    assert_false(guest_used(g, 0, &id, &len));
    rings_good(g, 0);
    free(copied);
}

/* Queue sizes: a power of 2 in a split ring, at most the device's maximum. */
static void g41(struct guest *g, long long at)
{
    const bool fits = at > 0 && at <= (long)GUEST_QUEUE_MAX && (g->packed || (at & (at - 1)) == 0);

    assert_true(guest_negotiate(g));
    guest_clear_rings(g);
    g->q[0].size = (uint16_t)at;
    assert_int_equal(guest_set_queue(g, 0), fits);
    assert_int_equal(g->dev->fault.kind, fits ? VWR_VFAULT_NONE : VWR_VFAULT_QUEUE_SIZE);
    assert_false(g->dev->broken);
    g->q[0].size = SIZE;
    log_forget(); /* the parts of the next ring lie elsewhere */
}

static void g44(struct guest *g, long long at)
{
    const bool fits = (at >= 4 && (at & (at - 1)) == 0) || at == 0; /* 0 is 4096: NO_PAGE_SIZE */

    assert_true(guest_negotiate(g));
    guest_clear_rings(g);
    g->align = (uint32_t)at;
    assert_int_equal(guest_set_queue(g, 0), fits && at <= 4096);
    assert_false(g->dev->broken && fits && at <= 4096);
}

static void g44_page(struct guest *g, long long at)
{
    g->page_size = (uint32_t)at;
    assert_true(guest_negotiate(g));
    guest_clear_rings(g);
    assert_int_equal(guest_set_queue(g, 0), (at & (at - 1)) == 0);
}

/* Enabling notifications reports whether a buffer is already available. */
static void armed(struct guest *g, long long at)
{
    struct vwr_vqueue *const q = &g->dev->queue[0];
    struct vwr_vchain c;

    assert_true(vwr_vqueue_arm(q));
    (void)guest_chain(g, 0, good, 3);
    (void)guest_chain(g, 0, good, 3);
    assert_false(vwr_vqueue_arm(q));
    assert_false(vwr_vqueue_arm(q));
    for (long i = 0; i < at; i++) {
        assert_int_equal(take(g, &c), 1);
        vwr_vqueue_add_used(q, &c, 0);
    }
    assert_int_equal(vwr_vqueue_arm(q), at == 2);
}

/*
 * The device enables notifications through the event index with EVENT_IDX (1), otherwise through the flags of
 * the used ring, and leaves the other field alone. A packed ring has one word for both.
 */
static void asks(struct guest *g, long long at)
{
    struct vwr_vqueue *q;
    vwr_le16 *flags;
    vwr_le16 *event;

    if (at == 0)
        vwr_features_remove(&g->features, VWR_F_EVENT_IDX);
    assert_true(guest_start(g));
    q = &g->dev->queue[0];
    flags = guest_at(g, g->q[0].device + (g->packed ? 2u : 0u), sizeof(*flags));
    event = guest_at(g, g->q[0].device + (g->packed ? 0u : vwr_virtq_used_avail_event_offset(SIZE)),
                     sizeof(*event));
    rings_good(g, 0);
    *event = vwr_guest16(g->legacy, 0x5555);
    vwr_vqueue_disarm(q);
    if (g->packed) {
        assert_int_equal(vwr_le16_to_cpu(*flags), VWR_RING_EVENT_FLAGS_DISABLE);
        assert_true(vwr_vqueue_arm(q));
        assert_int_equal(vwr_le16_to_cpu(*flags),
                         at == 0 ? VWR_RING_EVENT_FLAGS_ENABLE : VWR_RING_EVENT_FLAGS_DESC);
        return;
    }
    assert_int_equal(vwr_guest16(g->legacy, *flags), at == 0 ? VWR_VIRTQ_USED_F_NO_NOTIFY : 0);
    assert_int_equal(vwr_guest16(g->legacy, *event), at == 0 ? 0x5555 : 0);
    assert_true(vwr_vqueue_arm(q));
    assert_int_equal(*flags, 0);
    assert_int_equal(vwr_guest16(g->legacy, *event), at == 0 ? 0x5555 : 1);
}

/*
 * The same for the driver's event suppression: the device ignores a field that was not negotiated. `at`:
 * avail.flags.
 */
static void asked(struct guest *g, long long at)
{
    const uint64_t driver = g->q[0].driver;
    vwr_le16 *const flags = guest_at(g, driver, sizeof(*flags));
    vwr_le16 *const event = guest_at(g, driver + vwr_virtq_avail_used_event_offset(SIZE), sizeof(*event));

    for (unsigned with_event = 0; with_event < 2; with_event++) {
        if (with_event == 0)
            vwr_features_remove(&g->features, VWR_F_EVENT_IDX);
        else
            vwr_features_add(&g->features, VWR_F_EVENT_IDX);
        assert_true(guest_start(g));
        *flags = vwr_guest16(g->legacy, (uint16_t)at);
        for (unsigned i = 0; i < 4; i++) {
            const unsigned raised = g->raised;
            const bool named = i % 2 == 0;

            *event = vwr_guest16(g->legacy, (uint16_t)(named ? g->q[0].avail : g->q[0].avail + 7u));
            rings_one(g, AT(0), 16, 0);
            assert_int_equal(g->raised - raised, with_event != 0 ? named : at == 0);
            guest_ack(g);
        }
    }
    *flags = 0;
    *event = 0;
}

const struct hostile_case cases_calls[] = {
    {"G37_what_the_device_asks_for",
     "split.dev.availnotif.1 split.dev.availnotif.2 split.dev.availnotif.3 split.dev.availnotif.4; section "
     "Packed Virtqueues / Driver and Device Event Suppression",
     asks,
     HOSTILE_ALL,
     2,
     {0, 1}},
    {"G37_what_the_driver_asks_for",
     "split.dev.usednotif.1 split.dev.usednotif.2 split.dev.usednotif.3 split.dev.usednotif.4 "
     "split.dev.usednotif.5 split.dev.usednotif.6",
     asked,
     HOSTILE_SPLIT,
     2,
     {0, 1}},
    {"returned", "packed.dev.1", returned, HOSTILE_ALL, 0, {0}},
    {"in_order", "rfeat.dev.5", in_order, HOSTILE_V2, 2, {1, 2}},
    {"head", "split.dev.framing.1", head, HOSTILE_ALL, 2, {0, VWR_VIRTQ_DESC_F_WRITE}},
    {"tail", "split.dev.framing.1", tail, HOSTILE_ALL, 5, {1, 2, 3, 4, 16}},
    {"dead", "status.dev.2 reset.dev.2", dead, HOSTILE_ALL, 2, {0, 1}},
    {"stale",
     "reset.dev.2 vq.dev.reset.1; header vwr/vqueue.h",
     stale,
     HOSTILE_ALL,
     8,
     {0, 1, 2, 3, 4, 5, 6, 7}},
    {"armed", "split.drv.kick.1 packed.drv.kick.1", armed, HOSTILE_ALL, 3, {0, 1, 2}},
    {"G41_sizes",
     "mmio.drv.14; section Split Virtqueues",
     g41,
     HOSTILE_ALL,
     8,
     {0, 1, 3, 15, 16, 17, 32, 65535}},
    {"G44_page_sizes",
     "section Virtio Over MMIO / Legacy interface",
     g44_page,
     HOSTILE_LEGACY,
     4,
     {1, 3, 4095, 4096}},
    {"G44_alignments",
     "section Virtio Over MMIO / Legacy interface",
     g44,
     HOSTILE_LEGACY,
     8,
     {0, 1, 2, 3, 4, 4095, 4096, 0x80000000}},
};
const unsigned cases_calls_count = sizeof(cases_calls) / sizeof(cases_calls[0]);
