/* SPDX-License-Identifier: MIT */
#include "vwr/gen/mmio.h"
#include "vwr/bytes.h"
#include "queue_common.h"

/*
 * Virtqueues: code that is common to both layouts. The caller's arguments are checked only here;
 * vwr_queue_split.c and vwr_queue_packed.c rely on these checks. In both layouts, IN_ORDER only changes how
 * used entries are read.
 */

int vwr_chain_lend_table(struct vwr_chain *chain, void *table, uint64_t addr, size_t bytes)
{
    const size_t size = bytes / VWR_TABLE_BYTES(1);

    VWR_STATIC_ASSERT(sizeof(struct vwr_pvirtq_desc) == VWR_TABLE_BYTES(1), "one entry size for both rings");
    if (size == 0 || (((uintptr_t)table | (uintptr_t)addr) & (VWR_SPLIT_RING_DESC_ALIGN - 1)) != 0)
        return VWR_ENOMEM;
    chain->table = table;
    chain->addr = addr;
    chain->table_segs = size < VWR_SPLIT_RING_SIZE_MAX ? (uint16_t)size : VWR_SPLIT_RING_SIZE_MAX;
    return VWR_OK;
}

uint16_t vwr_queue_fit_(const struct vwr_features *features, uint16_t size, uint32_t max)
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

size_t vwr_queue_ring_bytes_(const struct vwr_features *features, bool legacy, uint16_t size)
{
    if (vwr_layout_is_packed(vwr_layout_of(features)))
        return vwr_packed_ring_desc_bytes(size) + vwr_packed_ring_driver_event_bytes(size) +
               vwr_packed_ring_device_event_bytes(size);
    if (legacy) /* rounded up, because a legacy device expects whole pages */
        return VWR_SPLIT_RING_BYTES((size_t)size, VWR_SPLIT_RING_LEGACY_ALIGN);
    return VWR_SPLIT_RING_USED_OFFSET((size_t)size, VWR_SPLIT_RING_USED_ALIGN) +
           vwr_split_ring_used_bytes(size);
}

void vwr_queue_prepare_(struct vwr_queue *q, const struct vwr_queue_memory *m, size_t bytes, uint16_t size,
                        const struct vwr_features *features, bool legacy)
{
    vwr_zero(q, sizeof(*q));
    vwr_zero(m->shared, bytes);
    q->slot = m->own;
    q->next = (uint16_t *)(void *)(q->slot + size);
    q->size = size;
    q->num_free = size;
    for (unsigned i = 0; i < size; i++) {
        q->slot[i] = &q->none;
        q->next[i] = (uint16_t)(i + 1u);
    }
    q->layout = (uint8_t)vwr_layout_of(features);
    q->options = legacy ? VWR_QUEUE_LEGACY : 0;
    if (VWR_WITH_INDIRECT && vwr_features_have(features, VWR_F_INDIRECT_DESC))
        q->options |= VWR_QUEUE_INDIRECT;
    if (VWR_WITH_ASYNC && vwr_features_have(features, VWR_F_EVENT_IDX))
        q->options |= VWR_QUEUE_EVENT_IDX;
    if (queue_is_packed(q))
        vwr_packed_prepare_(q, m->shared);
    else
        vwr_split_prepare_(q, m->shared);
    if (queue_is_in_order(q))
        q->next[size - 1] = 0; /* the list is circular */
    vwr_queue_disarm(q);
}

void vwr_queue_areas(const struct vwr_queue *q, size_t *driver, size_t *device)
{
    if (queue_is_packed(q)) {
        *driver = vwr_packed_ring_desc_bytes(q->size);
        *device = *driver + vwr_packed_ring_driver_event_bytes(q->size);
    } else {
        *driver = (size_t)((uint8_t *)q->split.avail - (uint8_t *)q->split.desc);
        *device = (size_t)((const uint8_t *)q->split.used - (uint8_t *)q->split.desc);
    }
}

/* Checks that are common to all layouts. */
static inline int queue_check(const struct vwr_queue *q, const struct vwr_chain *chain)
{
    if (VWR_RARELY(q->layout == VWR_LAYOUT_STOPPED))
        return vwr_queue_state(q);
    return VWR_RARELY(chain->state != VWR_CHAIN_FREE) ? VWR_EBUSY : VWR_OK;
}

/* Whether the chain is bound in this queue and keeps descriptors or an ID. */
static bool queue_keeps(const struct vwr_queue *q, const struct vwr_chain *chain)
{
    return chain->bound != 0 && q->layout != VWR_LAYOUT_STOPPED && !queue_is_in_order(q) &&
           chain->id < q->size && q->slot[chain->id] == chain;
}

/* Clears the binding of a chain. */
static void queue_forget(struct vwr_chain *chain)
{
    chain->table = queue_table(chain);
    chain->bound = 0;
    chain->segments = 0;
}

/* Slow path: determines the error of vwr_queue_add. */
static VWR_COLD int queue_refuse(struct vwr_queue *q, const struct vwr_chain *chain, unsigned count)
{
    const int r = queue_check(q, chain);

    if (r != VWR_OK)
        return r;
    if (chain->bound != 0)
        return VWR_EINVAL;
    return count - 1 >= q->size ? VWR_EINVAL : vwr_queue_full_(q);
}

VWR_FAST_INLINE int queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                              struct vwr_chain *chain)
{
    const bool table = queue_uses_table(q, chain, count);

    if (VWR_RARELY(!(chain->state == VWR_CHAIN_FREE && chain->bound == 0)))
        return queue_refuse(q, chain, count);
    if (table) {
        if (VWR_RARELY(q->num_free == 0) || VWR_RARELY(count > q->size))
            return queue_refuse(q, chain, count);
        return queue_is_packed(q) ? vwr_packed_add_table_(q, seg, out, count, chain)
                                  : vwr_split_add_table_(q, seg, out, count, chain);
    }
    if (VWR_RARELY(count - 1 >= q->num_free)) /* also true for a stopped queue */
        return queue_refuse(q, chain, count);
    return queue_is_packed(q) ? vwr_packed_add_(q, seg, out, count, chain)
                              : vwr_split_add_(q, seg, out, count, chain);
}

int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                  struct vwr_chain *chain)
{
    const int r = queue_add(q, seg, out, out + in, chain);

    if (r == VWR_OK)
        vwr_trace(VWR_TRACE_ADD, q->doorbell.index, chain->id, chain->count);
    return r;
}

int vwr_queue_bind(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint16_t out_bytes,
                   uint16_t in_at, uint16_t in_bytes)
{
    const unsigned data = out_bytes != 0;
    const unsigned segs = data + 1u + (in_bytes != 0);
    const struct vwr_seg seg[3] = {{addr, out_bytes}, {0, 1}, {addr + in_at, in_bytes}};
    const bool table = queue_uses_table(q, chain, segs);
    int r = queue_check(q, chain);

    if (r != VWR_OK)
        return r;
    if (queue_keeps(q, chain))
        return VWR_EINVAL;
    queue_forget(chain); /* a binding from before the queue was reset */
    if (segs > q->size || (queue_has_tables(q) && !table && chain->table_segs != 0))
        return VWR_EINVAL;
    if (!queue_has_tables(q))
        chain->table_segs = 0;
    chain->count = (uint16_t)(table ? 1u : segs);
    r = queue_is_packed(q) ? vwr_packed_bind_(q, &seg[1 - data], data, segs, chain)
                           : vwr_split_bind_(q, &seg[1 - data], data, segs, chain);
    if (r != VWR_OK)
        return r;
    chain->out_bytes = out_bytes;
    chain->in_bytes = in_bytes;
    chain->bound = VWR_CHAIN_BOUND | (table ? VWR_CHAIN_TABLE : 0);
    chain->segments = 1;
    /* NEXT is reserved in an indirect table of a packed ring */
    chain->flags[1] = in_bytes != 0 && !(table && queue_is_packed(q)) ? VWR_VIRTQ_DESC_F_NEXT : 0;
    chain->flags[0] = chain->flags[1] | VWR_VIRTQ_DESC_F_WRITE;
    if (table) {
        chain->table = (uint8_t *)chain->table + VWR_TABLE_BYTES(data);
        chain->answer_at = (uint32_t)VWR_TABLE_BYTES(segs);
    } else {
        chain->addr = addr;
        chain->answer_at = in_at;
        if (queue_is_split(q->layout))
            queue_set_in_ring(q, chain, data != 0 ? q->next[chain->id] : chain->id);
    }
    return VWR_OK;
}

int vwr_queue_unbind(struct vwr_queue *q, struct vwr_chain *chain)
{
    const bool keeps = queue_keeps(q, chain);

    if (chain->state != VWR_CHAIN_FREE)
        return VWR_EBUSY;
    queue_forget(chain);
    if (keeps)
        queue_free(q, q->layout, chain);
    return VWR_OK;
}

/* Why a queue is stopped, which is an error. A queue that is zeroed, and was never set up, has no reason. */
#define QUEUE_REASON(q) ((q)->stopped < VWR_OK ? (q)->stopped : VWR_EFAILED)

int vwr_queue_state(const struct vwr_queue *q)
{
    return q->layout == VWR_LAYOUT_STOPPED ? QUEUE_REASON(q) : VWR_OK;
}

int vwr_queue_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    if (VWR_RARELY(q->layout == VWR_LAYOUT_STOPPED))
        return vwr_queue_state(q);
    if (VWR_RARELY(len == 0) || VWR_RARELY(chain->segments != 1))
        return VWR_EINVAL;
    if (VWR_RARELY(chain->state != VWR_CHAIN_FREE))
        return VWR_EBUSY;
    if (VWR_RARELY(!queue_can_post(q, q->layout, chain)))
        return vwr_queue_full_(q);
    return queue_post(q, q->layout, chain, addr, len, !in);
}

bool vwr_queue_kick(struct vwr_queue *q)
{
    if (VWR_RARELY(q->added == q->kicked)) /* also true for a stopped queue */
        return false;
    return queue_kick(q, q->layout);
}

static bool queue_put(void *context, struct vwr_chain *chain, uint32_t written)
{
    struct vwr_chain ***const to = context;

    chain->written = written;
    *(*to)++ = chain;
    return true;
}

int vwr_queue_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned max)
{
    bool bad;
    unsigned n;

    if (VWR_RARELY(q->layout == VWR_LAYOUT_STOPPED))
        return QUEUE_REASON(q);
    n = queue_reap(q, q->layout, true, max, queue_put, &chains, &bad);
    if (VWR_RARELY(bad)) /* buffers found so far are returned first; the next call returns the error */
        vwr_queue_stop(q, VWR_EBADRING);
    return VWR_RARELY(bad) && n == 0 ? VWR_EBADRING : (int)n;
}

/* ---- interrupts, shutdown ---- */

bool vwr_queue_arm(struct vwr_queue *q, unsigned count)
{
    const uint32_t flight = q->kicked - q->last_used;
    bool quiet;

    if (count > flight) /* the device can use no more than `flight` buffers */
        count = flight;
    if (count == 0)
        count = 1;
    if (q->layout == VWR_LAYOUT_STOPPED)
        quiet = false;
    else if (queue_is_packed(q))
        quiet = vwr_packed_arm_(q, count);
    else
        quiet = vwr_split_arm_(q, (uint16_t)count);
    vwr_trace(VWR_TRACE_ARM, q->doorbell.index, quiet, 0);
    return quiet;
}

void vwr_queue_disarm(struct vwr_queue *q)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return;
    if (queue_is_packed(q))
        vwr_packed_disarm_(q);
    else
        vwr_split_disarm_(q);
}

int vwr_queue_full_(struct vwr_queue *q)
{
    (void)q;
    vwr_count_add(&q->stats.full, 1);
    return VWR_EFULL;
}

VWR_OUT_OF_LINE void vwr_queue_stop(struct vwr_queue *q, int reason)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return;
    q->layout = VWR_LAYOUT_STOPPED;
    q->open = VWR_LAYOUT_STOPPED;
    q->stopped = reason;
    q->kicked = q->added; /* so that kick finds nothing to do */
    q->num_free = 0;
    vwr_trace(VWR_TRACE_STOP, q->doorbell.index, (uint32_t)reason, 0);
}

int vwr_queue_reclaim(struct vwr_queue *q, struct vwr_chain **chain)
{
    if (q->layout != VWR_LAYOUT_STOPPED)
        return VWR_EBUSY;
    for (unsigned i = 0; i < q->size; i++) {
        struct vwr_chain *const c = q->slot[i];

        q->slot[i] = &q->none;
        if (c->state == VWR_CHAIN_FREE)
            continue;
        c->state = VWR_CHAIN_FREE;
        queue_forget(c);
        *chain = c;
        return 1;
    }
    return 0;
}
