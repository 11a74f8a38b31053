/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The split ring of a device that uses buffers in the order in which they were made available,
 * driver side; posting a bound chain and reaping are in vwr/queue_in_order_hot.h. Section: Basic Facilities
 * of a Virtio Device / Split Virtqueues; In-order use of descriptors.
 *
 * Descriptors are used one after the other, so there is no free list, and what comes back next is
 * known: of what the device writes only the end of a batch matters. The rest is in vwr_split.c.
 */

/* The next descriptor to be used. */
static uint32_t split_in_order_next_desc(const struct vwr_queue *q)
{
    return vwr_queue_is_direct(q) ? q->split_in_order.next_desc : queue_newest(q);
}

/* `count` descriptors from `first` on are a buffer. */
static void split_in_order_put(struct vwr_queue *q, struct vwr_chain *chain, uint32_t first, uint32_t count,
                               uint16_t number)
{
    struct vwr_split_in_order *const s = &q->split_in_order;

    chain->tail = (uint16_t)first;
    chain->count = (uint16_t)count;
    s->next_desc = (first + count) & s->ring.mask;
    queue_keep(q, &s->order, chain, queue_newest(q), number);
    vwr_split_make_available(q, &s->ring, first);
}

int vwr_split_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                           struct vwr_chain *chain)
{
    const struct vwr_split_ring *const ring = &q->split_in_order.ring;
    const uint32_t first = split_in_order_next_desc(q);
    const bool legacy = vwr_queue_is_legacy(q);
    uint64_t writable;

    if (vwr_queue_uses_table(q, chain, count)) {
        writable = vwr_split_fill_row(chain->table, VWR_SPLIT_RING_SIZE_MAX - 1u, 0, seg, out, count, legacy);
        vwr_split_write(&ring->desc[first], legacy, chain->table_addr, split_table_rest(count));
        count = 1;
    } else {
        writable = vwr_split_fill_row(ring->desc, ring->mask, first, seg, out, count, legacy);
    }
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    chain->written = (uint32_t)writable;
    split_in_order_put(q, chain, first, count, 0);
    return VWR_OK;
}

void vwr_split_in_order_post_table(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint64_t rest)
{
    const uint32_t first = split_in_order_next_desc(q);
    const bool legacy = vwr_queue_is_legacy(q);

    vwr_split_write(chain->data, legacy, addr, rest);
    vwr_split_write(&q->split_in_order.ring.desc[first], legacy, chain->table_addr, chain->rest);
    split_in_order_put(q, chain, first, 1, chain->number);
}

int vwr_split_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_in_order *const order = &q->split_in_order.order;
    unsigned n = 0;

    while (n < most) {
        uint32_t count = most - n;
        int r = 1;

        if (order->batch == 0 && (r = vwr_split_in_order_read_used(q)) <= 0)
            return n != 0 ? (int)n : r; /* if it is stopped now, the next call says so */
        if (count > order->batch)
            count = order->batch;
        vwr_queue_get_row(q, order, chains + n, count);
        n += count;
    }
    return (int)n;
}
