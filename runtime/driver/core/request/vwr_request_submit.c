/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Submitting requests of any form. */

/*
 * Describes the data of a request from r->offset on in seg[]. If not all of it fits and the request may be
 * split, truncates it to a multiple of the class's block size. Returns the number of segments; VWR_EINVAL if
 * the port cannot translate an address, VWR_EFULL if it cannot map one now, VWR_ESEGMENTS if there are too
 * many segments.
 */
static int request_describe(const struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r,
                            struct vwr_seg *seg)
{
    const struct vwr_vec *vec = vwr_request_vecs(r);
    size_t skip = (size_t)r->offset; /* bytes of *vec already described */
    uint64_t filled = 0;             /* total bytes described */
    int error = VWR_ESEGMENTS;
    uint32_t surplus;
    unsigned n = 0;

    for (; filled < r->bytes && n < q->segments_max && n + 2u < q->queue.size; n++) {
        size_t bytes;

        for (; skip >= vec->bytes; vec++)
            skip -= vec->bytes;
        bytes = vec->bytes - skip;
        if (bytes > r->bytes - filled)
            bytes = (size_t)(r->bytes - filled);
        if (!request_map_segment(q, s, (uint8_t *)vec->p + skip, bytes, r->in, &seg[n])) {
            error = REQUEST_NO_ADDRESS;
            break;
        }
        skip += seg[n].len;
        filled += seg[n].len;
    }
    if (error == VWR_EINVAL)
        return error;
    if (filled == r->bytes)
        return (int)n;
    surplus = (uint32_t)filled & q->block_mask;
    if (r->splits != VWR_REQ_SPLITS || filled == surplus)
        return error;
    r->bytes = filled - surplus;
    while (surplus >= seg[n - 1].len)
        surplus -= seg[--n].len;
    seg[n - 1].len -= surplus;
    return (int)n;
}

/* Idle bound slots keep their descriptors: they are unbound if descriptors are missing. Also called by
 * classes with an `add` function. */
int vwr_request_add_segments(struct vwr_requestq *q, struct vwr_request_slot *s, const struct vwr_seg *seg,
                             unsigned out, unsigned in)
{
    int r;

    if (VWR_BINDS_CHAINS)
        (void)!vwr_queue_unbind(&q->queue, &s->chain); /* it is not in flight */
    if (queue_has_tables(&q->queue))
        s->chain.addr = vwr_request_shared_addr(q, s) + VWR_REQUESTQ_CLASS(q)->shared_bytes;
    r = vwr_queue_add(&q->queue, seg, out, in, &s->chain);
    if (!VWR_BINDS_CHAINS || r != VWR_EFULL)
        return r;
    for (struct vwr_request_slot *idle = q->free; idle != request_no_slot(q); idle = idle->chain.token)
        (void)!vwr_queue_unbind(&q->queue, &idle->chain);
    return vwr_queue_add(&q->queue, seg, out, in, &s->chain);
}

/* more: bytes of the answer before those of answer_last. */
static int request_add(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r, unsigned more)
{
    const struct vwr_request_class *const cls = VWR_REQUESTQ_CLASS(q);
    const uint64_t addr = vwr_request_shared_addr(q, s);
    struct vwr_seg seg[VWR_REQUEST_SEGMENTS + 3u];
    unsigned out = cls->header != 0;
    unsigned count = out;
    int n;

    seg[0].addr = addr;
    seg[0].len = cls->header;
    n = request_describe(q, s, r, &seg[count]);
    if (n < 0)
        return n;
    count += (unsigned)n;
    if (!r->in)
        out = count;
    if (cls->answer_last != 0) {
        seg[count].addr = addr + cls->last_at - more;
        seg[count++].len = (uint32_t)cls->answer_last + cls->answer_room + more;
    }
    return vwr_request_add_segments(q, s, seg, out, count - out);
}

/* A single data segment uses the slot's bound chain. */
static int request_send_slot(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r,
                             unsigned more)
{
    const struct vwr_request_class *const cls = VWR_REQUESTQ_CLASS(q);
    uint64_t addr;

    if (VWR_BINDS_CHAINS && r->vec_count == 0 && r->bytes - 1 < q->segment_bytes_max && more == 0 &&
        (s->chain.bound != 0 || vwr_request_bind_(q, s)) &&
        request_map_whole(s, (uint8_t *)r->vec.p + r->offset, (size_t)r->bytes, r->in, &addr))
        return vwr_queue_post(&q->queue, &s->chain, addr, (uint32_t)r->bytes, r->in);
    return cls->add != NULL ? cls->add(q, s, r) : request_add(q, s, r, more);
}

int vwr_request_send(struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_request_class *const cls = VWR_REQUESTQ_CLASS(q);
    struct vwr_request_slot *const s = q->free;
    int result;

    if (s == request_no_slot(q) || VWR_RECOVERY(q->replay, NULL) != NULL) /* replays have priority */
        return vwr_queue_full_(&q->queue);
    result = cls->prepare != NULL ? cls->prepare(q, r, s->shared) : 0;
    if (result < 0)
        return result;
    vwr_port_sync_for_device(s->shared, cls->shared_bytes);
    result = request_send_slot(q, s, r, (unsigned)result);
    if (result != VWR_OK) {
        request_unmap(s);
        return result;
    }
    if (VWR_WITH_STATS && cls->sent != NULL &&
        r->state != VWR_REQ_IN_FLIGHT) /* a replayed request stays in flight; count it once */
        cls->sent(q, r);
    r->state = VWR_REQ_IN_FLIGHT;
    request_occupy(q, s, r);
    return VWR_OK;
}

int vwr_request_measure(struct vwr_req *r)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < vwr_request_vec_count(r); i++) {
        if (((uintptr_t)vec[i].p & (VWR_PORT_DMA_ALIGN - 1u)) != 0)
            return VWR_EALIGN;
        if (vec[i].bytes == 0)
            return VWR_EINVAL;
        bytes += vec[i].bytes;
    }
    r->bytes = bytes;
    r->offset = 0;
    return VWR_OK;
}

/* The first segment that vwr_request_measure rejects; NULL: none. */
static const struct vwr_vec *request_find_bad_segment(const struct vwr_req *r)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);

    for (uint32_t i = 0; i < vwr_request_vec_count(r); i++)
        if (((uintptr_t)vec[i].p & (VWR_PORT_DMA_ALIGN - 1u)) != 0 || vec[i].bytes == 0)
            return &vec[i];
    return NULL;
}

int vwr_request_refuse(struct vwr_requestq *q, const struct vwr_req *r, int result)
{
    const struct vwr_vec *const bad = request_find_bad_segment(r);

    if (bad != NULL && bad->bytes == 0)
        (void)vwr_request_note(q, VWR_FAULT_REQUEST_EMPTY, (uint32_t)(bad - vwr_request_vecs(r)), 0);
    else if (bad != NULL)
        (void)vwr_request_note(q, VWR_FAULT_REQUEST_ALIGN, VWR_PORT_DMA_ALIGN, (uint32_t)(uintptr_t)bad->p);
    else if (result == VWR_ESEGMENTS)
        (void)vwr_request_note(q, VWR_FAULT_REQUEST_SEGMENTS, q->segments_max, q->segment_bytes_max);
    else
        (void)vwr_request_note(q, VWR_FAULT_REQUEST_REFUSED, request_type(q, r), 0);
    return result;
}

int vwr_request_can_submit(const struct vwr_requestq *q, const struct vwr_req *r)
{
    if (q->queue.layout == VWR_LAYOUT_STOPPED || !q->queue.runs)
        return VWR_EFAILED;
    return r->state == VWR_REQ_IDLE ? VWR_OK : VWR_EBUSY;
}

int vwr_request_submit_measured_(struct vwr_requestq *q, struct vwr_req *r)
{
    int result;

    r->splits = 0;
    r->replays = 0;
    result = vwr_request_send(q, r);
    if (result == VWR_OK)
        request_sync_for_device(r);
    else if (result == VWR_ESEGMENTS || result == VWR_EINVAL)
        (void)vwr_request_refuse(q, r, result);
    return result;
}

int vwr_request_submit(struct vwr_requestq *q, struct vwr_req *r)
{
    int result = vwr_request_can_submit(q, r);

    if (result != VWR_OK)
        return result;
    result = vwr_request_measure(r);
    return result == VWR_OK ? vwr_request_submit_measured_(q, r) : vwr_request_refuse(q, r, result);
}

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

/* ---- blocking calls, any length ---- */

/* Sends the request, waiting for free descriptors if necessary. */
static int request_send_when_room(struct vwr_requestq *q, struct vwr_req *r)
{
    int n = vwr_request_send(q, r);

    while (n == VWR_EFULL && (n = vwr_request_make_room(q)) == VWR_OK)
        n = vwr_request_send(q, r);
    if (n == VWR_ESEGMENTS || n == VWR_EINVAL)
        return vwr_request_note(q, VWR_FAULT_REQUEST_SEGMENTS, q->segments_max, q->segment_bytes_max);
    return n == VWR_EBADRING ? VWR_EFAILED : n; /* the queue is stopped; the request was not sent */
}

int vwr_request_transfer(struct vwr_requestq *q, struct vwr_req *r, uint64_t bytes)
{
    int n;

    request_sync_for_device(r);
    r->bytes = 0;
    r->offset = 0;
    do {
        request_split(r, r->offset + r->bytes, bytes);
        n = request_send_when_room(q, r);
        if (n != VWR_OK)
            break;
        (void)vwr_queue_kick(&q->queue);
        n = vwr_request_wait(q, r);
        bytes -= r->bytes;
    } while (n == VWR_OK && bytes != 0);
    request_sync_for_cpu(r);
    return n;
}
