/* SPDX-License-Identifier: MIT */
#include "blk_common.h"
#include "request_common.h"

/* A request that takes as much of its data as one can have. */

/* A read or write from `offset` bytes of its data on. */
static int blk_check_part(const struct vwr_blk *b, struct vwr_blk_req *r, uint64_t offset)
{
    const struct vwr_request *const row = vwr_blk_request_row(r->type);
    int result = vwr_blk_check_row(b, row);

    if (result == VWR_OK && (r->type > VWR_BLK_T_OUT || r->sectors != 0))
        result = VWR_EINVAL;
    if (result == VWR_OK)
        result = vwr_request_measure(&r->req);
    if (result != VWR_OK)
        return result;
    if (offset >= r->req.bytes)
        return VWR_EINVAL;
    r->req.bytes -= offset;
    r->req.offset = offset;
    result = vwr_blk_check_data(row, r->req.bytes);
    return result == VWR_OK ? blk_check_sectors(b, r->sector, r->req.bytes / VWR_BLK_SECTOR_BYTES) : result;
}

int vwr_blk_submit_part(struct vwr_blk_requestq *q, struct vwr_blk_req *r, uint64_t offset, uint64_t *bytes)
{
    uint64_t rest;
    int result = vwr_blk_check_state(q, r);

    if (result == VWR_OK)
        result = blk_check_part(q->blk, r, offset);
    if (result != VWR_OK)
        return result;
    rest = r->req.bytes;
    r->req.splits = VWR_REQ_SPLITS;
    r->req.sleeper = 0;
    r->req.replays = 0;
    result = vwr_request_send(&q->requests, &r->req);
    if (result != VWR_OK)
        return result;
    r->req.splits = offset == 0 && r->req.bytes == rest ? 0 : VWR_REQ_PART;
    if (offset == 0)
        request_sync_for_device(&r->req);
    *bytes = r->req.bytes;
    return VWR_OK;
}
