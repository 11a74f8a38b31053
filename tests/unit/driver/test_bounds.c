/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <stdio.h>
#include <string.h>

/*
 * Loops that have to end whatever the device does: requests that are sent again after each recovery, the
 * steps of a recovery, calls that wait for free descriptors. runtime/driver/README.md has a table of the
 * loops.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define TIMEOUT_US 50000u
#define STEP_ACCESSES 64u /* accesses to registers and configuration per vwr_recover */

static struct disk *plug(struct world *w, const struct format *f, struct disk_shape shape)
{
    struct disk *d = disk_plug(w, f, shape);

    w->options.request.replay = true;
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

/* ---- a device that acknowledges each reset and never answers ---- */

struct limit {
    uint8_t option;
    unsigned replays;
};
static const struct limit limits[] = {{0, VWR_REQUEST_REPLAYS}, {1, 1}, {5, 5}};

static struct disk *plug_silent(struct world *w, const struct format *f, const struct limit *l,
                                unsigned queues)
{
    struct disk *d = plug(w, f, (struct disk_shape){queues, 6, 1});

    w->options.request.replays = l->option;
    disk_open(d);
    w->disk.hold = true;
    return d;
}

/* The device saw each request this many times, the disk runs, and the next request of the kind starts with
 * a new count. */
static void gave_up_after(struct disk *d, const struct limit *l, unsigned requests)
{
    assert_int_equal(d->w->disk.count, requests * (1 + l->replays));
    assert_int_equal(vwr_get_stage(&d->w->blk.bringup), VWR_STAGE_RUNNING);
    assert_int_equal(d->w->blk.queue_count, d->shape.queues);
    d->w->disk.count = 0;
}

static void silent_read(struct world *w, const struct format *f, const void *param)
{
    const struct limit *l = param;
    struct disk *d = plug_silent(w, f, l, 1);

    for (unsigned i = 0; i < 2; i++) {
        memset(w->buffer, 0x5a, 4 * SECTOR);
        assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_ETIMEOUT);
        assert_int_equal(w->buffer[0], 0x5a);
        gave_up_after(d, l, 1);
        world_explains(w, "request IN: no answer in 50000 us: queue 0");
    }
    w->disk.hold = false;
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_OK);
    assert_true(world_has_pattern(w, 3, 4));
    disk_is_idle(d);
}

static void silent_write(struct world *w, const struct format *f, const void *param)
{
    const struct limit *l = param;
    struct disk *d = plug_silent(w, f, l, 1);

    assert_int_equal(vwr_blk_write(&w->blk, 3, w->buffer, 4), VWR_ETIMEOUT);
    gave_up_after(d, l, 1);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_ETIMEOUT);
    gave_up_after(d, l, 1);
    disk_is_idle(d);
}

/* vwr_blk_do, and vwr_blk_wait with others in flight, which complete with it. */
static void silent_wait(struct world *w, const struct format *f, const void *param)
{
    const struct limit *l = param;
    struct disk *d = plug_silent(w, f, l, 1);

    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 0, 0)), VWR_ETIMEOUT);
        assert_false(vwr_req_is_in_flight(&d->req[0].req));
        assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 0); /* it completed and is not reaped again */
        gave_up_after(d, l, 1);
    }
    disk_submit_reads(d, disk_queue(d, 0), 0, 4);
    assert_int_equal(vwr_blk_wait(disk_queue(d, 0), &d->req[2]), VWR_ETIMEOUT);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 3);
    for (unsigned i = 0; i < 4; i++) {
        assert_false(vwr_req_is_in_flight(&d->req[i].req));
        assert_int_equal(d->req[i].req.result, VWR_ETIMEOUT);
    }
    gave_up_after(d, l, 4);
    assert_int_equal(disk_queue(d, 0)->requests.stats.replayed, (2 + 4) * l->replays);
    assert_int_equal(disk_queue(d, 0)->requests.stats.returned, 2 + 4);
    disk_is_idle(d);
}

/* No call waits: the reaping caller recovers the disk as often as necessary. */
static void silent_reap(struct world *w, const struct format *f, const void *param)
{
    const struct limit *l = param;
    const unsigned queues = f->size == 64 ? 1 : 3;
    struct disk *d = plug_silent(w, f, l, queues);
    unsigned stops = 0;

    for (unsigned k = 0; k < queues; k++)
        disk_submit_reads(d, disk_queue(d, k), 4 * k, 4);
    for (unsigned i = 0; d->done_count < 4 * queues; i++) {
        assert_true(i < 10000);
        for (unsigned k = 0; k < queues && vwr_get_stage(&w->blk.bringup) == VWR_STAGE_RUNNING; k++)
            stops += disk_reap(d, disk_queue(d, k), 8) == VWR_ETIMEOUT;
        if (vwr_get_stage(&w->blk.bringup) == VWR_STAGE_STOPPED)
            assert_int_equal(recover(d), VWR_OK);
    }
    assert_int_equal(stops, 1 + l->replays);
    for (unsigned i = 0; i < 4 * queues; i++) {
        assert_false(vwr_req_is_in_flight(&d->req[i].req));
        assert_int_equal(d->req[i].req.result, VWR_ETIMEOUT);
    }
    gave_up_after(d, l, 4 * queues);
    disk_is_idle(d);
}

/* With several queues, a waiting call does not recover the disk; the owner of all queues does, and the
 * call continues to wait. */
static void silent_wait_on_several_queues(struct world *w, const struct format *f, const void *param)
{
    const struct limit *l = param;
    struct disk *d = plug_silent(w, f, l, 3);
    unsigned waits = 0;

    disk_submit_reads(d, disk_queue(d, 2), 0, 1);
    while (vwr_req_is_in_flight(&d->req[0].req)) {
        assert_int_equal(vwr_blk_wait(disk_queue(d, 2), &d->req[0]), VWR_ETIMEOUT);
        assert_true(++waits < 20);
        assert_int_equal(recover(d), VWR_OK);
    }
    assert_int_equal(waits, 1 + l->replays);
    assert_int_equal(d->req[0].req.result, VWR_ETIMEOUT);
    assert_int_equal(vwr_blk_wait(disk_queue(d, 2), &d->req[0]), VWR_ETIMEOUT); /* it has completed */
    assert_int_equal(disk_reap(d, disk_queue(d, 2), 4), 0);
    gave_up_after(d, l, 1);
    disk_is_idle(d);
}

/* A request that is finally answered was sent as often as necessary; the next one starts with a new count. */
static void replays_are_counted_anew(struct world *w, const struct format *f, const void *param)
{
    const struct limit *l = param;
    struct disk *d = plug_silent(w, f, l, 1);

    for (unsigned pass = 0; pass < 3; pass++) {
        w->disk.hold = true;
        disk_submit_reads(d, disk_queue(d, 0), 0, 1);
        for (unsigned i = 0; i < l->replays; i++) {
            while (vwr_get_stage(&w->blk.bringup) == VWR_STAGE_RUNNING)
                assert_true(disk_reap(d, disk_queue(d, 0), 1) <= 0);
            assert_int_equal(recover(d), VWR_OK);
        }
        fake_blk_answer_all(&w->f);
        assert_int_equal(disk_reap(d, disk_queue(d, 0), 1), 1);
        disk_has_read(d, &d->req[0], 0);
        d->done_count = 0;
    }
    disk_is_idle(d);
}

/* ---- the steps of a recovery ---- */

/* Runs all steps of a recovery; none waits, and none makes more than a few accesses. */
static int recover_in_steps(struct disk *d, unsigned resets_at_most)
{
    struct fake *f = &d->w->f;
    const unsigned resets = f->resets;
    int r = VWR_EBUSY;

    for (unsigned i = 0; r == VWR_EBUSY; i++) {
        const uint32_t readings = fake_time.readings;

        assert_true(i < 10000);
        fake_forget(f);
        r = vwr_recover(&d->w->blk.bringup);
        if (f->accesses > STEP_ACCESSES)
            fail_msg("step %u makes %u accesses", i, f->accesses);
        assert_true(fake_time.readings - readings <= 2);
    }
    assert_true(f->resets - resets <= resets_at_most);
    return r;
}

struct slow {
    unsigned queues;
    bool zones; /* host-managed, while DISCARD is offered */
    uint32_t config_changes;
};
static const struct slow slow[] = {{1, false, 0}, {3, false, 0}, {1, true, 0}, {3, true, 7}, {1, false, 5}};

static void recover_does_not_wait(struct world *w, const struct format *f, const void *param)
{
    const struct slow *s = param;
    struct disk *d = plug(w, f, (struct disk_shape){s->queues, 6, 1});

    if (s->zones)
        fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    fake_blk_offer_discard(&w->f, (struct fake_limits){8, 2, 1});
    fake_blk_offer_write_zeroes(&w->f, (struct fake_limits){8, 2, 0}, true);
    fake_blk_offer_secure_erase(&w->f, (struct fake_limits){8, 2, 1});
    disk_open(d);
    assert_int_equal(vwr_dev_has(&w->mmio.dev, VWR_BLK_F_DISCARD), !s->zones);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    w->f.quirks.reset_reads = 200;
    w->f.quirks.config_changes = s->config_changes;
    w->f.quirks.capacity = FAKE_DISK_SECTORS - 1;
    vwr_dev_fail(&w->mmio.dev);
    fake_time.step = 10;
    assert_int_equal(recover_in_steps(d, 1), VWR_OK);
    assert_int_equal(vwr_dev_has(&w->mmio.dev, VWR_BLK_F_DISCARD), !s->zones);
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 3);
    for (unsigned i = 0; i < 3; i++)
        disk_has_read(d, &d->req[i], i);
}

/* The zones of the disk are host-managed since the reset: the driver drops DISCARD, with one more reset. */
static void recover_finds_zones(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, 6, 1});

    (void)param;
    fake_blk_offer_discard(&w->f, (struct fake_limits){8, 2, 1});
    disk_open(d);
    assert_true(vwr_dev_has(&w->mmio.dev, VWR_BLK_F_DISCARD));
    vwr_dev_fail(&w->mmio.dev);
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    w->f.quirks.reset_reads = 200;
    fake_time.step = 10;
    assert_int_equal(recover_in_steps(d, 2), VWR_OK);
    assert_false(vwr_dev_has(&w->mmio.dev, VWR_BLK_F_DISCARD));
    assert_int_equal(w->blk.info.zone_model, VWR_BLK_Z_HM);
}

/* The configuration keeps changing: the recovery makes as many reads as an open, a few in each step; then
 * the next attempt. */
static void recover_of_a_restless_configuration(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f, (struct disk_shape){1, 6, 1});

    (void)param;
    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    vwr_dev_fail(&w->mmio.dev);
    w->f.quirks.config_changes = FAKE_FOREVER;
    w->f.quirks.capacity = FAKE_DISK_SECTORS - 1;
    assert_int_equal(recover_in_steps(d, VWR_RECOVERY_TRIES), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_DEAD);
    world_explains(w, "the configuration changed during each of 16 reads");
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 8), 3);
}

/* ---- calls that wait for free descriptors ---- */

static void answer_one(struct fake *f)
{
    struct fake_blk *disk = f->backend;

    if (disk->held_count > 0)
        fake_blk_answer(f, 0);
}

/* The ring is full of asynchronous requests while a slot is free: a read waits for descriptors. */
static void read_waits_for_room(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){1, 20, 1});
    struct vwr_blk_requestq *q;
    unsigned count = 0;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    while (count < 20 && vwr_blk_submit(q, disk_read(d, count, count)) == VWR_OK)
        count++;
    (void)vwr_blk_kick(q);
    assert_true(count >= 5);
    w->f.on_time = answer_one;
    assert_int_equal(vwr_blk_read(&w->blk, 40, disk_sector(d, 40), 4), VWR_OK);
    assert_memory_equal(disk_sector(d, 40), w->disk.data + 40 * SECTOR, 4 * SECTOR);
    memset(disk_sector(d, 50), 0x77, SECTOR);
    assert_int_equal(vwr_blk_write(&w->blk, 50, disk_sector(d, 50), 1), VWR_OK);
    assert_int_equal(w->disk.data[50 * SECTOR], 0x77);
    while (d->done_count < count)
        assert_true(disk_reap(d, q, 4) >= 0);
    for (unsigned i = 0; i < count; i++)
        disk_has_read(d, d->done[i], (uint64_t)(d->done[i] - d->req));
}

/* If no descriptors become free, the result is not VWR_EFULL either, and nothing was sent. */
static void read_finds_no_room(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){1, 20, 1});
    unsigned count = 0;

    (void)param;
    w->options.request.timeout_us = TIMEOUT_US;
    disk_open(d);
    w->disk.hold = true;
    while (count < 20 && vwr_blk_submit(disk_queue(d, 0), disk_read(d, count, count)) == VWR_OK)
        count++;
    assert_int_equal(vwr_blk_read(&w->blk, 40, disk_sector(d, 40), 4), VWR_EFAILED);
    assert_int_equal(recover(d), VWR_OK);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 32), count);
    disk_is_idle(d);
}

/* ---- polling while no completion arrives ---- */

/* The status, and with it the clock for deadlines, is polled 16 times per deadline, however often the
 * caller reaps. */
static void polls_the_status_now_and_then(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){1, 6, 1});
    unsigned reaps = 0;
    int n = 0;

    (void)param;
    w->options.request.timeout_us = TIMEOUT_US;
    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 1);
    fake_forget(&w->f);
    fake_time.step = TIMEOUT_US / 1000;
    while (n == 0) {
        n = disk_reap(d, disk_queue(d, 0), 1);
        reaps++;
    }
    assert_int_equal(n, VWR_ETIMEOUT);
    assert_true(reaps >= 1000 && reaps < 1200);
    assert_in_range(fake_count(&w->f, "R Status"), 16, 20);
}

/* ---- segments of a request ---- */

#define SEGMENT_MAX 67108864u /* bytes: the driver's own limit; blk.h and the specification have none */

static uint64_t translate_anything(const void *p, size_t n, size_t *run)
{
    if (fake_ram_has(p))
        return fake_ram_dma(p, n, run);
    *run = n;
    return UINT64_C(0x100000000) + (uintptr_t)p;
}

/* The largest segment is the device's limit, capped by the driver's own. */
static void largest_segment(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint32_t size_max, largest;
    } rows[] = {{0, SEGMENT_MAX},
                {1, 1},
                {SEGMENT_MAX - 1, SEGMENT_MAX - 1},
                {SEGMENT_MAX, SEGMENT_MAX},
                {SEGMENT_MAX + 1, SEGMENT_MAX},
                {UINT32_MAX, SEGMENT_MAX}};

    (void)param;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct disk *d;
        const size_t bytes = rows[i].largest == 1 ? SECTOR : 3ul * SEGMENT_MAX;

        fake_bus_reset();
        d = disk_plug(w, f, (struct disk_shape){1, 6, 1});
        fake_offer(&w->f, VWR_BLK_F_SIZE_MAX);
        fake_config(&w->f, VWR_BLK_CONFIG_SIZE_MAX, 4, rows[i].size_max);
        fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, UINT32_MAX);
        disk_open(d);
        fake_ram_translate(translate_anything);
        w->disk.hold = true;
        w->disk.count = 0;
        vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 0, (void *)(uintptr_t)0x1000, bytes);
        if (rows[i].largest == 1) {
            assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_ESEGMENTS);
        } else {
            assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_OK);
            (void)vwr_blk_kick(disk_queue(d, 0));
            assert_int_equal(w->disk.request[0].largest, rows[i].largest);
            assert_int_equal(w->disk.request[0].segments, rows[i].largest == SEGMENT_MAX ? 3 : 4);
        }
        fake_ram_translate(NULL);
        assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    }
}

int main(void)
{
    static const uint16_t sizes[] = {64, 0};
    static const uint16_t two_sizes[] = {32, 64, 0}; /* for three queues and for one: silent_reap */
    static const uint16_t small[] = {16, 0};
    static const struct format_range all = {KIND_ALL, DISK_ANY_ORDER | FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range both = {KIND_ALL, FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0, two_sizes};
    static const struct format_range plain = {KIND_ALL, FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range zoned = {KIND_SPLIT | KIND_PACKED, FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range tight = {KIND_ALL, DISK_ANY_ORDER | FORMAT_IN_ORDER, 0, small};
    static const struct format_test_of {
        const char *name;
        format_test *test;
        const struct format_range *range;
    } silent[] = {
        {"silent_read", silent_read, &all},
        {"silent_write", silent_write, &plain},
        {"silent_wait", silent_wait, &all},
        {"silent_reap", silent_reap, &both},
        {"silent_wait_on_several_queues", silent_wait_on_several_queues, &plain},
        {"replays_are_counted_anew", replays_are_counted_anew, &plain},
    };
    static char names[sizeof(silent) / sizeof(silent[0])][3][64];
    static struct format_tests tests;

    for (size_t t = 0; t < sizeof(silent) / sizeof(silent[0]); t++)
        for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
            snprintf(names[t][i], sizeof(names[t][i]), "%s_%u_replays", silent[t].name, limits[i].replays);
            format_add(&tests, names[t][i], silent[t].test, &limits[i], silent[t].range);
        }
    format_add(&tests, "recover_does_not_wait", recover_does_not_wait, &slow[0], &plain);
    format_add(&tests, "recover_does_not_wait_three_queues", recover_does_not_wait, &slow[1], &plain);
    format_add(&tests, "recover_does_not_wait_zones", recover_does_not_wait, &slow[2], &zoned);
    format_add(&tests, "recover_does_not_wait_zones_three_queues", recover_does_not_wait, &slow[3], &zoned);
    format_add(&tests, "recover_does_not_wait_config", recover_does_not_wait, &slow[4], &plain);
    format_add(&tests, "recover_finds_zones", recover_finds_zones, NULL, &zoned);
    format_add(&tests, "recover_of_a_restless_configuration", recover_of_a_restless_configuration, NULL,
               &plain);
    format_add(&tests, "read_waits_for_room", read_waits_for_room, NULL, &tight);
    format_add(&tests, "read_finds_no_room", read_finds_no_room, NULL, &tight);
    format_add(&tests, "polls_the_status_now_and_then", polls_the_status_now_and_then, NULL, &plain);
    format_add(&tests, "largest_segment", largest_segment, NULL, &plain);
    return format_run("bounds", &tests);
}
