/* SPDX-License-Identifier: MIT */
#include "vwr/blk_inline.h"
#include "vblk_disk_common.h"

/* Requests come back from the real disk, and are ended for the guests that asked for them. */

void vwr_vdisk_put_done(struct vwr_vblk_disk *d, struct vwr_vblk_req *r)
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

struct vwr_vblk_req *vwr_vdisk_take_done(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    struct vwr_vblk_req *const list = b->done;
    struct vwr_vblk **at = &d->done;

    if (list == NULL)
        return NULL;
    while (*at != b)
        at = &(*at)->next_done;
    *at = b->next_done;
    if (*at == NULL)
        d->done_end = at;
    b->done = NULL;
    return list;
}

void vwr_vdisk_end(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *parent)
{
    struct vwr_vblk_req *const r = parent->guest;

    if (parent->flags & VDISK_LOST)
        return; /* vwr_vdisk_tell frees it */
    vdisk_free(d, parent);
    if ((parent->flags & VDISK_CANCELLED) == 0)
        vwr_vdisk_put_done(d, r);
}

/* One of several slots, or one of a guest that has reset. */
static VWR_COLD void vdisk_end_part(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    struct vwr_vblk_disk_slot *const parent = s->parent;

    parent->left--;
    if (s->req.req.result != VWR_OK && (parent->flags & VDISK_CANCELLED) == 0)
        parent->guest->result = s->req.req.result;
    if (s != parent) {
        s->parent = s;
        vdisk_free(d, s);
    }
    if (parent->left == 0 && (parent->flags & VDISK_WAITS) == 0)
        vwr_vdisk_end(d, parent);
}

VWR_ALWAYS_INLINE void vdisk_came_back(struct vwr_vblk_disk *d, struct vwr_blk_req *req)
{
    struct vwr_vblk_disk_slot *const s = (struct vwr_vblk_disk_slot *)(void *)req; /* it is the first */
    struct vwr_vblk_req *const r = s->guest;

    if (VWR_RARELY(s->flags != 0)) {
        vdisk_end_part(d, s);
        return;
    }
    r->result = s->req.req.result;
    vdisk_free(d, s);
    vwr_vdisk_put_done(d, r);
}

/* As vwr_vdisk_collect. False: the disk is stopped. */
static bool vdisk_reap(struct vwr_vblk_disk *d, int enough)
{
    struct vwr_blk_req *done[VDISK_BATCH];
    bool running = true;
    int n;

    for (unsigned i = 0; i < d->blk->queue_count; i++) {
        do {
            n = vwr_blk_reap_inline(vwr_blk_get_queue(d->blk, i), done, d->most);
            for (int k = 0; k < n; k++)
                vdisk_came_back(d, done[k]);
            d->room = d->room || n > 0;
        } while (n >= enough);
        running = running && n >= 0;
    }
    return running;
}

/* A step of bringing the disk back. */
static VWR_COLD int vdisk_recover(struct vwr_vblk_disk *d)
{
    const int result = vwr_blk_recover(d->blk);

    if (result == VWR_EBUSY)
        return result;
    if (result == VWR_OK)
        vwr_count_add(&d->stats.recovered, 1);
    (void)vdisk_reap(d, 1); /* all that was returned */
    d->room = true;
    if (vwr_blk_get_stage(d->blk) == VWR_STAGE_LOST)
        vwr_vdisk_keep_lost(d);
    return result;
}

int vwr_vdisk_collect(struct vwr_vblk_disk *d, int enough)
{
    const int result = vdisk_reap(d, enough) ? VWR_OK : vdisk_recover(d);

    if (d->partial != NULL)
        vwr_vdisk_send_partial(d);
    return result;
}
