/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_QUEUE_COMMON_H
#define VWR_DRIVER_QUEUE_COMMON_H

#include "vwr/ring.h"
#include "vwr/queue.h"

/*
 * Interface between vwr_queue.c, which checks the caller's arguments, and the two ring layouts,
 * vwr_queue_split.c and vwr_queue_packed.c. Functions of a layout:
 *   add        adds a buffer of `count` segments, of which the device reads the first `out`. The caller has
 *              checked that the chain is free, that `count` is 1 to the queue size, and that enough
 *              descriptors are free. VWR_OK; VWR_EINVAL: an empty segment, or too many writable bytes;
 *              VWR_EFULL: no free ID. On failure nothing is exposed to the device.
 *   add_table  the same with the chain's indirect table, which is large enough; one descriptor is free
 *   bind       pre-builds the constant descriptors; seg[out] is a placeholder for the data. VWR_OK; VWR_EFULL
 *   post       adds a free, bound chain with at least 1 byte of data. With IN_ORDER chain.count descriptors
 *              are free, and the chain already has the ID of its position (queue_post). out: 1: the device
 *              reads the data, 0: it writes them. VWR_OK
 *   kick       exposes the added buffers; notifies the device if it asked for that, and returns whether it
 *              did
 *   arm, disarm  enable and disable the interrupt
 * queue_reap returns used buffers, by a loop for each kind of layout. Classes call post, kick and that loop
 * directly.
 */
void vwr_split_prepare_(struct vwr_queue *q, void *memory);
int vwr_split_add_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain);
int vwr_split_add_table_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                         struct vwr_chain *chain);
int vwr_split_bind_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                    struct vwr_chain *chain);
int vwr_split_post_run_(struct vwr_queue *q, uint64_t addr, uint32_t len, size_t out,
                        struct vwr_chain *chain);
bool vwr_split_kick_(struct vwr_queue *q);
bool vwr_split_arm_(struct vwr_queue *q, uint16_t count);
void vwr_split_disarm_(struct vwr_queue *q);

void vwr_packed_prepare_(struct vwr_queue *q, void *memory);
int vwr_packed_add_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                    struct vwr_chain *chain);
int vwr_packed_add_table_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                          struct vwr_chain *chain);
int vwr_packed_bind_(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                     struct vwr_chain *chain);
int vwr_packed_post_run_(struct vwr_queue *q, uint64_t addr, uint32_t len, size_t out,
                         struct vwr_chain *chain);
void vwr_packed_undo_(const struct vwr_queue *q, unsigned count);
bool vwr_packed_kick_(struct vwr_queue *q);
bool vwr_packed_arm_(struct vwr_queue *q, uint32_t count);
void vwr_packed_disarm_(struct vwr_queue *q);

/* For vwr_port_dma_map(). Without that hook, nothing looks at it. */
static inline void *queue_context(const struct vwr_queue *q)
{
#if VWR_PORT_HAS_DMA_MAP
    return q->mapping.context;
#else
    (void)q;
    return NULL;
#endif
}

/* For a reset: unmaps the data of the buffers in flight. */
static inline void queue_set_unmap(struct vwr_queue *q, void (*unmap)(struct vwr_queue *))
{
#if VWR_PORT_HAS_DMA_MAP
    q->unmap_data = unmap;
#else
    (void)q;
    (void)unmap;
#endif
}

static inline bool queue_is_packed(const struct vwr_queue *q)
{
    return vwr_layout_is_packed(q->layout);
}

static inline bool queue_is_in_order(const struct vwr_queue *q)
{
    return vwr_layout_is_in_order(q->layout);
}

/* Split ring without IN_ORDER: bound chains keep their descriptors. */
static inline bool queue_is_split(unsigned layout)
{
    return (!VWR_WITH_PACKED && !VWR_WITH_IN_ORDER) || layout == VWR_LAYOUT_SPLIT;
}

static inline bool queue_is_legacy(const struct vwr_queue *q)
{
    return VWR_WITH_LEGACY && (q->options & VWR_QUEUE_LEGACY) != 0;
}

/*
 * Moves the used ring of a legacy queue to an alignment that its transport has and that is at most the usual
 * one, for which there is room. Nothing was added to the queue yet.
 */
static inline void split_align_used(struct vwr_queue *q, size_t align)
{
    const uint8_t *const desc = (const uint8_t *)q->split.desc;
    const size_t used = VWR_SPLIT_RING_USED_OFFSET((size_t)q->size, align);

    q->split.used = (const struct vwr_virtq_used *)(const void *)(desc + used);
}

static inline bool queue_has_event_idx(const struct vwr_queue *q)
{
    return VWR_WITH_ASYNC && (q->options & VWR_QUEUE_EVENT_IDX) != 0;
}

static inline bool queue_has_tables(const struct vwr_queue *q)
{
    return VWR_WITH_INDIRECT && (q->options & VWR_QUEUE_INDIRECT) != 0;
}

/* Whether a buffer of `count` segments uses a single descriptor, which points to the chain's table. */
static inline bool queue_uses_table(const struct vwr_queue *q, const struct vwr_chain *chain, unsigned count)
{
    return queue_has_tables(q) && count > 1 && count <= chain->table_segs;
}

/* vwr_queue_doorbell.c: the kinds of doorbells that need more than a store of the queue's value. */
void vwr_doorbell_ring_(const struct vwr_queue *q);

VWR_FAST_INLINE bool queue_notify_if(struct vwr_queue *q, bool wanted)
{
    if (!wanted) {
        vwr_count_add(&q->stats.elided, 1);
        return false;
    }
    vwr_count_add(&q->stats.kicks, 1);
    if (q->doorbell.kind == VWR_DOORBELL_32) {
        vwr_reg_write32(q->doorbell.reg, 0, q->doorbell.value);
    } else if (q->doorbell.kind > 0) {
        vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint16_t), q->doorbell.value);
        vwr_port_write16(q->doorbell.reg, vwr_cpu_to_le16(q->doorbell.value));
    } else {
        vwr_doorbell_ring_(q);
    }
    return true;
}

/* Handles a lack of free descriptors: updates the statistics and returns VWR_EFULL. */
VWR_COLD int vwr_queue_full_(struct vwr_queue *q);

/* Whether an added chain has been passed to the device. */
static inline bool queue_was_kicked(const struct vwr_queue *q, const struct vwr_chain *c)
{
    return (c->number - q->kicked) >> 31 != 0;
}

VWR_FAST_INLINE void queue_set_id(struct vwr_queue *q, struct vwr_chain *chain, uint32_t id)
{
    chain->id = (uint16_t)id;
    q->slot[id] = chain;
}

/* Marks a chain as being in the queue. The caller sets chain.writable. */
VWR_FAST_INLINE void queue_added(struct vwr_queue *q, struct vwr_chain *c, enum vwr_chain_state state)
{
    c->number = q->added;
    c->state = (uint8_t)state;
    q->added++;
    if (state == VWR_CHAIN_POSTED) /* vwr_queue_add() traces the buffer itself, since bind shares its code */
        vwr_trace(VWR_TRACE_ADD, q->doorbell.index, c->id, c->count);
}

/* Number of device-writable bytes of a bound chain. `out` is the same as for post. */
VWR_ALWAYS_INLINE uint32_t queue_writable(const struct vwr_chain *chain, uint32_t len, size_t out)
{
    return chain->in_bytes + (len & ((uint32_t)out - 1u)); /* branchless */
}

/* ---- split, without IN_ORDER: hot path ---- */

/* Adds the buffer to the available ring; kick updates the index. */
VWR_FAST_INLINE void split_make_available(struct vwr_queue *q, struct vwr_chain *chain, uint32_t id,
                                          enum vwr_chain_state state)
{
    const uint32_t at = q->added & q->split.mask;

    queue_added(q, chain, state);
    vwr_ring_store16(&q->split.avail->ring[at], vwr_guest16(queue_is_legacy(q), (uint16_t)id));
}

/* Stores a descriptor whose successor is already known. */
VWR_ALWAYS_INLINE void split_put(struct vwr_virtq_desc *desc, bool legacy, uint64_t addr, uint32_t len,
                                 uint16_t flags)
{
    vwr_ring_store64(&desc->addr, vwr_guest64(legacy, addr));
    vwr_ring_store32(&desc->len, vwr_guest32(legacy, len));
    vwr_ring_store16(&desc->flags, vwr_guest16(legacy, flags));
}

/*
 * A buffer that is being described, one segment after another: call begin, then describe for each segment,
 * then end. The device does not see the buffer before end.
 */
struct queue_writer {
    void *desc;    /* split: the table or the ring; packed: the next descriptor of the table or the ring */
    size_t at;     /* split: index of the next descriptor */
    uint64_t half; /* packed: ID, and the flags of the ring's position */
    struct vwr_virtq_desc *last; /* split: the last descriptor so far */
    uint32_t id;                 /* of the buffer */
    uint32_t kept; /* number of ring descriptors that the chain keeps, which the buffer uses first */
};

static inline void split_write(struct vwr_virtq_desc *desc, bool legacy, uint64_t addr, uint32_t len,
                               unsigned flags, size_t next)
{
    split_put(desc, legacy, addr, len, (uint16_t)flags);
    vwr_ring_store16(&desc->next, vwr_guest16(legacy, (uint16_t)next));
}

/* If `table` is NULL, the buffer uses ring descriptors. */
VWR_FAST_INLINE void split_begin(struct vwr_queue *q, const struct vwr_chain *chain, void *table,
                                 uint32_t kept, struct queue_writer *w)
{
    w->kept = kept;
    w->half = 0;
    w->id = q->free;
    if (kept != 0) {
        w->id = chain->id;
        q->next[chain->tail] = (uint16_t)q->free;
    }
    w->desc = table != NULL ? table : q->split.desc;
    w->at = table != NULL ? 0 : w->id;
    w->last = w->desc;
}

/* flags: NEXT, or NEXT and WRITE. */
VWR_FAST_INLINE void split_describe(const struct vwr_queue *q, struct queue_writer *w, bool table,
                                    uint64_t addr, uint32_t len, unsigned flags)
{
    struct vwr_virtq_desc *const desc = (struct vwr_virtq_desc *)w->desc + w->at;

    w->at = table ? w->at + 1 : q->next[w->at];
    split_write(desc, queue_is_legacy(q), addr, len, flags, w->at);
    w->last = desc;
}

/* Adds the buffer of `count` segments; `flags` are those of the last one. */
VWR_FAST_INLINE void split_end(struct vwr_queue *q, struct vwr_chain *chain, const struct queue_writer *w,
                               bool table, unsigned flags, unsigned count, uint32_t writable,
                               enum vwr_chain_state state)
{
    const bool legacy = queue_is_legacy(q);

    vwr_ring_store16(&w->last->flags,
                     vwr_guest16(legacy, (uint16_t)(flags & ~(unsigned)VWR_VIRTQ_DESC_F_NEXT)));
    if (table) {
        chain->tail = (uint16_t)w->id;
        q->free = q->next[w->id];
        split_write(&q->split.desc[w->id], legacy, chain->addr, (uint32_t)VWR_TABLE_BYTES(count),
                    VWR_VIRTQ_DESC_F_INDIRECT, q->free);
        count = 1;
    } else {
        chain->tail = (uint16_t)(w->last - q->split.desc);
        q->free = (uint32_t)w->at;
    }
    if (w->kept == 0)
        queue_set_id(q, chain, w->id);
    chain->count = (uint16_t)count;
    q->num_free += w->kept - count;
    chain->writable = writable;
    split_make_available(q, chain, w->id, state);
}

/* Posts a bound chain whose descriptors stay in the ring: only the data descriptor changes. */
VWR_FAST_INLINE void split_post_kept(struct vwr_queue *q, struct vwr_chain *chain, uint32_t id, uint64_t addr,
                                     uint32_t len, size_t out)
{
    struct vwr_virtq_desc *const data = chain->table;
    const bool legacy = queue_is_legacy(q);

    split_put(data, legacy, addr, len, chain->flags[out]);
    chain->writable = queue_writable(chain, len, out);
    split_make_available(q, chain, id, VWR_CHAIN_POSTED);
}

/* Writes the ring descriptor of a bound chain's table with IN_ORDER. The chain's ID is the next position. */
VWR_FAST_INLINE void split_put_table(struct vwr_queue *q, struct vwr_chain *chain)
{
    const uint32_t at = q->free;

    queue_set_id(q, chain, at);
    split_put(&q->split.desc[at], queue_is_legacy(q), chain->addr, chain->answer_at,
              VWR_VIRTQ_DESC_F_INDIRECT);
    q->free = (at + 1) & q->split.mask;
}

/* Posts a bound chain with IN_ORDER. vwr_split_post_run_() posts chains without a table. */
VWR_FAST_INLINE int split_post_next(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                    size_t out)
{
    const uint32_t at = q->free;

    if (VWR_RARELY((chain->bound & VWR_CHAIN_TABLE) == 0)) {
        queue_set_id(q, chain, at);
        return vwr_split_post_run_(q, addr, len, out, chain);
    }
    split_put_table(q, chain);
    split_post_kept(q, chain, at, addr, len, out);
    return VWR_OK;
}

/* ---- packed: hot path ---- */

/* Upper word of a descriptor: length, ID and flags. */
static inline uint64_t packed_half(uint32_t len, unsigned id, unsigned flags)
{
    return len | (uint64_t)id << VWR_PACKED_ID_SHIFT | (uint64_t)flags << VWR_PACKED_FLAGS_SHIFT;
}

/*
 * Upper word of the descriptor of a single-descriptor chain, loaded from the adjacent fields answer_at, id
 * and tail.
 */
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

/* Position of the next descriptor. */
static inline struct vwr_packed_cursor packed_now(const struct vwr_queue *q)
{
    const struct vwr_packed_cursor now = {(uint32_t)(q->packed.next - q->packed.desc),
                                          (uint32_t)(q->packed.flags >> VWR_PACKED_FLAGS_SHIFT)};

    return now;
}

/*
 * Stores a descriptor. The first one since the last kick stays unavailable until the kick stores its flags.
 */
VWR_FAST_INLINE void packed_store(struct vwr_queue *q, struct vwr_pvirtq_desc *desc, uint64_t addr,
                                  uint64_t half)
{
    vwr_ring_store64(&desc->addr, vwr_cpu_to_le64(addr));
    if (VWR_RARELY(desc == q->packed.first)) {
        q->packed.held = (uint16_t)(half >> VWR_PACKED_FLAGS_SHIFT);
        half ^= packed_half(0, 0, VWR_VIRTQ_DESC_F_AVAIL);
    }
    vwr_ring_store64(&desc->len, vwr_cpu_to_le64(half));
}

/* Stores the next descriptor of a buffer. */
VWR_FAST_INLINE void packed_put(struct vwr_queue *q, uint64_t addr, uint64_t half)
{
    struct vwr_pvirtq_desc *const desc = q->packed.next;

    packed_store(q, desc, addr, half | q->packed.flags);
    q->packed.next = desc + 1;
    if (VWR_RARELY(desc + 1 == q->packed.end)) {
        q->packed.next = q->packed.desc;
        q->packed.flags ^= PACKED_WRAP;
    }
}

static inline void packed_write(struct vwr_pvirtq_desc *desc, uint64_t addr, uint64_t half)
{
    vwr_ring_store64(&desc->addr, vwr_cpu_to_le64(addr));
    vwr_ring_store64(&desc->len, vwr_cpu_to_le64(half));
}

/* Tracks the shortest buffer in flight, for vwr_packed_arm_. */
static inline void packed_measure(struct vwr_queue *q, uint32_t count)
{
    const bool first = q->added == q->last_used;

    if (VWR_RARELY(first) || VWR_RARELY(count < q->packed.shortest))
        q->packed.shortest = first && q->packed.least < count ? q->packed.least : count;
}

/* ID of the next buffer; equal to the queue size if no ID is free. */
static inline uint32_t packed_id(const struct vwr_queue *q)
{
    return queue_is_in_order(q) ? packed_now(q).index : q->free;
}

/* Assigns an ID to the chain. */
static inline void packed_take_id(struct vwr_queue *q, struct vwr_chain *chain, uint32_t id)
{
    queue_set_id(q, chain, id);
    if (!queue_is_in_order(q))
        q->free = q->next[id];
}

/* If `table` is NULL, the buffer uses the next descriptors of the ring. Returns false if no ID is free. */
VWR_FAST_INLINE bool packed_begin(const struct vwr_queue *q, const struct vwr_chain *chain, void *table,
                                  uint32_t kept, struct queue_writer *w)
{
    w->kept = kept;
    w->at = 0;
    w->last = NULL;
    w->id = kept != 0 ? chain->id : packed_id(q);
    w->desc = table != NULL ? table : q->packed.next;
    w->half = q->packed.flags | packed_half(0, w->id, VWR_VIRTQ_DESC_F_NEXT);
    return w->id != q->size;
}

/* `half` contains the length and, if set, the flag WRITE. */
VWR_FAST_INLINE void packed_describe(struct vwr_queue *q, struct queue_writer *w, bool table, uint64_t addr,
                                     uint64_t half)
{
    struct vwr_pvirtq_desc *desc = w->desc;

    if (!table && VWR_RARELY(desc == q->packed.end)) {
        desc = q->packed.desc;
        w->half ^= PACKED_WRAP;
    }
    w->desc = desc + 1;
    if (table)
        packed_write(desc, addr, half);
    else
        packed_store(q, desc, addr, w->half | half);
}

/* Clears NEXT in a buffer's last descriptor, and advances the ring's position past it. */
VWR_FAST_INLINE void packed_end_run(struct vwr_queue *q, const struct queue_writer *w, unsigned flags)
{
    struct vwr_pvirtq_desc *const last = (struct vwr_pvirtq_desc *)w->desc - 1;
    const uint64_t half = w->half | packed_half(0, 0, flags & VWR_VIRTQ_DESC_F_WRITE);
    const uint16_t without = (uint16_t)(half >> VWR_PACKED_FLAGS_SHIFT) ^ VWR_VIRTQ_DESC_F_NEXT;

    if (VWR_RARELY(last == q->packed.first))
        q->packed.held = without;
    else
        vwr_ring_store16(&last->flags, vwr_cpu_to_le16(without));
    q->packed.next = last + 1;
    q->packed.flags = half & PACKED_WRAP;
    if (VWR_RARELY(last + 1 == q->packed.end)) {
        q->packed.next = q->packed.desc;
        q->packed.flags ^= PACKED_WRAP;
    }
}

/* Adds the buffer of `count` segments; `flags` are those of the last one. */
VWR_FAST_INLINE void packed_end(struct vwr_queue *q, struct vwr_chain *chain, const struct queue_writer *w,
                                bool table, unsigned flags, unsigned count, uint32_t writable,
                                enum vwr_chain_state state)
{
    if (table) {
        packed_put(q, chain->addr,
                   packed_half((uint32_t)VWR_TABLE_BYTES(count), w->id, VWR_VIRTQ_DESC_F_INDIRECT));
        count = 1;
    } else {
        packed_end_run(q, w, flags);
    }
    if (w->kept == 0)
        packed_take_id(q, chain, w->id);
    packed_measure(q, count);
    chain->count = (uint16_t)count;
    q->num_free += w->kept - count;
    chain->writable = writable;
    queue_added(q, chain, state);
}

/* Posts a single descriptor, for the data or the table, with the chain's saved upper word. */
VWR_ALWAYS_INLINE int packed_post_one(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr)
{
    packed_put(q, addr, packed_kept_half(chain));
    queue_added(q, chain, VWR_CHAIN_POSTED);
    return VWR_OK;
}

/* Posts a bound chain with a table or with a single descriptor. vwr_packed_post_run_() posts other chains. */
VWR_FAST_INLINE int packed_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                size_t out)
{
    struct vwr_pvirtq_desc *const data = chain->table;

    if (VWR_RARELY((chain->bound & VWR_CHAIN_TABLE) == 0)) {
        if (chain->count != 1)
            return vwr_packed_post_run_(q, addr, len, out, chain);
        chain->answer_at = len;
        chain->tail = chain->flags[out];
    } else {
        vwr_ring_store64(&data->addr, vwr_cpu_to_le64(addr));
        vwr_ring_store32(&data->len, vwr_cpu_to_le32(len));
        vwr_ring_store16(&data->flags, vwr_cpu_to_le16(chain->flags[out]));
        addr = chain->addr;
    }
    chain->writable = queue_writable(chain, len, out);
    return packed_post_one(q, chain, addr);
}

/* Whether there is room to post a bound chain. Without IN_ORDER, the chain already owns its descriptors. */
VWR_ALWAYS_INLINE bool queue_can_post(const struct vwr_queue *q, unsigned layout,
                                      const struct vwr_chain *chain)
{
    return !vwr_layout_is_in_order(layout) || chain->count <= q->num_free;
}

/* Frees the descriptors of an added or bound chain, and its ID. */
VWR_FAST_INLINE void queue_free(struct vwr_queue *q, unsigned layout, const struct vwr_chain *c)
{
    const uint32_t id = c->id;

    q->slot[id] = &q->none;
    q->next[vwr_layout_is_packed(layout) ? id : c->tail] = (uint16_t)q->free;
    q->free = id;
    q->num_free += c->count;
}

/* Number of ring descriptors that are kept by a free chain that was bound in this queue. */
VWR_FAST_INLINE uint32_t queue_kept(const struct vwr_queue *q, const struct vwr_chain *chain)
{
    return !queue_is_in_order(q) && q->slot[chain->id] == chain ? chain->count : 0;
}

/* Start of a chain's table. The pointer of a bound chain refers to the descriptor of the data. */
static inline void *queue_table(const struct vwr_chain *chain)
{
    const bool moved = (chain->bound & VWR_CHAIN_TABLE) != 0 && chain->out_bytes != 0;

    /* As a number, for NULL has no offset, not even 0. */
    return (void *)((uintptr_t)chain->table - (moved ? VWR_TABLE_BYTES(1) : 0));
}

/* Records that no descriptor of the chain stays in place. */
VWR_ALWAYS_INLINE void queue_clear_form(struct vwr_chain *chain)
{
    chain->bound &= (uint8_t)~VWR_CHAIN_BOUND;
    chain->segments = 0;
}

/*
 * Begins to describe a buffer of a free chain, which keeps `kept` ring descriptors. Here and below, `packed`
 * is true if the ring is packed. If `table` is NULL, the descriptors are in the ring. Returns false if no ID
 * is free.
 */
VWR_FAST_INLINE bool queue_open(struct vwr_queue *q, struct vwr_chain *chain, bool packed, void *table,
                                uint32_t kept, struct queue_writer *w)
{
    queue_clear_form(chain);
    if (VWR_WITH_PACKED && packed)
        return packed_begin(q, chain, table, kept, w);
    split_begin(q, chain, table, kept, w);
    return true;
}

/* Does the same as queue_open(), but returns the number of segments for which there is room. */
static inline unsigned queue_begin(struct vwr_queue *q, struct vwr_chain *chain, bool packed, bool table,
                                   struct queue_writer *w)
{
    const uint32_t kept = VWR_BINDS_CHAINS ? queue_kept(q, chain) : 0;
    const uint32_t room = q->num_free + kept;

    if (!queue_open(q, chain, packed, table ? queue_table(chain) : NULL, kept, w) || room == 0)
        return 0;
    return table ? chain->table_segs : room;
}

/* Describes a segment. `flags` is NEXT, or NEXT and WRITE. */
VWR_FAST_INLINE void queue_describe(struct vwr_queue *q, struct queue_writer *w, bool packed, bool table,
                                    uint64_t addr, uint32_t len, unsigned flags)
{
    if (VWR_WITH_PACKED && packed)
        packed_describe(q, w, table, addr, packed_half(len, 0, flags & VWR_VIRTQ_DESC_F_WRITE));
    else
        split_describe(q, w, table, addr, len, flags);
}

/* Discards the description of a buffer that is not added. */
static inline void queue_abandon(const struct vwr_queue *q, bool packed, bool table, unsigned count)
{
    if (VWR_WITH_PACKED && packed && !table)
        vwr_packed_undo_(q, count);
}

/* Adds the buffer of `count` segments; `flags` are those of the last one. */
VWR_FAST_INLINE void queue_end(struct vwr_queue *q, struct vwr_chain *chain, const struct queue_writer *w,
                               bool packed, bool table, unsigned flags, unsigned count, uint32_t writable,
                               enum vwr_chain_state state)
{
    if (VWR_WITH_PACKED && packed)
        packed_end(q, chain, w, table, flags, count, writable, state);
    else
        split_end(q, chain, w, table, flags, count, writable, state);
}

/*
 * Records which descriptors of a chain in a split ring stay in place. There is at least one data descriptor;
 * data_last is the last one.
 */
static inline void queue_set_in_ring(const struct vwr_queue *q, struct vwr_chain *chain, uint32_t data_last)
{
    chain->answer_at = data_last;
    chain->table = &q->split.desc[chain->out_bytes == 0 ? chain->id : q->next[chain->id]];
}

/*
 * Records the form in which a buffer of a bound chain was added: `count` segments, of which `data` are data
 * segments. data_last is the last data descriptor in a split ring. No descriptor stays in place if the buffer
 * is in the ring although the chain has a table, or if it is in a split ring and has no data.
 */
static inline void queue_set_form(const struct vwr_queue *q, struct vwr_chain *chain, bool table,
                                  unsigned data, unsigned count, uint32_t data_last)
{
    queue_clear_form(chain);
    if (table != ((chain->bound & VWR_CHAIN_TABLE) != 0))
        return;
    if (table) {
        chain->answer_at = (uint32_t)VWR_TABLE_BYTES(count);
    } else if (queue_is_split(q->layout)) {
        if (data == 0)
            return;
        queue_set_in_ring(q, chain, data_last);
    }
    chain->bound |= VWR_CHAIN_BOUND;
    chain->segments = (uint16_t)data;
}

/* Posts a bound chain, for which there is room. `layout` is q->layout. Returns VWR_OK. */
VWR_FAST_INLINE int queue_post(struct vwr_queue *q, unsigned layout, struct vwr_chain *chain, uint64_t addr,
                               uint32_t len, size_t out)
{
    if (queue_is_split(layout)) {
        split_post_kept(q, chain, chain->id, addr, len, out);
        return VWR_OK;
    }
    if (vwr_layout_is_in_order(layout))
        q->num_free -= chain->count;
    if (vwr_layout_is_packed(layout)) {
        if (vwr_layout_is_in_order(layout))
            queue_set_id(q, chain, packed_now(q).index);
        return packed_post(q, chain, addr, len, out);
    }
    return split_post_next(q, chain, addr, len, out);
}

/* Posts a bound chain whose table is filled in. The ring has room for it. */
VWR_FAST_INLINE void queue_post_table(struct vwr_queue *q, unsigned layout, struct vwr_chain *chain)
{
    if (vwr_layout_is_in_order(layout))
        q->num_free -= chain->count;
    if (vwr_layout_is_packed(layout)) {
        if (vwr_layout_is_in_order(layout))
            queue_set_id(q, chain, packed_now(q).index);
        (void)packed_post_one(q, chain, chain->addr);
        return;
    }
    if (vwr_layout_is_in_order(layout))
        split_put_table(q, chain);
    split_make_available(q, chain, chain->id, VWR_CHAIN_POSTED);
}

/*
 * Number of buffers that the device has used since buffer number `first`, from a single load of used.idx.
 * *bad: more than are in flight.
 */
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
    vwr_ring_acquire(); /* load the index before the entries that it makes available */
    return count;
}

/* ID and written length of a used entry, each loaded once. */
VWR_ALWAYS_INLINE uint32_t split_read(const struct vwr_queue *q, const struct vwr_virtq_used *used,
                                      uint32_t at, uint32_t *written)
{
    const struct vwr_virtq_used_elem *const elem = &used->ring[at & q->split.mask];

    *written = vwr_guest32(queue_is_legacy(q), vwr_ring_load32(&elem->len));
    return vwr_guest32(queue_is_legacy(q), vwr_ring_load32(&elem->id));
}

VWR_ALWAYS_INLINE bool packed_is_used(const struct vwr_pvirtq_desc *desc, uint32_t used_flags)
{
    return (vwr_le16_to_cpu(vwr_ring_load16(&desc->flags)) & VWR_PACKED_WRAP_FLAGS) == used_flags;
}

/*
 * ID and written length of a used descriptor, each loaded once. According to the specification the length is
 * reserved unless WRITE is set. There is a device that does not set WRITE although its length is valid (quirk
 * packed-ring.used-without-write). Therefore, the length is always accepted, and limited to the size of the
 * buffer.
 */
VWR_ALWAYS_INLINE uint32_t packed_read(const struct vwr_pvirtq_desc *desc, uint32_t *written)
{
    vwr_ring_acquire(); /* load the flags before the other fields that the device has written */
    *written = vwr_le32_to_cpu(vwr_ring_load32(&desc->len));
    return vwr_le16_to_cpu(vwr_ring_load16(&desc->id));
}

/* Gets the next descriptor that the device will use. */
VWR_ALWAYS_INLINE struct vwr_pvirtq_desc *packed_oldest(const struct vwr_queue *q, unsigned layout)
{
    return vwr_layout_is_in_order(layout) ? &q->packed.desc[q->oldest] : q->packed.oldest;
}

/* Gets the descriptor that is `count` descriptors after `desc`, without IN_ORDER. */
VWR_ALWAYS_INLINE struct vwr_pvirtq_desc *packed_advance_used(struct vwr_queue *q,
                                                              struct vwr_pvirtq_desc *desc, uint32_t count)
{
    desc += count;
    if (VWR_RARELY(desc >= q->packed.end)) {
        desc -= q->size;
        q->packed.used_flags ^= VWR_PACKED_WRAP_FLAGS;
    }
    return desc;
}

/* Gets the position that is `count` descriptors after `at`, with IN_ORDER. */
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

/* ---- returning used buffers: a loop for each kind of layout, for all classes ---- */

/*
 * Validates the chain of a used ID and limits *written to the number of writable bytes. NULL: this loop
 * cannot handle the chain.
 */
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

/*
 * IN_ORDER: reads the next used entry or descriptor, after the buffers before number `last`. It stands for
 * all buffers up to the one with its ID, which must be in flight, and contains the written length of only
 * that buffer. Returns 1 if queue.used_end was updated, 0 if nothing was used, or VWR_EBADRING.
 */
VWR_FAST_INLINE int queue_read_in_order(struct vwr_queue *q, uint32_t last, uint32_t at)
{
    struct vwr_chain *c;
    uint32_t written;
    uint32_t end;
    uint32_t id;

    if (queue_is_packed(q)) {
        if (!packed_is_used(&q->packed.desc[at], q->packed.used_flags))
            return 0;
        id = packed_read(&q->packed.desc[at], &written);
        end = q->kicked;
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
 * Called with a chain that the device has used and the number of bytes written. Returns false if the loop
 * must not consume it; the chain then stays in the queue.
 */
typedef bool queue_used(void *context, struct vwr_chain *chain, uint32_t written);

/* Whether some chains have not been passed to the device yet. */
VWR_ALWAYS_INLINE bool queue_is_pending(const struct vwr_queue *q)
{
    return q->added != q->kicked;
}

/* Validates a used chain and passes it to the callback. false: the chain stays in the queue. */
VWR_FAST_INLINE bool queue_take(struct vwr_queue *q, bool any, queue_used *each, void *context,
                                struct vwr_chain *c, bool pending, uint32_t written)
{
    c = queue_used_chain(q, c, any, pending, &written);
    if (VWR_RARELY(c == NULL) || VWR_RARELY(!each(context, c, written)))
        return false;
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.index, c->id, written);
    return true;
}

/*
 * The loops: one for each kind of layout. They pass up to `max` used buffers to `each` and return their
 * number. If `any` is true, all chains are accepted, otherwise only posted ones. On hot paths, `any` and
 * `each` are compile-time constants. *rest is set with `any` if the device has corrupted the ring. Without
 * `any`, it is set if vwr_queue_reap() has to examine the remaining buffers, which it does immediately if
 * chains are pending.
 */
VWR_FAST_INLINE unsigned queue_reap_split(struct vwr_queue *q, bool any, unsigned max, queue_used *each,
                                          void *context, bool *rest)
{
    const bool pending = queue_is_pending(q);
    const struct vwr_virtq_used *const used = q->split.used;
    uint32_t last = q->last_used;
    uint32_t end;

    *rest = !any && pending;
    if (VWR_RARELY(*rest))
        return 0;
    end = split_count_used(q, last, rest);
    if (VWR_RARELY(end == 0))
        return 0;
    end = last + (end < max ? end : max);
    while (last != end) {
        struct vwr_chain *c;
        uint32_t written;
        const size_t id = split_read(q, used, last, &written);

        *rest = (uint32_t)id >= q->size;
        if (VWR_RARELY(*rest))
            break;
        c = q->slot[id];
        *rest = !queue_take(q, any, each, context, c, pending, written);
        if (VWR_RARELY(*rest))
            break;
        if (any && c->state == VWR_CHAIN_ADDED)
            queue_free(q, VWR_LAYOUT_SPLIT, c);
        c->state = VWR_CHAIN_FREE;
        last++;
    }
    max = last - q->last_used;
    q->last_used = last;
    return max;
}

VWR_FAST_INLINE unsigned queue_reap_packed(struct vwr_queue *q, bool any, unsigned max, queue_used *each,
                                           void *context, bool *rest)
{
    const bool pending = queue_is_pending(q);
    struct vwr_pvirtq_desc *desc = q->packed.oldest;
    uint32_t last = q->last_used;
    const uint32_t end = last + max;

    *rest = !any && pending;
    if (VWR_RARELY(*rest))
        return 0;
    while (last != end && packed_is_used(desc, q->packed.used_flags)) {
        struct vwr_chain *c;
        uint32_t written;
        const size_t id = packed_read(desc, &written);

        *rest = (uint32_t)id >= q->size;
        if (VWR_RARELY(*rest))
            break;
        c = q->slot[id];
        *rest = !queue_take(q, any, each, context, c, pending, written);
        if (VWR_RARELY(*rest))
            break;
        if (any && c->state == VWR_CHAIN_ADDED)
            queue_free(q, VWR_LAYOUT_PACKED, c);
        c->state = VWR_CHAIN_FREE;
        desc = packed_advance_used(q, desc, c->count);
        last++;
    }
    max = last - q->last_used;
    q->last_used = last;
    q->packed.oldest = desc;
    return max;
}

/* The loop for both in-order layouts. A used entry ends a batch; there may be several batches. */
VWR_FAST_INLINE unsigned queue_reap_in_order(struct vwr_queue *q, bool any, unsigned max, queue_used *each,
                                             void *context, bool *rest)
{
    const bool pending = queue_is_pending(q);
    uint32_t at = q->oldest;
    uint32_t last = q->last_used;
    const uint32_t limit = last + max;

    *rest = !any && pending;
    while (last != limit && !*rest) {
        const int r = q->used_end != last ? 1 : queue_read_in_order(q, last, at);
        uint32_t end;

        *rest = r < 0;
        if (VWR_RARELY(r <= 0))
            break;
        for (end = q->used_end - last < limit - last ? q->used_end : limit; last != end; last++) {
            struct vwr_chain *const c = q->slot[at];

            *rest = !queue_take(q, any, each, context, c, pending, c->writable);
            if (VWR_RARELY(*rest))
                break;
            c->state = VWR_CHAIN_FREE;
            q->slot[at] = &q->none;
            q->num_free += c->count;
            at = queue_advance(q, at, c->count);
        }
    }
    max = last - q->last_used;
    q->last_used = last;
    q->oldest = at;
    return max;
}

/* Selects the loop for a layout. One in-order layout stands for both. */
VWR_FAST_INLINE unsigned queue_reap(struct vwr_queue *q, unsigned layout, bool any, unsigned max,
                                    queue_used *each, void *context, bool *rest)
{
    if (queue_is_split(layout))
        return queue_reap_split(q, any, max, each, context, rest);
    return vwr_layout_is_in_order(layout) ? queue_reap_in_order(q, any, max, each, context, rest)
                                          : queue_reap_packed(q, any, max, each, context, rest);
}

/* Passes the added buffers to the device. */
VWR_ALWAYS_INLINE bool queue_kick(struct vwr_queue *q, unsigned layout)
{
    return vwr_layout_is_packed(layout) ? vwr_packed_kick_(q) : vwr_split_kick_(q);
}

/* Whether the device has used the only buffer in flight; loads its ID and written length once each. */
VWR_ALWAYS_INLINE bool queue_read_only(const struct vwr_queue *q, unsigned layout, uint32_t *id,
                                       uint32_t *written)
{
    const struct vwr_pvirtq_desc *const desc = packed_oldest(q, layout);
    const struct vwr_virtq_used *const used = q->split.used;

    if (vwr_layout_is_packed(layout)) {
        if (VWR_RARELY(!packed_is_used(desc, q->packed.used_flags)))
            return false;
        *id = packed_read(desc, written);
        return true;
    }
    if (VWR_RARELY(vwr_guest16(queue_is_legacy(q), vwr_ring_load16(&used->idx)) != (uint16_t)q->kicked))
        return false;
    vwr_ring_acquire(); /* load the index before the entry that it makes available */
    *id = split_read(q, used, q->last_used, written);
    return true;
}

/*
 * Fast path for a single buffer. Returns true if `chain`, which was posted, is the only one that was added,
 * and the device has used it; the chain is then free. false: vwr_queue_reap() has to examine the ring.
 */
VWR_ALWAYS_INLINE bool queue_return_only(struct vwr_queue *q, unsigned layout, struct vwr_chain *chain,
                                         uint32_t *written)
{
    const uint32_t end = q->last_used + 1;
    uint32_t id = 0;

    if (VWR_RARELY(q->added != end) || VWR_RARELY(!queue_read_only(q, layout, &id, written)) ||
        VWR_RARELY(id != chain->id) || VWR_RARELY(*written > chain->writable))
        return false;
    if (VWR_WITH_STATS && VWR_RARELY(q->stats.flight_most == 0))
        q->stats.flight_most = 1;
    chain->state = VWR_CHAIN_FREE;
    vwr_trace(VWR_TRACE_TAKE, q->doorbell.index, chain->id, *written);
    q->last_used = end;
    if (queue_is_split(layout)) /* the descriptors stay with the chain */
        return true;
    if (vwr_layout_is_in_order(layout)) {
        q->used_end = end;
        q->slot[id] = &q->none;
        q->num_free += chain->count;
        q->oldest = queue_advance(q, q->oldest, chain->count);
    } else {
        q->packed.oldest = packed_advance_used(q, q->packed.oldest, chain->count);
    }
    return true;
}

#endif
