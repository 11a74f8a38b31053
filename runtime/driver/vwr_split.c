/* SPDX-License-Identifier: MIT */
#include "queue_common.h"

/*
 * The split ring, driver side; what a bound chain and reaping need is in vwr/queue_hot.h. Section: Basic
 * Facilities of a Virtio Device / Split Virtqueues.
 *
 * Free descriptors are a list, and so are those of a buffer in flight: a buffer that has come
 * back is hooked into the free list as a whole. The descriptor table is written and not read; of what the
 * device writes only used.flags or avail_event, used.idx and the used entries are read, each of them
 * once.
 */

void vwr_split_prepare(struct vwr_queue *q, void *memory)
{
    uint8_t *const desc = memory;
    const size_t used = VWR_SPLIT_RING_USED_OFFSET((size_t)q->size, vwr_split_align(vwr_queue_is_legacy(q)));
    struct vwr_split_ring *const ring = &q->split.ring;

    ring->desc = memory;
    ring->avail = (struct vwr_virtq_avail *)(void *)(desc + vwr_split_ring_desc_bytes(q->size));
    ring->used = (const struct vwr_virtq_used *)(void *)(desc + used);
    ring->mask = q->size - 1u;
}

/* A descriptor for each segment, off the free list. */
static int split_describe(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                          struct vwr_chain *chain)
{
    const struct vwr_seg *const write = seg + out;
    const struct vwr_seg *const end = seg + count;
    struct vwr_virtq_desc *const desc = q->split.ring.desc;
    const uint16_t *const next = queue_next(q);
    const bool legacy = vwr_queue_is_legacy(q);
    unsigned flags = VWR_VIRTQ_DESC_F_NEXT;
    uint32_t id = q->split.free_head;
    uint64_t writable = 0;
    uint32_t tail;

    if (count > q->num_free)
        return queue_full(q);
    do {
        if (seg == write) {
            flags |= VWR_VIRTQ_DESC_F_WRITE;
            writable = 0; /* what came before is read */
        }
        if (seg->len == 0)
            return VWR_EINVAL;
        writable += seg->len;
        tail = id;
        id = next[id];
        split_write(&desc[tail], legacy, seg->addr, split_rest(seg->len, flags, id));
    } while (++seg != end);
    if (write == end)
        writable = 0;
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    vwr_ring_store16(&desc[tail].flags, vwr_guest16(legacy, (uint16_t)(flags ^ VWR_VIRTQ_DESC_F_NEXT)));
    chain->writable = (uint32_t)writable;
    chain->head = q->split.free_head;
    chain->tail = (uint16_t)tail;
    chain->count = (uint16_t)count;
    q->split.free_head = id;
    q->num_free -= count;
    return VWR_OK;
}

/* One descriptor, for the chain's table. */
static void split_put_table(struct vwr_queue *q, struct vwr_chain *chain, uint64_t rest)
{
    const uint32_t id = q->split.free_head;

    split_write(&q->split.ring.desc[id], vwr_queue_is_legacy(q), chain->table_addr, rest);
    chain->head = id;
    chain->tail = (uint16_t)id;
    chain->count = 1;
    q->split.free_head = queue_next(q)[id];
    q->num_free--;
}

uint64_t vwr_split_fill(struct vwr_virtq_desc *desc, uint32_t mask, uint32_t first, const struct vwr_seg *seg,
                        unsigned out, unsigned count, bool legacy)
{
    const struct vwr_seg *const write = seg + out;
    const struct vwr_seg *const end = seg + count;
    unsigned flags = VWR_VIRTQ_DESC_F_NEXT;
    uint64_t writable = 0;
    uint32_t id;

    do {
        if (seg == write) {
            flags |= VWR_VIRTQ_DESC_F_WRITE;
            writable = 0;
        }
        if (seg->len == 0)
            return QUEUE_TOO_MANY;
        writable += seg->len;
        id = first;
        first = (first + 1) & mask;
        split_write(&desc[id], legacy, seg->addr, split_rest(seg->len, flags, first));
    } while (++seg != end);
    vwr_ring_store16(&desc[id].flags, vwr_guest16(legacy, (uint16_t)(flags ^ VWR_VIRTQ_DESC_F_NEXT)));
    return write == end ? 0 : writable;
}

int vwr_split_fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                         struct vwr_chain *chain)
{
    const uint64_t writable =
        vwr_split_fill(chain->table, VWR_SPLIT_RING_SIZE_MAX - 1u, 0, seg, out, count, vwr_queue_is_legacy(q));

    if (writable >> 32 != 0)
        return VWR_EINVAL;
    chain->writable = (uint32_t)writable;
    return VWR_OK;
}

int vwr_split_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                  struct vwr_chain *chain)
{
    int r;

    if (!queue_uses_table(q, chain, count)) {
        r = split_describe(q, seg, out, count, chain);
        if (r != VWR_OK)
            return r;
    } else {
        if (q->num_free == 0)
            return queue_full(q);
        r = vwr_split_fill_table(q, seg, out, count, chain);
        if (r != VWR_OK)
            return r;
        split_put_table(q, chain, split_table_rest(count));
    }
    chain->bound = false;
    q->slot[chain->head] = chain;
    vwr_trace(VWR_TRACE_ADD, q->doorbell.value, chain->head, chain->count);
    vwr_split_make_available(q, &q->split.ring, chain->head);
    return VWR_OK;
}

/* There are descriptors to spare: the chain keeps some. */
int vwr_split_bind(struct vwr_queue *q, struct vwr_chain *chain)
{
    uint32_t id;
    int r;

    if (chain->data != NULL) {
        if (q->num_free == 0)
            return queue_full(q);
        split_put_table(q, chain, chain->rest);
        return VWR_OK;
    }
    r = split_describe(q, chain->seg, chain->changing, chain->segs, chain);
    if (r != VWR_OK)
        return r;
    id = chain->head;
    for (unsigned i = 0; i < chain->changing; i++)
        id = queue_next(q)[id];
    split_bind_data(chain, &q->split.ring.desc[id], queue_next(q)[id]);
    return VWR_OK;
}

void vwr_split_unbind(struct vwr_queue *q, const struct vwr_chain *chain)
{
    vwr_split_free(q, chain);
}

static void split_set_used_event(const struct vwr_queue *q, uint16_t event)
{
    uint8_t *const avail = (uint8_t *)q->split.ring.avail + vwr_virtq_avail_used_event_offset(q->size);

    vwr_ring_store16((vwr_le16 *)(void *)avail, vwr_guest16(vwr_queue_is_legacy(q), event));
}

bool vwr_split_arm(struct vwr_queue *q, uint16_t count)
{
    const struct vwr_split_ring *const ring = &q->split.ring;
    const bool legacy = vwr_queue_is_legacy(q);
    uint16_t idx;

    if (vwr_queue_has_event_idx(q))
        split_set_used_event(q, (uint16_t)(q->last_used + count - 1u));
    else
        vwr_ring_store16(&ring->avail->flags, 0);
    vwr_ring_mb(); /* the suppression before the index, or the last buffer comes between them unseen */
    idx = vwr_guest16(legacy, vwr_ring_load16(&ring->used->idx));
    return (uint16_t)(idx - q->last_used) < count;
}

void vwr_split_disarm(struct vwr_queue *q)
{
    if (vwr_queue_has_event_idx(q)) /* passed already, and for a long time not again */
        split_set_used_event(q, (uint16_t)(q->last_used - 1u));
    else
        vwr_ring_store16(&q->split.ring.avail->flags,
                         vwr_guest16(vwr_queue_is_legacy(q), VWR_VIRTQ_AVAIL_F_NO_INTERRUPT));
}
