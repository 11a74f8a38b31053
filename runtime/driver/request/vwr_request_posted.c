/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* A request of a call that waits whose answer was not there at once. */

int vwr_request_wait_posted(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r, int found,
                            struct vwr_chain *chain)
{
    int n;

    request_split(r, 0, r->vec.bytes);
    r->state = VWR_REQ_IN_FLIGHT;
    vwr_request_occupy(q, s, r);
    if (found > 0)
        vwr_request_arrived(q, chain, r);
    n = vwr_request_wait_for(q, r);
    vwr_sync_data_for_cpu(r->vec.p, r->vec.bytes);
    return n;
}
