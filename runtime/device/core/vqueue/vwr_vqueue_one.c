/* SPDX-License-Identifier: MIT */
#include "vqueue_one_common.h"

/* Continues the walk of a chain whose first descriptor was loaded as a single descriptor. */

static int vqueue_one_pop_packed(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vchain_walk *w)
{
    bool slow;
    int r;

    w->next = 0;
    w->desc = q->packed.next_avail.desc;
    w->available = q->packed.next_avail.flags;
    r = vwr_vchain_walk(q, c, w, true, &slow);
    return slow || r != 1 ? r : vwr_vpacked_end(q, c, (uint32_t)c->out + c->in, w->desc, w->flags);
}

int vwr_vone_pop_loaded_(struct vwr_vqueue *q, struct vwr_vchain *c, uint16_t head, uint64_t off,
                         uint32_t len, uint32_t flags)
{
    struct vwr_vchain_walk w;
    bool slow;

    if (vwr_layout_is_packed(q->layout) && (flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
        return vwr_vpacked_pop_table_(q, c, off, len, flags);
    vwr_vchain_start(c, &w);
    w.off = off;
    w.len = len;
    w.flags = flags;
    if (vwr_layout_is_packed(q->layout))
        return vqueue_one_pop_packed(q, c, &w);
    if (VWR_VQUEUE_WRONG(q->held[head]))
        return vwr_vqueue_bad_(q, VWR_VFAULT_TWICE, head, 0);
    c->id = head;
    q->held[head] = true;
    if (VWR_WITH_INDIRECT && flags == VWR_VIRTQ_DESC_F_INDIRECT)
        return vwr_vsplit_pop_table_(q, c, off, len);
    w.next = vwr_guest16(q->legacy, vwr_ring_load16(&q->split.desc[head].next));
    return vwr_vchain_walk(q, c, &w, false, &slow);
}
