/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include "vwr/gen/status.h"

#include <string.h>

/* Timing of requests: G46, G51, G52, G53. */

/* Reads of one sector each, at separate addresses. */
static void put_reads(struct guest *g, unsigned n)
{
    struct guest_desc segment[3] = {{HEAD, 16, 0, 0}, {0, SECTOR, WRITE, 0}, {0, 1, WRITE, 0}};

    disk_head(g, VWR_BLK_T_IN, 0);
    for (unsigned i = 0; i < n; i++) {
        segment[1].addr = DATA + i * SECTOR;
        segment[2].addr = DATA + 0x1800 + i;
        hostile_send(g, 0, segment, 3);
    }
}

/* Copies the used ring, or all of a packed ring. */
static void copy_ring(struct guest *g, uint8_t *to)
{
    memcpy(to, guest_at(g, GUEST_LOW, GUEST_RING_BYTES), GUEST_RING_BYTES);
}

/*
 * The disk's own cases of a reset in the middle (late.h has the late answers). 0: two requests are in flight,
 * and one is completed, but not signalled; 1: one is held, the backend is full; 2: more than there are
 * structures.
 */
static void put_all(struct guest *g, long long at)
{
    struct disk *const d = disk_in(g);

    d->later = true;
    d->room = at == 1 ? 1 : DISK_MANY;
    put_reads(g, at == 2 ? DISK_REQS + 1 : 2);
    assert_int_equal(d->out_count, at == 1 ? 1 : at == 2 ? DISK_REQS : 2);
    if (at == 0)
        disk_end(g, 1, VWR_OK);
}

/* Nothing is written afterwards, and waiting requests are not submitted, whatever the backend reports. */
static void g46(struct guest *g, long long at)
{
    static uint8_t before[GUEST_RING_BYTES];
    static uint8_t after[GUEST_RING_BYTES];
    struct disk *const d = disk_in(g);

    put_all(g, at);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_int_equal(guest_status(g), VWR_STATUS_RESET);
    assert_int_equal(d->out_count, 0);
    memset(guest_at(g, DATA, 0x2000), POISON, 0x2000);
    copy_ring(g, before);
    g->raised = 0;
    vwr_vblk_signal(&d->blk);
    d->room = DISK_MANY;
    vwr_vblk_resume(&d->blk);
    copy_ring(g, after);
    assert_memory_equal(before, after, GUEST_RING_BYTES);
    assert_true(disk_is_poison(g, DATA, 0x2000));
    assert_int_equal(g->raised, 0);
    assert_int_equal(d->out_count, 0);
}

/* The same with a queue reset, after which the queue is set up again. */
static void g46_queue(struct guest *g, long long at)
{
    struct disk *const d = disk_in(g);

    put_all(g, at);
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), 0);
    guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
    assert_int_equal(guest_read(g, VWR_MMIO_QUEUE_READY, sizeof(uint32_t)), 0);
    assert_int_equal(vwr_vblk_in_flight(&d->blk), 0);
    memset(guest_at(g, DATA, 0x2000), POISON, 0x2000);
    vwr_vblk_signal(&d->blk);
    assert_true(disk_is_poison(g, DATA, 0x2000));
    d->later = false;
    d->room = DISK_MANY;
    memset(guest_at(g, GUEST_LOW, GUEST_RING_BYTES), 0, GUEST_RING_BYTES);
    guest_lay_out(g, 0, GUEST_QUEUE_MAX);
    assert_true(guest_set_queue(g, 0));
    disk_says(g, disk_ask(g, VWR_BLK_T_IN, 3, SECTOR, true), SECTOR + 1, VWR_BLK_S_OK);
}

/* The queue breaks while requests are in flight: they complete, and the guest is not notified. */
static void g46_broken(struct guest *g, long long at)
{
    struct disk *const d = disk_in(g);
    const struct guest_desc bad = {HEAD, 16, 0, 0};

    (void)at;
    d->later = true;
    put_reads(g, 2);
    hostile_send(g, 0, &bad, 1);
    hostile_is_broken(g, VWR_VFAULT_REQUEST);
    disk_end(g, 0, VWR_OK);
    vwr_vblk_signal(&d->blk);
    hostile_unused(g, 0);
    assert_int_equal(vwr_vblk_in_flight(&d->blk), 1);
    disk_end(g, 0, VWR_OK);
    assert_int_equal(vwr_vblk_in_flight(&d->blk), 0);
}

/* Invalid requests again and again: each completes, and nothing is left behind. */
static void g51(struct guest *g, long long at)
{
    struct disk *const d = disk_in(g);

    for (unsigned i = 0; i < 10000; i++) {
        const int64_t got = disk_ask(g,
                                     at == 0   ? VWR_BLK_T_IN
                                     : at == 1 ? UINT32_MAX
                                               : VWR_BLK_T_OUT,
                                     at == 2 ? UINT64_MAX : 0, at == 0 ? 511 : 512, at == 0);

        assert_int_equal(got, at == 0 ? 0 : 1);
    }
    disk_not_asked(g);
    assert_int_equal(vwr_vblk_in_flight(&d->blk), 0);
    assert_int_equal(d->blk.stats.errors, 10000);
}

/* A read of fewer bytes than requested: the used length reports them, and no other byte is written. */
static void g52(struct guest *g, long long part)
{
    const struct guest_desc segment[4] = {
        {HEAD, 16, 0, 0}, {DATA, 700, WRITE, 0}, {DATA + 700, 324, WRITE, 0}, {STATUS, 1, WRITE, 0}};
    const uint32_t bytes = part < 1024 ? (uint32_t)part : 1024;
    struct disk *const d = disk_in(g);

    d->result = VWR_EIO;
    d->part = (uint32_t)part;
    disk_head(g, VWR_BLK_T_IN, 6);
    disk_says(g, disk_send(g, segment, 4), bytes == 1024 ? bytes + 1 : bytes, VWR_BLK_S_IOERR);
    disk_has_read(g, DATA, 6, bytes);
    assert_true(disk_is_poison(g, DATA + bytes, 1024 - bytes));
}

/* Each error of a backend, immediately and later, for each type of request. */
static void g53(struct guest *g, long long result)
{
    static const uint32_t type[] = {VWR_BLK_T_IN, VWR_BLK_T_OUT, VWR_BLK_T_FLUSH};
    const uint8_t status = result == VWR_EUNSUPP ? VWR_BLK_S_UNSUPP : VWR_BLK_S_IOERR;
    struct disk *const d = disk_in(g);

    for (unsigned i = 0; i < 6; i++) {
        const uint32_t t = type[i % 3];
        int64_t got;

        d->later = i >= 3;
        d->result = (int)result;
        got = disk_ask(g, t, 1, t == VWR_BLK_T_FLUSH ? 0 : SECTOR, t == VWR_BLK_T_IN);
        if (d->later) {
            assert_int_equal(got, -1);
            disk_end(g, 0, (int)result);
            vwr_vblk_signal(&d->blk);
            got = hostile_take(g, 0);
        }
        disk_says(g, got, t == VWR_BLK_T_IN ? 0 : 1, status);
        assert_true(disk_is_poison(g, DATA, SECTOR));
    }
    assert_true(disk_is_untouched(g));
    assert_int_equal(d->blk.stats.errors, 6);
}

/*
 * The backend is full: the request waits, whatever the guest does meanwhile, and proceeds when there is
 * space.
 */
static void g53_full(struct guest *g, long long kicks)
{
    struct disk *const d = disk_in(g);

    d->room = 0;
    assert_int_equal(disk_ask(g, VWR_BLK_T_IN, 1, SECTOR, true), -1);
    for (long i = 0; i < kicks; i++)
        guest_kick(g, 0);
    assert_int_equal(d->submits, 0);
    vwr_vblk_resume(&d->blk);
    hostile_unused(g, 0);
    d->room = 1;
    vwr_vblk_resume(&d->blk);
    disk_says(g, hostile_take(g, 0), SECTOR + 1, VWR_BLK_S_OK);
    disk_has_read(g, DATA, 1, SECTOR);
}

/* ---- late answers, of a backend that breaks the promise of drain ---- */

static void late_start(struct guest *g)
{
    hostile_start_one(g);
    disk_in(g)->later = true;
}

static void late_ask(struct guest *g)
{
    struct disk *const d = disk_in(g);

    assert_int_equal(disk_ask(g, VWR_BLK_T_IN, 3, SECTOR, true), -1);
    d->kept[d->keeps] = d->out[0];
    d->kept_ticket[d->keeps++] = d->ticket[0];
}

static void late_answer(struct guest *g, unsigned number)
{
    struct disk *const d = disk_in(g);

    if (number + 1 == d->keeps && d->out_count != 0) {
        disk_end(g, 0, VWR_OK);
    } else {
        vwr_vblk_done(d->kept[number], d->kept_ticket[number], VWR_OK);
        vwr_vdev_lock(&d->blk.dev);
        vwr_vblk_done_locked(d->kept[number], d->kept_ticket[number], VWR_EIO);
        vwr_vdev_unlock(&d->blk.dev);
        d->blk.dev.stats.late--; /* it was counted twice */
    }
    vwr_vblk_signal(&d->blk);
}

static void late_comes_back(struct guest *g)
{
    disk_says(g, hostile_take(g, 0), SECTOR + 1, VWR_BLK_S_OK);
    disk_has_read(g, DATA, 3, SECTOR);
}

static void g46_late(struct guest *g, long long when)
{
    static const struct late late = {late_start, late_ask, late_answer, late_comes_back, 0, NULL};

    late_run(g, &late, (enum late_when)when);
}

CASES(cases_late, LATE_CASES(g46_late, HOSTILE_ALL),
      {"G46_reset_in_mid_io", "reset.dev.1 reset.dev.2", g46, HOSTILE_ALL, 3, {0, 1, 2}},
      {"G46_queue_reset_in_mid_io",
       "vq.dev.reset.1 vq.dev.reset.2 vq.dev.reenable.1 mmio.dev.10 mmio.dev.12",
       g46_queue,
       HOSTILE_V2,
       3,
       {0, 1, 2}},
      {"G46_broken_in_mid_io", "status.dev.2 status.dev.3", g46_broken, HOSTILE_ALL, 0, {0}},
      {"G51_bad_requests_without_end",
       "blk.drv.6; section Block Device / Device Operation",
       g51,
       HOSTILE_ALL,
       3,
       {0, 1, 2}},
      {"G52_short_read",
       "split.dev.used.1 split.dev.used.2",
       g52,
       HOSTILE_ALL,
       8,
       {0, 1, 511, 699, 700, 701, 1023, 1024}},
      {"G53_backend_error",
       "section Block Device / Device Operation",
       g53,
       HOSTILE_ALL,
       3,
       {VWR_EIO, VWR_EUNSUPP, VWR_ETIMEOUT}},
      {"G53_no_room", "section Block Device / Device Operation", g53_full, HOSTILE_ALL, 2, {0, 100}});
