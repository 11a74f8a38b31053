/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_QUEUE_COMMON_H
#define VWR_DRIVER_QUEUE_COMMON_H

#include "vwr/queue.h"

/*
 * Between vwr_queue.c, which checks what the caller asks, and the layouts, a file each. A layout has
 *   add      describes a buffer of `count` segments, of which the device reads the first `out`: it is not in
 *            flight, and has 1 to size segments. VWR_OK; VWR_EINVAL: a segment is empty, or too many bytes
 *            are writable; VWR_EFULL. What add has written before an error the device does not see.
 *   bind     takes what a bound chain keeps; unbind gives it back
 *   post     puts a bound chain without a table, which is not in flight, into the ring; add does it in order
 *   reap     buffers that have come back, as vwr_queue_reap
 * and shares with the other of the same kind of ring prepare, kick, arm and disarm.
 */
int vwr_split_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                  struct vwr_chain *chain);
void vwr_split_bind(struct vwr_queue *q, struct vwr_chain *chain);
uint64_t vwr_split_bind_table(const struct vwr_queue *q, struct vwr_chain *chain);
void vwr_split_unbind(struct vwr_queue *q, struct vwr_chain *chain);

int vwr_split_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                           struct vwr_chain *chain);
void vwr_split_in_order_post_table(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                   uint64_t rest);

int vwr_packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain);
void vwr_packed_unbind(struct vwr_queue *q, struct vwr_chain *chain);
int vwr_packed_bind(struct vwr_queue *q, struct vwr_chain *chain);

int vwr_packed_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                            struct vwr_chain *chain);
void vwr_packed_in_order_post_table(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                    uint64_t rest);

void vwr_split_prepare(struct vwr_queue *q, void *memory);
void vwr_packed_prepare(struct vwr_queue *q, void *memory);
bool vwr_split_arm(struct vwr_queue *q, uint16_t count);
bool vwr_packed_arm(struct vwr_queue *q, uint16_t count);
bool vwr_packed_in_order_arm(struct vwr_queue *q, uint16_t count);
int vwr_split_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);
int vwr_packed_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);
int vwr_split_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);
int vwr_packed_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);
bool vwr_packed_arm_at(struct vwr_queue *q, uint32_t span);
void vwr_split_disarm(struct vwr_queue *q);
void vwr_packed_disarm(struct vwr_queue *q);

/*
 * Writes segments into descriptors, split ones from `first` on modulo `mask` + 1, packed ones into the
 * chain's table: bytes that the device may write, VWR_SPLIT_TOO_MANY if a segment is empty.
 */
uint64_t vwr_split_fill_row(struct vwr_virtq_desc *desc, uint32_t mask, uint32_t first,
                            const struct vwr_seg *seg, unsigned out, unsigned count, bool legacy);
uint64_t vwr_packed_fill_table(const struct vwr_seg *seg, unsigned out, unsigned count,
                               const struct vwr_chain *chain);

/* Not now: counts it. */
static inline int queue_full(struct vwr_queue *q)
{
    vwr_count_add(&q->stats.full, 1);
    return VWR_EFULL;
}

static inline uint64_t split_table_rest(unsigned count)
{
    return vwr_split_rest((uint32_t)VWR_TABLE_BYTES(count), VWR_VIRTQ_DESC_F_INDIRECT, 0);
}

/* Of a bound chain the descriptor that changes, before descriptor `next`. */
static inline void split_bind_data(struct vwr_chain *chain, struct vwr_virtq_desc *desc, unsigned next)
{
    chain->data = desc;
    chain->data_rest[0] =
        chain->changing + 1u < chain->segs ? vwr_split_rest(0, VWR_VIRTQ_DESC_F_NEXT, next) : 0;
    chain->data_rest[1] = chain->data_rest[0] | vwr_split_rest(0, VWR_VIRTQ_DESC_F_WRITE, 0);
}

static inline uint64_t packed_table_rest(unsigned count)
{
    return vwr_packed_rest((uint32_t)VWR_TABLE_BYTES(count), 0, VWR_VIRTQ_DESC_F_INDIRECT);
}

/* ---- in order ---- */

static inline struct vwr_in_order *queue_order(struct vwr_queue *q)
{
    return vwr_queue_is_packed(q) ? &q->packed_in_order.order : &q->split_in_order.order;
}

/* The position of the buffer that comes back next, and of the one that is added next. */
static inline uint32_t queue_oldest(const struct vwr_queue *q)
{
    return vwr_queue_is_packed(q) ? q->packed_in_order.ring.used.index
                                  : q->last_used & q->split_in_order.ring.mask;
}

static inline uint32_t queue_newest(const struct vwr_queue *q)
{
    return vwr_queue_is_packed(q) ? q->packed_in_order.ring.next : q->added & q->split_in_order.ring.mask;
}

/* The position of the buffer that comes behind that at `at`. */
uint32_t vwr_queue_behind(const struct vwr_queue *q, uint32_t at);

/* The buffer is in flight at position `at`; `number`: of the bound chain that the ring's descriptor is of, or
 * 0. */
static inline void queue_keep(struct vwr_queue *q, struct vwr_in_order *order, struct vwr_chain *chain,
                              uint32_t at, uint16_t number)
{
    chain->limit = 1;
    chain->head = (uint16_t)at;
    q->slot[at] = chain;
    if (VWR_FAST_PATHS)
        order->number[at] = number != 0 && !vwr_queue_is_direct(q) ? number : VWR_IN_ORDER_NONE;
}

/* The `n` oldest buffers, which are used, at positions side by side. */
void vwr_queue_get_row(struct vwr_queue *q, struct vwr_chain **chains, uint32_t n);

/* Puts a buffer into a packed ring, with `id`: the segments, or the chain's table. VWR_OK; VWR_EINVAL. */
int vwr_packed_describe(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                        struct vwr_chain *chain, uint32_t id);

#endif
