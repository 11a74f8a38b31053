/* SPDX-License-Identifier: MIT */
#include "fake_blk.h"
#include "fake_ram.h"
#include "cmocka_all.h"

#include <string.h>

#define SECTOR VWR_BLK_SECTOR_BYTES

uint8_t fake_blk_pattern(uint64_t at)
{
    return (uint8_t)(at * 7 + at / SECTOR * 3 + 1);
}

static bool is_legacy(const struct fake *f)
{
    return f->version == VWR_MMIO_VERSION_LEGACY;
}

void fake_blk_attach(struct fake *f, struct fake_blk *disk)
{
    static const char id[VWR_BLK_GET_ID_BYTES + 1] = "exactly-20-bytes-id.";

    memset(disk, 0, sizeof(*disk));
    for (size_t i = 0; i < sizeof(disk->data); i++)
        disk->data[i] = fake_blk_pattern(i);
    memcpy(disk->id, id, sizeof(disk->id));
    disk->has_id = true;
    disk->resets = f->resets;
    disk->append_sector = UINT64_MAX;
    fake_config(f, VWR_BLK_CONFIG_CAPACITY, 8, FAKE_DISK_SECTORS);
    f->on_notify = fake_blk_serve;
    f->backend = disk;
}

void fake_blk_offer_discard(struct fake *f, struct fake_limits limits)
{
    fake_offer(f, VWR_BLK_F_DISCARD);
    fake_config(f, VWR_BLK_CONFIG_MAX_DISCARD_SECTORS, 4, limits.sectors);
    fake_config(f, VWR_BLK_CONFIG_MAX_DISCARD_SEG, 4, limits.ranges);
    fake_config(f, VWR_BLK_CONFIG_DISCARD_SECTOR_ALIGNMENT, 4, limits.alignment);
}

void fake_blk_offer_write_zeroes(struct fake *f, struct fake_limits limits, bool may_unmap)
{
    fake_offer(f, VWR_BLK_F_WRITE_ZEROES);
    fake_config(f, VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SECTORS, 4, limits.sectors);
    fake_config(f, VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SEG, 4, limits.ranges);
    fake_config(f, VWR_BLK_CONFIG_WRITE_ZEROES_MAY_UNMAP, 1, may_unmap);
}

void fake_blk_offer_secure_erase(struct fake *f, struct fake_limits limits)
{
    fake_offer(f, VWR_BLK_F_SECURE_ERASE);
    fake_config(f, VWR_BLK_CONFIG_MAX_SECURE_ERASE_SECTORS, 4, limits.sectors);
    fake_config(f, VWR_BLK_CONFIG_MAX_SECURE_ERASE_SEG, 4, limits.ranges);
    fake_config(f, VWR_BLK_CONFIG_SECURE_ERASE_SECTOR_ALIGNMENT, 4, limits.alignment);
}

void fake_blk_offer_lifetime(struct fake *f)
{
    struct fake_blk *disk = f->backend;

    fake_offer(f, VWR_BLK_F_LIFETIME);
    disk->lifetime[0] = VWR_BLK_PRE_EOL_INFO_WARNING;
    disk->lifetime[1] = 3;
    disk->lifetime[2] = 0x0107; /* above the specification's range, and two different bytes, so that a byte
                                   swap is detected */
}

uint32_t fake_job_move(const struct fake_job *job, void *data, uint32_t bytes)
{
    uint8_t *at = data;
    uint32_t written = 0;

    for (unsigned i = 1; i + 1 < job->count && bytes > 0; i++) {
        const struct fake_segment *p = &job->segment[i];
        const uint32_t n = p->len < bytes ? p->len : bytes;

        if (p->write)
            fake_ram_write(p->addr, at, n);
        else
            fake_ram_read(p->addr, at, n);
        written += p->write ? n : 0;
        at += n;
        bytes -= n;
    }
    return written;
}

static bool is_outside(uint64_t sector, uint64_t sectors)
{
    return sector >= FAKE_DISK_SECTORS || sectors > FAKE_DISK_SECTORS - sector;
}

static uint8_t transfer(const struct fake *f, struct fake_blk *disk, const struct fake_job *job,
                        uint32_t *written)
{
    const struct fake_request *r = &job->request;
    uint8_t status = VWR_BLK_S_OK;

    if (r->bytes == 0 || r->bytes % SECTOR != 0 || is_outside(r->sector, r->bytes / SECTOR))
        return VWR_BLK_S_IOERR;
    if (fake_has_zones(f) && r->type == VWR_BLK_T_OUT)
        status = fake_zones_check_write(f, disk, r);
    else if (fake_has_zones(f))
        status = fake_zones_check_read(disk, r);
    if (status == VWR_BLK_S_OK && !disk->no_data)
        *written = fake_job_move(job, disk->data + r->sector * SECTOR, r->bytes);
    if (status == VWR_BLK_S_OK && r->type == VWR_BLK_T_OUT && fake_has_zones(f))
        fake_zones_wrote(disk, r->sector, r->bytes);
    return status;
}

static void carry_out(const struct fake *f, struct fake_blk *disk, const struct fake_range *range)
{
    const int value = range->type == VWR_BLK_T_WRITE_ZEROES ? 0
                      : range->type == VWR_BLK_T_DISCARD    ? FAKE_DISCARDED
                                                            : FAKE_ERASED;

    disk->range[disk->range_count++ % FAKE_RANGES] = *range;
    memset(disk->data + range->sector * SECTOR, value, range->sectors * SECTOR);
    if (range->type == VWR_BLK_T_SECURE_ERASE && fake_has_zones(f))
        fake_zones_reset(disk, range->sector, range->sectors);
}

/* Limits in the configuration for ranges of a type. */
static struct fake_limits limits_of(const struct fake *f, uint32_t type)
{
    const unsigned sectors = type == VWR_BLK_T_DISCARD        ? VWR_BLK_CONFIG_MAX_DISCARD_SECTORS
                             : type == VWR_BLK_T_WRITE_ZEROES ? VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SECTORS
                                                              : VWR_BLK_CONFIG_MAX_SECURE_ERASE_SECTORS;
    const unsigned ranges = type == VWR_BLK_T_DISCARD        ? VWR_BLK_CONFIG_MAX_DISCARD_SEG
                            : type == VWR_BLK_T_WRITE_ZEROES ? VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SEG
                                                             : VWR_BLK_CONFIG_MAX_SECURE_ERASE_SEG;
    struct fake_limits limits = {(uint32_t)fake_config_now(f, sectors, 4),
                                 (uint32_t)fake_config_now(f, ranges, 4), 1};

    if (type == VWR_BLK_T_SECURE_ERASE && fake_has_zones(f))
        limits.alignment = (uint32_t)fake_config_now(f, VWR_BLK_CONFIG_ZONED_ZONE_SECTORS, 4);
    return limits;
}

static uint8_t check_range(const struct fake *f, const struct fake_range *range, uint32_t flags)
{
    const struct fake_limits limits = limits_of(f, range->type);
    const uint32_t known =
        range->type == VWR_BLK_T_WRITE_ZEROES ? VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK : 0;

    if ((flags & ~known) != 0)
        return VWR_BLK_S_UNSUPP;
    if (range->sectors == 0 || is_outside(range->sector, range->sectors))
        return VWR_BLK_S_IOERR;
    if (limits.sectors != 0 && range->sectors > limits.sectors)
        return VWR_BLK_S_IOERR;
    if (range->sectors % limits.alignment != 0)
        return VWR_BLK_S_IOERR;
    return VWR_BLK_S_OK;
}

/* Carries out all ranges or none. */
static uint8_t ranges(const struct fake *f, struct fake_blk *disk, const struct fake_job *job)
{
    struct vwr_blk_discard_write_zeroes row[64];
    struct fake_range range[64];
    const struct fake_limits limits = limits_of(f, job->request.type);
    const unsigned count = job->request.bytes / sizeof(row[0]);

    if (count == 0 || count > 64 || job->request.bytes % sizeof(row[0]) != 0)
        return VWR_BLK_S_IOERR;
    if (limits.ranges != 0 && count > limits.ranges)
        return VWR_BLK_S_IOERR;
    (void)fake_job_move(job, row, job->request.bytes);
    for (unsigned i = 0; i < count; i++) {
        const uint32_t flags = vwr_guest32(is_legacy(f), row[i].flags);
        uint8_t status;

        range[i] = (struct fake_range){.type = job->request.type,
                                       .sector = vwr_guest64(is_legacy(f), row[i].sector),
                                       .sectors = vwr_guest32(is_legacy(f), row[i].num_sectors),
                                       .unmap = flags != 0};
        status = check_range(f, &range[i], flags);
        if (status != VWR_BLK_S_OK)
            return status;
    }
    for (unsigned i = 0; i < count; i++)
        carry_out(f, disk, &range[i]);
    return VWR_BLK_S_OK;
}

static uint8_t tell(struct fake_blk *disk, const struct fake_job *job, const void *data, uint32_t bytes,
                    uint32_t *written)
{
    uint8_t copy[32];

    memcpy(copy, data, bytes);
    if (!disk->no_data)
        *written = fake_job_move(job, copy, bytes);
    return VWR_BLK_S_OK;
}

static uint8_t lifetime(const struct fake *f, struct fake_blk *disk, const struct fake_job *job,
                        uint32_t *written)
{
    struct vwr_blk_lifetime answer;

    answer.pre_eol_info = vwr_guest16(is_legacy(f), disk->lifetime[0]);
    answer.device_lifetime_est_typ_a = vwr_guest16(is_legacy(f), disk->lifetime[1]);
    answer.device_lifetime_est_typ_b = vwr_guest16(is_legacy(f), disk->lifetime[2]);
    return tell(disk, job, &answer, sizeof(answer), written);
}

static bool needs(const struct fake *f, unsigned feature, uint8_t *status)
{
    *status = VWR_BLK_S_UNSUPP;
    return fake_took(f, feature);
}

static bool writes(uint32_t type)
{
    return type == VWR_BLK_T_OUT || type == VWR_BLK_T_DISCARD || type == VWR_BLK_T_WRITE_ZEROES ||
           type == VWR_BLK_T_SECURE_ERASE || type == VWR_BLK_T_ZONE_APPEND;
}

static uint8_t execute(struct fake *f, struct fake_blk *disk, const struct fake_job *job, uint32_t *written,
                       uint64_t *append_sector)
{
    uint8_t status;

    if (writes(job->request.type) && fake_took(f, VWR_BLK_F_RO))
        return VWR_BLK_S_IOERR;
    switch (job->request.type) {
    case VWR_BLK_T_IN:
    case VWR_BLK_T_OUT:
        return transfer(f, disk, job, written);
    case VWR_BLK_T_FLUSH:
        return needs(f, VWR_BLK_F_FLUSH, &status) ? VWR_BLK_S_OK : status;
    case VWR_BLK_T_GET_ID:
        return disk->has_id ? tell(disk, job, disk->id, sizeof(disk->id), written) : VWR_BLK_S_UNSUPP;
    case VWR_BLK_T_GET_LIFETIME:
        return needs(f, VWR_BLK_F_LIFETIME, &status) ? lifetime(f, disk, job, written) : status;
    case VWR_BLK_T_DISCARD:
        return needs(f, VWR_BLK_F_DISCARD, &status) ? ranges(f, disk, job) : status;
    case VWR_BLK_T_WRITE_ZEROES:
        return needs(f, VWR_BLK_F_WRITE_ZEROES, &status) ? ranges(f, disk, job) : status;
    case VWR_BLK_T_SECURE_ERASE:
        return needs(f, VWR_BLK_F_SECURE_ERASE, &status) ? ranges(f, disk, job) : status;
    default:
        return fake_has_zones(f) ? fake_zones_execute(f, disk, job, written, append_sector)
                                 : VWR_BLK_S_UNSUPP;
    }
}

/* Checks the direction and the number of data bytes against the type. */
static void check_data(const struct fake_job *job)
{
    const struct fake_request *r = &job->request;
    const bool out = writes(r->type);

    for (unsigned i = 1; i + 1 < job->count; i++)
        assert_int_equal(job->segment[i].write, !out);
    if (r->type == VWR_BLK_T_GET_ID)
        assert_int_equal(r->bytes, VWR_BLK_GET_ID_BYTES);
    if (r->type == VWR_BLK_T_GET_LIFETIME)
        assert_int_equal(r->bytes, sizeof(struct vwr_blk_lifetime));
    if (r->type == VWR_BLK_T_FLUSH ||
        (r->type > VWR_BLK_T_ZONE_REPORT && r->type <= VWR_BLK_T_ZONE_RESET_ALL))
        assert_int_equal(r->bytes, 0);
}

/*
 * The header and the status byte must each have a descriptor of their own. Only a legacy device without
 * ANY_LAYOUT needs this, but the fake always checks it.
 */
static void understand(const struct fake *f, struct fake_job *job)
{
    struct fake_request *r = &job->request;
    struct vwr_blk_req_out out;
    uint32_t tail = sizeof(struct vwr_blk_req_in);

    assert_true(job->count >= 2);
    assert_int_equal(job->segment[0].len, sizeof(out));
    assert_false(job->segment[0].write);
    fake_ram_read(job->segment[0].addr, &out, sizeof(out));
    r->type = vwr_guest32(is_legacy(f), out.type);
    r->sector = vwr_guest64(is_legacy(f), out.sector);
    assert_int_equal(out.reserved, 0);
    if (r->type == VWR_BLK_T_ZONE_APPEND)
        tail = sizeof(struct vwr_blk_req_in_zone_append);
    else if (r->type != VWR_BLK_T_IN && r->type != VWR_BLK_T_OUT &&
             (r->type < VWR_BLK_T_ZONE_APPEND || r->type == VWR_BLK_T_ZONE_RESET_ALL))
        assert_int_equal(r->sector, 0);
    assert_int_equal(job->segment[job->count - 1].len, tail);
    assert_true(job->segment[job->count - 1].write);
    for (unsigned i = 1; i + 1 < job->count; i++) {
        r->bytes += job->segment[i].len;
        r->segments++;
        if (job->segment[i].len > r->largest)
            r->largest = job->segment[i].len;
    }
    check_data(job);
}

/* After a reset the device forgets its requests. */
static void notice_reset(const struct fake *f, struct fake_blk *disk)
{
    if (disk->resets != f->resets)
        disk->held_count = 0;
    disk->resets = f->resets;
}

static void answer(struct fake *f, struct fake_blk *disk, const struct fake_job *job)
{
    const struct fake_segment *tail = &job->segment[job->count - 1];
    uint32_t written = 0;
    uint64_t at = 0;
    uint8_t status = execute(f, disk, job, &written, &at);

    if (disk->has_status)
        status = disk->status;
    if (disk->append_sector != UINT64_MAX)
        at = disk->append_sector;
    at = vwr_cpu_to_le64(at);
    if (!disk->no_status && tail->len > sizeof(status))
        fake_ram_write(tail->addr, &at, sizeof(at));
    if (!disk->no_status)
        fake_ram_write(tail->addr + tail->len - sizeof(status), &status, sizeof(status));
    fake_ring_push(f, job->queue, job->head, written + (disk->no_status ? 0 : tail->len) + disk->used_more);
}

void fake_blk_answer(struct fake *f, unsigned at)
{
    struct fake_blk *disk = f->backend;
    struct fake_job job;

    notice_reset(f, disk);
    assert_true(at < disk->held_count);
    job = disk->held[at];
    memmove(&disk->held[at], &disk->held[at + 1], (--disk->held_count - at) * sizeof(job));
    answer(f, disk, &job);
}

void fake_blk_answer_all(struct fake *f)
{
    struct fake_blk *disk = f->backend;

    notice_reset(f, disk);
    while (disk->held_count > 0)
        fake_blk_answer(f, 0);
}

static void take(struct fake *f, uint32_t queue, struct fake_blk *disk, const struct fake_chain *c)
{
    struct fake_job *job = &disk->held[disk->held_count];

    assert_true(disk->held_count < FAKE_HELD);
    assert_true(c->count <= FAKE_JOB_SEGMENTS);
    job->queue = queue;
    job->head = c->head;
    job->count = c->count;
    job->request = (struct fake_request){.queue = queue, .table = c->table};
    memcpy(job->segment, c->segment, c->count * sizeof(c->segment[0]));
    understand(f, job);
    disk->request[disk->count++ % FAKE_REQUESTS] = job->request;
    if (disk->hold)
        disk->held_count++;
    else
        answer(f, disk, job);
}

void fake_blk_serve(struct fake *f, uint32_t queue)
{
    struct fake_blk *disk = f->backend;
    struct fake_chain chain;

    notice_reset(f, disk);
    while (!disk->mute && fake_ring_next(f, queue, &chain))
        take(f, queue, disk, &chain);
}

void fake_blk_drop(struct fake *f, unsigned queue)
{
    struct fake_blk *disk = f->backend;
    unsigned left = 0;

    for (unsigned i = 0; i < disk->held_count; i++)
        if (disk->held[i].queue != queue)
            disk->held[left++] = disk->held[i];
    disk->held_count = left;
}
