/* SPDX-License-Identifier: MIT */
#include "task/task.h"

/* There is one task. */
void timer_tick_schedule(uint64_t *sp)
{
    (void)sp;
}
