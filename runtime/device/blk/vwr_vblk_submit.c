/* SPDX-License-Identifier: MIT */
#include "vblk_common.h"

/*
 * To the backend, and back to the guest. A request that the backend has no room for waits in b->held, the
 * first first; so does one whose next part has to wait for a new budget.
 */

/* Bytes that were written for the guest from the first on: the status is one of them where no gap is before
 * it. */
static uint32_t vblk_bytes_written(const struct vwr_vblk_req *r)
{
    const uint32_t room = r->chain.in_bytes - 1u;
    const uint32_t n = r->type == VWR_BLK_T_IN ? r->read : r->in.done;

    return n >= room ? room + 1u : n;
}

static uint8_t vblk_status(int result)
{
    if (result <= VWR_VBLK_STATUS(0))
        return (uint8_t)(VWR_VBLK_STATUS(0) - result);
    return result == VWR_OK ? VWR_BLK_S_OK : result == VWR_EUNSUPP ? VWR_BLK_S_UNSUPP : VWR_BLK_S_IOERR;
}

/* An append is a write that is answered with a sector; a read of a zone has what is not written too. */
static VWR_OUT_OF_LINE uint32_t vblk_answer_zoned(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    const vwr_le64 sector = vwr_cpu_to_le64(r->append_sector);
    const bool in = r->type == VWR_BLK_T_IN;

    r->bytes += r->blank;
    if (r->append)
        (void)vwr_writer_write(&r->in, &sector, sizeof(sector));
    return vblk_answer_transfer(b, r, in) + (r->append ? (uint32_t)sizeof(sector) + 1u : 0);
}

/* What is no read or write that went well: as vblk_answer_transfer. */
static VWR_OUT_OF_LINE uint32_t vblk_answer_other(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (vwr_vblk_is_handed(r) && result == VWR_OK)
        vwr_vblk_zone_hand_back(r);
    if (result != VWR_OK)
        vwr_count_add(&b->stats.errors, 1);
    else
        vwr_count_add(r->type == VWR_BLK_T_FLUSH ? &b->stats.flushes : &b->stats.others, 1);
    *(volatile uint8_t *)r->status = vblk_status(result);
    return vblk_bytes_written(r);
}

void vwr_vblk_end(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    const bool plain = result == VWR_OK && vwr_vblk_is_transfer(r);
    uint32_t written;

    if (plain && vblk_has_zones(b) && (r->append || r->blank != 0))
        written = vblk_answer_zoned(b, r);
    else
        written =
            plain ? vblk_answer_transfer(b, r, r->type == VWR_BLK_T_IN) : vblk_answer_other(b, r, result);
    vblk_clean(r);
    vwr_vqueue_add_used(&b->dev.queue[r->queue], &r->chain, written);
    vblk_free(b, r);
}

/* It waits, as the first or the last: for a new budget, or for room, if that is what the first one lacks. */
static void vblk_hold(struct vwr_vblk *b, struct vwr_vblk_req *r, struct vwr_vblk_req **at)
{
    if (at == &b->held && b->backend->most == 0)
        b->full = true;
    r->state = VBLK_HELD;
    r->link = *at;
    *at = r;
    if (!b->full)
        vwr_vdev_put_off(&b->dev, r->queue);
}

/*
 * One part after the other, as long as they are done at once. VWR_EFULL: not all, and it has to wait; b->full
 * says whether that is for room in the backend.
 */
static int vblk_submit_parts(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result;

    do {
        b->full = false;
        if (!vwr_vblk_begin_part(b, r))
            return VWR_EFULL;
        r->backend = NULL;
        result = b->backend->ops->submit(b->backend, r);
    } while (result != VWR_LATER && result != VWR_EFULL && r->state == VBLK_IN_FLIGHT &&
             vwr_vblk_has_next(r, result));
    b->full = result == VWR_EFULL && r->state == VBLK_IN_FLIGHT;
    return result;
}

static void vblk_submit_or_hold(struct vwr_vblk *b, struct vwr_vblk_req *r);

/* A submit is done, which may not have been all. */
static void vblk_go_on(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (vwr_vblk_has_next(r, result))
        vblk_submit_or_hold(b, r);
    else
        vwr_vblk_end(b, r, result);
}

static void vblk_done(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (r->state != VBLK_IN_FLIGHT)
        return; /* a reset was first */
    if (r->to_do != 0)
        vblk_go_on(b, r, result);
    else
        vwr_vblk_end(b, r, result);
}

void vwr_vblk_done_locked(struct vwr_vblk_req *r, uint64_t ticket, int result)
{
    if (vwr_vdev_redeem(&r->disk->dev, &r->ticket, ticket))
        vblk_done(r->disk, r, result);
}

/* To the backend. False: it has to wait. */
static bool vblk_submit(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result;

    r->backend = NULL;
    r->state = VBLK_IN_FLIGHT;
    b->dev.to_flush = b->kicks;
    result = b->backend->most == 0 ? b->backend->ops->submit(b->backend, r) : vblk_submit_parts(b, r);
    if (__builtin_expect(result == VWR_EFULL, 0))
        return r->state != VBLK_IN_FLIGHT; /* a reset was first */
    if (result != VWR_LATER)
        vblk_done(b, r, result);
    return true;
}

/* Where nothing else is held: serve takes no request then. */
void vwr_vblk_submit_first(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    if (!vblk_submit(b, r))
        vblk_hold(b, r, &b->held);
}

/* The backend was asked by whoever served the request, in a loop of its own. */
void vwr_vblk_submitted(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (r->state != VBLK_IN_FLIGHT)
        return; /* a reset was first */
    if (result == VWR_EFULL)
        vblk_hold(b, r, &b->held);
    else
        vblk_done(b, r, result);
}

static void vblk_submit_or_hold(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_vblk_req **at = &b->held;

    if (b->held == NULL && vblk_submit(b, r))
        return;
    while (*at != NULL)
        at = &(*at)->link;
    vblk_hold(b, r, at);
}

void vwr_vblk_submit_held(struct vwr_vblk *b)
{
    while (b->held != NULL) {
        struct vwr_vblk_req *const r = b->held;

        b->held = r->link; /* before: a write that is done at once may have to be flushed, and waits again */
        if (!vblk_submit(b, r)) {
            vblk_hold(b, r, &b->held);
            return;
        }
    }
}

void vwr_vblk_kick(struct vwr_vblk *b)
{
    if (!b->dev.to_flush)
        return;
    b->dev.to_flush = false; /* before: kick may come back here */
    b->backend->ops->kick(b->backend);
}
