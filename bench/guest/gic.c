/* SPDX-License-Identifier: MIT */
#include "gic.h"

/* Arm's Generic Interrupt Controller Architecture, version 2: names of the registers are its. */
#define GICD 0x08000000ul
#define GICD_CTLR 0x000u
#define GICD_ISENABLER 0x100u
#define GICD_IPRIORITYR 0x400u
#define GICD_ITARGETSR 0x800u
#define GICD_ICFGR 0xc00u

#define GICC 0x08010000ul
#define GICC_CTLR 0x00u
#define GICC_PMR 0x04u
#define GICC_IAR 0x0cu
#define GICC_EOIR 0x10u

#define ENABLE 1u
#define EDGE 2u /* of two bits for each interrupt */
#define LOWEST 0xffu
#define ID_MASK 0x3ffu

static volatile uint32_t *word(unsigned long base, uint32_t offset)
{
    return (volatile uint32_t *)(base + offset);
}

void gic_start(uint32_t interrupt)
{
    *(volatile uint8_t *)(GICD + GICD_IPRIORITYR + interrupt) = 0;
    *(volatile uint8_t *)(GICD + GICD_ITARGETSR + interrupt) = 1; /* the first CPU */
    *word(GICD, GICD_ICFGR + interrupt / 16u * 4u) |= EDGE << interrupt % 16u * 2u;
    *word(GICD, GICD_ISENABLER + interrupt / 32u * 4u) = 1u << interrupt % 32u;
    *word(GICD, GICD_CTLR) = ENABLE;
    *word(GICC, GICC_PMR) = LOWEST;
    *word(GICC, GICC_CTLR) = ENABLE;
}

uint32_t gic_take(void)
{
    return *word(GICC, GICC_IAR) & ID_MASK;
}

void gic_end(uint32_t interrupt)
{
    *word(GICC, GICC_EOIR) = interrupt;
}
