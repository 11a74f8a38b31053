/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* A request that takes as much of its data as one can have. */

int vwr_request_submit_part(struct vwr_requestq *q, struct vwr_req *r, uint64_t offset, uint64_t *bytes)
{
    uint64_t rest;
    int result;

    if (offset >= r->bytes)
        return VWR_EINVAL;
    rest = r->bytes - offset;
    request_split(r, offset, rest);
    result = vwr_request_send(q, r);
    if (result != VWR_OK)
        return result;
    r->splits = offset == 0 && r->bytes == rest ? 0 : VWR_REQ_PART;
    if (offset == 0)
        request_sync_for_device(r);
    *bytes = r->bytes;
    return VWR_OK;
}
