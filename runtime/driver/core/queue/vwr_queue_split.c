/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * Split ring, driver side. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * queue.next links the free descriptors and the descriptors of each buffer, so a buffer is freed by splicing
 * its whole list. With IN_ORDER, the list is circular and never changes, neither in queue.next nor in the
 * descriptors: descriptors are used in ring order, and the ID of a buffer is the position of its first
 * descriptor. The descriptor table is only written. From the device's area, only used.flags or avail_event,
 * used.idx and used entries are read, each once per call.
 */

void vwr_split_prepare_(struct vwr_queue *q, void *memory)
{
    uint8_t *const desc = memory;
    const size_t align = queue_is_legacy(q) ? VWR_SPLIT_RING_LEGACY_ALIGN : VWR_SPLIT_RING_USED_ALIGN;
    const size_t used = VWR_SPLIT_RING_USED_OFFSET((size_t)q->size, align);

    q->split.mask = q->size - 1u;
    q->split.desc = memory;
    q->split.avail = (struct vwr_virtq_avail *)(void *)(desc + vwr_split_ring_desc_bytes(q->size));
    q->split.used = (const struct vwr_virtq_used *)(void *)(desc + used);
    for (uint32_t i = 0; i < q->size && queue_is_in_order(q); i++)
        vwr_ring_store16(&q->split.desc[i].next,
                         vwr_guest16(queue_is_legacy(q), (uint16_t)((i + 1u) & q->split.mask)));
}

/*
 * Describes the segments of an array, either in the ring or in the chain's table, which needs one ring
 * descriptor.
 */
VWR_FAST_INLINE int split_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                              struct vwr_chain *chain, bool table, enum vwr_chain_state state)
{
    const struct vwr_seg *const last = seg + count;
    const struct vwr_seg *end = seg + out;
    struct queue_writer w;
    unsigned flags = VWR_VIRTQ_DESC_F_NEXT;
    uint64_t bytes = 0;

    split_begin(q, chain, table ? chain->table : NULL, 0, &w);
    for (;;) {
        for (; seg != end; seg++) {
            const uint32_t len = seg->len;

            if (VWR_RARELY(len == 0))
                return VWR_EINVAL;
            bytes += len;
            split_describe(q, &w, table, seg->addr, len, flags);
        }
        if (end == last)
            break;
        end = last;
        flags = VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE;
        bytes = 0; /* the segments so far are device-readable */
    }
    if (flags == VWR_VIRTQ_DESC_F_NEXT)
        bytes = 0;
    if (VWR_RARELY(bytes >> 32 != 0))
        return VWR_EINVAL;
    split_end(q, chain, &w, table, flags, count, (uint32_t)bytes, state);
    return VWR_OK;
}

int vwr_split_add_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain)
{
    return split_add(q, seg, out, count, chain, false, VWR_CHAIN_ADDED);
}

int vwr_split_add_table_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                         struct vwr_chain *chain)
{
    return split_add(q, seg, out, count, chain, true, VWR_CHAIN_ADDED);
}

/*
 * Without IN_ORDER, the chain keeps its descriptors in the table or the ring. They are built in the same way
 * as by add, but not made available.
 */
int vwr_split_bind_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                    struct vwr_chain *chain)
{
    const bool table = queue_uses_table(q, chain, count);
    struct vwr_virtq_desc *const desc = chain->table;

    if (queue_is_in_order(q)) {
        for (unsigned i = 0; i < count && table; i++)
            split_write(&desc[i], queue_is_legacy(q), seg[i].addr, seg[i].len,
                        (i > out ? VWR_VIRTQ_DESC_F_WRITE : 0) | (i + 1 < count ? VWR_VIRTQ_DESC_F_NEXT : 0),
                        i + 1);
        return VWR_OK;
    }
    if (chain->count > q->num_free)
        return vwr_queue_full_(q);
    (void)split_add(q, seg, out, count, chain, table,
                    VWR_CHAIN_ADDED); /* no segment is empty, and all are short */
    q->added--;
    chain->state = VWR_CHAIN_FREE;
    return VWR_OK;
}

/* For IN_ORDER without a table: writes the descriptors at the ring's current position. */
int vwr_split_post_run_(struct vwr_queue *q, uint64_t addr, uint32_t len, size_t out, struct vwr_chain *chain)
{
    struct vwr_virtq_desc *const desc = q->split.desc;
    const bool legacy = queue_is_legacy(q);
    const uint32_t mask = q->split.mask;
    const uint32_t id = q->free;
    uint32_t at = id;

    if (chain->out_bytes != 0) {
        split_put(&desc[at], legacy, chain->addr, chain->out_bytes, VWR_VIRTQ_DESC_F_NEXT);
        at = (at + 1) & mask;
    }
    split_put(&desc[at], legacy, addr, len, chain->flags[out]);
    at = (at + 1) & mask;
    if (chain->in_bytes != 0) {
        split_put(&desc[at], legacy, chain->addr + chain->answer_at, chain->in_bytes, VWR_VIRTQ_DESC_F_WRITE);
        at = (at + 1) & mask;
    }
    q->free = at;
    chain->writable = queue_writable(chain, len, out);
    split_make_available(q, chain, id, VWR_CHAIN_POSTED);
    return VWR_OK;
}

/* Whether the device asked for a notification about the buffers from `old` to `now`. */
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

bool vwr_split_kick_(struct vwr_queue *q)
{
    const uint32_t old = q->kicked;
    const uint32_t now = q->added;
    bool wanted;

    q->kicked = now;
    /*
     * release: order stores to descriptors, and loads from used entries and buffers, before the store of the
     * index
     */
    vwr_ring_publish16(&q->split.avail->idx, vwr_guest16(queue_is_legacy(q), (uint16_t)now));
    vwr_ring_mb(); /* store the index before loading the device's event suppression */
    wanted = split_need_event(q, now, old);
    vwr_trace(VWR_TRACE_KICK, q->doorbell.index, now - old, wanted);
    return queue_notify_if(q, wanted);
}

/*
 * Sets used_event (after the available ring) or the flags, which the device reads before it interrupts.
 */
static void split_suppress(const struct vwr_queue *q, uint32_t used_event, uint16_t flags)
{
    struct vwr_virtq_avail *const avail = q->split.avail;
    const bool event = queue_has_event_idx(q);
    void *const at =
        event ? (uint8_t *)avail + vwr_virtq_avail_used_event_offset(q->size) : (uint8_t *)&avail->flags;

    vwr_ring_store16((vwr_le16 *)at, vwr_guest16(queue_is_legacy(q), event ? (uint16_t)used_event : flags));
}

bool vwr_split_arm_(struct vwr_queue *q, uint16_t count)
{
    uint16_t idx;

    split_suppress(q, q->last_used + count - 1u, 0);
    /* store the event suppression before loading the index; otherwise the last buffer could be missed */
    vwr_ring_mb();
    idx = vwr_guest16(queue_is_legacy(q), vwr_ring_load16(&q->split.used->idx));
    return (uint16_t)(idx - q->last_used) < count;
}

void vwr_split_disarm_(struct vwr_queue *q)
{
    /*
     * With EVENT_IDX, sets an index that was just passed, which the device reaches again only after 2^16
     * buffers.
     */
    split_suppress(q, q->last_used - 1u, VWR_VIRTQ_AVAIL_F_NO_INTERRUPT);
}
