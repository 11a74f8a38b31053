/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_RISCV64_H
#define VWR_PORT_RISCV64_H

/*
 * Bare metal riscv64: registers and memory identity-mapped, registers in an I/O region, DMA
 * coherent. Needs no header but the compiler's own.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Registers. Loads and stores have one form only, so a volatile access is just that. */
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

/* Memory and I/O accesses are ordered apart (r, w and i, o): a device is met through both. */
static inline void vwr_port_mb(void)
{
    __asm__ volatile("fence iorw, iorw" ::: "memory");
}

static inline void vwr_port_rmb(void)
{
    __asm__ volatile("fence ir, ir" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("fence ow, ow" ::: "memory");
}

/* rmb and wmb together leave a load free to pass a later store. */
static inline void vwr_port_release(void)
{
    __asm__ volatile("fence iorw, ow" ::: "memory");
}
#define vwr_port_release vwr_port_release

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

/* PAUSE by its encoding: older assemblers lack the name, older CPUs take it for a fence of nothing. */
static inline void vwr_port_relax(void)
{
    __asm__ volatile(".4byte 0x0100000f" ::: "memory");
}
#define vwr_port_relax vwr_port_relax

/*
 * No instruction says how fast time runs: the device tree does (/cpus/timebase-frequency; QEMU
 * virt: 10000000). Who knows it, and may read the time CSR in this mode, defines
 * VWR_RISCV64_TIME_HZ (a constant or an expression) and has a clock; without it waits are counted.
 */
#ifdef VWR_RISCV64_TIME_HZ
static inline uint64_t vwr_port_time_us(void)
{
    const uint64_t hertz = VWR_RISCV64_TIME_HZ;
    uint64_t ticks;

    __asm__ volatile("rdtime %0" : "=r"(ticks));
    return ticks / hertz * 1000000u + ticks % hertz * 1000000u / hertz;
}
#define vwr_port_time_us vwr_port_time_us
#endif

#endif
