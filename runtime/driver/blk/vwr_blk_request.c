/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "blk_common.h"
#include "../request/request_common.h"
#include "vwr/blk_hot.h"

/* Requests of a disk: what can be wrong with one is found here, before the device is asked; and what came
 * back. */

/* limit->alignment is only a hint; of a disk with zones whole ones are erased for good. */
static int blk_check_range(const struct vwr_blk *b, const struct vwr_blk_limit *limit, uint32_t type,
                           uint64_t sector, uint32_t count)
{
    const int result = vwr_blk_check_range(sector, count, limit->sectors, b->info.sectors, 0);

    if (VWR_WITH_ZONED && result == VWR_OK && type == VWR_BLK_T_SECURE_ERASE && b->info.zone_sectors != 0 &&
        vwr_remainder(count, b->info.zone_sectors) != 0)
        return VWR_EALIGN;
    return result;
}

/* Ranges that the caller has described, in the device's byte order. */
static int blk_check_segment_of_ranges(const struct vwr_blk *b, const struct vwr_blk_limit *limit,
                                       uint32_t type, const struct vwr_vec *vec, uint32_t *ranges)
{
    const bool legacy = vwr_dev_is_legacy(b->recovery.dev);
    const struct vwr_blk_discard_write_zeroes *const range = vec->p;
    const size_t count = vec->bytes / sizeof(*range);

    if (count * sizeof(*range) != vec->bytes)
        return VWR_EALIGN;
    for (size_t i = 0; i < count; i++) {
        int result = blk_check_range(b, limit, type, vwr_guest64(legacy, range[i].sector),
                                     vwr_guest32(legacy, range[i].num_sectors));

        if (result == VWR_OK &&
            vwr_blk_check_range_flags(type, vwr_guest32(legacy, range[i].flags)) != VWR_OK)
            result = VWR_EINVAL;
        if (result == VWR_OK && ++*ranges > limit->segments)
            result = VWR_ESEGMENTS;
        if (result != VWR_OK)
            return result;
    }
    return VWR_OK;
}

static int blk_check_ranges(const struct vwr_blk *b, const struct vwr_blk_limit *limit,
                            const struct vwr_blk_req *r)
{
    uint32_t ranges = 0;
    int result = VWR_OK;

    if (r->sectors != 0)
        return r->unmap && r->type != VWR_BLK_T_WRITE_ZEROES
                   ? VWR_EINVAL
                   : blk_check_range(b, limit, r->type, r->sector, r->sectors);
    for (uint32_t i = 0; i < vwr_request_vec_count(&r->req) && result == VWR_OK; i++)
        result = blk_check_segment_of_ranges(b, limit, r->type, &vwr_request_vecs(&r->req)[i], &ranges);
    return result;
}

/* A request that begins in, or is about, a zone. */
static int blk_check_zone(const struct vwr_blk *b, const struct vwr_request *row,
                          const struct vwr_blk_limit *limit, const struct vwr_blk_req *r)
{
    const uint64_t count = r->req.bytes / VWR_BLK_SECTOR_BYTES;

    if (r->sector >= b->info.sectors || (limit != NULL && count > limit->sectors))
        return VWR_ERANGE;
    if (row->sector == VWR_SECTOR_ZONE && vwr_remainder(r->sector, b->info.zone_sectors) != 0)
        return VWR_EALIGN;
    if (b->info.write_granularity != 0 && r->type == VWR_BLK_T_ZONE_APPEND &&
        vwr_remainder(r->req.bytes, b->info.write_granularity) != 0)
        return VWR_EALIGN;
    return (count & b->block_mask) != 0 ? VWR_EALIGN : VWR_OK;
}

/* As much data as the type has? */
static int blk_check_data(const struct vwr_request *row, struct vwr_blk_req *r)
{
    int result;

    if (r->sectors != 0) {
        r->req.vec.bytes = 0; /* the driver's, of an earlier time */
        if (!VWR_WITH_RANGES || row->unit != sizeof(struct vwr_blk_discard_write_zeroes))
            return VWR_EINVAL;
    }
    result = vwr_request_measure(&r->req);
    if (result != VWR_OK)
        return result;
    if (r->sectors != 0)
        return r->req.bytes != 0 ? VWR_EINVAL : VWR_OK;
    result = vwr_blk_check_data(row, r->req.bytes);
    return result == VWR_OK && row->exact != 0 && r->req.bytes != row->exact ? VWR_EINVAL : result;
}

int vwr_blk_check(const struct vwr_blk *b, struct vwr_blk_req *r)
{
    const struct vwr_request *const row = vwr_blk_request_row(r->type);
    const struct vwr_blk_limit *const limit = blk_limit(b, r->type);
    const struct vwr_dev *const d = b->recovery.dev;
    int result = vwr_blk_check_type(row, vwr_dev_is_legacy(d), &d->offered, &d->config.features);

    if (row == NULL)
        return VWR_EINVAL;
    if (VWR_WITH_ZONED && result == VWR_OK && row->feature == VWR_BLK_F_ZONED && b->info.zone_sectors == 0)
        return VWR_EUNSUPP; /* it could have zones, and says that it has none */
    if (result == VWR_OK)
        result = blk_check_data(row, r);
    if (result != VWR_OK)
        return result;
    r->req.in = row->payload == VWR_PAYLOAD_IN;
    if (row->sector == VWR_SECTOR_ZERO && r->sectors == 0)
        r->sector = 0;
    if (VWR_WITH_RANGES && row->unit == sizeof(struct vwr_blk_discard_write_zeroes))
        return blk_check_ranges(b, limit, r);
    if (r->type <= VWR_BLK_T_OUT)
        return blk_check_sectors(b, r->sector, r->req.bytes / VWR_BLK_SECTOR_BYTES);
    if (VWR_WITH_ZONED && row->sector != VWR_SECTOR_ZERO)
        return blk_check_zone(b, row, limit, r);
    return VWR_OK;
}

int vwr_blk_can_submit(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const int result = vwr_request_can_submit(&q->requests, &r->req);

    return result == VWR_OK ? vwr_blk_check(q->blk, r) : result;
}

int vwr_blk_submit_slow(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const int result = vwr_blk_can_submit(q, r);

    return result == VWR_OK ? vwr_request_submit_measured(&q->requests, &r->req) : result;
}

int vwr_blk_reap_failed(struct vwr_requestq *q, struct vwr_req **done, unsigned n, unsigned budget,
                        uint32_t status)
{
    struct vwr_req *const r = done[n - 1];

    r->status = (uint8_t)status;
    r->result = vwr_blk_fail((struct vwr_blk_requestq *)(void *)q, (struct vwr_blk_req *)(void *)r);
    return vwr_request_reap_rest(q, done, n, budget);
}

/* Functions of their own for layouts other than the split one: none saves registers for another. */
static VWR_OUT_OF_LINE int blk_submit_in_order(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return vwr_blk_submit_as(q, r, VWR_LAYOUT_SPLIT_IN_ORDER);
}

static VWR_OUT_OF_LINE int blk_submit_packed(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return vwr_blk_submit_as(q, r, VWR_LAYOUT_PACKED);
}

static VWR_OUT_OF_LINE int blk_submit_packed_in_order(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return vwr_blk_submit_as(q, r, VWR_LAYOUT_PACKED_IN_ORDER);
}

static VWR_OUT_OF_LINE int blk_reap_in_order(struct vwr_blk_requestq *q, struct vwr_blk_req **done,
                                             unsigned budget)
{
    return vwr_blk_reap_as(q, done, budget, VWR_LAYOUT_SPLIT_IN_ORDER);
}

static VWR_OUT_OF_LINE int blk_reap_packed(struct vwr_blk_requestq *q, struct vwr_blk_req **done,
                                           unsigned budget)
{
    return vwr_blk_reap_as(q, done, budget, VWR_LAYOUT_PACKED);
}

static VWR_OUT_OF_LINE int blk_reap_packed_in_order(struct vwr_blk_requestq *q, struct vwr_blk_req **done,
                                                    unsigned budget)
{
    return vwr_blk_reap_as(q, done, budget, VWR_LAYOUT_PACKED_IN_ORDER);
}

int vwr_blk_submit(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const enum vwr_layout layout = vwr_queue_layout(&q->requests.queue);

    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_SPLIT)
        return vwr_blk_submit_as(q, r, VWR_LAYOUT_SPLIT);
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_SPLIT_IN_ORDER)
        return blk_submit_in_order(q, r);
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_PACKED)
        return blk_submit_packed(q, r);
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_PACKED_IN_ORDER)
        return blk_submit_packed_in_order(q, r);
    return vwr_blk_submit_slow(q, r);
}

/* A vwr_blk_req begins with its vwr_req. */
int vwr_blk_reap(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned budget)
{
    const enum vwr_layout layout = vwr_queue_layout(&q->requests.queue);

    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_SPLIT)
        return vwr_blk_reap_as(q, done, budget, VWR_LAYOUT_SPLIT);
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_SPLIT_IN_ORDER)
        return blk_reap_in_order(q, done, budget);
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_PACKED)
        return blk_reap_packed(q, done, budget);
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_PACKED_IN_ORDER)
        return blk_reap_packed_in_order(q, done, budget);
    return vwr_request_reap(&q->requests, (struct vwr_req **)(void *)done, budget);
}

int vwr_blk_do(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const int result = vwr_blk_can_submit(q, r);

    return result == VWR_OK ? vwr_request_do_measured(&q->requests, &r->req) : result;
}
