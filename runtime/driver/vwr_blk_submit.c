/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/* Requests that nobody waits for: what can be wrong with one is found here, before the device is asked. */

const struct vwr_request *vwr_blk_find_request(uint32_t type)
{
    for (unsigned i = 0; i < VWR_BLK_REQUEST_COUNT; i++)
        if (vwr_blk_requests[i].type == type)
            return &vwr_blk_requests[i];
    return NULL;
}

const struct vwr_blk_limit *vwr_blk_find_limit(const struct vwr_blk *b, uint32_t type)
{
    for (unsigned i = 0; i < VWR_BLK_REQUEST_LIMIT_COUNT; i++)
        if (vwr_blk_request_limits[i].type == type)
            return &b->info.limit[i];
    return NULL;
}

/* Does this disk, with these features, have requests of the type? */
static int check_type(const struct vwr_blk *b, const struct vwr_request *row)
{
    const struct vwr_dev *const d = b->dev;

    if (row == NULL)
        return VWR_EINVAL;
    if (!(row->versions >> vwr_dev_version(d) & 1u))
        return VWR_EUNSUPP;
    if (row->feature != VWR_FEATURE_NONE && !vwr_dev_has(d, row->feature))
        return VWR_EUNSUPP;
    if (VWR_WITH_ZONED && row->feature == VWR_BLK_F_ZONED && b->info.zone_sectors == 0)
        return VWR_EUNSUPP; /* it could have zones, and says that it has none */
    if (row->refused_by != VWR_FEATURE_NONE && vwr_features_have(&d->offered, row->refused_by))
        return VWR_EROFS;
    return row->payload == VWR_PAYLOAD_BOTH ? VWR_EUNSUPP : VWR_OK; /* SCSI commands */
}

/* limit->alignment is only a hint; of a disk with zones whole ones are erased for good. */
static int check_range(const struct vwr_blk *b, const struct vwr_blk_limit *limit, uint32_t type,
                       uint64_t sector, uint32_t count)
{
    if (count == 0)
        return VWR_EINVAL;
    if (count > limit->sectors || count > b->info.sectors || sector > b->info.sectors - count)
        return VWR_ERANGE;
    if (VWR_WITH_ZONED && type == VWR_BLK_T_SECURE_ERASE && b->info.zone_sectors != 0 &&
        count % b->info.zone_sectors != 0)
        return VWR_EALIGN;
    return VWR_OK;
}

/* Ranges that the caller has written down, in the device's byte order. */
static int check_ranges(const struct vwr_blk *b, const struct vwr_blk_limit *limit,
                        const struct vwr_blk_req *r)
{
    const bool legacy = vwr_dev_is_legacy(b->dev);
    const struct vwr_blk_part *const part = blk_parts(r);
    const struct vwr_blk_discard_write_zeroes *range;
    uint32_t ranges = 0;

    for (unsigned i = 0; i < blk_part_count(r); i++) {
        const size_t count = part[i].bytes / sizeof(*range);

        range = part[i].p;
        if (count * sizeof(*range) != part[i].bytes)
            return VWR_EALIGN;
        for (size_t k = 0; k < count; k++) {
            const uint32_t flags = vwr_guest32(legacy, range[k].flags);
            int result = check_range(b, limit, r->type, vwr_guest64(legacy, range[k].sector),
                                     vwr_guest32(legacy, range[k].num_sectors));

            if (result == VWR_OK && flags != 0 &&
                (r->type != VWR_BLK_T_WRITE_ZEROES || flags != VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK))
                result = VWR_EINVAL;
            if (result == VWR_OK && ++ranges > limit->segments)
                result = VWR_ESEGMENTS;
            if (result != VWR_OK)
                return result;
        }
    }
    return VWR_OK;
}

/* A request that begins in, or is about, a zone. */
static int check_zone(const struct vwr_blk *b, const struct vwr_request *row,
                      const struct vwr_blk_limit *limit, const struct vwr_blk_req *r)
{
    if (r->sector >= b->info.sectors)
        return VWR_ERANGE;
    if (limit != NULL && r->bytes / VWR_BLK_SECTOR_BYTES > limit->sectors)
        return VWR_ERANGE;
    if (row->sector == VWR_SECTOR_ZONE && r->sector % b->info.zone_sectors != 0)
        return VWR_EALIGN;
    if (b->info.write_granularity != 0 && r->type == VWR_BLK_T_ZONE_APPEND &&
        r->bytes % b->info.write_granularity != 0)
        return VWR_EALIGN;
    return (r->bytes / VWR_BLK_SECTOR_BYTES & b->block_mask) != 0 ? VWR_EALIGN : VWR_OK;
}

/* The data by themselves, where the port can reach them: how long all parts are. */
static inline int measure(struct vwr_blk_req *r)
{
    const struct vwr_blk_part *const part = blk_parts(r);
    const unsigned count = blk_part_count(r);
    uint64_t bytes = 0;

    for (unsigned i = 0; i < count; i++) {
        if (((uintptr_t)part[i].p & (VWR_PORT_DMA_ALIGN - 1u)) != 0)
            return VWR_EALIGN;
        if (part[i].bytes == 0)
            return VWR_EINVAL;
        bytes += part[i].bytes;
    }
    r->bytes = bytes;
    r->offset = 0;
    r->splits = false;
    return VWR_OK;
}

/* As much of them as the type has? */
static int check_data(const struct vwr_request *row, struct vwr_blk_req *r)
{
    const bool range = r->sectors != 0;
    int result;

    if (range)
        r->part.bytes = 0; /* the driver's, of a time before */
    result = measure(r);
    if (result != VWR_OK)
        return result;
    if (range && (r->bytes != 0 || row->unit != sizeof(struct vwr_blk_discard_write_zeroes)))
        return VWR_EINVAL;
    if (!range && (r->bytes != 0) != (row->payload != VWR_PAYLOAD_NONE))
        return VWR_EINVAL;
    if (row->unit != 0 && r->bytes % row->unit != 0)
        return VWR_EALIGN;
    return row->exact != 0 && r->bytes != row->exact ? VWR_EINVAL : VWR_OK;
}

/* Nearly every request is one of these; tests/unit/test_requests.c compares this with their rows. */
static inline int check_read_or_write(const struct vwr_blk *b, struct vwr_blk_req *r)
{
    int result;

    r->in = r->type == VWR_BLK_T_IN;
    if (!r->in && b->info.read_only)
        return VWR_EROFS;
    result = measure(r);
    if (result != VWR_OK)
        return result;
    if (r->bytes == 0 || r->sectors != 0)
        return VWR_EINVAL;
    if (r->bytes % VWR_BLK_SECTOR_BYTES != 0)
        return VWR_EALIGN;
    return vwr_blk_check_transfer(b, r->sector, r->bytes / VWR_BLK_SECTOR_BYTES);
}

/* A request of any type. */
static VWR_COLD int check(const struct vwr_blk *b, struct vwr_blk_req *r)
{
    const struct vwr_request *const row = vwr_blk_find_request(r->type);
    const struct vwr_blk_limit *limit;
    int result = check_type(b, row);

    if (result == VWR_OK)
        result = check_data(row, r);
    if (result != VWR_OK)
        return result;
    r->in = row->payload == VWR_PAYLOAD_IN;
    limit = vwr_blk_find_limit(b, r->type);
    if (row->sector == VWR_SECTOR_ZERO && r->sectors == 0)
        r->sector = 0;
    if (row->unit == sizeof(struct vwr_blk_discard_write_zeroes)) {
        if (r->unmap && r->type != VWR_BLK_T_WRITE_ZEROES)
            return VWR_EINVAL;
        return r->sectors != 0 ? check_range(b, limit, r->type, r->sector, r->sectors)
                               : check_ranges(b, limit, r);
    }
    if (VWR_WITH_ZONED && row->sector != VWR_SECTOR_ZERO)
        return check_zone(b, row, limit, r);
    return VWR_OK;
}

/* The one range of a request that comes without data: into the memory of the slot that it is to have. */
void vwr_blk_write_range(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const bool legacy = vwr_dev_is_legacy(q->blk->dev);
    struct vwr_blk_slot *const s = blk_free_slot(q);

    if (r->sectors == 0 || s == NULL)
        return;
    s->shared->range.sector = vwr_guest64(legacy, r->sector);
    s->shared->range.num_sectors = vwr_guest32(legacy, r->sectors);
    s->shared->range.flags =
        vwr_guest32(legacy, r->unmap ? VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK : 0);
    r->part.p = &s->shared->range;
    r->part.bytes = sizeof(s->shared->range);
    r->bytes = sizeof(s->shared->range);
}

int vwr_blk_submit(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    int result;

    if (q->blk->dev->state != VWR_DEV_LIVE || q->blk->stage != VWR_BLK_RUNNING)
        return VWR_EFAILED;
    if (r->slot != NULL || r->parked)
        return VWR_EBUSY;
    if (q->replay != NULL) /* those come first */
        return VWR_EFULL;
    result = blk_is_transfer(r) ? check_read_or_write(q->blk, r) : check(q->blk, r);
    if (result != VWR_OK)
        return result;
    if (r->sectors != 0)
        vwr_blk_write_range(q, r);
    r->replays = 0;
    result = vwr_blk_send(q, r);
    if (result == VWR_OK)
        blk_sync_for_device(r);
    return result;
}

/* `n` have come back, then take has answered `r`. */
static VWR_COLD int end_of_reap(struct vwr_blk_requestq *q, unsigned n, int r)
{
    if (q->replay != NULL && n > 0)
        vwr_blk_send_again(q);
    if (n > 0)
        return (int)n;
    return r < 0 ? vwr_blk_stopped(q, r) : vwr_blk_watch(q);
}

int vwr_blk_reap(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned budget)
{
    unsigned n = 0;
    int r = 0;

    while (n < budget && q->done != NULL) {
        struct vwr_blk_req *const one = q->done;

        q->done = one->next;
        if (q->done == NULL)
            q->done_end = &q->done;
        one->parked = false;
        done[n++] = one;
    }
    while (n < budget && (r = vwr_blk_take(q, &done[n])) > 0) {
        n++;
        if (vwr_queue_is_drained(&q->queue))
            break;
    }
    return n > 0 && q->replay == NULL ? (int)n : end_of_reap(q, n, r);
}

int vwr_blk_service(struct vwr_blk_requestq *q, unsigned budget)
{
    struct vwr_blk_req *done = NULL;
    unsigned n = 0;
    int r = 0;

    do {
        while (n < budget && (r = vwr_blk_take(q, &done)) > 0) {
            vwr_blk_hand_over(q, done);
            n++;
        }
    } while (n < budget && r == 0 && q->sleepers != 0 && !vwr_queue_arm(&q->queue, 1));
    return end_of_reap(q, n, r);
}

bool vwr_blk_arm(struct vwr_blk_requestq *q, unsigned count)
{
    return q->done == NULL && vwr_queue_arm(&q->queue, count);
}

void vwr_blk_disarm(struct vwr_blk_requestq *q)
{
    vwr_queue_disarm(&q->queue);
}

int vwr_blk_do(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    int n = vwr_blk_submit(q, r);

    while (n == VWR_EFULL) {
        n = vwr_blk_make_way(q);
        if (n != VWR_OK)
            return n;
        n = vwr_blk_submit(q, r);
    }
    if (n != VWR_OK)
        return n;
    (void)vwr_queue_kick(&q->queue);
    return vwr_blk_wait(q, r);
}
