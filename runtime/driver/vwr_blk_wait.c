/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "blk_common.h"

/* Waiting for a request, and the calls that do: reads, writes, flush, id. */

#define NAP_US 10000u /* longest sleep; then the clock and the device are looked at */
#define CUT_SHORT 8u  /* what a sleep is worth in which the device has interrupted: this part of its time */

/* A request that somebody else asked for has come back. */
void vwr_blk_hand_over(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const struct vwr_blk_threads *const threads = q->blk->options.threads;

    if (r->sleeper)
        threads->wake(threads->context, r);
    else
        blk_put_done(q, r);
}

/*
 * Sleeps, if that can be done, until something may have come. Answers how long, in microseconds, as far as
 * that can be told: an interrupt may have ended it early, but one after the other must not put the deadline
 * off for ever.
 */
static VWR_COLD uint32_t nap(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const struct vwr_blk_threads *const threads = q->blk->options.threads;
    const uint32_t seen = q->blk->dev->irqs;

    if (threads != NULL ? r == NULL : !VWR_PORT_HAS_IDLE)
        return 0;
    if (!vwr_queue_arm(&q->queue, 1))
        return 0;
    if (threads != NULL) {
        r->sleeper = true;
        q->sleepers++;
        threads->sleep(threads->context, r, NAP_US);
        q->sleepers--;
        r->sleeper = false;
    } else {
        vwr_port_idle(&q->blk->dev->irqs, seen, NAP_US);
    }
    if (q->sleepers == 0) /* the others rely on it */
        vwr_queue_disarm(&q->queue);
    return q->blk->dev->irqs == seen ? NAP_US : NAP_US / CUT_SHORT;
}

/*
 * Whoever has taken something and goes asks for the next interrupt on behalf of those who sleep yet: what
 * they had asked for was for what has come. There is room for requests of a recovery then.
 */
static VWR_COLD void leave_to_sleepers(struct vwr_blk_requestq *q)
{
    struct vwr_blk_req *done = NULL;
    int n = 0;

    while (!vwr_queue_arm(&q->queue, 1) && (n = vwr_blk_take(q, &done)) > 0)
        vwr_blk_hand_over(q, done);
    if (n < 0)
        (void)vwr_blk_stopped(q, n);
    else if (q->replay != NULL)
        vwr_blk_send_again(q);
}

/* The disk is stopped. Brings it back, if that is what is wished and nobody else has a queue of it. */
static VWR_COLD int revive(struct vwr_blk_requestq *q, int why)
{
    int r = VWR_EBUSY;

    if (q->blk->options.policy != VWR_BLK_REPLAY || q->blk->queue_count != 1)
        return why;
    while (r == VWR_EBUSY) /* each look at a reset is a turn of its wait, with vwr_port_relax */
        r = vwr_blk_recover(q->blk);
    return r == VWR_OK ? VWR_OK : why;
}

/*
 * Waits until `r`, or with NULL anything, has come back. Now and then asks the device whether it
 * is still with us. VWR_OK, or why the disk is stopped.
 */
static VWR_COLD int wait_until(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    struct vwr_blk_req *done = NULL;
    struct vwr_wait wait;
    bool more = true;

    vwr_wait_begin(&wait, q->blk->timeout_us);
    for (uint32_t turn = 1;; turn++) {
        int n = vwr_blk_take(q, &done);

        if (VWR_WITH_ASYNC && n > 0 && done != r)
            vwr_blk_hand_over(q, done);
        if (VWR_WITH_ASYNC && n > 0 && q->replay != NULL)
            vwr_blk_send_again(q);
        /* somebody else may have reaped `r`, or a recovery has returned it */
        if ((VWR_WITH_ASYNC || VWR_WITH_RECOVERY) && r != NULL ? r->slot == NULL : n > 0)
            break;
        if (n == 0 && q->blk->dev->state != VWR_DEV_LIVE) /* stopped by another queue's owner */
            n = VWR_EFAILED;
        if (n == 0 && (!more || turn % BLK_CHECK_TURNS == 0))
            n = blk_look(q);
        if (n == 0 && !more)
            n = vwr_blk_timed_out(q, r != NULL ? r->type : q->blk->req.type);
        if (n < 0) {
            n = vwr_blk_stopped(q, n);
            if (!VWR_WITH_RECOVERY)
                return n;
            n = revive(q, n);
            if (n != VWR_OK || r == NULL)
                return n;
            vwr_wait_begin(&wait, q->blk->timeout_us);
            more = true;
            continue; /* the recovery may have returned `r` */
        }
        more = vwr_wait_more(&wait);
        if (VWR_WITH_ASYNC && turn > q->blk->options.spin)
            vwr_wait_slept(&wait, nap(q, r));
    }
    if (VWR_WITH_ASYNC && q->sleepers != 0)
        leave_to_sleepers(q);
    return VWR_OK;
}

static int wait_for(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    int n = !VWR_WITH_ASYNC || r->slot != NULL ? wait_until(q, r) : VWR_OK;

    if (n == VWR_OK)
        return r->result;
    if (VWR_WITH_RECOVERY && r == &q->blk->req)
        q->blk->abandoned = true;
    return n;
}

/* Until something has come back. VWR_EFULL: nothing can. */
int vwr_blk_make_way(struct vwr_blk_requestq *q)
{
    if (vwr_queue_in_flight(&q->queue) == 0)
        return VWR_EFULL;
    (void)vwr_queue_kick(&q->queue);
    return wait_until(q, NULL);
}

/* The queue is full: as soon as there is room. */
static VWR_COLD int send_later(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    int n = VWR_EFULL;

    while (n == VWR_EFULL) {
        n = vwr_blk_make_way(q);
        if (n != VWR_OK)
            return n;
        n = vwr_blk_send(q, r);
    }
    return n;
}

/* A request that needs no other check, in one piece or as many requests as it takes. */
static int run(struct vwr_blk_requestq *q, struct vwr_blk_req *r, uint64_t left)
{
    int n;

    r->offset = 0;
    do {
        r->bytes = left;
        if (VWR_WITH_RECOVERY)
            r->replays = 0;
        n = vwr_blk_send(q, r);
        if (VWR_WITH_ASYNC && n == VWR_EFULL)
            n = send_later(q, r);
        if (n == VWR_ESEGMENTS || n == VWR_EINVAL)
            return blk_note(q, VWR_FAULT_REQUEST_SEGMENTS, q->blk->info.segments_max,
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

int vwr_blk_run(struct vwr_blk *b, bool in, uint64_t bytes)
{
    struct vwr_blk_req *const r = &b->req;
    int n;

    r->in = in;
    if (VWR_WITH_ASYNC)
        r->splits = true;
    blk_sync_for_device(r);
    n = run(&b->first, r, bytes);
    blk_sync_for_cpu(r);
    return n;
}

/*
 * b->req describes a request that was pushed without it, and did not come back well at once; take has
 * answered `taken`.
 */
static VWR_COLD int finish_slowly(struct vwr_blk *b, struct vwr_blk_slot *s, int taken,
                                  struct vwr_chain *chain)
{
    struct vwr_blk_requestq *const q = &b->first;
    struct vwr_blk_req *done;
    int n;

    b->req.splits = true;
    b->req.offset = 0;
    b->req.replays = 0;
    b->req.bytes = b->req.part.bytes;
    blk_occupy(q, s, &b->req);
    if (taken > 0) {
        done = vwr_blk_finish(q, (struct vwr_blk_slot *)(void *)chain);
        if (done != &b->req)
            vwr_blk_hand_over(q, done);
    }
    n = wait_for(q, &b->req);
    blk_sync_for_cpu(&b->req);
    return n;
}

/*
 * The short way of a buffer in one piece, for which a slot is wired: if the answer is there at once,
 * nothing has to be remembered of the request.
 */
static inline int transfer_at_once(struct vwr_blk *b, struct vwr_blk_slot *s, uint64_t addr, uint64_t sector,
                                   void *p, size_t bytes, bool in)
{
    const uint32_t type = in ? VWR_BLK_T_IN : VWR_BLK_T_OUT;
    struct vwr_chain *chain = NULL;
    int n;

    blk_write_header(b, s, type, sector);
    vwr_port_sync_for_device(p, bytes);
    n = vwr_queue_post(&b->first.queue, &s->chain, addr, (uint32_t)bytes, in);
    if (n != VWR_OK)
        return n;
    (void)vwr_queue_kick(&b->first.queue);
    n = vwr_queue_get_used(&b->first.queue, &chain);
    if (n > 0 && chain == &s->chain && blk_read_status(s) == VWR_BLK_S_OK) {
        vwr_port_sync_for_cpu(p, bytes);
        blk_count_sectors(&b->first, in, bytes);
        return VWR_OK;
    }
    vwr_blk_fill(&b->req, type, sector, p, bytes);
    b->req.in = in;
    return finish_slowly(b, s, n, chain);
}

int vwr_blk_check_transfer(const struct vwr_blk *b, uint64_t sector, uint64_t count)
{
    if (count > b->info.sectors || sector > b->info.sectors - count)
        return VWR_ERANGE;
    return ((sector | count) & b->block_mask) != 0 ? VWR_EALIGN : VWR_OK;
}

static int transfer(struct vwr_blk *b, uint64_t sector, void *p, uint32_t count, bool in)
{
    const size_t bytes = (size_t)count * VWR_BLK_SECTOR_BYTES;
    struct vwr_blk_slot *s;
    size_t run = 0;
    int n;

    if (!blk_is_usable(b))
        return VWR_EFAILED;
    if (count == 0)
        return VWR_EINVAL;
    n = vwr_blk_check_transfer(b, sector, count);
    if (n != VWR_OK)
        return n;
    if (((uintptr_t)p & (VWR_PORT_DMA_ALIGN - 1u)) != 0)
        return VWR_EALIGN;
    s = blk_free_slot(&b->first);
    if (VWR_WITH_ASYNC && s != NULL && s->wired && bytes <= b->piece_bytes_max) {
        const uint64_t addr = vwr_port_dma(p, bytes, &run);

        n = run >= bytes ? transfer_at_once(b, s, addr, sector, p, bytes, in) : VWR_EFULL;
        if (n != VWR_EFULL)
            return n;
    }
    vwr_blk_fill(&b->req, in ? VWR_BLK_T_IN : VWR_BLK_T_OUT, sector, p, bytes);
    return vwr_blk_run(b, in, bytes);
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
    return vwr_blk_run(b, false, 0);
}

int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u])
{
    int r;

    VWR_STATIC_ASSERT(VWR_BLK_GET_ID_BYTES <= VWR_BLK_SMALL_BYTES, "the id fits");
    id[0] = '\0';
    if (!blk_is_usable(b))
        return VWR_EFAILED;
    vwr_zero(b->small, VWR_BLK_GET_ID_BYTES); /* what the device does not write is nothing */
    vwr_blk_fill(&b->req, VWR_BLK_T_GET_ID, 0, b->small, VWR_BLK_GET_ID_BYTES);
    r = vwr_blk_run(b, true, VWR_BLK_GET_ID_BYTES);
    if (r != VWR_OK)
        return r;
    vwr_copy(id, b->small, VWR_BLK_GET_ID_BYTES);
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
