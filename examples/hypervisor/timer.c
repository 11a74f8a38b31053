/* SPDX-License-Identifier: MIT */
#include "hyp.h"

#define CONTROL_ENABLE 1u
#define CONTROL_MASK 2u
#define CNTHCTL_GUEST_MAY_READ 3u
#define TICK_US 1000000u
#define MICROSECONDS 1000000u

void timer_reset(void)
{
    WRITE_SYS(cnthctl_el2, CNTHCTL_GUEST_MAY_READ);
    WRITE_SYS(cntvoff_el2, READ_SYS(cntpct_el0)); /* its time starts at 0 */
    WRITE_SYS(cntv_ctl_el0, 0);
    WRITE_SYS(cntkctl_el1, 0);
}

/*
 * The line stays asserted until the guest reprograms its timer, and would interrupt repeatedly: masks it at
 * the timer, which the guest undoes when it programs it.
 */
void timer_interrupt(struct guest *g)
{
    WRITE_SYS(cntv_ctl_el0, READ_SYS(cntv_ctl_el0) | CONTROL_MASK);
    isb();
    vgic_pend(&g->vgic, INTID_TIMER);
    g->stats.timer++;
}

/* Programming an emulated timer is expensive, so an earlier deadline is kept. */
static void set(uint64_t due)
{
    struct guest *const g = guest_here();

    if (g->timer_due > READ_SYS(cntpct_el0) && g->timer_due <= due)
        return;
    g->timer_due = due;
    WRITE_SYS(cnthp_cval_el2, due);
    WRITE_SYS(cnthp_ctl_el2, CONTROL_ENABLE);
    isb();
}

uint64_t timer_after(unsigned us)
{
    const uint64_t due = READ_SYS(cntpct_el0) + us * (READ_SYS(cntfrq_el0) / MICROSECONDS);

    set(due);
    return due;
}

bool timer_is_due(uint64_t due)
{
    if (READ_SYS(cntpct_el0) >= due)
        return true;
    set(due);
    return false;
}

/* Periodically checks the deadlines of the real devices. */
void timer_tick(void)
{
    (void)timer_after(TICK_US);
    real_tick();
    sound_tick(guest_here());
    iommu_tick();
    for (unsigned i = 0; i < guest_count; i++)
        window_release(&guests[i], false);
}
