/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/*
 * Request queues: slots, and stopping a queue. Each request occupies a slot, which consists of header, answer
 * and table in shared memory, and a chain in private memory. A request of one segment, the common case, uses
 * the slot's bound chain. The descriptors of other requests are built on each submit.
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

/*
 * Pre-builds the constant segments of the slot's requests, which are header and answer. All requests of the
 * class must have data and the same form, so this does not work for a class with a `form` function.
 */
bool vwr_request_bind_(struct vwr_requestq *q, struct vwr_request_slot *s)
{
    const struct vwr_request_class *const cls = VWR_REQUESTQ_CLASS(q);

    if (!VWR_BINDS_CHAINS || cls->form != NULL)
        return false;
    return vwr_queue_bind(&q->queue, &s->chain, vwr_request_shared_addr(q, s), cls->header, cls->last_at,
                          cls->answer_last != 0 ? (uint16_t)(cls->answer_last + cls->answer_room) : 0) ==
           VWR_OK;
}

/* Allocates the slots. If there are several, they follow the queue's private memory. */
static void request_place_slots(struct vwr_requestq *q)
{
    const size_t count = VWR_ASYNC(q->options->requests, 1u);
    uintptr_t at;

    q->slots = &q->one;
    if (count > 1) {
        at = (uintptr_t)q->memory.own + VWR_QUEUE_OWN_BYTES((size_t)q->memory.size) + VWR_REQUEST_SLOT_ALIGN -
             1u;
        q->slots = (struct vwr_request_slot *)(at - at % VWR_REQUEST_SLOT_ALIGN);
    }
    vwr_zero(q->slots, count * sizeof(*q->slots));
}

/*
 * A slot's shared memory consists of the class's part and, if the queue has tables, a table. Queue memory is
 * contiguous for the device and aligned, so the table is always valid.
 */
static void request_setup_slots(struct vwr_requestq *q)
{
    const struct vwr_request_class *const cls = VWR_REQUESTQ_CLASS(q);
    const bool tables = queue_has_tables(&q->queue);
    const size_t bytes =
        tables ? VWR_REQUEST_SLOT_BYTES(cls->shared_bytes, q->options->segments) : cls->shared_bytes;
    unsigned count = VWR_ASYNC(q->options->requests, 1u);
    uint8_t *shared = q->dev->extra + cls->more_bytes;
    struct vwr_request_slot *s = vwr_requestq_slot(q, 0);

    q->shared_shift = q->dev->extra_addr - (uintptr_t)q->dev->extra;
    q->free = request_no_slot(q);
    for (unsigned i = 0; i < count; i++, s++, shared += bytes) {
        s->shared = shared;
#if VWR_PORT_HAS_DMA_MAP
        s->context = q->dev->dma_context;
#endif
        if (tables && cls->header + cls->answer_last != 0) { /* a single segment needs no table */
            s->chain.table = shared + cls->shared_bytes;
            s->chain.addr = vwr_request_shared_addr(q, s) + cls->shared_bytes;
            s->chain.table_segs = (uint16_t)(q->options->segments + 2u);
            if (s->chain.table_segs > q->queue.size) /* the longest possible chain */
                s->chain.table_segs = (uint16_t)q->queue.size;
        }
        if (!vwr_request_bind_(q, s) && i != 0 && s[-1].chain.bound != 0) {
            count = i; /* all descriptors are bound to earlier slots */
            break;
        }
    }
    for (unsigned i = count; i-- > 0;) {
        s = vwr_requestq_slot(q, i);
        s->chain.token = q->free;
        q->free = s;
    }
    q->slot_count = (uint16_t)count;
    q->seen = 0;
    if (VWR_WITH_ASYNC && q->done_end == NULL)
        q->done_end = &q->done;
}

/* Called when the device or the queue has been reset. */
static void request_unmap_all(struct vwr_queue *ring)
{
    struct vwr_requestq *const q = (void *)ring;

    for (unsigned i = 0; i < q->slot_count; i++)
        request_unmap(vwr_requestq_slot(q, i));
}

void vwr_request_set_runs_(struct vwr_requestq *q, bool runs)
{
    q->queue.runs = runs;
    request_set_replays(q, q->replay);
}

/* Adds the queue to its device's list, unless it is already in it. */
static void request_list(struct vwr_requestq *q)
{
    struct vwr_requestq **at = &q->bringup->requests;

    while (VWR_WITH_ASYNC && *at != NULL && *at != q)
        at = &(*at)->next;
    *at = q;
}

int vwr_request_add_queue_(struct vwr_requestq *q, unsigned index)
{
    const struct vwr_request_class *const cls = VWR_REQUESTQ_CLASS(q);
    const size_t count = VWR_ASYNC(q->options->requests, 1u);
    const size_t own = VWR_REQUEST_OWN_BYTES((size_t)q->memory.size, count);
    const size_t table = VWR_WITH_INDIRECT ? VWR_TABLE_BYTES(q->options->segments + 2u) : 0;
    const size_t extra = count * (cls->shared_bytes + table) + cls->more_bytes;
    int r;

    if (count > 1 && !VWR_ARRAY_FITS(&q->dev->shortage, &q->memory, own, own_bytes, own)) {
        q->dev->fault_size = q->memory.size;
        return vwr_dev_give_up(q->dev, VWR_FAULT_QUEUE_OWN, index, (uint32_t)own);
    }
    r = vwr_dev_add_queue(q->dev, index, &q->queue, &q->memory, extra);
    if (r != VWR_OK)
        return r;
    if (q->queue.size < 1u + (cls->header != 0) + (cls->answer_last != 0))
        return vwr_dev_give_up(q->dev, VWR_FAULT_QUEUE_SIZE, index, q->queue.size);
    q->irqs = &q->dev->irqs;
    request_place_slots(q);
    request_setup_slots(q);
    queue_set_unmap(&q->queue, request_unmap_all);
    request_list(q);
    return VWR_OK;
}

int vwr_request_setup_queue(struct vwr_requestq *q, struct vwr_bringup *v, unsigned index,
                            const struct vwr_queue_memory *m, const struct vwr_request_options *options)
{
    q->dev = v->dev;
    q->bringup = v;
    q->options = options;
    if (m != &q->memory)
        vwr_copy(&q->memory, m, sizeof(*m));
    if (q->segments_max > VWR_REQUEST_SEGMENTS) /* size of a request's arrays */
        q->segments_max = VWR_REQUEST_SEGMENTS;
    return vwr_request_add_queue_(q, index);
}

/* ---- stopping a queue ---- */

int vwr_request_note(struct vwr_requestq *q, uint32_t kind, uint32_t where, uint32_t got)
{
    return vwr_fault_note(&q->fault, kind, where, got);
}

/*
 * Stops the queue. Later answers stay in the ring, and requests are returned by recovery or close.
 * VWR_EFAILED is not stored as a reason, because it means that a reason was already reported.
 */
int vwr_request_stop(struct vwr_requestq *q, int reason)
{
    if (VWR_WITH_ASYNC && q->cancelling)
        return VWR_ERESET;
    vwr_queue_stop(&q->queue, VWR_EFAILED);
    if (q->stopped_by != VWR_OK || reason == VWR_EFAILED)
        return VWR_EFAILED;
    if (reason == VWR_EBADRING) {
        if (q->dev->state == VWR_DEV_LIVE) /* otherwise it has already failed or is being recovered */
            vwr_dev_write_failed(q->dev);
        reason = vwr_request_note(q, VWR_FAULT_RING, vwr_queue_index(&q->queue), 0);
    }
    q->stopped_by = reason;
    return reason;
}

int vwr_request_timed_out_(struct vwr_requestq *q, const struct vwr_req *r)
{
    vwr_count_add(&q->stats.timeouts, 1);
    vwr_dev_write_failed(q->dev);
    return vwr_request_note(q, VWR_REQUESTQ_CLASS(q)->timeout, r != NULL ? request_type(q, r) : 0,
                            VWR_FAULT_INDICES(vwr_queue_buffers(&q->queue), q->queue.last_used));
}

int vwr_request_not_live_(struct vwr_requestq *q)
{
    return q->dev->state == VWR_DEV_FAILED ? vwr_request_stop(q, VWR_EFAILED) : VWR_ERESET;
}

/* ---- after the final reset ---- */

static void request_reset(const struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_waiter *const waiter = VWR_ASYNC(q->options->waiter, NULL);

    r->result = VWR_ERESET;
    r->state = VWR_REQ_IDLE;
    if (waiter != NULL && r->sleeper)
        waiter->wake(waiter->context, r);
}

void vwr_request_drop(struct vwr_requestq *q)
{
    vwr_queue_stop(&q->queue, VWR_ERESET);
    q->stopped_by = VWR_ERESET; /* later calls return VWR_EFAILED */
    q->cancelling = false;
    for (unsigned i = 0; i < VWR_ASYNC(q->slot_count, 1u); i++) {
        struct vwr_request_slot *const s = vwr_requestq_slot(q, i);
        struct vwr_req *const r = vwr_slot_request(s);

        if (r != NULL) {
            s->chain.state = VWR_CHAIN_FREE; /* the reset has unmapped its data */
            request_reset(q, r);
        }
    }
    for (; VWR_RECOVERY(q->replay, NULL) != NULL; request_set_replays(q, q->replay->next))
        request_reset(q, q->replay);
    for (; VWR_ASYNC(q->done, NULL) != NULL; q->done = q->done->next)
        q->done->state = VWR_REQ_IDLE; /* these requests already have a result */
    if (VWR_WITH_ASYNC)
        q->done_end = &q->done;
}
