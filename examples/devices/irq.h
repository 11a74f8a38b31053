/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_IRQ_H
#define DEVICES_IRQ_H

#include "bus.h"

/* Interrupts of all devices. They only end a sleep: the loop in main.c does the work. */

/* Enables interrupts; no device is connected yet. */
void irq_start(void);

/* Connects a device. */
void irq_add(const struct bus_device *b);

/* Number of interrupts so far. */
uint32_t irq_count(void);

/* Sleeps until there are more than `seen`, at most `us` microseconds. */
void irq_sleep(uint32_t seen, uint32_t us);

#endif
