/* SPDX-License-Identifier: MIT */
#include "gic.h"
#include "io.h"
#include "mmio.h"

/* A GICv2 of one CPU. As in Avatar, an end of interrupt leaves it active; gic_write_dir deactivates it. */
#define GICD(offset) ((volatile void *)(GICD_BASE_ADDR + (offset)))
#define GICC(offset) ((volatile void *)(GICC_BASE_ADDR + (offset)))
#define ID_MASK 0x3ff

void gic_virtual_init(void)
{
    mmio_write32(3, GICD(0));
    mmio_write32(0xf8, GICC(4));
    mmio_write32(1 | 1 << 9, GICC(0));
}

uint32_t gic_read_iar(void)
{
    return mmio_read32(GICC(0xc));
}

uint32_t gic_iar_irqnr(uint32_t iar)
{
    return iar & ID_MASK;
}

void gic_write_eoir(uint32_t irqstat)
{
    mmio_write32(irqstat, GICC(0x10));
}

void gic_write_dir(uint32_t irqstat)
{
    mmio_write32(irqstat, GICC(0x1000));
}

void gic_enable_int(int32_t vector, int32_t enabled)
{
    mmio_write32(1u << vector % 32, GICD((enabled ? 0x100 : 0x180) + vector / 32 * 4));
}

void gic_set_ipriority(uint32_t n, uint32_t value)
{
    mmio_write8((uint8_t)(value << 3 | 1 << 7), GICD(0x400 + n));
}

void gic_set_target(int32_t int_id, uint8_t target)
{
    mmio_write8(target, GICD(0x800 + int_id));
}
