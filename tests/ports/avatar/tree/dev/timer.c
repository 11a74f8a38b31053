/* SPDX-License-Identifier: MIT */
#include "timer.h"
#include "gic.h"
#include "avatar_types.h"
#include "exception.h"
#include "io.h"
#include "task/task.h"
#include "os_cfg.h"

/* A test case may call it as well: without timer_init no interrupt does. */
void handle_timer_interrupt(uint64_t *sp);
void handle_timer_interrupt(uint64_t *sp)
{
#if HV == 1
    write_cnthp_tval_el2(TIMER_TVAL_VALUE);
#else
    write_cntp_tval_el0(TIMER_TVAL_VALUE);
#endif
    timer_tick_schedule(sp);
}

void timer_init()
{
    write_cnthp_tval_el2(TIMER_TVAL_VALUE);
    write_cnthp_ctl_el2(1);
    irq_install(TIMER_VECTOR, handle_timer_interrupt);
    gic_enable_int(TIMER_VECTOR, 1);
    gic_set_ipriority(TIMER_VECTOR, 1);
}
