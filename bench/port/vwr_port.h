/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_BENCH_H
#define VWR_PORT_BENCH_H

/*
 * The port of the benchmark. Register accesses run the device of the bench program and are not counted; DMA
 * addresses are pointers, except with BENCH_REGIONS. The barriers are those of runtime/port/host.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes);
void bench_mmio_write(volatile void *reg, uint32_t value);

static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return (uint8_t)bench_mmio_read(reg, 1);
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return (uint16_t)bench_mmio_read(reg, 2);
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return bench_mmio_read(reg, 4);
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    bench_mmio_write(reg, value);
}

/* Keeps the compiler from merging writes of both widths, because no CPU has a single store for both. */
static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    __asm__ volatile("# 16 bits");
    bench_mmio_write(reg, value);
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    bench_mmio_write(reg, value);
}

static inline void vwr_port_mb(void)
{
    __sync_synchronize();
}

/* x86 keeps loads in order and stores in order: compiler barriers are enough. */
static inline void vwr_port_rmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("" ::: "memory");
}

static inline void vwr_port_release(void)
{
    __asm__ volatile("" ::: "memory");
}
#define vwr_port_release vwr_port_release

#ifdef BENCH_REGIONS /* guest memory has several regions: see other_end.h */
uint64_t bench_dma(const void *p);
#else
static inline uint64_t bench_dma(const void *p)
{
    return (uintptr_t)p;
}
#endif

static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return bench_dma(p);
}

#ifdef BENCH_IOMMU /* devices are behind an IOMMU: ../iommu/pool.c */
uint64_t bench_map(uint64_t phys, unsigned dma, size_t *run);
void bench_unmap(uint64_t addr);

static inline uint64_t vwr_port_dma_map(void *context, void *p, size_t n, unsigned dma, size_t *run)
{
    (void)context;
    return bench_map(vwr_port_dma(p, n, run), dma, run);
}
#define vwr_port_dma_map vwr_port_dma_map

static inline void vwr_port_dma_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma)
{
    (void)context;
    (void)p;
    (void)n;
    (void)dma;
    bench_unmap(addr);
}
#define vwr_port_dma_unmap vwr_port_dma_unmap
#endif

#endif
