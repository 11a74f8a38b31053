/* SPDX-License-Identifier: MIT */
#include "vblk_disk_common.h"

/*
 * A physical disk that does not acknowledge a reset still owns its requests. The first slot of each request
 * is kept until the guest's disk was informed that the request has returned.
 */

void vwr_vdisk_keep_lost_(struct vwr_vblk_disk *d)
{
    for (unsigned i = 0; i < d->options.slot_count; i++) {
        struct vwr_vblk_disk_slot *const s = &d->options.slot[i];
        struct vwr_vblk_disk_slot *const parent = s->parent;

        if (!vdisk_is_in_use(s) || parent->left == 0)
            continue;
        if ((parent->flags & VDISK_LOST) == 0)
            d->lost++;
        parent->flags |= VDISK_LOST | VDISK_CANCELLED;
        vwr_req_abandon(&s->req.req);
    }
}

/* Whether the slot contains a lost request of this guest's disk. */
static bool vdisk_is_lost(const struct vwr_vblk_disk_slot *s, const struct vwr_vblk *b)
{
    return (s->flags & VDISK_LOST) != 0 && (b == NULL || s->guest->disk == b);
}

void vwr_vdisk_end_lost_(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    bool unsafe = false;

    vdisk_lock(d);
    for (unsigned i = 0; i < d->options.slot_count; i++) {
        struct vwr_vblk_disk_slot *const s = &d->options.slot[i];

        if (!vdisk_is_lost(s, b))
            continue;
        if (s->left != 0) {
            unsafe = true;
            continue;
        }
        d->lost--;
        vdisk_free_part(d, s);
        vwr_count_add(&b->dev.stats.late, 1);
    }
    vdisk_unlock(d);
    vwr_vdev_set_unsafe(&b->dev, unsafe);
}

void vwr_vdisk_end_lost_each_(struct vwr_vblk_disk *d)
{
    const struct vwr_vblk *last = NULL;

    for (unsigned i = 0; i < d->options.slot_count; i++) {
        const struct vwr_vblk_disk_slot *const s = &d->options.slot[i];
        struct vwr_vblk *b;

        if (!vdisk_is_lost(s, NULL) || s->guest->disk == last)
            continue;
        b = s->guest->disk;
        vdisk_unlock(d);
        vwr_vdev_lock(&b->dev);
        vwr_vdisk_end_lost_(d, b);
        vwr_vdev_unlock(&b->dev);
        vdisk_lock(d);
        last = b;
    }
}

struct vdisk_ranges {
    const struct vwr_vblk *b;
    struct vwr_vblk_disk_segment *seg;
    unsigned room;
    unsigned count;
};

/* Whether a request of this type refers to guest memory. */
static bool vdisk_has_memory(uint32_t type)
{
    return type <= VWR_BLK_T_OUT || type == VWR_BLK_T_ZONE_APPEND || type == VWR_BLK_T_ZONE_REPORT;
}

/* Callback for vwr_request_lost(). */
static void vdisk_put_range(void *context, const struct vwr_req *r, void *p, size_t bytes)
{
    const struct vwr_vblk_disk_slot *const s = (const struct vwr_vblk_disk_slot *)(const void *)r;
    struct vdisk_ranges *const ranges = context;

    if (!vdisk_is_lost(s->parent, ranges->b) || !vdisk_has_memory(s->req.type))
        return;
    if (ranges->count < ranges->room) {
        struct vwr_vblk_disk_segment *const seg = &ranges->seg[ranges->count];

        seg->at = p;
        seg->bytes = bytes;
        seg->written = s->req.type == VWR_BLK_T_IN || s->req.type == VWR_BLK_T_ZONE_REPORT;
    }
    ranges->count++;
}

unsigned vwr_vblk_disk_unsafe(struct vwr_vblk_disk *d, const struct vwr_vblk *b,
                              struct vwr_vblk_disk_segment *seg, unsigned room)
{
    struct vdisk_ranges ranges = {b, seg, room, 0};

    vdisk_lock(d);
    for (unsigned i = 0; i < d->blk->queue_count && d->lost != 0; i++)
        vwr_request_lost(&vwr_blk_get_requestq(d->blk, i)->requests, vdisk_put_range, &ranges);
    vdisk_unlock(d);
    return ranges.count;
}
