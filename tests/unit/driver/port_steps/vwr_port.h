/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_STEPS_H
#define VWR_PORT_STEPS_H

/*
 * A port for the unit tests: the fake bus, and barriers that call the test. The order of accesses between two
 * barriers is unspecified, so a device that acts at barriers and between calls meets every possible order.
 */
#define vwr_port_mb vwr_host_mb
#define vwr_port_rmb vwr_host_rmb
#define vwr_port_wmb vwr_host_wmb
#include "../../../../runtime/port/host/vwr_port.h"
#undef vwr_port_mb
#undef vwr_port_rmb
#undef vwr_port_wmb

void fake_barrier(void);

static inline void vwr_port_mb(void)
{
    vwr_host_mb();
    fake_barrier();
}

static inline void vwr_port_rmb(void)
{
    vwr_host_rmb();
    fake_barrier();
}

static inline void vwr_port_wmb(void)
{
    vwr_host_wmb();
    fake_barrier();
}

static inline void steps_release(void)
{
    vwr_port_release();
    fake_barrier();
}
#undef vwr_port_release
#define vwr_port_release steps_release

#endif
