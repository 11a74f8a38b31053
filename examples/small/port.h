/* SPDX-License-Identifier: MIT */
#ifndef SMALL_PORT_H
#define SMALL_PORT_H

#include "vwr_port.h" /* the machine's own */

/* Adds the hook for a trace, for trace.c; NULL in all other examples: no trace. */
struct vwr_trace;
extern struct vwr_trace *board_trace;

static inline struct vwr_trace *vwr_port_trace(void)
{
    return board_trace;
}
#define vwr_port_trace vwr_port_trace

#endif
