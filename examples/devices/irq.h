/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_IRQ_H
#define DEVICES_IRQ_H

#include "bus.h"

/* Interrupts of all devices, which do nothing but end a sleep: the loop of main.c does the work. */

/* Takes interrupts from here on, of no device yet. */
void irq_start(void);

/* Of this one too. */
void irq_add(const struct bus_device *b);

/* Interrupts so far. */
uint32_t irq_count(void);

/* Sleeps until there are more than `seen`, at most `us` microseconds. */
void irq_sleep(uint32_t seen, uint32_t us);

#endif
