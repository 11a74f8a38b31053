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

/* Writes the chain's table: `count` pieces, of which the device reads the first `out`. */
void vwr_split_fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                          struct vwr_chain *chain);
void vwr_packed_fill_table(const struct vwr_seg *seg, unsigned out, unsigned count, struct vwr_chain *chain);

/* Takes chain->count descriptors and writes them: the pieces, or with seg NULL the one of the table. */
void vwr_split_place(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                     struct vwr_chain *chain);
void vwr_packed_place(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                      struct vwr_chain *chain);

void vwr_split_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m);
void vwr_packed_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m);

int vwr_in_order_look(struct vwr_queue *q);
int vwr_packed_take(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);

bool vwr_split_arm(struct vwr_queue *q, uint16_t count);
bool vwr_packed_arm(struct vwr_queue *q, uint16_t count);
void vwr_split_disarm(struct vwr_queue *q);
void vwr_packed_disarm(struct vwr_queue *q);

/* push of a wired chain that is not on its way. */
int vwr_packed_push(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);
int vwr_in_order_push(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);

/* push of what has no table, or no room; or of a ring that is packed and in order. */
VWR_COLD int vwr_queue_push_slowly(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                   bool in);

/* AVAIL and USED: a round of a packed ring turns them over. */
#define QUEUE_TURN (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

/* One descriptor of a packed ring; if it is the first since the last kick, its flags wait for the kick. */
static inline void queue_packed_put(struct vwr_queue *q, unsigned id, uint64_t addr, uint32_t len,
                                    unsigned flags)
{
    struct vwr_pvirtq_desc *const desc = &q->ring[q->avail_at];

    flags |= q->avail_flags;
    desc->addr = vwr_cpu_to_le64(addr);
    desc->len = vwr_cpu_to_le32(len);
    desc->id = vwr_cpu_to_le16((uint16_t)id);
    if (q->kick_desc == NULL) {
        q->kick_desc = desc;
        q->kick_flags = flags;
    } else {
        desc->flags = vwr_cpu_to_le16((uint16_t)flags);
    }
    if (++q->avail_at == q->size) {
        q->avail_at = 0;
        q->avail_flags ^= QUEUE_TURN;
    }
}

/* Of a wired chain with a table, in a packed ring: another piece in the table. */
static inline void queue_packed_set_piece(struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    struct vwr_pvirtq_desc *const piece = (struct vwr_pvirtq_desc *)chain->piece;

    chain->writable = in ? chain->fixed + len : chain->fixed;
    piece->addr = vwr_cpu_to_le64(addr);
    piece->len = vwr_cpu_to_le32(len);
    if (chain->in_now != in) {
        chain->in_now = in;
        piece->flags = vwr_cpu_to_le16(in ? VWR_VIRTQ_DESC_F_WRITE : 0);
    }
}

#endif
