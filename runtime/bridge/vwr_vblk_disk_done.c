/* SPDX-License-Identifier: MIT */
#include "vblk_disk_common.h"

/* Requests of guests of which nothing is in flight any more. */

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
        vdisk_put_done(d, r);
}

void vwr_vdisk_end_part(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
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
