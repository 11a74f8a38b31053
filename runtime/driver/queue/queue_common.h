/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_QUEUE_COMMON_H
#define VWR_DRIVER_QUEUE_COMMON_H

#include "vwr/queue.h"

/*
 * Between vwr_queue.c, which checks what the caller asks, and the layouts, a file each. A layout has
 *   add      describes a buffer of `count` segments, of which the device reads the first `out`: it is not in
 *            flight, and has 1 to size segments. VWR_OK; VWR_EINVAL: a segment is empty, or too many bytes
 *            are writable; VWR_EFULL. What add has written before an error the device does not see.
 *   bind     takes what a bound chain keeps
 *   reap     buffers that have come back, as vwr_queue_reap
 * and shares with the other of the same kind of ring prepare, kick, arm and disarm.
 */
int vwr_split_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                  struct vwr_chain *chain);
void vwr_split_bind(struct vwr_queue *q, struct vwr_chain *chain);

int vwr_packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain);
int vwr_packed_bind(struct vwr_queue *q, struct vwr_chain *chain);

/*
 * In order, in a build for speed, while each buffer takes one descriptor: a buffer of one segment or of a
 * table; a bound chain with a table gets a position, and is posted where it is not yet; as the calls of
 * queue.h.
 */
int vwr_queue_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                           struct vwr_chain *chain);
void vwr_queue_in_order_bind(struct vwr_queue *q, struct vwr_chain *chain);
int vwr_queue_in_order_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                            bool in);
/* The chains of the first `count` positions, which are bound, in the same order at those behind them: whoever
 * posts them one after the other finds each where it was before, from the first time on. */
void vwr_queue_in_order_repeat(struct vwr_queue *q, uint32_t count);
int vwr_queue_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);
/* From now on they may take several; slot[] keeps only what is in flight. */
void vwr_queue_begin_direct(struct vwr_queue *q);

/* In a small build, and direct: one after the other. */
int vwr_queue_reap_each(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);

void vwr_split_prepare(struct vwr_queue *q, void *memory);
void vwr_packed_prepare(struct vwr_queue *q, void *memory);
bool vwr_split_arm(struct vwr_queue *q, uint16_t count);
bool vwr_packed_arm(struct vwr_queue *q, uint32_t count);
int vwr_split_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);
int vwr_packed_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);
void vwr_split_disarm(struct vwr_queue *q);
void vwr_packed_disarm(struct vwr_queue *q);

/* Writes segments into the chain's table; packed ones are good, split ones: bytes as queue_writable. */
uint64_t vwr_split_fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                              unsigned count, const struct vwr_chain *chain);
void vwr_packed_fill_table(const struct vwr_seg *seg, unsigned out, unsigned count,
                           const struct vwr_chain *chain);

/* Bytes that the device may write, VWR_SPLIT_TOO_MANY if a segment is empty. */
static inline uint64_t queue_writable(const struct vwr_seg *seg, unsigned out, unsigned count)
{
    uint64_t writable = 0;

    for (unsigned i = 0; i < count; i++) {
        if (seg[i].len == 0)
            return VWR_SPLIT_TOO_MANY;
        writable += i >= out ? seg[i].len : 0;
    }
    return writable;
}

/* Not now: counts it. */
static inline int queue_full(struct vwr_queue *q)
{
    vwr_count_add(&q->stats.full, 1);
    return VWR_EFULL;
}

/* Of a bound chain the descriptor that changes, before descriptor `next`. */
static inline void split_bind_data(struct vwr_chain *chain, struct vwr_virtq_desc *desc, unsigned next)
{
    chain->data = desc;
    chain->data_rest[1] =
        chain->changing + 1u < chain->segs ? vwr_split_rest(0, VWR_VIRTQ_DESC_F_NEXT, next) : 0;
    chain->data_rest[0] = chain->data_rest[1] | vwr_split_rest(0, VWR_VIRTQ_DESC_F_WRITE, 0);
}

/* Of either ring, a table as one descriptor, and what writes it. */
static inline uint64_t queue_table_rest(const struct vwr_queue *q, unsigned count)
{
    const uint32_t len = (uint32_t)VWR_TABLE_BYTES(count);

    return vwr_queue_is_packed(q) ? vwr_packed_rest(len, 0, VWR_VIRTQ_DESC_F_INDIRECT)
                                  : vwr_split_rest(len, VWR_VIRTQ_DESC_F_INDIRECT, 0);
}

static inline void queue_fill_table(const struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                                    unsigned count, const struct vwr_chain *chain)
{
    if (vwr_queue_is_packed(q))
        vwr_packed_fill_table(seg, out, count, chain);
    else
        (void)vwr_split_fill_table(q, seg, out, count, chain);
}

#endif
