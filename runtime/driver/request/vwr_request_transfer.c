/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Requests of calls that wait, of any length. */

/* As soon as there is room. */
static int request_send_when_room(struct vwr_requestq *q, struct vwr_req *r)
{
    int n = vwr_request_send(q, r);

    while (n == VWR_EFULL && (n = vwr_request_make_room(q)) == VWR_OK)
        n = vwr_request_send(q, r);
    if (n == VWR_ESEGMENTS || n == VWR_EINVAL)
        return vwr_request_note(q, VWR_FAULT_REQUEST_SEGMENTS, q->segments_max, q->segment_bytes_max);
    return n == VWR_EBADRING ? VWR_EFAILED : n; /* of a queue that is stopped: it was not sent */
}

static int request_transfer(struct vwr_requestq *q, struct vwr_req *r, uint64_t left)
{
    int n;

    r->bytes = 0;
    r->offset = 0;
    do {
        request_split(r, r->offset + r->bytes, left);
        n = request_send_when_room(q, r);
        if (n != VWR_OK)
            return n;
        (void)vwr_queue_kick(&q->queue);
        n = vwr_request_wait_for(q, r);
        left -= r->bytes;
    } while (n == VWR_OK && left != 0);
    return n;
}

int vwr_request_transfer(struct vwr_requestq *q, struct vwr_req *r, uint64_t bytes)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    const uint32_t count = vwr_request_vec_count(r);
    int n;

    request_sync_for_device(r);
    n = request_transfer(q, r, bytes);
    for (uint32_t i = 0; i < count; i++)
        vwr_sync_data_for_cpu(vec[i].p, vec[i].bytes);
    return n;
}
