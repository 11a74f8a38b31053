/* SPDX-License-Identifier: MIT */
#ifndef VWR_VQUEUE_HOT_H
#define VWR_VQUEUE_HOT_H

/*
 * Part of vqueue.h, which includes it: the fast path, in a header so that the compiler can inline it.
 * Contracts are in vqueue.h.
 *
 * pop_avail walks along the descriptors of one source: a split ring's table, an indirect table, a packed
 * ring. Each is loaded once, as two words, and its segment goes to the chain. The fast path is for a
 * descriptor in the part of guest memory that the last segment was in, and with the flags that most chains
 * have: readable ones, then writable ones. It stops at the first that is not so, and the slow path goes on
 * from there to the end of the chain: vwr_vchain_add.
 */

/*
 * Each check of what the driver has written goes through this one. VWR_BENCH_TRUST is for one figure
 * of bench/ alone, what the checks cost; a build with it is open to every guest.
 */
#ifdef VWR_BENCH_TRUST
#define VWR_VQUEUE_CHECKS 0
#else
#define VWR_VQUEUE_CHECKS 1
#endif
#define VWR_VQUEUE_WRONG(condition) (__builtin_expect((condition), 0) && VWR_VQUEUE_CHECKS)

/* The driver broke the queue; answers VWR_EBADRING. */
VWR_COLD int vwr_vqueue_bad(struct vwr_vqueue *q, enum vwr_vfault fault, uint64_t a, uint64_t b);

/* Where the fast path is: at the descriptor that was loaded last. Its segment is not counted yet. */
struct vwr_vchain_walk {
    struct vwr_vseg *seg; /* where that goes */
    uint32_t left;        /* segments that there is room for, with that */
    uint32_t at;          /* packed: index of the descriptor */
    uint64_t bytes;       /* of the segments before it: 64 bits, so that no sum of them wraps */
    uint64_t out_bytes;   /* of the readable ones of those */
    uint64_t addr;        /* the descriptor's first word */
    uint64_t half;        /* and the second */
    uint64_t len;         /* of it, when it was put */
};

/*
 * Writes the segment, if it is in the recent part of guest memory. That is a power of 2 of bytes,
 * at a multiple of itself, so one comparison sees the segment's first byte and its last; it is less than
 * 2^32, so the last of 0 bytes, which is 2^32 - 1 behind the first, is not in it.
 */
VWR_ALWAYS_INLINE bool vwr_vchain_put(const struct vwr_vqueue *q, struct vwr_vchain_walk *w)
{
    const uint64_t first = w->addr - q->recent.addr;
    const uint64_t last = VWR_VQUEUE_CHECKS ? first + (uint32_t)(w->half - 1u) : first;

    if ((first | last) >= q->recent.bytes)
        return false;
    w->seg->at = (uint8_t *)q->recent.host + first;
    w->len = (uint32_t)w->half;
    w->seg->len = (size_t)w->len;
    return true;
}

/*
 * A readable segment that was put is counted. False: behind a writable one; no segment has 0 bytes, so then
 * there are more bytes than readable ones.
 */
VWR_ALWAYS_INLINE bool vwr_vchain_add_out(struct vwr_vchain *c, struct vwr_vchain_walk *w)
{
    if (VWR_VQUEUE_WRONG(w->out_bytes != w->bytes))
        return false;
    c->out++;
    w->out_bytes += w->len;
    return true;
}

/* The chain ends with the segment that was put, one of `segs`; readable ones are counted. */
VWR_ALWAYS_INLINE int vwr_vchain_end(struct vwr_vqueue *q, struct vwr_vchain *c,
                                     const struct vwr_vchain_walk *w, uint32_t segs)
{
    const uint64_t bytes = w->bytes + w->len;

    if (VWR_VQUEUE_WRONG(bytes >> 32 != 0))
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, w->addr, (uint32_t)w->half);
    c->in = (uint16_t)(segs - c->out);
    c->out_bytes = (uint32_t)w->out_bytes;
    c->in_bytes = (uint32_t)(bytes - w->out_bytes);
    return 1;
}

/* For the slow path: the chain gets the writable segments before that. False: 2^32 bytes or more. */
VWR_ALWAYS_INLINE bool vwr_vchain_stop(struct vwr_vqueue *q, struct vwr_vchain *c,
                                       const struct vwr_vchain_walk *w)
{
    c->in = (uint16_t)(c->room - w->left - c->out);
    c->out_bytes = (uint32_t)w->out_bytes;
    c->in_bytes = (uint32_t)(w->bytes - w->out_bytes);
    return !VWR_VQUEUE_WRONG(w->bytes >> 32 != 0) ||
           vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, w->addr, (uint32_t)w->half) == VWR_OK;
}

/* A walk from the first descriptor on, and a chain without segments. */
VWR_ALWAYS_INLINE void vwr_vchain_start(struct vwr_vchain *c, struct vwr_vchain_walk *w)
{
    w->seg = c->seg;
    w->left = c->room;
    w->bytes = 0;
    w->out_bytes = 0;
    c->out = 0;
    c->in = 0;
    c->written = 0;
    c->out_at = 0;
    c->in_at = 0;
}

/* What a chain has besides its segments. */
VWR_ALWAYS_INLINE void vwr_vchain_popped(const struct vwr_vqueue *q, struct vwr_vchain *c, uint16_t id)
{
    c->id = id;
    c->generation = q->generation;
    c->position = q->last_avail;
}

/* An indirect table; where it is not in one region, or not aligned, there is no `host`, but copies. */
struct vwr_vtable {
    const struct vwr_virtq_desc *host;
    uint64_t addr;
    uint32_t count;
    struct vwr_virtq_desc copy;
};
const struct vwr_virtq_desc *vwr_vtable_desc(const struct vwr_vqueue *q, struct vwr_vtable *table,
                                             uint32_t at);

/* Split: loads descriptor `at` of the ring, or with `table` of an indirect one. */
VWR_ALWAYS_INLINE void vwr_vsplit_load(const struct vwr_vqueue *q, struct vwr_vtable *table,
                                       struct vwr_vchain_walk *w, size_t at)
{
    const struct vwr_virtq_desc *const desc =
        table != NULL ? vwr_vtable_desc(q, table, (uint32_t)at) : &q->split.desc[at];

    w->addr = vwr_guest64(q->legacy, vwr_ring_load64(&desc->addr));
    w->half = vwr_split_half_to_cpu(q->legacy, vwr_ring_load64(&desc->len));
}

VWR_ALWAYS_INLINE uint16_t vwr_vsplit_flags(const struct vwr_vchain_walk *w)
{
    return (uint16_t)(w->half >> VWR_SPLIT_FLAGS_SHIFT);
}

/* The slow path from the descriptor on that was loaded, behind `walked` others. */
int vwr_vsplit_slow(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table, uint64_t addr,
                    uint64_t half, uint32_t walked);

/* From the descriptor on that was loaded; the chain has no writable segment. */
VWR_ALWAYS_INLINE int vwr_vsplit_walk(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table,
                                      struct vwr_vchain_walk *w)
{
    const uint32_t begin = w->left;

    while (vwr_vchain_put(q, w)) {
        const uint64_t rest = w->half >> VWR_SPLIT_FLAGS_SHIFT;
        const uint16_t flags = (uint16_t)rest;
        size_t at;

        if (flags != (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE) &&
            (flags != VWR_VIRTQ_DESC_F_NEXT || !vwr_vchain_add_out(c, w))) {
            if (flags == VWR_VIRTQ_DESC_F_WRITE || (flags == 0 && vwr_vchain_add_out(c, w)))
                return vwr_vchain_end(q, c, w, c->room - w->left + 1u);
            break;
        }
        at = (size_t)(rest >> (VWR_SPLIT_NEXT_SHIFT - VWR_SPLIT_FLAGS_SHIFT));
        if (VWR_VQUEUE_WRONG((uint32_t)at >= (table != NULL ? table->count : q->size)))
            return vwr_vqueue_bad(q, VWR_VFAULT_NEXT, at, 0);
        w->bytes += w->len;
        w->seg++;
        vwr_vsplit_load(q, table, w, at);
        if (VWR_VQUEUE_WRONG(--w->left == 0))
            break;
    }
    if (!vwr_vchain_stop(q, c, w))
        return VWR_EBADRING;
    return vwr_vsplit_slow(q, c, table, w->addr, w->half, begin - w->left);
}

/* Split: loads avail->idx: how many buffers there are to pop; negative: broken, or not ready. */
int vwr_vsplit_poll(struct vwr_vqueue *q);
VWR_COLD int vwr_vsplit_bad_head(struct vwr_vqueue *q, uint32_t head);

VWR_ALWAYS_INLINE int vwr_vsplit_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    struct vwr_vchain_walk w;
    uint32_t head;

    if (q->last_avail == q->avail_idx) {
        const int r = vwr_vsplit_poll(q);

        if (r <= 0)
            return r;
    }
    head = vwr_guest16(q->legacy, vwr_ring_load16(&q->split.avail->ring[q->last_avail & (q->size - 1u)]));
    if (VWR_VQUEUE_WRONG(head >= q->size) || VWR_VQUEUE_WRONG(q->held[head]))
        return vwr_vsplit_bad_head(q, head);
    q->held[head] = true;
    vwr_vchain_start(c, &w);
    vwr_vchain_popped(q, c, (uint16_t)head);
    q->last_avail++;
    vwr_vsplit_load(q, NULL, &w, head);
    return vwr_vsplit_walk(q, c, NULL, &w);
}

/* The next used element; the driver sees it when used->idx is published. */
VWR_ALWAYS_INLINE void vwr_vsplit_put_used(struct vwr_vqueue *q, uint32_t id, uint32_t written)
{
    struct vwr_virtq_used_elem *const elem = &q->split.used->ring[q->used_idx & (q->size - 1u)];

    q->held[id] = false;
    vwr_ring_store32(&elem->id, vwr_guest32(q->legacy, id));
    vwr_ring_store32(&elem->len, vwr_guest32(q->legacy, written));
    q->used_idx++;
}

/* Packed: loads the flags that make a buffer available. */
VWR_ALWAYS_INLINE unsigned vwr_vpacked_poll(const struct vwr_vqueue *q)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&q->packed.ring[q->packed.next_avail.index].flags));
}

VWR_ALWAYS_INLINE void vwr_vpacked_load(struct vwr_vchain_walk *w, const struct vwr_pvirtq_desc *desc)
{
    w->addr = vwr_le64_to_cpu(vwr_ring_load64(&desc->addr));
    w->half = vwr_le64_to_cpu(vwr_ring_load64(&desc->len));
}

VWR_ALWAYS_INLINE uint16_t vwr_vpacked_flags(const struct vwr_vchain_walk *w)
{
    return (uint16_t)(w->half >> VWR_PACKED_FLAGS_SHIFT);
}

/* The chain is complete: so many descriptors are the device's. The last has the id, which is the driver's
 * affair. */
VWR_ALWAYS_INLINE int vwr_vpacked_end(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t count,
                                      uint64_t half)
{
    struct vwr_packed_cursor *const next = &q->packed.next_avail;

    if (VWR_VQUEUE_WRONG(q->packed.held + count > q->size))
        return vwr_vqueue_bad(q, VWR_VFAULT_INDEX, q->packed.held + count, next->index);
    vwr_vchain_popped(q, c, (uint16_t)(half >> VWR_PACKED_ID_SHIFT));
    c->count = (uint16_t)count;
    q->packed.held += count;
    q->last_avail++;
    vwr_packed_advance(next, count, q->size);
    vwr_count_add(&q->stats.chains, 1);
    return 1;
}

VWR_ALWAYS_INLINE int vwr_vpacked_end_fast(struct vwr_vqueue *q, struct vwr_vchain *c,
                                           const struct vwr_vchain_walk *w)
{
    const uint32_t count = c->room - w->left + 1u;
    const int r = vwr_vchain_end(q, c, w, count);

    return r == 1 ? vwr_vpacked_end(q, c, count, w->half) : r;
}

/* The buffer is an indirect table, all of it. Flags besides WRITE have no meaning there, nor has the id. */
int vwr_vpacked_indirect(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t half);
/* The slow path from the descriptor on that was loaded, behind `walked` others. */
int vwr_vpacked_slow(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t half,
                     uint32_t walked);

/* A chain of the ring, from the descriptor on that was loaded; `available`: the flags of the wrap counter. */
VWR_ALWAYS_INLINE int vwr_vpacked_walk(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vchain_walk *w,
                                       uint32_t available)
{
    const uint32_t begin = w->left;

    while (vwr_vchain_put(q, w)) {
        const uint32_t flags = vwr_vpacked_flags(w) ^ available;

        if (flags != (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE) &&
            (flags != VWR_VIRTQ_DESC_F_NEXT || !vwr_vchain_add_out(c, w))) {
            if (flags == VWR_VIRTQ_DESC_F_WRITE || (flags == 0 && vwr_vchain_add_out(c, w)))
                return vwr_vpacked_end_fast(q, c, w);
            break;
        }
        if (++w->at == q->size) {
            w->at = 0;
            available ^= VWR_PACKED_WRAP_FLAGS;
        }
        if (VWR_VQUEUE_WRONG(w->at == q->packed.next_avail.index))
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, w->at, 0);
        w->bytes += w->len;
        w->seg++;
        vwr_vpacked_load(w, &q->packed.ring[w->at]);
        if (VWR_VQUEUE_WRONG(--w->left == 0))
            break;
    }
    if (!vwr_vchain_stop(q, c, w))
        return VWR_EBADRING;
    return vwr_vpacked_slow(q, c, w->addr, w->half, begin - w->left);
}

VWR_ALWAYS_INLINE int vwr_vpacked_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    const unsigned flags = q->packed.kept_flags != 0 ? q->packed.kept_flags : vwr_vpacked_poll(q);
    const uint32_t at = q->packed.next_avail.index;
    const unsigned available = q->packed.next_avail.flags;
    const struct vwr_pvirtq_desc *const desc = &q->packed.ring[at];
    struct vwr_vchain_walk w;

    if ((flags & VWR_PACKED_WRAP_FLAGS) != available)
        return 0; /* whatever they are: the driver may have cleared them when it saw that they were used */
    if (q->packed.kept_flags != 0)
        q->packed.kept_flags = 0;
    vwr_ring_acquire(); /* the flags before all that they make the device's */
    w.addr = vwr_le64_to_cpu(vwr_ring_load64(&desc->addr));
    w.half = vwr_le32_to_cpu(vwr_ring_load32(&desc->len)) | (uint64_t)flags << VWR_PACKED_FLAGS_SHIFT |
             (uint64_t)vwr_le16_to_cpu(vwr_ring_load16(&desc->id)) << VWR_PACKED_ID_SHIFT;
    if (VWR_WITH_INDIRECT &&
        (flags & (VWR_VIRTQ_DESC_F_INDIRECT | VWR_VIRTQ_DESC_F_NEXT)) == VWR_VIRTQ_DESC_F_INDIRECT)
        return vwr_vpacked_indirect(q, c, w.addr, w.half);
    vwr_vchain_start(c, &w);
    w.at = at;
    return vwr_vpacked_walk(q, c, &w, available);
}

/* The next used descriptor. The flags of the first that is not published make all of them visible: at
 * publish. */
VWR_ALWAYS_INLINE void vwr_vpacked_put_used(struct vwr_vqueue *q, uint32_t id, uint32_t count,
                                            uint32_t written, unsigned flags)
{
    struct vwr_pvirtq_desc *const desc = &q->packed.ring[q->packed.next_used.index];

    flags |= q->packed.next_used.flags;
    if (q->used_idx == q->signalled_used) {
        vwr_ring_store16(&desc->id, vwr_cpu_to_le16((uint16_t)id));
        vwr_ring_store32(&desc->len, vwr_cpu_to_le32(written));
        q->packed.first_flags = (uint16_t)flags;
    } else {
        vwr_ring_store64(&desc->len, vwr_cpu_to_le64(written | (uint64_t)id << VWR_PACKED_ID_SHIFT |
                                                     (uint64_t)flags << VWR_PACKED_FLAGS_SHIFT));
    }
    q->used_idx++;
    q->packed.held -= count;
    vwr_packed_advance(&q->packed.next_used, count, q->size);
}

/* In order, split or packed: puts the buffer, and those that waited for it, if none waits before it. */
void vwr_vqueue_put_in_order(struct vwr_vqueue *q, const struct vwr_vchain *c, uint32_t written);

/* WRITE if the device has written into some part of the buffer, if not from its first byte on. */
VWR_ALWAYS_INLINE unsigned vwr_vchain_used_flags(const struct vwr_vchain *c, uint32_t written)
{
    return written != 0 || c->in != 0 ? VWR_VIRTQ_DESC_F_WRITE : 0;
}

static inline int vwr_vqueue_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    if (VWR_WITH_PACKED && q->layout >= VWR_LAYOUT_PACKED)
        return vwr_vpacked_pop_avail(q, c);
    return vwr_vsplit_pop_avail(q, c); /* or stopped, which vwr_vsplit_poll finds out */
}

static inline void vwr_vqueue_add_used(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written)
{
    if (c->generation != q->generation)
        return;
    if (q->layout == VWR_LAYOUT_SPLIT)
        vwr_vsplit_put_used(q, c->id, written);
    else if (VWR_WITH_PACKED && q->layout == VWR_LAYOUT_PACKED)
        vwr_vpacked_put_used(q, c->id, c->count, written, vwr_vchain_used_flags(c, written));
    else if (VWR_WITH_IN_ORDER)
        vwr_vqueue_put_in_order(q, c, written);
}

#endif
