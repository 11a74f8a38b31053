/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_GIC_H
#define INTERRUPTS_GIC_H

#include <stdint.h>

/*
 * The interrupt controller: a GICv2, for one CPU. Interrupts are identified by their number at the
 * controller.
 */

#define GIC_TIMER 27u  /* the virtual timer of each CPU */
#define GIC_SHARED 32u /* the first shared interrupt */
#define GIC_NONE 1020u /* this or higher: no interrupt */

/* Address of the registers, if different from QEMU's virt board. */
void gic_place(uintptr_t distributor_at, uintptr_t cpu_interface_at);

void gic_start(void);

/* The controller's two bits per interrupt. */
enum gic_trigger { GIC_LEVEL = 0, GIC_EDGE = 2 };

/* Enables an interrupt. The trigger of a private interrupt is fixed, and the argument ignored. */
void gic_enable(uint32_t interrupt, enum gic_trigger trigger);

/* Makes it pending although no device has requested it. */
void gic_pend(uint32_t interrupt);

/* For the handler: the interrupt to handle, or GIC_NONE and above; then gic_end. */
uint32_t gic_acknowledge(void);
void gic_end(uint32_t interrupt);

#endif
