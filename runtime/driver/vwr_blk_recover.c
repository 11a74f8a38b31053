/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/*
 * Bringing a stopped disk back. What was lent to the device stays the device's until it has
 * acknowledged a reset; only then are requests taken back, to be sent again or returned.
 *
 * No step waits for the device, or asks it more than a little: the configuration is looked at twice in
 * a step, and a reset that was acknowledged is not made again.
 *
 *     RUNNING -> STOPPED -> RESETTING -> RUNNING
 *                             |   ^  |
 *                   no answer +---+  +-> DEAD (reset acknowledged, but it does not start)
 *                             +--------> LOST (no reset acknowledged, memory stays lent;
 *                                              -> RUNNING or DEAD, if it acknowledges one late)
 */

enum vwr_blk_stage vwr_blk_get_stage(const struct vwr_blk *b)
{
    if (b->stage == VWR_BLK_RUNNING && b->dev->state != VWR_DEV_LIVE)
        return VWR_BLK_STOPPED;
    return (enum vwr_blk_stage)b->stage;
}

/* Into a list in the order of submission. */
static void insert(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    struct vwr_blk_req **at = &q->replay;

    while (*at != NULL && r->number - (*at)->number <= ~0u / 2) /* numbers wrap */
        at = &(*at)->next;
    r->next = *at;
    *at = r;
}

enum step { STEP_RESET, STEP_CONFIG, STEP_QUEUES };

/* The reset is acknowledged: what was on its way is ours again. */
static void take_back(struct vwr_blk_requestq *q)
{
    for (unsigned i = 0; i < q->slot_count; i++) {
        struct vwr_blk_req *const r = q->slots[i].req;

        if (r == NULL)
            continue;
        q->slots[i].req = NULL;
        /* if it cannot be sent again; until then it stays on its way */
        r->result = q->stopped_by != VWR_OK ? q->stopped_by : q->blk->stopped_by;
        insert(q, r);
    }
    q->queue.last_used = q->queue.added; /* nothing is on its way any more */
    q->overdue = false;
    q->looked = 0;
}

/* To the caller, through reap, or to whoever waits. */
static void give_back(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    r->slot = NULL;
    vwr_count_add(&q->stats.returned, 1);
    if (r != &q->blk->req) /* the caller of that one waits for it, or has gone */
        vwr_blk_hand_over(q, r);
    else
        q->blk->abandoned = false;
}

/*
 * Appends may have been carried out; what a call that waited had asked for is of no use any more; and a
 * device that answers resets only would be asked for ever.
 */
static bool may_be_sent_again(const struct vwr_blk *b, const struct vwr_blk_req *r)
{
    const unsigned replays = b->options.replays != 0 ? b->options.replays : VWR_BLK_REPLAYS;

    return r->type != VWR_BLK_T_ZONE_APPEND && !(r == &b->req && b->abandoned) && r->replays < replays;
}

/* Sends again what there is room for, in order; the rest waits for room, or for the end of the recovery. */
void vwr_blk_send_again(struct vwr_blk_requestq *q)
{
    while (q->replay != NULL && vwr_blk_get_stage(q->blk) == VWR_BLK_RUNNING) {
        struct vwr_blk_req *const r = q->replay;
        const uint32_t number = r->number;
        int n = VWR_ERESET;

        if (may_be_sent_again(q->blk, r)) {
            vwr_blk_write_range(q, r);
            n = vwr_blk_send(q, r);
            r->number = number; /* it stays before those that wait, should the disk stop again */
        }
        if (n == VWR_EFULL && vwr_queue_in_flight(&q->queue) != 0)
            break;
        q->replay = r->next;
        if (n == VWR_OK) {
            vwr_count_add(&q->stats.replayed, 1);
            r->replays++;
        } else {
            give_back(q, r);
        }
    }
    (void)vwr_queue_kick(&q->queue);
}

static void return_all(struct vwr_blk *b)
{
    for (unsigned i = 0; i < b->queue_count; i++) {
        struct vwr_blk_requestq *const q = vwr_blk_get_queue(b, i);

        while (q->replay != NULL) {
            struct vwr_blk_req *const r = q->replay;

            q->replay = r->next;
            give_back(q, r);
        }
    }
}

/* Why the disk is stopped, for queues that have not seen it: as the first has that knows. */
static int reason(struct vwr_blk *b)
{
    for (unsigned i = 0; i < b->queue_count; i++)
        if (vwr_blk_get_queue(b, i)->stopped_by != VWR_OK)
            return vwr_blk_get_queue(b, i)->stopped_by;
    return b->dev->fault.kind != VWR_FAULT_NONE ? VWR_FAULT_RESULT(b->dev->fault.kind) : VWR_EFAILED;
}

static int begin_reset(struct vwr_blk *b)
{
    vwr_dev_reset_begin(b->dev);
    b->stage = VWR_BLK_RESETTING;
    b->step = STEP_RESET;
    return VWR_EBUSY;
}

static int begin(struct vwr_blk *b)
{
    if (b->stopped_by == VWR_OK)
        b->stopped_by = reason(b);
    for (unsigned i = 0; i < b->queue_count; i++)
        vwr_queue_stop(&vwr_blk_get_queue(b, i)->queue, VWR_ERESET);
    return begin_reset(b);
}

/* A reset has not been answered, or the device does not start: once more, or it is given up. */
static int again(struct vwr_blk *b, enum vwr_blk_stage otherwise)
{
    if (++b->tries < VWR_BLK_RECOVERY_TRIES)
        return begin(b);
    b->stage = (uint8_t)otherwise;
    if (otherwise == VWR_BLK_DEAD)
        return_all(b);
    return VWR_EFAILED;
}

/* The device has let go of everything: from the beginning. */
static int restart(struct vwr_blk *b)
{
    for (unsigned i = 0; i < b->queue_count; i++)
        take_back(vwr_blk_get_queue(b, i));
    if (vwr_blk_agree(b) != VWR_OK)
        return again(b, VWR_BLK_DEAD);
    b->step = STEP_CONFIG;
    b->looks = 0;
    return VWR_EBUSY;
}

static int read_info(struct vwr_blk *b)
{
    const int r = vwr_blk_try_info(b);

    if (r == VWR_EBUSY && ++b->looks < VWR_CONFIG_TRIES / 2)
        return r;
    if (r == VWR_EBUSY)
        (void)vwr_dev_give_up(b->dev, VWR_FAULT_CONFIG, 0, VWR_CONFIG_TRIES);
    if (r != VWR_OK)
        return again(b, VWR_BLK_DEAD);
    if (vwr_blk_must_agree_again(b))
        return begin_reset(b);
    b->step = STEP_QUEUES;
    return VWR_EBUSY;
}

static int start(struct vwr_blk *b)
{
    const unsigned queues = b->queue_count;

    if (vwr_blk_start_queues(b) != VWR_OK || b->queue_count != queues) {
        b->queue_count = queues;
        return again(b, VWR_BLK_DEAD);
    }
    b->tries = 0;
    b->stage = VWR_BLK_RUNNING;
    for (unsigned i = 0; i < queues; i++) {
        vwr_blk_get_queue(b, i)->stopped_by = VWR_OK;
        if (b->options.policy == VWR_BLK_REPLAY)
            vwr_blk_send_again(vwr_blk_get_queue(b, i));
    }
    if (b->options.policy != VWR_BLK_REPLAY)
        return_all(b);
    b->stopped_by = VWR_OK;
    if (b->info.sectors != b->sectors_before && b->options.resized != NULL)
        b->options.resized(b, b->sectors_before, b->options.context);
    return VWR_OK;
}

/* A lost disk may acknowledge its last reset yet. */
static int poll_reset(struct vwr_blk *b)
{
    const int r = vwr_dev_reset_poll(b->dev);

    if (r == VWR_EBUSY)
        return r;
    if (r != VWR_OK)
        return b->stage == VWR_BLK_LOST ? VWR_EFAILED : again(b, VWR_BLK_LOST);
    b->stage = VWR_BLK_RESETTING;
    return restart(b);
}

int vwr_blk_recover(struct vwr_blk *b)
{
    switch (vwr_blk_get_stage(b)) {
    case VWR_BLK_RUNNING:
        return VWR_OK;
    case VWR_BLK_STOPPED:
        b->sectors_before = b->info.sectors;
        return begin(b);
    case VWR_BLK_RESETTING:
        return b->step == STEP_RESET ? poll_reset(b) : b->step == STEP_CONFIG ? read_info(b) : start(b);
    case VWR_BLK_LOST:
        return poll_reset(b);
    default:
        return VWR_EFAILED;
    }
}
