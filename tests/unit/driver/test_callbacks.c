/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <string.h>

/*
 * Calls allowed in the driver's callbacks: resized, sleep, wake, as documented in blk.h; and calls that are
 * not allowed but still return an error.
 */

#define MANY 8u

static struct {
    struct disk *d;
    unsigned calls;
    int read; /* result of the synchronous call */
    bool recovers;
} in;

/* A complete request of its own, in the middle of another operation. */
static void transfer_one(unsigned i)
{
    struct vwr_blk_requestq *const q = disk_queue(in.d, 0);
    struct vwr_blk_req *done = NULL;
    const bool hold = in.d->w->disk.hold;

    in.d->w->disk.hold = false;
    assert_int_equal(vwr_blk_submit(q, disk_read(in.d, i, i)), VWR_OK);
    (void)vwr_blk_kick(q);
    for (unsigned n = 0; done != &in.d->req[i]; n++) {
        assert_true(n < 100);
        assert_true(vwr_blk_reap(q, &done, 1) >= 0);
    }
    disk_has_read(in.d, done, i);
    in.d->w->disk.hold = hold;
}

static void resized(void *context, struct vwr_blk *b, uint64_t before)
{
    const bool hold = in.d->w->disk.hold;

    (void)context;
    assert_int_equal(before, FAKE_DISK_SECTORS);
    assert_int_equal(b->info.sectors, FAKE_DISK_SECTORS - 8);
    in.calls++;
    transfer_one(5);
    assert_int_equal(vwr_get_stage(&b->bringup), VWR_STAGE_RUNNING);
    assert_int_equal(vwr_recover(&b->bringup), VWR_OK);
    assert_int_equal(vwr_blk_config_changed(b), 0);
    in.d->w->disk.hold = false;
    in.read = vwr_blk_read(b, 3, disk_sector(in.d, 40), 1);
    in.d->w->disk.hold = hold;
}

static struct disk *plug(struct world *w, const struct format *f)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){1, MANY, 1});

    memset(&in, 0, sizeof(in));
    in.d = d;
    in.read = 1;
    w->options.request.replay = true;
    w->options.request.timeout_us = 50000;
    return d;
}

static void shrink(struct world *w)
{
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, FAKE_DISK_SECTORS - 8);
    w->f.generation++;
}

static void in_resized_of_a_change(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f);

    (void)param;
    w->options.resized = resized;
    disk_open(d);
    shrink(w);
    assert_int_equal(vwr_blk_config_changed(&w->blk), 1);
    assert_int_equal(in.calls, 1);
    assert_int_equal(in.read, VWR_OK);
    disk_is_idle(d);
}

static void in_resized_of_a_recovery(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f);
    int r;

    (void)param;
    w->options.resized = resized;
    disk_open(d);
    shrink(w);
    vwr_dev_fail(&w->mmio.dev);
    while ((r = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
        ;
    assert_int_equal(r, VWR_OK);
    assert_int_equal(in.calls, 1);
    assert_int_equal(in.read, VWR_OK);
    disk_is_idle(d);
}

/* A synchronous call inside a synchronous call is refused; the outer one continues. */
static void in_resized_of_a_call_that_waits(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f);

    (void)param;
    w->options.resized = resized;
    disk_open(d);
    shrink(w);
    w->disk.hold = true;
    w->f.on_time = NULL;
    assert_int_equal(vwr_blk_read(&w->blk, 7, disk_sector(d, 50), 2), VWR_ETIMEOUT);
    assert_int_equal(in.calls, 1);
    assert_int_equal(in.read, VWR_EBUSY);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_RUNNING);
    disk_is_idle(d);
}

/* ---- threads ---- */

static void sleep_for(void *context, struct vwr_req *r, uint32_t us)
{
    struct world *w = in.d->w;
    int n;

    (void)context;
    (void)us;
    if (in.calls++ != 0) {
        fake_time.now += us;
        if (vwr_req_is_in_flight(r) && w->disk.held_count > 0) {
            fake_blk_answer(&w->f, 0);
            assert_int_equal(vwr_blk_service(disk_queue(in.d, 0), 8), 1);
        }
        return;
    }
    in.read = vwr_blk_read(&w->blk, 3, disk_sector(in.d, 40), 1); /* a synchronous call is in progress */
    assert_int_equal(vwr_blk_config_changed(&w->blk), 0);
    if (!in.recovers)
        return;
    vwr_dev_fail(&w->mmio.dev);
    while ((n = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
        ;
    assert_int_equal(n, VWR_OK);
}

static void wake(void *context, struct vwr_req *r)
{
    (void)context;
    assert_false(vwr_req_is_in_flight(r));
    assert_int_equal(vwr_blk_submit(disk_queue(in.d, 0), disk_read(in.d, 6, 6)), VWR_OK);
    (void)vwr_blk_kick(disk_queue(in.d, 0));
}

static void in_sleep_and_wake(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_waiter threads = {NULL, sleep_for, wake};
    struct disk *d = plug(w, f);

    in.recovers = param != NULL;
    w->options.request.waiter = &threads;
    w->options.request.spin = 2;
    w->options.request.timeout_us = 1000000;
    disk_open(d);
    w->disk.hold = true;
    assert_int_equal(vwr_blk_read(&w->blk, 7, disk_sector(d, 50), 2), VWR_OK);
    assert_memory_equal(disk_sector(d, 50), w->disk.data + 7 * VWR_BLK_SECTOR_BYTES,
                        2 * VWR_BLK_SECTOR_BYTES);
    assert_int_equal(in.read, VWR_EBUSY);
    assert_true(in.calls >= 2);
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 1); /* the request that wake submitted */
    disk_has_read(d, &d->req[6], 6);
    disk_is_idle(d);
}

int main(void)
{
    static const uint16_t sizes[] = {64, 0};
    static const struct format_range plain = {KIND_ALL, FORMAT_EVENT_IDX, 0, sizes};
    static const bool yes = true;
    static struct format_tests tests;

    format_add(&tests, "in_resized_of_a_change", in_resized_of_a_change, NULL, &plain);
    format_add(&tests, "in_resized_of_a_recovery", in_resized_of_a_recovery, NULL, &plain);
    format_add(&tests, "in_resized_of_a_call_that_waits", in_resized_of_a_call_that_waits, NULL, &plain);
    format_add(&tests, "in_sleep_and_wake", in_sleep_and_wake, NULL, &plain);
    format_add(&tests, "in_sleep_a_recovery", in_sleep_and_wake, &yes, &plain);
    return format_run("callbacks", &tests);
}
