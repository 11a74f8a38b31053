/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_TRACE_H
#define VWR_PORT_TRACE_H

/* A port for the unit tests: the fake bus, and a trace at the address that the test has set. */
#include "../../../../runtime/port/host/vwr_port.h"

struct vwr_trace;
extern struct vwr_trace *fake_trace;

static inline struct vwr_trace *vwr_port_trace(void)
{
    return fake_trace;
}
#define vwr_port_trace vwr_port_trace

#endif
