/* SPDX-License-Identifier: MIT */
#include "vwr/wait.h"

void vwr_wait_begin(struct vwr_wait *w, uint32_t us)
{
    w->from = vwr_port_time_us();
    w->passed = 0;
    w->limit = VWR_PORT_HAS_CLOCK ? us : (uint64_t)us * VWR_PORT_POLLS_PER_US;
}

bool vwr_wait_more(struct vwr_wait *w)
{
    vwr_port_relax();
    w->passed = VWR_PORT_HAS_CLOCK ? vwr_port_time_us() - w->from : w->passed + 1;
    return w->passed < w->limit;
}
