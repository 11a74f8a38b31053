/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * Packed ring, device side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * The flags of the first descriptor indicate whether a buffer is available. They are loaded first, then the
 * other fields, each once. Only the ID in the last descriptor is used. The driver sees used descriptors in
 * ring order, so the flags of the first one since the last signal publish all of them.
 */

void vwr_vpacked_enable_(struct vwr_vqueue *q, void *desc, void *driver, void *device)
{
    q->packed.ring = desc;
    q->packed.end = q->packed.ring + q->size;
    q->packed.walk_end = q->packed.end;
    q->packed.driver_event = driver;
    q->packed.device_event = device;
    q->packed.next_avail.desc = q->packed.ring;
    q->packed.next_avail.flags = VWR_VIRTQ_DESC_F_AVAIL;
    q->packed.next_used.desc = q->packed.ring;
    q->packed.next_used.flags = VWR_PACKED_WRAP_FLAGS;
    q->packed.signalled = q->packed.ring;
    q->packed.free = (int)q->size;
    q->packed.kept_flags = 0;
}

/* A position consists of an index and, in the bit above it, the wrap counter, as in event suppression. */
uint32_t vwr_vpacked_base_(const struct vwr_vqueue *q)
{
    const struct vwr_packed_cursor at = {(uint32_t)(q->packed.next_used.desc - q->packed.ring),
                                         q->packed.next_used.flags};

    return vwr_packed_position(&at);
}

int vwr_vpacked_set_base_(struct vwr_vqueue *q, uint32_t position)
{
    const uint32_t index = position & ~(uint32_t)VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK;

    if (index >= q->size)
        return VWR_ERANGE;
    q->packed.next_avail.desc = q->packed.ring + index;
    q->packed.next_used.desc = q->packed.ring + index;
    q->packed.signalled = q->packed.ring + index;
    if (index == position) { /* the wrap counter is 0 */
        q->packed.next_avail.flags ^= VWR_PACKED_WRAP_FLAGS;
        q->packed.next_used.flags ^= VWR_PACKED_WRAP_FLAGS;
    }
    return VWR_OK;
}

void vwr_vpacked_continue_(const struct vwr_vqueue *q, struct vwr_vchain_walk *w, uint32_t walked)
{
    struct vwr_vpacked_cursor at;

    at.desc = q->packed.next_avail.desc;
    at.flags = q->packed.next_avail.flags;
    (void)vwr_vpacked_advance(q, &at, walked);
    w->desc = at.desc;
    w->available = at.flags;
}

int vwr_vpacked_bad_count_(struct vwr_vqueue *q, const struct vwr_vchain *c)
{
    return vwr_vqueue_bad_(q, VWR_VFAULT_INDEX, c->count, (uint32_t)q->packed.free + c->count);
}

int vwr_vpacked_end_slow_(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t count,
                          const struct vwr_pvirtq_desc *last)
{
    return vwr_vpacked_end(q, c, count, last, c->in != 0 ? VWR_VIRTQ_DESC_F_WRITE : 0);
}

/* ---- a chain that consists only of a table, as built by most drivers ---- */

/*
 * Continues on the slow path, starting at the loaded descriptor. The earlier ones are already in the chain.
 */
static VWR_COLD int vpacked_leave_table(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table,
                                        struct vwr_vchain_walk *w)
{
    int r;

    table->room = table->count;
    w->left = table->count - (uint32_t)w->next;
    w->next++; /* as in vwr_vtable_load */
    if (w->next < table->count)
        w->flags |= VWR_VIRTQ_DESC_F_NEXT;
    r = vwr_vchain_slow_(q, c, table, w->off, VWR_VCHAIN_HALF(w), w->left);
    return r == 1 ? vwr_vpacked_end_slow_(q, c, 1, q->packed.next_avail.desc) : r;
}

/* Like vwr_vchain_walk(). In a table, only the WRITE flag is valid; others are ignored. */
static int vpacked_walk_table(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table)
{
    const struct vwr_pvirtq_desc *row = (const struct vwr_pvirtq_desc *)(const void *)table->host;
    const struct vwr_pvirtq_desc *const end = row + table->count;
    struct vwr_vchain_walk w;
    struct vwr_vchain_walk at; /* a copy of `w`, which itself stays in registers */
    uint32_t out = 0;
    int r;

    vwr_vchain_start(c, &w);
    w.bytes = w.out_bytes;
    do {
        vwr_vpacked_load(q, &w, row);
        w.flags = vwr_vpacked_flags(row);
        if (!vwr_vchain_put(q, &w))
            break;
        if ((w.flags & VWR_VIRTQ_DESC_F_WRITE) == 0) {
            if (w.out_bytes != w.bytes)
                break;
            w.out_bytes += w.len;
            out++;
        }
        w.bytes += w.len;
        w.seg++;
    } while (++row != end);
    w.next = table->count - (size_t)(end - row);
    c->out = (uint16_t)out;
    c->in = (uint16_t)(w.next - out);
    r = vwr_vchain_count(q, c, &w, w.bytes, true, true);
    if (r != 1)
        return r;
    if (__builtin_expect(row == end, 1))
        return vwr_vpacked_end(q, c, 1, q->packed.next_avail.desc, c->in != 0 ? VWR_VIRTQ_DESC_F_WRITE : 0);
    at.off = w.off;
    at.len = w.len;
    at.flags = w.flags & VWR_VIRTQ_DESC_F_WRITE;
    at.next = w.next;
    return vpacked_leave_table(q, c, table, &at);
}

int vwr_vpacked_pop_table_(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t off, uint32_t len,
                           uint32_t flags)
{
    struct vwr_vchain_walk w;
    struct vwr_vtable table;

    vwr_vchain_start(c, &w);
    table.addr = off + q->recent[0].addr;
    table.count = len / (uint32_t)sizeof(struct vwr_pvirtq_desc);
    table.host = NULL;
    if (flags == VWR_VIRTQ_DESC_F_INDIRECT && table.count <= q->size && table.count <= w.left)
        table.host = vqueue_plain_table(q, off, len);
    if (table.host != NULL)
        return vpacked_walk_table(q, c, &table);
    w.off = off;
    w.len = len;
    w.flags = flags;
    w.next = 0;
    (void)vwr_vchain_count(q, c, &w, w.out_bytes, true, true); /* the chain has no bytes yet */
    return vwr_vchain_slow_(q, c, NULL, off, VWR_VCHAIN_HALF(&w), w.left);
}

/* ---- returning buffers to the driver ---- */

void vwr_vpacked_unpop_(struct vwr_vqueue *q, const struct vwr_vchain *c)
{
    struct vwr_vpacked_cursor *const next = &q->packed.next_avail;

    q->avail_idx--;
    q->packed.free += (int)c->count;
    if ((size_t)(next->desc - q->packed.ring) < c->count) {
        next->desc += q->size - c->count;
        next->flags ^= VWR_PACKED_WRAP_FLAGS;
    } else {
        next->desc -= c->count;
    }
}

/* Converts a position to an index, for events. */
static void vpacked_index(const struct vwr_vqueue *q, const struct vwr_pvirtq_desc *desc, uint32_t flags,
                          struct vwr_packed_cursor *to)
{
    to->index = (uint32_t)(desc - q->packed.ring);
    to->flags = flags;
}

/* The event suppression word that requests an event at this descriptor. */
static uint32_t vpacked_event_of(const struct vwr_packed_cursor *at)
{
    return vwr_packed_position(at) | (uint32_t)VWR_RING_EVENT_FLAGS_DESC << VWR_PACKED_EVENT_FLAGS_SHIFT;
}

VWR_ALWAYS_INLINE bool vpacked_publish(struct vwr_vqueue *q)
{
    struct vwr_pvirtq_desc *const first = q->packed.signalled;
    struct vwr_packed_cursor old;
    struct vwr_packed_cursor now;
    uint32_t wanted;

    q->signalled_used = q->used_idx;
    q->packed.signalled = q->packed.next_used.desc;
    vwr_ring_publish16(&first->flags, vwr_cpu_to_le16(q->packed.first_flags));
    vwr_ring_mb(); /* store the flags before loading the driver's event suppression */
    wanted = vwr_packed_load_suppress(q->packed.driver_event);
    vpacked_index(q, first, q->packed.first_flags, &old);
    if (q->event_idx && wanted == vpacked_event_of(&old))
        return true; /* common case: the first descriptor that the driver has not seen */
    vpacked_index(q, q->packed.next_used.desc, q->packed.next_used.flags, &now);
    return vwr_packed_need_event(wanted, q->event_idx, &now, old.index, q->size);
}

bool vwr_vpacked_signal_(struct vwr_vqueue *q)
{
    const uint32_t used = q->used_idx - q->signalled_used;

    if (used == 0)
        return false;
    vwr_count_add(&q->stats.used, used);
    return vqueue_count_signal(q, vpacked_publish(q));
}

bool vwr_vpacked_arm_(struct vwr_vqueue *q)
{
    struct vwr_packed_cursor next;
    uint32_t flags;

    if (q->packed.kept_flags != 0)
        return false;
    q->quiet = q->event_idx;
    vpacked_index(q, q->packed.next_avail.desc, q->packed.next_avail.flags, &next);
    vwr_packed_enable(q->packed.device_event, q->event_idx, &next);
    vwr_ring_mb(); /* store the event suppression before loading the flags; otherwise a buffer could be missed
                    */
    flags = vwr_vpacked_flags(q->packed.next_avail.desc);
    if ((flags & VWR_PACKED_WRAP_FLAGS) != next.flags)
        return true;
    vwr_ring_acquire(); /* as in pop, which does not load them again */
    q->packed.kept_flags = (uint16_t)flags;
    return false;
}

void vwr_vpacked_disarm_(struct vwr_vqueue *q)
{
    vwr_packed_suppress(q->packed.device_event, 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
