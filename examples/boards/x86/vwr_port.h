/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_X86_VWR_PORT_H
#define BOARDS_X86_VWR_PORT_H

/* The x86-64 port with all options: I/O ports, clock, and a sleep bounded by a timer. */
#include <stdint.h>

extern uint64_t clock_tsc_hz;

void clock_interrupt_in(uint32_t us);

#define VWR_X86_TSC_HZ clock_tsc_hz
#define VWR_X86_PORTS
#define VWR_X86_HLT
#define VWR_X86_HLT_TIMER(us) clock_interrupt_in(us)
#include "../../../runtime/port/x86/vwr_port.h"

#endif
