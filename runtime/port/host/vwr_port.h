/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_HOST_H
#define VWR_PORT_HOST_H

/*
 * Port for a program on Linux. Registers are wherever the program has mapped them, and DMA addresses are
 * virtual addresses, which is correct for a device in the same process (tests, bench). Other programs define
 * VWR_HOST_EXTERNAL_BUS and implement the functions declared below. If VWR_HOST_NO_CLOCK is also defined,
 * waits count iterations, as on a machine without a clock.
 */
#if !defined(_POSIX_C_SOURCE) && !defined(_GNU_SOURCE)
#define _POSIX_C_SOURCE 200809L /* otherwise, -std=c11 hides the monotonic clock */
#endif
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#ifndef CLOCK_MONOTONIC
#error "a system header came before vwr/*.h: compile with -std=gnu11 or -D_POSIX_C_SOURCE=200809L"
#endif

#ifdef VWR_HOST_EXTERNAL_BUS

#define VWR_PORT_REGISTERS_APART 1 /* registers are accessed by the program's functions */

#ifdef __cplusplus
extern "C" {
#endif
uint32_t vwr_host_read(const volatile void *reg, unsigned bytes);
void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value);
uint64_t vwr_host_dma(const void *p, size_t n, size_t *run);
uint64_t vwr_host_time_us(void);
#ifdef __cplusplus
}
#endif

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

#ifndef VWR_HOST_NO_CLOCK
static inline uint64_t vwr_port_time_us(void)
{
    return vwr_host_time_us();
}
#define vwr_port_time_us vwr_port_time_us
#endif

#else

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
    *(volatile uint8_t *)reg = value;
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    *(volatile uint16_t *)reg = value;
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    *(volatile uint32_t *)reg = value;
}

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

static inline uint64_t vwr_port_time_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}
#define vwr_port_time_us vwr_port_time_us

#endif

static inline void vwr_port_mb(void)
{
    __sync_synchronize();
}

#if defined(__x86_64__) || defined(__i386__)
/* x86 reorders only a store with a later load, so a compiler barrier is enough. */
static inline void vwr_port_rmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_release(void)
{
    __asm__ volatile("" ::: "memory");
}
#else
static inline void vwr_port_rmb(void)
{
    __sync_synchronize();
}

static inline void vwr_port_wmb(void)
{
    __sync_synchronize();
}

static inline void vwr_port_release(void)
{
    __sync_synchronize();
}
#endif
#define vwr_port_release vwr_port_release

#endif
