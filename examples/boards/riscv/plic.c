/* SPDX-License-Identifier: MIT */
/* Registers of the RISC-V Platform-Level Interrupt Controller Specification, version 1.0. */
#include "machine.h"

#define PLIC_PRIORITY 0x0u  /* 4 bytes per source */
#define PLIC_ENABLE 0x2000u /* a bit per source */
#define PLIC_ENABLES 0x80u  /* bytes per context */
#define PLIC_CONTEXT 0x200000u
#define PLIC_CONTEXTS 0x1000u
#define PLIC_THRESHOLD 0x0u
#define PLIC_CLAIM 0x4u /* write: complete */

#define LOWEST_PRIORITY 1u

static uintptr_t plic_base;
static uint32_t plic_context;
static uint32_t plic_sources;

static volatile uint8_t *plic_enable(uint32_t source)
{
    return (volatile uint8_t *)(plic_base + PLIC_ENABLE + PLIC_ENABLES * plic_context + source / 32u * 4u);
}

static volatile uint8_t *plic_of_context(uint32_t offset)
{
    return (volatile uint8_t *)(plic_base + PLIC_CONTEXT + PLIC_CONTEXTS * plic_context + offset);
}

void plic_start(const struct machine *m)
{
    plic_base = m->plic;
    plic_context = m->plic_context;
    plic_sources = m->plic_sources;
    for (uint32_t source = 0; source <= plic_sources; source += 32u)
        vwr_port_write32(plic_enable(source), 0);
    vwr_port_write32(plic_of_context(PLIC_THRESHOLD), 0);
}

bool plic_line(uint32_t source)
{
    volatile uint8_t *const enable = plic_enable(source);

    if (source > plic_sources)
        return false;
    vwr_port_write32((volatile uint8_t *)(plic_base + PLIC_PRIORITY + source * 4u), LOWEST_PRIORITY);
    vwr_port_write32(enable, vwr_port_read32(enable) | 1u << source % 32u);
    return true;
}

/* Handles one interrupt; others that are pending trap again. */
void plic_serve(void)
{
    const uint32_t source = vwr_port_read32(plic_of_context(PLIC_CLAIM));

    if (source == 0)
        return;
    irq_dispatch(source);
    vwr_port_mb(); /* the device has to deassert its line first, or the interrupt is taken again */
    vwr_port_write32(plic_of_context(PLIC_CLAIM), source);
}
