/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_HOT_H
#define VWR_QUEUE_HOT_H

/*
 * Part of queue.h, which includes it: the calls that every request makes, in a header so that
 * the compiler sees through them. Their contracts are in queue.h.
 */

/* The other side reads or writes these at any time: exactly one access, of their own width. */
static inline uint16_t vwr_queue_load16(const vwr_le16 *p)
{
    return *(const volatile vwr_le16 *)p;
}

static inline uint32_t vwr_queue_load32(const vwr_le32 *p)
{
    return *(const volatile vwr_le32 *)p;
}

static inline void vwr_queue_store16(vwr_le16 *p, uint16_t v)
{
    *(volatile vwr_le16 *)p = v;
}

/* The chain goes into the available ring; the device sees it when kick moves the index. */
static inline void vwr_queue_make_available(struct vwr_queue *q, struct vwr_chain *chain)
{
    q->chain[chain->head] = chain;
    q->avail->ring[q->avail_next & q->mask] = vwr_wire16(q->legacy, chain->head);
    q->avail_next++;
}

/* For vwr_queue_take: reads used.idx, once a batch. 1: something is there, 0: nothing; negative: stopped. */
int vwr_queue_look(struct vwr_queue *q);

/* For vwr_queue_take: the device lied; stops the queue and answers VWR_EBADRING. */
VWR_COLD int vwr_queue_bad(struct vwr_queue *q);

static inline int vwr_queue_push(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                 bool in)
{
    struct vwr_virtq_desc *piece = chain->piece;
    unsigned flags = chain->flags;

    if (q->broken != VWR_OK)
        return q->broken;
    if (q->chain[chain->head] != NULL)
        return VWR_EBUSY;
    if (len == 0)
        return VWR_EINVAL;
    chain->writable = chain->fixed;
    if (in) {
        flags |= VWR_VIRTQ_DESC_F_WRITE;
        chain->writable += len;
    }
    piece->addr = vwr_wire64(q->legacy, addr);
    piece->len = vwr_wire32(q->legacy, len);
    piece->flags = vwr_wire16(q->legacy, (uint16_t)flags);
    vwr_queue_make_available(q, chain);
    return VWR_OK;
}

static inline int vwr_queue_take(struct vwr_queue *q, struct vwr_chain **chain)
{
    const struct vwr_virtq_used_elem *elem;
    struct vwr_chain *c = NULL;
    uint32_t id;
    uint32_t written;

    if (q->used_next == q->used_seen) {
        int found = vwr_queue_look(q);

        if (found <= 0)
            return found;
    }
    elem = &q->used->ring[q->used_next & q->mask];
    id = vwr_wire32(q->legacy, vwr_queue_load32(&elem->id));
    written = vwr_wire32(q->legacy, vwr_queue_load32(&elem->len));
    if (id < q->size)
        c = q->chain[id];
    if (c == NULL)
        return vwr_queue_bad(q);
    if (written > c->writable) {
        written = c->writable;
        q->clamped++;
    }
    c->written = written;
    q->chain[id] = NULL;
    if (c->count != 0) {
        q->link[c->tail] = q->free_head;
        q->free_head = (uint16_t)id;
        q->free = (uint16_t)(q->free + c->count);
    }
    q->used_next++;
    *chain = c;
    return 1;
}

#endif
