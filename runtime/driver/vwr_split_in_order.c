/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The split ring of a device that uses buffers in the order in which they were made available,
 * driver side. Section: Basic Facilities of a Virtio Device / Split Virtqueues; In-order use of
 * descriptors.
 *
 * Descriptors are used one after the other, so there is no free list, and what comes back next is
 * known: of what the device writes only the end of a batch matters. The rest is in vwr_split.c.
 */

/* The buffer is described in `count` descriptors from next_desc on: there is room for them. */
static inline void split_in_order_put(struct vwr_queue *q, struct vwr_chain *chain, uint32_t count)
{
    struct vwr_split_in_order *const s = &q->split_in_order;
    const uint32_t head = s->next_desc;

    q->slot[head] = chain;
    chain->head = head;
    chain->count = (uint16_t)count;
    chain->order = q->added;
    s->next_desc = (head + count) & s->ring.mask;
    q->num_free -= count;
    vwr_trace(VWR_TRACE_ADD, q->doorbell.value, head, count);
    vwr_split_make_available(q, &s->ring, head);
}

int vwr_split_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                           struct vwr_chain *chain)
{
    const struct vwr_split_ring *const ring = &q->split_in_order.ring;
    const bool table = queue_uses_table(q, chain, count);
    const bool legacy = vwr_queue_is_legacy(q);
    const uint32_t first = q->split_in_order.next_desc;
    uint64_t writable;

    if ((table ? 1 : count) > q->num_free)
        return queue_full(q);
    if (table) {
        int r = vwr_split_fill_table(q, seg, out, count, chain);

        if (r != VWR_OK)
            return r;
        split_write(&ring->desc[first], legacy, chain->table_addr, split_table_rest(count));
        count = 1;
    } else {
        writable = vwr_split_fill(ring->desc, ring->mask, first, seg, out, count, legacy);
        if (writable >> 32 != 0)
            return VWR_EINVAL;
        chain->writable = (uint32_t)writable;
    }
    split_in_order_put(q, chain, count);
    return VWR_OK;
}

int vwr_split_in_order_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    if (chain->data == NULL)
        return vwr_split_in_order_add(q, chain->seg, queue_set_segment(chain, addr, len, in), chain->segs, chain);
    if (q->num_free == 0)
        return queue_full(q);
    split_write(&q->split_in_order.ring.desc[q->split_in_order.next_desc], vwr_queue_is_legacy(q),
                chain->table_addr, chain->rest);
    vwr_split_set_data(q, chain, addr, len, in);
    split_in_order_put(q, chain, 1);
    return VWR_OK;
}

/*
 * The next used entry: in order it may stand for a batch of buffers, with the id of the last. Those
 * before it are used, and it does not say how much of them. 1; 0; or VWR_EBADRING.
 */
static int split_in_order_read_used(struct vwr_queue *q)
{
    struct vwr_split_in_order *const s = &q->split_in_order;
    const int count = vwr_split_read_used_idx(q, s->ring.used, q->last_used);
    const struct vwr_virtq_used_elem *const elem = &s->ring.used->ring[q->last_used & s->ring.mask];
    const bool legacy = vwr_queue_is_legacy(q);
    struct vwr_chain *last;
    uint32_t id;

    if (count <= 0)
        return count;
    id = vwr_guest32(legacy, vwr_ring_load32(&elem->id));
    if (id > s->ring.mask || (last = q->slot[id]) == NULL || last->order - q->last_used >= (uint32_t)count)
        return vwr_queue_bad(q);
    s->batch = last->order - q->last_used + 1u;
    vwr_queue_written(q, last, vwr_guest32(legacy, vwr_ring_load32(&elem->len)));
    last->writable = last->written; /* of the others it is not said */
    return 1;
}

int vwr_split_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_split_in_order *const s = &q->split_in_order;
    unsigned n = 0;

    while (n < most) {
        uint32_t batch = s->batch;
        uint32_t freed = 0;
        uint32_t id = s->next_used;

        if (batch == 0) {
            const int found = split_in_order_read_used(q);

            if (found <= 0)
                return n != 0 ? (int)n : found;
            batch = s->batch;
        }
        if (batch > most - n)
            batch = most - n;
        q->last_used += batch;
        s->batch -= batch;
        for (const unsigned end = n + batch; n < end; n++) {
            struct vwr_chain *const c = q->slot[id];

            q->slot[id] = NULL;
            c->written = c->writable;
            freed += c->count;
            vwr_trace(VWR_TRACE_TAKE, q->doorbell.value, id, c->written);
            chains[n] = c;
            id = (id + c->count) & s->ring.mask;
        }
        s->next_used = id;
        q->num_free += freed;
    }
    return (int)n;
}
