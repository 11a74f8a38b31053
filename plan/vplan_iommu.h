/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_IOMMU_H
#define VWR_VPLAN_IOMMU_H

#include "vwr/viommu.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: An IOMMU of a plan
 *
 * The rows that `./vwr plan` writes for an IOMMU (vwr/viommu.h), and the function that builds it from
 * them. The VMM calls vwr_viommu_expire() at regular intervals.
 */

/* Not the specification's: faults that wait for the driver. */
#define VWR_VPLAN_IOMMU_FAULTS 16u

/**
 * struct vwr_vplan_iommu_endpoint - A device behind an IOMMU of a plan
 * @id: Endpoint ID, as in the guest's device tree.
 * @pins: Number of segments that the device can hold.
 */
struct vwr_vplan_iommu_endpoint {
    uint32_t id;
    uint32_t pins;
};

/**
 * struct vwr_vplan_iommu - An IOMMU of a plan
 * @options: Options; context and pointers to memory are set when the device is built.
 * @row: Its endpoints.
 * @endpoint: Offset of the endpoints in the structure.
 * @domain: Offset of the domains.
 * @mapping: Offset of the mappings.
 * @fault: Offset of the faults.
 * @pin: Offset of the segments of all endpoints.
 */
struct vwr_vplan_iommu {
    struct vwr_viommu_options options;
    const struct vwr_vplan_iommu_endpoint *row;
    size_t endpoint;
    size_t domain;
    size_t mapping;
    size_t fault;
    size_t pin;
};

vwr_vplan_build vwr_vplan_build_iommu;

VWR_END_C

#endif
