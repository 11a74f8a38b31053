/* SPDX-License-Identifier: MIT */
#include "vwr/wait.h"

void vwr_wait_begin(struct vwr_wait *w, uint32_t us)
{
    w->from = VWR_PORT_HAS_CLOCK ? vwr_port_time_us() : vwr_port_ticks();
    w->passed = 0;
    w->limit = VWR_PORT_HAS_CLOCK ? us : (uint64_t)us * VWR_PORT_POLLS_PER_US;
}

bool vwr_wait_more(struct vwr_wait *w)
{
    vwr_port_relax();
    if (VWR_PORT_HAS_CLOCK)
        w->passed = vwr_port_time_us() - w->from;
    else
        w->passed += vwr_wait_count(&w->from);
    return w->passed < w->limit;
}
