/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/gen/status.h"

/*
 * A monitor that follows the rings for one of many notifications. It begins before a notification, and goes
 * on until the buffers of that one have come back, so that it judges them in full. Then it rests for as many
 * notifications as make one of N followed: that one is drawn in each N, so that no pattern of the driver is
 * in step with it.
 */

/* Notifications that it follows at most: a driver may always have something in flight. */
#define MONITOR_WINDOW 64u /* not the specification's */

/* Draws a number below the limit. It need not surprise anybody: Knuth's and Lewis's generator. */
static uint32_t monitor_draw(struct vwr_monitor *m, uint32_t below)
{
    m->lot = m->lot * 1664525u + 1013904223u; /* not the specification's */
    return (m->lot >> 16) * below >> 16;
}

/* Stops following a queue: what is in flight is not known any more. */
void vwr_monitor_forget(struct vwr_monitor_queue *q)
{
    for (uint32_t i = 0; i < q->size && q->in_flight != 0; i++) {
        q->entry[i].owner = MONITOR_NONE;
        q->entry[i].count = 0;
    }
    q->in_flight = q->covered = q->unknown = q->doubt = 0;
    q->followed = q->is_marked = false;
    q->owes_kick = q->owes_interrupt = q->is_kick_due = q->kicked_idle = false;
}

static void monitor_leave(struct vwr_monitor_queue *q)
{
    vwr_monitor_forget(q);
    q->waits = true;
}

/* Whether the buffers of the first notification have come back, or the monitor waits no longer. */
static bool monitor_is_over(const struct vwr_monitor *m)
{
    const struct vwr_monitor_queue *const q = &m->s.queue[m->kicked];

    return m->window >= MONITOR_WINDOW || !q->followed || (m->judges && q->in_flight == 0 && q->doubt == 0);
}

/*
 * A notification. Returns whether it is judged. The monitor comes back to a packed ring here, where the
 * driver has nothing to hide: lists that it has written but for their first descriptor look like those in
 * flight.
 */
bool vwr_monitor_count(struct vwr_monitor *m, struct vwr_monitor_queue *q)
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
        vwr_monitor_return(m, q);
        return false;
    }
    return true;
}

/* Before the driver's next notification. Returns whether the monitor rests from here on. */
bool vwr_monitor_rest(struct vwr_monitor *m)
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
    m->sent = m->raised = 0; /* their ends are not seen */
    for (uint32_t i = 0; i < m->s.queues; i++)
        if (m->s.queue[i].followed)
            monitor_leave(&m->s.queue[i]);
    if (m->s.net)
        vwr_monitor_net_forget(m);
    return true;
}

/*
 * Follows a queue again. What happened before is unknown: it may be what the next notification, or the next
 * interrupt, is for.
 */
void vwr_monitor_return(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    q->first = q->last = 0;
    q->is_quiet = false;
    q->owes_kick = q->has_new = q->was_away = true;
    if (q->packed)
        vwr_monitor_return_packed(m, q);
    else
        vwr_monitor_return_split(m, q);
    q->waits = !q->followed;
}
