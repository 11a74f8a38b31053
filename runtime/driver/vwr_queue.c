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
    return VWR_SPLIT_RING_BYTES((size_t)size, vwr_split_align(legacy));
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
    q->indirect = vwr_features_have(features, VWR_F_INDIRECT_DESC);
    q->event_idx = vwr_features_have(features, VWR_F_EVENT_IDX);
    q->in_order = VWR_WITH_IN_ORDER && vwr_features_have(features, VWR_F_IN_ORDER);
    q->other = q->packed || q->in_order;
    if (VWR_WITH_PACKED && q->packed)
        vwr_packed_prepare(q, m);
    else
        vwr_split_prepare(q, m);
    vwr_queue_disarm(q);
}

/* Is it one of those that the device may have? */
static bool is_out(const struct vwr_queue *q, const struct vwr_chain *chain)
{
    return chain->head < q->size && q->chain[chain->head] == chain;
}

/* Looks at pieces from outside; counts what the device may write. */
static int check(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                 struct vwr_chain *chain)
{
    uint64_t writable = 0;
    unsigned i;

    if (q->broken != VWR_OK)
        return q->broken;
    if (is_out(q, chain))
        return VWR_EBUSY;
    if (count - 1 >= q->size) /* none, or too many */
        return VWR_EINVAL;
    for (i = 0; i < out; i++)
        if (seg[i].len == 0)
            return VWR_EINVAL;
    for (; i < count; i++) {
        if (seg[i].len == 0)
            return VWR_EINVAL;
        writable += seg[i].len;
    }
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    chain->writable = (uint32_t)writable;
    chain->count = queue_uses_table(q, chain, count) ? 1 : (uint16_t)count;
    return VWR_OK;
}

/* The chain goes into the ring; seg NULL: it points at its table, which is written. There is room. */
static void place(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                  struct vwr_chain *chain)
{
    if (VWR_WITH_PACKED && q->packed) {
        vwr_packed_place(q, seg, out, count, chain);
        return;
    }
    vwr_split_place(q, seg, out, count, chain);
    if (VWR_WITH_IN_ORDER && q->in_order)
        q->link[q->added & q->mask] = chain->head;
    q->chain[chain->head] = chain;
    vwr_split_make_available(q, chain);
}

static void fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                       struct vwr_chain *chain)
{
    chain->table_used = (uint16_t)count;
    if (VWR_WITH_PACKED && q->packed)
        vwr_packed_fill_table(seg, out, count, chain);
    else
        vwr_split_fill_table(q, seg, out, count, chain);
}

/* Not now: counts it. */
static VWR_COLD int full(struct vwr_queue *q)
{
    vwr_count_add(&q->stats.full, 1);
    return VWR_EFULL;
}

int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                  struct vwr_chain *chain)
{
    const unsigned count = out + in;
    int r = check(q, seg, out, count, chain);

    if (r != VWR_OK)
        return r;
    if (chain->count > q->free)
        return full(q);
    chain->place = NULL;
    if (queue_uses_table(q, chain, count)) {
        fill_table(q, seg, out, count, chain);
        seg = NULL;
    }
    place(q, seg, out, count, chain);
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

int vwr_queue_wire(struct vwr_queue *q, struct vwr_seg *seg, unsigned pieces, unsigned changing,
                   struct vwr_chain *chain)
{
    int r = changing < pieces ? check(q, seg, changing, pieces, chain) : VWR_EINVAL;

    if (r != VWR_OK)
        return r;
    chain->fixed = chain->writable - seg[changing].len;
    chain->seg = seg;
    chain->pieces = (uint16_t)pieces;
    chain->changing = (uint16_t)changing;
    chain->flags = changing + 1 < pieces ? VWR_VIRTQ_DESC_F_NEXT : 0;
    chain->in_now = true;
    chain->piece = NULL;
    chain->place = &q->never;
    if (queue_uses_table(q, chain, pieces)) {
        fill_table(q, seg, changing, pieces, chain);
        chain->piece = (struct vwr_virtq_desc *)chain->table + changing;
    }
    return WITH_OTHER && (q->in_order || q->packed) ? VWR_OK : settle(q, chain);
}

int vwr_queue_unwire(struct vwr_queue *q, struct vwr_chain *chain)
{
    if (is_out(q, chain))
        return VWR_EBUSY;
    if (chain->place != NULL && chain->place != &q->never && q->broken == VWR_OK) {
        q->link[chain->tail] = q->free_head;
        q->free_head = chain->head;
        q->free = (uint16_t)(q->free + chain->count);
    }
    chain->place = NULL;
    return VWR_OK;
}

int vwr_queue_push_other(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    if (q->broken != VWR_OK)
        return q->broken;
    if (len == 0)
        return VWR_EINVAL;
    if (!WITH_OTHER || chain->place != &q->never || is_out(q, chain))
        return VWR_EBUSY;
    if (chain->count > q->free)
        return full(q);
    if (chain->piece == NULL) {
        chain->writable = in ? chain->fixed + len : chain->fixed;
        chain->seg[chain->changing].addr = addr;
        chain->seg[chain->changing].len = len;
        place(q, chain->seg, in ? chain->changing : chain->changing + 1u, chain->pieces, chain);
        return VWR_OK;
    }
    if (VWR_WITH_PACKED && q->packed)
        vwr_packed_set_piece(chain, addr, len, in);
    else
        vwr_split_set_piece(q, chain, addr, len, in);
    place(q, NULL, 0, 0, chain);
    return VWR_OK;
}

int vwr_queue_take_other(struct vwr_queue *q, struct vwr_chain **chain)
{
    int found;

    if (q->broken != VWR_OK)
        return q->broken;
    if (VWR_WITH_PACKED && q->packed)
        return vwr_packed_take(q, chain);
    found = VWR_WITH_IN_ORDER ? vwr_in_order_look(q) : 0;
    return found > 0 ? vwr_in_order_take(q, chain) : found;
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
    q->other = true;
    q->free = 0;
    q->published = q->added; /* nothing is left for a kick */
    q->kick_count = 0;
    q->ready = 0; /* nothing comes out */
    q->batch = 0;
}

int vwr_queue_bad(struct vwr_queue *q)
{
    vwr_queue_stop(q, VWR_EBADRING);
    return VWR_EBADRING;
}

int vwr_queue_reclaim(struct vwr_queue *q, struct vwr_chain **chain)
{
    if (q->broken == VWR_OK)
        return VWR_EBUSY;
    for (unsigned i = 0; i < q->size; i++) {
        if (q->chain[i] != q->never) {
            *chain = q->chain[i];
            q->chain[i] = q->never;
            return 1;
        }
    }
    return 0;
}
