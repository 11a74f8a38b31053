/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* A request without an answer has come back, of any class: apart from the fast path that not all of them take. */

void vwr_request_finish_sent(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    (void)q;
    (void)r;
    (void)shared;
}
