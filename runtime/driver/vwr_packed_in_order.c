/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The packed ring of a device that uses buffers in the order in which they were made available,
 * driver side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues; In-order use of
 * descriptors.
 *
 * A buffer's id is the index of its first descriptor, so what comes back next is known: it begins
 * where the last one ended. The rest is in vwr_packed.c.
 */

int vwr_packed_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                            struct vwr_chain *chain)
{
    const uint32_t id = q->packed_in_order.ring.next;
    const int r = vwr_packed_describe(q, seg, out, count, chain, id);

    if (r == VWR_OK)
        chain->written = chain->writable;
    return r;
}

/*
 * The next used descriptor: in order it may stand for a batch of buffers, with the id of the last.
 * Those before it are used, and it does not say how much of them. Buffers of the batch; 0; or VWR_EBADRING.
 */
static int packed_in_order_read_used(struct vwr_queue *q)
{
    const struct vwr_packed_cursor *const used = &q->packed_in_order.ring.used;
    uint32_t written;
    uint32_t id;

    if (!packed_read_used(&q->packed_in_order.ring.desc[used->index], used->flags, &id, &written))
        return 0;
    return vwr_queue_batch(q, id, used->index, q->kicked - q->last_used, written);
}

int vwr_packed_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_packed_in_order *const p = &q->packed_in_order;
    unsigned n = 0;

    while (n < most) {
        const uint32_t from = p->ring.used.index;
        int batch = (int)p->batch;
        uint32_t count;

        if (batch == 0 && (batch = packed_in_order_read_used(q)) <= 0)
            return n != 0 ? (int)n : batch; /* if it is stopped now, the next call says so */
        count = (unsigned)batch < most - n ? (unsigned)batch : most - n;
        p->batch = (unsigned)batch - count;
        p->ring.used.index = vwr_queue_reap_in_order(q, chains + n, from, count);
        if (p->ring.used.index <= from) /* the ring has wrapped */
            p->ring.used.flags ^= VWR_PACKED_WRAP_FLAGS;
        n += count;
    }
    return (int)n;
}

bool vwr_packed_in_order_arm(struct vwr_queue *q, uint16_t count)
{
    struct vwr_packed_cursor at = q->packed_in_order.ring.used;
    uint32_t span = 0;

    if (q->packed_in_order.batch != 0)
        return false;
    for (; count > 1; count--) {
        const struct vwr_chain *const c = q->slot[at.index];

        span += c->count;
        vwr_packed_advance(&at, c->count, q->size);
    }
    return vwr_packed_arm_at(q, span);
}
