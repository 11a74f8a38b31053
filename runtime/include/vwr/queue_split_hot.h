/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_SPLIT_HOT_H
#define VWR_QUEUE_SPLIT_HOT_H

/*
 * Part of queue.h, which includes it: the fast path of a split ring, not in order; the first half is for both
 * layouts of a split ring. The rest is in runtime/driver/queue/vwr_split.c. Contracts are in queue.h.
 */

/* The second half of a split descriptor. */
static inline uint64_t vwr_split_rest(uint32_t len, unsigned flags, unsigned next)
{
    return len | (uint64_t)flags << VWR_SPLIT_FLAGS_SHIFT | (uint64_t)next << VWR_SPLIT_NEXT_SHIFT;
}

static inline void vwr_split_write(struct vwr_virtq_desc *desc, bool legacy, uint64_t addr, uint64_t rest)
{
    vwr_ring_store64(&desc->addr, vwr_guest64(legacy, addr));
    vwr_ring_store64(&desc->len, vwr_cpu_to_split_half(legacy, rest));
}

/* Where segments go: from descriptor `at` on, which is then the one behind them. */
struct vwr_split_run {
    struct vwr_virtq_desc *desc;
    const uint16_t *next; /* the free list; a table goes without one */
    size_t at;
    struct vwr_virtq_desc *tail; /* the last one written */
    const struct vwr_seg *seg;
    uint64_t bytes;
    bool legacy;
};

/* Describes a segment, which the device writes or else reads; false: it is empty. */
VWR_ALWAYS_INLINE bool vwr_split_fill_one(struct vwr_split_run *run, bool in, bool list)
{
    const unsigned flags = VWR_VIRTQ_DESC_F_NEXT | (in ? (unsigned)VWR_VIRTQ_DESC_F_WRITE : 0u);
    const uint64_t len = run->seg->len;
    struct vwr_virtq_desc *const desc = &run->desc[run->at];

    if (len == 0)
        return false;
    run->bytes += in ? len : 0;
    run->at = list ? run->next[run->at] : run->at + 1;
    vwr_ring_store64(&desc->addr, vwr_guest64(run->legacy, run->seg->addr));
    vwr_ring_store32(&desc->len, vwr_guest32(run->legacy, (uint32_t)len));
    vwr_ring_store16(&desc->flags, vwr_guest16(run->legacy, (uint16_t)flags));
    vwr_ring_store16(&desc->next, vwr_guest16(run->legacy, (uint16_t)run->at));
    run->tail = desc;
    run->seg++;
    return true;
}

/* Describes a buffer: bytes that the device may write; VWR_SPLIT_TOO_MANY if a segment is empty. */
#define VWR_SPLIT_TOO_MANY (~(uint64_t)0)
VWR_FAST_INLINE uint64_t vwr_split_fill(struct vwr_split_run *run, const struct vwr_seg *seg, unsigned out,
                                        unsigned count, bool list)
{
    const struct vwr_seg *const write = seg + out;
    const struct vwr_seg *const end = seg + count;

    run->seg = seg;
    run->bytes = 0;
    while (VWR_FAST_PATHS && run->seg != write) /* and else the loop below is for all */
        if (!vwr_split_fill_one(run, false, list))
            return VWR_SPLIT_TOO_MANY;
    if (VWR_FAST_PATHS && write == end) {
        vwr_ring_store16(&run->tail->flags, 0);
        return 0;
    }
    while (run->seg != end)
        if (!vwr_split_fill_one(run, VWR_FAST_PATHS || run->seg >= write, list))
            return VWR_SPLIT_TOO_MANY;
    vwr_ring_store16(&run->tail->flags, vwr_guest16(run->legacy, write == end ? 0 : VWR_VIRTQ_DESC_F_WRITE));
    return run->bytes;
}

/* The buffer goes into the available ring; the device sees it when kick moves the index. */
static inline void vwr_split_make_available(struct vwr_queue *q, const struct vwr_split_ring *ring,
                                            uint32_t head)
{
    const uint32_t at = q->added;
    const uint32_t mask = ring->mask;

    q->added = at + 1;
    vwr_ring_store16(&ring->avail->ring[at & mask], vwr_guest16(vwr_queue_is_legacy(q), (uint16_t)head));
}

/* Has the device asked for a notification of the buffers from `old` to `now`? */
static inline bool vwr_split_need_event(const struct vwr_queue *q, uint32_t now, uint32_t old)
{
    const struct vwr_virtq_used *const used = q->split.ring.used;
    const bool legacy = vwr_queue_is_legacy(q);

    if (vwr_queue_has_event_idx(q)) {
        const vwr_le16 *const event =
            (const vwr_le16 *)(const void *)((const uint8_t *)used +
                                             vwr_virtq_used_avail_event_offset(q->size));

        return vwr_ring_need_event(vwr_guest16(legacy, vwr_ring_load16(event)), (uint16_t)now, (uint16_t)old);
    }
    return !(vwr_guest16(legacy, vwr_ring_load16(&used->flags)) & VWR_VIRTQ_USED_F_NO_NOTIFY);
}

/* Both layouts of a split ring; something was added. True if the device wants to be notified. */
VWR_FAST_INLINE bool vwr_split_kick(struct vwr_queue *q)
{
    const uint32_t old = q->kicked;
    const uint32_t now = q->added;
    bool wanted;

    q->kicked = now;
    /* descriptors, and what was read of used entries and buffers, before the index */
    vwr_ring_publish16(&q->split.ring.avail->idx, vwr_guest16(vwr_queue_is_legacy(q), (uint16_t)now));
    vwr_ring_mb(); /* the index before the device's suppression is read */
    wanted = vwr_split_need_event(q, now, old);
    vwr_trace(VWR_TRACE_KICK, q->doorbell.index, now - old, wanted);
    return wanted;
}

/*
 * used.idx, read once, of a queue of which `kicked` buffers are the device's and `last_used` came back. 1: it
 * has used some of them, up to *used_idx; 0: none; VWR_EBADRING: more than it has.
 */
static inline int vwr_split_load_used_idx(struct vwr_queue *q, const struct vwr_virtq_used *used,
                                          uint32_t last_used, uint32_t kicked, uint32_t *used_idx)
{
    const uint32_t flight = kicked - last_used;
    const uint16_t idx = vwr_guest16(vwr_queue_is_legacy(q), vwr_ring_load16(&used->idx));
    const uint16_t left = (uint16_t)(kicked - idx);

    if (left >= flight) /* none, or more than there are */
        return left == flight ? 0 : vwr_queue_bad(q);
    vwr_queue_count_flight(q, flight);
    vwr_ring_acquire(); /* the index before the entries that it covers */
    *used_idx = kicked - left;
    return 1;
}

/* ---- not in order ---- */

/* A descriptor for each segment, off the free list, which has as many; not for a table. */
VWR_FAST_INLINE int vwr_split_add_segments(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                                           unsigned count, struct vwr_chain *chain)
{
    const uint32_t head = q->split.free_head;
    struct vwr_split_run run;
    uint64_t writable;

    run.desc = q->split.ring.desc;
    run.next = q->split.next;
    run.at = head;
    run.tail = run.desc;
    run.legacy = vwr_queue_is_legacy(q);
    writable = vwr_split_fill(&run, seg, out, count, true);
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    chain->writable = (uint32_t)writable;
    chain->head = (uint16_t)head;
    chain->tail = (uint16_t)(run.tail - run.desc);
    chain->count = (uint16_t)count;
    chain->limit = VWR_CHAIN_ADDED;
    q->slot[head] = chain;
    q->split.free_head = (uint32_t)run.at;
    q->split.num_free -= count;
    vwr_split_make_available(q, &q->split.ring, head);
    return VWR_OK;
}

/* A buffer of some segments, which does not use a table. */
VWR_FAST_INLINE int vwr_split_add_fast(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                                       unsigned count, struct vwr_chain *chain)
{
    int r;

    if (VWR_RARELY(vwr_chain_in_flight(chain) || count - 1 >= q->split.num_free ||
                   vwr_queue_uses_table(q, chain, count)))
        return vwr_queue_add_other(q, seg, out, count, chain);
    r = vwr_split_add_segments(q, seg, out, count, chain);
    if (r == VWR_OK)
        vwr_trace(VWR_TRACE_ADD, q->doorbell.index, chain->head, chain->count);
    return r;
}

/* A buffer that was described for one time has come back, and with it its descriptors. */
static inline void vwr_split_free(struct vwr_queue *q, const struct vwr_chain *chain)
{
    q->split.next[chain->tail] = (uint16_t)q->split.free_head;
    q->split.free_head = chain->head;
    q->split.num_free += chain->count;
}

/* The used ring as if it began with entry `at`: for a CPU the rest of an address is a constant then. */
static inline const struct vwr_virtq_used *vwr_split_used_from(const struct vwr_virtq_used *used, size_t at)
{
    return (const struct vwr_virtq_used *)(const void *)((const uint8_t *)used + at * sizeof(used->ring[0]));
}

/* Not bound, or with more bytes than it can have. False: it was not in flight. */
static inline bool vwr_split_get_other(struct vwr_queue *q, struct vwr_chain **slot, struct vwr_chain *c,
                                       uint32_t written)
{
    if (c->limit != VWR_CHAIN_ADDED)
        return VWR_FAST_PATHS && vwr_queue_came_back(q, c, written);
    slot[c->head] = &q->none;
    c->limit = 0;
    vwr_queue_written(q, c, written);
    vwr_split_free(q, c);
    return true;
}

/* The buffer that a used entry names; NULL: there is no such buffer. */
VWR_FAST_INLINE struct vwr_chain *vwr_split_get_id(struct vwr_queue *q, struct vwr_chain **slot,
                                                   uint32_t mask, uint32_t id, uint32_t written)
{
    struct vwr_chain *c;

    if (VWR_RARELY(id > mask))
        return NULL;
    c = slot[id];
    if (VWR_FAST_PATHS && written < c->limit) {
        c->limit = VWR_CHAIN_IDLE;
        c->written = written;
    } else if (!vwr_split_get_other(q, slot, c, written)) {
        return NULL;
    }
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.index, id, written);
    return c;
}

/* The buffer of the first used entry, each word of it read once; NULL: there is no such buffer. */
VWR_FAST_INLINE struct vwr_chain *vwr_split_get(struct vwr_queue *q, struct vwr_chain **slot,
                                                const struct vwr_virtq_used *used, uint32_t mask)
{
    const bool legacy = vwr_queue_is_legacy(q);
    const uint32_t id = vwr_guest32(legacy, vwr_ring_load32(&used->ring[0].id));
    const uint32_t written = vwr_guest32(legacy, vwr_ring_load32(&used->ring[0].len));

    return vwr_split_get_id(q, slot, mask, id, written);
}

VWR_FAST_INLINE int vwr_split_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    const struct vwr_virtq_used *const used = q->split.ring.used;
    struct vwr_chain **const slot = q->slot;
    const uint32_t mask = q->split.ring.mask;
    const uint32_t last_used = q->last_used;

    if (__builtin_expect(q->split.ring.used_idx == last_used, 1)) {
        const int found = vwr_split_load_used_idx(q, used, last_used, q->kicked, &q->split.ring.used_idx);

        if (found <= 0)
            return found;
    }
    *chain = vwr_split_get(q, slot, vwr_split_used_from(used, last_used & mask), mask);
    if (VWR_RARELY(*chain == NULL))
        return vwr_queue_bad(q);
    q->last_used = last_used + 1;
    return 1;
}

#endif
