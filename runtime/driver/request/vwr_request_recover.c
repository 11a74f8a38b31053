/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* The requests of a queue in a recovery: taken back, then returned or sent again. */

/* Into the list in the order of submission, before `end`: numbers wrap. */
static void request_insert(struct vwr_requestq *q, struct vwr_req *r, const struct vwr_req *end)
{
    struct vwr_req **at = &q->replay;

    while (*at != end && r->number - (*at)->number <= ~(uint32_t)0 / 2)
        at = &(*at)->next;
    r->next = *at;
    *at = r;
}

void vwr_request_take_back(struct vwr_requestq *q, int reason)
{
    const struct vwr_req *const waiting = q->replay; /* since an earlier recovery: they come behind */

    for (unsigned i = 0; i < q->slot_count; i++) {
        struct vwr_req *const r = q->slots[i].req;

        if (!vwr_slot_in_flight(&q->slots[i]))
            continue;
        q->slots[i].chain.limit = 0;
        vwr_request_unmap(&q->slots[i]);
        /* if it cannot be sent again; until then it stays in flight */
        r->result = q->stopped_by != VWR_OK ? q->stopped_by : reason;
        request_insert(q, r, waiting);
    }
    q->queue.last_used = q->queue.added; /* nothing is in flight any more */
    request_set_replays(q, q->replay);
    q->overdue = NULL;
    q->last_check = 0;
    q->cancelling = false;
}

/* To the caller, through reap, or to whoever waits. */
void vwr_request_return(struct vwr_requestq *q, struct vwr_req *r)
{
    r->state = VWR_REQ_IDLE;
    vwr_count_add(&q->stats.returned, 1);
    if (!r->internal || r->sleeper)
        vwr_request_complete(q, r);
}

void vwr_request_give_back(struct vwr_requestq *q)
{
    while (q->replay != NULL) {
        struct vwr_req *const r = q->replay;

        request_set_replays(q, r->next);
        vwr_request_return(q, r);
    }
}

void vwr_request_resume(struct vwr_requestq *q)
{
    q->stopped_by = VWR_OK;
    if (q->options->replay != NULL)
        q->options->replay->send_again(q);
    else
        vwr_request_give_back(q);
}
