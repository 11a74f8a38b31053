/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The packed ring, driver side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * Descriptors are used one after the other; the flags AVAIL and USED of each say whose it is, and mean the
 * opposite each time that the ring has wrapped. All flags but those of the first descriptor since
 * the last kick are written at once: the device cannot come past that one. Buffers are told apart by
 * ids, of which the free ones are a list.
 */

void vwr_packed_prepare(struct vwr_queue *q, void *memory)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;

    ring->desc = memory;
    ring->flags = vwr_packed_rest(0, 0, VWR_VIRTQ_DESC_F_AVAIL);
    vwr_packed_first_used(&ring->used);
    q->packed.num_free = q->size;
    q->packed.shortest = 1;
}

void vwr_packed_fill_table(const struct vwr_seg *seg, unsigned out, unsigned count,
                           const struct vwr_chain *chain)
{
    struct vwr_pvirtq_desc *const table = chain->table;

    for (unsigned i = 0; i < count; i++)
        vwr_packed_write(&table[i], seg[i].addr,
                         vwr_packed_rest(seg[i].len, 0, i >= out ? VWR_VIRTQ_DESC_F_WRITE : 0));
}

/* The flags of the first descriptor since the last kick are not there yet. */
int vwr_packed_undo(struct vwr_queue *q, uint32_t at, uint64_t flags, unsigned count)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;
    uint64_t wrong = flags ^ vwr_packed_rest(0, 0, VWR_PACKED_WRAP_FLAGS);

    ring->next = at;
    for (; count > 0; count--) {
        vwr_ring_store16(&ring->desc[at].flags, vwr_cpu_to_le16((uint16_t)(wrong >> VWR_PACKED_FLAGS_SHIFT)));
        at = vwr_packed_next(at, q->size, &wrong, &ring->flags);
    }
    ring->flags = flags;
    return VWR_EINVAL;
}

/* A descriptor for each segment, with `rest` too. */
static void packed_fill_ring(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                             uint64_t rest)
{
    const uint32_t added = q->added + 1;

    for (unsigned i = 0; i < count; i++) {
        const unsigned flags =
            (i >= out ? VWR_VIRTQ_DESC_F_WRITE : 0u) | (i + 1 < count ? VWR_VIRTQ_DESC_F_NEXT : 0u);

        vwr_packed_write_addr(&q->packed.ring, q->packed.ring.next, seg[i].addr);
        vwr_packed_put(q, rest | vwr_packed_rest(seg[i].len, 0, flags));
    }
    q->added = added;
}

int vwr_packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain)
{
    const struct vwr_seg table = {chain->table_addr, (uint32_t)VWR_TABLE_BYTES(count)};
    const bool uses_table = vwr_queue_uses_table(q, chain, count);
    const bool in_order = vwr_queue_is_in_order(q);
    const uint32_t id = in_order ? q->packed.ring.next : q->packed.free_id;
    uint64_t rest = vwr_packed_rest(0, id, 0);
    uint64_t writable;

    if ((uses_table ? 1 : count) > q->packed.num_free) /* and with a descriptor there is an id */
        return queue_full(q);
    writable = queue_writable(seg, out, count);
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    if (uses_table) {
        vwr_packed_fill_table(seg, out, count, chain);
        seg = &table;
        out = 1;
        count = 1;
        rest |= vwr_packed_rest(0, 0, VWR_VIRTQ_DESC_F_INDIRECT);
    }
    vwr_packed_measure(q, count);
    packed_fill_ring(q, seg, out, count, rest);
    chain->writable = (uint32_t)writable;
    chain->count = (uint16_t)count;
    chain->head = (uint16_t)id;
    chain->limit = VWR_CHAIN_ADDED;
    q->slot[id] = chain;
    q->packed.num_free -= count;
    if (!in_order)
        q->packed.free_id = vwr_queue_next(q)[id];
    return VWR_OK;
}

int vwr_packed_bind(struct vwr_queue *q, struct vwr_chain *chain)
{
    const uint32_t id = q->packed.free_id;

    if (q->packed.num_free == 0)
        return queue_full(q);
    chain->head = (uint16_t)id;
    q->slot[id] = chain;
    chain->limit = VWR_CHAIN_IDLE;
    chain->writable++; /* and so `fixed` is one more */
    chain->rest |= vwr_packed_rest(0, id, 0);
    q->packed.shortest = 0; /* post need not measure */
    q->packed.free_id = vwr_queue_next(q)[id];
    q->packed.num_free--;
    return VWR_OK;
}

int vwr_packed_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    const struct vwr_pvirtq_desc *const ring = q->packed.ring.desc;
    struct vwr_packed_cursor used = q->packed.ring.used;
    struct vwr_chain **const slot = q->slot;
    const uint32_t flight = q->kicked - q->last_used;
    struct vwr_chain **const end = chains + (most < flight ? most : flight);
    struct vwr_chain **to = chains;
    const uint32_t size = q->size;
    unsigned n;
    int r = 1;

    while (to != end && (r = vwr_packed_get(q, ring, size, slot, &used, to)) > 0)
        to++;
    n = (unsigned)(to - chains);
    if (VWR_RARELY(n != most) && n == flight)
        r = vwr_packed_get_none(q, &used);
    q->packed.ring.used = used;
    q->last_used += n;
    if (VWR_RARELY(r < 0)) { /* what came before it is good; the next call says that the queue is stopped */
        vwr_queue_stop(q, VWR_EBADRING);
        return n != 0 ? (int)n : VWR_EBADRING;
    }
    return (int)n;
}

/*
 * Where the buffer begins that comes back as the count-th is known only if all are as long. Too early does no
 * harm; too late, and who waits may be waited for.
 */
bool vwr_packed_arm(struct vwr_queue *q, uint32_t count)
{
    const struct vwr_packed_ring *const ring = &q->packed.ring;
    struct vwr_packed_cursor event = ring->used;

    if (vwr_queue_is_in_order(q) && q->packed_in_order.used_idx != q->last_used)
        return false;
    vwr_packed_advance(&event, (count - 1u) * (q->packed.shortest != 0 ? q->packed.shortest : 1), q->size);
    vwr_packed_enable(vwr_packed_driver_event(q), vwr_queue_has_event_idx(q), &event);
    vwr_ring_mb(); /* the suppression before the flags, or the last buffer comes between them unseen */
    return !vwr_packed_is_used(ring, &ring->used);
}

void vwr_packed_disarm(struct vwr_queue *q)
{
    vwr_packed_suppress(vwr_packed_driver_event(q), 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
