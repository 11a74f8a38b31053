/* SPDX-License-Identifier: MIT */
#ifndef VAULT_PORT_H
#define VAULT_PORT_H

/* The port of the host, and a trace of all that the driver does. */
#include "../../../runtime/port/host/vwr_port.h"

struct vwr_trace;
extern struct vwr_trace vault_trace;

static inline struct vwr_trace *vwr_port_trace(void)
{
    return &vault_trace;
}
#define vwr_port_trace vwr_port_trace

#endif
