/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/gen/status.h"

/*
 * A monitor that follows the rings for one in N notifications. It starts before a notification and stops when
 * the buffers of that notification have been used, so that it judges them completely. Then it pauses. The
 * position within each N notifications is random, so that it does not fall into step with a pattern in the
 * driver's notifications.
 */

/* Maximum number of notifications to follow at once, because a driver may always have buffers in flight. */
#define MONITOR_WINDOW 64u

/*
 * Generates a random number below the limit. It need not be unpredictable, so a linear congruential generator
 * (Knuth, Lewis) suffices.
 */
static uint32_t monitor_draw(struct vwr_monitor *m, uint32_t below)
{
    m->lot = m->lot * 1664525u + 1013904223u;
    return (m->lot >> 16) * below >> 16;
}

/* Stops following a queue. Its buffers in flight are no longer known. */
void vwr_monitor_forget_(struct vwr_monitor_queue *q)
{
    for (uint32_t i = 0; i < q->size && q->in_flight != 0; i++) {
        q->entry[i].owner = MONITOR_NONE;
        q->entry[i].count = 0;
    }
    q->in_flight = q->covered = q->unknown = q->doubt = 0;
    q->followed = q->is_marked = false;
    q->expects_kick = q->expects_interrupt = q->is_kick_due = q->kicked_idle = false;
}

/* Stops following a queue until it is set up again. */
void vwr_monitor_unfollow_(struct vwr_monitor_queue *q)
{
    vwr_monitor_forget_(q);
    q->waits = false;
}

void vwr_monitor_pause(struct vwr_monitor *m)
{
    for (uint32_t i = 0; i < m->s.queue_count; i++) {
        struct vwr_monitor_queue *const q = &m->s.queue[i];

        q->waits |= q->followed;
        vwr_monitor_forget_(q);
    }
    if (m->s.net)
        vwr_monitor_net_forget_(m);
}

/*
 * Whether the buffers of the first notification have been used, or the monitor must not wait for them any
 * longer.
 */
static bool monitor_is_over(const struct vwr_monitor *m)
{
    const struct vwr_monitor_queue *const q = &m->s.queue[m->kicked];

    return m->window >= MONITOR_WINDOW || !q->followed || (m->judges && q->in_flight == 0 && q->doubt == 0);
}

/*
 * Counts a notification and returns whether to judge it. The monitor returns to a packed ring only at a
 * notification. At other times, the driver may be writing a list whose first descriptor is not written yet,
 * which would look like a list in flight.
 */
bool vwr_monitor_count_(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    if (m->rest > 1) {
        m->rest--;
        return false;
    }
    if (m->rest == 0 && m->window < MONITOR_WINDOW)
        m->window++;
    m->rest = 0;
    if (!m->judges) {
        m->kicked = (uint16_t)(q - m->s.queue);
        m->judges = m->window != 0 && !q->waits && q->doubt == 0;
    }
    if (q->waits && q->packed) {
        vwr_monitor_return_(m, q);
        return false;
    }
    return true;
}

/* Called before the driver's next notification. Returns whether the monitor is now paused. */
bool vwr_monitor_begin_pause_(struct vwr_monitor *m)
{
    uint32_t next;

    if (!monitor_is_over(m) ||
        (m->status & (VWR_STATUS_DRIVER_OK | VWR_STATUS_SUSPEND)) != VWR_STATUS_DRIVER_OK)
        return false;
    next = monitor_draw(m, m->s.one_in);
    m->rest = (m->s.one_in - 1u - m->drawn + next) * m->window;
    m->drawn = (uint16_t)next;
    m->window = 0;
    m->judges = false;
    if (m->rest == 0)
        return false;
    m->sent = m->raised = 0; /* their completion will not be observed */
    vwr_monitor_pause(m);
    return true;
}

/*
 * Follows a queue again. The next notification or interrupt may be due to earlier events that the monitor has
 * not seen.
 */
void vwr_monitor_return_(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    q->first = q->last = 0;
    q->is_quiet = false;
    q->expects_kick = q->has_new = q->has_gap = true;
    if (q->packed)
        vwr_monitor_return_packed_(m, q);
    else
        vwr_monitor_return_split_(m, q);
    q->waits = !q->followed;
}
