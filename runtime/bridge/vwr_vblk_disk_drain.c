/* SPDX-License-Identifier: MIT */
#include "vblk_disk_common.h"

/*
 * A guest resets its disk or one of its queues. Requests in flight end when the physical disk completes them,
 * when it is reset after the deadline, or when it is lost.
 */

/* Cancels the guest's requests in flight. Returns false if there are none. */
static bool vdisk_cancel(struct vwr_vblk_disk *d, const struct vwr_vblk *b, unsigned queue)
{
    bool some = false;

    for (unsigned i = 0; i < d->options.slot_count; i++) {
        struct vwr_vblk_disk_slot *const s = &d->options.slot[i];
        struct vwr_vblk_disk_slot *const parent = s->parent;
        const struct vwr_vblk_req *const r = parent->guest;

        if (!vdisk_is_in_use(s) || (parent->flags & VDISK_LOST) != 0 || r->disk != b)
            continue;
        if (queue != VWR_VBLK_ALL_QUEUES && r->queue != queue)
            continue;
        parent->flags |= VDISK_CANCELLED;
        vwr_req_abandon(&s->req.req);
        some = true;
    }
    return some;
}

/* Discards undelivered completions of the queue. */
static void vdisk_forget_done(struct vwr_vblk_disk *d, struct vwr_vblk *b, unsigned queue)
{
    const bool some = b->done_end != NULL;
    struct vwr_vblk_req *list = vwr_vdisk_take_done_(d, b);

    if (some && queue != VWR_VBLK_ALL_QUEUES)
        vdisk_put_disk(d, b);
    while (list != NULL) {
        struct vwr_vblk_req *const r = list;

        list = r->next;
        if (queue != VWR_VBLK_ALL_QUEUES && r->queue != queue)
            vdisk_put_done(d, r);
    }
}

void vwr_vdisk_drain_(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    struct vwr_vblk_disk *const d = vdisk_of(be);
    bool more;
    bool lost;

    vdisk_lock(d);
    if (queue == VWR_VBLK_ALL_QUEUES)
        vwr_vdisk_stop_waiting_(d, b);
    while (vdisk_cancel(d, b, queue)) {
        vwr_vdisk_collect_(d);
        vdisk_kick_queues(d);
        vdisk_unlock(d);
        vwr_port_relax();
        vdisk_lock(d);
    }
    vdisk_forget_done(d, b, queue);
    lost = d->lost != 0;
    more = !vwr_vdisk_is_idle_(d); /* also if the disk is lost, as other guests' disks must be notified */
    vdisk_unlock(d);
    if (lost)
        vwr_vdisk_end_lost_(d, b);
    if (more && d->options.again != NULL)
        d->options.again(d->options.context);
}
