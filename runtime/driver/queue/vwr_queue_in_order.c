/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * Rings of a device that uses buffers in the order in which they were made available, split and packed,
 * driver side; posting a bound chain and getting it back are in vwr/queue_in_order_hot.h. Section: Basic
 * Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues; In-order use of descriptors.
 *
 * Descriptors are used one after the other, and what comes back next is known: of what the device writes only
 * the end of a batch matters. In a build for speed a queue begins with buffers of one descriptor each; from
 * the first other one on, and in a small build always, it is direct (see vwr/queue.h), and buffers are
 * described by vwr_split.c and vwr_packed.c.
 */

/* ---- each buffer takes one descriptor ---- */

/*
 * Position `at`, which is free, becomes the chain's. Of a split ring that is all that there is to write, and
 * stays as long as each buffer takes one descriptor.
 */
static void queue_in_order_assign(struct vwr_queue *q, struct vwr_chain *chain, uint32_t at, uint64_t addr,
                                  uint64_t rest)
{
    const struct vwr_split_ring *const ring = &q->split_in_order.ring;
    const bool legacy = vwr_queue_is_legacy(q);

    q->slot[at] = chain;
    if (vwr_queue_is_packed(q))
        return;
    vwr_split_write(&ring->desc[at], legacy, addr, rest);
    vwr_ring_store16(&ring->avail->ring[at], vwr_guest16(legacy, (uint16_t)at));
}

int vwr_queue_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                           struct vwr_chain *chain)
{
    const unsigned flags = out == 0 ? VWR_VIRTQ_DESC_F_WRITE : 0;
    const bool packed = vwr_queue_is_packed(q);
    const uint32_t at = vwr_in_order_next(q, packed);
    const uint64_t addr = count > 1 ? chain->table_addr : seg->addr;
    const uint64_t writable = queue_writable(seg, out, count);
    uint64_t rest = packed ? vwr_packed_rest(seg->len, 0, flags) : vwr_split_rest(seg->len, flags, 0);

    if (vwr_queue_in_flight(q) == q->size)
        return queue_full(q);
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    if (count > 1) {
        queue_fill_table(q, seg, out, count, chain);
        rest = queue_table_rest(q, count);
    }
    chain->limit = VWR_CHAIN_ADDED;
    chain->written = (uint32_t)writable;
    chain->head = (uint16_t)at;
    chain->count = 1;
    queue_in_order_assign(q, chain, at, addr, rest);
    if (packed) {
        vwr_packed_write_addr(&q->packed_in_order.ring, at, addr);
        vwr_packed_put(q, rest | vwr_packed_rest(0, at, 0));
    } else {
        q->added++;
    }
    return VWR_OK;
}

void vwr_queue_in_order_bind(struct vwr_queue *q, struct vwr_chain *chain)
{
    uint32_t free = q->size;

    if (vwr_queue_is_direct(q))
        return;
    for (uint32_t at = q->size; at-- > 0;) {
        if (q->slot[at] == chain) /* not as it is now */
            q->slot[at] = &q->none;
        if (q->slot[at] == &q->none)
            free = at;
    }
    chain->limit = VWR_CHAIN_IDLE;
    if (vwr_queue_in_flight(q) != 0 || free == q->size)
        return;
    queue_in_order_assign(q, chain, free, chain->table_addr, chain->rest);
}

void vwr_queue_in_order_repeat(struct vwr_queue *q, uint32_t count)
{
    if (!vwr_queue_is_in_order(q) || vwr_queue_is_direct(q))
        return;
    for (uint32_t at = count; at < q->size; at++) {
        struct vwr_chain *const c = q->slot[at - count];

        if (c->limit == VWR_CHAIN_IDLE)
            queue_in_order_assign(q, c, at, c->table_addr, c->rest);
    }
}

int vwr_queue_in_order_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                            bool in)
{
    if (vwr_queue_in_flight(q) == q->size)
        return queue_full(q);
    queue_in_order_assign(q, chain, vwr_in_order_next(q, vwr_queue_is_packed(q)), chain->table_addr,
                          chain->rest);
    vwr_queue_post_bound_as(q, vwr_queue_layout(q), chain, addr, len, !in);
    return VWR_OK;
}

/* The `n` oldest buffers, which are used. */
static void queue_in_order_get_row(struct vwr_queue *q, struct vwr_chain **chains, uint32_t n)
{
    struct vwr_chain *const *slot = q->slot + vwr_in_order_oldest(q, vwr_queue_is_packed(q));
    const uint32_t end = (uint32_t)(q->slot + q->size - slot);
    struct vwr_chain **const to = chains + n;

    q->last_used += n;
    for (uint32_t row = n < end ? n : end; chains != to; row = (uint32_t)(to - chains)) {
        for (size_t i = 0; i != row; i++)
            chains[i] = vwr_in_order_get_one(q, slot + i);
        chains += row;
        slot = q->slot; /* from its beginning */
    }
}

int vwr_queue_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    const bool packed = vwr_queue_is_packed(q);
    const uint32_t *const used_idx = vwr_in_order_used_idx(q, packed);
    unsigned n = 0;

    if (vwr_queue_is_direct(q))
        return vwr_queue_reap_each(q, chains, most);
    while (n < most) {
        uint32_t count = most - n;
        int r = 1;

        if (q->last_used == *used_idx && (r = vwr_in_order_read_used(q, packed, false)) <= 0)
            return n != 0 ? (int)n : r; /* if it is stopped now, the next call says so */
        if (count > *used_idx - q->last_used)
            count = *used_idx - q->last_used;
        queue_in_order_get_row(q, chains + n, count);
        if (packed)
            vwr_packed_advance(&q->packed_in_order.ring.used, count, q->size);
        n += count;
    }
    return (int)n;
}

/* ---- direct ---- */

void vwr_queue_begin_direct(struct vwr_queue *q)
{
    const uint32_t flight = vwr_queue_in_flight(q);
    uint32_t at = vwr_in_order_oldest(q, vwr_queue_is_packed(q));

    if (vwr_queue_is_packed(q)) {
        q->packed_in_order.num_free = q->size - flight;
    } else {
        q->split_in_order.num_free = q->size - flight;
        q->split_in_order.free_head = q->added & q->split_in_order.ring.mask;
        q->split_in_order.oldest = at;
    }
    for (uint32_t i = 0; i < q->size; i++) {
        if (i < flight)
            q->slot[at]->tail = (uint16_t)(q->last_used + i);
        else
            q->slot[at] = &q->none;
        at = at + 1u < q->size ? at + 1u : 0;
    }
    q->options |= VWR_QUEUE_DIRECT;
}

int vwr_queue_in_order_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    const bool packed = vwr_queue_is_packed(q);
    const uint32_t at = packed ? q->packed_in_order.ring.used.index : q->split_in_order.oldest;
    uint32_t *const used_idx = vwr_in_order_used_idx(q, packed);
    struct vwr_chain *c;
    int r;

    if (q->last_used == *used_idx && (r = vwr_in_order_read_used(q, packed, true)) <= 0)
        return r;
    c = q->slot[at];
    q->slot[at] = &q->none;
    q->last_used++;
    c->limit = 0;
    if (packed) {
        q->packed_in_order.num_free += c->count;
        vwr_packed_advance(&q->packed_in_order.ring.used, c->count, q->size);
    } else {
        q->split_in_order.num_free += c->count;
        q->split_in_order.oldest = (at + c->count) & q->split_in_order.ring.mask;
    }
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.index, at, c->written);
    *chain = c;
    return 1;
}
