/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_REQUEST_COMMON_H
#define VWR_DRIVER_REQUEST_COMMON_H

#include "../queue/queue_common.h"
#include "vwr/bytes.h"
#include "vwr/bringup.h"
#include "vwr/request.h"

/*
 * Between the files of the request engine, and for classes. What is inline here is the path of a request of
 * one segment: a class's submit checks the request, takes a slot (request_take), writes the header and posts
 * it (request_post); its reap is request_reap_posted with the class's table, so that nothing is called
 * through it.
 */

#define REQUEST_CHECKS 16u /* of the clock, and of a silent device's status, until a deadline */
#define REQUEST_CHECK_POLLS \
    65536u /* not the specification's: polls after which a silent device's status is read */

/* vwr_request.c */
int vwr_request_not_live(struct vwr_requestq *q);
int vwr_request_timed_out(struct vwr_requestq *q, const struct vwr_req *r);
bool vwr_request_bind(struct vwr_requestq *q, struct vwr_request_slot *s);
int vwr_request_add_queue(struct vwr_requestq *q, unsigned index); /* of setup, once more */

/* vwr_request_submit.c: submit and do of a request for which can_submit and measure have answered VWR_OK */
int vwr_request_submit_measured(struct vwr_requestq *q, struct vwr_req *r);
int vwr_request_do_measured(struct vwr_requestq *q, struct vwr_req *r);

/* vwr_request_reap.c */
void vwr_request_complete(struct vwr_requestq *q, struct vwr_req *r); /* to whoever waits, or to reap */
VWR_COLD int vwr_request_reap_more(struct vwr_requestq *q, struct vwr_req **done, unsigned n, unsigned max);

/* vwr_request_recover.c: completes with req.result */
void vwr_request_return(struct vwr_requestq *q, struct vwr_req *r);

#define REQUEST_NO_ADDRESS (VWR_PORT_HAS_DMA_MAP ? VWR_EFULL : VWR_EINVAL) /* not now; or never */

/* The address of a segment of data for the device, of *run bytes; it is unmapped when the slot becomes free.
 */
VWR_ALWAYS_INLINE uint64_t request_map(struct vwr_request_slot *s, void *p, size_t bytes, bool in,
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

VWR_ALWAYS_INLINE void request_unmap(struct vwr_request_slot *s)
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

/* A segment of bytes[0 .. n): as long as the memory is contiguous for the device, and the device takes it.
 * False: no address. */
static inline bool request_map_segment(const struct vwr_requestq *q, struct vwr_request_slot *s,
                                       uint8_t *bytes, size_t n, bool in, struct vwr_seg *seg)
{
    size_t run = 0;

    if (n > q->segment_bytes_max)
        n = q->segment_bytes_max;
    seg->addr = request_map(s, bytes, n, in, &run);
    seg->len = (uint32_t)(n > run ? run : n);
    return seg->len != 0;
}

static inline void request_sync_for_device(const struct vwr_req *r)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    const uint32_t count = vwr_request_vec_count(r);

    for (uint32_t i = 0; i < count; i++)
        vwr_sync_data_for_device(vec[i].p, vec[i].bytes);
}

/* Data of a request that was completed; where there are several requests for them, when all are. */
static inline void request_sync_for_cpu(const struct vwr_req *r)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    const uint32_t count = r->splits == VWR_REQ_SPLITS ? 0 : vwr_request_vec_count(r);

    for (uint32_t i = 0; i < count; i++)
        vwr_sync_data_for_cpu(vec[i].p, vec[i].bytes);
}

/* The request takes as much of its data, `bytes` from `offset` on, as one can have. */
static inline void request_split(struct vwr_req *r, uint64_t offset, uint64_t bytes)
{
    r->bytes = bytes;
    r->offset = offset;
    r->splits = VWR_REQ_SPLITS;
    r->replays = 0;
}

/* And nothing is known of its last time any more: one store. */
VWR_ALWAYS_INLINE void request_set_state(struct vwr_req *r, enum vwr_req_state state)
{
    typedef uint32_t four_bytes VWR_MAY_ALIAS;

    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_req, status) ==
                          __builtin_offsetof(struct vwr_req, state) + sizeof(uint32_t) - 1u,
                      "neighbours: state, splits, replays, status");
    *(four_bytes *)(void *)&r->state = (uint32_t)state << (VWR_BIG_ENDIAN ? 24 : 0);
}

/* VWR_OK, and what the device wrote: two neighbours, and where an int has half of 64 bits one store. */
VWR_ALWAYS_INLINE void request_succeed(struct vwr_req *r, uint64_t written)
{
    typedef uint64_t both VWR_MAY_ALIAS;

    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_req, result) ==
                          __builtin_offsetof(struct vwr_req, written) + sizeof(r->written),
                      "neighbours");
    VWR_STATIC_ASSERT(VWR_OK == 0 && sizeof(r->result) == sizeof(r->written), "two halves");
    *(both *)(void *)&r->written = VWR_BIG_ENDIAN ? written << 32 : written;
}

/* The list of free slots ends in a chain that cannot be posted. */
static inline struct vwr_request_slot *request_no_slot(struct vwr_requestq *q)
{
    return (struct vwr_request_slot *)(void *)&q->queue.none;
}

/* The layout of a queue in which a class may post and reap itself, or STOPPED. */
VWR_ALWAYS_INLINE unsigned request_layout(const struct vwr_requestq *q)
{
    return VWR_BINDS_CHAINS ? q->queue.open : (unsigned)VWR_LAYOUT_STOPPED;
}

/* The descriptors of posted chains stay in place: the path with the fewest instructions. */
VWR_ALWAYS_INLINE bool request_stays_in_place(const struct vwr_requestq *q)
{
    return request_layout(q) == VWR_LAYOUT_SPLIT;
}

/*
 * A slot for a request of one segment; NULL: not now, or it is not bound. It stays free until request_post.
 * `kept` is request_stays_in_place, which the caller has asked once: a constant here, and where it is
 * false in a function out of line, so that the other path needs few registers.
 */
VWR_ALWAYS_INLINE struct vwr_request_slot *request_take(const struct vwr_requestq *q, bool kept)
{
    struct vwr_request_slot *const s = q->free;

    if (kept)
        return VWR_RARELY(s->chain.bound == 0) ? NULL : s;
    return VWR_RARELY(request_layout(q) == VWR_LAYOUT_STOPPED) ||
                   VWR_RARELY(s->chain.takes > q->queue.num_free)
               ? NULL
               : s;
}

/* Nothing is special about it but its data, which are one segment: one load of what begins with its state. */
VWR_ALWAYS_INLINE uint64_t request_is_special(const struct vwr_req *r)
{
    typedef uint64_t eight_bytes VWR_MAY_ALIAS;

    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_req, vec_count) ==
                          __builtin_offsetof(struct vwr_req, state) + sizeof(uint32_t),
                      "neighbours");
    return *(const eight_bytes *)(const void *)&r->state;
}

/* The same of data that are one segment: *addr. False: they are not contiguous, and nothing is mapped. */
VWR_ALWAYS_INLINE bool request_map_whole(struct vwr_request_slot *s, void *p, size_t bytes, bool in,
                                         uint64_t *addr)
{
    size_t run = 0;

    *addr = request_map(s, p, bytes, in, &run);
    if (VWR_RARELY(run < bytes))
        request_unmap(s);
    return run >= bytes;
}

/* The slot has the request from here on. */
VWR_ALWAYS_INLINE void request_occupy(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r)
{
    q->free = s->chain.token;
    s->chain.token = r;
}

/* A request that was checked, and whose header is written: VWR_OK. out: 1: the device reads the data, 0: it
 * writes them. */
VWR_ALWAYS_INLINE int request_post(struct vwr_requestq *q, bool kept, struct vwr_request_slot *s,
                                   struct vwr_req *r, uint64_t addr, size_t bytes, size_t out)
{
    request_set_state(r, VWR_REQ_IN_FLIGHT);
    r->bytes = bytes;
    request_occupy(q, s, r);
    return queue_post(&q->queue, kept, &s->chain, addr, (uint32_t)bytes, out);
}

/* The device has used the buffer of a slot, which had `r`: its result, but for what the class says. */
VWR_ALWAYS_INLINE void request_release(struct vwr_request_slot *s, struct vwr_req *r, uint32_t written,
                                       uint32_t answer, struct vwr_request_slot **free)
{
    request_unmap(s);
    request_sync_for_cpu(r);
    request_succeed(r,
                    answer == 1 ? written - (written != 0) : written - (written < answer ? written : answer));
    request_set_state(r, VWR_REQ_IDLE);
    s->chain.token = *free;
    *free = s;
}

/* A buffer of any shape. */
VWR_ALWAYS_INLINE struct vwr_req *request_finish(struct vwr_requestq *q, struct vwr_chain *chain,
                                                 const struct vwr_request_class *cls)
{
    struct vwr_request_slot *const s = (struct vwr_request_slot *)(void *)chain;
    struct vwr_req *const r = chain->token;

    request_release(s, r, chain->written, cls->answer_last, &q->free);
    vwr_port_sync_for_cpu(s->shared, cls->shared_bytes);
    if (cls->finish != NULL)
        cls->finish(q, r, s->shared);
    return r;
}

struct request_reaper {
    struct vwr_requestq *q;
    const struct vwr_request_class *cls;
    struct vwr_req **done;
    struct vwr_request_slot *free;
};

/* An answer of one byte that is 0 says nothing: any other is for `finish`. */
VWR_ALWAYS_INLINE bool request_says_nothing(const struct vwr_request_slot *s,
                                            const struct vwr_request_class *cls)
{
    vwr_port_sync_for_cpu(s->shared, cls->shared_bytes);
    return cls->finish == NULL ||
           (cls->answer_last == 1 && *(const volatile uint8_t *)((uint8_t *)s->shared + cls->last_at) == 0);
}

/* False: the byte says something, and vwr_request_reap completes the request. A longer answer says something
 * each time. */
VWR_ALWAYS_INLINE bool request_reap_one(void *context, struct vwr_chain *chain, uint32_t written)
{
    struct request_reaper *const t = context;
    struct vwr_request_slot *const s = (struct vwr_request_slot *)(void *)chain;
    const bool finish = !request_says_nothing(s, t->cls);

    if (VWR_RARELY(finish) && t->cls->answer_last == 1)
        return false;
    *t->done = chain->token;
    request_release(s, *t->done, written, t->cls->answer_last, &t->free);
    if (finish)
        t->cls->finish(t->q, *t->done, s->shared);
    t->done++;
    return true;
}

/* vwr_request_reap, with a table and a layout that the compiler knows; either in order stands for both. */
VWR_ALWAYS_INLINE int request_reap_posted(struct vwr_requestq *q, struct vwr_req **done, unsigned max,
                                          const struct vwr_request_class *cls, unsigned layout)
{
    struct request_reaper t = {q, cls, done, q->free};
    bool rest = vwr_requestq_has_done(q);
    unsigned n = 0;

    if (!VWR_RARELY(rest))
        n = queue_reap_each(&q->queue, layout, false, max, request_reap_one, &t, &rest);
    q->free = t.free;
    return VWR_RARELY(rest || n == 0) ? vwr_request_reap_more(q, t.done - n, n, max) : (int)n;
}

typedef int request_reap(struct vwr_requestq *q, struct vwr_req **done, unsigned max);

/* vwr_request_reap by a function of the class for each way of reading used buffers, out of line: each has its
 * registers. */
VWR_ALWAYS_INLINE int request_reap_by(struct vwr_requestq *q, struct vwr_req **done, unsigned max,
                                      request_reap *split, request_reap *packed, request_reap *in_order)
{
    const unsigned layout = request_layout(q);

    if (layout == VWR_LAYOUT_SPLIT)
        return split(q, done, max);
    if (layout == VWR_LAYOUT_PACKED)
        return packed(q, done, max);
    return layout != VWR_LAYOUT_STOPPED ? in_order(q, done, max) : vwr_request_reap(q, done, max);
}

/* Kicks a request that was posted in slot `s`, and waits for it: as vwr_request_wait_for. */
VWR_ALWAYS_INLINE int request_wait_posted(struct vwr_requestq *q, bool kept, struct vwr_request_slot *s,
                                          struct vwr_req *r, const struct vwr_request_class *cls)
{
    uint32_t written;

    (void)queue_kick(&q->queue, kept);
    if (VWR_RARELY(!queue_return_only(&q->queue, kept, &s->chain, &written)))
        return vwr_request_wait_for(q, r);
    request_release(s, r, written, cls->answer_last, &q->free);
    if (VWR_RARELY(!request_says_nothing(s, cls)))
        cls->finish(q, r, s->shared);
    return r->result;
}

/* What has to be sent again: before it nothing else is posted. */
static inline void request_set_replays(struct vwr_requestq *q, struct vwr_req *list)
{
    q->replay = list;
    if (VWR_BINDS_CHAINS)
        q->queue.open = q->queue.runs && list == NULL ? q->queue.layout : (uint8_t)VWR_LAYOUT_STOPPED;
}

#endif
