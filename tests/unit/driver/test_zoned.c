/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "../../common/zones.h"

#include <string.h>

/*
 * Zones, tested only with the simulated disk, which implements the state machine of the specification: every
 * name ends with "scripted".
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define ZONE(i) ((uint64_t)(i)*FAKE_ZONE_SECTORS)

static const struct disk_shape shape = {1, 8, 4};

static struct disk *open_zones(struct world *w, const struct format *f, struct fake_zone_limits limits)
{
    struct disk *d = disk_plug(w, f, shape);

    fake_blk_offer_zones(&w->f, limits);
    disk_open(d);
    return d;
}

static struct zone zone(struct world *w, unsigned index)
{
    struct vwr_blk_zone_report *const report = (void *)w->buffer;

    assert_int_equal(vwr_blk_report_zones(&w->blk, ZONE(index), report, VWR_BLK_ZONE_REPORT_BYTES(1)), 1);
    return zone_get(report, 0);
}

static void zone_is(struct world *w, unsigned index, uint8_t state, uint64_t written)
{
    const struct zone z = zone(w, index);

    assert_int_equal(z.start, ZONE(index));
    assert_int_equal(z.type, index == 0 ? VWR_BLK_ZT_CONV : VWR_BLK_ZT_SWR);
    assert_int_equal(z.capacity, index == 0 ? FAKE_ZONE_SECTORS : FAKE_ZONE_CAPACITY);
    assert_int_equal(z.state, state);
    assert_int_equal(z.write_pointer, ZONE(index) + written);
}

static void info(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    (void)open_zones(w, f, (struct fake_zone_limits){0, 0, 8});
    assert_int_equal(w->blk.info.zone_sectors, FAKE_ZONE_SECTORS);
    assert_int_equal(w->blk.info.zone_model, VWR_BLK_Z_HM);
}

/* Host-managed zones exclude DISCARD, and the driver learns the zone model only after negotiation. */
static void no_discard_with_host_managed_zones(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    w->f.offered[0] |= (uint32_t)1 << VWR_BLK_F_DISCARD;
    disk_open(d);
    assert_false(vwr_dev_has(&w->mmio.dev, VWR_BLK_F_DISCARD));
    assert_true(vwr_dev_has(&w->mmio.dev, VWR_BLK_F_ZONED));
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_DISCARD, ZONE(0), 1, false), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_write(&w->blk, ZONE(2), w->buffer, 1), VWR_OK);
}

static void append_in_units_of_the_granularity(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);
    uint64_t at = 0;

    (void)param;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    fake_config(&w->f, VWR_BLK_CONFIG_ZONED_WRITE_GRANULARITY, 4, 1024);
    disk_open(d);
    assert_int_equal(w->blk.info.write_granularity, 1024);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(2), w->buffer, 1, &at), VWR_EALIGN);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(2), w->buffer, 3, &at), VWR_EALIGN);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(2), w->buffer, 2, &at), VWR_OK);
}

static void life_of_a_zone(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    (void)open_zones(w, f, (struct fake_zone_limits){0, 0, 8});
    zone_is(w, 0, VWR_BLK_ZS_NOT_WP, 0);
    zone_is(w, 2, VWR_BLK_ZS_EMPTY, 0);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, ZONE(2), NULL, 0), VWR_OK);
    zone_is(w, 2, VWR_BLK_ZS_EOPEN, 0);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_CLOSE, ZONE(2), NULL, 0), VWR_OK);
    zone_is(w, 2, VWR_BLK_ZS_EMPTY, 0);
    assert_int_equal(vwr_blk_write(&w->blk, ZONE(2), w->buffer, 3), VWR_OK);
    zone_is(w, 2, VWR_BLK_ZS_IOPEN, 3);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, ZONE(2), NULL, 0), VWR_OK);
    zone_is(w, 2, VWR_BLK_ZS_EOPEN, 3);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_CLOSE, ZONE(2), NULL, 0), VWR_OK);
    zone_is(w, 2, VWR_BLK_ZS_CLOSED, 3);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_FINISH, ZONE(2), NULL, 0), VWR_OK);
    zone_is(w, 2, VWR_BLK_ZS_FULL, FAKE_ZONE_CAPACITY);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_RESET, ZONE(2), NULL, 0), VWR_OK);
    zone_is(w, 2, VWR_BLK_ZS_EMPTY, 0);
    assert_int_equal(vwr_blk_write(&w->blk, ZONE(1), w->buffer, FAKE_ZONE_CAPACITY), VWR_OK);
    zone_is(w, 1, VWR_BLK_ZS_FULL, FAKE_ZONE_CAPACITY);
    assert_int_equal(vwr_blk_write(&w->blk, ZONE(3), w->buffer, 1), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_RESET_ALL, 0, NULL, 0), VWR_OK);
    zone_is(w, 1, VWR_BLK_ZS_EMPTY, 0);
    zone_is(w, 3, VWR_BLK_ZS_EMPTY, 0);
}

/* Without a granularity any sector may be appended, if the disk's blocks are no larger. */
static void append_of_a_block(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);
    uint64_t at = 0;

    (void)param;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    fake_config(&w->f, VWR_BLK_CONFIG_ZONED_WRITE_GRANULARITY, 4, 0);
    disk_open(d);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(2), w->buffer, 1, &at), VWR_OK);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, 2 * SECTOR);
    disk_open(d);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(3), w->buffer, 1, &at), VWR_EALIGN);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(3), w->buffer, 2, &at), VWR_OK);
}

/* Requests that the zone's state does not allow: VWR_EZONE with an explanation, and the disk stays usable. */
static void what_zones_refuse(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_zones(w, f, (struct fake_zone_limits){2, 3, 8});

    (void)param;
    assert_int_equal(vwr_blk_write(&w->blk, ZONE(1) + 1, w->buffer, 1), VWR_EZONE);
    world_explains(w, "request OUT: the device answers ZONE_UNALIGNED_WP");
    assert_int_equal(vwr_blk_write(&w->blk, ZONE(1), w->buffer, FAKE_ZONE_CAPACITY + 1), VWR_EZONE);
    world_explains(w, "ZONE_INVALID_CMD");
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, 0, NULL, 0),
                     VWR_EZONE); /* a conventional zone */
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_CLOSE, ZONE(1), NULL, 0), VWR_EZONE);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, ZONE(1), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, ZONE(2), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, ZONE(3), NULL, 0), VWR_EZONE);
    world_explains(w, "request ZONE_OPEN: the device answers ZONE_OPEN_RESOURCE");
    assert_int_equal(vwr_blk_write(&w->blk, ZONE(1), w->buffer, 1), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_CLOSE, ZONE(1), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, ZONE(3), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_write(&w->blk, ZONE(4), w->buffer, 1), VWR_EZONE);
    world_explains(w, "ZONE_ACTIVE_RESOURCE");
    assert_int_equal(disk_queue(d, 0)->stats.zone_errors, 6);
    zone_is(w, 3, VWR_BLK_ZS_EOPEN, 0);
    assert_int_equal(vwr_blk_write(&w->blk, 5, w->buffer, 3), VWR_OK); /* conventional: any sector */
}

/* ---- append ---- */

static void append(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_zones(w, f, (struct fake_zone_limits){0, 0, 8});
    uint64_t at = 0;

    (void)param;
    memset(w->buffer, 0x77, WORLD_BUFFER_BYTES);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(5), w->buffer, 8, &at), VWR_OK);
        assert_int_equal(at, ZONE(5) + 8 * i);
        assert_memory_equal(w->disk.data + at * SECTOR, w->buffer, 8 * SECTOR);
    }
    assert_int_equal(w->disk.request[0].sector, ZONE(5));
    assert_int_equal(w->disk.request[0].type, VWR_BLK_T_ZONE_APPEND);
    at = 99;
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(5), w->buffer, 1, &at), VWR_EZONE); /* full */
    assert_int_equal(at, 99);
    assert_int_equal(vwr_blk_zone_append(&w->blk, 0, w->buffer, 1, &at), VWR_EZONE);
    fake_ram_scatter(w->buffer, WORLD_BUFFER_BYTES);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(6), w->buffer + 4000, 8, &at), VWR_OK);
    assert_int_equal(d->w->disk.request[(w->disk.count - 1) % FAKE_REQUESTS].segments, 2);
    assert_memory_equal(w->disk.data + ZONE(6) * SECTOR, w->buffer + 4000, 8 * SECTOR);
}

/* Many appends in flight: each completes with its own sector. */
static void appends_at_once(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_zones(w, f, (struct fake_zone_limits){0, 0, 8});
    struct vwr_blk_requestq *const q = disk_queue(d, 0);
    bool seen[FAKE_ZONE_SECTORS] = {false};

    (void)param;
    w->disk.hold = true;
    for (unsigned i = 0; i < 8; i++) {
        (void)disk_write(d, i, ZONE(4), (uint8_t)(0x60 + i));
        d->req[i].type = VWR_BLK_T_ZONE_APPEND;
        assert_int_equal(vwr_blk_submit(q, &d->req[i]), VWR_OK);
    }
    (void)vwr_blk_kick(q);
    while (w->disk.held_count > 0)
        fake_blk_answer(&w->f, f->flags & FORMAT_IN_ORDER ? 0 : w->disk.held_count - 1);
    assert_int_equal(disk_reap(d, q, 16), 8);
    for (unsigned i = 0; i < 8; i++) {
        const uint64_t at = d->req[i].req.more;

        assert_int_equal(d->req[i].req.result, VWR_OK);
        assert_int_equal(d->req[i].req.written, 0);
        assert_true(at >= ZONE(4) && at < ZONE(4) + 8 && !seen[at - ZONE(4)]);
        seen[at - ZONE(4)] = true;
        assert_int_equal(w->disk.data[at * SECTOR], 0x60 + i);
    }
}

static void append_limits(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = open_zones(w, f, (struct fake_zone_limits){0, 0, 8});
    uint64_t at = 0;

    (void)param;
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(5), w->buffer, 7, &at), VWR_OK);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(5), w->buffer, 8, &at), VWR_OK);
    assert_int_equal(w->disk.count, 2);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(5), w->buffer, 9, &at), VWR_ERANGE);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(5), w->buffer, 0, &at), VWR_EINVAL);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(5) + 1, w->buffer, 1, &at), VWR_EALIGN);
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(8), w->buffer, 1, &at), VWR_ERANGE);
    assert_int_equal(w->disk.count, 2);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 4), 0);
}

/* max_append_sectors 0: append is not supported. */
static void no_append(struct world *w, const struct format *f, const void *param)
{
    uint64_t at = 0;

    (void)param;
    (void)open_zones(w, f, (struct fake_zone_limits){0, 0, 0});
    assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(5), w->buffer, 1, &at), VWR_EUNSUPP);
    zone_is(w, 5, VWR_BLK_ZS_EMPTY, 0);
}

/* The device reports an append sector outside of the disk: it is returned unchanged and not acted upon. */
static void D30_append_sector_makes_no_sense(struct world *w, const struct format *f, const void *param)
{
    static const uint64_t places[] = {0, UINT64_MAX - 1, (uint64_t)1 << 63, FAKE_DISK_SECTORS};
    struct disk *d = open_zones(w, f, (struct fake_zone_limits){0, 0, 8});

    (void)param;
    for (unsigned i = 0; i < 4; i++) {
        uint64_t at = 1;

        w->disk.append_sector = places[i];
        assert_int_equal(vwr_blk_zone_append(&w->blk, ZONE(5), w->buffer, 1, &at), VWR_OK);
        assert_true(at == places[i]);
    }
    w->disk.append_sector = UINT64_MAX;
    disk_is_idle(d);
}

/* ---- reports ---- */

static void report(struct world *w, const struct format *f, const void *param)
{
    struct vwr_blk_zone_report *const r = (void *)w->buffer;

    (void)param;
    (void)open_zones(w, f, (struct fake_zone_limits){0, 0, 8});
    for (unsigned room = 1; room <= FAKE_ZONES + 1; room++) {
        int n;

        memset(w->buffer, 0x5a, 2048);
        n = vwr_blk_report_zones(&w->blk, 0, r, VWR_BLK_ZONE_REPORT_BYTES(room) + 63);
        assert_int_equal(n, room < FAKE_ZONES ? room : FAKE_ZONES);
        for (int i = 0; i < n; i++)
            assert_int_equal(zone_get(r, (unsigned)i).start, ZONE(i));
        assert_int_equal(w->buffer[VWR_BLK_ZONE_REPORT_BYTES(room)], 0x5a);
    }
    /* the first zone is the one that contains the sector */
    assert_int_equal(vwr_blk_report_zones(&w->blk, ZONE(6) - 1, r, VWR_BLK_ZONE_REPORT_BYTES(9)), 3);
    assert_int_equal(zone_get(r, 0).start, ZONE(5));
    assert_int_equal(w->disk.request[w->disk.count - 1].sector, ZONE(6) - 1);
    assert_int_equal(vwr_blk_report_zones(&w->blk, FAKE_DISK_SECTORS - 1, r, VWR_BLK_ZONE_REPORT_BYTES(1)),
                     1);
    assert_int_equal(vwr_blk_report_zones(&w->blk, FAKE_DISK_SECTORS, r, VWR_BLK_ZONE_REPORT_BYTES(1)),
                     VWR_ERANGE);
    assert_int_equal(vwr_blk_report_zones(&w->blk, 0, r, VWR_BLK_ZONE_REPORT_BYTES(1) - 1), VWR_ENOMEM);
    assert_int_equal(vwr_blk_report_zones(&w->blk, 0, r, 0), VWR_ENOMEM);
}

/* nr_zones is wrong: the driver never returns a zone that does not fit or that was not written. */
static void D30_number_of_zones_is_wrong(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint64_t claim;
        int answer;
    } rows[] = {{0, 0},
                {2, 2},
                {3, 3},
                {4, 3},
                {FAKE_ZONES, 3},
                {1u << 31, 3},
                {UINT32_MAX, 3},
                {UINT64_MAX, 3},
                {UINT64_MAX - 1, 3},
                {(uint64_t)1 << 63, 3}};
    struct vwr_blk_zone_report *const r = (void *)w->buffer;
    struct disk *d = open_zones(w, f, (struct fake_zone_limits){0, 0, 8});

    (void)param;
    w->disk.has_zones = true;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        w->disk.zones = rows[i].claim;
        assert_int_equal(vwr_blk_report_zones(&w->blk, 0, r, VWR_BLK_ZONE_REPORT_BYTES(3)), rows[i].answer);
        /* the last two zones of the disk, with space for more */
        assert_int_equal(vwr_blk_report_zones(&w->blk, ZONE(6), r, VWR_BLK_ZONE_REPORT_BYTES(7)),
                         rows[i].claim < 2 ? rows[i].claim : 2);
    }
    w->disk.has_zones = false;
    disk_is_idle(d);
}

/* D42: the device writes nothing of a report. */
static void D42_report_not_written(struct world *w, const struct format *f, const void *param)
{
    struct vwr_blk_zone_report *const r = (void *)w->buffer;
    struct disk *d = open_zones(w, f, (struct fake_zone_limits){0, 0, 8});

    (void)param;
    memset(w->buffer, 0xff, WORLD_BUFFER_BYTES);
    w->disk.no_data = true;
    assert_int_equal(vwr_blk_report_zones(&w->blk, 0, r, VWR_BLK_ZONE_REPORT_BYTES(3)), VWR_EPROTO);
    w->disk.no_data = false;
    disk_is_idle(d);
}

/* D05: the device writes the report, but a used length that covers only the status: the report of the zones
 * counts.
 */
static void D05_report_without_a_length(struct world *w, const struct format *f, const void *param)
{
    struct vwr_blk_zone_report *const r = (void *)w->buffer;
    struct disk *d = open_zones(w, f, (struct fake_zone_limits){0, 0, 8});

    (void)param;
    w->disk.used_more = 0u - (uint32_t)VWR_BLK_ZONE_REPORT_BYTES(3);
    assert_int_equal(vwr_blk_report_zones(&w->blk, ZONE(1), r, VWR_BLK_ZONE_REPORT_BYTES(3)), 3);
    assert_int_equal(zone_get(r, 2).start, ZONE(3));
    w->disk.has_zones = true; /* and no more than there is room for */
    w->disk.zones = 100;
    assert_int_equal(vwr_blk_report_zones(&w->blk, ZONE(1), r, VWR_BLK_ZONE_REPORT_BYTES(3)), 3);
    w->disk.has_zones = false;
    w->disk.used_more = 0;
    disk_is_idle(d);
}

/* D04: the device reports more bytes than the report's memory. */
static void D04_report_longer_than_its_memory(struct world *w, const struct format *f, const void *param)
{
    struct vwr_blk_zone_report *const r = (void *)w->buffer;

    (void)param;
    (void)open_zones(w, f, (struct fake_zone_limits){0, 0, 8});
    w->disk.used_more = 0x10000;
    w->disk.has_zones = true;
    w->disk.zones = 100;
    assert_true(vwr_blk_report_zones(&w->blk, 0, r, VWR_BLK_ZONE_REPORT_BYTES(3)) <= 3);
}

/* ---- a disk without zones, and one that contradicts itself ---- */

static void no_zones(struct world *w, const struct format *f, const void *param)
{
    struct vwr_blk_zone_report *const r = (void *)w->buffer;
    struct disk *d = disk_plug(w, f, shape);
    uint64_t at = 0;

    (void)param;
    disk_open(d);
    assert_int_equal(w->blk.info.zone_sectors, 0);
    assert_int_equal(vwr_blk_report_zones(&w->blk, 0, r, VWR_BLK_ZONE_REPORT_BYTES(3)), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, 0, NULL, 0), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_CLOSE, 0, NULL, 0), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_FINISH, 0, NULL, 0), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_RESET, 0, NULL, 0), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_RESET_ALL, 0, NULL, 0), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_zone_append(&w->blk, 0, w->buffer, 1, &at), VWR_EUNSUPP);
    assert_int_equal(w->f.accesses, 0);
    /* for a disk without zones, the specification does not allow a zone status */
    w->disk.has_status = true;
    w->disk.status = VWR_BLK_S_ZONE_INVALID_CMD;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EPROTO);
}

/* ZONED is negotiated, but the model reports no zones: the result is VWR_EUNSUPP. */
static void zoned_without_zones(struct world *w, const struct format *f, const void *param)
{
    struct vwr_blk_zone_report *const r = (void *)w->buffer;
    struct disk *d = disk_plug(w, f, shape);
    uint64_t at = 0;

    (void)param;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    fake_config(&w->f, VWR_BLK_CONFIG_ZONED_MODEL, 1, VWR_BLK_Z_NONE);
    fake_config(&w->f, VWR_BLK_CONFIG_ZONED_ZONE_SECTORS, 4, 0);
    disk_open(d);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, 0, NULL, 0), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_zone_append(&w->blk, 0, w->buffer, 1, &at), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_report_zones(&w->blk, 0, r, VWR_BLK_ZONE_REPORT_BYTES(3)), VWR_EUNSUPP);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_RESET_ALL, 0, NULL, 0), VWR_EUNSUPP);
    assert_int_equal(w->f.accesses, 0); /* the device was not asked */
    disk_is_idle(d);
}

static void D32_zone_of_no_sectors(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    (void)d;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    fake_config(&w->f, VWR_BLK_CONFIG_ZONED_ZONE_SECTORS, 4, 0);
    assert_int_equal(world_open(w), VWR_EPROTO);
    world_explains(w, "zone_sectors reads 0");
    world_honest(w);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    world_works_again(w);
}

/* A zone larger than the disk, or of an odd size: exactly one zone. */
static void D32_zone_larger_than_the_disk(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    fake_config(&w->f, VWR_BLK_CONFIG_ZONED_ZONE_SECTORS, 4, 0xffffffff);
    disk_open(d);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, 32, NULL, 0), VWR_EALIGN);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, 0xffffffff, NULL, 0), VWR_ERANGE);
    assert_int_equal(vwr_blk_zone_do(&w->blk, VWR_BLK_T_ZONE_OPEN, 0, NULL, 0), VWR_EZONE);
}

/* Secure erase affects zones like a reset, and the disk reports its requirements for that. */
static void secure_erase_of_a_zone(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, shape);

    (void)param;
    fake_blk_offer_zones(&w->f, (struct fake_zone_limits){0, 0, 8});
    /* The alignment is a hint, here none: the size MUST still be a multiple of zone_sectors. */
    fake_blk_offer_secure_erase(&w->f, (struct fake_limits){FAKE_ZONE_SECTORS, 1, 0});
    fake_blk_offer_write_zeroes(&w->f, (struct fake_limits){5, 1, 0}, false);
    disk_open(d);
    vwr_blk_fill_range(&d->req[0], VWR_BLK_T_SECURE_ERASE, 0, 2 * FAKE_ZONE_SECTORS, false);
    assert_int_equal(vwr_blk_submit(disk_queue(d, 0), &d->req[0]), VWR_ERANGE); /* beyond the limit */
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_WRITE_ZEROES, 3, 4, false),
                     VWR_OK); /* of any length */
    assert_int_equal(vwr_blk_write(&w->blk, ZONE(3), w->buffer, 5), VWR_OK);
    assert_int_equal(
        vwr_blk_do_ranges(&w->blk, VWR_BLK_T_SECURE_ERASE, ZONE(3), FAKE_ZONE_SECTORS - 1, false),
        VWR_EALIGN);
    assert_int_equal(vwr_blk_do_ranges(&w->blk, VWR_BLK_T_SECURE_ERASE, ZONE(3), FAKE_ZONE_SECTORS, false),
                     VWR_OK);
    zone_is(w, 3, VWR_BLK_ZS_EMPTY, 0);
}

static const struct {
    const char *name;
    format_test *test;
} rows[] = {
    {"info_scripted", info},
    {"no_discard_with_host_managed_zones_scripted", no_discard_with_host_managed_zones},
    {"append_in_units_of_the_granularity_scripted", append_in_units_of_the_granularity},
    {"life_of_a_zone_scripted", life_of_a_zone},
    {"what_zones_refuse_scripted", what_zones_refuse},
    {"append_of_a_block_scripted", append_of_a_block},
    {"append_scripted", append},
    {"appends_at_once_scripted", appends_at_once},
    {"append_limits_scripted", append_limits},
    {"no_append_scripted", no_append},
    {"D30_append_sector_makes_no_sense_scripted", D30_append_sector_makes_no_sense},
    {"report_scripted", report},
    {"D30_number_of_zones_is_wrong_scripted", D30_number_of_zones_is_wrong},
    {"D42_report_not_written_scripted", D42_report_not_written},
    {"D04_report_longer_than_its_memory_scripted", D04_report_longer_than_its_memory},
    {"D05_report_without_a_length_scripted", D05_report_without_a_length},
    {"no_zones", no_zones},
    {"zoned_without_zones_scripted", zoned_without_zones},
    {"D32_zone_of_no_sectors_scripted", D32_zone_of_no_sectors},
    {"D32_zone_larger_than_the_disk_scripted", D32_zone_larger_than_the_disk},
    {"secure_erase_of_a_zone_scripted", secure_erase_of_a_zone},
};

int main(void)
{
    static const uint16_t sizes[] = {32, 0};
    static const struct format_range range = {KIND_SPLIT | KIND_PACKED, FORMAT_INDIRECT | FORMAT_IN_ORDER, 0,
                                              sizes};
    static struct format_tests tests;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        format_add(&tests, rows[i].name, rows[i].test, NULL, &range);
    return format_run("zoned", &tests);
}
