/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <string.h>

/*
 * Every interleaving of driver and device. The device performs a sequence of steps at points of a driver
 * call: before it, at each of its barriers (port_steps), and after it. All distributions of the steps over
 * the points are tried.
 */

#define SIZE 8u
#define STEPS_MAX 6u
#define POINTS 5u /* maximum in one call */

struct play {
    struct world *w;
    void (*step[STEPS_MAX])(struct play *p);
    unsigned steps;
    unsigned at[STEPS_MAX]; /* point of each step, in ascending order */
    unsigned done;
    unsigned point;
    /* the device */
    struct fake_chain chain;
    uint16_t id[4];
    unsigned put; /* buffers used */
    bool found;   /* it found an available buffer */
};

static struct play *on_stage; /* the play that fake_barrier advances */

static void next_point(struct play *p)
{
    while (p->done < p->steps && p->at[p->done] == p->point)
        p->step[p->done++](p);
    p->point++;
}

void fake_barrier(void)
{
    struct play *const p = on_stage;

    if (p == NULL)
        return;
    on_stage = NULL; /* steps of the device do not count barriers */
    next_point(p);
    on_stage = p;
}

/* Starts the driver's call; at its end, all deferred steps have been performed. */
static void raise_curtain(struct play *p)
{
    p->done = p->point = 0;
    next_point(p);
    on_stage = p;
}

static void drop_curtain(struct play *p)
{
    on_stage = NULL;
    while (p->done < p->steps)
        next_point(p);
}

/* Next distribution of the steps; false after the last. */
static bool next_order(struct play *p)
{
    unsigned i = p->steps;

    while (i > 0 && p->at[i - 1] == POINTS - 1)
        i--;
    if (i == 0)
        return false;
    p->at[i - 1]++;
    for (unsigned k = i; k < p->steps; k++)
        p->at[k] = p->at[i - 1];
    return true;
}

static void new_stage(struct play *p, struct world *w, const struct format *f, struct load *l)
{
    on_stage = NULL;
    fake_bus_reset();
    fake_ram_reset();
    w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
    format_ring(w, f);
    load_prepare(w, l, LOAD_TABLES);
    p->w = w;
    p->put = 0;
    p->found = false;
}

/* ---- kick, and a device that stops polling ---- */

static void suppress(struct play *p)
{
    fake_ring_suppress(&p->w->f, 0, FAKE_WHEN_IDLE, 1);
}

static void poll_again(struct play *p)
{
    p->found = fake_ring_waiting(&p->w->f, 0) > 0;
}

/* Either the device is notified, or it sees all buffers before it sleeps. */
static void no_notification_is_lost(struct world *w, const struct format *f, const void *param)
{
    const unsigned *before = param;
    struct play p = {.step = {suppress, poll_again}, .steps = 2};
    struct load l;
    bool notified;

    do {
        new_stage(&p, w, f, &l);
        for (unsigned i = 0; i < *before; i++) {
            assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[0]), VWR_OK);
            assert_true(vwr_queue_kick(&w->queue));
            load_serve_all(w);
            load_take_ok(w, &l.chain[0]);
        }
        fake_ring_suppress(&w->f, 0, FAKE_NO_EVENT, 0);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[0]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[1]), VWR_OK);
        raise_curtain(&p);
        notified = vwr_queue_kick(&w->queue);
        drop_curtain(&p);
        assert_true(notified || p.found);
    } while (next_order(&p));
}

/* ---- arm, and a device that completes ---- */

static void put_one(struct play *p)
{
    fake_ring_put(&p->w->f, 0, p->id[p->put], 1);
    p->put++;
}

static void put_two(struct play *p)
{
    fake_ring_put_batch(&p->w->f, 0, &p->id[p->put], 2, 1);
    p->put += 2;
}

static void signal_driver(struct play *p)
{
    (void)fake_ring_signal(&p->w->f, 0);
}

static void three_at_the_device(struct play *p, struct load *l)
{
    struct fake_chain *c = &p->chain;

    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(vwr_queue_add(&p->w->queue, l->seg, 1, 1, &l->chain[i]), VWR_OK);
    assert_true(vwr_queue_kick(&p->w->queue));
    for (unsigned i = 0; fake_ring_next(&p->w->f, 0, c); i++)
        p->id[i] = c->head;
}

/* If arm returns true, an interrupt wakes the sleeper; if it returns false, there is a completion. All
 * buffers complete in the end. */
static void nobody_sleeps_for_good(struct play *p, struct load *l, unsigned count, bool quiet)
{
    struct vwr_chain *done;
    unsigned taken = 0;

    if (quiet && p->put >= count)
        assert_true(p->w->f.queue[0].interrupts > 0);
    if (!quiet)
        assert_true(p->put > 0);
    while (load_take(p->w, &done) == 1)
        assert_ptr_equal(done, &l->chain[taken++]);
    assert_int_equal(taken, p->put);
}

struct arming {
    unsigned count;
    struct play play;
};

static void no_interrupt_is_lost(struct world *w, const struct format *f, const void *param)
{
    const struct arming *a = param;
    struct play p = a->play;
    struct load l;
    bool quiet;

    do {
        new_stage(&p, w, f, &l);
        three_at_the_device(&p, &l);
        raise_curtain(&p);
        quiet = vwr_queue_arm(&w->queue, a->count);
        drop_curtain(&p);
        nobody_sleeps_for_good(&p, &l, a->count, quiet);
    } while (next_order(&p));
}

/* The same for a queue that was disarmed, armed, or armed twice in a row. */
static void no_interrupt_is_lost_arming_again(struct world *w, const struct format *f, const void *param)
{
    const struct arming *a = param;
    struct play p = a->play;
    struct load l;
    bool quiet;

    do {
        new_stage(&p, w, f, &l);
        three_at_the_device(&p, &l);
        assert_true(vwr_queue_arm(&w->queue, 3));
        vwr_queue_disarm(&w->queue);
        raise_curtain(&p);
        quiet = vwr_queue_arm(&w->queue, a->count);
        drop_curtain(&p);
        nobody_sleeps_for_good(&p, &l, a->count, quiet);
    } while (next_order(&p));
}

/* ---- take, and a device that completes meanwhile ---- */

static void take_while_more_comes(struct world *w, const struct format *f, const void *param)
{
    struct play p = {.step = {put_one, put_one, put_one}, .steps = 3};
    struct vwr_chain *done;
    struct load l;

    (void)param;
    do {
        unsigned taken = 0;

        new_stage(&p, w, f, &l);
        three_at_the_device(&p, &l);
        raise_curtain(&p);
        for (unsigned i = 0; i < 3; i++)
            if (load_take(w, &done) == 1)
                assert_ptr_equal(done, &l.chain[taken++]);
        drop_curtain(&p);
        while (load_take(w, &done) == 1)
            assert_ptr_equal(done, &l.chain[taken++]);
        assert_int_equal(taken, 3);
        load_queue_is_whole(w, f->size);
    } while (next_order(&p));
}

/* ---- service on behalf of a sleeper ---- */

static struct {
    struct disk *d;
    struct play *p;
    unsigned sleeps;
    unsigned wakes;
} nap;

static void answer_next(struct play *p)
{
    fake_blk_answer(&p->w->f, 0);
}

static void serve_in_sleep(void *context, struct vwr_req *r, uint32_t us)
{
    struct vwr_blk_requestq *const q = disk_queue(nap.d, 0);
    struct fake_queue *const fq = &nap.p->w->f.queue[0];

    (void)context;
    (void)us;
    if (nap.sleeps++ != 0)
        return;
    fq->interrupts = 0;
    raise_curtain(nap.p);
    assert_true(vwr_blk_service(q, 4) >= 0);
    drop_curtain(nap.p);
    if (vwr_req_is_in_flight(r)) {
        assert_true(fq->interrupts > 0); /* there will be another call */
        assert_true(vwr_blk_service(q, 4) > 0);
    }
}

static void note_wake(void *context, struct vwr_req *r)
{
    (void)context;
    assert_false(vwr_req_is_in_flight(r));
    nap.wakes++;
}

/* Either service finds the answers, or the interrupt that it has armed announces them. */
static void no_sleeper_is_forgotten(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_waiter waiter = {NULL, serve_in_sleep, note_wake};
    struct play p = {.w = w, .step = {answer_next, answer_next}, .steps = 2};

    (void)param;
    do {
        fake_bus_reset();
        fake_ram_reset();
        w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
        memset(&nap, 0, sizeof(nap));
        nap.p = &p;
        nap.d = disk_plug(w, f, (struct disk_shape){1, 2, 1});
        w->options.request.waiter = &waiter;
        disk_open(nap.d);
        w->disk.hold = true;
        w->disk.held_count = 0;
        disk_submit_reads(nap.d, disk_queue(nap.d, 0), 0, 1);
        assert_int_equal(vwr_blk_do(disk_queue(nap.d, 0), disk_read(nap.d, 1, 1)), VWR_OK);
        assert_int_equal(nap.sleeps, 1);
        assert_int_equal(nap.wakes, 1);
        assert_int_equal(disk_reap(nap.d, disk_queue(nap.d, 0), 4), 1);
        disk_has_read(nap.d, &nap.d->req[0], 0);
        disk_has_read(nap.d, &nap.d->req[1], 1);
    } while (next_order(&p));
}

/* Checks the instrumentation itself: barriers are detected. */
static void steps_fall_on_barriers(void **state)
{
    static const struct format format = {0, SIZE};
    struct play p = {.step = {put_one}, .steps = 0};
    struct world *w = *state;
    struct load l;

    new_stage(&p, w, &format, &l);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[0]), VWR_OK);
    raise_curtain(&p);
    (void)vwr_queue_kick(&w->queue);
    assert_int_equal(p.point, 3); /* before it, before the index, after the index */
    drop_curtain(&p);
    raise_curtain(&p);
    assert_true(vwr_queue_arm(&w->queue, 1));
    assert_int_equal(p.point, 2);
    drop_curtain(&p);
}

int main(void)
{
    static const uint16_t sizes[] = {SIZE, 0};
    static const uint16_t odd[] = {6, 7, 0};
    static const unsigned options = FORMAT_INDIRECT | FORMAT_EVENT_IDX | FORMAT_IN_ORDER;
    static const struct format_range all = {KIND_ALL, options, 0, sizes};
    static const struct format_range odd_all = {KIND_PACKED, options, 0, odd};
    static const struct format_range ordered = {KIND_ALL, FORMAT_INDIRECT | FORMAT_EVENT_IDX, FORMAT_IN_ORDER,
                                                sizes};
    static const struct arming first = {1, {.step = {put_one, signal_driver}, .steps = 2}};
    static const struct arming second = {
        2, {.step = {put_one, signal_driver, put_one, signal_driver}, .steps = 4}};
    static const struct arming second_at_once = {2, {.step = {put_one, put_one, signal_driver}, .steps = 3}};
    static const struct arming third = {
        3, {.step = {put_one, signal_driver, put_one, signal_driver, put_one, signal_driver}, .steps = 6}};
    static const struct arming batch = {2, {.step = {put_two, signal_driver}, .steps = 2}};
    static const unsigned before[] = {0, 6, 7, 8, 13};
    static struct format_tests tests;

#define EACH_ARMING(test)                                                     \
    format_add(&tests, #test "_of_the_first", test, &first, &all);            \
    format_add(&tests, #test "_of_the_second", test, &second, &all);          \
    format_add(&tests, #test "_of_two_at_once", test, &second_at_once, &all); \
    format_add(&tests, #test "_of_the_third", test, &third, &all);            \
    format_add(&tests, #test "_of_a_batch", test, &batch, &ordered);          \
    format_add(&tests, #test "_of_the_second", test, &second, &odd_all)
    format_add(&tests, "no_notification_is_lost", no_notification_is_lost, &before[0], &all);
    format_add(&tests, "no_notification_is_lost_after_6", no_notification_is_lost, &before[1], &all);
    format_add(&tests, "no_notification_is_lost_after_7", no_notification_is_lost, &before[2], &all);
    format_add(&tests, "no_notification_is_lost_after_8", no_notification_is_lost, &before[3], &all);
    format_add(&tests, "no_notification_is_lost_after_13", no_notification_is_lost, &before[4], &odd_all);
    EACH_ARMING(no_interrupt_is_lost);
    EACH_ARMING(no_interrupt_is_lost_arming_again);
    format_add(&tests, "take_while_more_comes", take_while_more_comes, NULL, &all);
    format_add(&tests, "take_while_more_comes", take_while_more_comes, NULL, &odd_all);
    format_add(&tests, "no_sleeper_is_forgotten", no_sleeper_is_forgotten, NULL, &all);
    tests.test[tests.count++] = WORLD_TEST(steps_fall_on_barriers);
    return format_run("steps", &tests);
}
