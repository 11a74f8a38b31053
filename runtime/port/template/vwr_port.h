/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_TEMPLATE_H
#define VWR_PORT_TEMPLATE_H

/*
 * Copy this file into your tree, put its folder on the include path, and make each body right
 * for your machine. It compiles as it is. Everything is `static inline`; the file includes
 * whatever it likes, as long as these names are there afterwards: uint8_t to uint64_t,
 * uintptr_t, size_t, bool, true, false, NULL. No other file of Virtwright names a system header.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Registers. One access of exactly this width, in the host's byte order, not merged, not
 * repeated, in program order with the other register accesses. The memory is mapped as device
 * memory (uncached).
 */
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
 * Barriers as a device sees them, for the compiler too: mb orders everything, also a store
 * before a load and memory before a register write; rmb orders loads; wmb orders stores.
 * A full barrier is always right.
 */
static inline void vwr_port_mb(void)
{
    __sync_synchronize();
}

static inline void vwr_port_rmb(void)
{
    __sync_synchronize();
}

static inline void vwr_port_wmb(void)
{
    __sync_synchronize();
}

/*
 * The address at which the device finds p, and in *run for how many of the n bytes from there
 * on (at least 1) this holds: n where virtually contiguous memory is contiguous for the device
 * too, up to the end of the page where it may not be. *run = 0: no address, the call that asked
 * fails with VWR_EINVAL. Called with the caller's buffers and with the queue's memory.
 */
static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

/*
 * That was all that is required. What follows may be left out; each hook needs the #define
 * under it. vwr/port_defaults.h says what happens without.
 *
 * #define VWR_PORT_DMA_ALIGN 64u                                  a data buffer's alignment
 * static inline void vwr_port_sync_for_device(const void *p, size_t n)   clean caches
 * static inline void vwr_port_sync_for_cpu(const void *p, size_t n)      invalidate caches
 * static inline void vwr_port_relax(void)                         one turn of a polling loop
 * static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
 *                                                                 sleep while *word == seen
 * static inline struct vwr_trace *vwr_port_trace(void)            where the trace goes: vwr/trace.h
 * static inline void vwr_port_log(const char *line)               a line for people
 *
 * A clock, in microseconds. Without one a wait counts its turns instead.
 * static inline uint64_t vwr_port_time_us(void) { return ...; }
 * #define vwr_port_time_us vwr_port_time_us
 */

#endif
