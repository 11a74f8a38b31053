/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_MAP_H
#define VWR_PORT_MAP_H

/* The host port with a mapping for each request; the machine may run out of mappings: stage.mappings. */
#include "../../../../runtime/port/host/vwr_port.h"

#define STAGE_SHARED 3u /* VWR_DMA_SHARED, which this header comes before */

#ifdef __cplusplus
extern "C" {
#endif
bool stage_map(void);
void stage_unmap(void);
#ifdef __cplusplus
}
#endif

static inline uint64_t vwr_port_dma_map(void *context, void *p, size_t n, unsigned dma, size_t *run)
{
    (void)context;
    *run = 0;
    return dma == STAGE_SHARED || stage_map() ? vwr_port_dma(p, n, run) : 0;
}
#define vwr_port_dma_map vwr_port_dma_map

static inline void vwr_port_dma_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma)
{
    (void)context;
    (void)addr;
    (void)p;
    (void)n;
    if (dma != STAGE_SHARED)
        stage_unmap();
}
#define vwr_port_dma_unmap vwr_port_dma_unmap

#endif
