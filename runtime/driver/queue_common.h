/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_QUEUE_COMMON_H
#define VWR_DRIVER_QUEUE_COMMON_H

#include "vwr/queue.h"

/*
 * Between vwr_queue.c, which checks what the caller asks, and the two kinds of ring, which then
 * cannot fail but by what the device does.
 */

/* Does the chain go as one descriptor that points at its table? */
static inline bool queue_uses_table(const struct vwr_queue *q, const struct vwr_chain *chain, unsigned pieces)
{
    return VWR_WITH_INDIRECT && q->indirect && pieces > 1 && pieces <= chain->table_size;
}

/*
 * Writes a table of `count` pieces, of which the device reads the first `out`: the bytes of the others, which
 * are too many if a piece is empty.
 */
uint64_t vwr_split_fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                              unsigned count, struct vwr_virtq_desc *table);
uint64_t vwr_packed_fill_table(const struct vwr_seg *seg, unsigned out, unsigned count,
                               struct vwr_pvirtq_desc *table);
#define QUEUE_TOO_MANY (~(uint64_t)0)

/* Takes chain->count descriptors and writes them: the pieces, or with seg NULL the one of the table. */
void vwr_split_place(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                     struct vwr_chain *chain);
void vwr_packed_place(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                      struct vwr_chain *chain);

void vwr_split_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m);
void vwr_packed_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m);

int vwr_in_order_take(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);
int vwr_packed_take_one(struct vwr_queue *q, struct vwr_chain **chain);
int vwr_packed_take(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);

bool vwr_split_arm(struct vwr_queue *q, uint16_t count);
bool vwr_packed_arm(struct vwr_queue *q, uint16_t count);
void vwr_split_disarm(struct vwr_queue *q);
void vwr_packed_disarm(struct vwr_queue *q);

/* push into a ring in order. */
int vwr_in_order_push(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);

/* push of whatever needs a look at more: of what has no table, or no room, or may not be pushed. */
int vwr_queue_push_slowly(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);

/* AVAIL and USED: a round of a packed ring turns them over. */
#define QUEUE_TURN (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

/* The second half of a packed descriptor, its length, id and flags, as one number. */
#define QUEUE_ID_SHIFT (8u * (__builtin_offsetof(struct vwr_pvirtq_desc, id) - sizeof(vwr_le64)))
#define QUEUE_FLAGS_SHIFT (8u * (__builtin_offsetof(struct vwr_pvirtq_desc, flags) - sizeof(vwr_le64)))

static inline uint64_t queue_packed_rest(uint32_t len, unsigned id, unsigned flags)
{
    return len | (uint64_t)id << QUEUE_ID_SHIFT | (uint64_t)flags << QUEUE_FLAGS_SHIFT;
}

/* Writes a descriptor of a packed ring; the flags of the first one since the last kick wait for the kick. */
static inline void queue_packed_write(struct vwr_queue *q, struct vwr_pvirtq_desc *desc, uint64_t addr,
                                      uint64_t rest)
{
    vwr_ring_store64(&desc->addr, vwr_cpu_to_le64(addr));
    if (q->kick_desc == NULL) {
        vwr_ring_store32(&desc->len, vwr_cpu_to_le32((uint32_t)rest));
        vwr_ring_store16(&desc->id, vwr_cpu_to_le16((uint16_t)(rest >> QUEUE_ID_SHIFT)));
        q->kick_desc = desc;
        q->kick_flags = (uint32_t)(rest >> QUEUE_FLAGS_SHIFT);
    } else {
        vwr_ring_store64(&desc->len, vwr_cpu_to_le64(rest));
    }
}

/* One descriptor at the end of a packed ring. */
static inline void queue_packed_put(struct vwr_queue *q, uint64_t addr, uint64_t rest)
{
    const uint32_t at = q->avail_at;

    q->avail_at = at + 1;
    queue_packed_write(q, &q->ring[at], addr, rest | q->avail_turn);
    if (at == q->mask) {
        q->avail_at = 0;
        q->avail_turn ^= queue_packed_rest(0, 0, QUEUE_TURN);
    }
}

/* Of a wired chain with a table, in a packed ring: another piece in the table. */
static inline void queue_packed_set_piece(struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    struct vwr_pvirtq_desc *const piece = (struct vwr_pvirtq_desc *)chain->piece;

    chain->writable = in ? chain->fixed + len : chain->fixed;
    vwr_ring_store64(&piece->addr, vwr_cpu_to_le64(addr));
    vwr_ring_store32(&piece->len, vwr_cpu_to_le32(len));
    if (chain->in_now != in) {
        chain->in_now = in;
        vwr_ring_store16(&piece->flags, vwr_cpu_to_le16(in ? VWR_VIRTQ_DESC_F_WRITE : 0));
    }
}

#endif
