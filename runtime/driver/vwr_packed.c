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
    vwr_packed_first_available(&ring->avail);
    vwr_packed_first_available(&ring->kick);
    vwr_packed_first_used(&ring->used);
}

int vwr_packed_fill_table(const struct vwr_seg *seg, unsigned out, unsigned count, struct vwr_chain *chain)
{
    struct vwr_pvirtq_desc *const table = chain->table;
    uint64_t writable = 0;

    for (unsigned i = 0; i < count; i++) {
        const uint32_t len = seg[i].len;

        if (len == 0)
            return VWR_EINVAL;
        writable += i >= out ? len : 0;
        packed_write(&table[i], seg[i].addr, packed_rest(len, 0, i >= out ? VWR_VIRTQ_DESC_F_WRITE : 0));
    }
    chain->writable = (uint32_t)writable;
    return writable >> 32 == 0 ? VWR_OK : VWR_EINVAL;
}

/* After an error: what was written from `first` on is not the device's, and is written anew. */
static VWR_COLD int packed_free(struct vwr_packed_ring *ring, struct vwr_packed_cursor first, uint32_t size)
{
    const uint32_t end = ring->avail.index;

    ring->avail = first;
    while (first.index != end) {
        vwr_ring_store16(&ring->desc[first.index].flags,
                         vwr_cpu_to_le16((uint16_t)(first.flags ^ VWR_PACKED_WRAP_FLAGS)));
        vwr_packed_advance(&first, 1, size);
    }
    return VWR_EINVAL;
}

/* A descriptor for each segment. */
static int packed_put_segments(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                               struct vwr_chain *chain, unsigned id)
{
    const struct vwr_seg *const write = seg + out;
    const struct vwr_seg *const end = seg + count;
    const struct vwr_packed_cursor first = q->packed.ring.avail;
    uint64_t rest = packed_rest(0, id, VWR_VIRTQ_DESC_F_NEXT);
    uint64_t writable = 0;

    do {
        if (seg == write) {
            rest |= packed_rest(0, 0, VWR_VIRTQ_DESC_F_WRITE);
            writable = 0; /* what came before is read */
        }
        if (seg + 1 == end)
            rest ^= packed_rest(0, 0, VWR_VIRTQ_DESC_F_NEXT);
        if (seg->len == 0)
            break;
        writable += seg->len;
        packed_put(&q->packed.ring, q->size, seg->addr, rest | seg->len);
    } while (++seg != end);
    if (write == end)
        writable = 0;
    if (seg != end || writable >> 32 != 0)
        return packed_free(&q->packed.ring, first, q->size);
    chain->writable = (uint32_t)writable;
    return VWR_OK;
}

int vwr_packed_describe(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                        struct vwr_chain *chain, unsigned id)
{
    const bool table = queue_uses_table(q, chain, count);
    int r;

    if ((table ? 1 : count) > q->num_free)
        return queue_full(q);
    r = table ? vwr_packed_fill_table(seg, out, count, chain)
              : packed_put_segments(q, seg, out, count, chain, id);
    if (r != VWR_OK)
        return r;
    if (table) {
        packed_put(&q->packed.ring, q->size, chain->table_addr, packed_table_rest(count) | packed_rest(0, id, 0));
        count = 1;
    }
    packed_added(q, chain, id, count);
    return VWR_OK;
}

/* For arm: where the buffer begins that comes back as the count-th is known only if all are as long. */
static inline void packed_measure(struct vwr_queue *q, uint32_t count)
{
    if (count < q->packed.shortest || vwr_queue_in_flight(q) == 0)
        q->packed.shortest = count;
}

int vwr_packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain)
{
    const uint32_t id = q->packed.free_id;
    int r;

    if (id == q->size) /* ids may be bound */
        return queue_full(q);
    packed_measure(q, queue_uses_table(q, chain, count) ? 1 : count);
    r = vwr_packed_describe(q, seg, out, count, chain, id);
    if (r != VWR_OK)
        return r;
    chain->bound = false;
    q->packed.free_id = queue_next(q)[id];
    return VWR_OK;
}

int vwr_packed_bind(struct vwr_queue *q, struct vwr_chain *chain)
{
    const uint32_t id = q->packed.free_id;

    if (id == q->size)
        return queue_full(q);
    chain->head = id;
    chain->rest |= packed_rest(0, id, 0);
    q->packed.free_id = queue_next(q)[id];
    return VWR_OK;
}

static void packed_free_id(struct vwr_queue *q, uint32_t id)
{
    queue_next(q)[id] = (uint16_t)q->packed.free_id;
    q->packed.free_id = id;
}

void vwr_packed_unbind(struct vwr_queue *q, const struct vwr_chain *chain)
{
    packed_free_id(q, chain->head);
}

int vwr_packed_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    if (chain->data == NULL) {
        packed_measure(q, chain->segs);
        return vwr_packed_describe(q, chain->seg, queue_set_segment(chain, addr, len, in), chain->segs, chain,
                                   chain->head);
    }
    if (q->num_free == 0)
        return queue_full(q);
    q->packed.shortest = 1;
    packed_set_data(chain, addr, len, in);
    packed_put(&q->packed.ring, q->size, chain->table_addr, chain->rest);
    packed_added(q, chain, chain->head, 1);
    return VWR_OK;
}

/* Both layouts of a packed ring. */
bool vwr_packed_kick(struct vwr_queue *q)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;
    const uint32_t from = ring->kick.index;
    const uint32_t buffers = q->added - q->kicked;
    bool wanted;

    q->kicked = q->added;
    vwr_queue_count_flight(q);
    /* all that was written, or read of what the device may now write, before the flags */
    vwr_ring_publish16(&ring->desc[from].flags, vwr_cpu_to_le16((uint16_t)ring->kick.flags));
    vwr_ring_mb(); /* the flags before the device's suppression is read */
    ring->kick.index = ring->avail.index;
    wanted = vwr_packed_need_event(packed_device_event(q), vwr_queue_has_event_idx(q), &ring->avail, from, q->size);
    vwr_trace(VWR_TRACE_KICK, q->doorbell.value, buffers, wanted);
    (void)buffers;
    return vwr_queue_notify(q, wanted, vwr_packed_position(&ring->avail));
}

int vwr_packed_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;
    unsigned n;

    for (n = 0; n < most; n++) {
        struct vwr_chain *c;
        uint32_t written;
        uint32_t id;

        if (packed_read_used(ring, &id, &written) == 0)
            break;
        if (q->last_used == q->kicked || id >= q->size || (c = q->slot[id]) == NULL) {
            const int r = vwr_queue_bad(q);

            return n != 0 ? (int)n : r; /* what came before it is good */
        }
        q->slot[id] = NULL;
        q->last_used++;
        q->num_free += c->count;
        vwr_queue_written(q, c, written);
        if (!c->bound)
            packed_free_id(q, id);
        vwr_packed_advance(&ring->used, c->count, q->size);
        vwr_trace(VWR_TRACE_TAKE, q->doorbell.value, id, c->written);
        chains[n] = c;
    }
    return (int)n;
}

/* Both layouts: `span` descriptors before the one whose use is to interrupt. */
bool vwr_packed_arm_at(struct vwr_queue *q, uint32_t span)
{
    const struct vwr_packed_ring *const ring = &q->packed.ring;
    struct vwr_packed_cursor event = ring->used;

    if (vwr_queue_has_event_idx(q)) {
        vwr_packed_advance(&event, span, q->size);
        vwr_packed_suppress(packed_driver_event(q), vwr_packed_position(&event), VWR_RING_EVENT_FLAGS_DESC);
    } else {
        vwr_packed_suppress(packed_driver_event(q), 0, VWR_RING_EVENT_FLAGS_ENABLE);
    }
    vwr_ring_mb(); /* the suppression before the flags, or the last buffer comes between them unseen */
    return (packed_load_flags(&ring->desc[ring->used.index]) & VWR_PACKED_WRAP_FLAGS) != ring->used.flags;
}

/* Too early does no harm; too late, and who waits may be waited for. */
bool vwr_packed_arm(struct vwr_queue *q, uint16_t count)
{
    return vwr_packed_arm_at(q, (count - 1u) * q->packed.shortest);
}

void vwr_packed_disarm(struct vwr_queue *q)
{
    vwr_packed_suppress(packed_driver_event(q), 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
