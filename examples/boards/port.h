/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_PORT_H
#define BOARDS_PORT_H

#include "vwr_port.h" /* runtime/port, of the board's processor */

/* The library waits as selected on the command line: sleeps until an interrupt, or polls. */
void connect_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us);
#undef vwr_port_idle
#define vwr_port_idle connect_idle

#endif
