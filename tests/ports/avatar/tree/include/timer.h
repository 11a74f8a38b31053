/* SPDX-License-Identifier: MIT */
#ifndef __TIMER_H__
#define __TIMER_H__

#include "avatar_types.h"

static inline uint64_t read_cntfrq_el0(void)
{
    uint64_t hertz;

    asm volatile("mrs %0, cntfrq_el0" : "=r"(hertz));
    return hertz;
}

static inline uint64_t read_cntpct_el0(void)
{
    uint64_t ticks;

    asm volatile("mrs %0, cntpct_el0" : "=r"(ticks));
    return ticks;
}

#endif
