/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_HOT_H
#define VWR_BLK_HOT_H

#include "vwr/blk.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The fast path of a disk, for blk_inline.h and the driver: reads and writes of one segment. Whatever else a
 * request can be goes to vwr_blk_submit_slow, and what is not a read or write that went well to
 * vwr_blk_finish_other.
 */

VWR_COLD int vwr_blk_submit_slow(struct vwr_blk_requestq *q, struct vwr_blk_req *r);
VWR_COLD int vwr_blk_finish_other(struct vwr_blk_requestq *q, struct vwr_blk_req *r,
                                  struct vwr_blk_shared *shared);

#define VWR_BLK_NO_STATUS 0xffu /* the status byte until the device has written it */

VWR_ALWAYS_INLINE void vwr_blk_write_header(const struct vwr_blk *b, void *shared, uint32_t type,
                                            uint64_t sector)
{
    struct vwr_blk_shared *const s = (struct vwr_blk_shared *)shared;
    const bool legacy = vwr_dev_is_legacy(b->recovery.dev);

    s->out.type = vwr_guest32(legacy, type);
    s->out.sector = vwr_guest64(legacy, sector);
    s->in.status = VWR_BLK_NO_STATUS;
    vwr_port_sync_for_device(s, sizeof(*s));
}

/* How much was read or written, and all went well. */
VWR_ALWAYS_INLINE void vwr_blk_count_sectors(struct vwr_blk_requestq *q, bool in, uint64_t bytes)
{
    vwr_count_add(&q->stats.sectors[in ? VWR_BLK_T_IN : VWR_BLK_T_OUT],
                  (uintptr_t)(bytes / VWR_BLK_SECTOR_BYTES));
}

/*
 * True if it is a read or write of whole blocks of the disk, in one segment: all checks of it.
 * plain_bytes_max is not more than the disk has.
 */
VWR_ALWAYS_INLINE bool vwr_blk_is_plain(const struct vwr_blk *b, const struct vwr_blk_req *r)
{
    const uint64_t bytes = r->req.vec.bytes;
    const uint64_t kind = r->type | (uint64_t)r->sectors << 32; /* neighbours: one load for both */
    const uint64_t busy = r->req.vec_count | (uint64_t)r->req.state << 32;

    return (busy | (kind & b->other_types)) == 0 &&
           ((uintptr_t)r->req.vec.p & (VWR_PORT_DMA_ALIGN - 1u)) == 0 &&
           ((bytes | r->sector * VWR_BLK_SECTOR_BYTES) & b->bytes_mask) == 0 &&
           bytes - 1 < b->plain_bytes_max && r->sector <= b->info.sectors - bytes / VWR_BLK_SECTOR_BYTES;
}

VWR_ALWAYS_INLINE int vwr_blk_submit_as(struct vwr_blk_requestq *q, struct vwr_blk_req *r,
                                        enum vwr_layout layout)
{
    struct vwr_request_slot *const s = q->requests.next_slot;
    const size_t bytes = r->req.vec.bytes;
    size_t run = 0;
    uint64_t addr;
    bool in;

    if (VWR_RARELY(!vwr_blk_is_plain(q->blk, r)) ||
        VWR_RARELY(!vwr_request_can_post_as(&q->requests, layout, s)))
        return vwr_blk_submit_slow(q, r);
    in = (r->type & VWR_BLK_T_OUT) == 0; /* it is one of the two */
    addr = vwr_request_map(s, r->req.vec.p, bytes, in, &run);
    if (VWR_RARELY(run < bytes)) {
        vwr_request_unmap(s);
        return vwr_blk_submit_slow(q, r);
    }
    vwr_blk_write_header(q->blk, s->shared, r->type, r->sector);
    vwr_sync_data_for_device(r->req.vec.p, bytes);
    vwr_request_post_as(&q->requests, layout, &r->req, s, addr, bytes, in);
    return VWR_OK;
}

/* A request has come back: its status. */
VWR_ALWAYS_INLINE void vwr_blk_finish(struct vwr_blk_requestq *q, struct vwr_blk_req *r,
                                      struct vwr_blk_shared *shared)
{
    const uint32_t type = r->type;
    const uint32_t status = *(const volatile uint8_t *)&shared->in.status;

    r->status = (uint8_t)status;
    if (VWR_RARELY((status | (type & ~(uint32_t)VWR_BLK_T_OUT)) != VWR_BLK_S_OK))
        r->req.result = vwr_blk_finish_other(q, r, shared);
    else
        vwr_count_add(&q->stats.sectors[type], (uintptr_t)(r->req.bytes / VWR_BLK_SECTOR_BYTES));
}

VWR_ALWAYS_INLINE struct vwr_blk_req *vwr_blk_finish_chain(struct vwr_blk_requestq *q,
                                                           struct vwr_chain *chain)
{
    struct vwr_blk_shared *const shared =
        (struct vwr_blk_shared *)((struct vwr_request_slot *)(void *)chain)->shared;
    struct vwr_blk_req *const r =
        (struct vwr_blk_req *)(void *)vwr_request_vacate(chain, sizeof(shared->in.status));

    vwr_port_sync_for_cpu(shared, sizeof(*shared));
    vwr_request_sync_for_cpu(&r->req);
    vwr_blk_finish(q, r, shared);
    return r;
}

VWR_ALWAYS_INLINE int vwr_blk_reap_as(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned budget,
                                      enum vwr_layout layout)
{
    struct vwr_queue *const queue = &q->requests.queue;
    struct vwr_blk_req **const end = done + budget;
    struct vwr_blk_req **at = done;
    struct vwr_chain *chain = NULL;
    struct vwr_split_reaper reaper;
    int found = 0;

    if (layout == VWR_LAYOUT_STOPPED ||
        ((layout & VWR_LAYOUT_SPLIT_IN_ORDER) != 0 && VWR_RARELY(vwr_queue_is_direct(queue))))
        return vwr_request_reap(&q->requests, (struct vwr_req **)(void *)done, budget);
    while (VWR_RARELY(vwr_requestq_has_done(&q->requests)) && at != end)
        *at++ = (struct vwr_blk_req *)(void *)vwr_request_pop_done(&q->requests);
    vwr_queue_reap_begin_as(queue, layout, &reaper);
    while (at != end && (found = vwr_queue_reap_next_as(queue, layout, &reaper, &chain)) > 0)
        *at++ = vwr_blk_finish_chain(q, chain);
    vwr_queue_reap_end_as(queue, layout, &reaper);
    if (chain != NULL)
        vwr_request_use_again(&q->requests, chain, (layout & VWR_LAYOUT_SPLIT_IN_ORDER) != 0);
    if (VWR_RARELY(at == done || vwr_requestq_has_replays(&q->requests)))
        return vwr_request_empty(&q->requests, (unsigned)(at - done), found);
    return (int)(at - done);
}

#ifdef __cplusplus
}
#endif

#endif
