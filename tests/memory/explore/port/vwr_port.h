/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_EXPLORE_H
#define VWR_PORT_EXPLORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The port of the explorer: a register write is the doorbell, a device address is an offset in the explorer's
 * memory, and a barrier that bypasses vwr/ring.h is a failure.
 */
void explore_doorbell(volatile void *reg, uint32_t value);
uint64_t explore_dma(const void *p);
void explore_stray_barrier(const char *name);

static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return *(const volatile uint8_t *)reg;
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return *(const volatile uint16_t *)reg;
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return *(const volatile uint32_t *)reg;
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    explore_doorbell(reg, value);
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    explore_doorbell(reg, value);
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    explore_doorbell(reg, value);
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

#endif
