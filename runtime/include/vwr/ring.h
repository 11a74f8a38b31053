/* SPDX-License-Identifier: MIT */
#ifndef VWR_RING_H
#define VWR_RING_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/gen/features.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

VWR_BEGIN_C

/**
 * DOC: Virtqueue memory
 *
 * These functions access memory that the other side can access concurrently: descriptors, rings, event
 * suppression structures and indirect tables. The driver side and the device side use them for all such
 * accesses.
 *
 * Atomicity: an access of up to 32 bits is a single access of that width, which the compiler neither repeats
 *   nor splits. A 64-bit access is a single access on a 64-bit machine. On a 32-bit machine it consists of
 *   two 32-bit accesses in any order, so the other side may see only half of a store. Therefore only objects
 *   that a later store publishes (descriptors and request headers) are accessed with 64 bits; indices,
 *   publishing flags and event suppression have 16 or 32 bits. A device checks a value that it loaded in two
 *   halves like any other value, and then uses only its copy. Values are in memory byte order; vwr_guest16()
 *   and its variants convert them.
 *
 * Ordering: there is a function for each point at which one side hands something over to the other:
 *
 * - vwr_ring_publish16() stores a value after all earlier accesses are complete.
 * - vwr_ring_acquire() follows the load that observed a published value.
 * - vwr_ring_mb() separates a store from the load of the other side's reply.
 *
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues.
 */

/*
 * tests/memory/explore replaces these functions with a simulated memory that delays stores and performs loads
 * early. The accesses below are volatile, so the compiler preserves their order regardless of their types.
 */
#ifdef VWR_RING_MEMORY_HEADER
#include VWR_RING_MEMORY_HEADER
#else

/**
 * vwr_ring_load8() - Load a byte
 * @p: Address.
 *
 * Return: The value.
 */
static inline uint8_t vwr_ring_load8(const void *p)
{
    return *(const volatile uint8_t *)p;
}

/**
 * vwr_ring_load16() - Load 16 bits
 * @p: Address, aligned.
 *
 * Return: The value, in memory byte order.
 */
static inline uint16_t vwr_ring_load16(const vwr_le16 *p)
{
    return *(const volatile vwr_le16 *)p;
}

/**
 * vwr_ring_load32() - Load 32 bits
 * @p: Address, aligned.
 *
 * Return: The value, in memory byte order.
 */
static inline uint32_t vwr_ring_load32(const void *p)
{
    return *(const volatile uint32_t *)p;
}

/**
 * vwr_ring_load64() - Load 64 bits
 * @p: Address, aligned.
 *
 * Return: The value, in memory byte order.
 */
static inline uint64_t vwr_ring_load64(const void *p)
{
    return *(const volatile uint64_t *)p;
}

/**
 * vwr_ring_store16() - Store 16 bits
 * @p: Address, aligned.
 * @v: Value, in memory byte order.
 */
static inline void vwr_ring_store16(vwr_le16 *p, uint16_t v)
{
    *(volatile vwr_le16 *)p = v;
}

/**
 * vwr_ring_store32() - Store 32 bits
 * @p: Address, aligned.
 * @v: Value, in memory byte order.
 */
static inline void vwr_ring_store32(void *p, uint32_t v)
{
    *(volatile uint32_t *)p = v;
}

/**
 * vwr_ring_store64() - Store 64 bits
 * @p: Address, aligned.
 * @v: Value, in memory byte order.
 */
static inline void vwr_ring_store64(void *p, uint64_t v)
{
    *(volatile uint64_t *)p = v;
}

/**
 * vwr_ring_publish16() - Store an index, or the flags of a packed descriptor, to pass buffers to
 *   the other side
 * @p: Address, aligned.
 * @v: Value, in memory byte order.
 *
 * All loads and stores before the call are ordered before the store. The loads are included because a buffer
 * must no longer be read when the other side writes to it again.
 */
static inline void vwr_ring_publish16(vwr_le16 *p, uint16_t v)
{
    vwr_port_release();
    vwr_ring_store16(p, v);
}

/**
 * vwr_ring_acquire() - Order the load of an index or of flags before all later loads
 */
static inline void vwr_ring_acquire(void)
{
    vwr_port_rmb();
}

/**
 * vwr_ring_mb() - Order a store before a later load
 *
 * Use it between storing an index and loading the other side's event suppression, and between storing this
 * side's event suppression and the final load of the index.
 */
static inline void vwr_ring_mb(void)
{
    vwr_port_mb();
}

#endif

/**
 * enum vwr_layout - Layout of a ring
 * @VWR_LAYOUT_STOPPED: Not ready, or broken.
 * @VWR_LAYOUT_SPLIT: Split ring. The only odd value.
 * @VWR_LAYOUT_SPLIT_IN_ORDER: Split ring with IN_ORDER.
 * @VWR_LAYOUT_PACKED: Packed ring.
 * @VWR_LAYOUT_PACKED_IN_ORDER: Packed ring with IN_ORDER.
 */
enum vwr_layout {
    VWR_LAYOUT_STOPPED = 0,
    VWR_LAYOUT_SPLIT = 1,
    VWR_LAYOUT_SPLIT_IN_ORDER = 2,
    VWR_LAYOUT_PACKED = 4,
    VWR_LAYOUT_PACKED_IN_ORDER = 6
};

/**
 * vwr_layout_is_packed() - Test whether a layout is packed
 * @layout: enum vwr_layout.
 *
 * Return: true if it is.
 */
static inline bool vwr_layout_is_packed(unsigned layout)
{
    return VWR_WITH_PACKED && (layout & VWR_LAYOUT_PACKED) != 0;
}

/**
 * vwr_layout_is_in_order() - Test whether a layout has IN_ORDER
 * @layout: enum vwr_layout.
 *
 * Return: true if it has IN_ORDER.
 */
static inline bool vwr_layout_is_in_order(unsigned layout)
{
    return VWR_WITH_IN_ORDER && (layout & VWR_LAYOUT_SPLIT_IN_ORDER) != 0;
}

/**
 * vwr_layout_of() - Get the negotiated layout
 * @features: Negotiated features.
 *
 * Return: The layout.
 */
static inline enum vwr_layout vwr_layout_of(const struct vwr_features *features)
{
    const bool in_order = VWR_WITH_IN_ORDER && vwr_features_have(features, VWR_F_IN_ORDER);

    if (VWR_WITH_PACKED && vwr_features_have(features, VWR_F_RING_PACKED))
        return in_order ? VWR_LAYOUT_PACKED_IN_ORDER : VWR_LAYOUT_PACKED;
    return in_order ? VWR_LAYOUT_SPLIT_IN_ORDER : VWR_LAYOUT_SPLIT;
}

/**
 * vwr_ring_distance() - Compute the distance between two indices, modulo 2^16
 * @to: Later index.
 * @from: Earlier index.
 *
 * Intermediate values are never negative.
 *
 * Return: @to - @from.
 */
static inline uint16_t vwr_ring_distance(uint32_t to, uint16_t from)
{
    return (uint16_t)((to & 0xffffu) + (0xffffu + 1u) - from);
}

/**
 * vwr_ring_need_event() - Test whether an index has passed an event index, modulo 2^16
 * @event: Event index.
 * @now: Current index.
 * @old: Index at the last event, at most 2^15 before @now.
 *
 * Return: true if it has.
 */
static inline bool vwr_ring_need_event(uint16_t event, uint16_t now, uint16_t old)
{
    return vwr_ring_distance(now + 0xffffu, event) < vwr_ring_distance(now, old);
}

/**
 * VWR_PACKED_FIELD_SHIFT() - Bit position of a field in the second half of a packed descriptor, which
 *   consists of the length (from bit 0), the buffer ID and the flags
 * @field: Member of struct vwr_pvirtq_desc.
 */
#define VWR_PACKED_FIELD_SHIFT(field) \
    (8u * (__builtin_offsetof(struct vwr_pvirtq_desc, field) - sizeof(vwr_le64)))
#define VWR_PACKED_ID_SHIFT VWR_PACKED_FIELD_SHIFT(id)
#define VWR_PACKED_FLAGS_SHIFT VWR_PACKED_FIELD_SHIFT(flags)

/** VWR_PACKED_WRAP_FLAGS - Flags that toggle when a packed ring wraps */
#define VWR_PACKED_WRAP_FLAGS (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

/**
 * struct vwr_packed_cursor - A position in a packed ring
 * @index: Index of a descriptor.
 * @flags: AVAIL and USED flags of a descriptor at this position. For a position of the driver, these are the
 *   flags of an available descriptor; for a position of the device, those of a used descriptor.
 */
struct vwr_packed_cursor {
    uint32_t index;
    uint32_t flags;
};

/**
 * vwr_packed_advance() - Advance a position
 * @c: Position.
 * @n: Number of descriptors, at most @size.
 * @size: Queue size.
 */
static inline void vwr_packed_advance(struct vwr_packed_cursor *c, uint32_t n, uint32_t size)
{
    c->index += n;
    if (c->index >= size) {
        c->index -= size;
        c->flags ^= VWR_PACKED_WRAP_FLAGS;
    }
}

/**
 * vwr_packed_position() - Encode a position for event suppression and notifications
 * @c: Position.
 *
 * Return: Index and wrap counter.
 */
static inline uint16_t vwr_packed_position(const struct vwr_packed_cursor *c)
{
    return (uint16_t)(c->index |
                      (c->flags & VWR_VIRTQ_DESC_F_AVAIL) *
                          (VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK / VWR_VIRTQ_DESC_F_AVAIL));
}

/* Position of the flags in an event suppression word. */
#define VWR_PACKED_EVENT_FLAGS_SHIFT (8u * __builtin_offsetof(struct vwr_pvirtq_event_suppress, flags))

/**
 * vwr_packed_suppress() - Store event suppression as a single word, so that the other side never sees a
 *   partial update
 * @event: This side's event suppression.
 * @position: vwr_packed_position().
 * @flags: VWR_RING_EVENT_FLAGS_*.
 */
static inline void vwr_packed_suppress(struct vwr_pvirtq_event_suppress *event, uint16_t position,
                                       unsigned flags)
{
    vwr_ring_store32(event, vwr_cpu_to_le32(position | (uint32_t)flags << VWR_PACKED_EVENT_FLAGS_SHIFT));
}

/**
 * vwr_packed_enable() - Enable events
 * @event: This side's event suppression.
 * @event_idx: true if EVENT_IDX is negotiated; the call then enables the event of the descriptor at
 *   @at only. false: the call enables all events.
 * @at: Position.
 */
static inline void vwr_packed_enable(struct vwr_pvirtq_event_suppress *event, bool event_idx,
                                     const struct vwr_packed_cursor *at)
{
    if (event_idx)
        vwr_packed_suppress(event, vwr_packed_position(at), VWR_RING_EVENT_FLAGS_DESC);
    else
        vwr_packed_suppress(event, 0, VWR_RING_EVENT_FLAGS_ENABLE);
}

/**
 * vwr_packed_load_suppress() - Load the other side's event suppression
 * @event: The other side's event suppression.
 *
 * Return: The word, for vwr_packed_need_event().
 */
static inline uint32_t vwr_packed_load_suppress(const struct vwr_pvirtq_event_suppress *event)
{
    return vwr_le32_to_cpu(vwr_ring_load32(event));
}

/**
 * vwr_packed_need_event() - Test whether the other side requests an event for new descriptors
 * @word: vwr_packed_load_suppress().
 * @event_idx: true if EVENT_IDX is negotiated.
 * @now: Position after the new descriptors.
 * @from: Index of the first new descriptor; there is at least one.
 * @size: Queue size.
 *
 * Return: true if it does.
 */
static inline bool vwr_packed_need_event(uint32_t word, bool event_idx, const struct vwr_packed_cursor *now,
                                         uint32_t from, uint32_t size)
{
    const uint32_t flags = word & (uint32_t)VWR_PVIRTQ_EVENT_SUPPRESS_FLAGS_EVENT_FLAGS_MASK
                                      << VWR_PACKED_EVENT_FLAGS_SHIFT;
    uint16_t at = word & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;

    if (flags == (uint32_t)VWR_RING_EVENT_FLAGS_DISABLE << VWR_PACKED_EVENT_FLAGS_SHIFT)
        return false;
    if (!event_idx || flags != (uint32_t)VWR_RING_EVENT_FLAGS_DESC << VWR_PACKED_EVENT_FLAGS_SHIFT)
        return true; /* also for reserved values */
    if (((word ^ vwr_packed_position(now)) & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK) != 0)
        at = vwr_ring_distance(at, (uint16_t)size); /* before the ring wrapped */
    return vwr_ring_need_event(at, (uint16_t)now->index,
                               now->index > from ? (uint16_t)from
                                                 : vwr_ring_distance((uint16_t)from, (uint16_t)size));
}

VWR_END_C

#endif
