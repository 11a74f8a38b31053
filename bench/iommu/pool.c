/* SPDX-License-Identifier: MIT */
#include "vwr/iommu.h"

/* The hooks of a port behind an IOMMU: all memory is in one pool, so that no request sends it a message. */

static struct vwr_iommu_mapping pool[] = {{.virt = 0x1000,
                                           .last = UINT64_MAX - 0x1000,
                                           .phys = 0x1000,
                                           .flags = VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE,
                                           .pool = true}};
static struct vwr_iommu_domain domain = {.mapping = pool, .mapping_max = 1, .mapping_count = 1};

uint64_t bench_map(uint64_t phys, unsigned dma, size_t *run)
{
    return vwr_iommu_dma_map(&domain, phys, dma, run);
}

void bench_unmap(uint64_t addr)
{
    vwr_iommu_dma_unmap(&domain, addr);
}
