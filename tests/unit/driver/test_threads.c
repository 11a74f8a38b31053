/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <string.h>

/*
 * Threads that sleep for a request (struct vwr_waiter), on a simulated scheduler with one lock and a test
 * function that runs in each sleep. The tests look for lost wakeups: a sleep for a request that the device
 * has answered, without a wakeup.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define MANY 8u

static const struct disk_shape one_queue = {1, MANY, 1};
static struct vwr_blk_req *other_request; /* of a second thread, which starts while the first sleeps */

static struct scheduler {
    struct disk *d;
    bool locked;
    unsigned sleeps;
    unsigned wakes;
    unsigned overslept; /* sleeps that ended only by their timeout */
    unsigned depth;
    struct vwr_blk_req *sleeping[4];
    bool woken[4];
    /* runs in each sleep */
    void (*meanwhile)(struct scheduler *s, struct vwr_blk_req *r);
    unsigned moment; /* number of the clock read or sleep at which the answer comes */
    unsigned moments;
    bool interrupts; /* are delivered and served */
} scheduler;

static bool is_sleeping(const struct scheduler *s, const struct vwr_blk_req *r)
{
    for (unsigned i = 0; i < s->depth; i++)
        if (s->sleeping[i] == r)
            return true;
    return false;
}

/* The device interrupts if the driver requested it: the handler takes the lock and serves the queue. */
static void interrupt(struct scheduler *s)
{
    struct fake_queue *fq = &s->d->w->f.queue[0];
    int n;

    if (!s->interrupts || fq->interrupts == 0 || s->locked)
        return;
    fq->interrupts = 0;
    s->locked = true;
    n = vwr_blk_service(disk_queue(s->d, 0), 2);
    assert_true(n >= 0);
    s->locked = false;
}

static void sleep_for(void *context, struct vwr_req *req, uint32_t us)
{
    struct vwr_blk_req *const r = (struct vwr_blk_req *)(void *)req;
    struct scheduler *s = context;
    const unsigned depth = s->depth++;

    assert_true(s->locked); /* by the caller */
    assert_true(us > 0);
    assert_true(vwr_req_is_in_flight(&r->req)); /* no sleep for a request that has completed */
    assert_false(is_sleeping(s, r) && depth > 0 && s->sleeping[depth - 1] == r);
    assert_true(depth < 4);
    s->sleeping[depth] = r;
    s->woken[depth] = false;
    s->sleeps++;
    s->locked = false;
    s->meanwhile(s, r);
    interrupt(s);
    if (!s->woken[depth]) { /* not woken: the time passes */
        fake_time.now += us;
        s->overslept++;
    }
    assert_false(s->locked);
    s->locked = true;
    s->depth--;
}

static void wake(void *context, struct vwr_req *req)
{
    const struct vwr_blk_req *const r = (const struct vwr_blk_req *)(const void *)req;
    struct scheduler *s = context;

    assert_true(s->locked); /* the reaping thread owns the queue */
    assert_false(vwr_req_is_in_flight(&r->req));
    assert_true(is_sleeping(s, r));
    for (unsigned i = 0; i < s->depth; i++)
        if (s->sleeping[i] == r)
            s->woken[i] = true;
    s->wakes++;
}

static const struct vwr_waiter threads = {&scheduler, sleep_for, wake};

static struct disk *plug(struct world *w, const struct format *f,
                         void (*meanwhile)(struct scheduler *s, struct vwr_blk_req *r))
{
    struct disk *d = disk_plug(w, f, one_queue);

    memset(&scheduler, 0, sizeof(scheduler));
    scheduler.d = d;
    scheduler.locked = true; /* the test's thread is running */
    scheduler.meanwhile = meanwhile;
    scheduler.interrupts = true;
    w->options.request.waiter = &threads;
    w->options.request.spin = 4;
    w->options.request.timeout_us = 1000000;
    disk_open(d);
    w->disk.hold = true;
    return d;
}

static void answer_one(struct scheduler *s, struct vwr_blk_req *r)
{
    (void)r;
    if (s->d->w->disk.held_count > 0)
        fake_blk_answer(&s->d->w->f, 0);
}

/* ---- a second thread, while the first sleeps in a call that waits ---- */

static void call_of_another_thread(struct scheduler *s, struct vwr_blk_req *r)
{
    const struct vwr_vec vec = {s->d->w->buffer, SECTOR};
    struct vwr_blk *const b = &s->d->w->blk;
    char id[VWR_BLK_GET_ID_BYTES + 1u];

    (void)r;
    s->locked = true;
    assert_int_equal(vwr_blk_read(b, 0, s->d->w->buffer, 1), VWR_EBUSY);
    assert_int_equal(vwr_blk_write(b, 0, s->d->w->buffer, 1), VWR_EBUSY);
    assert_int_equal(vwr_blk_transfer_vecs(b, VWR_BLK_T_IN, 0, &vec, 1), VWR_EBUSY);
    assert_int_equal(vwr_blk_flush(b), VWR_EBUSY);
    assert_int_equal(vwr_blk_get_id(b, id), VWR_EBUSY);
    assert_int_equal(vwr_blk_do_ranges(b, VWR_BLK_T_DISCARD, 0, 8, false), VWR_EBUSY);
    assert_int_equal(vwr_blk_set_write_cache(b, true), VWR_EBUSY);
    s->locked = false;
    answer_one(s, r);
}

static void second_thread_while_one_sleeps(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, call_of_another_thread);

    (void)param;
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_OK);
    assert_true(world_has_pattern(w, 3, 4));
    assert_int_equal(scheduler.sleeps, 1);
    disk_is_idle(d);
}

/* The answer comes while the thread sleeps; the interrupt handler reaps it and wakes the thread. */
static void woken_by_service(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, answer_one);
    const uint64_t began = fake_time.now;

    (void)param;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_OK);
    disk_has_read(d, &d->req[0], 9);
    assert_int_equal(scheduler.sleeps, 1);
    assert_int_equal(scheduler.wakes, 1);
    assert_true(fake_time.now - began < 30000);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_OK); /* also for the calls of blk.h */
    assert_true(world_has_pattern(w, 3, 4));
    assert_int_equal(scheduler.wakes, 2);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 0);
    disk_is_idle(d);
}

/* Interrupts are lost: the thread wakes up periodically and finds the answer. */
static void D39_interrupt_never_arrives(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, answer_one);

    (void)param;
    scheduler.interrupts = false;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_OK);
    disk_has_read(d, &d->req[0], 9);
    assert_int_equal(scheduler.sleeps, 1);
    assert_int_equal(scheduler.wakes, 0);
    disk_is_idle(d);
}

/* ---- recoveries ---- */

/* A waiting call on a disk with REPLAY, under the scheduler. */
static struct disk *plug_replay(struct world *w, const struct format *f, struct disk_shape shape,
                                void (*meanwhile)(struct scheduler *s, struct vwr_blk_req *r))
{
    struct disk *d = disk_plug(w, f, shape);

    memset(&scheduler, 0, sizeof(scheduler));
    scheduler.d = d;
    scheduler.locked = true;
    scheduler.meanwhile = meanwhile;
    scheduler.interrupts = true;
    w->options.request.waiter = &threads;
    w->options.request.spin = 4;
    w->options.request.timeout_us = 1000000;
    w->options.request.replay = true;
    disk_open(d);
    w->disk.hold = true;
    return d;
}

static void nothing(struct scheduler *s, struct vwr_blk_req *r)
{
    (void)s;
    (void)r;
}

/* No answer comes, and spurious wakeups repeat: the deadline still applies. */
static void wake_for_nothing(struct scheduler *s, struct vwr_blk_req *r)
{
    (void)r;
    s->woken[s->depth - 1] = true;
}

static void D14_asleep(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, param == NULL ? nothing : wake_for_nothing);
    const uint64_t began = fake_time.now;

    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_ETIMEOUT);
    assert_true(fake_time.now - began >= 1000000);
    assert_true(fake_time.now - began <= 1000000 + 100000);
    assert_true(vwr_req_is_in_flight(&d->req[0].req)); /* the device owns it until a reset */
    assert_true(scheduler.locked);
}

/* A device that acknowledges each reset and never answers: the sleeper is woken after the replays. */
static void silent_device(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug_replay(w, f, one_queue, param == NULL ? nothing : wake_for_nothing);
    const uint64_t began = fake_time.now;

    disk_submit_reads(d, disk_queue(d, 0), 1, 2);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_ETIMEOUT);
    assert_false(vwr_req_is_in_flight(&d->req[0].req));
    assert_int_equal(w->disk.count, 3 * (1 + VWR_REQUEST_REPLAYS));
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 2);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_ETIMEOUT);
    assert_true(fake_time.now - began >= 2 * (1 + VWR_REQUEST_REPLAYS) * 1000000ull);
    assert_true(fake_time.now - began <= 2 * (1 + VWR_REQUEST_REPLAYS) * 1100000ull);
    assert_true(scheduler.sleeps > 0 && scheduler.locked);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RUNNING);
    disk_is_idle(d);
}

/* Counts the polls before a sleep; blk.h documents VWR_REQUEST_SPIN. */
static void polls_before_it_sleeps(struct scheduler *s, struct vwr_blk_req *r)
{
    if (s->sleeps == 1)
        s->moments = fake_time.readings;
    answer_one(s, r);
}

static void spins_before_it_sleeps(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, polls_before_it_sleeps);
    uint32_t readings;

    (void)param;
    for (uint32_t spin = 1; spin < 50; spin += 7) {
        w->blk.options.request.spin = spin;
        scheduler.sleeps = 0;
        readings = fake_time.readings;
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_OK);
        assert_int_equal(scheduler.sleeps, 1);
        assert_int_equal(scheduler.moments - readings, 1 + spin + 1); /* the start, and one per poll */
    }
}

/* ---- the owner of all queues recovers while a call sleeps ---- */

static void stop_and_recover(struct scheduler *s, struct vwr_blk_req *r)
{
    struct world *w = s->d->w;
    int n;

    (void)r;
    if (s->moments++ != 0) {
        if (w->disk.held_count > 0)
            fake_blk_answer(&w->f, 0);
        return;
    }
    s->locked = true;
    vwr_dev_fail(&w->mmio.dev);
    while ((n = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
        ;
    assert_int_equal(n, VWR_OK);
    s->locked = false;
}

/*
 * A call that still waits has its request sent again, although an earlier wait has timed out: only requests
 * that no call waits for are not sent.
 */
static void recovered_in_its_sleep(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug_replay(w, f, (struct disk_shape){2, MANY, 1}, nothing);
    int n;

    (void)param;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 0)), VWR_ETIMEOUT);
    while ((n = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
        ;
    assert_int_equal(n, VWR_OK);
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 1);
    scheduler.meanwhile = stop_and_recover;
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_OK);
    assert_true(world_has_pattern(w, 3, 4));
    assert_true(scheduler.moments > 1);
}

static struct {
    unsigned left; /* recoveries by another thread, each shortly before the deadline */
    uint64_t last;
} late;

static void recover_late(struct scheduler *s, struct vwr_blk_req *r)
{
    struct world *w = s->d->w;
    int n;

    (void)r;
    if (late.left == 0 || fake_time.now - late.last < 900000)
        return;
    late.left--;
    s->locked = true;
    vwr_dev_fail(&w->mmio.dev);
    while ((n = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
        ;
    assert_int_equal(n, VWR_OK);
    late.last = fake_time.now;
    s->locked = false;
}

/* The deadline restarts when a recovery by another thread has sent the request again, but not without
 * limit. */
static void deadline_after_recoveries(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug_replay(w, f, (struct disk_shape){2, MANY, 1}, recover_late);
    const uint64_t began = fake_time.now;

    late.left = *(const unsigned *)param;
    late.last = began;
    if (late.left <= VWR_REQUEST_REPLAYS) {
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_ETIMEOUT);
        assert_true(vwr_req_is_in_flight(&d->req[0].req));
        assert_int_equal(late.left, 0);
        assert_true(fake_time.now - began >= *(const unsigned *)param * 900000ull + 1000000);
    } else { /* after too many replays it is returned */
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_EFAILED);
        assert_false(vwr_req_is_in_flight(&d->req[0].req));
        assert_int_equal(late.left, *(const unsigned *)param - VWR_REQUEST_REPLAYS - 1u);
    }
    assert_true(fake_time.now - began <= (VWR_REQUEST_REPLAYS + 1u) * 1100000ull);
}

/* ---- a ring that is smaller after the recovery ---- */

static bool answer_each; /* answer each request when it is sent */

static void answer_what_is_sent(struct fake *f, uint32_t queue)
{
    fake_blk_serve(f, queue);
    if (answer_each)
        fake_blk_answer_all(f);
}

/* The other thread waits for request 0 while this one sleeps for request 1. */
static void other_takes_all(struct scheduler *s, struct vwr_blk_req *r)
{
    struct disk *d = s->d;

    (void)r;
    if (other_request == NULL)
        return;
    other_request = NULL;
    s->locked = true;
    fake_blk_answer(&d->w->f, 0);
    answer_each = true; /* request 1, and the requests that are sent once descriptors are free */
    assert_int_equal(vwr_blk_wait(disk_queue(d, 0), &d->req[0]), VWR_OK);
    answer_each = false;
    s->locked = false;
}

/*
 * The thread that leaves reaps the last request in flight on behalf of the sleeper. It must then send the
 * requests that wait for descriptors; otherwise nothing would complete any more, and they would wait forever.
 */
static void last_is_taken_by_who_leaves(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug_replay(w, f, (struct disk_shape){1, 12, 1}, other_takes_all);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);
    int n;

    (void)param;
    disk_submit_reads(d, q, 0, 6);
    vwr_dev_fail(&w->mmio.dev);
    w->f.queue[0].size_max = 8;
    w->f.on_notify = answer_what_is_sent;
    while ((n = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
        ;
    assert_int_equal(n, VWR_OK);
    assert_true(w->disk.held_count >= 2 && w->disk.held_count < 6);
    other_request = &d->req[0];
    assert_int_equal(vwr_blk_wait(q, &d->req[1]), VWR_OK);
    w->f.on_notify = fake_blk_serve;
    w->disk.hold = false;
    fake_blk_answer_all(&w->f);
    assert_int_equal(vwr_blk_do(q, disk_read(d, 7, 7)), VWR_OK);
    for (unsigned i = 0; d->done_count < 4; i++) {
        assert_true(i < 100);
        (void)disk_reap(d, q, 8);
    }
    for (unsigned i = 0; i < 6; i++)
        disk_has_read(d, &d->req[i], i);
    d->size = 8;
    disk_is_idle(d);
}

/* Two recoveries by another thread; the first is under way while this one sleeps again. */
static void recover_twice(struct scheduler *s, struct vwr_blk_req *r)
{
    struct world *w = s->d->w;
    const unsigned moment = s->moments++;
    int n;

    (void)r;
    s->locked = true;
    if (moment != 1)
        vwr_dev_fail(&w->mmio.dev);
    w->f.queue[0].size_max = 8;
    w->f.quirks.reset_reads = moment == 0 ? 3 : 0;
    while ((n = vwr_recover(&w->blk.bringup)) == VWR_EBUSY && moment != 0)
        ;
    assert_int_equal(n, moment == 0 ? VWR_EBUSY : VWR_OK);
    s->locked = false;
}

/*
 * The first recovery has no space to send the request again, but the second has. Each of them would restart
 * the deadline, but only one restart is left.
 */
static void too_many_recoveries(struct world *w, const struct format *f, const void *param)
{
    struct disk *d;
    struct vwr_blk_requestq *q;

    (void)param;
    w->options.request.replays = 1;
    d = plug_replay(w, f, (struct disk_shape){2, MANY, 1}, recover_twice);
    q = disk_queue(d, 0);
    disk_submit_reads(d, q, 0, 2);
    assert_int_equal(vwr_blk_do(q, disk_read(d, 2, 2)), VWR_EINFLIGHT);
    assert_int_equal(scheduler.moments, 3);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RUNNING);
    assert_true(vwr_req_is_in_flight(&d->req[2].req));
    fake_blk_answer_all(&w->f);
    for (unsigned i = 0; d->done_count < 3; i++) {
        assert_true(i < 100);
        (void)disk_reap(d, q, 8);
    }
    assert_int_equal(d->req[0].req.result, VWR_EFAILED);
    assert_int_equal(d->req[1].req.result, VWR_EFAILED);
    disk_has_read(d, &d->req[2], 2);
}

static void begin_recovery(struct fake *f)
{
    struct world *w = scheduler.d->w;

    f->on_time = NULL;
    vwr_dev_fail(&w->mmio.dev);
    f->quirks.reset_reads = 5;
    assert_int_equal(vwr_recover(&w->blk.bringup), VWR_EBUSY);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RESETTING);
}

/* A call that waits for descriptors has nothing in flight, and does not sleep until a recovery ends. */
static void no_room_during_a_recovery(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, nothing);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);
    int n;

    (void)param;
    disk_submit_reads(d, q, 0, MANY);
    w->f.on_time = begin_recovery;
    assert_int_equal(vwr_blk_do(q, disk_read(d, MANY, 0)), VWR_EFAILED);
    assert_false(vwr_req_is_in_flight(&d->req[MANY].req));
    assert_int_equal(scheduler.sleeps, 0);
    while ((n = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
        ;
    assert_int_equal(n, VWR_OK);
    assert_int_equal(disk_reap(d, q, MANY + 1), MANY);
    disk_is_idle(d);
}

/* ---- the answer at every possible moment ---- */

/* Each clock read and each sleep is a moment; the answer comes at one of them. */
static void moment_passes(struct scheduler *s)
{
    if (s->moments++ == s->moment && s->d->w->disk.held_count > 0)
        fake_blk_answer(&s->d->w->f, 0);
}

static void clock_moment(struct fake *f)
{
    (void)f;
    moment_passes(&scheduler);
}

static void sleep_moment(struct scheduler *s, struct vwr_blk_req *r)
{
    assert_true(vwr_req_is_in_flight(&r->req));
    /* It sleeps only while the device has the request, or while a requested interrupt is pending. */
    assert_true(s->d->w->disk.held_count > 0 || s->d->w->f.queue[0].interrupts > 0);
    moment_passes(s);
}

static void answer_at_each_moment(struct world *w, const struct format *f, const void *param)
{
    unsigned slept = 0;

    (void)param;
    for (unsigned moment = 0; moment < 24; moment++) {
        struct disk *d;
        uint64_t began;

        fake_bus_reset();
        d = plug(w, f, sleep_moment);
        scheduler.moment = moment;
        w->f.queue[0].interrupts = 0;
        w->f.on_time = clock_moment;
        fake_time.step = 10;
        began = fake_time.now;
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_OK);
        disk_has_read(d, &d->req[0], 9);
        /* Only sleeps before the answer ended by their timeout. */
        assert_true(fake_time.now - began <= (moment + 2) * 10000);
        if (scheduler.sleeps > slept)
            slept = scheduler.sleeps;
        assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 0);
    }
    assert_true(slept > 1);
}

/* ---- two threads ---- */

static bool other_first; /* the device answers the second thread's request first */

/* The second thread starts while the first sleeps, polls, and reaps the completions of both. */
static void second_thread(struct scheduler *s, struct vwr_blk_req *r)
{
    struct disk *d = s->d;
    struct vwr_blk_req *const mine = other_request;

    if (mine == NULL || r == mine) {
        answer_one(s, r);
        return;
    }
    other_request = NULL;
    s->locked = true;
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), mine), VWR_OK);
    (void)vwr_blk_kick(disk_queue(d, 0));
    fake_blk_answer(&d->w->f, other_first ? 1 : 0);
    fake_blk_answer(&d->w->f, 0);
    assert_int_equal(vwr_blk_wait(disk_queue(d, 0), mine), VWR_OK);
    disk_has_read(d, mine, (uint64_t)(mine - d->req));
    s->locked = false;
}

static void two_threads(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, second_thread);
    const uint64_t began = fake_time.now;

    other_first = param != NULL;
    other_request = disk_read(d, 1, 1);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 0)), VWR_OK);
    disk_has_read(d, &d->req[0], 0);
    assert_null(other_request);
    assert_true(fake_time.now - began < 60000);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 0);
    disk_is_idle(d);
}

/* The second thread sleeps too, within the first one's sleep; the interrupt handler completes both in
 * either order. */
static void second_sleeper(struct scheduler *s, struct vwr_blk_req *r)
{
    struct disk *d = s->d;
    struct vwr_blk_req *const mine = other_request;

    (void)r;
    if (mine == NULL) {
        if (d->w->disk.held_count > 1)
            fake_blk_answer(&d->w->f, other_first ? 1 : 0);
        else if (d->w->disk.held_count > 0)
            fake_blk_answer(&d->w->f, 0);
        return;
    }
    other_request = NULL;
    s->locked = true;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), mine), VWR_OK);
    disk_has_read(d, mine, (uint64_t)(mine - d->req));
    s->locked = false;
}

static void two_sleepers(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, second_sleeper);
    const uint64_t began = fake_time.now;

    other_first = param != NULL;
    other_request = disk_read(d, 1, 1);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 0)), VWR_OK);
    disk_has_read(d, &d->req[0], 0);
    assert_true(scheduler.wakes >= 1);
    assert_true(fake_time.now - began < 100000);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 0);
    disk_is_idle(d);
}

/* The second thread starts while the first sleeps, gets its answer, and leaves; then the first one's
 * answer comes. */
static void second_comes_and_goes(struct scheduler *s, struct vwr_blk_req *r)
{
    struct disk *d = s->d;
    struct vwr_blk_req *const mine = other_request;

    (void)r;
    if (mine != NULL) {
        other_request = NULL;
        s->locked = true;
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), mine), VWR_OK);
        disk_has_read(d, mine, (uint64_t)(mine - d->req));
        s->locked = false;
    }
    fake_blk_answer(&d->w->f, d->w->disk.held_count - 1);
}

/* A thread that has its answer leaves interrupts enabled for those that still sleep. */
static void one_stays_asleep(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, second_comes_and_goes);

    (void)param;
    other_request = disk_read(d, 1, 1);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 0)), VWR_OK);
    disk_has_read(d, &d->req[0], 0);
    assert_int_equal(scheduler.sleeps, 2);
    assert_int_equal(scheduler.overslept, 0);
    disk_is_idle(d);
}

/* Requests without a sleeper are kept for reap while sleepers are woken. */
static void sleeper_among_others(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, answer_one);

    (void)param;
    disk_submit_reads(d, disk_queue(d, 0), 1, 5);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_OK);
    disk_has_read(d, &d->req[0], 9);
    assert_int_equal(scheduler.wakes, 1);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 5);
    for (unsigned i = 0; i < 5; i++)
        disk_has_read(d, d->done[i], 1 + i);
    disk_is_idle(d);
}

int main(void)
{
    static const uint16_t sizes[] = {64, 0};
    static const struct format_range plain = {KIND_ALL, FORMAT_EVENT_IDX, 0, sizes};
    static struct format_tests tests;
    static const bool yes = true;
    static const unsigned two = 2;
    static const unsigned many = 100;

    format_add(&tests, "second_thread_while_one_sleeps", second_thread_while_one_sleeps, NULL, &disk_formats);
    format_add(&tests, "woken_by_service", woken_by_service, NULL, &disk_formats);
    format_add(&tests, "D39_interrupt_never_arrives", D39_interrupt_never_arrives, NULL, &disk_formats);
    format_add(&tests, "D14_asleep", D14_asleep, NULL, &disk_formats);
    format_add(&tests, "D14_woken_for_nothing", D14_asleep, &yes, &disk_formats);
    format_add(&tests, "silent_device", silent_device, NULL, &disk_formats);
    format_add(&tests, "silent_device_woken_for_nothing", silent_device, &yes, &disk_formats);
    format_add(&tests, "spins_before_it_sleeps", spins_before_it_sleeps, NULL, &disk_formats);
    format_add(&tests, "recovered_in_its_sleep", recovered_in_its_sleep, NULL, &disk_formats);
    format_add(&tests, "deadline_after_recoveries", deadline_after_recoveries, &two, &plain);
    format_add(&tests, "deadline_after_many_recoveries", deadline_after_recoveries, &many, &plain);
    format_add(&tests, "last_is_taken_by_who_leaves", last_is_taken_by_who_leaves, NULL, &plain);
    format_add(&tests, "too_many_recoveries", too_many_recoveries, NULL, &plain);
    format_add(&tests, "no_room_during_a_recovery", no_room_during_a_recovery, NULL, &plain);
    format_add(&tests, "answer_at_each_moment", answer_at_each_moment, NULL, &disk_formats);
    format_add(&tests, "two_threads", two_threads, NULL, &disk_formats);
    format_add(&tests, "two_threads_second_first", two_threads, &yes, &disk_any_order);
    format_add(&tests, "two_sleepers", two_sleepers, NULL, &disk_formats);
    format_add(&tests, "two_sleepers_second_first", two_sleepers, &yes, &disk_any_order);
    format_add(&tests, "one_stays_asleep", one_stays_asleep, NULL, &disk_any_order);
    format_add(&tests, "sleeper_among_others", sleeper_among_others, NULL, &disk_formats);
    return format_run("threads", &tests);
}
