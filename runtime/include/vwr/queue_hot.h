/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_HOT_H
#define VWR_QUEUE_HOT_H

/*
 * Part of queue.h, which includes it: what every request goes through, in a header so that the
 * compiler sees through it. Contracts are in queue.h.
 *
 * The short way is the split ring's. It asks one question that it has to ask anyway (is this
 * place free, is there something that take knows of), and whatever is not for it has arranged for
 * the answer to be no: a stopped queue, a packed ring, a ring in order, a chain on its way already.
 */

/* Whatever the short way is not for: out of the way of what it keeps in registers. */
#if defined(__has_builtin)
#if __has_builtin(__builtin_expect_with_probability)
#define VWR_RARELY(condition) __builtin_expect_with_probability((condition), 0, 0.999)
#endif
#endif
#ifndef VWR_RARELY
#define VWR_RARELY(condition) __builtin_expect((condition), 0)
#endif

/* push of what is not for the short way: the ring is packed, or in order; or it cannot be, and why not. */
int vwr_queue_push_other(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);

/* take of a packed ring, of one in order, of a stopped queue. */
int vwr_queue_take_other(struct vwr_queue *q, struct vwr_chain **chain);

int vwr_queue_take_others(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);

/* kick of a packed ring. */
bool vwr_packed_kick(struct vwr_queue *q);

/* The device lied: stops the queue and answers VWR_EBADRING. */
static inline int vwr_queue_bad(struct vwr_queue *q)
{
    vwr_queue_stop(q, VWR_EBADRING);
    return VWR_EBADRING;
}

/* What the device says it wrote, of a chain that has come back: believed as far as it can be true. */
static inline void vwr_queue_written(struct vwr_queue *q, struct vwr_chain *chain, uint32_t written)
{
    if (written > chain->writable) {
        written = chain->writable;
        vwr_count_add(&q->stats.clamped, 1);
    }
    chain->written = written;
}

/* The chain goes into the available ring; the device sees it when kick moves the index. */
static inline void vwr_split_make_available(struct vwr_queue *q, const struct vwr_chain *chain, uint32_t head)
{
    const uint32_t at = q->added;

    q->added = at + 1;
    vwr_ring_store16(&q->avail_ring[at & q->mask], vwr_guest16(q->legacy, (uint16_t)head));
    vwr_trace(VWR_TRACE_ADD, q->notify_value, head, chain->count);
}

/* The piece that changes, in a descriptor that has the rest already. */
static inline void vwr_split_set_piece(const struct vwr_queue *q, struct vwr_chain *chain,
                                       struct vwr_virtq_desc *piece, uint32_t fixed, uint64_t addr,
                                       uint32_t len, bool in)
{
    chain->writable = in ? fixed + len : fixed;
    vwr_ring_store64(&piece->addr, vwr_guest64(q->legacy, addr));
    vwr_ring_store32(&piece->len, vwr_guest32(q->legacy, len));
    if (chain->in_now != in) {
        chain->in_now = in;
        vwr_ring_store16(&piece->flags,
                         vwr_guest16(q->legacy, chain->flags | (in ? VWR_VIRTQ_DESC_F_WRITE : 0)));
    }
}

/* What it loads it loads before it stores: behind a store the compiler cannot load two words at once. */
static inline int vwr_queue_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                 bool in)
{
    struct vwr_chain **const place = chain->place;
    struct vwr_virtq_desc *const piece = (struct vwr_virtq_desc *)chain->piece;
    const uint32_t head = chain->head;
    const uint32_t fixed = chain->fixed;

    if (*place != NULL || len == 0)
        return vwr_queue_push_other(q, chain, addr, len, in);
    *place = chain;
    vwr_split_set_piece(q, chain, piece, fixed, addr, len, in);
    vwr_split_make_available(q, chain, head);
    return VWR_OK;
}

/* Has the device asked for a notification of what goes from `old` to `now`? */
static inline bool vwr_split_wants(const struct vwr_queue *q, const struct vwr_virtq_used *used, uint32_t now,
                                   uint32_t old)
{
    if (VWR_WITH_EVENT_IDX && q->event_idx) {
        const uint16_t event = vwr_guest16(q->legacy, vwr_ring_load16(q->avail_event));

        if (!vwr_ring_need_event(event, (uint16_t)now, (uint16_t)old))
            return false;
    } else if (vwr_guest16(q->legacy, vwr_ring_load16(&used->flags)) & VWR_VIRTQ_USED_F_NO_NOTIFY) {
        return false;
    }
    return true;
}

/* For the counters, before a kick: so many buffers are on their way with it. */
static inline void vwr_queue_count_flight(struct vwr_queue *q, uint32_t now)
{
    const uint32_t flight = now - q->taken;

    if (VWR_WITH_STATS && flight > q->stats.flight_most)
        q->stats.flight_most = flight;
}

/* The end of a kick; the low half of `position` is where the ring ends, as a notification puts it. */
static inline bool vwr_queue_notify(struct vwr_queue *q, bool wanted, uint32_t position)
{
    uint32_t value = q->notify_value;

    if (!wanted) {
        vwr_count_add(&q->stats.elided, 1);
        return false;
    }
    vwr_count_add(&q->stats.kicks, 1);
    if (VWR_WITH_NOTIFICATION_DATA)
        value += position * q->notify_position;
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->notify, sizeof(value), value);
    vwr_port_write32(q->notify, vwr_cpu_to_le32(value));
    return true;
}

static inline bool vwr_queue_kick(struct vwr_queue *q)
{
    struct vwr_virtq_avail *const avail = q->avail;
    const struct vwr_virtq_used *const used = q->used;
    const uint32_t old = q->published;
    const uint32_t now = q->added;
    bool wanted;

    if (VWR_RARELY(now == old))
        return VWR_WITH_PACKED && q->kick_desc != NULL && vwr_packed_kick(q);
    q->published = now;
    vwr_queue_count_flight(q, now);
    /* descriptors, and what was read of used entries and buffers, before the index */
    vwr_ring_publish16(&avail->idx, vwr_guest16(q->legacy, (uint16_t)now));
    vwr_ring_mb(); /* the index before the look at whether the device wants to hear of it */
    wanted = vwr_split_wants(q, used, now, old);
    vwr_trace(VWR_TRACE_KICK, q->notify_value, now - old, wanted);
    return vwr_queue_notify(q, wanted, now);
}

/* used.idx, read once: the used entries that take has not answered; negative if there cannot be so many. */
static inline int vwr_split_look(struct vwr_queue *q, const struct vwr_virtq_used *used, uint32_t taken)
{
    const uint16_t idx = vwr_guest16(q->legacy, vwr_ring_load16(&used->idx));
    const uint32_t count = (uint16_t)(idx - (uint16_t)taken);

    if (count > q->published - taken)
        return vwr_queue_bad(q);
    vwr_ring_acquire(); /* the index before the entries that it covers */
    return (int)count;
}

/* A buffer that was described for one time has come back, and with it its descriptors. */
static inline void vwr_split_free(struct vwr_queue *q, const struct vwr_chain *chain)
{
    q->link[chain->tail] = (uint16_t)q->free_head;
    q->free_head = chain->head;
    q->free += chain->count;
}

/* The copies of what does not change spare the compiler to read it anew behind a barrier or a store. */
static inline int vwr_queue_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    const struct vwr_virtq_used *const used = q->short_used;
    struct vwr_chain **const out = q->chain;
    const uint32_t taken = q->taken;
    const struct vwr_virtq_used_elem *elem;
    uint32_t ready = q->ready;
    struct vwr_chain *c;
    uint32_t written;
    uint32_t id;

    if (ready == 0) {
        int found;

        if (VWR_RARELY(used == NULL)) {
            struct vwr_chain *one = NULL;

            found = vwr_queue_take_other(q, &one); /* not *chain, or that could not be in a register */
            *chain = one;
            return found;
        }
        found = vwr_split_look(q, used, taken);
        if (found <= 0)
            return found;
        ready = (uint32_t)found;
    }
    elem = &used->ring[taken & q->mask];
    id = vwr_guest32(q->legacy, vwr_ring_load32(&elem->id));
    written = vwr_guest32(q->legacy, vwr_ring_load32(&elem->len));
    if (id > q->mask || (c = out[id]) == NULL)
        return vwr_queue_bad(q);
    q->ready = ready - 1;
    q->taken = taken + 1;
    out[id] = NULL;
    vwr_queue_written(q, c, written);
    if (c->place == NULL)
        vwr_split_free(q, c);
    vwr_trace(VWR_TRACE_TAKE, q->notify_value, id, written);
    *chain = c;
    return 1;
}

/* `most` used entries that lie in a row from `elem` on: how many of them are good. */
static inline uint32_t vwr_split_take_row(struct vwr_queue *q, const struct vwr_virtq_used_elem *elem,
                                          struct vwr_chain **chains, uint32_t most)
{
    struct vwr_chain **const chain = q->chain;
    struct vwr_chain **const end = chains + most;
    struct vwr_chain **at;
    const uint32_t mask = q->mask;
    const bool legacy = q->legacy;

    for (at = chains; at != end; at++, elem++) {
        const uint32_t id = vwr_guest32(legacy, vwr_ring_load32(&elem->id));
        const uint32_t written = vwr_guest32(legacy, vwr_ring_load32(&elem->len));
        struct vwr_chain *c;

        if (VWR_RARELY(id > mask || (c = chain[id]) == NULL))
            break;
        chain[id] = NULL;
        vwr_queue_written(q, c, written);
        if (c->place == NULL)
            vwr_split_free(q, c);
        vwr_trace(VWR_TRACE_TAKE, q->notify_value, id, written);
        *at = c;
    }
    return (uint32_t)(at - chains);
}

/* What is ready of a split ring, `most` of it: up to the end of the ring, and from its beginning. */
static inline int vwr_split_take_many(struct vwr_queue *q, struct vwr_chain **chains, uint32_t ready,
                                      uint32_t most)
{
    uint32_t n = 0;

    while (n < most) {
        const uint32_t at = q->taken & q->mask;
        const uint32_t row = most - n <= q->mask - at ? most - n : q->mask - at + 1u;
        const uint32_t good = vwr_split_take_row(q, &q->used->ring[at], chains + n, row);

        n += good;
        q->taken += good;
        q->ready = ready - n;
        if (VWR_RARELY(good != row)) {
            int r = vwr_queue_bad(q); /* what came before it is good; the next call says that it is stopped */

            return n != 0 ? (int)n : r;
        }
    }
    return (int)n;
}

static inline int vwr_queue_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    uint32_t ready = q->ready;

    if (ready == 0) {
        int found;

        if (VWR_RARELY(q->short_used == NULL))
            return vwr_queue_take_others(q, chains, most);
        found = vwr_split_look(q, q->used, q->taken);
        if (found <= 0)
            return found;
        ready = (uint32_t)found;
    }
    return vwr_split_take_many(q, chains, ready, most < ready ? most : ready);
}

#endif
