/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_VMM_H
#define VWR_PORT_VMM_H

/*
 * For devices in an emulator or a hypervisor: the guest's memory is normal, cached memory of this program,
 * and the guest runs on a CPU of the same machine, or is interpreted. The device side calls the three
 * barriers below and nothing else. Change them in two cases:
 *
 * - The other side is not such a CPU (another chip, a core without coherent caches): take the barriers of
 *   runtime/port/template, which order accesses as a device sees them.
 * - Guest and devices never run at the same time, because one thread runs both: the compiler's order is
 *   enough, and __atomic_signal_fence() costs nothing.
 *
 * They do not order memory against registers. If raising an interrupt is a register write of yours, as on an
 * interrupt controller, put the barrier that it needs in front of it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A store before a load: an index is published, then read whether the guest asked for an interrupt. */
static inline void vwr_port_mb(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* Loads before loads: an index, then the ring. */
static inline void vwr_port_rmb(void)
{
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
}

/* Loads and stores before stores: a buffer, then the index that returns it to the guest. */
static inline void vwr_port_release(void)
{
    __atomic_thread_fence(__ATOMIC_RELEASE);
}
#define vwr_port_release vwr_port_release

/* The driver side, which a pair of the device side does not have, also calls these, for devices of this
 * program. */
static inline void vwr_port_wmb(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

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

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

#endif
