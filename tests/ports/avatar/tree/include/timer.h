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

static inline void write_cntp_tval_el0(uint64_t val)
{
    asm volatile("msr cntp_tval_el0, %0" : : "r"(val));
}

static inline void write_cnthp_ctl_el2(uint64_t val)
{
    asm volatile("msr cnthp_ctl_el2, %0" : : "r"(val));
}

static inline uint64_t read_cnthp_ctl_el2(void)
{
    uint64_t value;

    asm volatile("mrs %0, cnthp_ctl_el2" : "=r"(value));
    return value;
}

static inline void write_cnthp_tval_el2(uint64_t val)
{
    asm volatile("msr cnthp_tval_el2, %0" : : "r"(val));
}

void timer_init();

#endif
