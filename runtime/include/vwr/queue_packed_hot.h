/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_PACKED_HOT_H
#define VWR_QUEUE_PACKED_HOT_H

/*
 * Part of queue.h, which includes it: the fast path of a packed ring, not in order; what both layouts of a
 * packed ring have in common comes first. The rest is in runtime/driver/queue/vwr_packed.c. Contracts are in
 * queue.h.
 */

/* The second half of a packed descriptor. */
static inline uint64_t vwr_packed_rest(uint32_t len, unsigned id, unsigned flags)
{
    return len | (uint64_t)id << VWR_PACKED_ID_SHIFT | (uint64_t)flags << VWR_PACKED_FLAGS_SHIFT;
}

static inline void vwr_packed_write(struct vwr_pvirtq_desc *desc, uint64_t addr, uint64_t rest)
{
    vwr_ring_store64(&desc->addr, vwr_cpu_to_le64(addr));
    vwr_ring_store64(&desc->len, vwr_cpu_to_le64(rest));
}

/* Of the first descriptor since the last kick this is left to the kick: the device does not come past it. */
static inline void vwr_packed_write_rest(struct vwr_packed_ring *ring, uint32_t at, uint64_t rest)
{
    if (VWR_RARELY(at == ring->first))
        ring->held = rest;
    else
        vwr_ring_store64(&ring->desc[at].len, vwr_cpu_to_le64(rest));
}

static inline void vwr_packed_write_addr(struct vwr_packed_ring *ring, uint32_t at, uint64_t addr)
{
    vwr_ring_store64(&ring->desc[at].addr, vwr_cpu_to_le64(addr));
}

/* The next descriptor to be used; `rest`, of a second half, and `flags` are as they are there. */
static inline uint32_t vwr_packed_next(uint32_t at, uint32_t size, uint64_t *rest, uint64_t *flags)
{
    if (VWR_RARELY(++at == size)) {
        *rest ^= vwr_packed_rest(0, 0, VWR_PACKED_WRAP_FLAGS);
        *flags ^= vwr_packed_rest(0, 0, VWR_PACKED_WRAP_FLAGS);
        return 0;
    }
    return at;
}

/* A buffer of one descriptor, the next one; all of it but the address. */
static inline void vwr_packed_put(struct vwr_queue *q, uint64_t rest)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;
    const uint64_t flags = ring->flags;
    uint32_t at = ring->next;

    vwr_packed_write_rest(ring, at, rest | flags);
    if (VWR_RARELY(++at == q->size)) {
        at = 0;
        ring->flags = flags ^ vwr_packed_rest(0, 0, VWR_PACKED_WRAP_FLAGS);
    }
    ring->next = at;
    q->added++;
}

/* Event suppression lies behind the descriptors: the driver's, and the device's. */
static inline struct vwr_pvirtq_event_suppress *vwr_packed_driver_event(const struct vwr_queue *q)
{
    return (struct vwr_pvirtq_event_suppress *)(void *)(q->packed.ring.desc + q->size);
}

/* Both layouts of a packed ring; something was added. True if the device wants to be notified. */
VWR_FAST_INLINE bool vwr_packed_kick(struct vwr_queue *q)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;
    const uint32_t from = ring->first;
    struct vwr_pvirtq_desc *const desc = &ring->desc[from];
    const uint64_t rest = ring->held;
    const uint32_t buffers = q->added - q->kicked;
    const struct vwr_pvirtq_event_suppress *const device_event = vwr_packed_driver_event(q) + 1;
    struct vwr_packed_cursor now;
    uint32_t suppress;
    bool wanted;

    q->kicked = q->added;
    vwr_queue_count_flight(q, q->added - q->last_used);
    vwr_ring_store32(&desc->len, vwr_cpu_to_le32((uint32_t)rest));
    vwr_ring_store16(&desc->id, vwr_cpu_to_le16((uint16_t)(rest >> VWR_PACKED_ID_SHIFT)));
    now.index = ring->next;
    now.flags = (uint32_t)(ring->flags >> VWR_PACKED_FLAGS_SHIFT);
    ring->first = now.index;
    /* all that was written, or read of what the device may now write, before the flags */
    vwr_ring_publish16(&desc->flags, vwr_cpu_to_le16((uint16_t)(rest >> VWR_PACKED_FLAGS_SHIFT)));
    vwr_ring_mb(); /* the flags before the device's suppression is read */
    suppress = vwr_packed_load_suppress(device_event);
    wanted = vwr_packed_need_event(suppress, vwr_queue_has_event_idx(q), &now, from, q->size);
    vwr_trace(VWR_TRACE_KICK, q->doorbell.index, buffers, wanted);
    (void)buffers;
    return wanted;
}

static inline unsigned vwr_packed_flags(const struct vwr_pvirtq_desc *desc)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&desc->flags));
}

static inline bool vwr_packed_is_used(const struct vwr_packed_ring *ring,
                                      const struct vwr_packed_cursor *used)
{
    return (vwr_packed_flags(&ring->desc[used->index]) & VWR_PACKED_WRAP_FLAGS) == used->flags;
}

/*
 * If `desc` is used, with the AVAIL and USED flags that say so: its id and bytes written, each word read
 * once. The specification says that the length means nothing without WRITE; a known device does not set it,
 * and its length is right (quirk packed-ring.used-without-write). It is believed as far as the buffer has
 * room, like any other.
 */
static inline bool vwr_packed_read_used(const struct vwr_pvirtq_desc *desc, uint32_t used_flags, size_t *id,
                                        uint32_t *written)
{
    if ((vwr_packed_flags(desc) & VWR_PACKED_WRAP_FLAGS) != used_flags)
        return false;
    vwr_ring_acquire(); /* the flags before the rest of what the device has written */
    *id = vwr_le16_to_cpu(vwr_ring_load16(&desc->id));
    *written = vwr_le32_to_cpu(vwr_ring_load32(&desc->len));
    return true;
}

/* ---- not in order ---- */

/* Where segments go: to descriptor `at`, which is then the one behind them. */
struct vwr_packed_run {
    struct vwr_packed_ring *ring;
    uint32_t size;
    uint32_t at;
    uint32_t last; /* the last one written, and its second half */
    uint64_t half;
    uint64_t rest; /* of a second half, all but the length */
    uint64_t bytes;
};

/* Describes segments up to `end`; false: one is empty. */
VWR_ALWAYS_INLINE bool vwr_packed_fill_some(struct vwr_packed_run *run, const struct vwr_seg *seg,
                                            const struct vwr_seg *end)
{
    for (; seg != end; seg++) {
        const uint64_t len = seg->len;

        if (len == 0)
            return false;
        run->bytes += len;
        run->last = run->at;
        run->half = run->rest | len;
        vwr_packed_write_addr(run->ring, run->at, seg->addr);
        vwr_packed_write_rest(run->ring, run->at, run->half);
        run->at = vwr_packed_next(run->at, run->size, &run->rest, &run->ring->flags);
    }
    return true;
}

/*
 * A descriptor for each segment, from `next` on, with `rest` besides length and flags: bytes that the device
 * may write; VWR_SPLIT_TOO_MANY if a segment is empty.
 */
VWR_FAST_INLINE uint64_t vwr_packed_fill(struct vwr_packed_ring *ring, const struct vwr_seg *seg,
                                         unsigned out, unsigned count, uint64_t rest, uint32_t size)
{
    struct vwr_packed_run run;

    run.ring = ring;
    run.size = size;
    run.at = ring->next;
    run.last = 0;
    run.half = 0;
    run.rest = rest | ring->flags | vwr_packed_rest(0, 0, VWR_VIRTQ_DESC_F_NEXT);
    run.bytes = 0;
    if (!vwr_packed_fill_some(&run, seg, seg + out))
        return VWR_SPLIT_TOO_MANY;
    run.rest |= vwr_packed_rest(0, 0, VWR_VIRTQ_DESC_F_WRITE);
    run.bytes = 0; /* what came before is read */
    if (!vwr_packed_fill_some(&run, seg + out, seg + count))
        return VWR_SPLIT_TOO_MANY;
    vwr_packed_write_rest(ring, run.last, run.half ^ vwr_packed_rest(0, 0, VWR_VIRTQ_DESC_F_NEXT));
    ring->next = run.at;
    return run.bytes;
}

/* For arm: where the buffer begins that comes back as the count-th is known only if all are as long. */
static inline void vwr_packed_measure(struct vwr_queue *q, uint32_t count)
{
    if (count != q->packed.shortest &&
        (count < q->packed.shortest || (vwr_queue_in_flight(q) == 0 && q->packed.shortest != 0)))
        q->packed.shortest = count;
}

/* A descriptor for each segment, which are free; not for a table. */
VWR_FAST_INLINE int vwr_packed_add_segments(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                                            unsigned count, struct vwr_chain *chain)
{
    struct vwr_packed_ring *const ring = &q->packed.ring;
    const uint32_t first = ring->next;
    const uint64_t flags = ring->flags;
    const uint32_t id = q->packed.free_id;
    const uint64_t writable = vwr_packed_fill(ring, seg, out, count, vwr_packed_rest(0, id, 0), q->size);

    if (writable >> 32 != 0)
        return vwr_packed_undo(q, first, flags, count);
    vwr_packed_measure(q, count);
    chain->writable = (uint32_t)writable;
    chain->count = (uint16_t)count;
    chain->head = (uint16_t)id;
    chain->limit = VWR_CHAIN_ADDED;
    q->slot[id] = chain;
    q->packed.free_id = vwr_queue_next(q)[id];
    q->packed.num_free -= count;
    q->added++;
    return VWR_OK;
}

/* A buffer of some segments, which does not use a table. */
VWR_FAST_INLINE int vwr_packed_add_fast(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                                        unsigned count, struct vwr_chain *chain)
{
    int r;

    if (vwr_chain_in_flight(chain) || count - 1 >= q->packed.num_free ||
        vwr_queue_uses_table(q, chain, count))
        return vwr_queue_add_other(q, seg, out, count, chain);
    r = vwr_packed_add_segments(q, seg, out, count, chain);
    if (r == VWR_OK)
        vwr_trace(VWR_TRACE_ADD, q->doorbell.index, chain->head, count);
    return r;
}

/* A buffer that is not bound has come back, and with it its id; `next` is vwr_queue_next(q). */
static inline void vwr_packed_free(struct vwr_queue *q, uint16_t *next, const struct vwr_chain *chain)
{
    const uint32_t id = chain->head;

    next[id] = (uint16_t)q->packed.free_id;
    q->packed.free_id = id;
    q->packed.num_free += chain->count;
}

/*
 * The buffer that a used descriptor at `used` names: 1, and `used` is behind it; VWR_EBADRING: there is no
 * such buffer. The copies of what does not change spare the compiler to load it anew for each.
 */
VWR_FAST_INLINE int vwr_packed_get_id(struct vwr_queue *q, uint32_t size, struct vwr_chain **slot,
                                      struct vwr_packed_cursor *used, size_t id, uint32_t written,
                                      struct vwr_chain **chain)
{
    struct vwr_chain *c;

    if (VWR_RARELY((uint32_t)id >= size))
        return VWR_EBADRING;
    c = slot[id];
    if (VWR_FAST_PATHS && written < c->limit) {
        c->limit = VWR_CHAIN_IDLE;
        c->written = written;
        vwr_packed_advance(used, 1, size);
    } else if (c->limit == VWR_CHAIN_ADDED) {
        slot[c->head] = &q->none;
        c->limit = 0;
        vwr_queue_written(q, c, written);
        vwr_packed_free(q, vwr_slot_next(slot, size), c);
        vwr_packed_advance(used, c->count, size);
    } else {
        if (!VWR_FAST_PATHS || VWR_RARELY(!vwr_queue_came_back(q, c, written)))
            return VWR_EBADRING;
        vwr_packed_advance(used, 1, size);
    }
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.index, id, c->written);
    *chain = c;
    return 1;
}

/* The buffer whose used descriptor is at `used`: as vwr_packed_get_id; 0: it is not used yet. */
VWR_FAST_INLINE int vwr_packed_get(struct vwr_queue *q, const struct vwr_pvirtq_desc *ring, uint32_t size,
                                   struct vwr_chain **slot, struct vwr_packed_cursor *used,
                                   struct vwr_chain **chain)
{
    uint32_t written;
    size_t id;

    if (!vwr_packed_read_used(&ring[used->index], used->flags, &id, &written))
        return 0;
    return vwr_packed_get_id(q, size, slot, used, id, written, chain);
}

/* Nothing is in flight, or no more than came back just now: is there a used descriptor nevertheless? */
static inline int vwr_packed_get_none(const struct vwr_queue *q, const struct vwr_packed_cursor *used)
{
    return vwr_packed_is_used(&q->packed.ring, used) ? VWR_EBADRING : 0;
}

VWR_FAST_INLINE int vwr_packed_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    struct vwr_packed_cursor used = q->packed.ring.used;
    int r;

    /* no descriptor is in flight, or all are */
    if (VWR_RARELY(used.index == q->packed.ring.first) && q->kicked == q->last_used)
        r = vwr_packed_get_none(q, &used);
    else
        r = vwr_packed_get(q, q->packed.ring.desc, q->size, q->slot, &used, chain);
    if (VWR_RARELY(r < 0))
        return vwr_queue_bad(q);
    if (r != 0) {
        q->packed.ring.used = used;
        q->last_used++;
    }
    return r;
}

#endif
