/* SPDX-License-Identifier: MIT */
#include "vdev_common.h"
#include "vwr/ring.h"
#include "vwr/gen/pci.h"

/* Queue registers and queue reset. Section: Virtqueue Configuration; Virtqueue Reset. */

void vwr_vdev_clear_registers_(struct vwr_vqueue *q)
{
    q->vector = VWR_PCI_MSI_NO_VECTOR;
    q->size = 0;
    q->align = VWR_SPLIT_RING_LEGACY_ALIGN; /* if it is not set (quirk mmio.no-queue-align) */
    q->pfn = 0;
    q->desc_addr = 0;
    q->driver_addr = 0;
    q->device_addr = 0;
}

void vwr_vdev_stop_queue_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    if (!q->ready)
        return;
    if (v->kind->queue_reset != NULL)
        v->kind->queue_reset(v, q->index);
    vwr_vqueue_disable_(q);
    vwr_vdev_release_(v, q);
    q->resetting = v->unsafe;
}

void vwr_vdev_reset_queue_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    vwr_vdev_stop_queue_(v, q);
    vwr_vdev_clear_registers_(q);
}

/* For the message: finds the first address of the queue that is not in a memory region. */
static uint64_t vdev_bad_address(const struct vwr_vdev *v, const struct vwr_vqueue *q)
{
    if (vwr_memory_ptr(v->memory, q->desc_addr, 1) == NULL)
        return q->desc_addr;
    if (vwr_memory_ptr(v->memory, q->driver_addr, 1) == NULL)
        return q->driver_addr;
    if (vwr_memory_ptr(v->memory, q->device_addr, 1) == NULL)
        return q->device_addr;
    return q->desc_addr;
}

/* Records why a queue did not become ready. */
static void vdev_refuse_queue(struct vwr_vdev *v, const struct vwr_vqueue *q, int result)
{
    const bool any_size = vwr_layout_is_packed(vwr_layout_of(&v->accepted));

    if (result == VWR_ERANGE) {
        vwr_memory_fault_(v->memory, vdev_bad_address(v, q), VWR_MEMORY_READ);
        (void)vwr_vdev_break(v, q->index, VWR_VFAULT_QUEUE_MEMORY, vdev_bad_address(v, q), q->size);
    } else if (q->size == 0 || q->size > v->size_max || (!any_size && !vwr_is_power_of_2(q->size))) {
        vwr_vdev_note_refusal_(v, q->index, VWR_VFAULT_QUEUE_SIZE, q->size);
    } else {
        vwr_vdev_note_refusal_(v, q->index, VWR_VFAULT_QUEUE_ALIGN, v->legacy ? q->align : q->desc_addr);
    }
}

int vwr_vdev_enable_queue_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    if (!v->legacy && (v->status & VWR_STATUS_FEATURES_OK) == 0) {
        q->ready = true; /* the layout depends on the features */
        return VWR_OK;
    }
    if (q->size > v->size_max)
        return VWR_EINVAL;
    return vwr_vqueue_enable_(q, &v->accepted, v->legacy, v->guest_page_size);
}

void vwr_vdev_start_queue_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    int r;

    if (q->ready || v->broken) {
        vwr_vdev_ignore(v);
        return;
    }
    r = vwr_vdev_enable_queue_(v, q);
    if (r != VWR_OK) {
        vwr_vdev_ignore(v);
        vdev_refuse_queue(v, q, r);
    }
}

void vwr_vdev_set_pfn_(struct vwr_vdev *v, struct vwr_vqueue *q, uint32_t pfn)
{
    if (pfn == 0) {
        vwr_vdev_stop_queue_(v, q);
        q->pfn = 0;
    } else if (q->ready) { /* the location is fixed until the queue is disabled */
        vwr_vdev_ignore(v);
    } else {
        q->pfn = pfn;
        vwr_vdev_start_queue_(v, q);
        if (!q->ready)
            q->pfn = 0;
        else if (v->guest_page_size == 0 || q->align == 0)
            vwr_tolerate_(&v->tolerated, VWR_TOLERATED_NO_PAGE_SIZE);
    }
}

/*
 * Re-enables queues that were enabled before the features changed, except those that have been used: legacy
 * drivers may use a device before they write the features. A queue of a modern device that was enabled before
 * FEATURES_OK gets its layout here.
 */
void vwr_vdev_update_queues_(struct vwr_vdev *v)
{
    for (uint16_t n = 0; n < v->queues; n++) {
        struct vwr_vqueue *const q = &v->queue[n];

        if (!q->ready || q->last_avail != 0)
            continue;
        vwr_vqueue_disable_(q);
        vwr_vdev_start_queue_(v, q);
        if (!q->ready)
            q->pfn = 0;
    }
}

void vwr_vdev_limit(struct vwr_vdev *v, uint32_t segs)
{
    const uint32_t borders = vwr_memory_adjacent(&v->vm->memory);

    v->size_max = v->queues != 0 ? v->queue[0].max : 1u;
    while (v->size_max > 1u && v->size_max + borders > segs)
        v->size_max /= 2u;
}
