/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "blk_common.h"
#include "../core/request/request_common.h"

/*
 * Block requests: the request class, with header and status byte; validation of requests; and the fast path
 * for a read or write of one segment, with blocking calls.
 */

#define BLK_NO_STATUS 0xffu /* status byte before the device writes it */

static inline void blk_write_header(const struct vwr_blk *b, struct vwr_blk_slot *s, uint32_t type,
                                    uint64_t sector)
{
    const bool legacy = vwr_dev_is_legacy(b->bringup.dev);

    s->out.type = vwr_guest32(legacy, type);
    s->out.sector = vwr_guest64(legacy, sector);
    s->in.status = BLK_NO_STATUS;
}

/* Builds the range of a request without data in the memory of its slot. */
static void blk_write_range(const struct vwr_blk *b, struct vwr_blk_req *r, struct vwr_blk_slot *shared)
{
    const bool legacy = vwr_dev_is_legacy(b->bringup.dev);

    shared->range.sector = vwr_guest64(legacy, r->sector);
    shared->range.num_sectors = vwr_guest32(legacy, r->sectors);
    shared->range.flags =
        vwr_guest32(legacy, r->req.more != 0 ? VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK : 0);
    r->req.vec.p = &shared->range;
    r->req.vec.bytes = sizeof(shared->range);
    r->req.bytes = sizeof(shared->range);
}

/* A range has its sectors behind the header. The fast path leaves the sector of a flush as it is. */
static inline uint64_t blk_header_sector(const struct vwr_blk_req *r)
{
    if ((VWR_WITH_RANGES && r->sectors != 0) || r->type == VWR_BLK_T_FLUSH)
        return 0;
    return r->sector + r->req.offset / VWR_BLK_SECTOR_BYTES;
}

static int blk_prepare(struct vwr_requestq *q, struct vwr_req *req, void *shared)
{
    struct vwr_blk_req *const r = (struct vwr_blk_req *)(void *)req;
    const struct vwr_blk *const b = ((struct vwr_blk_requestq *)(void *)q)->blk;

    blk_write_header(b, shared, r->type, blk_header_sector(r)); /* a resubmission does not check again */
    if (VWR_WITH_RANGES && r->sectors != 0)
        blk_write_range(b, r, shared);
    if (r->type <= VWR_BLK_T_OUT) /* otherwise vwr_blk_check_() has set it */
        req->in = r->type == VWR_BLK_T_IN;
    return vwr_blk_is_append(r->type) ? __builtin_offsetof(struct vwr_blk_req_in_zone_append, status) : 0;
}

/* Counts reads and writes, including zone append. */
static void blk_count_sectors(struct vwr_blk_requestq *q, const struct vwr_blk_req *r, bool failed)
{
    const uint64_t sectors = r->req.bytes / VWR_BLK_SECTOR_BYTES;

    if (r->type <= VWR_BLK_T_OUT || vwr_blk_is_append(r->type))
        vwr_count_add(&q->stats.sectors[r->type != VWR_BLK_T_IN],
                      (uintptr_t)(failed ? 0 - sectors : sectors));
}

static void blk_sent(struct vwr_requestq *q, const struct vwr_req *r)
{
    blk_count_sectors((struct vwr_blk_requestq *)(void *)q, (const struct vwr_blk_req *)(const void *)r,
                      false);
}

static VWR_COLD int blk_fail(struct vwr_blk_requestq *q, const struct vwr_blk_req *r)
{
    uint32_t kind = VWR_FAULT_REQUEST_STATUS;
    vwr_count *counter = &q->stats.protocol;

    VWR_STATIC_ASSERT(VWR_BLK_S_UNSUPP + 1 == VWR_BLK_S_ZONE_INVALID_CMD, "no status is between them");
    if (r->req.status == VWR_BLK_S_IOERR) {
        kind = VWR_FAULT_REQUEST_IOERR;
        counter = &q->stats.io_errors;
    } else if (r->req.status == VWR_BLK_S_UNSUPP) {
        kind = VWR_FAULT_REQUEST_UNSUPP;
        counter = &q->stats.unsupported;
    } else if (VWR_WITH_ZONED && r->req.status <= VWR_BLK_S_ZONE_ACTIVE_RESOURCE &&
               vwr_dev_has(q->blk->bringup.dev, VWR_BLK_F_ZONED)) {
        kind = VWR_FAULT_BLK_ZONE;
        counter = &q->stats.zone_errors;
    }
    vwr_count_add(counter, 1);
    blk_count_sectors(q, r, true);
    return vwr_request_note(&q->requests, kind, r->type, r->req.status);
}

static VWR_COLD void blk_finish(struct vwr_requestq *requests, struct vwr_req *req, void *shared)
{
    struct vwr_blk_requestq *const q = (struct vwr_blk_requestq *)(void *)requests;
    struct vwr_blk_req *const r = (struct vwr_blk_req *)(void *)req;
    const struct vwr_blk_slot *const s = shared;

    req->status = *(const volatile uint8_t *)&s->in.status;
    if (vwr_blk_is_append(r->type)) {
        req->written = 0; /* the append location is not data */
        req->more = vwr_le64_to_cpu(*(const volatile vwr_le64 *)(const void *)&s->in);
    }
    if (req->status != VWR_BLK_S_OK)
        req->result = blk_fail(q, r);
}

/* An append must not be repeated, because it may already have been executed. */
static bool blk_may_replay(const struct vwr_req *r)
{
    return ((const struct vwr_blk_req *)(const void *)r)->type != VWR_BLK_T_ZONE_APPEND;
}

const struct vwr_request_class vwr_blk_class = {
    .header = sizeof(struct vwr_blk_req_out),
    .answer_last = sizeof(uint8_t),
    .last_at = __builtin_offsetof(struct vwr_blk_slot, in) +
               __builtin_offsetof(struct vwr_blk_req_in_zone_append, status),
    .shared_bytes = sizeof(struct vwr_blk_slot),
    .more_bytes = VWR_BLK_SMALL_BYTES,
    .prepare = blk_prepare,
    .finish = blk_finish,
    .sent = blk_sent,
    .may_replay = blk_may_replay,
    .type_at = __builtin_offsetof(struct vwr_blk_req, type),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

/* ---- validation of requests ---- */

/* limit->alignment is only a hint. On a zoned device, secure erase covers whole zones only. */
static int blk_check_range(const struct vwr_blk *b, const struct vwr_blk_limit *limit, uint32_t type,
                           uint64_t sector, uint32_t count)
{
    const int result = vwr_blk_check_range(sector, count, limit->sectors, b->info.sectors, 0);

    if (blk_has_zones(b) && result == VWR_OK && type == VWR_BLK_T_SECURE_ERASE &&
        vwr_remainder(count, b->info.zone_sectors) != 0)
        return VWR_EALIGN;
    return result;
}

/* Checks ranges supplied by the caller, which are in the device's byte order. */
static int blk_check_segment_of_ranges(const struct vwr_blk *b, const struct vwr_blk_limit *limit,
                                       uint32_t type, const struct vwr_vec *vec, uint32_t *ranges)
{
    const bool legacy = vwr_dev_is_legacy(b->bringup.dev);
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
        return r->req.more != 0 && r->type != VWR_BLK_T_WRITE_ZEROES
                   ? VWR_EINVAL
                   : blk_check_range(b, limit, r->type, r->sector, r->sectors);
    for (uint32_t i = 0; i < vwr_request_vec_count(&r->req) && result == VWR_OK; i++)
        result = blk_check_segment_of_ranges(b, limit, r->type, &vwr_request_vecs(&r->req)[i], &ranges);
    return result;
}

/* Checks a request that starts in a zone or manages a zone. */
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

/* Whether the size of the data is valid for the type. */
static int blk_check_data(const struct vwr_request *row, struct vwr_blk_req *r)
{
    int result;

    if (r->sectors != 0) {
        r->req.vec.bytes = 0; /* left over from an earlier use of the request */
        if (!VWR_WITH_RANGES || !vwr_blk_has_ranges(row))
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

int vwr_blk_check_(const struct vwr_blk *b, struct vwr_blk_req *r)
{
    const struct vwr_request *const row = vwr_blk_request_row(r->type);
    const struct vwr_dev *const d = b->bringup.dev;
    int result = vwr_blk_check_type(row, vwr_dev_is_legacy(d), &d->offered, &d->config.features);

    if (row == NULL)
        return VWR_EINVAL;
    if (VWR_WITH_ZONED && result == VWR_OK && row->feature == VWR_BLK_F_ZONED && b->info.zone_sectors == 0)
        return VWR_EUNSUPP; /* the device supports zones, but reports none */
    if (result == VWR_OK)
        result = blk_check_data(row, r);
    if (result != VWR_OK)
        return result;
    r->req.in = row->payload == VWR_PAYLOAD_IN;
    if (row->sector == VWR_SECTOR_ZERO && r->sectors == 0)
        r->sector = 0;
    if (VWR_WITH_RANGES && vwr_blk_has_ranges(row))
        return blk_check_ranges(b, blk_limit(b, r->type), r);
    if (r->type <= VWR_BLK_T_OUT)
        return vwr_blk_check_sectors(r->sector, r->req.bytes / VWR_BLK_SECTOR_BYTES, b->info.sectors,
                                     b->block_mask);
    if (VWR_WITH_ZONED && row->sector != VWR_SECTOR_ZERO)
        return blk_check_zone(b, row, blk_limit(b, r->type), r);
    return VWR_OK;
}

int vwr_blk_refuse_(struct vwr_blk_requestq *q, const struct vwr_blk_req *r, int result)
{
    const struct vwr_blk *const b = q->blk;
    const bool moves = r->type <= VWR_BLK_T_OUT; /* other requests have their own limits and units */

    (void)vwr_request_refuse(&q->requests, &r->req, result);
    if (result == VWR_EALIGN && moves && q->requests.fault.kind == VWR_FAULT_REQUEST_REFUSED)
        (void)vwr_request_note(&q->requests, VWR_FAULT_REQUEST_BLOCKS, b->info.block_bytes,
                               (uint32_t)r->req.bytes);
    if (result == VWR_ERANGE && moves)
        (void)vwr_request_note(&q->requests, VWR_FAULT_REQUEST_END, (uint32_t)b->info.sectors,
                               (uint32_t)(b->info.sectors >> 32));
    return result;
}

int vwr_blk_can_submit_(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    int result = vwr_request_check_submit(&q->requests, &r->req);

    if (result != VWR_OK)
        return result;
    result = vwr_blk_check_(q->blk, r);
    return result == VWR_OK ? VWR_OK : vwr_blk_refuse_(q, r, result);
}

/*
 * Converts bytes to sectors. The result exceeds every capacity unless bytes is a multiple of the sector size.
 */
static inline uint64_t blk_to_sectors(uint64_t bytes)
{
    return bytes / VWR_BLK_SECTOR_BYTES | bytes * (~(uint64_t)0 / VWR_BLK_SECTOR_BYTES + 1);
}

/* ---- read or write of one segment ---- */

/*
 * All checks for the fast path. Returns true for a read or write of whole blocks in one segment.
 * plain->sectors_max is at most the capacity, and no sum of numbers outside plain->mask overflows. `kind`
 * contains the type in its lower word and r->sectors in its upper word.
 */
static inline bool blk_is_plain(const struct vwr_blk_plain *plain, const struct vwr_blk_req *r, const void *p,
                                uint64_t kind, uint64_t sectors)
{
    const uint64_t other = ((sectors | r->sector) & plain->mask) | ((uintptr_t)p & (VWR_PORT_DMA_ALIGN - 1u));

    return kind <= plain->kind_max && other == 0 && sectors - 1 < plain->sectors_max &&
           r->sector + sectors <= plain->sectors;
}

/*
 * Submits a request that fits the fast path, with the given number of sectors. If the result is VWR_OK, *slot
 * is set; otherwise nothing was done.
 */
VWR_ALWAYS_INLINE int blk_submit_plain(struct vwr_blk_requestq *q, unsigned layout, struct vwr_blk_req *r,
                                       const struct vwr_vec *data, uint64_t sectors,
                                       struct vwr_request_slot **slot)
{
    const size_t bytes = data->bytes;
    void *const p = data->p;
    const uint64_t kind = r->type | (uint64_t)r->sectors << 32; /* adjacent fields: one load for both */
    const size_t out = (size_t)kind; /* 0 or 1 on the fast path: IN or OUT; 1: the device reads */
    const uint64_t sector = r->sector;
    struct vwr_request_slot *s;
    uint64_t addr;

    VWR_STATIC_ASSERT(VWR_BLK_T_IN == 0 && VWR_BLK_T_OUT == 1, "an index");
    if (VWR_RARELY(!blk_is_plain(&q->plain, r, p, kind, sectors)))
        return VWR_OK;
    s = request_take(&q->requests, layout);
    if (VWR_RARELY(s == NULL) || VWR_RARELY(!request_map_whole(s, p, bytes, out == 0, &addr)))
        return VWR_OK;
    *slot = s;
    vwr_count_add(&q->stats.sectors[out], (uintptr_t)sectors); /* blk_fail() subtracts them */
    blk_write_header(q->blk, s->shared, (uint32_t)out, sector);
    vwr_port_sync_for_device(s->shared, sizeof(struct vwr_blk_slot));
    vwr_sync_data_for_device(p, bytes);
    return request_post(&q->requests, layout, s, &r->req, addr, bytes, out);
}

/*
 * Checks a read, a write or a flush of `bytes` bytes in any number of segments. `kind` is the same as for
 * blk_is_plain(). false: blk_submit_slow() decides whether the request is valid.
 */
static inline bool blk_is_common(const struct vwr_blk_plain *plain, uint64_t kind, uint64_t sector,
                                 uint64_t bytes)
{
    const uint64_t sectors = blk_to_sectors(bytes);

    if (VWR_RARELY(kind > plain->kind_max))
        return kind == VWR_BLK_T_FLUSH && plain->flush && bytes == 0;
    return ((sectors | sector) & plain->mask) == 0 && sectors - 1 < plain->array_max &&
           sector + sectors <= plain->sectors;
}

/* Submits a request of any form, with all checks. */
static VWR_OUT_OF_LINE int blk_submit_slow(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const int result = vwr_blk_can_submit_(q, r);

    return result == VWR_OK ? vwr_request_submit_measured_(&q->requests, &r->req) : result;
}

/* Submits a read or write of several segments, or a flush. Any other request is left to blk_submit_slow(). */
VWR_FAST_INLINE int blk_submit_common(struct vwr_blk_requestq *q, unsigned layout, struct vwr_blk_req *r)
{
    const uint64_t kind = r->type | (uint64_t)r->sectors << 32; /* adjacent fields: one load for both */
    struct vwr_requestq *const requests = &q->requests;
    struct vwr_request_slot *const s = request_take_bound(requests, &r->req, layout);
    struct request_draft draft;

    request_draft_begin(&draft, &r->req, kind == VWR_BLK_T_IN);
    if (VWR_RARELY(s == NULL) || VWR_RARELY(r->req.state != VWR_REQ_IDLE))
        return blk_submit_slow(q, r);
    if (VWR_RARELY(!request_draft_data(requests, s, &draft, layout)))
        return blk_submit_slow(q, r);
    if (VWR_RARELY(!blk_is_common(&q->plain, kind, r->sector, draft.bytes))) {
        request_draft_drop(requests, s, &draft, layout);
        return blk_submit_slow(q, r);
    }
    blk_write_header(q->blk, s->shared, (uint32_t)kind, kind == VWR_BLK_T_FLUSH ? 0 : r->sector);
    vwr_port_sync_for_device(s->shared, sizeof(struct vwr_blk_slot));
    request_draft_post(requests, s, &draft, vwr_blk_class.last_at, layout);
    request_sync_for_device(&r->req);
    /* A flush adds 0. blk_fail() subtracts the sectors of a failed request. */
    vwr_count_add(&q->stats.sectors[kind % 2u], (uintptr_t)(draft.bytes / VWR_BLK_SECTOR_BYTES));
    r->req.bytes = draft.bytes;
    r->req.in = draft.in;
    request_set_state(&r->req, VWR_REQ_IN_FLIGHT);
    request_occupy(requests, s, &r->req);
    return VWR_OK;
}

static VWR_OUT_OF_LINE int blk_submit_split(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return blk_submit_common(q, VWR_LAYOUT_SPLIT, r);
}

static VWR_OUT_OF_LINE int blk_submit_packed(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return blk_submit_common(q, VWR_LAYOUT_PACKED, r);
}

static VWR_OUT_OF_LINE int blk_submit_in_order(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return blk_submit_common(q, request_layout(&q->requests), r);
}

/* Submits a request of any form on the fastest path for the layout. */
VWR_ALWAYS_INLINE int blk_submit_any(struct vwr_blk_requestq *q, struct vwr_blk_req *r, unsigned layout)
{
    if (!VWR_BINDS_CHAINS)
        return blk_submit_slow(q, r);
    if (layout == VWR_LAYOUT_SPLIT)
        return blk_submit_split(q, r);
    if (VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        return blk_submit_packed(q, r);
    return VWR_WITH_IN_ORDER ? blk_submit_in_order(q, r) : blk_submit_slow(q, r);
}

/*
 * Submits a request that blk_submit_plain() did not submit. If the only reason was that no slot is free, the
 * queue is full. If it was that the slot had no descriptors for a single segment, vwr_request_fit_slot_()
 * prepares a slot, and the request is submitted again.
 */
static VWR_OUT_OF_LINE int blk_submit_rest(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    struct vwr_requestq *const requests = &q->requests;
    const unsigned layout = request_layout(requests);
    const struct vwr_vec *data;

    if (!VWR_BINDS_CHAINS || layout == VWR_LAYOUT_STOPPED || requests->free->chain.segments == 1 ||
        vwr_request_vec_count(&r->req) != 1)
        return blk_submit_any(q, r, layout);
    if (vwr_request_fit_slot_(requests, 1) != NULL)
        return vwr_blk_submit(q, r);
    data = request_only_segment(&r->req);
    if (data != NULL && requests->free == request_no_slot(requests) &&
        blk_is_plain(&q->plain, r, data->p, r->type | (uint64_t)r->sectors << 32,
                     blk_to_sectors(data->bytes)))
        return vwr_queue_full_(&requests->queue);
    return blk_submit_slow(q, r);
}

VWR_ALWAYS_INLINE int blk_submit(struct vwr_requestq *requests, void *what, unsigned layout)
{
    struct vwr_blk_requestq *const q = (struct vwr_blk_requestq *)(void *)requests;
    struct vwr_blk_req *const r = what;
    const struct vwr_vec *const data = request_only_segment(&r->req);
    struct vwr_request_slot *s = NULL;
    int result;

    if (!VWR_RARELY(data == NULL)) {
        result = blk_submit_plain(q, layout, r, data, blk_to_sectors(data->bytes), &s);
        if (!VWR_RARELY(s == NULL))
            return result;
    } else if (layout == VWR_LAYOUT_SPLIT) { /* for other layouts, this call would take more registers */
        return blk_submit_any(q, r, layout);
    }
    return blk_submit_rest(q, r);
}

int vwr_blk_submit(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return request_by_layout(&q->requests, r, blk_submit);
}

static VWR_OUT_OF_LINE int blk_reap_in_order(struct vwr_requestq *q, struct vwr_req **done, unsigned max)
{
    return request_reap_posted(q, done, max, &vwr_blk_class, VWR_LAYOUT_SPLIT_IN_ORDER);
}

int vwr_blk_reap(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned max)
{
    struct vwr_req **const requests = (void *)done; /* vwr_req is the first member of vwr_blk_req */

    return request_reap_by(&q->requests, requests, max, &vwr_blk_class, blk_reap_in_order);
}

int vwr_blk_do(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const int result = vwr_blk_can_submit_(q, r);

    if (result != VWR_OK)
        return result;
    return r->type <= VWR_BLK_T_OUT ? vwr_request_transfer(&q->requests, &r->req, r->req.bytes)
                                    : vwr_request_do_measured_(&q->requests, &r->req);
}

/* ---- blocking read and write ---- */

VWR_OUT_OF_LINE int vwr_blk_run_(struct vwr_blk *b, uint32_t type, uint64_t sector, void *p, size_t bytes)
{
    vwr_blk_fill(&b->req, type, sector, p, bytes);
    return vwr_request_transfer(&b->first.requests, &b->req.req, bytes);
}

/* Transfers any number of bytes. */
static VWR_COLD int blk_transfer_slow(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count,
                                      uint32_t type)
{
    int n = blk_can_wait(b);

    if (n != VWR_OK)
        return n;
    vwr_blk_fill(&b->req, type, sector, p, (size_t)count * VWR_BLK_SECTOR_BYTES);
    b->req.req.bytes = b->req.req.vec.bytes;
    n = count != 0 ? vwr_blk_check_sectors(sector, count, b->info.sectors, b->block_mask) : VWR_EINVAL;
    if (n == VWR_OK && ((uintptr_t)p & (VWR_PORT_DMA_ALIGN - 1u)) != 0)
        n = VWR_EALIGN;
    return n == VWR_OK ? vwr_request_transfer(&b->first.requests, &b->req.req, b->req.req.vec.bytes)
                       : vwr_blk_refuse_(&b->first, &b->req, n);
}

/*
 * Sends a single request with one segment if possible. All other cases, including errors, are left to the
 * slow path.
 */
VWR_ALWAYS_INLINE int blk_transfer_in(struct vwr_requestq *requests, void *what, unsigned layout)
{
    struct vwr_blk *const b = what; /* first.blk is NULL until a disk is open */
    struct vwr_blk_req *const r = &b->req;
    const uint64_t sectors = r->req.vec.bytes / VWR_BLK_SECTOR_BYTES;
    struct vwr_request_slot *s = NULL;

    (void)blk_submit_plain(&b->first, layout, r, &r->req.vec, sectors, &s);
    return VWR_RARELY(s == NULL) ? blk_transfer_slow(b, r->sector, r->req.vec.p, (uint32_t)sectors, r->type)
                                 : request_wait_posted(requests, layout, s, &r->req, &vwr_blk_class);
}

static VWR_OUT_OF_LINE int blk_transfer(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count,
                                        uint32_t type)
{
    if (!VWR_BINDS_CHAINS || VWR_RARELY(b->req.req.state != VWR_REQ_IDLE))
        return blk_transfer_slow(b, sector, p, count, type);
    vwr_blk_fill(&b->req, type, sector, p, (size_t)count * VWR_BLK_SECTOR_BYTES);
    return request_by_layout(&b->first.requests, b, blk_transfer_in);
}

int vwr_blk_read(struct vwr_blk *b, uint64_t sector, void *buffer, uint32_t count)
{
    return blk_transfer(b, sector, buffer, count, VWR_BLK_T_IN);
}

int vwr_blk_write(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count)
{
    if (b->info.read_only) {
        (void)vwr_request_note(&b->first.requests, VWR_FAULT_REQUEST_REFUSED, VWR_BLK_T_OUT,
                               (uint32_t)-VWR_EROFS);
        return VWR_EROFS;
    }
    return blk_transfer(b, sector, (void *)(uintptr_t)buffer, count, VWR_BLK_T_OUT);
}
