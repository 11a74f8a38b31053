/* SPDX-License-Identifier: MIT */
#include "../queue/queue_common.h"
#include "request_common.h"

/*
 * Requests go to the device and come back. Each has a slot: its header and answer, and a table, in shared
 * memory; a chain and its description in driver-private memory. A request of one segment, which is nearly
 * every one, goes through the slot's bound chain; others are described anew.
 */

void vwr_request_set_defaults(struct vwr_request_options *options)
{
    if (options->timeout_us == 0)
        options->timeout_us = VWR_REQUEST_TIMEOUT_US;
    if ((VWR_WITH_ASYNC || VWR_PORT_HAS_IDLE) && options->spin == 0)
        options->spin = VWR_REQUEST_SPIN;
    if (VWR_WITH_ASYNC && options->requests == 0)
        options->requests = 1;
    if (VWR_WITH_INDIRECT && options->segments == 0)
        options->segments = 1;
    if (VWR_WITH_RECOVERY && options->replays == 0)
        options->replays = VWR_REQUEST_REPLAYS;
}

/* Bytes of a slot's shared memory: those of the class, then a table, if there are any. */
static size_t request_slot_bytes(const struct vwr_request_class *cls,
                                 const struct vwr_request_options *options)
{
    const size_t shared = cls->shared_bytes;

    return VWR_WITH_INDIRECT ? VWR_REQUEST_SLOT_BYTES(shared, options->segments) : shared;
}

size_t vwr_request_shared_bytes(const struct vwr_request_class *cls,
                                const struct vwr_request_options *options)
{
    return vwr_request_count(options) * request_slot_bytes(cls, options);
}

/*
 * What stays the same in each request of the slot: header, data of some length, answer, table. Memory of a
 * queue is contiguous for the device and aligned, so a table of it is always right.
 */
static void request_setup_slot(const struct vwr_requestq *q, struct vwr_request_slot *s, uint8_t *shared,
                               uint64_t addr)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);

    s->shared = shared;
    s->seg[0].addr = addr;
    s->seg[0].len = cls->header;
    s->seg[1].len = 1; /* anything but 0: it changes with each request */
    s->seg[2].addr = addr + cls->last_at;
    s->seg[2].len = (uint32_t)cls->answer_last + cls->answer_room;
    if (!VWR_WITH_INDIRECT)
        return;
    s->chain.table = shared + cls->shared_bytes;
    s->chain.table_addr = addr + cls->shared_bytes;
    s->chain.table_size = (uint16_t)(q->options->segments + 2u);
}

/* Driver-private bytes of a queue and its slots; one slot is in the queue's structure. */
static size_t request_own_bytes(const struct vwr_requestq *q)
{
    const size_t count = vwr_request_count(q->options);

    return count > 1 ? VWR_REQUEST_OWN_BYTES((size_t)q->memory->size, count)
                     : VWR_QUEUE_OWN_BYTES(q->memory->size);
}

/* Memory for the slots of more than one request at once. */
static int request_place_slots(struct vwr_requestq *q, const struct vwr_queue_memory *m)
{
    const size_t count = vwr_request_count(q->options);

    q->slots = &q->one;
    if (count > 1) {
        if (m->own_bytes < request_own_bytes(q))
            return vwr_dev_give_up(q->dev, VWR_FAULT_QUEUE_OWN, vwr_queue_index(&q->queue),
                                   (uint32_t)request_own_bytes(q));
        q->slots = (struct vwr_request_slot *)(void *)((uint8_t *)m->own +
                                                       VWR_REQUEST_OWN_BYTES((size_t)m->size, 0));
    }
    vwr_zero(q->slots, count * sizeof(*q->slots));
    return VWR_OK;
}

static void request_setup_slots(struct vwr_requestq *q)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);
    const size_t bytes = request_slot_bytes(cls, q->options);
    unsigned count = vwr_request_count(q->options);
    const size_t extra = vwr_dev_queue_extra(q->dev, q->queue.size) + cls->more_bytes;
    uint8_t *shared = (uint8_t *)q->memory->shared + extra;
    size_t run;
    uint64_t addr = vwr_port_dma(q->memory->shared, 1, &run) + extra;
    struct vwr_request_slot *s = vwr_requestq_slot(q, 0);

    for (unsigned i = 0; i < count; i++, s++, shared += bytes, addr += bytes) {
        request_setup_slot(q, s, shared, addr);
        s->next = s + 1;
        if (VWR_FAST_PATHS && !vwr_request_bind(q, s) && i != 0 && s[-1].bound) {
            count = i; /* there is no descriptor for it as long as the others have a request */
            break;
        }
    }
    if (VWR_FAST_PATHS && VWR_WITH_IN_ORDER)
        vwr_queue_in_order_repeat(&q->queue, count);
    s[-1].next = vwr_requestq_slot(q, 0);
    request_set_replays(q, q->replay);
    q->slot_count = (uint16_t)count;
    q->seen = 0;
    if (vwr_requestq_has_list(q) && q->done_end == NULL)
        q->done_end = &q->done;
}

/* Among the queues of its device, if it is not there yet. */
static void request_list(struct vwr_requestq *q)
{
    struct vwr_requestq **at = &q->recovery->requests;

    while (VWR_WITH_ASYNC && *at != NULL && *at != q)
        at = &(*at)->next;
    if (!VWR_WITH_ASYNC || *at == NULL)
        *at = q;
}

int vwr_request_setup(struct vwr_requestq *q, unsigned index)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);
    int r;

    q->dev = q->recovery->dev;
    if (q->segments_max > VWR_REQUEST_SEGMENTS) /* the arrays of a request have so many */
        q->segments_max = VWR_REQUEST_SEGMENTS;
    r = vwr_dev_add_queue(q->dev, index, &q->queue, q->memory,
                          vwr_request_shared_bytes(cls, q->options) + cls->more_bytes);

    if (r == VWR_ENOMEM && q->dev->fault.kind == VWR_FAULT_QUEUE_OWN) /* not of the ring alone */
        q->dev->fault.got = (uint32_t)request_own_bytes(q);
    if (r != VWR_OK)
        return r;
    if (q->queue.size <= 0u + (cls->header != 0) + (cls->answer_last != 0))
        return vwr_dev_give_up(q->dev, VWR_FAULT_QUEUE_SIZE, index, q->queue.size);
    q->irqs = &q->dev->irqs;
    r = request_place_slots(q, q->memory);
    if (r != VWR_OK)
        return r;
    request_setup_slots(q);
    request_list(q);
    return VWR_OK;
}

struct vwr_request_slot *vwr_request_find_slot(struct vwr_requestq *q)
{
    struct vwr_request_slot *s = q->next_slot;

    for (unsigned i = 0; i < vwr_requestq_slots(q) && !vwr_requestq_has_replays(q); i++, s = s->next)
        if (!vwr_slot_in_flight(s))
            return s;
    vwr_count_add(&q->queue.stats.full, 1);
    return NULL;
}

/* The data of a request, from r->offset on, that are described so far. */
struct request_walk {
    const struct vwr_vec *vec;
    size_t skip;     /* bytes of *vec that are described */
    uint64_t filled; /* bytes described */
};

/* The next segment. False: no address. */
static bool request_next_segment(const struct vwr_requestq *q, struct vwr_request_slot *s,
                                 const struct vwr_req *r, struct request_walk *w, struct vwr_seg *seg)
{
    size_t bytes;

    while (w->skip >= w->vec->bytes) {
        w->skip -= w->vec->bytes;
        w->vec++;
    }
    bytes = w->vec->bytes - w->skip;
    if (bytes > r->bytes - w->filled)
        bytes = (size_t)(r->bytes - w->filled);
    if (!request_map_segment(q, s, (uint8_t *)w->vec->p + w->skip, bytes, r->in, seg))
        return false;
    w->skip += seg->len;
    w->filled += seg->len;
    return true;
}

/*
 * Describes the data of a request from r->offset on in seg[0 .. ). If that is not all, and it need not be,
 * then a multiple of the class's block. Answers the segments; VWR_EINVAL if the port cannot translate,
 * VWR_ESEGMENTS if they are too many, VWR_EFULL if the port cannot map them now.
 */
static int request_describe(const struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r,
                            struct vwr_seg *seg)
{
    struct request_walk w = {vwr_request_vecs(r), (size_t)r->offset, 0};
    int error = VWR_ESEGMENTS;
    uint32_t surplus;
    unsigned n = 0;

    for (; w.filled < r->bytes && n < q->segments_max && n + 2u < q->queue.size; n++)
        if (!request_next_segment(q, s, r, &w, &seg[n])) {
            error = REQUEST_NO_ADDRESS;
            break;
        }
    if (error == VWR_EINVAL)
        return error;
    if (w.filled == r->bytes)
        return (int)n;
    surplus = (uint32_t)w.filled & q->block_mask;
    if (r->splits != VWR_REQ_SPLITS || w.filled == surplus)
        return error;
    r->bytes = w.filled - surplus;
    while (surplus >= seg[n - 1].len)
        surplus -= seg[--n].len;
    seg[n - 1].len -= surplus;
    return (int)n;
}

/* A request of any shape. */
static int request_add(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);
    struct vwr_seg seg[VWR_REQUEST_SEGMENTS + 3u];
    unsigned out = cls->header != 0;
    unsigned count = out;
    int n;

    seg[0].addr = s->seg[0].addr;
    seg[0].len = s->seg[0].len;
    n = request_describe(q, s, r, &seg[count]);
    if (n < 0)
        return n;
    count += (unsigned)n;
    if (!r->in)
        out = count;
    if (cls->answer_last != 0) {
        seg[count].addr = s->seg[2].addr - r->answer_more;
        seg[count++].len = s->seg[2].len + r->answer_more;
    }
    return request_add_unbound(q, s, seg, out, count - out);
}

/* One segment of data goes through the slot's bound chain. */
static int request_send_slot(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);
    size_t run = 0;
    uint64_t addr;

    if (VWR_FAST_PATHS && r->vec_count == 0 && r->bytes - 1 < q->segment_bytes_max && r->answer_more == 0) {
        addr = vwr_request_map(s, (uint8_t *)r->vec.p + r->offset, (size_t)r->bytes, r->in, &run);
        if (run >= r->bytes && (s->bound || vwr_request_bind(q, s)))
            return vwr_queue_post(&q->queue, &s->chain, addr, (uint32_t)r->bytes, r->in);
        vwr_request_unmap(s);
    }
    return cls->add != NULL ? cls->add(q, s, r) : request_add(q, s, r);
}

int vwr_request_send(struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);
    struct vwr_request_slot *const s = vwr_request_get_slot(q);
    int result;

    if (s == NULL)
        return VWR_EFULL;
    r->answer_more = 0;
    result = cls->prepare(q, r, s->shared);
    if (result < 0)
        return result;
    if (VWR_FAST_PATHS)
        s->altered = (uint8_t)result;
    vwr_port_sync_for_device(s->shared, cls->shared_bytes);
    result = request_send_slot(q, s, r);
    if (result != VWR_OK) {
        vwr_request_unmap(s);
        return result;
    }
    if (VWR_WITH_STATS && cls->sent != NULL &&
        r->state != VWR_REQ_IN_FLIGHT) /* as it stays while it waits for its replay */
        cls->sent(q, r);
    r->state = VWR_REQ_IN_FLIGHT;
    vwr_request_occupy(q, s, r);
    return VWR_OK;
}

struct vwr_req *vwr_request_finish(struct vwr_requestq *q, struct vwr_chain *chain)
{
    const struct vwr_request_class *const cls = vwr_requestq_class(q);
    struct vwr_request_slot *const s = (struct vwr_request_slot *)(void *)chain;
    struct vwr_req *const r = vwr_request_vacate(chain, chain->written, cls->answer_last);

    if (!vwr_requestq_has_replays(q))
        vwr_request_use_again(q, chain, vwr_queue_is_in_order(&q->queue));
    vwr_port_sync_for_cpu(s->shared, cls->shared_bytes);
    cls->finish(q, r, s->shared);
    return r;
}

int vwr_request_get(struct vwr_requestq *q, struct vwr_req **r)
{
    struct vwr_chain *chain = NULL;
    const int n = vwr_queue_get_used(&q->queue, &chain);

    if (n > 0)
        *r = vwr_request_finish(q, chain);
    return n;
}

/* A request that somebody else asked for has come back. */
void vwr_request_complete(struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_waiter *const waiter = vwr_requestq_waiter(q);

    if (waiter != NULL && r->sleeper)
        waiter->wake(waiter->context, r);
    else
        request_put_done(q, r);
}

void vwr_request_arrived(struct vwr_requestq *q, struct vwr_chain *chain, const struct vwr_req *mine)
{
    struct vwr_req *const r = vwr_request_finish(q, chain);

    if (r != mine)
        vwr_request_complete(q, r);
}
