/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Requests during recovery: takes them back from the queue, then replays or returns them. */

/* Inserts into the replay list before `end`, in submission order; numbers wrap. */
static void request_insert(struct vwr_requestq *q, struct vwr_req *r, const struct vwr_req *end)
{
    struct vwr_req **at = &q->replay;

    while (*at != end && r->number - (*at)->number <= ~(uint32_t)0 / 2)
        at = &(*at)->next;
    r->next = *at;
    *at = r;
}

void vwr_request_take_back(struct vwr_requestq *q, int reason)
{
    /* left over from an earlier recovery; older requests are inserted before them */
    const struct vwr_req *const waiting = q->replay;

    for (unsigned i = 0; i < q->slot_count; i++) {
        struct vwr_request_slot *const s = &q->slots[i];
        struct vwr_req *const r = vwr_slot_request(s);

        if (r == NULL)
            continue;
        r->number = s->chain.number;
        s->chain.state = VWR_CHAIN_FREE; /* the reset has unmapped its data */
        /* result for a request that cannot be replayed, which stays in flight until then */
        r->result = q->stopped_by != VWR_OK ? q->stopped_by : reason;
        request_insert(q, r, waiting);
    }
    q->queue.last_used = q->queue.added; /* nothing is in flight */
    request_set_replays(q, q->replay);
    q->last_check = 0;
    q->cancelling = false;
}

/* Returns the request to the caller, either through reap or by waking the waiter. */
void vwr_request_return_(struct vwr_requestq *q, struct vwr_req *r)
{
    r->state = VWR_REQ_IDLE;
    vwr_count_add(&q->stats.returned, 1);
    if (!r->internal || r->sleeper)
        vwr_request_complete_(q, r);
}

void vwr_request_give_back(struct vwr_requestq *q)
{
    while (q->replay != NULL) {
        struct vwr_req *const r = q->replay;

        request_set_replays(q, r->next);
        vwr_request_return_(q, r);
    }
}

void vwr_request_resume(struct vwr_requestq *q)
{
    q->stopped_by = VWR_OK;
    vwr_request_set_runs_(q, true);
    if (q->options->replay)
        vwr_request_send_again_(q);
    else
        vwr_request_give_back(q);
}

/* ---- replay: only with options->replay ---- */

/*
 * Replays are refused for requests that must not run twice (as decided by the class), for abandoned requests,
 * and after too many attempts, in case the device fails each time.
 */
static int request_send_one_again(struct vwr_requestq *q, struct vwr_req *r)
{
    const struct vwr_request_class *const cls = VWR_REQUESTQ_CLASS(q);
    struct vwr_req *const list = q->replay;
    int n;

    if (r->replays >= q->options->replays || (cls->may_replay != NULL && !cls->may_replay(r)))
        return VWR_ERESET; /* abandoned requests have the maximum number of replays */
    if (!r->splits)
        r->offset = 0;            /* the fast path does not set it */
    request_set_replays(q, NULL); /* allows vwr_request_send() to take a slot */
    n = vwr_request_send(q, r);
    request_set_replays(q, list);
    return n;
}

/* Sends as many requests as fit, in order. The others wait for free descriptors or the next recovery. */
void vwr_request_send_again_(struct vwr_requestq *q)
{
    if (q->dev->state != VWR_DEV_LIVE) /* recovery has set up the queue, but the device is not running yet */
        return;
    while (q->replay != NULL && q->queue.layout != VWR_LAYOUT_STOPPED) {
        struct vwr_req *const r = q->replay;
        struct vwr_req *const next = r->next;
        const int n = request_send_one_again(q, r);

        if (n == VWR_EFULL && vwr_queue_in_flight(&q->queue) != 0)
            break;
        request_set_replays(q, next);
        if (n == VWR_OK) {
            vwr_count_add(&q->stats.replayed, 1);
            r->replays++;
        } else {
            vwr_request_return_(q, r);
        }
    }
    (void)vwr_queue_kick(&q->queue);
}

/* ---- cancelling all requests in flight, by resetting a single queue ---- */

/* The device has completed the queue reset: sets up the queue again. */
static int request_restart(struct vwr_requestq *q, unsigned index)
{
    int r;

    vwr_request_take_back(q, VWR_ERESET);
    r = vwr_request_add_queue_(q, index);
    if (r == VWR_OK)
        vwr_request_set_runs_(q, true);
    else
        (void)vwr_request_stop(q, r);
    vwr_request_give_back(q);
    return r;
}

int vwr_request_cancel(struct vwr_requestq *q)
{
    const unsigned index = vwr_queue_index(&q->queue);
    const bool begun = q->cancelling;
    int r;

    if (q->dev == NULL || q->dev->state != VWR_DEV_LIVE || !q->queue.runs ||
        (!begun && vwr_queue_state(&q->queue) != VWR_OK)) {
        q->cancelling = false;
        return VWR_EFAILED;
    }
    if (!begun && vwr_dev_reset_queue_begin(q->dev, index) != VWR_OK)
        return VWR_EUNSUPP;
    r = vwr_dev_reset_queue_poll(q->dev, index, &q->fault);
    if (!begun && r == VWR_EUNSUPP) /* the queue continues to work */
        return r;
    vwr_queue_stop(&q->queue, VWR_ERESET);
    q->cancelling = true;
    if (r == VWR_OK)
        return request_restart(q, index);
    if (r == VWR_EBUSY)
        return r;
    q->cancelling = false;
    vwr_dev_write_failed(q->dev);
    (void)vwr_request_stop(q, r);
    return r;
}

/* ---- memory of requests in flight ---- */

static void request_each_range(const struct vwr_req *r, vwr_request_range each, void *context)
{
    const struct vwr_vec *const vec = vwr_request_vecs(r);
    uint64_t skip = r->splits ? r->offset : 0; /* the fast path does not set it */
    uint64_t left = r->bytes;

    for (uint32_t i = 0; i < vwr_request_vec_count(r) && left != 0; i++) {
        const size_t at = skip < vec[i].bytes ? (size_t)skip : vec[i].bytes;
        const size_t rest = vec[i].bytes - at;
        const size_t bytes = rest < left ? rest : (size_t)left;

        if (bytes != 0)
            each(context, r, (uint8_t *)vec[i].p + at, bytes);
        left -= bytes;
        skip -= at;
    }
}

void vwr_request_lost(const struct vwr_requestq *q, vwr_request_range each, void *context)
{
    for (unsigned i = 0; i < q->slot_count; i++)
        if (vwr_slot_request(&q->slots[i]) != NULL)
            request_each_range(vwr_slot_request(&q->slots[i]), each, context);
    for (const struct vwr_req *r = q->replay; r != NULL; r = r->next)
        request_each_range(r, each, context);
}
