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

/* The chain is complete: so many descriptors of the ring are the device's. The id is the driver's affair. */
VWR_ALWAYS_INLINE int vpacked_end(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t id, uint32_t count)
{
    struct vwr_packed_cursor *const next = &q->packed.next_avail;

    if (VWR_VQUEUE_WRONG(q->packed.held + count > q->size))
        return vwr_vqueue_bad(q, VWR_VFAULT_INDEX, q->packed.held + count, next->index);
    vwr_vchain_popped(q, c, (uint16_t)id);
    c->count = (uint16_t)count;
    q->packed.held += count;
    vwr_packed_advance(next, count, q->size);
    q->last_avail++;
    vwr_count_add(&q->stats.chains, 1);
    return 1;
}

/* The buffer is an indirect table, all of it. Flags besides WRITE have no meaning there, nor has the id. */
static int vpacked_indirect(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len,
                            uint32_t id)
{
    struct vwr_vchain_builder b;
    struct vwr_vtable table;
    uint64_t half = 0;

    if (!vwr_vtable_open(q, &table, addr, len))
        return VWR_EBADRING;
    vwr_vchain_begin(q, c, &b);
    for (uint32_t i = 0; i < table.count; i++) {
        const struct vwr_virtq_desc *const desc = vwr_vtable_desc(q, &table, i);

        addr = vwr_le64_to_cpu(vwr_ring_load64(&desc->addr));
        half = vwr_le64_to_cpu(vwr_ring_load64(&desc->len));
        if (!vwr_vchain_add(q, c, &b, addr, (uint32_t)half,
                            (unsigned)(half >> VWR_PACKED_FLAGS_SHIFT) & VWR_VIRTQ_DESC_F_WRITE))
            return VWR_EBADRING;
    }
    return vwr_vchain_end(q, c, &b, addr, (uint32_t)half) == 1 ? vpacked_end(q, c, id, 1) : VWR_EBADRING;
}

static VWR_COLD int vpacked_bad_flags(struct vwr_vqueue *q, unsigned flags, uint32_t index)
{
    if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) /* among others, or a table that goes on */
        return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, flags, 0);
    return vwr_vqueue_bad(q, VWR_VFAULT_WRAP, flags, index);
}

/* Loads the flags that make a buffer available. */
VWR_ALWAYS_INLINE unsigned vpacked_poll(const struct vwr_vqueue *q)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&q->packed.ring[q->packed.next_avail.index].flags));
}

int vwr_vpacked_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    struct vwr_packed_cursor at = {q->packed.next_avail.index, q->packed.next_avail.flags};
    const struct vwr_pvirtq_desc *desc = &q->packed.ring[at.index];
    unsigned flags = q->packed.kept_flags != 0 ? q->packed.kept_flags : vpacked_poll(q);
    struct vwr_vchain_builder b;
    uint64_t addr, half;
    uint32_t len;

    if ((flags & VWR_PACKED_WRAP_FLAGS) != at.flags)
        return 0; /* whatever they are: the driver may have cleared them when it saw that they were used */
    q->packed.kept_flags = 0;
    vwr_ring_acquire(); /* the flags before all that they make the device's */
    addr = vwr_le64_to_cpu(vwr_ring_load64(&desc->addr));
    len = vwr_le32_to_cpu(vwr_ring_load32(&desc->len));
    half = (uint64_t)vwr_le16_to_cpu(vwr_ring_load16(&desc->id)) << VWR_PACKED_ID_SHIFT;
    if (VWR_WITH_INDIRECT &&
        (flags & (VWR_VIRTQ_DESC_F_INDIRECT | VWR_VIRTQ_DESC_F_NEXT)) == VWR_VIRTQ_DESC_F_INDIRECT)
        return vpacked_indirect(q, c, addr, len, (uint32_t)(half >> VWR_PACKED_ID_SHIFT));
    vwr_vchain_begin(q, c, &b);
    for (;;) {
        if ((flags & (VWR_PACKED_WRAP_FLAGS | VWR_VIRTQ_DESC_F_INDIRECT)) != at.flags)
            return vpacked_bad_flags(q, flags, at.index);
        if (!vwr_vchain_add(q, c, &b, addr, len, flags & VWR_VIRTQ_DESC_F_WRITE))
            return VWR_EBADRING;
        if ((flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            break;
        b.descs--;
        if (VWR_VQUEUE_WRONG(b.descs == 0))
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, q->packed.next_avail.index, 0);
        vwr_packed_advance(&at, 1, q->size);
        desc = &q->packed.ring[at.index];
        addr = vwr_le64_to_cpu(vwr_ring_load64(&desc->addr));
        half = vwr_le64_to_cpu(vwr_ring_load64(&desc->len));
        len = (uint32_t)half;
        flags = (unsigned)(half >> VWR_PACKED_FLAGS_SHIFT);
    }
    if (vwr_vchain_end(q, c, &b, addr, len) != 1)
        return VWR_EBADRING;
    return vpacked_end(q, c, (uint32_t)(half >> VWR_PACKED_ID_SHIFT), q->size - b.descs + 1u);
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
