/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Why a queue of requests is stopped. */

int vwr_request_note(struct vwr_requestq *q, uint32_t kind, uint32_t where, uint32_t got)
{
    return vwr_fault_note(&q->fault, kind, where, got);
}

int vwr_request_give_up(struct vwr_requestq *q, uint32_t kind, uint32_t where, uint32_t got)
{
    vwr_dev_write_failed(q->dev);
    return vwr_fault_note(&q->fault, kind, where, got);
}

/*
 * Late answers stay in the ring: from here on requests come back from a recovery, or from close.
 * VWR_EFAILED is no reason, it says that there has been one.
 */
int vwr_request_stop(struct vwr_requestq *q, int reason)
{
    if (vwr_requestq_is_cancelling(q))
        return VWR_ERESET;
    vwr_queue_stop(&q->queue, VWR_EFAILED);
    if (q->stopped_by != VWR_OK || reason == VWR_EFAILED)
        return VWR_EFAILED;
    if (reason == VWR_EBADRING && q->dev->state == VWR_DEV_LIVE)
        reason = vwr_request_give_up(q, VWR_FAULT_RING, vwr_queue_index(&q->queue), 0);
    else if (reason == VWR_EBADRING) /* it has been given up, or a recovery is at work */
        reason = vwr_request_note(q, VWR_FAULT_RING, vwr_queue_index(&q->queue), 0);
    q->stopped_by = reason;
    return reason;
}

int vwr_request_timed_out(struct vwr_requestq *q, const struct vwr_req *r)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);
    const uint8_t *const at = (const uint8_t *)(const void *)r + cls->type_at;
    const uint32_t type = cls->type_at != 0 && r != NULL ? *(const uint32_t *)(const void *)at : 0;

    vwr_count_add(&q->stats.timeouts, 1);
    return vwr_request_give_up(q, cls->timeout, type,
                               VWR_FAULT_INDICES(vwr_queue_buffers(&q->queue), q->queue.last_used));
}

int vwr_request_not_live(struct vwr_requestq *q)
{
    return q->dev->state == VWR_DEV_FAILED ? vwr_request_stop(q, VWR_EFAILED) : VWR_ERESET;
}
