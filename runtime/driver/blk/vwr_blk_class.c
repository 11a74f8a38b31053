/* SPDX-License-Identifier: MIT */
#include "blk_common.h"
#include "../request/request_common.h"
#include "vwr/blk_hot.h"

/* A disk's class of requests: header, status byte. */

/* The one range of a request that comes without data: in the memory of its slot. */
static void blk_write_range(const struct vwr_blk *b, struct vwr_blk_req *r, struct vwr_blk_shared *shared)
{
    const bool legacy = vwr_dev_is_legacy(b->recovery.dev);

    shared->range.sector = vwr_guest64(legacy, r->sector);
    shared->range.num_sectors = vwr_guest32(legacy, r->sectors);
    shared->range.flags = vwr_guest32(legacy, r->unmap ? VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK : 0);
    r->req.vec.p = &shared->range;
    r->req.vec.bytes = sizeof(shared->range);
    r->req.bytes = sizeof(shared->range);
}

static int blk_prepare(struct vwr_requestq *q, struct vwr_req *req, void *shared)
{
    struct vwr_blk_req *const r = (struct vwr_blk_req *)(void *)req;
    const struct vwr_blk *const b = ((struct vwr_blk_requestq *)(void *)q)->blk;

    vwr_blk_write_header(b, shared, r->type,
                         r->sectors != 0 ? 0 : r->sector + req->offset / VWR_BLK_SECTOR_BYTES);
    if (VWR_WITH_RANGES && r->sectors != 0)
        blk_write_range(b, r, shared);
    if (VWR_WITH_ZONED && r->type == VWR_BLK_T_ZONE_APPEND)
        req->answer_more = __builtin_offsetof(struct vwr_blk_req_in_zone_append, status);
    if (r->type <= VWR_BLK_T_OUT) /* otherwise it was found with the type */
        req->in = r->type == VWR_BLK_T_IN;
    return VWR_OK;
}

/* Reads and writes, appends too. */
static void blk_count_sectors(struct vwr_blk_requestq *q, const struct vwr_blk_req *r, bool failed)
{
    const uint64_t sectors = r->req.bytes / VWR_BLK_SECTOR_BYTES;

    if (r->type <= VWR_BLK_T_OUT || (VWR_WITH_ZONED && r->type == VWR_BLK_T_ZONE_APPEND))
        vwr_blk_count_sectors(q, r->type != VWR_BLK_T_IN, failed ? 0 - sectors : sectors);
}

static void blk_sent(struct vwr_requestq *q, const struct vwr_req *r)
{
    blk_count_sectors((struct vwr_blk_requestq *)(void *)q, (const struct vwr_blk_req *)(const void *)r,
                      false);
}

int vwr_blk_fail(struct vwr_blk_requestq *q, const struct vwr_blk_req *r)
{
    uint32_t kind = VWR_FAULT_REQUEST_STATUS;
    vwr_count *counter = &q->stats.protocol;

    if (r->req.status == VWR_BLK_S_IOERR) {
        kind = VWR_FAULT_REQUEST_IOERR;
        counter = &q->stats.io_errors;
    } else if (r->req.status == VWR_BLK_S_UNSUPP) {
        kind = VWR_FAULT_REQUEST_UNSUPP;
        counter = &q->stats.unsupported;
    } else if (VWR_WITH_ZONED && r->req.status >= VWR_BLK_S_ZONE_INVALID_CMD &&
               r->req.status <= VWR_BLK_S_ZONE_ACTIVE_RESOURCE &&
               vwr_dev_has(q->blk->recovery.dev, VWR_BLK_F_ZONED)) {
        kind = VWR_FAULT_BLK_ZONE;
        counter = &q->stats.zone_errors;
    }
    vwr_count_add(counter, 1);
    blk_count_sectors(q, r, true);
    return vwr_request_note(&q->requests, kind, r->type, r->req.status);
}

static void blk_finish(struct vwr_requestq *requests, struct vwr_req *req, void *shared)
{
    struct vwr_blk_requestq *const q = (struct vwr_blk_requestq *)(void *)requests;
    struct vwr_blk_req *const r = (struct vwr_blk_req *)(void *)req;

    req->status = (uint8_t)vwr_blk_read_status(shared);
    if (VWR_WITH_ZONED && r->type == VWR_BLK_T_ZONE_APPEND) {
        req->written = 0; /* where the data went is none of them */
        r->append_sector =
            vwr_le64_to_cpu(*(volatile vwr_le64 *)(void *)&((struct vwr_blk_shared *)shared)->in);
    }
    if (VWR_RARELY(req->status != VWR_BLK_S_OK))
        req->result = vwr_blk_fail(q, r);
}

/* An append may have been carried out. */
static bool blk_may_replay(const struct vwr_req *r)
{
    return ((const struct vwr_blk_req *)(const void *)r)->type != VWR_BLK_T_ZONE_APPEND;
}

const struct vwr_request_class vwr_blk_class = {
    .header = sizeof(struct vwr_blk_req_out),
    .answer_last = sizeof(uint8_t),
    .last_at = __builtin_offsetof(struct vwr_blk_shared, in) +
               __builtin_offsetof(struct vwr_blk_req_in_zone_append, status),
    .shared_bytes = sizeof(struct vwr_blk_shared),
    .more_bytes = VWR_BLK_SMALL_BYTES,
    .prepare = blk_prepare,
    .finish = blk_finish,
    .sent = blk_sent,
    .may_replay = blk_may_replay,
    .type_at = __builtin_offsetof(struct vwr_blk_req, type),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};
