/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <string.h>

/*
 * A queue reset cancels all requests of one queue, in steps, while the other queues continue. Clause:
 * vq.drv.reset.1 mmio.dev.10.
 */

#define QUEUES 3u
#define MANY 5u
#define MIDDLE 1u /* the queue that is cancelled */

static unsigned resets; /* device resets before the test */

static struct disk *plug(struct world *w, const struct format *f, unsigned queues, bool replay)
{
    struct disk *const d = disk_plug(w, f, (struct disk_shape){queues, 8, 1});

    w->options.request.replay = replay;
    return d;
}

/* Requests from MANY * k on are in flight on queue k, and the device holds them. */
static struct disk *begin(struct world *w, const struct format *f, unsigned queues, bool replay)
{
    struct disk *const d = plug(w, f, queues, replay);

    disk_open(d);
    w->disk.hold = true;
    for (unsigned k = 0; k < queues; k++)
        disk_submit_reads(d, disk_queue(d, k), MANY * k, MANY);
    resets = w->f.resets;
    return d;
}

static int step(struct disk *d, unsigned k)
{
    const unsigned before = d->w->f.accesses;
    const int r = vwr_blk_cancel(disk_queue(d, k));

    assert_true(d->w->f.accesses - before <= 64);
    if (r == VWR_OK)
        fake_blk_drop(&d->w->f, k);
    return r;
}

static int cancel(struct disk *d, unsigned k)
{
    int r;

    while ((r = step(d, k)) == VWR_EBUSY)
        continue;
    return r;
}

/* The requests of queue k complete once, in order, with this result. */
static void come_back(struct disk *d, unsigned k, int result)
{
    d->done_count = 0;
    assert_int_equal(disk_reap(d, disk_queue(d, k), 8), MANY);
    for (unsigned i = 0; i < MANY; i++) {
        assert_ptr_equal(d->done[i], &d->req[MANY * k + i]);
        assert_int_equal(d->done[i]->req.result, result);
        assert_false(vwr_req_is_in_flight(&d->done[i]->req));
    }
    assert_int_equal(disk_reap(d, disk_queue(d, k), 8), 0);
}

/* The queue refuses requests, and none of its requests completes yet. */
static void is_being_cancelled(struct disk *d, unsigned k)
{
    struct vwr_blk_requestq *const q = disk_queue(d, k);
    struct vwr_blk_req *done[8];

    assert_int_equal(vwr_blk_reap(q, done, 8), VWR_ERESET);
    assert_int_equal(vwr_blk_service(q, 8), VWR_ERESET);
    assert_int_equal(vwr_blk_submit(q, disk_read(d, 60, 0)), VWR_EFAILED);
    assert_false(vwr_blk_kick(q));
    for (unsigned i = 0; i < MANY; i++)
        assert_true(vwr_req_is_in_flight(&d->req[MANY * k + i].req));
    assert_int_equal(vwr_get_stage(&d->w->blk.bringup), VWR_STAGE_RUNNING);
    assert_int_equal(vwr_recover(&d->w->blk.bringup), VWR_OK);
}

static void nothing_else_happened(const struct world *w)
{
    assert_int_equal(w->f.resets, resets);
    assert_int_equal(w->mmio.dev.state, VWR_DEV_LIVE);
    assert_int_equal(w->f.status & VWR_STATUS_FAILED, 0);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RUNNING);
}

struct how {
    uint32_t reads; /* reads of QueueReset until it is done */
    bool replay;
};

static void one_of_several(struct world *w, const struct format *f, const void *param)
{
    const struct how *const how = param;
    struct disk *const d = begin(w, f, QUEUES, how->replay);
    unsigned steps = 0;
    int r;

    w->f.quirks.queue_reset_reads = how->reads;
    while ((r = step(d, MIDDLE)) == VWR_EBUSY) {
        is_being_cancelled(d, MIDDLE);
        if (steps++ == 0) { /* another queue's requests complete, and new ones are sent */
            while (w->disk.held_count > 0 && w->disk.held[0].queue == 0)
                fake_blk_answer(&w->f, 0);
            come_back(d, 0, VWR_OK);
            disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
        }
    }
    assert_int_equal(r, VWR_OK);
    assert_int_equal(steps, how->reads);
    nothing_else_happened(w);
    come_back(d, MIDDLE, VWR_ERESET);
    assert_int_equal(disk_queue(d, MIDDLE)->requests.stats.returned, MANY);
    assert_int_equal(disk_queue(d, MIDDLE)->requests.stats.replayed, 0);
    disk_submit_reads(d, disk_queue(d, MIDDLE), MANY * MIDDLE, MANY);
    fake_blk_answer_all(&w->f);
    for (unsigned k = 0; k < QUEUES; k++)
        come_back(d, k, VWR_OK);
    disk_is_idle(d);
}

/* Many cancellations on each queue; all tables and descriptors are free again afterwards. */
static void again_and_again(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, QUEUES, false);

    (void)param;
    for (unsigned lap = 0; lap < 30; lap++) {
        const unsigned k = lap % QUEUES;

        w->f.quirks.queue_reset_reads = lap % 4;
        assert_int_equal(cancel(d, k), VWR_OK);
        come_back(d, k, VWR_ERESET);
        disk_submit_reads(d, disk_queue(d, k), MANY * k, MANY);
    }
    assert_int_equal(cancel(d, 0), VWR_OK);
    assert_int_equal(cancel(d, 0), VWR_OK); /* nothing is in flight on it */
    come_back(d, 0, VWR_ERESET);
    fake_blk_answer_all(&w->f);
    come_back(d, 1, VWR_OK);
    come_back(d, 2, VWR_OK);
    nothing_else_happened(w);
    disk_is_idle(d);
}

/* Requests not kicked yet, answered but not reaped, and completed earlier. */
static void in_between(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = plug(w, f, 1, true);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);

    (void)param;
    disk_open(d);
    disk_submit_reads(d, q, 0, 1);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK); /* it finds that the read has completed */
    w->disk.hold = true;
    disk_submit_reads(d, q, 1, 2);
    fake_blk_answer(&w->f, 0);
    assert_int_equal(vwr_blk_submit(q, disk_read(d, 3, 3)), VWR_OK);
    assert_int_equal(cancel(d, 0), VWR_OK);
    assert_int_equal(disk_reap(d, q, 8), 4);
    for (unsigned i = 0; i < 4; i++) {
        assert_ptr_equal(d->done[i], &d->req[i]);
        assert_int_equal(d->req[i].req.result, i == 0 ? VWR_OK : VWR_ERESET);
    }
    disk_is_idle(d);
}

/* ---- cancellation is not possible ---- */

static void without_the_feature(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 2, false);

    (void)param;
    fake_forget(&w->f);
    assert_int_equal(vwr_blk_cancel(disk_queue(d, 0)), VWR_EUNSUPP);
    assert_int_equal(w->f.accesses, 0);
    fake_blk_answer_all(&w->f);
    come_back(d, 0, VWR_OK);
    come_back(d, 1, VWR_OK);
    disk_is_idle(d);
}

/* As with QEMU 7.2 over MMIO: the feature is offered, but the reset is ignored. */
static void ignored_as_by_qemu_7_2(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 2, false);
    char text[200];

    (void)param;
    w->f.quirks.queue_reset = FAKE_RESET_IGNORED;
    assert_int_equal(vwr_blk_cancel(disk_queue(d, 1)), VWR_EUNSUPP);
    (void)vwr_blk_explain_queue(disk_queue(d, 1), text, sizeof(text));
    assert_non_null(strstr(text, "queue 1: the device offers RING_RESET"));
    nothing_else_happened(w);
    fake_blk_answer_all(&w->f);
    come_back(d, 0, VWR_OK);
    come_back(d, 1, VWR_OK);
    disk_is_idle(d);
}

static void stopped_or_closed(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);

    (void)param;
    vwr_dev_fail(&w->mmio.dev);
    assert_int_equal(vwr_blk_cancel(disk_queue(d, 0)), VWR_EFAILED);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(vwr_blk_cancel(disk_queue(d, 0)), VWR_EFAILED);
}

/* ---- the device does not complete the reset ---- */

static void brought_back(struct disk *d, unsigned queues, int reason)
{
    int r;

    d->w->f.quirks.queue_reset_reads = 0;
    assert_int_equal(vwr_get_stage(&d->w->blk.bringup), VWR_STAGE_STOPPED);
    while ((r = vwr_recover(&d->w->blk.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    for (unsigned k = 0; k < queues; k++)
        come_back(d, k, reason);
    disk_is_idle(d);
}

/* The reset never ends: the device owns the requests until a recovery completes all of them. */
static void never_ends(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);
    const uint64_t from = fake_time.now;
    char text[200];

    (void)param;
    w->f.quirks.queue_reset_reads = FAKE_FOREVER;
    assert_int_equal(cancel(d, 0), VWR_ETIMEOUT);
    assert_in_range(fake_time.now - from, VWR_RESET_TIMEOUT_US, VWR_RESET_TIMEOUT_US + 10u * fake_time.step);
    assert_int_not_equal(w->f.status_written & VWR_STATUS_FAILED, 0);
    (void)vwr_blk_explain_queue(disk_queue(d, 0), text, sizeof(text));
    assert_non_null(strstr(text, "QueueReset still reads 1"));
    for (unsigned i = 0; i < MANY; i++)
        assert_true(vwr_req_is_in_flight(&d->req[i].req));
    assert_int_equal(vwr_blk_cancel(disk_queue(d, 0)), VWR_EFAILED);
    brought_back(d, 1, VWR_ETIMEOUT);
}

static void gone(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);

    (void)param;
    w->f.quirks.queue_reset_reads = 3;
    assert_int_equal(step(d, 0), VWR_EBUSY);
    w->f.quirks.gone = true;
    assert_int_equal(step(d, 0), VWR_EGONE);
    for (unsigned i = 0; i < MANY; i++)
        assert_true(vwr_req_is_in_flight(&d->req[i].req));
    w->f.quirks.gone = false;
    brought_back(d, 1, VWR_EGONE);
}

/* The reset completes, but the device no longer has the queue: the requests complete anyway. */
static void does_not_start_again(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 2, true);

    (void)param;
    w->f.queue[1].size_max = 0;
    assert_int_equal(cancel(d, 1), VWR_ENOQUEUE);
    d->done_count = 0;
    assert_int_equal(disk_reap(d, disk_queue(d, 1), 8), MANY);
    for (unsigned i = 0; i < MANY; i++)
        assert_int_equal(d->req[MANY + i].req.result, VWR_ERESET);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 1), disk_read(d, 60, 0)), VWR_EFAILED);
    w->f.queue[1].size_max = f->size;
    w->disk.hold = false;
    for (int r = VWR_EBUSY; r != VWR_OK;) {
        assert_int_equal(r, VWR_EBUSY);
        r = vwr_recover(&w->blk.bringup);
    }
    come_back(d, 0, VWR_OK); /* sent again; the cancelled requests are not */
    disk_is_idle(d);
}

/* A recovery or a close in the middle of a cancellation. */
static void reset_meanwhile(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = begin(w, f, 1, false);

    (void)param;
    w->f.quirks.queue_reset_reads = 3;
    assert_int_equal(step(d, 0), VWR_EBUSY);
    vwr_dev_fail(&w->mmio.dev);
    assert_int_equal(step(d, 0), VWR_EFAILED);
    brought_back(d, 1, VWR_EFAILED);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    w->f.quirks.queue_reset_reads = 3;
    assert_int_equal(step(d, 0), VWR_EBUSY);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    for (unsigned i = 0; i < MANY; i++)
        assert_int_equal(d->req[i].req.result, VWR_ERESET);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 1), VWR_EFAILED);
    assert_int_equal(step(d, 0), VWR_EFAILED);
}

/* ---- a caller waits for a request of the queue ---- */

static struct {
    struct disk *d;
    bool steps; /* one step in each sleep */
    unsigned sleeps;
    unsigned wakes;
} waiting;

static void on_sleep(void *context, struct vwr_req *r, uint32_t us)
{
    int n;

    (void)context;
    (void)us;
    waiting.sleeps++;
    n = waiting.steps ? step(waiting.d, 0) : cancel(waiting.d, 0);
    assert_int_equal(n, waiting.steps && waiting.sleeps < 3 ? VWR_EBUSY : VWR_OK);
    assert_int_equal(vwr_req_is_in_flight(r), n == VWR_EBUSY);
}

static void on_wake(void *context, struct vwr_req *r)
{
    (void)context;
    (void)r;
    waiting.wakes++;
}

/* The waiting caller gets the request back only once the device has released the queue. */
static void with_a_waiter(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_waiter waiter = {NULL, on_sleep, on_wake};
    struct disk *const d = plug(w, f, 1, true);
    struct vwr_blk_req *const r = disk_read(d, 0, 0);

    memset(&waiting, 0, sizeof(waiting));
    waiting.d = d;
    waiting.steps = *(const bool *)param;
    w->options.request.waiter = &waiter;
    disk_open(d);
    w->disk.hold = true;
    resets = w->f.resets;
    w->f.quirks.queue_reset_reads = 2;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), r), VWR_ERESET);
    assert_int_equal(waiting.sleeps, waiting.steps ? 3 : 1);
    assert_int_equal(waiting.wakes, 1);
    assert_false(vwr_req_is_in_flight(&r->req));
    assert_int_equal(r->req.result, VWR_ERESET);
    assert_int_equal(disk_queue(d, 0)->requests.stats.replayed, 0);
    nothing_else_happened(w);
    disk_is_idle(d);
}

static void cancel_once(struct fake *f)
{
    f->on_time = NULL;
    assert_int_equal(step(waiting.d, 0), VWR_EBUSY);
}

/* Without a waiter the call returns, and does not recover the disk, which runs: the request is in flight
 * until then. */
static void while_a_call_polls(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = plug(w, f, 1, true);
    struct vwr_blk_req *const r = disk_read(d, 0, 0);

    (void)param;
    disk_open(d);
    w->disk.hold = true;
    resets = w->f.resets;
    w->f.quirks.queue_reset_reads = 3;
    waiting.d = d;
    w->f.on_time = cancel_once;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), r), VWR_EINFLIGHT);
    assert_true(vwr_req_is_in_flight(&r->req));
    assert_int_equal(cancel(d, 0), VWR_OK);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 1);
    assert_int_equal(r->req.result, VWR_ERESET);
    nothing_else_happened(w);
    disk_is_idle(d);
}

int main(void)
{
    static const uint16_t sizes[] = {64, 0};
    static const struct format_range all = {KIND_SPLIT | KIND_PACKED, DISK_ANY_ORDER | FORMAT_IN_ORDER,
                                            FORMAT_RING_RESET, sizes};
    static const struct format_range without = {KIND_ALL, FORMAT_IN_ORDER, 0, sizes};
    static const struct how at_once = {0, NULL};
    static const struct how later = {3, true};
    static const bool no = false;
    static const bool yes = true;
    static struct format_tests tests;

    format_add(&tests, "one_of_several_at_once", one_of_several, &at_once, &all);
    format_add(&tests, "one_of_several_later", one_of_several, &later, &all);
    format_add(&tests, "again_and_again", again_and_again, NULL, &all);
    format_add(&tests, "in_between", in_between, NULL, &all);
    format_add(&tests, "without_the_feature", without_the_feature, NULL, &without);
    format_add(&tests, "ignored_as_by_qemu_7_2", ignored_as_by_qemu_7_2, NULL, &all);
    format_add(&tests, "stopped_or_closed", stopped_or_closed, NULL, &all);
    format_add(&tests, "never_ends", never_ends, NULL, &all);
    format_add(&tests, "gone", gone, NULL, &all);
    format_add(&tests, "does_not_start_again", does_not_start_again, NULL, &all);
    format_add(&tests, "reset_meanwhile", reset_meanwhile, NULL, &all);
    format_add(&tests, "with_a_waiter", with_a_waiter, &no, &all);
    format_add(&tests, "with_a_waiter_in_steps", with_a_waiter, &yes, &all);
    format_add(&tests, "while_a_call_polls", while_a_call_polls, NULL, &all);
    return format_run("cancel", &tests);
}
