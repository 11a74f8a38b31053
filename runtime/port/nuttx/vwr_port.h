/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_NUTTX_H
#define VWR_PORT_NUTTX_H

/*
 * For NuttX, with its own barriers and its tick counter. Requirements: a flat or protected build, where
 * memory is identity-mapped; devices that see the CPU's caches, as QEMU's do; an architecture that has
 * arch/barriers.h. Sleep and wakeup use struct vwr_waiter, not hooks: see integrations/nuttx.
 */
#include <nuttx/config.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nuttx/clock.h>
#include <arch/barriers.h>

#ifdef CONFIG_ARCH_ADDRENV
#error "this port has no translation of addresses: write one in vwr_port_dma, with up_addrenv_va_to_pa"
#endif

/* Registers. */
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

/*
 * UP_DSB orders registers and memory; UP_DMB on RISC-V orders memory alone. The compiler may move accesses
 * over the UP_DSB of x86_64.
 */
static inline void vwr_port_mb(void)
{
    __asm__ volatile("" ::: "memory");
    UP_DSB();
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_rmb(void)
{
    vwr_port_mb();
}

static inline void vwr_port_wmb(void)
{
    vwr_port_mb();
}

static inline void vwr_port_release(void)
{
    vwr_port_mb();
}
#define vwr_port_release vwr_port_release

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

/* The clock that all configurations have. */
#define VWR_PORT_TICK_US CONFIG_USEC_PER_TICK
static inline uint32_t vwr_port_ticks(void)
{
    return (uint32_t)clock_systime_ticks();
}
#define vwr_port_ticks vwr_port_ticks

#endif
