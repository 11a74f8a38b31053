/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_LIVE_H
#define VWR_PORT_LIVE_H

/*
 * Port of the live page: WebAssembly, one thread, both ends in one memory. Register accesses, barriers, DMA
 * addresses and the clock are functions of bus.c. One thread sees its own stores in order, so a barrier only
 * has to keep the compiler from moving them, as any call of another file's function does.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VWR_PORT_REGISTERS_APART 1 /* registers are no memory */

uint32_t live_read(const volatile void *reg, unsigned bytes);
void live_write(volatile void *reg, unsigned bytes, uint32_t value);
void live_mb(void);
void live_rmb(void);
void live_wmb(void);
void live_release(void);
uint64_t live_dma(const void *p, size_t n, size_t *run);
uint64_t live_time_us(void);
void live_sleep(const volatile uint32_t *word, uint32_t seen, uint32_t us);

static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return (uint8_t)live_read(reg, 1);
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return (uint16_t)live_read(reg, 2);
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return live_read(reg, 4);
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    live_write(reg, 1, value);
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    live_write(reg, 2, value);
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    live_write(reg, 4, value);
}

static inline void vwr_port_mb(void)
{
    live_mb();
}

static inline void vwr_port_rmb(void)
{
    live_rmb();
}

static inline void vwr_port_wmb(void)
{
    live_wmb();
}

static inline void vwr_port_release(void)
{
    live_release();
}
#define vwr_port_release vwr_port_release

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    return live_dma(p, n, run);
}

static inline uint64_t vwr_port_time_us(void)
{
    return live_time_us();
}
#define vwr_port_time_us vwr_port_time_us

static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    live_sleep(word, seen, us);
}
#define vwr_port_idle vwr_port_idle

#endif
