/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * Behind an IOMMU: the segments that a device holds, with the addresses that the driver gave. A mapping is
 * removed only when no segment is in it, so each is pinned from the pop until the class has returned or
 * forgotten the buffer. The pins of a chain are in the order of its segments.
 */

void vwr_vqueue_open_pins_(struct vwr_vqueue *q)
{
    q->memory->iommu->first = 0;
}

bool vwr_vqueue_pin_(struct vwr_vqueue *q, uint64_t addr, uint32_t bytes)
{
    struct vwr_memory_iommu *const i = q->memory->iommu;
    struct vwr_memory_pin *p;
    uint16_t n = i->free;

    if (n == 0 && i->used == i->pins)
        return false;
    if (n == 0)
        n = ++i->used;
    else
        i->free = i->pin[n - 1u].next;
    p = &i->pin[n - 1u];
    p->addr = addr;
    p->bytes = bytes;
    p->queue = q->index;
    p->next = 0;
    if (i->first == 0)
        i->first = n;
    else
        i->pin[i->last - 1u].next = n;
    i->last = n;
    i->live++;
    return true;
}

/* Frees a pin. Returns the next one of its chain. When none is left, the pins are used from the first again.
 */
static uint16_t vqueue_pin_free(struct vwr_memory_iommu *i, uint16_t n)
{
    struct vwr_memory_pin *const p = &i->pin[n - 1u];
    const uint16_t next = p->next;

    p->bytes = 0;
    p->next = i->free;
    i->free = n;
    if (--i->live == 0) {
        i->free = 0;
        i->used = 0;
    }
    if (i->waits)
        *i->unfinished = true;
    return next;
}

void vwr_vqueue_unpin_first_(struct vwr_vqueue *q, uint32_t n)
{
    struct vwr_memory_iommu *const i = q->memory->iommu;

    for (; n != 0 && i->first != 0; n--)
        i->first = vqueue_pin_free(i, i->first);
}

void vwr_vqueue_close_pins_(struct vwr_vqueue *q, struct vwr_vchain *c, bool popped)
{
    struct vwr_memory_iommu *const i = q->memory->iommu;
    const uint32_t flags = vwr_layout_is_packed(q->layout) ? c->flags & VWR_VIRTQ_DESC_F_WRITE : 0;

    if (popped) {
        c->flags = flags | (uint32_t)i->first << VQUEUE_PINS_SHIFT;
        c->generation = q->generation + 1u;
    } else {
        vwr_vqueue_unpin_first_(q, i->pins);
    }
}

void vwr_vqueue_unpin_(struct vwr_vqueue *q, const struct vwr_vchain *c)
{
    for (uint16_t n = vqueue_pins_of(c); n != 0;)
        n = vqueue_pin_free(q->memory->iommu, n);
}

void vwr_vqueue_unpin_all_(struct vwr_vqueue *q)
{
    struct vwr_memory_iommu *const i = q->memory->iommu;

    for (uint16_t n = i->used; n != 0; n--)
        if (n <= i->used && i->pin[n - 1u].bytes != 0 && i->pin[n - 1u].queue == q->index)
            (void)vqueue_pin_free(i, n);
}

bool vwr_vqueue_is_pinned_(const struct vwr_memory_iommu *i, uint64_t first, uint64_t last)
{
    for (uint16_t n = 0; n < i->used; n++) {
        const struct vwr_memory_pin *const p = &i->pin[n];

        if (p->bytes != 0 && p->addr <= last && first <= p->addr + (p->bytes - 1u))
            return true;
    }
    return false;
}

void vwr_vqueue_put_pinned_(struct vwr_vqueue *q, const struct vwr_vchain *c, uint32_t written)
{
    struct vwr_vchain now;

    if (q->memory->iommu == NULL || c->generation != q->generation + 1u)
        return;
    if (VWR_WITH_IN_ORDER && vwr_layout_is_in_order(q->layout)) {
        now.generation = q->generation;
        now.position = c->position;
        now.id = c->id;
        now.flags = c->flags;
        now.count = c->count;
        vwr_vqueue_put_in_order_(q, &now, written);
    } else if (VWR_WITH_PACKED && vwr_layout_is_packed(q->layout)) {
        vwr_vpacked_put_used(q, c->id, c->flags & VWR_VIRTQ_DESC_F_WRITE, c->count, written);
    } else {
        vwr_vsplit_put_used(q, c->id, written);
    }
    vwr_vqueue_unpin_(q, c);
}
