/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_AARCH64_H
#define VWR_PORT_AARCH64_H

/*
 * Bare-metal aarch64: registers and memory identity-mapped, DMA coherent, the generic timer as the clock.
 * Needs only the compiler's headers.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Registers are accessed with simple load and store instructions: a compiler might choose instructions with
 * writeback, which a hypervisor cannot decode when it emulates the access (an "m" operand never uses
 * writeback). Barriers order register accesses against memory accesses.
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

/* Outer shareable: a device may be outside of the CPUs' inner shareability domain. */
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

/* Not oshst, which does not order loads. */
static inline void vwr_port_release(void)
{
    __asm__ volatile("dmb osh" ::: "memory");
}
#define vwr_port_release vwr_port_release

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
        return ticks; /* firmware has not set the frequency: a wrong unit is better than no timeout */
    return ticks / hertz * 1000000u + ticks % hertz * 1000000u / hertz;
}
#define vwr_port_time_us vwr_port_time_us

#ifdef VWR_AARCH64_WFI
/*
 * With -DVWR_AARCH64_WFI, waits sleep. Use it only if the device's interrupt is enabled and its handler calls
 * vwr_dev_irq(), since otherwise nothing would end the sleep. Any interrupt ends it. With
 * -DVWR_AARCH64_WFI_TIMER, this hook owns the virtual timer, which bounds the sleep. The timer's interrupt
 * has to be enabled at the interrupt controller, but needs no handler, because the timer is off again before
 * interrupts are unmasked (a handler may see a spurious interrupt). An image with a periodic tick needs no
 * timer here. Without either, a wait for a dead device never ends.
 */
static inline uint64_t vwr_port_mask_interrupts(void)
{
    uint64_t before;

    __asm__ volatile("mrs %0, daif\n\tmsr daifset, #3" : "=r"(before)::"memory");
    return before;
}

/* Restores the previous mask. Interrupts may have been masked before. */
static inline void vwr_port_restore_interrupts(uint64_t before)
{
    __asm__ volatile("msr daif, %0\n\tisb" ::"r"(before) : "memory");
}

#ifdef VWR_AARCH64_WFI_TIMER
static inline void vwr_port_start_timer(uint32_t us)
{
    uint64_t now;
    uint64_t hertz;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0\n\tmrs %1, cntfrq_el0" : "=r"(now), "=r"(hertz));
    now += hertz != 0 ? us * hertz / 1000000u : us;
    __asm__ volatile("msr cntv_cval_el0, %0\n\tmsr cntv_ctl_el0, %1\n\tisb" ::"r"(now), "r"((uint64_t)1));
}

static inline void vwr_port_stop_timer(void)
{
    __asm__ volatile("msr cntv_ctl_el0, xzr\n\tisb");
}
#endif

/*
 * WFI wakes up on a pending interrupt even if it is masked, so no interrupt is missed between the check and
 * the sleep.
 */
static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    const uint64_t before = vwr_port_mask_interrupts();

    (void)us;
    if (*word == seen) {
#ifdef VWR_AARCH64_WFI_TIMER
        vwr_port_start_timer(us);
#endif
        __asm__ volatile("dsb sy\n\twfi" ::: "memory");
#ifdef VWR_AARCH64_WFI_TIMER
        vwr_port_stop_timer();
#endif
    }
    vwr_port_restore_interrupts(before);
}
#define vwr_port_idle vwr_port_idle
#endif

#endif
