/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * Behind an IOMMU: the segments that a device holds, with the addresses that the driver gave. A mapping is
 * removed only when no segment is in it, so each is pinned from the pop until the class has returned or
 * forgotten the buffer. The pins of a chain are in the order of its segments.
 */

bool vwr_vqueue_pin_(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t bytes)
{
    struct vwr_memory_iommu *const i = q->memory->iommu;
    uint16_t n = i->free;

    if (n == 0 && i->used == i->pins)
        return false;
    if (n == 0)
        n = ++i->used;
    else
        i->free = i->pin[n - 1u].next;
    i->pin[n - 1u].addr = addr;
    i->pin[n - 1u].bytes = bytes;
    i->pin[n - 1u].queue = q->index;
    i->pin[n - 1u].next = 0;
    if (c->pins == 0)
        c->pins = n;
    else
        i->pin[i->last - 1u].next = n;
    i->last = n;
    i->live++;
    return true;
}

/* Frees a pin. Returns the next one of its chain. When none is left, the pins are used from the first again.
 */
static uint16_t vqueue_free_pin(struct vwr_memory_iommu *i, uint16_t n)
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

void vwr_vqueue_unpin_first_(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t n)
{
    for (; n != 0 && c->pins != 0; n--)
        c->pins = vqueue_free_pin(q->memory->iommu, c->pins);
}

void vwr_vqueue_unpin_(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    vwr_vqueue_unpin_first_(q, c, q->memory->iommu->pins);
}

void vwr_vqueue_unpin_all_(struct vwr_vqueue *q)
{
    struct vwr_memory_iommu *const i = q->memory->iommu;

    for (uint16_t n = i->used; n != 0; n--)
        if (n <= i->used && i->pin[n - 1u].bytes != 0 && i->pin[n - 1u].queue == q->index)
            (void)vqueue_free_pin(i, n);
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
    now.generation = q->generation;
    now.position = c->position;
    now.id = c->id;
    now.flags = c->flags;
    now.count = c->count;
    now.pins = c->pins;
    if (VWR_WITH_IN_ORDER && vwr_layout_is_in_order(q->layout))
        vwr_vqueue_put_in_order_(q, &now, written);
    else if (VWR_WITH_PACKED && vwr_layout_is_packed(q->layout))
        vwr_vpacked_put_used(q, now.id, now.flags, now.count, written);
    else
        vwr_vsplit_put_used(q, now.id, written);
    vwr_vqueue_unpin_(q, &now);
}
