/* SPDX-License-Identifier: MIT */
#include "vwr/blk_zone.h"
#include "vblk_disk_common.h"

/* Completion of guests' requests that have nothing in flight any more. */

struct vwr_vblk_req *vwr_vdisk_take_done_(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    struct vwr_vblk_req *const list = b->done;
    struct vwr_vblk **at = &d->done;

    if (b->done_end == NULL)
        return NULL;
    while (*at != b)
        at = &(*at)->next_done;
    *at = b->next_done;
    if (*at == NULL)
        d->done_end = at;
    b->done = NULL;
    b->done_end = NULL;
    return list;
}

void vwr_vdisk_end_parts_(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *parent)
{
    const bool cancelled = (parent->flags & VDISK_CANCELLED) != 0;

    if (parent->flags & VDISK_LOST)
        return; /* vwr_vdisk_end_lost_() frees it */
    vdisk_free_part(d, parent);
    if (!cancelled)
        vdisk_end(d, parent, parent->guest->result);
}

/* A zone request has a single part. */
static void vdisk_take_answer(struct vwr_vblk_req *r, const struct vwr_blk_req *req)
{
    if (req->req.result != VWR_OK)
        r->result = vdisk_result(req);
    if (vdisk_is_handed(r)) {
        r->append_sector = req->req.more;
        r->read = vwr_blk_report_bytes(&req->req); /* if it is one */
    }
}

void vwr_vdisk_end_part_(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    struct vwr_vblk_disk_slot *const parent = s->parent;

    parent->left--;
    if ((parent->flags & VDISK_CANCELLED) == 0)
        vdisk_take_answer(parent->guest, &s->req);
    if (s != parent)
        vdisk_free_part(d, s);
    if (parent->left == 0 && (parent->flags & VDISK_WAITS) == 0)
        vwr_vdisk_end_parts_(d, parent);
}
