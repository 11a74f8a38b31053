/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "blk_common.h"
#include "../request/request_common.h"

/* Calls that wait: reads, writes, flush, id. They use the disk's first queue, and b->req. */

VWR_OUT_OF_LINE int vwr_blk_run(struct vwr_blk *b, uint32_t type, uint64_t sector, void *p, size_t bytes)
{
    vwr_blk_fill(&b->req, type, sector, p, bytes);
    return vwr_request_transfer(&b->first.requests, &b->req.req, bytes);
}

static VWR_OUT_OF_LINE int blk_transfer_slow(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count,
                                             bool in)
{
    int n;

    if (!blk_is_usable(b))
        return VWR_EFAILED;
    if (count == 0)
        return VWR_EINVAL;
    n = blk_check_sectors(b, sector, count);
    if (n != VWR_OK)
        return n;
    if (((uintptr_t)p & (VWR_PORT_DMA_ALIGN - 1u)) != 0)
        return VWR_EALIGN;
    return vwr_blk_run(b, in ? VWR_BLK_T_IN : VWR_BLK_T_OUT, sector, p, (size_t)count * VWR_BLK_SECTOR_BYTES);
}

/* The request is in the queue. Results as vwr_request_wait. */
static inline int blk_finish_at_once(struct vwr_blk *b)
{
    struct vwr_requestq *const q = &b->first.requests;
    struct vwr_req *done;

    (void)vwr_queue_kick(&q->queue);
    if (vwr_blk_reap_one(&b->first, &done)) { /* what else is there the wait finds out */
        if (done == &b->req.req)
            return done->result;
        vwr_request_complete(q, done);
    }
    return vwr_request_wait_for(q, &b->req.req);
}

/* One request, if it can be; what else it is the slow path finds out. */
static inline int blk_transfer(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count, bool in)
{
    if (!blk_is_usable(b) || b->first.requests.free == NULL || count > b->first.plain.sectors_max)
        return blk_transfer_slow(b, sector, p, count, in);
    vwr_blk_fill(&b->req, in ? VWR_BLK_T_IN : VWR_BLK_T_OUT, sector, p, (size_t)count * VWR_BLK_SECTOR_BYTES);
    if (vwr_blk_submit(&b->first, &b->req) != VWR_OK)
        return blk_transfer_slow(b, sector, p, count, in);
    return blk_finish_at_once(b);
}

int vwr_blk_read(struct vwr_blk *b, uint64_t sector, void *buffer, uint32_t count)
{
    return blk_transfer(b, sector, buffer, count, true);
}

int vwr_blk_write(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count)
{
    return b->info.read_only ? VWR_EROFS : blk_transfer(b, sector, (void *)(uintptr_t)buffer, count, false);
}

int vwr_blk_flush(struct vwr_blk *b)
{
    if (!blk_is_usable(b))
        return VWR_EFAILED;
    if (!vwr_dev_has(b->bringup.dev, VWR_BLK_F_FLUSH)) /* then nothing is kept back either */
        return VWR_OK;
    return vwr_blk_run(b, VWR_BLK_T_FLUSH, 0, NULL, 0);
}

int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u])
{
    void *answer = NULL;
    int r;

    VWR_STATIC_ASSERT(VWR_BLK_GET_ID_BYTES <= VWR_BLK_SMALL_BYTES, "the id fits");
    id[0] = '\0';
    r = blk_ask(b, VWR_BLK_T_GET_ID, &answer, VWR_BLK_GET_ID_BYTES);
    if (r != VWR_OK)
        return r;
    vwr_copy(id, answer, VWR_BLK_GET_ID_BYTES);
    id[VWR_BLK_GET_ID_BYTES] = '\0';
    return VWR_OK;
}
