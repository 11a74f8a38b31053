/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_X86_H
#define VWR_PORT_X86_H

/*
 * Bare-metal x86-64 and i386: registers and memory identity-mapped, registers uncached, DMA coherent. Needs
 * only the compiler's headers.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * With -DVWR_X86_PORTS, addresses below 64 KiB are I/O ports, for the legacy interface on PCI: `cpu` of a
 * window of kind VWR_PCI_IO is the number of its first port. Each register access then checks its address
 * first; without this option, the check is compiled out.
 */
static inline bool vwr_port_is_port(const volatile void *reg)
{
#ifdef VWR_X86_PORTS
    return (uintptr_t)reg < 0x10000u;
#else
    (void)reg;
    return false;
#endif
}

/*
 * Registers are accessed with mov instructions: a compiler might fold the access into another instruction,
 * which a hypervisor may not emulate.
 */
static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    uint8_t value;

    if (vwr_port_is_port(reg))
        __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"((uint16_t)(uintptr_t)reg) : "memory");
    else
        __asm__ volatile("movb %1, %0" : "=q"(value) : "m"(*(const volatile uint8_t *)reg) : "memory");
    return value;
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    uint16_t value;

    if (vwr_port_is_port(reg))
        __asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"((uint16_t)(uintptr_t)reg) : "memory");
    else
        __asm__ volatile("movw %1, %0" : "=r"(value) : "m"(*(const volatile uint16_t *)reg) : "memory");
    return value;
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    uint32_t value;

    if (vwr_port_is_port(reg))
        __asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"((uint16_t)(uintptr_t)reg) : "memory");
    else
        __asm__ volatile("movl %1, %0" : "=r"(value) : "m"(*(const volatile uint32_t *)reg) : "memory");
    return value;
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    if (vwr_port_is_port(reg))
        __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"((uint16_t)(uintptr_t)reg) : "memory");
    else
        __asm__ volatile("movb %1, %0" : "=m"(*(volatile uint8_t *)reg) : "q"(value) : "memory");
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    if (vwr_port_is_port(reg))
        __asm__ volatile("outw %0, %1" : : "a"(value), "Nd"((uint16_t)(uintptr_t)reg) : "memory");
    else
        __asm__ volatile("movw %1, %0" : "=m"(*(volatile uint16_t *)reg) : "r"(value) : "memory");
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    if (vwr_port_is_port(reg))
        __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"((uint16_t)(uintptr_t)reg) : "memory");
    else
        __asm__ volatile("movl %1, %0" : "=m"(*(volatile uint32_t *)reg) : "r"(value) : "memory");
}

static inline void vwr_port_out16(uint16_t port, uint16_t value)
{
    __asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
#define vwr_port_out16 vwr_port_out16

/* Not every i386 has MFENCE. */
static inline void vwr_port_mb(void)
{
#ifdef __x86_64__
    __asm__ volatile("mfence" ::: "memory");
#else
    __asm__ volatile("lock; addl $0, (%%esp)" ::: "memory", "cc");
#endif
}

/* Loads are not reordered with loads, nor stores with stores; a compiler barrier is enough. */
static inline void vwr_port_rmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("" ::: "memory");
}

/* Nor are loads reordered with later stores. */
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

/* Avoids a call to libgcc, which the compiler would use for such a division on i386. */
static inline uint64_t vwr_x86_divide(uint64_t n, uint32_t by, uint32_t *rest)
{
#ifdef __x86_64__
    *rest = (uint32_t)(n % by);
    return n / by;
#else
    const uint32_t high = (uint32_t)(n >> 32);
    uint32_t low;

    __asm__("divl %4" : "=a"(low), "=d"(*rest) : "0"((uint32_t)n), "1"(high % by), "rm"(by) : "cc");
    return (uint64_t)(high / by) << 32 | low;
#endif
}

/*
 * No instruction reports the frequency of the time stamp counter on all machines. If it is known, and the
 * counter is constant and synchronized across CPUs, define VWR_X86_TSC_HZ (a constant or an expression) to
 * have a clock; otherwise waits count iterations.
 */
#ifdef VWR_X86_TSC_HZ
static inline uint64_t vwr_port_time_us(void)
{
    const uint64_t kilohertz = vwr_x86_divide(VWR_X86_TSC_HZ, 1000u, &(uint32_t){0});
    uint32_t low;
    uint32_t high;
    uint64_t milliseconds;
    uint32_t rest;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    milliseconds = vwr_x86_divide((uint64_t)high << 32 | low, (uint32_t)kilohertz, &rest);
    return milliseconds * 1000u + vwr_x86_divide((uint64_t)rest * 1000u, (uint32_t)kilohertz, &rest);
}
#define vwr_port_time_us vwr_port_time_us
#endif

#ifdef VWR_X86_HLT
/*
 * With -DVWR_X86_HLT, waits sleep. Use it only if the device's interrupt is enabled and its handler calls
 * vwr_dev_irq(), since otherwise nothing would end the sleep. Any interrupt ends it. The image bounds the
 * sleep with a periodic tick, or with VWR_X86_HLT_TIMER(us), a statement that causes one interrupt after
 * `us` microseconds. Without either, a wait for a dead device never ends. If interrupts are masked, the hook
 * does not sleep, since HLT needs them. Build with -mno-red-zone, like all code that can be interrupted.
 */
#define VWR_PORT_RFLAGS_INTERRUPTS 0x200u

#ifndef VWR_X86_HLT_TIMER
#define VWR_X86_HLT_TIMER(us) ((void)(us))
#endif

/* STI takes effect after the next instruction, so no interrupt is missed between the check and HLT. */
static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    uintptr_t before;

    __asm__ volatile("pushf\n\tpop %0" : "=r"(before)::"memory");
    if ((before & VWR_PORT_RFLAGS_INTERRUPTS) == 0)
        return;
    __asm__ volatile("cli" ::: "memory");
    if (*word == seen) {
        VWR_X86_HLT_TIMER(us);
        __asm__ volatile("sti\n\thlt" ::: "memory");
    } else {
        __asm__ volatile("sti" ::: "memory");
    }
}
#define vwr_port_idle vwr_port_idle
#endif

#endif
