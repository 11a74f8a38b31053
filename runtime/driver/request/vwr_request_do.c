/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Waiting for a request that reap would give back. */

int vwr_request_wait(struct vwr_requestq *q, struct vwr_req *r)
{
    struct vwr_req **at = &q->done;
    const int n = vwr_request_wait_for(q, r);

    if (r->state != VWR_REQ_COMPLETED)
        return n;
    while (*at != r)
        at = &(*at)->next;
    *at = r->next;
    if (*at == NULL)
        q->done_end = at;
    r->state = VWR_REQ_IDLE;
    return r->result;
}

int vwr_request_do_measured(struct vwr_requestq *q, struct vwr_req *r)
{
    int n = vwr_request_submit_measured(q, r);

    while (n == VWR_EFULL && (n = vwr_request_make_room(q)) == VWR_OK)
        n = vwr_request_submit_measured(q, r);
    if (n != VWR_OK)
        return n;
    (void)vwr_queue_kick(&q->queue);
    return vwr_request_wait(q, r);
}

int vwr_request_do(struct vwr_requestq *q, struct vwr_req *r)
{
    int n = vwr_request_can_submit(q, r);

    if (n == VWR_OK)
        n = vwr_request_measure(r);
    return n == VWR_OK ? vwr_request_do_measured(q, r) : n;
}
