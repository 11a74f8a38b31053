/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

int vwr_blk_cancel(struct vwr_blk_requestq *q)
{
    struct vwr_requestq *const requests = &q->requests;
    int r = vwr_request_cancel(requests);

    if (r != VWR_OK)
        return r;
    r = vwr_blk_set_up_queue(q->blk, vwr_queue_index(&requests->queue) - VWR_BLK_QUEUE_REQUESTQ);
    if (r != VWR_OK)
        (void)vwr_request_stop(requests, r);
    vwr_request_give_back(requests);
    return r;
}
