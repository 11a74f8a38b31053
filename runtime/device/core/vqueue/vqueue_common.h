/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VQUEUE_COMMON_H
#define VWR_DEVICE_VQUEUE_COMMON_H

#include "vwr/arithmetic.h"
#include "vwr/vqueue.h"

/*
 * Interface between vwr_vqueue.c, which is common to the layouts, vwr_vqueue_chain.c, which walks chains, and
 * the layouts, which have the same functions:
 *
 *   enable      starts empty, at these host addresses
 *   pop_avail   takes the next buffer (inline, vqueue_hot.h)
 *   unpop       undoes that
 *   put_used    writes a used element or descriptor (inline, vqueue_hot.h)
 *   signal      exposes the used ones, and interrupts the driver unless suppressed (declared in vqueue_hot.h)
 *   arm         enables notifications; false: a buffer is available already
 *   disarm      suppresses notifications
 *   set_base    starts at a position instead of the first
 */
void vwr_vsplit_enable_(struct vwr_vqueue *q, void *desc, void *driver, void *device);
void vwr_vsplit_unpop_(struct vwr_vqueue *q, const struct vwr_vchain *c);
bool vwr_vsplit_arm_(struct vwr_vqueue *q);
void vwr_vsplit_disarm_(struct vwr_vqueue *q);
int vwr_vsplit_set_base_(struct vwr_vqueue *q, uint16_t avail);

void vwr_vpacked_enable_(struct vwr_vqueue *q, void *desc, void *driver, void *device);
void vwr_vpacked_unpop_(struct vwr_vqueue *q, const struct vwr_vchain *c);
bool vwr_vpacked_arm_(struct vwr_vqueue *q);
void vwr_vpacked_disarm_(struct vwr_vqueue *q);
int vwr_vpacked_set_base_(struct vwr_vqueue *q, uint32_t position);
uint32_t vwr_vpacked_base_(const struct vwr_vqueue *q);

/* End of signal, when used buffers are visible to the driver. */
static inline bool vqueue_count_signal(struct vwr_vqueue *q, bool wanted)
{
    if (!wanted) {
        vwr_count_add(&q->stats.suppressed, 1);
        return false;
    }
    vwr_count_add(&q->stats.interrupts, 1);
    return true;
}

/*
 * Returns the host address of a table that is aligned, lies within one region of guest memory, and has whole
 * entries. NULL: the table takes the slow path. This applies to other tables, including invalid ones. If the
 * guest has a balloon, it also applies to tables outside of the first remembered part, because only the slow
 * path charges the search for pages of the balloon.
 */
static inline const void *vqueue_plain_table(struct vwr_vqueue *q, uint64_t off, uint32_t len)
{
    VWR_STATIC_ASSERT(sizeof(struct vwr_virtq_desc) == sizeof(struct vwr_pvirtq_desc),
                      "one entry size for both rings");
    if (!VWR_WITH_INDIRECT || !q->indirect || len == 0 || len % sizeof(struct vwr_virtq_desc) != 0 ||
        ((off + q->recent[0].addr) & (sizeof(vwr_le64) - 1u)) != 0)
        return NULL;
    if (VWR_IS_FAST && vwr_vchain_is_in(&q->recent[0], off, len))
        return (const uint8_t *)q->recent[0].host + off;
    return vwr_vchain_find_(q, off + q->recent[0].addr, len);
}

/* Slow path: sets the fields that a walk needs to continue after its descriptor; ends a chain. */
void vwr_vpacked_continue_(const struct vwr_vqueue *q, struct vwr_vchain_walk *w, uint32_t walked);
int vwr_vpacked_end_slow_(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t count,
                          const struct vwr_pvirtq_desc *last);

/*
 * vwr_vqueue_pin.c: the segments that a device behind an IOMMU holds. open: before the segments of a chain
 * are pinned. pin: adds a segment; false: there are too few pins. unpin_first: releases the first `n`
 * segments of the open chain. close: the chain is popped, or it is invalid, and its pins are released. unpin:
 * releases those of a popped chain. unpin_all: those of the queue. is_pinned: whether a segment of any queue
 * is in the range.
 */
void vwr_vqueue_open_pins_(struct vwr_vqueue *q);
bool vwr_vqueue_pin_(struct vwr_vqueue *q, uint64_t addr, uint32_t bytes);
void vwr_vqueue_unpin_first_(struct vwr_vqueue *q, uint32_t n);
void vwr_vqueue_close_pins_(struct vwr_vqueue *q, struct vwr_vchain *c, bool popped);
void vwr_vqueue_unpin_(struct vwr_vqueue *q, const struct vwr_vchain *c);
void vwr_vqueue_unpin_all_(struct vwr_vqueue *q);
bool vwr_vqueue_is_pinned_(const struct vwr_memory_iommu *i, uint64_t first, uint64_t last);

/* Index + 1 of the first pin of a popped chain; 0: it has none. */
#define VQUEUE_PINS_SHIFT 16u
static inline uint16_t vqueue_pins_of(const struct vwr_vchain *c)
{
    return (uint16_t)(c->flags >> VQUEUE_PINS_SHIFT);
}

/*
 * vwr_vqueue.c, behind an IOMMU: whether each part of the ring is still where it was when the queue was
 * started; whether it overlaps host memory.
 */
bool vwr_vqueue_is_in_place_(const struct vwr_vqueue *q);
bool vwr_vqueue_has_ring_at_(const struct vwr_vqueue *q, const void *host, uint64_t bytes);

/*
 * vwr_vqueue_state.c, for saved states. position: gets the position of an enabled queue. set_position: sets
 * the position of a queue that was just enabled. hold: records that a buffer of `count` descriptors is in
 * flight.
 */
struct vqueue_position {
    uint16_t avail; /* this and the other members are as in struct vwr_state_queue */
    uint16_t used;
    uint16_t in_flight;
    bool popped;
};
void vwr_vqueue_position_(const struct vwr_vqueue *q, struct vqueue_position *p);
bool vwr_vqueue_set_position_(struct vwr_vqueue *q, const struct vqueue_position *p);
bool vwr_vqueue_hold_(struct vwr_vqueue *q, uint16_t id, uint16_t count);

#endif
