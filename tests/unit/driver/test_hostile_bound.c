/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <string.h>

/*
 * Without IN_ORDER a bound chain keeps its slot, and its limit shows whether it is in flight. The device
 * names a chain that is not in flight, or reports more bytes than a chain has. Section: Basic Facilities of a
 * Virtio Device / Split Virtqueues / The Virtqueue Used Ring; Packed Virtqueues.
 */

#define SIZE 8u
#define BOUND 2u

struct bound {
    struct world *w;
    struct load l;
    struct vwr_seg seg[BOUND][3];
    uint16_t id[BOUND];
};

/* Chains of 3 segments, of which the middle one changes. */
static void bound_begin(struct bound *b, struct world *w, const struct format *f)
{
    memset(b, 0, sizeof(*b));
    b->w = w;
    format_ring(w, f);
    load_prepare(w, &b->l, f->flags & FORMAT_INDIRECT ? LOAD_TABLES : LOAD_NO_TABLES);
    for (unsigned i = 0; i < BOUND; i++) {
        memcpy(b->seg[i], &b->l.seg[3 * i], sizeof(b->seg[i]));
        assert_int_equal(load_bind(&w->queue, b->seg[i], 3, 1, &b->l.chain[i]), VWR_OK);
    }
}

static void post(struct bound *b, unsigned i, uint32_t len, bool in)
{
    struct fake_chain c;

    assert_int_equal(vwr_queue_post(&b->w->queue, &b->l.chain[i], FAKE_RAM_ADDR, len, in), VWR_OK);
    (void)vwr_queue_kick(&b->w->queue);
    assert_true(fake_ring_next(&b->w->f, 0, &c));
    b->id[i] = c.head;
}

/* Afterwards the device knows each id, and no chain is in flight. */
static void come_and_go(struct bound *b)
{
    for (unsigned i = 0; i < BOUND; i++) {
        post(b, i, 16, true);
        fake_ring_push(&b->w->f, 0, b->id[i], 32);
        load_take_ok(b->w, &b->l.chain[i]);
    }
}

static void is_stopped(struct bound *b, const struct format *f, const struct vwr_chain *in_flight)
{
    struct vwr_queue *const q = &b->w->queue;
    struct vwr_chain *done;

    assert_int_equal(vwr_queue_state(q), VWR_EBADRING);
    assert_int_equal(load_take(b->w, &done), VWR_EBADRING);
    assert_null(done);
    for (unsigned i = 0; i < BOUND; i++)
        assert_int_equal(vwr_queue_post(q, &b->l.chain[i], FAKE_RAM_ADDR, 16, true), VWR_EBADRING);
    assert_false(vwr_queue_kick(q));
    assert_int_equal(vwr_dev_reset(&b->w->mmio.dev), VWR_OK);
    if (in_flight != NULL) {
        assert_int_equal(vwr_queue_reclaim(q, &done), 1);
        assert_ptr_equal(done, in_flight);
    }
    assert_int_equal(vwr_queue_reclaim(q, &done), 0);
    format_works_again(b->w, f);
}

static int take(struct bound *b, bool reap)
{
    struct vwr_chain *done[2] = {NULL};
    const int r = reap ? vwr_queue_reap(&b->w->queue, done, 2) : vwr_queue_get_used(&b->w->queue, &done[0]);

    assert_null(done[0]);
    return r;
}

/* D02: a bound chain that has completed before, while another one is in flight. */
static void D02_bound_chain_that_is_not_in_flight(struct world *w, const struct format *f, const void *param)
{
    const bool *reap = param;
    struct bound b;

    bound_begin(&b, w, f);
    come_and_go(&b);
    post(&b, 0, 16, true);
    fake_ring_put(&w->f, 0, b.id[1], 1);
    assert_int_equal(take(&b, *reap), VWR_EBADRING);
    is_stopped(&b, f, &b.l.chain[0]);
}

/* D02: a bound chain that was never posted; its id can be guessed. */
static void D02_bound_chain_that_was_not_posted(struct world *w, const struct format *f, const void *param)
{
    const bool *reap = param;
    struct bound b;

    bound_begin(&b, w, f);
    post(&b, 0, 16, true);
    fake_ring_put(&w->f, 0, b.l.chain[1].id, 0);
    assert_int_equal(take(&b, *reap), VWR_EBADRING);
    is_stopped(&b, f, &b.l.chain[0]);
}

/* D03: a chain completes twice while another one is in flight; the first completion is valid. */
static void D03_bound_chain_twice(struct world *w, const struct format *f, const void *param)
{
    const bool *reap = param;
    struct bound b;

    bound_begin(&b, w, f);
    post(&b, 0, 16, true);
    post(&b, 1, 16, true);
    fake_ring_put(&w->f, 0, b.id[1], 32);
    load_take_ok(w, &b.l.chain[1]);
    fake_ring_put(&w->f, 0, b.id[1], 32);
    assert_int_equal(take(&b, *reap), VWR_EBADRING);
    is_stopped(&b, f, &b.l.chain[0]);
}

/* D02: after unbinding, no chain has the id. */
static void D02_chain_that_is_not_bound_any_more(struct world *w, const struct format *f, const void *param)
{
    const bool *reap = param;
    struct bound b;

    bound_begin(&b, w, f);
    come_and_go(&b);
    assert_int_equal(vwr_queue_unbind(&w->queue, &b.l.chain[1]), VWR_OK);
    post(&b, 0, 16, true);
    fake_ring_put(&w->f, 0, b.id[1], 1);
    assert_int_equal(take(&b, *reap), VWR_EBADRING);
    is_stopped(&b, f, &b.l.chain[0]);
}

/* D04: the device reports `claimed` bytes. The chain has `len` changing bytes, which are writable if `in`,
 * and 16 other writable bytes. */
static void written_is(struct bound *b, uint32_t len, bool in, uint32_t claimed, uint32_t written, bool reap)
{
    const uint64_t clamped = b->w->queue.stats.clamped;
    struct vwr_chain *done[2] = {NULL};

    post(b, 0, len, in);
    fake_ring_push(&b->w->f, 0, b->id[0], claimed);
    assert_int_equal(
        reap ? vwr_queue_reap(&b->w->queue, done, 2) : vwr_queue_get_used(&b->w->queue, &done[0]), 1);
    assert_ptr_equal(done[0], &b->l.chain[0]);
    assert_int_equal(done[0]->written, written);
    assert_int_equal(b->w->queue.stats.clamped, clamped + (claimed != written));
}

static void D04_bytes_of_a_bound_chain(struct world *w, const struct format *f, const void *param)
{
    const bool *reap = param;
    struct bound b;

    bound_begin(&b, w, f);
    for (unsigned pass = 0; pass < 2 * SIZE; pass++) {
        written_is(&b, 100, true, 0, 0, *reap);
        written_is(&b, 100, true, 115, 115, *reap);
        written_is(&b, 100, true, 116, 116, *reap);
        written_is(&b, 100, true, 117, 116, *reap);
        written_is(&b, 100, true, 118, 116, *reap);
        written_is(&b, 100, true, 0xffffffff, 116, *reap);
        written_is(&b, 100, false, 16, 16, *reap);
        written_is(&b, 100, false, 17, 16, *reap);
        written_is(&b, 0xffffffff - 16, true, 0xfffffffe, 0xfffffffe, *reap);
        written_is(&b, 0xffffffff - 16, true, 0xffffffff, 0xffffffff, *reap);
        written_is(&b, 0xfffffffe - 16, true, 0xffffffff, 0xfffffffe, *reap);
    }
    format_works_again(w, f);
}

/* After reclaim a chain can be added to the next queue, and bound. */
static void reclaimed_bound_chain(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct bound b;

    (void)param;
    bound_begin(&b, w, f);
    come_and_go(&b);
    post(&b, 1, 16, true);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    vwr_queue_stop(&w->queue, VWR_ERESET);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 1);
    assert_ptr_equal(done, &b.l.chain[1]);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 0);
    assert_int_equal(vwr_queue_unbind(&w->queue, &b.l.chain[0]), VWR_OK);
    format_start(w, f);
    assert_int_equal(vwr_queue_unbind(&w->queue, &b.l.chain[1]), VWR_OK); /* it is no longer bound */
    load_queue_is_whole(w, SIZE);
    for (unsigned i = 0; i < 2 * BOUND; i++) {
        assert_int_equal(vwr_queue_add(&w->queue, b.seg[i % BOUND], 1, 2, &b.l.chain[i % BOUND]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, b.seg[i % BOUND], 1, 2, &b.l.chain[i % BOUND]), VWR_EBUSY);
        (void)vwr_queue_kick(&w->queue);
        load_serve_all(w);
        load_take_ok(w, &b.l.chain[i % BOUND]);
    }
    load_queue_is_whole(w, SIZE);
    for (unsigned i = 0; i < BOUND; i++)
        assert_int_equal(load_bind(&w->queue, b.seg[i], 3, 1, &b.l.chain[i]), VWR_OK);
    come_and_go(&b);
}

int main(void)
{
    static const uint16_t eight[] = {SIZE, 0};
    static const struct format_range split = {KIND_SPLITS, FORMAT_INDIRECT | FORMAT_EVENT_IDX, 0, eight};
    static const struct format_range packed = {KIND_PACKED, FORMAT_EVENT_IDX, FORMAT_INDIRECT, eight};
    static const struct format_range packed_segments = {KIND_PACKED, FORMAT_EVENT_IDX, 0, eight};
    static const bool get_used = false, reap = true;
    static struct format_tests tests;

#define ADD(test)                                                    \
    format_add(&tests, #test "_get_used", test, &get_used, &split);  \
    format_add(&tests, #test "_reap", test, &reap, &split);          \
    format_add(&tests, #test "_get_used", test, &get_used, &packed); \
    format_add(&tests, #test "_reap", test, &reap, &packed)
    ADD(D02_bound_chain_that_is_not_in_flight);
    ADD(D02_bound_chain_that_was_not_posted);
    ADD(D03_bound_chain_twice);
    ADD(D02_chain_that_is_not_bound_any_more);
    ADD(D04_bytes_of_a_bound_chain);
    ADD(reclaimed_bound_chain);
    format_add(&tests, "D04_bytes_of_a_bound_chain", D04_bytes_of_a_bound_chain, &reap, &packed_segments);
    return format_run("hostile_bound", &tests);
}
