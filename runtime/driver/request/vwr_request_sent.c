/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/*
 * Requests that the device reads, and answers nothing: the fast path of each layout. Functions of their own
 * for layouts other than the split one: none saves registers for another.
 */

static VWR_OUT_OF_LINE bool request_post_out_in_order(struct vwr_requestq *q, struct vwr_req *r)
{
    return vwr_request_post_out_as(q, VWR_LAYOUT_SPLIT_IN_ORDER, r);
}

static VWR_OUT_OF_LINE bool request_post_out_packed_in_order(struct vwr_requestq *q, struct vwr_req *r)
{
    return vwr_request_post_out_as(q, VWR_LAYOUT_PACKED_IN_ORDER, r);
}

bool vwr_request_post_out(struct vwr_requestq *q, struct vwr_req *r)
{
    switch (VWR_FAST_PATHS ? vwr_queue_layout(&q->queue) : VWR_LAYOUT_STOPPED) {
    case VWR_LAYOUT_PACKED:
        return vwr_request_post_out_as(q, VWR_LAYOUT_PACKED, r);
    case VWR_LAYOUT_SPLIT_IN_ORDER:
        return request_post_out_in_order(q, r);
    case VWR_LAYOUT_PACKED_IN_ORDER:
        return request_post_out_packed_in_order(q, r);
    default:
        return false;
    }
}

static VWR_OUT_OF_LINE int request_reap_sent_in_order(struct vwr_requestq *q, struct vwr_req **done,
                                                      unsigned budget)
{
    return vwr_request_reap_as(q, done, budget, VWR_LAYOUT_SPLIT_IN_ORDER, vwr_request_read_nothing, NULL);
}

static VWR_OUT_OF_LINE int request_reap_sent_packed(struct vwr_requestq *q, struct vwr_req **done,
                                                    unsigned budget)
{
    return vwr_request_reap_as(q, done, budget, VWR_LAYOUT_PACKED, vwr_request_read_nothing, NULL);
}

static VWR_OUT_OF_LINE int request_reap_sent_packed_in_order(struct vwr_requestq *q, struct vwr_req **done,
                                                             unsigned budget)
{
    return vwr_request_reap_as(q, done, budget, VWR_LAYOUT_PACKED_IN_ORDER, vwr_request_read_nothing, NULL);
}

int vwr_request_reap_sent(struct vwr_requestq *q, struct vwr_req **done, unsigned budget)
{
    const enum vwr_layout layout = vwr_queue_layout(&q->queue);

    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_SPLIT)
        return vwr_request_reap_as(q, done, budget, VWR_LAYOUT_SPLIT, vwr_request_read_nothing, NULL);
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_PACKED)
        return request_reap_sent_packed(q, done, budget);
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_SPLIT_IN_ORDER)
        return request_reap_sent_in_order(q, done, budget);
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_PACKED_IN_ORDER)
        return request_reap_sent_packed_in_order(q, done, budget);
    return vwr_request_reap(q, done, budget);
}
