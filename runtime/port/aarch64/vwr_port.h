/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_AARCH64_H
#define VWR_PORT_AARCH64_H

/*
 * Bare metal aarch64: registers and memory identity-mapped, DMA coherent, the generic timer as
 * the clock. Needs no header but the compiler's own.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Registers through plain load and store instructions: a compiler may pick one with write-back,
 * and a hypervisor that has to emulate the access cannot decode that ("m" never has one). The order
 * against memory is the barriers' matter.
 */
static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    uint32_t value;

    __asm__ volatile("ldrb %w0, %1" : "=r"(value) : "m"(*(const volatile uint8_t *)reg));
    return (uint8_t)value;
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    uint32_t value;

    __asm__ volatile("ldrh %w0, %1" : "=r"(value) : "m"(*(const volatile uint16_t *)reg));
    return (uint16_t)value;
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    uint32_t value;

    __asm__ volatile("ldr %w0, %1" : "=r"(value) : "m"(*(const volatile uint32_t *)reg));
    return value;
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    __asm__ volatile("strb %w1, %0" : "=m"(*(volatile uint8_t *)reg) : "rZ"((uint32_t)value));
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    __asm__ volatile("strh %w1, %0" : "=m"(*(volatile uint16_t *)reg) : "rZ"((uint32_t)value));
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    __asm__ volatile("str %w1, %0" : "=m"(*(volatile uint32_t *)reg) : "rZ"(value));
}

/* Outer shareable: a device may be outside of the CPUs' own domain. */
static inline void vwr_port_mb(void)
{
    __asm__ volatile("dmb osh" ::: "memory");
}

static inline void vwr_port_rmb(void)
{
    __asm__ volatile("dmb oshld" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("dmb oshst" ::: "memory");
}

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

static inline void vwr_port_relax(void)
{
    __asm__ volatile("yield" ::: "memory");
}
#define vwr_port_relax vwr_port_relax

static inline uint64_t vwr_port_time_us(void)
{
    uint64_t ticks;
    uint64_t hertz;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0\n\tmrs %1, cntfrq_el0" : "=r"(ticks), "=r"(hertz));
    if (hertz == 0)
        return ticks; /* firmware did not set it: better a wrong unit than no end */
    return ticks / hertz * 1000000u + ticks % hertz * 1000000u / hertz;
}
#define vwr_port_time_us vwr_port_time_us

#endif
