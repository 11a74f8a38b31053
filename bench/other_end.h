/* SPDX-License-Identifier: MIT */
#ifndef BENCH_OTHER_END_H
#define BENCH_OTHER_END_H

#include "vwr/gen/features.h"
#include "vwr/mmio.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * The device for the benchmark of a driver class: our device side, in a VM whose addresses are pointers. It
 * runs inside bench_mmio_read and bench_mmio_write, which callgrind does not count. The including file
 * defines OTHER_END_NAME, the name of the program.
 */

static struct vwr_vm other_end_vm;
static uint8_t other_end_registers[VWR_MMIO_SIZE];

static _Noreturn void fail(const char *why)
{
    fprintf(stderr, "%s: %s\n", OTHER_END_NAME, why);
    exit(1);
}

static void other_end_irq(struct vwr_vm *of, uint32_t line, bool level)
{
    (void)of;
    (void)line;
    (void)level;
}

static void other_end_broken(struct vwr_vm *of, struct vwr_vdev *v)
{
    char text[200];

    (void)of;
    (void)vwr_vdev_explain(v, text, sizeof(text));
    fail(text);
}

/* Sets up the VM and the options of a modern device. */
static void other_end_begin(struct vwr_vdev_setup *setup, bool packed)
{
    static const struct vwr_vm_ops ops = {.irq = other_end_irq, .broken = other_end_broken};
    static const struct vwr_memory_region all = {4096, UINT64_C(1) << 47, (void *)4096};
    static const struct vwr_vm_setup s = {.ops = &ops, .region = &all, .region_count = 1};

    if (vwr_vm_init(&other_end_vm, &s) != VWR_OK)
        fail("no VM");
    setup->vm = &other_end_vm;
    vwr_features_add(&setup->features, VWR_F_VERSION_1);
    if (packed)
        vwr_features_add(&setup->features, VWR_F_RING_PACKED);
}

#ifdef BENCH_REGIONS
#define OTHER_END_REGIONS 8u
#define OTHER_END_SHIFT 47u /* position of a region's number in an address */

static uint32_t other_end_regions = 1;

/*
 * Each address that the driver translates is in the next region. All regions map the same host memory, so any
 * region is correct.
 */
uint64_t bench_dma(const void *p)
{
    static uint32_t translated;
    const uint64_t region = translated++ % other_end_regions;

    return (uintptr_t)p + (region << OTHER_END_SHIFT);
}

/* Splits guest memory into this many regions. */
static void other_end_split(uint32_t count)
{
    static struct vwr_memory_region region[OTHER_END_REGIONS];

    if (count - 1u >= OTHER_END_REGIONS)
        fail("1 to 8 regions");
    for (uint64_t i = 0; i < count; i++)
        region[i] = (struct vwr_memory_region){(i << OTHER_END_SHIFT) + 4096u,
                                               (UINT64_C(1) << OTHER_END_SHIFT) - 4096u, (void *)4096};
    other_end_vm.memory.region = region;
    other_end_vm.memory.region_count = count;
    other_end_regions = count;
}
#else
static inline void other_end_split(uint32_t count)
{
    if (count != 1)
        fail("built without BENCH_REGIONS");
}
#endif

static size_t other_end_offset(const volatile void *reg)
{
    return (size_t)((const volatile uint8_t *)reg - other_end_registers);
}

static uint32_t other_end_read(struct vwr_vdev *d, const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    (void)vwr_vmmio_access(d, other_end_offset(reg), bytes, false, &value);
    return (uint32_t)value;
}

static void other_end_write(struct vwr_vdev *d, const volatile void *reg, uint32_t value)
{
    uint64_t v = value;

    (void)vwr_vmmio_access(d, other_end_offset(reg), sizeof(value), true, &v);
}

#endif
