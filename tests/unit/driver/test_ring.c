/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <string.h>

/* The guarantees of each call in queue.h, with a device that follows the specification. */

#define SIZE 8u

static void add_kick_take(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct fake_chain c;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(load_take(w, &done), 0);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 2, 1, &l.chain[0]), VWR_OK);
    assert_int_equal(fake_ring_waiting(&w->f, 0), 0); /* not before the kick */
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(vwr_queue_in_flight(&w->queue), 1);
    assert_int_equal(vwr_queue_buffers(&w->queue), 0);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_queue_buffers(&w->queue), 1);
    assert_int_equal(w->f.accesses, 1);
    assert_int_equal(w->f.notified, 1);
    assert_true(fake_ring_next(&w->f, 0, &c));
    assert_int_equal(c.table, (f->flags & FORMAT_INDIRECT) != 0);
    assert_int_equal(c.count, 3);
    for (unsigned i = 0; i < 3; i++) {
        assert_true(c.segment[i].addr == l.seg[i].addr);
        assert_int_equal(c.segment[i].len, 16);
        assert_int_equal(c.segment[i].write, i == 2);
    }
    assert_false(fake_ring_next(&w->f, 0, &c));
    assert_int_equal(load_take(w, &done), 0);
    fake_ring_push(&w->f, 0, c.head, 5);
    load_take_ok(w, &l.chain[0]);
    assert_ptr_equal(l.chain[0].token, &l.seg[0]);
    assert_int_equal(l.chain[0].written, 5);
    assert_int_equal(load_take(w, &done), 0);
    assert_int_equal(vwr_queue_in_flight(&w->queue), 0);
    assert_int_equal(w->f.accesses, 1);            /* all of it without another register access */
    assert_int_equal(w->f.queue[0].interrupts, 0); /* a queue starts disarmed */
}

static void kick_notifies_once_a_batch(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    assert_false(vwr_queue_kick(&w->queue)); /* nothing was added */
    assert_int_equal(w->f.accesses, 0);
    for (unsigned i = 0; i < SIZE; i++)
        assert_int_equal(vwr_queue_add(&w->queue, &l.seg[i], 1, 0, &l.chain[i]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(fake_ring_waiting(&w->f, 0), SIZE);
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(w->f.notified, 1);
    load_serve_all(w);
    for (unsigned i = 0; i < SIZE; i++)
        load_take_ok(w, &l.chain[i]);
    assert_int_equal(w->f.accesses, 1);
}

static void kick_does_not_notify_if_suppressed(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    fake_ring_suppress(&w->f, 0, FAKE_NO_EVENT, 0);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[0]), VWR_OK);
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(w->f.notified, 0);
    assert_int_equal(fake_ring_waiting(&w->f, 0), 1); /* but the device can see it */
    fake_ring_suppress(&w->f, 0, FAKE_ALWAYS, 2);     /* starting with the next one */
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[1]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(w->f.notified, 1);
    assert_int_equal(w->queue.stats.kicks, 1);
    assert_int_equal(w->queue.stats.elided, 1);
}

/* Unknown flag bits do not suppress notifications. */
static void kick_with_flags_that_nobody_knows(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    if (f->flags & FORMAT_PACKED)
        fake_packed_set_event(&w->f, 0, 0, 0xfffc);
    else
        fake_ring_set_used_flags(&w->f, 0, 0xfffe);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
}

static void add_refuses_what_cannot_be(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 0, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, SIZE + 1, 0, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, SIZE, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 65535, 65535, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 65535, 1, &l.chain[0]), VWR_EINVAL);
    for (unsigned i = 0; i < 3; i++) { /* a segment of 0 bytes: the first, one in the middle, the last */
        l.seg[i].len = 0;
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 2, &l.chain[0]), VWR_EINVAL);
        l.seg[i].len = 16;
    }
    l.seg[0].len = l.seg[1].len = 0x80000000; /* 2^32 writable bytes are one too many */
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 2, &l.chain[0]), VWR_EINVAL);
    assert_false(vwr_queue_kick(&w->queue));
    load_queue_is_whole(w, SIZE);
}

/* The descriptors that an add wrote before it found an error are not published, neither by the next kick
 * nor later. */
static void add_leaves_nothing_after_an_error(struct world *w, const struct format *f, const void *param)
{
    struct fake_chain c;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_NO_TABLES);
    for (unsigned i = 0; i < 2 * SIZE; i++) { /* before and after the ring has wrapped */
        l.seg[2].len = 0;
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 2, &l.chain[1]), VWR_EINVAL);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[0]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 2, &l.chain[1]), VWR_EINVAL);
        (void)vwr_queue_kick(&w->queue);
        assert_true(fake_ring_next(&w->f, 0, &c));
        assert_int_equal(c.count, 1);
        assert_int_equal(fake_ring_waiting(&w->f, 0), 0);
        fake_ring_push(&w->f, 0, c.head, 0);
        load_take_ok(w, &l.chain[0]);
    }
}

static void add_of_a_chain_on_its_way(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[0]), VWR_EBUSY); /* added */
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[0]), VWR_EBUSY); /* owned by the device */
    assert_int_equal(load_bind(&w->queue, l.seg, 2, 0, &l.chain[0]), VWR_EBUSY);
    load_serve_all(w);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[0]), VWR_EBUSY); /* not taken */
    load_take_ok(w, &l.chain[0]);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    load_serve_all(w);
    load_take_ok(w, &l.chain[0]);
    load_queue_is_whole(w, SIZE);
}

/* The maximum size of a buffer: 2^32 - 1 bytes. */
static void add_takes_the_most_bytes(struct world *w, const struct format *f, const void *param)
{
    struct fake_chain c;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    l.seg[0].len = 0x80000000;
    l.seg[1].len = 0x7fffffff;
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 2, &l.chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_true(fake_ring_next(&w->f, 0, &c));
    fake_ring_push(&w->f, 0, c.head, 0xffffffff);
    load_take_ok(w, &l.chain[0]);
    assert_int_equal(l.chain[0].written, 0xffffffff);
    assert_int_equal(w->queue.stats.clamped, 0);
}

/* Chains without tables: each segment takes one descriptor, also if the format supports tables. */
static void full_queue(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_NO_TABLES);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 3, 3, &l.chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 2, 1, &l.chain[1]), VWR_EFULL); /* 3 where 2 are free */
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[1]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[2]), VWR_EFULL);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[2]), VWR_EFULL);
    load_serve_all(w);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[2]), VWR_EFULL); /* served, not taken */
    load_take_ok(w, &l.chain[0]);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, SIZE - 2, &l.chain[0]), VWR_OK);
    load_take_ok(w, &l.chain[1]);
    assert_true(vwr_queue_kick(&w->queue));
    load_serve_all(w);
    load_take_ok(w, &l.chain[0]);
    assert_int_equal(l.chain[0].written, 16 * (SIZE - 2));
    assert_int_equal(w->queue.stats.full, 4);
    load_queue_is_whole(w, SIZE);
}

/* A queue with one descriptor works; a chain of one segment uses it. */
static void queue_of_one(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[1]), VWR_EFULL);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[1]), VWR_EINVAL);
        assert_true(vwr_queue_kick(&w->queue));
        load_serve_all(w);
        load_take_ok(w, &l.chain[0]);
    }
    load_queue_is_whole(w, 1);
}

/* D16: without IN_ORDER the device may use buffers in any order. */
static void D16_out_of_order(struct world *w, const struct format *f, const void *param)
{
    static const unsigned order[] = {2, 0, 3, 1};
    struct fake_chain c;
    uint16_t id[4];
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned pass = 0; pass < 20; pass++) {
        for (unsigned i = 0; i < 4; i++)
            assert_int_equal(vwr_queue_add(&w->queue, l.seg, i % 2, 1, &l.chain[i]), VWR_OK);
        assert_true(vwr_queue_kick(&w->queue));
        for (unsigned i = 0; fake_ring_next(&w->f, 0, &c); i++)
            id[i] = c.head;
        for (unsigned i = 0; i < 4; i++)
            fake_ring_push(&w->f, 0, id[order[i]], order[i]);
        for (unsigned i = 0; i < 4; i++) {
            load_take_ok(w, &l.chain[order[i]]);
            assert_int_equal(l.chain[order[i]].written, order[i]);
        }
    }
    load_queue_is_whole(w, SIZE);
}

/* With IN_ORDER, one used entry for three buffers: it has the length of the last one; the others count as
 * written completely. */
static void in_order_batches(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct fake_chain c;
    uint16_t id[6];
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_NO_TABLES);
    for (unsigned pass = 0; pass < 20; pass++) {
        for (unsigned i = 0; i < 6; i++)
            assert_int_equal(vwr_queue_add(&w->queue, l.seg, i % 2, 1, &l.chain[i]),
                             i < 5 ? VWR_OK : VWR_EFULL);
        assert_true(vwr_queue_kick(&w->queue));
        for (unsigned i = 0; fake_ring_next(&w->f, 0, &c); i++)
            id[i] = c.head;
        fake_ring_put_batch(&w->f, 0, id, 3, 7);
        for (unsigned i = 0; i < 3; i++) {
            load_take_ok(w, &l.chain[i]);
            assert_int_equal(l.chain[i].written, i < 2 ? 16 : 7);
        }
        assert_int_equal(load_take(w, &done), 0);
        fake_ring_put(&w->f, 0, id[3], 5); /* one entry for each works as well */
        fake_ring_put_batch(&w->f, 0, &id[4], 1, 6);
        load_take_ok(w, &l.chain[3]);
        assert_int_equal(l.chain[3].written, 5);
        load_take_ok(w, &l.chain[4]);
        assert_int_equal(l.chain[4].written, 6);
        assert_int_equal(load_take(w, &done), 0);
    }
    load_queue_is_whole(w, SIZE);
}

static void stopped_queue(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct load l;
    unsigned seen;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), VWR_EBUSY);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[1]), VWR_OK);
    load_serve_all(w);
    fake_forget(&w->f);
    vwr_queue_stop(&w->queue, VWR_ETIMEOUT);
    vwr_queue_stop(&w->queue, VWR_EFAILED); /* the first reason stays */
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[2]), VWR_ETIMEOUT);
    assert_int_equal(load_bind(&w->queue, l.seg, 1, 0, &l.chain[2]), VWR_ETIMEOUT);
    assert_int_equal(load_take(w, &done), VWR_ETIMEOUT);
    assert_null(done);
    assert_false(vwr_queue_kick(&w->queue));
    seen = fake_ring_waiting(&w->f, 0);
    assert_int_equal(seen, 0);                 /* unpublished buffers stay unpublished */
    assert_false(vwr_queue_arm(&w->queue, 1)); /* do not sleep on a stopped queue */
    assert_int_equal(w->f.accesses, 0);
    format_works_again(w, f);
}

/* Completions that were not taken stay in the ring, even those that the driver has already seen. */
static void stopped_in_the_middle_of_a_batch(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct fake_chain c;
    uint16_t id[3];
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[i]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    for (unsigned i = 0; fake_ring_next(&w->f, 0, &c); i++)
        id[i] = c.head;
    if (f->flags & FORMAT_IN_ORDER)
        fake_ring_put_batch(&w->f, 0, id, 3, 1);
    else
        for (unsigned i = 0; i < 3; i++)
            fake_ring_put(&w->f, 0, id[i], 1);
    load_take_ok(w, &l.chain[0]);
    vwr_queue_stop(&w->queue, VWR_ETIMEOUT);
    assert_int_equal(load_take(w, &done), VWR_ETIMEOUT);
    assert_null(done);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 1);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 0);
    format_works_again(w, f);
}

/* After a reset each buffer that was in flight is reclaimed once: served or not, kicked or not. */
static void reclaim_gives_each_back_once(struct world *w, const struct format *f, const void *param)
{
    bool back[5] = {false};
    struct vwr_chain *done;
    struct fake_chain c;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1 + i % 2, &l.chain[i]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_true(fake_ring_next(&w->f, 0, &c));
    fake_ring_push(&w->f, 0, c.head, 1);
    load_take_ok(w, &l.chain[0]);
    assert_true(fake_ring_next(&w->f, 0, &c));
    fake_ring_push(&w->f, 0, c.head, 1); /* served, not taken */
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[4]), VWR_OK);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), VWR_EBUSY);
    vwr_queue_stop(&w->queue, VWR_ERESET);
    for (unsigned i = 1; i <= 4; i++) {
        assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 1);
        assert_true(done >= &l.chain[1] && done <= &l.chain[4]);
        assert_false(back[done - l.chain]);
        back[done - l.chain] = true;
    }
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 0);
    assert_int_equal(load_take(w, &done), VWR_ERESET);
    format_works_again(w, f);
}

static void statistics(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_queue_stats *s = &w->queue.stats;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_NO_TABLES);
    assert_int_equal(s->kicks + s->elided + s->full + s->clamped + s->flight_most, 0);
    for (unsigned pass = 0; pass < 3; pass++) {
        for (unsigned i = 0; i < 3; i++)
            assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[i]), VWR_OK);
        assert_true(vwr_queue_kick(&w->queue));
        load_serve_all(w);
        for (unsigned i = 0; i < 3; i++)
            load_take_ok(w, &l.chain[i]);
    }
    assert_int_equal(s->kicks, 3);
    assert_int_equal(s->flight_most, 3);
    assert_int_equal(s->elided + s->full + s->clamped, 0);
}

int main(void)
{
    static const uint16_t eight[] = {SIZE, 0};
    static const uint16_t one[] = {1, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, eight};
    static const struct format_range single = {KIND_ALL, FORMAT_OPTIONS, 0, one};
    static const struct format_range no_event = {KIND_ALL, FORMAT_OPTIONS & ~FORMAT_EVENT_IDX, 0, eight};
    static const struct format_range any_order = {KIND_ALL, FORMAT_OPTIONS & ~FORMAT_IN_ORDER, 0, eight};
    static const struct format_range in_order = {KIND_ALL, FORMAT_OPTIONS & ~FORMAT_IN_ORDER, FORMAT_IN_ORDER,
                                                 eight};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(add_kick_take, all);
    ADD(kick_notifies_once_a_batch, all);
    ADD(kick_does_not_notify_if_suppressed, all);
    ADD(kick_with_flags_that_nobody_knows, no_event);
    ADD(add_refuses_what_cannot_be, all);
    ADD(add_leaves_nothing_after_an_error, all);
    ADD(add_of_a_chain_on_its_way, all);
    ADD(add_takes_the_most_bytes, all);
    ADD(full_queue, all);
    ADD(queue_of_one, single);
    ADD(D16_out_of_order, any_order);
    ADD(in_order_batches, in_order);
    ADD(stopped_queue, all);
    ADD(stopped_in_the_middle_of_a_batch, all);
    ADD(reclaim_gives_each_back_once, all);
    ADD(statistics, all);
    return format_run("ring", &tests);
}
