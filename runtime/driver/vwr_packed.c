/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The packed ring, driver side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * Descriptors go round the ring; the flags AVAIL and USED of each say whose it is, and mean the
 * opposite in every other round. All flags but those of the first descriptor since the last kick
 * are written at once: the device cannot come past that one. Buffers are told apart by ids; in
 * order they are given out round and round, otherwise from a list.
 */

#define EVENT_FLAGS_SHIFT (8u * __builtin_offsetof(struct vwr_pvirtq_event_suppress, flags))

void vwr_packed_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m)
{
    uint8_t *const ring = m->shared;

    q->driver_offset = vwr_packed_ring_desc_bytes(q->size);
    q->device_offset = q->driver_offset + vwr_packed_ring_driver_event_bytes(q->size);
    q->ring = m->shared;
    q->driver_event = (struct vwr_pvirtq_event_suppress *)(void *)(ring + q->driver_offset);
    q->device_event = (const struct vwr_pvirtq_event_suppress *)(void *)(ring + q->device_offset);
    q->avail_turn = queue_packed_rest(0, 0, VWR_VIRTQ_DESC_F_AVAIL);
    q->used_flags = QUEUE_TURN;
}

uint64_t vwr_packed_fill_table(const struct vwr_seg *seg, unsigned out, unsigned count,
                               struct vwr_pvirtq_desc *table)
{
    uint64_t writable = 0;

    for (unsigned i = 0; i < count; i++) {
        const uint32_t len = seg[i].len;

        if (len == 0)
            return QUEUE_TOO_MANY;
        writable += i >= out ? len : 0;
        vwr_ring_store64(&table[i].addr, vwr_cpu_to_le64(seg[i].addr));
        vwr_ring_store64(&table[i].len,
                         vwr_cpu_to_le64(queue_packed_rest(len, 0, i >= out ? VWR_VIRTQ_DESC_F_WRITE : 0)));
    }
    return writable;
}

/* `at` descriptors further round the ring; `flags` as they are there. */
static uint32_t advance(const struct vwr_queue *q, uint32_t at, unsigned by, uint32_t *flags)
{
    unsigned to = at + by;

    if (to >= q->size) {
        to -= q->size;
        *flags ^= QUEUE_TURN;
    }
    return to;
}

/* A descriptor for each piece. The copies spare the compiler to read anew what it may have overwritten. */
static void put_pieces(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                       unsigned id)
{
    const struct vwr_seg *const write = seg + out;
    const struct vwr_seg *const last = seg + count - 1;
    const uint32_t end = q->mask;
    struct vwr_pvirtq_desc *const ring = q->ring;
    uint64_t turn = q->avail_turn;
    uint64_t rest = queue_packed_rest(0, id, VWR_VIRTQ_DESC_F_NEXT);
    uint32_t at = q->avail_at;

    for (;; seg++) {
        if (seg == write)
            rest |= queue_packed_rest(0, 0, VWR_VIRTQ_DESC_F_WRITE);
        if (seg == last)
            rest ^= queue_packed_rest(0, 0, VWR_VIRTQ_DESC_F_NEXT);
        queue_packed_write(q, &ring[at], seg->addr, rest | turn | seg->len);
        if (at++ == end) {
            at = 0;
            turn ^= queue_packed_rest(0, 0, QUEUE_TURN);
        }
        if (seg == last)
            break;
    }
    q->avail_at = at;
    q->avail_turn = turn;
}

void vwr_packed_place(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                      struct vwr_chain *chain)
{
    if ((vwr_queue_in_flight(q) == 0 && !q->has_ready) || chain->count < q->shortest)
        q->shortest = chain->count;
    if (chain->place == NULL || (VWR_WITH_IN_ORDER && q->in_order)) {
        chain->head = (uint16_t)q->free_head;
        q->free_head = q->link[chain->head];
        if (VWR_WITH_IN_ORDER && q->in_order && q->free_head == q->size)
            q->free_head = 0;
    }
    if (VWR_WITH_IN_ORDER)
        chain->mark = chain;
    q->chain[chain->head] = chain;
    q->free -= chain->count;
    if (seg == NULL)
        queue_packed_put(q, chain->table_addr,
                         queue_packed_rest(chain->table_bytes, chain->head, VWR_VIRTQ_DESC_F_INDIRECT));
    else
        put_pieces(q, seg, out, count, chain->head);
    q->kick_buffers++;
    vwr_trace(VWR_TRACE_ADD, q->notify_value, chain->head, chain->count);
}

/* A position as the two sides tell it each other: with the round that it is in. */
static uint16_t position(uint32_t at, bool odd)
{
    return (uint16_t)(at | (odd ? 1u << VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_SHIFT : 0u));
}

/* Has the device asked for a notification of the descriptors up to avail_at? */
static bool wants(const struct vwr_queue *q, uint16_t end)
{
    const uint32_t from = (uint32_t)(q->kick_desc - q->ring);
    const uint32_t event = vwr_le32_to_cpu(vwr_ring_load32(q->device_event));
    const unsigned flags = event >> EVENT_FLAGS_SHIFT & VWR_PVIRTQ_EVENT_SUPPRESS_FLAGS_EVENT_FLAGS_MASK;
    uint16_t at = event & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;

    if (flags == VWR_RING_EVENT_FLAGS_DISABLE)
        return false;
    if (flags != VWR_RING_EVENT_FLAGS_DESC)
        return true; /* also what the document does not have */
    if (((event ^ end) & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK) != 0)
        at = (uint16_t)(at - q->size); /* of the round before */
    end &= VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;
    return (uint16_t)(end - at - 1u) < (end > from ? end - from : end + q->size - from);
}

bool vwr_packed_kick(struct vwr_queue *q)
{
    const uint16_t end =
        position(q->avail_at, (q->avail_turn >> QUEUE_FLAGS_SHIFT & VWR_VIRTQ_DESC_F_AVAIL) != 0);
    bool wanted;

    q->published = q->added += q->kick_buffers;
    vwr_queue_count_flight(q, q->added);
    /* all that was written, or read of what the device may now write, before the flags */
    vwr_ring_publish16(&q->kick_desc->flags, vwr_cpu_to_le16((uint16_t)q->kick_flags));
    vwr_ring_mb(); /* the flags before the look at whether the device wants to hear of them */
    wanted = wants(q, end);
    q->kick_desc = NULL;
    vwr_trace(VWR_TRACE_KICK, q->notify_value, q->kick_buffers, wanted);
    q->kick_buffers = 0;
    return vwr_queue_notify(q, wanted, end);
}

/*
 * In order a device may write one used descriptor for a batch of buffers, with the id of the
 * last. Ids were given out round and round, so the distance says how many they are. 0: that cannot be.
 */
static unsigned batch_of(const struct vwr_queue *q, unsigned id)
{
    const unsigned batch = (id >= q->used_id ? id : id + q->size) - q->used_id + 1;

    return batch <= q->published - q->taken ? batch : 0;
}

/* In order: the next of a batch that is known to be used. Nothing of the ring is read. */
static struct vwr_chain *take_in_order(struct vwr_queue *q)
{
    const uint32_t id = q->used_id;
    struct vwr_chain *const c = q->chain[id];

    q->used_id = id + 1u == q->size ? 0 : id + 1u;
    q->chain[id] = NULL;
    c->mark = NULL;
    c->written = --q->batch == 0 ? q->batch_written : c->writable;
    q->used_at = advance(q, q->used_at, c->count, &q->used_flags);
    q->free = q->free + c->count;
    q->taken++;
    vwr_trace(VWR_TRACE_TAKE, q->notify_value, id, c->written);
    return c;
}

static inline unsigned read_flags(const struct vwr_pvirtq_desc *desc)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&desc->flags));
}

/* What a descriptor with these flags gives back, or NULL: there is no such buffer. Each word is read once. */
static inline struct vwr_chain *read_used(struct vwr_queue *q, const struct vwr_pvirtq_desc *desc,
                                          unsigned flags, struct vwr_chain *const *chain, unsigned *id)
{
    struct vwr_chain *c;
    uint32_t written;

    vwr_ring_acquire(); /* the flags before the rest of what the device has written */
    *id = vwr_le16_to_cpu(vwr_ring_load16(&desc->id));
    written = vwr_le32_to_cpu(vwr_ring_load32(&desc->len));
    if (*id > q->mask || (c = chain[*id]) == NULL)
        return NULL;
    vwr_queue_written(q, c, flags & VWR_VIRTQ_DESC_F_WRITE ? written : 0);
    return c;
}

/* In order: the device's next used descriptor. 1; 0; or VWR_EBADRING. */
static int look(struct vwr_queue *q)
{
    const struct vwr_pvirtq_desc *const desc = &q->ring[q->used_at];
    const unsigned flags = read_flags(desc);
    const struct vwr_chain *last;
    unsigned id;

    if ((flags & QUEUE_TURN) != q->used_flags)
        return 0;
    last = read_used(q, desc, flags, q->chain, &id);
    if (last != NULL)
        q->batch = batch_of(q, id);
    if (q->batch == 0)
        return vwr_queue_bad(q);
    q->batch_written = last->written;
    return 1;
}

static int take_batches(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    unsigned n = 0;
    int found = 1;

    while (n < most) {
        if (q->batch == 0)
            found = look(q);
        if (found <= 0)
            break;
        chains[n++] = take_in_order(q);
    }
    return n != 0 ? (int)n : found; /* if it is stopped now, the next call says so */
}

/* Nothing is on its way that the device knows of. */
static VWR_COLD int take_nothing(struct vwr_queue *q)
{
    return (read_flags(&q->ring[q->used_at]) & QUEUE_TURN) == q->used_flags ? vwr_queue_bad(q) : 0;
}

/* The device lied after `n` buffers that are good; then the next call says that the queue is stopped. */
static VWR_COLD int stop_at(struct vwr_queue *q, unsigned n)
{
    const int r = vwr_queue_bad(q);

    q->taken += n;
    return n != 0 ? (int)n : r;
}

/* take has come to `desc`, in the round of `turn`: what lies before it is free again. */
static inline void free_up_to(struct vwr_queue *q, const struct vwr_pvirtq_desc *desc, unsigned turn)
{
    const uint32_t at = (uint32_t)(desc - q->ring);

    q->free += at - q->used_at + (turn != q->used_flags ? q->size : 0);
    q->used_at = at;
    q->used_flags = turn;
}

static inline void give_back_id(struct vwr_queue *q, const struct vwr_chain *c, struct vwr_chain **chain,
                                unsigned id)
{
    chain[id] = NULL;
    if (c->place == NULL) {
        q->link[id] = (uint16_t)q->free_head;
        q->free_head = id;
    }
}

/* The same as below for one, without what makes many cheap. */
int vwr_packed_take_one(struct vwr_queue *q, struct vwr_chain **chain)
{
    const uint32_t at = q->used_at;
    const struct vwr_pvirtq_desc *const desc = &q->ring[at];
    struct vwr_chain *c;
    unsigned flags;
    unsigned id;

    if (VWR_WITH_IN_ORDER && q->in_order)
        return take_batches(q, chain, 1);
    flags = read_flags(desc);
    if ((flags & QUEUE_TURN) != q->used_flags)
        return 0;
    c = q->published != q->taken ? read_used(q, desc, flags, q->chain, &id) : NULL;
    if (c == NULL)
        return vwr_queue_bad(q);
    give_back_id(q, c, q->chain, id);
    q->taken++;
    q->free += c->count;
    q->used_at = advance(q, at, c->count, &q->used_flags);
    vwr_trace(VWR_TRACE_TAKE, q->notify_value, id, c->written);
    *chain = c;
    return 1;
}

/* The copies of what does not change spare the compiler to read it anew for each. */
int vwr_packed_take(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_chain **const chain = q->chain;
    const struct vwr_pvirtq_desc *const end = q->ring + q->size;
    const struct vwr_pvirtq_desc *desc = q->ring + q->used_at;
    const uint32_t out = q->published - q->taken;
    unsigned turn = q->used_flags;
    unsigned flags;
    unsigned id;
    unsigned n;

    if (VWR_WITH_IN_ORDER && q->in_order)
        return take_batches(q, chains, most);
    if (out == 0)
        return take_nothing(q);
    if (most > out)
        most = out;
    for (n = 0; n < most && ((flags = read_flags(desc)) & QUEUE_TURN) == turn; n++) {
        struct vwr_chain *const c = read_used(q, desc, flags, chain, &id);

        if (c == NULL)
            return stop_at(q, n);
        give_back_id(q, c, chain, id);
        desc += c->count;
        if (desc >= end) {
            desc -= q->size;
            turn ^= QUEUE_TURN;
        }
        vwr_trace(VWR_TRACE_TAKE, q->notify_value, id, c->written);
        chains[n] = c;
    }
    q->taken += n;
    free_up_to(q, desc, turn);
    return (int)n;
}

/* When the device shall interrupt: both fields in one store, it may look in between. */
static inline void write_wish(struct vwr_queue *q, uint32_t event)
{
    vwr_ring_store32(q->driver_event, vwr_cpu_to_le32(event));
}

bool vwr_packed_arm(struct vwr_queue *q, uint16_t count)
{
    uint32_t flags = q->used_flags;
    uint32_t event = VWR_RING_EVENT_FLAGS_ENABLE;
    uint32_t at;

    if (VWR_WITH_EVENT_IDX && q->event_idx) {
        /*
         * Where the buffer begins that comes back as the count-th is known only if all have the same
         * length. Too early does no harm; too late, and who waits may be waited for.
         */
        at = advance(q, q->used_at, (count - 1u) * q->shortest, &flags);
        event = position(at, (flags & VWR_VIRTQ_DESC_F_AVAIL) != 0) | (uint32_t)VWR_RING_EVENT_FLAGS_DESC
                                                                          << EVENT_FLAGS_SHIFT;
    }
    write_wish(q, event);
    vwr_ring_mb(); /* the wish before the look, or the last buffer comes between them unseen */
    if (VWR_WITH_IN_ORDER && q->batch != 0)
        return false;
    return (read_flags(&q->ring[q->used_at]) & QUEUE_TURN) != q->used_flags;
}

void vwr_packed_disarm(struct vwr_queue *q)
{
    write_wish(q, (uint32_t)VWR_RING_EVENT_FLAGS_DISABLE << EVENT_FLAGS_SHIFT);
}
