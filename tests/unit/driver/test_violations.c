/* SPDX-License-Identifier: MIT */
#include "vwr/messages/blk.h"
#include "disk.h"

#include <stdio.h>
#include <string.h>

/*
 * A disk that breaks the protocol or stops responding with many requests in flight: test_failures.c tests
 * synchronous calls, this file tests submit and reap, on every kind of ring. After each case a reset recovers
 * the disk.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define TIMEOUT_US 160000u
#define MANY 6u

static const struct disk_shape shape = {1, MANY, 2};

static struct disk *open_disk(struct world *w, const struct format *f)
{
    struct disk *d = disk_plug(w, f, shape);

    w->options.request.timeout_us = TIMEOUT_US;
    disk_open(d);
    return d;
}

/* Reaps until the disk is stopped; returns the result and the elapsed time. */
static int reap_until_stopped(struct disk *d, uint64_t *us)
{
    const uint64_t began = fake_time.now;
    int n = 0;

    for (unsigned i = 0; n >= 0; i++) {
        n = disk_reap(d, disk_queue(d, 0), 4);
        assert_true(i < 10000);
    }
    *us = fake_time.now - began;
    return n;
}

/* Every call reports the failure immediately, and requests in flight stay in flight. */
static void failed_for_good(struct disk *d)
{
    const unsigned done = d->done_count;
    struct world *w = d->w;

    fake_forget(&w->f);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), VWR_EFAILED);
    assert_int_equal(vwr_blk_service(disk_queue(d, 0), 4), VWR_EFAILED);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), disk_read(d, 63, 0)), VWR_EFAILED);
    assert_int_equal(vwr_blk_read(&w->blk, 0, disk_sector(d, 62), 1), VWR_EFAILED);
    assert_false(vwr_blk_kick(disk_queue(d, 0)));
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(d->done_count, done);
}

/* Closes and opens again: the device and the driver work. */
static void mended(struct disk *d)
{
    struct world *w = d->w;

    memset(&w->f.quirks, 0, sizeof(w->f.quirks));
    w->f.on_time = NULL;
    w->disk.mute = w->disk.no_status = w->disk.no_data = w->disk.has_status = false;
    w->disk.used_more = 0;
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    for (unsigned i = 0; i < DISK_REQUESTS; i++)
        assert_false(vwr_req_is_in_flight(&d->req[i].req));
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
    disk_is_idle(d);
}

/* ---- D05, D04: lengths ---- */

/* The device reports fewer bytes than requested: the request reports the same. */
static void D05_length_too_short(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t less[] = {1, 100, SECTOR, SECTOR + 1};
    struct disk *d = open_disk(w, f);

    (void)param;
    for (unsigned i = 0; i < 4; i++) {
        w->disk.used_more = 0u - less[i];
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_OK);
        disk_has_read(d, &d->req[0], 9);
        assert_int_equal(d->req[0].req.written, less[i] > SECTOR ? 0 : SECTOR - less[i]);
    }
    mended(d);
}

/* Only the status was written: the data are unchanged, and `written` is 0. */
static void D05_data_not_written(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);

    (void)param;
    w->disk.no_data = true;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_OK);
    assert_int_equal(d->req[0].req.written, 0);
    for (unsigned i = 0; i < SECTOR; i++)
        assert_int_equal(disk_sector(d, 0)[i], 0x5a);
    mended(d);
}

static void D04_length_too_large(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t more[] = {1, SECTOR, 0x7fffffff, 0xfffffd00};
    struct disk *d = open_disk(w, f);

    (void)param;
    for (unsigned i = 0; i < 4; i++) {
        w->disk.used_more = more[i];
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 9)), VWR_OK);
        assert_int_equal(d->req[0].req.written, SECTOR);
        assert_int_equal(disk_queue(d, 0)->requests.queue.stats.clamped, i + 1);
    }
    mended(d);
}

/* ---- D06: completed twice ---- */

static void D06_answered_twice(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    uint16_t head;
    uint64_t us;

    (void)param;
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    head = w->disk.held[0].head;
    fake_blk_answer(&w->f, 0);
    fake_ring_put(&w->f, 0, head, 1);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 1), 1);
    assert_int_equal(reap_until_stopped(d, &us), VWR_EBADRING);
    assert_int_equal(d->done_count, 1);
    failed_for_good(d);
    mended(d);
}

/* ---- D14, D15: silence ---- */

/* One of many requests is never answered: the others complete, and then the deadline expires. */
static void D14_one_of_many(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    const unsigned stuck = f->flags & FORMAT_IN_ORDER ? MANY - 1 : 2;
    uint64_t us;

    (void)param;
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    for (unsigned i = 0; i < stuck; i++)
        fake_blk_answer(&w->f, 0);
    while (w->disk.held_count > 1)
        fake_blk_answer(&w->f, 1);
    assert_int_equal(reap_until_stopped(d, &us), VWR_ETIMEOUT);
    assert_true(us >= TIMEOUT_US);
    assert_true(us <= TIMEOUT_US + TIMEOUT_US / 8 + 8 * fake_time.step);
    assert_int_equal(d->done_count, MANY - 1);
    assert_true(vwr_req_is_in_flight(&d->req[stuck].req));
    assert_int_equal(disk_queue(d, 0)->requests.stats.timeouts, 1);
    world_explains(w, "request IN: no answer in 160000 us");
    failed_for_good(d);
    mended(d);
    assert_int_equal(d->req[stuck].req.result, VWR_OK); /* of disk_is_idle */
}

/* A continuous series of requests does not delay any of them: each has its own deadline. */
static void slow_but_in_time(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);

    (void)param;
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 2);
    for (unsigned i = 0; i < 20; i++) {
        const uint64_t until = fake_time.now + TIMEOUT_US / 3;

        while (fake_time.now < until)
            assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 0);
        fake_blk_answer(&w->f, 0);
        assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 1);
        disk_submit_reads(d, disk_queue(d, 0), i % 2, 1);
        d->done_count = 0;
    }
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 2);
    disk_is_idle(d);
}

/* D39: the answer arrives with the last poll, after the deadline. */
static void D39_answer_at_the_last_poll(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);

    (void)param;
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 1);
    for (unsigned i = 0; i < 40; i++) /* it is in flight, as the caller can see */
        assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 0);
    fake_time.now += TIMEOUT_US;
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 0); /* the first poll that finds it late */
    fake_blk_answer(&w->f, 0);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 1);
    disk_has_read(d, &d->req[0], 0);
    disk_is_idle(d);
}

/* The answer comes after the driver's timeout: it goes to memory that the device still owns, and has no
 * effect. */
static void D15_answered_after_the_deadline(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    uint64_t us;

    (void)param;
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    assert_int_equal(reap_until_stopped(d, &us), VWR_ETIMEOUT);
    fake_blk_answer_all(&w->f);
    failed_for_good(d);
    for (unsigned i = 0; i < MANY; i++)
        assert_true(vwr_req_is_in_flight(&d->req[i].req));
    mended(d);
}

/* ---- D36, D37: the device status ---- */

/* It is detected long before the deadline, although only reap is called. */
static void D36_needs_reset(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    uint64_t us;

    if (param == NULL) { /* otherwise while idle */
        w->disk.hold = true;
        disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    }
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(reap_until_stopped(d, &us), VWR_ENEEDSRESET);
    assert_true(us <= TIMEOUT_US / 8);
    world_explains(w, "DEVICE_NEEDS_RESET");
    failed_for_good(d);
    mended(d);
}

static void D37_gone(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    uint64_t us;

    (void)param;
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    w->f.quirks.gone = true;
    assert_int_equal(reap_until_stopped(d, &us), VWR_EGONE);
    assert_true(us <= TIMEOUT_US / 8);
    world_explains(w, "all ones");
    failed_for_good(d);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_EGONE);
    for (unsigned i = 0; i < MANY; i++)
        assert_true(vwr_req_is_in_flight(&d->req[i].req)); /* the device may not have released it */
    mended(d);
}

static void D37_status_vanishes(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    uint64_t us;

    (void)param;
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    w->f.status = 0;
    assert_int_equal(reap_until_stopped(d, &us), VWR_EPROTO);
    assert_true(us <= TIMEOUT_US / 8);
    world_explains(w, "cleared without a reset");
    failed_for_good(d);
    mended(d);
}

/* ---- D41: status bytes ---- */

static int expected(unsigned status, bool zoned)
{
    if (status == VWR_BLK_S_OK)
        return VWR_OK;
    if (status == VWR_BLK_S_IOERR)
        return VWR_EIO;
    if (status == VWR_BLK_S_UNSUPP)
        return VWR_EUNSUPP;
    return zoned && status <= VWR_BLK_S_ZONE_ACTIVE_RESOURCE ? VWR_EZONE : VWR_EPROTO;
}

static void D41_status_byte_0_to_255(struct world *w, const struct format *f, const void *param)
{
    const bool zoned = param != NULL;
    struct disk *d = disk_plug(w, f, shape);

    if (zoned)
        fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    disk_open(d);
    w->disk.has_status = true;
    for (unsigned status = 0; status < 256; status++) {
        w->disk.status = (uint8_t)status;
        disk_submit_reads(d, disk_queue(d, 0), 0, 2);
        assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 2);
        for (unsigned i = 0; i < 2; i++) {
            assert_int_equal(d->done[i]->req.result, expected(status, zoned));
            assert_int_equal(d->done[i]->req.status, status);
        }
        d->done_count = 0;
    }
    w->disk.has_status = false;
    disk_is_idle(d); /* it was never stopped */
}

/* An old OK is in the status byte of each slot: it must not count as this request's status. */
static void D41_status_byte_never_written(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);

    (void)param;
    for (unsigned pass = 0; pass < 3; pass++) {
        w->disk.no_status = false;
        disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
        assert_int_equal(disk_reap(d, disk_queue(d, 0), MANY), MANY);
        w->disk.no_status = true;
        disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
        d->done_count = 0;
        assert_int_equal(disk_reap(d, disk_queue(d, 0), MANY), MANY);
        for (unsigned i = 0; i < MANY; i++) {
            assert_int_equal(d->req[i].req.result, VWR_EPROTO);
            assert_int_equal(d->req[i].req.status, 0xff);
        }
        d->done_count = 0;
    }
    world_explains(w, "which the device has not written");
    mended(d);
}

static void D41_append_status_never_written_scripted(struct world *w, const struct format *f,
                                                     const void *param)
{
    struct disk *d = disk_plug(w, f, shape);
    uint64_t at = 5;

    (void)param;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    disk_open(d);
    assert_int_equal(vwr_blk_zone_append(&w->blk, FAKE_ZONE_SECTORS, w->buffer, 1, &at), VWR_OK);
    w->disk.no_status = true;
    at = 5;
    assert_int_equal(vwr_blk_zone_append(&w->blk, FAKE_ZONE_SECTORS, w->buffer, 1, &at), VWR_EPROTO);
    assert_int_equal(at, 5);
    w->disk.no_status = false;
    disk_is_idle(d);
}

/* ---- D42: a status without data ---- */

/* The memory of small answers is reused: an old answer must not count as a new one. */
static void D42_small_answers_not_written_scripted(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);
    char id[VWR_BLK_GET_ID_BYTES + 1];
    struct vwr_blk_get_lifetime_answer l;

    (void)param;
    fake_blk_offer_lifetime(&w->f);
    disk_open(d);
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_OK);
    w->disk.no_data = true;
    memset(&l, 0, sizeof(l));
    if (vwr_blk_get_lifetime(&w->blk, &l) == VWR_OK)
        assert_true(l.pre_eol_info == 0 && l.device_lifetime_est_typ_a == 0 &&
                    l.device_lifetime_est_typ_b == 0);
    w->disk.no_data = false;
    assert_int_equal(vwr_blk_get_lifetime(&w->blk, &l), VWR_OK);
    assert_int_equal(l.pre_eol_info, w->disk.lifetime[0]);
    w->disk.no_data = true;
    if (vwr_blk_get_id(&w->blk, id) == VWR_OK)
        assert_string_equal(id, "");
    w->disk.no_data = false;
    disk_is_idle(d);
}

/* ---- one of several queues ---- */

#define QUEUES 3u
#define EACH 4u /* requests in flight in each queue */

enum violation { TOO_LONG, TOO_SHORT, BAD_STATUS, NO_DATA, TWICE, UNKNOWN };

/* The device answers all requests of queue 1, and commits the violation with the first of them. */
static void violates(struct world *w, enum violation what, const struct fake_job *first)
{
    const uint16_t head = first->head;

    w->disk.used_more = what == TOO_LONG ? 1 : what == TOO_SHORT ? 0u - SECTOR : 0;
    w->disk.has_status = what == BAD_STATUS;
    w->disk.status = 0x77;
    w->disk.no_data = what == NO_DATA;
    fake_blk_answer(&w->f, EACH);
    w->disk.used_more = 0;
    w->disk.has_status = w->disk.no_data = false;
    if (what == TWICE || what == UNKNOWN)
        fake_ring_put(&w->f, 1, what == TWICE ? head : 0xfff0, 1);
    else
        for (unsigned i = 1; i < EACH; i++)
            fake_blk_answer(&w->f, EACH);
}

/* A wrong answer affects only its request; a broken ring stops the disk, and all requests complete once. */
static void one_of_several_queues(struct world *w, const struct format *f, const void *param)
{
    const enum violation what = *(const enum violation *)param;
    struct disk *const d = disk_plug(w, f, (struct disk_shape){QUEUES, MANY, 2});
    int r;

    w->options.request.replay = true;
    disk_open(d);
    w->disk.hold = true;
    for (unsigned k = 0; k < QUEUES; k++)
        disk_submit_reads(d, disk_queue(d, k), EACH * k, EACH);
    violates(w, what, &w->disk.held[EACH]);
    if (what == TWICE || what == UNKNOWN) {
        assert_int_equal(disk_reap(d, disk_queue(d, 1), 1), 1);
        assert_int_equal(disk_reap(d, disk_queue(d, 1), MANY), VWR_EBADRING);
        while ((r = vwr_recover(&w->blk.bringup)) == VWR_EBUSY)
            continue;
        assert_int_equal(r, VWR_OK);
    }
    fake_blk_answer_all(&w->f);
    for (unsigned k = 0; k < QUEUES; k++)
        while (disk_reap(d, disk_queue(d, k), MANY) > 0)
            continue;
    assert_int_equal(d->done_count, QUEUES * EACH);
    for (unsigned i = 0; i < d->done_count; i++) {
        const unsigned which = (unsigned)(d->done[i] - d->req);

        assert_false(vwr_req_is_in_flight(&d->done[i]->req));
        if (which != EACH || what == TOO_LONG || what == TWICE || what == UNKNOWN)
            disk_has_read(d, d->done[i], which);
        else
            assert_int_equal(d->done[i]->req.result, what == BAD_STATUS ? VWR_EPROTO : VWR_OK);
        if (which == EACH && (what == TOO_SHORT || what == NO_DATA) && (f->flags & FORMAT_IN_ORDER) == 0)
            assert_true(d->done[i]->req.written < SECTOR);
    }
    disk_is_idle(d);
}

/* ---- random answers ---- */

static uint32_t random_state;

static uint32_t draw(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

static void nonsense(struct fake_blk *disk)
{
    disk->has_status = draw(3) == 0;
    disk->status = (uint8_t)draw(256);
    disk->no_status = draw(5) == 0;
    disk->no_data = draw(5) == 0;
    disk->used_more = draw(3) == 0 ? draw(UINT32_MAX) : 0;
}

/* Random answers in sequence: each becomes the result of its request and does not stop the disk. */
static void answers_at_random(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    unsigned back = 0;

    (void)param;
    random_state = f->flags + 7;
    w->disk.hold = true;
    for (unsigned i = 0; i < 500; i++) {
        disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
        while (w->disk.held_count > 0) {
            nonsense(&w->disk);
            fake_blk_answer(&w->f, f->flags & FORMAT_IN_ORDER ? 0 : draw(w->disk.held_count));
        }
        d->done_count = 0;
        assert_int_equal(disk_reap(d, disk_queue(d, 0), MANY), MANY);
        for (unsigned k = 0; k < MANY; k++) {
            const int r = d->done[k]->req.result;

            assert_true(r == expected(d->done[k]->req.status, false));
            assert_true(d->done[k]->req.written <= SECTOR);
            back++;
        }
    }
    assert_int_equal(back, 500 * MANY);
    mended(d);
}

static const struct {
    const char *name;
    format_test *test;
    bool zoned; /* not on a legacy disk */
    bool param;
} rows[] = {
    {"D04_length_too_large", D04_length_too_large, false, false},
    {"D05_length_too_short", D05_length_too_short, false, false},
    {"D05_data_not_written", D05_data_not_written, false, false},
    {"D06_answered_twice", D06_answered_twice, false, false},
    {"D14_one_of_many", D14_one_of_many, false, false},
    {"slow_but_in_time", slow_but_in_time, false, false},
    {"D39_answer_at_the_last_poll", D39_answer_at_the_last_poll, false, false},
    {"D15_answered_after_the_deadline", D15_answered_after_the_deadline, false, false},
    {"D36_needs_reset_mid_io", D36_needs_reset, false, false},
    {"D36_needs_reset_at_idle", D36_needs_reset, false, true},
    {"D37_gone", D37_gone, false, false},
    {"D37_status_vanishes", D37_status_vanishes, false, false},
    {"D41_status_byte_0_to_255", D41_status_byte_0_to_255, false, false},
    {"D41_status_byte_0_to_255_zoned_scripted", D41_status_byte_0_to_255, true, true},
    {"D41_status_byte_never_written", D41_status_byte_never_written, false, false},
    {"D41_append_status_never_written_scripted", D41_append_status_never_written_scripted, true, false},
    {"D42_small_answers_not_written_scripted", D42_small_answers_not_written_scripted, false, false},
    {"answers_at_random", answers_at_random, false, false},
};

int main(void)
{
    static const uint16_t sizes[] = {32, 0};
    static const struct format_range any = {KIND_ALL, DISK_ANY_ORDER | FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range modern = {KIND_SPLIT | KIND_PACKED, DISK_ANY_ORDER | FORMAT_IN_ORDER, 0,
                                               sizes};
    static const bool yes = true;
    static const enum violation violation[] = {TOO_LONG, TOO_SHORT, BAD_STATUS, NO_DATA, TWICE, UNKNOWN};
    static const char *const names[] = {"D04_length_too_large", "D05_length_too_short", "D41_bad_status",
                                        "D05_data_not_written", "D06_answered_twice",   "D02_unknown_id"};
    static char name[6][60];
    static struct format_tests tests;

    for (size_t i = 0; i < 6; i++) {
        snprintf(name[i], sizeof(name[i]), "%s_in_one_of_several_queues", names[i]);
        format_add(&tests, name[i], one_of_several_queues, &violation[i], &any);
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        format_add(&tests, rows[i].name, rows[i].test, rows[i].param ? &yes : NULL,
                   rows[i].zoned ? &modern : &any);
    return format_run("violations", &tests);
}
