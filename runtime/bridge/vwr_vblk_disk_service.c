/* SPDX-License-Identifier: MIT */
#include "vblk_disk_common.h"

/*
 * Delivers the physical disk's completions to the guests, submits waiting requests, and arms the
 * next interrupt.
 */

/* ---- completions of the physical disk ---- */

VWR_ALWAYS_INLINE void vdisk_came_back(struct vwr_vblk_disk *d, struct vwr_blk_req *req)
{
    struct vwr_vblk_disk_slot *const s = (struct vwr_vblk_disk_slot *)(void *)req; /* first member */

    if (VWR_RARELY(s->flags != 0)) {
        vwr_vdisk_end_part_(d, s);
        return;
    }
    vdisk_free(d, s);
    vdisk_end(d, s, vdisk_result(req));
}

/* Reaps completions, repeatedly while `enough` arrive in one call. Negative: the queue is stopped. */
static int vdisk_reap_queue(struct vwr_vblk_disk *d, struct vwr_blk_requestq *q, int enough)
{
    struct vwr_blk_req *done[VDISK_BATCH];
    int n;

    do {
        n = vwr_blk_reap(q, done, d->most);
        for (int i = 0; i < n; i++)
            vdisk_came_back(d, done[i]);
    } while (n >= enough);
    return n;
}

/* Reaps each queue. Returns false if the disk is stopped. */
static bool vdisk_reap(struct vwr_vblk_disk *d, int enough)
{
    bool running = true;

    for (unsigned i = 0; i < d->blk->queue_count; i++)
        running = vdisk_reap_queue(d, vwr_blk_get_requestq(d->blk, i), enough) >= 0 && running;
    return running;
}

/* Performs one step of the disk's recovery. */
static VWR_COLD int vdisk_recover(struct vwr_vblk_disk *d)
{
    const int result = vwr_recover(&d->blk->bringup);

    if (result == VWR_EBUSY)
        return result;
    if (result == VWR_OK)
        vwr_count_add(&d->stats.recovered, 1);
    (void)vdisk_reap(d, 1); /* reaps all returned requests */
    if (vwr_get_stage(&d->blk->bringup) == VWR_STAGE_LOST)
        vwr_vdisk_keep_lost_(d);
    return result;
}

/* VWR_OK; VWR_EBUSY: recovery in progress; VWR_EFAILED: the disk has failed. */
static VWR_COLD int vdisk_continue(struct vwr_vblk_disk *d, bool running)
{
    const int result = running ? VWR_OK : vdisk_recover(d);

    if (d->partial != NULL)
        vwr_vdisk_send_partial_(d);
    return result;
}

void vwr_vdisk_collect_(struct vwr_vblk_disk *d)
{
    (void)vdisk_continue(d, vdisk_reap(d, 1));
    d->room = true;
}

/* ---- delivery to the guests ---- */

static VWR_OUT_OF_LINE void vdisk_end_list(struct vwr_vblk_req *list)
{
    while (list != NULL) {
        struct vwr_vblk_req *const r = list;

        list = r->next;
        vwr_vblk_done_locked(r, r->kept, r->result);
    }
}

/* Called with the lock held, which it releases to take the guest's lock. */
static void vdisk_deliver(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    struct vwr_vblk_req *list;

    vdisk_unlock(d);
    vwr_vdev_lock(&b->dev);
    vdisk_lock(d);
    list = vwr_vdisk_take_done_(d, b); /* NULL after a reset, or without locks */
    vdisk_unlock(d);
    if (VWR_RARELY(list != NULL))
        vdisk_end_list(list);
    vwr_vblk_signal_locked(b);
    vwr_vdev_unlock(&b->dev);
    vdisk_lock(d);
}

/* Arms the next interrupt of a queue. Returns false if there are completions. */
static inline bool vdisk_arm(const struct vwr_vblk_disk *d, struct vwr_blk_requestq *q)
{
    const unsigned flight = d->options.batch ? vwr_queue_in_flight(&q->requests.queue) : 0;

    return vwr_blk_arm(q, flight > 2u ? flight / 2u : 1u);
}

static VWR_COLD bool vdisk_arm_others(struct vwr_vblk_disk *d)
{
    bool idle = true;

    for (unsigned i = 1; i < d->blk->queue_count; i++)
        idle = vdisk_arm(d, vwr_blk_get_requestq(d->blk, i)) && idle;
    return idle;
}

bool vwr_vdisk_is_idle_(struct vwr_vblk_disk *d)
{
    bool idle = vdisk_arm(d, &d->blk->first);

    if (VWR_RARELY(d->blk->queue_count != 1u))
        idle = vdisk_arm_others(d) && idle;
    return idle && d->done == NULL && (d->waiting == NULL || !d->room) &&
           (d->partial == NULL || vdisk_has_in_flight(d));
}

/* Work between completions and delivery that is rarely needed. */
static VWR_COLD int vdisk_serve_others(struct vwr_vblk_disk *d, bool running)
{
    const int result = vdisk_continue(d, running);

    if (d->lost != 0)
        vwr_vdisk_end_lost_each_(d);
    if (d->waiting != NULL && result != VWR_EBUSY)
        vwr_vdisk_resume_waiting_(d); /* before other disks use the free requests */
    return result;
}

/* One pass. Called with the lock held, which it releases for deliveries. */
static int vdisk_serve(struct vwr_vblk_disk *d)
{
    bool running;
    int result = VWR_OK;

    d->serving = true;
    running = vdisk_reap(d, d->enough);
    if (VWR_RARELY(!running || d->partial != NULL || d->waiting != NULL || d->lost != 0))
        result = vdisk_serve_others(d, running);
    /* Bounded by a count, since other CPUs may add more work while a guest resets its disk. */
    for (unsigned n = d->options.slot_count; n > 0 && d->done != NULL; n--)
        vdisk_deliver(d, d->done);
    d->serving = false;
    vdisk_kick_queues(d);
    return result;
}

int vwr_vblk_disk_service(struct vwr_vblk_disk *d)
{
    unsigned passes = d->options.budget != 0 ? 1u : VWR_VBLK_DISK_PASSES;
    int result;

    vdisk_lock(d);
    do
        result = vdisk_serve(d);
    while (!vwr_vdisk_is_idle_(d) && result == VWR_OK && --passes != 0);
    vdisk_unlock(d);
    return passes == 0 ? VWR_EBUSY : result;
}
