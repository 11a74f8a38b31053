/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* All that is in flight in one queue is cancelled, by a reset of that queue alone. */

/* The device does not let go of the queue. */
static int request_cancel_fails(struct vwr_requestq *q, int reason)
{
    q->cancelling = false;
    vwr_dev_write_failed(q->dev);
    (void)vwr_request_stop(q, reason);
    return reason;
}

/* The device has released the queue: it is added anew. */
static int request_begin_anew(struct vwr_requestq *q, unsigned index)
{
    int r;

    vwr_request_take_back(q, VWR_ERESET);
    r = vwr_request_setup(q, index);
    if (r != VWR_OK)
        (void)vwr_request_stop(q, r);
    vwr_request_give_back(q);
    return r;
}

int vwr_request_cancel(struct vwr_requestq *q)
{
    const unsigned index = vwr_queue_index(&q->queue);
    const bool begun = q->cancelling;
    int r;

    if (q->dev == NULL || q->dev->state != VWR_DEV_LIVE || (!begun && vwr_queue_state(&q->queue) != VWR_OK)) {
        q->cancelling = false;
        return VWR_EFAILED;
    }
    if (!begun && vwr_dev_reset_queue_begin(q->dev, index) != VWR_OK)
        return VWR_EUNSUPP;
    r = vwr_dev_reset_queue_poll(q->dev, index, &q->fault);
    if (!begun && r == VWR_EUNSUPP) /* it goes on as if it had not been asked */
        return r;
    vwr_queue_stop(&q->queue, VWR_ERESET);
    q->cancelling = true;
    if (r == VWR_EBUSY)
        return r;
    return r == VWR_OK ? request_begin_anew(q, index) : request_cancel_fails(q, r);
}
