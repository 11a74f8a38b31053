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
    if (q->layout == VWR_LAYOUT_SPLIT)
        q->split.next = queue_next(q);
}

/*
 * Writes segments into descriptors of `next`, from *id on, which is then the one behind them; without a list
 * one after the other, modulo `mask` + 1. Bytes that the device may write; QUEUE_TOO_MANY if a
 * segment is empty.
 */
VWR_ALWAYS_INLINE uint64_t split_fill(struct vwr_virtq_desc *desc, const uint16_t *next, uint32_t mask,
                                      uint32_t *id, const struct vwr_seg *seg, unsigned out, unsigned count,
                                      bool legacy, uint32_t *tail)
{
    const struct vwr_seg *const write = seg + out;
    const struct vwr_seg *const end = seg + count;
    uint64_t flags = split_rest(0, VWR_VIRTQ_DESC_F_NEXT, 0);
    uint64_t writable = 0;
    uint32_t to = *id;
    uint32_t at;

    do {
        const uint32_t len = seg->len;

        if (seg == write) {
            flags |= split_rest(0, VWR_VIRTQ_DESC_F_WRITE, 0);
            writable = 0; /* what came before is read */
        }
        if (len == 0)
            return QUEUE_TOO_MANY;
        writable += len;
        at = to;
        to = next != NULL ? next[at] : (at + 1) & mask;
        split_write(&desc[at], legacy, seg->addr, split_rest(len, 0, to) | flags);
    } while (++seg != end);
    flags ^= split_rest(0, VWR_VIRTQ_DESC_F_NEXT, 0);
    vwr_ring_store16(&desc[at].flags, vwr_guest16(legacy, (uint16_t)(flags >> VWR_SPLIT_FLAGS_SHIFT)));
    *tail = at;
    *id = to;
    return write == end ? 0 : writable;
}

uint64_t vwr_split_fill(struct vwr_virtq_desc *desc, uint32_t mask, uint32_t first, const struct vwr_seg *seg,
                        unsigned out, unsigned count, bool legacy)
{
    uint32_t tail;

    return split_fill(desc, NULL, mask, &first, seg, out, count, legacy, &tail);
}

uint64_t vwr_split_fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                              unsigned count, const struct vwr_chain *chain)
{
    return vwr_split_fill(chain->table, VWR_SPLIT_RING_SIZE_MAX - 1u, 0, seg, out, count,
                          vwr_queue_is_legacy(q));
}

int vwr_split_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                  struct vwr_chain *chain)
{
    const bool legacy = vwr_queue_is_legacy(q);
    struct vwr_virtq_desc *const desc = q->split.ring.desc;
    const uint32_t head = q->split.free_head;
    uint32_t next = head;
    uint32_t tail = head;
    uint64_t writable;

    if (queue_uses_table(q, chain, count)) {
        if (q->num_free == 0)
            return queue_full(q);
        writable = vwr_split_fill_table(q, seg, out, count, chain);
        split_write(&desc[head], legacy, chain->table_addr, split_table_rest(count));
        next = q->split.next[head];
        count = 1;
    } else {
        if (count > q->num_free)
            return queue_full(q);
        writable = split_fill(desc, q->split.next, 0, &next, seg, out, count, legacy, &tail);
    }
    if (writable >> 32 != 0)
        return VWR_EINVAL;
    chain->writable = (uint32_t)writable;
    chain->head = head;
    chain->tail = (uint16_t)tail;
    chain->count = (uint16_t)count;
    chain->bound = false;
    q->slot[head] = chain;
    q->split.free_head = next;
    q->num_free -= count;
    vwr_split_make_available(q, &q->split.ring, head);
    return VWR_OK;
}

/*
 * There are descriptors to spare: the chain keeps those that it is described in. As add, but that it goes
 * out of the available ring again, of which the device sees nothing before a kick.
 */
int vwr_split_bind(struct vwr_queue *q, struct vwr_chain *chain)
{
    const int r = vwr_split_add(q, chain->seg, chain->changing, chain->segs, chain);
    uint32_t id = chain->head;

    if (r != VWR_OK)
        return r;
    q->added--;
    q->slot[id] = NULL;
    if (chain->data != NULL)
        return VWR_OK;
    for (unsigned i = 0; i < chain->changing; i++)
        id = q->split.next[id];
    split_bind_data(chain, &q->split.ring.desc[id], q->split.next[id]);
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
