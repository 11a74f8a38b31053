/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/bytes.h"
#include "queue_common.h"

/*
 * What a queue is whatever its layout: here is checked what the caller asks, once; the layouts
 * (vwr_split.c, vwr_split_in_order.c, vwr_packed.c, vwr_packed_in_order.c) do it.
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

static bool queue_features_packed(const struct vwr_features *features)
{
    return VWR_WITH_PACKED && vwr_features_have(features, VWR_F_RING_PACKED);
}

uint16_t vwr_queue_fit(const struct vwr_features *features, uint16_t size, uint32_t max)
{
    unsigned power = VWR_SPLIT_RING_SIZE_MAX;

    if (size > max)
        size = (uint16_t)max;
    if (queue_features_packed(features))
        return size;
    while (power > size)
        power >>= 1;
    return (uint16_t)power;
}

size_t vwr_queue_ring_bytes(const struct vwr_features *features, bool legacy, uint16_t size)
{
    if (queue_features_packed(features))
        return vwr_packed_ring_desc_bytes(size) + vwr_packed_ring_driver_event_bytes(size) +
               vwr_packed_ring_device_event_bytes(size);
    if (legacy) /* rounded up: all of it has to be there */
        return VWR_SPLIT_RING_BYTES((size_t)size, VWR_SPLIT_RING_LEGACY_ALIGN);
    return VWR_SPLIT_RING_USED_OFFSET((size_t)size, VWR_SPLIT_RING_USED_ALIGN) +
           vwr_split_ring_used_bytes(size);
}

static enum vwr_layout queue_layout_of(const struct vwr_features *features)
{
    const bool in_order = VWR_WITH_IN_ORDER && vwr_features_have(features, VWR_F_IN_ORDER);

    if (queue_features_packed(features))
        return in_order ? VWR_LAYOUT_PACKED_IN_ORDER : VWR_LAYOUT_PACKED;
    return in_order ? VWR_LAYOUT_SPLIT_IN_ORDER : VWR_LAYOUT_SPLIT;
}

void vwr_queue_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m, uint16_t size,
                       const struct vwr_features *features, bool legacy)
{
    vwr_zero(q, sizeof(*q));
    vwr_zero(m->shared, m->shared_bytes);
    vwr_zero(m->own, VWR_QUEUE_OWN_BYTES(size));
    q->slot = m->own;
    q->size = size;
    q->num_free = size;
    for (unsigned i = 0; i < size; i++)
        queue_next(q)[i] = (uint16_t)(i + 1u);
    q->layout = (uint8_t)queue_layout_of(features);
    q->options = legacy ? VWR_QUEUE_LEGACY : 0;
    if (queue_features_packed(features))
        q->options |= VWR_QUEUE_PACKED;
    if (vwr_features_have(features, VWR_F_INDIRECT_DESC))
        q->options |= VWR_QUEUE_INDIRECT;
    if (vwr_features_have(features, VWR_F_EVENT_IDX))
        q->options |= VWR_QUEUE_EVENT_IDX;
    if (vwr_queue_is_packed(q))
        vwr_packed_prepare(q, m->shared);
    else
        vwr_split_prepare(q, m->shared);
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
        return q->stopped.reason;
    if (vwr_queue_has(q, chain))
        return VWR_EBUSY;
    return count - 1 < q->size ? VWR_OK : VWR_EINVAL;
}

static inline void queue_trace_add(const struct vwr_queue *q, const struct vwr_chain *chain, int r)
{
    (void)q;
    (void)chain;
    if (r == VWR_OK)
        vwr_trace(VWR_TRACE_ADD, q->doorbell.value, chain->head, chain->count);
}

int vwr_queue_add_other(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                        struct vwr_chain *chain)
{
    int r = queue_check(q, chain, count);

    if (r != VWR_OK)
        return r;
    chain->limit = 0;
    chain->keeps_slot = false;
    switch (vwr_queue_layout(q)) {
    case VWR_LAYOUT_SPLIT_IN_ORDER:
        r = vwr_split_in_order_add(q, seg, out, count, chain);
        break;
    case VWR_LAYOUT_PACKED:
        r = vwr_packed_add(q, seg, out, count, chain);
        break;
    case VWR_LAYOUT_PACKED_IN_ORDER:
        r = vwr_packed_in_order_add(q, seg, out, count, chain);
        break;
    default:
        r = vwr_split_add(q, seg, out, count, chain);
        break;
    }
    queue_trace_add(q, chain, r);
    return r;
}

/* Not of the split layout: writes the table, if it goes as one; bytes that the device may write. */
static uint64_t queue_bind_table(const struct vwr_queue *q, struct vwr_chain *chain)
{
    const unsigned count = chain->segs;
    uint64_t writable = 0;

    chain->data = NULL;
    if (vwr_queue_uses_table(q, chain, count)) {
        chain->count = 1;
        if (!vwr_queue_is_packed(q))
            return vwr_split_bind_table(q, chain);
        chain->data = (struct vwr_pvirtq_desc *)chain->table + chain->changing;
        chain->data_rest[0] = 0;
        chain->data_rest[1] = packed_rest(0, 0, VWR_VIRTQ_DESC_F_WRITE);
        chain->rest = packed_table_rest(count);
        return vwr_packed_fill_table(chain->seg, chain->changing, count, chain);
    }
    for (unsigned i = 0; i < count; i++) {
        if (chain->seg[i].len == 0)
            return VWR_SPLIT_TOO_MANY;
        writable += i >= chain->changing ? chain->seg[i].len : 0;
    }
    return writable;
}

/* In order nothing is kept. */
static int queue_bind_other(struct vwr_queue *q, struct vwr_chain *chain)
{
    const uint64_t writable = queue_bind_table(q, chain);

    chain->head = 0;
    chain->writable = (uint32_t)writable;
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    return vwr_queue_layout(q) == VWR_LAYOUT_PACKED ? vwr_packed_bind(q, chain) : VWR_OK;
}

int vwr_queue_bind(struct vwr_queue *q, struct vwr_seg *seg, unsigned segs, unsigned changing,
                   struct vwr_chain *chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_bind");
    int r = changing < segs ? queue_check(q, chain, segs) : VWR_EINVAL;

    if (r != VWR_OK)
        return r;
    chain->limit = 0;
    chain->keeps_slot = false;
    chain->seg = seg;
    chain->segs = (uint16_t)segs;
    chain->changing = (uint16_t)changing;
    r = vwr_queue_is_split(q) ? vwr_split_bind(q, chain) : queue_bind_other(q, chain);
    chain->fixed = chain->writable - seg[changing].len;
    chain->bound = r == VWR_OK;
    return r;
}

int vwr_queue_unbind(struct vwr_queue *q, struct vwr_chain *chain)
{
    VWR_QUEUE_CALL(q, "vwr_queue_unbind");
    if (vwr_queue_has(q, chain) && (!chain->keeps_slot || chain->limit != 0))
        return VWR_EBUSY;
    if (chain->bound && vwr_queue_layout(q) == VWR_LAYOUT_SPLIT)
        vwr_split_unbind(q, chain);
    if (VWR_WITH_PACKED && chain->bound && q->layout == VWR_LAYOUT_PACKED)
        vwr_packed_unbind(q, chain);
    chain->bound = false;
    return VWR_OK;
}

static VWR_COLD int queue_refuse_post(const struct vwr_queue *q, uint32_t len)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return q->stopped.reason;
    return len == 0 ? VWR_EINVAL : VWR_EBUSY;
}

/* What is not the fast path of the layouts but split: a chain without a table is described anew. */
static VWR_COLD int queue_post_slow(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                    bool in)
{
    unsigned out;
    int r;

    if (vwr_queue_layout(q) <= VWR_LAYOUT_SPLIT || len == 0 || q->slot[chain->head] == chain)
        return queue_refuse_post(q, len);
    if (chain->data != NULL)
        return queue_full(q);
    out = queue_set_segment(chain, addr, len, in);
    if (vwr_queue_layout(q) == VWR_LAYOUT_PACKED)
        r = vwr_packed_post(q, chain, out);
    else if (vwr_queue_layout(q) == VWR_LAYOUT_SPLIT_IN_ORDER)
        r = vwr_split_in_order_add(q, chain->seg, out, chain->segs, chain);
    else
        r = vwr_packed_in_order_add(q, chain->seg, out, chain->segs, chain);
    queue_trace_add(q, chain, r);
    return r;
}

int vwr_queue_post_other(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    const enum vwr_layout layout = vwr_queue_layout(q);

    if (layout <= VWR_LAYOUT_SPLIT || q->slot[chain->head] == chain || chain->data == NULL ||
        q->num_free == 0 || len == 0)
        return queue_post_slow(q, chain, addr, len, in);
    if (layout == VWR_LAYOUT_PACKED)
        packed_post_table(q, chain, addr, len, in);
    else if (layout == VWR_LAYOUT_SPLIT_IN_ORDER)
        split_in_order_post_table(q, chain, addr, len, in);
    else
        packed_in_order_post_table(q, chain, addr, len, in);
    vwr_trace(VWR_TRACE_ADD, q->doorbell.value, chain->head, 1);
    return VWR_OK;
}

int vwr_queue_reap_other(struct vwr_queue *q, struct vwr_chain **chains, unsigned most)
{
    switch (vwr_queue_layout(q)) {
    case VWR_LAYOUT_SPLIT_IN_ORDER:
        return vwr_split_in_order_reap(q, chains, most);
    case VWR_LAYOUT_PACKED:
        return vwr_packed_reap(q, chains, most);
    case VWR_LAYOUT_PACKED_IN_ORDER:
        return vwr_packed_in_order_reap(q, chains, most);
    default:
        return q->stopped.reason;
    }
}

/* In order: has each buffer in flight one descriptor, so that their slots lie side by side? */
static inline bool queue_is_row(const struct vwr_queue *q)
{
    return q->size - q->num_free == vwr_queue_in_flight(q);
}

int vwr_queue_batch(struct vwr_queue *q, uint32_t id, uint32_t from, uint32_t most, uint32_t written)
{
    struct vwr_chain *last;
    uint32_t n = 1;

    if (id >= q->size || (last = q->slot[id]) == NULL)
        return vwr_queue_bad(q);
    if (id != from && queue_is_row(q))
        n += id < from ? id + q->size - from : id - from;
    else
        for (; from != id && n <= most; n++) {
            from += q->slot[from]->count;
            from -= from >= q->size ? q->size : 0;
        }
    if (n > most)
        return vwr_queue_bad(q);
    if (written > last->written)
        vwr_count_add(&q->stats.clamped, 1);
    else
        last->written = written;
    return (int)n;
}

/* Of a row: up to the end of the ring, then from its beginning. */
static inline void queue_reap_row(struct vwr_queue *q, struct vwr_chain **chains, struct vwr_chain **slot,
                                  unsigned n)
{
    struct vwr_chain **const end = chains + n;

    (void)q;
    while (chains != end) {
        struct vwr_chain *const c = *slot;

        *slot++ = NULL;
        *chains++ = c;
        vwr_trace(VWR_TRACE_TAKE, q->doorbell.value, c->head, c->written);
    }
}

static uint32_t queue_reap_many(struct vwr_queue *q, struct vwr_chain **chains, uint32_t at, unsigned n)
{
    const uint32_t size = q->size;

    if (queue_is_row(q)) {
        const uint32_t row = n < size - at ? n : size - at;

        queue_reap_row(q, chains, q->slot + at, row);
        queue_reap_row(q, chains + row, q->slot, n - row);
        q->num_free += n;
        q->last_used += n;
        at += n;
        return at >= size ? at - size : at;
    }
    for (; n > 0; n--)
        at = vwr_queue_reap_in_order(q, chains++, at, 1);
    return at;
}

uint32_t vwr_queue_reap_in_order(struct vwr_queue *q, struct vwr_chain **chains, uint32_t at, unsigned n)
{
    uint32_t count;

    if (n != 1)
        return queue_reap_many(q, chains, at, n);
    count = q->slot[at]->count;
    queue_reap_row(q, chains, q->slot + at, 1);
    q->num_free += count;
    q->last_used++;
    at += count;
    return at >= q->size ? at - q->size : at;
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
    switch (vwr_queue_layout(q)) {
    case VWR_LAYOUT_STOPPED:
        quiet = false;
        break;
    case VWR_LAYOUT_PACKED:
        quiet = vwr_packed_arm(q, (uint16_t)count);
        break;
    case VWR_LAYOUT_PACKED_IN_ORDER:
        quiet = vwr_packed_in_order_arm(q, (uint16_t)count);
        break;
    default:
        quiet = vwr_split_arm(q, (uint16_t)count);
        break;
    }
    vwr_trace(VWR_TRACE_ARM, q->doorbell.value, quiet, 0);
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

uint32_t vwr_queue_clamp(struct vwr_queue *q, const struct vwr_chain *chain)
{
    (void)q;
    vwr_count_add(&q->stats.clamped, 1);
    return chain->writable;
}

void vwr_doorbell_other(const struct vwr_doorbell *bell, uint32_t position)
{
    if (VWR_WITH_NOTIFICATION_DATA && bell->kind == VWR_DOORBELL_32_DATA) {
        const uint32_t value = bell->value | position << VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT;

        vwr_trace(VWR_TRACE_WRITE, (uintptr_t)bell->reg, sizeof(value), value);
        vwr_port_write32(bell->reg, vwr_cpu_to_le32(value));
        return;
    }
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)bell->reg, sizeof(uint16_t), bell->value);
    if (VWR_PORT_HAS_OUT16 && bell->kind == VWR_DOORBELL_PORT_16)
        vwr_port_out16((uint16_t)(uintptr_t)bell->reg, bell->value);
    else
        vwr_port_write16(bell->reg, vwr_cpu_to_le16(bell->value));
}

void vwr_queue_stop(struct vwr_queue *q, int reason)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return;
    q->layout = VWR_LAYOUT_STOPPED;
    q->stopped.reason = reason;
    q->kicked = q->added; /* nothing is left for a kick */
    vwr_trace(VWR_TRACE_STOP, q->doorbell.value, (uint32_t)reason, 0);
}

int vwr_queue_reclaim(struct vwr_queue *q, struct vwr_chain **chain)
{
    if (q->layout != VWR_LAYOUT_STOPPED)
        return VWR_EBUSY;
    for (unsigned i = 0; i < q->size; i++) {
        struct vwr_chain *const c = q->slot[i];

        q->slot[i] = NULL;
        if (c == NULL || (c->keeps_slot && c->limit == 0))
            continue;
        *chain = c;
        return 1;
    }
    return 0;
}
