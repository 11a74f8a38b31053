/* SPDX-License-Identifier: MIT */
#include "fake_blk.h"
#include "fake_ram.h"
#include "cmocka_all.h"

#include <string.h>

/*
 * Zones of the fake disk: states, write pointers, and limits on open and active zones. Section: Block Device
 * / Device Operation.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES

void fake_blk_offer_zones(struct fake *f, struct fake_zone_limits limits)
{
    struct fake_blk *disk = f->backend;

    fake_offer(f, VWR_BLK_F_ZONED);
    fake_config(f, VWR_BLK_CONFIG_ZONED_ZONE_SECTORS, 4, FAKE_ZONE_SECTORS);
    fake_config(f, VWR_BLK_CONFIG_ZONED_MAX_OPEN_ZONES, 4, limits.open);
    fake_config(f, VWR_BLK_CONFIG_ZONED_MAX_ACTIVE_ZONES, 4, limits.active);
    fake_config(f, VWR_BLK_CONFIG_ZONED_MAX_APPEND_SECTORS, 4, limits.append_sectors);
    fake_config(f, VWR_BLK_CONFIG_ZONED_WRITE_GRANULARITY, 4, SECTOR);
    fake_config(f, VWR_BLK_CONFIG_ZONED_MODEL, 1, VWR_BLK_Z_HM);
    for (unsigned i = 0; i < FAKE_ZONES; i++) {
        struct fake_zone *z = &disk->zone[i];

        z->start = (uint64_t)i * FAKE_ZONE_SECTORS;
        z->capacity = i == 0 ? FAKE_ZONE_SECTORS : FAKE_ZONE_CAPACITY;
        z->write_pointer = z->start;
        z->type = i == 0 ? VWR_BLK_ZT_CONV : VWR_BLK_ZT_SWR;
        z->state = i == 0 ? VWR_BLK_ZS_NOT_WP : VWR_BLK_ZS_EMPTY;
    }
}

bool fake_has_zones(const struct fake *f)
{
    return fake_took(f, VWR_BLK_F_ZONED) && f->config[VWR_BLK_CONFIG_ZONED_MODEL] != VWR_BLK_Z_NONE;
}

static bool is_open(const struct fake_zone *z)
{
    return z->state == VWR_BLK_ZS_IOPEN || z->state == VWR_BLK_ZS_EOPEN;
}

static bool is_active(const struct fake_zone *z)
{
    return is_open(z) || z->state == VWR_BLK_ZS_CLOSED;
}

/* Whether the zone may be opened. If necessary, closes a zone that was implicitly opened by a write. */
static uint8_t make_room(const struct fake *f, struct fake_blk *disk, const struct fake_zone *z)
{
    const uint32_t open_max = (uint32_t)fake_config_now(f, VWR_BLK_CONFIG_ZONED_MAX_OPEN_ZONES, 4);
    const uint32_t active_max = (uint32_t)fake_config_now(f, VWR_BLK_CONFIG_ZONED_MAX_ACTIVE_ZONES, 4);
    struct fake_zone *implicit = NULL;
    uint32_t open = 0;
    uint32_t active = 0;

    for (unsigned i = 0; i < FAKE_ZONES; i++) {
        open += is_open(&disk->zone[i]);
        active += is_active(&disk->zone[i]);
        if (disk->zone[i].state == VWR_BLK_ZS_IOPEN)
            implicit = &disk->zone[i];
    }
    if (active_max != 0 && active >= active_max && !is_active(z))
        return VWR_BLK_S_ZONE_ACTIVE_RESOURCE;
    if (open_max == 0 || open < open_max || is_open(z))
        return VWR_BLK_S_OK;
    if (implicit == NULL)
        return VWR_BLK_S_ZONE_OPEN_RESOURCE;
    implicit->state = VWR_BLK_ZS_CLOSED;
    return VWR_BLK_S_OK;
}

static uint8_t check_zone_write(const struct fake *f, struct fake_blk *disk, struct fake_zone *z,
                                uint64_t sector, uint32_t bytes)
{
    const uint64_t granularity = fake_config_now(f, VWR_BLK_CONFIG_ZONED_WRITE_GRANULARITY, 4);

    if (z->state == VWR_BLK_ZS_FULL || z->state == VWR_BLK_ZS_RDONLY || z->state == VWR_BLK_ZS_OFFLINE)
        return VWR_BLK_S_ZONE_INVALID_CMD;
    if ((granularity != 0 && bytes % granularity != 0) || sector != z->write_pointer)
        return VWR_BLK_S_ZONE_UNALIGNED_WP;
    if (sector + bytes / SECTOR > z->start + z->capacity)
        return VWR_BLK_S_ZONE_INVALID_CMD;
    return make_room(f, disk, z);
}

uint8_t fake_zones_check_write(const struct fake *f, struct fake_blk *disk, const struct fake_request *r)
{
    struct fake_zone *z = &disk->zone[r->sector / FAKE_ZONE_SECTORS];
    const uint64_t last = r->sector + r->bytes / SECTOR - 1;

    if (z->type == VWR_BLK_ZT_CONV)
        return last / FAKE_ZONE_SECTORS == 0 ? VWR_BLK_S_OK : VWR_BLK_S_ZONE_INVALID_CMD;
    return check_zone_write(f, disk, z, r->sector, r->bytes);
}

uint8_t fake_zones_check_read(const struct fake_blk *disk, const struct fake_request *r)
{
    const uint64_t first = r->sector / FAKE_ZONE_SECTORS;
    const uint64_t last = (r->sector + r->bytes / SECTOR - 1) / FAKE_ZONE_SECTORS;

    for (uint64_t i = first; i <= last; i++)
        if (disk->zone[i].state == VWR_BLK_ZS_OFFLINE || (first != last && i != 0))
            return VWR_BLK_S_ZONE_INVALID_CMD;
    return VWR_BLK_S_OK;
}

void fake_zones_wrote(struct fake_blk *disk, uint64_t sector, uint32_t bytes)
{
    struct fake_zone *z = &disk->zone[sector / FAKE_ZONE_SECTORS];

    if (z->type == VWR_BLK_ZT_CONV)
        return;
    z->write_pointer = sector + bytes / SECTOR;
    if (!is_open(z))
        z->state = VWR_BLK_ZS_IOPEN;
    if (z->write_pointer == z->start + z->capacity)
        z->state = VWR_BLK_ZS_FULL;
}

void fake_zones_reset(struct fake_blk *disk, uint64_t sector, uint64_t sectors)
{
    for (unsigned i = 0; i < FAKE_ZONES; i++) {
        struct fake_zone *z = &disk->zone[i];

        if (z->start < sector || z->start >= sector + sectors || z->type == VWR_BLK_ZT_CONV ||
            z->state == VWR_BLK_ZS_RDONLY || z->state == VWR_BLK_ZS_OFFLINE)
            continue;
        z->write_pointer = z->start;
        z->state = VWR_BLK_ZS_EMPTY;
    }
}

static uint8_t append(const struct fake *f, struct fake_blk *disk, const struct fake_job *job, uint64_t *at)
{
    const struct fake_request *r = &job->request;
    const uint32_t most = (uint32_t)fake_config_now(f, VWR_BLK_CONFIG_ZONED_MAX_APPEND_SECTORS, 4);
    struct fake_zone *z = &disk->zone[r->sector / FAKE_ZONE_SECTORS];
    uint8_t status;

    if (most == 0)
        return VWR_BLK_S_UNSUPP;
    if (z->start != r->sector || z->type != VWR_BLK_ZT_SWR || r->bytes == 0 || r->bytes / SECTOR > most)
        return VWR_BLK_S_ZONE_INVALID_CMD;
    status = check_zone_write(f, disk, z, z->write_pointer, r->bytes);
    if (status != VWR_BLK_S_OK)
        return status;
    *at = z->write_pointer;
    (void)fake_job_move(job, disk->data + *at * SECTOR, r->bytes);
    fake_zones_wrote(disk, *at, r->bytes);
    return VWR_BLK_S_OK;
}

static uint8_t report(struct fake_blk *disk, const struct fake_job *job, uint32_t *written)
{
    uint64_t bytes[(FAKE_ZONES + 1) * sizeof(struct vwr_blk_zone_descriptor) / sizeof(uint64_t)];
    struct vwr_blk_zone_report *const r = (void *)bytes;
    const unsigned first = (unsigned)(job->request.sector / FAKE_ZONE_SECTORS);
    const unsigned room = job->request.bytes / sizeof(r->zones[0]);
    unsigned n = 0;

    if (room == 0)
        return VWR_BLK_S_ZONE_INVALID_CMD;
    memset(bytes, 0, sizeof(bytes));
    for (unsigned i = first; i < FAKE_ZONES && n + 1 < room; i++, n++) {
        r->zones[n].z_cap = vwr_cpu_to_le64(disk->zone[i].capacity);
        r->zones[n].z_start = vwr_cpu_to_le64(disk->zone[i].start);
        r->zones[n].z_wp = vwr_cpu_to_le64(disk->zone[i].write_pointer);
        r->zones[n].z_type = disk->zone[i].type;
        r->zones[n].z_state = disk->zone[i].state;
    }
    r->nr_zones = vwr_cpu_to_le64(disk->has_zones ? disk->zones : n);
    if (!disk->no_data)
        *written = fake_job_move(job, bytes, (uint32_t)((n + 1) * sizeof(r->zones[0])));
    return VWR_BLK_S_OK;
}

/* Opens, closes, finishes or resets a zone, if its state allows it. */
static uint8_t manage(const struct fake *f, struct fake_blk *disk, struct fake_zone *z, uint32_t type)
{
    uint8_t status = VWR_BLK_S_OK;

    if (z->type == VWR_BLK_ZT_CONV || z->state == VWR_BLK_ZS_RDONLY || z->state == VWR_BLK_ZS_OFFLINE)
        return VWR_BLK_S_ZONE_INVALID_CMD;
    if (type == VWR_BLK_T_ZONE_RESET) {
        fake_zones_reset(disk, z->start, FAKE_ZONE_SECTORS);
    } else if (type == VWR_BLK_T_ZONE_FINISH) {
        z->state = VWR_BLK_ZS_FULL;
        z->write_pointer = z->start + z->capacity;
    } else if (type == VWR_BLK_T_ZONE_CLOSE) {
        if (!is_active(z))
            return VWR_BLK_S_ZONE_INVALID_CMD;
        z->state = z->write_pointer == z->start ? VWR_BLK_ZS_EMPTY : VWR_BLK_ZS_CLOSED;
    } else {
        if (z->state == VWR_BLK_ZS_FULL)
            return VWR_BLK_S_ZONE_INVALID_CMD;
        status = make_room(f, disk, z);
        if (status == VWR_BLK_S_OK)
            z->state = VWR_BLK_ZS_EOPEN;
    }
    return status;
}

uint8_t fake_zones_execute(struct fake *f, struct fake_blk *disk, const struct fake_job *job,
                           uint32_t *written, uint64_t *append_sector)
{
    const struct fake_request *r = &job->request;

    if (r->sector >= FAKE_DISK_SECTORS)
        return VWR_BLK_S_ZONE_INVALID_CMD;
    switch (r->type) {
    case VWR_BLK_T_ZONE_APPEND:
        return append(f, disk, job, append_sector);
    case VWR_BLK_T_ZONE_REPORT:
        return report(disk, job, written);
    case VWR_BLK_T_ZONE_RESET_ALL:
        fake_zones_reset(disk, 0, FAKE_DISK_SECTORS);
        return VWR_BLK_S_OK;
    case VWR_BLK_T_ZONE_OPEN:
    case VWR_BLK_T_ZONE_CLOSE:
    case VWR_BLK_T_ZONE_FINISH:
    case VWR_BLK_T_ZONE_RESET:
        if (r->sector % FAKE_ZONE_SECTORS != 0)
            return VWR_BLK_S_ZONE_INVALID_CMD;
        return manage(f, disk, &disk->zone[r->sector / FAKE_ZONE_SECTORS], r->type);
    default:
        return VWR_BLK_S_UNSUPP;
    }
}
