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

/* The descriptor of a table that was loaded, on the fast path. False: its segment is not put. */
static bool vpacked_put(const struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vchain_walk *w)
{
    if (w->left == 0 || !vwr_vchain_put(q, w))
        return false;
    if ((vwr_vpacked_flags(w) & VWR_VIRTQ_DESC_F_WRITE) == 0 && !vwr_vchain_add_out(c, w))
        return false;
    w->bytes += w->len;
    w->seg++;
    w->left--;
    return true;
}

int vwr_vpacked_indirect(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t half)
{
    struct vwr_vchain_walk w;
    struct vwr_vtable table;
    bool fast = true;

    if (!vwr_vtable_open(q, &table, addr, (uint32_t)half))
        return VWR_EBADRING;
    vwr_vchain_start(c, &w);
    w.addr = addr; /* the table has a descriptor, but no compiler knows */
    w.half = half;
    for (uint32_t i = 0; i < table.count; i++) {
        const void *const desc = vwr_vtable_desc(q, &table, i);

        vwr_vpacked_load(&w, desc);
        if (fast && vpacked_put(q, c, &w))
            continue;
        if (fast && !vwr_vchain_stop(q, c, &w))
            return VWR_EBADRING;
        fast = false;
        if (!vwr_vchain_add(q, c, w.addr, (uint32_t)w.half,
                            (vwr_vpacked_flags(&w) & VWR_VIRTQ_DESC_F_WRITE) != 0))
            return VWR_EBADRING;
    }
    if (fast && !vwr_vchain_stop(q, c, &w))
        return VWR_EBADRING;
    return vwr_vpacked_end(q, c, 1, half);
}

int vwr_vpacked_slow(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t half,
                     uint32_t walked)
{
    struct vwr_packed_cursor at = {q->packed.next_avail.index, q->packed.next_avail.flags};
    struct vwr_vchain_walk w;

    w.addr = addr;
    w.half = half;
    vwr_packed_advance(&at, walked, q->size);
    for (;;) {
        const unsigned flags = vwr_vpacked_flags(&w);

        walked++;
        if ((flags & VWR_PACKED_WRAP_FLAGS) != at.flags)
            return vwr_vqueue_bad(q, VWR_VFAULT_WRAP, flags, at.index);
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) /* among others, or a table that goes on */
            return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, flags, 0);
        if (!vwr_vchain_add(q, c, w.addr, (uint32_t)w.half, (flags & VWR_VIRTQ_DESC_F_WRITE) != 0))
            return VWR_EBADRING;
        if ((flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return vwr_vpacked_end(q, c, walked, w.half);
        vwr_packed_advance(&at, 1, q->size);
        if (walked == q->size)
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, at.index, 0);
        vwr_vpacked_load(&w, &q->packed.ring[at.index]);
    }
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

bool vwr_vpacked_publish(struct vwr_vqueue *q)
{
    const uint32_t from = q->packed.signalled;

    q->signalled_used = q->used_idx;
    q->packed.signalled = q->packed.next_used.index;
    vwr_ring_publish16(&q->packed.ring[from].flags, vwr_cpu_to_le16(q->packed.first_flags));
    vwr_ring_mb(); /* the flags before the load of whether the driver suppresses interrupts */
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
    flags = vwr_vpacked_poll(q);
    if ((flags & VWR_PACKED_WRAP_FLAGS) != q->packed.next_avail.flags)
        return true;
    q->packed.kept_flags = (uint16_t)flags;
    return false;
}

void vwr_vpacked_disarm(struct vwr_vqueue *q)
{
    vwr_packed_suppress(q->packed.device_event, 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
