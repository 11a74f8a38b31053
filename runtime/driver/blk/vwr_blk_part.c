/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/* Submits as much of a read or write as fits one request. */

int vwr_blk_submit_part(struct vwr_blk_requestq *q, struct vwr_blk_req *r, uint64_t offset, uint64_t *bytes)
{
    const int result = r->type <= VWR_BLK_T_OUT ? vwr_blk_can_submit(q, r) : VWR_EINVAL;

    return result == VWR_OK ? vwr_request_submit_part(&q->requests, &r->req, offset, bytes) : result;
}
