/* SPDX-License-Identifier: MIT */
#include "viommu_common.h"

/* Faults, which the driver reads from the event queue. Section: IOMMU device / Fault reporting. */

static bool viommu_send_one(struct vwr_viommu *v, const struct vwr_viommu_fault *f)
{
    const struct vwr_iommu_fault_msg m = {.reason = f->reason,
                                          .flags = f->access | VWR_IOMMU_FAULT_F_ADDRESS,
                                          .endpoint = f->endpoint,
                                          .address = f->addr};
    struct vwr_iommu_fault_msg_form form;

    VWR_STATIC_ASSERT(VWR_MEMORY_READ == (unsigned)VWR_IOMMU_FAULT_F_READ &&
                          VWR_MEMORY_WRITE == (unsigned)VWR_IOMMU_FAULT_F_WRITE &&
                          VWR_MEMORY_READ == (unsigned)VWR_IOMMU_MAP_F_READ &&
                          VWR_MEMORY_WRITE == (unsigned)VWR_IOMMU_MAP_F_WRITE,
                      "an access has the flags of a mapping and of a fault");
    vwr_iommu_fault_msg_encode(&form, vwr_viommu_dev(v)->legacy, &m);
    return vwr_service_send_locked(&v->service.service, VWR_IOMMU_QUEUE_EVENTQ, &form, sizeof(form), NULL,
                                   0) == VWR_OK;
}

/* A buffer that is too short for a fault is returned empty; the fault waits for the next one. */
void vwr_viommu_send_(struct vwr_viommu *v)
{
    while (v->faults != 0 && viommu_send_one(v, &v->fault[v->fault_first])) {
        v->fault_first = v->fault_first + 1u != v->fault_count ? v->fault_first + 1u : 0;
        v->faults--;
    }
}

void vwr_viommu_fault_(struct vwr_memory_iommu *i, uint64_t addr, unsigned access)
{
    const struct vwr_viommu_endpoint *const e = (const struct vwr_viommu_endpoint *)(const void *)i;
    struct vwr_viommu *const v = e->iommu;
    struct vwr_vdev *const dev = vwr_viommu_dev(v);
    struct vwr_viommu_fault *f;

    vwr_count_add(&v->stats.faults, 1);
    if (v->faults == v->fault_count) {
        vwr_count_add(&v->stats.dropped, 1);
        return;
    }
    f = &v->fault[vwr_viommu_fault_at_(v, v->faults)];
    f->addr = addr;
    f->endpoint = e->id;
    f->access = (uint8_t)access;
    f->reason = e->domain == NULL ? VWR_IOMMU_FAULT_R_DOMAIN : VWR_IOMMU_FAULT_R_MAPPING;
    v->faults++;
    if (!vwr_vdev_is_alive(dev, VWR_IOMMU_QUEUE_EVENTQ))
        return;
    vwr_viommu_send_(v);
    (void)vwr_vdev_signal(dev, &dev->queue[VWR_IOMMU_QUEUE_EVENTQ]);
}
