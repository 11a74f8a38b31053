/* SPDX-License-Identifier: MIT */
#ifndef VWR_REQUEST_HOT_H
#define VWR_REQUEST_HOT_H

/*
 * Part of request.h, which includes it: the fast path of a request whose data are one segment, for classes,
 * which put their checks and their header around it. With a class table that the compiler knows nothing of it
 * is a call.
 */

/* Whatever is not the fast path. */
struct vwr_request_slot *vwr_request_find_slot(struct vwr_requestq *q);
VWR_COLD bool vwr_request_bind(struct vwr_requestq *q, struct vwr_request_slot *s);
int vwr_request_empty(struct vwr_requestq *q, unsigned n, int found);

/* The rest of a reap, of which `n` have come back: as vwr_request_reap. used: the device has named another
 * buffer, see vwr_queue_get_used_id. */
int vwr_request_reap_rest(struct vwr_requestq *q, struct vwr_req **done, unsigned n, unsigned budget);
VWR_COLD int vwr_request_reap_used(struct vwr_requestq *q, struct vwr_req **done, unsigned n, unsigned budget,
                                   size_t id, uint64_t written);

/* True if the slot is free, and no others have to be sent first. */
VWR_ALWAYS_INLINE bool vwr_request_is_free(const struct vwr_requestq *q, const struct vwr_request_slot *s)
{
    return !vwr_slot_in_flight(s) && (!VWR_WITH_RECOVERY || q->replay == NULL);
}

/* A free slot; NULL: there is none now. */
VWR_ALWAYS_INLINE struct vwr_request_slot *vwr_request_get_slot(struct vwr_requestq *q)
{
    struct vwr_request_slot *const s = q->next_slot;

    return VWR_RARELY(!vwr_request_is_free(q, s)) ? vwr_request_find_slot(q) : s;
}

/* The request is in the queue. */
VWR_ALWAYS_INLINE void vwr_request_occupy(struct vwr_requestq *q, struct vwr_request_slot *s,
                                          struct vwr_req *r)
{
    s->req = r;
    q->next_slot = s->next;
    r->number = q->queue.added;
}

/* The slot of the fast path: in order that which has its descriptor at the next position. */
VWR_ALWAYS_INLINE struct vwr_request_slot *vwr_request_slot_as(const struct vwr_requestq *q,
                                                               enum vwr_layout layout)
{
    const bool packed = vwr_layout_is_packed(layout);

    if (!vwr_layout_is_in_order(layout))
        return q->next_slot;
    return (struct vwr_request_slot *)(void *)q->queue.slot[vwr_in_order_next(&q->queue, packed)];
}

/* The address of a segment of data for the device, of *run bytes; it is unmapped when the slot becomes free.
 */
VWR_ALWAYS_INLINE uint64_t vwr_request_map(struct vwr_request_slot *s, void *p, size_t bytes, bool in,
                                           size_t *run)
{
    const uint64_t addr = vwr_port_dma_map(p, bytes, in, run);

#if VWR_PORT_HAS_DMA_MAP
    if (*run != 0) {
        struct vwr_mapping *const m = &s->mapping[s->mappings++];

        m->addr = addr;
        m->p = p;
        m->bytes = (uint32_t)*run;
        m->in = in;
    }
#else
    (void)s;
#endif
    return addr;
}

VWR_ALWAYS_INLINE void vwr_request_unmap(struct vwr_request_slot *s)
{
#if VWR_PORT_HAS_DMA_MAP
    while (s->mappings > 0) {
        const struct vwr_mapping *const m = &s->mapping[--s->mappings];

        vwr_port_dma_unmap(m->addr, m->p, m->bytes, m->in);
    }
#else
    (void)s;
#endif
}

/* And nothing is known of its last time any more. */
VWR_ALWAYS_INLINE void vwr_request_set_state(struct vwr_req *r, enum vwr_req_state state)
{
    r->state = state;
    r->splits = 0;
    r->replays = 0;
    r->answer_more = 0;
    r->status = 0;
}

/* The same of data that are one segment: *addr. False: they are not contiguous, and nothing is mapped. */
VWR_ALWAYS_INLINE bool vwr_request_map_whole(struct vwr_request_slot *s, void *p, size_t bytes, bool in,
                                             uint64_t *addr)
{
    size_t run = 0;

    *addr = vwr_request_map(s, p, bytes, in, &run);
    if (VWR_RARELY(run < bytes))
        vwr_request_unmap(s);
    return run >= bytes;
}

/*
 * Is the slot free, and bound, and no others have to be sent first? A chain that is bound and not in flight
 * is that of a free slot.
 */
VWR_ALWAYS_INLINE bool vwr_request_can_post_as(const struct vwr_requestq *q, enum vwr_layout layout,
                                               const struct vwr_request_slot *s)
{
    if (vwr_layout_is_in_order(layout) && VWR_RARELY(vwr_requestq_has_replays(q)))
        return false; /* elsewhere q->next_slot says so, see request_set_replays */
    return s->chain.limit == VWR_CHAIN_IDLE;
}

/*
 * Then from a request that was checked, and has its header, to the queue: one segment of data at `addr`, at
 * least one byte; `out` as of vwr_queue_post_bound_as.
 */
VWR_ALWAYS_INLINE void vwr_request_post_as(struct vwr_requestq *q, enum vwr_layout layout, struct vwr_req *r,
                                           struct vwr_request_slot *s, uint64_t addr, uint64_t bytes,
                                           size_t out)
{
    VWR_QUEUE_CALL(&q->queue, "vwr_queue_post");
    vwr_queue_post_bound_as(&q->queue, layout, &s->chain, addr, bytes, out);
    vwr_request_set_state(r, VWR_REQ_IN_FLIGHT);
    r->bytes = bytes;
    r->number = q->queue.added;
    s->req = r;
    if (!vwr_layout_is_in_order(layout))
        q->next_slot = s->next;
}

/*
 * For a request of a call that waits, from a bound slot to the queue and back if the answer is there at once:
 * nothing has to be remembered of it then. `split`: that is the queue's layout, and can_post_as has said so.
 * As vwr_queue_get_used; VWR_EFULL: it was not posted.
 */
VWR_ALWAYS_INLINE int vwr_request_post_and_poll(struct vwr_queue *q, struct vwr_request_slot *s,
                                                uint64_t addr, size_t bytes, bool in,
                                                struct vwr_chain **chain, bool split)
{
    int n;

    if (split) {
        vwr_queue_post_bound_as(q, VWR_LAYOUT_SPLIT, &s->chain, addr, bytes, !in);
        (void)vwr_queue_kick_as(q, VWR_LAYOUT_SPLIT);
        return vwr_queue_get_used_as(q, VWR_LAYOUT_SPLIT, chain);
    }
    n = vwr_queue_post(q, &s->chain, addr, (uint32_t)bytes, in);
    if (n != VWR_OK)
        return VWR_EFULL;
    (void)vwr_queue_kick(q);
    return vwr_queue_get_used(q, chain);
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
    const uint32_t count = r->splits == VWR_REQ_SPLITS ? 0 : vwr_request_vec_count(r);

    for (uint32_t i = 0; i < count; i++)
        vwr_sync_data_for_cpu(vec[i].p, vec[i].bytes);
}

/* VWR_OK, and what the device wrote: two neighbours, and where an int has half of 64 bits one store. */
VWR_ALWAYS_INLINE void vwr_request_succeed(struct vwr_req *r, uint64_t written)
{
    typedef uint64_t both VWR_MAY_ALIAS;

    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_req, result) ==
                          __builtin_offsetof(struct vwr_req, written) + sizeof(r->written),
                      "neighbours");
    VWR_STATIC_ASSERT(VWR_OK == 0 && sizeof(r->result) == sizeof(r->written), "two halves");
    *(both *)(void *)&r->written = VWR_BIG_ENDIAN ? written << 32 : written;
}

/*
 * The request of a chain that has come back, and of which the device has written so much; the class reads its
 * answer next.
 */
VWR_ALWAYS_INLINE struct vwr_req *vwr_request_vacate(struct vwr_chain *chain, uint64_t written,
                                                     uint32_t answer)
{
    struct vwr_request_slot *const s = (struct vwr_request_slot *)(void *)chain;
    struct vwr_req *const r = s->req;

    vwr_request_unmap(s);
    vwr_request_sync_for_cpu(r);
    /* without the answer's bytes */
    vwr_request_succeed(r, answer == 1 ? written - (written != 0)
                                       : written - (written < answer ? written : answer));
    vwr_request_set_state(r, VWR_REQ_IDLE);
    return r;
}

/*
 * `chain` was the last to come back. Slots are used in a circle, so that in order each has its position;
 * otherwise the last one again, which is in the CPU's cache.
 */
VWR_ALWAYS_INLINE void vwr_request_use_again(struct vwr_requestq *q, struct vwr_chain *chain, bool order)
{
    struct vwr_request_slot *const s = (struct vwr_request_slot *)(void *)chain;

    q->next_slot = order ? s->next : s;
}

/*
 * For vwr_request_reap_as, constants, so that nothing is called: `read` gets the request of a bound chain by
 * vwr_request_vacate, and answers 0, or an answer that is not the usual one; then `failed` is the rest of the
 * reap, done[n - 1] is that request.
 */
typedef uint32_t vwr_request_read(struct vwr_chain *chain, uint64_t written, struct vwr_req **r);
typedef int vwr_request_failed(struct vwr_requestq *q, struct vwr_req **done, unsigned n, unsigned budget,
                               uint32_t answer);

/* As vwr_request_reap. Up to the first that is not bound, or has failed: the rest is not inline. */
VWR_ALWAYS_INLINE int vwr_request_reap_as(struct vwr_requestq *requests, struct vwr_req **done,
                                          unsigned budget, enum vwr_layout layout, vwr_request_read *read,
                                          vwr_request_failed *failed)
{
    struct vwr_queue *const queue = &requests->queue;
    struct vwr_req **to = done;
    enum vwr_reaper_result next;
    struct vwr_chain *chain;
    struct vwr_reaper t;
    uint64_t written;
    uint32_t answer;
    size_t id;
    int n;

    if (layout == VWR_LAYOUT_STOPPED || VWR_RARELY(budget == 0) ||
        VWR_RARELY(vwr_requestq_has_others(requests)) ||
        (vwr_layout_is_in_order(layout) && VWR_RARELY(vwr_queue_is_direct(queue))))
        return vwr_request_reap(requests, done, budget);
    n = vwr_reaper_begin(&t, queue, layout, budget);
    if (VWR_RARELY(n <= 0))
        return vwr_request_empty(requests, 0, n);
    do {
        do {
            next = vwr_reaper_next(&t, queue, layout, &chain, &id, &written);
            if (VWR_RARELY(next == VWR_REAPER_OTHER))
                return vwr_request_reap_used(requests, done, vwr_reaper_end(&t, queue, layout), budget, id,
                                             written);
            if (VWR_RARELY(next == VWR_REAPER_NONE)) {
                n = (int)vwr_reaper_end(&t, queue, layout);
                return n > 0 ? n : vwr_request_empty(requests, 0, 0);
            }
            answer = read(chain, written, to++);
            if (VWR_RARELY(answer != 0))
                return failed(requests, done, vwr_reaper_end(&t, queue, layout), budget, answer);
        } while (t.at != t.end);
    } while (vwr_reaper_more(&t, queue, layout, budget));
    vwr_request_use_again(requests, chain, vwr_layout_is_in_order(layout));
    return (int)vwr_reaper_end(&t, queue, layout);
}

/* ---- requests that the device reads, and answers nothing ---- */

/* The request of a bound chain; no answer is not the usual one. */
VWR_ALWAYS_INLINE uint32_t vwr_request_read_nothing(struct vwr_chain *chain, uint64_t written,
                                                    struct vwr_req **r)
{
    *r = vwr_request_vacate(chain, written, 0);
    return 0;
}

/*
 * Puts a request of which nothing is wrong, with one segment of data and the header that its slot has, into
 * the queue. False: that is not the fast path's.
 */
VWR_ALWAYS_INLINE bool vwr_request_post_out_as(struct vwr_requestq *q, enum vwr_layout layout,
                                               struct vwr_req *r)
{
    struct vwr_request_slot *const s = vwr_request_slot_as(q, layout);
    const size_t bytes = r->vec.bytes;
    uint64_t addr;

    if (VWR_RARELY(!vwr_request_can_post_as(q, layout, s)) || VWR_RARELY(s->altered) ||
        VWR_RARELY(!vwr_request_map_whole(s, r->vec.p, bytes, false, &addr)))
        return false;
    vwr_sync_data_for_device(r->vec.p, bytes);
    vwr_request_post_as(q, layout, r, s, addr, bytes, 1);
    return true;
}

/* The same of any layout, out of line. */
bool vwr_request_post_out(struct vwr_requestq *q, struct vwr_req *r);

/* For the table of a class. */
void vwr_request_finish_sent(struct vwr_requestq *q, struct vwr_req *r, void *shared);

/* For the code of a class: as vwr_request_reap. */
VWR_MUST_CHECK int vwr_request_reap_sent(struct vwr_requestq *q, struct vwr_req **done, unsigned budget);

#endif
