/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* A request of a class that has nothing else to check. */

int vwr_request_measure(struct vwr_req *r)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < vwr_request_vec_count(r); i++) {
        if (((uintptr_t)vec[i].p & (VWR_PORT_DMA_ALIGN - 1u)) != 0)
            return VWR_EALIGN;
        if (vec[i].bytes == 0)
            return VWR_EINVAL;
        bytes += vec[i].bytes;
    }
    r->bytes = bytes;
    r->offset = 0;
    return VWR_OK;
}

int vwr_request_can_submit(const struct vwr_requestq *q, const struct vwr_req *r)
{
    if (q->queue.layout == VWR_LAYOUT_STOPPED || q->dev->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    if (r->state != VWR_REQ_IDLE)
        return VWR_EBUSY;
    return vwr_requestq_has_replays(q) ? VWR_EFULL : VWR_OK; /* those come first */
}

int vwr_request_submit_measured(struct vwr_requestq *q, struct vwr_req *r)
{
    int result;

    r->splits = 0;
    r->replays = 0;
    result = vwr_request_send(q, r);
    if (result == VWR_OK)
        request_sync_for_device(r);
    return result;
}

int vwr_request_submit(struct vwr_requestq *q, struct vwr_req *r)
{
    int result = vwr_request_can_submit(q, r);

    if (result == VWR_OK)
        result = vwr_request_measure(r);
    return result == VWR_OK ? vwr_request_submit_measured(q, r) : result;
}
