/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "blk_common.h"
#include "vwr/blk_hot.h"

/* Calls that wait: reads, writes, flush, id. They use the disk's first queue, and b->req. */

VWR_OUT_OF_LINE int vwr_blk_run(struct vwr_blk *b, uint32_t type, uint64_t sector, void *p, size_t bytes)
{
    vwr_blk_fill(&b->req, type, sector, p, bytes);
    return vwr_request_transfer(&b->first.requests, &b->req.req, bytes);
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
    struct vwr_chain *chain = &s->chain;
    int n;

    vwr_blk_write_header(b, shared, type, sector);
    vwr_sync_data_for_device(p, bytes);
    n = vwr_request_post_and_poll(&b->first.requests.queue, s, addr, bytes, in, &chain, split);
    if (n == VWR_EFULL) {
        vwr_request_unmap(s);
        return n;
    }
    vwr_blk_count_sectors(&b->first, type, bytes / VWR_BLK_SECTOR_BYTES);
    if (n > 0 && chain == &s->chain) {
        vwr_port_sync_for_cpu(shared, sizeof(*shared));
        if (vwr_blk_read_status(shared) == VWR_BLK_S_OK) {
            vwr_request_unmap(s);
            vwr_sync_data_for_cpu(p, bytes);
            return VWR_OK;
        }
    }
    vwr_blk_fill(&b->req, type, sector, p, bytes);
    return vwr_request_wait_posted(&b->first.requests, s, &b->req.req, n, chain);
}

static VWR_OUT_OF_LINE int blk_transfer_slow(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count,
                                             bool in)
{
    const size_t bytes = (size_t)count * VWR_BLK_SECTOR_BYTES;
    struct vwr_request_slot *s;
    uint64_t addr;
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
    if (s != NULL && s->bound && bytes <= b->segment_bytes_max &&
        vwr_request_map_whole(s, p, bytes, in, &addr)) {
        n = blk_transfer_at_once(b, s, addr, sector, p, bytes, in, false);
        if (n != VWR_EFULL)
            return n;
    }
    return vwr_blk_run(b, in ? VWR_BLK_T_IN : VWR_BLK_T_OUT, sector, p, bytes);
}

VWR_FAST_INLINE int blk_transfer(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count, bool in)
{
    const size_t bytes = (size_t)count * VWR_BLK_SECTOR_BYTES;
    const struct vwr_requestq *const q = &b->first.requests;
    const struct vwr_blk_plain *const plain = &b->first.plain;
    struct vwr_request_slot *const s = q->next_slot;
    uint64_t addr;

    /* One request of a split ring, about which all is right: sectors_max is 0 unless the disk runs. */
    if (VWR_FAST_PATHS && q->queue.layout == VWR_LAYOUT_SPLIT && vwr_request_is_usable(q, &b->req.req) &&
        (uint64_t)count - 1 < plain->sectors_max && ((sector | count) & plain->mask) == 0 &&
        sector + count <= plain->sectors && ((uintptr_t)p & (VWR_PORT_DMA_ALIGN - 1u)) == 0 &&
        vwr_request_can_post_as(q, VWR_LAYOUT_SPLIT, s) && vwr_request_map_whole(s, p, bytes, in, &addr))
        return blk_transfer_at_once(b, s, addr, sector, p, bytes, in, true);
    return blk_transfer_slow(b, sector, p, count, in);
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
    if (!vwr_dev_has(b->recovery.dev, VWR_BLK_F_FLUSH)) /* then nothing is kept back either */
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
