/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <stdio.h>
#include <string.h>

/*
 * A stopped disk is recovered or given up: for every cause, with requests replayed or returned, in every
 * format. Each request completes once, and never before the device has released it.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define TIMEOUT_US 50000u
#define MANY 6u

/* ---- what stops a disk ---- */

enum reason { BY_TIMEOUT, BY_BAD_RING, BY_NEEDS_RESET, BY_GONE, BY_FAIL, REASONS };
static const char *const reason_names[] = {"timeout", "bad_ring", "needs_reset", "gone", "fail"};
static const int reason_results[] = {VWR_ETIMEOUT, VWR_EBADRING, VWR_ENEEDSRESET, VWR_EGONE, VWR_EFAILED};

struct kind {
    enum reason reason;
    bool replay; /* false: the recovery returns requests */
};

/* The owner of another queue finds the failure within as many polls as there are per status poll. */
static void found_by_the_others(struct disk *d)
{
    for (unsigned k = 1; k < d->shape.queues; k++) {
        int n = 0;

        for (unsigned i = 0; n >= 0; i++) {
            assert_true(i < 65536);
            n = disk_reap(d, disk_queue(d, k), 1);
            assert_int_not_equal(n, 1);
        }
    }
}

/* The device has failed: no queue from `first` on accepts a request. */
static void no_queue_takes_a_request(struct disk *d, unsigned first)
{
    for (unsigned k = first; k < d->shape.queues; k++) {
        assert_int_equal(vwr_blk_submit(disk_queue(d, k), disk_read(d, 61, 0)), VWR_EFAILED);
        assert_false(vwr_req_is_in_flight(&d->req[61].req));
    }
}

static void stop(struct disk *d, enum reason reason)
{
    struct fake *f = &d->w->f;
    int n = 0;

    if (reason == BY_BAD_RING)
        fake_ring_put(f, 0, 0xfff0, 1);
    if (reason == BY_NEEDS_RESET)
        f->status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    f->quirks.gone = reason == BY_GONE;
    if (reason == BY_FAIL) {
        vwr_dev_fail(&d->w->mmio.dev);
        no_queue_takes_a_request(d, 0);
    }
    for (unsigned i = 0; n >= 0; i++) {
        n = disk_reap(d, disk_queue(d, 0), 1);
        assert_int_not_equal(n, 1);
        assert_true(i < 1000);
    }
    assert_int_equal(n, reason_results[reason]);
    no_queue_takes_a_request(d, 1);
    found_by_the_others(d);
    f->quirks.gone = false;
    assert_int_equal(vwr_get_stage(&d->w->blk.bringup), VWR_STAGE_STOPPED);
}

static struct disk *plug(struct world *w, const struct format *f, struct disk_shape shape, bool replay)
{
    struct disk *d = disk_plug(w, f, shape);

    w->options.request.replay = replay;
    w->options.request.timeout_us = TIMEOUT_US;
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

/* All requests [0, count) are in flight, and none completes. */
static void all_are_in_flight(struct disk *d, unsigned count)
{
    const unsigned before = d->done_count;

    for (unsigned i = 0; i < count; i++)
        assert_true(vwr_req_is_in_flight(&d->req[i].req));
    for (unsigned k = 0; k < d->shape.queues; k++) {
        assert_true(disk_reap(d, disk_queue(d, k), 4) < 0);
        assert_int_equal(vwr_blk_service(disk_queue(d, k), 4), VWR_EFAILED);
        assert_int_equal(vwr_blk_submit(disk_queue(d, k), disk_read(d, 60, 0)), VWR_EFAILED);
        assert_false(vwr_blk_kick(disk_queue(d, k)));
    }
    assert_int_equal(d->done_count, before);
}

/* Reaps queue k until no completion is left. */
static void reap_all(struct disk *d, unsigned k)
{
    int n = 1;

    while (n > 0) {
        if (d->w->disk.held_count > 0)
            fake_blk_answer_all(&d->w->f);
        n = disk_reap(d, disk_queue(d, k), 3);
    }
}

/* Requests [0, count) have completed in this order with this result. */
static void came_back(struct disk *d, unsigned count, int result)
{
    assert_int_equal(d->done_count, count);
    for (unsigned i = 0; i < count; i++) {
        assert_ptr_equal(d->done[i], &d->req[i]);
        assert_false(vwr_req_is_in_flight(&d->done[i]->req));
        assert_int_equal(d->req[i].req.result, result);
        if (result == VWR_OK)
            disk_has_read(d, &d->req[i], i);
    }
    d->done_count = 0;
}

/* ---- recovery succeeds ---- */

static void comes_back(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, k->replay);
    unsigned polls = 0;
    int r;

    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    stop(d, k->reason);
    all_are_in_flight(d, MANY);
    w->f.quirks.reset_reads = 5;
    w->disk.count = 0;
    while ((r = vwr_recover(&w->blk.bringup)) == VWR_EBUSY) {
        assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RESETTING);
        all_are_in_flight(d, MANY); /* until the reset is acknowledged */
        assert_true(++polls < 20);
    }
    assert_int_equal(r, VWR_OK);
    assert_true(polls >= 5);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RUNNING);
    assert_int_equal(vwr_recover(&w->blk.bringup), VWR_OK);
    assert_int_equal(w->disk.count, k->replay ? MANY : 0);
    for (unsigned i = 0; i < w->disk.count; i++)
        assert_int_equal(w->disk.request[i].sector, i); /* in the order of submission */
    reap_all(d, 0);
    came_back(d, MANY, k->replay ? VWR_OK : reason_results[k->reason]);
    assert_int_equal(disk_queue(d, 0)->requests.stats.replayed, k->replay ? MANY : 0);
    assert_int_equal(disk_queue(d, 0)->requests.stats.returned, k->replay ? 0 : MANY);
    w->f.quirks.reset_reads = 0;
    disk_is_idle(d);
}

/* Requests that were submitted but not kicked, or answered but not reaped, are in flight too. */
static void comes_back_from_in_between(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, k->replay);
    int r;

    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    fake_blk_answer(&w->f, 0);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), disk_read(d, 3, 3)), VWR_OK);
    vwr_dev_fail(&w->mmio.dev);
    assert_int_equal(recover(d), VWR_OK);
    reap_all(d, 0);
    r = k->replay ? VWR_OK : VWR_EFAILED;
    came_back(d, 4, r);
    disk_is_idle(d);
}

/* Requests that had completed before but were not reaped keep their own results and come first. */
static void parked_before_it_stopped(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, k->replay);

    disk_open(d);
    disk_submit_reads(d, disk_queue(d, 0), 0, 2);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 2, 2);
    vwr_dev_fail(&w->mmio.dev);
    assert_int_equal(recover(d), VWR_OK);
    reap_all(d, 0);
    assert_int_equal(d->done_count, 4);
    for (unsigned i = 0; i < 4; i++) {
        assert_ptr_equal(d->done[i], &d->req[i]);
        assert_int_equal(d->req[i].req.result, i < 2 || k->replay ? VWR_OK : VWR_EFAILED);
    }
    disk_is_idle(d);
}

/* The requests of each queue complete on that queue. */
static void several_queues(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){3, 8, 1}, k->replay);

    disk_open(d);
    w->disk.hold = true;
    for (unsigned i = 0; i < 3; i++)
        disk_submit_reads(d, disk_queue(d, i), 5 * i, 5);
    stop(d, k->reason);
    all_are_in_flight(d, 15);
    assert_int_equal(recover(d), VWR_OK);
    for (unsigned i = 0; i < 3; i++) {
        d->done_count = 0;
        reap_all(d, i);
        assert_int_equal(d->done_count, 5);
        for (unsigned n = 0; n < 5; n++) {
            assert_ptr_equal(d->done[n], &d->req[5 * i + n]);
            assert_int_equal(d->done[n]->req.result, k->replay ? VWR_OK : reason_results[k->reason]);
        }
    }
    disk_is_idle(d);
}

/* ---- writes, ranges and appends ---- */

/* Ranges are stored in the slot's memory, which is cleared: the driver writes them again. */
static void ranges_are_replayed(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, true);

    (void)param;
    fake_blk_offer_write_zeroes(&w->f, (struct fake_limits){0, 1, 0}, true);
    disk_open(d);
    w->disk.hold = true;
    for (unsigned i = 0; i < 4; i++) {
        if (i % 2 == 0)
            vwr_blk_fill_range(&d->req[i], VWR_BLK_T_WRITE_ZEROES, 10 * i, 5 + i, i == 2);
        else
            (void)disk_write(d, i, 100 + i, (uint8_t)(0x70 + i));
        assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[i]), VWR_OK);
    }
    (void)vwr_blk_kick(disk_queue(d, 0));
    stop(d, BY_TIMEOUT);
    assert_int_equal(recover(d), VWR_OK);
    reap_all(d, 0);
    assert_int_equal(d->done_count, 4);
    assert_int_equal(w->disk.range_count, 2);
    assert_int_equal(w->disk.range[1].sector, 20);
    assert_int_equal(w->disk.range[1].sectors, 7);
    assert_true(w->disk.range[1].unmap);
    assert_int_equal(w->disk.data[101 * SECTOR], 0x71);
    assert_int_equal(w->disk.data[103 * SECTOR], 0x73);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(d->req[i].req.result, VWR_OK);
}

/* A sector that the caller left in a flush is not sent, as the specification requires 0, now or later. */
static void flush_is_replayed(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, true);
    unsigned flushes = 0;

    (void)param;
    disk_open(d);
    w->disk.hold = true;
    vwr_blk_fill(&d->req[0], VWR_BLK_T_FLUSH, 99, NULL, 0);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_OK);
    (void)vwr_blk_kick(disk_queue(d, 0));
    stop(d, BY_TIMEOUT);
    assert_int_equal(recover(d), VWR_OK);
    reap_all(d, 0);
    assert_int_equal(d->done_count, 1);
    for (unsigned i = 0; i < w->disk.count && i < FAKE_REQUESTS; i++) {
        assert_int_equal(w->disk.request[i].sector, 0);
        flushes += w->disk.request[i].type == VWR_BLK_T_FLUSH;
    }
    assert_int_equal(flushes, 2);
}

/* An append may have been carried out already: it is returned, and does not delay the requests behind it. */
static void appends_are_returned(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, true);

    (void)param;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    disk_open(d);
    w->disk.hold = true;
    for (unsigned i = 0; i < 6; i++) {
        (void)disk_write(d, i, i % 2 == 0 ? i : FAKE_ZONE_SECTORS, (uint8_t)(0x70 + i));
        if (i % 2 != 0)
            d->req[i].type = VWR_BLK_T_ZONE_APPEND;
        assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[i]), VWR_OK);
    }
    (void)vwr_blk_kick(disk_queue(d, 0));
    stop(d, BY_TIMEOUT);
    w->disk.count = 0;
    assert_int_equal(recover(d), VWR_OK);
    assert_int_equal(w->disk.count, 3); /* all writes together */
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 3);
    for (unsigned i = 0; i < 3; i++) {
        assert_ptr_equal(d->done[i], &d->req[2 * i + 1]);
        assert_int_equal(d->done[i]->req.result, VWR_ETIMEOUT);
    }
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 3);
    for (unsigned i = 0; i < 3; i++) {
        assert_ptr_equal(d->done[3 + i], &d->req[2 * i]);
        assert_int_equal(d->done[3 + i]->req.result, VWR_OK);
    }
    assert_int_equal(w->disk.zone[1].write_pointer, FAKE_ZONE_SECTORS);
    disk_is_idle(d);
}

/* A synchronous append returns the reason, and the disk is recovered. */
static void append_that_waits(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, true);
    uint64_t at = 7;

    (void)param;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    disk_open(d);
    w->disk.hold = true;
    assert_int_equal(vwr_blk_zone_append(&w->blk, FAKE_ZONE_SECTORS, w->buffer, 1, &at), VWR_ETIMEOUT);
    assert_int_equal(at, 7);
    w->disk.hold = false;
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RUNNING);
    assert_int_equal(vwr_blk_zone_append(&w->blk, FAKE_ZONE_SECTORS, w->buffer, 1, &at), VWR_OK);
    assert_int_equal(at, FAKE_ZONE_SECTORS);
}

/* ---- a bounded number of attempts ---- */

/* No reset is ever acknowledged: no request is returned until a close succeeds, which may be never. */
static void D25_never_acknowledged(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){2, MANY, 1}, k->replay);
    uint64_t began;

    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    disk_submit_reads(d, disk_queue(d, 1), 3, 3);
    stop(d, k->reason);
    w->f.quirks.reset_reads = FAKE_FOREVER;
    began = fake_time.now;
    w->f.resets = 0;
    assert_int_equal(recover(d), VWR_EFAILED);
    assert_int_equal(w->f.resets, VWR_RECOVERY_TRIES);
    assert_true(fake_time.now - began <= VWR_RECOVERY_TRIES * (VWR_RESET_TIMEOUT_US + 10000ull));
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_LOST);
    all_are_in_flight(d, 6);
    assert_int_equal(vwr_recover(&w->blk.bringup), VWR_EFAILED);
    assert_int_equal(w->f.resets, VWR_RECOVERY_TRIES); /* not even an attempt */
    all_are_in_flight(d, 6);
    w->f.quirks.reset_reads = 0;
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    for (unsigned i = 0; i < 6; i++) {
        assert_false(vwr_req_is_in_flight(&d->req[i].req));
        assert_int_equal(d->req[i].req.result, VWR_ERESET);
    }
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
    disk_is_idle(d);
}

/* The last reset is acknowledged late: the next vwr_recover sees it and does not reset again. */
static void D25_acknowledged_late(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, k->replay);

    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    stop(d, k->reason);
    w->f.quirks.reset_reads = FAKE_FOREVER;
    assert_int_equal(recover(d), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_LOST);
    all_are_in_flight(d, 3);
    w->disk.hold = false;
    w->f.quirks.reset_reads = w->f.reset_reads_left = 0;
    assert_int_equal(recover(d), VWR_OK);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RUNNING);
    reap_all(d, 0);
    came_back(d, 3, k->replay ? VWR_OK : reason_results[k->reason]);
    disk_is_idle(d);
}

/* The device resets but does not start: the caller gets its requests back with the reason, although the
 * device is dead. */
static void acknowledged_and_dead(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){2, MANY, 1}, k->replay);

    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    disk_submit_reads(d, disk_queue(d, 1), 3, 3);
    stop(d, k->reason);
    w->f.quirks.refuse_status = VWR_STATUS_DRIVER_OK;
    w->f.resets = 0;
    assert_int_equal(recover(d), VWR_EFAILED);
    assert_int_equal(w->f.resets, VWR_RECOVERY_TRIES);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_DEAD);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 3);
    assert_int_equal(disk_reap(d, disk_queue(d, 1), 8), 3);
    came_back(d, 6, reason_results[k->reason]);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), VWR_EFAILED);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), disk_read(d, 0, 0)), VWR_EFAILED);
    assert_int_equal(vwr_recover(&w->blk.bringup), VWR_EFAILED);
    world_explains(w, "DRIVER_OK");
    w->f.quirks.refuse_status = 0;
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
    disk_is_idle(d);
}

/* The device resets but does not start, and then does not reset either: it may still access the requests
 * in flight. */
static void acknowledged_and_lost(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, k->replay);
    int r;

    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    stop(d, k->reason);
    w->f.quirks.refuse_status = VWR_STATUS_DRIVER_OK;
    w->f.resets = w->disk.resets = 0;
    while ((r = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
        if (w->f.resets == 3)
            w->f.quirks.reset_reads = w->f.reset_reads_left = FAKE_FOREVER;
    assert_int_equal(r, VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_LOST);
    all_are_in_flight(d, 3);
    w->f.quirks.reset_reads = w->f.reset_reads_left = 0;
    w->f.quirks.refuse_status = 0;
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    for (unsigned i = 0; i < 3; i++) {
        assert_false(vwr_req_is_in_flight(&d->req[i].req));
        assert_int_equal(d->req[i].req.result, VWR_ERESET);
    }
}

/* Two attempts fail and the last one succeeds; the next recovery has the full number of attempts again. */
static void last_try_succeeds(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, k->replay);

    disk_open(d);
    for (unsigned pass = 0; pass < 3; pass++) {
        int r;

        w->disk.hold = true;
        disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
        stop(d, k->reason);
        w->f.quirks.reset_reads = pass == 1 ? 0 : FAKE_FOREVER;
        w->f.quirks.refuse_status = pass == 1 ? VWR_STATUS_DRIVER : 0;
        w->f.resets = w->disk.resets = 0;
        while ((r = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
            if (w->f.resets == VWR_RECOVERY_TRIES) {
                w->f.quirks.reset_reads = w->f.reset_reads_left = 0;
                w->f.quirks.refuse_status = 0;
            }
        assert_int_equal(r, VWR_OK);
        reap_all(d, 0);
        came_back(d, MANY, k->replay ? VWR_OK : reason_results[k->reason]);
    }
    disk_is_idle(d);
}

/* ---- the device has fewer or smaller queues afterwards ---- */

static void fewer_queues(struct world *w, const struct format *f, const void *param)
{
    const struct kind *k = param;
    struct disk *d = plug(w, f, (struct disk_shape){2, MANY, 1}, k->replay);

    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    disk_submit_reads(d, disk_queue(d, 1), 3, 3);
    stop(d, k->reason);
    fake_config(&w->f, VWR_BLK_CONFIG_NUM_QUEUES, 2, 1);
    assert_int_equal(recover(d), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_DEAD);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 3);
    assert_int_equal(disk_reap(d, disk_queue(d, 1), 8), 3);
    came_back(d, 6, reason_results[k->reason]);
    fake_config(&w->f, VWR_BLK_CONFIG_NUM_QUEUES, 2, 2);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
    disk_is_idle(d);
}

/* The ring holds only a part of the requests: the others are sent in order as those complete. */
static void smaller_queue(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, 12, 1}, true);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    disk_submit_reads(d, q, 0, 12);
    stop(d, BY_TIMEOUT);
    w->f.queue[0].size_max = 8;
    w->disk.count = 0;
    assert_int_equal(recover(d), VWR_OK);
    for (unsigned i = 0; i < 12; i++) {
        assert_true(vwr_req_is_in_flight(&d->req[i].req)); /* including those that wait for descriptors */
        assert_true(vwr_blk_submit(q, &d->req[i]) < 0);
    }
    assert_int_equal(vwr_blk_submit(q, disk_read(d, 20, 20)), VWR_EFULL); /* it has to wait for descriptors */
    for (unsigned i = 0; d->done_count < 12; i++) {
        assert_true(i < 100);
        fake_blk_answer_all(&w->f);
        (void)disk_reap(d, q, 1);
    }
    came_back(d, 12, VWR_OK);
    assert_int_equal(w->disk.count, 12);
    for (unsigned i = 0; i < 12; i++)
        assert_int_equal(w->disk.request[i].sector, i);
    assert_int_equal(q->requests.stats.replayed, 12);
    d->size = 8;
    disk_is_idle(d);
}

/* A request that does not fit in the smaller ring at all is returned with the reason, and not with
 * success. */
static void too_large_for_the_smaller_queue(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, true);
    struct vwr_vec part[10];
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    for (unsigned i = 0; i < 10; i++)
        part[i] = (struct vwr_vec){disk_sector(d, 20 + 2 * i), SECTOR};
    for (unsigned i = 0; i < 5; i++) {
        (void)disk_read(d, i, i);
        if (i % 2 != 0) {
            d->req[i].req.vecs = part;
            d->req[i].req.vec_count = 10;
        }
        assert_int_equal(vwr_blk_submit(q, &d->req[i]), VWR_OK);
    }
    (void)vwr_blk_kick(q);
    stop(d, BY_TIMEOUT);
    w->f.queue[0].size_max = 8;
    assert_int_equal(recover(d), VWR_OK);
    for (unsigned i = 0; d->done_count < 5; i++) {
        assert_true(i < 100);
        fake_blk_answer_all(&w->f);
        (void)disk_reap(d, q, 2);
    }
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(d->req[i].req.result, i % 2 != 0 ? VWR_ETIMEOUT : VWR_OK);
    d->size = 8;
    disk_is_idle(d);
}

/* Requests 0 and 1 are in flight again, request 2 does not fit yet. Request 3 is idle. */
static struct disk *one_left_to_replay(struct world *w, const struct format *f, unsigned queues)
{
    struct disk *d = plug(w, f, (struct disk_shape){queues, MANY, 1}, true);
    static struct vwr_vec part[6];
    struct vwr_blk_requestq *q;

    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    for (unsigned i = 0; i < 6; i++)
        part[i] = (struct vwr_vec){disk_sector(d, 20 + 2 * i), SECTOR};
    for (unsigned i = 0; i < 3; i++) {
        (void)disk_read(d, i, i);
        d->req[i].req.vecs = part;
        d->req[i].req.vec_count = i == 2 ? 6 : 0;
        assert_int_equal(vwr_blk_submit(q, &d->req[i]), VWR_OK);
    }
    (void)vwr_blk_kick(q);
    stop(d, BY_TIMEOUT);
    w->f.queue[0].size_max = 8;
    assert_int_equal(recover(d), VWR_OK);
    assert_int_equal(w->disk.held_count, 2);
    vwr_blk_fill(&d->req[3], VWR_BLK_T_FLUSH, 0, NULL, 0);
    return d;
}

/* A new request would fit, but not the next one to be sent again: that one goes first. */
static void new_ones_wait_for_replayed_ones(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = one_left_to_replay(w, f, 1);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);

    (void)param;
    assert_int_equal(vwr_blk_submit(q, &d->req[3]), VWR_EFULL);
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, q, 2), 2);
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, q, 2), 1);
    assert_int_equal(d->req[2].req.result, VWR_OK);
    assert_int_equal(vwr_blk_submit(q, &d->req[3]), VWR_OK);
}

/* A call that waits for its answer also waits for these. */
static void calls_wait_for_replayed_ones(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = one_left_to_replay(w, f, 1);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);

    (void)param;
    w->disk.hold = false;
    fake_blk_answer_all(&w->f);
    assert_int_equal(vwr_blk_do(q, &d->req[3]), VWR_OK);
    assert_int_equal(disk_reap(d, q, 4), 3);
    assert_int_equal(d->req[2].req.result, VWR_OK);
}

/* The disk recovers, and the unfinished requests complete, each once. */
static void three_come_back(struct disk *d)
{
    assert_int_equal(recover(d), VWR_OK);
    for (unsigned i = 0; d->done_count < 3; i++) {
        assert_true(i < 10);
        reap_all(d, 0);
    }
    for (unsigned i = 0; i < 3; i++) {
        assert_ptr_equal(d->done[i], &d->req[i]);
        assert_int_equal(d->req[i].req.result, VWR_OK);
    }
}

/* A wait that ends without an answer does not affect the requests that still have to be sent again. */
static void wait_in_vain_beside_replayed_ones(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = one_left_to_replay(w, f, 2);

    (void)param;
    assert_int_equal(vwr_blk_wait(disk_queue(d, 0), &d->req[0]), VWR_ETIMEOUT);
    for (unsigned i = 0; i < 3; i++)
        assert_true(vwr_req_is_in_flight(&d->req[i].req));
    three_come_back(d);
}

/* The ring breaks after an answer: nothing more is sent in it, and the next reap reports it. */
static void D01_bad_ring_before_replayed_ones(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = one_left_to_replay(w, f, 1);

    (void)param;
    fake_blk_answer(&w->f, 0);
    fake_ring_put(&w->f, 0, 0xfff0, 1);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 1);
    disk_has_read(d, &d->req[0], 0);
    assert_true(vwr_req_is_in_flight(&d->req[2].req));
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), VWR_EBADRING);
    three_come_back(d);
}

/* Until a reap has reported the broken ring, the other calls fail, and send nothing. */
static void D01_bad_ring_behind_an_answer(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = plug(w, f, (struct disk_shape){1, MANY, 1}, false);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    disk_submit_reads(d, q, 0, 2);
    fake_blk_answer(&w->f, 0);
    fake_ring_put(&w->f, 0, 0xfff0, 1);
    assert_int_equal(disk_reap(d, q, 4), 1);
    assert_int_equal(w->mmio.dev.state, VWR_DEV_LIVE);
    fake_forget(&w->f);
    assert_int_equal(vwr_blk_cancel(q), VWR_EFAILED);
    assert_int_equal(vwr_blk_read(&w->blk, 9, disk_sector(d, 9), 1), VWR_EFAILED);
    assert_int_equal(vwr_blk_submit(q, disk_read(d, 9, 9)), VWR_EFAILED);
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(disk_reap(d, q, 4), VWR_EBADRING);
    assert_int_equal(recover(d), VWR_OK);
    reap_all(d, 0);
    assert_int_equal(d->req[1].req.result, VWR_EBADRING);
    disk_is_idle(d);
}

/* A part is cut at a sector, within a segment, and is sent again with the same data. */
static void parts_are_replayed(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = plug(w, f, (struct disk_shape){1, MANY, 2}, true);
    uint64_t bytes = 0;

    (void)param;
    fake_offer(&w->f, VWR_BLK_F_SIZE_MAX);
    fake_config(&w->f, VWR_BLK_CONFIG_SIZE_MAX, 4, 700);
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, 2);
    disk_open(d);
    w->disk.hold = true;
    vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 7, w->buffer, 4 * SECTOR);
    assert_int_equal(vwr_blk_submit_part(disk_queue(d, 0), &d->req[0], 0, &bytes), VWR_OK);
    assert_int_equal(bytes, 2 * SECTOR);
    (void)vwr_blk_kick(disk_queue(d, 0));
    stop(d, BY_TIMEOUT);
    memset(w->buffer, 0, 4 * SECTOR);
    assert_int_equal(recover(d), VWR_OK);
    reap_all(d, 0);
    assert_int_equal(d->req[0].req.result, VWR_OK);
    assert_true(world_has_pattern(w, 7, 2));
    assert_false(world_has_pattern(w, 7, 3));
}

static struct {
    unsigned count;
    struct {
        const struct vwr_req *r;
        void *p;
        size_t bytes;
    } range[8];
} lost;

static void note_lost(void *context, const struct vwr_req *r, void *p, size_t bytes)
{
    assert_ptr_equal(context, &lost);
    assert_true(lost.count < 8);
    lost.range[lost.count].r = r;
    lost.range[lost.count].p = p;
    lost.range[lost.count++].bytes = bytes;
}

/*
 * The memory that a lost device may access: each segment of a request in flight; for a part, only its own
 * segments.
 */
static void memory_that_is_lost(struct world *w, const struct format *f, const void *param)
{
    struct disk *const d = plug(w, f, (struct disk_shape){1, MANY, 3}, false);
    const struct vwr_vec part[3] = {
        {disk_sector(d, 0), SECTOR}, {disk_sector(d, 4), SECTOR}, {disk_sector(d, 8), SECTOR}};
    uint64_t bytes = 0;

    (void)param;
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, 2);
    disk_open(d);
    w->disk.hold = true;
    for (unsigned i = 0; i < 2; i++) {
        vwr_blk_fill(&d->req[i], VWR_BLK_T_IN, 7, NULL, 0);
        d->req[i].req.vecs = part;
        d->req[i].req.vec_count = 2 + i;
    }
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_OK);
    assert_int_equal(vwr_blk_submit_part(disk_queue(d, 0), &d->req[1], SECTOR / 2, &bytes), VWR_OK);
    assert_int_equal(bytes, SECTOR);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), disk_read(d, 2, 2)), VWR_OK);
    memset(&lost, 0, sizeof(lost));
    vwr_request_lost(&disk_queue(d, 0)->requests, note_lost, &lost);
    assert_int_equal(lost.count, 5);
    for (unsigned i = 0; i < 5; i++) {
        static const struct {
            unsigned request, sector, at, bytes;
        } expected[] = {{0, 0, 0, SECTOR},
                        {0, 4, 0, SECTOR},
                        {1, 0, SECTOR / 2, SECTOR / 2},
                        {1, 4, 0, SECTOR / 2},
                        {2, 2, 0, SECTOR}};

        assert_ptr_equal(lost.range[i].r, &d->req[expected[i].request].req);
        assert_ptr_equal(lost.range[i].p, disk_sector(d, expected[i].sector) + expected[i].at);
        assert_int_equal(lost.range[i].bytes, expected[i].bytes);
    }
}

static void on_resized(void *context, struct vwr_blk *b, uint64_t before)
{
    uint64_t *const sizes = context;

    sizes[0] = before;
    sizes[1] = b->info.sectors;
}

static void smaller_capacity(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, true);
    uint64_t sizes[2] = {0, 0};

    (void)param;
    w->options.resized = on_resized;
    w->options.context = sizes;
    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    stop(d, BY_TIMEOUT);
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, 3);
    assert_int_equal(recover(d), VWR_OK);
    assert_int_equal(w->blk.info.sectors, 3);
    assert_int_equal(sizes[0], FAKE_DISK_SECTORS);
    assert_int_equal(sizes[1], 3);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), disk_read(d, 20, 3)), VWR_ERANGE);
    reap_all(d, 0); /* the device refuses accesses beyond its new end */
    assert_int_equal(d->done_count, MANY);
}

/* ---- synchronous calls ---- */

static void answer_after_a_reset(struct fake *f)
{
    struct fake_blk *disk = f->backend;

    if (f->resets >= 2) {
        disk->hold = false;
        fake_blk_answer_all(f);
        if (f->queue[0].ready)
            fake_blk_serve(f, 0);
    }
}

/* With REPLAY and one queue, the caller of a synchronous call does not notice the recovery. */
static void call_that_waits_revives(struct world *w, const struct format *f, const void *param)
{
    const enum reason reason = *(const enum reason *)param;
    struct disk *d = plug(w, f, (struct disk_shape){1, MANY, 1}, true);

    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    w->f.resets = w->disk.resets = 0;
    w->f.on_time = answer_after_a_reset;
    if (reason == BY_NEEDS_RESET)
        w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    if (reason == BY_BAD_RING)
        fake_ring_put(&w->f, 0, 0xfff0, 1);
    assert_int_equal(vwr_blk_read(&w->blk, 40, disk_sector(d, 40), 4), VWR_OK);
    assert_memory_equal(disk_sector(d, 40), w->disk.data + 40 * SECTOR, 4 * SECTOR);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RUNNING);
    reap_all(d, 0);
    came_back(d, 3, VWR_OK);
    disk_is_idle(d);
}

/* The same with a smaller ring: the call waits until its request has been answered. */
static void call_that_waits_revives_a_smaller_queue(struct world *w, const struct format *f,
                                                    const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, 12, 1}, true);

    (void)param;
    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 11);
    w->f.queue[0].size_max = 8;
    w->f.resets = w->disk.resets = 0;
    w->f.on_time = answer_after_a_reset;
    assert_int_equal(vwr_blk_read(&w->blk, 40, disk_sector(d, 40), 4), VWR_OK);
    assert_memory_equal(disk_sector(d, 40), w->disk.data + 40 * SECTOR, 4 * SECTOR);
    reap_all(d, 0);
    came_back(d, 11, VWR_OK);
    d->size = 8;
    disk_is_idle(d);
}

/* With RETURN the call returns the reason, the device still owns its memory, and no other call succeeds
 * before the recovery. */
static void call_that_waits_returns(struct world *w, const struct format *f, const void *param)
{
    const bool several = param != NULL; /* with several queues the call does not recover the disk, whether
                                           requests are replayed or not */
    struct disk *d = plug(w, f, (struct disk_shape){several ? 2 : 1, MANY, 1}, several);

    disk_open(d);
    w->disk.hold = true;
    memset(w->buffer, 0x5a, 4 * SECTOR);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_ETIMEOUT);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_EFAILED);
    assert_int_equal(recover(d), VWR_OK);
    w->disk.hold = false;
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 0); /* it cannot be reaped */
    assert_int_equal(w->buffer[0], 0x5a); /* and its data were not read without the caller's knowledge */
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_OK);
    assert_true(world_has_pattern(w, 3, 4));
    disk_is_idle(d);
}

static struct disk *stopping;

static void stop_by_the_other_queue(struct fake *f)
{
    struct disk *d = stopping;

    if (d == NULL)
        return;
    stopping = NULL;
    fake_ring_put(f, 1, 0xfff0, 1);
    assert_int_equal(vwr_blk_reap(disk_queue(d, 1), d->done, 1), VWR_EBADRING);
}

/* A waiter on one queue wakes up immediately when the owner of another queue has stopped the disk. */
static void waiter_on_another_queue(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){2, MANY, 1}, true);
    uint64_t began;

    (void)param;
    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 1), 1, 1);
    w->blk.options.request.timeout_us = 10000000;
    stopping = d;
    w->f.on_time = stop_by_the_other_queue;
    began = fake_time.now;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 0)), VWR_EINFLIGHT);
    assert_true(fake_time.now - began < 1000000);
    w->f.on_time = NULL;
    assert_true(vwr_req_is_in_flight(&d->req[0].req));
    assert_int_equal(recover(d), VWR_OK);
    reap_all(d, 0);
    reap_all(d, 1);
    came_back(d, 2, VWR_OK);
    disk_is_idle(d);
}

/* A call that has sent a part of its data returns: only a request with all of the data is sent again. */
static void part_of_a_call(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){2, MANY, 1}, true);

    (void)param;
    fake_offer(&w->f, VWR_BLK_F_SIZE_MAX);
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, 2);
    fake_config(&w->f, VWR_BLK_CONFIG_SIZE_MAX, 4, 2 * SECTOR);
    disk_open(d);
    for (uint32_t sectors = 4; sectors <= 5; sectors++) {
        w->disk.hold = true;
        vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 7, w->buffer, sectors * SECTOR);
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), &d->req[0]), VWR_ETIMEOUT);
        assert_true(vwr_req_is_in_flight(&d->req[0].req));
        assert_int_equal(recover(d), VWR_OK);
        reap_all(d, 0);
        assert_false(vwr_req_is_in_flight(&d->req[0].req));
        assert_int_equal(d->req[0].req.result, sectors == 4 ? VWR_OK : VWR_ETIMEOUT);
        assert_true(world_has_pattern(w, 7, 4) == (sectors == 4));
        memset(w->buffer, 0, WORLD_BUFFER_BYTES);
    }
    d->done_count = 0;
    w->disk.hold = false;
    disk_is_idle(d);
}

/* ---- calls from all contexts ---- */

static uint32_t random_state;

static uint32_t draw(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

#define CHAOS 24u
struct chaos {
    bool out[CHAOS];
    unsigned given;
    unsigned back;
    unsigned stops;
};

static void chaos_take(struct disk *d, struct chaos *c, unsigned k)
{
    d->done_count = 0;
    if ((draw(2) == 0 ? disk_reap(d, disk_queue(d, k), 1 + draw(5)) : vwr_blk_service(disk_queue(d, k), 3)) <
        0)
        return;
    for (unsigned n = 0; n < d->done_count; n++) {
        const unsigned i = (unsigned)(d->done[n] - d->req);
        const int r = d->req[i].req.result;

        assert_true(i < CHAOS && c->out[i] && i % 2 == k);
        assert_true(r == VWR_OK || (r < 0 && !d->w->options.request.replay));
        c->out[i] = false;
        c->back++;
        if (r == VWR_OK)
            disk_has_read(d, &d->req[i], i);
    }
}

static void chaos_give(struct disk *d, struct chaos *c, unsigned i)
{
    if (c->out[i]) {
        const int r = vwr_blk_submit(disk_queue(d, i % 2), &d->req[i]);

        assert_true(r == VWR_EBUSY || r == VWR_EFAILED || r == VWR_EFULL);
        return;
    }
    if (vwr_blk_submit(disk_queue(d, i % 2), disk_read(d, i, i)) != VWR_OK)
        return;
    c->out[i] = true;
    c->given++;
    if (draw(2) == 0)
        (void)vwr_blk_kick(disk_queue(d, i % 2));
}

static unsigned violated; /* number of resets when the device last broke the protocol in the ring */

/* The device does not read a ring that it has broken: a wrong entry may have replaced the driver's
 * descriptor. */
static void chaos_notified(struct fake *f, uint32_t queue)
{
    if (f->resets != violated)
        fake_blk_serve(f, queue);
}

static void chaos_break(struct disk *d, struct chaos *c)
{
    if (draw(100) != 0 || vwr_get_stage(&d->w->blk.bringup) != VWR_STAGE_RUNNING)
        return;
    c->stops++;
    d->w->f.quirks.reset_reads = draw(4);
    if (draw(2) == 0)
        vwr_dev_fail(&d->w->mmio.dev);
    else
        fake_ring_put(&d->w->f, draw(2), 0xfff0, 1);
    violated = d->w->f.resets;
}

/*
 * A timer recovers, an interrupt handler serves, and others submit and reap on two queues, in any order,
 * while the disk fails again and again. Each request completes once, with its data or with the reason.
 */
static void from_everywhere(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){2, 8, 1}, ((const struct kind *)param)->replay);
    struct chaos c = {.given = 0};

    random_state = f->flags + 1;
    w->options.request.replays = 255; /* the disk is stopped often */
    disk_open(d);
    w->blk.options.request.timeout_us = 1000000000;
    w->f.on_notify = chaos_notified;
    violated = UINT32_MAX;
    w->disk.hold = true;
    for (unsigned i = 0; i < 12000; i++) {
        const uint32_t what = draw(10);

        if (what < 3)
            chaos_give(d, &c, draw(CHAOS));
        else if (what < 6)
            chaos_take(d, &c, draw(2));
        else if (what == 6)
            assert_true(vwr_recover(&w->blk.bringup) != VWR_EFAILED);
        else if (what == 7)
            (void)vwr_dev_irq(&w->mmio.dev);
        else if (what == 8)
            chaos_break(d, &c);
        else if (w->disk.held_count > 0 && w->disk.resets == w->f.resets &&
                 (w->f.status & VWR_STATUS_DRIVER_OK))
            fake_blk_answer(&w->f, f->flags & FORMAT_IN_ORDER ? 0 : draw(w->disk.held_count));
        fake_forget(&w->f);
    }
    assert_int_equal(recover(d), VWR_OK);
    for (unsigned i = 0; i < 200; i++) {
        (void)vwr_blk_kick(disk_queue(d, i % 2));
        fake_blk_answer_all(&w->f);
        chaos_take(d, &c, i % 2);
    }
    assert_int_equal(c.given, c.back);
    assert_true(c.stops > 5 && c.given > 300);
}

/* ---- the table ---- */

static struct kind kinds[REASONS * 2];
static char names[REASONS * 2 * 8][80];
static unsigned name_count;

static const char *name_of(const char *name, const struct kind *k)
{
    char *to = names[name_count++];

    assert_true(name_count <= sizeof(names) / sizeof(names[0]));
    snprintf(to, sizeof(names[0]), "%s_%s_%s", name, reason_names[k->reason],
             k->replay ? "replay" : "return");
    return to;
}

static const struct {
    const char *name;
    format_test *test;
} of_each_kind[] = {
    {"comes_back", comes_back},
    {"several_queues", several_queues},
    {"D25_never_acknowledged", D25_never_acknowledged},
    {"D25_acknowledged_late", D25_acknowledged_late},
    {"acknowledged_and_dead", acknowledged_and_dead},
    {"acknowledged_and_lost", acknowledged_and_lost},
    {"last_try_succeeds", last_try_succeeds},
    {"fewer_queues", fewer_queues},
};

static void add_kinds(struct format_tests *tests, const struct format_range *range)
{
    for (unsigned i = 0; i < REASONS * 2; i++) {
        kinds[i] = (struct kind){(enum reason)(i / 2), i % 2 != 0};
        for (size_t t = 0; t < sizeof(of_each_kind) / sizeof(of_each_kind[0]); t++)
            format_add(tests, name_of(of_each_kind[t].name, &kinds[i]), of_each_kind[t].test, &kinds[i],
                       range);
    }
}

int main(void)
{
    static const uint16_t sizes[] = {64, 0};
    static const struct format_range kinds_range = {KIND_ALL, FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range plain = {KIND_ALL, FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range all = {KIND_ALL, DISK_ANY_ORDER | FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range zoned = {KIND_SPLIT | KIND_PACKED, DISK_ANY_ORDER, 0, sizes};
    static const enum reason reasons[] = {BY_TIMEOUT, BY_BAD_RING, BY_NEEDS_RESET};
    static const bool yes = true;
    static struct format_tests tests;

    add_kinds(&tests, &kinds_range);
    for (unsigned i = 0; i < 2; i++) {
        const char *how = i == 0 ? "_return" : "_replay";
        static char buffer[3][2][64];

        snprintf(buffer[0][i], 64, "comes_back_from_in_between%s", how);
        snprintf(buffer[1][i], 64, "parked_before_it_stopped%s", how);
        snprintf(buffer[2][i], 64, "from_everywhere%s", how);
        format_add(&tests, buffer[0][i], comes_back_from_in_between, &kinds[i], &all);
        format_add(&tests, buffer[1][i], parked_before_it_stopped, &kinds[i], &all);
        format_add(&tests, buffer[2][i], from_everywhere, &kinds[i], &all);
    }
    format_add(&tests, "ranges_are_replayed", ranges_are_replayed, NULL, &all);
    format_add(&tests, "flush_is_replayed", flush_is_replayed, NULL, &all);
    format_add(&tests, "appends_are_returned_scripted", appends_are_returned, NULL, &zoned);
    format_add(&tests, "append_that_waits_scripted", append_that_waits, NULL, &zoned);
    format_add(&tests, "smaller_queue", smaller_queue, NULL, &all);
    format_add(&tests, "too_large_for_the_smaller_queue", too_large_for_the_smaller_queue, NULL, &plain);
    format_add(&tests, "new_ones_wait_for_replayed_ones", new_ones_wait_for_replayed_ones, NULL, &all);
    format_add(&tests, "calls_wait_for_replayed_ones", calls_wait_for_replayed_ones, NULL, &all);
    format_add(&tests, "wait_in_vain_beside_replayed_ones", wait_in_vain_beside_replayed_ones, NULL, &all);
    format_add(&tests, "D01_bad_ring_before_replayed_ones", D01_bad_ring_before_replayed_ones, NULL, &all);
    format_add(&tests, "D01_bad_ring_behind_an_answer", D01_bad_ring_behind_an_answer, NULL, &all);
    format_add(&tests, "parts_are_replayed", parts_are_replayed, NULL, &all);
    format_add(&tests, "memory_that_is_lost", memory_that_is_lost, NULL, &all);
    format_add(&tests, "smaller_capacity", smaller_capacity, NULL, &all);
    format_add(&tests, "call_that_waits_revives_timeout", call_that_waits_revives, &reasons[0], &all);
    format_add(&tests, "call_that_waits_revives_bad_ring", call_that_waits_revives, &reasons[1], &all);
    format_add(&tests, "call_that_waits_revives_needs_reset", call_that_waits_revives, &reasons[2], &all);
    format_add(&tests, "call_that_waits_revives_a_smaller_queue", call_that_waits_revives_a_smaller_queue,
               NULL, &all);
    format_add(&tests, "call_that_waits_returns", call_that_waits_returns, NULL, &all);
    format_add(&tests, "call_that_waits_returns_several_queues", call_that_waits_returns, &yes, &all);
    format_add(&tests, "waiter_on_another_queue", waiter_on_another_queue, NULL, &all);
    format_add(&tests, "part_of_a_call", part_of_a_call, NULL, &all);
    return format_run("recover", &tests);
}
