/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_AS_H
#define VWR_QUEUE_AS_H

/*
 * Part of queue.h, which includes it: the calls of queue.h for a driver that knows which layout the queue has. With
 * a constant the compiler has that layout alone, inline.
 */

VWR_ALWAYS_INLINE int vwr_queue_post_as(struct vwr_queue *q, enum vwr_layout layout, struct vwr_chain *chain,
                                        uint64_t addr, uint32_t len, bool in)
{
    if (VWR_FAST_PATHS && VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        return vwr_packed_post(q, chain, addr, len, in);
    if (VWR_FAST_PATHS && VWR_WITH_IN_ORDER && layout == VWR_LAYOUT_SPLIT_IN_ORDER)
        return vwr_split_in_order_post(q, chain, addr, len, in);
    if (VWR_FAST_PATHS && VWR_WITH_PACKED && VWR_WITH_IN_ORDER && layout == VWR_LAYOUT_PACKED_IN_ORDER)
        return vwr_packed_in_order_post(q, chain, addr, len, in);
    return vwr_queue_post(q, chain, addr, len, in);
}

VWR_ALWAYS_INLINE bool vwr_queue_kick_as(struct vwr_queue *q, enum vwr_layout layout)
{
    if (VWR_FAST_PATHS && VWR_WITH_PACKED && layout >= VWR_LAYOUT_PACKED)
        return q->added != q->kicked && vwr_packed_kick(q);
    return vwr_queue_kick(q);
}

VWR_ALWAYS_INLINE int vwr_queue_get_used_as(struct vwr_queue *q, enum vwr_layout layout, struct vwr_chain **chain)
{
    if (VWR_FAST_PATHS && VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        return vwr_packed_get_used(q, chain);
    if (VWR_FAST_PATHS && VWR_WITH_IN_ORDER && layout == VWR_LAYOUT_SPLIT_IN_ORDER)
        return vwr_split_in_order_get_used(q, chain);
    if (VWR_FAST_PATHS && VWR_WITH_PACKED && VWR_WITH_IN_ORDER && layout == VWR_LAYOUT_PACKED_IN_ORDER)
        return vwr_packed_in_order_get_used(q, chain);
    return vwr_queue_get_used(q, chain);
}

#endif
