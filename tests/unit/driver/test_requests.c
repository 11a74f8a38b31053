/* SPDX-License-Identifier: MIT */
#include "vwr/messages/blk.h"
#include "disk.h"

#include <string.h>

/*
 * Each type of request, through submit and through the synchronous call: the request that arrives at the
 * device, sizes one below, at, and one above each limit in the configuration, and fields that may change at
 * run time. The fake disk checks the framing of the specification. Tests with SECURE_ERASE or GET_LIFETIME
 * run only with this disk: "scripted".
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define END FAKE_DISK_SECTORS

static const struct disk_shape shape = {1, 4, 4};

/* A queue in the format, and a disk with all features except zones. */
static struct disk *plug(struct world *w, const struct format *f)
{
    struct disk *d = disk_plug(w, f, shape);

    fake_blk_offer_discard(&w->f, (struct fake_limits){16, 4, 8});
    fake_blk_offer_write_zeroes(&w->f, (struct fake_limits){20, 3, 0}, true);
    fake_blk_offer_secure_erase(&w->f, (struct fake_limits){24, 2, 4});
    fake_blk_offer_lifetime(&w->f);
    return d;
}

static struct disk *open_disk(struct world *w, const struct format *f)
{
    struct disk *d = plug(w, f);

    disk_open(d);
    return d;
}

static const struct fake_request *last(const struct disk *d)
{
    assert_true(d->w->disk.count > 0);
    return &d->w->disk.request[(d->w->disk.count - 1) % FAKE_REQUESTS];
}

static bool sectors_are(const struct disk *d, uint64_t sector, uint64_t count, uint8_t value)
{
    for (uint64_t i = sector * SECTOR; i < (sector + count) * SECTOR; i++)
        if (d->w->disk.data[i] != value)
            return false;
    return true;
}

static bool sectors_are_untouched(const struct disk *d, uint64_t sector, uint64_t count)
{
    for (uint64_t i = sector * SECTOR; i < (sector + count) * SECTOR; i++)
        if (d->w->disk.data[i] != fake_blk_pattern(i))
            return false;
    return true;
}

/* ---- requests at the device ---- */

static void in_and_out(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);

    (void)param;
    vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 7, w->buffer, 9 * SECTOR);
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
    assert_int_equal(last(d)->type, VWR_BLK_T_IN);
    assert_int_equal(last(d)->sector, 7);
    assert_int_equal(last(d)->bytes, 9 * SECTOR);
    assert_int_equal(last(d)->table, (f->flags & FORMAT_INDIRECT) != 0);
    assert_int_equal(d->req[0].req.written, 9 * SECTOR);
    assert_true(world_has_pattern(w, 7, 9));
    vwr_blk_fill(&d->req[0], VWR_BLK_T_OUT, 100, w->buffer, 9 * SECTOR);
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
    assert_int_equal(last(d)->type, VWR_BLK_T_OUT);
    assert_int_equal(last(d)->sector, 100);
    assert_int_equal(d->req[0].req.written, 0);
    assert_memory_equal(w->disk.data + 100 * SECTOR, w->buffer, 9 * SECTOR);
}

/* A sector that the caller left in the request is not sent where the specification requires 0. */
static void flush_id_and_lifetime(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);
    struct vwr_blk_lifetime answer;

    (void)param;
    vwr_blk_fill(&d->req[0], VWR_BLK_T_FLUSH, 99, NULL, 0);
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
    assert_int_equal(last(d)->type, VWR_BLK_T_FLUSH);
    vwr_blk_fill(&d->req[0], VWR_BLK_T_GET_ID, 99, w->buffer, VWR_BLK_GET_ID_BYTES);
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
    assert_memory_equal(w->buffer, w->disk.id, VWR_BLK_GET_ID_BYTES);
    vwr_blk_fill(&d->req[0], VWR_BLK_T_GET_LIFETIME, 99, w->buffer, sizeof(answer));
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
    memcpy(&answer, w->buffer, sizeof(answer));
    assert_int_equal(vwr_guest16(w->f.version == VWR_MMIO_VERSION_LEGACY, answer.device_lifetime_est_typ_b),
                     w->disk.lifetime[2]);
}

static void lifetime(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    struct vwr_blk_get_lifetime_answer l;

    (void)param;
    memset(&l, 0, sizeof(l));
    assert_int_equal(vwr_blk_get_lifetime(&w->blk, &l), VWR_OK);
    assert_int_equal(last(d)->type, VWR_BLK_T_GET_LIFETIME);
    assert_int_equal(l.pre_eol_info, w->disk.lifetime[0]);
    assert_int_equal(l.device_lifetime_est_typ_a, w->disk.lifetime[1]);
    assert_int_equal(l.device_lifetime_est_typ_b, w->disk.lifetime[2]);
    w->disk.has_status = true;
    w->disk.status = VWR_BLK_S_IOERR;
    memset(&l, 0x77, sizeof(l));
    assert_int_equal(vwr_blk_get_lifetime(&w->blk, &l), VWR_EIO);
    assert_int_equal(l.pre_eol_info, 0x7777);
}

static void range_is(const struct disk *d, unsigned i, struct fake_range expected)
{
    const struct fake_range *r = &d->w->disk.range[i];

    assert_true(i < d->w->disk.range_count);
    assert_int_equal(r->type, expected.type);
    assert_int_equal(r->sector, expected.sector);
    assert_int_equal(r->sectors, expected.sectors);
    assert_int_equal(r->unmap, expected.unmap);
}

static void one_range(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);

    (void)param;
    vwr_blk_fill_range(&d->req[0], VWR_BLK_T_DISCARD, 8, 16, false);
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
    range_is(d, 0, (struct fake_range){VWR_BLK_T_DISCARD, 8, 16, false});
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK); /* again, unchanged */
    range_is(d, 1, (struct fake_range){VWR_BLK_T_DISCARD, 8, 16, false});
    vwr_blk_fill_range(&d->req[0], VWR_BLK_T_WRITE_ZEROES, 40, 20, true);
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
    range_is(d, 2, (struct fake_range){VWR_BLK_T_WRITE_ZEROES, 40, 20, true});
    vwr_blk_fill_range(&d->req[0], VWR_BLK_T_WRITE_ZEROES, 60, 1, false);
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
    range_is(d, 3, (struct fake_range){VWR_BLK_T_WRITE_ZEROES, 60, 1, false});
    vwr_blk_fill_range(&d->req[0], VWR_BLK_T_SECURE_ERASE, 80, 24, false);
    assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
    range_is(d, 4, (struct fake_range){VWR_BLK_T_SECURE_ERASE, 80, 24, false});
    assert_true(sectors_are(d, 8, 16, FAKE_DISCARDED));
    assert_true(sectors_are(d, 40, 21, 0));
    assert_true(sectors_are(d, 80, 24, FAKE_ERASED));
    assert_true(sectors_are_untouched(d, 24, 16));
    assert_true(sectors_are_untouched(d, 61, 19));
}

/* Several range requests in flight do not share the memory of their ranges. */
static void ranges_at_once(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    struct vwr_blk_requestq *const q = disk_queue(d, 0);

    (void)param;
    w->disk.hold = true;
    for (unsigned i = 0; i < 4; i++) {
        vwr_blk_fill_range(&d->req[i], VWR_BLK_T_WRITE_ZEROES, 10 * i, 3 + i, i % 2 != 0);
        assert_int_equal(vwr_blk_submit(q, &d->req[i]), VWR_OK);
    }
    (void)vwr_blk_kick(q);
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, q, 8), 4);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(d->req[i].req.result, VWR_OK);
        range_is(d, i, (struct fake_range){VWR_BLK_T_WRITE_ZEROES, 10ull * i, 3 + i, i % 2 != 0});
    }
}

/* Synchronous calls make as many requests as the limits require. */
static void ranges_of_any_length(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);

    (void)param;
    for (uint32_t count = 15; count <= 17; count++) {
        w->disk.range_count = 0;
        assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, 3, count, false), VWR_OK);
        assert_int_equal(w->disk.range_count, count > 16 ? 2 : 1);
    }
    range_is(d, 0, (struct fake_range){VWR_BLK_T_DISCARD, 3, 16, false});
    range_is(d, 1, (struct fake_range){VWR_BLK_T_DISCARD, 19, 1, false});
    w->disk.range_count = 0;
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_WRITE_ZEROES, 0, END, true), VWR_OK);
    assert_int_equal(w->disk.range_count, (END + 19) / 20);
    assert_true(sectors_are(d, 0, END, 0));
    w->disk.range_count = 0;
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_SECURE_ERASE, 4, 48, false), VWR_OK);
    range_is(d, 1, (struct fake_range){VWR_BLK_T_SECURE_ERASE, 28, 24, false});
    assert_int_equal(w->disk.range_count, 2);
    assert_true(sectors_are(d, 4, 48, FAKE_ERASED));
    assert_true(sectors_are(d, 52, 8, 0));
}

/* ---- ranges written by the caller ---- */

static struct vwr_blk_discard_write_zeroes *write_ranges(struct disk *d, uint32_t type, unsigned count)
{
    const bool legacy = d->w->f.version == VWR_MMIO_VERSION_LEGACY;
    struct vwr_blk_discard_write_zeroes *range = (void *)d->w->buffer;

    for (unsigned i = 0; i < count; i++) {
        range[i].sector = vwr_guest64(legacy, 8ull * i);
        range[i].num_sectors = vwr_guest32(legacy, 4);
        range[i].flags = vwr_guest32(legacy, 0);
    }
    vwr_blk_fill(&d->req[0], type, 99, range, count * sizeof(*range));
    return range;
}

static void several_ranges(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint32_t type;
        unsigned most;
    } types[] = {{VWR_BLK_T_DISCARD, 4}, {VWR_BLK_T_WRITE_ZEROES, 3}, {VWR_BLK_T_SECURE_ERASE, 2}};
    struct disk *d = open_disk(w, f);

    (void)param;
    for (unsigned t = 0; t < 3; t++) {
        for (unsigned count = types[t].most - 1; count <= types[t].most + 1; count++) {
            (void)write_ranges(d, types[t].type, count);
            w->disk.range_count = 0;
            assert_int_equal(vwr_blk_do(disk_queue(d, 0), &d->req[0]),
                             count <= types[t].most ? VWR_OK : VWR_ESEGMENTS);
            assert_int_equal(w->disk.range_count, count <= types[t].most ? count : 0);
        }
    }
}

/* If one of several ranges is invalid, none is sent. */
static void one_wrong_range(struct world *w, const struct format *f, const void *param)
{
    const bool legacy = (f->flags & FORMAT_LEGACY) != 0;
    struct disk *d = open_disk(w, f);
    struct vwr_blk_discard_write_zeroes *range;

    (void)param;
    range = write_ranges(d, VWR_BLK_T_WRITE_ZEROES, 3);
    range[2].num_sectors = 0;
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EINVAL);
    range[2].num_sectors = vwr_guest32(legacy, 21);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_ERANGE);
    range[2].num_sectors = vwr_guest32(legacy, 2);
    range[2].sector = vwr_guest64(legacy, END - 1);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_ERANGE);
    range[2].sector = vwr_guest64(legacy, UINT64_MAX);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_ERANGE);
    range[2].sector = 0;
    range[2].flags = vwr_guest32(legacy, 2);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EINVAL);
    range[2].flags = vwr_guest32(legacy, VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK);
    d->req[0].req.vec.bytes -= 8;
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EALIGN);
    d->req[0].req.vec.bytes += 8;
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), &d->req[0]), VWR_OK);
    range_is(d, 2, (struct fake_range){VWR_BLK_T_WRITE_ZEROES, 0, 2, true});
    range = write_ranges(d, VWR_BLK_T_DISCARD, 3); /* a discard never sets unmap */
    range[1].flags = vwr_guest32(legacy, VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EINVAL);
}

/* In several segments of data: each has whole ranges, and the first wrong one counts. */
static void ranges_in_segments(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);
    struct vwr_blk_discard_write_zeroes *const range = write_ranges(d, VWR_BLK_T_WRITE_ZEROES, 2);
    struct vwr_vec segment[2] = {{range, 8}, {(uint8_t *)range + 8, 24}};

    (void)param;
    d->req[0].req.vec.bytes = 0;
    d->req[0].req.vecs = segment;
    d->req[0].req.vec_count = 2;
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EALIGN);
    segment[0].bytes = 16;
    segment[1] = (struct vwr_vec){&range[1], 16};
    range[0].num_sectors = 0;
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_EINVAL);
    range[0].num_sectors = range[1].num_sectors;
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), &d->req[0]), VWR_OK);
    assert_int_equal(w->disk.range_count, 2);
}

/* ---- limits ---- */

struct range_case {
    uint32_t type;
    uint64_t sector;
    uint32_t sectors;
    bool unmap;
    int result;
};

static const struct range_case range_cases[] = {
    {VWR_BLK_T_DISCARD, 0, 15, false, VWR_OK},
    {VWR_BLK_T_DISCARD, 0, 16, false, VWR_OK},
    {VWR_BLK_T_DISCARD, 0, 17, false, VWR_ERANGE},
    {VWR_BLK_T_DISCARD, 1, 3, false, VWR_OK}, /* the alignment is a hint */
    {VWR_BLK_T_DISCARD, 0, 8, true, VWR_EINVAL},
    {VWR_BLK_T_DISCARD, END - 8, 8, false, VWR_OK},
    {VWR_BLK_T_DISCARD, END - 8, 9, false, VWR_ERANGE},
    {VWR_BLK_T_DISCARD, END, 1, false, VWR_ERANGE},
    {VWR_BLK_T_DISCARD, UINT64_MAX, 2, false, VWR_ERANGE},
    {VWR_BLK_T_WRITE_ZEROES, 0, 19, false, VWR_OK},
    {VWR_BLK_T_WRITE_ZEROES, 0, 20, true, VWR_OK},
    {VWR_BLK_T_WRITE_ZEROES, 0, 21, true, VWR_ERANGE},
    {VWR_BLK_T_WRITE_ZEROES, END - 1, 1, true, VWR_OK},
    {VWR_BLK_T_WRITE_ZEROES, END - 1, 2, true, VWR_ERANGE},
    {VWR_BLK_T_SECURE_ERASE, 0, 20, false, VWR_OK},
    {VWR_BLK_T_SECURE_ERASE, 0, 24, false, VWR_OK},
    {VWR_BLK_T_SECURE_ERASE, 0, 28, false, VWR_ERANGE},
    {VWR_BLK_T_SECURE_ERASE, 4, 3, false, VWR_OK}, /* the alignment is for splitting */
    {VWR_BLK_T_SECURE_ERASE, 4, 5, false, VWR_OK},
    {VWR_BLK_T_SECURE_ERASE, 3, 4, false, VWR_OK},
    {VWR_BLK_T_SECURE_ERASE, 5, 4, false, VWR_OK},
    {VWR_BLK_T_SECURE_ERASE, 4, 4, true, VWR_EINVAL},
    {VWR_BLK_T_SECURE_ERASE, END - 4, 4, false, VWR_OK},
    {VWR_BLK_T_SECURE_ERASE, END - 4, 8, false, VWR_ERANGE},
};

static void range_limits(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_disk(w, f);

    (void)param;
    for (size_t i = 0; i < sizeof(range_cases) / sizeof(range_cases[0]); i++) {
        const struct range_case *c = &range_cases[i];
        const unsigned before = w->disk.count;

        vwr_blk_fill_range(&d->req[0], c->type, c->sector, c->sectors, c->unmap);
        if (vwr_blk_do(disk_queue(d, 0), &d->req[0]) != c->result)
            fail_msg("row %zu: %d", i, d->req[0].req.result);
        assert_int_equal(w->disk.count, before + (c->result == VWR_OK));
    }
}

/* A limit of 0 means no limit: the whole disk, in one range. */
static void limits_of_nothing(struct world *w, const struct format *f, const void *param)
{
    const struct fake_limits none = {0, 0, 0};
    struct disk *d = plug(w, f);

    (void)param;
    fake_blk_offer_discard(&w->f, none);
    fake_blk_offer_write_zeroes(&w->f, none, false);
    fake_blk_offer_secure_erase(&w->f, none);
    disk_open(d);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, 1, END - 1, false), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_WRITE_ZEROES, 1, END - 1, false), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_SECURE_ERASE, 1, END - 1, false), VWR_OK);
    assert_int_equal(w->disk.count, 3);
    assert_true(sectors_are(d, 1, END - 1, FAKE_ERASED));
    assert_true(sectors_are_untouched(d, 0, 1));
}

/* A limit smaller than the alignment, or all ones: a documented result, and no endless loop. */
static void D32_limits_make_no_sense(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = plug(w, f);

    (void)param;
    fake_blk_offer_secure_erase(&w->f, (struct fake_limits){3, 1, 4});
    fake_blk_offer_discard(&w->f, (struct fake_limits){0xffffffff, 0xffffffff, 0xffffffff});
    fake_blk_offer_write_zeroes(&w->f, (struct fake_limits){1, 0xffffffff, 0}, false);
    disk_open(d);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_SECURE_ERASE, 4, 8, false),
                     VWR_OK); /* three sectors each */
    assert_int_equal(w->disk.count, 3);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, 0, END, false), VWR_OK);
    assert_int_equal(w->disk.count, 4);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_WRITE_ZEROES, 0, 5, false), VWR_OK);
    assert_int_equal(w->disk.count, 9);
}

/* Data in parts: seg_max segments of size_max bytes, and one less and one more. */
static void segment_limits(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vec part[6];
    struct disk *d = plug(w, f);

    (void)param;
    fake_offer(&w->f, VWR_BLK_F_SIZE_MAX);
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, 5);
    fake_config(&w->f, VWR_BLK_CONFIG_SIZE_MAX, 4, 2 * SECTOR);
    disk_open(d);
    for (unsigned i = 0; i < 6; i++)
        part[i] = (struct vwr_vec){disk_sector(d, 4 * i), SECTOR};
    for (unsigned count = 4; count <= 6; count++) {
        vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 7, NULL, 0);
        d->req[0].req.vecs = part;
        d->req[0].req.vec_count = count;
        assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), count <= 5 ? VWR_OK : VWR_ESEGMENTS);
        (void)vwr_blk_kick(disk_queue(d, 0));
        if (count <= 5)
            assert_int_equal(vwr_blk_wait(disk_queue(d, 0), &d->req[0]), VWR_OK);
        assert_int_equal(last(d)->segments, count <= 5 ? count : 5);
    }
    for (unsigned sectors = 9; sectors <= 11; sectors++) { /* at most 5 segments of 2 sectors */
        w->disk.count = 0;
        vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 7, w->buffer, sectors * SECTOR);
        assert_int_equal(vwr_blk_do(disk_queue(d, 0), &d->req[0]), VWR_OK);
        assert_int_equal(w->disk.count, sectors <= 10 ? 1 : 2); /* in several requests */
        assert_int_equal(w->disk.request[0].largest, 2 * SECTOR);
        assert_true(world_has_pattern(w, 7, sectors));
    }
    assert_int_equal(vwr_blk_read(&w->blk, 7, w->buffer, 31), VWR_OK); /* in several requests */
    assert_true(world_has_pattern(w, 7, 31));
}

/* ---- parts ---- */

static void vectored(struct world *w, const struct format *f, const void *param)
{
    static const unsigned lengths[] = {1, 5, 2, 1, 11, 3};
    struct vwr_vec part[6];
    struct disk *d = open_disk(w, f);
    uint64_t at = 20;

    (void)param;
    fake_ram_scatter(w->buffer, WORLD_BUFFER_BYTES);
    for (unsigned i = 0; i < 6; i++)
        part[i] = (struct vwr_vec){disk_sector(d, i * 9) + (i % 3) * 100, lengths[i] * SECTOR};
    part[4].p = disk_sector(d, 52); /* the longest one lies last in memory */
    part[5].p = disk_sector(d, 36);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, at, part, 6), VWR_OK);
    for (unsigned i = 0; i < 6; at += lengths[i++])
        assert_memory_equal(part[i].p, w->disk.data + at * SECTOR, part[i].bytes);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_OUT, 200, part, 6), VWR_OK);
    assert_memory_equal(w->disk.data + 200 * SECTOR, w->disk.data + 20 * SECTOR, 23 * SECTOR);
    assert_true(sectors_are_untouched(d, 223, 33));
    assert_true(sectors_are_untouched(d, 0, 200));
    part[0].bytes = 100; /* any length; the total is whole sectors */
    part[1].bytes = 2 * SECTOR - 100;
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, 30, part, 2), VWR_OK);
    assert_memory_equal(part[0].p, w->disk.data + 30 * SECTOR, 100);
    assert_memory_equal(part[1].p, w->disk.data + 30 * SECTOR + 100, 2 * SECTOR - 100);
}

/* More parts than one request may have: as many requests as necessary, cut at block boundaries. */
static void vectored_in_several_requests(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t blocks[] = {SECTOR, 2048};
    struct vwr_vec part[24];

    (void)param;
    for (unsigned b = 0; b < 2; b++) {
        struct disk *d;

        fake_bus_reset();
        d = plug(w, f);
        fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, 5);
        fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, blocks[b]);
        disk_open(d);
        for (unsigned i = 0; i < 24; i++)
            part[i] = (struct vwr_vec){disk_sector(d, 2 * i), SECTOR};
        assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, 8, part, 24), VWR_OK);
        assert_int_equal(w->disk.count, b == 0 ? 5 : 6);
        for (unsigned i = 0; i < 24; i++)
            assert_memory_equal(part[i].p, w->disk.data + (8 + i) * SECTOR, SECTOR);
        assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_OUT, 100, part, 24), VWR_OK);
        assert_memory_equal(w->disk.data + 100 * SECTOR, w->disk.data + 8 * SECTOR, 24 * SECTOR);
        for (unsigned i = 0; i < w->disk.count; i++)
            assert_int_equal(w->disk.request[i].bytes % blocks[b], 0);
    }
}

/* A request of any length, part by part. */
static void part_by_part(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vec part[7];
    struct disk *const d = plug(w, f);
    struct vwr_blk_requestq *q;
    struct vwr_blk_req *const r = &d->req[0];
    uint64_t bytes = 0;

    (void)param;
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, 3);
    disk_open(d);
    q = disk_queue(d, 0);
    for (unsigned i = 0; i < 7; i++)
        part[i] = (struct vwr_vec){disk_sector(d, 2 * i), SECTOR};
    vwr_blk_fill(r, VWR_BLK_T_IN, 8, NULL, 0);
    r->req.vecs = part;
    r->req.vec_count = 7;
    for (uint64_t at = 0; at < 7 * SECTOR; at += bytes) {
        assert_int_equal(vwr_blk_submit_part(q, r, at, &bytes), VWR_OK);
        assert_int_equal(bytes, (at < 6 * SECTOR ? 3 : 1) * SECTOR);
        (void)vwr_blk_kick(q);
        assert_int_equal(vwr_blk_wait(q, r), VWR_OK);
        assert_int_equal(last(d)->sector, 8 + at / SECTOR);
    }
    for (unsigned i = 0; i < 7; i++)
        assert_memory_equal(part[i].p, w->disk.data + (8 + i) * SECTOR, SECTOR);
    w->disk.count = 0;
    assert_int_equal(vwr_blk_submit_part(q, r, 7 * SECTOR, &bytes), VWR_EINVAL);
    assert_int_equal(vwr_blk_submit_part(q, r, 7 * SECTOR + 1, &bytes), VWR_EINVAL);
    vwr_blk_fill(r, VWR_BLK_T_FLUSH, 0, NULL, 0);
    assert_int_equal(vwr_blk_submit_part(q, r, 0, &bytes), VWR_EINVAL);
    vwr_blk_fill(r, VWR_BLK_T_GET_ID, 0, w->buffer, VWR_BLK_GET_ID_BYTES);
    assert_int_equal(vwr_blk_submit_part(q, r, 0, &bytes), VWR_EINVAL);
    assert_false(vwr_blk_kick(q));
    assert_int_equal(w->disk.count, 0);
}

/* ---- fields that may change ---- */

static void write_cache(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    fake_offer(&w->f, VWR_BLK_F_CONFIG_WCE);
    fake_config(&w->f, VWR_BLK_CONFIG_WRITEBACK, 1, 1);
    disk_open(d);
    assert_int_equal(w->blk.info.write_cache, 1);
    assert_int_equal(vwr_blk_set_write_cache(&w->blk, false), VWR_OK);
    assert_int_equal(w->f.config[VWR_BLK_CONFIG_WRITEBACK], 0);
    assert_int_equal(fake_count(&w->f, "W Config"), 1);
    assert_int_equal(w->blk.info.write_cache, 0);
    assert_int_equal(vwr_blk_set_write_cache(&w->blk, true), VWR_OK);
    assert_int_equal(w->f.config[VWR_BLK_CONFIG_WRITEBACK], 1);
    assert_int_equal(w->blk.info.write_cache, 1);
    fake_config(&w->f, VWR_BLK_CONFIG_WRITEBACK, 1, 0); /* the device changes the mode itself */
    assert_int_equal(vwr_blk_config_changed(&w->blk), 0);
    assert_int_equal(w->blk.info.write_cache, 0);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(vwr_blk_set_write_cache(&w->blk, true), VWR_EFAILED);
}

/* The device ignores the write: the call explains it, and the driver knows the actual mode. */
static void write_cache_that_is_stuck(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    fake_offer(&w->f, VWR_BLK_F_CONFIG_WCE);
    fake_config(&w->f, VWR_BLK_CONFIG_WRITEBACK, 1, 1);
    disk_open(d);
    w->f.quirks.config_stuck = true;
    assert_int_equal(vwr_blk_set_write_cache(&w->blk, false), VWR_EPROTO);
    world_explains(w, "writeback was set to 0 but reads 1");
    assert_int_equal(w->blk.info.write_cache, 1);
    assert_int_equal(vwr_blk_set_write_cache(&w->blk, true), VWR_OK);
    disk_is_idle(d);
}

static void write_cache_that_is_not_switched(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    disk_open(d);
    assert_int_equal(w->blk.info.write_cache, 1); /* FLUSH without CONFIG_WCE */
    assert_int_equal(vwr_blk_set_write_cache(&w->blk, false), VWR_EUNSUPP);
    assert_int_equal(w->f.accesses, 0);
}

static unsigned resized;
static uint64_t sectors_before;

static void on_resized(void *context, struct vwr_blk *b, uint64_t before)
{
    assert_ptr_equal(context, &resized);
    assert_int_not_equal(b->info.sectors, before);
    resized++;
    sectors_before = before;
}

static void resize(struct world *w, uint64_t sectors)
{
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, sectors);
    w->f.generation++;
    w->f.interrupt |= VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;
}

static void capacity_changes(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    resized = 0;
    w->options.resized = on_resized;
    w->options.context = &resized;
    disk_open(d);
    assert_int_equal(vwr_blk_config_changed(&w->blk), 0);
    assert_int_equal(resized, 0);
    resize(w, 64);
    assert_int_equal(vwr_blk_read(&w->blk, 64, w->buffer, 1), VWR_OK); /* no configuration interrupt yet */
    assert_int_equal(vwr_dev_irq(&w->mmio.dev), VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    assert_int_equal(vwr_blk_config_changed(&w->blk), 1);
    assert_int_equal(resized, 1);
    assert_int_equal(sectors_before, END);
    assert_int_equal(w->blk.info.sectors, 64);
    assert_int_equal(vwr_blk_read(&w->blk, 64, w->buffer, 1), VWR_ERANGE);
    assert_int_equal(vwr_blk_read(&w->blk, 63, w->buffer, 1), VWR_OK);
    vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 64, w->buffer, SECTOR);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_ERANGE);
    resize(w, END);
    assert_int_equal(vwr_blk_config_changed(&w->blk), 1);
    assert_int_equal(sectors_before, 64);
    assert_int_equal(vwr_blk_read(&w->blk, END - 1, w->buffer, 1), VWR_OK);
    w->blk.options.resized = NULL; /* the caller has no callback */
    resize(w, 64);
    assert_int_equal(vwr_blk_config_changed(&w->blk), 1);
    assert_int_equal(vwr_blk_config_changed(&w->blk), 0);
}

/* The disk shrinks with requests in flight: the device answers them. */
static void D31_capacity_shrinks_under_requests(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    assert_int_equal(vwr_blk_submit(q, disk_read(d, 0, 200)), VWR_OK);
    assert_int_equal(vwr_blk_submit(q, disk_read(d, 1, 5)), VWR_OK);
    (void)vwr_blk_kick(q);
    resize(w, 64);
    assert_int_equal(vwr_blk_config_changed(&w->blk), 1);
    w->disk.has_status = true;
    w->disk.status = VWR_BLK_S_IOERR;
    fake_blk_answer(&w->f, 0);
    w->disk.has_status = false;
    fake_blk_answer(&w->f, 0);
    assert_int_equal(disk_reap(d, q, 4), 2);
    assert_int_equal(d->req[0].req.result, VWR_EIO);
    disk_has_read(d, &d->req[1], 5);
    disk_is_idle(d);
}

/* The configuration keeps changing, or is gone: the disk is stopped and explains why. */
static void D29_changes_for_ever(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    disk_open(d);
    w->f.quirks.capacity = 77;
    w->f.quirks.config_changes = FAKE_FOREVER;
    assert_int_equal(vwr_blk_config_changed(&w->blk), VWR_EUNSTABLE);
    assert_int_equal(w->blk.info.sectors, END);
    assert_int_equal(vwr_get_stage(&w->blk.bringup), VWR_STAGE_STOPPED);
    assert_int_equal(vwr_blk_config_changed(&w->blk), VWR_EFAILED);
    world_honest(w);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    world_works_again(w);
}

/* A capacity that changes between the reads of its two halves is read until it is stable. */
static void D29_capacity_is_read_until_stable(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    disk_open(d);
    w->f.quirks.capacity = 0x100000004d;
    w->f.quirks.config_changes = 3;
    assert_int_equal(vwr_blk_config_changed(&w->blk), 1);
    assert_true(w->blk.info.sectors == 0x100000004d);
}

static void D36_needs_reset_at_config_change(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    disk_open(d);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    resize(w, 64);
    assert_int_equal(vwr_blk_config_changed(&w->blk), VWR_ENEEDSRESET);
    assert_int_equal(w->blk.info.sectors, END);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), disk_read(d, 0, 0)), VWR_EFAILED);
    world_honest(w);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    world_works_again(w);
}

/* The driver checks reads and writes without their rows in the description: its results must equal those
 * rows. */
static void rows_of_reads_and_writes(struct world *w, const struct format *f, const void *param)
{
    unsigned found = 0;

    (void)w;
    (void)f;
    (void)param;
    for (unsigned i = 0; i < VWR_BLK_REQUEST_COUNT; i++) {
        const struct vwr_request *const row = &vwr_blk_requests[i];
        const bool in = row->type == VWR_BLK_T_IN;

        if (!in && row->type != VWR_BLK_T_OUT)
            continue;
        found++;
        assert_int_equal(row->payload, in ? VWR_PAYLOAD_IN : VWR_PAYLOAD_OUT);
        assert_int_equal(row->versions, VWR_LEGACY | VWR_MODERN);
        assert_int_equal(row->sector, VWR_SECTOR_START);
        assert_int_equal(row->feature, VWR_FEATURE_NONE);
        assert_int_equal(row->refused_by, in ? VWR_FEATURE_NONE : VWR_BLK_F_RO);
        assert_int_equal(row->unit, VWR_BLK_SECTOR_BYTES);
        assert_int_equal(row->exact, 0);
    }
    assert_int_equal(found, 2);
}

static const struct {
    const char *name;
    format_test *test;
} rows[] = {
    {"rows_of_reads_and_writes", rows_of_reads_and_writes},
    {"in_and_out", in_and_out},
    {"flush_id_and_lifetime_scripted", flush_id_and_lifetime},
    {"lifetime_scripted", lifetime},
    {"one_range_scripted", one_range},
    {"ranges_at_once", ranges_at_once},
    {"ranges_of_any_length_scripted", ranges_of_any_length},
    {"several_ranges_scripted", several_ranges},
    {"one_wrong_range", one_wrong_range},
    {"ranges_in_segments", ranges_in_segments},
    {"range_limits_scripted", range_limits},
    {"limits_of_nothing_scripted", limits_of_nothing},
    {"D32_limits_make_no_sense_scripted", D32_limits_make_no_sense},
    {"segment_limits", segment_limits},
    {"vectored", vectored},
    {"vectored_in_several_requests", vectored_in_several_requests},
    {"part_by_part", part_by_part},
    {"write_cache", write_cache},
    {"write_cache_that_is_stuck", write_cache_that_is_stuck},
    {"write_cache_that_is_not_switched", write_cache_that_is_not_switched},
    {"capacity_changes", capacity_changes},
    {"D31_capacity_shrinks_under_requests", D31_capacity_shrinks_under_requests},
    {"D29_changes_for_ever", D29_changes_for_ever},
    {"D29_capacity_is_read_until_stable", D29_capacity_is_read_until_stable},
    {"D36_needs_reset_at_config_change", D36_needs_reset_at_config_change},
};

int main(void)
{
    static const uint16_t sizes[] = {32, 0};
    static const struct format_range range = {KIND_ALL, FORMAT_INDIRECT | FORMAT_IN_ORDER, 0, sizes};
    static struct format_tests tests;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        format_add(&tests, rows[i].name, rows[i].test, NULL, &range);
    return format_run("requests", &tests);
}
