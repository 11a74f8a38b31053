/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#ifndef VWR_PORT_AVATAR_H
#define VWR_PORT_AVATAR_H

/*
 * The Avatar hypervisor: its types (no <stdint.h> under -nostdinc), its register functions, which take the
 * value first, its counter and its logger. All six headers are Avatar's, found with its -Iinclude;
 * docs/avatar.md describes how to add the other files to its tree.
 */
#include <avatar_types.h>
#include <io.h>
#include <mem/barrier.h>
#include <mmio.h>
#include <os_cfg.h>
#include <timer.h>

/* Avatar's functions execute full barriers before and after the access, which is more than required. */
static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return mmio_read8(reg);
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return mmio_read16(reg);
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return mmio_read32(reg);
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    mmio_write8(value, reg);
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    mmio_write16(value, reg);
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    mmio_write32(value, reg);
}

/*
 * Avatar's mb() and rmb() cannot be used: they expand to a dsb without an operand, which assemblers reject.
 */
static inline void vwr_port_mb(void)
{
    dsb(sy);
}

static inline void vwr_port_rmb(void)
{
    dsb(ld);
}

static inline void vwr_port_wmb(void)
{
    dsb(st);
}

/* Not dsb(st), which does not order loads. */
static inline void vwr_port_release(void)
{
    dsb(sy);
}
#define vwr_port_release vwr_port_release

/* At EL2 addresses are physical; in the EL1 build (HV=0) RAM is also mapped at KERNEL_VMA. */
static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p & ~(uint64_t)KERNEL_VMA;
}

static inline void vwr_port_relax(void)
{
    __asm__ volatile("yield" ::: "memory");
}
#define vwr_port_relax vwr_port_relax

/* The physical counter, which is independent of the virtual counter's offset (vtimer_init_el2). */
static inline uint64_t vwr_port_time_us(void)
{
    const uint64_t hertz = read_cntfrq_el0();
    uint64_t ticks;

    __asm__ volatile("isb" ::: "memory"); /* prevents an early read of the counter */
    ticks = read_cntpct_el0();
    return hertz == 0 ? ticks : ticks / hertz * 1000000u + ticks % hertz * 1000000u / hertz;
}
#define vwr_port_time_us vwr_port_time_us

static inline void vwr_port_log(const char *line)
{
    logger_info("%s\n", line);
}
#define vwr_port_log vwr_port_log

#endif
