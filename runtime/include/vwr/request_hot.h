/* SPDX-License-Identifier: MIT */
#ifndef VWR_REQUEST_HOT_H
#define VWR_REQUEST_HOT_H

/*
 * Part of request.h, which includes it: the fast path of a request whose data are one segment, for classes, which put
 * their checks and their header around it. With a class table that the compiler knows nothing of it is a call.
 */

/* Whatever is not the fast path. */
struct vwr_request_slot *vwr_request_find_slot(struct vwr_requestq *q);
VWR_COLD bool vwr_request_bind(struct vwr_requestq *q, struct vwr_request_slot *s);
int vwr_request_empty(struct vwr_requestq *q, unsigned n, int found);
struct vwr_req *vwr_request_pop_done(struct vwr_requestq *q);

/* A free slot, bound if it can be; NULL: there is none now, or others have to be sent again first. */
VWR_ALWAYS_INLINE struct vwr_request_slot *vwr_request_get_slot(struct vwr_requestq *q)
{
    struct vwr_request_slot *const s = q->next_slot;

    return VWR_RARELY(s->req != NULL || q->replay != NULL) ? vwr_request_find_slot(q) : s;
}

/* The request is in the queue. */
VWR_ALWAYS_INLINE void vwr_request_occupy(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r)
{
    s->req = r;
    q->next_slot = s->next;
    r->number = q->queue.added;
}

/* From a request that was checked, and has its header, to the queue: one segment of data at `addr`. */
VWR_ALWAYS_INLINE int vwr_request_post(struct vwr_requestq *q, struct vwr_req *r, struct vwr_request_slot *s,
                                       uint64_t addr, uint32_t bytes, bool in)
{
    const enum vwr_layout layout = vwr_queue_layout(&q->queue);
    int result;

    if (layout == VWR_LAYOUT_SPLIT)
        result = vwr_queue_post_as(&q->queue, VWR_LAYOUT_SPLIT, &s->chain, addr, bytes, in);
    else if (layout == VWR_LAYOUT_PACKED)
        result = vwr_queue_post_as(&q->queue, VWR_LAYOUT_PACKED, &s->chain, addr, bytes, in);
    else if (layout == VWR_LAYOUT_SPLIT_IN_ORDER)
        result = vwr_queue_post_as(&q->queue, VWR_LAYOUT_SPLIT_IN_ORDER, &s->chain, addr, bytes, in);
    else if (layout == VWR_LAYOUT_PACKED_IN_ORDER)
        result = vwr_queue_post_as(&q->queue, VWR_LAYOUT_PACKED_IN_ORDER, &s->chain, addr, bytes, in);
    else
        result = VWR_EFAILED;
    if (VWR_RARELY(result != VWR_OK))
        return result;
    r->state = VWR_REQ_IN_FLIGHT;
    r->splits = 0;
    r->sleeper = 0;
    r->replays = 0;
    r->bytes = bytes;
    vwr_request_occupy(q, s, r);
    return VWR_OK;
}

static inline const struct vwr_vec *vwr_request_vecs(const struct vwr_req *r)
{
    return r->vec_count != 0 ? r->vecs : &r->vec;
}

static inline uint32_t vwr_request_vec_count(const struct vwr_req *r)
{
    return r->vec_count != 0 ? r->vec_count : r->vec.bytes != 0;
}

/* Data of a request that has come back; where there are several requests for them, when all have. */
static inline void vwr_request_sync_for_cpu(const struct vwr_req *r)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);

    for (uint32_t i = 0; !r->splits && i < vwr_request_vec_count(r); i++)
        vwr_port_sync_for_cpu(vec[i].p, vec[i].bytes);
}

/*
 * The request of a chain that has come back; the class reads its answer next. `order`: slots are used in a
 * circle, so that in order each has its position; otherwise the last one again, which is in the CPU's cache.
 */
VWR_ALWAYS_INLINE struct vwr_req *vwr_request_vacate(struct vwr_requestq *q, struct vwr_chain *chain, bool order,
                                                     uint32_t answer)
{
    struct vwr_request_slot *const s = (struct vwr_request_slot *)(void *)chain;
    struct vwr_req *const r = s->req;
    const uint32_t written = chain->written;

    s->req = NULL;
    if (!order)
        q->next_slot = s;
    r->state = VWR_REQ_IDLE;
    r->written = written > answer ? written - answer : 0; /* the answer is the last that is written */
    return r;
}

#endif
