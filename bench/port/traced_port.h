/* SPDX-License-Identifier: MIT */
#ifndef BENCH_TRACED_PORT_H
#define BENCH_TRACED_PORT_H

/* The bare-metal port with a trace. Used to measure the size of the trace. */
#include "../../runtime/port/aarch64/vwr_port.h"

struct vwr_trace;

/* An arbitrary address: the program is linked, but never run. */
static inline struct vwr_trace *vwr_port_trace(void)
{
    return (struct vwr_trace *)0x40100000u;
}
#define vwr_port_trace vwr_port_trace

#endif
