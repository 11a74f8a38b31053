/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Completes requests to the polling owner. A poll that finds nothing checks for timeouts. */

int vwr_request_get(struct vwr_requestq *q, struct vwr_req **r)
{
    struct vwr_chain *chain = NULL;
    const int n = vwr_queue_get_used(&q->queue, &chain);

    if (chain == NULL)
        return n < 0 ? n : 0;
    *r = request_finish(q, chain, VWR_REQUESTQ_CLASS(q));
    return 1;
}

/* Completes a request on behalf of another caller. */
void vwr_request_complete_(struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_waiter *const waiter = VWR_ASYNC(q->options->waiter, NULL);

    if (waiter != NULL && r->sleeper) {
        waiter->wake(waiter->context, r);
        return;
    }
    r->next = NULL;
    r->state = VWR_REQ_COMPLETED;
    *q->done_end = r;
    q->done_end = &r->next;
}

/*
 * Returns a request that has exceeded its timeout, or NULL. The timeout of a request starts at the first
 * check after it was submitted.
 */
static const struct vwr_req *request_find_overdue(struct vwr_requestq *q, uint64_t now, uint64_t limit)
{
    const struct vwr_req *overdue = NULL;

    for (unsigned i = 0; i < VWR_ASYNC(q->slot_count, 1u); i++) {
        struct vwr_request_slot *const s = vwr_requestq_slot(q, i);
        struct vwr_req *const r = vwr_slot_request(s);

        if (r == NULL)
            continue;
        if (s->chain.number - q->seen <= ~(uint32_t)0 / 2) /* wraps */
            r->since = now;
        if (now - r->since >= limit)
            overdue = r;
    }
    q->seen = q->queue.added;
    return overdue;
}

/*
 * Called if nothing has completed. Checks the device and the timeouts. A request times out only at the second
 * check that finds it overdue, so that the ring is polled in between.
 */
static int request_watch(struct vwr_requestq *q)
{
    const uint32_t us = q->options->timeout_us;
    const uint64_t limit = VWR_PORT_HAS_CLOCK ? us : (uint64_t)us * VWR_PORT_POLLS_PER_US;
    uint64_t now;
    bool again;
    int r = VWR_OK;

    if (q->dev->state != VWR_DEV_LIVE)
        return vwr_request_not_live_(q);
    if (!VWR_PORT_HAS_CLOCK)
        q->passed += vwr_wait_count(&q->ticks);
    now = VWR_PORT_HAS_CLOCK ? vwr_port_time_us() : q->passed;
    if (++q->polls % REQUEST_CHECK_POLLS == 0 || now - q->last_check >= limit / REQUEST_CHECKS)
        r = vwr_dev_poll_status(q->dev, &q->fault);
    if (r != VWR_OK)
        return vwr_request_stop(q, r);
    if (now - q->last_check < limit / REQUEST_CHECKS && q->overdue == NULL)
        return VWR_OK;
    q->last_check = now;
    again = q->overdue != NULL;
    q->overdue =
        VWR_REQUESTQ_CLASS(q)->timeout == VWR_FAULT_NONE ? NULL : request_find_overdue(q, now, limit);
    if (q->overdue == NULL || !again)
        return VWR_OK;
    return vwr_request_stop(q, vwr_request_timed_out_(q, q->overdue));
}

/* Ends a reap that returned `n` requests; `found` is the last result of the queue. */
static int request_empty(struct vwr_requestq *q, unsigned n, int found)
{
    if (n == 0)
        return found < 0 ? vwr_request_stop(q, found) : request_watch(q);
    request_send_replays(q);
    return (int)n;
}

static struct vwr_req *request_pop_done(struct vwr_requestq *q)
{
    struct vwr_req *const r = q->done;

    q->done = r->next;
    if (q->done == NULL)
        q->done_end = &q->done;
    r->state = VWR_REQ_IDLE;
    return r;
}

/* First returns completed requests, then used buffers; then sends pending replays. */
int vwr_request_reap_more_(struct vwr_requestq *q, struct vwr_req **done, unsigned n, unsigned max)
{
    int found = 0;

    while (n < max && VWR_ASYNC(q->done, NULL) != NULL)
        done[n++] = request_pop_done(q);
    while (n < max && (found = vwr_request_get(q, &done[n])) > 0)
        n++;
    return request_empty(q, n, found);
}

int vwr_request_reap(struct vwr_requestq *q, struct vwr_req **done, unsigned max)
{
    return vwr_request_reap_more_(q, done, 0, max);
}

int vwr_request_service(struct vwr_requestq *q, unsigned budget)
{
    struct vwr_req *done = NULL;
    unsigned n = 0;
    int found = 0;

    do {
        while (n < budget && (found = vwr_request_get(q, &done)) > 0) {
            vwr_request_complete_(q, done);
            n++;
        }
    } while (n < budget && found == 0 && VWR_ASYNC(q->sleepers, 0) != 0 && !vwr_queue_arm(&q->queue, 1));
    return request_empty(q, n, found);
}
