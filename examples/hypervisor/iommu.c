/* SPDX-License-Identifier: MIT */
#include "vwr/gen/ids.h"
#include "vwr_plan_hypervisor.h"

#include "hyp.h"

/*
 * The guests' IOMMUs. Nothing is mapped for real hardware: the bridge gives QEMU's disk the translated
 * address, and a guest's mapping stays until that disk has completed the request.
 */
void iommu_tick(void)
{
#ifdef VWR_PLAN_HYPERVISOR_IOMMUS
    for (unsigned i = 0; i < guest_count; i++) {
        struct vwr_vdev *const v = devices_find(&guests[i], VWR_ID_IOMMU);

        if (v != NULL)
            vwr_viommu_expire((struct vwr_viommu *)(void *)v);
    }
#endif
}
