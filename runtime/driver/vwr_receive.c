/* SPDX-License-Identifier: MIT */
#include "vwr/receive.h"
#include "vwr/bytes.h"

/*
 * Buffers that the device fills. Each is a bound chain of one segment that the device writes, so that posting
 * it again costs what changes. A buffer goes to the device in receive_to_device and comes back in
 * receive_from_device, and nowhere else: what DMA asks for happens there.
 */

#define RECEIVE_BATCH 16u /* buffers that the queue is asked for at once: pointers on the stack */

static uint8_t *receive_data(const struct vwr_receiveq *r, const struct vwr_receive_buffer *b)
{
    return r->data + (size_t)b->index * r->stride;
}

static inline int receive_to_device(struct vwr_receiveq *r, struct vwr_receive_buffer *b)
{
    uint8_t *const p = receive_data(r, b);
    int result = VWR_EINVAL;
    size_t run = 0;
    const uint64_t addr = vwr_port_dma_map(p, r->stride, true, &run);

    if (VWR_PORT_HAS_DMA_MAP)
        b->addr = addr;
    b->owner = VWR_RECEIVE_DEVICE;
    if (run >= r->stride) {
        vwr_sync_data_for_device(p, r->stride);
        result = vwr_queue_post(&r->queue, &b->chain, addr, r->stride, true);
    }
    if (VWR_PORT_HAS_DMA_MAP && result != VWR_OK && run != 0)
        vwr_port_dma_unmap(addr, p, run, true);
    return result;
}

/* `bytes`: what of it the caller is to read. */
static inline void receive_from_device(struct vwr_receiveq *r, struct vwr_receive_buffer *b, uint32_t bytes)
{
    b->owner = VWR_RECEIVE_DRIVER;
    if (VWR_PORT_HAS_DMA_MAP)
        vwr_port_dma_unmap(b->addr, receive_data(r, b), r->stride, true);
    vwr_sync_data_for_cpu(receive_data(r, b), bytes);
}

/* It stays the driver's until a later poll. */
static VWR_COLD int receive_keep(struct vwr_receiveq *r, struct vwr_receive_buffer *b, int result)
{
    b->owner = VWR_RECEIVE_DRIVER;
    r->unposted++;
    vwr_count_add(&r->stats.unposted, 1);
    return result;
}

static inline int receive_post(struct vwr_receiveq *r, struct vwr_receive_buffer *b)
{
    const int result = receive_to_device(r, b);

    return VWR_RARELY(result != VWR_OK) ? receive_keep(r, b, result) : VWR_OK;
}

/* Those that could not be posted before. */
static VWR_COLD void receive_post_rest(struct vwr_receiveq *r)
{
    if (vwr_queue_state(&r->queue) != VWR_OK)
        return;
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

/* Of a queue that is new. */
static int receive_bind(struct vwr_receiveq *r, struct vwr_receive_buffer *b)
{
    vwr_zero(&b->chain, sizeof(b->chain));
    b->seg.addr = 0; /* each post says it */
    b->seg.len = r->stride;
    return vwr_queue_bind(&r->queue, &b->seg, 1, 0, &b->chain);
}

/* Of a queue that is shorter than before as many buffers as it has room for; the rest stays the driver's. */
static int receive_post_all(struct vwr_receiveq *r)
{
    const unsigned size = vwr_queue_size(&r->queue);
    int result = vwr_queue_state(&r->queue);

    r->fault.kind = VWR_FAULT_NONE;
    r->unposted = 0;
    r->used_count = (uint16_t)(r->count < size ? r->count : size);
    for (unsigned i = 0; i < r->used_count && result == VWR_OK; i++)
        result = receive_bind(r, &r->buffer[i]);
    for (unsigned i = 0; i < r->used_count && result == VWR_OK; i++) {
        if (r->buffer[i].owner == VWR_RECEIVE_DRIVER)
            result = receive_post(r, &r->buffer[i]);
        if (VWR_PORT_HAS_DMA_MAP && vwr_queue_in_flight(&r->queue) != 0)
            result = VWR_OK; /* a later poll posts those that cannot be mapped now */
    }
    return result;
}

int vwr_receive_repost(struct vwr_receiveq *r)
{
    const int result = receive_post_all(r);

    if (result != VWR_OK) /* some are not bound */
        vwr_queue_stop(&r->queue, VWR_EFAILED);
    return result;
}

int vwr_receive_start(struct vwr_receiveq *r, const struct vwr_receive_memory *m, uint32_t least)
{
    if (m->count == 0 || m->stride == 0 || least > m->stride)
        return VWR_EINVAL;
    r->data = m->data;
    r->buffer = m->buffer;
    r->stride = m->stride;
    r->least = least;
    r->count = m->count;
    r->irqs = 0;
    vwr_zero(&r->stats, sizeof(r->stats));
    vwr_zero(m->buffer, m->count * sizeof(*m->buffer));
    for (unsigned i = 0; i < m->count; i++)
        m->buffer[i].index = (uint16_t)i;
    return vwr_receive_repost(r);
}

/* What the device says of a buffer: its length was clamped by the queue. False: it is not for the caller. */
static inline bool receive_get(struct vwr_receiveq *r, struct vwr_receive_buffer *b, struct vwr_slice *slice)
{
    const uint32_t bytes = b->chain.written;

    receive_from_device(r, b, bytes);
    if (VWR_RARELY(bytes < r->least)) {
        vwr_count_add(&r->stats.dropped, 1);
        (void)receive_post(r, b);
        return false;
    }
    b->owner = VWR_RECEIVE_CALLER;
    vwr_count_add(&r->stats.buffers, 1);
    vwr_count_add(&r->stats.bytes, bytes);
    slice->p = receive_data(r, b);
    slice->bytes = bytes;
    vwr_trace_message(VWR_TRACE_IN, vwr_queue_index(&r->queue), slice->p, bytes);
    slice->buffer = b->index;
    slice->more = 0;
    return true;
}

/* Nobody else notices the end of a queue that is polled and nothing else. */
static VWR_COLD int receive_stopped(struct vwr_receiveq *r, int result)
{
    if (result == VWR_EBADRING && r->fault.kind == VWR_FAULT_NONE)
        return vwr_fault_note(&r->fault, VWR_FAULT_RING, vwr_queue_index(&r->queue), 0);
    return result;
}

int vwr_receive_poll(struct vwr_receiveq *r, struct vwr_slice *slices, unsigned budget)
{
    struct vwr_chain *chains[RECEIVE_BATCH];
    const struct vwr_slice *const from = slices;
    bool dropped = false;
    int n = 0;

    if (VWR_RARELY(r->unposted != 0))
        receive_post_rest(r);
    while (budget != 0) {
        const unsigned most = budget < RECEIVE_BATCH ? budget : RECEIVE_BATCH;

        n = vwr_queue_reap(&r->queue, chains, most);
        for (int i = 0; i < n; i++) {
            const bool filled = receive_get(r, (struct vwr_receive_buffer *)(void *)chains[i], slices);

            slices += filled;
            dropped |= !filled;
        }
        if (n <= 0 || (unsigned)n < most)
            break;
        budget -= most;
    }
    if (dropped)
        (void)vwr_receive_kick(r);
    if (slices != from)
        return (int)(slices - from);
    return VWR_RARELY(n < 0) ? receive_stopped(r, n) : 0;
}

int vwr_receive_return(struct vwr_receiveq *r, uint16_t buffer)
{
    if (VWR_RARELY(buffer >= r->count || r->buffer[buffer].owner != VWR_RECEIVE_CALLER))
        return VWR_EINVAL;
    if (VWR_RARELY(buffer >= r->used_count))
        r->buffer[buffer].owner = VWR_RECEIVE_DRIVER;
    else
        (void)receive_post(r, &r->buffer[buffer]);
    return VWR_OK;
}

int vwr_receive_reclaim(struct vwr_receiveq *r)
{
    if (vwr_queue_state(&r->queue) == VWR_OK)
        return VWR_EBUSY;
    for (unsigned i = 0; i < r->count; i++)
        if (r->buffer[i].owner == VWR_RECEIVE_DEVICE)
            receive_from_device(r, &r->buffer[i], 0);
    return VWR_OK;
}
