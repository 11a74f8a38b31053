/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_PAIR_THREADS_H
#define VWR_PORT_PAIR_THREADS_H

/*
 * The host port for the thread sanitizer, which does not support barriers. Here they are calls that report to
 * the
 * sanitizer (order.h), so that a missing barrier is detected.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VWR_PORT_REGISTERS_APART 1

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes);
void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value);
uint64_t vwr_host_dma(const void *p, size_t n, size_t *run);
uint64_t vwr_host_time_us(void);
void order_mb(void);
void order_rmb(void);
void order_wmb(void);
void order_release(void);

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

static inline uint64_t vwr_port_time_us(void)
{
    return vwr_host_time_us();
}
#define vwr_port_time_us vwr_port_time_us

static inline void vwr_port_mb(void)
{
    order_mb();
}

static inline void vwr_port_rmb(void)
{
    order_rmb();
}

static inline void vwr_port_wmb(void)
{
    order_wmb();
}

static inline void vwr_port_release(void)
{
    order_release();
}
#define vwr_port_release vwr_port_release

#endif
