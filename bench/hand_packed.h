/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HAND_PACKED_H
#define BENCH_HAND_PACKED_H

#include "hand.h"
#include "vwr/gen/packed_ring.h"

/*
 * The packed ring of the yardsticks. Each descriptor is written with two stores: the address; then length, id
 * and flags. The second store of a batch's first descriptor is made last, after a barrier: the device stops
 * at a descriptor that is not available.
 */

/* Bit positions in the upper 64 bits of a descriptor. */
#define HAND_ID_SHIFT 32u
#define HAND_FLAGS_SHIFT 48u
#define HAND_FLAG(flag) ((uint64_t)(flag) << HAND_FLAGS_SHIFT)

#define HAND_WRAP (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

struct hand_packed {
    struct vwr_pvirtq_desc *desc;
    const struct vwr_pvirtq_event_suppress *device;
    volatile void *notify;
    uint64_t first_rest; /* upper 64 bits of the first descriptor of the batch */
    uint64_t avail;      /* AVAIL and USED of the next available descriptor, shifted */
    uint32_t size;       /* in descriptors */
    uint32_t next;       /* position of the next available descriptor */
    uint32_t published;  /* position of the first descriptor of the batch */
    uint32_t used_next;  /* position of the next used descriptor */
    uint16_t used;       /* AVAIL and USED of that descriptor */
};

/* `ring` has the other required features. EVENT_IDX only changes the flags that the device sets. */
static inline void hand_packed_set_up(struct hand_packed *p, const struct bench_run *r,
                                      struct bench_ring *ring)
{
    struct vwr_pvirtq_event_suppress *driver = bench_memory(sizeof(*driver));

    p->notify = hand_notify();
    p->size = r->queue_size;
    p->desc = bench_memory(vwr_packed_ring_desc_bytes(r->queue_size));
    p->device = ring->device = bench_memory(sizeof(*p->device));
    p->avail = HAND_FLAG(VWR_VIRTQ_DESC_F_AVAIL);
    p->used = HAND_WRAP;
    driver->flags = VWR_RING_EVENT_FLAGS_DISABLE;
    hand_need(r, ring, VWR_F_RING_PACKED);
    (void)bench_take(r, ring, VWR_F_EVENT_IDX);
    ring->size = r->queue_size;
    ring->desc = p->desc;
    ring->driver = driver;
    bench_attach(0, ring);
}

/* Writes a descriptor. `head`: the first one of its request, which may be the first of the batch. */
VWR_ALWAYS_INLINE void hand_packed_write(struct hand_packed *p, uint32_t at, uint64_t addr, uint64_t rest,
                                         bool head)
{
    volatile hand_half *half = (volatile hand_half *)(void *)&p->desc[at];

    half[0] = addr;
    if (head && at == p->published)
        p->first_rest = rest;
    else
        half[1] = rest;
}

/* Makes one descriptor available at `next`. */
VWR_ALWAYS_INLINE void hand_packed_put(struct hand_packed *p, uint64_t addr, uint64_t rest, bool head)
{
    hand_packed_write(p, p->next, addr, rest | p->avail, head);
    if (++p->next == p->size) {
        p->next = 0;
        p->avail ^= HAND_FLAG(HAND_WRAP);
    }
}

/*
 * Whether the batch, which ends before `next`, includes the descriptor for which the device requested an
 * event.
 */
VWR_ALWAYS_INLINE bool hand_packed_is_reached(const struct hand_packed *p, uint16_t desc)
{
    const uint16_t wrap = (p->avail & HAND_FLAG(VWR_VIRTQ_DESC_F_AVAIL)) != 0;
    const uint32_t count = p->next > p->published ? p->next - p->published : p->next - p->published + p->size;
    uint16_t event = desc & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;

    if (desc >> VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_SHIFT != wrap)
        event = (uint16_t)(event - p->size);
    return (uint16_t)(p->next - event - 1u) < count;
}

VWR_ALWAYS_INLINE void hand_packed_kick(struct hand_packed *p)
{
    volatile hand_half *half = (volatile hand_half *)(void *)&p->desc[p->published];
    uint16_t flags;
    bool wanted;

    vwr_port_release();
    half[1] = p->first_rest;
    vwr_port_mb();
    flags = hand_load16(&p->device->flags) & VWR_PVIRTQ_EVENT_SUPPRESS_FLAGS_EVENT_FLAGS_MASK;
    if (flags == VWR_RING_EVENT_FLAGS_DESC)
        wanted = hand_packed_is_reached(p, hand_load16(&p->device->desc));
    else
        wanted = flags == VWR_RING_EVENT_FLAGS_ENABLE;
    p->published = p->next;
    if (wanted)
        vwr_port_write32(p->notify, 0);
}

/* Whether the descriptor at `at` is used. */
VWR_ALWAYS_INLINE bool hand_packed_is_used(const struct hand_packed *p, uint32_t at, uint16_t used)
{
    return (hand_load16(&p->desc[at].flags) & HAND_WRAP) == used;
}

#endif
