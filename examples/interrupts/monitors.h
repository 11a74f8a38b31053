/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_MONITORS_H
#define INTERRUPTS_MONITORS_H

#include <stdbool.h>

/*
 * Has the CPU's performance monitors count instructions, at EL1 and EL2, in their counter 0 (PMEVCNTR0_EL0).
 * false: they cannot. QEMU's can under -icount only.
 */
bool monitors_start(void);

#endif
