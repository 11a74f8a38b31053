/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "param.h"
#include "memlayout.h"
#include "riscv.h"
#include "defs.h"

/* The interrupt controller, with only the disk's line. */

static volatile uint *reg(uint64 address)
{
    return (volatile uint *)address;
}

void plicinit(void)
{
    *reg(PLIC + VIRTIO0_IRQ * 4) = 1;
}

void plicinithart(void)
{
#ifndef DISK_IS_DEAF /* for the test: interrupts of the disk are not delivered */
    *reg(PLIC_SENABLE(cpuid())) = 1u << VIRTIO0_IRQ;
#endif
    *reg(PLIC_SPRIORITY(cpuid())) = 0;
}

int plic_claim(void)
{
    return (int)*reg(PLIC_SCLAIM(cpuid()));
}

void plic_complete(int irq)
{
    *reg(PLIC_SCLAIM(cpuid())) = (uint)irq;
}
