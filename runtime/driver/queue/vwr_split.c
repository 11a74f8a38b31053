/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The split ring, driver side. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * Free descriptors are a list in queue.next, and so are those of a buffer: what was described for one time is
 * hooked into the free list as a whole. In order the list is a circle that never changes: descriptors are
 * taken one after the other, and an id is the position of the first. The descriptor table is written and not
 * read; of what the device writes only used.flags or avail_event, used.idx and the used entries are read,
 * each of them once.
 */

void vwr_split_prepare(struct vwr_queue *q, void *memory)
{
    uint8_t *const desc = memory;
    const size_t used = VWR_SPLIT_RING_USED_OFFSET((size_t)q->size, vwr_split_align(queue_is_legacy(q)));

    q->split.desc = memory;
    q->split.avail = (struct vwr_virtq_avail *)(void *)(desc + vwr_split_ring_desc_bytes(q->size));
    q->split.used = (const struct vwr_virtq_used *)(void *)(desc + used);
}

static inline void split_write(struct vwr_virtq_desc *desc, bool legacy, uint64_t addr, uint32_t len,
                               unsigned flags, size_t next)
{
    const uint64_t half =
        len | (uint64_t)flags << VWR_SPLIT_FLAGS_SHIFT | (uint64_t)next << VWR_SPLIT_NEXT_SHIFT;

    vwr_ring_store64(&desc->addr, vwr_guest64(legacy, addr));
    vwr_ring_store64(&desc->len, vwr_cpu_to_split_half(legacy, half));
}

/*
 * Describes segments from descriptor *at on, along `next`, or in a table, where that is NULL: the bytes that
 * the device may write; 2^32 or more: too many, or a segment is empty. *at: behind them; *tail: the last one.
 */
VWR_FAST_INLINE uint64_t split_fill(struct vwr_virtq_desc *desc, const uint16_t *next, size_t *at,
                                    size_t *tail, bool legacy, const struct vwr_seg *seg, unsigned out,
                                    unsigned count)
{
    const struct vwr_seg *const in = seg + out;
    const struct vwr_seg *const end = seg + count;
    unsigned flags = VWR_VIRTQ_DESC_F_NEXT;
    uint64_t bytes = 0;
    size_t then = *at;

    for (; seg != end; seg++) {
        const size_t here = then;
        const uint32_t len = seg->len;

        if (VWR_RARELY(len == 0))
            return ~(uint64_t)0;
        if (seg == in) {
            flags |= VWR_VIRTQ_DESC_F_WRITE;
            bytes = 0; /* what came before is read */
        }
        bytes += len;
        then = next != NULL ? next[here] : here + 1;
        split_write(&desc[here], legacy, seg->addr, len, flags, then);
        *tail = here;
    }
    *at = then;
    vwr_ring_store16(&desc[*tail].flags, vwr_guest16(legacy, in == end ? 0 : VWR_VIRTQ_DESC_F_WRITE));
    return in == end ? 0 : bytes;
}

/* Takes one descriptor, which points at the chain's table. */
static void split_take_table(struct vwr_queue *q, struct vwr_chain *chain, unsigned segs)
{
    const uint32_t at = q->free;

    split_write(&q->split.desc[at], queue_is_legacy(q), chain->addr, (uint32_t)VWR_TABLE_BYTES(segs),
                VWR_VIRTQ_DESC_F_INDIRECT, 0);
    chain->id = (uint16_t)at;
    chain->tail = (uint16_t)at;
    chain->count = 1;
    q->slot[at] = chain;
    q->free = q->next[at];
    q->num_free--;
}

/* As split_fill. */
VWR_FAST_INLINE uint64_t split_fill_table(const struct vwr_queue *q, struct vwr_chain *chain,
                                          const struct vwr_seg *seg, unsigned out, unsigned count)
{
    size_t at = 0;
    size_t tail;

    return split_fill(chain->table, NULL, &at, &tail, queue_is_legacy(q), seg, out, count);
}

/* The same in free descriptors, which it takes. */
VWR_FAST_INLINE uint64_t split_fill_ring(struct vwr_queue *q, struct vwr_chain *chain,
                                         const struct vwr_seg *seg, unsigned out, unsigned count)
{
    const uint32_t head = q->free;
    size_t at = head;
    size_t tail = head;
    const uint64_t writable =
        split_fill(q->split.desc, q->next, &at, &tail, queue_is_legacy(q), seg, out, count);

    if (VWR_RARELY(writable >> 32 != 0))
        return writable;
    chain->id = (uint16_t)head;
    chain->tail = (uint16_t)tail;
    chain->count = (uint16_t)count;
    q->slot[head] = chain;
    q->free = (uint32_t)at;
    q->num_free -= count;
    return writable;
}

VWR_FAST_INLINE int split_describe(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                                   unsigned count, struct vwr_chain *chain, uint64_t *writable)
{
    if (queue_uses_table(q, chain, count)) {
        if (VWR_RARELY(q->num_free == 0))
            return vwr_queue_full(q);
        *writable = split_fill_table(q, chain, seg, out, count);
        if (VWR_RARELY(*writable >> 32 != 0))
            return VWR_EINVAL;
        split_take_table(q, chain, count);
        return VWR_OK;
    }
    if (VWR_RARELY(count > q->num_free))
        return vwr_queue_full(q);
    *writable = split_fill_ring(q, chain, seg, out, count);
    return VWR_RARELY(*writable >> 32 != 0) ? VWR_EINVAL : VWR_OK;
}

int vwr_split_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                  struct vwr_chain *chain)
{
    uint64_t writable = 0;
    const int r = split_describe(q, seg, out, count, chain, &writable);

    if (r == VWR_OK)
        split_make_available(q, chain, VWR_CHAIN_ADDED, (uint32_t)writable);
    return r;
}

/* Out of order the chain keeps its descriptors, those of the table or of the ring. */
int vwr_split_bind(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain)
{
    const bool table = queue_uses_table(q, chain, count);
    uint64_t writable = 0;
    int r = VWR_OK;

    if (!queue_is_in_order(q))
        r = split_describe(q, seg, out, count, chain, &writable);
    else if (table)
        (void)split_fill_table(q, chain, seg, out, count);
    if (r == VWR_OK && !table && !queue_is_in_order(q))
        chain->table = &q->split.desc[out == 0 ? chain->id : q->next[chain->id]];
    return r;
}

/* In order, without a table: the segments lie where the ring has come to. */
static VWR_OUT_OF_LINE int split_post_run(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                          uint32_t len, size_t out)
{
    struct vwr_virtq_desc *const desc = q->split.desc;
    const bool legacy = queue_is_legacy(q);
    const uint32_t mask = q->mask;
    uint32_t at = q->free;
    uint32_t next = (at + 1) & mask;

    if (chain->out_bytes != 0) {
        split_write(&desc[at], legacy, chain->addr, chain->out_bytes, VWR_VIRTQ_DESC_F_NEXT, next);
        at = next;
        next = (at + 1) & mask;
    }
    split_write(&desc[at], legacy, addr, len, chain->flags[out], next);
    if (chain->in_bytes != 0) {
        split_write(&desc[next], legacy, chain->addr + chain->answer_at, chain->in_bytes,
                    VWR_VIRTQ_DESC_F_WRITE, 0);
        next = (next + 1) & mask;
    }
    q->free = next;
    split_make_available(q, chain, VWR_CHAIN_POSTED, queue_writable(chain, len, out));
    return VWR_OK;
}

/* In order: what is kept in place is posted by split_post_kept. */
int vwr_split_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, size_t out)
{
    const uint32_t at = q->free;

    q->num_free -= chain->takes;
    q->slot[at] = chain;
    chain->id = (uint16_t)at;
    if ((chain->bound & VWR_CHAIN_TABLE) == 0)
        return split_post_run(q, chain, addr, len, out);
    split_write(&q->split.desc[at], queue_is_legacy(q), chain->addr, chain->answer_at,
                VWR_VIRTQ_DESC_F_INDIRECT, 0);
    q->free = (at + 1) & q->mask;
    split_post_kept(q, chain, addr, len, out);
    return VWR_OK;
}

/* Has the device asked for a notification of the buffers from `old` to `now`? */
static inline bool split_need_event(const struct vwr_queue *q, uint32_t now, uint32_t old)
{
    const struct vwr_virtq_used *const used = q->split.used;
    const bool legacy = queue_is_legacy(q);

    if (queue_has_event_idx(q)) {
        const vwr_le16 *const event =
            (const vwr_le16 *)(const void *)((const uint8_t *)used +
                                             vwr_virtq_used_avail_event_offset(q->size));

        return vwr_ring_need_event(vwr_guest16(legacy, vwr_ring_load16(event)), (uint16_t)now, (uint16_t)old);
    }
    return !(vwr_guest16(legacy, vwr_ring_load16(&used->flags)) & VWR_VIRTQ_USED_F_NO_NOTIFY);
}

bool vwr_split_kick(struct vwr_queue *q)
{
    const uint32_t old = q->kicked;
    const uint32_t now = q->added;
    bool wanted;

    q->kicked = now;
    /* descriptors, and what was read of used entries and buffers, before the index */
    vwr_ring_publish16(&q->split.avail->idx, vwr_guest16(queue_is_legacy(q), (uint16_t)now));
    vwr_ring_mb(); /* the index before the device's suppression is read */
    wanted = split_need_event(q, now, old);
    vwr_trace(VWR_TRACE_KICK, q->doorbell.index, now - old, wanted);
    return queue_notify_if(q, wanted);
}

int vwr_split_read_used(struct vwr_queue *q)
{
    uint32_t written;
    uint32_t end = 0;
    uint32_t id;
    const int r = split_load_used_idx(q, &end);

    if (r <= 0)
        return r == 0 ? 0 : vwr_queue_bad(q, 0);
    id = split_read(q, q->split.used, q->last_used, &written);
    return vwr_queue_use_until(q, id, written, end);
}

/* Its descriptors are free again. */
void vwr_split_free(struct vwr_queue *q, const struct vwr_chain *c)
{
    q->slot[c->id] = &q->none;
    q->next[c->tail] = (uint16_t)q->free;
    q->free = c->id;
    q->num_free += c->count;
}

/* What the device reads before it interrupts: used_event, behind the available ring, or the flags. */
static void split_suppress(const struct vwr_queue *q, uint32_t used_event, uint16_t flags)
{
    struct vwr_virtq_avail *const avail = q->split.avail;
    const bool event = queue_has_event_idx(q);
    void *const at =
        event ? (uint8_t *)avail + vwr_virtq_avail_used_event_offset(q->size) : (uint8_t *)&avail->flags;

    vwr_ring_store16((vwr_le16 *)at, vwr_guest16(queue_is_legacy(q), event ? (uint16_t)used_event : flags));
}

bool vwr_split_arm(struct vwr_queue *q, uint16_t count)
{
    uint16_t idx;

    split_suppress(q, q->last_used + count - 1u, 0);
    vwr_ring_mb(); /* the suppression before the index, or the last buffer comes between them unseen */
    idx = vwr_guest16(queue_is_legacy(q), vwr_ring_load16(&q->split.used->idx));
    return (uint16_t)(idx - q->last_used) < count;
}

void vwr_split_disarm(struct vwr_queue *q)
{
    /* The event has passed already, and does not come again for a long time. */
    split_suppress(q, q->last_used - 1u, VWR_VIRTQ_AVAIL_F_NO_INTERRUPT);
}
