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

#define TURN (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)
#define EVENT_FLAGS_SHIFT (8u * __builtin_offsetof(struct vwr_pvirtq_event_suppress, flags))

void vwr_packed_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m)
{
    uint8_t *const ring = m->shared;

    q->driver_offset = vwr_packed_ring_desc_bytes(q->size);
    q->device_offset = q->driver_offset + vwr_packed_ring_driver_event_bytes(q->size);
    q->ring = m->shared;
    q->driver_event = (struct vwr_pvirtq_event_suppress *)(void *)(ring + q->driver_offset);
    q->device_event = (const struct vwr_pvirtq_event_suppress *)(void *)(ring + q->device_offset);
    q->avail_flags = VWR_VIRTQ_DESC_F_AVAIL;
    q->used_flags = TURN;
}

static void write_desc(struct vwr_pvirtq_desc *desc, const struct vwr_seg *seg, unsigned id)
{
    desc->addr = vwr_cpu_to_le64(seg->addr);
    desc->len = vwr_cpu_to_le32(seg->len);
    desc->id = vwr_cpu_to_le16((uint16_t)id);
}

void vwr_packed_fill_table(const struct vwr_seg *seg, unsigned out, unsigned count, struct vwr_chain *chain)
{
    struct vwr_pvirtq_desc *const table = chain->table;

    for (unsigned i = 0; i < count; i++) {
        write_desc(&table[i], &seg[i], 0);
        table[i].flags = vwr_cpu_to_le16(i >= out ? VWR_VIRTQ_DESC_F_WRITE : 0);
    }
}

void vwr_packed_set_piece(struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    struct vwr_pvirtq_desc *const piece = chain->piece;

    chain->writable = in ? chain->fixed + len : chain->fixed;
    piece->addr = vwr_cpu_to_le64(addr);
    piece->len = vwr_cpu_to_le32(len);
    if (chain->in_now != in) {
        chain->in_now = in;
        piece->flags = vwr_cpu_to_le16(in ? VWR_VIRTQ_DESC_F_WRITE : 0);
    }
}

/* `at` descriptors further round the ring; `flags` as they are there. */
static uint16_t advance(const struct vwr_queue *q, uint16_t at, unsigned by, uint16_t *flags)
{
    unsigned to = at + by;

    if (to >= q->size) {
        to -= q->size;
        *flags ^= TURN;
    }
    return (uint16_t)to;
}

/* One descriptor; if it is the first since the last kick, its flags wait for the kick. */
static void put(struct vwr_queue *q, unsigned id, const struct vwr_seg *seg, unsigned flags)
{
    struct vwr_pvirtq_desc *const desc = &q->ring[q->avail_at];

    flags |= q->avail_flags;
    write_desc(desc, seg, id);
    if (q->kick_count++ == 0) {
        q->kick_at = q->avail_at;
        q->kick_flags = (uint16_t)flags;
    } else {
        desc->flags = vwr_cpu_to_le16((uint16_t)flags);
    }
    q->avail_at = advance(q, q->avail_at, 1, &q->avail_flags);
}

void vwr_packed_place(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                      struct vwr_chain *chain)
{
    const uint16_t id = q->free_head;

    if (vwr_queue_in_flight(q) == 0 || chain->count < q->shortest)
        q->shortest = chain->count;
    q->free_head = q->link[id];
    if (VWR_WITH_IN_ORDER && q->in_order && q->free_head == q->size)
        q->free_head = 0;
    q->free = (uint16_t)(q->free - chain->count);
    chain->head = id;
    q->chain[id] = chain;
    if (seg == NULL) {
        const struct vwr_seg table = {chain->table_addr, (uint32_t)VWR_TABLE_BYTES(chain->table_used)};

        put(q, id, &table, VWR_VIRTQ_DESC_F_INDIRECT);
    } else {
        for (unsigned i = 0; i < count; i++)
            put(q, id, &seg[i],
                (i + 1 < count ? VWR_VIRTQ_DESC_F_NEXT : 0u) | (i >= out ? VWR_VIRTQ_DESC_F_WRITE : 0u));
    }
    q->kick_buffers++;
    vwr_trace(VWR_TRACE_ADD, q->notify_value, id, chain->count);
}

/* A position as the two sides tell it each other: with the round that it is in. */
static uint16_t position(uint16_t at, bool odd)
{
    return (uint16_t)(at | (odd ? 1u << VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_SHIFT : 0u));
}

/* Has the device asked for a notification of the descriptors up to avail_at? */
static bool wants(const struct vwr_queue *q, uint16_t end, uint16_t count)
{
    const uint32_t event = vwr_le32_to_cpu(vwr_queue_load32((const vwr_le32 *)(const void *)q->device_event));
    const unsigned flags = event >> EVENT_FLAGS_SHIFT & VWR_PVIRTQ_EVENT_SUPPRESS_FLAGS_EVENT_FLAGS_MASK;
    uint16_t at = event & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;

    if (flags == VWR_RING_EVENT_FLAGS_DISABLE)
        return false;
    if (flags != VWR_RING_EVENT_FLAGS_DESC)
        return true; /* also what the document does not have */
    if (((event ^ end) & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK) != 0)
        at = (uint16_t)(at - q->size); /* of the round before */
    end &= VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;
    return (uint16_t)(end - at - 1u) < count;
}

bool vwr_packed_kick(struct vwr_queue *q)
{
    const uint16_t end = position(q->avail_at, (q->avail_flags & VWR_VIRTQ_DESC_F_AVAIL) != 0);
    const uint16_t count = q->kick_count;
    bool wanted;

    q->published = q->added += q->kick_buffers;
    q->kick_count = 0;
    vwr_port_wmb(); /* all else before the flags that make the first descriptor the device's */
    vwr_queue_store16(&q->ring[q->kick_at].flags, vwr_cpu_to_le16(q->kick_flags));
    vwr_port_mb(); /* the flags before the look at whether the device wants to hear of them */
    wanted = wants(q, end, count);
    vwr_trace(VWR_TRACE_KICK, q->notify_value, q->kick_buffers, wanted);
    q->kick_buffers = 0;
    return vwr_queue_notify(q, wanted, q->added, end);
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

/* The next buffer is used: its place in the ring is free, and it goes to the caller. */
static int give_back(struct vwr_queue *q, unsigned id, struct vwr_chain **chain)
{
    struct vwr_chain *const c = q->chain[id];

    q->chain[id] = NULL;
    if (!VWR_WITH_IN_ORDER || !q->in_order) {
        q->link[id] = q->free_head;
        q->free_head = (uint16_t)id;
    }
    q->used_at = advance(q, q->used_at, c->count, &q->used_flags);
    q->free = (uint16_t)(q->free + c->count);
    q->taken++;
    vwr_trace(VWR_TRACE_TAKE, q->notify_value, id, c->written);
    *chain = c;
    return 1;
}

static int take_in_order(struct vwr_queue *q, struct vwr_chain **chain)
{
    const uint16_t id = q->used_id;

    q->used_id = id + 1u == q->size ? 0 : (uint16_t)(id + 1u);
    q->chain[id]->written = q->chain[id]->writable;
    if (--q->batch == 0)
        q->chain[id]->written = q->batch_written;
    return give_back(q, id, chain);
}

int vwr_packed_take(struct vwr_queue *q, struct vwr_chain **chain)
{
    const struct vwr_pvirtq_desc *const desc = &q->ring[q->used_at];
    unsigned flags;
    unsigned id;
    uint32_t written;

    if (VWR_WITH_IN_ORDER && q->batch != 0)
        return take_in_order(q, chain);
    flags = vwr_le16_to_cpu(vwr_queue_load16(&desc->flags));
    if ((flags & TURN) != q->used_flags)
        return 0;
    vwr_port_rmb(); /* the flags before the rest of what the device has written */
    id = vwr_le16_to_cpu(vwr_queue_load16(&desc->id));
    written = vwr_le32_to_cpu(vwr_queue_load32(&desc->len));
    if (id >= q->size || q->chain[id] == NULL ||
        q->taken == q->published) /* all that it knows of came back */
        return vwr_queue_bad(q);
    vwr_queue_written(q, q->chain[id], flags & VWR_VIRTQ_DESC_F_WRITE ? written : 0);
    if (!VWR_WITH_IN_ORDER || !q->in_order)
        return give_back(q, id, chain);
    q->batch = batch_of(q, id);
    q->batch_written = q->chain[id]->written;
    return q->batch != 0 ? take_in_order(q, chain) : vwr_queue_bad(q);
}

bool vwr_packed_arm(struct vwr_queue *q, uint16_t count)
{
    uint16_t flags = q->used_flags;
    uint32_t event = VWR_RING_EVENT_FLAGS_ENABLE;
    uint16_t at;

    if (VWR_WITH_EVENT_IDX && q->event_idx) {
        /*
         * Where the buffer begins that comes back as the count-th is known only if all have the same
         * length. Too early does no harm; too late, and who waits may be waited for.
         */
        at = advance(q, q->used_at, (count - 1u) * q->shortest, &flags);
        event = position(at, (flags & VWR_VIRTQ_DESC_F_AVAIL) != 0) | (uint32_t)VWR_RING_EVENT_FLAGS_DESC
                                                                          << EVENT_FLAGS_SHIFT;
    }
    *(volatile vwr_le32 *)(void *)q->driver_event = vwr_cpu_to_le32(event);
    vwr_port_mb(); /* the wish before the look, or the last buffer comes between them unseen */
    if (VWR_WITH_IN_ORDER && q->batch != 0)
        return false;
    flags = vwr_le16_to_cpu(vwr_queue_load16(&q->ring[q->used_at].flags));
    return (flags & TURN) != q->used_flags;
}

void vwr_packed_disarm(struct vwr_queue *q)
{
    *(volatile vwr_le32 *)(void *)q->driver_event =
        vwr_cpu_to_le32((uint32_t)VWR_RING_EVENT_FLAGS_DISABLE << EVENT_FLAGS_SHIFT);
}
