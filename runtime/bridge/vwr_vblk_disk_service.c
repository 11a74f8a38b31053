/* SPDX-License-Identifier: MIT */
#include "vblk_disk_common.h"

/* What the real disk has answered is delivered, what waited is sent, and the next interrupt asked for. */

bool vwr_vdisk_is_idle(struct vwr_vblk_disk *d)
{
    bool idle = d->done == NULL && (d->waiting == NULL || !d->room);

    for (unsigned i = 0; i < d->blk->queue_count; i++) {
        struct vwr_blk_requestq *const q = vwr_blk_get_queue(d->blk, i);
        const unsigned flight = d->options.batch ? vwr_queue_in_flight(&q->requests.queue) : 0;

        idle = vwr_blk_arm(q, flight > 2u ? flight / 2u : 1u) && idle;
    }
    return idle;
}

/* Without the lock. */
static void vdisk_deliver(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    struct vwr_vblk_req *list;

    vwr_vdev_lock(&b->dev);
    vdisk_lock(d);
    list = vwr_vdisk_take_done(d, b); /* NULL if it was reset meanwhile */
    vdisk_unlock(d);
    while (list != NULL) {
        struct vwr_vblk_req *const r = list;

        list = r->next;
        if (VWR_RARELY(r->result != VWR_OK))
            vwr_count_add(&d->stats.errors, 1);
        vwr_vblk_done_locked(r, r->result);
    }
    vwr_vblk_signal_locked(b);
    vwr_vdev_unlock(&b->dev);
}

/* A pass, with the lock, which it releases for the guests. */
static int vdisk_serve(struct vwr_vblk_disk *d)
{
    int result;

    d->serving = true;
    result = vwr_vdisk_collect(d, d->enough);
    if (d->lost != 0)
        vwr_vdisk_tell_each(d);
    if (d->waiting != NULL && result != VWR_EBUSY)
        vwr_vdisk_resume_waiting(d); /* before the others have made use of the room */
    /* Not as long as there are some: other CPUs may add more, when a guest resets. */
    for (unsigned n = d->options.slots; n > 0 && d->done != NULL; n--) {
        struct vwr_vblk *const b = d->done;

        vdisk_unlock(d);
        vdisk_deliver(d, b);
        vdisk_lock(d);
    }
    d->serving = false;
    vwr_vdisk_kick_queues(d);
    return result;
}

int vwr_vblk_disk_service(struct vwr_vblk_disk *d)
{
    unsigned passes = d->options.budget != 0 ? 1u : VWR_VBLK_DISK_PASSES;
    int result;

    vdisk_lock(d);
    do
        result = vdisk_serve(d);
    while (!vwr_vdisk_is_idle(d) && result == VWR_OK && --passes != 0);
    vdisk_unlock(d);
    return passes == 0 ? VWR_EBUSY : result;
}
