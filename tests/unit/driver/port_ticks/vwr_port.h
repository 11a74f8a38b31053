/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_TICKS_H
#define VWR_PORT_TICKS_H

/*
 * A port for the unit tests: the fake bus, no clock, the ticks of a kernel whose timer interrupts ten times
 * per second, and an idle hook. The test decides when a tick passes.
 */
#define VWR_HOST_NO_CLOCK
#include "../../../../runtime/port/host/vwr_port.h"

#define VWR_PORT_TICK_US 100000u
#define VWR_PORT_POLLS_PER_US 3u

uint32_t test_ticks(void);
void test_idle(uint32_t us);
void fake_relax(void);

static inline uint32_t vwr_port_ticks(void)
{
    return test_ticks();
}
#define vwr_port_ticks vwr_port_ticks

static inline void vwr_port_relax(void)
{
    fake_relax();
}
#define vwr_port_relax vwr_port_relax

static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    if (*word == seen)
        test_idle(us);
}
#define vwr_port_idle vwr_port_idle

#endif
