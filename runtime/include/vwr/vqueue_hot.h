/* SPDX-License-Identifier: MIT */
#ifndef VWR_VQUEUE_HOT_H
#define VWR_VQUEUE_HOT_H

/*
 * Inline fast path of vwr/vqueue.h. vwr/vqueue.h includes this header and documents its functions.
 *
 * pop_avail walks the descriptors of a ring in an inline loop, or those of an indirect table in a function
 * that depends on the layout. Each descriptor is loaded once, and its segment is added to the chain. These
 * loops handle readable descriptors followed by writable ones, all with the usual flags and each within
 * one region of guest memory. They stop at the first descriptor that does not match. From there, the
 * slow path, vwr_vchain_slow_(), continues to the end of the chain.
 */

/* Used for each check of a value that the driver has written; a failure is unlikely. */
#define VWR_VQUEUE_WRONG(condition) __builtin_expect((condition), 0)

/* Break the queue; returns VWR_EBADRING. */
VWR_COLD int vwr_vqueue_bad_(struct vwr_vqueue *q, enum vwr_vfault fault, uint64_t a, uint64_t b);
/* Like vwr_vqueue_bad_() with the value in c->id, which saves registers. */
VWR_COLD int vwr_vqueue_bad_id_(struct vwr_vqueue *q, const struct vwr_vchain *c, enum vwr_vfault fault);

/*
 * Position of a walk: the descriptor that was loaded last. Its segment is not counted yet. Byte counts start
 * at VWR_VCHAIN_NO_BYTES, so that the sign changes at 2^32 bytes.
 */
#define VWR_VCHAIN_NO_BYTES (~(uint64_t)0 << 32)
struct vwr_vchain_walk {
    struct vwr_vseg *seg; /* place for the segment */
    uint64_t bytes;       /* size of the earlier segments */
    uint64_t out_bytes;   /* size of the readable segments among them */
    uint64_t off;         /* address of the descriptor, relative to the first remembered part */
    uint64_t len;
    size_t next;        /* next descriptor in a split ring or table */
    uint32_t flags;     /* flags; in a packed ring, XORed with `available`, so that AVAIL and USED are 0 */
    uint32_t left;      /* free segments, including `seg` */
    uint32_t available; /* packed: required values of AVAIL and USED */
    const struct vwr_pvirtq_desc *desc; /* packed: the descriptor */
};

/*
 * Whether a segment at offset `off` of a part of guest memory is in the part. `off | last` is not less than
 * `off` or `last`, so one comparison checks the first byte and the last byte. The part is smaller than 2^32
 * bytes, so the last byte of an empty segment, 2^32 - 1 bytes after the first, is outside.
 */
VWR_ALWAYS_INLINE bool vwr_vchain_is_in(const struct vwr_memory_region *part, uint64_t off, uint64_t len)
{
    const uint64_t last = off + (uint32_t)((uint32_t)len - 1u);

    return (off | last) < part->bytes;
}

/*
 * Searches all regions of guest memory. Returns the host address of a segment that lies within one region, or
 * NULL if it does not, if it is empty, or if the guest has a balloon. In a build for speed, some calls
 * remember the part of guest memory that contains the segment.
 */
uint8_t *vwr_vchain_find_(struct vwr_vqueue *q, uint64_t addr, uint32_t len);

/*
 * Stores the segment if vwr_vchain_find_() finds it; otherwise returns false. The search may
 * replace the first remembered part, so `off` is computed again.
 */
VWR_ALWAYS_INLINE bool vwr_vchain_put_any(struct vwr_vqueue *q, struct vwr_vchain_walk *w)
{
    const uint64_t addr = w->off + q->recent[0].addr;

    w->seg->at = vwr_vchain_find_(q, addr, (uint32_t)w->len);
    w->seg->len = (size_t)w->len;
    w->off = addr - q->recent[0].addr;
    return w->seg->at != NULL;
}

/*
 * Stores the segment if it is found within one region of guest memory; otherwise returns false. A build for
 * speed first checks the two remembered parts of guest memory. A build for size remembers none: in a guest
 * with few regions, the search takes about as long.
 */
VWR_ALWAYS_INLINE bool vwr_vchain_put(struct vwr_vqueue *q, struct vwr_vchain_walk *w)
{
    uint64_t off = w->off;

    if (!VWR_IS_FAST)
        return vwr_vchain_put_any(q, w);
    if (__builtin_expect(vwr_vchain_is_in(&q->recent[0], off, w->len), 1)) {
        w->seg->at = (uint8_t *)q->recent[0].host + off;
        w->seg->len = (size_t)w->len;
        return true;
    }
    /* Prevents the compiler from keeping the first part in registers, of which x86 has few. */
    __asm__("" ::: "memory");
    off += q->between;
    if (!vwr_vchain_is_in(&q->recent[1], off, w->len))
        return vwr_vchain_put_any(q, w);
    w->seg->at = (uint8_t *)q->recent[1].host + off;
    w->seg->len = (size_t)w->len;
    return true;
}

/*
 * Count a readable segment. Returns false if the segment follows a writable one. Stored segments
 * are not empty, so in this case there are more bytes than readable bytes.
 */
VWR_ALWAYS_INLINE bool vwr_vchain_add_out(struct vwr_vchain *c, struct vwr_vchain_walk *w)
{
    if (VWR_VQUEUE_WRONG(w->out_bytes != w->bytes))
        return false;
    c->out++;
    w->out_bytes += w->len;
    return true;
}

/* Store the counts in the chain. Returns 1, or VWR_EBADRING for 2^32 bytes or more. */
VWR_ALWAYS_INLINE int vwr_vchain_count(struct vwr_vqueue *q, struct vwr_vchain *c,
                                       const struct vwr_vchain_walk *w, uint64_t bytes, bool ring,
                                       bool packed)
{
    if (VWR_VQUEUE_WRONG((long long)bytes >= 0))
        return vwr_vqueue_bad_(q, VWR_VFAULT_LENGTH, w->off + q->recent[0].addr, w->len);
    c->out_bytes = (uint32_t)w->out_bytes;
    c->in_bytes = (uint32_t)(bytes - w->out_bytes);
    c->generation = q->generation;
    if (ring) {
        c->position = q->last_avail;
        q->last_avail++;
        if (packed)
            q->avail_idx = q->last_avail;
    }
    return 1;
}

/*
 * An indirect table. If the table is misaligned or not in a single region, `host` is NULL and
 * descriptors are copied.
 */
struct vwr_vtable {
    const struct vwr_virtq_desc *host;
    uint64_t addr;
    uint32_t count;
    uint32_t room; /* `left` at the start of the walk */
    struct vwr_virtq_desc copy;
};
const struct vwr_virtq_desc *vwr_vtable_desc_(const struct vwr_vqueue *q, struct vwr_vtable *table,
                                              uint32_t at);

/* Load all fields but `next`. */
VWR_ALWAYS_INLINE void vwr_vsplit_load_segment(const struct vwr_vqueue *q, struct vwr_vchain_walk *w,
                                               const struct vwr_virtq_desc *desc)
{
    w->off = vwr_guest64(q->legacy, vwr_ring_load64(&desc->addr)) - q->recent[0].addr;
    w->len = vwr_guest32(q->legacy, vwr_ring_load32(&desc->len));
    w->flags = vwr_guest16(q->legacy, vwr_ring_load16(&desc->flags));
}

VWR_ALWAYS_INLINE void vwr_vsplit_load(const struct vwr_vqueue *q, struct vwr_vchain_walk *w,
                                       const struct vwr_virtq_desc *desc)
{
    vwr_vsplit_load_segment(q, w, desc);
    w->next = vwr_guest16(q->legacy, vwr_ring_load16(&desc->next));
}

VWR_ALWAYS_INLINE uint32_t vwr_vpacked_flags(const struct vwr_pvirtq_desc *desc)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&desc->flags));
}

/*
 * Get the flags of the next descriptor, which is the first one of a buffer. They are loaded only once, here
 * or in vwr_vpacked_arm_(). Both functions order this load before the loads of the descriptors that the flags
 * make available.
 */
VWR_ALWAYS_INLINE uint32_t vwr_vpacked_pop_flags(struct vwr_vqueue *q)
{
    uint32_t flags = q->packed.kept_flags;

    if (__builtin_expect(flags != 0, 0)) {
        q->packed.kept_flags = 0; /* flags are kept only for a buffer that is available */
        return flags;
    }
    flags = vwr_vpacked_flags(q->packed.next_avail.desc);
    vwr_ring_acquire();
    return flags;
}

/* Load the fields that follow the flags. Only the last descriptor of a chain contains the ID. */
VWR_ALWAYS_INLINE void vwr_vpacked_load(const struct vwr_vqueue *q, struct vwr_vchain_walk *w,
                                        const struct vwr_pvirtq_desc *desc)
{
    w->desc = desc;
    w->off = vwr_le64_to_cpu(vwr_ring_load64(&desc->addr)) - q->recent[0].addr;
    w->len = vwr_le32_to_cpu(vwr_ring_load32(&desc->len));
}

/*
 * Wrap. The walk ends before the chain's first descriptor. Returns false if it has reached that descriptor.
 */
VWR_ALWAYS_INLINE bool vwr_vpacked_wrap(struct vwr_vqueue *q, struct vwr_vchain_walk *w)
{
    const struct vwr_pvirtq_desc *const first = q->packed.next_avail.desc;

    if (VWR_VQUEUE_WRONG(w->desc + 1 != q->packed.end || first == q->packed.ring)) {
        (void)vwr_vqueue_bad_(q, VWR_VFAULT_LOOP, (uint32_t)(first - q->packed.ring), 0);
        return false;
    }
    q->packed.walk_end = first;
    w->available ^= VWR_PACKED_WRAP_FLAGS;
    return true;
}

/*
 * Load an entry of a table. In a packed ring the whole table is the chain, and only the flag WRITE is
 * meaningful.
 */
VWR_ALWAYS_INLINE void vwr_vtable_load(const struct vwr_vqueue *q, struct vwr_vtable *table,
                                       struct vwr_vchain_walk *w, uint32_t at)
{
    const struct vwr_virtq_desc *const desc = vwr_vtable_desc_(q, table, at);
    const struct vwr_pvirtq_desc *const packed = (const struct vwr_pvirtq_desc *)(const void *)desc;

    if (vwr_layout_is_packed(q->layout)) {
        vwr_vpacked_load(q, w, packed);
        w->flags = (vwr_vpacked_flags(packed) & VWR_VIRTQ_DESC_F_WRITE) |
                   (at + 1u < table->count ? VWR_VIRTQ_DESC_F_NEXT : 0);
        w->next = at + 1u;
    } else {
        vwr_vsplit_load(q, w, desc);
    }
}

/* Load the next descriptor of a packed ring, a table or a split ring. Returns false if there is none. */
VWR_ALWAYS_INLINE bool vwr_vchain_next(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table,
                                       struct vwr_vchain_walk *w, bool packed)
{
    if (packed) {
        const struct vwr_pvirtq_desc *desc = w->desc + 1;

        if (desc == q->packed.walk_end) {
            desc = q->packed.ring;
            if (!vwr_vpacked_wrap(q, w))
                return false;
        }
        w->flags = vwr_vpacked_flags(desc) ^ w->available;
        vwr_vpacked_load(q, w, desc);
        return true;
    }
    if (VWR_VQUEUE_WRONG((uint32_t)w->next >=
                         (VWR_WITH_INDIRECT && table != NULL ? table->count : q->size))) {
        c->id = (uint16_t)w->next;
        return !vwr_vqueue_bad_id_(q, c, VWR_VFAULT_NEXT); /* false: it returns the error */
    }
    if (VWR_WITH_INDIRECT && table != NULL)
        vwr_vtable_load(q, table, w, (uint32_t)w->next);
    else
        vwr_vsplit_load(q, w, &q->split.desc[w->next]);
    return true;
}

/* Slow path, starting at the descriptor that was loaded last. `half` contains len, flags and next. */
int vwr_vchain_slow_(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table, uint64_t off,
                     uint64_t half, uint32_t left);
#define VWR_VCHAIN_HALF(w) ((w)->len | (uint64_t)(w)->flags << 32 | (uint64_t)(w)->next << 48)

/*
 * Walk from the descriptor that was loaded last to the end of the chain. Returns 1 on success. *slow is set
 * if the slow path was used, which also handles the end of a chain in a packed ring.
 */
VWR_ALWAYS_INLINE int vwr_vchain_walk(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vchain_walk *w,
                                      bool packed, bool *slow)
{
    int r;

    if (VWR_WITH_SPEED)
        *slow = false;
    w->bytes = w->out_bytes;
    while (VWR_WITH_SPEED && vwr_vchain_put(q, w)) {
        if (w->flags == (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE)) {
            c->in++;
        } else if (w->flags != VWR_VIRTQ_DESC_F_NEXT || !vwr_vchain_add_out(c, w)) {
            if (__builtin_expect(w->flags == VWR_VIRTQ_DESC_F_WRITE, 1))
                c->in++;
            else if (w->flags != 0 || !vwr_vchain_add_out(c, w))
                break;
            return vwr_vchain_count(q, c, w, w->bytes + w->len, true, packed);
        }
        w->bytes += w->len;
        w->seg++;
        if (!vwr_vchain_next(q, c, NULL, w, packed))
            return VWR_EBADRING;
        if (VWR_VQUEUE_WRONG(--w->left == 0))
            break;
    }
    *slow = true;
    r = vwr_vchain_count(q, c, w, w->bytes, true, packed);
    return r != 1 ? r : vwr_vchain_slow_(q, c, NULL, w->off, VWR_VCHAIN_HALF(w), w->left);
}

/* Whether the remembered parts of guest memory are valid. A build for size remembers none. */
VWR_ALWAYS_INLINE bool vwr_vqueue_is_current(const struct vwr_vqueue *q)
{
    return !VWR_IS_FAST || q->memory_generation == q->memory->generation;
}

/* Start a walk at the first descriptor, with an empty chain. */
VWR_ALWAYS_INLINE void vwr_vchain_start(struct vwr_vchain *c, struct vwr_vchain_walk *w)
{
    w->seg = c->seg;
    w->left = c->room;
    w->out_bytes = VWR_VCHAIN_NO_BYTES;
    c->out = 0;
    c->in = 0;
}

/*
 * Split: load avail->idx. Returns the number of buffers to pop; negative: the queue is broken, not
 * ready, or packed.
 */
int vwr_vsplit_poll_(struct vwr_vqueue *q);

/* vwr_vsplit_poll_(), inline, for a loop in a class. */
VWR_ALWAYS_INLINE int vwr_vsplit_poll_here(struct vwr_vqueue *q)
{
    const uint32_t last = q->last_avail;
    uint16_t idx;
    uint32_t count;

    if ((uint32_t)q->layout - VWR_LAYOUT_SPLIT >= VWR_LAYOUT_PACKED - (uint32_t)VWR_LAYOUT_SPLIT)
        return VWR_EFAILED; /* STOPPED, or packed */
    idx = vwr_guest16(q->legacy, vwr_ring_load16(&q->split.avail->idx));
    count = vwr_ring_distance(idx, (uint16_t)last);
    if (VWR_VQUEUE_WRONG(count > q->size))
        return vwr_vqueue_bad_(q, VWR_VFAULT_INDEX, idx, (uint16_t)last);
    vwr_ring_acquire(); /* load the index before the entries that it makes available */
    q->avail_idx = last + count;
    vwr_count_add(&q->stats.chains, count);
    return (int)count;
}

/* Split: get the head of the next buffer. */
VWR_ALWAYS_INLINE uint16_t vwr_vsplit_head(const struct vwr_vqueue *q)
{
    return vwr_guest16(q->legacy, vwr_ring_load16(&q->split.avail->ring[q->last_avail & q->split.mask]));
}

/*
 * Split: pop a chain that consists of a single indirect table, the usual case. The fields of the descriptor
 * are passed as values, so that the caller's walk stays in registers.
 */
int vwr_vsplit_pop_table_(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t off, uint32_t len);

/* Split: pop a buffer. The caller has checked that one is available. */
VWR_ALWAYS_INLINE int vwr_vsplit_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    const uint16_t head = vwr_vsplit_head(q);
    struct vwr_vchain_walk w;
    bool slow;

    c->id = head;
    if (VWR_VQUEUE_WRONG(head >= q->size) || VWR_VQUEUE_WRONG(q->held[head]))
        return vwr_vqueue_bad_id_(q, c, head >= q->size ? VWR_VFAULT_HEAD : VWR_VFAULT_TWICE);
    q->held[head] = true;
    vwr_vchain_start(c, &w);
    vwr_vsplit_load(q, &w, &q->split.desc[head]);
    if (VWR_WITH_INDIRECT && w.flags == VWR_VIRTQ_DESC_F_INDIRECT)
        return vwr_vsplit_pop_table_(q, c, w.off, (uint32_t)w.len);
    return vwr_vchain_walk(q, c, &w, false, &slow);
}

/* Store the next used element. The driver sees it when used->idx is published. */
VWR_ALWAYS_INLINE void vwr_vsplit_write_used(struct vwr_vqueue *q, uint32_t id, uint32_t written)
{
    struct vwr_virtq_used_elem *const elem = &q->split.used->ring[q->used_idx & q->split.mask];

    vwr_ring_store32(&elem->id, vwr_guest32(q->legacy, id));
    vwr_ring_store32(&elem->len, vwr_guest32(q->legacy, written));
    q->used_idx++;
}

/* Return a buffer with a used element. */
VWR_ALWAYS_INLINE void vwr_vsplit_put_used(struct vwr_vqueue *q, uint32_t id, uint32_t written)
{
    q->held[id] = false;
    vwr_vsplit_write_used(q, id, written);
}

/*
 * Advance by `count` descriptors, up to the size of the queue. Returns true if the cursor has wrapped. No
 * pointer is beyond the end of the ring, where it could wrap around in the host's address space.
 */
VWR_ALWAYS_INLINE bool vwr_vpacked_advance(const struct vwr_vqueue *q, struct vwr_vpacked_cursor *c,
                                           uint32_t count)
{
    if (c->desc < q->packed.end - count) {
        c->desc += count;
        return false;
    }
    c->desc -= q->size - count;
    c->flags ^= VWR_PACKED_WRAP_FLAGS;
    return true;
}

VWR_COLD int vwr_vpacked_bad_count_(struct vwr_vqueue *q, const struct vwr_vchain *c);

/*
 * Packed: end a chain of `count` descriptors. The last one contains the ID, which the device merely returns.
 */
VWR_ALWAYS_INLINE int vwr_vpacked_end(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t count,
                                      const struct vwr_pvirtq_desc *last, uint32_t flags)
{
    c->count = count;
    q->packed.free -= (int)count;
    if (VWR_VQUEUE_WRONG(q->packed.free < 0))
        return vwr_vpacked_bad_count_(q, c);
    c->id = vwr_le16_to_cpu(vwr_ring_load16(&last->id));
    c->flags = flags;
    if (vwr_vpacked_advance(q, &q->packed.next_avail, count))
        q->packed.walk_end = q->packed.ring + q->size; /* a walk that wrapped has changed walk_end */
    vwr_count_add(&q->stats.chains, 1);
    return 1;
}

/*
 * Packed: pop a chain that consists of a single indirect table, the usual case. The fields of the first
 * descriptor are passed as values, so that the caller's walk stays in registers. `flags` omits AVAIL and
 * USED.
 */
int vwr_vpacked_pop_table_(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t off, uint32_t len,
                           uint32_t flags);

VWR_ALWAYS_INLINE int vwr_vpacked_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    const struct vwr_pvirtq_desc *const desc = q->packed.next_avail.desc;
    const uint32_t other = VWR_PACKED_WRAP_FLAGS | VWR_VIRTQ_DESC_F_INDIRECT;
    struct vwr_vchain_walk w;
    bool slow;
    int r;

    w.available = q->packed.next_avail.flags;
    w.flags = vwr_vpacked_pop_flags(q) ^ w.available;
    if (__builtin_expect((w.flags & other) != 0, 0)) {
        if ((w.flags & VWR_PACKED_WRAP_FLAGS) != 0)
            return 0; /* no buffer, regardless of the values: the driver may clear the flags after use */
        vwr_vpacked_load(q, &w, desc);
        return vwr_vpacked_pop_table_(q, c, w.off, (uint32_t)w.len, w.flags);
    }
    vwr_vchain_start(c, &w);
    w.next = 0;
    vwr_vpacked_load(q, &w, desc);
    r = vwr_vchain_walk(q, c, &w, true, &slow);
    return slow || r != 1 ? r : vwr_vpacked_end(q, c, (uint32_t)c->out + c->in, w.desc, w.flags);
}

/*
 * Store the next used descriptor. The flags of the first unpublished descriptor make all of them visible, so
 * vwr_vpacked_signal_() stores these flags. `flags` contains WRITE if the device may have written to the
 * buffer, and the values of AVAIL and USED for that position.
 */
VWR_ALWAYS_INLINE uint32_t vwr_vpacked_write_used(struct vwr_vqueue *q, struct vwr_pvirtq_desc *desc,
                                                  uint32_t flags, uint32_t written)
{
    const uint32_t used = q->used_idx;

    q->used_idx = used + 1u;
    vwr_ring_store32(&desc->len, vwr_cpu_to_le32(written));
    if (__builtin_expect(used != q->signalled_used, 1))
        vwr_ring_store16(&desc->flags, vwr_cpu_to_le16((uint16_t)flags));
    else
        q->packed.first_flags = (uint16_t)flags;
    return used + 1u;
}

/* Return a buffer of `count` descriptors with a used descriptor. */
VWR_ALWAYS_INLINE void vwr_vpacked_put_used(struct vwr_vqueue *q, uint16_t id, uint32_t flags, uint32_t count,
                                            uint32_t written)
{
    struct vwr_pvirtq_desc *const desc = q->packed.next_used.desc;

    flags |= q->packed.next_used.flags;
    q->packed.free += (int)count;
    (void)vwr_vpacked_advance(q, &q->packed.next_used, count);
    vwr_ring_store16(&desc->id, vwr_cpu_to_le16(id));
    (void)vwr_vpacked_write_used(q, desc, flags, written);
}

/* Publish used buffers and interrupt the driver. Returns false if the driver has suppressed interrupts. */
bool vwr_vsplit_signal_(struct vwr_vqueue *q);
bool vwr_vpacked_signal_(struct vwr_vqueue *q);

static inline bool vwr_vqueue_signal(struct vwr_vqueue *q)
{
    return vwr_layout_is_packed(q->layout) ? vwr_vpacked_signal_(q) : vwr_vsplit_signal_(q);
}

/*
 * In-order use, split or packed: return the buffer and the buffers that waited for it, unless an earlier
 * buffer is unfinished.
 */
void vwr_vqueue_put_in_order_(struct vwr_vqueue *q, const struct vwr_vchain *c, uint32_t written);

/* Behind an IOMMU, any layout: return the buffer, then release its segments. */
void vwr_vqueue_put_pinned_(struct vwr_vqueue *q, const struct vwr_vchain *c, uint32_t written);

/*
 * Whether the chain was popped since the queue was started. Chains of a device behind an IOMMU have a
 * generation of their own, so that each returns on the path that releases its segments.
 */
VWR_ALWAYS_INLINE bool vwr_vchain_is_of(const struct vwr_vqueue *q, const struct vwr_vchain *c)
{
    return VWR_WITH_IOMMU ? c->generation - q->generation <= 1u : c->generation == q->generation;
}

static inline bool vwr_vqueue_is_armed(const struct vwr_vqueue *q)
{
    if (q->quiet)
        return false;
    if (vwr_layout_is_packed(q->layout))
        return ((vwr_vpacked_flags(q->packed.next_avail.desc) ^ q->packed.next_avail.flags) &
                VWR_PACKED_WRAP_FLAGS) != 0;
    return vwr_guest16(q->legacy, vwr_ring_load16(&q->split.avail->idx)) == (uint16_t)q->last_avail;
}

static inline int vwr_vqueue_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    if (q->last_avail == q->avail_idx) { /* packed: always */
        int r;

        if (vwr_layout_is_packed(q->layout))
            return vwr_vpacked_pop_avail(q, c);
        r = vwr_vsplit_poll_(q);
        if (r <= 0)
            return r;
    }
    return vwr_vsplit_pop_avail(q, c);
}

static inline void vwr_vqueue_add_used(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written)
{
    if (__builtin_expect(c->generation == q->split_generation, 1))
        vwr_vsplit_put_used(q, c->id, written);
    else if (VWR_WITH_PACKED && __builtin_expect(c->generation == q->packed_generation, 1))
        vwr_vpacked_put_used(q, c->id, c->flags, c->count, written);
    else if (VWR_WITH_IN_ORDER)
        vwr_vqueue_put_in_order_(q, c, written);
    else if (VWR_WITH_IOMMU)
        vwr_vqueue_put_pinned_(q, c, written);
}

#endif
