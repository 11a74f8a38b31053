/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * Packed ring, driver side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * Descriptors are used in ring order. The AVAIL and USED flags show which side owns a descriptor; their
 * meaning inverts each time the ring wraps. Flags are stored immediately, except that the first descriptor
 * since the last kick stays unavailable until the kick, and the device cannot proceed past it. Without
 * IN_ORDER, buffers are identified by IDs, and queue.next links the free IDs. With IN_ORDER, the ID of a
 * buffer is the position of its first descriptor.
 */

/* Event suppression structures follow the descriptors: first the driver's, then the device's. */
static inline struct vwr_pvirtq_event_suppress *packed_driver_event(const struct vwr_queue *q)
{
    return (struct vwr_pvirtq_event_suppress *)(void *)q->packed.end;
}

void vwr_packed_prepare_(struct vwr_queue *q, void *memory)
{
    q->packed.desc = memory;
    q->packed.end = q->packed.desc + q->size;
    q->packed.next = q->packed.desc;
    q->packed.first = q->packed.desc;
    q->packed.oldest = q->packed.desc;
    q->packed.flags = packed_half(0, 0, VWR_VIRTQ_DESC_F_AVAIL);
    q->packed.used_flags = VWR_PACKED_WRAP_FLAGS;
    q->packed.shortest = q->size;
    q->packed.least = q->size;
}

/* Makes `count` descriptors, starting at the current position, unavailable again. */
void vwr_packed_undo_(const struct vwr_queue *q, unsigned count)
{
    struct vwr_packed_cursor c = packed_now(q);

    for (; count != 0; count--) {
        vwr_ring_store16(&q->packed.desc[c.index].flags,
                         vwr_cpu_to_le16((uint16_t)(c.flags ^ VWR_VIRTQ_DESC_F_AVAIL)));
        vwr_packed_advance(&c, 1, q->size);
    }
}

/* Handles a buffer with an empty segment or too many writable bytes. */
static VWR_COLD int packed_refuse(const struct vwr_queue *q, bool table, unsigned count)
{
    if (!table)
        vwr_packed_undo_(q, count);
    return VWR_EINVAL;
}

/*
 * Describes the segments of an array, either in the ring or in the chain's table, which needs one ring
 * descriptor.
 */
VWR_FAST_INLINE int packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                               struct vwr_chain *chain, bool table)
{
    const struct vwr_seg *const last = seg + count;
    const struct vwr_seg *end = seg + out;
    struct queue_writer w;
    uint64_t write = 0; /* the flag WRITE, in the upper word */
    uint64_t bytes = 0;

    if (VWR_RARELY(!packed_begin(q, chain, table ? chain->table : NULL, 0, &w)))
        return vwr_queue_full_(q);
    for (;;) {
        for (; seg != end; seg++) {
            const uint64_t len = seg->len;

            if (VWR_RARELY(len == 0))
                return packed_refuse(q, table, count);
            bytes += len;
            packed_describe(q, &w, table, seg->addr, len | write);
        }
        if (end == last)
            break;
        end = last;
        write = packed_half(0, 0, VWR_VIRTQ_DESC_F_WRITE);
        bytes = 0; /* the segments so far are device-readable */
    }
    if (write == 0)
        bytes = 0;
    if (VWR_RARELY(bytes >> 32 != 0))
        return packed_refuse(q, table, count);
    packed_end(q, chain, &w, table, write != 0 ? VWR_VIRTQ_DESC_F_WRITE : 0, count, (uint32_t)bytes,
               VWR_CHAIN_ADDED);
    return VWR_OK;
}

int vwr_packed_add_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                    struct vwr_chain *chain)
{
    return packed_add(q, seg, out, count, chain, false);
}

int vwr_packed_add_table_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                          struct vwr_chain *chain)
{
    return packed_add(q, seg, out, count, chain, true);
}

/* Without IN_ORDER the chain keeps its ID. */
int vwr_packed_bind_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                     struct vwr_chain *chain)
{
    struct vwr_pvirtq_desc *const table = chain->table;
    const uint32_t id = packed_id(q);

    if (!queue_is_in_order(q)) {
        if (chain->count > q->num_free)
            return vwr_queue_full_(q);
        q->num_free -= chain->count;
        packed_take_id(q, chain, id); /* there is one ID for each descriptor */
    }
    if (chain->count < q->packed.least)
        q->packed.least = chain->count;
    packed_measure(q, chain->count);
    chain->tail = VWR_VIRTQ_DESC_F_INDIRECT;
    for (unsigned i = 0; i < count && queue_uses_table(q, chain, count); i++)
        packed_write(&table[i], seg[i].addr,
                     packed_half(seg[i].len, 0, i > out ? VWR_VIRTQ_DESC_F_WRITE : 0));
    return VWR_OK;
}

/* Posts a chain without a table whose descriptors reach the end of the ring. */
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
 * Posts a chain without a table. Unless the ring wraps, only its first descriptor can be the first one since
 * the last kick.
 */
int vwr_packed_post_run_(struct vwr_queue *q, uint64_t addr, uint32_t len, size_t out,
                         struct vwr_chain *chain)
{
    uint64_t half = packed_half(len, chain->id, chain->flags[out]);
    struct vwr_pvirtq_desc *const first = q->packed.next;
    const uint32_t count = chain->count;
    struct vwr_pvirtq_desc *desc = first;
    uint64_t same;

    chain->writable = queue_writable(chain, len, out);
    queue_added(q, chain, VWR_CHAIN_POSTED);
    if (VWR_RARELY(first + count >= q->packed.end))
        return packed_wrap_run(q, chain, addr, half);
    q->packed.next = first + count;
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
    packed_store(q, first, addr, half);
    return VWR_OK;
}

/* Whether the device asked for a notification about the descriptors since `from`. */
static inline bool packed_need_event(const struct vwr_queue *q, const struct vwr_pvirtq_desc *from)
{
    const uint32_t suppress = vwr_packed_load_suppress(packed_driver_event(q) + 1);
    struct vwr_packed_cursor now;

    now.index = 0;
    now.flags = 0;
    if (!queue_has_event_idx(q)) /* positions do not matter */
        return vwr_packed_need_event(suppress, false, &now, 0, 0);
    now = packed_now(q);
    return vwr_packed_need_event(suppress, true, &now, (uint32_t)(from - q->packed.desc), q->size);
}

bool vwr_packed_kick_(struct vwr_queue *q)
{
    struct vwr_pvirtq_desc *const from = q->packed.first;
    const uint32_t buffers = q->added - q->kicked;
    bool wanted;

    q->kicked = q->added;
    vwr_count_most(&q->stats.flight_most, q->kicked - q->last_used); /* the peak, before buffers are used */
    q->packed.first = q->packed.next;
    /*
     * release: order earlier stores, and loads from memory that the device may now overwrite, before the
     * store of the flags
     */
    vwr_ring_publish16(&from->flags, vwr_cpu_to_le16(q->packed.held));
    vwr_ring_mb(); /* store the flags before loading the device's event suppression */
    wanted = packed_need_event(q, from);
    vwr_trace(VWR_TRACE_KICK, q->doorbell.index, buffers, wanted);
    (void)buffers;
    return queue_notify_if(q, wanted);
}

/*
 * The start of the count-th buffer is known only if all buffers have the same length. Therefore, the shortest
 * length is assumed: an early interrupt is harmless, but a late one could stall a waiter.
 */
bool vwr_packed_arm_(struct vwr_queue *q, uint32_t count)
{
    const struct vwr_pvirtq_desc *const oldest = packed_oldest(q, q->layout);
    struct vwr_packed_cursor event = {(uint32_t)(oldest - q->packed.desc), q->packed.used_flags};

    if (queue_is_in_order(q) && q->used_end != q->last_used)
        return false;
    vwr_packed_advance(&event, (count - 1u) * q->packed.shortest, q->size);
    vwr_packed_enable(packed_driver_event(q), queue_has_event_idx(q), &event);
    /* store the event suppression before loading the flags; otherwise the last buffer could be missed */
    vwr_ring_mb();
    return !packed_is_used(oldest, q->packed.used_flags);
}

void vwr_packed_disarm_(struct vwr_queue *q)
{
    vwr_packed_suppress(packed_driver_event(q), 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
