/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/*
 * Waits for a request: polls for a bounded time, then sleeps. Returns when the request has completed, or with
 * a result which means that it is still in flight (vwr/result.h). After the queue has stopped, the device may
 * access the request's memory until the reset is acknowledged.
 */

#define REQUEST_SLEEP_US 10000u /* maximum sleep between checks of the clock and the device */
/* Of its own frame, so that the stack of a recovery does not include it. */
#if VWR_WITH_RECOVERY
#define REQUEST_APART VWR_OUT_OF_LINE
#else
#define REQUEST_APART
#endif
#define REQUEST_CUT_SHORT 8u /* a sleep that was interrupted counts as the maximum divided by this number */

/* Sleeps until another thread completes the request, or for the maximum time. Returns the time. */
static VWR_COLD uint32_t request_sleep_until_woken(struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_waiter *const waiter = VWR_ASYNC(q->options->waiter, NULL);

    r->sleeper = true;
    q->sleepers++;
    waiter->sleep(waiter->context, r, REQUEST_SLEEP_US);
    q->sleepers--;
    r->sleeper = false;
    return REQUEST_SLEEP_US;
}

/*
 * Sleeps, if possible, until something may have completed. Returns an estimate of the time slept in
 * microseconds: an interrupt may have ended the sleep early, but repeated interrupts must not postpone the
 * deadline forever.
 */
static VWR_COLD uint32_t request_sleep(struct vwr_requestq *q, struct vwr_req *r)
{
    const uint32_t seen = *q->irqs;

    if (!vwr_queue_arm(&q->queue, 1))
        return 0;
    if (VWR_ASYNC(q->options->waiter, NULL) != NULL) {
        (void)request_sleep_until_woken(q, r);
    } else {
        vwr_port_idle(q->irqs, seen, REQUEST_SLEEP_US);
    }
    if (VWR_ASYNC(q->sleepers, 0) == 0) /* other sleepers need the interrupt */
        vwr_queue_disarm(&q->queue);
    return *q->irqs == seen ? REQUEST_SLEEP_US : REQUEST_SLEEP_US / REQUEST_CUT_SHORT;
}

static bool request_is_frozen(const struct vwr_requestq *q)
{
    return q->bringup->stage == VWR_STAGE_FREEZING || q->bringup->stage == VWR_STAGE_FROZEN;
}

/*
 * Whether, while this call sleeps, another thread resets the device or this queue, or keeps it frozen. That
 * thread will complete or replay the request afterwards.
 */
static bool request_is_being_reset(const struct vwr_requestq *q, const struct vwr_req *r)
{
    if (VWR_ASYNC(q->options->waiter, NULL) == NULL || r == NULL)
        return false;
    return q->cancelling ||
           (VWR_WITH_RECOVERY && (q->bringup->stage == VWR_STAGE_RESETTING || request_is_frozen(q)));
}

/*
 * Called before a caller whose request has completed returns. Arms the interrupt for the remaining sleepers,
 * because the interrupt that they had armed was consumed. Also sends pending replays, as there are free
 * descriptors now.
 */
static VWR_COLD void request_leave_to_sleepers(struct vwr_requestq *q)
{
    struct vwr_req *done = NULL;
    int n = 0;

    while (!vwr_queue_arm(&q->queue, 1) && (n = vwr_request_get(q, &done)) > 0)
        vwr_request_complete_(q, done);
    if (n < 0)
        (void)vwr_request_stop(q, n);
    else
        request_send_replays(q);
}

/* Polls once. 1: a request has completed; 0: none has; negative: the reason why the queue is stopped. */
static int request_poll(struct vwr_requestq *q, struct vwr_req *r, bool check, bool last)
{
    struct vwr_req *done = NULL;
    int n = vwr_request_get(q, &done);

    if (n > 0 && VWR_WITH_ASYNC && done != r)
        vwr_request_complete_(q, done);
    if (n > 0)
        request_send_replays(q);
    if (n == 0 && q->dev->state != VWR_DEV_LIVE)
        return vwr_request_not_live_(q);
    if (n == 0 && check)
        n = vwr_dev_poll_status(q->dev, &q->fault);
    if (n == 0 && last)
        n = vwr_request_timed_out_(q, r != NULL ? r : vwr_slot_request(vwr_requestq_slot(q, 0)));
    return n < 0 ? vwr_request_stop(q, n) : n;
}

/*
 * Called if the queue is stopped. Recovers the device if this is enabled and no other thread uses one of its
 * queues, and returns whether the queue runs again. A frozen device stays frozen.
 */
static VWR_COLD bool request_recover(struct vwr_requestq *q)
{
    int r = VWR_EBUSY;

    if (!VWR_RECOVERY(q->options->replay, false) || q->cancelling || request_is_frozen(q))
        return false;
    while (r == VWR_EBUSY) /* each poll calls vwr_port_relax() once */
        r = q->bringup->recover(q->bringup);
    return r == VWR_OK;
}

/*
 * Whether to poll the device status. This also depends on the time, because there are only few polls per
 * deadline if polls sleep.
 */
static bool request_is_check_due(const struct vwr_wait *wait, uint32_t polls, uint64_t *checked)
{
    if (polls % REQUEST_CHECK_POLLS != 0 && wait->passed - *checked < wait->limit / REQUEST_CHECKS)
        return false;
    *checked = wait->passed;
    return true;
}

/*
 * Ends the wait for a request that has not completed. VWR_OK: the request was waiting to be resubmitted, and
 * is now complete, because the device has not owned it since the reset. Otherwise, the result reports which
 * side owns it (vwr/result.h).
 */
static VWR_COLD int request_leave(struct vwr_requestq *q, struct vwr_req *r, int reason)
{
    struct vwr_req **at = &q->replay;

    if (r == NULL) /* the caller waited for free descriptors; nothing was sent */
        return VWR_EFAILED;
    while (VWR_RECOVERY(*at, NULL) != NULL && *at != r)
        at = &(*at)->next;
    if (VWR_RECOVERY(*at, NULL) == NULL)
        return vwr_result_is_in_flight(reason) ? reason : VWR_EINFLIGHT;
    *at = r->next;
    request_set_replays(q, q->replay);
    vwr_count_add(&q->stats.returned, 1);
    r->state = VWR_REQ_IDLE;
    return VWR_OK;
}

struct request_deadline {
    struct vwr_wait wait;
    uint64_t checked;
    uint8_t replays; /* replay count of the request at the start */
    bool more;
    bool in_reset; /* a reset was in progress at the last poll */
};

/* Whether a reset by another thread was in progress at the last poll. */
static bool request_is_in_reset(const struct request_deadline *t)
{
    return VWR_WITH_ASYNC && t->in_reset;
}

/* Whether another thread's recovery has ended or has replayed the request. */
static VWR_COLD bool request_starts_anew(const struct vwr_requestq *q, const struct vwr_req *r,
                                         const struct request_deadline *t)
{
    return VWR_WITH_RECOVERY && r != NULL && r->state == VWR_REQ_IN_FLIGHT &&
           (r->replays != t->replays || (request_is_in_reset(t) && !request_is_being_reset(q, r)));
}

/* Called after a poll without a result. Sleeps if possible. */
static VWR_COLD void request_pass_time(struct vwr_requestq *q, struct vwr_req *r, struct request_deadline *t,
                                       uint32_t polls)
{
    t->more = vwr_wait_more(&t->wait);
    if (request_is_in_reset(t)) /* a reset raises no interrupt */
        vwr_wait_slept(&t->wait, request_sleep_until_woken(q, r));
    else if (polls > q->options->spin &&
             (VWR_ASYNC(q->options->waiter, NULL) != NULL ? r != NULL : VWR_PORT_HAS_IDLE))
        vwr_wait_slept(&t->wait, request_sleep(q, r));
}

/*
 * Polls until `r` has completed or, if it is NULL, any request. 1: another thread's recovery restarts the
 * deadline; negative: the reason why the queue is stopped.
 */
static VWR_COLD REQUEST_APART int request_poll_until(struct vwr_requestq *q, struct vwr_req *r)
{
    struct request_deadline t;

    vwr_wait_begin(&t.wait, q->options->timeout_us);
    t.checked = 0;
    t.replays = r != NULL ? r->replays : 0;
    t.more = true;
    t.in_reset = false;
    for (uint32_t polls = 1; !request_starts_anew(q, r, &t); polls++) {
        const int n =
            request_poll(q, r, !t.more || request_is_check_due(&t.wait, polls, &t.checked), !t.more);

        /* another thread may have reaped `r`, or a recovery may have returned it */
        if (r != NULL ? r->state != VWR_REQ_IN_FLIGHT : n > 0)
            return VWR_OK;
        if (VWR_WITH_ASYNC)
            t.in_reset = n < 0 && t.more && request_is_being_reset(q, r);
        if (n < 0 && !request_is_in_reset(&t))
            return n;
        request_pass_time(q, r, &t, polls);
    }
    return 1;
}

/*
 * Waits until `r` has completed or, if it is NULL, any request. Returns VWR_OK, or the result of
 * request_leave(). The deadline is restarted by each recovery of this call, which replays `r` at most
 * options->replays times, and by the same number of recoveries by other threads.
 */
static VWR_COLD int request_wait_until(struct vwr_requestq *q, struct vwr_req *r)
{
    unsigned renewals = q->options->replays;
    int n;

    while ((n = request_poll_until(q, r)) != VWR_OK) {
        if (n < 0 ? !request_recover(q) : renewals-- == 0)
            return request_leave(q, r, n < 0 ? n : VWR_EINFLIGHT);
        if (r == NULL)
            return VWR_OK;
    }
    if (VWR_ASYNC(q->sleepers, 0) != 0)
        request_leave_to_sleepers(q);
    return VWR_OK;
}

int vwr_request_make_room(struct vwr_requestq *q)
{
    if (!VWR_WITH_ASYNC || vwr_queue_in_flight(&q->queue) == 0) /* the caller has taken all requests */
        return VWR_EFULL;
    (void)vwr_queue_kick(&q->queue);
    return request_wait_until(q, NULL);
}

int vwr_request_wait(struct vwr_requestq *q, struct vwr_req *r)
{
    const int n = r->state == VWR_REQ_IN_FLIGHT ? request_wait_until(q, r) : VWR_OK;
    struct vwr_req **at = &q->done;

    if (n != VWR_OK) {
        if (r->internal)
            vwr_req_abandon(r);
        return n;
    }
    if (!VWR_WITH_ASYNC || r->state != VWR_REQ_COMPLETED)
        return r->result;
    while (*at != r)
        at = &(*at)->next;
    *at = r->next;
    if (*at == NULL)
        q->done_end = at;
    r->state = VWR_REQ_IDLE;
    return r->result;
}

int vwr_request_do_measured_(struct vwr_requestq *q, struct vwr_req *r)
{
    int n = vwr_request_submit_measured_(q, r);

    while (VWR_WITH_ASYNC && n == VWR_EFULL && (n = vwr_request_make_room(q)) == VWR_OK)
        n = vwr_request_submit_measured_(q, r);
    if (n != VWR_OK)
        return n;
    (void)vwr_queue_kick(&q->queue);
    return vwr_request_wait(q, r);
}

int vwr_request_do(struct vwr_requestq *q, struct vwr_req *r)
{
    int n = vwr_request_check_submit(q, r);

    if (n != VWR_OK)
        return n;
    n = vwr_request_measure(r);
    return n == VWR_OK ? vwr_request_do_measured_(q, r) : vwr_request_refuse(q, r, n);
}
