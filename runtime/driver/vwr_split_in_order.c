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
    vwr_split_make_available(q, &s->ring, head);
}

int vwr_split_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                           struct vwr_chain *chain)
{
    const struct vwr_split_ring *const ring = &q->split_in_order.ring;
    const uint32_t first = q->split_in_order.next_desc;
    const bool legacy = vwr_queue_is_legacy(q);
    uint64_t writable;

    if (vwr_queue_uses_table(q, chain, count)) {
        if (q->num_free == 0)
            return queue_full(q);
        writable = vwr_split_fill_row(chain->table, VWR_SPLIT_RING_SIZE_MAX - 1u, 0, seg, out, count, legacy);
        vwr_split_write(&ring->desc[first], legacy, chain->table_addr, split_table_rest(count));
        count = 1;
    } else {
        if (count > q->num_free)
            return queue_full(q);
        writable = vwr_split_fill_row(ring->desc, ring->mask, first, seg, out, count, legacy);
    }
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    chain->writable = (uint32_t)writable;
    split_in_order_put(q, chain, count);
    return VWR_OK;
}

int vwr_split_in_order_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                            bool in)
{
    if (chain->data == NULL)
        return vwr_split_in_order_add(q, chain->seg, queue_set_segment(chain, addr, len, in), chain->segs,
                                      chain);
    if (q->num_free == 0)
        return queue_full(q);
    vwr_split_write(&q->split_in_order.ring.desc[q->split_in_order.next_desc], vwr_queue_is_legacy(q),
                    chain->table_addr, chain->rest);
    vwr_split_set_data(q, chain, addr, len, in);
    split_in_order_put(q, chain, 1);
    return VWR_OK;
}

/*
 * The next used entry: in order it may stand for a batch of buffers, with the id of the last. Those
 * before it are used, and it does not say how much of them. Buffers of the batch; 0; or VWR_EBADRING.
 */
static int split_in_order_read_used(struct vwr_queue *q)
{
    const struct vwr_split_ring *const ring = &q->split_in_order.ring;
    const int count = vwr_split_read_used_idx(q, ring->used, q->last_used);
    const bool legacy = vwr_queue_is_legacy(q);
    const struct vwr_virtq_used_elem *elem;
    struct vwr_chain *last;
    uint32_t id;

    if (count <= 0)
        return count;
    elem = &ring->used->ring[q->last_used & ring->mask];
    id = vwr_guest32(legacy, vwr_ring_load32(&elem->id));
    if (id > ring->mask || (last = q->slot[id]) == NULL || last->order - q->last_used >= (uint32_t)count)
        return vwr_queue_bad(q);
    vwr_queue_written(q, last, vwr_guest32(legacy, vwr_ring_load32(&elem->len)));
    last->writable = last->written; /* of the others it is not said */
    return (int)(last->order - q->last_used + 1u);
}

int vwr_split_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    const uint32_t mask = q->split_in_order.ring.mask;
    struct vwr_chain **const slot = q->slot;
    unsigned n = 0;

    while (n < most) {
        uint32_t id = q->split_in_order.next_used;
        int batch = (int)q->split_in_order.batch;
        uint32_t freed = 0;
        unsigned end;

        if (batch == 0 && (batch = split_in_order_read_used(q)) <= 0)
            return n != 0 ? (int)n : batch; /* if it is stopped now, the next call says so */
        end = (unsigned)batch < most - n ? n + (unsigned)batch : most;
        q->split_in_order.batch = (unsigned)batch - (end - n);
        q->last_used += end - n;
        for (; n < end; n++) {
            struct vwr_chain *const c = slot[id];

            slot[id] = NULL;
            freed += c->count;
            c->written = c->writable;
            vwr_trace(VWR_TRACE_TAKE, q->doorbell.value, id, c->written);
            chains[n] = c;
            id = (id + c->count) & mask;
        }
        q->split_in_order.next_used = id;
        q->num_free += freed;
    }
    return (int)n;
}
