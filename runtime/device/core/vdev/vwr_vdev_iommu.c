/* SPDX-License-Identifier: MIT */
#include "../vqueue/vqueue_common.h"
#include "vdev_common.h"

/*
 * A device behind an IOMMU (vwr/viommu.h). All of its accesses of guest memory start with an address that the
 * driver gave: a ring when its queue is started, a table and the segments of a buffer when it is popped, a
 * gpu's backing when it is read. Only rings and buffers in flight outlive the call that has looked them up.
 */

void vwr_vdev_join_(struct vwr_vdev *v, struct vwr_memory_iommu *i)
{
    v->memory = &i->memory;
    i->unfinished = &v->unfinished;
    i->device = v;
    i->used = 0;
    i->free = 0;
    i->live = 0;
}

/* Hardware that is unsafe may still access the buffers, although the class has forgotten them. */
void vwr_vdev_release_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    if (VWR_WITH_IOMMU && v->memory->iommu != NULL && !v->unsafe)
        vwr_vqueue_unpin_all_(q);
}

void vwr_vdev_check_rings_(struct vwr_vdev *v)
{
    for (uint16_t n = 0; n < v->queues && !v->broken; n++) {
        const struct vwr_vqueue *const q = &v->queue[n];

        if (!q->ready || vwr_vqueue_is_in_place_(q))
            continue;
        v->memory->iommu->fault(v->memory->iommu, q->desc_addr, VWR_MEMORY_READ);
        (void)vwr_vdev_break(v, n, VWR_VFAULT_QUEUE_MEMORY, q->desc_addr, q->size);
    }
}

void vwr_vdev_abandon_(struct vwr_vdev *v)
{
    (void)vwr_vdev_break(v, 0, VWR_VFAULT_UNMAPPED, 0, 0);
    v->leftover = NULL;
    v->work = v->budget_bytes;
    if (v->kind->reset != NULL)
        v->kind->reset(v);
    for (uint16_t n = 0; n < v->queues; n++)
        vwr_vdev_release_(v, &v->queue[n]);
}

void vwr_vdev_settle_(struct vwr_vdev *v)
{
    if (vdev_is_awaited(v))
        v->memory->iommu->settle(v->memory->iommu);
}
