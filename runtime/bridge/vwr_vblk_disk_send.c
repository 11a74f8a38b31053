/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vblk_disk_common.h"

/*
 * Submits guests' requests to the physical disk. Most are a read or write of one segment, which becomes one
 * request. Several segments become as many requests as necessary, each with its own slot; each range becomes
 * one request. The first slot is the parent of the others.
 */

static struct vwr_vblk_disk_slot *vdisk_take(struct vwr_vblk_disk *d)
{
    struct vwr_vblk_disk_slot *const s = d->free;

    if (s != NULL)
        d->free = s->next;
    return s;
}

/*
 * The physical disk's queue for a queue of a guest's disk; while the physical disk is closed, its first
 * queue.
 */
VWR_ALWAYS_INLINE struct vwr_blk_requestq *vdisk_queue(const struct vwr_vblk_disk *d, unsigned queue)
{
    const unsigned count = d->blk->queue_count;

    if (VWR_RARELY(queue >= count))
        queue = count != 0 ? vwr_remainder(queue, count) : 0;
    return vwr_blk_get_requestq(d->blk, queue);
}

/* A guest's segments have the layout of the driver's vectors. */
static const struct vwr_vec *vdisk_vecs(const struct vwr_vseg *seg)
{
    VWR_STATIC_ASSERT(sizeof(struct vwr_vec) == sizeof(struct vwr_vseg) &&
                          sizeof(((struct vwr_vec *)0)->bytes) == sizeof(((struct vwr_vseg *)0)->len) &&
                          __builtin_offsetof(struct vwr_vec, p) == __builtin_offsetof(struct vwr_vseg, at) &&
                          __builtin_offsetof(struct vwr_vec, bytes) ==
                              __builtin_offsetof(struct vwr_vseg, len),
                      "one layout for both");
    return (const struct vwr_vec *)(const void *)seg;
}

/* ---- split requests ---- */

static bool vdisk_is_all_sent(const struct vwr_vblk_disk_slot *parent)
{
    const struct vwr_vblk_req *const r = parent->guest;

    if (r->type == VWR_BLK_T_FLUSH || vdisk_is_handed(r))
        return parent->sent != 0;
    return parent->sent == (vwr_vblk_is_transfer(r) ? r->bytes : r->ranges);
}

/* Submits a read or write, starting at the end of the last part. */
static int vdisk_send_segments(struct vwr_blk_requestq *q, struct vwr_vblk_disk_slot *s)
{
    struct vwr_vblk_disk_slot *const parent = s->parent;
    const struct vwr_vblk_req *const r = parent->guest;
    uint64_t bytes = 0;
    int result;

    vwr_blk_fill(&s->req, r->type, r->sector, NULL, 0);
    s->req.req.vecs = vdisk_vecs(r->seg);
    s->req.req.vec_count = r->segs;
    result = vwr_blk_submit_part(q, &s->req, parent->sent, &bytes);
    parent->sent += (uint32_t)bytes;
    return result;
}

static int vdisk_send_range(struct vwr_blk_requestq *q, struct vwr_vblk_disk_slot *s)
{
    struct vwr_vblk_disk_slot *const parent = s->parent;
    const struct vwr_vblk_req *const r = parent->guest;
    const struct vwr_vblk_range *const range = &r->range[parent->sent];
    int result;

    if (r->type == VWR_BLK_T_FLUSH) {
        vwr_blk_fill(&s->req, r->type, 0, NULL, 0);
    } else if (vdisk_is_handed(r)) {
        vwr_blk_fill(&s->req, r->type, r->sector, NULL, 0);
        s->req.req.vecs = vdisk_vecs(r->seg);
        s->req.req.vec_count = r->segs;
    } else {
        vwr_blk_fill_range(&s->req, r->type, range->sector, range->sectors, range->unmap);
    }
    result = vwr_blk_submit(q, &s->req);
    parent->sent += result == VWR_OK;
    return result;
}

/* Result for a disk that accepts no requests: VWR_EFULL while it may recover. */
static VWR_COLD int vdisk_refused(const struct vwr_vblk_disk *d, int result)
{
    const enum vwr_stage stage = vwr_get_stage(&d->blk->bringup);

    if (result == VWR_EFAILED && (stage == VWR_STAGE_STOPPED || stage == VWR_STAGE_RESETTING))
        return VWR_EFULL;
    return result;
}

static int vdisk_send_slot(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    struct vwr_vblk_disk_slot *const parent = s->parent;
    const struct vwr_vblk_req *const r = parent->guest;
    struct vwr_blk_requestq *const q = vdisk_queue(d, r->queue);
    const bool is_first = parent->sent == 0;
    const int result = vwr_vblk_is_transfer(r) ? vdisk_send_segments(q, s) : vdisk_send_range(q, s);

    if (result != VWR_OK)
        return vdisk_refused(d, result);
    parent->left++;
    vwr_count_add(&d->stats.parts, !is_first);
    return result;
}

/* Submits the remainder of a guest's request. Returns VWR_EFULL if not all of it fitted. */
static int vdisk_send_rest(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *parent)
{
    struct vwr_vblk_req *const r = parent->guest;
    int result = VWR_OK;

    while (result == VWR_OK && (parent->flags & VDISK_CANCELLED) == 0 && r->result == VWR_OK &&
           !vdisk_is_all_sent(parent)) {
        struct vwr_vblk_disk_slot *const s = parent->left != 0 ? vdisk_take(d) : parent;

        if (s == NULL)
            return VWR_EFULL;
        if (s != parent) {
            s->parent = parent;
            s->flags = VDISK_PART;
        }
        result = vdisk_send_slot(d, s);
        if (result != VWR_OK && s != parent)
            vdisk_free_part(d, s);
    }
    if (result != VWR_OK && result != VWR_EFULL)
        r->result = result;
    return result == VWR_EFULL ? result : VWR_OK;
}

/* Submits waiting requests in order. */
void vwr_vdisk_send_partial_(struct vwr_vblk_disk *d)
{
    while (d->partial != NULL) {
        struct vwr_vblk_disk_slot *const parent = d->partial;

        if (vdisk_send_rest(d, parent) == VWR_EFULL)
            return;
        d->partial = parent->next;
        parent->flags &= (uint16_t)~VDISK_WAITS;
        if (parent->left == 0)
            vwr_vdisk_end_parts_(d, parent);
    }
}

static void vdisk_put_partial(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *parent)
{
    struct vwr_vblk_disk_slot **at = &d->partial;

    while (*at != NULL)
        at = &(*at)->next;
    parent->next = NULL;
    parent->flags |= VDISK_WAITS;
    *at = parent;
}

static VWR_COLD int vdisk_begin_parts(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *parent)
{
    struct vwr_vblk_req *const r = parent->guest;
    int result;

    parent->flags = VDISK_PART;
    parent->left = 0;
    parent->sent = 0;
    r->result = VWR_OK;
    result = vdisk_send_rest(d, parent);
    if (parent->left == 0)
        return result == VWR_OK ? r->result : result;
    if (result == VWR_EFULL)
        vdisk_put_partial(d, parent);
    else if (parent->left == 1u && r->result == VWR_OK && !vdisk_is_handed(r))
        parent->flags = 0; /* the request turned out to fit one request */
    return VWR_LATER;
}

/* ---- back end calls ---- */

VWR_ALWAYS_INLINE int vdisk_begin(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s,
                                  struct vwr_vblk_req *r)
{
    int result = VWR_ESEGMENTS;

    s->guest = r;
    if (vwr_vblk_is_transfer(r) && r->segs == 1u) {
        vwr_blk_fill(&s->req, r->type, r->sector, r->seg->at, r->seg->len);
        result = vwr_blk_submit(vdisk_queue(d, r->queue), &s->req);
        if (result == VWR_OK)
            return VWR_LATER;
    }
    result = result == VWR_ESEGMENTS ? vdisk_begin_parts(d, s) : vdisk_refused(d, result);
    if (result != VWR_LATER)
        vdisk_free_part(d, s);
    return result;
}

/* Releases the lock. Handles a request that is not in flight because it waits or has failed. */
static VWR_COLD int vdisk_not_begun(struct vwr_vblk_disk *d, struct vwr_vblk *b, int result)
{
    bool again = false;

    if (result == VWR_EFULL) {
        vwr_vdisk_wait_(d, b);
        again = d->room && !d->serving && d->options.again != NULL;
    } else {
        vwr_count_add(&d->stats.requests, 1);
        vwr_count_add(&d->stats.errors, result < 0);
    }
    vdisk_unlock(d);
    if (again)
        d->options.again(d->options.context);
    return result;
}

int vwr_vdisk_submit_(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vwr_vblk_disk *const d = vdisk_of(be);
    struct vwr_vblk_disk_slot *s;
    int result = VWR_EFULL;

    vdisk_lock(d);
    s = vdisk_take(d);
    if (s != NULL)
        result = vdisk_begin(d, s, r);
    if (VWR_RARELY(result != VWR_LATER))
        return vdisk_not_begun(d, r->disk, result);
    s->ticket = vwr_vblk_ticket(r);
    vwr_count_add(&d->stats.requests, 1);
    vdisk_unlock(d);
    return result;
}

void vwr_vdisk_kick_others_(struct vwr_vblk_disk *d)
{
    for (unsigned i = 1; i < d->blk->queue_count; i++)
        (void)vwr_blk_kick(vwr_blk_get_requestq(d->blk, i));
}

/* The service notifies the disk at its end, for all requests sent in the meantime. */
void vwr_vdisk_kick_(struct vwr_vblk_backend *be)
{
    struct vwr_vblk_disk *const d = vdisk_of(be);

    vdisk_lock(d);
    if (!d->serving)
        vdisk_kick_queues(d);
    vdisk_unlock(d);
}
