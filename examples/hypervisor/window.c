/* SPDX-License-Identifier: MIT */
#include "vwr/vblk.h"

#include "hyp.h"

/*
 * A guest's disk, a window of the real one. Each of its requests may cost the guest a notification and an
 * interrupt; what of them it can do without is decided here.
 */
#define HOLD_US 1000u
#define HOLD_GAIN 3u      /* requests that have to come meanwhile */
#define HOLD_OFF 64u      /* interrupts that are not held back after it was not worth it */
#define HOLD_OFF_IDLE 32u /* the same, if the guest has waited for nothing but this */

unsigned window_quiet;

/* Requests that its disk has. */
static unsigned in_flight(const struct guest *g)
{
    return g->disk != NULL ? vwr_vqueue_in_flight(&g->disk->queue[0]) : 0;
}

/*
 * An interrupt costs a guest two traps, one to see the reason and one to acknowledge it. That of its disk is
 * held back while it is busy, since meanwhile more requests may be done: until it waits, or for HOLD_US. If
 * that gains nothing, the next ones come at once: a single request has waited for nothing, or the guest has
 * come to wait for it, which is one trap more.
 */
bool window_hold(struct guest *g, unsigned line)
{
    if (g->disk == NULL || line != g->disk->line)
        return false;
    if (g->idle || g->held.off != 0) {
        if (g->held.off != 0)
            g->held.off--;
        return false;
    }
    if (g->held.line == 0) {
        g->held.line = line;
        g->held.taken = g->disk->queue[0].stats.chains;
        g->held.due = timer_after(HOLD_US);
    }
    return true;
}

void window_release(struct guest *g, bool idle)
{
    const unsigned line = g->held.line;
    uintptr_t gain;

    if (line == 0 || (!idle && !timer_is_due(g->held.due)))
        return;
    g->held.line = 0;
    window_serve(g);
    gain = g->disk->queue[0].stats.chains - g->held.taken;
    if (!idle && gain < HOLD_GAIN)
        g->held.off = HOLD_OFF;
    else if (idle && gain == 0 && in_flight(g) == 0)
        g->held.off = HOLD_OFF_IDLE;
    guest_interrupt(g, line);
}

/*
 * Notifications are traps, and not needed while the disk is busy with several of this guest's requests: when
 * one of them is done, or when the guest has nothing to do any more, we poll for new ones.
 */
void window_notified(struct guest *g)
{
    if (in_flight(g) < 2u && g->held.line == 0)
        return;
    window_quiet |= 1u << g->number;
    vwr_vqueue_disarm(&g->disk->queue[0]);
}

void window_serve(struct guest *g)
{
    if ((window_quiet & 1u << g->number) == 0)
        return;
    window_quiet &= ~(1u << g->number);
    if (!vwr_vqueue_arm(&g->disk->queue[0])) {
        if (g == guest_here())
            vwr_vdev_serve(g->disk, 0);
        else
            devices_again(g->disk, 0); /* it costs its own CPU */
    }
    window_notified(g);
}

bool window_busy(const struct guest *g)
{
    return g->disk != NULL && vwr_vblk_in_flight((const struct vwr_vblk *)g->disk) != 0;
}

void window_reset(struct guest *g)
{
    g->held.line = 0;
    window_quiet &= ~(1u << g->number);
}
