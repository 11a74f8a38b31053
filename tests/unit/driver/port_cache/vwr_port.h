/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_CACHE_H
#define VWR_PORT_CACHE_H

/*
 * A port for the unit tests: the fake bus, DMA that needs cache-line-aligned buffers, and the cache
 * maintenance hooks of a machine without coherent DMA. The fake records the cleaned and invalidated ranges.
 */
#include "../../../../runtime/port/host/vwr_port.h"

#define VWR_PORT_DMA_ALIGN 64u

void fake_sync(const void *p, size_t n, bool for_device);

static inline void vwr_port_sync_for_device(const void *p, size_t n)
{
    fake_sync(p, n, true);
}
#define vwr_port_sync_for_device vwr_port_sync_for_device

static inline void vwr_port_sync_for_cpu(const void *p, size_t n)
{
    fake_sync(p, n, false);
}
#define vwr_port_sync_for_cpu vwr_port_sync_for_cpu

#endif
