/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_BOUNCE_H
#define VWR_PORT_BOUNCE_H

/*
 * The host's port for tests whose data reaches the device only through bounce buffers: ../bounce.h. A sync of
 * data ends the program; a sync of queue memory, which is coherent, does nothing. Shared memory is not
 * copied, but each mapping is recorded with its device.
 */
#include "../../../runtime/port/host/vwr_port.h"

#ifdef __cplusplus
extern "C" {
#endif
uint64_t bounce_dma_map(const void *d, void *p, size_t n, unsigned dma, size_t *run);
void bounce_dma_unmap(const void *d, uint64_t addr, void *p, size_t n, unsigned dma);
void bounce_sync(const void *p, size_t n);
#ifdef __cplusplus
}
#endif

static inline uint64_t vwr_port_dma_map(void *context, void *p, size_t n, unsigned dma, size_t *run)
{
    return bounce_dma_map(context, p, n, dma, run);
}
#define vwr_port_dma_map vwr_port_dma_map

static inline void vwr_port_dma_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma)
{
    bounce_dma_unmap(context, addr, p, n, dma);
}
#define vwr_port_dma_unmap vwr_port_dma_unmap

static inline void vwr_port_sync_for_device(const void *p, size_t n)
{
    bounce_sync(p, n);
}
#define vwr_port_sync_for_device vwr_port_sync_for_device

static inline void vwr_port_sync_for_cpu(const void *p, size_t n)
{
    bounce_sync(p, n);
}
#define vwr_port_sync_for_cpu vwr_port_sync_for_cpu

#endif
