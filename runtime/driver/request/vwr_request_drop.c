/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* After a reset for good. */

static void request_reset(const struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_waiter *const waiter = vwr_requestq_waiter(q);

    r->result = VWR_ERESET;
    r->state = VWR_REQ_IDLE;
    if (waiter != NULL && r->sleeper)
        waiter->wake(waiter->context, r);
}

void vwr_request_drop(struct vwr_requestq *q)
{
    vwr_queue_stop(&q->queue, VWR_ERESET);
    q->stopped_by = VWR_ERESET; /* so that whoever uses it yet gets VWR_EFAILED */
    q->cancelling = false;
    for (unsigned i = 0; i < vwr_requestq_slots(q); i++) {
        struct vwr_request_slot *const s = vwr_requestq_slot(q, i);

        if (vwr_slot_in_flight(s)) {
            s->chain.limit = 0;
            vwr_request_unmap(s);
            request_reset(q, s->req);
        }
    }
    for (; vwr_requestq_has_replays(q); request_set_replays(q, q->replay->next))
        request_reset(q, q->replay);
    for (; vwr_requestq_has_done(q); q->done = q->done->next)
        q->done->state = VWR_REQ_IDLE; /* those have a result */
    if (vwr_requestq_has_list(q))
        q->done_end = &q->done;
}
