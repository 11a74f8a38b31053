/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"
#include "vwr/bytes.h"
#include "vwr/gen/features.h"

/*
 * Virtqueues, device side: code that is common to the layouts. Starts and stops queues, and dispatches to the
 * layouts: vwr_vqueue_split.c, vwr_vqueue_packed.c and, for IN_ORDER, also vwr_vqueue_in_order.c.
 */

/* A generation that no chain has: popped chains have an odd one, zeroed memory 0. */
#define VQUEUE_NO_GENERATION 2u

/* The parts of a ring. */
enum { VQUEUE_DESC, VQUEUE_DRIVER, VQUEUE_DEVICE };

/* A part of the ring, as set in the registers. */
struct vqueue_part {
    uint64_t addr;
    uint64_t bytes;
    uint32_t align;
    void *host;
};

void vwr_vqueue_init_(struct vwr_vqueue *q, const struct vwr_memory *memory, uint16_t index,
                      struct vwr_vqueue_entry *own, uint16_t max)
{
    vwr_zero(q, sizeof(*q));
    q->memory = memory;
    q->index = index;
    q->max = max;
    q->done = (struct vwr_vqueue_done *)(void *)own;
    q->held = (bool *)(void *)(q->done + max);
    q->generation = 1;
}

static void vqueue_set_part(struct vqueue_part *p, uint64_t addr, uint64_t bytes, uint32_t align)
{
    p->addr = addr;
    p->bytes = bytes;
    p->align = align;
}

static void vqueue_packed_parts(const struct vwr_vqueue *q, struct vqueue_part part[3])
{
    vqueue_set_part(&part[0], q->desc_addr, vwr_packed_ring_desc_bytes(q->size), VWR_PACKED_RING_DESC_ALIGN);
    vqueue_set_part(&part[1], q->driver_addr, vwr_packed_ring_driver_event_bytes(q->size),
                    VWR_PACKED_RING_DRIVER_EVENT_ALIGN);
    vqueue_set_part(&part[2], q->device_addr, vwr_packed_ring_device_event_bytes(q->size),
                    VWR_PACKED_RING_DEVICE_EVENT_ALIGN);
}

static void vqueue_split_parts(const struct vwr_vqueue *q, struct vqueue_part part[3])
{
    vqueue_set_part(&part[0], q->desc_addr, vwr_split_ring_desc_bytes(q->size), VWR_SPLIT_RING_DESC_ALIGN);
    vqueue_set_part(&part[1], q->driver_addr, vwr_split_ring_avail_bytes(q->size),
                    VWR_SPLIT_RING_AVAIL_ALIGN);
    vqueue_set_part(&part[2], q->device_addr, vwr_split_ring_used_bytes(q->size), VWR_SPLIT_RING_USED_ALIGN);
}

/*
 * Legacy: one contiguous block that starts at a page. A driver that has written neither GuestPageSize nor
 * QueueAlign passes an address, as on QEMU. false: the alignment is invalid.
 */
static bool vqueue_legacy_parts(struct vwr_vqueue *q, uint32_t guest_page_size, struct vqueue_part part[3])
{
    const uint64_t align = q->align != 0 ? q->align : VWR_SPLIT_RING_LEGACY_ALIGN;
    const uint64_t unit = guest_page_size != 0 ? guest_page_size : 1u;
    const uint64_t front = vwr_split_ring_desc_bytes(q->size) + vwr_split_ring_avail_bytes(q->size);

    if ((align & (align - 1u)) != 0 || align < VWR_SPLIT_RING_USED_ALIGN || (unit & (unit - 1u)) != 0)
        return false;
    q->desc_addr = q->pfn * unit;
    q->driver_addr = q->desc_addr + vwr_split_ring_desc_bytes(q->size);
    q->device_addr = q->desc_addr + ((front + align - 1u) & ~(align - 1u));
    vqueue_split_parts(q, part);
    return true;
}

static bool vqueue_overlap(const struct vqueue_part *a, const struct vqueue_part *b)
{
    return a->addr - b->addr < b->bytes || b->addr - a->addr < a->bytes;
}

static void vqueue_parts(const struct vwr_vqueue *q, struct vqueue_part part[3])
{
    if (q->is_packed)
        vqueue_packed_parts(q, part);
    else
        vqueue_split_parts(q, part);
}

bool vwr_vqueue_uses_(const struct vwr_vqueue *q, uint64_t addr, uint64_t bytes)
{
    struct vqueue_part all;
    struct vqueue_part part[3];
    bool uses = false;

    if (!q->ready)
        return false;
    vqueue_parts(q, part);
    vqueue_set_part(&all, addr, bytes, 1);
    for (unsigned i = 0; i < 3; i++)
        uses = uses || vqueue_overlap(&part[i], &all);
    return uses;
}

/* Host address of a part; NULL: it is not in a single region, or the device may not access it so. */
static void *vqueue_find_part(const struct vwr_memory *memory, const struct vqueue_part *p, unsigned access)
{
    if (VWR_WITH_IOMMU && memory->iommu != NULL)
        return vwr_memory_reach_(memory, p->addr, p->bytes, access);
    return vwr_memory_ptr(memory, p->addr, p->bytes);
}

/* How the device accesses a part of the ring: the descriptors, the driver's area, the device's area. */
static unsigned vqueue_access(unsigned part, bool packed)
{
    if (part == VQUEUE_DESC && packed)
        return VWR_MEMORY_READ | VWR_MEMORY_WRITE;
    return part == VQUEUE_DEVICE ? VWR_MEMORY_WRITE : VWR_MEMORY_READ;
}

/* Each part must be aligned and in a single region, and parts must not overlap. */
static int vqueue_find_parts(const struct vwr_memory *memory, struct vqueue_part part[3], bool packed)
{
    for (unsigned i = 0; i < 3; i++)
        if ((part[i].addr & (part[i].align - 1u)) != 0)
            return VWR_EINVAL;
    for (unsigned i = 0; i < 3; i++) {
        part[i].host = vqueue_find_part(memory, &part[i], vqueue_access(i, packed));
        if (part[i].host == NULL || vqueue_overlap(&part[i], &part[i < 2 ? i + 1 : 0]))
            return VWR_ERANGE;
    }
    return VWR_OK;
}

bool vwr_vqueue_has_ring_at_(const struct vwr_vqueue *q, const void *host, uint64_t bytes)
{
    const void *const at[2][3] = {{q->split.desc, q->split.avail, q->split.used},
                                  {q->packed.ring, q->packed.driver_event, q->packed.device_event}};
    struct vqueue_part part[3];
    bool has = false;

    if (q->layout == VWR_LAYOUT_STOPPED)
        return false;
    vqueue_parts(q, part);
    for (unsigned i = 0; i < 3; i++)
        has = has || vwr_vseg_meets(at[q->is_packed][i], (size_t)part[i].bytes, host, bytes);
    return has;
}

bool vwr_vqueue_is_in_place_(const struct vwr_vqueue *q)
{
    const void *const at[2][3] = {{q->split.desc, q->split.avail, q->split.used},
                                  {q->packed.ring, q->packed.driver_event, q->packed.device_event}};
    struct vqueue_part part[3];
    bool is = true;

    if (q->layout == VWR_LAYOUT_STOPPED)
        return true;
    vqueue_parts(q, part);
    for (unsigned i = 0; i < 3; i++)
        is = is &&
             vqueue_find_part(q->memory, &part[i], vqueue_access(i, q->is_packed)) == at[q->is_packed][i];
    return is;
}

void vwr_vqueue_forget_(struct vwr_vqueue *q)
{
    q->recent[0].bytes = 0;
    q->recent[1].bytes = 0;
    q->misses = 0;
    q->memory_generation = q->memory->generation;
}

void vwr_vqueue_check_memory(struct vwr_vqueue *q)
{
    if (!vwr_vqueue_is_current(q))
        vwr_vqueue_forget_(q);
}

/* Sets no layout and an empty ring; popped chains become invalid. */
void vwr_vqueue_disable_(struct vwr_vqueue *q)
{
    q->ready = false;
    q->last_avail = 0;
    q->avail_idx = 0;
    q->used_idx = 0;
    q->signalled_used = 0;
    vwr_vqueue_forget_(q);
    q->extra = 0;
    q->fault = VWR_VFAULT_NONE;
    vwr_vqueue_stop_(q);
}

/* A legacy driver has split rings. */
static enum vwr_layout vqueue_layout(const struct vwr_features *features, bool legacy)
{
    if ((VWR_WITH_PACKED || VWR_WITH_IN_ORDER) && !legacy)
        return vwr_layout_of(features);
    return VWR_LAYOUT_SPLIT;
}

static bool vqueue_is_split(enum vwr_layout layout)
{
    return (!VWR_WITH_PACKED && !VWR_WITH_IN_ORDER) || layout == VWR_LAYOUT_SPLIT;
}

int vwr_vqueue_enable_(struct vwr_vqueue *q, const struct vwr_features *features, bool legacy,
                       uint32_t guest_page_size)
{
    const enum vwr_layout layout = vqueue_layout(features, legacy);
    const bool packed = vwr_layout_is_packed(layout);
    struct vqueue_part part[3];
    int r;

    if (q->size == 0 || q->size > q->max || (!packed && !vwr_is_power_of_2(q->size)))
        return VWR_EINVAL;
    if (packed)
        vqueue_packed_parts(q, part);
    else if (!VWR_WITH_LEGACY || !legacy)
        vqueue_split_parts(q, part);
    else if (!vqueue_legacy_parts(q, guest_page_size, part))
        return VWR_EINVAL;
    r = vqueue_find_parts(q->memory, part, packed);
    if (r != VWR_OK)
        return r;
    vwr_vqueue_disable_(q);
    q->legacy = legacy;
    q->is_packed = packed;
    q->indirect = VWR_WITH_INDIRECT && vwr_features_have(features, VWR_F_INDIRECT_DESC);
    q->event_idx = vwr_features_have(features, VWR_F_EVENT_IDX);
    vwr_zero(q->done, q->max * sizeof(struct vwr_vqueue_entry)); /* this also clears held */
    if (packed)
        vwr_vpacked_enable_(q, part[0].host, part[1].host, part[2].host);
    else
        vwr_vsplit_enable_(q, part[0].host, part[1].host, part[2].host);
    q->ready = true;
    q->quiet = true;
    q->layout = layout;
    if (vqueue_is_split(layout))
        q->split_generation = q->generation;
    if (VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        q->packed_generation = q->generation;
    return VWR_OK;
}

uint32_t vwr_vqueue_base(const struct vwr_vqueue *q)
{
    uint32_t position;

    if (!vwr_layout_is_packed(q->layout))
        return (uint16_t)q->used_idx;
    position = vwr_vpacked_base_(q);
    return position | position << 16;
}

int vwr_vqueue_set_base(struct vwr_vqueue *q, uint32_t base)
{
    if (vwr_layout_is_packed(q->layout))
        return vwr_vpacked_set_base_(q, base >> 16);
    return vwr_vsplit_set_base_(q, (uint16_t)base);
}

void vwr_vqueue_stop_(struct vwr_vqueue *q)
{
    q->layout = VWR_LAYOUT_STOPPED;
    q->generation += 2u;
    q->split_generation = VQUEUE_NO_GENERATION;
    q->packed_generation = VQUEUE_NO_GENERATION;
    q->last_avail = q->used_idx;     /* nothing is in flight, including the invalid chain */
    q->avail_idx = q->used_idx;      /* nothing to pop */
    q->signalled_used = q->used_idx; /* nothing to publish */
}

int vwr_vqueue_bad_(struct vwr_vqueue *q, enum vwr_vfault fault, uint64_t a, uint64_t b)
{
    vwr_vqueue_stop_(q);
    q->fault = fault;
    q->fault_a = a;
    q->fault_b = b;
    return VWR_EBADRING;
}

int vwr_vqueue_bad_id_(struct vwr_vqueue *q, const struct vwr_vchain *c, enum vwr_vfault fault)
{
    return vwr_vqueue_bad_(q, fault, c->id, 0);
}

void vwr_vqueue_unpop(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    if (!vwr_vchain_is_of(q, c))
        return;
    if (VWR_WITH_IOMMU && q->memory->iommu != NULL)
        vwr_vqueue_unpin_(q, c);
    q->last_avail--;
    if (vwr_layout_is_packed(q->layout))
        vwr_vpacked_unpop_(q, c);
    else
        vwr_vsplit_unpop_(q, c);
}

bool vwr_vqueue_arm(struct vwr_vqueue *q)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return true; /* no buffers will follow */
    return vwr_layout_is_packed(q->layout) ? vwr_vpacked_arm_(q) : vwr_vsplit_arm_(q);
}

void vwr_vqueue_disarm(struct vwr_vqueue *q)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return;
    q->quiet = true;
    if (vwr_layout_is_packed(q->layout))
        vwr_vpacked_disarm_(q);
    else
        vwr_vsplit_disarm_(q);
}
