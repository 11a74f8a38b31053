/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_X86_64_H
#define VWR_PORT_X86_64_H

/*
 * Bare metal x86-64: registers and memory identity-mapped, registers uncached, DMA coherent.
 * Needs no header but the compiler's own.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Registers through plain moves: a compiler may fold the access into another instruction, and a
 * hypervisor that has to emulate it may not know that one.
 */
static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    uint8_t value;

    __asm__ volatile("movb %1, %0" : "=q"(value) : "m"(*(const volatile uint8_t *)reg) : "memory");
    return value;
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    uint16_t value;

    __asm__ volatile("movw %1, %0" : "=r"(value) : "m"(*(const volatile uint16_t *)reg) : "memory");
    return value;
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    uint32_t value;

    __asm__ volatile("movl %1, %0" : "=r"(value) : "m"(*(const volatile uint32_t *)reg) : "memory");
    return value;
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    __asm__ volatile("movb %1, %0" : "=m"(*(volatile uint8_t *)reg) : "q"(value) : "memory");
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    __asm__ volatile("movw %1, %0" : "=m"(*(volatile uint16_t *)reg) : "r"(value) : "memory");
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    __asm__ volatile("movl %1, %0" : "=m"(*(volatile uint32_t *)reg) : "r"(value) : "memory");
}

static inline void vwr_port_out16(uint16_t port, uint16_t value)
{
    __asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
#define vwr_port_out16 vwr_port_out16

static inline void vwr_port_mb(void)
{
    __asm__ volatile("mfence" ::: "memory");
}

/* Loads stay in order and so do stores: only the compiler has to be held back. */
static inline void vwr_port_rmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("" ::: "memory");
}

/* Nor does a load pass a later store. */
static inline void vwr_port_release(void)
{
    __asm__ volatile("" ::: "memory");
}
#define vwr_port_release vwr_port_release

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

static inline void vwr_port_relax(void)
{
    __asm__ volatile("pause" ::: "memory");
}
#define vwr_port_relax vwr_port_relax

/*
 * No instruction says how fast the time stamp counter runs on every machine. Who knows that, and
 * that it runs evenly and in step on all CPUs, defines VWR_X86_64_TSC_HZ (a constant or an
 * expression) and has a clock; without it waits are counted.
 */
#ifdef VWR_X86_64_TSC_HZ
static inline uint64_t vwr_port_time_us(void)
{
    const uint64_t hertz = VWR_X86_64_TSC_HZ;
    uint32_t low;
    uint32_t high;
    uint64_t ticks;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    ticks = (uint64_t)high << 32 | low;
    return ticks / hertz * 1000000u + ticks % hertz * 1000000u / hertz;
}
#define vwr_port_time_us vwr_port_time_us
#endif

#endif
