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
    const uint32_t order = q->added;
    const uint32_t id = q->packed_in_order.ring.next;
    const int r = vwr_packed_describe(q, seg, out, count, chain, id);

    if (r == VWR_OK)
        chain->order = order;
    return r;
}

int vwr_packed_in_order_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                             bool in)
{
    struct vwr_packed_ring *const ring = &q->packed_in_order.ring;
    const uint32_t id = ring->next;

    if (chain->data == NULL)
        return vwr_packed_in_order_add(q, chain->seg, queue_set_segment(chain, addr, len, in), chain->segs,
                                       chain);
    if (q->num_free == 0)
        return queue_full(q);
    chain->order = q->added;
    chain->writable = in ? chain->fixed + len : chain->fixed;
    vwr_packed_set_data(chain, addr, len, in);
    q->slot[id] = chain;
    chain->head = id;
    vwr_packed_put(q, ring, chain->table_addr, chain->rest | vwr_packed_rest(0, id, 0));
    return VWR_OK;
}

/*
 * The next used descriptor: in order it may stand for a batch of buffers, with the id of the last.
 * Those before it are used, and it does not say how much of them. Buffers of the batch; 0; or VWR_EBADRING.
 */
static int packed_in_order_read_used(struct vwr_queue *q)
{
    const struct vwr_packed_ring *const ring = &q->packed_in_order.ring;
    struct vwr_chain *last;
    uint32_t written;
    uint32_t id;

    if (!packed_read_used(&ring->desc[ring->used.index], ring->used.flags, &id, &written))
        return 0;
    if (id >= q->size || (last = q->slot[id]) == NULL ||
        last->order - q->last_used >= q->kicked - q->last_used)
        return vwr_queue_bad(q);
    vwr_queue_written(q, last, written);
    last->writable = last->written; /* of the others it is not said */
    return (int)(last->order - q->last_used + 1u);
}

int vwr_packed_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_chain **const slot = q->slot;
    const uint32_t size = q->size;
    unsigned n = 0;

    while (n < most) {
        struct vwr_packed_cursor used = q->packed_in_order.ring.used;
        int batch = (int)q->packed_in_order.batch;
        uint32_t freed = 0;
        unsigned end;

        if (batch == 0 && (batch = packed_in_order_read_used(q)) <= 0)
            return n != 0 ? (int)n : batch; /* if it is stopped now, the next call says so */
        end = (unsigned)batch < most - n ? n + (unsigned)batch : most;
        q->packed_in_order.batch = (unsigned)batch - (end - n);
        q->last_used += end - n;
        for (; n < end; n++) {
            struct vwr_chain *const c = slot[used.index];

            slot[used.index] = NULL;
            freed += c->count;
            c->written = c->writable;
            vwr_trace(VWR_TRACE_TAKE, q->doorbell.value, used.index, c->written);
            vwr_packed_advance(&used, c->count, size);
            chains[n] = c;
        }
        q->packed_in_order.ring.used = used;
        q->num_free += freed;
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
