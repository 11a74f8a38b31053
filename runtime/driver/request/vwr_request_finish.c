/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Nothing is to be read of a request that the device has not answered; apart, as others need not link it. */

void vwr_request_finish_sent(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    (void)q;
    (void)r;
    (void)shared;
}
