/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_REQUEST_COMMON_H
#define VWR_DRIVER_REQUEST_COMMON_H

#include "../queue/queue_common.h"
#include "vwr/bytes.h"
#include "vwr/request.h"

/*
 * Interface between the files of the request engine, and to the classes. Inline functions form the hot path
 * for a request of one segment: the submit function of a class checks the request, takes a slot
 * (request_take), writes the header and posts it (request_post). Its reap function is request_reap_posted
 * with a constant class table, which eliminates all indirect calls.
 */

#define REQUEST_CHECKS 16u         /* number of checks of clock and device before the deadline */
#define REQUEST_CHECK_POLLS 65536u /* number of polls between two checks of the device status */

/* vwr_request.c */
int vwr_request_not_live_(struct vwr_requestq *q);
int vwr_request_timed_out_(struct vwr_requestq *q, const struct vwr_req *r);
bool vwr_request_bind_(struct vwr_requestq *q, struct vwr_request_slot *s);
int vwr_request_add_queue_(struct vwr_requestq *q, unsigned index); /* repeats the setup, after a reset */

/* vwr_request_recover.c: resubmits as many requests as fit */
void vwr_request_send_again_(struct vwr_requestq *q);

/* vwr_request_submit.c: submit and do, called after can_submit and measure have returned VWR_OK */
int vwr_request_submit_measured_(struct vwr_requestq *q, struct vwr_req *r);
int vwr_request_do_measured_(struct vwr_requestq *q, struct vwr_req *r);
/*
 * Returns a slot with descriptors for `count` data segments, as the first slot of the free list: the second
 * free slot if its last request had `count` segments, otherwise the first one, whose descriptors are
 * rearranged. NULL: neither is possible, and nothing was changed.
 */
struct vwr_request_slot *vwr_request_fit_slot_(struct vwr_requestq *q, uint32_t count);

/* vwr_request_reap.c */
/* wakes the waiter, or queues the request for reap */
void vwr_request_complete_(struct vwr_requestq *q, struct vwr_req *r);
/* continues vwr_request_reap() after done[0 .. n) were found */
VWR_COLD int vwr_request_reap_more_(struct vwr_requestq *q, struct vwr_req **done, unsigned n, unsigned max);

/* Type of a request, for a fault; 0 if its class has no types. */
static inline uint32_t request_type(const struct vwr_requestq *q, const struct vwr_req *r)
{
    const uint16_t at = VWR_REQUESTQ_CLASS(q)->type_at;

    (void)q; /* unused with VWR_ONE_CLASS */
    return at != 0 ? *(const uint32_t *)(const void *)((const uint8_t *)r + at) : 0;
}

/* vwr_request_recover.c: completes with req.result */
void vwr_request_return_(struct vwr_requestq *q, struct vwr_req *r);

/* Whether data cannot be mapped now; without vwr_port_dma_map, this never happens. */
#define REQUEST_NO_ADDRESS (VWR_PORT_HAS_DMA_MAP ? VWR_EFULL : VWR_EINVAL)

/*
 * Maps a data segment and returns its device address, valid for *run bytes. It is unmapped when the slot is
 * freed.
 */
VWR_ALWAYS_INLINE uint64_t request_map(struct vwr_request_slot *s, void *p, size_t bytes, bool in,
                                       size_t *run)
{
    const unsigned dma = in ? VWR_DMA_IN : VWR_DMA_OUT;
#if VWR_PORT_HAS_DMA_MAP
    const uint64_t addr = vwr_port_dma_map(s->context, p, bytes, dma, run);

    if (*run != 0) {
        struct vwr_mapping *const m = &s->mapping[s->mappings++];

        m->addr = addr;
        m->context = s->context;
        m->p = p;
        m->bytes = (uint32_t)*run;
        m->dma = (uint8_t)dma;
    }
    return addr;
#else
    (void)s;
    return vwr_port_dma_map(NULL, p, bytes, dma, run);
#endif
}

VWR_ALWAYS_INLINE void request_unmap(struct vwr_request_slot *s)
{
#if VWR_PORT_HAS_DMA_MAP
    while (s->mappings > 0) {
        const struct vwr_mapping *const m = &s->mapping[--s->mappings];

        vwr_port_dma_unmap(m->context, m->addr, m->p, m->bytes, m->dma);
    }
#else
    (void)s;
#endif
}

/*
 * Maps the start of bytes[0 .. n) as one segment, which ends at the limit or where the memory is no longer
 * contiguous for the device. false: the memory cannot be mapped.
 */
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

#define REQUEST_PAGE 4096u
#define REQUEST_AROUND 2u /* segments before and after the data of a message */

/*
 * Size of the data of a message, at most `bytes`: if the device's ring has less room for segments than the
 * class, it is a size that fits at any address.
 */
static inline uint32_t request_fit_ring(const struct vwr_requestq *q, uint32_t bytes)
{
    const uint32_t room = q->queue.size > REQUEST_AROUND ? q->queue.size - REQUEST_AROUND : 0;
    const uint32_t most = (room > 1 ? room - 1u : 1) * REQUEST_PAGE;

    return room < q->segments_max && most < bytes ? most : bytes;
}

/* The remaining bytes that a call reads from or writes to a file, in several messages if necessary. */
struct request_move {
    const void *row, *file; /* defined by the class */
    uint64_t offset;
    uint8_t *data;
    uint32_t bytes;
};

/*
 * `some` transfers as many bytes as fit one message, and returns their number or an error. 0 ends the
 * transfer. After an I/O error, the transfer is short if some bytes were already transferred. `rest` is
 * changed.
 */
VWR_ALWAYS_INLINE int request_move(void *driver, struct request_move *rest,
                                   int (*some)(void *driver, const struct request_move *rest))
{
    const uint32_t bytes = rest->bytes;

    if (bytes >> 31 != 0)
        return VWR_EINVAL;
    while (rest->bytes != 0) {
        const int n = some(driver, rest);

        if (n < 0)
            return n == VWR_EIO && rest->bytes != bytes ? (int)(bytes - rest->bytes) : n;
        if (n == 0)
            break;
        rest->offset += (uint32_t)n;
        rest->data += n;
        rest->bytes -= (uint32_t)n;
    }
    return (int)(bytes - rest->bytes);
}

static inline void request_sync_for_device(const struct vwr_req *r)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    const uint32_t count = vwr_request_vec_count(r);

    for (uint32_t i = 0; i < count; i++)
        vwr_sync_data_for_device(vec[i].p, vec[i].bytes);
}

static inline void request_sync_for_cpu(const struct vwr_req *r)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    const uint32_t count = vwr_request_vec_count(r);

    for (uint32_t i = 0; i < count; i++)
        vwr_sync_data_for_cpu(vec[i].p, vec[i].bytes);
}

/*
 * Sets up a request to send `bytes` bytes of its data, starting at `offset`, or as many of them as fit one
 * request.
 */
static inline void request_split(struct vwr_req *r, uint64_t offset, uint64_t bytes)
{
    r->bytes = bytes;
    r->offset = offset;
    r->splits = VWR_REQ_SPLITS;
    r->replays = 0;
}

/* A single store also clears splits, replays and status. */
VWR_ALWAYS_INLINE void request_set_state(struct vwr_req *r, enum vwr_req_state state)
{
    typedef uint32_t four_bytes VWR_MAY_ALIAS;

    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_req, status) ==
                          __builtin_offsetof(struct vwr_req, state) + sizeof(uint32_t) - 1u,
                      "neighbours: state, splits, replays, status");
    *(four_bytes *)(void *)&r->state = (uint32_t)state << (VWR_BIG_ENDIAN ? 24 : 0);
}

/*
 * Sets the result to VWR_OK, and `written`. The fields are adjacent, so this is a single 64-bit store, unless
 * short pointers before them move them off the alignment that some CPUs require of one.
 */
VWR_ALWAYS_INLINE void request_succeed(struct vwr_req *r, uint32_t written)
{
    typedef uint64_t both VWR_MAY_ALIAS;
    const bool one_store = __builtin_offsetof(struct vwr_req, written) % sizeof(both) == 0;

    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_req, result) ==
                          __builtin_offsetof(struct vwr_req, written) + sizeof(r->written),
                      "neighbours");
    VWR_STATIC_ASSERT(VWR_OK == 0 && sizeof(r->result) == sizeof(r->written), "two halves");
    if (one_store) {
        *(both *)(void *)&r->written = VWR_BIG_ENDIAN ? (uint64_t)written << 32 : written;
    } else {
        r->written = written;
        r->result = VWR_OK;
    }
}

/* The list of free slots ends with a chain that cannot be posted. */
static inline struct vwr_request_slot *request_no_slot(struct vwr_requestq *q)
{
    return (struct vwr_request_slot *)(void *)&q->queue.none;
}

/* Gets the ring layout if a class may post and reap directly; otherwise STOPPED. */
VWR_ALWAYS_INLINE unsigned request_layout(const struct vwr_requestq *q)
{
    return VWR_BINDS_CHAINS ? q->queue.open : (unsigned)VWR_LAYOUT_STOPPED;
}

typedef int request_call(struct vwr_requestq *q, void *what, unsigned layout);

/*
 * Makes a call that is inlined for each layout: SPLIT, PACKED, both with IN_ORDER, and STOPPED, for which the
 * class may not post directly.
 */
VWR_ALWAYS_INLINE int request_by_layout(struct vwr_requestq *q, void *what, request_call *call)
{
    const unsigned layout = request_layout(q);

    if (!VWR_BINDS_CHAINS)
        return call(q, what, layout);
    if (!VWR_RARELY(layout != VWR_LAYOUT_SPLIT))
        return call(q, what, VWR_LAYOUT_SPLIT);
    if (VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        return call(q, what, VWR_LAYOUT_PACKED);
    return vwr_layout_is_in_order(layout) ? call(q, what, layout) : call(q, what, VWR_LAYOUT_STOPPED);
}

/*
 * Takes a slot for a request of one segment. NULL: no slot is free, or the last request in the slot had a
 * different form. The slot stays in the free list until request_post().
 */
VWR_ALWAYS_INLINE struct vwr_request_slot *request_take(const struct vwr_requestq *q, unsigned layout)
{
    struct vwr_request_slot *const s = q->free;

    return layout == VWR_LAYOUT_STOPPED || VWR_RARELY(s->chain.segments != 1) ||
                   VWR_RARELY(!queue_can_post(&q->queue, layout, &s->chain))
               ? NULL
               : s;
}

/*
 * Takes a slot in the same way for a request with any number of segments. NULL: no slot is free, or the
 * header is not described.
 */
VWR_ALWAYS_INLINE struct vwr_request_slot *request_take_bound(struct vwr_requestq *q, const struct vwr_req *r,
                                                              unsigned layout)
{
    const uint32_t count = vwr_request_vec_count(r);
    struct vwr_request_slot *const s = q->free;

    if (layout == VWR_LAYOUT_STOPPED || VWR_RARELY((s->chain.bound & VWR_CHAIN_BOUND) == 0))
        return NULL;
    return VWR_RARELY(s->chain.segments != count) ? vwr_request_fit_slot_(q, count) : s;
}

/*
 * Gets the only segment of an idle request; NULL: the request is not idle or has several segments. `state` to
 * `vec_count` are read with one 64-bit load.
 */
VWR_ALWAYS_INLINE const struct vwr_vec *request_only_segment(const struct vwr_req *r)
{
    typedef uint64_t eight_bytes VWR_MAY_ALIAS;
    const uint64_t form = *(const eight_bytes *)(const void *)&r->state;
    const uint64_t array_of_one = VWR_BIG_ENDIAN ? 1 : 1 + (uint64_t) ~(uint32_t)0;

    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_req, vec_count) ==
                          __builtin_offsetof(struct vwr_req, state) + sizeof(uint32_t),
                      "neighbours");
    if (VWR_RARELY(form != 0))
        return form == array_of_one ? r->vecs : NULL;
    return &r->vec;
}

/* Maps data as one segment at *addr. false: the data are not contiguous, and nothing is mapped. */
VWR_ALWAYS_INLINE bool request_map_whole(struct vwr_request_slot *s, void *p, size_t bytes, bool in,
                                         uint64_t *addr)
{
    size_t run = 0;

    *addr = request_map(s, p, bytes, in, &run);
    if (VWR_RARELY(run < bytes))
        request_unmap(s);
    return run >= bytes;
}

/* Moves the slot from the free list to the request. */
VWR_ALWAYS_INLINE void request_occupy(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r)
{
    q->free = s->chain.token;
    s->chain.token = r;
}

/*
 * Posts a checked request whose header is written. Returns VWR_OK. `out` is 1 if the device reads the data,
 * and 0 if it writes them.
 */
VWR_ALWAYS_INLINE int request_post(struct vwr_requestq *q, unsigned layout, struct vwr_request_slot *s,
                                   struct vwr_req *r, uint64_t addr, size_t bytes, size_t out)
{
    request_set_state(r, VWR_REQ_IN_FLIGHT);
    r->bytes = bytes;
    request_occupy(q, s, r);
    return queue_post(&q->queue, layout, &s->chain, addr, (uint32_t)bytes, out);
}

/*
 * Called when the device has used the buffer of a slot. Sets the result of `r`, except the class's status,
 * and frees the slot.
 */
VWR_ALWAYS_INLINE void request_release(struct vwr_request_slot *s, struct vwr_req *r, uint32_t written,
                                       uint32_t answer, struct vwr_request_slot **free)
{
    request_unmap(s);
    if (r->splits != VWR_REQ_SPLITS) /* otherwise vwr_request_transfer() syncs after all parts */
        request_sync_for_cpu(r);
    request_succeed(r,
                    answer == 1 ? written - (written != 0) : written - (written < answer ? written : answer));
    request_set_state(r, VWR_REQ_IDLE);
    s->chain.token = *free;
    *free = s;
}

/* Completes a buffer of any form. */
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

/* Flags of a data segment that is not the last one of its chain. */
static inline unsigned request_data_flags(bool in)
{
    return in ? VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE : VWR_VIRTQ_DESC_F_NEXT;
}

/*
 * A request with any number of segments is submitted in two steps: request_draft_data() writes the
 * descriptors of the data and adds up their size, and request_draft_post() makes the chain available. Between
 * the two steps, the class checks the size and writes the header. If a check fails, the class calls
 * request_draft_drop() instead of the second step.
 */
struct request_draft {
    const struct vwr_vec *vec;
    uint32_t count;
    bool in;                /* the device writes the data */
    bool moves;             /* request_is_moving(), set by request_draft_data() */
    uint64_t bytes;         /* size of the data, set by request_draft_data() */
    struct queue_writer at; /* if `moves` */
};

static inline void request_draft_begin(struct request_draft *draft, const struct vwr_req *r, bool in)
{
    draft->vec = vwr_request_vecs(r);
    draft->count = vwr_request_vec_count(r);
    draft->in = in;
}

/* Whether no descriptor of the chain stays in place: a chain without a table in a packed or in-order ring. */
VWR_ALWAYS_INLINE bool request_is_moving(const struct vwr_chain *c, unsigned layout)
{
    return !queue_is_split(layout) && (!VWR_WITH_INDIRECT || (c->bound & VWR_CHAIN_TABLE) == 0);
}

static inline bool request_draft_moves(const struct request_draft *draft)
{
    return (VWR_WITH_PACKED || VWR_WITH_IN_ORDER) && draft->moves;
}

/* Checks and maps a data segment. false: it is invalid, or one descriptor is not sufficient. */
VWR_FAST_INLINE bool request_draft_vec(const struct vwr_requestq *q, struct vwr_request_slot *s,
                                       const struct vwr_vec *vec, struct request_draft *draft, uint64_t *addr)
{
    if (VWR_RARELY(((uintptr_t)vec->p & (VWR_PORT_DMA_ALIGN - 1u)) != 0) ||
        VWR_RARELY(vec->bytes - 1u >= q->segment_bytes_max) ||
        VWR_RARELY(!request_map_whole(s, vec->p, vec->bytes, draft->in, addr)))
        return false;
    draft->bytes += vec->bytes;
    return true;
}

/* Writes the descriptors of the data, which are in place, as are those of the header and the answer. */
VWR_FAST_INLINE bool request_draft_in_place(const struct vwr_requestq *q, struct vwr_request_slot *s,
                                            struct request_draft *draft, unsigned layout, bool table)
{
    const bool packed = vwr_layout_is_packed(layout);
    const struct vwr_queue *const ring = &q->queue;
    struct vwr_chain *const c = &s->chain;
    const unsigned flags = (packed ? 0 : VWR_VIRTQ_DESC_F_NEXT) | (draft->in ? VWR_VIRTQ_DESC_F_WRITE : 0);
    struct vwr_virtq_desc *desc = c->table;
    uint32_t at = c->id;

    VWR_STATIC_ASSERT(sizeof(struct vwr_pvirtq_desc) == sizeof(*desc), "one table for both rings");
    for (uint32_t i = 0; i < draft->count; i++) {
        uint64_t addr;

        if (VWR_RARELY(!request_draft_vec(q, s, &draft->vec[i], draft, &addr)))
            return false;
        at = table ? at : ring->next[at];
        desc = table ? (struct vwr_virtq_desc *)c->table + i : &ring->split.desc[at];
        if (VWR_WITH_PACKED && packed)
            packed_write((struct vwr_pvirtq_desc *)(void *)desc, addr,
                         packed_half((uint32_t)draft->vec[i].bytes, 0, flags));
        else
            split_put(desc, queue_is_legacy(ring), addr, (uint32_t)draft->vec[i].bytes, (uint16_t)flags);
    }
    if (!packed && c->in_bytes == 0)
        vwr_ring_store16(&desc->flags, vwr_guest16(queue_is_legacy(ring), c->flags[!draft->in]));
    return true;
}

/* Writes the descriptors of header and data at the ring's position. */
VWR_FAST_INLINE bool request_draft_next(struct vwr_requestq *q, struct vwr_request_slot *s,
                                        struct request_draft *draft, unsigned layout)
{
    const bool packed = vwr_layout_is_packed(layout);
    struct vwr_queue *const ring = &q->queue;
    struct vwr_chain *const c = &s->chain;
    const uint32_t kept = vwr_layout_is_in_order(layout) ? 0 : c->count;
    const unsigned flags = request_data_flags(draft->in);

    if (VWR_RARELY(draft->count > q->segments_max) ||
        VWR_RARELY(draft->count + 1u + (c->in_bytes != 0) > ring->num_free + kept))
        return false;
    (void)queue_open(ring, c, packed, NULL, kept, &draft->at);
    queue_describe(ring, &draft->at, packed, false, vwr_request_shared_addr(q, s), c->out_bytes,
                   VWR_VIRTQ_DESC_F_NEXT);
    for (uint32_t i = 0; i < draft->count; i++) {
        uint64_t addr;

        if (VWR_RARELY(!request_draft_vec(q, s, &draft->vec[i], draft, &addr))) {
            queue_abandon(ring, packed, false, i + 1u);
            return false;
        }
        queue_describe(ring, &draft->at, packed, false, addr, (uint32_t)draft->vec[i].bytes, flags);
    }
    return true;
}

/*
 * Describes the data of a request in a slot from request_take_bound(), and sets draft->bytes. The class must
 * have a header. false: the caller must check the request and call vwr_request_send().
 */
VWR_FAST_INLINE bool request_draft_data(struct vwr_requestq *q, struct vwr_request_slot *s,
                                        struct request_draft *draft, unsigned layout)
{
    bool done;

    draft->bytes = 0;
    if (VWR_WITH_PACKED || VWR_WITH_IN_ORDER)
        draft->moves = request_is_moving(&s->chain, layout);
    if (request_draft_moves(draft)) {
        done = request_draft_next(q, s, draft, layout);
    } else {
        /* These are not used. gcc does not see that, and would warn. */
        draft->at.desc = NULL;
        draft->at.at = 0;
        draft->at.last = NULL;
        draft->at.half = 0;
        draft->at.id = 0;
        draft->at.kept = 0;
        if (VWR_RARELY(!queue_can_post(&q->queue, layout, &s->chain)))
            return false;
        /* a constant `table` in each inlined copy */
        done = VWR_WITH_INDIRECT && (s->chain.bound & VWR_CHAIN_TABLE) != 0
                   ? request_draft_in_place(q, s, draft, layout, true)
                   : request_draft_in_place(q, s, draft, layout, false);
    }
    if (VWR_RARELY(!done))
        request_unmap(s);
    return done;
}

/* Discards what request_draft_data() has described, because the class rejects the request. */
VWR_FAST_INLINE void request_draft_drop(struct vwr_requestq *q, struct vwr_request_slot *s,
                                        const struct request_draft *draft, unsigned layout)
{
    if (request_draft_moves(draft))
        queue_abandon(&q->queue, vwr_layout_is_packed(layout), false, draft->count + 1u);
    request_unmap(s);
}

/*
 * Adds the request after its header was written. The data must have fewer than 2^31 bytes. `answer_at` is the
 * offset of the class's answer in the slot's shared memory.
 */
VWR_FAST_INLINE void request_draft_post(struct vwr_requestq *q, struct vwr_request_slot *s,
                                        struct request_draft *draft, uint32_t answer_at, unsigned layout)
{
    const bool packed = vwr_layout_is_packed(layout);
    struct vwr_queue *const ring = &q->queue;
    struct vwr_chain *const c = &s->chain;
    const uint32_t writable = c->in_bytes + (draft->in ? (uint32_t)draft->bytes : 0);
    const bool answers = c->in_bytes != 0;

    if (!request_draft_moves(draft)) {
        c->writable = writable;
        if (queue_is_split(layout))
            split_make_available(ring, c, c->id, VWR_CHAIN_POSTED);
        else
            queue_post_table(ring, layout, c);
        return;
    }
    if (answers)
        queue_describe(ring, &draft->at, packed, false, vwr_request_shared_addr(q, s) + answer_at,
                       c->in_bytes, request_data_flags(true));
    queue_end(ring, c, &draft->at, packed, false, answers || draft->in ? VWR_VIRTQ_DESC_F_WRITE : 0,
              draft->count + 1u + answers, writable, VWR_CHAIN_POSTED);
    c->bound |= VWR_CHAIN_BOUND;
    c->segments = (uint16_t)draft->count;
}

struct request_reaper {
    const struct vwr_request_class *cls;
    struct vwr_req **done;
    struct vwr_request_slot *free;
};

/*
 * Whether `finish` can be skipped, because the class has none or its single-byte answer is 0. Classes with a
 * longer answer do not post their requests.
 */
VWR_ALWAYS_INLINE bool request_says_nothing(const struct vwr_request_slot *s,
                                            const struct vwr_request_class *cls)
{
    vwr_port_sync_for_cpu(s->shared, cls->shared_bytes);
    return cls->finish == NULL || ((const uint8_t *)s->shared)[cls->last_at] == 0;
}

/* false: vwr_request_reap() has to complete the request with `finish`. */
VWR_ALWAYS_INLINE bool request_reap_one(void *context, struct vwr_chain *chain, uint32_t written)
{
    struct request_reaper *const t = context;
    struct vwr_request_slot *const s = (struct vwr_request_slot *)(void *)chain;

    if (VWR_RARELY(!request_says_nothing(s, t->cls)))
        return false;
    *t->done = chain->token;
    request_release(s, *t->done, written, t->cls->answer_last, &t->free);
    t->done++;
    return true;
}

/*
 * vwr_request_reap() with a class table and a layout that are known at compile time. Either in-order layout
 * stands for both.
 */
VWR_ALWAYS_INLINE int request_reap_posted(struct vwr_requestq *q, struct vwr_req **done, unsigned max,
                                          const struct vwr_request_class *cls, unsigned layout)
{
    struct request_reaper t = {cls, done, q->free};
    bool rest = VWR_ASYNC(q->done, NULL) != NULL;
    unsigned n = 0;

    if (!VWR_RARELY(rest))
        n = queue_reap(&q->queue, layout, false, max, request_reap_one, &t, &rest);
    q->free = t.free;
    return VWR_RARELY(rest || n == 0) ? vwr_request_reap_more_(q, t.done - n, n, max) : (int)n;
}

typedef int request_reap(struct vwr_requestq *q, struct vwr_req **done, unsigned max);

VWR_ALWAYS_INLINE int request_reap_in(struct vwr_requestq *q, struct vwr_req **done, unsigned max,
                                      const struct vwr_request_class *cls, request_reap *in_order,
                                      unsigned layout)
{
    if (layout == VWR_LAYOUT_SPLIT)
        return request_reap_posted(q, done, max, cls, VWR_LAYOUT_SPLIT);
    if (VWR_WITH_IN_ORDER && vwr_layout_is_in_order(layout))
        return in_order(q, done, max);
    if (VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        return request_reap_posted(q, done, max, cls, VWR_LAYOUT_PACKED);
    return vwr_request_reap(q, done, max);
}

/*
 * vwr_request_reap() for a class, inlined for each layout. Reaping in order is out of line, because it needs
 * to save more registers.
 */
VWR_ALWAYS_INLINE int request_reap_by(struct vwr_requestq *q, struct vwr_req **done, unsigned max,
                                      const struct vwr_request_class *cls, request_reap *in_order)
{
    return VWR_BINDS_CHAINS ? request_reap_in(q, done, max, cls, in_order, request_layout(q))
                            : vwr_request_reap(q, done, max);
}

/* Kicks the request posted in slot `s` and waits for it, like vwr_request_wait. */
VWR_ALWAYS_INLINE int request_wait_posted(struct vwr_requestq *q, unsigned layout, struct vwr_request_slot *s,
                                          struct vwr_req *r, const struct vwr_request_class *cls)
{
    uint32_t written;

    (void)queue_kick(&q->queue, layout);
    if (VWR_RARELY(!queue_return_only(&q->queue, layout, &s->chain, &written)))
        return vwr_request_wait(q, r);
    request_release(s, r, written, cls->answer_last, &q->free);
    if (VWR_RARELY(!request_says_nothing(s, cls)))
        cls->finish(q, r, s->shared);
    return r->result;
}

/* Called when descriptors have become free. Sends requests that wait to be resubmitted. */
static inline void request_send_replays(struct vwr_requestq *q)
{
    if (VWR_WITH_RECOVERY && q->replay != NULL && q->options->replay)
        vwr_request_send_again_(q);
}

/* Sets the list of requests to replay. The fast path is closed until it is empty. */
static inline void request_set_replays(struct vwr_requestq *q, struct vwr_req *list)
{
    q->replay = list;
    if (VWR_BINDS_CHAINS)
        q->queue.open = q->queue.runs && list == NULL ? q->queue.layout : (uint8_t)VWR_LAYOUT_STOPPED;
}

/*
 * vwr_request_explain.c: describes a fault, with values of the queue. If `q` is NULL, the fault does not
 * concern a queue.
 */
struct vwr_message_args;
size_t vwr_request_explain_args_(const struct vwr_requestq *q, struct vwr_message_args *a, char *text,
                                 size_t bytes);

#endif
