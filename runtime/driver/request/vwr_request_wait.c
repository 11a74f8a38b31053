/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/*
 * Waiting for a request: a bounded poll, then sleeps. Who waits returns when the request has come back, or
 * with a result that says that it is in flight yet (vwr/result.h): a queue that is stopped says nothing of
 * its memory before the reset is acknowledged.
 */

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
 * Does somebody else reset the device, or this queue of it, while this call sleeps, or keep it reset? Then
 * the request comes back, or is sent again, when they have done so.
 */
static bool request_is_being_reset(const struct vwr_requestq *q, const struct vwr_req *r)
{
    const unsigned stage = q->bringup->stage;

    if (vwr_requestq_waiter(q) == NULL || r == NULL)
        return false;
    return q->cancelling || (VWR_WITH_RECOVERY && (stage == VWR_STAGE_RESETTING ||
                                                   stage == VWR_STAGE_FREEZING || stage == VWR_STAGE_FROZEN));
}

/* No interrupt is asked for: a reset makes none. Who returns the request wakes who sleeps for it. */
static VWR_COLD uint32_t request_sleep_in_reset(struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_waiter *const waiter = vwr_requestq_waiter(q);

    r->sleeper = true;
    q->sleepers++;
    waiter->sleep(waiter->context, r, REQUEST_SLEEP_US);
    q->sleepers--;
    r->sleeper = false;
    return REQUEST_SLEEP_US;
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

    if (n > 0 && VWR_WITH_ASYNC && done != r)
        vwr_request_complete(q, done);
    if (n > 0 && vwr_requestq_has_replays(q))
        vwr_requestq_replay(q)->send_again(q);
    if (n == 0 && q->dev->state != VWR_DEV_LIVE)
        return vwr_request_not_live(q);
    if (n == 0 && check)
        n = vwr_dev_poll_status(q->dev, &q->fault);
    if (n == 0 && last)
        n = vwr_request_timed_out(q, r != NULL ? r : vwr_slot_request(vwr_requestq_slot(q, 0)));
    return n < 0 ? vwr_request_stop(q, n) : n;
}

/*
 * The queue is stopped. Brings the device back, if that is asked for and nobody else has a queue of it; what
 * is frozen stays so.
 */
static VWR_COLD int request_revive(struct vwr_requestq *q, int reason)
{
    const struct vwr_replay *const replay = vwr_requestq_replay(q);
    const unsigned stage = q->bringup->stage;
    int r = VWR_EBUSY;

    if (replay == NULL || replay->recover == NULL || q->cancelling || stage == VWR_STAGE_FREEZING ||
        stage == VWR_STAGE_FROZEN)
        return reason;
    while (r == VWR_EBUSY) /* each poll of a reset is one of its wait, with vwr_port_relax */
        r = replay->recover(q->bringup, replay->cls);
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

/*
 * Takes it out of those that are to be sent again: the device was reset, and does not have it. False: it is
 * not among them.
 */
static VWR_COLD bool request_take_out(struct vwr_requestq *q, struct vwr_req *r)
{
    struct vwr_req **at = &q->replay;

    while (*at != NULL && *at != r)
        at = &(*at)->next;
    if (*at == NULL)
        return false;
    *at = r->next;
    request_set_replays(q, q->replay);
    vwr_count_add(&q->stats.returned, 1);
    r->state = VWR_REQ_IDLE;
    return true;
}

/* The call ends, and its request has not come back. VWR_OK: it has now; or whose it is (vwr/result.h). */
static VWR_COLD int request_leave(struct vwr_requestq *q, struct vwr_req *r, int reason)
{
    if (r == NULL) /* it waited for free descriptors: nothing was sent */
        return VWR_EFAILED;
    if (vwr_requestq_has_replays(q) && request_take_out(q, r))
        return VWR_OK;
    return vwr_result_is_in_flight(reason) ? reason : VWR_EINFLIGHT;
}

struct request_deadline {
    struct vwr_wait wait;
    uint64_t checked;
    unsigned renewals; /* that others' resets may cause yet */
    uint8_t replays;   /* of the request, when it began */
    bool more;
    bool in_reset; /* when it was polled last */
};

static VWR_COLD void request_begin_deadline(const struct vwr_requestq *q, const struct vwr_req *r,
                                            struct request_deadline *t)
{
    vwr_wait_begin(&t->wait, q->options->timeout_us);
    t->checked = 0;
    t->replays = r != NULL ? r->replays : 0;
    t->more = true;
    t->in_reset = false;
}

/* Somebody else's recovery has ended, or has sent the request again: the deadline begins anew. False: not so
 * often. */
static VWR_COLD bool request_renew_deadline(const struct vwr_requestq *q, const struct vwr_req *r,
                                            struct request_deadline *t)
{
    if (!VWR_WITH_RECOVERY || r == NULL || r->state != VWR_REQ_IN_FLIGHT ||
        (r->replays == t->replays && (!t->in_reset || request_is_being_reset(q, r))))
        return true;
    if (t->renewals == 0)
        return false;
    t->renewals--;
    request_begin_deadline(q, r, t);
    return true;
}

/* A turn in which nothing has come back: it ends with a sleep, if that can be done. */
static VWR_COLD void request_pass_time(struct vwr_requestq *q, struct vwr_req *r, struct request_deadline *t,
                                       uint32_t polls)
{
    t->more = vwr_wait_more(&t->wait);
    if (t->in_reset)
        vwr_wait_slept(&t->wait, request_sleep_in_reset(q, r));
    else if (vwr_requestq_can_sleep(q, r) && polls > q->options->spin)
        vwr_wait_slept(&t->wait, request_sleep(q, r));
}

/*
 * Waits until `r`, or with NULL anything, has come back. VWR_OK, or as request_leave. After a recovery the
 * deadline begins anew: of this call's own, which sends `r` again options->replays times at most, and of so
 * many of others.
 */
static VWR_COLD int request_wait_until(struct vwr_requestq *q, struct vwr_req *r)
{
    struct request_deadline t;
    int n;

    t.renewals = q->options->replays;
    request_begin_deadline(q, r, &t);
    for (uint32_t polls = 1;; polls++) {
        if (!request_renew_deadline(q, r, &t))
            return request_leave(q, r, VWR_EINFLIGHT);
        n = request_poll(q, r, !t.more || request_is_check_due(&t.wait, polls, &t.checked), !t.more);
        /* somebody else may have reaped `r`, or a recovery has returned it */
        if (r != NULL ? r->state != VWR_REQ_IN_FLIGHT : n > 0)
            break;
        t.in_reset = n < 0 && t.more && request_is_being_reset(q, r);
        if (n < 0 && !t.in_reset) {
            n = request_revive(q, n);
            if (n != VWR_OK)
                return request_leave(q, r, n);
            if (r == NULL)
                return VWR_OK;
            request_begin_deadline(q, r, &t); /* the recovery may have returned `r` */
        } else {
            request_pass_time(q, r, &t, polls);
        }
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

int vwr_request_wait(struct vwr_requestq *q, struct vwr_req *r)
{
    struct vwr_req **at = &q->done;
    const int n = vwr_request_wait_for(q, r);

    if (r->state != VWR_REQ_COMPLETED)
        return n;
    while (*at != r)
        at = &(*at)->next;
    *at = r->next;
    if (*at == NULL)
        q->done_end = at;
    r->state = VWR_REQ_IDLE;
    return r->result;
}

int vwr_request_do_measured(struct vwr_requestq *q, struct vwr_req *r)
{
    int n = vwr_request_submit_measured(q, r);

    while (n == VWR_EFULL && (n = vwr_request_make_room(q)) == VWR_OK)
        n = vwr_request_submit_measured(q, r);
    if (n != VWR_OK)
        return n;
    (void)vwr_queue_kick(&q->queue);
    return vwr_request_wait(q, r);
}

int vwr_request_do(struct vwr_requestq *q, struct vwr_req *r)
{
    int n = vwr_request_can_submit(q, r);

    if (n == VWR_OK)
        n = vwr_request_measure(r);
    return n == VWR_OK ? vwr_request_do_measured(q, r) : n;
}
