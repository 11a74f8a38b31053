/* SPDX-License-Identifier: MIT */
#ifndef VWR_BRIDGE_VBLK_DISK_COMMON_H
#define VWR_BRIDGE_VBLK_DISK_COMMON_H

#include "vwr/vblk_disk.h"

/*
 * Shared by the files of this folder. The caller holds the lock of the physical disk, unless stated
 * otherwise.
 */

#define VDISK_BATCH 16u /* maximum number of completions reaped in one call */

/*
 * Flags of a slot; all but VDISK_PART are valid in the parent. 0: the slot is the whole request of a guest.
 */
enum vdisk_flags {
    VDISK_PART = 1,      /* one of several slots, or their parent */
    VDISK_WAITS = 2,     /* in d->partial: there was no free request for the remainder */
    VDISK_CANCELLED = 4, /* the guest has reset the disk; the completion is not delivered */
    VDISK_LOST = 8       /* owned by the lost disk; kept until the guest's disk knows of its return */
};

/* vwr_vblk_disk_send.c: back end calls; requests that wait */
int vwr_vdisk_submit_(struct vwr_vblk_backend *be, struct vwr_vblk_req *r);
void vwr_vdisk_kick_(struct vwr_vblk_backend *be);
VWR_COLD void vwr_vdisk_kick_others_(struct vwr_vblk_disk *d); /* all queues but the first */
VWR_COLD void vwr_vdisk_send_partial_(struct vwr_vblk_disk *d);

/* vwr_vblk_disk_wait.c: list of guests' disks that wait for a free request */
VWR_COLD void vwr_vdisk_wait_(struct vwr_vblk_disk *d, struct vwr_vblk *b);
VWR_COLD void vwr_vdisk_stop_waiting_(struct vwr_vblk_disk *d, struct vwr_vblk *b);
VWR_COLD void vwr_vdisk_resume_waiting_(struct vwr_vblk_disk *d); /* releases the lock temporarily */

/*
 * vwr_vblk_disk_done.c: completed requests.
 *
 * end_part: called when a slot has completed that is one of several, or whose guest has reset its disk.
 *
 * end_parts: called when a guest's request that has several slots or is cancelled has nothing in flight any
 * more.
 *
 * take_done: removes the requests of a guest's disk that have to be delivered from the list.
 */
VWR_COLD void vwr_vdisk_end_part_(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s);
VWR_COLD void vwr_vdisk_end_parts_(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *parent);
struct vwr_vblk_req *vwr_vdisk_take_done_(struct vwr_vblk_disk *d, struct vwr_vblk *b);

/*
 * vwr_vblk_disk_service.c.
 *
 * collect: reaps each queue until a reap finds nothing, because only such a reap checks the deadline.
 * Performs a recovery step if the disk has stopped.
 *
 * is_idle: arms the next interrupt. false: there is more work to do now.
 */
void vwr_vdisk_collect_(struct vwr_vblk_disk *d);
bool vwr_vdisk_is_idle_(struct vwr_vblk_disk *d);

/* vwr_vblk_disk_drain.c: a function of the back end */
void vwr_vdisk_drain_(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue);

/*
 * vwr_vblk_disk_lost.c.
 *
 * keep_lost: requests that the lost disk owns stay in flight; all others have been returned.
 *
 * end_lost: reports to a guest's disk whether some of its memory is unsafe. The caller holds the lock of the
 * guest's disk, but not the lock of the physical disk.
 *
 * end_lost_each: does the same for each guest's disk that needs it. Releases the lock in between.
 */
VWR_COLD void vwr_vdisk_keep_lost_(struct vwr_vblk_disk *d);
VWR_COLD void vwr_vdisk_end_lost_(struct vwr_vblk_disk *d, struct vwr_vblk *b);
VWR_COLD void vwr_vdisk_end_lost_each_(struct vwr_vblk_disk *d);

static inline struct vwr_vblk_disk *vdisk_of(struct vwr_vblk_backend *be)
{
    return (struct vwr_vblk_disk *)(void *)be; /* it is the first member */
}

static inline bool vdisk_has_lock(const struct vwr_vblk_disk *d)
{
    return d->options.lock != NULL;
}

static inline void vdisk_lock(struct vwr_vblk_disk *d)
{
    if (vdisk_has_lock(d))
        d->options.lock(d->options.context);
}

static inline void vdisk_unlock(struct vwr_vblk_disk *d)
{
    if (vdisk_has_lock(d))
        d->options.unlock(d->options.context);
}

/*
 * Whether the physical disk has requests whose completion will make space. A DMA mapping may fail even if
 * none are in flight.
 */
static inline bool vdisk_has_in_flight(const struct vwr_vblk_disk *d)
{
    unsigned n = 0;

    for (unsigned i = 0; i < d->blk->queue_count; i++)
        n += vwr_queue_in_flight(&vwr_blk_get_requestq(d->blk, i)->requests.queue);
    return n != 0;
}

/* Notifies the physical disk of submitted requests. */
static inline void vdisk_kick_queues(struct vwr_vblk_disk *d)
{
    (void)vwr_blk_kick(&d->blk->first);
    if (VWR_RARELY(d->blk->queue_count != 1u))
        vwr_vdisk_kick_others_(d);
}

/* Whether the request is a zone request that is passed through, but not the flush after it. */
static inline bool vdisk_is_handed(const struct vwr_vblk_req *r)
{
    return vwr_vblk_is_handed(r) && r->type != VWR_BLK_T_FLUSH;
}

/* Converts the result of a request to the physical disk for the guest. */
static inline int vdisk_result(const struct vwr_blk_req *req)
{
    if (VWR_RARELY(req->req.result == VWR_EZONE))
        return VWR_VBLK_STATUS(req->req.status);
    return req->req.result;
}

/* Whether the slot contains a request or a part. For a request that is not split, the driver knows this. */
static inline bool vdisk_is_in_use(const struct vwr_vblk_disk_slot *s)
{
    return s->flags != 0 || vwr_req_is_in_flight(&s->req.req);
}

/* Frees a slot that contained a whole request; its other members can stay as they are for the next one. */
static inline void vdisk_free(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    s->next = d->free;
    d->free = s;
}

/* Frees any other slot. */
static inline void vdisk_free_part(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    s->parent = s;
    s->left = 1;
    s->flags = 0;
    vdisk_free(d, s);
}

/* Adds a guest's disk to the list of disks with deliveries, unless it is already in it. */
static inline void vdisk_put_disk(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    if (b->done_end != NULL)
        return;
    b->done_end = &b->done;
    b->next_done = NULL;
    *d->done_end = b;
    d->done_end = &b->next_done;
}

/* Adds a request, which vwr_vdisk_deliver() completes with r->result. */
static inline void vdisk_put_done(struct vwr_vblk_disk *d, struct vwr_vblk_req *r)
{
    vdisk_put_disk(d, r->disk);
    r->next = NULL;
    *r->disk->done_end = r;
    r->disk->done_end = &r->next;
}

/*
 * Completes a request; its first slot may already be free. Without locks, the request completes here and only
 * the interrupt remains, unless the guest's disk has to do more work for it.
 */
static inline void vdisk_end(struct vwr_vblk_disk *d, const struct vwr_vblk_disk_slot *first, int result)
{
    struct vwr_vblk_req *const r = first->guest;

    if (VWR_RARELY(result != VWR_OK))
        vwr_count_add(&d->stats.errors, 1);
    if (VWR_RARELY(vdisk_has_lock(d)) || VWR_RARELY(!vwr_vblk_is_last(r))) {
        r->result = result;
        r->kept = first->ticket;
        vdisk_put_done(d, r);
        return;
    }
    vdisk_put_disk(d, r->disk);
    vwr_vblk_done_locked(r, first->ticket, result);
}

#endif
