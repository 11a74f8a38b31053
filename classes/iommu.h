/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_IOMMU_H
#define VWR_CLASSES_IOMMU_H

#include <stdint.h>

/*
 * What an IOMMU translates, in the order of domains and addresses: of the device, what it has; of its driver,
 * what its calls have promised.
 */

#define IOMMU_ENDPOINTS 3u /* from 8 on */
#define IOMMU_FIRST 8u
#define IOMMU_MAPPINGS 10u    /* of the device, in all domains */
#define IOMMU_REFUSED 10u     /* an endpoint that the VMM does not attach */
#define IOMMU_BAD 0xf0000000u /* an address that it does not map */
#define IOMMU_FAULTY 9u       /* the endpoint of faults */
/* The address of the fault with this number, which is an event. */
#define IOMMU_FAULT(number) (UINT64_C(0x1817161514131210) + (number))

struct iommu_model {
    struct iommu_model_mapping {
        uint64_t first, last, phys;
        uint32_t domain, access;
    } mapping[2u * IOMMU_MAPPINGS];
    uint32_t mappings;
    uint32_t domain[IOMMU_ENDPOINTS]; /* 0: none; otherwise its ID */
};

/* Adds a mapping, whatever the order of the calls. */
static inline void iommu_add(struct iommu_model *m, const struct iommu_model_mapping *new)
{
    uint32_t i = m->mappings++;

    for (; i != 0 && (m->mapping[i - 1].domain > new->domain ||
                      (m->mapping[i - 1].domain == new->domain && m->mapping[i - 1].first > new->first));
         i--)
        m->mapping[i] = m->mapping[i - 1];
    m->mapping[i] = *new;
}

#endif
