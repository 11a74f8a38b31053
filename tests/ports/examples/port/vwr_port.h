/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_EXAMPLES_H
#define VWR_PORT_EXAMPLES_H

/* The port of a Linux process on the fake bus of tests/unit/driver. Its sleep hook is in host.c. */
#include "../../../../runtime/port/host/vwr_port.h"

void host_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us);
#define vwr_port_idle host_idle

#endif
