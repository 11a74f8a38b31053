/* SPDX-License-Identifier: MIT */
#include "vwr/messages/blk.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "vmm.h"

#include "vwr/blk_zone.h"
#include "../common/random.h"
#include "../common/zones.h"

#include <stdio.h>
#include <string.h>

/*
 * Both sides of a disk with zones: random writes, appends, reads and state changes, checked against a model
 * of each zone's write pointer and contents; erased ranges and a lifetime, also for a legacy disk without
 * zones.
 */

#define SIZE (DISK_SECTORS / DISK_ZONES)
#define SECTOR VWR_BLK_SECTOR_BYTES
#define MOST 24u /* maximum sectors of a request */

static struct disk disk;
static uint64_t state;
static uint8_t *buffer;
static struct vwr_blk_zone_report *report;

static struct {
    uint32_t written;
    uint8_t state;
    uint8_t salt[SIZE]; /* of each sector */
} model[DISK_ZONES];

static uint64_t start_of(unsigned zone)
{
    return (uint64_t)zone * SIZE;
}

static void fill(unsigned zone, uint32_t at, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        model[zone].salt[at + i] = (uint8_t)(1 + random_below(&state, 255));
        memset(buffer + i * SECTOR, model[zone].salt[at + i], SECTOR);
    }
}

static void wrote(unsigned zone, uint32_t count)
{
    model[zone].written += count;
    if (model[zone].state != VWR_BLK_ZS_EOPEN)
        model[zone].state = VWR_BLK_ZS_IOPEN;
    if (model[zone].written == SIZE)
        model[zone].state = VWR_BLK_ZS_FULL;
}

/* A write or an append at the write pointer; refused if the zone is full or would overflow. */
static void write_some(unsigned zone, bool append)
{
    const uint32_t at = model[zone].written;
    const uint32_t count = 1 + random_below(&state, MOST);
    const bool fits = model[zone].state != VWR_BLK_ZS_FULL && count <= SIZE - at;
    uint64_t where = 0;
    int r;

    if (!append && at == SIZE)
        return; /* the next zone starts there */
    if (fits)
        fill(zone, at, count);
    r = append ? vwr_blk_zone_append(&disk.blk, start_of(zone), buffer, count, &where)
               : vwr_blk_write(&disk.blk, start_of(zone) + at, buffer, count);
    if (!append && at + count > SIZE && zone == DISK_ZONES - 1) {
        CHECK(r < 0); /* behind the end of the disk */
        return;
    }
    DISK_RESULT(&disk, r, fits ? VWR_OK : VWR_EZONE);
    CHECK(!fits || !append || where == start_of(zone) + at);
    if (fits)
        wrote(zone, count);
}

static void read_some(unsigned zone)
{
    const uint32_t at = random_below(&state, SIZE);
    uint32_t count = 1 + random_below(&state, MOST);

    count = count < SIZE - at ? count : SIZE - at;
    memset(buffer, GUEST_POISON, count * SECTOR);
    DISK_OK(&disk, vwr_blk_read(&disk.blk, start_of(zone) + at, buffer, count));
    for (uint32_t i = 0; i < count * SECTOR; i++)
        CHECK_NUMBER(buffer[i],
                     at + i / SECTOR < model[zone].written ? model[zone].salt[at + i / SECTOR] : 0);
}

static void empty(unsigned zone)
{
    model[zone].written = 0;
    model[zone].state = VWR_BLK_ZS_EMPTY;
}

static void change(unsigned zone)
{
    const bool open = model[zone].state == VWR_BLK_ZS_IOPEN || model[zone].state == VWR_BLK_ZS_EOPEN;

    switch (random_below(&state, 6)) {
    case 0:
        DISK_RESULT(&disk, vwr_blk_zone_do(&disk.blk, VWR_BLK_T_ZONE_OPEN, start_of(zone), NULL, 0),
                    model[zone].state == VWR_BLK_ZS_FULL ? VWR_EZONE : VWR_OK);
        if (model[zone].state != VWR_BLK_ZS_FULL)
            model[zone].state = VWR_BLK_ZS_EOPEN;
        break;
    case 1:
        DISK_RESULT(&disk, vwr_blk_zone_do(&disk.blk, VWR_BLK_T_ZONE_CLOSE, start_of(zone), NULL, 0),
                    open || model[zone].state == VWR_BLK_ZS_CLOSED ? VWR_OK : VWR_EZONE);
        if (open)
            model[zone].state = model[zone].written == 0 ? VWR_BLK_ZS_EMPTY : VWR_BLK_ZS_CLOSED;
        break;
    case 2:
        DISK_OK(&disk, vwr_blk_zone_do(&disk.blk, VWR_BLK_T_ZONE_FINISH, start_of(zone), NULL, 0));
        model[zone].state = VWR_BLK_ZS_FULL;
        break;
    case 3:
        if (random_below(&state, 8) != 0)
            break;
        DISK_OK(&disk, vwr_blk_zone_do(&disk.blk, VWR_BLK_T_ZONE_RESET_ALL, 0, NULL, 0));
        for (unsigned i = 0; i < DISK_ZONES; i++)
            empty(i);
        break;
    case 4:
        if (vwr_dev_has(&disk.end.dev, VWR_BLK_F_SECURE_ERASE)) {
            DISK_OK(&disk, vwr_blk_do_ranges(&disk.blk, VWR_BLK_T_SECURE_ERASE, start_of(zone), SIZE, false));
            empty(zone);
        }
        break;
    default:
        DISK_OK(&disk, vwr_blk_zone_do(&disk.blk, VWR_BLK_T_ZONE_RESET, start_of(zone), NULL, 0));
        empty(zone);
    }
}

static void compare(void)
{
    DISK_RESULT(&disk, vwr_blk_report_zones(&disk.blk, 1, report, VWR_BLK_ZONE_REPORT_BYTES(DISK_ZONES)),
                (int)DISK_ZONES);
    for (unsigned i = 0; i < DISK_ZONES; i++) {
        const struct zone z = zone_get(report, i);

        CHECK_NUMBER(z.start, start_of(i));
        CHECK_NUMBER(z.capacity, SIZE);
        CHECK_NUMBER(z.type, VWR_BLK_ZT_SWR);
        CHECK_NUMBER(z.state, model[i].state);
        CHECK_NUMBER(z.write_pointer, start_of(i) + model[i].written);
    }
    disk_check_margins(&disk);
}

static void run(const struct disk_plan *plan, unsigned steps)
{
    disk_make(&disk, plan, true);
    disk_open(&disk);
    buffer = guest_alloc(MOST * SECTOR);
    report = (void *)guest_alloc(VWR_BLK_ZONE_REPORT_BYTES(DISK_ZONES));
    for (unsigned i = 0; i < DISK_ZONES; i++)
        empty(i);
    for (unsigned i = 0; i < steps; i++) {
        const unsigned zone = random_below(&state, DISK_ZONES);

        if (random_below(&state, 5) == 0)
            change(zone);
        else if (random_below(&state, 3) == 0)
            read_some(zone);
        else
            write_some(zone, random_below(&state, 2) == 0);
        if (i % 16 == 0)
            compare();
    }
    compare();
    disk_close(&disk);
}

/* Without zones, which legacy disks do not have. */
static void run_wear(struct disk_plan *plan)
{
    struct vwr_blk_get_lifetime_answer got;

    plan->zones = false;
    plan->memory = true;
    disk_make(&disk, plan, true);
    disk_open(&disk);
    DISK_OK(&disk, vwr_blk_get_lifetime(&disk.blk, &got));
    CHECK(got.pre_eol_info == VWR_BLK_PRE_EOL_INFO_NORMAL && got.device_lifetime_est_typ_a == 3 &&
          got.device_lifetime_est_typ_b == 0);
    DISK_OK(&disk, vwr_blk_do_ranges(&disk.blk, VWR_BLK_T_SECURE_ERASE, 5, 300, false));
    for (size_t i = 0; i < 300 * SECTOR; i++)
        CHECK_NUMBER(disk_bytes(&disk)[5 * SECTOR + i], 0);
    CHECK(disk_bytes(&disk)[5 * SECTOR - 1] != 0 && disk_bytes(&disk)[305 * SECTOR] != 0);
    disk_check_margins(&disk);
    disk_close(&disk);
}

void case_zones(unsigned kind, unsigned scale)
{
    struct disk_plan plan = {.kind = kind, .queues = 1, .size = 16, .reqs = 8};

    state = kind;
    for (unsigned i = 0; i < 4 && (kind & DISK_LEGACY) == 0; i++) {
        plan.zones = true;
        plan.memory = i % 2 == 0;
        plan.later = i / 2 != 0;
        plan.deferred = i / 2 != 0;
        run(&plan, 40 * scale);
    }
    run_wear(&plan);
    printf("%s zones\n", disk_kind_name(kind));
}
