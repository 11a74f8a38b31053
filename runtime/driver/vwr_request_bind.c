/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* A slot's chain is described once, in a build for speed. */

/* Only a class without an answer before its data, of which each request has data, can be bound. */
bool vwr_request_bind(struct vwr_requestq *q, struct vwr_request_slot *s)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);
    const unsigned first = cls->header == 0;
    const unsigned count = (cls->answer_last != 0 ? 3u : 2u) - first;

    if (cls->answer_first == 0)
        s->bound = vwr_queue_bind(&q->queue, &s->seg[first], count, 1 - first, &s->chain) == VWR_OK;
    return s->bound;
}
