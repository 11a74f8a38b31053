/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/bytes.h"
#include "queue_common.h"

/*
 * What a queue is whatever its layout: here is checked what the caller asks, once; the layouts
 * (vwr_split.c, vwr_packed.c, and for both in order vwr_queue_in_order.c) do it.
 */

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

uint16_t vwr_queue_fit(const struct vwr_features *features, uint16_t size, uint32_t max)
{
    unsigned power = VWR_SPLIT_RING_SIZE_MAX;

    if (size > max)
        size = (uint16_t)max;
    if (vwr_layout_is_packed(vwr_layout_of(features)))
        return size;
    while (power > size)
        power >>= 1;
    return (uint16_t)power;
}

size_t vwr_queue_ring_bytes(const struct vwr_features *features, bool legacy, uint16_t size)
{
    if (vwr_layout_is_packed(vwr_layout_of(features)))
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
    q->slot = m->own;
    q->size = size;
    for (unsigned i = 0; i < size; i++) {
        q->slot[i] = &q->none;
        vwr_queue_next(q)[i] = (uint16_t)(i + 1u);
    }
    q->layout = (uint8_t)vwr_layout_of(features);
    q->options = legacy ? VWR_QUEUE_LEGACY : 0;
    if (vwr_features_have(features, VWR_F_INDIRECT_DESC))
        q->options |= VWR_QUEUE_INDIRECT;
    if (vwr_features_have(features, VWR_F_EVENT_IDX))
        q->options |= VWR_QUEUE_EVENT_IDX;
    if (vwr_queue_is_packed(q))
        vwr_packed_prepare(q, m->shared);
    else
        vwr_split_prepare(q, m->shared);
    if (vwr_queue_is_in_order(q)) {
        vwr_queue_next(q)[size - 1] = 0;                     /* in this order, again and again */
        q->options |= VWR_FAST_PATHS ? 0 : VWR_QUEUE_DIRECT; /* for callers that are built for speed */
    }
    vwr_queue_disarm(q);
}

void vwr_queue_areas(const struct vwr_queue *q, size_t *driver, size_t *device)
{
    if (vwr_queue_is_packed(q)) {
        *driver = vwr_packed_ring_desc_bytes(q->size);
        *device = *driver + vwr_packed_ring_driver_event_bytes(q->size);
    } else {
        *driver = (size_t)((uint8_t *)q->split.ring.avail - (uint8_t *)q->split.ring.desc);
        *device = (size_t)((const uint8_t *)q->split.ring.used - (uint8_t *)q->split.ring.desc);
    }
}

/* What every layout refuses. */
static inline int queue_check(const struct vwr_queue *q, const struct vwr_chain *chain, unsigned count)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return vwr_queue_state(q);
    if (vwr_chain_in_flight(chain))
        return VWR_EBUSY;
    return count - 1 < q->size ? VWR_OK : VWR_EINVAL;
}

/* Describes a buffer that is not in flight. */
static int queue_describe(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                          struct vwr_chain *chain)
{
    const bool uses_table = vwr_queue_uses_table(q, chain, count);
    int r;

    if (VWR_FAST_PATHS && VWR_WITH_PACKED && q->layout == VWR_LAYOUT_PACKED && !uses_table)
        return count > q->packed.num_free ? queue_full(q)
                                          : vwr_packed_add_segments(q, seg, out, count, chain);
    if (VWR_FAST_PATHS && vwr_queue_is_in_order(q) && !vwr_queue_is_direct(q)) {
        if (count == 1 || uses_table)
            return vwr_queue_in_order_add(q, seg, out, count, chain);
        if (count > q->size - vwr_queue_in_flight(q))
            return queue_full(q);
        vwr_queue_begin_direct(q);
    }
    r = vwr_queue_is_packed(q) ? vwr_packed_add(q, seg, out, count, chain)
                               : vwr_split_add(q, seg, out, count, chain);
    if (vwr_queue_is_in_order(q) && r == VWR_OK) {
        chain->tail = (uint16_t)(q->added - 1u);
        chain->written = chain->writable;
    }
    return r;
}

static int queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                     struct vwr_chain *chain)
{
    const int r = queue_check(q, chain, count);

    if (r != VWR_OK)
        return r;
    return queue_describe(q, seg, out, count, chain);
}

int vwr_queue_add_other(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                        struct vwr_chain *chain)
{
    const int r = queue_add(q, seg, out, count, chain);

    if (r == VWR_OK)
        vwr_trace(VWR_TRACE_ADD, q->doorbell.index, chain->head, chain->count);
    return r;
}

/* Not of the split layout: writes the table, if it goes as one. */
static void queue_bind_table(const struct vwr_queue *q, struct vwr_chain *chain)
{
    chain->data = NULL;
    chain->rest = 0;
    chain->count = chain->segs;
    chain->data_rest[0] = vwr_packed_rest(0, 0, VWR_VIRTQ_DESC_F_WRITE);
    chain->data_rest[1] = 0;
    if (!vwr_queue_uses_table(q, chain, chain->segs))
        return;
    chain->count = 1;
    chain->rest = queue_table_rest(q, chain->segs);
    if (vwr_queue_is_packed(q)) {
        chain->data = (struct vwr_pvirtq_desc *)chain->table + chain->changing;
    } else {
        split_bind_data(chain, (struct vwr_virtq_desc *)chain->table + chain->changing, chain->changing + 1u);
    }
    queue_fill_table(q, chain->seg, chain->changing, chain->segs, chain);
}

/*
 * Of the layouts but split. A chain of several segments without a table keeps nothing: it is described at
 * each post. So is any chain in a small build, and in order one of a single segment.
 */
static int queue_bind_other(struct vwr_queue *q, struct vwr_chain *chain)
{
    const uint64_t writable = queue_writable(chain->seg, chain->changing, chain->segs);

    chain->limit = 0;
    chain->writable = (uint32_t)writable;
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    if (!VWR_FAST_PATHS)
        return VWR_OK;
    queue_bind_table(q, chain);
    if (!vwr_queue_is_in_order(q) && chain->count == 1)
        return vwr_packed_bind(q, chain);
    if (chain->data == NULL)
        return VWR_OK;
    vwr_queue_in_order_bind(q, chain);
    return VWR_OK;
}

int vwr_queue_bind(struct vwr_queue *q, struct vwr_seg *seg, unsigned segs, unsigned changing,
                   struct vwr_chain *chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_bind");
    const bool keeps = VWR_FAST_PATHS && vwr_queue_layout(q) == VWR_LAYOUT_SPLIT; /* the descriptors */
    int r;

    if (changing >= segs)
        return VWR_EINVAL;
    r = keeps ? queue_add(q, seg, changing, segs, chain) : queue_check(q, chain, segs);
    if (r != VWR_OK)
        return r;
    chain->seg = seg;
    chain->segs = (uint16_t)segs;
    chain->changing = (uint16_t)changing;
    if (keeps)
        vwr_split_bind(q, chain);
    else
        r = queue_bind_other(q, chain);
    chain->fixed = chain->writable - seg[changing].len;
    chain->bound = r == VWR_OK;
    return r;
}

int vwr_queue_unbind(struct vwr_queue *q, struct vwr_chain *chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_unbind");
    if (vwr_chain_in_flight(chain))
        return VWR_EBUSY;
    if (VWR_FAST_PATHS && chain->bound && chain->limit != 0 && q->layout != VWR_LAYOUT_STOPPED &&
        !vwr_queue_is_in_order(q)) {
        q->slot[chain->head] = &q->none;
        if (vwr_queue_is_packed(q))
            vwr_packed_free(q, vwr_queue_next(q), chain);
        else
            vwr_split_free(q, chain);
    }
    chain->limit = 0;
    chain->bound = false;
    return VWR_OK;
}

/* A chain without a table is described anew. */
static int queue_post_segments(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                               bool in)
{
    const unsigned out = in ? chain->changing : chain->changing + 1u;

    chain->seg[chain->changing].addr = addr;
    chain->seg[chain->changing].len = len;
    return queue_describe(q, chain->seg, out, chain->segs, chain);
}

int vwr_queue_post_slow(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    int r;

    if (q->layout == VWR_LAYOUT_STOPPED)
        return vwr_queue_state(q);
    if (len == 0 || !chain->bound)
        return VWR_EINVAL;
    if ((VWR_FAST_PATHS && vwr_queue_layout(q) == VWR_LAYOUT_SPLIT) || vwr_chain_in_flight(chain))
        return VWR_EBUSY;
    if (VWR_FAST_PATHS && chain->data != NULL && !vwr_queue_is_direct(q))
        r = vwr_queue_in_order_post(q, chain, addr, len, in);
    else
        r = queue_post_segments(q, chain, addr, len, in);
    if (r == VWR_OK)
        vwr_trace(VWR_TRACE_ADD, q->doorbell.index, chain->head, chain->count);
    return r;
}

int vwr_queue_post_other(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    if (len != 0 && vwr_queue_try_post_as(q, vwr_queue_layout(q), chain, addr, len, in))
        return VWR_OK;
    return vwr_queue_post_slow(q, chain, addr, len, in);
}

bool vwr_queue_kick_other(struct vwr_queue *q)
{
    if (q->added == q->kicked) /* as of a stopped queue */
        return false;
    return vwr_queue_notify(q, vwr_queue_is_packed(q) ? vwr_packed_kick(q) : vwr_split_kick(q));
}

int vwr_queue_get_used_other(struct vwr_queue *q, struct vwr_chain **chain)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return vwr_queue_state(q);
    if (vwr_queue_is_in_order(q))
        return vwr_in_order_get_used(q, vwr_queue_is_packed(q), chain);
    return vwr_queue_is_packed(q) ? vwr_packed_get_used(q, chain) : vwr_split_get_used(q, chain);
}

int vwr_queue_reap_each(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    unsigned n = 0;
    int r = vwr_queue_state(q);

    while (n < most && (r = vwr_queue_get_used_other(q, chains + n)) > 0)
        n++;
    return n != 0 ? (int)n : r; /* if it is stopped now, the next call says so */
}

int vwr_queue_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    VWR_QUEUE_CALL(q, "vwr_queue_reap");
    if (!VWR_FAST_PATHS)
        return vwr_queue_reap_each(q, chains, most);
    if (q->layout == VWR_LAYOUT_STOPPED)
        return vwr_queue_state(q);
    if (vwr_queue_is_in_order(q))
        return vwr_queue_in_order_reap(q, chains, most);
    return vwr_queue_is_packed(q) ? vwr_packed_reap(q, chains, most) : vwr_split_reap(q, chains, most);
}

bool vwr_queue_arm(struct vwr_queue *q, unsigned count)
{
    VWR_QUEUE_CALL(q, "vwr_queue_arm");
    const uint32_t flight = q->kicked - q->last_used;
    bool quiet;

    if (count > flight) /* the device would not come so far */
        count = flight;
    if (count == 0)
        count = 1;
    if (q->layout == VWR_LAYOUT_STOPPED)
        quiet = false;
    else if (vwr_queue_is_packed(q))
        quiet = vwr_packed_arm(q, count);
    else
        quiet = vwr_split_arm(q, (uint16_t)count);
    vwr_trace(VWR_TRACE_ARM, q->doorbell.index, quiet, 0);
    return quiet;
}

void vwr_queue_disarm(struct vwr_queue *q)
{
    VWR_QUEUE_CALL(q, "vwr_queue_disarm");
    if (q->layout == VWR_LAYOUT_STOPPED)
        return;
    if (vwr_queue_is_packed(q))
        vwr_packed_disarm(q);
    else
        vwr_split_disarm(q);
}

bool vwr_queue_came_back(struct vwr_queue *q, struct vwr_chain *chain, uint32_t written)
{
    if (chain->limit <= 0)
        return false;
    chain->writable = (uint32_t)(chain->limit - 1);
    chain->limit = VWR_CHAIN_IDLE;
    vwr_queue_written(q, chain, written);
    return true;
}

uint32_t vwr_queue_clamp(struct vwr_queue *q, const struct vwr_chain *chain)
{
    (void)q;
    vwr_count_add(&q->stats.clamped, 1);
    return chain->writable;
}

VWR_OUT_OF_LINE void vwr_queue_stop(struct vwr_queue *q, int reason)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return;
    if (vwr_queue_is_in_order(q) && !vwr_queue_is_direct(q))
        vwr_queue_begin_direct(q); /* for reclaim only what is in flight is in slot[] */
    q->layout = VWR_LAYOUT_STOPPED;
    q->stopped.reason = reason;
    q->kicked = q->added; /* nothing is left for a kick */
    vwr_trace(VWR_TRACE_STOP, q->doorbell.index, (uint32_t)reason, 0);
}

int vwr_queue_reclaim(struct vwr_queue *q, struct vwr_chain **chain)
{
    if (q->layout != VWR_LAYOUT_STOPPED)
        return VWR_EBUSY;
    for (unsigned i = 0; i < q->size; i++) {
        struct vwr_chain *const c = q->slot[i];

        q->slot[i] = &q->none;
        if (!vwr_chain_in_flight(c))
            continue;
        c->limit = 0;
        *chain = c;
        return 1;
    }
    return 0;
}
