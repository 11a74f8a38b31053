/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_IN_ORDER_HOT_H
#define VWR_QUEUE_IN_ORDER_HOT_H

/*
 * Part of queue.h, which includes it: the fast path of rings in order, split and packed. The device uses
 * buffers in the order in which they were made available, so what comes back next is known by its position,
 * and a bound chain that was there before needs no descriptor of the ring to be written. The rest is in
 * runtime/driver/vwr_queue_in_order.c. Contracts are in queue.h.
 */

/* Was the bound chain, which is not in flight, at position `at` last? Then `at` is free, and has its
 * descriptor. */
static inline bool vwr_in_order_is_at(const struct vwr_queue *q, const struct vwr_chain *chain, uint32_t at)
{
    return q->slot[at] == chain && chain->limit == VWR_CHAIN_IDLE;
}

/* A bound chain is in flight; what it is to have written, if the device does not say so. */
static inline void vwr_in_order_post(struct vwr_chain *chain, uint64_t len, bool in)
{
    chain->limit = VWR_CHAIN_POSTED;
    chain->written = (uint32_t)(in ? chain->fixed + len : chain->fixed);
}

/* The device has used a batch of buffers, of which it says only of the last what it has written. */
static inline void vwr_in_order_written(struct vwr_queue *q, struct vwr_chain *last, uint32_t written)
{
    if (VWR_RARELY(written > last->written))
        vwr_count_add(&q->stats.clamped, 1);
    else
        last->written = written;
}

/* The buffer at this position has come back. */
static inline struct vwr_chain *vwr_in_order_get_one(struct vwr_queue *q, struct vwr_chain *const *slot)
{
    struct vwr_chain *const c = *slot;

    c->limit -= VWR_CHAIN_ADDED;
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.value, (uint32_t)(slot - q->slot), c->written);
    (void)q;
    return c;
}

/* ---- split ---- */

static inline bool vwr_split_in_order_can_post(const struct vwr_queue *q, const struct vwr_chain *chain)
{
    return vwr_in_order_is_at(q, chain, q->added & q->split_in_order.ring.mask);
}

VWR_FAST_INLINE void vwr_split_in_order_post_bound(struct vwr_queue *q, struct vwr_chain *chain,
                                                   uint64_t addr, uint64_t len, bool in)
{
    const uint32_t added = q->added;
    const uint32_t at = added & q->split_in_order.ring.mask;

    vwr_in_order_post(chain, len, in);
    vwr_split_write((struct vwr_virtq_desc *)chain->data, vwr_queue_is_legacy(q), addr,
                    chain->data_rest[!in] | len);
    q->added = added + 1;
    vwr_trace(VWR_TRACE_ADD, q->doorbell.value, at, 1);
}

/*
 * Not direct, the next used entry: in order it may stand for a batch of buffers, with the id of the last.
 * Those before it are used, and it does not say how much of them. 1: there is one; 0; or VWR_EBADRING.
 */
VWR_FAST_INLINE int vwr_split_in_order_read_used(struct vwr_queue *q)
{
    struct vwr_split_ring *const ring = &q->split_in_order.ring;
    const uint32_t last_used = q->last_used;
    uint32_t used_idx;
    const int found = vwr_split_load_used_idx(q, ring->used, last_used, q->kicked, &used_idx);
    const struct vwr_virtq_used_elem *const elem = &ring->used->ring[last_used & ring->mask];
    uint32_t id;
    uint32_t n;

    if (found <= 0)
        return found;
    id = vwr_guest32(vwr_queue_is_legacy(q), vwr_ring_load32(&elem->id));
    n = ((id - last_used) & ring->mask) + 1;
    if (VWR_RARELY(id > ring->mask || n > used_idx - last_used))
        return vwr_queue_bad(q);
    ring->used_idx = last_used + n;
    vwr_in_order_written(q, q->slot[id], vwr_guest32(vwr_queue_is_legacy(q), vwr_ring_load32(&elem->len)));
    return 1;
}

VWR_FAST_INLINE int vwr_split_in_order_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    struct vwr_split_ring *const ring = &q->split_in_order.ring;
    int r;

    if (VWR_RARELY(vwr_queue_is_direct(q)))
        return vwr_queue_in_order_get_used(q, chain);
    if (q->last_used == ring->used_idx && (r = vwr_split_in_order_read_used(q)) <= 0)
        return r;
    *chain = vwr_in_order_get_one(q, &q->slot[q->last_used & ring->mask]);
    q->last_used++;
    return 1;
}

/* See vwr_split_reap_next; not direct. */
VWR_ALWAYS_INLINE int vwr_split_in_order_reap_next(struct vwr_queue *q, struct vwr_split_reaper *t,
                                                   struct vwr_chain **chain)
{
    if (t->last_used == t->used_idx) {
        int r;

        q->last_used = t->last_used;
        r = vwr_split_in_order_read_used(q);
        if (r <= 0)
            return r;
        t->used_idx = q->split_in_order.ring.used_idx;
    }
    *chain = vwr_in_order_get_one(q, &t->slot[t->last_used & t->mask]);
    t->last_used++;
    return 1;
}

/* ---- packed ---- */

static inline bool vwr_packed_in_order_can_post(const struct vwr_queue *q, const struct vwr_chain *chain)
{
    return vwr_in_order_is_at(q, chain, q->packed_in_order.ring.next);
}

VWR_FAST_INLINE void vwr_packed_in_order_post_bound(struct vwr_queue *q, struct vwr_chain *chain,
                                                    uint64_t addr, uint64_t len, bool in)
{
    struct vwr_packed_ring *const ring = &q->packed_in_order.ring;
    const uint32_t at = ring->next;

    vwr_in_order_post(chain, len, in);
    vwr_packed_write((struct vwr_pvirtq_desc *)chain->data, addr, chain->data_rest[!in] | len);
    vwr_packed_write_addr(ring, at, chain->table_addr); /* a used descriptor may have had another one */
    vwr_packed_put(q, ring, at, chain->rest | vwr_packed_rest(0, at, 0));
    vwr_trace(VWR_TRACE_ADD, q->doorbell.value, at, 1);
}

/* Not direct, the next used descriptor; its id is that of the last buffer of the batch. As of a split ring.
 */
VWR_FAST_INLINE int vwr_packed_in_order_read_used(struct vwr_queue *q)
{
    struct vwr_packed_in_order *const p = &q->packed_in_order;
    const struct vwr_packed_cursor *const used = &p->ring.used;
    const uint32_t flight = q->kicked - q->last_used;
    const uint32_t size = q->size;
    uint32_t written;
    uint32_t n = 1;
    size_t id;

    if (!vwr_packed_read_used(&p->ring.desc[used->index], used->flags, &id, &written))
        return 0;
    if (id != used->index)
        n = (uint32_t)id - used->index + 1 + (id < used->index ? size : 0u);
    if (VWR_RARELY(n > flight || id >= size))
        return vwr_queue_bad(q);
    p->used_idx = q->last_used + n;
    vwr_in_order_written(q, q->slot[id], written);
    return 1;
}

VWR_FAST_INLINE int vwr_packed_in_order_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    struct vwr_packed_in_order *const p = &q->packed_in_order;
    int r;

    if (VWR_RARELY(vwr_queue_is_direct(q)))
        return vwr_queue_in_order_get_used(q, chain);
    if (q->last_used == p->used_idx && (r = vwr_packed_in_order_read_used(q)) <= 0)
        return r;
    *chain = vwr_in_order_get_one(q, &q->slot[p->ring.used.index]);
    q->last_used++;
    vwr_packed_advance(&p->ring.used, 1, q->size);
    return 1;
}

#endif
