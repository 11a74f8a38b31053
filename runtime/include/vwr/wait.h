/* SPDX-License-Identifier: MIT */
#ifndef VWR_WAIT_H
#define VWR_WAIT_H

#include "vwr/base.h"

VWR_BEGIN_C

/*
 * A bounded wait: by the port's clock, or, where the port has none, by counting: each turn of the
 * loop, what its ticks are worth if it has some, and otherwise each sleep by its length. So a wait
 * has an end whatever the port lacks. A wait begins when it is set up, so whoever looks once before
 * waiting pays nothing for the clock. Context: any; each wait has one owner.
 */
struct vwr_wait {
    uint64_t from;   /* the clock, or with a port that has none, the ticks that were counted last */
    uint64_t passed; /* so far, in the unit of limit */
    uint64_t limit;  /* microseconds, or turns */
};

void vwr_wait_begin(struct vwr_wait *w, uint32_t us);

/* Without a clock: the turns that one more turn is worth; *ticks are those that were counted last. */
static inline uint64_t vwr_wait_turn(uint64_t *ticks)
{
    const uint32_t now = vwr_port_ticks();
    const uint32_t since = now - (uint32_t)*ticks; /* ticks may wrap */

    if (!VWR_PORT_HAS_TICKS)
        return 1;
    *ticks = now;
    return 1 + (uint64_t)since * VWR_PORT_TICK_US * VWR_PORT_POLLS_PER_US;
}

/* There was a sleep of `us` microseconds in this turn. */
static inline void vwr_wait_slept(struct vwr_wait *w, uint32_t us)
{
    if (!VWR_PORT_HAS_CLOCK && !VWR_PORT_HAS_TICKS)
        w->passed += (uint64_t)us * VWR_PORT_POLLS_PER_US;
}

/* One turn of the loop. False when the time is over: look once more, then give up. */
bool vwr_wait_more(struct vwr_wait *w);

VWR_END_C

#endif
