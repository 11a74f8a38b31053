/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_INLINE_H
#define VWR_BLK_INLINE_H

#include "vwr/blk_hot.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Submit and reap of a disk, inline, for a program in which they are worth their size: the same as
 * vwr_blk_submit and vwr_blk_reap, which are these functions out of line.
 */

/* Results as vwr_blk_submit. Context: as there. */
VWR_ALWAYS_INLINE int vwr_blk_submit_inline(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    const enum vwr_layout layout = vwr_queue_layout(&q->requests.queue);

    if (layout == VWR_LAYOUT_SPLIT)
        return vwr_blk_submit_as(q, r, VWR_LAYOUT_SPLIT);
    switch (layout) {
    case VWR_LAYOUT_SPLIT_IN_ORDER:
        return vwr_blk_submit_as(q, r, VWR_LAYOUT_SPLIT_IN_ORDER);
    case VWR_LAYOUT_PACKED:
        return vwr_blk_submit_as(q, r, VWR_LAYOUT_PACKED);
    case VWR_LAYOUT_PACKED_IN_ORDER:
        return vwr_blk_submit_as(q, r, VWR_LAYOUT_PACKED_IN_ORDER);
    default:
        return vwr_blk_submit_slow(q, r);
    }
}

/* Results as vwr_blk_reap. Context: as there. */
VWR_ALWAYS_INLINE int vwr_blk_reap_inline(struct vwr_blk_requestq *q, struct vwr_blk_req **done,
                                          unsigned budget)
{
    switch (vwr_queue_layout(&q->requests.queue)) {
    case VWR_LAYOUT_SPLIT:
        return vwr_blk_reap_as(q, done, budget, VWR_LAYOUT_SPLIT);
    case VWR_LAYOUT_SPLIT_IN_ORDER:
        return vwr_blk_reap_as(q, done, budget, VWR_LAYOUT_SPLIT_IN_ORDER);
    case VWR_LAYOUT_PACKED:
        return vwr_blk_reap_as(q, done, budget, VWR_LAYOUT_PACKED);
    case VWR_LAYOUT_PACKED_IN_ORDER:
        return vwr_blk_reap_as(q, done, budget, VWR_LAYOUT_PACKED_IN_ORDER);
    default:
        return vwr_blk_reap_as(q, done, budget, VWR_LAYOUT_STOPPED);
    }
}

#ifdef __cplusplus
}
#endif

#endif
