/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * The packed ring, device side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * The flags of a buffer's first descriptor say whether there is one; they are loaded, then all else, each
 * descriptor as two words. The driver sees used descriptors in the order of the ring, so the flags of the
 * first since the last signal publish all of them.
 */

void vwr_vpacked_enable(struct vwr_vqueue *q, void *desc, void *driver, void *device)
{
    q->packed.ring = desc;
    q->packed.driver_event = driver;
    q->packed.device_event = device;
    vwr_packed_first_available(&q->packed.next_avail);
    vwr_packed_first_used(&q->packed.next_used);
    q->packed.signalled = 0;
    q->packed.held = 0;
    q->packed.kept_flags = 0;
}

/* Loads the flags that make a buffer available. */
VWR_ALWAYS_INLINE unsigned vpacked_poll(const struct vwr_vqueue *q)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&q->packed.ring[q->packed.next_avail.index].flags));
}

VWR_ALWAYS_INLINE void vpacked_load(struct vwr_vchain_walk *w, const struct vwr_pvirtq_desc *desc)
{
    w->addr = vwr_le64_to_cpu(vwr_ring_load64(&desc->addr));
    w->half = vwr_le64_to_cpu(vwr_ring_load64(&desc->len));
}

VWR_ALWAYS_INLINE uint16_t vpacked_flags(const struct vwr_vchain_walk *w)
{
    return (uint16_t)(w->half >> VWR_PACKED_FLAGS_SHIFT);
}

/* The chain ends at `at`: so many descriptors are the device's. The last has the id, which is the driver's
 * affair. */
VWR_ALWAYS_INLINE int vpacked_take(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t at, uint64_t half)
{
    struct vwr_packed_cursor *const next = &q->packed.next_avail;
    const uint32_t count = at - next->index + 1u + (at < next->index ? q->size : 0);

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

/* The buffer is an indirect table, all of it. Flags besides WRITE have no meaning there, nor has the id. */
static __attribute__((noinline)) int vpacked_indirect(struct vwr_vqueue *q, struct vwr_vchain *c,
                                                      uint64_t addr, uint64_t half)
{
    struct vwr_vchain_walk w;
    struct vwr_vtable table;

    c->out = 0;
    c->in = 0;
    c->out_bytes = 0;
    c->in_bytes = 0;
    if (!vwr_vtable_open(q, &table, addr, (uint32_t)half))
        return VWR_EBADRING;
    for (uint32_t i = 0; i < table.count; i++) {
        const void *const desc = vwr_vtable_desc(q, &table, i);

        vpacked_load(&w, desc);
        if (!vwr_vchain_add(q, c, w.addr, (uint32_t)w.half,
                            (vpacked_flags(&w) & VWR_VIRTQ_DESC_F_WRITE) != 0))
            return VWR_EBADRING;
    }
    return vpacked_take(q, c, q->packed.next_avail.index, half);
}

/* The slow path from the descriptor on that was loaded, which is at `at`. */
static __attribute__((noinline)) int vpacked_slow(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr,
                                                  uint64_t half, uint32_t index)
{
    const struct vwr_packed_cursor *const start = &q->packed.next_avail;
    struct vwr_packed_cursor at = {index, start->flags ^ (index < start->index ? VWR_PACKED_WRAP_FLAGS : 0)};
    struct vwr_vchain_walk w;

    w.addr = addr;
    w.half = half;
    for (;;) {
        const unsigned flags = vpacked_flags(&w);

        if ((flags & VWR_PACKED_WRAP_FLAGS) != at.flags)
            return vwr_vqueue_bad(q, VWR_VFAULT_WRAP, flags, at.index);
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) /* among others, or a table that goes on */
            return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, flags, 0);
        if (!vwr_vchain_add(q, c, w.addr, (uint32_t)w.half, (flags & VWR_VIRTQ_DESC_F_WRITE) != 0))
            return VWR_EBADRING;
        if ((flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return vpacked_take(q, c, at.index, w.half);
        vwr_packed_advance(&at, 1, q->size);
        if (at.index == start->index)
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, at.index, 0);
        vpacked_load(&w, &q->packed.ring[at.index]);
    }
}

/* On to the next descriptor; `*flags` are those of the wrap counter, and others. False: the fast path stops.
 */
VWR_ALWAYS_INLINE bool vpacked_step(const struct vwr_vqueue *q, struct vwr_vchain_walk *w, unsigned *flags)
{
    uint32_t at = w->at + 1u;

    if (at == q->size) {
        at = 0;
        *flags ^= VWR_PACKED_WRAP_FLAGS;
    }
    if (VWR_VQUEUE_WRONG(at == q->packed.next_avail.index))
        return false;
    w->at = at;
    w->bytes += (uint32_t)w->half;
    w->seg++;
    vpacked_load(w, &q->packed.ring[at]);
    return !VWR_VQUEUE_WRONG(--w->left == 0);
}

/* Along all descriptors with the flags `*more`, of which NEXT is one. False: the fast path stops. */
VWR_ALWAYS_INLINE bool vpacked_run(const struct vwr_vqueue *q, struct vwr_vchain_walk *w, unsigned *more)
{
    do {
        if (!vwr_vchain_put(q, w))
            return false;
        if (vpacked_flags(w) != *more)
            return true;
    } while (vpacked_step(q, w, more));
    return false;
}

/* A chain of the ring, from the descriptor on that was loaded. */
VWR_ALWAYS_INLINE int vpacked_walk(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vchain_walk *w)
{
    unsigned more = q->packed.next_avail.flags | VWR_VIRTQ_DESC_F_NEXT;
    const uint32_t begin = w->left;
    bool fast = vpacked_run(q, w, &more);
    const uint32_t left = w->left;

    c->out = (uint16_t)(begin - left);
    c->out_bytes = (uint32_t)w->bytes;
    more |= VWR_VIRTQ_DESC_F_WRITE;
    if (fast && vpacked_flags(w) == more)
        fast = vpacked_step(q, w, &more) && vpacked_run(q, w, &more);
    more &= VWR_PACKED_WRAP_FLAGS;
    if (fast && vwr_vchain_ends(c, w, left, vpacked_flags(w) ^ more))
        return vpacked_take(q, c, w->at, w->half);
    if (!vwr_vchain_stop(q, c, w, left))
        return VWR_EBADRING;
    return vpacked_slow(q, c, w->addr, w->half, w->at);
}

int vwr_vpacked_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    const struct vwr_pvirtq_desc *const desc = &q->packed.ring[q->packed.next_avail.index];
    const unsigned flags = q->packed.kept_flags != 0 ? q->packed.kept_flags : vpacked_poll(q);
    struct vwr_vchain_walk w;

    if ((flags & VWR_PACKED_WRAP_FLAGS) != q->packed.next_avail.flags)
        return 0; /* whatever they are: the driver may have cleared them when it saw that they were used */
    q->packed.kept_flags = 0;
    vwr_ring_acquire(); /* the flags before all that they make the device's */
    w.addr = vwr_le64_to_cpu(vwr_ring_load64(&desc->addr));
    w.half = vwr_le32_to_cpu(vwr_ring_load32(&desc->len)) | (uint64_t)flags << VWR_PACKED_FLAGS_SHIFT |
             (uint64_t)vwr_le16_to_cpu(vwr_ring_load16(&desc->id)) << VWR_PACKED_ID_SHIFT;
    if (VWR_WITH_INDIRECT &&
        (flags & (VWR_VIRTQ_DESC_F_INDIRECT | VWR_VIRTQ_DESC_F_NEXT)) == VWR_VIRTQ_DESC_F_INDIRECT)
        return vpacked_indirect(q, c, w.addr, w.half);
    w.seg = c->seg;
    w.left = c->room;
    w.at = q->packed.next_avail.index;
    w.bytes = 0;
    return vpacked_walk(q, c, &w);
}

void vwr_vpacked_unpop(struct vwr_vqueue *q, const struct vwr_vchain *c)
{
    struct vwr_packed_cursor *const next = &q->packed.next_avail;

    q->packed.held -= c->count;
    if (next->index < c->count) {
        next->index += q->size;
        next->flags ^= VWR_PACKED_WRAP_FLAGS;
    }
    next->index -= c->count;
}

void vwr_vpacked_put_used(struct vwr_vqueue *q, uint32_t id, uint32_t count, uint32_t written, unsigned flags)
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

bool vwr_vpacked_publish(struct vwr_vqueue *q)
{
    const uint32_t from = q->packed.signalled;

    q->signalled_used = q->used_idx;
    q->packed.signalled = q->packed.next_used.index;
    vwr_ring_publish16(&q->packed.ring[from].flags, vwr_cpu_to_le16(q->packed.first_flags));
    vwr_ring_mb(); /* the flags before the load of whether the driver wants an interrupt for them */
    return vwr_packed_need_event(q->packed.driver_event, q->event_idx, &q->packed.next_used, from, q->size);
}

bool vwr_vpacked_arm(struct vwr_vqueue *q)
{
    unsigned flags;

    if (q->packed.kept_flags != 0)
        return false;
    if (VWR_WITH_EVENT_IDX && q->event_idx)
        vwr_packed_suppress(q->packed.device_event, vwr_packed_position(&q->packed.next_avail),
                            VWR_RING_EVENT_FLAGS_DESC);
    else
        vwr_packed_suppress(q->packed.device_event, 0, VWR_RING_EVENT_FLAGS_ENABLE);
    vwr_ring_mb(); /* suppression before the flags, or a buffer comes between them without a notification */
    flags = vpacked_poll(q);
    if ((flags & VWR_PACKED_WRAP_FLAGS) != q->packed.next_avail.flags)
        return true;
    q->packed.kept_flags = (uint16_t)flags;
    return false;
}

void vwr_vpacked_disarm(struct vwr_vqueue *q)
{
    vwr_packed_suppress(q->packed.device_event, 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
