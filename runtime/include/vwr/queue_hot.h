/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_HOT_H
#define VWR_QUEUE_HOT_H

/*
 * Part of queue.h, which includes it: what the fast paths of all layouts have in common. A fast path is in a
 * header so that the compiler sees through it.
 */

/* Whatever the fast path is not for: out of the way of what it keeps in registers. */
#if defined(__has_builtin)
#if __has_builtin(__builtin_expect_with_probability)
#define VWR_RARELY(condition) __builtin_expect_with_probability((condition), 0, 0.999)
#endif
#endif
#ifndef VWR_RARELY
#define VWR_RARELY(condition) __builtin_expect((condition), 0)
#endif

/* Out of line, whatever the layout. */
int vwr_queue_add_other(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                        struct vwr_chain *chain);
int vwr_queue_post_other(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);
int vwr_queue_get_used_other(struct vwr_queue *q, struct vwr_chain **chain);
bool vwr_queue_kick_other(struct vwr_queue *q);
void vwr_doorbell_other(const struct vwr_queue *q);
void vwr_doorbell_cfg(const struct vwr_queue *q); /* vwr_pci_cfg.c */

/* What is not the fast path of a layout's post. */
int vwr_queue_post_slow(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);

/* In order, direct. */
int vwr_queue_in_order_get_used(struct vwr_queue *q, struct vwr_chain **chain);

/*
 * Packed, after an error: the `count` descriptors from `at` on, where `next` was, are not available when the
 * device comes to them; `flags` were the ring's. VWR_EINVAL.
 */
VWR_COLD int vwr_packed_undo(struct vwr_queue *q, uint32_t at, uint64_t flags, unsigned count);

/* Where it makes a difference the compiler knows which layouts the build has. */
static inline enum vwr_layout vwr_queue_layout(const struct vwr_queue *q)
{
    unsigned layout = q->layout;

    if (!VWR_WITH_PACKED && !VWR_WITH_IN_ORDER)
        return layout == VWR_LAYOUT_STOPPED ? VWR_LAYOUT_STOPPED : VWR_LAYOUT_SPLIT;
    if (!VWR_WITH_IN_ORDER)
        layout &= ~(unsigned)VWR_LAYOUT_SPLIT_IN_ORDER; /* a bit of both such layouts */
    if (!VWR_WITH_PACKED && layout >= VWR_LAYOUT_PACKED)
        return VWR_LAYOUT_STOPPED;
    return (enum vwr_layout)layout;
}

static inline bool vwr_queue_is_packed(const struct vwr_queue *q)
{
    return vwr_layout_is_packed(q->layout);
}

static inline bool vwr_queue_is_in_order(const struct vwr_queue *q)
{
    return vwr_layout_is_in_order(q->layout);
}

/* Split, and not in order, of any queue: one bit, one test. */
static inline bool vwr_queue_is_fast(const struct vwr_queue *q)
{
    return (q->layout & VWR_LAYOUT_SPLIT) != 0;
}

/* Of a queue in order. A small build has no other way. */
static inline bool vwr_queue_is_direct(const struct vwr_queue *q)
{
    return VWR_WITH_IN_ORDER && (!VWR_FAST_PATHS || (q->options & VWR_QUEUE_DIRECT) != 0);
}

static inline bool vwr_queue_is_legacy(const struct vwr_queue *q)
{
    return (q->options & VWR_QUEUE_LEGACY) != 0;
}

static inline bool vwr_queue_has_event_idx(const struct vwr_queue *q)
{
    return VWR_WITH_EVENT_IDX && (q->options & VWR_QUEUE_EVENT_IDX) != 0;
}

/* Behind the slots: by descriptor, buffer id or position the next free one. */
static inline uint16_t *vwr_slot_next(struct vwr_chain **slot, uint32_t size)
{
    return (uint16_t *)(void *)(slot + size);
}

static inline uint16_t *vwr_queue_next(const struct vwr_queue *q)
{
    return vwr_slot_next(q->slot, q->size);
}

/* The device broke the ring: stops the queue. */
static inline int vwr_queue_bad(struct vwr_queue *q)
{
    vwr_queue_stop(q, VWR_EBADRING);
    return VWR_EBADRING;
}

/* More than it can have written: counts it; what the chain has. */
VWR_COLD uint32_t vwr_queue_clamp(struct vwr_queue *q, const struct vwr_chain *chain);

/* What the device says it wrote, of a chain that has come back: believed as far as it can be true. */
static inline void vwr_queue_written(struct vwr_queue *q, struct vwr_chain *chain, uint32_t written)
{
    if (VWR_RARELY(written > chain->writable))
        written = VWR_WITH_STATS ? vwr_queue_clamp(q, chain) : chain->writable;
    chain->written = written;
}

/* A bound buffer has come back with more bytes than it can have. False: it was not in flight. */
VWR_COLD bool vwr_queue_came_back(struct vwr_queue *q, struct vwr_chain *chain, uint32_t written);

/* Does the chain go as one descriptor that points at its table? */
static inline bool vwr_queue_uses_table(const struct vwr_queue *q, const struct vwr_chain *chain,
                                        unsigned count)
{
    if (!VWR_WITH_INDIRECT || (q->options & VWR_QUEUE_INDIRECT) == 0)
        return false; /* first: most queues that come here have no tables */
    return count > 1 && count <= chain->table_size;
}

static inline bool vwr_chain_in_flight(const struct vwr_chain *chain)
{
    return chain->limit != 0 && chain->limit != VWR_CHAIN_IDLE;
}

/* For the counters: before buffers come back there are most of them in flight. */
static inline void vwr_queue_count_flight(struct vwr_queue *q, uint32_t flight)
{
    if (VWR_WITH_STATS && flight > (uint32_t)q->stats.flight_most)
        q->stats.flight_most = flight;
}

#endif
