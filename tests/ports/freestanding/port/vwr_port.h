/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_TEST_FREESTANDING_H
#define VWR_PORT_TEST_FREESTANDING_H

/*
 * A port without any header, not even the compiler's. It defines its own types in the style of the Avatar
 * hypervisor (64-bit types and sizes are `unsigned long long`), and names that an embedder's headers already
 * use.
 */
typedef unsigned char uint8_t;
typedef unsigned short uint16_t;
typedef unsigned int uint32_t;
typedef unsigned long long uint64_t;
#ifdef __LP64__
typedef unsigned long long size_t;
typedef uint64_t uintptr_t;
#else
typedef unsigned int size_t;
typedef unsigned int uintptr_t;
#endif
#ifndef __cplusplus
typedef _Bool bool;
#define true 1
#define false 0
#define NULL ((void *)0)
#else
#define NULL __null
#endif

/* A header or source of ours that uses one of these names does not compile. */
#define read32 taken by the embedder
#define write32 taken by the embedder
#define mb() taken by the embedder
#define MIN(a, b) taken by the embedder
#define BIT(n) taken by the embedder
#define VIRTIO_BLK_F_RO taken by the embedder
#define ARRAY_SIZE(a) taken by the embedder

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

/* For the compiler only: the tests inspect these objects and never run them. */
static inline void vwr_port_mb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_rmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

/* Everything that is optional in a port. */
#ifdef TEST_PORT_WITH_ALL_HOOKS
#define VWR_PORT_DMA_ALIGN 64u

static inline void vwr_port_release(void)
{
    __asm__ volatile("" ::: "memory");
}
#define vwr_port_release vwr_port_release

static inline void vwr_port_sync_for_device(const void *p, size_t n)
{
    __asm__ volatile("" ::"r"(p), "r"(n) : "memory");
}
#define vwr_port_sync_for_device vwr_port_sync_for_device

static inline void vwr_port_sync_for_cpu(const void *p, size_t n)
{
    __asm__ volatile("" ::"r"(p), "r"(n) : "memory");
}
#define vwr_port_sync_for_cpu vwr_port_sync_for_cpu

static inline void vwr_port_relax(void)
{
    __asm__ volatile("" ::: "memory");
}
#define vwr_port_relax vwr_port_relax

static inline uint64_t vwr_port_time_us(void)
{
    uint32_t ticks;

    __asm__ volatile("" : "=r"(ticks));
    return ticks;
}
#define vwr_port_time_us vwr_port_time_us

static inline void vwr_port_log(const char *line)
{
    __asm__ volatile("" ::"r"(line) : "memory");
}
#define vwr_port_log vwr_port_log
#endif

#endif
