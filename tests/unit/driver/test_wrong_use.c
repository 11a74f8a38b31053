/* SPDX-License-Identifier: MIT */
#include "vwr/messages/blk.h"
#include "disk.h"

#include <stdlib.h>
#include <string.h>

/*
 * Invalid calls on a disk: each returns its documented result, the device is not notified, the caller keeps
 * the request, and the disk works as before.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define END FAKE_DISK_SECTORS

static const struct disk_shape shape = {1, 4, 2};

static struct disk *open_disk(struct world *w, const struct format *f)
{
    struct disk *d = disk_plug(w, f, shape);

    fake_blk_offer_discard(&w->f, (struct fake_limits){16, 4, 1});
    fake_blk_offer_write_zeroes(&w->f, (struct fake_limits){16, 4, 0}, true);
    fake_blk_offer_secure_erase(&w->f, (struct fake_limits){16, 4, 4});
    fake_blk_offer_lifetime(&w->f);
    disk_open(d);
    return d;
}

/* The call had no effect, and the disk works. */
static void nothing_happened(struct disk *d)
{
    assert_int_equal(d->w->f.accesses, 0);
    assert_false(vwr_req_is_in_flight(&d->req[0].req));
    assert_false(vwr_blk_kick(disk_queue(d, 0)));
    disk_is_idle(d);
    fake_forget(&d->w->f);
}

struct wrong {
    const char *name;
    uint32_t type;
    uint64_t sector;
    uint32_t bytes;   /* data bytes in the buffer */
    uint32_t sectors; /* sectors of a range */
    uint32_t unmap;
    int result;
};

static const struct wrong wrongs[] = {
    {"unknown_type_6", 6, 0, SECTOR, 0, 0, VWR_EINVAL},
    {"unknown_type_9", 9, 0, SECTOR, 0, 0, VWR_EINVAL},
    {"unknown_type_12", 12, 0, 0, 8, 0, VWR_EINVAL},
    {"unknown_type_17", 17, 0, 0, 0, 0, VWR_EINVAL},
    {"unknown_type_all_ones", UINT32_MAX, 0, SECTOR, 0, 0, VWR_EINVAL},
    {"barrier", VWR_BLK_T_BARRIER, 0, SECTOR, 0, 0, VWR_EINVAL},
    {"scsi_command", VWR_BLK_T_SCSI_CMD, 0, SECTOR, 0, 0, VWR_EUNSUPP},
    {"in_of_nothing", VWR_BLK_T_IN, 0, 0, 0, 0, VWR_EINVAL},
    {"out_of_nothing", VWR_BLK_T_OUT, 0, 0, 0, 0, VWR_EINVAL},
    {"in_of_half_a_sector", VWR_BLK_T_IN, 0, SECTOR / 2, 0, 0, VWR_EALIGN},
    {"in_of_a_sector_and_a_byte", VWR_BLK_T_IN, 0, SECTOR + 1, 0, 0, VWR_EALIGN},
    {"in_of_a_sector_less_a_byte", VWR_BLK_T_IN, 0, SECTOR - 1, 0, 0, VWR_EALIGN},
    {"in_with_a_range", VWR_BLK_T_IN, 0, 0, 8, 0, VWR_EINVAL},
    {"in_at_the_end", VWR_BLK_T_IN, END, SECTOR, 0, 0, VWR_ERANGE},
    {"in_over_the_end", VWR_BLK_T_IN, END - 1, 2 * SECTOR, 0, 0, VWR_ERANGE},
    {"in_of_the_last_number", VWR_BLK_T_IN, UINT64_MAX, SECTOR, 0, 0, VWR_ERANGE},
    {"in_that_overflows", VWR_BLK_T_IN, UINT64_MAX, 2 * SECTOR, 0, 0, VWR_ERANGE},
    {"in_whose_bytes_overflow", VWR_BLK_T_IN, (uint64_t)1 << 55, SECTOR, 0, 0, VWR_ERANGE},
    {"out_over_the_end", VWR_BLK_T_OUT, END - 1, 2 * SECTOR, 0, 0, VWR_ERANGE},
    {"flush_with_data", VWR_BLK_T_FLUSH, 0, SECTOR, 0, 0, VWR_EINVAL},
    {"flush_with_a_range", VWR_BLK_T_FLUSH, 0, 0, 8, 0, VWR_EINVAL},
    {"id_of_19_bytes", VWR_BLK_T_GET_ID, 0, 19, 0, 0, VWR_EINVAL},
    {"id_of_21_bytes", VWR_BLK_T_GET_ID, 0, 21, 0, 0, VWR_EINVAL},
    {"id_without_data", VWR_BLK_T_GET_ID, 0, 0, 0, 0, VWR_EINVAL},
    {"lifetime_without_data", VWR_BLK_T_GET_LIFETIME, 0, 0, 0, 0, VWR_EINVAL},
    {"discard_of_nothing", VWR_BLK_T_DISCARD, 0, 0, 0, 0, VWR_EINVAL},
    {"discard_of_half_a_range", VWR_BLK_T_DISCARD, 0, 8, 0, 0, VWR_EALIGN},
    {"discard_with_unmap", VWR_BLK_T_DISCARD, 0, 0, 8, 1, VWR_EINVAL},
    {"discard_beyond_the_limit", VWR_BLK_T_DISCARD, 0, 0, 17, 0, VWR_ERANGE},
    {"discard_beyond_the_end", VWR_BLK_T_DISCARD, END - 8, 0, 9, 0, VWR_ERANGE},
    {"write_zeroes_beyond_the_limit", VWR_BLK_T_WRITE_ZEROES, 0, 0, 17, 1, VWR_ERANGE},
    {"secure_erase_beyond_the_limit", VWR_BLK_T_SECURE_ERASE, 0, 0, 17, 0, VWR_ERANGE},
    {"zone_append_on_a_plain_disk", VWR_BLK_T_ZONE_APPEND, 0, SECTOR, 0, 0, VWR_EUNSUPP},
    {"zone_report_on_a_plain_disk", VWR_BLK_T_ZONE_REPORT, 0, SECTOR, 0, 0, VWR_EUNSUPP},
    {"zone_open_on_a_plain_disk", VWR_BLK_T_ZONE_OPEN, 0, 0, 0, 0, VWR_EUNSUPP},
    {"zone_close_on_a_plain_disk", VWR_BLK_T_ZONE_CLOSE, 0, 0, 0, 0, VWR_EUNSUPP},
    {"zone_finish_on_a_plain_disk", VWR_BLK_T_ZONE_FINISH, 0, 0, 0, 0, VWR_EUNSUPP},
    {"zone_reset_on_a_plain_disk", VWR_BLK_T_ZONE_RESET, 0, 0, 0, 0, VWR_EUNSUPP},
    {"zone_reset_all_on_a_plain_disk", VWR_BLK_T_ZONE_RESET_ALL, 0, 0, 0, 0, VWR_EUNSUPP},
};

static void wrong_request(struct world *w, const struct format *f, const void *param)
{
    const struct wrong *c = param;
    struct disk *d = open_disk(w, f);

    vwr_blk_fill(&d->req[0], c->type, c->sector, w->buffer, c->bytes);
    d->req[0].sectors = c->sectors;
    d->req[0].req.more = c->unmap;
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), c->result);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), &d->req[0]), c->result);
    nothing_happened(d);
}

/* ---- parts ---- */

static void wrong_parts(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);
    struct vwr_vec part[3] = {
        {disk_sector(d, 0), SECTOR}, {disk_sector(d, 2), 0}, {disk_sector(d, 4), SECTOR}};
    uint8_t elsewhere[SECTOR]; /* not reachable for the device */

    (void)param;
    vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 0, NULL, 0);
    d->req[0].req.vecs = part;
    d->req[0].req.vec_count = 3;
    assert_int_equal(vwr_blk_submit(q, &d->req[0]), VWR_EINVAL);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, 0, part, 3), VWR_EINVAL);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_OUT, 0, part, 3), VWR_EINVAL);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, 0, part, 0), VWR_EINVAL);
    part[1].bytes = SECTOR - 1;
    assert_int_equal(vwr_blk_submit(q, &d->req[0]), VWR_EALIGN); /* the total is not whole sectors */
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, 0, part, 3), VWR_EALIGN);
    part[1].bytes = SECTOR;
    part[1].p = elsewhere;
    assert_int_equal(vwr_blk_submit(q, &d->req[0]), VWR_EINVAL); /* the port cannot translate it */
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, 0, part, 3), VWR_EINVAL);
    vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 0, elsewhere, SECTOR);
    assert_int_equal(vwr_blk_submit(q, &d->req[0]), VWR_EINVAL);
    vwr_blk_fill_range(&d->req[0], VWR_BLK_T_DISCARD, 0, 8, false); /* a range and data */
    d->req[0].req.vecs = part;
    d->req[0].req.vec_count = 1;
    assert_int_equal(vwr_blk_submit(q, &d->req[0]), VWR_EINVAL);
    nothing_happened(d);
    part[1].p = disk_sector(d, 2);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, END - 2, part, 3), VWR_ERANGE);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, END - 3, part, 3), VWR_OK);
}

/* More segments than allowed by seg_max, by the queue, and by VWR_REQUEST_SEGMENTS. */
static void too_many_segments(struct world *w, const struct format *f, const void *param)
{
    const bool seg_max = param != NULL;
    struct vwr_vec part[VWR_REQUEST_SEGMENTS + 2];
    struct disk *d = disk_plug(w, f, shape);
    unsigned most = f->size - 2u;

    if (most > VWR_REQUEST_SEGMENTS)
        most = VWR_REQUEST_SEGMENTS;
    if (seg_max)
        fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, most = 3);
    disk_open(d);
    for (unsigned i = 0; i < VWR_REQUEST_SEGMENTS + 2; i++)
        part[i] = (struct vwr_vec){disk_sector(d, 2 * i), SECTOR};
    for (unsigned count = most - 1; count <= most + 1; count++) {
        vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 0, NULL, 0);
        d->req[0].req.vecs = part;
        d->req[0].req.vec_count = count;
        if (count > most)
            assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_ESEGMENTS);
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), &d->req[0]), VWR_OK); /* in two requests */
    }
    disk_is_idle(d);
}

/* ---- submitted twice ---- */

/* The driver does not read a request in flight again, whatever the caller writes to it. */
static void submitted_twice(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){2, 4, 1});

    (void)param;
    disk_open(d);
    w->disk.hold = true;
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), disk_read(d, 0, 3)), VWR_OK);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EBUSY);
    (void)vwr_blk_kick(disk_queue(d, 0));
    fake_forget(&w->f);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EBUSY);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 1), &d->req[0]), VWR_EBUSY); /* nor on another queue */
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), &d->req[0]), VWR_EBUSY);
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(w->disk.held_count, 1);
    fake_blk_answer(&w->f, 0);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EBUSY); /* until it is reaped */
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 1);
    disk_has_read(d, &d->req[0], 3);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 1), &d->req[0]), VWR_OK);
    (void)vwr_blk_kick(disk_queue(d, 1));
    fake_blk_answer(&w->f, 0);
    assert_int_equal(disk_reap(d, disk_queue(d, 1), 4), 1);
    disk_is_idle(d);
}

/* ---- read-only ---- */

static void read_only(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t ranges[] = {VWR_BLK_T_DISCARD, VWR_BLK_T_WRITE_ZEROES, VWR_BLK_T_SECURE_ERASE};
    struct disk *d = disk_plug(w, f, shape);
    struct vwr_vec part = {disk_sector(d, 0), SECTOR};

    (void)param;
    fake_offer(&w->f, VWR_BLK_F_RO);
    fake_blk_offer_discard(&w->f, (struct fake_limits){16, 4, 1});
    fake_blk_offer_write_zeroes(&w->f, (struct fake_limits){16, 4, 0}, true);
    fake_blk_offer_secure_erase(&w->f, (struct fake_limits){16, 4, 4});
    disk_open(d);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), disk_write(d, 0, 0, 1)), VWR_EROFS);
    for (unsigned i = 0; i < 3; i++) {
        vwr_blk_fill_range(&d->req[0], ranges[i], 0, 4, false);
        assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EROFS);
    }
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, 0, 4, false), VWR_EROFS);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_WRITE_ZEROES, 0, 4, true), VWR_EROFS);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_SECURE_ERASE, 0, 4, false), VWR_EROFS);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_OUT, 0, &part, 1), VWR_EROFS);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    fake_forget(&w->f);
    nothing_happened(d);
}

/* ---- features that the disk does not have ---- */

static void requests_that_the_disk_does_not_have(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t types[] = {VWR_BLK_T_DISCARD, VWR_BLK_T_WRITE_ZEROES, VWR_BLK_T_SECURE_ERASE};
    struct disk *d = disk_plug(w, f, shape);
    struct vwr_blk_get_lifetime_answer l;

    (void)param;
    fake_withhold(&w->f, VWR_BLK_F_FLUSH);
    disk_open(d);
    for (unsigned i = 0; i < 3; i++) {
        vwr_blk_fill_range(&d->req[0], types[i], 0, 4, false);
        assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EUNSUPP);
    }
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, 0, 4, false), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_WRITE_ZEROES, 0, 4, true), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_SECURE_ERASE, 0, 4, false), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_get_lifetime(&w->blk, &l), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_set_write_cache(&w->blk, true), VWR_EUNSUPP);
    vwr_blk_fill(&d->req[0], VWR_BLK_T_FLUSH, 0, NULL, 0);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK); /* there is no write cache */
    nothing_happened(d);
}

static void ranges_of_the_waiting_calls(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);

    (void)param;
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, 0, 0, false), VWR_EINVAL);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, END, 1, false), VWR_ERANGE);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, 0, END + 1, false), VWR_ERANGE);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, UINT64_MAX, 2, false), VWR_ERANGE);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_WRITE_ZEROES, 1, UINT64_MAX, true), VWR_ERANGE);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_SECURE_ERASE, END, 1, false), VWR_ERANGE);
    nothing_happened(d);
}

/* Each public call with a type that it does not support. */
static void types_that_a_waiting_call_does_not_have(struct world *w, const struct format *f,
                                                    const void *param)
{
    static const uint32_t ranges[] = {VWR_BLK_T_IN,     VWR_BLK_T_OUT,         VWR_BLK_T_FLUSH,
                                      VWR_BLK_T_GET_ID, VWR_BLK_T_ZONE_APPEND, 0xffffffffu};
    static const uint32_t vecs[] = {VWR_BLK_T_FLUSH, VWR_BLK_T_GET_ID, VWR_BLK_T_DISCARD,
                                    VWR_BLK_T_ZONE_APPEND, 0xffffffffu};
    struct disk *d = open_disk(w, f);
    struct vwr_vec part = {disk_sector(d, 0), SECTOR};

    (void)param;
    for (unsigned i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        assert_int_equal(vwr_blk_do_ranges(&w->blk, ranges[i], 0, 4, false), VWR_EINVAL);
    for (unsigned i = 0; i < sizeof(vecs) / sizeof(vecs[0]); i++)
        assert_int_equal(vwr_blk_transfer_vecs(&w->blk, vecs[i], 0, &part, 1), VWR_EINVAL);
    nothing_happened(d);
}

/* ---- at the wrong time ---- */

static void every_call_fails(struct disk *d)
{
    struct vwr_blk *const b = &d->w->blk;
    struct vwr_vec part = {disk_sector(d, 0), SECTOR};
    struct vwr_blk_get_lifetime_answer l;

    fake_forget(&d->w->f);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), disk_read(d, 0, 0)), VWR_EFAILED);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), &d->req[0]), VWR_EFAILED);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), VWR_EFAILED);
    assert_int_equal(vwr_blk_service(disk_queue(d, 0), 4), VWR_EFAILED);
    assert_int_equal(vwr_blk_transfer_vecs(b, VWR_BLK_T_IN, 0, &part, 1), VWR_EFAILED);
    assert_int_equal(vwr_blk_transfer_vecs(b, VWR_BLK_T_OUT, 0, &part, 1), VWR_EFAILED);
    assert_int_equal(vwr_blk_do_ranges(b, VWR_BLK_T_DISCARD, 0, 4, false), VWR_EFAILED);
    assert_int_equal(vwr_blk_do_ranges(b, VWR_BLK_T_WRITE_ZEROES, 0, 4, true), VWR_EFAILED);
    assert_int_equal(vwr_blk_do_ranges(b, VWR_BLK_T_SECURE_ERASE, 0, 4, false), VWR_EFAILED);
    assert_int_equal(vwr_blk_get_lifetime(b, &l), VWR_EFAILED);
    assert_int_equal(vwr_blk_set_write_cache(b, true), VWR_EFAILED);
    assert_int_equal(vwr_blk_config_changed(b), VWR_EFAILED);
    assert_int_equal(vwr_blk_zone_do(b, VWR_BLK_T_ZONE_RESET_ALL, 0, NULL, 0), VWR_EFAILED);
    assert_false(vwr_blk_kick(disk_queue(d, 0)));
    assert_int_equal(d->w->f.accesses, 0);
}

static void use_after_close(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);

    (void)param;
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(w->blk.queue_count, 0);
    every_call_fails(d);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
    disk_is_idle(d);
}

static void use_after_fail(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    int r;

    (void)param;
    disk_submit_reads(d, disk_queue(d, 0), 1, 2);
    vwr_dev_fail(&w->mmio.dev);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 2); /* these had completed before */
    fake_forget(&w->f);
    r = vwr_blk_submit(disk_queue(d, 0), disk_read(d, 3, 3));
    assert_true(r == VWR_OK || r == VWR_EFAILED); /* the fast path of a queue does not know it yet */
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), VWR_EFAILED); /* until its next poll */
    assert_int_equal(w->f.accesses, 0);
    every_call_fails(d);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_STOPPED);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
    disk_is_idle(d);
}

/* Requests in flight when the disk is closed are returned to the caller with a corresponding result. */
static void close_with_requests_on_their_way(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){2, 4, 1});

    (void)param;
    disk_open(d);
    disk_submit_reads(d, disk_queue(d, 0), 8, 2);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK); /* these two wait to be reaped */
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, 3);
    disk_submit_reads(d, disk_queue(d, 1), 3, 3);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    for (unsigned i = 0; i < 6; i++) {
        assert_false(vwr_req_is_in_flight(&d->req[i].req));
        assert_int_equal(d->req[i].req.result, VWR_ERESET);
        assert_int_equal(disk_sector(d, i)[0], 0x5a);
    }
    disk_has_read(d, &d->req[8], 8);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
    w->disk.hold = false;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 8, 8)), VWR_OK);
    disk_is_idle(d);
}

/* ---- memory ---- */

static void memory_too_small(struct world *w, const struct format *f, const void *param)
{
    struct disk *d;

    (void)param;
    for (unsigned what = 0; what < 4; what++) {
        struct vwr_queue_memory *m;

        fake_bus_reset();
        fake_ram_reset();
        w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
        d = disk_plug(w, f, (struct disk_shape){2, 4, 2});
        m = what % 2 == 0 ? &w->memory : &d->more[0].memory;
        if (what < 2)
            m->own_bytes--;
        else
            m->shared_bytes = 400; /* the ring, and memory for fewer than four slots */
        assert_int_equal(world_open(w), VWR_ENOMEM);
        assert_int_equal(w->f.status_written & VWR_STATUS_FAILED, VWR_STATUS_FAILED);
        assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    }
}

static const struct {
    const char *name;
    format_test *test;
} rows[] = {
    {"wrong_parts", wrong_parts},
    {"too_many_segments", too_many_segments},
    {"submitted_twice", submitted_twice},
    {"read_only", read_only},
    {"requests_that_the_disk_does_not_have", requests_that_the_disk_does_not_have},
    {"ranges_of_the_waiting_calls", ranges_of_the_waiting_calls},
    {"types_that_a_waiting_call_does_not_have", types_that_a_waiting_call_does_not_have},
    {"use_after_close", use_after_close},
    {"use_after_fail", use_after_fail},
    {"close_with_requests_on_their_way", close_with_requests_on_their_way},
    {"memory_too_small", memory_too_small},
};

int main(void)
{
    static const uint16_t sizes[] = {16, 0};
    static const struct format_range range = {KIND_ALL, FORMAT_INDIRECT | FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range few = {KIND_ALL, 0, 0, sizes};
    static const bool yes = true;
    static struct format_tests tests;

    for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++)
        format_add(&tests, wrongs[i].name, wrong_request, &wrongs[i], &few);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        format_add(&tests, rows[i].name, rows[i].test, NULL, &range);
    format_add(&tests, "too_many_segments_seg_max", too_many_segments, &yes, &range);
    return format_run("wrong_use", &tests);
}
