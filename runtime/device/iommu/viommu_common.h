/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VIOMMU_COMMON_H
#define VWR_DEVICE_VIOMMU_COMMON_H

#include "vwr/viommu.h"

/* vwr_viommu_map.c: domains and their mappings. All functions require the lock. */

static inline struct vwr_viommu_mapping *viommu_mapping_of(struct vwr_vindex_node *n)
{
    return (struct vwr_viommu_mapping *)(void *)n; /* the first member */
}

/* Frees all domains and mappings. */
void vwr_viommu_clear_(struct vwr_viommu *v);

/* NULL: there is none. */
struct vwr_viommu_domain *vwr_viommu_find_domain_(const struct vwr_viommu *v, uint32_t id);
struct vwr_viommu_endpoint *vwr_viommu_find_endpoint_(const struct vwr_viommu *v, uint32_t id);

/* Adds a domain without endpoints; NULL: there is no memory. */
struct vwr_viommu_domain *vwr_viommu_add_domain_(struct vwr_viommu *v, uint32_t id, bool bypass);

/* Detaches the endpoint; a domain without endpoints ends, with its mappings. */
void vwr_viommu_leave_(struct vwr_viommu *v, struct vwr_viommu_endpoint *e);

/* Finds the first mapping that has an address in the range, or after it; NULL: there is none. */
struct vwr_viommu_mapping *vwr_viommu_from_(const struct vwr_viommu_domain *d, uint64_t first);
struct vwr_viommu_mapping *vwr_viommu_next_(struct vwr_viommu_mapping *m);

/* Adds a mapping: a copy of `from`. Returns a status. */
unsigned vwr_viommu_add_(struct vwr_viommu *v, struct vwr_viommu_domain *d,
                         const struct vwr_viommu_mapping *from);
void vwr_viommu_drop_(struct vwr_viommu *v, struct vwr_viommu_domain *d, struct vwr_viommu_mapping *m);

/* vwr_viommu.c: the status of a request for this mapping, apart from its overlap with others. */
unsigned vwr_viommu_check_map_(const struct vwr_viommu *v, const struct vwr_viommu_domain *d,
                               const struct vwr_viommu_mapping *m);
/* Same file: the request that waits will be executed again. */
void vwr_viommu_stop_waiting_(struct vwr_viommu *v);

/* vwr_memory_iommu.run. */
uint64_t vwr_viommu_run_(struct vwr_memory_iommu *i, uint64_t addr, uint64_t bytes, unsigned access,
                         void **host);

/* vwr_viommu_fault.c: vwr_memory_iommu.fault. send: sends the faults for which there are buffers. */
void vwr_viommu_fault_(struct vwr_memory_iommu *i, uint64_t addr, unsigned access);
void vwr_viommu_send_(struct vwr_viommu *v);

/* Index of the i-th fault that waits, or of the next free one. */
static inline uint32_t vwr_viommu_fault_at_(const struct vwr_viommu *v, uint32_t i)
{
    const uint32_t left = v->fault_count - v->fault_first;

    return i < left ? v->fault_first + i : i - left;
}

#endif
