/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <string.h>

/* The values of a request: G25, G26, G34, G35. */

static const uint32_t data_types[] = {VWR_BLK_T_IN, VWR_BLK_T_OUT};

/* Three sectors at the end of the window. */
static void g25_end(struct guest *g, long long at)
{
    for (unsigned i = 0; i < 2; i++) {
        const bool in = data_types[i] == VWR_BLK_T_IN;
        const int64_t got = disk_ask(g, data_types[i], (uint64_t)(DISK_WINDOW - 3 + at), 3 * SECTOR, in);

        if (at <= 0)
            disk_says(g, got, in ? 3 * SECTOR + 1 : 1, VWR_BLK_S_OK);
        else
            disk_says(g, got, in ? 0 : 1, VWR_BLK_S_IOERR);
        if (at > 0)
            disk_not_asked(g);
        if (at > 0 && in)
            assert_true(disk_is_poison(g, DATA, 3 * SECTOR));
    }
}

/* Sectors whose byte offset, or whose end, exceeds 2^64. */
static void g25_overflow(struct guest *g, long long at)
{
    static const uint64_t sector[] = {UINT64_MAX,
                                      UINT64_MAX - 1,
                                      UINT64_MAX - DISK_FIRST,
                                      UINT64_C(1) << 55,
                                      (UINT64_C(1) << 55) - 1,
                                      UINT64_C(1) << 63,
                                      UINT64_C(0) - DISK_FIRST,
                                      UINT64_C(1) << 32};

    for (unsigned i = 0; i < 2; i++) {
        const bool in = data_types[i] == VWR_BLK_T_IN;

        disk_says(g, disk_ask(g, data_types[i], sector[at], 2 * SECTOR, in), in ? 0 : 1, VWR_BLK_S_IOERR);
    }
    disk_not_asked(g);
}

/* More bytes than the disk has: slightly more than 2 GiB, in segments of existing memory. */
static void g25_huge(struct guest *g, long long at)
{
    const struct guest_desc segment[4] = {{HEAD, 16, 0, 0},
                                          {GUEST_HUGE, 0x80000000u, WRITE, 0},
                                          {GUEST_HUGE, (uint32_t)(0x7ffffe00 + at), WRITE, 0},
                                          {STATUS, 1, WRITE, 0}};

    disk_head(g, VWR_BLK_T_IN, 0);
    log_available(guest_at(g, HEAD, 16), 16, false);
    log_available(guest_at(g, STATUS, 1), 1, true);
    (void)guest_chain(g, 0, segment, 4);
    guest_kick(g, 0);
    disk_says(g, hostile_take(g, 0), 0, VWR_BLK_S_IOERR);
    disk_not_asked(g);
}

static void g26_length(struct guest *g, long long at)
{
    for (unsigned i = 0; i < 2; i++) {
        const bool in = data_types[i] == VWR_BLK_T_IN;
        const int64_t got = disk_ask(g, data_types[i], 2, (uint32_t)(2 * SECTOR + at), in);

        if (at == 0)
            disk_says(g, got, in ? 2 * SECTOR + 1 : 1, VWR_BLK_S_OK);
        else
            disk_says(g, got, in ? 0 : 1, VWR_BLK_S_IOERR);
    }
    if (at != 0)
        disk_not_asked(g);
}

static void g26_no_data(struct guest *g, long long type)
{
    disk_says(g, disk_ask(g, (uint32_t)type, 0, 0, false), 1, VWR_BLK_S_IOERR);
    disk_not_asked(g);
}

static void g26_type(struct guest *g, long long at)
{
    static const uint32_t type[] = {VWR_BLK_T_SCSI_CMD,    VWR_BLK_T_SCSI_CMD_OUT, VWR_BLK_T_GET_LIFETIME,
                                    VWR_BLK_T_ZONE_APPEND, VWR_BLK_T_SECURE_ERASE, UINT32_MAX,
                                    UINT32_C(0x01000000)};

    for (unsigned parts = 0; parts < 2; parts++) {
        disk_says(g, disk_ask(g, type[at], 0, SECTOR, true), 0, VWR_BLK_S_UNSUPP);
        disk_says(g, disk_ask(g, type[at], 0, SECTOR, false), 1, VWR_BLK_S_UNSUPP);
        assert_true(disk_is_poison(g, DATA, SECTOR));
        disk_not_asked(g);
        disk_in(g)->backend.bytes_max = 2 * SECTOR; /* no type is served without a check then */
        hostile_start_one(g);
    }
}

/* A barrier that the device does not offer has no effect: firmware sets this bit in each request. */
static void g26_barrier(struct guest *g, long long at)
{
    (void)at;
    disk_says(g, disk_ask(g, VWR_BLK_T_IN | VWR_BLK_T_BARRIER, 0, SECTOR, true), SECTOR + 1u, VWR_BLK_S_OK);
    assert_int_equal(disk_in(g)->type, VWR_BLK_T_IN);
    disk_says(g, disk_ask(g, VWR_BLK_T_OUT | VWR_BLK_T_BARRIER, 0, SECTOR, false), 1, VWR_BLK_S_OK);
    assert_int_equal(disk_in(g)->type, VWR_BLK_T_OUT);
    disk_says(g, disk_ask(g, VWR_BLK_T_FLUSH | VWR_BLK_T_BARRIER, 0, 0, false), 1, VWR_BLK_S_OK);
    disk_says(g, disk_ask(g, VWR_BLK_T_ZONE_APPEND | VWR_BLK_T_BARRIER, 0, SECTOR, false), 1,
              VWR_BLK_S_UNSUPP);
    assert_int_equal(disk_in(g)->submits, 3);
}

/* Only for the legacy interface. */
static void g26_flush_out(struct guest *g, long long at)
{
    (void)at;
    disk_says(g, disk_ask(g, VWR_BLK_T_FLUSH_OUT, 0, 0, false), 1,
              g->legacy ? VWR_BLK_S_OK : VWR_BLK_S_UNSUPP);
    assert_int_equal(disk_in(g)->submits, g->legacy ? 1 : 0);
    assert_int_equal(disk_in(g)->type, g->legacy ? VWR_BLK_T_FLUSH : 0);
}

/* A flush with data, which it should not have: the data is neither read nor written. */
static void g26_flush_with_data(struct guest *g, long long in)
{
    disk_says(g, disk_ask(g, VWR_BLK_T_FLUSH, 0, SECTOR, in != 0), in ? 0 : 1, VWR_BLK_S_OK);
    assert_int_equal(disk_in(g)->submits, 1);
    assert_true(disk_is_untouched(g) && disk_is_poison(g, DATA, SECTOR));
}

/* Types that the driver has not negotiated, although the driver before it had negotiated and used them. */
static void g26_not_negotiated(struct guest *g, long long type)
{
    hostile_start_one(g);
    (void)disk_ask(g, (uint32_t)type, 0, type == VWR_BLK_T_FLUSH ? 0 : 16, false);
    disk_in(g)->submits = 0;
    g->features.w[0] &= ~VWR_BLK_FEATURES_W0;
    hostile_start_one(g);
    disk_says(g, disk_ask(g, (uint32_t)type, 0, type == VWR_BLK_T_FLUSH ? 0 : 16, false), 1,
              VWR_BLK_S_UNSUPP);
    disk_not_asked(g);
    g->features.w[0] |= VWR_BLK_FEATURES_W0;
}

static const uint32_t range_types[] = {VWR_BLK_T_DISCARD, VWR_BLK_T_WRITE_ZEROES};

/* A request of `count` ranges and `more` bytes; all ranges but the last are valid. */
static int64_t ranges(struct guest *g, uint32_t type, unsigned count, int more, uint64_t sector,
                      uint32_t sectors, uint32_t flags)
{
    const uint32_t bytes = (uint32_t)((int)(count * sizeof(struct vwr_blk_discard_write_zeroes)) + more);
    const struct guest_desc segment[3] = {{HEAD, 16, 0, 0}, {DATA, bytes, 0, 0}, {STATUS, 1, WRITE, 0}};
    struct vwr_blk_discard_write_zeroes *r;

    disk_head(g, type, 0);
    r = guest_at(g, DATA, (count + 1) * sizeof(*r));
    for (unsigned i = 0; i < count; i++) {
        r[i].sector = vwr_guest64(g->legacy, i + 1 < count ? i : sector);
        r[i].num_sectors = vwr_guest32(g->legacy, i + 1 < count ? 1 : sectors);
        r[i].flags = vwr_guest32(g->legacy, i + 1 < count ? 0 : flags);
    }
    return disk_send(g, segment, 3);
}

static void g26_ranges(struct guest *g, long long at)
{
    for (unsigned i = 0; i < 2; i++) {
        const unsigned count = (unsigned)((long)VWR_VBLK_RANGES + at);

        disk_says(g, ranges(g, range_types[i], count, 0, 20, 1, 0), 1,
                  at <= 0 ? VWR_BLK_S_OK : VWR_BLK_S_IOERR);
    }
    assert_int_equal(disk_in(g)->submits, at <= 0 ? 2 : 0);
}

static void g26_range_length(struct guest *g, long long at)
{
    for (unsigned i = 0; i < 2; i++)
        disk_says(g, ranges(g, range_types[i], 2, (int)at, 20, 1, 0), 1,
                  at == 0 ? VWR_BLK_S_OK : VWR_BLK_S_IOERR);
    assert_int_equal(disk_in(g)->submits, at == 0 ? 2 : 0);
}

/* Ranges of the maximum length, or up to the window's end; no range at all. */
static void g26_range_limits(struct guest *g, long long at)
{
    for (unsigned i = 0; i < 2; i++) {
        const uint8_t wanted = at <= 0 ? VWR_BLK_S_OK : VWR_BLK_S_IOERR;

        disk_says(g, ranges(g, range_types[i], 3, 0, 0, (uint32_t)((long)DISK_LIMIT + at), 0), 1, wanted);
        disk_says(g, ranges(g, range_types[i], 1, 0, (uint64_t)((long)DISK_WINDOW - 2 + at), 2, 0), 1,
                  wanted);
    }
    assert_int_equal(disk_in(g)->submits, at <= 0 ? 4 : 0);
}

static void g26_range_overflow(struct guest *g, long long at)
{
    static const struct {
        uint64_t sector;
        uint32_t sectors;
    } bad[] = {{UINT64_MAX, 1}, {UINT64_MAX, 2},          {UINT64_MAX - DISK_FIRST, 12}, {0, UINT32_MAX},
               {0, 0},          {UINT64_MAX, UINT32_MAX}, {UINT64_C(1) << 63, 1},        {DISK_WINDOW, 1}};

    for (unsigned i = 0; i < 2; i++)
        disk_says(g, ranges(g, range_types[i], 2, 0, bad[at].sector, bad[at].sectors, 0), 1, VWR_BLK_S_IOERR);
    disk_not_asked(g);
}

/* Only write zeroes has a flag, and only one flag. */
static void g26_flags(struct guest *g, long long at)
{
    const uint32_t flags = at == 0 ? 1u : at == 1 ? 2u : at == 2 ? 3u : UINT32_C(0x80000000);

    disk_says(g, ranges(g, VWR_BLK_T_DISCARD, 2, 0, 20, 1, flags), 1, VWR_BLK_S_UNSUPP);
    disk_not_asked(g);
    disk_says(g, ranges(g, VWR_BLK_T_WRITE_ZEROES, 2, 0, 20, 1, flags), 1,
              flags == 1 ? VWR_BLK_S_OK : VWR_BLK_S_UNSUPP);
    assert_int_equal(disk_in(g)->submits, flags == 1 ? 1 : 0);
}

/*
 * Unknown flags determine the answer, whatever else is wrong: here in the last range, while the first is
 * beyond the end. blk.dev.ops: the device MUST answer UNSUPP if any unknown flag is set, and if unmap is set
 * in a discard.
 */
static void g26_flags_behind(struct guest *g, long long at)
{
    const uint32_t type = range_types[at % 2];
    const struct guest_desc segment[3] = {{HEAD, 16, 0, 0}, {DATA, 3 * 16, 0, 0}, {STATUS, 1, WRITE, 0}};
    struct vwr_blk_discard_write_zeroes *const r = guest_at(g, DATA, 3 * sizeof(*r));

    disk_head(g, type, 0);
    memset(r, 0, 3 * sizeof(*r));
    r[0].sector = vwr_guest64(g->legacy, at < 2 ? DISK_WINDOW : 0);
    r[0].num_sectors = vwr_guest32(g->legacy, at < 4 ? 1 : DISK_LIMIT + 1);
    r[1].num_sectors = vwr_guest32(g->legacy, at < 2 ? 1 : UINT32_MAX);
    r[2].num_sectors = vwr_guest32(g->legacy, 1);
    r[2].flags = vwr_guest32(g->legacy, type == VWR_BLK_T_DISCARD ? 1 : 2);
    disk_says(g, disk_send(g, segment, 3), 1, VWR_BLK_S_UNSUPP);
    disk_not_asked(g);
}

/* The guest changes each word of the header, and of a range, after the device has read it. */
static void g34(struct guest *g, long long type)
{
    const struct guest_desc segment[3] = {
        {HEAD, 16, 0, 0},
        {DATA, type == VWR_BLK_T_IN ? SECTOR : 32, type == VWR_BLK_T_IN ? WRITE : 0, 0},
        {STATUS, 1, WRITE, 0}};
    struct vwr_blk_discard_write_zeroes *r;

    disk_head(g, (uint32_t)type, type == VWR_BLK_T_IN ? 13 : 0);
    r = guest_at(g, DATA, 2 * sizeof(*r));
    for (unsigned i = 0; i < 2 && type != VWR_BLK_T_IN; i++) {
        r[i].sector = vwr_guest64(g->legacy, i);
        r[i].num_sectors = vwr_guest32(g->legacy, 1);
        r[i].flags = 0;
    }
    log_fresh(guest_at(g, HEAD, 16), 16);
    if (type != VWR_BLK_T_IN)
        log_fresh(r, sizeof(*r) * 2);
    log_flip(true);
    disk_says(g, disk_send(g, segment, 3), type == VWR_BLK_T_IN ? SECTOR + 1 : 1, VWR_BLK_S_OK);
    log_flip(false);
    assert_true(log_fetched_once());
    if (type == VWR_BLK_T_IN)
        disk_has_read(g, DATA, 13, SECTOR);
}

/* The data of a write changes meanwhile: the disk stores the old or the new data, of the requested length. */
static void g35(struct guest *g, long long at)
{
    struct disk *const d = disk_in(g);
    const struct guest_desc segment[3] = {{HEAD, 16, 0, 0}, {DATA, 2 * SECTOR, 0, 0}, {STATUS, 1, WRITE, 0}};

    (void)at;
    d->later = true;
    disk_head(g, VWR_BLK_T_OUT, 4);
    assert_int_equal(disk_send(g, segment, 3), -1);
    guest_fill(g, DATA, 2 * SECTOR, 77);
    guest_fill(g, HEAD, 16, 78);
    disk_end(g, 0, VWR_OK);
    vwr_vblk_signal(&d->blk);
    disk_says(g, hostile_take(g, 0), 1, VWR_BLK_S_OK);
    assert_memory_equal(d->at + (DISK_FIRST + 4) * SECTOR, guest_at(g, DATA, 2 * SECTOR), 2 * SECTOR);
    memset(d->at + (DISK_FIRST + 4) * SECTOR, 0, 2 * SECTOR);
    assert_false(disk_is_untouched(g));
}

CASES(cases_values, {"G25_end_of_the_window", "blk.drv.2", g25_end, HOSTILE_ALL, HOSTILE_AROUND},
      {"G25_overflow", "blk.drv.2", g25_overflow, HOSTILE_ALL, 8, {0, 1, 2, 3, 4, 5, 6, 7}},
      {"G25_nearly_4_GiB", "blk.drv.2", g25_huge, HOSTILE_ALL | HOSTILE_HUGE, 2, {-1, 0}},
      {"G26_length", "blk.drv.6", g26_length, HOSTILE_ALL, HOSTILE_AROUND},
      {"G26_no_data",
       "blk.drv.8; section Block Device / Device Operation; robustness: a request for nothing is a mistake",
       g26_no_data,
       HOSTILE_ALL,
       5,
       {VWR_BLK_T_IN, VWR_BLK_T_OUT, VWR_BLK_T_GET_ID, VWR_BLK_T_DISCARD, VWR_BLK_T_WRITE_ZEROES}},
      {"G26_type",
       "blk.dev.18; section Block Device / Device Operation",
       g26_type,
       HOSTILE_ALL,
       7,
       {0, 1, 2, 3, 4, 5, 6}},
      {"G26_barrier_of_old",
       "section Block Device / Legacy Interface: Device Operation",
       g26_barrier,
       HOSTILE_ALL,
       0,
       {0}},
      {"G26_flush_of_old",
       "section Block Device / Legacy Interface: Device Operation",
       g26_flush_out,
       HOSTILE_ALL,
       0,
       {0}},
      {"G26_flush_with_data", "blk.drv.5", g26_flush_with_data, HOSTILE_ALL, 2, {0, 1}},
      {"G26_not_negotiated",
       "section Block Device / Feature bits",
       g26_not_negotiated,
       HOSTILE_ALL,
       3,
       {VWR_BLK_T_FLUSH, VWR_BLK_T_DISCARD, VWR_BLK_T_WRITE_ZEROES}},
      {"G26_ranges", "blk.drv.9 blk.drv.11", g26_ranges, HOSTILE_ALL, HOSTILE_AROUND},
      {"G26_length_of_ranges", "blk.drv.7", g26_range_length, HOSTILE_ALL, HOSTILE_AROUND},
      {"G26_limits_of_a_range", "blk.drv.2; section Block Device / Device Operation", g26_range_limits,
       HOSTILE_ALL, HOSTILE_AROUND},
      {"G26_range_that_cannot_be",
       "blk.drv.2; section Block Device / Device Operation",
       g26_range_overflow,
       HOSTILE_ALL,
       8,
       {0, 1, 2, 3, 4, 5, 6, 7}},
      {"G26_flags_of_a_range", "blk.dev.5 blk.dev.6 blk.drv.14", g26_flags, HOSTILE_ALL, 4, {0, 1, 2, 3}},
      {"G26_flags_behind_a_bad_range",
       "blk.dev.5 blk.dev.6",
       g26_flags_behind,
       HOSTILE_ALL,
       6,
       {0, 1, 2, 3, 4, 5}},
      {"G34_header_changes",
       "robustness: what was checked is what is used",
       g34,
       HOSTILE_ALL,
       3,
       {VWR_BLK_T_IN, VWR_BLK_T_DISCARD, VWR_BLK_T_WRITE_ZEROES}},
      {"G35_data_change", "robustness: what was checked is what is used", g35, HOSTILE_ALL, 0, {0}});
