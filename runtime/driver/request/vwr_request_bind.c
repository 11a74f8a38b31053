/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* In a build for speed: a slot's chain is described once, and the others come back beside the fast path. */

/* Only a class whose requests have data and one form can be bound; one that adds some itself, if it has an
 * answer: then the others have that form. */
bool vwr_request_bind(struct vwr_requestq *q, struct vwr_request_slot *s)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);
    const unsigned first = cls->header == 0;
    const unsigned count = (cls->answer_last != 0 ? 3u : 2u) - first;

    if (cls->add == NULL || cls->answer_last != 0)
        s->bound = vwr_queue_bind(&q->queue, &s->seg[first], count, 1 - first, &s->chain) == VWR_OK;
    return s->bound;
}

int vwr_request_reap_used(struct vwr_requestq *q, struct vwr_req **done, unsigned n, unsigned budget,
                          size_t id, uint64_t written)
{
    struct vwr_chain *chain = NULL;

    if (vwr_queue_get_used_id(&q->queue, id, (uint32_t)written, &chain) > 0)
        done[n++] = vwr_request_finish(q, chain);
    return vwr_request_reap_rest(q, done, n, budget);
}
