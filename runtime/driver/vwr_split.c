/* SPDX-License-Identifier: MIT */
#include "vwr/queue.h"
#include "vwr/zero.h"

/*
 * The split ring, driver side. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * Free descriptors hang together by `link`, and so do those of a chain in flight: giving a
 * chain back is hooking its tail to the free list. The descriptor table is written and never
 * read; of what the device writes only used.flags, used.idx and the used entries are read,
 * each of them once.
 */

void vwr_queue_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m, uint16_t size, bool legacy)
{
    const size_t used = VWR_SPLIT_RING_USED_OFFSET((size_t)size, vwr_split_align(legacy));
    uint8_t *const ring = m->shared;
    struct vwr_chain **const chain = m->own;
    uint16_t *const link = (uint16_t *)(void *)(chain + size);

    vwr_zero(q, sizeof(*q));
    vwr_zero(ring, m->shared_bytes);
    vwr_zero(chain, m->own_bytes);
    for (unsigned i = 0; i < size; i++)
        link[i] = (uint16_t)(i + 1u);
    q->desc = m->shared;
    q->avail = (struct vwr_virtq_avail *)(void *)(ring + vwr_split_ring_desc_bytes(size));
    q->used = (const struct vwr_virtq_used *)(void *)(ring + used);
    q->chain = chain;
    q->link = link;
    q->size = size;
    q->mask = size - 1u;
    q->free = size;
    q->legacy = legacy;
    vwr_queue_disarm(q);
}

/*
 * Takes descriptors for a chain and writes them; `next` in a descriptor is always what `link`
 * says. Until the end nothing is taken, so an error changes nothing.
 */
static int describe_chain(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                          struct vwr_chain *chain)
{
    const unsigned count = out + in;
    unsigned id = q->free_head;
    unsigned tail = id;
    uint32_t writable = 0;

    if (count - 1 >= q->free) /* none, or too many; a stopped queue has no free descriptors */
        return q->broken != VWR_OK ? q->broken : count - 1 < q->size ? VWR_EFULL : VWR_EINVAL;
    for (unsigned left = count; left > 0; left--, seg++) {
        struct vwr_virtq_desc *desc = &q->desc[id];
        unsigned flags = left > 1 ? VWR_VIRTQ_DESC_F_NEXT : 0;

        if (left <= in) {
            flags |= VWR_VIRTQ_DESC_F_WRITE;
            writable += seg->len;
            if (writable < seg->len) /* 2^32 or more */
                return VWR_EINVAL;
        }
        if (seg->len == 0)
            return VWR_EINVAL;
        tail = id;
        id = q->link[id];
        desc->addr = vwr_wire64(q->legacy, seg->addr);
        desc->len = vwr_wire32(q->legacy, seg->len);
        desc->flags = vwr_wire16(q->legacy, (uint16_t)flags);
        desc->next = vwr_wire16(q->legacy, (uint16_t)id);
    }
    chain->head = q->free_head;
    chain->tail = (uint16_t)tail;
    chain->writable = writable;
    chain->count = (uint16_t)count;
    q->free_head = (uint16_t)id;
    q->free = (uint16_t)(q->free - count);
    return VWR_OK;
}

int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                  struct vwr_chain *chain)
{
    int r = describe_chain(q, seg, out, in, chain);

    if (r == VWR_OK)
        vwr_queue_make_available(q, chain);
    return r;
}

int vwr_queue_wire(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                   unsigned changing, struct vwr_chain *chain)
{
    unsigned id = q->free_head;
    int r = VWR_EINVAL;

    if (changing < out + in)
        r = describe_chain(q, seg, out, in, chain);
    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < changing; i++)
        id = q->link[id];
    chain->piece = &q->desc[id];
    chain->flags = id != chain->tail ? VWR_VIRTQ_DESC_F_NEXT : 0;
    chain->fixed = chain->writable - (changing >= out ? seg[changing].len : 0);
    chain->count = 0;
    return VWR_OK;
}

bool vwr_queue_kick(struct vwr_queue *q)
{
    if (q->avail_next == q->published)
        return false;
    q->published = q->avail_next;
    vwr_port_wmb(); /* descriptors and entries before the index that makes them the device's */
    vwr_queue_store16(&q->avail->idx, vwr_wire16(q->legacy, q->published));
    vwr_port_mb(); /* the index before the look at whether the device wants to hear of it */
    if (vwr_wire16(q->legacy, vwr_queue_load16(&q->used->flags)) & VWR_VIRTQ_USED_F_NO_NOTIFY)
        return false;
    vwr_port_write32(q->notify, q->notify_value);
    return true;
}

void vwr_queue_stop(struct vwr_queue *q, int reason)
{
    if (q->broken == VWR_OK)
        q->broken = reason;
    q->free = 0;                  /* nothing goes in */
    q->published = q->avail_next; /* nothing is left for a kick */
    q->used_next = q->used_seen;  /* nothing comes out */
}

int vwr_queue_bad(struct vwr_queue *q)
{
    vwr_queue_stop(q, VWR_EBADRING);
    return VWR_EBADRING;
}

int vwr_queue_look(struct vwr_queue *q)
{
    uint16_t idx;

    if (q->broken != VWR_OK)
        return q->broken;
    idx = vwr_wire16(q->legacy, vwr_queue_load16(&q->used->idx));
    if (idx == q->used_next)
        return 0;
    if ((uint16_t)(idx - q->used_next) > (uint16_t)(q->published - q->used_next))
        return vwr_queue_bad(q);
    vwr_port_rmb(); /* the index before the entries that it covers */
    q->used_seen = idx;
    return 1;
}

bool vwr_queue_arm(struct vwr_queue *q)
{
    vwr_queue_store16(&q->avail->flags, 0);
    vwr_port_mb(); /* the wish before the look, or the last buffer comes between them unseen */
    return q->broken == VWR_OK && q->used_next == q->used_seen &&
           vwr_wire16(q->legacy, vwr_queue_load16(&q->used->idx)) == q->used_seen;
}

void vwr_queue_disarm(struct vwr_queue *q)
{
    vwr_queue_store16(&q->avail->flags, vwr_wire16(q->legacy, VWR_VIRTQ_AVAIL_F_NO_INTERRUPT));
}
