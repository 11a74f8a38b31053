/* SPDX-License-Identifier: MIT */
#include "timer.h"
#include "avatar_types.h"
#include "io.h"
#include "task/task.h"
#include "os_cfg.h"

/* The tests call it: no interrupt comes in the stand-in. */
void handle_timer_interrupt(uint64_t *sp);
void handle_timer_interrupt(uint64_t *sp)
{
    timer_tick_schedule(sp);
}
