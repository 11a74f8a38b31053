/* SPDX-License-Identifier: MIT */
#include "vblk_common.h"

/*
 * Passes requests to the backend, and completes them. A request waits in b->held, in order, while the backend
 * has no space or the next part needs a new budget.
 */

/* Number of leading bytes written for the guest. It includes the status only if no gap precedes it. */
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

/*
 * Completes an append, which is a write that is answered with a sector, or a read from a zone, which may
 * include the unwritten part.
 */
static VWR_OUT_OF_LINE uint32_t vblk_answer_zoned(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    const vwr_le64 sector = vwr_cpu_to_le64(r->append_sector);
    const bool in = r->type == VWR_BLK_T_IN;

    r->bytes += r->blank;
    if (r->append)
        (void)vwr_writer_write(&r->in, &sector, sizeof(sector));
    return vblk_answer_transfer(b, r, in) + (r->append ? (uint32_t)sizeof(sector) + 1u : 0);
}

/* Like vblk_answer_transfer(), for all requests except successful reads and writes. */
static VWR_OUT_OF_LINE uint32_t vblk_answer_other(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (vwr_vblk_is_handed(r) && result == VWR_OK)
        vwr_vblk_zone_hand_back_(r);
    if (result != VWR_OK)
        vwr_count_add(&b->stats.errors, 1);
    else
        vwr_count_add(r->type == VWR_BLK_T_FLUSH ? &b->stats.flushes : &b->stats.others, 1);
    *(volatile uint8_t *)r->status = vblk_status(result);
    return vblk_bytes_written(r);
}

void vwr_vblk_end_(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
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

/*
 * Adds a request to the held ones, as the first or the last. They wait for a new budget or, if the first one
 * waits for the backend, for space in the backend.
 */
static void vblk_hold(struct vwr_vblk *b, struct vwr_vblk_req *r, struct vwr_vblk_req **at)
{
    if (at == &b->held && b->backend->bytes_max == 0 && (r->to_do & VBLK_BLANKS) == 0)
        b->full = true;
    r->state = VBLK_HELD;
    r->link = *at;
    *at = r;
    if (!b->full)
        vwr_vdev_defer(&b->dev, r->queue);
}

/*
 * Submits parts one after the other while they complete inline. VWR_EFULL: the remaining parts have to wait;
 * b->full indicates whether they wait for the backend.
 */
static int vblk_submit_parts(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result;

    do {
        b->full = false;
        result = vwr_vblk_begin_part_(b, r);
        if (result != VWR_OK)
            return result;
        r->backend = NULL;
        result = b->backend->ops->submit(b->backend, r);
    } while (result != VWR_LATER && result != VWR_EFULL && r->state == VBLK_IN_FLIGHT &&
             vwr_vblk_has_next_(r, result));
    b->full = result == VWR_EFULL && r->state == VBLK_IN_FLIGHT;
    return result;
}

/* A submit has completed; continues with the next part, if any. */
static void vblk_continue(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (vwr_vblk_has_next_(r, result))
        vwr_vblk_submit_or_hold_(b, r);
    else
        vwr_vblk_end_(b, r, result);
}

static void vblk_done(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (r->state != VBLK_IN_FLIGHT)
        return; /* a reset came first */
    if (r->to_do != 0)
        vblk_continue(b, r, result);
    else
        vwr_vblk_end_(b, r, result);
}

void vwr_vblk_done_locked(struct vwr_vblk_req *r, uint64_t ticket, int result)
{
    if (vwr_vdev_claim(&r->disk->dev, &r->ticket, ticket))
        vblk_done(r->disk, r, result);
}

/* No sector of the read was ever written: all data are zeroes. */
static bool vblk_is_blank(const struct vwr_vblk *b, const struct vwr_vblk_req *r)
{
    return vblk_keeps_zones(b) && r->blank != 0 && r->bytes == 0;
}

/* Whether the backend accepts the request as it is. */
static bool vblk_is_whole(const struct vwr_vblk *b, const struct vwr_vblk_req *r)
{
    return b->backend->bytes_max == 0 && r->segs <= vblk_segments(b) && (r->to_do & VBLK_PARTS) == 0;
}

/* Submits to the backend. false: the request has to wait. */
static bool vblk_submit(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result = VWR_OK;

    if (vblk_keeps_zones(b) && (r->to_do & VBLK_BLANKS) != 0 && !vwr_vblk_zone_blank_(b, r))
        return false;
    r->backend = NULL;
    r->state = VBLK_IN_FLIGHT;
    b->dev.to_flush = b->kicks;
    if (!vblk_is_blank(b, r))
        result = vblk_is_whole(b, r) ? b->backend->ops->submit(b->backend, r) : vblk_submit_parts(b, r);
    if (__builtin_expect(result == VWR_EFULL, 0))
        return r->state != VBLK_IN_FLIGHT; /* a reset came first */
    if (result != VWR_LATER)
        vblk_done(b, r, result);
    return true;
}

/* The caller has submitted the request in its own loop. */
void vwr_vblk_submitted_(struct vwr_vblk *b, struct vwr_vblk_req *r, int result)
{
    if (r->state != VBLK_IN_FLIGHT)
        return; /* a reset came first */
    if (result == VWR_EFULL)
        vblk_hold(b, r, &b->held);
    else
        vblk_done(b, r, result);
}

/* Adds the request after those that already wait. */
void vwr_vblk_submit_or_hold_(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_vblk_req **at = &b->held;

    if (b->held == NULL && vblk_submit(b, r))
        return;
    while (*at != NULL)
        at = &(*at)->link;
    vblk_hold(b, r, at);
}

void vwr_vblk_submit_held_(struct vwr_vblk *b)
{
    while (b->held != NULL) {
        struct vwr_vblk_req *const r = b->held;

        b->held = r->link; /* first, because the request may have to wait again for a flush */
        if (!vblk_submit(b, r)) {
            vblk_hold(b, r, &b->held);
            return;
        }
    }
}

void vwr_vblk_kick_(struct vwr_vblk *b)
{
    if (!b->dev.to_flush)
        return;
    b->dev.to_flush = false; /* done first, because kick may call back */
    b->backend->ops->kick(b->backend);
}
