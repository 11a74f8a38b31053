/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/vm.h"

#include "slow.h"

#include <string.h>

/* A guest's disk as its driver sees it, over a scripted backend. */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define SECTORS 256u
#define MANY 12u /* more than a device processes concurrently */

static struct slow slow;
static struct vwr_blk_req req[MANY];

static struct guest *plug(const struct kind *k, struct vwr_vblk_options *o)
{
    struct guest *const g = &stage.guest[0];

    if (slow.at == NULL || o == NULL)
        slow_make(&slow, SECTORS);
    if (o != NULL) {
        stage_plug(g, k, o);
    } else {
        const struct vwr_vblk_options plain = stage_options(g, &slow.backend);

        stage_plug(g, k, &plain);
    }
    return g;
}

static void end(struct guest *g)
{
    assert_int_equal(vwr_vblk_in_flight(&g->disk), 0);
    assert_int_equal(slow.out_count, 0);
    slow_free(&slow);
    slow.at = NULL;
}

static void options(struct guest **g, struct vwr_vblk_options *o)
{
    *g = &stage.guest[0];
    slow_make(&slow, SECTORS);
    *o = stage_options(*g, &slow.backend);
}

static int transfer(struct guest *g, uint32_t type, uint64_t sector, void *at, uint32_t sectors)
{
    int r;

    stage_enter(g);
    r = type == VWR_BLK_T_IN ? vwr_blk_read(&g->blk, sector, at, sectors)
                             : vwr_blk_write(&g->blk, sector, at, sectors);
    stage_leave();
    return r;
}

/* An asynchronous request. */
static void submit_one(struct guest *g, uint32_t type, uint64_t sector, void *at, uint32_t sectors)
{
    memset(&req[0], 0, sizeof(req[0]));
    vwr_blk_fill(&req[0], type, sector, at, sectors * SECTOR);
    stage_enter(g);
    assert_int_equal(vwr_blk_submit(&g->blk.first, &req[0]), VWR_OK);
    (void)vwr_blk_kick(&g->blk.first);
    stage_leave();
}

/* ---- properties ---- */

static void what_it_says(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    char id[VWR_BLK_GET_ID_BYTES + 1];

    options(&g, &o);
    slow.backend.block_bytes = 4096;
    slow.backend.discard_sectors = 64;
    slow.backend.discard_align = 16;
    slow.backend.write_zeroes_sectors = 32;
    slow.backend.physical_block_exp = 2;
    slow.backend.first_aligned = 3;
    slow.backend.min_io_size = 5;
    slow.backend.opt_io_size = 7;
    o.first = 16; /* two blocks */
    o.id = "twenty characters of";
    g->queue_count = 3;
    plug(k, &o);
    stage_open(g, 3, 1);
    assert_int_equal(g->blk.info.sectors, SECTORS - 16);
    assert_int_equal(g->blk.info.block_bytes, 4096);
    assert_int_equal(g->blk.info.segments_max, STAGE_QUEUE - 2); /* and not the 22 that would fit */
    assert_int_equal(g->blk.info.segment_bytes_max, 0);
    assert_int_equal(g->blk.info.queues, 3);
    assert_true(g->blk.info.write_cache && !g->blk.info.read_only);
    stage_enter(g);
    assert_int_equal(vwr_blk_config_get_max_discard_sectors(&g->mmio.dev.config), 64);
    assert_int_equal(vwr_blk_config_get_max_discard_seg(&g->mmio.dev.config), VWR_VBLK_RANGES);
    assert_int_equal(vwr_blk_config_get_discard_sector_alignment(&g->mmio.dev.config), 16);
    assert_int_equal(vwr_blk_config_get_max_write_zeroes_sectors(&g->mmio.dev.config), 32);
    assert_int_equal(vwr_blk_config_get_write_zeroes_may_unmap(&g->mmio.dev.config), 0);
    assert_int_equal(vwr_blk_config_get_topology_physical_block_exp(&g->mmio.dev.config), 2);
    assert_int_equal(vwr_blk_config_get_topology_alignment_offset(&g->mmio.dev.config), 1);
    assert_int_equal(vwr_blk_config_get_topology_min_io_size(&g->mmio.dev.config), 5);
    assert_int_equal(vwr_blk_config_get_topology_opt_io_size(&g->mmio.dev.config), 7);
    assert_int_equal(vwr_blk_get_id(&g->blk, id), VWR_OK);
    stage_leave();
    assert_string_equal(id, "twenty characters of");
    end(g);
}

static bool offers(const struct guest *g, unsigned feature)
{
    return vwr_features_have(&g->disk.dev.offered, feature);
}

static void what_it_offers(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;

    options(&g, &o);
    assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
    assert_true(offers(g, VWR_BLK_F_SEG_MAX) && offers(g, VWR_BLK_F_BLK_SIZE) && offers(g, VWR_BLK_F_FLUSH) &&
                offers(g, VWR_BLK_F_CONFIG_WCE) && offers(g, VWR_BLK_F_DISCARD) &&
                offers(g, VWR_BLK_F_WRITE_ZEROES));
    assert_false(offers(g, VWR_BLK_F_RO) || offers(g, VWR_BLK_F_MQ) || offers(g, VWR_BLK_F_TOPOLOGY) ||
                 offers(g, VWR_BLK_F_SIZE_MAX) || offers(g, VWR_BLK_F_SCSI) || offers(g, VWR_BLK_F_ZONED));
    o.write_through = true;
    assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
    assert_false(offers(g, VWR_BLK_F_FLUSH) || offers(g, VWR_BLK_F_CONFIG_WCE));
    o.write_through = false;
    o.read_only = true;
    g->queue_count = 2;
    assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
    assert_true(offers(g, VWR_BLK_F_RO) && offers(g, VWR_BLK_F_MQ));
    assert_false(offers(g, VWR_BLK_F_FLUSH) || offers(g, VWR_BLK_F_DISCARD) ||
                 offers(g, VWR_BLK_F_WRITE_ZEROES));
    o.read_only = false;
    slow.backend.read_only = true;
    assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
    assert_true(offers(g, VWR_BLK_F_RO));
    slow.backend.read_only = false;
    slow.backend.flush = slow.backend.discard = slow.backend.write_zeroes = false;
    slow.backend.segments_max = 5;
    assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
    assert_false(offers(g, VWR_BLK_F_FLUSH) || offers(g, VWR_BLK_F_DISCARD) ||
                 offers(g, VWR_BLK_F_WRITE_ZEROES));
    assert_int_equal(vwr_guest32(k->legacy, g->disk.config.seg_max), 4); /* one may cross a border */
    slow.backend.splits = true;
    assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
    assert_int_equal(vwr_guest32(k->legacy, g->disk.config.seg_max), 5);
    slow.backend.segments_max = 1;
    slow.backend.splits = false;
    assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
    assert_int_equal(vwr_guest32(k->legacy, g->disk.config.seg_max), 1);
    end(g);
}

/* Number of blocks from the start of the window to the next physical block, if it fits in a byte;
 * otherwise both are 0. */
static void physical_blocks_of_a_window(const struct kind *k)
{
    static const struct {
        uint8_t exp, aligned, says_exp, says_offset;
        uint16_t first;
    } row[] = {{2, 0, 2, 0, 0},   {2, 0, 2, 3, 1}, {2, 3, 2, 0, 3}, {3, 3, 3, 7, 4},   {8, 0, 8, 255, 1},
               {9, 0, 0, 0, 100}, {9, 9, 9, 4, 5}, {9, 9, 9, 9, 0}, {22, 0, 22, 0, 0}, {22, 0, 0, 0, 1}};
    struct guest *g;
    struct vwr_vblk_options o;

    options(&g, &o);
    for (unsigned i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        slow.backend.physical_block_exp = row[i].exp;
        slow.backend.first_aligned = row[i].aligned;
        slow.backend.opt_io_size = 1;
        o.first = row[i].first;
        assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
        assert_int_equal(g->disk.config.topology.physical_block_exp, row[i].says_exp);
        assert_int_equal(g->disk.config.topology.alignment_offset, row[i].says_offset);
    }
    end(g);
}

static void wrong_init(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;

    options(&g, &o);
    slow.backend.block_bytes = 1024;
#define REFUSED(change, back, result)                       \
    do {                                                    \
        change;                                             \
        assert_int_equal(stage_try_plug(g, k, &o), result); \
        back;                                               \
    } while (0)
    REFUSED(o.backend = NULL, o.backend = &slow.backend, VWR_EINVAL);
    REFUSED(o.first = 1, o.first = 0, VWR_ERANGE);
    REFUSED(o.first = SECTORS + 2, o.first = 0, VWR_ERANGE);
    REFUSED(o.first = UINT64_MAX - 1, o.first = 0, VWR_ERANGE);
    REFUSED(o.sectors = SECTORS + 2, o.sectors = 0, VWR_ERANGE);
    REFUSED(o.sectors = 3, o.sectors = 0, VWR_ERANGE);
    REFUSED((o.first = 2, o.sectors = SECTORS), (o.first = 0, o.sectors = 0), VWR_ERANGE);
    REFUSED((o.first = 2, o.sectors = UINT64_MAX - 1), (o.first = 0, o.sectors = 0), VWR_ERANGE);
    REFUSED((o.first = SECTORS - 2, o.sectors = 2), (o.first = 0, o.sectors = 0), VWR_OK);
    REFUSED(o.first = SECTORS, o.first = 0, VWR_OK); /* empty */
    REFUSED(slow.backend.physical_block_exp = 22, slow.backend.physical_block_exp = 0, VWR_EINVAL);
    REFUSED(slow.backend.physical_block_exp = 32, slow.backend.physical_block_exp = 0, VWR_EINVAL);
    REFUSED(slow.backend.physical_block_exp = 255, slow.backend.physical_block_exp = 0, VWR_EINVAL);
    REFUSED(slow.backend.physical_block_exp = 21, slow.backend.physical_block_exp = 0, VWR_OK);
#undef REFUSED
    end(g);
}

/* ---- requests ---- */

static void every_request(const struct kind *k)
{
    struct guest *const g = plug(k, NULL);
    uint8_t *const buffer = stage_alloc(g, 20 * SECTOR);

    stage_open(g, 1, 1);
    assert_int_equal(transfer(g, VWR_BLK_T_IN, SECTORS - 20, buffer, 20), VWR_OK);
    stage_has_pattern(buffer, SECTORS - 20, 20 * SECTOR, 0);
    stage_pattern(buffer, 7, 5 * SECTOR, 1);
    assert_int_equal(transfer(g, VWR_BLK_T_OUT, 7, buffer, 5), VWR_OK);
    stage_has_pattern(slow.at, 0, 7 * SECTOR, 0);
    stage_has_pattern(slow.at + 7 * SECTOR, 7, 5 * SECTOR, 1);
    stage_has_pattern(slow.at + 12 * SECTOR, 12, (SECTORS - 12) * SECTOR, 0);
    stage_enter(g);
    assert_int_equal(vwr_blk_flush(&g->blk), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_DISCARD, 7, 2, false), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_WRITE_ZEROES, 200, 9, true), VWR_OK);
    stage_leave();
    assert_true(stage_all(slow.at + 7 * SECTOR, 0, 2 * SECTOR));
    stage_has_pattern(slow.at + 9 * SECTOR, 9, 3 * SECTOR, 1);
    assert_true(stage_all(slow.at + 200 * SECTOR, 0, 9 * SECTOR));
    stage_has_pattern(slow.at + 209 * SECTOR, 209, (SECTORS - 209) * SECTOR, 0);
    assert_int_equal(g->disk.stats.reads, 20 / (STAGE_QUEUE - 2) != 0 ? g->disk.stats.reads : 1);
    assert_int_equal(g->disk.stats.bytes_in, 20 * SECTOR);
    assert_int_equal(g->disk.stats.bytes_out, 5 * SECTOR);
    assert_int_equal(g->disk.stats.flushes, 1);
    assert_int_equal(g->disk.stats.others, 2);
    assert_int_equal(g->disk.stats.errors, 0);
    end(g);
}

/* Several ranges in a request; the backend gets each. Clause: blk.drv.9 blk.drv.11 blk.dev.9. */
static void several_ranges(const struct kind *k)
{
    struct guest *const g = plug(k, NULL);
    struct vwr_blk_discard_write_zeroes *const range = stage_alloc(g, VWR_VBLK_RANGES * sizeof(*range));

    stage_open(g, 1, 1);
    for (unsigned i = 0; i < VWR_VBLK_RANGES; i++) {
        range[i].sector = vwr_guest64(k->legacy, i * 10);
        range[i].num_sectors = vwr_guest32(k->legacy, i + 1);
        range[i].flags = 0;
    }
    memset(req, 0, sizeof(req));
    vwr_blk_fill(&req[0], VWR_BLK_T_WRITE_ZEROES, 0, range, VWR_VBLK_RANGES * sizeof(*range));
    stage_enter(g);
    assert_int_equal(vwr_blk_do(&g->blk.first, &req[0]), VWR_OK);
    stage_leave();
    for (unsigned i = 0; i < VWR_VBLK_RANGES; i++) {
        assert_true(stage_all(slow.at + i * 10 * SECTOR, 0, (i + 1) * SECTOR));
        stage_has_pattern(slow.at + (i * 11 + 1) * SECTOR, i * 11 + 1, (9 - i) * SECTOR, 0);
    }
    end(g);
}

/* Clause: blk.dev.3 blk.dev.4. */
static void read_only(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    uint8_t *buffer;
    uint8_t *status;

    options(&g, &o);
    o.read_only = true;
    plug(k, &o);
    buffer = stage_alloc(g, SECTOR);
    status = stage_alloc(g, 1);
    stage_open(g, 1, 1);
    assert_int_equal(transfer(g, VWR_BLK_T_IN, 3, buffer, 1), VWR_OK);
    assert_int_equal(transfer(g, VWR_BLK_T_OUT, 3, buffer, 1), VWR_EROFS);
    for (unsigned i = 0; i < 2; i++) { /* a driver that writes anyway, whether or not it has accepted RO */
        struct segments p = {.out = 0};

        stage_take_queue_without(g, i == 0 ? VWR_BLK_F_MQ : VWR_BLK_F_RO);
        *status = STAGE_POISON;

        stage_segment(g, &p, stage_header(g, VWR_BLK_T_OUT, 0), 16, false);
        stage_segment(g, &p, buffer, SECTOR, false);
        stage_segment(g, &p, status, 1, true);
        assert_int_equal(stage_send(g, &p), 1);
        assert_int_equal(*status, VWR_BLK_S_IOERR);
    }
    stage_has_pattern(slow.at, 0, slow.bytes, 0);
    end(g);
}

/* A disk with larger blocks: unaligned requests are errors, and the backend does not see them. */
static void whole_blocks(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    uint8_t *buffer;
    uint8_t *status;

    options(&g, &o);
    slow.backend.block_bytes = 4096;
    plug(k, &o);
    buffer = stage_alloc(g, 2 * 4096);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    for (unsigned i = 0; i < 4; i++) {
        struct segments p = {.out = 0};

        stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, i == 0 ? 1 : 8), 16, false);
        stage_segment(g, &p, buffer, i == 1 ? SECTOR : i == 2 ? 4096 + SECTOR : 4096, true);
        stage_segment(g, &p, status, 1, true);
        assert_int_equal(stage_send(g, &p), i == 3 ? 4097 : 0);
        assert_int_equal(*status, i == 3 ? VWR_BLK_S_OK : VWR_BLK_S_IOERR);
        assert_int_equal(slow.submits, i == 3);
    }
    stage_has_pattern(buffer, 8, 4096, 0);
    end(g);
}

/* The segments of a read count towards the byte budget, except those of a small read. */
static void many_segments(const struct kind *k)
{
    struct guest *g = plug(k, NULL);
    uint8_t *const buffer = stage_alloc(g, 7 * SECTOR);
    uint8_t *const status = stage_alloc(g, 1);
    uint32_t work[3]; /* the first request looks up its memory region, which also counts */

    stage_take_queue(g);
    for (unsigned i = 0; i < 3; i++) {
        const unsigned data = i < 2 ? 6 : 7;
        struct segments p = {.out = 0};

        stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 8), 16, false);
        for (unsigned n = 0; n < data; n++)
            stage_segment(g, &p, buffer + n * SECTOR, SECTOR, true);
        stage_segment(g, &p, status, 1, true);
        assert_int_equal(stage_send(g, &p), data * SECTOR + 1);
        work[i] = g->disk.dev.work;
    }
    assert_int_equal(work[1] - work[2], 9 * VWR_VDEV_SEG_BYTES);
    stage_has_pattern(buffer, 8, 7 * SECTOR, 0);
    end(g);
}

/* ---- the cache ---- */

/* Opens without some features and writes; returns whether the write was flushed. */
static bool is_flushed(struct guest *g, const struct vwr_features *avoid, int writeback)
{
    const struct vwr_blk_options o = {.avoid = *avoid};
    const vwr_count writes = g->disk.stats.writes;
    static uint8_t *buffer;

    buffer = stage_alloc(g, SECTOR);
    slow.submits = 0;
    if (g->ring.shared == NULL)
        (void)stage_try_open(g, 1, 1);
    stage_enter(g);
    assert_int_equal(vwr_mmio_probe(&g->mmio, (volatile void *)(uintptr_t)g->vm.base, VWR_MMIO_SIZE), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&g->blk, &g->mmio.dev, &g->ring, &o), VWR_OK);
    if (writeback >= 0)
        assert_int_equal(vwr_blk_set_write_cache(&g->blk, writeback != 0), VWR_OK);
    assert_int_equal(vwr_blk_write(&g->blk, 0, buffer, 1), VWR_OK);
    stage_leave();
    assert_int_equal(g->disk.stats.writes - writes, 1); /* and no flush by the guest */
    assert_int_equal(slow.type[0], VWR_BLK_T_OUT);
    assert_true(slow.submits == 1 || (slow.submits == 2 && slow.type[1] == VWR_BLK_T_FLUSH));
    return slow.submits == 2;
}

/* Clause: blk.dev.13. */
static void write_cache(const struct kind *k)
{
    struct guest *const g = plug(k, NULL);
    struct vwr_features avoid;

    vwr_features_clear(&avoid);
    assert_false(is_flushed(g, &avoid, -1));
    assert_false(is_flushed(g, &avoid, 1));
    assert_true(is_flushed(g, &avoid, 0));
    assert_false(is_flushed(g, &avoid, -1)); /* enabled again after a reset */
    vwr_features_add(&avoid,
                     VWR_BLK_F_FLUSH); /* can switch the cache but not flush it: legacy keeps it, else off */
    assert_int_equal(is_flushed(g, &avoid, -1), !k->legacy);
    vwr_features_clear(&avoid);
    vwr_features_add(&avoid, VWR_BLK_F_CONFIG_WCE);
    assert_false(is_flushed(g, &avoid, -1));
    vwr_features_add(&avoid, VWR_BLK_F_FLUSH);
    assert_true(is_flushed(g, &avoid, -1)); /* offered, but the driver cannot flush */
    slow.backend.flush = false;
    assert_false(is_flushed(g, &avoid, -1)); /* nothing to flush */
    end(g);
}

/* Clause: blk.dev.13. */
static void write_through(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    struct vwr_features none;

    vwr_features_clear(&none);
    options(&g, &o);
    o.write_through = true;
    plug(k, &o);
    assert_true(is_flushed(g, &none, -1));
    slow.only = VWR_BLK_T_FLUSH;
    slow.result = VWR_EIO;
    assert_int_equal(transfer(g, VWR_BLK_T_OUT, 0, g->memory, 1), VWR_EIO);
    slow.only = VWR_BLK_T_OUT;
    slow.submits = 0;
    assert_int_equal(transfer(g, VWR_BLK_T_OUT, 0, g->memory, 1), VWR_EIO);
    assert_int_equal(slow.submits, 1); /* nothing to flush */
    end(g);
}

/*
 * A request of many parts, each completed within its submit, or all but the first, and then a flush: no part
 * uses more stack than the previous one.
 */
static void parts_share_a_frame(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    uint8_t *buffer;

    options(&g, &o);
    o.write_through = true;
    slow.backend.bytes_max = SECTOR;
    plug(k, &o);
    buffer = stage_alloc(g, 64 * SECTOR);
    stage_open(g, 1, 1);
    stage_pattern(buffer, 100, 64 * SECTOR, 1);
    assert_int_equal(transfer(g, VWR_BLK_T_OUT, 100, buffer, 64), VWR_OK);
    assert_int_equal(slow.submits, 65);
    assert_int_equal(slow.frame[1], slow.frame[0]);
    stage_has_pattern(slow.at + 100 * SECTOR, 100, 64 * SECTOR, 1);
    slow.later = true;
    submit_one(g, VWR_BLK_T_OUT, 100, buffer, 64);
    assert_int_equal(slow.out_count, 1);
    slow.later = false;
    slow.frame[0] = slow.frame[1] = 0;
    slow_end(&slow, 0, VWR_OK);
    vwr_vblk_signal(&g->disk);
    assert_int_equal(slow.submits, 2 * 65);
    assert_int_equal(slow.frame[1], slow.frame[0]);
    stage_enter(g);
    assert_int_equal(vwr_blk_wait(&g->blk.first, &req[0]), VWR_OK);
    stage_leave();
    end(g);
}

/* A backend that accepts part after part and counts sectors. */
static uint64_t zeroed;

static int count_zeroed(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    for (unsigned i = 0; i < r->ranges; i++)
        zeroed += r->range[i].sectors;
    return VWR_OK;
}

/* Ranges of 2^31, 2^31 and 2^22 sectors in parts of 2^22: the sum overflows 32 bits, where it would leave
 * just the first part. */
static void ranges_beyond_32_bits(const struct kind *k)
{
    static const uint32_t sectors[] = {0x80000000, 0x80000000, 0x400000};
    static const uint32_t types[] = {VWR_BLK_T_WRITE_ZEROES, VWR_BLK_T_SECURE_ERASE};
    static const struct vwr_vblk_backend_ops ops = {.submit = count_zeroed};
    struct vwr_vblk_backend be = {.ops = &ops,
                                  .sectors = UINT64_C(1) << 34,
                                  .block_bytes = SECTOR,
                                  .write_zeroes = true,
                                  .secure_erase = true,
                                  .bytes_max = 0xfffff000u};
    struct guest *const g = &stage.guest[0];
    const struct vwr_vblk_options o = stage_options(g, &be);
    struct vwr_blk_discard_write_zeroes *range;

    stage_plug(g, k, &o);
    g->disk.dev.budget_bytes = 0x80000000u; /* otherwise there are millions of parts */
    range = stage_alloc(g, sizeof(sectors) / sizeof(sectors[0]) * sizeof(*range));
    stage_open(g, 1, 1);
    for (unsigned t = 0; t < 2 && !(k->legacy && t == 1); t++) {
        for (unsigned i = 0; i < sizeof(sectors) / sizeof(sectors[0]); i++) {
            range[i].sector = vwr_guest64(k->legacy, (uint64_t)i << 32);
            range[i].num_sectors = vwr_guest32(k->legacy, sectors[i]);
            range[i].flags = 0;
        }
        zeroed = 0;
        memset(req, 0, sizeof(req));
        vwr_blk_fill(&req[0], types[t], 0, range, sizeof(sectors) / sizeof(sectors[0]) * sizeof(*range));
        stage_enter(g);
        assert_int_equal(vwr_blk_submit(&g->blk.first, &req[0]), VWR_OK);
        (void)vwr_blk_kick(&g->blk.first);
        stage_leave();
        for (unsigned i = 0; i < 4096 && vwr_vblk_in_flight(&g->disk) != 0; i++)
            stage_serve(g);
        stage_enter(g);
        assert_int_equal(vwr_blk_wait(&g->blk.first, &req[0]), VWR_OK);
        stage_leave();
        assert_int_equal(zeroed, UINT64_C(0x100400000));
    }
    assert_int_equal(vwr_vblk_in_flight(&g->disk), 0);
}

/* A byte that is neither 0 nor 1 becomes 1; no other field is writable. */
static void what_is_written(const struct kind *k)
{
    struct guest *const g = plug(k, NULL);
    uint64_t value = 7;

    stage_open(g, 1, 1);
    assert_true(
        vwr_vm_access(&g->vm, g->vm.base + VWR_MMIO_CONFIG + VWR_BLK_CONFIG_WRITEBACK, 1, true, &value));
    assert_int_equal(g->disk.config.writeback, 1);
    value = 0;
    assert_true(
        vwr_vm_access(&g->vm, g->vm.base + VWR_MMIO_CONFIG + VWR_BLK_CONFIG_WRITEBACK, 1, true, &value));
    assert_int_equal(g->disk.config.writeback, 0);
    value = 1;
    (void)vwr_vm_access(&g->vm, g->vm.base + VWR_MMIO_CONFIG + VWR_BLK_CONFIG_CAPACITY, 4, true, &value);
    assert_int_equal(vwr_guest64(k->legacy, g->disk.config.capacity), SECTORS);
    end(g);
}

/* ---- deferred answers ---- */

static void submit_reads(struct guest *g, struct vwr_blk_requestq *q, unsigned first, unsigned n, uint8_t *at)
{
    stage_enter(g);
    for (unsigned i = first; i < first + n; i++) {
        memset(&req[i], 0, sizeof(req[i]));
        vwr_blk_fill(&req[i], VWR_BLK_T_IN, i, at + i * SECTOR, SECTOR);
        assert_int_equal(vwr_blk_submit(q, &req[i]), VWR_OK);
    }
    (void)vwr_blk_kick(q);
    stage_leave();
}

/* Counts completions; each comes once with the right data, and none is unexpected. */
static unsigned reap(struct guest *g, struct vwr_blk_requestq *q, const uint8_t *at, bool *seen, int result)
{
    struct vwr_blk_req *done[MANY];
    int n;

    stage_enter(g);
    n = vwr_blk_reap(q, done, MANY);
    stage_leave();
    assert_true(n >= 0);
    for (int i = 0; i < n; i++) {
        const unsigned which = (unsigned)(done[i] - req);

        assert_true(which < MANY && !seen[which]);
        seen[which] = true;
        assert_int_equal(done[i]->req.result, result);
        if (result == VWR_OK)
            stage_has_pattern(at + which * SECTOR, which, SECTOR, 0);
        else
            assert_true(stage_all(at + which * SECTOR, STAGE_POISON, SECTOR));
    }
    return (unsigned)n;
}

static void in_any_order(const struct kind *k)
{
    struct guest *const g = plug(k, NULL);
    uint8_t *const at = stage_alloc(g, MANY * SECTOR);
    bool seen[MANY] = {false};

    slow.later = true;
    stage_open(g, 1, MANY);
    stage_enter(g);
    assert_true(vwr_blk_arm(&g->blk.first, 1));
    stage_leave();
    submit_reads(g, &g->blk.first, 0, 5, at);
    assert_int_equal(slow.out_count, 5);
    assert_int_equal(slow.kicks, 1);
    for (unsigned i = 0; i < 5; i++)
        slow_end(&slow, i % 2 == 0 ? slow.out_count - 1 : 0, VWR_OK);
    assert_int_equal(reap(g, &g->blk.first, at, seen, VWR_OK), 0); /* not before the signal */
    assert_int_equal(g->interrupts, 0);
    vwr_vblk_signal(&g->disk);
    assert_int_equal(g->interrupts, 1);
    assert_int_equal(reap(g, &g->blk.first, at, seen, VWR_OK), 5);
    end(g);
}

/* More requests than request structures: the rest continues as they become free. */
static void all_busy(const struct kind *k)
{
    struct guest *const g = plug(k, NULL);
    uint8_t *const at = stage_alloc(g, MANY * SECTOR);
    bool seen[MANY] = {false};
    unsigned come = 0;
    const unsigned fit = k->indirect ? MANY : STAGE_QUEUE / 3; /* descriptors */

    slow.later = true;
    stage_open(g, 1, MANY);
    submit_reads(g, &g->blk.first, 0, fit, at);
    assert_int_equal(slow.out_count, fit < STAGE_REQS ? fit : STAGE_REQS);
    while (slow.out_count > 0) {
        slow_end(&slow, slow.out_count / 2, VWR_OK);
        vwr_vblk_signal(&g->disk);
        come += reap(g, &g->blk.first, at, seen, VWR_OK);
    }
    assert_int_equal(come, fit);
    end(g);
}

static void no_room(const struct kind *k)
{
    struct guest *const g = plug(k, NULL);
    uint8_t *const at = stage_alloc(g, MANY * SECTOR);
    bool seen[MANY] = {false};

    slow.later = true;
    slow.room = 2;
    stage_open(g, 1, MANY);
    submit_reads(g, &g->blk.first, 0, 5, at);
    assert_int_equal(slow.out_count, 2);
    assert_int_equal(slow.refused, 1); /* and the backend is not polled again */
    assert_int_equal(vwr_vblk_in_flight(&g->disk),
                     3); /* a request not taken yet could belong to another backend's disk */
    vwr_vblk_signal(&g->disk);
    assert_int_equal(slow.refused, 1);
    vwr_vblk_resume(&g->disk);
    assert_int_equal(slow.refused, 2);
    slow_end(&slow, 0, VWR_OK);
    slow_end(&slow, 0, VWR_EIO);
    vwr_vblk_resume(&g->disk);
    assert_int_equal(slow.out_count, 2);
    slow.room = SLOW_MANY;
    vwr_vblk_resume(&g->disk);
    assert_int_equal(slow.out_count, 3);
    assert_int_equal(g->disk.stats.errors, 1);
    while (slow.out_count > 0)
        slow_end(&slow, 0, VWR_OK);
    vwr_vblk_signal(&g->disk);
    req[1].req.result = VWR_OK;
    {
        struct vwr_blk_req *done[MANY];

        stage_enter(g);
        assert_int_equal(vwr_blk_reap(&g->blk.first, done, MANY), 5);
        stage_leave();
    }
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(req[i].req.result, i == 1 ? VWR_EIO : VWR_OK);
    (void)seen;
    end(g);
}

/* The backend is full for the flush of a write that needs one. */
static void no_room_for_the_flush(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    struct vwr_blk_req *done[1];
    uint8_t *at;

    options(&g, &o);
    o.write_through = true;
    slow.later = true;
    plug(k, &o);
    at = stage_alloc(g, SECTOR);
    stage_open(g, 1, 1);
    memset(&req[0], 0, sizeof(req[0]));
    vwr_blk_fill(&req[0], VWR_BLK_T_OUT, 0, at, SECTOR);
    stage_enter(g);
    assert_int_equal(vwr_blk_submit(&g->blk.first, &req[0]), VWR_OK);
    (void)vwr_blk_kick(&g->blk.first);
    stage_leave();
    slow.room = 0;
    slow_end(&slow, 0, VWR_OK);
    vwr_vblk_signal(&g->disk);
    assert_int_equal(vwr_vblk_in_flight(&g->disk), 1);
    slow.room = 1;
    slow.kicks = 0;
    vwr_vblk_resume(&g->disk);
    assert_int_equal(slow.kicks, 1);
    assert_int_equal(slow.type[1], VWR_BLK_T_FLUSH);
    stage_enter(g);
    assert_int_equal(vwr_blk_reap(&g->blk.first, done, 1), 0);
    stage_leave();
    slow_end(&slow, 0, VWR_OK);
    vwr_vblk_signal(&g->disk);
    stage_enter(g);
    assert_int_equal(vwr_blk_reap(&g->blk.first, done, 1), 1);
    stage_leave();
    assert_int_equal(req[0].req.result, VWR_OK);
    end(g);
}

/* ---- resets ---- */

/* Clause: reset.dev.1 reset.dev.2. */
static void reset_in_mid_io(const struct kind *k)
{
    struct guest *const g = plug(k, NULL);
    uint8_t *const at = stage_alloc(g, MANY * SECTOR);
    struct vwr_vblk_req *late;
    uint64_t ticket;

    slow.later = true;
    slow.room = 3;
    stage_open(g, 1, MANY);
    submit_reads(g, &g->blk.first, 0, 5, at);
    late = slow.out[0];
    ticket = slow.ticket[0];
    stage_enter(g);
    assert_int_equal(vwr_close(&g->blk.bringup), VWR_OK);
    stage_leave();
    assert_int_equal(slow.drains, 1);
    assert_int_equal(slow.drained_queue, VWR_VBLK_ALL_QUEUES);
    assert_int_equal(vwr_vblk_in_flight(&g->disk), 0);
    vwr_vblk_done(late, ticket, VWR_OK); /* a backend that answers in spite of the drain */
    assert_int_equal(g->disk.dev.stats.late, 1);
    vwr_vblk_signal(&g->disk);
    assert_true(stage_all(at, STAGE_POISON, MANY * SECTOR));
    assert_int_equal(g->interrupts, 0);
    slow.later = false;
    slow.room = SLOW_MANY;
    stage_works_again(g);
    assert_int_equal(slow.drains, 1); /* nothing to drain */
    end(g);
}

/* Clause: vq.dev.reset.1 vq.dev.reset.2 vq.dev.reenable.1. */
static void queue_reset_in_mid_io(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    uint8_t *at;
    bool seen[MANY] = {false};
    int r;

    options(&g, &o);
    g->queue_count = 2;
    slow.later = true;
    slow.room = 3;
    plug(k, &o);
    at = stage_alloc(g, MANY * SECTOR);
    stage_open(g, 2, MANY);
    submit_reads(g, vwr_blk_get_requestq(&g->blk, 0), 0, 2, at);
    submit_reads(g, vwr_blk_get_requestq(&g->blk, 1), 2, 3,
                 at); /* 2 is in flight, 3 is held, 4 has not been taken */
    assert_int_equal(slow.out_count, 3);
    stage_enter(g);
    r = vwr_dev_reset_queue(&g->mmio.dev, 1, &vwr_blk_get_requestq(&g->blk, 1)->requests.queue);
    stage_leave();
    if (k->legacy) {
        assert_int_equal(r, VWR_EUNSUPP);
    } else {
        assert_int_equal(r, VWR_OK);
        assert_int_equal(slow.drains, 1);
        assert_int_equal(slow.drained_queue, 1);
        assert_int_equal(slow.out_count, 2);
        assert_int_equal(vwr_vblk_in_flight(&g->disk), 2);
        slow.room = SLOW_MANY;
        vwr_vblk_resume(&g->disk);
        assert_int_equal(slow.out_count, 2); /* the held request is gone */
    }
    slow.room = SLOW_MANY;
    vwr_vblk_resume(&g->disk);
    while (slow.out_count > 0)
        slow_end(&slow, 0, VWR_OK);
    vwr_vblk_signal(&g->disk);
    while (slow.out_count > 0)
        slow_end(&slow, 0, VWR_OK);
    assert_int_equal(reap(g, vwr_blk_get_requestq(&g->blk, 0), at, seen, VWR_OK), 2);
    if (!k->legacy)
        assert_true(stage_all(at + 2 * SECTOR, STAGE_POISON, 3 * SECTOR));
    end(g);
}

/* A queue has all request structures. When it is reset, the other queue is served, without a notification. */
static void queue_reset_makes_room(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    uint8_t *at;
    bool seen[MANY] = {false};

    options(&g, &o);
    g->queue_count = 2;
    o.req_count = 2;
    slow.later = true;
    plug(k, &o);
    at = stage_alloc(g, MANY * SECTOR);
    stage_open(g, 2, MANY);
    submit_reads(g, vwr_blk_get_requestq(&g->blk, 1), 0, 2, at);
    submit_reads(g, vwr_blk_get_requestq(&g->blk, 0), 2, 1, at);
    assert_int_equal(slow.out_count, 2);
    stage_enter(g);
    if (vwr_dev_reset_queue(&g->mmio.dev, 1, &vwr_blk_get_requestq(&g->blk, 1)->requests.queue) == VWR_OK) {
        stage_leave();
        stage_serve(g);
        assert_int_equal(slow.out_count, 1);
        slow_end(&slow, 0, VWR_OK);
        vwr_vblk_signal(&g->disk);
        assert_int_equal(reap(g, vwr_blk_get_requestq(&g->blk, 0), at, seen, VWR_OK), 1);
    } else {
        stage_leave();
        assert_true(k->legacy);
        for (unsigned i = 0; i < 2; i++) {
            while (slow.out_count > 0)
                slow_end(&slow, 0, VWR_OK);
            vwr_vblk_signal(&g->disk);
        }
    }
    end(g);
}

/* ---- windows ---- */

static void two_windows(const struct kind *k)
{
    struct vwr_vblk_options o;
    struct guest *g;
    uint8_t *at[2];

    slow_make(&slow, SECTORS);
    for (unsigned i = 0; i < 2; i++) {
        g = &stage.guest[i];
        o = stage_options(g, &slow.backend);
        o.first = 64 + i * 64;
        o.sectors = 64;
        stage_plug(g, k, &o);
        at[i] = stage_alloc(g, 64 * SECTOR);
        stage_open(g, 1, 1);
        assert_int_equal(g->blk.info.sectors, 64);
    }
    for (unsigned i = 0; i < 2; i++) {
        g = &stage.guest[i];
        assert_int_equal(transfer(g, VWR_BLK_T_IN, 0, at[i], 64), VWR_OK);
        stage_has_pattern(at[i], 64 + i * 64, 64 * SECTOR, 0);
        stage_pattern(at[i], 0, 64 * SECTOR, i + 1);
        assert_int_equal(transfer(g, VWR_BLK_T_OUT, 0, at[i], 64), VWR_OK);
        assert_int_equal(transfer(g, VWR_BLK_T_IN, 63, at[i], 2), VWR_ERANGE);
        stage_enter(g);
        assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_WRITE_ZEROES, 63, 1, false), VWR_OK);
        stage_leave();
    }
    stage_has_pattern(slow.at, 0, 64 * SECTOR, 0);
    for (unsigned i = 0; i < 2; i++) {
        stage_has_pattern(slow.at + (64 + i * 64) * SECTOR, 0, 63 * SECTOR, i + 1);
        assert_true(stage_all(slow.at + (127 + i * 64) * SECTOR, 0, SECTOR));
    }
    stage_has_pattern(slow.at + 192 * SECTOR, 192, 64 * SECTOR, 0);
    end(&stage.guest[0]);
}

static void resize(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    uint8_t *at;

    options(&g, &o);
    o.first = 8;
    o.sectors = 100;
    plug(k, &o);
    at = stage_alloc(g, SECTOR);
    stage_open(g, 1, 1);
    assert_int_equal(transfer(g, VWR_BLK_T_IN, 100, at, 1), VWR_ERANGE);
    assert_int_equal(vwr_vblk_resize(&g->disk, SECTORS - 7), VWR_ERANGE);
    assert_int_equal(vwr_vblk_resize(&g->disk, UINT64_MAX), VWR_ERANGE);
    assert_int_equal(g->interrupts, 0);
    assert_int_equal(vwr_vblk_resize(&g->disk, SECTORS - 8), VWR_OK);
    assert_int_equal(g->interrupts, 1);
    stage_enter(g);
    assert_true(vwr_dev_irq(&g->mmio.dev) & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    assert_int_equal(vwr_blk_config_changed(&g->blk), 1);
    stage_leave();
    assert_false(g->line);
    assert_int_equal(g->blk.info.sectors, SECTORS - 8);
    assert_int_equal(transfer(g, VWR_BLK_T_IN, SECTORS - 9, at, 1), VWR_OK);
    stage_has_pattern(at, SECTORS - 1, SECTOR, 0);
    assert_int_equal(vwr_vblk_resize(&g->disk, 50), VWR_OK); /* a driver that has not read it yet */
    assert_int_equal(transfer(g, VWR_BLK_T_IN, 50, at, 1), VWR_EIO);
    assert_int_equal(transfer(g, VWR_BLK_T_IN, 49, at, 1), VWR_OK);
    end(g);
}

/* ---- several queues ---- */

static void four_queues(const struct kind *k)
{
    struct guest *g;
    struct vwr_vblk_options o;
    uint8_t *at;
    bool seen[MANY] = {false};

    options(&g, &o);
    g->queue_count = 4;
    slow.later = true;
    plug(k, &o);
    at = stage_alloc(g, MANY * SECTOR);
    stage_open(g, 4, 2);
    assert_int_equal(g->blk.queue_count, 4);
    for (unsigned i = 0; i < 4; i++)
        submit_reads(g, vwr_blk_get_requestq(&g->blk, i), 2 * i, 2, at);
    assert_int_equal(slow.out_count, 8);
    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(slow.out[i]->queue, i / 2);
        assert_int_equal(slow.out[i]->sector, i);
    }
    while (slow.out_count > 0)
        slow_end(&slow, slow.out_count - 1, VWR_OK);
    vwr_vblk_signal(&g->disk);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(reap(g, vwr_blk_get_requestq(&g->blk, i), at, seen, VWR_OK), 2);
    end(g);
}

/* Notifications that the VMM serves later. */
static void served_later(const struct kind *k)
{
    struct guest *const g = plug(k, NULL);
    uint8_t *const at = stage_alloc(g, MANY * SECTOR);
    bool seen[MANY] = {false};

    g->put_off = true;
    stage_open(g, 1, MANY);
    submit_reads(g, &g->blk.first, 0, 5, at);
    assert_int_equal(slow.submits, 0);
    stage_serve(g);
    assert_int_equal(slow.submits, 5);
    assert_int_equal(slow.kicks, 1);
    assert_int_equal(reap(g, &g->blk.first, at, seen, VWR_OK), 5);
    end(g);
}

static const struct stage_row rows[] = {
#define ROW(name)   \
    {               \
#name, name \
    }
    ROW(what_it_says),
    ROW(what_it_offers),
    ROW(physical_blocks_of_a_window),
    ROW(wrong_init),
    ROW(every_request),
    ROW(several_ranges),
    ROW(read_only),
    ROW(whole_blocks),
    ROW(write_cache),
    ROW(write_through),
    ROW(what_is_written),
    ROW(in_any_order),
    ROW(all_busy),
    ROW(no_room),
    ROW(no_room_for_the_flush),
    ROW(reset_in_mid_io),
    ROW(queue_reset_in_mid_io),
    ROW(queue_reset_makes_room),
    ROW(two_windows),
    ROW(resize),
    ROW(many_segments),
    ROW(four_queues),
    ROW(served_later),
    ROW(parts_share_a_frame),
    ROW(ranges_beyond_32_bits),
};

int main(void)
{
    return stage_run("disk", rows, sizeof(rows) / sizeof(rows[0]));
}
