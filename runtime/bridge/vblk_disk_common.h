/* SPDX-License-Identifier: MIT */
#ifndef VWR_BRIDGE_VBLK_DISK_COMMON_H
#define VWR_BRIDGE_VBLK_DISK_COMMON_H

#include "vwr/vblk_disk.h"

/* Between the files of this folder. All with the lock of the real disk, if nothing else is said. */

#define VDISK_BATCH 16u /* answers that are taken at once, at most */

/* Of a slot; but for VDISK_PART, of the parent. 0: it is all of a guest's request. */
enum vdisk_flags {
    VDISK_PART = 1,      /* one of several slots, or their parent */
    VDISK_WAITS = 2,     /* in d->partial: there was no room for the rest */
    VDISK_CANCELLED = 4, /* the guest has reset: nobody is told of its end */
    VDISK_LOST = 8       /* the lost disk has it; kept until its guest's disk knows that it is back */
};

/* vwr_vblk_disk_send.c: calls of the backend; what waits for room */
int vwr_vdisk_submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r);
void vwr_vdisk_kick(struct vwr_vblk_backend *be);
VWR_COLD void vwr_vdisk_send_partial(struct vwr_vblk_disk *d);

/* vwr_vblk_disk_wait.c: guests' disks that found no room, each once in the list */
VWR_COLD void vwr_vdisk_wait(struct vwr_vblk_disk *d, struct vwr_vblk *b);
VWR_COLD void vwr_vdisk_stop_waiting(struct vwr_vblk_disk *d, struct vwr_vblk *b);
VWR_COLD void vwr_vdisk_resume_waiting(struct vwr_vblk_disk *d); /* releases the lock meanwhile */

/*
 * vwr_vblk_disk_done.c: requests that are done.
 *   end_part  a slot has come back that is one of several, or of a guest that has reset
 *   end       a request of a guest, of which nothing is in flight any more: to be delivered
 *   take_done the requests of a guest's disk that are to be delivered, which are nobody's then
 */
VWR_COLD void vwr_vdisk_end_part(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s);
VWR_COLD void vwr_vdisk_end(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *parent);
struct vwr_vblk_req *vwr_vdisk_take_done(struct vwr_vblk_disk *d, struct vwr_vblk *b);

/*
 * vwr_vblk_disk_service.c.
 *   collect   takes answers of each queue, until a reap finds none, as it checks the deadline then alone;
 *             recovers a disk that is stopped, a step
 *   is_idle   asks for the next interrupt; false: there is more to do now
 */
void vwr_vdisk_collect(struct vwr_vblk_disk *d);
bool vwr_vdisk_is_idle(struct vwr_vblk_disk *d);

/* vwr_vblk_disk_drain.c: a call of the backend */
void vwr_vdisk_drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue);

/*
 * vwr_vblk_disk_lost.c.
 *   keep_lost  what the lost disk has stays in flight; all else has come back
 *   tell       a guest's disk learns whether some of its memory is unsafe. With the lock of the guest's disk,
 *              without that of the real one
 *   tell_each  each guest's disk that has to; releases the lock meanwhile
 */
VWR_COLD void vwr_vdisk_keep_lost(struct vwr_vblk_disk *d);
VWR_COLD void vwr_vdisk_tell(struct vwr_vblk_disk *d, struct vwr_vblk *b);
VWR_COLD void vwr_vdisk_tell_each(struct vwr_vblk_disk *d);

static inline struct vwr_vblk_disk *vdisk_of(struct vwr_vblk_backend *be)
{
    return (struct vwr_vblk_disk *)(void *)be; /* it is the first */
}

static inline void vdisk_lock(struct vwr_vblk_disk *d)
{
    if (d->options.lock != NULL)
        d->options.lock(d->options.context);
}

static inline void vdisk_unlock(struct vwr_vblk_disk *d)
{
    if (d->options.unlock != NULL)
        d->options.unlock(d->options.context);
}

/* Notifies the real disk of what was sent. */
static inline void vdisk_kick_queues(struct vwr_vblk_disk *d)
{
    (void)vwr_blk_kick(&d->blk->first);
    for (unsigned i = 1; i < d->blk->queue_count; i++)
        (void)vwr_blk_kick(vwr_blk_get_queue(d->blk, i));
}

static inline void vdisk_free(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    s->guest = NULL;
    s->next = d->free;
    d->free = s;
}

/* A request is done; its disk is in the list of those that have some. */
static inline void vdisk_put_done(struct vwr_vblk_disk *d, struct vwr_vblk_req *r)
{
    struct vwr_vblk *const b = r->disk;

    if (b->done == NULL) {
        b->done_end = &b->done;
        b->next_done = NULL;
        *d->done_end = b;
        d->done_end = &b->next_done;
    }
    r->next = NULL;
    *b->done_end = r;
    b->done_end = &r->next;
}

#endif
