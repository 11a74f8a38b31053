/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "blk_common.h"
#include "vwr/blk_hot.h"

/* Calls that wait: reads, writes, flush, id. They use the disk's first queue, and b->req. */

static VWR_OUT_OF_LINE int blk_fill_and_run(struct vwr_blk *b, uint32_t type, uint64_t sector, void *p,
                                            size_t bytes)
{
    vwr_blk_fill(&b->req, type, sector, p, bytes);
    return vwr_blk_run(b, bytes);
}

/* A request that was checked: as soon as there is room. */
static int blk_send(struct vwr_requestq *q, struct vwr_req *r)
{
    int n = vwr_request_send(q, r);

    while (n == VWR_EFULL) {
        n = vwr_request_make_room(q);
        if (n != VWR_OK)
            return n;
        n = vwr_request_send(q, r);
    }
    if (n == VWR_ESEGMENTS || n == VWR_EINVAL)
        return vwr_request_note(q, VWR_FAULT_REQUEST_SEGMENTS, q->segments_max, q->segment_bytes_max);
    return n;
}

/* In one request, or in as many as it takes. */
static int blk_send_all(struct vwr_requestq *q, struct vwr_blk_req *r, uint64_t left)
{
    int n;

    r->req.offset = 0;
    do {
        r->req.bytes = left;
        r->req.replays = 0;
        n = blk_send(q, &r->req);
        if (n != VWR_OK)
            return n;
        (void)vwr_queue_kick(&q->queue);
        n = vwr_request_wait_for(q, &r->req);
        left -= r->req.bytes;
        r->req.offset += r->req.bytes;
        r->sector += r->req.bytes / VWR_BLK_SECTOR_BYTES;
    } while (n == VWR_OK && left != 0);
    return n;
}

int vwr_blk_run(struct vwr_blk *b, uint64_t bytes)
{
    struct vwr_req *const r = &b->req.req;
    const uint32_t count = vwr_request_vec_count(r);
    int n;

    r->splits = VWR_REQ_SPLITS;
    for (uint32_t i = 0; i < count; i++)
        vwr_sync_data_for_device(vwr_request_vecs(r)[i].p, vwr_request_vecs(r)[i].bytes);
    n = blk_send_all(&b->first.requests, &b->req, bytes);
    for (uint32_t i = 0; i < count; i++)
        vwr_sync_data_for_cpu(vwr_request_vecs(r)[i].p, vwr_request_vecs(r)[i].bytes);
    return n;
}

/*
 * b->req describes a request that was posted without it, and did not come back well at once; get_used has
 * answered `found`.
 */
static VWR_COLD int blk_finish_later(struct vwr_blk *b, struct vwr_request_slot *s, int found,
                                     struct vwr_chain *chain)
{
    struct vwr_requestq *const q = &b->first.requests;
    struct vwr_req *const r = &b->req.req;
    int n;

    r->splits = VWR_REQ_SPLITS;
    r->replays = 0;
    r->offset = 0;
    r->bytes = r->vec.bytes;
    r->state = VWR_REQ_IN_FLIGHT;
    vwr_request_occupy(q, s, r);
    if (found > 0)
        vwr_request_arrived(q, chain, r);
    n = vwr_request_wait_for(q, r);
    vwr_sync_data_for_cpu(r->vec.p, r->vec.bytes);
    return n;
}

/* From a bound slot to the queue and back, if the answer is there at once. As get_used; VWR_EFULL: not
 * posted. */
VWR_ALWAYS_INLINE int blk_post_and_poll(struct vwr_queue *q, struct vwr_request_slot *s, uint64_t addr,
                                        size_t bytes, bool in, struct vwr_chain **chain, bool split)
{
    int n;

    if (split) {
        vwr_queue_post_bound_as(q, VWR_LAYOUT_SPLIT, &s->chain, addr, bytes, in);
        (void)vwr_queue_kick_as(q, VWR_LAYOUT_SPLIT);
        return vwr_queue_get_used_as(q, VWR_LAYOUT_SPLIT, chain);
    }
    n = vwr_queue_post(q, &s->chain, addr, (uint32_t)bytes, in);
    if (n != VWR_OK)
        return VWR_EFULL;
    (void)vwr_queue_kick(q);
    return vwr_queue_get_used(q, chain);
}

/*
 * The fast path of a buffer of one segment, for which a slot is bound: if the answer is there at once,
 * nothing has to be remembered of the request. VWR_EFULL: it has not been posted.
 */
VWR_ALWAYS_INLINE int blk_transfer_at_once(struct vwr_blk *b, struct vwr_request_slot *s, uint64_t addr,
                                           uint64_t sector, void *p, size_t bytes, bool in, bool split)
{
    const uint32_t type = in ? VWR_BLK_T_IN : VWR_BLK_T_OUT;
    struct vwr_blk_shared *const shared = s->shared;
    struct vwr_chain *chain = NULL;
    int n;

    vwr_blk_write_header(b, shared, type, sector);
    vwr_sync_data_for_device(p, bytes);
    n = blk_post_and_poll(&b->first.requests.queue, s, addr, bytes, in, &chain, split);
    if (n == VWR_EFULL) {
        vwr_request_unmap(s);
        return n;
    }
    if (n > 0 && chain == &s->chain) {
        vwr_port_sync_for_cpu(shared, sizeof(*shared));
        if (*(const volatile uint8_t *)&shared->in.status == VWR_BLK_S_OK) {
            vwr_request_unmap(s);
            vwr_sync_data_for_cpu(p, bytes);
            vwr_blk_count_sectors(&b->first, in, bytes);
            return VWR_OK;
        }
    }
    vwr_blk_fill(&b->req, type, sector, p, bytes);
    return blk_finish_later(b, s, n, chain);
}

static VWR_OUT_OF_LINE int blk_transfer_slow(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count,
                                             bool in)
{
    const size_t bytes = (size_t)count * VWR_BLK_SECTOR_BYTES;
    struct vwr_request_slot *s;
    size_t run = 0;
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
    s = VWR_FAST_PATHS ? vwr_request_get_slot(&b->first.requests) : NULL;
    if (s != NULL && s->bound && bytes <= b->segment_bytes_max) {
        const uint64_t addr = vwr_request_map(s, p, bytes, in, &run);

        n = run >= bytes ? blk_transfer_at_once(b, s, addr, sector, p, bytes, in, false) : VWR_EFULL;
        if (run < bytes)
            vwr_request_unmap(s);
        if (n != VWR_EFULL)
            return n;
    }
    return blk_fill_and_run(b, in ? VWR_BLK_T_IN : VWR_BLK_T_OUT, sector, p, bytes);
}

/* One request of a split ring, about which all is right: plain_bytes_max is 0 unless the disk runs. */
static inline bool blk_is_plain_transfer(const struct vwr_blk *b, uint64_t sector, const void *p,
                                         uint32_t count)
{
    const struct vwr_requestq *const q = &b->first.requests;
    const uint64_t bytes = (uint64_t)count * VWR_BLK_SECTOR_BYTES;

    return VWR_FAST_PATHS && q->queue.layout == VWR_LAYOUT_SPLIT && b->recovery.dev->state == VWR_DEV_LIVE &&
           b->req.req.state == VWR_REQ_IDLE && bytes - 1 < b->plain_bytes_max &&
           sector <= b->info.sectors - count && ((sector | count) & b->block_mask) == 0 &&
           ((uintptr_t)p & (VWR_PORT_DMA_ALIGN - 1u)) == 0 &&
           vwr_request_can_post_as(q, VWR_LAYOUT_SPLIT, q->next_slot);
}

static inline int blk_transfer(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count, bool in)
{
    const size_t bytes = (size_t)count * VWR_BLK_SECTOR_BYTES;
    struct vwr_request_slot *const s = b->first.requests.next_slot;
    size_t run = 0;
    uint64_t addr;

    if (VWR_RARELY(!blk_is_plain_transfer(b, sector, p, count)))
        return blk_transfer_slow(b, sector, p, count, in);
    addr = vwr_request_map(s, p, bytes, in, &run);
    if (VWR_RARELY(run < bytes)) {
        vwr_request_unmap(s);
        return blk_transfer_slow(b, sector, p, count, in);
    }
    return blk_transfer_at_once(b, s, addr, sector, p, bytes, in, true);
}

int vwr_blk_read(struct vwr_blk *b, uint64_t sector, void *buffer, uint32_t count)
{
    return blk_transfer(b, sector, buffer, count, true);
}

int vwr_blk_write(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count)
{
    if (b->info.read_only)
        return VWR_EROFS;
    return blk_transfer(b, sector, (void *)(uintptr_t)buffer, count, false);
}

int vwr_blk_flush(struct vwr_blk *b)
{
    if (!blk_is_usable(b))
        return VWR_EFAILED;
    if (!vwr_dev_has(b->recovery.dev, VWR_BLK_F_FLUSH)) /* then nothing is kept back either */
        return VWR_OK;
    return blk_fill_and_run(b, VWR_BLK_T_FLUSH, 0, NULL, 0);
}

int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u])
{
    void *small;
    int r;

    VWR_STATIC_ASSERT(VWR_BLK_GET_ID_BYTES <= VWR_BLK_SMALL_BYTES, "the id fits");
    id[0] = '\0';
    if (!blk_is_usable(b))
        return VWR_EFAILED;
    small = blk_small(b);
    vwr_zero(small, VWR_BLK_GET_ID_BYTES); /* what the device does not write is nothing */
    b->req.req.in = 1;
    r = blk_fill_and_run(b, VWR_BLK_T_GET_ID, 0, small, VWR_BLK_GET_ID_BYTES);
    if (r != VWR_OK)
        return r;
    vwr_copy(id, small, VWR_BLK_GET_ID_BYTES);
    id[VWR_BLK_GET_ID_BYTES] = '\0';
    return r;
}
