/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* The memory of requests in flight. */

static void request_each_range(const struct vwr_req *r, vwr_request_range each, void *context)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    uint64_t skip = r->splits ? r->offset : 0; /* which the fast path does not write */
    uint64_t left = r->bytes;

    for (uint32_t i = 0; i < vwr_request_vec_count(r) && left != 0; i++) {
        if (skip < vec[i].bytes) {
            const size_t rest = vec[i].bytes - (size_t)skip;
            const size_t bytes = rest < left ? rest : (size_t)left;

            each(context, r, (uint8_t *)vec[i].p + skip, bytes);
            left -= bytes;
            skip = 0;
        } else {
            skip -= vec[i].bytes;
        }
    }
}

void vwr_request_lost(const struct vwr_requestq *q, vwr_request_range each, void *context)
{
    for (unsigned i = 0; i < q->slot_count; i++)
        if (vwr_slot_in_flight(&q->slots[i]))
            request_each_range(q->slots[i].req, each, context);
    for (const struct vwr_req *r = q->replay; r != NULL; r = r->next)
        request_each_range(r, each, context);
}
