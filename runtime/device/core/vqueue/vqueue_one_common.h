/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VQUEUE_ONE_COMMON_H
#define VWR_DEVICE_VQUEUE_ONE_COMMON_H

#include "vwr/vqueue.h"

/*
 * Single-descriptor buffers, which are used for most packets, are loaded, processed and used without a chain.
 * This is for classes with a loop per layout. The queue does not change until the buffer is used, so a buffer
 * that cannot be processed now simply stays in the ring.
 *
 * Each word from the driver is loaded only once: if the loaded descriptor is not of this kind,
 * vwr_vone_pop_loaded_() continues the walk with it.
 *
 * No buffer of the queue may be in flight. This ensures that a head is not in flight twice, that a packed
 * ring has free descriptors, that its next used descriptor is the next available one, and that buffers are
 * used in order. vwr_vone_pop_loaded_() does not require this.
 */

/* First descriptor of the next buffer, as loaded. In the walk, only off, len and flags are set. */
struct vwr_vone {
    struct vwr_vchain_walk w;
    uint8_t *at;   /* host address, set by vwr_vone_is() */
    uint16_t head; /* split */
};

VWR_ALWAYS_INLINE bool vwr_vone_load_split(struct vwr_vqueue *q, struct vwr_vone *b)
{
    if (q->last_avail == q->avail_idx && vwr_vsplit_poll_here(q) <= 0)
        return false;
    b->head = vwr_vsplit_head(q);
    if (VWR_VQUEUE_WRONG(b->head >= q->size)) {
        (void)vwr_vqueue_bad_(q, VWR_VFAULT_HEAD, b->head, 0);
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
 * Loads the descriptor. false: there is no buffer, or the driver broke the queue. `expected` contains the
 * flags of most buffers in the queue, which allows a faster check. `packed` tells whether the layout is
 * packed.
 */
VWR_ALWAYS_INLINE bool vwr_vone_load(struct vwr_vqueue *q, struct vwr_vone *b, uint32_t expected, bool packed)
{
    return packed ? vwr_vone_load_packed(q, b, expected) : vwr_vone_load_split(q, b);
}

/*
 * Whether the buffer is a single segment with exactly these flags in a remembered part of guest memory, or in
 * a build for size, within one region. If so, b->at is its host address. The caller must check for a length
 * of 0. Unlike vwr_vchain_put(), a build for speed does not search other regions: a call would force the
 * caller to save its registers.
 */
VWR_ALWAYS_INLINE bool vwr_vone_is(struct vwr_vqueue *q, struct vwr_vone *b, uint32_t flags)
{
    uint64_t off = b->w.off;

    if (b->w.flags != flags)
        return false;
    if (!VWR_IS_FAST) {
        b->at = vwr_vchain_find_(q, off + q->recent[0].addr, (uint32_t)b->w.len);
        return b->at != NULL;
    }
    /* As numbers, because the sum may be outside of the part until it is checked. */
    b->at = (uint8_t *)((uintptr_t)q->recent[0].host + (uintptr_t)off);
    if (__builtin_expect((off | (off + b->w.len - 1u)) < q->recent[0].bytes, 1))
        return true;
    off += q->between;
    b->at = (uint8_t *)((uintptr_t)q->recent[1].host + (uintptr_t)off);
    return (off | (off + b->w.len - 1u)) < q->recent[1].bytes;
}

/* Packed: turns the buffer's descriptor into a used one in place, with its own ID. */
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

/* Pops and uses the buffer; nothing was popped from the queue since it was loaded. */
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

/*
 * Pops the loaded buffer, of any kind, like vwr_vqueue_pop_avail(). The members of `b` are passed as values,
 * so that `b` stays in registers.
 */
VWR_MUST_CHECK int vwr_vone_pop_loaded_(struct vwr_vqueue *q, struct vwr_vchain *c, uint16_t head,
                                        uint64_t off, uint32_t len, uint32_t flags);

#endif
