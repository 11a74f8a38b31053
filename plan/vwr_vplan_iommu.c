/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_iommu.h"

int vwr_vplan_build_iommu(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                          const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_iommu *const iommu = row->options;
    struct vwr_memory_pin *pin = vwr_vplan_member(memory, iommu->pin);
    struct vwr_viommu_options o;

    vwr_copy(&o, &iommu->options, sizeof o);
    o.context = host->context;
    o.endpoint = vwr_vplan_member(memory, iommu->endpoint);
    o.domain = vwr_vplan_member(memory, iommu->domain);
    o.mapping = vwr_vplan_member(memory, iommu->mapping);
    o.fault = vwr_vplan_member(memory, iommu->fault);
    for (uint32_t i = 0; i < o.endpoint_count; i++) {
        o.endpoint[i].id = iommu->row[i].id;
        o.endpoint[i].pin = pin;
        o.endpoint[i].pin_count = iommu->row[i].pins;
        pin += iommu->row[i].pins;
    }
    return vwr_viommu_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
