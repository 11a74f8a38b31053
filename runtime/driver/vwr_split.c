/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The split ring, driver side. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * Free descriptors hang together by `link`, and so do those of a chain in flight: giving a
 * chain back is hooking its tail to the free list. In order, descriptors are used round the
 * table instead. The descriptor table is written and never read; of what the device writes only
 * used.flags or avail_event, used.idx and the used entries are read, each of them once.
 */

void vwr_split_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m)
{
    uint8_t *const ring = m->shared;

    q->driver_offset = vwr_split_ring_desc_bytes(q->size);
    q->device_offset = VWR_SPLIT_RING_USED_OFFSET((size_t)q->size, vwr_split_align(q->legacy));
    q->desc = m->shared;
    q->avail = (struct vwr_virtq_avail *)(void *)(ring + q->driver_offset);
    q->avail_ring = q->avail->ring;
    q->used = (const struct vwr_virtq_used *)(void *)(ring + q->device_offset);
    if (!VWR_WITH_EVENT_IDX)
        return;
    q->used_event =
        (vwr_le16 *)(void *)(ring + q->driver_offset + vwr_virtq_avail_used_event_offset(q->size));
    q->avail_event =
        (const vwr_le16 *)(void *)(ring + q->device_offset + vwr_virtq_used_avail_event_offset(q->size));
}

static void write_desc(const struct vwr_queue *q, struct vwr_virtq_desc *desc, const struct vwr_seg *seg,
                       unsigned flags, unsigned next)
{
    vwr_ring_store64(&desc->addr, vwr_guest64(q->legacy, seg->addr));
    vwr_ring_store64(&desc->len,
                     vwr_split_half(q->legacy, seg->len | (uint64_t)flags << VWR_SPLIT_FLAGS_SHIFT |
                                                   (uint64_t)next << VWR_SPLIT_NEXT_SHIFT));
}

/* Some of the pieces of a table, each with the next one behind it. */
static uint64_t fill(const struct vwr_queue *q, struct vwr_virtq_desc *table, const struct vwr_seg *seg,
                     unsigned from, unsigned to, unsigned flags)
{
    uint64_t bytes = 0;

    for (unsigned i = from; i < to; i++) {
        write_desc(q, &table[i], &seg[i], flags, i + 1);
        if (seg[i].len == 0)
            return QUEUE_TOO_MANY;
        bytes += seg[i].len;
    }
    return bytes;
}

uint64_t vwr_split_fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                              unsigned count, struct vwr_virtq_desc *table)
{
    const unsigned last = out < count ? VWR_VIRTQ_DESC_F_WRITE : 0;
    uint64_t writable = 0;

    if (fill(q, table, seg, 0, out, VWR_VIRTQ_DESC_F_NEXT) == QUEUE_TOO_MANY)
        return QUEUE_TOO_MANY;
    if (out < count)
        writable = fill(q, table, seg, out, count, VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE);
    vwr_ring_store16(&table[count - 1].flags, vwr_guest16(q->legacy, (uint16_t)last));
    return writable;
}

static inline unsigned next_of(const struct vwr_queue *q, unsigned id, bool in_order)
{
    return in_order ? (id + 1) & q->mask : q->link[id];
}

/* A descriptor for each piece. */
static inline void place_pieces(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                                struct vwr_chain *chain, bool in_order)
{
    const struct vwr_seg *const write = seg + out;
    const struct vwr_seg *const last = seg + count - 1;
    struct vwr_virtq_desc *const desc = q->desc;
    unsigned flags = VWR_VIRTQ_DESC_F_NEXT;
    unsigned next = q->free_head;
    unsigned id;

    do {
        id = next;
        next = next_of(q, id, in_order);
        if (seg == write)
            flags |= VWR_VIRTQ_DESC_F_WRITE;
        if (seg == last)
            flags ^= VWR_VIRTQ_DESC_F_NEXT;
        write_desc(q, &desc[id], seg, flags, next);
    } while (seg++ != last);
    chain->tail = (uint16_t)id;
    q->free_head = next;
}

void vwr_split_place(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                     struct vwr_chain *chain)
{
    const bool in_order = VWR_WITH_IN_ORDER && q->in_order;
    const unsigned id = q->free_head;

    chain->head = (uint16_t)id;
    q->free -= chain->count;
    if (seg == NULL) {
        const struct vwr_seg table = {chain->table_addr, chain->table_bytes};

        write_desc(q, &q->desc[id], &table, VWR_VIRTQ_DESC_F_INDIRECT, 0);
        chain->tail = (uint16_t)id;
        q->free_head = next_of(q, id, in_order);
    } else if (in_order) {
        place_pieces(q, seg, out, count, chain, true);
    } else {
        place_pieces(q, seg, out, count, chain, false);
    }
}

/* One descriptor, the next in the table, which points at the chain's own table. */
int vwr_in_order_push(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    const uint32_t at = q->added & q->mask;
    const struct vwr_seg table = {chain->table_addr, chain->table_bytes};
    struct vwr_virtq_desc *desc;

    if (q->packed || chain->piece == NULL || chain->mark != NULL || q->free == 0 || len == 0)
        return vwr_queue_push_slowly(q, chain, addr, len, in);
    desc = &q->desc[q->free_head];
    write_desc(q, desc, &table, VWR_VIRTQ_DESC_F_INDIRECT, 0);
    chain->mark = chain;
    chain->head = (uint16_t)q->free_head;
    vwr_ring_store16(&q->avail_ring[at], vwr_guest16(q->legacy, (uint16_t)chain->head));
    q->chain[at] = chain;
    q->free_head = (q->free_head + 1u) & q->mask;
    q->free--;
    q->added++;
    vwr_split_set_piece(q, chain, chain->piece, chain->fixed, addr, len, in);
    vwr_trace(VWR_TRACE_ADD, q->notify_value, chain->head, 1);
    return VWR_OK;
}

static struct vwr_chain *last_of(const struct vwr_queue *q, uint32_t batch)
{
    return q->chain[(q->taken + batch - 1) & q->mask];
}

/*
 * In order a device may write one entry for a batch of buffers: the first in its place, with the
 * id of the last. Those before it are used, and it does not say how much of them.
 */
static int look(struct vwr_queue *q)
{
    const int count = vwr_split_look(q, q->used, q->taken);
    const struct vwr_virtq_used_elem *elem;
    uint32_t batch = (uint32_t)count;
    uint32_t id;

    if (count <= 0)
        return count;
    elem = &q->used->ring[q->taken & q->mask];
    id = vwr_guest32(q->legacy, vwr_ring_load32(&elem->id));
    if (id != last_of(q, batch)->head)
        for (batch = 1; id != last_of(q, batch)->head; batch++)
            if (batch == (uint32_t)count)
                return vwr_queue_bad(q);
    q->batch = batch;
    vwr_queue_written(q, last_of(q, batch), vwr_guest32(q->legacy, vwr_ring_load32(&elem->len)));
    q->batch_written = last_of(q, batch)->written;
    return count;
}

/* Hands back the next of a batch that is known to be used, at most `most`. Nothing of the ring is read. */
static unsigned take_batch(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    struct vwr_chain **const chain = q->chain;
    const uint32_t mask = q->mask;
    const uint32_t first = q->taken;
    uint32_t freed = 0;
    unsigned n;

    if (most >= q->batch) {
        most = q->batch;
        last_of(q, most)->writable = q->batch_written; /* of the others it is not said */
    }
    for (n = 0; n < most; n++) {
        struct vwr_chain *const c = chain[(first + n) & mask];

        c->mark = NULL;
        c->written = c->writable;
        freed += c->count;
        vwr_trace(VWR_TRACE_TAKE, q->notify_value, c->head, c->written);
        chains[n] = c;
    }
    q->batch -= most;
    q->taken = first + most;
    q->free += freed;
    return most;
}

int vwr_in_order_take(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    unsigned n = 0;

    while (n < most) {
        const int found = q->batch != 0 ? 1 : look(q);

        if (found <= 0)
            return n != 0 ? (int)n : found;
        n += take_batch(q, chains + n, most - n);
    }
    return (int)n;
}

bool vwr_split_arm(struct vwr_queue *q, uint16_t count)
{
    const uint16_t event = (uint16_t)(q->taken + count - 1u);
    uint16_t idx;

    if (VWR_WITH_EVENT_IDX && q->event_idx)
        vwr_ring_store16(q->used_event, vwr_guest16(q->legacy, event));
    else
        vwr_ring_store16(&q->avail->flags, 0);
    vwr_ring_mb(); /* the wish before the look, or the last buffer comes between them unseen */
    idx = vwr_guest16(q->legacy, vwr_ring_load16(&q->used->idx));
    return (uint16_t)(idx - q->taken) < count;
}

void vwr_split_disarm(struct vwr_queue *q)
{
    const uint16_t never = (uint16_t)(q->taken - 1u); /* passed already, and for a long time not again */

    if (VWR_WITH_EVENT_IDX && q->event_idx)
        vwr_ring_store16(q->used_event, vwr_guest16(q->legacy, never));
    else
        vwr_ring_store16(&q->avail->flags, vwr_guest16(q->legacy, VWR_VIRTQ_AVAIL_F_NO_INTERRUPT));
}
