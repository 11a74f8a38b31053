/* SPDX-License-Identifier: MIT */
#include "gic.h"

/*
 * QEMU's virt board has its GICv2 here (hw/arm/virt.c in QEMU; the node intc of its device tree). Registers
 * are from Arm's Generic Interrupt Controller Architecture Specification, version 2.0.
 */
#define DISTRIBUTOR 0x08000000ul
#define CPU_INTERFACE 0x08010000ul

#define D_CONTROL 0x000u
#define D_SET_ENABLE 0x100u    /* a bit per interrupt */
#define D_SET_PENDING 0x200u   /* a bit */
#define D_PRIORITY 0x400u      /* a byte */
#define D_TARGETS 0x800u       /* a byte: a bit per CPU */
#define D_CONFIGURATION 0xc00u /* two bits: enum gic_trigger; the lower one is read-only */

#define C_CONTROL 0x00u
#define C_PRIORITY_MASK 0x04u
#define C_ACKNOWLEDGE 0x0cu
#define C_END 0x10u

#define ENABLE 1u
#define FIRST_CPU 1u
#define PRIORITY_HIGHEST 0u
#define PRIORITY_ALL 0xffu /* accepts all priorities above this one, i.e. with lower numbers */
#define NUMBER_MASK 0x3ffu

static uintptr_t distributor = DISTRIBUTOR;
static uintptr_t cpu_interface = CPU_INTERFACE;

static volatile uint32_t *word(uintptr_t base, uint32_t offset)
{
    return (volatile uint32_t *)(base + offset);
}

static volatile uint8_t *byte(uint32_t offset)
{
    return (volatile uint8_t *)(distributor + offset);
}

void gic_place(uintptr_t distributor_at, uintptr_t cpu_interface_at)
{
    distributor = distributor_at;
    cpu_interface = cpu_interface_at;
}

void gic_start(void)
{
    *word(distributor, D_CONTROL) = ENABLE;
    *word(cpu_interface, C_PRIORITY_MASK) = PRIORITY_ALL;
    *word(cpu_interface, C_CONTROL) = ENABLE;
}

static void set_trigger(uint32_t interrupt, enum gic_trigger trigger)
{
    volatile uint32_t *const configuration = word(distributor, D_CONFIGURATION + interrupt / 16u * 4u);
    const uint32_t shift = interrupt % 16u * 2u;

    *configuration = (*configuration & ~((uint32_t)GIC_EDGE << shift)) | (uint32_t)trigger << shift;
}

void gic_enable(uint32_t interrupt, enum gic_trigger trigger)
{
    *byte(D_PRIORITY + interrupt) = PRIORITY_HIGHEST;
    if (interrupt >= GIC_SHARED) { /* the others are private to each CPU, with a fixed trigger */
        *byte(D_TARGETS + interrupt) = FIRST_CPU;
        set_trigger(interrupt, trigger);
    }
    *word(distributor, D_SET_ENABLE + interrupt / 32u * 4u) = 1u << interrupt % 32u;
}

void gic_pend(uint32_t interrupt)
{
    *word(distributor, D_SET_PENDING + interrupt / 32u * 4u) = 1u << interrupt % 32u;
}

uint32_t gic_acknowledge(void)
{
    return *word(cpu_interface, C_ACKNOWLEDGE) & NUMBER_MASK;
}

void gic_end(uint32_t interrupt)
{
    __asm__ volatile("dsb sy" ::: "memory"); /* the device has to deassert its line first */
    *word(cpu_interface, C_END) = interrupt;
}
