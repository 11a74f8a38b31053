/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * Packed ring, driver side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * Descriptors are used in ring order. AVAIL and USED flags show who owns a descriptor; their meaning inverts
 * each time the ring wraps. Flags are stored immediately, except those of the first descriptor since the last
 * kick: the device cannot proceed past that one. Without IN_ORDER buffers are identified by IDs, and
 * queue.next links the free ones; with IN_ORDER an ID is the position of the first descriptor.
 */

/* Upper word of a descriptor: length, ID and flags. */
static inline uint64_t packed_half(uint32_t len, unsigned id, unsigned flags)
{
    return len | (uint64_t)id << VWR_PACKED_ID_SHIFT | (uint64_t)flags << VWR_PACKED_FLAGS_SHIFT;
}

/* Upper word of a chain of one descriptor, from its adjacent fields answer_at, id and tail. */
static inline uint64_t packed_kept_half(const struct vwr_chain *chain)
{
    typedef uint64_t half VWR_MAY_ALIAS;
    const bool one_load =
        !VWR_BIG_ENDIAN && __builtin_offsetof(struct vwr_chain, answer_at) % sizeof(half) == 0;

    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_chain, tail) ==
                          __builtin_offsetof(struct vwr_chain, answer_at) + 6,
                      "as in the descriptor");
    return one_load ? *(const half *)(const void *)&chain->answer_at
                    : packed_half(chain->answer_at, chain->id, chain->tail);
}

#define PACKED_WRAP packed_half(0, 0, VWR_PACKED_WRAP_FLAGS)

static inline void packed_write(struct vwr_pvirtq_desc *desc, uint64_t addr, uint64_t half)
{
    vwr_ring_store64(&desc->addr, vwr_cpu_to_le64(addr));
    vwr_ring_store64(&desc->len, vwr_cpu_to_le64(half));
}

/* Event suppression structures follow the descriptors: first the driver's, then the device's. */
static inline struct vwr_pvirtq_event_suppress *packed_driver_event(const struct vwr_queue *q)
{
    return (struct vwr_pvirtq_event_suppress *)(void *)(q->packed.desc + q->size);
}

void vwr_packed_prepare(struct vwr_queue *q, void *memory)
{
    q->packed.desc = memory;
    q->packed.flags = packed_half(0, 0, VWR_VIRTQ_DESC_F_AVAIL);
    q->packed.used_flags = VWR_PACKED_WRAP_FLAGS;
    q->packed.shortest = q->size;
    q->packed.least = q->size;
}

/* Tracks the shortest buffer in flight, for vwr_packed_arm. */
static inline void packed_measure(struct vwr_queue *q, uint32_t count)
{
    const bool first = q->added == q->last_used;

    if (VWR_RARELY(first) || VWR_RARELY(count < q->packed.shortest))
        q->packed.shortest = first && q->packed.least < count ? q->packed.least : count;
}

/*
 * Stores the upper word of a descriptor. Flags of the first descriptor since the last kick are held until the
 * kick.
 */
VWR_FAST_INLINE void packed_store_half(struct vwr_queue *q, struct vwr_pvirtq_desc *desc, uint32_t at,
                                       uint64_t half)
{
    if (VWR_RARELY(at == q->packed.first)) {
        q->packed.held = (uint16_t)(half >> VWR_PACKED_FLAGS_SHIFT);
        vwr_ring_store32(&desc->len, vwr_cpu_to_le32((uint32_t)half));
        vwr_ring_store16(&desc->id, vwr_cpu_to_le16((uint16_t)(half >> VWR_PACKED_ID_SHIFT)));
    } else {
        vwr_ring_store64(&desc->len, vwr_cpu_to_le64(half));
    }
}

/* Stores the next descriptor of a buffer. */
VWR_FAST_INLINE void packed_put(struct vwr_queue *q, uint64_t addr, uint64_t half)
{
    const uint32_t at = q->packed.next;

    struct vwr_pvirtq_desc *const desc = &q->packed.desc[at];

    vwr_ring_store64(&desc->addr, vwr_cpu_to_le64(addr));
    packed_store_half(q, desc, at, half | q->packed.flags);
    q->packed.next = at + 1;
    if (VWR_RARELY(at + 1 == q->size)) {
        q->packed.next = 0;
        q->packed.flags ^= PACKED_WRAP;
    }
}

/*
 * Ends a buffer whose last descriptor precedes `at`: clears its NEXT flag and moves the ring position to
 * `at`.
 */
VWR_FAST_INLINE void packed_end(struct vwr_queue *q, uint32_t at, uint64_t half)
{
    const uint16_t flags = (uint16_t)(half >> VWR_PACKED_FLAGS_SHIFT) ^ VWR_VIRTQ_DESC_F_NEXT;

    if (VWR_RARELY(at - 1 == q->packed.first))
        q->packed.held = flags;
    else
        vwr_ring_store16(&q->packed.desc[at - 1].flags, vwr_cpu_to_le16(flags));
    if (VWR_RARELY(at == q->size)) {
        at = 0;
        half ^= PACKED_WRAP;
    }
    q->packed.next = at;
    q->packed.flags = half & PACKED_WRAP;
}

/* Makes `count` descriptors from the current position unavailable again. */
static VWR_COLD int packed_undo(const struct vwr_queue *q, unsigned count)
{
    struct vwr_packed_cursor c = {q->packed.next, (uint32_t)(q->packed.flags >> VWR_PACKED_FLAGS_SHIFT)};

    for (; count != 0; count--) {
        vwr_ring_store16(&q->packed.desc[c.index].flags,
                         vwr_cpu_to_le16((uint16_t)(c.flags ^ VWR_VIRTQ_DESC_F_AVAIL)));
        vwr_packed_advance(&c, 1, q->size);
    }
    return VWR_EINVAL;
}

/* ID of the next buffer; the queue size: none is free. */
static inline uint32_t packed_id(const struct vwr_queue *q)
{
    return queue_is_in_order(q) ? q->packed.next : q->free;
}

/* Assigns an ID to the chain. */
static inline void packed_take_id(struct vwr_queue *q, struct vwr_chain *chain, uint32_t id)
{
    queue_set_id(q, chain, id);
    if (!queue_is_in_order(q))
        q->free = q->next[id];
}

/* The chain is in the ring, with `count` descriptors. */
VWR_FAST_INLINE int packed_added(struct vwr_queue *q, struct vwr_chain *chain, uint32_t id, unsigned count,
                                 uint32_t writable)
{
    packed_take_id(q, chain, id);
    packed_measure(q, count);
    chain->count = (uint16_t)count;
    q->num_free -= count;
    chain->writable = writable;
    queue_added(q, chain, VWR_CHAIN_ADDED);
    return VWR_OK;
}

/* Stores the next descriptor of a buffer, wrapping at the end of the ring. */
VWR_FAST_INLINE void packed_next(struct vwr_queue *q, struct vwr_pvirtq_desc *desc, uint32_t *at,
                                 uint64_t *half, uint64_t addr, uint64_t len)
{
    if (VWR_RARELY(*at == q->size)) {
        *at = 0;
        *half ^= PACKED_WRAP;
    }
    vwr_ring_store64(&desc[*at].addr, vwr_cpu_to_le64(addr));
    packed_store_half(q, &desc[*at], *at, *half | len);
    (*at)++;
}

/* Writes all segments in one pass, to the ring, or to the chain's table with one ring descriptor. */
VWR_FAST_INLINE int packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                               struct vwr_chain *chain, bool table)
{
    const struct vwr_seg *const last = seg + count;
    const struct vwr_seg *end = seg + out;
    const uint32_t id = packed_id(q);
    struct vwr_pvirtq_desc *desc = table ? chain->table : q->packed.desc;
    uint64_t half = table ? 0 : q->packed.flags | packed_half(0, id, VWR_VIRTQ_DESC_F_NEXT);
    uint32_t at = q->packed.next;
    uint64_t bytes = 0;

    if (VWR_RARELY(id == q->size))
        return vwr_queue_full(q);
    for (;;) {
        for (; seg != end; seg++) {
            const uint64_t len = seg->len;

            if (VWR_RARELY(len == 0))
                return table ? VWR_EINVAL : packed_undo(q, count);
            bytes += len;
            if (table)
                packed_write(desc++, seg->addr, half | len);
            else
                packed_next(q, desc, &at, &half, seg->addr, len);
        }
        if (end == last)
            break;
        end = last;
        half |= packed_half(0, 0, VWR_VIRTQ_DESC_F_WRITE);
        bytes = 0; /* the segments so far are device-readable */
    }
    if ((half & packed_half(0, 0, VWR_VIRTQ_DESC_F_WRITE)) == 0)
        bytes = 0;
    if (VWR_RARELY(bytes >> 32 != 0))
        return table ? VWR_EINVAL : packed_undo(q, count);
    if (table)
        packed_put(q, chain->addr,
                   packed_half((uint32_t)VWR_TABLE_BYTES(count), id, VWR_VIRTQ_DESC_F_INDIRECT));
    else
        packed_end(q, at, half);
    return packed_added(q, chain, id, table ? 1 : count, (uint32_t)bytes);
}

int vwr_packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain)
{
    return packed_add(q, seg, out, count, chain, false);
}

int vwr_packed_add_table(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                         struct vwr_chain *chain)
{
    return packed_add(q, seg, out, count, chain, true);
}

/* Without IN_ORDER the chain keeps its ID. */
int vwr_packed_bind(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                    struct vwr_chain *chain)
{
    struct vwr_pvirtq_desc *const table = chain->table;
    const uint32_t id = packed_id(q);

    if (chain->count < q->packed.least)
        q->packed.least = chain->count;
    packed_measure(q, chain->count);
    if (!queue_is_in_order(q)) {
        if (id == q->size)
            return vwr_queue_full(q);
        packed_take_id(q, chain, id);
    }
    chain->tail = VWR_VIRTQ_DESC_F_INDIRECT;
    for (unsigned i = 0; i < count && queue_uses_table(q, chain, count); i++)
        packed_write(&table[i], seg[i].addr,
                     packed_half(seg[i].len, 0, i > out ? VWR_VIRTQ_DESC_F_WRITE : 0));
    return VWR_OK;
}

/* Posts without a table where the descriptors reach the end of the ring. */
static VWR_COLD int packed_wrap_run(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                    uint64_t data)
{
    const unsigned id = chain->id;

    if (chain->out_bytes != 0)
        packed_put(q, chain->addr, packed_half(chain->out_bytes, id, VWR_VIRTQ_DESC_F_NEXT));
    packed_put(q, addr, data);
    if (chain->in_bytes != 0)
        packed_put(q, chain->addr + chain->answer_at,
                   packed_half(chain->in_bytes, id, VWR_VIRTQ_DESC_F_WRITE));
    return VWR_OK;
}

/*
 * Posts without a table. Unless the ring wraps, only the first descriptor can be the first since the last
 * kick.
 */
static VWR_OUT_OF_LINE int packed_post_run(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                           uint32_t len, size_t out)
{
    uint64_t half = packed_half(len, chain->id, chain->flags[out]);
    const uint32_t at = q->packed.next;
    const uint32_t takes = chain->takes;
    struct vwr_pvirtq_desc *first;
    struct vwr_pvirtq_desc *desc;
    uint64_t same;

    chain->writable = queue_writable(chain, len, out);
    queue_added(q, chain, VWR_CHAIN_POSTED);
    q->num_free -= takes;
    if (VWR_RARELY(at + takes >= q->size))
        return packed_wrap_run(q, chain, addr, half);
    q->packed.next = at + takes;
    desc = first = &q->packed.desc[at];
    same = q->packed.flags | packed_half(0, chain->id, 0);
    half |= same;
    if (chain->out_bytes != 0) {
        packed_write(++desc, addr, half);
        addr = chain->addr;
        half = same | packed_half(chain->out_bytes, 0, VWR_VIRTQ_DESC_F_NEXT);
    }
    if (chain->in_bytes != 0)
        packed_write(desc + 1, chain->addr + chain->answer_at,
                     same | packed_half(chain->in_bytes, 0, VWR_VIRTQ_DESC_F_WRITE));
    vwr_ring_store64(&first->addr, vwr_cpu_to_le64(addr));
    packed_store_half(q, first, at, half);
    return VWR_OK;
}

/* Posts a single descriptor, for the data or the table, with the chain's saved upper word. */
VWR_ALWAYS_INLINE int packed_post_one(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr)
{
    packed_put(q, addr, packed_kept_half(chain));
    q->num_free--;
    queue_added(q, chain, VWR_CHAIN_POSTED);
    return VWR_OK;
}

VWR_OUT_OF_LINE int vwr_packed_post_again(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr)
{
    return packed_post_one(q, chain, addr);
}

int vwr_packed_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, size_t out)
{
    struct vwr_pvirtq_desc *const data = chain->table;

    if (VWR_RARELY((chain->bound & VWR_CHAIN_TABLE) == 0) && chain->takes != 1)
        return packed_post_run(q, chain, addr, len, out);
    chain->writable = queue_writable(chain, len, out);
    if (VWR_RARELY((chain->bound & VWR_CHAIN_TABLE) == 0)) {
        chain->answer_at = len;
        chain->tail = chain->flags[out];
        return packed_post_one(q, chain, addr);
    }
    vwr_ring_store64(&data->addr, vwr_cpu_to_le64(addr));
    vwr_ring_store32(&data->len, vwr_cpu_to_le32(len));
    vwr_ring_store16(&data->flags, vwr_cpu_to_le16(chain->flags[out]));
    return packed_post_one(q, chain, chain->addr);
}

/* Whether the device asked for a notification about the descriptors since `from`. */
static inline bool packed_need_event(const struct vwr_queue *q, uint32_t from)
{
    const uint32_t suppress = vwr_packed_load_suppress(packed_driver_event(q) + 1);
    struct vwr_packed_cursor now;

    if (VWR_RARELY(queue_has_event_idx(q))) {
        now.index = q->packed.next;
        now.flags = (uint32_t)(q->packed.flags >> VWR_PACKED_FLAGS_SHIFT);
        return vwr_packed_need_event(suppress, true, &now, from, q->size);
    }
    now.index = 0; /* assigned one by one: an initializer becomes a call of memset at -O0 */
    now.flags = 0;
    return vwr_packed_need_event(suppress, false, &now, from, q->size);
}

bool vwr_packed_kick(struct vwr_queue *q)
{
    const uint32_t from = q->packed.first;
    const uint32_t buffers = q->added - q->kicked;
    bool wanted;

    q->kicked = q->added;
    queue_count_flight(q);
    q->packed.first = q->packed.next;
    /* release: earlier stores, and loads from memory that the device may now overwrite, before the flags */
    vwr_ring_publish16(&q->packed.desc[from].flags, vwr_cpu_to_le16(q->packed.held));
    vwr_ring_mb(); /* the flags before the load of the device's event suppression */
    wanted = packed_need_event(q, from);
    vwr_trace(VWR_TRACE_KICK, q->doorbell.index, buffers, wanted);
    (void)buffers;
    return queue_notify_if(q, wanted);
}

/*
 * Where the count-th buffer starts is known only if all buffers have the same length, so the shortest length
 * is assumed: an early interrupt is harmless, a late one could stall a waiter.
 */
bool vwr_packed_arm(struct vwr_queue *q, uint32_t count)
{
    struct vwr_packed_cursor event = {q->oldest, q->packed.used_flags};

    if (queue_is_in_order(q) && q->used_end != q->last_used)
        return false;
    vwr_packed_advance(&event, (count - 1u) * q->packed.shortest, q->size);
    vwr_packed_enable(packed_driver_event(q), queue_has_event_idx(q), &event);
    /* event suppression before the load of the flags; otherwise the last buffer could be missed */
    vwr_ring_mb();
    return !packed_is_used(&q->packed.desc[q->oldest], q->packed.used_flags);
}

void vwr_packed_disarm(struct vwr_queue *q)
{
    vwr_packed_suppress(packed_driver_event(q), 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
