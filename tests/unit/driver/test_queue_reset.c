/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <stdlib.h>
#include <string.h>

/*
 * vwr_dev_reset_queue resets one queue while the others continue. QEMU 7.2 offers RING_RESET over MMIO but
 * ignores the reset, so all other cases are tested only with the device of this folder.
 */

#define SIZE 8u

/* A second queue in separate memory. */
struct second {
    struct vwr_queue queue;
    struct vwr_queue_memory memory;
    struct vwr_chain chain[2];
    void *own;
};

static void two_queues(struct world *w, const struct format *f, struct second *s)
{
    format_plug(w, f);
    w->f.queue[1].size_max = f->size;
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    world_memory(w, f->size);
    assert_int_equal(world_add_queue(w), VWR_OK);
    memset(s, 0, sizeof(*s));
    s->memory = w->memory;
    s->memory.shared = fake_ram_alloc(w->memory.shared_bytes, VWR_QUEUE_SHARED_ALIGN);
    s->own = s->memory.own = malloc(w->memory.own_bytes);
    assert_non_null(s->own);
    assert_int_equal(vwr_dev_add_queue(&w->mmio.dev, 1, &s->queue, &s->memory, 0), VWR_OK);
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    fake_forget(&w->f);
}

static void second_sends(struct world *w, struct second *s, const struct load *l)
{
    (void)w;
    assert_int_equal(vwr_queue_add(&s->queue, l->seg, 1, 1, &s->chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&s->queue));
}

static void second_gets(struct world *w, struct second *s)
{
    struct vwr_chain *done;
    struct fake_chain c;

    assert_true(fake_ring_next(&w->f, 1, &c));
    fake_ring_push(&w->f, 1, c.head, 3);
    assert_false(fake_ring_next(&w->f, 1, &c));
    assert_int_equal(vwr_queue_get_used(&s->queue, &done), 1);
    assert_ptr_equal(done, &s->chain[0]);
    assert_int_equal(done->written, 3);
}

static void first_sends(struct world *w, struct load *l)
{
    load_prepare(w, l, LOAD_TABLES);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(vwr_queue_add(&w->queue, l->seg, 1, 1, &l->chain[i]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_queue_add(&w->queue, l->seg, 1, 1, &l->chain[2]), VWR_OK);
}

/* The buffers in flight are reclaimed, kicked or not. */
static void first_is_empty(struct world *w, const struct load *l)
{
    struct vwr_chain *done;

    assert_int_equal(load_take(w, &done), VWR_ERESET);
    assert_false(vwr_queue_kick(&w->queue));
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 1);
        assert_true(done >= &l->chain[0] && done <= &l->chain[2]);
    }
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 0);
}

/* Clause: vq.drv.reenable.1 vq.drv.reset.2 mmio.drv.22. */
static void reset_is_done(struct world *w, const struct format *f, const void *param)
{
    struct vwr_dev *d = &w->mmio.dev;
    struct second s;
    struct load l;

    two_queues(w, f, &s);
    w->f.quirks.queue_reset_reads = *(const uint32_t *)param;
    for (unsigned pass = 0; pass < 3; pass++) {
        first_sends(w, &l);
        second_sends(w, &s, &l);
        fake_forget(&w->f);
        assert_int_equal(vwr_dev_reset_queue(d, 0, &w->queue), VWR_OK);
        assert_int_equal(w->f.queue[0].ready, 0);
        assert_int_equal(fake_count(&w->f, "W "), fake_count(&w->f, "W QueueSel") + 1);
        assert_int_equal(fake_count(&w->f, "W QueueReset[0] 0x1"), 1);
        first_is_empty(w, &l);
        second_gets(w, &s);
        assert_int_equal(world_add_queue(w), VWR_OK);
        assert_int_equal(d->state, VWR_DEV_LIVE);
        load_queue_is_whole(w, f->size);
        second_sends(w, &s, &l);
        second_gets(w, &s);
    }
    free(s.own);
    format_works_again(w, f);
}

/* The expected transcript of one reset. */
static void reset_access_by_access(struct world *w, const struct format *f, const void *param)
{
    static const char *const lines[] = {
        "W QueueSel 0x0", "W QueueReset[0] 0x1",    "W QueueSel 0x0",         "R QueueReset[0] -> 0x1",
        "W QueueSel 0x0", "R QueueReset[0] -> 0x0", "R QueueReady[0] -> 0x0",
    };

    (void)param;
    format_ring(w, f);
    w->f.quirks.queue_reset_reads = 1;
    assert_int_equal(vwr_dev_reset_queue(&w->mmio.dev, 0, &w->queue), VWR_OK);
    FAKE_EXPECT(&w->f, lines);
}

/* As in QEMU 7.2 over MMIO: the feature is offered, but the reset is ignored. The queue continues
 * unchanged. */
static void reset_is_ignored_as_by_qemu_7_2(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct second s;
    struct load l;

    (void)param;
    two_queues(w, f, &s);
    w->f.quirks.queue_reset = FAKE_RESET_IGNORED;
    first_sends(w, &l);
    assert_int_equal(vwr_dev_reset_queue(&w->mmio.dev, 0, &w->queue), VWR_EUNSUPP);
    world_dev_explains(w, "queue 0");
    world_dev_explains(w, "QueueReady");
    assert_int_equal(w->mmio.dev.state, VWR_DEV_LIVE);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), VWR_EBUSY);
    (void)vwr_queue_kick(&w->queue);
    load_serve_all(w);
    for (unsigned i = 0; i < 3; i++)
        load_take_ok(w, &l.chain[i]);
    load_queue_is_whole(w, f->size);
    second_sends(w, &s, &l);
    second_gets(w, &s);
    free(s.own);
    format_works_again(w, f);
}

/* The reset never ends: after a bounded wait the device is declared failed, and no buffer is reclaimed. */
static void reset_never_ends(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    uint64_t from;
    struct load l;

    (void)param;
    format_ring(w, f);
    w->f.quirks.queue_reset_reads = FAKE_FOREVER;
    first_sends(w, &l);
    from = fake_time.now;
    assert_int_equal(vwr_dev_reset_queue(&w->mmio.dev, 0, &w->queue), VWR_ETIMEOUT);
    assert_in_range(fake_time.now - from, VWR_RESET_TIMEOUT_US, VWR_RESET_TIMEOUT_US + 10u * fake_time.step);
    world_dev_explains(w, "queue 0");
    world_dev_explains(w, "QueueReset");
    assert_int_equal(w->mmio.dev.state, VWR_DEV_FAILED);
    assert_int_not_equal(w->f.status_written & VWR_STATUS_FAILED, 0);
    assert_int_equal(load_take(w, &done), VWR_ERESET);
    fake_forget(&w->f);
    assert_int_equal(vwr_dev_reset_queue(&w->mmio.dev, 0, &w->queue), VWR_EINVAL);
    assert_int_equal(world_add_queue(w), VWR_EINVAL);
    assert_int_equal(w->f.accesses, 0);
    format_works_again(w, f);
}

/* The device leaves the bus meanwhile: registers read as ones, and the driver does not wait. */
static void reset_and_gone(struct world *w, const struct format *f, const void *param)
{
    const bool before = *(const bool *)param;
    struct vwr_chain *done;
    struct load l;

    format_ring(w, f);
    first_sends(w, &l);
    fake_forget(&w->f);
    if (before)
        w->f.quirks.gone = true;
    else
        fake_answer(&w->f, VWR_MMIO_REG_QUEUE_RESET, 0xffffffff, 1);
    w->f.quirks.queue_reset_reads = 5;
    assert_int_equal(vwr_dev_reset_queue(&w->mmio.dev, 0, &w->queue), VWR_EGONE);
    assert_true(w->f.accesses < 10);
    assert_int_equal(load_take(w, &done), VWR_ERESET);
    w->f.quirks.gone = false; /* the write of FAILED may be lost */
    format_works_again(w, f);
}

/* Without the feature, or if the device is not live: the call returns immediately and does nothing. */
static void reset_that_cannot_be(struct world *w, const struct format *f, const void *param)
{
    struct vwr_dev *d = &w->mmio.dev;

    (void)param;
    format_plug(w, f);
    fake_forget(&w->f);
    assert_int_equal(vwr_dev_reset_queue(d, 0, &w->queue), VWR_EINVAL);
    assert_int_equal(w->f.accesses, 0);
    format_start(w, f);
    if (!(f->flags & FORMAT_RING_RESET)) {
        assert_int_equal(vwr_dev_reset_queue(d, 0, &w->queue), VWR_EUNSUPP);
        assert_int_equal(world_add_queue(w), VWR_EINVAL);
    }
    assert_int_equal(w->f.accesses, 0);
    load_queue_is_whole(w, f->size);
    assert_int_equal(vwr_dev_reset(d), VWR_OK);
    fake_forget(&w->f);
    assert_int_equal(vwr_dev_reset_queue(d, 0, &w->queue), VWR_EINVAL);
    assert_int_equal(w->f.accesses, 0);
}

/* RING_RESET is sufficient: the device need not run yet. Clause: mmio.dev.10 vq.drv.reset.1. */
static void reset_before_the_start(struct world *w, const struct format *f, const void *param)
{
    struct vwr_dev *d = &w->mmio.dev;

    (void)param;
    format_plug(w, f);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    assert_int_equal(world_add_queue(w), VWR_OK);
    assert_int_equal(vwr_dev_reset_queue(d, 0, &w->queue), VWR_OK);
    assert_int_equal(w->f.queue[0].ready, 0);
    assert_int_equal(d->state, VWR_DEV_NEGOTIATED);
    assert_int_equal(world_add_queue(w), VWR_OK);
    assert_int_equal(vwr_dev_start(d), VWR_OK);
    load_queue_is_whole(w, f->size);
}

/* A queue cannot be added again without a reset. */
static void add_without_a_reset(struct world *w, const struct format *f, const void *param)
{
    struct vwr_queue other;

    (void)param;
    format_ring(w, f);
    assert_int_equal(vwr_dev_add_queue(&w->mmio.dev, 0, &other, &w->memory, 0), VWR_EBUSY);
    world_dev_explains(w, "in use");
    format_works_again(w, f);
}

/*
 * A queue that was reset does not belong to the device until it is added again; another poll changes nothing.
 */
static void reset_polled_again(struct world *w, const struct format *f, const void *param)
{
    struct vwr_fault fault;
    struct second s;
    struct load l;

    (void)param;
    two_queues(w, f, &s);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(vwr_dev_reset_queue(&w->mmio.dev, 0, &w->queue), VWR_OK);
    assert_int_equal(vwr_dev_reset_queue_poll(&w->mmio.dev, 0, &fault), VWR_OK);
    second_sends(w, &s, &l);
    second_gets(w, &s);
    assert_int_equal(world_add_queue(w), VWR_OK);
    load_queue_is_whole(w, f->size);
    free(s.own);
}

int main(void)
{
    static const uint16_t eight[] = {SIZE, 0};
    static const unsigned options =
        FORMAT_INDIRECT | FORMAT_EVENT_IDX | FORMAT_IN_ORDER | FORMAT_NOTIFICATION_DATA;
    static const struct format_range all = {KIND_SPLIT | KIND_PACKED, options, FORMAT_RING_RESET, eight};
    static const struct format_range two = {KIND_SPLIT | KIND_PACKED, 0, FORMAT_RING_RESET, eight};
    static const struct format_range without = {KIND_ALL, 0, 0, eight};
    static const uint32_t reads[] = {0, 1, 100};
    static const bool yes = true;
    static const bool no = false;
    static struct format_tests tests;

    format_add(&tests, "reset_is_done", reset_is_done, &reads[0], &all);
    format_add(&tests, "reset_is_done_at_the_second_look", reset_is_done, &reads[1], &all);
    format_add(&tests, "reset_is_done_after_100_polls", reset_is_done, &reads[2], &two);
    format_add(&tests, "reset_access_by_access", reset_access_by_access, NULL, &two);
    format_add(&tests, "reset_is_ignored_as_by_qemu_7_2", reset_is_ignored_as_by_qemu_7_2, NULL, &all);
    format_add(&tests, "reset_never_ends", reset_never_ends, NULL, &two);
    format_add(&tests, "reset_polled_again", reset_polled_again, NULL, &two);
    format_add(&tests, "reset_and_gone_before", reset_and_gone, &yes, &two);
    format_add(&tests, "reset_and_gone_meanwhile", reset_and_gone, &no, &two);
    format_add(&tests, "reset_that_cannot_be", reset_that_cannot_be, NULL, &without);
    format_add(&tests, "reset_when_not_live", reset_that_cannot_be, NULL, &two);
    format_add(&tests, "reset_before_the_start", reset_before_the_start, NULL, &two);
    format_add(&tests, "add_without_a_reset", add_without_a_reset, NULL, &two);
    return format_run("queue_reset", &tests);
}
