/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_S390X_H
#define VWR_PORT_S390X_H

/*
 * Bare-metal s390x: memory identity-mapped, DMA coherent. Its devices are subchannels (vwr/ccw.h), so the
 * build needs -DVWR_ACCESS_CALLS=1. Needs only the compiler's headers.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Registers in memory: no virtio device has any here. */
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

/* The CPU serializes here. */
static inline void vwr_port_mb(void)
{
    __asm__ volatile("bcr 15,0" ::: "memory");
}

/* The CPU and the channel subsystem observe loads in order, and stores in order, and no store before a load.
 */
static inline void vwr_port_rmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("" ::: "memory");
}

/* A store follows all loads and stores before it. */
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

/* Bit 51 of the clock is a microsecond. */
static inline uint64_t vwr_port_time_us(void)
{
    uint64_t clock;

    __asm__ volatile("stck %0" : "=Q"(clock) : : "cc");
    return clock >> 12;
}
#define vwr_port_time_us vwr_port_time_us

#ifdef VWR_S390X_WAIT
/*
 * With -DVWR_S390X_WAIT, waits sleep in a function of the image, because a wait state needs its interrupts.
 * It returns when an interrupt was handled after *word had the value `seen`, or after `us` microseconds.
 */
void vwr_s390x_wait(const volatile uint32_t *word, uint32_t seen, uint32_t us);

static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    vwr_s390x_wait(word, seen, us);
}
#define vwr_port_idle vwr_port_idle
#endif

#endif
