/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_IOMMU_H
#define VWR_PORT_IOMMU_H

/* The host's port, for devices behind an IOMMU: ../iommu.c. */
#include "../../../../runtime/port/host/vwr_port.h"

#ifdef __cplusplus
extern "C" {
#endif
uint64_t port_map(void *context, void *p, size_t n, unsigned dma, size_t *run);
void port_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma);
#ifdef __cplusplus
}
#endif

static inline uint64_t vwr_port_dma_map(void *context, void *p, size_t n, unsigned dma, size_t *run)
{
    return port_map(context, p, n, dma, run);
}
#define vwr_port_dma_map vwr_port_dma_map

static inline void vwr_port_dma_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma)
{
    port_unmap(context, addr, p, n, dma);
}
#define vwr_port_dma_unmap vwr_port_dma_unmap

#endif
