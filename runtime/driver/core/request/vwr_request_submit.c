/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Submitting requests of any form. */

/* Results of request_describe() in addition to VWR_OK and errors. */
enum request_again {
    REQUEST_NO_ROOM = 1, /* the table is too small, or too few descriptors are free */
    REQUEST_SHORTER = 2  /* not all data fit, so r->bytes or the number of segments is less now */
};

/* A request that is being described. */
struct request_writer {
    struct queue_writer at;
    bool is_packed, table; /* kind of descriptors */
    unsigned count;        /* number of segments so far */
    unsigned room;         /* number of segments for which there is room now */
    unsigned fixed;        /* number of segments of message and answer that are still to be described */
    unsigned data_left;    /* maximum number of data segments that may still follow */
    unsigned flags;        /* flags of the last segment so far */
    uint64_t writable;     /* number of bytes that the device may write */
};

static inline void request_put(struct vwr_requestq *q, struct request_writer *w, uint64_t addr, uint32_t len,
                               unsigned flags)
{
    queue_describe(&q->queue, &w->at, w->is_packed, w->table, addr, len, flags);
    w->flags = flags;
    w->writable += (flags & VWR_VIRTQ_DESC_F_WRITE) != 0 ? len : 0;
    w->count++;
}

/* Number of segments besides the data. A head is a segment of its own. */
static unsigned request_fixed(const struct vwr_request_form *form)
{
    return 0u + (form->head != 0) + (form->out != 0) + (form->first_head != 0) + (form->first != 0) +
           (form->last != 0);
}

/* Describes a part of the message or the answer, if it exists. */
static inline void request_put_fixed(struct vwr_requestq *q, const struct vwr_request_slot *s,
                                     struct request_writer *w, uint32_t at, uint32_t len, bool in)
{
    if (len == 0)
        return;
    request_put(q, w, vwr_request_shared_addr(q, s) + at, len, request_data_flags(in));
    w->fixed--;
}

/* Describes a part that may begin with a head. */
static void request_put_part(struct vwr_requestq *q, const struct vwr_request_slot *s,
                             struct request_writer *w, uint32_t at, uint32_t len, uint32_t head, bool in)
{
    request_put_fixed(q, s, w, at, head, in);
    request_put_fixed(q, s, w, at + head, len - head, in);
}

/*
 * Called if the data of a request must end after `filled` bytes because of `error`. If the request may be
 * split, truncates it to a multiple of the class's block size. VWR_OK: exactly this size was described.
 */
static VWR_COLD int request_cut(const struct vwr_requestq *q, struct vwr_req *r, uint64_t filled, int error)
{
    const uint32_t surplus = (uint32_t)filled & q->block_mask;

    if (error == VWR_EINVAL || r->splits != VWR_REQ_SPLITS || filled == surplus)
        return error;
    r->bytes = filled - surplus;
    if (surplus != 0)
        return REQUEST_SHORTER;
    return VWR_OK;
}

/*
 * Maps and describes the data, r->bytes bytes starting at r->offset, in as many segments as necessary. The
 * first part of the answer is described before data that the device writes.
 */
static inline int request_put_data(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r,
                                   const struct vwr_request_form *form, struct request_writer *w)
{
    const uint64_t out = form->out_data < r->bytes ? form->out_data : r->bytes;
    const struct vwr_vec *vec = vwr_request_vecs(r);
    size_t skip = (size_t)r->offset; /* number of bytes of *vec that are described or precede the data */
    struct vwr_seg seg;

    for (uint64_t done = 0;; done += seg.len, skip += seg.len) {
        size_t bytes;

        if (done == out)
            request_put_part(q, s, w, form->first_at, form->first, form->first_head, true);
        if (done == r->bytes)
            return VWR_OK;
        for (; skip >= vec->bytes; vec++)
            skip -= vec->bytes;
        bytes = vec->bytes - skip;
        if (bytes > r->bytes - done)
            bytes = (size_t)(r->bytes - done);
        if (w->data_left-- == 0)
            return request_cut(q, r, done, VWR_ESEGMENTS);
        if (w->count + w->fixed >= w->room)
            return REQUEST_NO_ROOM;
        if (!request_map_segment(q, s, (uint8_t *)vec->p + skip, bytes, done >= out, &seg))
            return request_cut(q, r, done, REQUEST_NO_ADDRESS);
        request_put(q, w, seg.addr, seg.len, request_data_flags(done >= out));
    }
}

static inline void request_writer_begin(const struct vwr_requestq *q, struct request_writer *w, bool packed,
                                        bool table, unsigned fixed)
{
    w->is_packed = packed;
    w->table = table;
    w->count = 0;
    w->flags = 0;
    w->writable = 0;
    w->fixed = fixed;
    w->data_left = q->queue.size - fixed;
    if (w->data_left > q->segments_max)
        w->data_left = q->segments_max;
}

/*
 * Describes a request as the chain of its slot, and adds it. `keep` is true if the slot keeps the
 * descriptors.
 */
static int request_describe(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r,
                            const struct vwr_request_form *form, bool keep, bool in_table)
{
    const bool keeps = VWR_BINDS_CHAINS && keep;
    const bool table = VWR_WITH_INDIRECT && in_table;
    const bool packed = VWR_WITH_PACKED && queue_is_packed(&q->queue);
    const unsigned fixed = request_fixed(form);
    struct request_writer w;
    uint32_t data_last = 0;
    int n;

    request_writer_begin(q, &w, packed, table, fixed);
    w.room = queue_begin(&q->queue, &s->chain, packed, table, &w.at);
    if (w.room < fixed) {
        if (VWR_REQUESTQ_CLASS(q)->form != NULL && fixed > q->queue.size)
            return VWR_ESEGMENTS; /* setup has already compared the queue size with a constant form */
        return REQUEST_NO_ROOM;
    }
    request_put_part(q, s, &w, 0, form->out, form->head, false);
    n = request_put_data(q, s, r, form, &w);
    if (keeps && !packed && !table)
        data_last = (uint32_t)(w.at.last - q->queue.split.desc);
    if (n == VWR_OK)
        request_put_fixed(q, s, &w, form->last_at, form->last, true);
    if (n == VWR_OK && (w.count == 0 || w.writable >> 32 != 0))
        n = VWR_EINVAL;
    if (n != VWR_OK) {
        queue_abandon(&q->queue, packed, table, w.count);
        return n;
    }
    queue_end(&q->queue, &s->chain, &w.at, packed, table, w.flags & VWR_VIRTQ_DESC_F_WRITE, w.count,
              (uint32_t)w.writable, keeps ? VWR_CHAIN_POSTED : VWR_CHAIN_ADDED);
    if (keeps) {
        queue_set_form(&q->queue, &s->chain, table, w.count - fixed, w.count, data_last);
    } else {
        if (VWR_BINDS_CHAINS)
            queue_clear_form(&s->chain);
        vwr_trace(VWR_TRACE_ADD, vwr_queue_index(&q->queue), s->chain.id, s->chain.count);
    }
    return VWR_OK;
}

/*
 * Idle slots keep their descriptors. Takes the descriptors from slots until `least` descriptors are free, but
 * from at least one. Returns whether there was such a slot.
 */
static VWR_COLD bool request_strip_idle(struct vwr_requestq *q, unsigned least)
{
    struct vwr_queue *const ring = &q->queue;
    bool any = false;

    for (struct vwr_request_slot *idle = q->free;
         idle != request_no_slot(q) && (!any || ring->num_free < least); idle = idle->chain.token) {
        if (queue_kept(ring, &idle->chain) == 0)
            continue;
        queue_clear_form(&idle->chain);
        queue_free(ring, ring->layout, &idle->chain);
        any = true;
    }
    return any;
}

/*
 * Links `count` descriptors between header and answer of a chain in a split ring: those of the chain, then
 * free ones. The chain always keeps the first one; a request without data skips it.
 */
static bool request_reshape_ring(struct vwr_queue *ring, struct vwr_chain *c, uint32_t count)
{
    const uint32_t all = count + 1u + (c->in_bytes != 0);
    struct vwr_virtq_desc *const desc = ring->split.desc;
    const bool legacy = queue_is_legacy(ring);
    uint16_t *const next = ring->next;
    uint32_t at = c->id;

    if (count == 0) {
        vwr_ring_store16(&desc[at].next, vwr_guest16(legacy, c->tail));
        return true;
    }
    if (all > ring->num_free + c->count)
        return false;
    next[c->answer_at] = (uint16_t)ring->free;
    for (uint32_t i = 0; i < count; i++) {
        vwr_ring_store16(&desc[at].next, vwr_guest16(legacy, next[at]));
        at = next[at];
    }
    ring->free = next[at];
    ring->num_free += c->count - all;
    c->count = (uint16_t)all;
    c->answer_at = at;
    if (c->in_bytes == 0) {
        c->tail = (uint16_t)at;
    } else {
        next[at] = c->tail;
        vwr_ring_store16(&desc[at].next, vwr_guest16(legacy, c->tail));
    }
    return true;
}

/* Moves the answer to the entry after the data in a chain's table. */
static bool request_reshape_table(struct vwr_requestq *q, struct vwr_request_slot *s, uint32_t count)
{
    struct vwr_queue *const ring = &q->queue;
    struct vwr_chain *const c = &s->chain;
    const unsigned all = count + 1u + (c->in_bytes != 0);
    struct vwr_virtq_desc *const table = queue_table(c);
    const uint64_t addr = vwr_request_shared_addr(q, s) + VWR_REQUESTQ_CLASS(q)->last_at;

    if (all > c->table_segs)
        return false;
    c->answer_at = (uint32_t)VWR_TABLE_BYTES(all);
    if (queue_is_packed(ring)) {
        if (c->in_bytes != 0)
            packed_write((struct vwr_pvirtq_desc *)(void *)table + count + 1u, addr,
                         packed_half(c->in_bytes, 0, VWR_VIRTQ_DESC_F_WRITE));
        return true;
    }
    for (uint32_t i = 0; i <= count; i++)
        vwr_ring_store16(&table[i].next, vwr_guest16(queue_is_legacy(ring), (uint16_t)(i + 1u)));
    if (c->in_bytes != 0)
        split_write(&table[count + 1u], queue_is_legacy(ring), addr, c->in_bytes, VWR_VIRTQ_DESC_F_WRITE, 0);
    if (!queue_is_in_order(ring))
        vwr_ring_store32(&ring->split.desc[c->id].len, vwr_guest32(queue_is_legacy(ring), c->answer_at));
    return true;
}

/*
 * The descriptors of a packed ring are written one after the other when the request is posted, so a request
 * of another length changes only their number.
 */
static bool request_reshape_next(struct vwr_queue *ring, struct vwr_chain *c, uint32_t count)
{
    const uint32_t all = count + 1u + (c->in_bytes != 0);

    if (!queue_is_in_order(ring)) {
        if (all > ring->num_free + c->count)
            return false;
        ring->num_free += c->count - all;
    }
    c->count = (uint16_t)all;
    return true;
}

static bool request_reshape(struct vwr_requestq *q, struct vwr_request_slot *s, uint32_t count)
{
    struct vwr_chain *const c = &s->chain;
    bool done;

    if ((c->bound & VWR_CHAIN_BOUND) == 0 || count > q->segments_max)
        return false;
    if ((c->bound & VWR_CHAIN_TABLE) != 0)
        done = request_reshape_table(q, s, count);
    else if (queue_is_split(q->queue.layout))
        done = request_reshape_ring(&q->queue, c, count);
    else
        done = request_reshape_next(&q->queue, c, count);
    if (done)
        c->segments = (uint16_t)count;
    return done;
}

struct vwr_request_slot *vwr_request_fit_slot_(struct vwr_requestq *q, uint32_t count)
{
    struct vwr_request_slot *const s = q->free;
    struct vwr_request_slot *const second = s->chain.token;

    if (s == request_no_slot(q))
        return NULL;
    if (second->chain.segments != count || (second->chain.bound & VWR_CHAIN_BOUND) == 0)
        return request_reshape(q, s, count) ? s : NULL;
    s->chain.token = second->chain.token;
    second->chain.token = s;
    q->free = second;
    return second;
}

/* Form of a prepared request. `more` is the number of answer bytes that precede answer_last. */
static inline void request_set_form(const struct vwr_request_class *cls, const struct vwr_req *r,
                                    unsigned more, struct vwr_request_form *form)
{
    form->out = cls->header;
    form->first = 0;
    form->first_at = 0;
    form->last = cls->answer_last != 0 ? (uint32_t)cls->answer_last + cls->answer_room + more : 0;
    form->last_at = cls->last_at - more;
    form->head = 0;
    form->first_head = 0;
    form->out_data = cls->form != NULL || r->in ? 0 : ~(uint64_t)0;
    if (cls->form == NULL)
        return;
    cls->form(r, form);
    if (form->head >= form->out) /* there is nothing behind it */
        form->head = 0;
    if (form->first_head >= form->first)
        form->first_head = 0;
}

/* The ring is too short for the heads as segments of their own. false: there are none. */
static VWR_COLD bool request_drop_heads(struct vwr_request_form *form)
{
    const bool any = (form->head | form->first_head) != 0;

    form->head = 0;
    form->first_head = 0;
    return any;
}

/*
 * Adds a request of this form as the chain of its slot, in the slot's table if the chain fits it, otherwise
 * in the ring.
 */
static int request_add_form(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r,
                            struct vwr_request_form *form, bool keep)
{
    /* number of segments, if each part of the data needs one */
    const unsigned least = vwr_request_vec_count(r) + request_fixed(form);
    bool table = queue_uses_table(&q->queue, &s->chain, least);
    int n;

    do {
        n = request_describe(q, s, r, form, keep, table);
        if (n != VWR_OK)
            request_unmap(s);
        if (n == VWR_ESEGMENTS && request_drop_heads(form))
            n = REQUEST_SHORTER;
        if (VWR_WITH_INDIRECT && n == REQUEST_NO_ROOM && table && q->queue.num_free != 0)
            table = false;
        else if (n == REQUEST_NO_ROOM && !(VWR_BINDS_CHAINS && request_strip_idle(q, table ? 1 : least)))
            return vwr_queue_full_(&q->queue);
    } while (n > 0);
    return n;
}

/*
 * Adds a prepared request. The inline reap of a class does not support longer answers, so these are returned
 * by vwr_queue_reap().
 */
static int request_add(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r, unsigned more)
{
    const struct vwr_request_class *const cls = VWR_REQUESTQ_CLASS(q);
    struct vwr_request_form form;
    uint64_t addr;

    /* one segment, like the slot's last request */
    if (VWR_BINDS_CHAINS && s->chain.segments == 1 && vwr_request_vec_count(r) == 1 && more == 0 &&
        r->bytes - 1 < q->segment_bytes_max &&
        request_map_whole(s, (uint8_t *)vwr_request_vecs(r)->p + r->offset, (size_t)r->bytes, r->in, &addr)) {
        const int n = vwr_queue_post(&q->queue, &s->chain, addr, (uint32_t)r->bytes, r->in);

        if (n != VWR_OK) /* an in-order ring may be full although the slot is free */
            request_unmap(s);
        return n;
    }
    request_set_form(cls, r, more, &form);
    return request_add_form(q, s, r, &form, VWR_BINDS_CHAINS && more == 0 && cls->form == NULL);
}

int vwr_request_send(struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_request_class *const cls = VWR_REQUESTQ_CLASS(q);
    struct vwr_request_slot *const s = q->free;
    int result = vwr_queue_state(&q->queue);

    if (result != VWR_OK)
        return result;
    if (s == request_no_slot(q) || VWR_RECOVERY(q->replay, NULL) != NULL) /* replays have priority */
        return vwr_queue_full_(&q->queue);
    result = cls->prepare != NULL ? cls->prepare(q, r, s->shared) : 0;
    if (result < 0)
        return result;
    vwr_port_sync_for_device(s->shared, cls->shared_bytes);
    result = request_add(q, s, r, (unsigned)result);
    if (result != VWR_OK)
        return result;
    if (VWR_WITH_STATS && cls->sent != NULL &&
        r->state != VWR_REQ_IN_FLIGHT) /* a replayed request stays in flight and is counted only once */
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

/* Finds the first segment that cannot be sent; NULL: none. */
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
        (void)vwr_request_note(q, VWR_FAULT_REQUEST_REFUSED, request_type(q, r), (uint32_t)-result);
    return result;
}

int vwr_request_check_submit(const struct vwr_requestq *q, const struct vwr_req *r)
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
    int result = vwr_request_check_submit(q, r);

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

    while (VWR_WITH_ASYNC && n == VWR_EFULL && (n = vwr_request_make_room(q)) == VWR_OK)
        n = vwr_request_send(q, r);
    if (n == VWR_ESEGMENTS || n == VWR_EINVAL)
        return vwr_request_note(q, VWR_FAULT_REQUEST_SEGMENTS, q->segments_max, q->segment_bytes_max);
    return n == VWR_EBADRING ? VWR_EFAILED : n; /* the queue is stopped; the request was not sent */
}

/* The caller's request stays in flight. A part of it must not complete as if it had all of the data. */
static VWR_COLD void request_leave_transfer(struct vwr_req *r, bool more)
{
    if (more || r->offset != 0)
        vwr_req_abandon(r);
    else
        r->splits = 0;
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
    if (VWR_WITH_RECOVERY && !r->internal && r->state == VWR_REQ_IN_FLIGHT)
        request_leave_transfer(r, bytes != 0);
    request_sync_for_cpu(r);
    return n;
}
