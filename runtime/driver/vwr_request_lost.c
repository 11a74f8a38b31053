/* SPDX-License-Identifier: MIT */
#include "request_common.h"

void vwr_request_lost(const struct vwr_requestq *q, void (*each)(void *context, void *p, size_t bytes),
                      void *context)
{
    for (unsigned i = 0; i < q->slot_count; i++) {
        const struct vwr_req *const r = q->slots[i].req;

        for (uint32_t k = 0; r != NULL && k < vwr_request_vec_count(r); k++)
            each(context, vwr_request_vecs(r)[k].p, vwr_request_vecs(r)[k].bytes);
    }
}
