/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VQUEUE_ONE_COMMON_H
#define VWR_DEVICE_VQUEUE_ONE_COMMON_H

#include "vwr/vqueue.h"

/*
 * Buffers of one descriptor, which most packets are: loaded, dealt with and given back, without a chain. The
 * queue stays as it is until the buffer is given back, so one that cannot be dealt with now is left, and
 * nothing has to be undone. For a class with a loop of its own for each layout.
 *
 * Each word of the driver's is loaded once all the same: what was loaded and is not such a buffer goes to
 * vwr_vone_pop_loaded, which walks on from there.
 *
 * A buffer may be used so only where none of the queue is in flight: then a head cannot be one that the
 * device has, a packed ring has its descriptors free, the next used one is the next available one, and in
 * order is any order. vwr_vone_pop_loaded has no such condition.
 */

/* The next buffer's first descriptor, as it was loaded: of its walk off, len and flags. */
struct vwr_vone {
    struct vwr_vchain_walk w;
    uint16_t head; /* split */
};

VWR_ALWAYS_INLINE bool vwr_vone_load_split(struct vwr_vqueue *q, struct vwr_vone *b)
{
    if (q->last_avail == q->avail_idx && vwr_vsplit_poll_here(q) <= 0)
        return false;
    b->head = vwr_vsplit_head(q);
    if (VWR_VQUEUE_WRONG(b->head >= q->size)) {
        (void)vwr_vqueue_bad(q, VWR_VFAULT_HEAD, b->head, 0);
        return false;
    }
    vwr_vsplit_load_segment(q, &b->w, &q->split.desc[b->head]);
    return true;
}

VWR_ALWAYS_INLINE bool vwr_vone_load_packed(struct vwr_vqueue *q, struct vwr_vone *b, uint32_t expected)
{
    const struct vwr_pvirtq_desc *const desc = q->packed.next_avail.desc;

    b->head = 0;
    b->w.flags = vwr_vpacked_pop_flags(q) ^ q->packed.next_avail.flags;
    if (b->w.flags != expected && (b->w.flags & VWR_PACKED_WRAP_FLAGS) != 0)
        return false;
    vwr_vpacked_load(q, &b->w, desc);
    return true;
}

/*
 * False: there is no buffer, or the driver broke the queue. `expected`: the flags that most buffers of the
 * queue have, which is faster. `packed`: as the layout is.
 */
VWR_ALWAYS_INLINE bool vwr_vone_load(struct vwr_vqueue *q, struct vwr_vone *b, uint32_t expected, bool packed)
{
    return packed ? vwr_vone_load_packed(q, b, expected) : vwr_vone_load_split(q, b);
}

/*
 * Is it one segment with just these flags, in the recent part of guest memory? Of 0 bytes nothing is said:
 * the caller looks at the length too. As vwr_vchain_is_recent otherwise.
 */
VWR_ALWAYS_INLINE bool vwr_vone_is(const struct vwr_vqueue *q, const struct vwr_vone *b, uint32_t flags)
{
    const uint64_t last = b->w.off + b->w.len - 1u;

    return b->w.flags == flags && (b->w.off | last) < q->recent.bytes;
}

/* Then: where it is. */
VWR_ALWAYS_INLINE uint8_t *vwr_vone_at(const struct vwr_vqueue *q, const struct vwr_vone *b)
{
    return (uint8_t *)q->recent.host + b->w.off;
}

/* Packed: the buffer's descriptor becomes a used one, in its own place and with the id that it has there. */
VWR_ALWAYS_INLINE void vwr_vone_use_packed(struct vwr_vqueue *q, uint32_t flags, uint32_t written)
{
    const uint32_t used =
        vwr_vpacked_write_used(q, q->packed.next_avail.desc, flags | q->packed.next_used.flags, written);

    q->last_avail = used;
    q->avail_idx = used;
    vwr_count_add(&q->stats.chains, 1);
    if (vwr_vpacked_advance(q, &q->packed.next_avail, 1))
        q->packed.next_used.flags ^= VWR_PACKED_WRAP_FLAGS;
    q->packed.next_used.desc = q->packed.next_avail.desc;
}

/* Pops it and gives it back: the same queue still, and nothing of it was popped since it was loaded. */
VWR_ALWAYS_INLINE void vwr_vone_use(struct vwr_vqueue *q, const struct vwr_vone *b, uint32_t written,
                                    bool packed)
{
    if (packed) {
        vwr_vone_use_packed(q, b->w.flags, written);
    } else {
        q->last_avail++;
        vwr_vsplit_write_used(q, b->head, written);
    }
}

/* Pops what was loaded, whatever it is: as vwr_vqueue_pop_avail. By values: `b` stays in registers. */
VWR_MUST_CHECK int vwr_vone_pop_loaded(struct vwr_vqueue *q, struct vwr_vchain *c, uint16_t head,
                                       uint64_t off, uint32_t len, uint32_t flags);

#endif
