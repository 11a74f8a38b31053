/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_HOT_H
#define VWR_QUEUE_HOT_H

/*
 * Part of queue.h, which includes it: the fast path, in a header so that the compiler sees through
 * it. It is that of a split ring: posting a bound chain, kicking, reaping. What the other layouts do
 * is in runtime/driver/vwr_LAYOUT.c. Contracts are in queue.h.
 */

/* Whatever the fast path is not for: out of the way of what it keeps in registers. */
#if defined(__has_builtin)
#if __has_builtin(__builtin_expect_with_probability)
#define VWR_RARELY(condition) __builtin_expect_with_probability((condition), 0, 0.999)
#endif
#endif
#ifndef VWR_RARELY
#define VWR_RARELY(condition) __builtin_expect((condition), 0)
#endif

/* Any layout. */
int vwr_queue_add_other(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                        struct vwr_chain *chain);

/* The layouts but split. */
int vwr_queue_post_other(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);
int vwr_queue_reap_other(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);
bool vwr_packed_kick(struct vwr_queue *q);

/* Where it makes a difference the compiler knows which layouts the build has. */
static inline enum vwr_layout vwr_queue_layout(const struct vwr_queue *q)
{
    const enum vwr_layout layout = (enum vwr_layout)(q->layout & (VWR_WITH_IN_ORDER ? ~0u : ~(unsigned)VWR_LAYOUT_SPLIT_IN_ORDER));

    if (!VWR_WITH_PACKED && !VWR_WITH_IN_ORDER)
        return layout == VWR_LAYOUT_STOPPED ? VWR_LAYOUT_STOPPED : VWR_LAYOUT_SPLIT;
    if (!VWR_WITH_PACKED && layout >= VWR_LAYOUT_PACKED)
        return VWR_LAYOUT_STOPPED;
    return layout;
}

static inline bool vwr_queue_is_packed(const struct vwr_queue *q)
{
    return VWR_WITH_PACKED && (q->options & VWR_QUEUE_PACKED) != 0;
}

/* Of a queue that is not stopped: split, and not in order. */
static inline bool vwr_queue_is_split(const struct vwr_queue *q)
{
    return (!VWR_WITH_PACKED && !VWR_WITH_IN_ORDER) || vwr_queue_layout(q) == VWR_LAYOUT_SPLIT;
}

/* The same of any queue; one bit tells. */
static inline bool vwr_queue_is_fast(const struct vwr_queue *q)
{
    return (q->layout & VWR_LAYOUT_SPLIT) != 0;
}

static inline bool vwr_queue_is_legacy(const struct vwr_queue *q)
{
    return (q->options & VWR_QUEUE_LEGACY) != 0;
}

static inline bool vwr_queue_has_event_idx(const struct vwr_queue *q)
{
    return VWR_WITH_EVENT_IDX && (q->options & VWR_QUEUE_EVENT_IDX) != 0;
}

/* The device broke the ring: stops the queue. */
static inline int vwr_queue_bad(struct vwr_queue *q)
{
    vwr_queue_stop(q, VWR_EBADRING);
    return VWR_EBADRING;
}

/* More than it can have written: counts it; what the chain has. */
VWR_COLD uint32_t vwr_queue_clamp(struct vwr_queue *q, const struct vwr_chain *chain);

/* What the device says it wrote, of a chain that has come back: believed as far as it can be true. */
static inline void vwr_queue_written(struct vwr_queue *q, struct vwr_chain *chain, uint32_t written)
{
    if (VWR_RARELY(written > chain->writable))
        written = VWR_WITH_STATS ? vwr_queue_clamp(q, chain) : chain->writable;
    chain->written = written;
}

/* Does the chain go as one descriptor that points at its table? */
static inline bool vwr_queue_uses_table(const struct vwr_queue *q, const struct vwr_chain *chain,
                                        unsigned count)
{
    return VWR_WITH_INDIRECT && (q->options & VWR_QUEUE_INDIRECT) != 0 && count > 1 &&
           count <= chain->table_size;
}

/* Is it one of those that the device may have? */
static inline bool vwr_queue_has(const struct vwr_queue *q, const struct vwr_chain *chain)
{
    return chain->head < q->size && q->slot[chain->head] == chain;
}

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
    const uint16_t *next; /* the free list */
    uint32_t mask;        /* without a list: one after the other, modulo mask + 1 */
    size_t at;
    struct vwr_virtq_desc *tail; /* the last one written */
    const struct vwr_seg *seg;
    uint64_t bytes;
    bool legacy;
};

/* Describes segments up to `end`, all with `flags`; false: one is empty. */
VWR_ALWAYS_INLINE bool vwr_split_fill_part(struct vwr_split_run *run, const struct vwr_seg *end,
                                           uint16_t flags, bool list)
{
    run->bytes = 0;
    for (; run->seg != end; run->seg++) {
        const uint32_t len = run->seg->len;
        struct vwr_virtq_desc *const desc = &run->desc[run->at];

        if (len == 0)
            return false;
        run->bytes += len;
        run->at = list ? run->next[run->at] : (run->at + 1) & run->mask;
        vwr_ring_store64(&desc->addr, vwr_guest64(run->legacy, run->seg->addr));
        vwr_ring_store32(&desc->len, vwr_guest32(run->legacy, len));
        vwr_ring_store16(&desc->flags, vwr_guest16(run->legacy, flags));
        vwr_ring_store16(&desc->next, vwr_guest16(run->legacy, (uint16_t)run->at));
        run->tail = desc;
    }
    return true;
}

/* Describes a buffer: bytes that the device may write; VWR_SPLIT_TOO_MANY if a segment is empty. */
#define VWR_SPLIT_TOO_MANY (~(uint64_t)0)
VWR_FAST_INLINE uint64_t vwr_split_fill(struct vwr_split_run *run, const struct vwr_seg *seg, unsigned out,
                                        unsigned count, bool list)
{
    const struct vwr_seg *const write = seg + out;
    const struct vwr_seg *const end = seg + count;
    const uint16_t next = VWR_VIRTQ_DESC_F_NEXT;
    const uint16_t next_write = VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE;

    run->seg = seg;
    if (VWR_FAST_PATHS) {
        if (!vwr_split_fill_part(run, write, next, list) || !vwr_split_fill_part(run, end, next_write, list))
            return VWR_SPLIT_TOO_MANY;
    } else {
        bool in = false;

        do { /* one copy of it */
            if (!vwr_split_fill_part(run, in ? end : write, in ? next_write : next, list))
                return VWR_SPLIT_TOO_MANY;
            in = !in;
        } while (in);
    }
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
    chain->limit = 0;
    chain->keeps_slot = false;
    q->slot[head] = chain;
    q->split.free_head = (uint32_t)run.at;
    q->num_free -= count;
    vwr_split_make_available(q, &q->split.ring, head);
    return VWR_OK;
}

static inline int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                                struct vwr_chain *chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_add");
    const unsigned count = out + in;
    int r;

    if (!VWR_FAST_PATHS || !vwr_queue_is_fast(q) ||
        q->slot[chain->head & q->split.ring.mask] == chain || count - 1 >= q->num_free ||
        vwr_queue_uses_table(q, chain, count))
        return vwr_queue_add_other(q, seg, out, count, chain);
    r = vwr_split_add_segments(q, seg, out, count, chain);
    if (r == VWR_OK)
        vwr_trace(VWR_TRACE_ADD, q->doorbell.value, chain->head, chain->count);
    return r;
}

/* What is loaded is loaded before the first store: behind one the compiler cannot load two words at once. */
static inline int vwr_queue_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                 bool in)
{
    VWR_QUEUE_CALL(q, "vwr_queue_post");
    struct vwr_virtq_desc *const desc = (struct vwr_virtq_desc *)chain->data;
    const uint64_t rest = chain->data_rest[in];
    const uint32_t fixed = chain->fixed;
    const uint16_t head = chain->head;
    const uint64_t bytes = len;

    if (VWR_RARELY(!vwr_queue_is_fast(q) || chain->limit != 0 || bytes == 0))
        return vwr_queue_post_other(q, chain, addr, len, in);
    chain->limit = in ? fixed + len : fixed;
    vwr_split_write(desc, vwr_queue_is_legacy(q), addr, rest | bytes);
    vwr_trace(VWR_TRACE_ADD, q->doorbell.value, head, chain->count);
    vwr_split_make_available(q, &q->split.ring, head);
    return VWR_OK;
}

/* For the counters: before buffers come back there are most of them in flight. */
static inline void vwr_queue_count_flight(struct vwr_queue *q, uint32_t flight)
{
    if (VWR_WITH_STATS && flight > (uint32_t)q->stats.flight_most)
        q->stats.flight_most = flight;
}

/* The doorbells that are not a register of 32 bits with the queue's index. */
void vwr_doorbell_other(const struct vwr_doorbell *bell, uint32_t position);

/* The end of a kick; the low half of `position` is where the ring ends, as a notification has it. */
static inline bool vwr_queue_notify(struct vwr_queue *q, bool wanted, uint32_t position)
{
    if (!wanted) {
        vwr_count_add(&q->stats.elided, 1);
        return false;
    }
    vwr_count_add(&q->stats.kicks, 1);
    if (VWR_RARELY(q->doorbell.kind != VWR_DOORBELL_32)) {
        vwr_doorbell_other(&q->doorbell, position);
        return true;
    }
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint32_t), q->doorbell.value);
    vwr_port_write32(q->doorbell.reg, vwr_cpu_to_le32(q->doorbell.value));
    return true;
}

/* Has the device asked for a notification of the buffers from `old` to `now`? */
static inline bool vwr_split_need_event(const struct vwr_queue *q, unsigned options, uint32_t now, uint32_t old)
{
    const struct vwr_virtq_used *const used = q->split.ring.used;
    const bool legacy = vwr_queue_is_legacy(q);

    if (VWR_WITH_EVENT_IDX && VWR_RARELY((options & VWR_QUEUE_EVENT_IDX) != 0)) {
        const vwr_le16 *const event =
            (const vwr_le16 *)(const void *)((const uint8_t *)used +
                                             vwr_virtq_used_avail_event_offset(q->size));

        return vwr_ring_need_event(vwr_guest16(legacy, vwr_ring_load16(event)), (uint16_t)now, (uint16_t)old);
    }
    return !(vwr_guest16(legacy, vwr_ring_load16(&used->flags)) & VWR_VIRTQ_USED_F_NO_NOTIFY);
}

/* Both layouts of a split ring. */
static inline bool vwr_queue_kick(struct vwr_queue *q)
{
    VWR_QUEUE_CALL(q, "vwr_queue_kick");
    const uint32_t old = q->kicked;
    const uint32_t now = q->added;
    const unsigned options = q->options;
    bool wanted;

    if (VWR_RARELY(now == old)) /* as of a stopped queue */
        return false;
    if (VWR_WITH_PACKED && VWR_RARELY((options & VWR_QUEUE_PACKED) != 0))
        return vwr_packed_kick(q);
    q->kicked = now;
    /* descriptors, and what was read of used entries and buffers, before the index */
    vwr_ring_publish16(&q->split.ring.avail->idx, vwr_guest16(vwr_queue_is_legacy(q), (uint16_t)now));
    vwr_ring_mb(); /* the index before the device's suppression is read */
    wanted = vwr_split_need_event(q, options, now, old);
    vwr_trace(VWR_TRACE_KICK, q->doorbell.value, now - old, wanted);
    return vwr_queue_notify(q, wanted, now);
}

/*
 * used.idx, read once. 1: there are used entries since `last_used`, up to *used_idx; 0; or VWR_EBADRING: there
 * cannot be so many.
 */
static inline int vwr_split_load_used_idx(struct vwr_queue *q, const struct vwr_virtq_used *used,
                                          uint32_t last_used, uint32_t kicked, uint32_t *used_idx)
{
    const uint32_t flight = kicked - last_used;
    const uint16_t left = (uint16_t)(kicked - vwr_guest16(vwr_queue_is_legacy(q), vwr_ring_load16(&used->idx)));

    if (left >= flight) /* none, or more than there are */
        return left == flight ? 0 : vwr_queue_bad(q);
    vwr_queue_count_flight(q, flight);
    vwr_ring_acquire(); /* the index before the entries that it covers */
    *used_idx = kicked - left;
    return 1;
}

/* The same: how many there are. */
static inline int vwr_split_read_used_idx(struct vwr_queue *q, const struct vwr_virtq_used *used,
                                          uint32_t last_used)
{
    uint32_t used_idx;
    const int found = vwr_split_load_used_idx(q, used, last_used, q->kicked, &used_idx);

    return found > 0 ? (int)(used_idx - last_used) : found;
}

/* A buffer that was described for one time has come back, and with it its descriptors. */
static inline void vwr_split_free(struct vwr_queue *q, const struct vwr_chain *chain)
{
    q->split.next[chain->tail] = (uint16_t)q->split.free_head;
    q->split.free_head = chain->head;
    q->num_free += chain->count;
}

/* The used ring as if it began with entry `at`: a CPU has the rest as a constant offset. */
static inline const struct vwr_virtq_used *vwr_split_used_from(const struct vwr_virtq_used *used, size_t at)
{
    return (const struct vwr_virtq_used *)(const void *)((const uint8_t *)used + at * sizeof(used->ring[0]));
}

/* The buffer of the first entry of `used`, each word of it read once; NULL: there is no such buffer. */
static inline struct vwr_chain *vwr_split_get(struct vwr_queue *q, struct vwr_chain **slot,
                                              const struct vwr_virtq_used *used, uint32_t mask)
{
    const bool legacy = vwr_queue_is_legacy(q);
    const uint32_t id = vwr_guest32(legacy, vwr_ring_load32(&used->ring[0].id));
    const uint32_t written = vwr_guest32(legacy, vwr_ring_load32(&used->ring[0].len));
    struct vwr_chain *c;

    if (VWR_RARELY(id > mask || (c = slot[id]) == NULL))
        return NULL;
    if (written < c->limit) {
        c->limit = 0;
        c->written = written;
    } else if (!c->keeps_slot) {
        slot[id] = NULL;
        vwr_queue_written(q, c, written);
        vwr_split_free(q, c);
    } else {
        if (c->limit == 0)
            return NULL;
        c->writable = c->limit - 1;
        c->limit = 0;
        vwr_queue_written(q, c, written);
    }
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.value, id, written);
    return c;
}

/* The copies of what does not change spare the compiler to read it anew behind a barrier or a store. */
VWR_FAST_INLINE int vwr_queue_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_get_used");
    const struct vwr_virtq_used *const used = q->split.ring.used;
    const uint32_t mask = q->split.ring.mask;
    const uint32_t last_used = q->last_used;
    const uint32_t kicked = q->kicked;
    struct vwr_chain *c;

    if (VWR_RARELY(!vwr_queue_is_fast(q)))
        return vwr_queue_reap_other(q, chain, 1);
    if (__builtin_expect(q->split.ring.used_idx == last_used, 1)) {
        const int found = vwr_split_load_used_idx(q, used, last_used, kicked, &q->split.ring.used_idx);

        if (found <= 0)
            return found;
    }
    c = vwr_split_get(q, q->slot, vwr_split_used_from(used, last_used & mask), mask);
    if (VWR_RARELY(c == NULL))
        return vwr_queue_bad(q);
    q->last_used = last_used + 1;
    *chain = c;
    return 1;
}

/* Up to `most` used entries that are there: up to the end of the ring, then from its beginning. */
static inline int vwr_split_reap(struct vwr_queue *q, struct vwr_chain **chains, uint32_t most)
{
    struct vwr_chain **const slot = q->slot;
    const uint32_t mask = q->split.ring.mask;
    const uint32_t last_used = q->last_used;
    uint32_t n = 0;

    while (n < most) {
        const uint32_t at = (last_used + n) & mask;
        const struct vwr_virtq_used *used = vwr_split_used_from(q->split.ring.used, at);
        struct vwr_chain **to = chains + n;
        struct vwr_chain **const end = to + (most - n <= mask - at ? most - n : mask - at + 1);
        struct vwr_chain *c;

        for (; to != end && (c = vwr_split_get(q, slot, used, mask)) != NULL; used = vwr_split_used_from(used, 1))
            *to++ = c;
        n = (uint32_t)(to - chains);
        if (to != end)
            break;
    }
    q->last_used = last_used + n;
    if (VWR_RARELY(n < most)) /* what came before is good; the next call says that the queue is stopped */
        vwr_queue_stop(q, VWR_EBADRING);
    return n != 0 || most == 0 ? (int)n : VWR_EBADRING;
}

static inline int vwr_queue_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    VWR_QUEUE_CALL(q, "vwr_queue_reap");
    const uint32_t last_used = q->last_used;
    uint32_t ready;

    if (VWR_RARELY(!vwr_queue_is_fast(q)))
        return vwr_queue_reap_other(q, chains, most);
    if (q->split.ring.used_idx == last_used) {
        const int found =
            vwr_split_load_used_idx(q, q->split.ring.used, last_used, q->kicked, &q->split.ring.used_idx);

        if (found <= 0)
            return found;
    }
    ready = q->split.ring.used_idx - last_used;
    return vwr_split_reap(q, chains, most < ready ? most : ready);
}

#endif
