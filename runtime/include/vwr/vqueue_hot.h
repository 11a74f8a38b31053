/* SPDX-License-Identifier: MIT */
#ifndef VWR_VQUEUE_HOT_H
#define VWR_VQUEUE_HOT_H

/*
 * Part of vqueue.h, which includes it: the fast path, in a header so that the compiler can inline it.
 * Contracts are in vqueue.h.
 *
 * A walk goes from descriptor to descriptor of one source: the table of a split ring, an indirect table, a
 * packed ring. It loads each once, as two words, and hands what it says to the builder, vwr_vchain_add, which
 * alone checks segments.
 */

/*
 * Each check of what the driver has written goes through this one. VWR_BENCH_TRUST is for one figure
 * of bench/ alone, what the checks cost; a build with it is open to every guest.
 */
#ifdef VWR_BENCH_TRUST
#define VWR_VQUEUE_WRONG(condition) false
#else
#define VWR_VQUEUE_WRONG(condition) __builtin_expect((condition), 0)
#endif

/* The driver broke the queue; answers VWR_EBADRING. */
VWR_COLD int vwr_vqueue_bad(struct vwr_vqueue *q, enum vwr_vfault fault, uint64_t a, uint64_t b);

/* A chain while it is built. The chain itself knows of the segments after vwr_vchain_store. */
struct vwr_vchain_builder {
    struct vwr_vseg *seg; /* where the next one goes */
    struct vwr_vseg *end; /* of the room */
    uint64_t bytes;       /* of all: 64 bits, so that no sum of them wraps */
    uint32_t descs;       /* that the chain may still have, the one that was loaded last included */
    unsigned write;       /* of the last segment: VWR_VIRTQ_DESC_F_WRITE or 0 */
};

VWR_ALWAYS_INLINE void vwr_vchain_begin(const struct vwr_vqueue *q, const struct vwr_vchain *c,
                                        struct vwr_vchain_builder *b)
{
    b->seg = c->seg;
    b->end = c->seg + c->room;
    b->bytes = 0;
    b->descs = q->size;
    b->write = 0;
}

/* Behind the segments that the chain has. */
VWR_ALWAYS_INLINE void vwr_vchain_resume(const struct vwr_vqueue *q, const struct vwr_vchain *c,
                                         struct vwr_vchain_builder *b)
{
    vwr_vchain_begin(q, c, b);
    b->seg += c->out + c->in;
    b->bytes = (uint64_t)c->out_bytes + c->in_bytes;
    b->write = c->in != 0 ? VWR_VIRTQ_DESC_F_WRITE : 0;
}

VWR_ALWAYS_INLINE void vwr_vchain_store(struct vwr_vchain *c, const struct vwr_vchain_builder *b)
{
    if (b->write != 0) {
        c->in = (uint16_t)(b->seg - c->seg - c->out);
        c->in_bytes = (uint32_t)b->bytes - c->out_bytes;
        return;
    }
    c->out = (uint16_t)(b->seg - c->seg);
    c->in = 0;
    c->out_bytes = (uint32_t)b->bytes;
    c->in_bytes = 0;
}

/* A segment in another region, in several or in none, of 0 bytes, without room, or in the wrong order. */
bool vwr_vchain_add_slow(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len, bool write);
VWR_ALWAYS_INLINE bool vwr_vchain_add_other(struct vwr_vqueue *q, struct vwr_vchain *c,
                                            struct vwr_vchain_builder *b, uint64_t addr, uint32_t len,
                                            unsigned write)
{
    uint32_t descs;

    if (VWR_VQUEUE_WRONG(b->bytes >> 32 != 0))
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, addr, len) == VWR_OK;
    vwr_vchain_store(c, b);
    if (!vwr_vchain_add_slow(q, c, addr, len, write != 0))
        return false;
    descs = b->descs;
    vwr_vchain_resume(q, c, b);
    b->descs = descs;
    return true;
}

/*
 * A descriptor's segment goes to the end of the chain. The fast path is for one in the region that the last
 * one was in, of which at most 2^32 - 1 bytes are known: so the last of 0 bytes, which is 2^32 - 1 behind the
 * first, is never in it. False: the queue is broken.
 */
VWR_ALWAYS_INLINE bool vwr_vchain_add(struct vwr_vqueue *q, struct vwr_vchain *c,
                                      struct vwr_vchain_builder *b, uint64_t addr, uint32_t len,
                                      unsigned write)
{
    const uint64_t first = addr - q->recent.addr;

    if (first >= q->recent.bytes || VWR_VQUEUE_WRONG(first + (len - 1u) >= q->recent.bytes) ||
        VWR_VQUEUE_WRONG(b->seg == b->end) || VWR_VQUEUE_WRONG(write < b->write))
        return vwr_vchain_add_other(q, c, b, addr, len, write);
    if (write != b->write) {
        vwr_vchain_store(c, b);
        b->write = write;
    }
    b->seg->at = (uint8_t *)q->recent.host + first;
    b->seg->len = len;
    b->seg++;
    b->bytes += len;
    return true;
}

/* The chain is complete. Here its bytes are checked, so that it is done once: addr and len are the last's. */
VWR_ALWAYS_INLINE int vwr_vchain_end(struct vwr_vqueue *q, struct vwr_vchain *c,
                                     const struct vwr_vchain_builder *b, uint64_t addr, uint32_t len)
{
    if (VWR_VQUEUE_WRONG(b->bytes >> 32 != 0))
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, addr, len);
    vwr_vchain_store(c, b);
    return 1;
}

/* What a chain has besides its segments. */
VWR_ALWAYS_INLINE void vwr_vchain_popped(const struct vwr_vqueue *q, struct vwr_vchain *c, uint16_t id)
{
    c->id = id;
    c->written = 0;
    c->out_at = 0;
    c->in_at = 0;
    c->generation = q->generation;
    c->position = q->last_avail;
}

/* Split: loads avail->idx: how many buffers there are to pop; or negative. */
int vwr_vsplit_poll(struct vwr_vqueue *q);
/* Split: a head that cannot be. And a chain goes on in an indirect table: the rest of pop_avail. */
VWR_COLD int vwr_vsplit_bad_head(struct vwr_vqueue *q, uint32_t head);
int vwr_vsplit_indirect(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t half);

/* An indirect table; where it is not in one region, or not aligned, there is no `host`, but copies. */
struct vwr_vtable {
    const struct vwr_virtq_desc *host;
    uint64_t addr;
    uint32_t count;
    struct vwr_virtq_desc copy;
};
const struct vwr_virtq_desc *vwr_vtable_copy(const struct vwr_vqueue *q, struct vwr_vtable *table,
                                             uint32_t at);

VWR_ALWAYS_INLINE const struct vwr_virtq_desc *vwr_vtable_desc(const struct vwr_vqueue *q,
                                                               struct vwr_vtable *table, uint32_t at)
{
    return table->host != NULL ? &table->host[at] : vwr_vtable_copy(q, table, at);
}

/* A chain of the split ring from descriptor `at` on; or, with `table`, of an indirect one. */
VWR_ALWAYS_INLINE int vwr_vsplit_walk(struct vwr_vqueue *q, struct vwr_vchain *c,
                                      struct vwr_vchain_builder *b, struct vwr_vtable *table, uint32_t at)
{
    const uint32_t count = table != NULL ? table->count : q->size;

    for (;;) {
        const struct vwr_virtq_desc *const desc =
            table != NULL ? vwr_vtable_desc(q, table, at) : &q->split.desc[at];
        const uint64_t addr = vwr_guest64(q->legacy, vwr_ring_load64(&desc->addr));
        const uint64_t half = vwr_split_half_to_cpu(q->legacy, vwr_ring_load64(&desc->len));
        const unsigned flags = (unsigned)(half >> VWR_SPLIT_FLAGS_SHIFT);

        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
            if (table != NULL || !VWR_WITH_INDIRECT)
                return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, (uint16_t)flags, 0);
            vwr_vchain_store(c, b);
            return vwr_vsplit_indirect(q, c, addr, half);
        }
        if (!vwr_vchain_add(q, c, b, addr, (uint32_t)half, flags & VWR_VIRTQ_DESC_F_WRITE))
            return VWR_EBADRING;
        if ((flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return vwr_vchain_end(q, c, b, addr, (uint32_t)half);
        at = (uint32_t)(half >> VWR_SPLIT_NEXT_SHIFT);
        if (VWR_VQUEUE_WRONG(at >= count))
            return vwr_vqueue_bad(q, VWR_VFAULT_NEXT, at, 0);
        b->descs--;
        if (VWR_VQUEUE_WRONG(b->descs == 0))
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, c->id, 0);
    }
}

VWR_ALWAYS_INLINE int vwr_vsplit_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    struct vwr_vchain_builder b;
    uint32_t head;

    if (q->last_avail == q->split.avail_idx) {
        const int r = vwr_vsplit_poll(q);

        if (r <= 0)
            return r;
    }
    head = vwr_guest16(q->legacy, vwr_ring_load16(&q->split.avail->ring[q->last_avail & (q->size - 1u)]));
    if (VWR_VQUEUE_WRONG(head >= q->size) || VWR_VQUEUE_WRONG(q->held[head]))
        return vwr_vsplit_bad_head(q, head);
    q->held[head] = true;
    vwr_vchain_popped(q, c, (uint16_t)head);
    q->last_avail++;
    vwr_vchain_begin(q, c, &b);
    return vwr_vsplit_walk(q, c, &b, NULL, head);
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

int vwr_vpacked_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c);
void vwr_vqueue_add_used_other(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written);

static inline int vwr_vqueue_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    if (q->layout == VWR_LAYOUT_SPLIT || q->layout == VWR_LAYOUT_SPLIT_IN_ORDER)
        return vwr_vsplit_pop_avail(q, c);
    if (VWR_WITH_PACKED && q->layout != VWR_LAYOUT_STOPPED)
        return vwr_vpacked_pop_avail(q, c);
    return VWR_EFAILED;
}

static inline void vwr_vqueue_add_used(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written)
{
    if (c->generation != q->generation)
        return;
    if (q->layout == VWR_LAYOUT_SPLIT)
        vwr_vsplit_put_used(q, c->id, written);
    else
        vwr_vqueue_add_used_other(q, c, written);
}

#endif
