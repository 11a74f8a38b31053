/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_ARMV7_H
#define VWR_PORT_ARMV7_H

/*
 * Bare-metal ARMv7-A: registers and memory identity-mapped, registers mapped as device memory, DMA coherent,
 * the generic timer as the clock (Cortex-A9 and older have none: VWR_ARMV7_NO_TIMER). Needs only the
 * compiler's headers; 64-bit division outside of the clock calls the compiler's library (libgcc).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Registers are accessed with simple load and store instructions without writeback, the only form that a
 * hypervisor can decode when it emulates the access. Barriers order register accesses against memory
 * accesses.
 */
static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    uint32_t value;

    __asm__ volatile("ldrb %0, [%1]" : "=r"(value) : "r"(reg), "m"(*(const volatile uint8_t *)reg));
    return (uint8_t)value;
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    uint32_t value;

    __asm__ volatile("ldrh %0, [%1]" : "=r"(value) : "r"(reg), "m"(*(const volatile uint16_t *)reg));
    return (uint16_t)value;
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    uint32_t value;

    __asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(reg), "m"(*(const volatile uint32_t *)reg));
    return value;
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    __asm__ volatile("strb %1, [%2]" : "=m"(*(volatile uint8_t *)reg) : "r"((uint32_t)value), "r"(reg));
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    __asm__ volatile("strh %1, [%2]" : "=m"(*(volatile uint16_t *)reg) : "r"((uint32_t)value), "r"(reg));
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    __asm__ volatile("str %1, [%2]" : "=m"(*(volatile uint32_t *)reg) : "r"(value), "r"(reg));
}

/*
 * Outer shareable: a device may be outside of the CPUs' inner shareability domain. There is no barrier only
 * for loads.
 */
static inline void vwr_port_mb(void)
{
    __asm__ volatile("dmb osh" ::: "memory");
}

static inline void vwr_port_rmb(void)
{
    __asm__ volatile("dmb osh" ::: "memory");
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

#ifndef VWR_ARMV7_NO_TIMER
static inline uint32_t vwr_port_timer_hertz(void)
{
    uint32_t hertz;

    __asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(hertz));
    return hertz;
}

/* Divides without a call to the compiler's library, one bit per step. */
static inline uint64_t vwr_armv7_divide(uint64_t value, uint32_t by, uint32_t *rest)
{
    uint64_t quotient = 0;
    uint64_t left = 0;

    for (unsigned bit = 0; bit < 64; bit++) {
        left = left << 1 | value >> 63;
        value <<= 1;
        quotient <<= 1;
        if (left >= by) {
            left -= by;
            quotient |= 1u;
        }
    }
    *rest = (uint32_t)left;
    return quotient;
}

static inline uint64_t vwr_port_time_us(void)
{
    const uint32_t hertz = vwr_port_timer_hertz();
    uint64_t seconds;
    uint64_t ticks;
    uint32_t rest;

    __asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(ticks));
    if (hertz == 0)
        return ticks; /* firmware has not set the frequency: a wrong unit is better than no timeout */
    seconds = vwr_armv7_divide(ticks, hertz, &rest);
    return seconds * 1000000u + vwr_armv7_divide((uint64_t)rest * 1000000u, hertz, &rest);
}
#define vwr_port_time_us vwr_port_time_us
#endif

#ifdef VWR_ARMV7_WFI
/*
 * With -DVWR_ARMV7_WFI, waits sleep. Use it only if the device's interrupt is enabled and its handler calls
 * vwr_dev_irq(), since otherwise nothing would end the sleep. Any interrupt ends it. With
 * -DVWR_ARMV7_WFI_TIMER, this hook owns the virtual timer, which bounds the sleep. The timer's interrupt has
 * to be enabled at the interrupt controller, but needs no handler, because the timer is off again before
 * interrupts are unmasked. An image with a periodic tick needs no timer here. Without either, a wait for a
 * dead device never ends.
 */
static inline uint32_t vwr_port_mask_interrupts(void)
{
    uint32_t before;

    __asm__ volatile("mrs %0, cpsr\n\tcpsid if" : "=r"(before)::"memory");
    return before;
}

/* Restores the previous mask. Interrupts may have been masked before. */
static inline void vwr_port_restore_interrupts(uint32_t before)
{
    __asm__ volatile("msr cpsr_c, %0\n\tisb" ::"r"(before) : "memory");
}

#ifdef VWR_ARMV7_WFI_TIMER
static inline void vwr_port_start_timer(uint32_t us)
{
    const uint32_t hertz = vwr_port_timer_hertz();

    /*
     * divides first, because the product would exceed 32 bits; with a clock below 1 MHz, the sleep is longer
     */
    __asm__ volatile("mcr p15, 0, %0, c14, c3, 0\n\tmcr p15, 0, %1, c14, c3, 1\n\tisb" ::"r"(
                         hertz >= 1000000u ? hertz / 1000000u * us : us),
                     "r"(1));
}

static inline void vwr_port_stop_timer(void)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n\tisb" ::"r"(0));
}
#endif

/*
 * WFI wakes up on a pending interrupt even if it is masked, so no interrupt is missed between the check and
 * the sleep.
 */
static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    const uint32_t before = vwr_port_mask_interrupts();

    (void)us;
    if (*word == seen) {
#ifdef VWR_ARMV7_WFI_TIMER
        vwr_port_start_timer(us);
#endif
        __asm__ volatile("dsb\n\twfi" ::: "memory");
#ifdef VWR_ARMV7_WFI_TIMER
        vwr_port_stop_timer();
#endif
    }
    vwr_port_restore_interrupts(before);
}
#define vwr_port_idle vwr_port_idle
#endif

#endif
