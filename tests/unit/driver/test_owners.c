/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <string.h>

/*
 * Each queue of a disk has an owner: the owner of a queue gets that queue's errors, whatever happens on the
 * other queues meanwhile. tests/pair/owners.c tests the same with threads.
 */

#define TIMEOUT_US 50000u
#define EACH 3u

static struct disk *plug(struct world *w, const struct format *f, bool replay)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){3, 6, 1});

    w->options.request.replay = replay;
    w->options.request.timeout_us = TIMEOUT_US;
    disk_open(d);
    w->disk.hold = true;
    return d;
}

static int recover(struct disk *d)
{
    int r = VWR_EBUSY;

    for (unsigned i = 0; r == VWR_EBUSY; i++) {
        assert_true(i < 10000);
        r = vwr_recover(&d->w->blk.bringup);
    }
    return r;
}

static void explains(struct disk *d, unsigned queue, const char *words)
{
    struct world *w = d->w;
    const size_t length = vwr_blk_explain_queue(disk_queue(d, queue), w->text, sizeof(w->text));

    assert_int_equal(length, strlen(w->text));
    if (strstr(w->text, words) == NULL)
        fail_msg("queue %u says \"%s\", not \"%s\"", queue, w->text, words);
}

/* An I/O error on one queue, an invalid status on another, none on the third. */
static void errors_of_two_queues(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, false);

    (void)param;
    for (unsigned k = 0; k < 3; k++)
        disk_submit_reads(d, disk_queue(d, k), k, 1);
    w->disk.has_status = true;
    w->disk.status = VWR_BLK_S_IOERR;
    fake_blk_answer(&w->f, 0);
    w->disk.status = 77;
    fake_blk_answer(&w->f, 0);
    w->disk.has_status = false;
    fake_blk_answer(&w->f, 0);
    for (unsigned k = 0; k < 3; k++)
        assert_int_equal(disk_reap(d, disk_queue(d, k), 1), 1);
    assert_int_equal(d->req[0].req.result, VWR_EIO);
    assert_int_equal(d->req[1].req.result, VWR_EPROTO);
    explains(d, 0, "request IN: the device reports an I/O error");
    explains(d, 1, "request IN: status 0x4d");
    explains(d, 2, "no fault");
    world_explains(w, "I/O error");
    w->disk.has_status = true;
    disk_submit_reads(d, disk_queue(d, 2), 2, 1);
    w->disk.status = VWR_BLK_S_UNSUPP;
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, disk_queue(d, 2), 1), 1);
    explains(d, 0, "I/O error");
    explains(d, 2, "does not support this request");
}

/* Two owners find simultaneously, for different reasons, that the disk has to be stopped; the third finds
 * none. */
static void two_reasons(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, false);
    const bool explain = param == NULL;
    int n = 0;

    for (unsigned k = 0; k < 3; k++)
        disk_submit_reads(d, disk_queue(d, k), EACH * k, EACH);
    for (unsigned i = 0; n == 0; i++) {
        assert_true(i < 1000);
        n = disk_reap(d, disk_queue(d, 1), 1);
    }
    assert_int_equal(n, VWR_ETIMEOUT);
    fake_ring_put(&w->f, 2, 0xfff0, 1);
    assert_int_equal(disk_reap(d, disk_queue(d, 2), 1), VWR_EBADRING);
    assert_int_equal(disk_reap(d, disk_queue(d, 2), 1), VWR_EFAILED);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 1), VWR_EFAILED);
    if (explain) {
        explains(d, 0, "no fault");
        explains(d, 1, "request IN: no answer in 50000 us: queue 1 was notified, avail.idx 3");
        explains(d, 2, "queue 2: the device used a buffer that is not in flight");
        world_explains(w, "queue 1 was notified");
    }
    assert_int_equal(recover(d), VWR_OK);
    for (unsigned k = 0; k < 3; k++) {
        d->done_count = 0;
        assert_int_equal(disk_reap(d, disk_queue(d, k), EACH), EACH);
        for (unsigned i = 0; i < EACH; i++)
            assert_int_equal(d->done[i]->req.result, k == 2 ? VWR_EBADRING : VWR_ETIMEOUT);
    }
    if (explain) { /* the owner that gets its requests back can still explain the failure */
        explains(d, 1, "queue 1 was notified, avail.idx 3");
        explains(d, 2, "queue 2: the device used a buffer");
    }
    w->disk.hold = false;
    disk_is_idle(d);
}

/* The same for each queue. */
static void deadline_of_each_queue(struct world *w, const struct format *f, const void *param)
{
    static const char *const words[] = {"queue 0 was notified, avail.idx 3, used.idx 1;",
                                        "queue 1 was notified, avail.idx 3, used.idx 1;",
                                        "queue 2 was notified, avail.idx 3, used.idx 1;"};
    (void)param;
    for (unsigned k = 0; k < 3; k++) {
        struct disk *d;
        int n = 0;

        fake_bus_reset();
        d = plug(w, f, true);
        disk_submit_reads(d, disk_queue(d, k), 0, EACH);
        fake_blk_answer(&w->f, 0);
        assert_int_equal(disk_reap(d, disk_queue(d, k), 1), 1);
        while (n == 0)
            n = disk_reap(d, disk_queue(d, k), 1);
        assert_int_equal(n, VWR_ETIMEOUT);
        world_explains(w, words[k]);
        assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    }
}

/* Errors of the first queue's synchronous calls are reported on the first queue. */
static void calls_that_wait(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, false);

    (void)param;
    w->disk.hold = false;
    w->disk.has_status = true;
    w->disk.status = VWR_BLK_S_IOERR;
    assert_int_equal(vwr_blk_do(disk_queue(d, 1), disk_read(d, 0, 0)), VWR_EIO);
    w->disk.status = VWR_BLK_S_UNSUPP;
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_EUNSUPP);
    explains(d, 0, "does not support this request");
    explains(d, 1, "I/O error");
}

int main(void)
{
    static const uint16_t sizes[] = {64, 0};
    static const struct format_range plain = {KIND_ALL, FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0, sizes};
    static const bool yes = true;
    static struct format_tests tests;

    format_add(&tests, "errors_of_two_queues", errors_of_two_queues, NULL, &plain);
    format_add(&tests, "two_reasons", two_reasons, NULL, &plain);
    format_add(&tests, "two_reasons_results", two_reasons, &yes, &plain);
    format_add(&tests, "deadline_of_each_queue", deadline_of_each_queue, NULL, &plain);
    format_add(&tests, "calls_that_wait", calls_that_wait, NULL, &plain);
    return format_run("owners", &tests);
}
