/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_GIC_H
#define INTERRUPTS_GIC_H

#include <stdint.h>

/* The interrupt controller: a GICv2, for one CPU. Interrupts are named by their numbers at the controller. */

#define GIC_TIMER 27u  /* the virtual timer of each CPU */
#define GIC_SHARED 32u /* the first line of a device */
#define GIC_NONE 1020u /* from here on: no interrupt at all */

/* Where its registers are, if not where QEMU's virt board has them. */
void gic_place(uintptr_t distributor_at, uintptr_t cpu_interface_at);

void gic_start(void);

/* By the two bits that the controller has for each interrupt. */
enum gic_trigger { GIC_LEVEL = 0, GIC_EDGE = 2 };

/* Lets an interrupt in. One that each CPU has of its own is triggered as it is, whatever is said here. */
void gic_enable(uint32_t interrupt, enum gic_trigger trigger);

/* Makes it come although no device has asked for it. */
void gic_pend(uint32_t interrupt);

/* For the handler: what is to be handled now, or GIC_NONE and above; gic_end when that has been done. */
uint32_t gic_acknowledge(void);
void gic_end(uint32_t interrupt);

#endif
