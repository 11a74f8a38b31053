/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_H
#define VWR_PORT_H

/* A port for compile tests on the host: registers are plain memory. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline uint8_t vwr_port_read8(const volatile void *p)
{
    return *(const volatile uint8_t *)p;
}

static inline uint16_t vwr_port_read16(const volatile void *p)
{
    return *(const volatile uint16_t *)p;
}

static inline uint32_t vwr_port_read32(const volatile void *p)
{
    return *(const volatile uint32_t *)p;
}

static inline void vwr_port_write8(volatile void *p, uint8_t v)
{
    *(volatile uint8_t *)p = v;
}

static inline void vwr_port_write16(volatile void *p, uint16_t v)
{
    *(volatile uint16_t *)p = v;
}

static inline void vwr_port_write32(volatile void *p, uint32_t v)
{
    *(volatile uint32_t *)p = v;
}

static inline void vwr_port_mb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_rmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

#endif
