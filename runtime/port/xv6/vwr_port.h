/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_XV6_H
#define VWR_PORT_XV6_H

/*
 * For a kernel like xv6 on riscv64: RAM is identity-mapped, kernel stacks are mapped page by page elsewhere,
 * and DMA is coherent. This header includes neither the compiler's headers nor the kernel's, so it can be
 * included before or after "types.h". Sleep and wakeup use struct vwr_waiter, not hooks: see
 * integrations/xv6.
 */
typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __SIZE_TYPE__ size_t;
#ifndef __bool_true_false_are_defined
#define __bool_true_false_are_defined 1
#define bool _Bool
#define true 1
#define false 0
#endif
#ifndef NULL
#define NULL ((void *)0)
#endif

/* Range of identity-mapped RAM: the kernel's KERNBASE and PHYSTOP. */
#ifndef VWR_XV6_KERNBASE
#define VWR_XV6_KERNBASE 0x80000000u
#endif
#ifndef VWR_XV6_PHYSTOP
#define VWR_XV6_PHYSTOP (VWR_XV6_KERNBASE + 128u * 1024u * 1024u)
#endif
#define VWR_XV6_PAGE 4096u

/*
 * Provided by the kernel: the physical address of the page mapped at `va`, the start of a page outside of the
 * identity-mapped range; 0: none. docs/xv6.md contains an implementation for xv6.
 */
uint64_t vwr_xv6_page(uint64_t va);

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

/* Memory on a kernel stack is translated page by page. */
static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    const uint64_t va = (uintptr_t)p;
    const uint64_t offset = va % VWR_XV6_PAGE;
    const bool plain = va >= VWR_XV6_KERNBASE && va < VWR_XV6_PHYSTOP;
    const uint64_t page = plain ? va - offset : vwr_xv6_page(va - offset);
    const uint64_t rest = plain ? VWR_XV6_PHYSTOP - va : VWR_XV6_PAGE - offset;

    *run = page == 0 ? 0 : n < rest ? n : rest;
    return page + offset;
}

/*
 * If supervisor mode may read the time, define its frequency (QEMU virt: 10000000) to have a clock. Newer
 * versions of xv6 allow this in mcounteren for their timer; otherwise the read is an illegal instruction
 * (scause 2). Without the macro, waits use the ticks that the kernel's timer interrupt counts. There are 10
 * ticks per second in xv6; define VWR_XV6_TICK_US for a kernel that differs.
 */
#ifdef VWR_XV6_TIME_HZ
static inline uint64_t vwr_port_time_us(void)
{
    uint64_t ticks;

    __asm__ volatile("rdtime %0" : "=r"(ticks));
    return ticks / VWR_XV6_TIME_HZ * 1000000u + ticks % VWR_XV6_TIME_HZ * 1000000u / VWR_XV6_TIME_HZ;
}
#define vwr_port_time_us vwr_port_time_us
#else
#ifdef VWR_XV6_TICK_US
#define VWR_PORT_TICK_US VWR_XV6_TICK_US
#else
#define VWR_PORT_TICK_US 100000u
#endif
extern unsigned ticks; /* xv6's */

static inline uint32_t vwr_port_ticks(void)
{
    return *(const volatile unsigned *)&ticks;
}
#define vwr_port_ticks vwr_port_ticks
#endif

#endif
