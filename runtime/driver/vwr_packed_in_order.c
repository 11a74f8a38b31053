/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The packed ring of a device that uses buffers in the order in which they were made available,
 * driver side; posting a bound chain and reaping are in vwr/queue_in_order_hot.h. Section: Basic Facilities
 * of a Virtio Device / Packed Virtqueues; In-order use of descriptors.
 *
 * A buffer's id is its position in slot[], which is that of its first descriptor, so what comes back next is
 * known: it begins where the last one ended. The rest is in vwr_packed.c.
 */

int vwr_packed_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                            struct vwr_chain *chain)
{
    const uint32_t at = queue_newest(q);
    const int r = vwr_packed_describe(q, seg, out, count, chain, at);

    if (r != VWR_OK)
        return r;
    chain->written = chain->writable;
    queue_keep(q, &q->packed_in_order.order, chain, at, 0);
    return VWR_OK;
}

void vwr_packed_in_order_post_table(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                    uint64_t rest)
{
    struct vwr_packed_ring *const ring = &q->packed_in_order.ring;
    const uint32_t at = ring->next;

    vwr_packed_write(chain->data, addr, rest);
    vwr_packed_write_addr(ring, at, chain->table_addr);
    queue_keep(q, &q->packed_in_order.order, chain, at, chain->number);
    vwr_packed_put(q, ring, at, chain->rest | vwr_packed_rest(0, at, 0));
}

bool vwr_packed_in_order_arm(struct vwr_queue *q, uint16_t count)
{
    uint32_t at = q->packed_in_order.ring.used.index;
    uint32_t span = 0;

    if (q->packed_in_order.used_idx != q->last_used)
        return false;
    for (; count > 1; count--) {
        span += q->slot[at]->count;
        at = vwr_queue_behind(q, at);
    }
    return vwr_packed_arm_at(q, span);
}

int vwr_packed_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_packed_in_order *const p = &q->packed_in_order;
    unsigned n = 0;

    while (n < most) {
        uint32_t count = vwr_queue_is_direct(q) ? 1 : most - n;
        int r = 1;

        if (q->last_used == p->used_idx && (r = vwr_packed_in_order_read_used(q)) <= 0)
            return n != 0 ? (int)n : r; /* as of a split ring */
        if (count > p->used_idx - q->last_used)
            count = p->used_idx - q->last_used;
        vwr_queue_get_row(q, chains + n, count);
        vwr_packed_advance(&p->ring.used, count == 1 ? chains[n]->count : count, q->size);
        n += count;
    }
    return (int)n;
}
