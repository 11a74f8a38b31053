/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * VIRTIO_F_IN_ORDER: buffers are used in the order in which they were made available. A buffer that is
 * finished early waits in done[], indexed by its position.
 */

static void vqueue_in_order_put_used(struct vwr_vqueue *q, const struct vwr_vqueue_done *d)
{
    if (vwr_layout_is_packed(q->layout))
        vwr_vpacked_put_used(q, d->id, d->flags, d->count, d->written);
    else
        vwr_vsplit_put_used(q, d->id, d->written);
}

/* Member by member: for a structure, some compilers call memcpy. */
static void vqueue_in_order_note(const struct vwr_vqueue *q, struct vwr_vqueue_done *d,
                                 const struct vwr_vchain *c, uint32_t written)
{
    d->written = written;
    d->id = c->id;
    d->flags = (uint16_t)c->flags;
    d->count = vwr_layout_is_packed(q->layout) ? (uint16_t)c->count : 1;
}

void vwr_vqueue_put_in_order_(struct vwr_vqueue *q, const struct vwr_vchain *c, uint32_t written)
{
    const uint32_t mask = q->max - 1u;
    struct vwr_vqueue_done now;
    struct vwr_vqueue_done *d = &q->done[c->position & mask];
    const bool next = d == &q->done[q->used_idx & mask]; /* no earlier buffer is in flight */

    if (c->generation != q->generation) {
        if (VWR_WITH_IOMMU)
            vwr_vqueue_put_pinned_(q, c, written);
        return;
    }
    vqueue_in_order_note(q, next ? &now : d, c, written);
    if (!next)
        return;
    vqueue_in_order_put_used(q, &now);
    /*
     * Terminates after at most as many iterations as buffers are in flight, because the entry after the last
     * one has count 0.
     */
    for (d = &q->done[q->used_idx & mask]; d->count != 0; d = &q->done[q->used_idx & mask]) {
        vqueue_in_order_put_used(q, d);
        d->count = 0;
    }
}
