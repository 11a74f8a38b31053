/* SPDX-License-Identifier: MIT */
#include "vwr/vblk.h"

#include "watch.h"

/*
 * A guest's disk, a window of the real one. Each request may cost the guest a notification and an interrupt;
 * this file decides which of them can be omitted.
 */
#define HOLD_US 1000u
#define HOLD_GAIN 3u      /* minimum number of completions while an interrupt is held back */
#define HOLD_OFF 64u      /* number of interrupts not held back after a delay without gain */
#define HOLD_OFF_IDLE 32u /* the same, if the guest was waiting for it */

unsigned window_quiet;

/* Number of requests in flight for its disk. */
static unsigned in_flight(const struct guest *g)
{
    return g->disk != NULL ? vwr_vqueue_in_flight(&g->disk->queue[0]) : 0;
}

/* The interrupt of its disk: a line, or the message that the guest has assigned to the queue. */
static bool is_of_disk(const struct guest *g, unsigned line)
{
    return g->disk != NULL && line == (g->pci != NULL ? pci_message_of(g->disk_function) : g->disk->line);
}

/*
 * An interrupt costs a guest two traps on MMIO, to read its cause and to acknowledge it, and each makes it
 * send new requests one by one, with a notification each. The disk's interrupt is held back while the guest
 * is busy, because more requests may complete meanwhile: until it idles, or for HOLD_US. If there is no gain,
 * the next ones are delivered immediately: either a single request was delayed for nothing, or the guest came
 * to wait for it, which is one more trap.
 */
bool window_hold(struct guest *g, unsigned line)
{
    if (!is_of_disk(g, line))
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
 * Notifications are traps, and unnecessary while the disk has several of this guest's requests: new ones are
 * polled when one of them completes, or when the guest is idle.
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
    if (!vwr_vdev_arm(g->disk, &g->disk->queue[0])) {
        if (g == guest_here())
            vwr_vdev_serve(g->disk, 0);
        else
            devices_again(g->disk, 0); /* charged to its own CPU */
        if (WATCHED)
            watch_disks();
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
