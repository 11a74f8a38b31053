/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_PORT_H
#define INTERRUPTS_PORT_H

#include "vwr_port.h" /* runtime/port/aarch64, with VWR_AARCH64_WFI */

/*
 * The aarch64 port with a counter of sleeps, including the library's own. The hook checks the word again,
 * with the same result: interrupts are masked before this check.
 */
extern uint32_t sleeps;

static inline void idle_counted(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    const uint64_t before = vwr_port_mask_interrupts();

    if (*word == seen)
        sleeps++;
    vwr_port_idle(word, seen, us);
    vwr_port_restore_interrupts(before);
}
#undef vwr_port_idle
#define vwr_port_idle idle_counted

#endif
