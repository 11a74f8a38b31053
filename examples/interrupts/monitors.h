/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_MONITORS_H
#define INTERRUPTS_MONITORS_H

#include <stdbool.h>

/*
 * Counts instructions at EL1 and EL2 in counter 0 of the CPU's performance monitors (PMEVCNTR0_EL0). false:
 * not supported. QEMU supports it only with -icount.
 */
bool monitors_start(void);

#endif
