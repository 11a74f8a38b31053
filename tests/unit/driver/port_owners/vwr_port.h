/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_OWNERS_H
#define VWR_PORT_OWNERS_H

/* A port for the unit tests: the fake bus, and a log that the test reads. */
#include "../../../../runtime/port/host/vwr_port.h"

void fake_log(const char *line);

static inline void vwr_port_log(const char *line)
{
    fake_log(line);
}
#define vwr_port_log vwr_port_log

#endif
