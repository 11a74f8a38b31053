/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_SELFTEST_H
#define VWR_PORT_SELFTEST_H

/*
 * A port for the unit tests whose hooks are functions of the test, which can break each of them. The barriers
 * have to be inline, because the test searches for their instructions; -DTEST_EMPTY_MB and similar macros
 * break them.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

uint32_t test_read(const volatile void *reg, unsigned bytes);
void test_write(volatile void *reg, unsigned bytes, uint32_t value);
uint64_t test_dma(const void *p, size_t n, size_t *run);
void test_sync(const void *p, size_t n, bool for_device);
uint64_t test_time_us(void);

static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return (uint8_t)test_read(reg, 1);
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return (uint16_t)test_read(reg, 2);
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return test_read(reg, 4);
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    test_write(reg, 1, value);
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    test_write(reg, 2, value);
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    test_write(reg, 4, value);
}

static inline void vwr_port_mb(void)
{
#ifndef TEST_EMPTY_MB
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

static inline void vwr_port_rmb(void)
{
#ifndef TEST_EMPTY_RMB
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
#endif
}

static inline void vwr_port_wmb(void)
{
#ifndef TEST_EMPTY_WMB
    __atomic_thread_fence(__ATOMIC_RELEASE);
#endif
}

static inline void vwr_port_release(void)
{
#ifndef TEST_EMPTY_RELEASE
    __atomic_thread_fence(__ATOMIC_RELEASE);
#endif
}
#define vwr_port_release vwr_port_release

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    return test_dma(p, n, run);
}

#define VWR_PORT_DMA_ALIGN 64u

static inline void vwr_port_sync_for_device(const void *p, size_t n)
{
    test_sync(p, n, true);
}
#define vwr_port_sync_for_device vwr_port_sync_for_device

static inline void vwr_port_sync_for_cpu(const void *p, size_t n)
{
    test_sync(p, n, false);
}
#define vwr_port_sync_for_cpu vwr_port_sync_for_cpu

static inline uint64_t vwr_port_time_us(void)
{
    return test_time_us();
}
#define vwr_port_time_us vwr_port_time_us

#endif
