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
    ring->flags = packed_rest(0, 0, VWR_VIRTQ_DESC_F_AVAIL);
    vwr_packed_first_used(&ring->used);
    if (q->layout == VWR_LAYOUT_PACKED)
        q->packed.shortest = 1;
}

uint64_t vwr_packed_fill_table(const struct vwr_seg *seg, unsigned out, unsigned count,
                               const struct vwr_chain *chain)
{
    struct vwr_pvirtq_desc *const table = chain->table;
    uint64_t writable = 0;

    for (unsigned i = 0; i < count; i++) {
        const uint32_t len = seg[i].len;

        if (len == 0)
            return VWR_SPLIT_TOO_MANY;
        writable += i >= out ? len : 0;
        packed_write_table(&table[i], seg[i].addr,
                           packed_rest(len, 0, i >= out ? VWR_VIRTQ_DESC_F_WRITE : 0));
    }
    return writable;
}

/*
 * After an error: the `count` descriptors from `next` on are not available when the device comes to them. The
 * flags of the first since the last kick are not there yet.
 */
static VWR_COLD int packed_undo(struct vwr_queue *q, uint32_t at, uint64_t flags, unsigned count)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;

    ring->next = at;
    ring->flags = flags;
    for (; count > 0; count--) {
        const unsigned wrong = (unsigned)(flags >> VWR_PACKED_FLAGS_SHIFT) ^ VWR_PACKED_WRAP_FLAGS;

        vwr_ring_store16(&ring->desc[at].flags, vwr_cpu_to_le16((uint16_t)wrong));
        if (++at == q->size) {
            at = 0;
            flags ^= packed_rest(0, 0, VWR_PACKED_WRAP_FLAGS);
        }
    }
    return VWR_EINVAL;
}

/* A descriptor for each segment: bytes that the device may write; VWR_SPLIT_TOO_MANY if a segment is empty.
 */
static inline uint64_t packed_fill(struct vwr_packed_ring *ring, const struct vwr_seg *seg, unsigned out,
                                   unsigned count, uint64_t rest, uint32_t size)
{
    const struct vwr_seg *const write = seg + out;
    const struct vwr_seg *const last = seg + count - 1;
    uint64_t writable = 0;
    uint32_t at = ring->next;
    uint32_t len;

    for (;; seg++) {
        len = seg->len;
        if (seg == write) {
            rest |= packed_rest(0, 0, VWR_VIRTQ_DESC_F_WRITE);
            writable = 0; /* what came before is read */
        }
        if (len == 0)
            return VWR_SPLIT_TOO_MANY;
        writable += len;
        if (seg == last)
            break;
        packed_write(ring, at, seg->addr, rest | len);
        if (++at == size) {
            at = 0;
            rest ^= packed_rest(0, 0, VWR_PACKED_WRAP_FLAGS);
        }
    }
    packed_write(ring, at, seg->addr, (rest ^ packed_rest(0, 0, VWR_VIRTQ_DESC_F_NEXT)) | len);
    if (++at == size) {
        at = 0;
        rest ^= packed_rest(0, 0, VWR_PACKED_WRAP_FLAGS);
    }
    ring->next = at;
    ring->flags = rest & packed_rest(0, 0, VWR_PACKED_WRAP_FLAGS);
    return write > last ? 0 : writable;
}

VWR_FAST_INLINE int packed_describe(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                                    unsigned count, struct vwr_chain *chain, uint32_t id)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;
    const uint32_t first = ring->next;
    const uint64_t flags = ring->flags;
    uint64_t writable;

    if (vwr_queue_uses_table(q, chain, count)) {
        if (q->num_free == 0)
            return queue_full(q);
        writable = vwr_packed_fill_table(seg, out, count, chain);
        if (writable >> 32 != 0)
            return VWR_EINVAL;
        packed_put(q, ring, chain->table_addr, packed_table_rest(count) | packed_rest(0, id, 0));
        count = 1;
    } else {
        if (count > q->num_free)
            return queue_full(q);
        writable =
            packed_fill(ring, seg, out, count, flags | packed_rest(0, id, VWR_VIRTQ_DESC_F_NEXT), q->size);
        if (writable >> 32 != 0)
            return packed_undo(q, first, flags, count);
        q->num_free -= count;
        q->added++;
    }
    chain->writable = (uint32_t)writable;
    chain->count = (uint16_t)count;
    chain->head = (uint16_t)id;
    q->slot[id] = chain;
    return VWR_OK;
}

int vwr_packed_describe(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                        struct vwr_chain *chain, uint32_t id)
{
    return packed_describe(q, seg, out, count, chain, id);
}

/* For arm: where the buffer begins that comes back as the count-th is known only if all are as long. */
static inline void packed_measure(struct vwr_queue *q, uint32_t count)
{
    if (count < q->packed.shortest || (vwr_queue_in_flight(q) == 0 && q->packed.shortest != 0))
        q->packed.shortest = count;
}

int vwr_packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain)
{
    const uint32_t id = q->packed.free_id;
    int r;

    if (id == q->size) /* ids may be bound */
        return queue_full(q);
    packed_measure(q, vwr_queue_uses_table(q, chain, count) ? 1 : count);
    r = packed_describe(q, seg, out, count, chain, id);
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
    chain->head = (uint16_t)id;
    chain->rest |= packed_rest(0, id, 0);
    if (chain->data != NULL)
        q->packed.shortest = 0; /* post need not measure */
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

int vwr_packed_post(struct vwr_queue *q, struct vwr_chain *chain, unsigned out)
{
    packed_measure(q, chain->segs);
    return vwr_packed_describe(q, chain->seg, out, chain->segs, chain, chain->head);
}

/* Both layouts of a packed ring. */
bool vwr_packed_kick(struct vwr_queue *q)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;
    struct vwr_pvirtq_desc *const desc = &ring->desc[ring->first];
    const uint32_t buffers = q->added - q->kicked;
    struct vwr_packed_cursor now;
    bool wanted;

    q->kicked = q->added;
    vwr_queue_count_flight(q, q->added - q->last_used);
    vwr_ring_store32(&desc->len, vwr_cpu_to_le32((uint32_t)ring->held));
    vwr_ring_store16(&desc->id, vwr_cpu_to_le16((uint16_t)(ring->held >> VWR_PACKED_ID_SHIFT)));
    /* all that was written, or read of what the device may now write, before the flags */
    vwr_ring_publish16(&desc->flags, vwr_cpu_to_le16((uint16_t)(ring->held >> VWR_PACKED_FLAGS_SHIFT)));
    vwr_ring_mb(); /* the flags before the device's suppression is read */
    now.index = ring->next;
    now.flags = (uint32_t)(ring->flags >> VWR_PACKED_FLAGS_SHIFT);
    wanted =
        vwr_packed_need_event(packed_device_event(q), vwr_queue_has_event_idx(q), &now, ring->first, q->size);
    ring->first = now.index;
    vwr_trace(VWR_TRACE_KICK, q->doorbell.value, buffers, wanted);
    (void)buffers;
    return vwr_queue_notify(q, wanted, vwr_packed_position(&now));
}

/* Of `n` descriptors from `from` up to `to`, how many: none only if n is 0. */
static inline uint32_t packed_span(uint32_t from, uint32_t to, uint32_t size, unsigned n)
{
    return to > from || n == 0 ? to - from : to - from + size;
}

/* The copies of what does not change spare the compiler to read it anew for each. */
int vwr_packed_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    const struct vwr_pvirtq_desc *const ring = q->packed.ring.desc;
    const uint32_t flight = q->kicked - q->last_used;
    struct vwr_packed_cursor used = q->packed.ring.used;
    struct vwr_chain **const slot = q->slot;
    const uint32_t size = q->size;
    const unsigned end = most < flight ? most : flight;
    bool bad = false;
    unsigned n = 0;

    while (n < end) {
        struct vwr_chain *c;
        uint32_t written;
        uint32_t id;

        if (!packed_read_used(&ring[used.index], used.flags, &id, &written))
            break;
        bad = id >= size || (c = slot[id]) == NULL;
        if (VWR_RARELY(bad))
            break;
        slot[id] = NULL;
        vwr_queue_written(q, c, written);
        if (!c->bound)
            packed_free_id(q, id);
        vwr_packed_advance(&used, c->count, size);
        vwr_trace(VWR_TRACE_TAKE, q->doorbell.value, id, c->written);
        chains[n++] = c;
    }
    if (n == flight && n < most) /* more than there are */
        bad = packed_is_used(&ring[used.index], used.flags);
    q->num_free += packed_span(q->packed.ring.used.index, used.index, size, n);
    q->packed.ring.used = used;
    q->last_used += n;
    if (VWR_RARELY(bad)) /* what came before it is good */
        vwr_queue_stop(q, VWR_EBADRING);
    return bad && n == 0 ? VWR_EBADRING : (int)n;
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
    return !packed_is_used(&ring->desc[ring->used.index], ring->used.flags);
}

/* Too early does no harm; too late, and who waits may be waited for. */
bool vwr_packed_arm(struct vwr_queue *q, uint16_t count)
{
    return vwr_packed_arm_at(q, (count - 1u) * (q->packed.shortest != 0 ? q->packed.shortest : 1));
}

void vwr_packed_disarm(struct vwr_queue *q)
{
    vwr_packed_suppress(packed_driver_event(q), 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
