/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_IN_ORDER_HOT_H
#define VWR_QUEUE_IN_ORDER_HOT_H

/*
 * Part of queue.h, which includes it: the fast path of rings in order, split and packed. The device uses
 * buffers in the order in which they were made available, so what comes back next is known by its position,
 * and a bound chain that was there before needs no descriptor of the ring to be written. The rest is in
 * runtime/driver/queue/vwr_queue_in_order.c. Contracts are in queue.h.
 */

/* Where the next buffer goes, where the oldest one in flight is, and how far the device is known to be. */
static inline uint32_t vwr_in_order_next(const struct vwr_queue *q, bool packed)
{
    return packed ? q->packed_in_order.ring.next : q->added & q->split_in_order.ring.mask;
}

static inline uint32_t vwr_in_order_oldest(const struct vwr_queue *q, bool packed)
{
    return packed ? q->packed_in_order.ring.used.index : q->last_used & q->split_in_order.ring.mask;
}

static inline uint32_t *vwr_in_order_used_idx(struct vwr_queue *q, bool packed)
{
    return packed ? &q->packed_in_order.used_idx : &q->split_in_order.ring.used_idx;
}

/* What the device has used next, up to the buffer `id`, one of the *most oldest. As get_used. */
VWR_FAST_INLINE int vwr_in_order_read(struct vwr_queue *q, bool packed, size_t *id, uint32_t *written,
                                      uint32_t *most)
{
    const bool legacy = vwr_queue_is_legacy(q);
    const struct vwr_split_ring *const ring = &q->split_in_order.ring;
    const struct vwr_virtq_used_elem *elem;
    uint32_t used_idx;
    int found;

    if (packed) {
        const struct vwr_packed_cursor *const used = &q->packed_in_order.ring.used;

        *most = q->kicked - q->last_used;
        return vwr_packed_read_used(&q->packed_in_order.ring.desc[used->index], used->flags, id, written);
    }
    found = vwr_split_load_used_idx(q, ring->used, q->last_used, q->kicked, &used_idx);
    if (found <= 0)
        return found;
    elem = &ring->used->ring[q->last_used & ring->mask];
    *id = vwr_guest32(legacy, vwr_ring_load32(&elem->id));
    *written = vwr_guest32(legacy, vwr_ring_load32(&elem->len));
    *most = used_idx - q->last_used;
    return 1;
}

/*
 * The next used entry or descriptor: in order it may stand for a batch of buffers, with the id of the last.
 * Those before it are used, and it says only of the last how much was written. 1: there is one; 0; or
 * VWR_EBADRING.
 */
VWR_FAST_INLINE int vwr_in_order_read_used(struct vwr_queue *q, bool packed, bool direct)
{
    struct vwr_chain *last;
    uint32_t written;
    uint32_t most;
    uint32_t n = 1;
    size_t id;
    const int r = vwr_in_order_read(q, packed, &id, &written, &most);

    if (r <= 0)
        return r;
    if (VWR_RARELY(id >= q->size))
        return vwr_queue_bad(q);
    last = q->slot[id];
    if (direct && last == &q->none)
        return vwr_queue_bad(q);
    if (direct)
        n = (uint16_t)(last->tail - q->last_used) + 1u;
    else if (!packed)
        n += ((uint32_t)id - q->last_used) & q->split_in_order.ring.mask;
    else if (id != vwr_in_order_oldest(q, packed))
        n += (uint32_t)id - vwr_in_order_oldest(q, packed) +
             (id < vwr_in_order_oldest(q, packed) ? q->size : 0u);
    if (VWR_RARELY(n > most))
        return vwr_queue_bad(q);
    *vwr_in_order_used_idx(q, packed) = q->last_used + n;
    if (VWR_RARELY(written > last->written))
        vwr_count_add(&q->stats.clamped, 1);
    else
        last->written = written;
    return 1;
}

/* The buffer at this position has come back. */
static inline struct vwr_chain *vwr_in_order_get_one(struct vwr_queue *q, struct vwr_chain *const *slot)
{
    struct vwr_chain *const c = *slot;

    c->limit -= VWR_CHAIN_ADDED;
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.index, (uint32_t)(slot - q->slot), c->written);
    (void)q;
    return c;
}

VWR_FAST_INLINE int vwr_in_order_get_used(struct vwr_queue *q, bool packed, struct vwr_chain **chain)
{
    int r;

    if (VWR_RARELY(vwr_queue_is_direct(q)))
        return vwr_queue_in_order_get_used(q, chain);
    if (q->last_used == *vwr_in_order_used_idx(q, packed) &&
        (r = vwr_in_order_read_used(q, packed, false)) <= 0)
        return r;
    *chain = vwr_in_order_get_one(q, &q->slot[vwr_in_order_oldest(q, packed)]);
    q->last_used++;
    if (packed)
        vwr_packed_advance(&q->packed_in_order.ring.used, 1, q->size);
    return 1;
}

#endif
