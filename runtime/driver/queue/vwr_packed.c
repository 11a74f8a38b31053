/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The packed ring, driver side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * Descriptors are used one after the other; the flags AVAIL and USED of each say whose it is, and mean the
 * opposite each time that the ring has wrapped. All flags but those of the first descriptor since
 * the last kick are written at once: the device cannot come past that one. Out of order buffers are told
 * apart by ids, of which the free ones are a list in queue.next; in order an id is the position of the first
 * descriptor.
 */

/* The second half of a descriptor. */
static inline uint64_t packed_half(uint32_t len, unsigned id, unsigned flags)
{
    return len | (uint64_t)id << VWR_PACKED_ID_SHIFT | (uint64_t)flags << VWR_PACKED_FLAGS_SHIFT;
}

#define PACKED_WRAP packed_half(0, 0, VWR_PACKED_WRAP_FLAGS)

static inline void packed_write(struct vwr_pvirtq_desc *desc, uint64_t addr, uint64_t half)
{
    vwr_ring_store64(&desc->addr, vwr_cpu_to_le64(addr));
    vwr_ring_store64(&desc->len, vwr_cpu_to_le64(half));
}

/* Event suppression lies behind the descriptors: the driver's, and the device's. */
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

/* For arm: where the buffer begins that is returned as the count-th is known only if all are as long. */
static inline void packed_measure(struct vwr_queue *q, uint32_t count)
{
    if (vwr_queue_in_flight(q) == 0)
        q->packed.shortest = q->packed.least;
    if (count < q->packed.shortest)
        q->packed.shortest = count;
}

/* The second half of a descriptor; the first one since the last kick is not the device's before that. */
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

/* The next descriptor of a buffer. */
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

/* The bytes that the device may write; 2^32 or more: too many, or a segment is empty. */
static uint64_t packed_check(const struct vwr_seg *seg, unsigned out, unsigned count)
{
    uint64_t writable = 0;

    for (unsigned i = 0; i < count; i++) {
        if (seg[i].len == 0)
            return ~(uint64_t)0;
        writable += i >= out ? seg[i].len : 0;
    }
    return writable;
}

static void packed_fill_table(struct vwr_chain *chain, const struct vwr_seg *seg, unsigned out,
                              unsigned count)
{
    struct vwr_pvirtq_desc *const table = chain->table;

    for (unsigned i = 0; i < count; i++)
        packed_write(&table[i], seg[i].addr,
                     packed_half(seg[i].len, 0, i >= out ? VWR_VIRTQ_DESC_F_WRITE : 0));
}

static void packed_fill_ring(struct vwr_queue *q, unsigned id, const struct vwr_seg *seg, unsigned out,
                             unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const unsigned flags =
            (i >= out ? VWR_VIRTQ_DESC_F_WRITE : 0u) | (i + 1 < count ? VWR_VIRTQ_DESC_F_NEXT : 0u);

        packed_put(q, seg[i].addr, packed_half(seg[i].len, id, flags));
    }
}

/* A chain that is not bound, or in order: its id. size: there is none now. */
static inline uint32_t packed_take_id(struct vwr_queue *q, struct vwr_chain *chain)
{
    const uint32_t id = queue_is_in_order(q) ? q->packed.next : q->free;

    if (id != q->size) {
        chain->id = (uint16_t)id;
        q->slot[id] = chain;
        if (!queue_is_in_order(q))
            q->free = q->next[id];
    }
    return id;
}

int vwr_packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain)
{
    const bool table = queue_uses_table(q, chain, count);
    const uint64_t writable = packed_check(seg, out, count);

    if (VWR_RARELY(writable >> 32 != 0))
        return VWR_EINVAL;
    chain->count = (uint16_t)(table ? 1u : count);
    if (VWR_RARELY(chain->count > q->num_free) || VWR_RARELY(packed_take_id(q, chain) == q->size))
        return vwr_queue_full(q);
    packed_measure(q, chain->count);
    q->num_free -= chain->count;
    if (table) {
        packed_fill_table(chain, seg, out, count);
        packed_put(q, chain->addr,
                   packed_half((uint32_t)VWR_TABLE_BYTES(count), chain->id, VWR_VIRTQ_DESC_F_INDIRECT));
    } else {
        packed_fill_ring(q, chain->id, seg, out, count);
    }
    queue_added(q, chain, VWR_CHAIN_ADDED, (uint32_t)writable);
    return VWR_OK;
}

/* Out of order the chain keeps its id. */
int vwr_packed_bind(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                    struct vwr_chain *chain)
{
    if (chain->count < q->packed.least)
        q->packed.least = chain->count;
    packed_measure(q, chain->count);
    if (!queue_is_in_order(q) && packed_take_id(q, chain) == q->size)
        return vwr_queue_full(q);
    if (queue_uses_table(q, chain, count))
        packed_fill_table(chain, seg, out, count);
    return VWR_OK;
}

/* The segments lie where the ring has come to, and it wraps. */
static VWR_COLD void packed_wrap_run(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                     uint32_t len, unsigned flags)
{
    const unsigned id = chain->id;

    if (chain->out_bytes != 0)
        packed_put(q, chain->addr, packed_half(chain->out_bytes, id, VWR_VIRTQ_DESC_F_NEXT));
    packed_put(q, addr, packed_half(len, id, flags));
    if (chain->in_bytes != 0)
        packed_put(q, chain->addr + chain->answer_at,
                   packed_half(chain->in_bytes, id, VWR_VIRTQ_DESC_F_WRITE));
}

/* The same where it does not: only the first of them can be the first since the last kick. */
static VWR_OUT_OF_LINE int packed_post_run(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                           uint32_t len, size_t out)
{
    const uint64_t same = q->packed.flags | packed_half(0, chain->id, 0);
    const uint32_t at = q->packed.next;
    struct vwr_pvirtq_desc *const first = &q->packed.desc[at];
    uint64_t half = same | packed_half(len, 0, chain->flags[out]);
    struct vwr_pvirtq_desc *desc = first;

    queue_added(q, chain, VWR_CHAIN_POSTED, queue_writable(chain, len, out));
    q->num_free -= chain->takes;
    if (VWR_RARELY(at + chain->takes >= q->size)) {
        packed_wrap_run(q, chain, addr, len, chain->flags[out]);
        return VWR_OK;
    }
    q->packed.next = at + chain->takes;
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

/* The data of a buffer with a table are described there. */
VWR_ALWAYS_INLINE void packed_fill_data(const struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                        size_t out)
{
    struct vwr_pvirtq_desc *const data = chain->table;

    vwr_ring_store64(&data->addr, vwr_cpu_to_le64(addr));
    vwr_ring_store32(&data->len, vwr_cpu_to_le32(len));
    vwr_ring_store16(&data->flags, vwr_cpu_to_le16(chain->flags[out]));
}

/* One descriptor: it points at the table, or at the data. */
VWR_ALWAYS_INLINE int packed_post_one(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                      uint32_t len, size_t out, bool table)
{
    if (table) {
        packed_fill_data(chain, addr, len, out);
        packed_put(q, chain->addr, packed_half(chain->answer_at, chain->id, VWR_VIRTQ_DESC_F_INDIRECT));
    } else {
        packed_put(q, addr, packed_half(len, chain->id, chain->flags[out]));
    }
    q->num_free--;
    queue_added(q, chain, VWR_CHAIN_POSTED, queue_writable(chain, len, out));
    return VWR_OK;
}

int vwr_packed_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, size_t out)
{
    if (__builtin_expect(chain->bound == (VWR_CHAIN_BOUND | VWR_CHAIN_TABLE), 1))
        return packed_post_one(q, chain, addr, len, out, true);
    if ((chain->bound & VWR_CHAIN_ORDER) != 0) {
        chain->id = (uint16_t)q->packed.next;
        q->slot[q->packed.next] = chain;
    }
    if (chain->takes > 1)
        return packed_post_run(q, chain, addr, len, out);
    return packed_post_one(q, chain, addr, len, out, (chain->bound & VWR_CHAIN_TABLE) != 0);
}

/* Has the device asked for a notification of the descriptors from `from` on? */
static inline bool packed_need_event(const struct vwr_queue *q, uint32_t from)
{
    const struct vwr_packed_cursor now = {q->packed.next,
                                          (uint32_t)(q->packed.flags >> VWR_PACKED_FLAGS_SHIFT)};
    const uint32_t suppress = vwr_packed_load_suppress(packed_driver_event(q) + 1);

    if (VWR_RARELY(queue_has_event_idx(q)))
        return vwr_packed_need_event(suppress, true, &now, from, q->size);
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
    /* all that was written, or read of what the device may now write, before the flags */
    vwr_ring_publish16(&q->packed.desc[from].flags, vwr_cpu_to_le16(q->packed.held));
    vwr_ring_mb(); /* the flags before the device's suppression is read */
    wanted = packed_need_event(q, from);
    vwr_trace(VWR_TRACE_KICK, q->doorbell.index, buffers, wanted);
    (void)buffers;
    return queue_notify_if(q, wanted);
}

int vwr_packed_read_used(struct vwr_queue *q)
{
    const struct vwr_pvirtq_desc *const desc = &q->packed.desc[q->oldest];
    uint32_t written;
    uint32_t id;

    if (!packed_is_used(desc, q->packed.used_flags))
        return 0;
    id = packed_read(desc, &written);
    return vwr_queue_use_until(q, id, written, q->kicked);
}

/* Its id is free again. */
void vwr_packed_free(struct vwr_queue *q, const struct vwr_chain *c)
{
    q->slot[c->id] = &q->none;
    q->next[c->id] = (uint16_t)q->free;
    q->free = c->id;
}

/*
 * Where the buffer begins that is returned as the count-th is known only if all are as long. Too early does
 * no harm; too late, and who waits may be waited for.
 */
bool vwr_packed_arm(struct vwr_queue *q, uint32_t count)
{
    struct vwr_packed_cursor event = {q->oldest, q->packed.used_flags};

    if (queue_is_in_order(q) && q->used_end != q->last_used)
        return false;
    vwr_packed_advance(&event, (count - 1u) * q->packed.shortest, q->size);
    vwr_packed_enable(packed_driver_event(q), queue_has_event_idx(q), &event);
    vwr_ring_mb(); /* the suppression before the flags, or the last buffer comes between them unseen */
    return !packed_is_used(&q->packed.desc[q->oldest], q->packed.used_flags);
}

void vwr_packed_disarm(struct vwr_queue *q)
{
    vwr_packed_suppress(packed_driver_event(q), 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
