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

/* Of a wired chain with a table: another piece in it. */
void vwr_packed_set_piece(struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);

void vwr_split_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m);
void vwr_packed_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m);

int vwr_in_order_look(struct vwr_queue *q);
int vwr_packed_take(struct vwr_queue *q, struct vwr_chain **chain);

bool vwr_split_arm(struct vwr_queue *q, uint16_t count);
bool vwr_packed_arm(struct vwr_queue *q, uint16_t count);
void vwr_split_disarm(struct vwr_queue *q);
void vwr_packed_disarm(struct vwr_queue *q);

#endif
