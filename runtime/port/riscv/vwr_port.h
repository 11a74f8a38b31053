/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_RISCV_H
#define VWR_PORT_RISCV_H

/*
 * Bare-metal RISC-V, 64 or 32 bits: registers and memory identity-mapped, registers in an I/O region, DMA
 * coherent. Needs only the compiler's headers.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Registers. There is only one form of loads and stores, so a volatile access is enough. */
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

/* Memory and I/O accesses are ordered separately (r, w and i, o); a device uses both. */
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

/* rmb and wmb together do not order a load before a later store. */
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

/* The encoding of PAUSE: older assemblers lack the mnemonic, and older CPUs execute it as an empty fence. */
static inline void vwr_port_relax(void)
{
    __asm__ volatile(".4byte 0x0100000f" ::: "memory");
}
#define vwr_port_relax vwr_port_relax

/*
 * No instruction reports the timer's frequency; the device tree does (/cpus/timebase-frequency; QEMU virt:
 * 10000000). Define VWR_RISCV_TIME_HZ (a constant or an expression) to have a clock; otherwise waits count
 * iterations. The clock is the time CSR, in supervisor mode if mcounteren allows it, in machine mode if the
 * hart implements it. Otherwise machine mode can read mtime from the timer's registers: VWR_RISCV_MTIME is
 * its address (QEMU virt: 0x0200bff8).
 */
#ifdef VWR_RISCV_TIME_HZ
#if __riscv_xlen == 32
/* Reads both words until the upper one is stable. */
static inline uint64_t vwr_riscv_ticks(void)
{
    uint32_t high;
    uint32_t low;
    uint32_t again;

    do {
#ifdef VWR_RISCV_MTIME
        high = vwr_port_read32((const volatile void *)((uintptr_t)(VWR_RISCV_MTIME) + 4u));
        low = vwr_port_read32((const volatile void *)(uintptr_t)(VWR_RISCV_MTIME));
        again = vwr_port_read32((const volatile void *)((uintptr_t)(VWR_RISCV_MTIME) + 4u));
#else
        __asm__ volatile("rdtimeh %0\n\trdtime %1\n\trdtimeh %2" : "=&r"(high), "=&r"(low), "=r"(again));
#endif
    } while (high != again);
    return (uint64_t)high << 32 | low;
}

/* Divides without a call to the compiler's library, one bit per step. */
static inline uint64_t vwr_riscv_divide(uint64_t value, uint32_t by, uint32_t *rest)
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
#else
static inline uint64_t vwr_riscv_ticks(void)
{
    uint64_t ticks;

#ifdef VWR_RISCV_MTIME
    ticks = *(const volatile uint64_t *)(uintptr_t)(VWR_RISCV_MTIME);
#else
    __asm__ volatile("rdtime %0" : "=r"(ticks));
#endif
    return ticks;
}

static inline uint64_t vwr_riscv_divide(uint64_t value, uint32_t by, uint32_t *rest)
{
    *rest = (uint32_t)(value % by);
    return value / by;
}
#endif

static inline uint64_t vwr_port_time_us(void)
{
    const uint32_t hertz = (uint32_t)(VWR_RISCV_TIME_HZ);
    uint32_t rest;
    const uint64_t seconds = vwr_riscv_divide(vwr_riscv_ticks(), hertz, &rest);

    return seconds * 1000000u + vwr_riscv_divide((uint64_t)rest * 1000000u, hertz, &rest);
}
#define vwr_port_time_us vwr_port_time_us
#endif

#ifdef VWR_RISCV_WFI
/*
 * With -DVWR_RISCV_WFI, waits sleep. Use it only if the device's interrupt is enabled and its handler calls
 * vwr_dev_irq(), since otherwise nothing would end the sleep. Any interrupt that is enabled in mie or sie
 * ends it. Supervisor-mode interrupts are masked or, with -DVWR_RISCV_MACHINE, machine-mode interrupts. With
 * -DVWR_RISCV_WFI_TIMER, this hook owns the hart's timer, which bounds the sleep. The image implements a
 * function that sets the timer, because this depends on the machine (mtimecmp, stimecmp, firmware). The
 * timer's interrupt has to be enabled in mie or sie, and the timer is off again before interrupts are
 * unmasked (a handler may see a spurious interrupt). An image with a periodic tick needs no timer here.
 * Without either, a wait for a dead device never ends.
 */
#ifdef VWR_RISCV_MACHINE
#define VWR_RISCV_STATUS "mstatus"
#define VWR_RISCV_INTERRUPTS 0x8u
#else
#define VWR_RISCV_STATUS "sstatus"
#define VWR_RISCV_INTERRUPTS 0x2u
#endif

#ifdef VWR_RISCV_WFI_TIMER
void vwr_riscv_timer(uint32_t us); /* implemented by the image: makes the interrupt pending after `us`
                                      microseconds; 0: switches the timer off */
#endif

static inline unsigned long vwr_port_mask_interrupts(void)
{
    unsigned long before;

    __asm__ volatile("csrrci %0, " VWR_RISCV_STATUS ", %1"
                     : "=r"(before)
                     : "i"(VWR_RISCV_INTERRUPTS)
                     : "memory");
    return before;
}

/* Restores the previous mask. Interrupts may have been masked before. */
static inline void vwr_port_restore_interrupts(unsigned long before)
{
    __asm__ volatile("csrs " VWR_RISCV_STATUS ", %0" ::"r"(before & VWR_RISCV_INTERRUPTS) : "memory");
}

/*
 * WFI wakes up on a pending interrupt even if it is masked, so no interrupt is missed between the check and
 * the sleep.
 */
static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    const unsigned long before = vwr_port_mask_interrupts();

    (void)us;
    if (*word == seen) {
#ifdef VWR_RISCV_WFI_TIMER
        vwr_riscv_timer(us);
#endif
        __asm__ volatile("fence iorw, iorw\n\twfi" ::: "memory"); /* completes earlier stores */
#ifdef VWR_RISCV_WFI_TIMER
        vwr_riscv_timer(0);
#endif
    }
    vwr_port_restore_interrupts(before);
}
#define vwr_port_idle vwr_port_idle
#endif

#endif
