/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_REAPER_H
#define VWR_QUEUE_REAPER_H

/*
 * Part of queue.h, which includes it: bound chains come back, many at a time, to a class that has code for
 * each layout. What the compiler would load anew for each of them is copied once. Nothing else is called with
 * the queue between begin and end. Not for a queue in order that is direct.
 *
 * vwr_reaper_begin, then vwr_reaper_next while it answers VWR_REAPER_BOUND and t.at is not t.end, or
 * vwr_reaper_more says that there are more; at last vwr_reaper_end.
 */
struct vwr_reaper {
    struct vwr_chain **slot;
    const struct vwr_virtq_used *used;  /* of a split ring */
    const struct vwr_pvirtq_desc *desc; /* of a packed ring: where the next used descriptor comes */
    const struct vwr_pvirtq_desc *last; /* behind the last of them */
    uint32_t flags;                     /* of a packed ring: those of a used descriptor there */
    uint32_t index;                     /* in order: the position of the next one */
    uint32_t at;                        /* buffers that have come back, modulo 2^32 */
    uint32_t end;                       /* up to there nothing has to be asked of the ring */
    uint32_t before;                    /* in order: had come back when the ring was asked */
};

enum vwr_reaper_result {
    VWR_REAPER_NONE,  /* not used yet */
    VWR_REAPER_BOUND, /* a bound chain, which is idle again */
    VWR_REAPER_OTHER, /* it is not bound, or the device is wrong: vwr_queue_get_used_id of *id, after end */
};

/*
 * What the device has said it used, `id`, of which it wrote so many bytes; as vwr_queue_get_used. In order it
 * is known what comes next.
 */
VWR_FAST_INLINE int vwr_queue_get_used_id(struct vwr_queue *q, size_t id, uint32_t written,
                                          struct vwr_chain **chain)
{
    struct vwr_packed_cursor used;
    int r;

    if (vwr_queue_is_in_order(q) || q->layout == VWR_LAYOUT_STOPPED)
        return vwr_queue_get_used_other(q, chain);
    if (!vwr_queue_is_packed(q)) {
        *chain = vwr_split_get_id(q, q->slot, q->split.ring.mask, id, written);
        r = *chain != NULL ? 1 : VWR_EBADRING;
    } else {
        used = q->packed.ring.used;
        r = vwr_packed_get_id(q, q->size, q->slot, &used, id, written, chain);
        if (r > 0)
            q->packed.ring.used = used;
    }
    if (r < 0)
        return vwr_queue_bad(q);
    q->last_used++;
    return r;
}

/* How far the device has come, at most `budget` buffers. As vwr_queue_get_used. */
VWR_ALWAYS_INLINE int vwr_reaper_poll(struct vwr_reaper *t, struct vwr_queue *q, enum vwr_layout layout,
                                      uint32_t budget)
{
    const bool packed = vwr_layout_is_packed(layout);
    const bool in_order = vwr_layout_is_in_order(layout);
    uint32_t there = q->kicked - t->at;
    int found = 1;

    VWR_QUEUE_BEGIN(q, "vwr_reaper_begin");
    if (packed && !in_order) {
        if (VWR_RARELY(there == 0)) {
            VWR_QUEUE_END(q);
            return vwr_packed_get_none(q, &q->packed.ring.used) < 0 ? vwr_queue_bad(q) : 0;
        }
    } else {
        uint32_t *const used_idx = vwr_in_order_used_idx(q, packed);

        if (__builtin_expect(*used_idx == t->at, 1))
            found = in_order ? vwr_in_order_read_used(q, packed, false)
                             : vwr_split_load_used_idx(q, t->used, t->at, q->kicked, used_idx);
        if (found <= 0) {
            VWR_QUEUE_END(q);
            return found;
        }
        there = *used_idx - t->at;
    }
    t->end = t->at + (there < budget ? there : budget);
    return 1;
}

VWR_ALWAYS_INLINE int vwr_reaper_begin(struct vwr_reaper *t, struct vwr_queue *q, enum vwr_layout layout,
                                       uint32_t budget)
{
    const bool packed = vwr_layout_is_packed(layout);
    const bool in_order = vwr_layout_is_in_order(layout);

    t->slot = q->slot;
    t->at = q->last_used;
    t->before = 0;
    if (!packed) {
        t->used = q->split.ring.used;
    } else if (!in_order) {
        t->desc = q->packed.ring.desc + q->packed.ring.used.index;
        t->last = q->packed.ring.desc + q->size;
    } else {
        t->index = q->packed.ring.used.index;
    }
    if (packed)
        t->flags = q->packed.ring.used.flags;
    return vwr_reaper_poll(t, q, layout, budget);
}

/* Not in order: each word of the next used entry or descriptor is read once. False: it is not used yet. */
VWR_ALWAYS_INLINE bool vwr_reaper_read(const struct vwr_reaper *t, const struct vwr_queue *q, bool packed,
                                       size_t *id, uint64_t *written)
{
    const bool legacy = vwr_queue_is_legacy(q);
    const struct vwr_virtq_used_elem *elem;

    if (packed) {
        if ((vwr_packed_flags(t->desc) & VWR_PACKED_WRAP_FLAGS) != t->flags)
            return false;
        vwr_ring_acquire(); /* the flags before the rest of what the device has written */
        *id = vwr_le16_to_cpu(vwr_ring_load16(&t->desc->id));
        *written = vwr_le32_to_cpu(vwr_ring_load32(&t->desc->len));
        return true;
    }
    elem = &t->used->ring[t->at & q->split.ring.mask];
    *id = vwr_guest32(legacy, vwr_ring_load32(&elem->id));
    *written = vwr_guest32(legacy, vwr_ring_load32(&elem->len));
    return true;
}

/* Behind the buffer that has come back, which took one descriptor of a packed ring. */
VWR_ALWAYS_INLINE void vwr_reaper_advance(struct vwr_reaper *t, const struct vwr_queue *q,
                                          enum vwr_layout layout)
{
    const bool packed = vwr_layout_is_packed(layout);
    const bool in_order = vwr_layout_is_in_order(layout);

    t->at++;
    if (packed && !in_order && VWR_RARELY(++t->desc == t->last)) {
        t->desc = q->packed.ring.desc;
        t->flags ^= VWR_PACKED_WRAP_FLAGS;
    }
    if (packed && in_order && VWR_RARELY(++t->index == q->size)) {
        t->index = 0;
        t->flags ^= VWR_PACKED_WRAP_FLAGS;
    }
}

/* The next one, and how much the device has written. `t->at` is not `t->end`. */
VWR_ALWAYS_INLINE enum vwr_reaper_result vwr_reaper_next(struct vwr_reaper *t, const struct vwr_queue *q,
                                                         enum vwr_layout layout, struct vwr_chain **chain,
                                                         size_t *id, uint64_t *written)
{
    const bool packed = vwr_layout_is_packed(layout);
    struct vwr_chain *c;

    if (vwr_layout_is_in_order(layout)) {
        *id = packed ? t->index : t->at & q->split.ring.mask;
        c = t->slot[*id];
        *written = c->written;
        if (VWR_RARELY(c->limit != VWR_CHAIN_POSTED))
            return VWR_REAPER_OTHER;
    } else {
        if (!vwr_reaper_read(t, q, packed, id, written))
            return VWR_REAPER_NONE;
        if (VWR_RARELY((uint32_t)*id >= q->size))
            return VWR_REAPER_OTHER;
        c = t->slot[*id];
        if (VWR_RARELY((long long)*written >= c->limit))
            return VWR_REAPER_OTHER;
    }
    c->limit = VWR_CHAIN_IDLE;
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.index, *id, *written);
    vwr_reaper_advance(t, q, layout);
    *chain = c;
    return VWR_REAPER_BOUND;
}

/* Answers how many have come back. */
VWR_ALWAYS_INLINE uint32_t vwr_reaper_end(const struct vwr_reaper *t, struct vwr_queue *q,
                                          enum vwr_layout layout)
{
    const uint32_t n = t->before + (t->at - q->last_used);

    q->last_used = t->at;
    if (vwr_layout_is_packed(layout)) {
        q->packed.ring.used.index =
            vwr_layout_is_in_order(layout) ? t->index : (uint32_t)(t->desc - q->packed.ring.desc);
        q->packed.ring.used.flags = t->flags;
    }
    VWR_QUEUE_END(q);
    return n;
}

/* In order one used entry may stand for some of the buffers that there are only: are there more of them? */
VWR_ALWAYS_INLINE bool vwr_reaper_more(struct vwr_reaper *t, struct vwr_queue *q, enum vwr_layout layout,
                                       uint32_t budget)
{
    if (!vwr_layout_is_in_order(layout))
        return false;
    t->before = vwr_reaper_end(t, q, layout);
    return t->before != budget && vwr_reaper_poll(t, q, layout, budget - t->before) > 0;
}

#endif
