/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/* Waiting for a request, and the calls that do: reads, writes, flush, id. */

#define NAP_US 10000u /* longest sleep; then the clock and the device are looked at */

/* A request that somebody else asked for has come back. */
void blk_hand_over(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const struct vwr_blk_threads *const threads = q->blk->options.threads;

    if (r->sleeper) {
        threads->wake(threads->context, r);
        return;
    }
    r->parked = true;
    blk_put_done(q, r);
}

/* Sleeps, if that can be done, until something may have come. */
static void nap(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const struct vwr_blk_threads *const threads = q->blk->options.threads;
    const uint32_t seen = q->blk->dev->irqs;

    if (threads != NULL ? r == NULL : !VWR_PORT_HAS_IDLE)
        return;
    if (!vwr_queue_arm(&q->queue, 1))
        return;
    if (threads != NULL) {
        r->sleeper = true;
        threads->sleep(threads->context, r, NAP_US);
        r->sleeper = false;
    } else {
        vwr_port_idle(&q->blk->dev->irqs, seen, NAP_US);
    }
    vwr_queue_disarm(&q->queue);
}

/* The disk is stopped. Brings it back, if that is what is wished and nobody else has a queue of it. */
static VWR_COLD int revive(struct vwr_blk_requestq *q, int why)
{
    int r = VWR_EBUSY;

    if (!VWR_WITH_RECOVERY || q->blk->options.policy != VWR_BLK_REPLAY || q->blk->queue_count != 1)
        return why;
    while (r == VWR_EBUSY) {
        vwr_port_relax();
        r = vwr_blk_recover(q->blk);
    }
    return r == VWR_OK ? VWR_OK : why;
}

/* One turn of waiting for `r`, or for anything. Negative: the disk is stopped. */
static VWR_COLD int wait_turn(struct vwr_blk_requestq *q, struct vwr_blk_req *r, uint32_t *turns)
{
    struct vwr_blk_req *done = NULL;
    int n = blk_take(q, &done);

    if (n > 0 && done != r)
        blk_hand_over(q, done);
    if (n > 0)
        return VWR_OK;
    n = n == 0 ? blk_watch(q) : blk_stopped(q, n);
    if (n != VWR_OK)
        return revive(q, n);
    vwr_port_relax();
    if (++*turns > q->blk->options.spin)
        nap(q, r);
    return VWR_OK;
}

static int wait_for(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    struct vwr_blk_req *done = NULL;
    uint32_t turns = 0;
    int n = 0;

    if (blk_take(q, &done) > 0 && done != r)
        blk_hand_over(q, done);
    while (r->slot != NULL && n == 0)
        n = wait_turn(q, r, &turns);
    return r->slot == NULL ? r->result : n;
}

/* The queue is full: waits until something has come back. VWR_EFULL: there is nothing that could. */
VWR_COLD int blk_make_way(struct vwr_blk_requestq *q)
{
    const uint32_t before = q->queue.taken;
    uint32_t turns = 0;
    int n = VWR_OK;

    if (vwr_queue_in_flight(&q->queue) == 0)
        return VWR_EFULL;
    (void)vwr_queue_kick(&q->queue);
    while (n == VWR_OK && q->queue.taken == before)
        n = wait_turn(q, NULL, &turns);
    return n;
}

static VWR_COLD int send_later(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    int n;

    do {
        n = blk_make_way(q);
        if (n == VWR_OK)
            n = blk_send(q, r);
    } while (n == VWR_EFULL && vwr_queue_in_flight(&q->queue) != 0);
    return n;
}

/* A request that needs no other check, in one piece or as many requests as it takes. */
static int run(struct vwr_blk_requestq *q, struct vwr_blk_req *r, uint64_t left)
{
    int n;

    r->offset = 0;
    do {
        r->bytes = left;
        n = blk_send(q, r);
        if (n == VWR_EFULL)
            n = send_later(q, r);
        if (n == VWR_ESEGMENTS || n == VWR_EINVAL)
            return vwr_dev_note(q->blk->dev, VWR_FAULT_BLK_PIECES, q->blk->info.segments_max,
                                q->blk->info.segment_bytes_max);
        if (n != VWR_OK)
            return n;
        (void)vwr_queue_kick(&q->queue);
        n = wait_for(q, r);
        left -= r->bytes;
        r->offset += r->bytes;
        r->sector += r->bytes / VWR_BLK_SECTOR_BYTES;
    } while (n == VWR_OK && left != 0);
    return n;
}

int blk_check_transfer(const struct vwr_blk *b, uint64_t sector, uint64_t count)
{
    if (count > b->info.sectors || sector > b->info.sectors - count)
        return VWR_ERANGE;
    return ((sector | count) & b->block_mask) != 0 ? VWR_EALIGN : VWR_OK;
}

int blk_run(struct vwr_blk *b, bool in, uint64_t bytes)
{
    struct vwr_blk_req *const r = &b->req;
    int n;

    r->in = in;
    r->splits = true;
    for (unsigned i = 0; i < blk_part_count(r); i++)
        vwr_port_sync_for_device(blk_parts(r)[i].p, blk_parts(r)[i].bytes);
    n = run(&b->first, r, bytes);
    for (unsigned i = 0; i < blk_part_count(r); i++)
        vwr_port_sync_for_cpu(blk_parts(r)[i].p, blk_parts(r)[i].bytes);
    return n;
}

static int transfer(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count, bool in)
{
    int n;

    if (!blk_is_usable(b))
        return VWR_EFAILED;
    if (count == 0)
        return VWR_EINVAL;
    n = blk_check_transfer(b, sector, count);
    if (n != VWR_OK)
        return n;
    if (((uintptr_t)p & (VWR_PORT_DMA_ALIGN - 1u)) != 0)
        return VWR_EALIGN;
    vwr_blk_fill(&b->req, in ? VWR_BLK_T_IN : VWR_BLK_T_OUT, sector, p, (size_t)count * VWR_BLK_SECTOR_BYTES);
    return blk_run(b, in, (uint64_t)count * VWR_BLK_SECTOR_BYTES);
}

int vwr_blk_read(struct vwr_blk *b, uint64_t sector, void *buffer, uint32_t count)
{
    return transfer(b, sector, buffer, count, true);
}

int vwr_blk_write(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count)
{
    if (b->info.read_only)
        return VWR_EROFS;
    return transfer(b, sector, (void *)(uintptr_t)buffer, count, false);
}

int vwr_blk_flush(struct vwr_blk *b)
{
    if (!blk_is_usable(b))
        return VWR_EFAILED;
    if (!vwr_dev_has(b->dev, VWR_BLK_F_FLUSH)) /* then nothing is kept back either */
        return VWR_OK;
    vwr_blk_fill(&b->req, VWR_BLK_T_FLUSH, 0, NULL, 0);
    return blk_run(b, false, 0);
}

int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u])
{
    int r;

    VWR_STATIC_ASSERT(VWR_BLK_GET_ID_BYTES <= VWR_BLK_SMALL_BYTES, "the id fits");
    id[0] = '\0';
    if (!blk_is_usable(b))
        return VWR_EFAILED;
    vwr_blk_fill(&b->req, VWR_BLK_T_GET_ID, 0, b->small, VWR_BLK_GET_ID_BYTES);
    r = blk_run(b, true, VWR_BLK_GET_ID_BYTES);
    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < VWR_BLK_GET_ID_BYTES; i++)
        id[i] = (char)b->small[i];
    id[VWR_BLK_GET_ID_BYTES] = '\0';
    return r;
}

int vwr_blk_wait(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    struct vwr_blk_req **at = &q->done;
    int n = wait_for(q, r);

    if (r->slot != NULL || !r->parked)
        return n;
    while (*at != r)
        at = &(*at)->next;
    *at = r->next;
    if (*at == NULL)
        q->done_end = at;
    r->parked = false;
    return r->result;
}
