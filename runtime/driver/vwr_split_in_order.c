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
    chain->count = (uint16_t)count;
    queue_keep(q, chain, first, (uint32_t)writable);
    split_in_order_put(q, &q->split_in_order, count);
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

    if (count <= 0)
        return count;
    elem = &ring->used->ring[q->last_used & ring->mask];
    return vwr_queue_batch(q, vwr_guest32(legacy, vwr_ring_load32(&elem->id)), q->split_in_order.next_used,
                           (uint32_t)count, vwr_guest32(legacy, vwr_ring_load32(&elem->len)));
}

int vwr_split_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_split_in_order *const s = &q->split_in_order;
    unsigned n = 0;

    while (n < most) {
        int batch = (int)s->batch;
        uint32_t count;

        if (batch == 0 && (batch = split_in_order_read_used(q)) <= 0)
            return n != 0 ? (int)n : batch; /* if it is stopped now, the next call says so */
        count = (unsigned)batch < most - n ? (unsigned)batch : most - n;
        s->batch = (unsigned)batch - count;
        s->next_used = vwr_queue_reap_in_order(q, chains + n, s->next_used, count);
        n += count;
    }
    return (int)n;
}
