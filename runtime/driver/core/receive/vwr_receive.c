/* SPDX-License-Identifier: MIT */
#include "../queue/queue_common.h"
#include "vwr/receive.h"
#include "vwr/bytes.h"

/*
 * Buffers that the device fills. Each is a bound chain with one device-writable segment, so that it can be
 * reposted cheaply. A buffer is passed to the device in receive_post(), or in vwr_receive_submit() if it
 * needs no mapping, and is returned in receive_from_device(). These functions do all DMA maintenance.
 */

/* After a failure, the driver keeps the buffer until a later reap. */
static int receive_post(struct vwr_receiveq *r, struct vwr_receive_buffer *b)
{
    int result = VWR_EINVAL;
    size_t run = 0;
    const uint64_t addr = vwr_port_dma_map(queue_context(&r->queue), b->data, r->stride, VWR_DMA_IN, &run);
    const struct vwr_seg seg = {addr, r->stride};

    b->addr = addr;
    b->owner = VWR_RECEIVE_DEVICE;
    if (run >= r->stride) {
        vwr_sync_data_for_device(b->data, r->stride);
        result = VWR_BINDS_CHAINS ? vwr_queue_post(&r->queue, &b->chain, addr, r->stride, true)
                                  : vwr_queue_add(&r->queue, &seg, 0, 1, &b->chain);
    }
    if (result == VWR_OK)
        return VWR_OK;
    if (VWR_PORT_HAS_DMA_MAP && run != 0)
        vwr_port_dma_unmap(queue_context(&r->queue), addr, b->data, run, VWR_DMA_IN);
    b->owner = VWR_RECEIVE_DRIVER;
    r->unposted++;
    vwr_count_add(&r->stats.unposted, 1);
    return result;
}

/* `bytes`: number of bytes that the caller may read. */
static inline void receive_from_device(struct vwr_receiveq *r, struct vwr_receive_buffer *b, uint32_t bytes)
{
    b->owner = VWR_RECEIVE_DRIVER;
    if (VWR_PORT_HAS_DMA_MAP)
        vwr_port_dma_unmap(queue_context(&r->queue), b->addr, b->data, r->stride, VWR_DMA_IN);
    vwr_sync_data_for_cpu(b->data, bytes);
}

/* The device no longer accesses any buffer. */
static void receive_all_from_device(struct vwr_queue *queue)
{
    struct vwr_receiveq *const r = (void *)queue;

    for (unsigned i = 0; i < r->count; i++)
        if (r->buffer[i].owner == VWR_RECEIVE_DEVICE)
            receive_from_device(r, &r->buffer[i], 0);
}

/* Posts buffers that could not be posted before or were dropped. */
static VWR_COLD void receive_post_kept(struct vwr_receiveq *r)
{
    for (unsigned i = 0; i < r->used_count && r->unposted != 0; i++) {
        struct vwr_receive_buffer *const b = &r->buffer[i];

        if (b->owner != VWR_RECEIVE_DRIVER)
            continue;
        r->unposted--;
        if (receive_post(r, b) != VWR_OK)
            break;
    }
    (void)vwr_receive_kick(r);
}

/*
 * Posts as many buffers as fit the queue, which may be shorter than before. The driver keeps the others.
 */
int vwr_receive_repost(struct vwr_receiveq *r)
{
    const unsigned size = vwr_queue_size(&r->queue);
    int result = vwr_queue_state(&r->queue);

    r->fault.kind = VWR_FAULT_NONE;
    r->unposted = 0;
    queue_set_unmap(&r->queue, receive_all_from_device);
    r->used_count = (uint16_t)(r->count < size ? r->count : size);
    for (unsigned i = 0; i < r->used_count && result == VWR_OK; i++) {
        struct vwr_receive_buffer *const b = &r->buffer[i];

        vwr_zero(&b->chain, sizeof(b->chain));
        if (VWR_BINDS_CHAINS) /* there are enough descriptors */
            result = vwr_queue_bind(&r->queue, &b->chain, 0, 0, 0, 0);
        if (result == VWR_OK && b->owner == VWR_RECEIVE_DRIVER)
            result = receive_post(r, b);
        if (VWR_PORT_HAS_DMA_MAP && vwr_queue_in_flight(&r->queue) != 0)
            result = VWR_OK; /* a later reap posts the buffers that cannot be mapped now */
    }
    if (result != VWR_OK) /* some buffers are not bound */
        vwr_queue_stop(&r->queue, VWR_EFAILED);
    return result;
}

bool vwr_receive_fits(struct vwr_shortage *s, const struct vwr_receive_memory *m, uint32_t least)
{
    const size_t each = least != 0 ? (least + VWR_PORT_DMA_ALIGN - 1u) & ~(size_t)(VWR_PORT_DMA_ALIGN - 1u)
                                   : VWR_PORT_DMA_ALIGN;

    return VWR_ARRAY_FITS(s, m, buffer, buffer_count, 1u) &&
           VWR_ARRAY_FITS(s, m, data, data_bytes, m->buffer_count * each);
}

int vwr_receive_start(struct vwr_receiveq *r, const struct vwr_receive_memory *m, uint32_t least)
{
    struct vwr_shortage shortage;

    if (!vwr_receive_fits(&shortage, m, least))
        return VWR_ENOMEM;
    r->buffer = m->buffer;
    r->stride = vwr_array_part(m->data_bytes, m->buffer_count, ~0u) & ~(uint32_t)(VWR_PORT_DMA_ALIGN - 1u);
    r->least = least;
    r->skipped = 0;
    r->count = m->buffer_count;
    r->held = false;
    vwr_zero(&r->stats, sizeof(r->stats));
    vwr_zero(m->buffer, r->count * sizeof(*m->buffer));
    for (unsigned i = 0; i < r->count; i++) {
        m->buffer[i].index = (uint16_t)i;
        m->buffer[i].data = (uint8_t *)m->data + (size_t)i * r->stride;
    }
    return vwr_receive_repost(r);
}

struct receive_reaper {
    struct vwr_receiveq *r;
    struct vwr_slice *to;
};

/*
 * Takes a used buffer, whose length the queue has validated. A buffer with too few bytes is dropped, and
 * posted again after the loop.
 */
VWR_ALWAYS_INLINE bool receive_one(void *context, struct vwr_chain *chain, uint32_t written)
{
    struct receive_reaper *const t = context;
    struct vwr_receiveq *const r = t->r;
    struct vwr_receive_buffer *const b = (struct vwr_receive_buffer *)(void *)chain;

    if (VWR_RARELY(written < r->least)) {
        receive_from_device(r, b, 0);
        r->unposted++;
        vwr_count_add(&r->stats.dropped, 1);
        return true;
    }
    receive_from_device(r, b, written);
    b->owner = VWR_RECEIVE_CALLER;
    vwr_count_add(&r->stats.bytes, written);
    t->to->p = b->data + r->skipped;
    t->to->bytes = written - r->skipped;
    t->to->buffer = b->index;
    t->to->more = 0;
    t->to++;
    vwr_trace_message(VWR_TRACE_IN, vwr_queue_index(&r->queue), b->data, written);
    return true;
}

/* For a polled queue, the fault is recorded only here. */
static VWR_COLD int receive_stopped(struct vwr_receiveq *r)
{
    const int result = vwr_queue_state(&r->queue);

    if (result == VWR_EBADRING && r->fault.kind == VWR_FAULT_NONE)
        return vwr_fault_note(&r->fault, VWR_FAULT_RING, vwr_queue_index(&r->queue), 0);
    return result;
}

/* Slow path, which continues after slices[0 .. n). This is the only path in a build without bound chains. */
static VWR_OUT_OF_LINE int receive_reap_more(struct vwr_receiveq *r, struct vwr_slice *slices, unsigned n,
                                             unsigned max)
{
    struct receive_reaper t = {r, slices + n};
    struct vwr_chain *chain = NULL;
    int found = 0;

    if (r->queue.layout == VWR_LAYOUT_STOPPED)
        return receive_stopped(r);
    for (max -= n; max != 0; max--, chain = NULL) {
        found = vwr_queue_get_used(&r->queue, &chain);
        if (chain == NULL)
            break;
        (void)receive_one(&t, chain, chain->written);
    }
    vwr_count_add(&r->stats.buffers, (uintptr_t)(t.to - slices));
    if (found >= 0 && r->unposted != 0)
        receive_post_kept(r);
    return found < 0 && t.to == slices ? receive_stopped(r) : (int)(t.to - slices);
}

/* Fast path, with a layout known at compile time. */
VWR_ALWAYS_INLINE int receive_reap(struct vwr_receiveq *r, struct vwr_slice *slices, unsigned max,
                                   unsigned layout)
{
    struct receive_reaper t = {r, slices};
    bool rest;
    const unsigned used = queue_reap(&r->queue, layout, false, max, receive_one, &t, &rest);

    if (VWR_RARELY(rest) || VWR_RARELY(r->unposted != 0)) {
        const unsigned n = (unsigned)(t.to - slices);

        return receive_reap_more(r, slices, n, max - (used - n)); /* the others had too few bytes */
    }
    vwr_count_add(&r->stats.buffers, used);
    return (int)used;
}

/* Out of line, because this layout needs to save more registers than the others. */
static VWR_OUT_OF_LINE int receive_reap_in_order(struct vwr_receiveq *r, struct vwr_slice *slices,
                                                 unsigned max)
{
    return receive_reap(r, slices, max, VWR_LAYOUT_SPLIT_IN_ORDER);
}

int vwr_receive_reap(struct vwr_receiveq *r, struct vwr_slice *slices, unsigned max)
{
    const unsigned layout = VWR_BINDS_CHAINS ? r->queue.layout : (unsigned)VWR_LAYOUT_STOPPED;

    if (layout == VWR_LAYOUT_SPLIT)
        return receive_reap(r, slices, max, VWR_LAYOUT_SPLIT);
    if (VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        return receive_reap(r, slices, max, VWR_LAYOUT_PACKED);
    if (VWR_WITH_IN_ORDER && layout != VWR_LAYOUT_STOPPED)
        return receive_reap_in_order(r, slices, max);
    return receive_reap_more(r, slices, 0, max);
}

static VWR_OUT_OF_LINE int receive_submit_slow(struct vwr_receiveq *r, uint16_t buffer)
{
    if (buffer >= r->count || r->buffer[buffer].owner != VWR_RECEIVE_CALLER)
        return VWR_EINVAL;
    if (buffer >= r->used_count)
        r->buffer[buffer].owner = VWR_RECEIVE_DRIVER;
    else
        (void)receive_post(r, &r->buffer[buffer]);
    return VWR_OK;
}

/* A buffer that was posted since the reset needs no mapping. In a split ring its descriptor is unchanged. */
int vwr_receive_submit(struct vwr_receiveq *r, uint16_t buffer)
{
    struct vwr_receive_buffer *const b = &r->buffer[buffer];

    if (!VWR_BINDS_CHAINS || VWR_PORT_HAS_DMA_MAP || VWR_RARELY(buffer >= r->used_count) ||
        VWR_RARELY(b->owner != VWR_RECEIVE_CALLER) || VWR_RARELY(b->chain.writable != r->stride))
        return receive_submit_slow(r, buffer);
    vwr_sync_data_for_device(b->data, r->stride);
    if (r->queue.layout == VWR_LAYOUT_SPLIT) { /* implies that the queue is not stopped */
        b->owner = VWR_RECEIVE_DEVICE;
        split_make_available(&r->queue, &b->chain, b->chain.id, VWR_CHAIN_POSTED);
        return VWR_OK;
    }
    if (r->queue.layout != VWR_LAYOUT_PACKED)
        return receive_submit_slow(r, buffer);
    b->owner = VWR_RECEIVE_DEVICE;
    return packed_post_one(&r->queue, &b->chain, b->addr);
}

int vwr_receive_reclaim(struct vwr_receiveq *r)
{
    if (vwr_queue_state(&r->queue) == VWR_OK)
        return VWR_EBUSY;
    receive_all_from_device(&r->queue);
    return VWR_OK;
}
