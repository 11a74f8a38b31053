/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_NOCLOCK_H
#define VWR_PORT_NOCLOCK_H

/*
 * A port for the unit tests: the fake bus and no clock, so that waits are counted. It also leaves
 * out all that a port may leave out, apart from vwr_port_relax, which counts the turns.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes);
void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value);
uint64_t vwr_host_dma(const void *p, size_t n, size_t *run);
uint64_t vwr_host_time_us(void); /* the fake has one; this port does not use it */
void fake_relax(void);

#define VWR_PORT_POLLS_PER_US 3u

static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return (uint8_t)vwr_host_read(reg, 1);
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return (uint16_t)vwr_host_read(reg, 2);
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return vwr_host_read(reg, 4);
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    vwr_host_write(reg, 1, value);
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    vwr_host_write(reg, 2, value);
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    vwr_host_write(reg, 4, value);
}

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    return vwr_host_dma(p, n, run);
}

static inline void vwr_port_mb(void)
{
    __sync_synchronize();
}

static inline void vwr_port_rmb(void)
{
    __sync_synchronize();
}

static inline void vwr_port_wmb(void)
{
    __sync_synchronize();
}

static inline void vwr_port_relax(void)
{
    fake_relax();
}
#define vwr_port_relax vwr_port_relax

#endif
