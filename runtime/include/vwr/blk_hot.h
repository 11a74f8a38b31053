/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_HOT_H
#define VWR_BLK_HOT_H

#include "vwr/blk.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The fast path of a disk, for blk_inline.h and the driver: reads and writes of one segment. Whatever else a
 * request can be goes to vwr_blk_submit_slow.
 */

VWR_COLD int vwr_blk_submit_slow(struct vwr_blk_requestq *q, struct vwr_blk_req *r);

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

/* A read or write was submitted; or has failed, and is taken off again. */
VWR_ALWAYS_INLINE void vwr_blk_count_sectors(struct vwr_blk_requestq *q, size_t type, uint64_t sectors)
{
    vwr_count_add(&q->stats.sectors[type], (uintptr_t)sectors);
}

/* Sectors of so many bytes; more than there can be if they are no whole ones. */
VWR_ALWAYS_INLINE uint64_t vwr_blk_to_sectors(uint64_t bytes)
{
    return bytes / VWR_BLK_SECTOR_BYTES | bytes * (~(uint64_t)0 / VWR_BLK_SECTOR_BYTES + 1);
}

/*
 * True if it is a read or write of whole blocks of the disk, in one segment: all checks of it.
 * plain->sectors_max is not more than the disk has, and no sum of numbers without plain->mask overflows.
 */
VWR_ALWAYS_INLINE bool vwr_blk_is_plain(const struct vwr_blk_plain *plain, const struct vwr_blk_req *r,
                                        uint64_t sectors)
{
    const uint64_t kind = r->type | (uint64_t)r->sectors << 32; /* neighbours: one load for both */
    const uint64_t busy = r->req.vec_count | (uint64_t)r->req.state << 32;

    return (busy | (kind & plain->other_types)) == 0 &&
           ((uintptr_t)r->req.vec.p & (VWR_PORT_DMA_ALIGN - 1u)) == 0 && sectors - 1 < plain->sectors_max &&
           ((sectors | r->sector) & plain->mask) == 0 && r->sector + sectors <= plain->sectors;
}

VWR_ALWAYS_INLINE int vwr_blk_submit_as(struct vwr_blk_requestq *q, struct vwr_blk_req *r,
                                        enum vwr_layout layout)
{
    const size_t bytes = r->req.vec.bytes;
    const uint64_t sectors = vwr_blk_to_sectors(bytes);
    const size_t out = r->type; /* of a plain one IN or OUT: 1 is what the device reads */
    struct vwr_request_slot *s;
    size_t run = 0;
    uint64_t addr;

    VWR_STATIC_ASSERT(VWR_BLK_T_IN == 0 && VWR_BLK_T_OUT == 1, "an index");
    if (layout == VWR_LAYOUT_STOPPED || VWR_RARELY(!vwr_blk_is_plain(&q->plain, r, sectors)))
        return vwr_blk_submit_slow(q, r);
    s = vwr_request_slot_as(&q->requests, layout);
    if (VWR_RARELY(!vwr_request_can_post_as(&q->requests, layout, s)))
        return vwr_blk_submit_slow(q, r);
    addr = vwr_request_map(s, r->req.vec.p, bytes, out == 0, &run);
    if (VWR_RARELY(run < bytes)) {
        vwr_request_unmap(s);
        return vwr_blk_submit_slow(q, r);
    }
    vwr_blk_count_sectors(q, out, sectors);
    vwr_blk_write_header(q->blk, s->shared, (uint32_t)out, r->sector);
    vwr_sync_data_for_device(r->req.vec.p, bytes);
    vwr_request_post_as(&q->requests, layout, &r->req, s, addr, bytes, out);
    return VWR_OK;
}

VWR_ALWAYS_INLINE uint32_t vwr_blk_read_status(const struct vwr_blk_shared *shared)
{
    return *(const volatile uint8_t *)&shared->in.status;
}

/* Requests of a bound chain are those to whose data and status byte nothing has to be added. */
VWR_ALWAYS_INLINE uint32_t vwr_blk_finish_bound(struct vwr_chain *chain, uint64_t written, struct vwr_req **r)
{
    const struct vwr_blk_shared *const shared =
        (const struct vwr_blk_shared *)((struct vwr_request_slot *)(void *)chain)->shared;

    VWR_STATIC_ASSERT(VWR_BLK_S_OK == 0, "what is not the usual answer");
    *r = vwr_request_vacate(chain, written, sizeof(shared->in.status));
    vwr_port_sync_for_cpu(shared, sizeof(*shared));
    return vwr_blk_read_status(shared);
}

/* done[n - 1] has come back with a status that is not OK; the rest of the reap. */
VWR_COLD int vwr_blk_reap_failed(struct vwr_requestq *q, struct vwr_req **done, unsigned n, unsigned budget,
                                 uint32_t status);

/* A vwr_blk_req begins with its vwr_req. */
VWR_ALWAYS_INLINE int vwr_blk_reap_as(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned budget,
                                      enum vwr_layout layout)
{
    return vwr_request_reap_as(&q->requests, (struct vwr_req **)(void *)done, budget, layout,
                               vwr_blk_finish_bound, vwr_blk_reap_failed);
}

#ifdef __cplusplus
}
#endif

#endif
