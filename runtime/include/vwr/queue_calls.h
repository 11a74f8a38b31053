/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_CALLS_H
#define VWR_QUEUE_CALLS_H

/*
 * Part of queue.h, which includes it: its calls. Each goes to the function of the queue's layout: inline for
 * the split layout, and for any layout where the caller knows which one it is. Contracts are in queue.h.
 */

static inline int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                                struct vwr_chain *chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_add");
    if (VWR_FAST_PATHS && vwr_queue_is_fast(q))
        return vwr_split_add_fast(q, seg, out, out + in, chain);
    return vwr_queue_add_other(q, seg, out, out + in, chain);
}

/*
 * Is the fast path of the layout for this chain? It is bound then, and not in flight; in order the position
 * is one where it was before, which is free, and has its descriptor.
 */
VWR_ALWAYS_INLINE bool vwr_queue_can_post_as(const struct vwr_queue *q, enum vwr_layout layout,
                                             const struct vwr_chain *chain)
{
    if (!VWR_FAST_PATHS || layout == VWR_LAYOUT_STOPPED)
        return false;
    if (vwr_layout_is_in_order(layout) &&
        q->slot[vwr_in_order_next(q, vwr_layout_is_packed(layout))] != chain)
        return false;
    return chain->limit == VWR_CHAIN_IDLE;
}

/*
 * If so: posts it, at least one byte; `out`: 1, the device reads them, or 0, it writes them. What is loaded
 * is loaded before the first store: behind one the compiler cannot load two words at once. In order what it
 * is to have written is kept, as the device may not say it.
 */
VWR_ALWAYS_INLINE void vwr_queue_post_bound_as(struct vwr_queue *q, enum vwr_layout layout,
                                               struct vwr_chain *chain, uint64_t addr, uint64_t len,
                                               size_t out)
{
    const bool packed = vwr_layout_is_packed(layout);
    const bool in_order = vwr_layout_is_in_order(layout);
    void *const data = chain->data;
    const uint64_t rest = chain->data_rest[out] | len;
    const uint64_t writable = chain->fixed + (len & ((uint64_t)out - 1));
    const uint32_t id = in_order ? vwr_in_order_next(q, packed) : chain->head;

    chain->limit = in_order ? VWR_CHAIN_POSTED : (long long)writable;
    if (in_order)
        chain->written = (uint32_t)writable;
    if (packed) {
        vwr_packed_write((struct vwr_pvirtq_desc *)data, addr, rest);
        vwr_packed_write_addr(&q->packed.ring, q->packed.ring.next, chain->table_addr);
        vwr_packed_put(q, chain->rest | vwr_packed_rest(0, in_order ? id : 0, 0));
    } else {
        vwr_split_write((struct vwr_virtq_desc *)data, vwr_queue_is_legacy(q), addr, rest);
        if (in_order)
            q->added++; /* descriptor and available ring are as they were */
        else
            vwr_split_make_available(q, &q->split.ring, id);
    }
    vwr_trace(VWR_TRACE_ADD, q->doorbell.index, id, chain->count);
}

/* The same of a packed ring, not in order, and a chain of one segment: it has no table. */
VWR_ALWAYS_INLINE void vwr_packed_post_bound(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                             uint64_t len, size_t out)
{
    chain->limit = (long long)(chain->fixed + (len & ((uint64_t)out - 1)));
    vwr_packed_write_addr(&q->packed.ring, q->packed.ring.next, addr);
    vwr_packed_put(q, chain->rest | chain->data_rest[out] | len);
    vwr_trace(VWR_TRACE_ADD, q->doorbell.index, chain->head, chain->count);
}

VWR_ALWAYS_INLINE bool vwr_queue_try_post_as(struct vwr_queue *q, enum vwr_layout layout,
                                             struct vwr_chain *chain, uint64_t addr, uint64_t len, bool in)
{
    if (VWR_RARELY(!vwr_queue_can_post_as(q, layout, chain)))
        return false;
    if (layout == VWR_LAYOUT_PACKED && chain->data == NULL)
        vwr_packed_post_bound(q, chain, addr, len, !in);
    else
        vwr_queue_post_bound_as(q, layout, chain, addr, len, !in);
    return true;
}

static inline int vwr_queue_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                 bool in)
{
    VWR_QUEUE_CALL(q, "vwr_queue_post");
    const uint64_t bytes = len; /* here, or behind the branches the compiler has it twice */

    if (!VWR_FAST_PATHS || VWR_RARELY(!vwr_queue_is_fast(q)))
        return vwr_queue_post_other(q, chain, addr, len, in);
    if (VWR_RARELY(bytes == 0) ||
        VWR_RARELY(!vwr_queue_try_post_as(q, VWR_LAYOUT_SPLIT, chain, addr, bytes, in)))
        return vwr_queue_post_slow(q, chain, addr, len, in);
    return VWR_OK;
}

/*
 * The doorbells that are not the common one. That of 16 bits costs no call: a request is to cost the same on
 * PCI.
 */
VWR_ALWAYS_INLINE void vwr_queue_notify_else(const struct vwr_queue *q)
{
    if ((VWR_WITH_NOTIFICATION_DATA || VWR_PORT_HAS_OUT16 || VWR_CFG_ACCESS) &&
        (q->doorbell.kind & VWR_DOORBELL_OTHER) != 0) {
        vwr_doorbell_other(q);
        return;
    }
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint16_t), q->doorbell.value);
    vwr_port_write16(q->doorbell.reg, vwr_cpu_to_le16(q->doorbell.value));
}

/* The end of a kick: the doorbell, if the device wants to be notified. */
static inline bool vwr_queue_notify(struct vwr_queue *q, bool wanted)
{
    if (!wanted) {
        vwr_count_add(&q->stats.elided, 1);
        return false;
    }
    vwr_count_add(&q->stats.kicks, 1);
    if (VWR_RARELY(q->doorbell.kind != VWR_DOORBELL_32)) {
        vwr_queue_notify_else(q);
        return true;
    }
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint32_t), q->doorbell.value);
    vwr_port_write32(q->doorbell.reg, vwr_cpu_to_le32(q->doorbell.value));
    return true;
}

static inline bool vwr_queue_kick(struct vwr_queue *q)
{
    VWR_QUEUE_CALL(q, "vwr_queue_kick");
    if (!VWR_FAST_PATHS || VWR_RARELY(vwr_queue_is_packed(q)))
        return vwr_queue_kick_other(q);
    if (VWR_RARELY(q->added == q->kicked)) /* as of a stopped queue */
        return false;
    return vwr_queue_notify(q, vwr_split_kick(q));
}

VWR_FAST_INLINE int vwr_queue_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_get_used");
    if (!VWR_FAST_PATHS || VWR_RARELY(!vwr_queue_is_fast(q)))
        return vwr_queue_get_used_other(q, chain);
    return vwr_split_get_used(q, chain);
}

VWR_ALWAYS_INLINE int vwr_queue_add_as(struct vwr_queue *q, enum vwr_layout layout, const struct vwr_seg *seg,
                                       unsigned out, unsigned in, struct vwr_chain *chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_add_as");
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_SPLIT)
        return vwr_split_add_fast(q, seg, out, out + in, chain);
    if (VWR_FAST_PATHS && VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        return vwr_packed_add_fast(q, seg, out, out + in, chain);
    return vwr_queue_add_other(q, seg, out, out + in, chain);
}

VWR_ALWAYS_INLINE int vwr_queue_post_as(struct vwr_queue *q, enum vwr_layout layout, struct vwr_chain *chain,
                                        uint64_t addr, uint32_t len, bool in)
{
    VWR_QUEUE_CALL(q, "vwr_queue_post_as");
    if (VWR_RARELY(len == 0) || !vwr_queue_try_post_as(q, layout, chain, addr, len, in))
        return vwr_queue_post_other(q, chain, addr, len, in);
    return VWR_OK;
}

VWR_ALWAYS_INLINE bool vwr_queue_kick_as(struct vwr_queue *q, enum vwr_layout layout)
{
    VWR_QUEUE_CALL(q, "vwr_queue_kick_as");
    if (!VWR_FAST_PATHS)
        return vwr_queue_kick_other(q);
    if (VWR_RARELY(q->added == q->kicked))
        return false;
    return vwr_queue_notify(q, vwr_layout_is_packed(layout) ? vwr_packed_kick(q) : vwr_split_kick(q));
}

VWR_ALWAYS_INLINE int vwr_queue_get_used_as(struct vwr_queue *q, enum vwr_layout layout,
                                            struct vwr_chain **chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_get_used_as");
    if (VWR_FAST_PATHS && layout == VWR_LAYOUT_SPLIT)
        return vwr_split_get_used(q, chain);
    if (VWR_FAST_PATHS && VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        return vwr_packed_get_used(q, chain);
    if (VWR_FAST_PATHS && vwr_layout_is_in_order(layout))
        return vwr_in_order_get_used(q, vwr_layout_is_packed(layout), chain);
    return vwr_queue_get_used_other(q, chain);
}

#endif
