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
int vwr_split_bind(struct vwr_queue *q, struct vwr_chain *chain);
uint64_t vwr_split_bind_table(const struct vwr_queue *q, struct vwr_chain *chain);
void vwr_split_unbind(struct vwr_queue *q, struct vwr_chain *chain);

int vwr_split_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                           struct vwr_chain *chain);
int vwr_split_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);

int vwr_packed_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                   struct vwr_chain *chain);
int vwr_packed_post(struct vwr_queue *q, struct vwr_chain *chain, unsigned out);
int vwr_packed_bind(struct vwr_queue *q, struct vwr_chain *chain);
void vwr_packed_unbind(struct vwr_queue *q, const struct vwr_chain *chain);
int vwr_packed_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);

int vwr_packed_in_order_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                            struct vwr_chain *chain);
int vwr_packed_in_order_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);

void vwr_split_prepare(struct vwr_queue *q, void *memory);
void vwr_packed_prepare(struct vwr_queue *q, void *memory);
bool vwr_split_arm(struct vwr_queue *q, uint16_t count);
bool vwr_packed_arm(struct vwr_queue *q, uint16_t count);
bool vwr_packed_in_order_arm(struct vwr_queue *q, uint16_t count);
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

/*
 * In order: takes `n` buffers that are there, the oldest, which begins at descriptor `at`; where the next one
 * begins.
 */
uint32_t vwr_queue_reap_in_order(struct vwr_queue *q, struct vwr_chain **chains, uint32_t at, unsigned n);

/*
 * In order: the device has used the buffers up to the one whose first descriptor is `id`; the oldest in
 * flight begins at `from`. Buffers of the batch, at most `most`, or VWR_EBADRING.
 */
int vwr_queue_batch(struct vwr_queue *q, uint32_t id, uint32_t from, uint32_t most, uint32_t written);

/* Not now: counts it. */
static inline int queue_full(struct vwr_queue *q)
{
    vwr_count_add(&q->stats.full, 1);
    return VWR_EFULL;
}

/* Bound, but described at each post: the segment that changes; how many the device reads. */
static inline unsigned queue_set_segment(struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    chain->seg[chain->changing].addr = addr;
    chain->seg[chain->changing].len = len;
    return in ? chain->changing : chain->changing + 1u;
}

/* By descriptor or id, the next one; behind the slots. */
static inline uint16_t *queue_next(const struct vwr_queue *q)
{
    return (uint16_t *)(void *)(q->slot + q->size);
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

/* The second half of a packed descriptor. */
static inline uint64_t packed_rest(uint32_t len, unsigned id, unsigned flags)
{
    return len | (uint64_t)id << VWR_PACKED_ID_SHIFT | (uint64_t)flags << VWR_PACKED_FLAGS_SHIFT;
}

/* Of descriptor `first` all but the address is left to the kick: the device does not come past it. */
static inline void packed_write(struct vwr_packed_ring *ring, uint32_t at, uint64_t addr, uint64_t rest)
{
    struct vwr_pvirtq_desc *const desc = &ring->desc[at];

    vwr_ring_store64(&desc->addr, vwr_cpu_to_le64(addr));
    if (VWR_RARELY(at == ring->first))
        ring->held = rest;
    else
        vwr_ring_store64(&desc->len, vwr_cpu_to_le64(rest));
}

/* A buffer of one descriptor, which is free. */
static inline void packed_put(struct vwr_queue *q, struct vwr_packed_ring *ring, uint64_t addr, uint64_t rest)
{
    uint32_t at = ring->next;

    packed_write(ring, at, addr, rest | ring->flags);
    if (++at == q->size) {
        at = 0;
        ring->flags ^= packed_rest(0, 0, VWR_PACKED_WRAP_FLAGS);
    }
    ring->next = at;
    q->added++;
    q->num_free--;
}

static inline uint64_t packed_table_rest(unsigned count)
{
    return packed_rest((uint32_t)VWR_TABLE_BYTES(count), 0, VWR_VIRTQ_DESC_F_INDIRECT);
}

static inline void packed_write_table(struct vwr_pvirtq_desc *desc, uint64_t addr, uint64_t rest)
{
    vwr_ring_store64(&desc->addr, vwr_cpu_to_le64(addr));
    vwr_ring_store64(&desc->len, vwr_cpu_to_le64(rest));
}

/* Bound, with a table; not in flight, and there is a free descriptor. */
static inline void packed_post_table(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                     uint32_t len, bool in)
{
    q->slot[chain->head] = chain;
    chain->writable = in ? chain->fixed + len : chain->fixed;
    packed_write_table(chain->data, addr, chain->data_rest[in] | len);
    packed_put(q, &q->packed.ring, chain->table_addr, chain->rest);
}

/*
 * In order: a buffer whose first descriptor is `at`. The device says of one buffer of a batch what it wrote,
 * and of the others nothing.
 */
static inline void queue_keep(const struct vwr_queue *q, struct vwr_chain *chain, uint32_t at,
                              uint32_t written)
{
    chain->written = written;
    chain->head = (uint16_t)at;
    q->slot[at] = chain;
}

static inline void split_in_order_put(struct vwr_queue *q, struct vwr_split_in_order *s, uint32_t count)
{
    const uint32_t at = s->next_desc;

    s->next_desc = (at + count) & s->ring.mask;
    q->num_free -= count;
    vwr_split_make_available(q, &s->ring, at);
}

/* Bound, with a table; not in flight, and there is a free descriptor. */
static inline void split_in_order_post_table(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                             uint32_t len, bool in)
{
    struct vwr_split_in_order *const s = &q->split_in_order;
    const uint32_t at = s->next_desc;

    queue_keep(q, chain, at, in ? chain->fixed + len : chain->fixed);
    vwr_split_write(chain->data, vwr_queue_is_legacy(q), addr, chain->data_rest[in] | len);
    vwr_split_write(&s->ring.desc[at], vwr_queue_is_legacy(q), chain->table_addr, chain->rest);
    split_in_order_put(q, s, 1);
}

static inline void packed_in_order_post_table(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                              uint32_t len, bool in)
{
    struct vwr_packed_ring *const ring = &q->packed_in_order.ring;
    const uint32_t at = ring->next;

    queue_keep(q, chain, at, in ? chain->fixed + len : chain->fixed);
    packed_write_table(chain->data, addr, chain->data_rest[in] | len);
    packed_put(q, ring, chain->table_addr, chain->rest | packed_rest(0, at, 0));
}

/* Event suppression lies behind the descriptors: the driver's, and the device's. */
static inline struct vwr_pvirtq_event_suppress *packed_driver_event(const struct vwr_queue *q)
{
    return (struct vwr_pvirtq_event_suppress *)(void *)(q->packed.ring.desc + q->size);
}

static inline const struct vwr_pvirtq_event_suppress *packed_device_event(const struct vwr_queue *q)
{
    return packed_driver_event(q) + 1;
}

static inline unsigned packed_load_flags(const struct vwr_pvirtq_desc *desc)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&desc->flags));
}

static inline bool packed_is_used(const struct vwr_pvirtq_desc *desc, uint32_t used_flags)
{
    return (packed_load_flags(desc) & VWR_PACKED_WRAP_FLAGS) == used_flags;
}

/*
 * Puts a buffer into a packed ring, with `id`: the segments, or the chain's table. VWR_OK; VWR_EINVAL;
 * VWR_EFULL.
 */
int vwr_packed_describe(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned count,
                        struct vwr_chain *chain, uint32_t id);

/* If `desc` is used, with the AVAIL and USED flags that say so: its id and bytes written, each word read
 * once. */
static inline bool packed_read_used(const struct vwr_pvirtq_desc *desc, uint32_t used_flags, uint32_t *id,
                                    uint32_t *written)
{
    const unsigned flags = packed_load_flags(desc);

    if ((flags & VWR_PACKED_WRAP_FLAGS) != used_flags)
        return false;
    vwr_ring_acquire(); /* the flags before the rest of what the device has written */
    *id = vwr_le16_to_cpu(vwr_ring_load16(&desc->id));
    *written = vwr_le32_to_cpu(vwr_ring_load32(&desc->len));
    if ((flags & VWR_VIRTQ_DESC_F_WRITE) == 0)
        *written = 0;
    return true;
}

#endif
