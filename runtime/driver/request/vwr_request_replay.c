/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* Requests are sent again after a recovery: reached through options->replay alone. */

/*
 * Some may have been carried out already, which the class knows; what a call that has ended had asked for is
 * of no use any more; and a device that answers resets only would be asked for ever.
 */
static bool request_may_replay(const struct vwr_requestq *q, const struct vwr_req *r)
{
    if (r->replays >= q->options->replays) /* abandoned ones too */
        return false;
    return vwr_requestq_class(q)->may_replay == NULL || vwr_requestq_class(q)->may_replay(r);
}

static int request_send_one_again(struct vwr_requestq *q, struct vwr_req *r)
{
    struct vwr_req *const list = q->replay;
    int n;

    if (!request_may_replay(q, r))
        return VWR_ERESET;
    if (!r->splits)
        r->offset = 0;            /* which the fast path does not write */
    request_set_replays(q, NULL); /* the slots are for it */
    n = vwr_request_send(q, r);
    request_set_replays(q, list);
    return n;
}

/* What there is room for, in order; the rest waits for room, or for the end of the next recovery. */
void vwr_request_send_again(struct vwr_requestq *q)
{
    if (q->dev->state != VWR_DEV_LIVE) /* a recovery has set up the queue, and the device does not run yet */
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
            vwr_request_return(q, r);
        }
    }
    (void)vwr_queue_kick(&q->queue);
}
