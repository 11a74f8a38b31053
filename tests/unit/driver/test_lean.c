/* SPDX-License-Identifier: MIT */
#include "format.h"
#include "vwr/receive.h"

/* A build without the optional parts of profile.h: the rest works, and the optional parts are absent. */

#define SIZE 8u

static void what_is_left_out_is_not_taken(void **state)
{
    static const unsigned left_out[] = {VWR_F_INDIRECT_DESC, VWR_F_RING_PACKED, VWR_F_IN_ORDER,
                                        VWR_F_NOTIFICATION_DATA};
    struct world *w = *state;

    world_plug(w, world_version(w));
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        w->f.offered[i] = 0xffffffff;
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    for (unsigned i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
        assert_false(fake_took(&w->f, left_out[i]));
}

static void split_ring_works(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(load_bind(&w->queue, l.seg, 3, 1, &l.chain[0]), VWR_OK);
    for (unsigned pass = 0; pass < 3 * SIZE; pass++) {
        assert_int_equal(vwr_queue_post(&w->queue, &l.chain[0], l.seg[4].addr, 16, pass % 2), VWR_OK);
        assert_int_equal(vwr_queue_post(&w->queue, &l.chain[0], l.seg[4].addr, 16, true), VWR_EBUSY);
        assert_int_equal(vwr_queue_post(&w->queue, &l.chain[0], l.seg[4].addr, 0, true), VWR_EINVAL);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 2, 3, &l.chain[1]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[2]), VWR_EFULL);
        assert_true(vwr_queue_kick(&w->queue));
        assert_true(vwr_queue_arm(&w->queue, 2));
        load_serve_all(w);
        load_take_ok(w, &l.chain[0]);
        load_take_ok(w, &l.chain[1]);
        assert_int_equal(l.chain[1].written, 48);
        vwr_queue_disarm(&w->queue);
    }
    assert_int_equal(load_take(w, &done), 0);
    assert_int_equal(w->queue.stats.kicks + w->queue.stats.full + w->queue.stats.flight_most, 0);
    load_queue_is_whole(w, SIZE - 3);
    fake_ring_push(&w->f, 0, 0xffff, 1);
    assert_int_equal(load_take(w, &done), VWR_EBADRING);
    assert_int_equal(vwr_queue_post(&w->queue, &l.chain[0], l.seg[4].addr, 16, true), VWR_EBADRING);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[1]), VWR_EBADRING);
    format_works_again(w, f);
}

/* A buffer returned to a stopped receiver is not posted. */
static void a_stopped_receiver_posts_nothing(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_receive_buffer buffers[2];
    static struct vwr_receiveq q;
    const struct vwr_receive_memory memory = {w->buffer, (size_t)2 * 64, buffers, 2};
    struct vwr_slice slice;
    struct fake_chain chain;

    (void)param;
    format_plug(w, f);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    world_memory(w, f->size);
    assert_int_equal(vwr_dev_add_queue(&w->mmio.dev, 0, &q.queue, &w->memory, 0), VWR_OK);
    assert_int_equal(vwr_receive_start(&q, &memory, 4), VWR_OK);
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    (void)vwr_receive_kick(&q);
    assert_true(fake_ring_next(&w->f, 0, &chain));
    fake_ring_push(&w->f, 0, chain.head, 8);
    assert_int_equal(vwr_receive_reap(&q, &slice, 1), 1);
    vwr_queue_stop(&q.queue, VWR_ERESET);
    assert_int_equal(vwr_receive_submit(&q, slice.buffer), VWR_OK);
    assert_int_equal(q.queue.added, q.queue.kicked);
    assert_false(vwr_receive_kick(&q));
    assert_int_equal(vwr_receive_reclaim(&q), VWR_OK);
    assert_int_equal(buffers[slice.buffer].owner, VWR_RECEIVE_DRIVER);
}

int main(void)
{
    static const uint16_t size[] = {SIZE, 0};
    static const struct format_range split = {KIND_SPLITS, 0, 0, size};
    static struct format_tests tests;

    tests.test[tests.count++] = WORLD_MODERN(what_is_left_out_is_not_taken);
    tests.test[tests.count++] = WORLD_LEGACY(what_is_left_out_is_not_taken);
    format_add(&tests, "split_ring_works", split_ring_works, NULL, &split);
    format_add(&tests, "a_stopped_receiver_posts_nothing", a_stopped_receiver_posts_nothing, NULL, &split);
    return format_run("lean", &tests);
}
