/* SPDX-License-Identifier: MIT */
#ifndef VWR_RING_H
#define VWR_RING_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/gen/features.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

VWR_BEGIN_C

/*
 * Virtqueue memory, for the driver and for the device: all memory that the other side can write or
 * read while it is used (descriptors, rings, event suppression, indirect tables) is accessed
 * through this header and nowhere else. Each call below of up to 32 bits is one access of the object's own
 * width; the compiler neither repeats nor splits it. One of 64 bits is one access on a 64-bit machine and two
 * of 32 bits, in any order, on a 32-bit one, so the other side may see or leave half of it. Only what another
 * store hands over has 64 bits: descriptors, before the index or the flags that publish them, and a request's
 * header. Indices, the flags that publish, and event suppression have 16 or 32. What a device loads in two
 * halves is as any other value that a driver can write: it is checked, and the copy used. Values are as they
 * lie in memory; vwr_guest16 and its like convert.
 *
 * Order. There are three points at which one side gives something to the other, and each has one
 * function: vwr_ring_publish16 before which all is complete, vwr_ring_acquire behind the load that
 * saw it, and vwr_ring_mb between a store and the load of what the other side says in return.
 *
 * Context: any. Section: Basic Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues.
 */

/* tests/memory/explore has a memory of its own, which delays stores and satisfies loads early. */
#ifdef VWR_RING_MEMORY_HEADER
#include VWR_RING_MEMORY_HEADER
#else

/* All accesses are volatile, so the compiler keeps their order whatever the type of each is. */

/* For a table that is not aligned. */
static inline uint8_t vwr_ring_load8(const void *p)
{
    return *(const volatile uint8_t *)p;
}

static inline uint16_t vwr_ring_load16(const vwr_le16 *p)
{
    return *(const volatile vwr_le16 *)p;
}

static inline uint32_t vwr_ring_load32(const void *p)
{
    return *(const volatile uint32_t *)p;
}

static inline uint64_t vwr_ring_load64(const void *p)
{
    return *(const volatile uint64_t *)p;
}

static inline void vwr_ring_store16(vwr_le16 *p, uint16_t v)
{
    *(volatile vwr_le16 *)p = v;
}

static inline void vwr_ring_store32(void *p, uint32_t v)
{
    *(volatile uint32_t *)p = v;
}

static inline void vwr_ring_store64(void *p, uint64_t v)
{
    *(volatile uint64_t *)p = v;
}

/*
 * Stores an index, or the flags of a packed descriptor, that makes something the other side's: every
 * load and store before it comes before it. Loads too: what was read of a buffer that is given back
 * must not be read after the other side writes it again.
 */
static inline void vwr_ring_publish16(vwr_le16 *p, uint16_t v)
{
    vwr_port_release();
    vwr_ring_store16(p, v);
}

/* Behind the load of an index or of flags: what it covers is loaded after it. */
static inline void vwr_ring_acquire(void)
{
    vwr_port_rmb();
}

/*
 * Between a store and a load that must not be satisfied before it: an index before the look at the
 * other side's suppression, and one's own suppression before the last look at the index.
 */
static inline void vwr_ring_mb(void)
{
    vwr_port_mb();
}

#endif

/* Layout of a queue's ring, on either side; STOPPED: not ready, or broken. SPLIT alone is odd. */
enum vwr_layout {
    VWR_LAYOUT_STOPPED = 0,
    VWR_LAYOUT_SPLIT = 1,
    VWR_LAYOUT_SPLIT_IN_ORDER = 2,
    VWR_LAYOUT_PACKED = 4,
    VWR_LAYOUT_PACKED_IN_ORDER = 6
};

static inline bool vwr_layout_is_packed(unsigned layout)
{
    return VWR_WITH_PACKED && (layout & VWR_LAYOUT_PACKED) != 0;
}

static inline bool vwr_layout_is_in_order(unsigned layout)
{
    return VWR_WITH_IN_ORDER && (layout & VWR_LAYOUT_SPLIT_IN_ORDER) != 0;
}

/* What was negotiated. */
static inline enum vwr_layout vwr_layout_of(const struct vwr_features *features)
{
    const bool in_order = VWR_WITH_IN_ORDER && vwr_features_have(features, VWR_F_IN_ORDER);

    if (VWR_WITH_PACKED && vwr_features_have(features, VWR_F_RING_PACKED))
        return in_order ? VWR_LAYOUT_PACKED_IN_ORDER : VWR_LAYOUT_PACKED;
    return in_order ? VWR_LAYOUT_SPLIT_IN_ORDER : VWR_LAYOUT_SPLIT;
}

/* From index `from` to index `to`, modulo 2^16: indices wrap. No number here is below 0 on the way. */
static inline uint16_t vwr_ring_distance(uint32_t to, uint16_t from)
{
    return (uint16_t)((to & 0xffffu) + 0x10000u - from); /* not the specification's */
}

/* True if the step of an index from `old` to `now` passes `event`, modulo 2^16; at most 2^15 steps. */
static inline bool vwr_ring_need_event(uint16_t event, uint16_t now, uint16_t old)
{
    return vwr_ring_distance(now + 0xffffu, event) < vwr_ring_distance(now, old);
}

/* The second half of a split descriptor in an order that does not depend on the host's. */
#define VWR_SPLIT_FIELD_SHIFT(field) \
    (8u * (__builtin_offsetof(struct vwr_virtq_desc, field) - sizeof(vwr_le64)))
#define VWR_SPLIT_FLAGS_SHIFT VWR_SPLIT_FIELD_SHIFT(flags)
#define VWR_SPLIT_NEXT_SHIFT VWR_SPLIT_FIELD_SHIFT(next)

/* Length from bit 0 on, then flags, then next; and as it lies in memory. */
static inline uint64_t vwr_cpu_to_split_half(bool legacy, uint64_t half)
{
    if (VWR_BIG_ENDIAN && legacy)
        return half << 32 | (uint64_t)(uint16_t)(half >> VWR_SPLIT_FLAGS_SHIFT) << 16 |
               (uint16_t)(half >> VWR_SPLIT_NEXT_SHIFT);
    return vwr_cpu_to_le64(half);
}

/* The second half of a packed descriptor: length from bit 0 on, then buffer id, then flags. */
#define VWR_PACKED_FIELD_SHIFT(field) \
    (8u * (__builtin_offsetof(struct vwr_pvirtq_desc, field) - sizeof(vwr_le64)))
#define VWR_PACKED_ID_SHIFT VWR_PACKED_FIELD_SHIFT(id)
#define VWR_PACKED_FLAGS_SHIFT VWR_PACKED_FIELD_SHIFT(flags)

/* The flags that are toggled each time that the ring wraps. */
#define VWR_PACKED_WRAP_FLAGS (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

/*
 * A position in a packed ring, with what the AVAIL and USED flags of a descriptor there are: available
 * ones where the driver puts buffers, used ones where the device does.
 */
struct vwr_packed_cursor {
    uint32_t index;
    uint32_t flags;
};

/* `n` descriptors on, at most `size`, which is the length of the ring. */
static inline void vwr_packed_advance(struct vwr_packed_cursor *c, uint32_t n, uint32_t size)
{
    c->index += n;
    if (c->index >= size) {
        c->index -= size;
        c->flags ^= VWR_PACKED_WRAP_FLAGS;
    }
}

/* Index and wrap counter, as descriptor events and notifications have them. */
static inline uint16_t vwr_packed_position(const struct vwr_packed_cursor *c)
{
    return (uint16_t)(c->index |
                      (c->flags & VWR_VIRTQ_DESC_F_AVAIL) *
                          (VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK / VWR_VIRTQ_DESC_F_AVAIL));
}

#define VWR_PACKED_EVENT_FLAGS_SHIFT (8u * __builtin_offsetof(struct vwr_pvirtq_event_suppress, flags))

/* Event suppression is one word, so that the other side never sees half of it. */
static inline void vwr_packed_suppress(struct vwr_pvirtq_event_suppress *event, uint16_t position,
                                       unsigned flags)
{
    vwr_ring_store32(event, vwr_cpu_to_le32(position | (uint32_t)flags << VWR_PACKED_EVENT_FLAGS_SHIFT));
}

/* Asks for events: with EVENT_IDX for that of the descriptor at `at`, and else for each. */
static inline void vwr_packed_enable(struct vwr_pvirtq_event_suppress *event, bool event_idx,
                                     const struct vwr_packed_cursor *at)
{
    if (event_idx)
        vwr_packed_suppress(event, vwr_packed_position(at), VWR_RING_EVENT_FLAGS_DESC);
    else
        vwr_packed_suppress(event, 0, VWR_RING_EVENT_FLAGS_ENABLE);
}

/* What the other side asks for, for vwr_packed_need_event. */
static inline uint32_t vwr_packed_load_suppress(const struct vwr_pvirtq_event_suppress *event)
{
    return vwr_le32_to_cpu(vwr_ring_load32(event));
}

/* True if the other side wants an event for the descriptors from index `from` up to `now`; at least one. */
static inline bool vwr_packed_need_event(uint32_t word, bool event_idx, const struct vwr_packed_cursor *now,
                                         uint32_t from, uint32_t size)
{
    const unsigned flags =
        word >> VWR_PACKED_EVENT_FLAGS_SHIFT & VWR_PVIRTQ_EVENT_SUPPRESS_FLAGS_EVENT_FLAGS_MASK;
    uint16_t at = word & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;

    if (flags == VWR_RING_EVENT_FLAGS_DISABLE)
        return false;
    if (!event_idx || flags != VWR_RING_EVENT_FLAGS_DESC)
        return true; /* reserved values too */
    if (((word ^ vwr_packed_position(now)) & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK) != 0)
        at = vwr_ring_distance(at, (uint16_t)size); /* before the ring wrapped */
    return vwr_ring_need_event(at, (uint16_t)now->index,
                               now->index > from ? (uint16_t)from
                                                 : vwr_ring_distance((uint16_t)from, (uint16_t)size));
}

VWR_END_C

#endif
