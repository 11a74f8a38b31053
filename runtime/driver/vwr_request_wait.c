/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Waiting for a request: a bounded poll, then sleeps. */

#define REQUEST_SLEEP_US 10000u /* longest sleep; then the clock and the device are checked */
#define REQUEST_CUT_SHORT \
    8u /* a sleep in which the device has interrupted counts for this part of its time */

/*
 * Sleeps, if that can be done, until something may have come. Answers how long, in microseconds, as far as
 * that can be known: an interrupt may have ended it early, but one after the other must not put the deadline
 * off for ever.
 */
static VWR_COLD uint32_t request_sleep(struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_waiter *const waiter = vwr_requestq_waiter(q);
    const uint32_t seen = *q->irqs;

    if (!vwr_queue_arm(&q->queue, 1))
        return 0;
    if (waiter != NULL) {
        r->sleeper = true;
        q->sleepers++;
        waiter->sleep(waiter->context, r, REQUEST_SLEEP_US);
        q->sleepers--;
        r->sleeper = false;
    } else {
        vwr_port_idle(q->irqs, seen, REQUEST_SLEEP_US);
    }
    if (!vwr_requestq_has_sleepers(q)) /* the others rely on it */
        vwr_queue_disarm(&q->queue);
    return *q->irqs == seen ? REQUEST_SLEEP_US : REQUEST_SLEEP_US / REQUEST_CUT_SHORT;
}

/*
 * Whoever got something and leaves asks for the next interrupt on behalf of those who still sleep: what
 * they had asked for was for what has come. There is room for requests of a recovery then.
 */
static VWR_COLD void request_leave_to_sleepers(struct vwr_requestq *q)
{
    struct vwr_req *done = NULL;
    int n = 0;

    while (!vwr_queue_arm(&q->queue, 1) && (n = vwr_request_get(q, &done)) > 0)
        vwr_request_complete(q, done);
    if (n < 0)
        (void)vwr_request_stop(q, n);
    else if (vwr_requestq_has_replays(q))
        vwr_requestq_replay(q)->send_again(q);
}

/* One poll: 1: something has come back; 0; or why the queue is stopped. */
static int request_poll(struct vwr_requestq *q, struct vwr_req *r, bool check, bool last)
{
    struct vwr_req *done = NULL;
    int n = vwr_request_get(q, &done);

    if (n > 0 && vwr_request_is_other(done, r))
        vwr_request_complete(q, done);
    if (n > 0 && vwr_requestq_has_replays(q))
        vwr_requestq_replay(q)->send_again(q);
    if (n == 0 && q->dev->state != VWR_DEV_LIVE)
        return vwr_request_not_live(q);
    if (n == 0 && check)
        n = vwr_dev_poll_status(q->dev, &q->fault);
    if (n == 0 && last)
        n = vwr_request_timed_out(q, r != NULL ? r : vwr_requestq_slot(q, 0)->req);
    return n < 0 ? vwr_request_stop(q, n) : n;
}

/* The queue is stopped. Brings the device back, if that is asked for and nobody else has a queue of it. */
static VWR_COLD int request_revive(struct vwr_requestq *q, int reason)
{
    const struct vwr_replay *const replay = vwr_requestq_replay(q);
    int r = VWR_EBUSY;

    if (replay == NULL || replay->recover == NULL || q->cancelling)
        return reason;
    while (r == VWR_EBUSY) /* each poll of a reset is one of its wait, with vwr_port_relax */
        r = replay->recover(q->recovery, replay->cls);
    return r == VWR_OK ? VWR_OK : reason;
}

/* Is it time to poll the device's status? Also where each poll sleeps, and few of them make a deadline. */
static bool request_is_check_due(const struct vwr_wait *wait, uint32_t polls, uint64_t *checked)
{
    if (polls % REQUEST_CHECK_POLLS != 0 && wait->passed - *checked < wait->limit / REQUEST_CHECKS)
        return false;
    *checked = wait->passed;
    return true;
}

/* Waits until `r`, or with NULL anything, has come back. VWR_OK, or why the queue is stopped. */
static VWR_COLD int request_wait_until(struct vwr_requestq *q, struct vwr_req *r)
{
    struct vwr_wait wait;
    uint64_t checked = 0;
    bool more = true;
    int n;

    vwr_wait_begin(&wait, q->options->timeout_us);
    for (uint32_t polls = 1;; polls++) {
        n = request_poll(q, r, !more || request_is_check_due(&wait, polls, &checked), !more);
        /* somebody else may have reaped `r`, or a recovery has returned it */
        if (r != NULL ? r->state != VWR_REQ_IN_FLIGHT : n > 0)
            break;
        if (n < 0) {
            n = request_revive(q, n);
            if (n != VWR_OK || r == NULL)
                return n;
            vwr_wait_begin(&wait, q->options->timeout_us);
            checked = 0;
            more = true;
            continue; /* the recovery may have returned `r` */
        }
        more = vwr_wait_more(&wait);
        if (vwr_requestq_can_sleep(q, r) && polls > q->options->spin)
            vwr_wait_slept(&wait, request_sleep(q, r));
    }
    if (vwr_requestq_has_sleepers(q))
        request_leave_to_sleepers(q);
    return VWR_OK;
}

int vwr_request_wait_for(struct vwr_requestq *q, struct vwr_req *r)
{
    const int n = r->state == VWR_REQ_IN_FLIGHT ? request_wait_until(q, r) : VWR_OK;

    if (n == VWR_OK)
        return r->result;
    if (r->internal)
        vwr_req_abandon(r);
    return n;
}

int vwr_request_make_room(struct vwr_requestq *q)
{
    if (!VWR_WITH_ASYNC || vwr_queue_in_flight(&q->queue) == 0) /* then it is the caller's own */
        return VWR_EFULL;
    (void)vwr_queue_kick(&q->queue);
    return request_wait_until(q, NULL);
}
