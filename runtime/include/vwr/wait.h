/* SPDX-License-Identifier: MIT */
#ifndef VWR_WAIT_H
#define VWR_WAIT_H

#include "vwr/base.h"

VWR_BEGIN_C

/**
 * DOC: Bounded waits
 *
 * Every wait in the library ends after a time limit, measured with the port's clock. If the port has no
 * clock, the wait counts iterations. With ticks (vwr_port_ticks()), an iteration counts as 1 plus the number
 * of ticks that passed. Without ticks, an iteration counts as 1, and a sleep counts as its length in
 * microseconds. Waits are therefore bounded even without a clock.
 *
 * Start a wait only after a first poll has failed, so that the clock is not read if there is no need to wait.
 */

/**
 * struct vwr_wait - A wait with a time limit
 * @from: Start time in microseconds. Without a clock, the tick count that was read last.
 * @passed: Time waited so far, in the unit of @limit.
 * @limit: Limit in microseconds or, without a clock, in iterations.
 *
 * Each wait has one owner, who keeps it on the stack or in a structure.
 */
struct vwr_wait {
    uint64_t from;
    uint64_t passed;
    uint64_t limit;
};

/**
 * vwr_wait_begin() - Start a wait
 * @w: Wait; it need not be initialised.
 * @us: Time limit in microseconds.
 */
void vwr_wait_begin(struct vwr_wait *w, uint32_t us);

/**
 * vwr_wait_count() - Count one iteration on a port without a clock
 * @ticks: Tick count that was read last; updated.
 *
 * Return: Number of iterations to count for this one, at least 1.
 */
static inline uint64_t vwr_wait_count(uint64_t *ticks)
{
#if VWR_PORT_HAS_TICKS
    const uint32_t now = vwr_port_ticks();
    const uint32_t since = now - (uint32_t)*ticks; /* ticks may wrap */

    *ticks = now;
    return 1 + (uint64_t)since * VWR_PORT_TICK_US * VWR_PORT_POLLS_PER_US;
#else
    (void)ticks;
    return 1;
#endif
}

/**
 * vwr_wait_slept() - Account for a sleep on a port that has neither clock nor ticks
 * @w: Wait.
 * @us: Length of the sleep in microseconds.
 */
static inline void vwr_wait_slept(struct vwr_wait *w, uint32_t us)
{
    if (!VWR_PORT_HAS_CLOCK && !VWR_PORT_HAS_TICKS)
        w->passed += (uint64_t)us * VWR_PORT_POLLS_PER_US;
}

/**
 * vwr_wait_more() - Test whether the time limit has not been reached yet
 * @w: Wait.
 *
 * Call it once per iteration of a polling loop; it calls vwr_port_relax(). When it returns false,
 * poll once more before failing.
 *
 * Context: Any context, including an interrupt handler. Does not wait. It takes one iteration.
 * Return: true if time is left.
 */
bool vwr_wait_more(struct vwr_wait *w);

VWR_END_C

#endif
