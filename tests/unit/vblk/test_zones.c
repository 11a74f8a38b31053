/* SPDX-License-Identifier: MIT */
#include "vwr/blk_zone.h"
#include "vwr/vblk_disk.h"
#include "vwr/vblk_zone.h"
#include "vwr/vstate.h"

#include "slow.h"
#include "../../common/zones.h"

#include <string.h>

/*
 * A guest's disk with zones, erased ranges and a lifetime as its driver sees them: over memory, or over a
 * real disk with these features, which this project's driver operates.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define ZONES 6u /* the first is conventional, the last one is smaller */
#define SIZE 128u
#define CAPACITY 120u
#define LAST 64u
#define FIRST 8u /* first sector of the window */
#define SECTORS ((ZONES - 1u) * SIZE + LAST)
#define ZONE(i) ((uint64_t)(i)*SIZE)
#define OLD 0xee /* earlier contents of the backend */
#define REQUESTS 4u

static uint8_t bytes[(FIRST + SECTORS) * SECTOR];
static struct vwr_vblk_memory memory;
static struct vwr_vblk_zone table[ZONES];
static struct vwr_vblk_zones zones;
static struct vwr_blk_get_lifetime_answer lifetime;
static uint8_t *buffer;
static uint64_t at;

static struct vwr_vblk_options prepare(struct guest *g, uint8_t model)
{
    struct vwr_vblk_options o;

    memset(bytes, OLD, sizeof(bytes));
    vwr_vblk_memory_init(&memory, bytes, sizeof(bytes), false, NULL);
    memset(&zones, 0, sizeof(zones));
    zones.zone = table;
    zones.zone_count = ZONES;
    zones.zone_sectors = SIZE;
    zones.capacity = CAPACITY;
    zones.model = model;
    if (model == VWR_BLK_Z_HM) {
        zones.append_sectors_max = 16;
        zones.open_max = 2;
        zones.active_max = 3;
    }
    vwr_vblk_zones_format(&zones, 1);
    o = stage_options(g, &memory.backend);
    o.first = FIRST;
    o.zones = &zones;
    return o;
}

static bool handed; /* the zones belong to the real disk */
static struct guest *owner;
static struct vwr_vblk_disk bridge;
static struct vwr_vblk_disk_slot slots[REQUESTS];

static void lock(void *context)
{
    assert_null(context);
    assert_false(stage.disk_locked);
    stage.disk_locked = true;
}

static void unlock(void *context)
{
    assert_null(context);
    stage.disk_locked = false;
}

/* Runs the machine while a guest waits. */
static void serve(void)
{
    const unsigned before = stage.current;

    stage.meanwhile = NULL;
    stage.current = STAGE_MACHINE;
    assert_int_equal(vwr_vblk_disk_service(&bridge), VWR_OK);
    stage.current = before;
    stage.meanwhile = serve;
}

/* Makes the real disk from the options, which then become those of a guest's disk on it. */
static void make_real(const struct kind *k, struct vwr_vblk_options *o)
{
    const struct vwr_vblk_disk_options b = {.slot = slots,
                                            .slot_count = REQUESTS,
                                            .lock = STAGE_LOCKS ? lock : NULL,
                                            .unlock = STAGE_LOCKS ? unlock : NULL};

    stage_plug(owner, k, o);
    stage_open(owner, 1, REQUESTS);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &owner->blk, &b), VWR_OK);
    *o = stage_options(&stage.guest[0], &bridge.backend);
    stage.meanwhile = serve;
}

static struct guest *open_zones(const struct kind *k, uint8_t model)
{
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options o;

    owner = &stage.guest[handed ? STAGE_REAL : 0];
    o = prepare(owner, model);
    if (handed)
        make_real(k, &o);
    stage_plug(g, k, &o);
    buffer = stage_alloc(g, (SIZE + 8) * SECTOR);
    stage_open(g, 1, 2);
    memset(buffer, 0x11, SIZE * SECTOR);
    stage_enter(g);
    return g;
}

static void zone_is(struct guest *g, unsigned index, uint8_t state, uint32_t written)
{
    struct vwr_blk_zone_report *const report = (void *)(buffer + SIZE * SECTOR);
    struct zone z;

    assert_int_equal(vwr_blk_report_zones(&g->blk, ZONE(index) + 3, report, VWR_BLK_ZONE_REPORT_BYTES(1)), 1);
    assert_int_equal(g->blk.req.req.written, VWR_BLK_ZONE_REPORT_BYTES(1));
    z = zone_get(report, 0);
    assert_int_equal(z.start, ZONE(index));
    assert_int_equal(z.capacity, index == ZONES - 1 ? LAST : CAPACITY);
    assert_int_equal(z.type, index == 0                    ? VWR_BLK_ZT_CONV
                             : zones.model == VWR_BLK_Z_HM ? VWR_BLK_ZT_SWR
                                                           : VWR_BLK_ZT_SWP);
    assert_int_equal(z.state, state);
    assert_int_equal(z.write_pointer, ZONE(index) + written);
}

static void says(struct guest *g, int result, const char *words)
{
    char text[200];

    assert_int_equal(result, VWR_EZONE);
    (void)vwr_blk_explain(&g->blk, text, sizeof(text));
    assert_non_null(strstr(text, words));
}

static int write_at(struct guest *g, uint64_t sector, uint32_t count)
{
    return vwr_blk_write(&g->blk, sector, buffer, count);
}

static bool reads_as(struct guest *g, uint64_t sector, uint32_t count, uint8_t byte)
{
    memset(buffer, 0x22, SIZE * SECTOR);
    assert_int_equal(vwr_blk_read(&g->blk, sector, buffer, count), VWR_OK);
    return stage_all(buffer, byte, count * SECTOR);
}

/* ---- */

/* Clause: blk.dev.init.9 blk.dev.init.11 blk.dev.init.13 blk.dev.init.15 blk.dev.init.16 blk.dev.init.17
 * blk.dev.init.20. */
static void what_it_says(const struct kind *k)
{
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    assert_true(vwr_dev_has(&g->mmio.dev, VWR_BLK_F_ZONED));
    assert_false(vwr_features_have(&g->disk.dev.offered, VWR_BLK_F_DISCARD) ||
                 vwr_features_have(&g->disk.dev.offered, VWR_BLK_F_WRITE_ZEROES));
    assert_int_equal(g->blk.info.zone_sectors, SIZE);
    assert_int_equal(g->blk.info.zone_model, VWR_BLK_Z_HM);
    assert_int_equal(g->blk.info.write_granularity, SECTOR);
    assert_int_equal(vwr_blk_config_get_zoned_max_open_zones(&g->mmio.dev.config), 2);
    assert_int_equal(vwr_blk_config_get_zoned_max_active_zones(&g->mmio.dev.config), 3);
    assert_int_equal(vwr_blk_config_get_zoned_max_append_sectors(&g->mmio.dev.config), 16);
    assert_int_equal(vwr_blk_config_get_secure_erase_sector_alignment(&g->mmio.dev.config), SIZE);
    stage_leave();
}

/* Whatever is left of the budget, a report contains all zones that it counts, and at least one. */
static void report_within_the_budget(const struct kind *k)
{
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    for (uint32_t budget = 200; budget < 1000; budget += 8) {
        struct vwr_blk_zone_report *const report = (void *)(buffer + SIZE * SECTOR);
        int n;

        vwr_vdev_set_budget(&g->disk.dev, 1, budget);
        n = vwr_blk_report_zones(&g->blk, 0, report, VWR_BLK_ZONE_REPORT_BYTES(ZONES));
        assert_in_range(n, 1, ZONES);
        assert_int_equal(n, vwr_le64_to_cpu(report->nr_zones));
        for (unsigned i = 0; i < (unsigned)n; i++) {
            const struct zone z = zone_get(report, i);

            assert_int_equal(z.start, ZONE(i));
            assert_int_equal(z.capacity, i == ZONES - 1 ? LAST : CAPACITY);
        }
    }
    stage_leave();
}

/* The buffer has space for more zones than the disk has. */
static void report_shorter_than_its_buffer(const struct kind *k)
{
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    for (unsigned i = 0; i < ZONES; i++)
        assert_int_equal(vwr_blk_report_zones(&g->blk, ZONE(i), (void *)(buffer + SIZE * SECTOR),
                                              VWR_BLK_ZONE_REPORT_BYTES(ZONES + 1)),
                         ZONES - i);
    stage_leave();
}

static void life_of_a_zone(const struct kind *k)
{
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    zone_is(g, 0, VWR_BLK_ZS_NOT_WP, 0);
    zone_is(g, 2, VWR_BLK_ZS_EMPTY, 0);
    zone_is(g, ZONES - 1, VWR_BLK_ZS_EMPTY, 0);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(2), NULL, 0), VWR_OK);
    zone_is(g, 2, VWR_BLK_ZS_EOPEN, 0);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_CLOSE, ZONE(2), NULL, 0), VWR_OK);
    zone_is(g, 2, VWR_BLK_ZS_EMPTY, 0);
    assert_int_equal(write_at(g, ZONE(2), 3), VWR_OK);
    zone_is(g, 2, VWR_BLK_ZS_IOPEN, 3);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(2), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_CLOSE, ZONE(2), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_CLOSE, ZONE(2), NULL, 0), VWR_OK);
    zone_is(g, 2, VWR_BLK_ZS_CLOSED, 3);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_FINISH, ZONE(2), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_FINISH, ZONE(2), NULL, 0), VWR_OK);
    zone_is(g, 2, VWR_BLK_ZS_FULL, 3);
    assert_true(reads_as(g, ZONE(2), 3, 0x11));
    assert_true(reads_as(g, ZONE(2) + 3, SIZE - 3, 0));
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_RESET, ZONE(2), NULL, 0), VWR_OK);
    zone_is(g, 2, VWR_BLK_ZS_EMPTY, 0);
    assert_true(reads_as(g, ZONE(2), SIZE, 0));
    assert_int_equal(write_at(g, ZONE(1), CAPACITY), VWR_OK);
    zone_is(g, 1, VWR_BLK_ZS_FULL, CAPACITY);
    assert_int_equal(write_at(g, ZONE(5), LAST), VWR_OK);
    zone_is(g, 5, VWR_BLK_ZS_FULL, LAST);
    assert_int_equal(write_at(g, ZONE(3), 1), VWR_OK);
    assert_int_equal(vwr_vblk_zone_fail(&owner->disk, 4, VWR_BLK_ZS_RDONLY), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_RESET_ALL, 0, NULL, 0), VWR_OK);
    zone_is(g, 1, VWR_BLK_ZS_EMPTY, 0);
    zone_is(g, 3, VWR_BLK_ZS_EMPTY, 0);
    zone_is(g, 4, VWR_BLK_ZS_RDONLY, 0);
    zone_is(g, 0, VWR_BLK_ZS_NOT_WP, 0);
    assert_true(zones.open == 0 && zones.active == 0);
    stage_leave();
}

/* Unwritten sectors read as zeroes, whatever the backend contains; the conventional zone is unchanged.
 * Clause: blk.dev.37 blk.dev.38 blk.dev.39. */
static void reads_what_is_written(const struct kind *k)
{
    struct vwr_vec vecs[2];
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    vecs[0] = (struct vwr_vec){buffer, 3 * SECTOR};
    vecs[1] = (struct vwr_vec){buffer + 3 * SECTOR, 10 * SECTOR};
    assert_true(reads_as(g, 0, SIZE, OLD));
    assert_true(reads_as(g, ZONE(1), SIZE, 0));
    assert_int_equal(write_at(g, ZONE(1), 5), VWR_OK);
    memset(buffer, 0x22, SIZE * SECTOR);
    assert_int_equal(vwr_blk_read(&g->blk, ZONE(1) + 3, buffer, 10), VWR_OK);
    assert_int_equal(buffer[0], 0);
    assert_true(stage_all(bytes + (FIRST + ZONE(1)) * SECTOR, 0, 5 * SECTOR));
    assert_int_equal(vwr_blk_read(&g->blk, ZONE(1), buffer, SIZE), VWR_OK);
    assert_true(stage_all(bytes, OLD, FIRST * SECTOR));
    memset(buffer, 0x11, 5 * SECTOR);
    assert_int_equal(write_at(g, ZONE(2), 5), VWR_OK);
    memset(buffer, 0x22, 13 * SECTOR); /* the write pointer is in the second one of two segments */
    assert_int_equal(vwr_blk_transfer_vecs(&g->blk, VWR_BLK_T_IN, ZONE(2), vecs, 2), VWR_OK);
    assert_true(stage_all(buffer, 0x11, 5 * SECTOR));
    assert_true(stage_all(buffer + 5 * SECTOR, 0, 8 * SECTOR));
    says(g, vwr_blk_read(&g->blk, ZONE(2) - 1, buffer, 2), "ZONE_INVALID_CMD");
    stage_leave();
}

/* Clause: blk.dev.19 blk.dev.21 blk.dev.22 blk.dev.23 blk.dev.24 blk.dev.25 blk.dev.26 blk.dev.28 blk.dev.32
 * blk.dev.33 blk.dev.35 blk.dev.36. */
static void what_zones_refuse(const struct kind *k)
{
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    says(g, write_at(g, ZONE(1) + 1, 1), "ZONE_UNALIGNED_WP");
    says(g, write_at(g, ZONE(1), CAPACITY + 1), "ZONE_INVALID_CMD");
    says(g, write_at(g, ZONE(2) - 1, 2), "ZONE_INVALID_CMD");
    says(g, write_at(g, ZONE(1) - 1, 2), "ZONE_INVALID_CMD"); /* across the end of the conventional zone */
    says(g, vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, 0, NULL, 0), "ZONE_INVALID_CMD");
    says(g, vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_RESET, 0, NULL, 0), "ZONE_INVALID_CMD");
    says(g, vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_CLOSE, ZONE(1), NULL, 0), "ZONE_INVALID_CMD");
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(1), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(2), NULL, 0), VWR_OK);
    says(g, vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(3), NULL, 0), "ZONE_OPEN_RESOURCE");
    says(g, write_at(g, ZONE(3), 1), "ZONE_OPEN_RESOURCE");
    assert_int_equal(write_at(g, ZONE(1), 1), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_CLOSE, ZONE(1), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(3), NULL, 0), VWR_OK);
    says(g, write_at(g, ZONE(4), 1), "ZONE_ACTIVE_RESOURCE");
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_FINISH, ZONE(1), NULL, 0), VWR_OK);
    says(g, write_at(g, ZONE(1) + 1, 1), "ZONE_INVALID_CMD"); /* it is full */
    assert_int_equal(vwr_vblk_zone_fail(&owner->disk, 3, VWR_BLK_ZS_RDONLY), VWR_OK);
    says(g, write_at(g, ZONE(3), 1), "ZONE_INVALID_CMD");
    says(g, vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_RESET, ZONE(3), NULL, 0), "ZONE_INVALID_CMD");
    says(g, vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(3), NULL, 0), "ZONE_INVALID_CMD");
    says(g, vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_FINISH, ZONE(3), NULL, 0), "ZONE_INVALID_CMD");
    assert_true(reads_as(g, ZONE(3), 1, 0));
    assert_int_equal(vwr_vblk_zone_fail(&owner->disk, 3, VWR_BLK_ZS_OFFLINE), VWR_OK);
    says(g, vwr_blk_read(&g->blk, ZONE(3), buffer, 1), "ZONE_INVALID_CMD");
    says(g, write_at(g, ZONE(3), 1), "ZONE_INVALID_CMD");
    says(g, vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_RESET, ZONE(3), NULL, 0), "ZONE_INVALID_CMD");
    assert_int_equal(vwr_vblk_zone_fail(&owner->disk, 3, VWR_BLK_ZS_RDONLY), VWR_EINVAL);
    assert_int_equal(vwr_vblk_zone_fail(&owner->disk, 0, VWR_BLK_ZS_RDONLY), VWR_EINVAL);
    assert_int_equal(vwr_vblk_zone_fail(&owner->disk, 2, VWR_BLK_ZS_FULL), VWR_EINVAL);
    assert_int_equal(vwr_vblk_zone_fail(&owner->disk, ZONES, VWR_BLK_ZS_RDONLY), VWR_ERANGE);
    assert_int_equal(write_at(g, 5, 3), VWR_OK); /* a conventional zone accepts any sector */
    stage_leave();
}

/* The device closes zones that it opened implicitly, the oldest first, and observes its limits. */
static void closes_by_itself(const struct kind *k)
{
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    for (unsigned i = 1; i <= 3; i++)
        assert_int_equal(write_at(g, ZONE(i), 1), VWR_OK);
    zone_is(g, 1, VWR_BLK_ZS_CLOSED, 1);
    zone_is(g, 2, VWR_BLK_ZS_IOPEN, 1);
    zone_is(g, 3, VWR_BLK_ZS_IOPEN, 1);
    assert_int_equal(write_at(g, ZONE(1) + 1, 1), VWR_OK);
    zone_is(g, 2, VWR_BLK_ZS_CLOSED, 1);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(3), NULL, 0), VWR_OK);
    assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(2), NULL, 0), VWR_OK);
    zone_is(g, 1, VWR_BLK_ZS_CLOSED, 2);
    assert_true(zones.open == 2 && zones.active == 3 && zones.implicit == VWR_VBLK_NO_ZONE);
    stage_leave();
}

/* A write is taken back for a saved state when its zone has accepted it, and is executed again. */
static void written_again(const struct kind *k)
{
    static const uint32_t counts[] = {16, CAPACITY};
    struct vwr_blk_req req, *done;
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    vwr_vdev_set_budget(&g->disk.dev, 4, 8 * SECTOR);
    for (unsigned i = 0; i < 2; i++) {
        memset(&req, 0, sizeof(req));
        memset(buffer, (int)(0x40 + i), SIZE * SECTOR);
        vwr_blk_fill(&req, VWR_BLK_T_OUT, ZONE(1 + i), buffer, counts[i] * SECTOR);
        assert_int_equal(vwr_blk_submit(&g->blk.first, &req), VWR_OK);
        (void)vwr_blk_kick(&g->blk.first);
        stage_leave();
        assert_int_equal(vwr_vblk_in_flight(&g->disk), 1); /* its first part is written */
        assert_int_equal(table[1 + i].written, counts[i]);
        vwr_vdev_lock(&g->disk.dev);
        assert_true(vwr_vblk_state.give_back(&g->disk.dev));
        vwr_vblk_state.start(&g->disk.dev);
        vwr_vdev_unlock(&g->disk.dev);
        for (unsigned n = 0; n < SIZE && vwr_vblk_in_flight(&g->disk) != 0; n++)
            stage_serve(g);
        stage_enter(g);
        assert_int_equal(vwr_blk_reap(&g->blk.first, &done, 1), 1);
        assert_int_equal(req.req.result, VWR_OK);
        zone_is(g, 1 + i, i == 0 ? VWR_BLK_ZS_IOPEN : VWR_BLK_ZS_FULL, counts[i]);
        assert_true(
            stage_all(bytes + (FIRST + ZONE(1 + i)) * SECTOR, (uint8_t)(0x40 + i), counts[i] * SECTOR));
    }
    stage_leave();
}

/* The same with a read that begins with what is written; of the rest the backend knows nothing. */
static void read_again(const struct kind *k)
{
    struct vwr_blk_req req, *done;
    struct vwr_vec vecs[3];
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    for (uint32_t n = 1; n < 32; n += 5) {
        assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_RESET, ZONE(1), NULL, 0), VWR_OK);
        memset(buffer, 0x50, SIZE * SECTOR);
        vwr_vdev_set_budget(&g->disk.dev, 4, VWR_VDEV_BUDGET_BYTES);
        assert_int_equal(write_at(g, ZONE(1), n), VWR_OK);
        vwr_vdev_set_budget(&g->disk.dev, 4, 100);
        memset(buffer, 0x11, SIZE * SECTOR);
        memset(&req, 0, sizeof(req));
        vwr_blk_fill(&req, VWR_BLK_T_IN, ZONE(1), NULL, 0);
        for (unsigned i = 0; i < 3; i++)
            vecs[i] = (struct vwr_vec){buffer + i * 24u * SECTOR, 12u * SECTOR};
        req.req.vecs = vecs;
        req.req.vec_count = 3;
        assert_int_equal(vwr_blk_submit(&g->blk.first, &req), VWR_OK);
        (void)vwr_blk_kick(&g->blk.first);
        stage_leave();
        for (unsigned pass = 0; pass < SIZE && vwr_vblk_in_flight(&g->disk) != 0; pass++) {
            vwr_vdev_lock(&g->disk.dev);
            assert_true(vwr_vblk_state.give_back(&g->disk.dev));
            g->disk.dev.work = pass < 2 ? 1 : VWR_VDEV_BUDGET_BYTES;
            vwr_vblk_state.start(&g->disk.dev);
            vwr_vdev_unlock(&g->disk.dev);
        }
        vwr_vblk_signal(&g->disk);
        stage_enter(g);
        assert_int_equal(vwr_blk_reap(&g->blk.first, &done, 1), 1);
        assert_int_equal(req.req.result, VWR_OK);
        for (unsigned i = 0; i < 6 * 12; i++)
            assert_true(stage_all(buffer + i * SECTOR,
                                  i / 12 % 2 != 0            ? 0x11
                                  : i / 24 * 12 + i % 12 < n ? 0x50
                                                             : 0,
                                  SECTOR));
    }
    stage_leave();
}

/* What was never written is zero-filled within the budget, whatever the zone's size is. */
static void reads_nothing_in_parts(const struct kind *k)
{
    struct vwr_blk_req req, *done;
    struct guest *g;
    unsigned passes = 1;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    vwr_vdev_set_budget(&g->disk.dev, 4, 8 * SECTOR);
    memset(&req, 0, sizeof(req));
    vwr_blk_fill(&req, VWR_BLK_T_IN, ZONE(1), buffer, CAPACITY * SECTOR);
    assert_int_equal(vwr_blk_submit(&g->blk.first, &req), VWR_OK);
    (void)vwr_blk_kick(&g->blk.first);
    stage_leave();
    for (; passes < SIZE && vwr_vblk_in_flight(&g->disk) != 0; passes++) {
        assert_true(stage_all(buffer + passes * 8 * SECTOR, 0x11, (CAPACITY - passes * 8) * SECTOR));
        stage_serve(g);
    }
    assert_true(passes >= CAPACITY / 8 && passes < 3 * CAPACITY / 8);
    stage_enter(g);
    assert_int_equal(vwr_blk_reap(&g->blk.first, &done, 1), 1);
    assert_int_equal(req.req.result, VWR_OK);
    assert_true(stage_all(buffer, 0, CAPACITY * SECTOR));
    stage_leave();
}

/* Clause: blk.dev.20. */
static void appends(const struct kind *k)
{
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    for (unsigned i = 0; i < 3; i++) {
        memset(buffer, (int)(0x30 + i), SIZE * SECTOR);
        assert_int_equal(vwr_blk_zone_append(&g->blk, ZONE(4), buffer, 8, &at), VWR_OK);
        assert_int_equal(at, ZONE(4) + 8 * i);
        assert_true(stage_all(bytes + (FIRST + at) * SECTOR, (uint8_t)(0x30 + i), 8 * SECTOR));
    }
    zone_is(g, 4, VWR_BLK_ZS_IOPEN, 24);
    assert_true(reads_as(g, ZONE(4) + 8, 8, 0x31));
    says(g, vwr_blk_zone_append(&g->blk, 0, buffer, 8, &at), "ZONE_INVALID_CMD");
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(vwr_blk_zone_append(&g->blk, ZONE(4), buffer, 16, &at), VWR_OK);
    zone_is(g, 4, VWR_BLK_ZS_FULL, CAPACITY);
    says(g, vwr_blk_zone_append(&g->blk, ZONE(4), buffer, 1, &at), "ZONE_INVALID_CMD");
    stage_leave();
}

/* Erases one zone or several; the backend's data are erased too. Clause: blk.dev.43. */
static void erases(const struct kind *k)
{
    struct guest *g;

    if (k->legacy)
        return;
    g = open_zones(k, VWR_BLK_Z_HM);
    assert_int_equal(write_at(g, ZONE(1), CAPACITY), VWR_OK);
    assert_int_equal(write_at(g, ZONE(2), 9), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_SECURE_ERASE, ZONE(1), SIZE, false), VWR_OK);
    zone_is(g, 1, VWR_BLK_ZS_EMPTY, 0);
    assert_true(stage_all(bytes + (FIRST + ZONE(1)) * SECTOR, 0, SIZE * SECTOR));
    zone_is(g, 2, VWR_BLK_ZS_IOPEN, 9);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_SECURE_ERASE, ZONE(1), 2 * SIZE, false), VWR_OK);
    zone_is(g, 2, VWR_BLK_ZS_EMPTY, 0);
    says(g, vwr_blk_do_ranges(&g->blk, VWR_BLK_T_SECURE_ERASE, 0, SIZE, false), "ZONE_INVALID_CMD");
    stage_leave();
}

/* Host-aware zones accept any write. Without ZONED the driver sees an ordinary disk. Clause: blk.dev.init.7
 * blk.dev.init.12. */
static void host_aware(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options o = prepare(g, VWR_BLK_Z_HA);
    const bool knows = !k->legacy;

    memory.backend.discard = true;
    stage_plug(g, k, &o);
    buffer = stage_alloc(g, (SIZE + 8) * SECTOR);
    stage_open(g, 1, 2);
    stage_enter(g);
    assert_int_equal(vwr_dev_has(&g->mmio.dev, VWR_BLK_F_ZONED), knows);
    assert_int_equal(g->blk.info.zone_sectors, knows ? SIZE : 0);
    memset(buffer, 0x11, SIZE * SECTOR);
    assert_int_equal(write_at(g, ZONE(2) - 4, 8), VWR_OK);
    assert_int_equal(write_at(g, ZONE(3) + 20, 1), VWR_OK);
    assert_true(reads_as(g, ZONE(2) - 4, 4, 0x11));
    assert_true(reads_as(g, ZONE(2) + 4, 4, knows ? 0 : OLD));
    if (knows) {
        zone_is(g, 1, VWR_BLK_ZS_FULL, SIZE);
        zone_is(g, 2, VWR_BLK_ZS_IOPEN, 4);
        zone_is(g, 3, VWR_BLK_ZS_IOPEN, 21);
        assert_int_equal(vwr_blk_zone_append(&g->blk, ZONE(2), buffer, 1, &at), VWR_EUNSUPP);
        says(g, vwr_blk_read(&g->blk, ZONE(3) - 1, buffer, 2), "ZONE_INVALID_CMD");
        assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(2), NULL, 0), VWR_OK);
        assert_int_equal(write_at(g, ZONE(2) - 1, 2), VWR_OK);
        zone_is(g, 1, VWR_BLK_ZS_FULL, SIZE); /* neither is opened implicitly, nor written further */
        zone_is(g, 2, VWR_BLK_ZS_EOPEN, 4);
        assert_int_equal(vwr_vblk_zone_fail(&g->disk, 4, VWR_BLK_ZS_RDONLY), VWR_OK);
        says(g, write_at(g, ZONE(4), 1), "ZONE_INVALID_CMD");
        assert_int_equal(vwr_vblk_zone_fail(&g->disk, 4, VWR_BLK_ZS_OFFLINE), VWR_OK);
        says(g, write_at(g, ZONE(4), 1), "ZONE_INVALID_CMD");
        assert_int_equal(write_at(g, ZONE(5) + LAST - 1, 1), VWR_OK); /* the last sector of all */
        zone_is(g, 5, VWR_BLK_ZS_FULL, LAST);
        assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_DISCARD, ZONE(1) + 3, 5, false),
                         VWR_EUNSUPP); /* by the back end: to the zones it is nothing */
    } else {
        assert_true(reads_as(g, ZONE(3) - 1, 1, OLD));
        assert_int_equal(vwr_blk_zone_do(&g->blk, VWR_BLK_T_ZONE_OPEN, ZONE(2), NULL, 0), VWR_EUNSUPP);
    }
    stage_leave();
}

/* Writes in units of eight sectors. */
static void coarse(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options o = prepare(g, VWR_BLK_Z_HM);

    if (k->legacy)
        return;
    zones.write_granularity = 8 * SECTOR;
    stage_plug(g, k, &o);
    buffer = stage_alloc(g, (SIZE + 8) * SECTOR);
    stage_open(g, 1, 2);
    stage_enter(g);
    assert_int_equal(g->blk.info.write_granularity, 8 * SECTOR);
    assert_int_equal(write_at(g, ZONE(1), 8), VWR_OK);
    says(g, write_at(g, ZONE(1) + 8, 4), "ZONE_UNALIGNED_WP");
    zone_is(g, 1, VWR_BLK_ZS_IOPEN, 8);
    stage_leave();
}

/* A driver without ZONED is refused; a legacy driver is not offered zones. */
static void host_managed_needs_a_driver(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    const struct vwr_vblk_options o = prepare(g, VWR_BLK_Z_HM);

    assert_int_equal(stage_try_plug(g, k, &o), k->legacy ? VWR_EUNSUPP : VWR_OK);
}

static void wrong_tables(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options o;

#define REFUSED(change, result)                             \
    do {                                                    \
        o = prepare(g, VWR_BLK_Z_HM);                       \
        change;                                             \
        assert_int_equal(stage_try_plug(g, k, &o), result); \
    } while (0)
    if (k->legacy)
        return;
    REFUSED(zones.zone = NULL, VWR_ENOMEM);
    REFUSED(zones.zone_sectors = 64, VWR_EINVAL);
    REFUSED(zones.zone_sectors = 192, VWR_EINVAL);
    REFUSED(zones.capacity = SIZE + 1, VWR_EINVAL);
    REFUSED(zones.write_granularity = 256, VWR_EINVAL);
    REFUSED(zones.write_granularity = 3 * SECTOR, VWR_EINVAL);
    REFUSED(zones.write_granularity = 64 * SECTOR, VWR_EINVAL); /* 120 sectors are not a multiple */
    REFUSED(zones.write_granularity = 8 * SECTOR, VWR_OK);
    REFUSED(zones.model = VWR_BLK_Z_NONE, VWR_EINVAL);
    REFUSED(zones.model = VWR_BLK_Z_HA, VWR_EINVAL); /* with limits */
    REFUSED((zones.model = VWR_BLK_Z_HA, zones.open_max = 0, zones.append_sectors_max = 0), VWR_EINVAL);
    REFUSED((zones.model = VWR_BLK_Z_HA, zones.open_max = 0, zones.active_max = 0), VWR_EINVAL);
    REFUSED((zones.capacity = 0, zones.write_granularity = 2 * SIZE * SECTOR), VWR_EINVAL);
    REFUSED(zones.zone_count = ZONES - 1, VWR_ENOMEM);
    REFUSED(zones.zone_count = ZONES + 1, VWR_ERANGE);
    REFUSED(zones.zone_count = 0, VWR_ENOMEM);
#undef REFUSED
}

/* ---- zones of the real disk ---- */

#define HANDED(name)                                                                    \
    static void handed_##name(const struct kind *k)                                     \
    {                                                                                   \
        handed = true;                                                                  \
        name(k);                                                                        \
        handed = false;                                                                 \
        assert_true(k->legacy || stage.meanwhile != NULL); /* it was the real disk's */ \
        stage.meanwhile = NULL;                                                         \
    }
HANDED(what_it_says)
HANDED(report_shorter_than_its_buffer)
HANDED(life_of_a_zone)
HANDED(reads_what_is_written)
HANDED(what_zones_refuse)
HANDED(closes_by_itself)
HANDED(appends)
HANDED(erases)

static const struct vwr_vblk_backend_ops *under;

static int submit_or_flush(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    return r->type == VWR_BLK_T_FLUSH ? VWR_OK : under->submit(be, r);
}

static const struct vwr_vblk_backend_ops with_flush = {.submit = submit_or_flush};

/* The guest has no write cache: the data of an append are flushed before its answer. */
static void handed_append_is_flushed(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options o;
    uintptr_t flushes;

    if (k->legacy)
        return;
    owner = &stage.guest[STAGE_REAL];
    o = prepare(owner, VWR_BLK_Z_HM);
    under = memory.backend.ops;
    memory.backend.ops = &with_flush;
    memory.backend.flush = true;
    make_real(k, &o);
    o.write_through = true;
    stage_plug(g, k, &o);
    buffer = stage_alloc(g, SIZE * SECTOR);
    stage_open(g, 1, 2);
    stage_enter(g);
    flushes = owner->disk.stats.flushes;
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(vwr_blk_zone_append(&g->blk, ZONE(4), buffer, 8, &at), VWR_OK);
        assert_int_equal(at, ZONE(4) + 8 * i);
        assert_int_equal(owner->disk.stats.flushes, flushes + 1 + i);
    }
    stage_leave();
    stage.meanwhile = NULL;
}

/* A real disk that states no granularity is written in blocks. */
static void handed_without_granularity(const struct kind *k)
{
    const struct vwr_vblk_disk_options b = {.slot = slots, .slot_count = REQUESTS};
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options o;

    if (k->legacy)
        return;
    owner = &stage.guest[STAGE_REAL];
    o = prepare(owner, VWR_BLK_Z_HM);
    make_real(k, &o);
    stage.meanwhile = NULL;
    owner->blk.info.write_granularity = 0; /* our device always states one */
    assert_int_equal(vwr_vblk_disk_init(&bridge, &owner->blk, &b), VWR_OK);
    stage_plug(g, k, &o);
    stage_open(g, 1, 2);
    assert_int_equal(g->blk.info.write_granularity, SECTOR);
}

/* What a lost disk may still read and write: the data of an append, and a report. */
static void handed_to_a_lost_disk(const struct kind *k)
{
    struct vwr_vblk_disk_segment seg[REQUESTS];
    static struct vwr_blk_req req[3];
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options o;

    if (k->legacy)
        return;
    owner = &stage.guest[STAGE_REAL];
    o = prepare(owner, VWR_BLK_Z_HM);
    make_real(k, &o);
    stage_plug(g, k, &o);
    buffer = stage_alloc(g, 8 * SECTOR);
    stage_open(g, 1, 3);
    stage.meanwhile = NULL;
    owner->put_off = true;
    stage_enter(g);
    memset(req, 0, sizeof(req));
    vwr_blk_fill(&req[0], VWR_BLK_T_ZONE_APPEND, ZONE(4), buffer, SECTOR);
    vwr_blk_fill(&req[1], VWR_BLK_T_ZONE_REPORT, 0, buffer + SECTOR, SECTOR);
    vwr_blk_fill(&req[2], VWR_BLK_T_ZONE_RESET, ZONE(2), NULL, 0);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(vwr_blk_submit(&g->blk.first, &req[i]), VWR_OK);
    (void)vwr_blk_kick(&g->blk.first);
    stage_leave();
    stage.deaf = true;
    stage.tick = 100000;
    for (unsigned pass = 0; vwr_vblk_disk_service(&bridge) != VWR_EFAILED; pass++)
        assert_true(pass < 100000);
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, NULL, seg, REQUESTS), 2);
    assert_ptr_equal(seg[0].at, buffer);
    assert_false(seg[0].written);
    assert_ptr_equal(seg[1].at, buffer + SECTOR);
    assert_true(seg[1].written);
    stage.deaf = false;
    vwr_vdev_reset(&owner->disk.dev);
    for (unsigned pass = 0; vwr_vblk_disk_service(&bridge) != VWR_OK; pass++)
        assert_true(pass < 1000);
    stage.tick = 0;
}

/* A part of the real disk, or the VMM's own zones on top of it, or a legacy guest. */
static void handed_wrongly(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options o;

    if (k->legacy)
        return;
    owner = &stage.guest[STAGE_REAL];
    o = prepare(owner, VWR_BLK_Z_HM);
    make_real(k, &o);
    stage.meanwhile = NULL;
    o.first = ZONE(1);
    assert_int_equal(stage_try_plug(g, k, &o), VWR_EUNSUPP);
    o.first = 0;
    o.sectors = SECTORS - 1;
    assert_int_equal(stage_try_plug(g, k, &o), VWR_EUNSUPP);
    o.sectors = 0;
    assert_int_equal(stage_try_plug(g, &stage_kinds[0], &o), VWR_EUNSUPP);
    o.zones = &zones;
    assert_int_equal(stage_try_plug(g, k, &o), VWR_EUNSUPP);
    o.zones = NULL;
    o.read_only = true;
    assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
    assert_int_equal(vwr_vblk_zone_fail(&g->disk, 1, VWR_BLK_ZS_RDONLY), VWR_EUNSUPP);
}

/* ---- without zones ---- */

static void erases_and_wears(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options o;
    struct vwr_blk_get_lifetime_answer got;

    memset(bytes, OLD, sizeof(bytes));
    vwr_vblk_memory_init(&memory, bytes, sizeof(bytes), false, NULL);
    lifetime = (struct vwr_blk_get_lifetime_answer){VWR_BLK_PRE_EOL_INFO_WARNING, 3, 11};
    memory.backend.lifetime = &lifetime;
    o = stage_options(g, &memory.backend);
    stage_plug(g, k, &o);
    stage_open(g, 1, 2);
    stage_enter(g);
    assert_int_equal(vwr_blk_get_lifetime(&g->blk, &got), VWR_OK);
    assert_true(got.pre_eol_info == VWR_BLK_PRE_EOL_INFO_WARNING && got.device_lifetime_est_typ_a == 3 &&
                got.device_lifetime_est_typ_b == 11);
    lifetime.device_lifetime_est_typ_a = 4;
    assert_int_equal(vwr_blk_get_lifetime(&g->blk, &got), VWR_OK);
    assert_int_equal(got.device_lifetime_est_typ_a, 4);
    assert_int_equal(vwr_blk_config_get_max_secure_erase_seg(&g->mmio.dev.config), VWR_VBLK_RANGES);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_SECURE_ERASE, 10, 100, false), VWR_OK);
    assert_true(stage_all(bytes, OLD, 10 * SECTOR) && stage_all(bytes + 10 * SECTOR, 0, 100 * SECTOR) &&
                stage_all(bytes + 110 * SECTOR, OLD, sizeof(bytes) - 110 * SECTOR));
    stage_leave();
    memory.backend.read_only = true;
    o = stage_options(g, &memory.backend);
    assert_int_equal(stage_try_plug(g, k, &o), VWR_OK);
    assert_false(vwr_features_have(&g->disk.dev.offered, VWR_BLK_F_SECURE_ERASE));
    assert_true(vwr_features_have(&g->disk.dev.offered, VWR_BLK_F_LIFETIME));
}

int main(void)
{
    static const struct stage_row rows[] = {
        {"what_it_says", what_it_says},
        {"report_within_the_budget", report_within_the_budget},
        {"report_shorter_than_its_buffer", report_shorter_than_its_buffer},
        {"life_of_a_zone", life_of_a_zone},
        {"reads_what_is_written", reads_what_is_written},
        {"what_zones_refuse", what_zones_refuse},
        {"closes_by_itself", closes_by_itself},
        {"reads_nothing_in_parts", reads_nothing_in_parts},
        {"written_again", written_again},
        {"read_again", read_again},
        {"appends", appends},
        {"erases", erases},
        {"host_aware", host_aware},
        {"coarse", coarse},
        {"host_managed_needs_a_driver", host_managed_needs_a_driver},
        {"wrong_tables", wrong_tables},
        {"handed_what_it_says", handed_what_it_says},
        {"handed_report_shorter_than_its_buffer", handed_report_shorter_than_its_buffer},
        {"handed_life_of_a_zone", handed_life_of_a_zone},
        {"handed_reads_what_is_written", handed_reads_what_is_written},
        {"handed_what_zones_refuse", handed_what_zones_refuse},
        {"handed_closes_by_itself", handed_closes_by_itself},
        {"handed_appends", handed_appends},
        {"handed_erases", handed_erases},
        {"handed_append_is_flushed", handed_append_is_flushed},
        {"handed_without_granularity", handed_without_granularity},
        {"handed_to_a_lost_disk", handed_to_a_lost_disk},
        {"handed_wrongly", handed_wrongly},
        {"erases_and_wears", erases_and_wears},
    };

    return stage_run("zones", rows, sizeof(rows) / sizeof(rows[0]));
}
