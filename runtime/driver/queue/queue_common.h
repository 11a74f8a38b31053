/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_QUEUE_COMMON_H
#define VWR_DRIVER_QUEUE_COMMON_H

#include "vwr/ring.h"
#include "queue_owners_common.h"

/*
 * Between vwr_queue.c, which checks what the caller asks, and the two layouts, a file each. A layout has
 *   add      describes a buffer of `count` segments, of which the device reads the first `out`: a free chain,
 *            1 to size segments, for which there are descriptors. VWR_OK; VWR_EINVAL: a segment is empty, or
 *            too many bytes are writable; VWR_EFULL: no id. The device does not see what add has written
 *            before an error.
 *   add_table  the same in the chain's table, where that is long enough, and one descriptor is free
 *   bind     describes what is the same each time: seg[out] stands for the data. VWR_OK; VWR_EFULL
 *   post     add of a chain that is free and bound, with at least 1 byte of data, where chain.takes
 *            descriptors are free; in order it has the id of its position already (queue_post). out: 1: the
 *            device reads the data, 0: it writes them. VWR_OK
 *   kick     something was added: notifies the device if it wants that, and answers whether
 *   arm, disarm
 * Used buffers are returned by one loop, queue_reap_each. Classes call post, kick and that loop themselves.
 */
void vwr_split_prepare(struct vwr_queue *q, void *memory);
int vwr_split_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                  struct vwr_chain *chain);
int vwr_split_add_table(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                        struct vwr_chain *chain);
int vwr_split_bind(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain);
int vwr_split_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, size_t out);
bool vwr_split_kick(struct vwr_queue *q);
bool vwr_split_arm(struct vwr_queue *q, uint16_t count);
void vwr_split_disarm(struct vwr_queue *q);

void vwr_packed_prepare(struct vwr_queue *q, void *memory);
int vwr_packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain);
int vwr_packed_add_table(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                         struct vwr_chain *chain);
int vwr_packed_bind(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                    struct vwr_chain *chain);
int vwr_packed_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, size_t out);
/* The same of a chain of one descriptor, out of order, with the length and direction of its last post. */
int vwr_packed_post_again(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr);
bool vwr_packed_kick(struct vwr_queue *q);
bool vwr_packed_arm(struct vwr_queue *q, uint32_t count);
void vwr_packed_disarm(struct vwr_queue *q);

#define QUEUE_TAKES_NONE 0xffffu /* chain.takes of a chain that cannot be posted: more than a queue has */

static inline bool queue_is_packed(const struct vwr_queue *q)
{
    return vwr_layout_is_packed(q->layout);
}

static inline bool queue_is_in_order(const struct vwr_queue *q)
{
    return vwr_layout_is_in_order(q->layout);
}

/* Split, and out of order: bound chains keep their descriptors. */
static inline bool queue_is_split(unsigned layout)
{
    return (!VWR_WITH_PACKED && !VWR_WITH_IN_ORDER) || layout == VWR_LAYOUT_SPLIT;
}

static inline bool queue_is_legacy(const struct vwr_queue *q)
{
    return (q->options & VWR_QUEUE_LEGACY) != 0;
}

static inline bool queue_has_event_idx(const struct vwr_queue *q)
{
    return VWR_WITH_ASYNC && (q->options & VWR_QUEUE_EVENT_IDX) != 0;
}

static inline bool queue_has_tables(const struct vwr_queue *q)
{
    return VWR_WITH_INDIRECT && (q->options & VWR_QUEUE_INDIRECT) != 0;
}

/* Does a buffer of `count` segments go as one descriptor that points at the chain's table? */
static inline bool queue_uses_table(const struct vwr_queue *q, const struct vwr_chain *chain, unsigned count)
{
    return queue_has_tables(q) && count > 1 && count <= chain->table_segs;
}

/* The end of a kick: the doorbell, if the device wants to be notified. Answers `wanted`. */
void vwr_queue_notify(struct vwr_queue *q);

/* vwr_doorbell.c: notifies the device, but by a store of the queue's value. */
void vwr_doorbell_ring(const struct vwr_queue *q);
void vwr_doorbell_cfg(const struct vwr_queue *q); /* vwr_pci_cfg.c */

VWR_FAST_INLINE bool queue_notify_if(struct vwr_queue *q, bool wanted)
{
    if (!wanted) {
        vwr_count_add(&q->stats.elided, 1);
        return false;
    }
    vwr_count_add(&q->stats.kicks, 1);
    if (q->doorbell.kind == VWR_DOORBELL_32) {
        vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint32_t), q->doorbell.value);
        vwr_port_write32(q->doorbell.reg, vwr_cpu_to_le32(q->doorbell.value));
    } else if (q->doorbell.kind > 0) {
        vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint16_t), q->doorbell.value);
        vwr_port_write16(q->doorbell.reg, vwr_cpu_to_le16(q->doorbell.value));
    } else {
        vwr_doorbell_ring(q);
    }
    return true;
}

/* Not enough free descriptors now: counts it. */
VWR_COLD int vwr_queue_full(struct vwr_queue *q);

/* The device broke the ring: stops the queue. `n` buffers were returned before: they are good. */
VWR_COLD int vwr_queue_bad(struct vwr_queue *q, unsigned n);

/* Of a chain that was added: the device has it. */
static inline bool queue_was_kicked(const struct vwr_queue *q, const struct vwr_chain *c)
{
    return (c->number - q->kicked) >> 31 != 0;
}

/* The chain has this id. */
VWR_FAST_INLINE void queue_set_id(struct vwr_queue *q, struct vwr_chain *chain, uint32_t id)
{
    chain->id = (uint16_t)id;
    q->slot[id] = chain;
}

/* It is in the queue. The caller sets how much the device may write. */
VWR_FAST_INLINE void queue_added(struct vwr_queue *q, struct vwr_chain *c, enum vwr_chain_state state)
{
    const uint32_t number = q->added;

    c->state = (uint8_t)state;
    c->number = number;
    q->added = number + 1;
    if (state == VWR_CHAIN_POSTED) /* vwr_queue_add says so itself: bind goes the same way */
        vwr_trace(VWR_TRACE_ADD, q->doorbell.index, c->id, c->count);
}

/* The bytes that the device may write of a bound chain. */
VWR_ALWAYS_INLINE uint32_t queue_writable(const struct vwr_chain *chain, uint32_t len, size_t out)
{
    return chain->in_bytes + (len & ((uint32_t)out - 1u)); /* no branch */
}

/* For the counters: before buffers are returned there are most of them in flight. */
static inline void queue_count_flight(struct vwr_queue *q)
{
    const uint32_t flight = q->kicked - q->last_used;

    vwr_count_most(&q->stats.flight_most, flight);
}

/* ---- split, out of order: what a request costs ---- */

/* The buffer goes into the available ring; the device sees it when kick moves the index. */
VWR_FAST_INLINE void split_make_available(struct vwr_queue *q, struct vwr_chain *chain, uint32_t id,
                                          enum vwr_chain_state state)
{
    const uint32_t at = q->added & q->mask;

    queue_added(q, chain, state);
    vwr_ring_store16(&q->split.avail->ring[at], vwr_guest16(queue_is_legacy(q), (uint16_t)id));
}

/* Posts a bound chain whose description stays in place: only the data change. */
VWR_FAST_INLINE void split_post_kept(struct vwr_queue *q, struct vwr_chain *chain, uint32_t id, uint64_t addr,
                                     uint32_t len, size_t out)
{
    struct vwr_virtq_desc *const data = chain->table;
    const bool legacy = queue_is_legacy(q);

    vwr_ring_store64(&data->addr, vwr_guest64(legacy, addr));
    vwr_ring_store32(&data->len, vwr_guest32(legacy, len));
    vwr_ring_store16(&data->flags, vwr_guest16(legacy, chain->flags[out]));
    chain->writable = queue_writable(chain, len, out);
    split_make_available(q, chain, id, VWR_CHAIN_POSTED);
}

/* Posts a bound chain, where chain.takes descriptors are free: VWR_OK. kept: the queue is_split. */
VWR_FAST_INLINE int queue_post(struct vwr_queue *q, bool kept, struct vwr_chain *chain, uint64_t addr,
                               uint32_t len, size_t out)
{
    if (kept) {
        split_post_kept(q, chain, chain->id, addr, len, out);
        return VWR_OK;
    }
    if (!queue_is_packed(q)) { /* in order, then */
        queue_set_id(q, chain, q->free);
        return vwr_split_post(q, chain, addr, len, out);
    }
    if (queue_is_in_order(q))
        queue_set_id(q, chain, q->packed.next);
    return vwr_packed_post(q, chain, addr, len, out);
}

/* Buffers that the device has used from number `first` on, by used.idx, which is read once. *bad: more than
 * it has. */
VWR_FAST_INLINE uint32_t split_count_used(struct vwr_queue *q, uint32_t first, bool *bad)
{
    const uint32_t flight = q->kicked - first;
    const uint32_t count =
        (uint16_t)(vwr_guest16(queue_is_legacy(q), vwr_ring_load16(&q->split.used->idx)) - first);

    if (VWR_RARELY(count - 1u >= flight)) {
        *bad = count != 0;
        return 0;
    }
    vwr_count_most(&q->stats.flight_most, flight);
    vwr_ring_acquire(); /* the index before the entries that it covers */
    return count;
}

/* The id of a used entry, and how much was written, each read once. */
VWR_ALWAYS_INLINE uint32_t split_read(const struct vwr_queue *q, const struct vwr_virtq_used *used,
                                      uint32_t at, uint32_t *written)
{
    const struct vwr_virtq_used_elem *const elem = &used->ring[at & q->mask];

    *written = vwr_guest32(queue_is_legacy(q), vwr_ring_load32(&elem->len));
    return vwr_guest32(queue_is_legacy(q), vwr_ring_load32(&elem->id));
}

/* ---- packed: a used descriptor ---- */

VWR_ALWAYS_INLINE bool packed_is_used(const struct vwr_pvirtq_desc *desc, uint32_t used_flags)
{
    return (vwr_le16_to_cpu(vwr_ring_load16(&desc->flags)) & VWR_PACKED_WRAP_FLAGS) == used_flags;
}

/*
 * Id and bytes written of a used descriptor, each read once. The specification says that the length means
 * nothing without WRITE; a known device does not set it, and its length is right (quirk
 * packed-ring.used-without-write). It is believed as far as the buffer is that long, like any other.
 */
VWR_ALWAYS_INLINE uint32_t packed_read(const struct vwr_pvirtq_desc *desc, uint32_t *written)
{
    vwr_ring_acquire(); /* the flags before the rest of what the device has written */
    *written = vwr_le32_to_cpu(vwr_ring_load32(&desc->len));
    return vwr_le16_to_cpu(vwr_ring_load16(&desc->id));
}

/* Behind `count` descriptors, where in a ring whose used descriptors have a position. */
VWR_ALWAYS_INLINE uint32_t queue_advance(struct vwr_queue *q, uint32_t at, uint32_t count)
{
    at += count;
    if (VWR_RARELY(at >= q->size)) {
        at -= q->size;
        if (queue_is_packed(q))
            q->packed.used_flags ^= VWR_PACKED_WRAP_FLAGS;
    }
    return at;
}

/* ---- used buffers are returned: one loop for every layout and class ---- */

/* A chain that the device has used, and how much it wrote. False: it is nothing for this loop, and stays. */
typedef bool queue_used(void *context, struct vwr_chain *chain, uint32_t written);

/* The chain of a used id, and at most what the device may have written. NULL: not for this loop. */
VWR_FAST_INLINE struct vwr_chain *queue_used_chain(struct vwr_queue *q, struct vwr_chain *c, bool any,
                                                   bool pending, uint32_t *written)
{
    if (VWR_RARELY(any ? c->state == VWR_CHAIN_FREE || (pending && !queue_was_kicked(q, c))
                       : c->state != VWR_CHAIN_POSTED))
        return NULL;
    if (VWR_RARELY(*written > c->writable)) {
        if (!any)
            return NULL;
        vwr_count_add(&q->stats.clamped, 1);
        *written = c->writable;
    }
    return c;
}

/* The descriptors of a chain that was added are free again, or its id. */
VWR_FAST_INLINE void queue_free(struct vwr_queue *q, unsigned layout, const struct vwr_chain *c)
{
    const uint32_t id = c->id;

    q->slot[id] = &q->none;
    q->next[vwr_layout_is_packed(layout) ? id : c->tail] = (uint16_t)q->free;
    q->free = id;
    if (!vwr_layout_is_packed(layout)) /* elsewhere those that were used are free */
        q->num_free += c->count;
}

/*
 * In order, the next used entry or descriptor, behind the buffers before number `last`: it stands for the
 * buffers up to the one with its id, which is one that the device has, and says of that one alone how much
 * was written. 1: queue.used_end is behind them; 0: none; VWR_EBADRING.
 */
VWR_FAST_INLINE int queue_read_in_order(struct vwr_queue *q, uint32_t last, uint32_t at)
{
    uint32_t end = q->kicked;
    struct vwr_chain *c;
    uint32_t written;
    uint32_t id;

    if (queue_is_packed(q)) {
        if (!packed_is_used(&q->packed.desc[at], q->packed.used_flags))
            return 0;
        id = packed_read(&q->packed.desc[at], &written);
    } else {
        bool bad = false;
        const uint32_t count = split_count_used(q, last, &bad);

        if (VWR_RARELY(count == 0))
            return bad ? VWR_EBADRING : 0;
        id = split_read(q, q->split.used, last, &written);
        end = last + count;
    }
    if (VWR_RARELY(id >= q->size))
        return VWR_EBADRING;
    c = q->slot[id];
    if (VWR_RARELY(c->state == VWR_CHAIN_FREE) || VWR_RARELY((c->number - end) >> 31 == 0))
        return VWR_EBADRING;
    q->used_end = c->number + 1;
    if (VWR_RARELY(written > c->writable))
        vwr_count_add(&q->stats.clamped, 1);
    else
        c->writable = written;
    return 1;
}

/*
 * Hands used buffers to `each`: how many, at most `max`. Chains that were posted alone, or any; `layout`,
 * `any` and `each` are constants where it is to be fast, and then either in order stands for both. *rest: of
 * any, the device broke the ring; else vwr_queue_reap says what is there.
 */
VWR_FAST_INLINE unsigned queue_reap_each(struct vwr_queue *q, unsigned layout, bool any, unsigned max,
                                         queue_used *each, void *context, bool *rest)
{
    const bool in_order = vwr_layout_is_in_order(layout);
    const bool split = queue_is_split(layout);
    const bool pending = q->added != q->kicked; /* some are not the device's yet */
    const struct vwr_virtq_used *const used = q->split.used;
    uint32_t at = q->oldest;
    uint32_t last = q->last_used;
    uint32_t limit = last + max;
    uint32_t end = limit;

    *rest = !any && pending;
    if (VWR_RARELY(*rest))
        return 0;
    if (split) {
        const uint32_t count = split_count_used(q, last, rest);

        if (VWR_RARELY(count == 0))
            return 0;
        end = count < max ? last + count : end;
    }
    do {
        if (in_order) { /* a used entry ends a batch, and there may be several */
            int r = 1;

            if (last == limit)
                break;
            if (q->used_end == last)
                r = queue_read_in_order(q, last, at);
            *rest = r < 0;
            if (VWR_RARELY(r <= 0))
                break;
            end = q->used_end - last < limit - last ? q->used_end : limit;
        }
        while (last != end) {
            uint32_t written = 0;
            uint32_t id = at;
            struct vwr_chain *c;

            if (split) {
                id = split_read(q, used, last, &written);
            } else if (!in_order) {
                if (!packed_is_used(&q->packed.desc[at], q->packed.used_flags))
                    break;
                id = packed_read(&q->packed.desc[at], &written);
            }
            *rest = !in_order && id >= q->size;
            if (VWR_RARELY(*rest))
                break;
            c = q->slot[id];
            if (in_order)
                written = c->writable;
            c = queue_used_chain(q, c, any, pending, &written);
            *rest = c == NULL || !each(context, c, written);
            if (VWR_RARELY(*rest))
                break;
            if (in_order)
                q->slot[at] = &q->none;
            else if (any && c->state == VWR_CHAIN_ADDED)
                queue_free(q, layout, c);
            c->state = VWR_CHAIN_FREE;
            vwr_trace(VWR_TRACE_TAKE, q->doorbell.index, c->id, written);
            last++;
            if (split)
                continue;
            q->num_free += c->count;
            at = queue_advance(q, at, c->count);
        }
    } while (in_order && !*rest);
    max = last - q->last_used;
    q->last_used = last;
    if (!split)
        q->oldest = at;
    return max;
}

/* Something was added. */
VWR_ALWAYS_INLINE bool queue_kick(struct vwr_queue *q, bool kept)
{
    return !kept && queue_is_packed(q) ? vwr_packed_kick(q) : vwr_split_kick(q);
}

/* Has the device used the only chain that it has? Its id and what was written, each read once. */
VWR_ALWAYS_INLINE bool queue_read_only(const struct vwr_queue *q, bool kept, uint32_t *id, uint32_t *written)
{
    const struct vwr_pvirtq_desc *const desc = &q->packed.desc[q->oldest];
    const struct vwr_virtq_used *const used = q->split.used;

    if (!kept && queue_is_packed(q)) {
        if (VWR_RARELY(!packed_is_used(desc, q->packed.used_flags)))
            return false;
        *id = packed_read(desc, written);
        return true;
    }
    if (VWR_RARELY(vwr_guest16(queue_is_legacy(q), vwr_ring_load16(&used->idx)) != (uint16_t)q->kicked))
        return false;
    vwr_ring_acquire(); /* the index before the entry that it covers */
    *id = split_read(q, used, q->last_used, written);
    return true;
}

/*
 * The device has used `chain`, which was posted, and nothing else is added: true, and the chain is returned.
 * False: vwr_queue_reap says what there is.
 */
VWR_ALWAYS_INLINE bool queue_return_only(struct vwr_queue *q, bool kept, struct vwr_chain *chain,
                                         uint32_t *written)
{
    const uint32_t end = q->last_used + 1;
    uint32_t id = 0;

    if (VWR_RARELY(q->added != end) || VWR_RARELY(!queue_read_only(q, kept, &id, written)) ||
        VWR_RARELY(id != chain->id) || VWR_RARELY(*written > chain->writable))
        return false;
    if (VWR_WITH_STATS && VWR_RARELY(q->stats.flight_most == 0))
        q->stats.flight_most = 1;
    chain->state = VWR_CHAIN_FREE;
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.index, chain->id, *written);
    q->last_used = end;
    if (kept) /* it keeps its descriptors */
        return true;
    q->used_end = end;
    if (queue_is_in_order(q))
        q->slot[id] = &q->none;
    q->num_free += chain->takes;
    q->oldest = queue_advance(q, q->oldest, chain->takes);
    return true;
}

#endif
