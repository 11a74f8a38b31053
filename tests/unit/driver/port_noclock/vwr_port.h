/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_NOCLOCK_H
#define VWR_PORT_NOCLOCK_H

/*
 * A port for the unit tests: the fake bus and no clock, so waits are counted in steps, which the fake sees.
 * It has no other optional hook.
 */
#define VWR_HOST_NO_CLOCK
#include "../../../../runtime/port/host/vwr_port.h"

#define VWR_PORT_POLLS_PER_US 3u

void fake_relax(void);

static inline void vwr_port_relax(void)
{
    fake_relax();
}
#define vwr_port_relax vwr_port_relax

#endif
