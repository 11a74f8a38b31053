/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The packed ring of a device that uses buffers in the order in which they were made available,
 * driver side; posting a bound chain and reaping are in vwr/queue_in_order_hot.h. Section: Basic Facilities
 * of a Virtio Device / Packed Virtqueues; In-order use of descriptors.
 *
 * A buffer's id is its position in slot[], so what comes back next is known: it begins where the last one
 * ended. The rest is in vwr_packed.c.
 */

int vwr_packed_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                            struct vwr_chain *chain)
{
    const uint32_t at = in_order_next(q);
    const int r = vwr_packed_describe(q, seg, out, count, chain, at);

    if (r != VWR_OK)
        return r;
    chain->written = chain->writable;
    in_order_keep(q, &q->packed_in_order.order, chain, at, 0);
    return VWR_OK;
}

void vwr_packed_in_order_post_table(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                    uint64_t rest)
{
    struct vwr_packed_ring *const ring = &q->packed_in_order.ring;
    const uint32_t at = in_order_next(q);
    const uint32_t desc = ring->next;

    vwr_packed_write(chain->data, addr, rest);
    vwr_packed_write_addr(ring, desc, chain->table_addr);
    in_order_keep(q, &q->packed_in_order.order, chain, at, chain->number);
    vwr_packed_put(q, ring, desc, chain->rest | vwr_packed_rest(0, at, 0));
}

/* Descriptors of the `n` oldest buffers. */
static uint32_t packed_in_order_span(const struct vwr_queue *q, uint32_t n)
{
    uint32_t at = in_order_oldest(q);
    uint32_t span = 0;

    for (; n > 0; n--) {
        span += q->slot[at]->count;
        if (++at == q->size)
            at = 0;
    }
    return span;
}

void vwr_packed_in_order_reap_direct(struct vwr_queue *q, struct vwr_chain **chains, uint32_t n)
{
    struct vwr_packed_in_order *const p = &q->packed_in_order;
    const uint32_t span = packed_in_order_span(q, n);
    const uint32_t oldest = p->oldest;

    p->oldest = oldest + n < q->size ? oldest + n : oldest + n - q->size;
    q->num_free += span;
    in_order_get(q, &p->order, chains, oldest, n);
    vwr_packed_advance(&p->ring.used, span, q->size);
}

bool vwr_packed_in_order_arm(struct vwr_queue *q, uint16_t count)
{
    if (q->packed_in_order.order.batch != 0)
        return false;
    return vwr_packed_arm_at(q, count > 1 ? packed_in_order_span(q, count - 1u) : 0);
}

int vwr_packed_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_packed_in_order *const p = &q->packed_in_order;
    unsigned n = 0;

    while (n < most) {
        uint32_t count = most - n;
        int r = 1;

        if (p->order.batch == 0 && (r = vwr_packed_in_order_read_used(q)) <= 0)
            return n != 0 ? (int)n : r; /* as of a split ring */
        if (count > p->order.batch)
            count = p->order.batch;
        if (VWR_RARELY(p->order.direct)) {
            vwr_packed_in_order_reap_direct(q, chains + n, count);
        } else {
            in_order_get(q, &p->order, chains + n, p->ring.used.index, count);
            vwr_packed_advance(&p->ring.used, count, q->size);
        }
        n += count;
    }
    return (int)n;
}
