/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_EXPLORE_H
#define VWR_PORT_EXPLORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "explore_memory.h"

/*
 * The port of the explorer: machine.c implements the registers, a device address is an offset in the
 * explorer's
 * memory, and a barrier that bypasses vwr/ring.h is a failure.
 */
uint32_t explore_register_read(const volatile void *reg, unsigned bytes);
void explore_register_write(volatile void *reg, unsigned bytes, uint32_t value);
uint64_t explore_dma(const void *p);
void explore_stray_barrier(const char *name);

static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return (uint8_t)explore_register_read(reg, 1);
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return (uint16_t)explore_register_read(reg, 2);
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return explore_register_read(reg, 4);
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    explore_register_write(reg, 1, value);
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    explore_register_write(reg, 2, value);
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    explore_register_write(reg, 4, value);
}

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return explore_dma(p);
}

static inline void vwr_port_mb(void)
{
    explore_stray_barrier("vwr_port_mb");
}

static inline void vwr_port_rmb(void)
{
    explore_stray_barrier("vwr_port_rmb");
}

static inline void vwr_port_wmb(void)
{
    explore_stray_barrier("vwr_port_wmb");
}

/* Of the stores to a table that is not a ring: a site, as the barriers of vwr/ring.h are. */
void vwr_port_release(void);
#define vwr_port_release() explore_release(EXPLORE_SITE(EXPLORE_RELEASE))

#endif
