/* SPDX-License-Identifier: MIT */
#include "hyp.h"

#define CONTROL_MASK 2u
#define CNTHCTL_GUEST_MAY_READ 3u

void timer_reset(void)
{
    WRITE_SYS(cnthctl_el2, CNTHCTL_GUEST_MAY_READ);
    WRITE_SYS(cntvoff_el2, READ_SYS(cntpct_el0)); /* its time begins at 0 */
    WRITE_SYS(cntv_ctl_el0, 0);
    WRITE_SYS(cntkctl_el1, 0);
}

/*
 * The line stays up until the guest has set its timer anew, and would interrupt us again and again: it is
 * masked at the timer, which the guest undoes when it sets it.
 */
void timer_interrupt(struct guest *g)
{
    WRITE_SYS(cntv_ctl_el0, READ_SYS(cntv_ctl_el0) | CONTROL_MASK);
    isb();
    vgic_pend(&g->vgic, INTID_TIMER);
    g->stats.timer++;
}
