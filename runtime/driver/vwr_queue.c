/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/bytes.h"
#include "queue_common.h"

/*
 * What a queue is whatever its ring: here is checked what the caller asks, once; the rings
 * (vwr_split.c, vwr_packed.c) do it.
 */

/* Rings that are not for the short way. */
#define WITH_OTHER (VWR_WITH_PACKED || VWR_WITH_IN_ORDER)

int vwr_chain_lend_table(struct vwr_chain *chain, void *table, size_t bytes)
{
    const size_t size = bytes / VWR_TABLE_BYTES(1);
    size_t run = 0;
    const uint64_t addr = vwr_port_dma(table, bytes, &run);

    VWR_STATIC_ASSERT(sizeof(struct vwr_pvirtq_desc) == VWR_TABLE_BYTES(1), "a table of either ring");
    if (size == 0 || run < bytes ||
        (((uintptr_t)table | (uintptr_t)addr) & (VWR_SPLIT_RING_DESC_ALIGN - 1)) != 0)
        return VWR_ENOMEM;
    chain->table = table;
    chain->table_addr = addr;
    chain->table_size = size < VWR_SPLIT_RING_SIZE_MAX ? (uint16_t)size : VWR_SPLIT_RING_SIZE_MAX;
    return VWR_OK;
}

static bool is_packed(const struct vwr_features *features)
{
    return VWR_WITH_PACKED && vwr_features_have(features, VWR_F_RING_PACKED);
}

uint16_t vwr_queue_fit(const struct vwr_features *features, uint16_t size, uint32_t max)
{
    unsigned power = VWR_SPLIT_RING_SIZE_MAX;

    if (size > max)
        size = (uint16_t)max;
    if (is_packed(features))
        return size;
    while (power > size)
        power >>= 1;
    return (uint16_t)power;
}

size_t vwr_queue_ring_bytes(const struct vwr_features *features, bool legacy, uint16_t size)
{
    if (is_packed(features))
        return vwr_packed_ring_desc_bytes(size) + vwr_packed_ring_driver_event_bytes(size) +
               vwr_packed_ring_device_event_bytes(size);
    if (legacy) /* rounded up: all of it has to be there */
        return VWR_SPLIT_RING_BYTES((size_t)size, VWR_SPLIT_RING_LEGACY_ALIGN);
    return VWR_SPLIT_RING_USED_OFFSET((size_t)size, VWR_SPLIT_RING_USED_ALIGN) +
           vwr_split_ring_used_bytes(size);
}

void vwr_queue_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m, uint16_t size,
                       const struct vwr_features *features, bool legacy)
{
    vwr_zero(q, sizeof(*q));
    vwr_zero(m->shared, m->shared_bytes);
    vwr_zero(m->own, VWR_QUEUE_OWN_BYTES(size));
    q->chain = m->own;
    q->link = (uint16_t *)(void *)(q->chain + size);
    for (unsigned i = 0; i < size; i++)
        q->link[i] = (uint16_t)(i + 1u);
    q->never = (struct vwr_chain *)(void *)q;
    q->size = size;
    q->mask = size - 1u;
    q->free = size;
    q->legacy = legacy;
    q->packed = is_packed(features);
    q->indirect = VWR_WITH_INDIRECT && vwr_features_have(features, VWR_F_INDIRECT_DESC);
    q->event_idx = VWR_WITH_EVENT_IDX && vwr_features_have(features, VWR_F_EVENT_IDX);
    q->in_order = VWR_WITH_IN_ORDER && vwr_features_have(features, VWR_F_IN_ORDER);
    if (VWR_WITH_PACKED && q->packed)
        vwr_packed_prepare(q, m);
    else
        vwr_split_prepare(q, m);
    q->short_used = WITH_OTHER && (q->packed || q->in_order) ? NULL : q->used;
    vwr_queue_disarm(q);
}

/* Is it one of those that the device may have? */
static bool is_out(const struct vwr_queue *q, const struct vwr_chain *chain)
{
    if (WITH_OTHER && q->in_order)
        return chain->mark != NULL;
    return chain->head < q->size && q->chain[chain->head] == chain;
}

/* Of pieces that have no table the same as fill_table. */
static inline uint64_t count_writable(const struct vwr_seg *seg, unsigned out, unsigned count)
{
    uint64_t writable = 0;

    for (unsigned i = 0; i < count; i++) {
        if (seg[i].len == 0)
            return QUEUE_TOO_MANY;
        if (i >= out)
            writable += seg[i].len;
    }
    return writable;
}

static uint64_t fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                           struct vwr_chain *chain)
{
    chain->table_bytes = (uint32_t)VWR_TABLE_BYTES(count);
    if (VWR_WITH_PACKED && q->packed)
        return vwr_packed_fill_table(seg, out, count, chain->table);
    return vwr_split_fill_table(q, seg, out, count, chain->table);
}

/* Looks at pieces from outside, and writes them into the chain's table, if it goes as one. */
static inline int look_at(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                          struct vwr_chain *chain)
{
    const bool table = queue_uses_table(q, chain, count);
    uint64_t writable;

    if (q->broken != VWR_OK)
        return q->broken;
    if (is_out(q, chain))
        return VWR_EBUSY;
    if (count - 1 >= q->size) /* none, or too many */
        return VWR_EINVAL;
    writable = table ? fill_table(q, seg, out, count, chain) : count_writable(seg, out, count);
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    chain->writable = (uint32_t)writable;
    chain->count = table ? 1 : (uint16_t)count;
    return VWR_OK;
}

/* The chain goes into the ring; seg NULL: it points at its table, which is written. There is room. */
static inline void place(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                         struct vwr_chain *chain)
{
    if (VWR_WITH_PACKED && q->packed) {
        vwr_packed_place(q, seg, out, count, chain);
        return;
    }
    vwr_split_place(q, seg, out, count, chain);
    if (VWR_WITH_IN_ORDER && q->in_order) {
        chain->mark = chain;
        q->chain[q->added & q->mask] = chain;
    } else {
        q->chain[chain->head] = chain;
    }
    vwr_split_make_available(q, chain, chain->head);
}

/* Is there room for it? Of a packed ring ids may be given out for good, to wired chains. */
static bool has_room(const struct vwr_queue *q, const struct vwr_chain *chain)
{
    if (VWR_WITH_PACKED && q->packed && !(VWR_WITH_IN_ORDER && q->in_order) && chain->place == NULL &&
        q->free_head == q->size)
        return false;
    return chain->count <= q->free;
}

/* Not now: counts it. */
static int full(struct vwr_queue *q)
{
    vwr_count_add(&q->stats.full, 1);
    return VWR_EFULL;
}

int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                  struct vwr_chain *chain)
{
    const unsigned count = out + in;
    int r = look_at(q, seg, out, count, chain);

    if (r != VWR_OK)
        return r;
    chain->place = NULL;
    if (!has_room(q, chain))
        return full(q);
    place(q, queue_uses_table(q, chain, count) ? NULL : seg, out, count, chain);
    return VWR_OK;
}

/* A split ring that need not be in order has descriptors to spare: the chain gets some for good. */
static int settle(struct vwr_queue *q, struct vwr_chain *chain)
{
    unsigned id;

    if (chain->count > q->free)
        return full(q);
    if (chain->piece != NULL) {
        vwr_split_place(q, NULL, 0, 0, chain);
    } else {
        vwr_split_place(q, chain->seg, chain->changing, chain->pieces, chain);
        id = chain->head;
        for (unsigned i = 0; i < chain->changing; i++)
            id = q->link[id];
        chain->piece = &q->desc[id];
    }
    chain->place = &q->chain[chain->head];
    return VWR_OK;
}

/* Of a packed ring it gets an id for good. */
static int settle_packed(struct vwr_queue *q, struct vwr_chain *chain)
{
    if (q->free_head == q->size)
        return full(q);
    chain->head = (uint16_t)q->free_head;
    q->free_head = q->link[chain->head];
    chain->place = &q->never;
    if (chain->piece != NULL) {
        q->shortest = 1; /* from now on there may be such a one at any time */
        q->has_ready = true;
        chain->ready = queue_packed_rest(chain->table_bytes, chain->head, VWR_VIRTQ_DESC_F_INDIRECT);
    }
    return VWR_OK;
}

int vwr_queue_bind(struct vwr_queue *q, struct vwr_seg *seg, unsigned pieces, unsigned changing,
                   struct vwr_chain *chain)
{
    int r = changing < pieces ? look_at(q, seg, changing, pieces, chain) : VWR_EINVAL;

    if (r != VWR_OK)
        return r;
    chain->fixed = chain->writable - seg[changing].len;
    chain->seg = seg;
    chain->pieces = (uint16_t)pieces;
    chain->changing = (uint16_t)changing;
    chain->flags = changing + 1 < pieces ? VWR_VIRTQ_DESC_F_NEXT : 0;
    chain->in_now = true;
    chain->piece = NULL;
    chain->ready = 0;
    if (queue_uses_table(q, chain, pieces))
        chain->piece = (struct vwr_virtq_desc *)chain->table + changing;
    if (WITH_OTHER && q->in_order) {
        chain->place = &q->never;
        return VWR_OK;
    }
    return VWR_WITH_PACKED && q->packed ? settle_packed(q, chain) : settle(q, chain);
}

int vwr_queue_unbind(struct vwr_queue *q, struct vwr_chain *chain)
{
    if (is_out(q, chain))
        return VWR_EBUSY;
    if (chain->place != NULL && !(WITH_OTHER && q->in_order) && q->broken == VWR_OK) {
        const bool descriptors = !VWR_WITH_PACKED || !q->packed;

        q->link[descriptors ? chain->tail : chain->head] = (uint16_t)q->free_head;
        q->free_head = chain->head;
        if (descriptors)
            q->free += chain->count;
    }
    chain->place = NULL;
    return VWR_OK;
}

/* Of a packed ring, with a table: the descriptor is ready but for the round. A stopped queue has no room. */
int vwr_queue_push_other(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    if (!VWR_WITH_PACKED || chain->ready == 0)
        return VWR_WITH_IN_ORDER && q->in_order ? vwr_in_order_push(q, chain, addr, len, in)
                                                : vwr_queue_push_slowly(q, chain, addr, len, in);
    if (q->free == 0 || q->chain[chain->head] != NULL || len == 0)
        return vwr_queue_push_slowly(q, chain, addr, len, in);
    q->chain[chain->head] = chain;
    q->free--;
    q->kick_buffers++;
    queue_packed_set_piece(chain, addr, len, in);
    queue_packed_put(q, chain->table_addr, chain->ready);
    vwr_trace(VWR_TRACE_ADD, q->notify_value, chain->head, 1);
    return VWR_OK;
}

int vwr_queue_push_slowly(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    if (q->broken != VWR_OK)
        return q->broken;
    if (len == 0)
        return VWR_EINVAL;
    if (!WITH_OTHER || q->short_used != NULL || is_out(q, chain))
        return VWR_EBUSY;
    if (chain->count > q->free)
        return full(q);
    if (chain->piece == NULL) {
        chain->writable = in ? chain->fixed + len : chain->fixed;
        chain->seg[chain->changing].addr = addr;
        chain->seg[chain->changing].len = len;
        place(q, chain->seg, in ? chain->changing : chain->changing + 1u, chain->pieces, chain);
    } else {
        queue_packed_set_piece(chain, addr, len, in);
        place(q, NULL, 0, 0, chain);
    }
    return VWR_OK;
}

int vwr_queue_take_others(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    if (!WITH_OTHER || q->broken != VWR_OK)
        return q->broken;
    if (VWR_WITH_PACKED && q->packed)
        return vwr_packed_take(q, chains, most);
    return vwr_in_order_take(q, chains, most);
}

int vwr_queue_take_other(struct vwr_queue *q, struct vwr_chain **chain)
{
    if (!WITH_OTHER || q->broken != VWR_OK)
        return q->broken;
    if (VWR_WITH_PACKED && q->packed)
        return vwr_packed_take_one(q, chain);
    return vwr_in_order_take(q, chain, 1);
}

bool vwr_queue_arm(struct vwr_queue *q, unsigned count)
{
    const uint32_t flight = q->published - q->taken;
    bool quiet;

    if (count > flight) /* the device would never come so far */
        count = flight;
    if (count == 0)
        count = 1;
    if (VWR_WITH_PACKED && q->packed)
        quiet = vwr_packed_arm(q, (uint16_t)count);
    else
        quiet = vwr_split_arm(q, (uint16_t)count);
    quiet = quiet && q->broken == VWR_OK;
    vwr_trace(VWR_TRACE_ARM, q->notify_value, quiet, 0);
    return quiet;
}

void vwr_queue_disarm(struct vwr_queue *q)
{
    if (VWR_WITH_PACKED && q->packed)
        vwr_packed_disarm(q);
    else
        vwr_split_disarm(q);
}

void vwr_queue_stop(struct vwr_queue *q, int reason)
{
    if (q->broken == VWR_OK) {
        q->broken = reason;
        vwr_trace(VWR_TRACE_STOP, q->notify_value, (uint32_t)reason, 0);
    }
    for (unsigned i = 0; i < q->size; i++)
        if (q->chain[i] == NULL)
            q->chain[i] = q->never; /* nothing goes in */
    q->short_used = NULL;
    q->free = 0;
    q->published = q->added; /* nothing is left for a kick */
    q->ready = 0;            /* nothing comes out */
    if (VWR_WITH_PACKED)
        q->kick_desc = NULL;
    if (VWR_WITH_IN_ORDER)
        q->batch = 0;
}

/* Of a split ring in order: what was taken stays in its place until another comes. */
static bool is_outstanding(const struct vwr_queue *q, unsigned at)
{
    return !WITH_OTHER || !q->in_order || q->packed || ((at - q->taken) & q->mask) < q->added - q->taken;
}

int vwr_queue_reclaim(struct vwr_queue *q, struct vwr_chain **chain)
{
    if (q->broken == VWR_OK)
        return VWR_EBUSY;
    for (unsigned i = 0; i < q->size; i++) {
        struct vwr_chain *const c = q->chain[i];

        if (c == q->never || !is_outstanding(q, i))
            continue;
        q->chain[i] = q->never;
        c->mark = NULL;
        *chain = c;
        return 1;
    }
    return 0;
}
