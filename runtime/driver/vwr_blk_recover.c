/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/* A disk's part of a recovery: recovery.h has the steps. */

static struct vwr_blk *blk_of(struct vwr_recovery *v)
{
    return (struct vwr_blk *)(void *)v;
}

static struct vwr_requestq *blk_requests(struct vwr_blk *b, unsigned index)
{
    return &vwr_blk_get_queue(b, index)->requests;
}

static bool blk_is_stopped(const struct vwr_recovery *v)
{
    struct vwr_blk *const b = (struct vwr_blk *)(uintptr_t)v;

    for (unsigned i = 0; i < b->queue_count; i++)
        if (vwr_request_is_stopped(blk_requests(b, i)))
            return true;
    return false;
}

static int blk_reason(const struct vwr_recovery *v)
{
    struct vwr_blk *const b = (struct vwr_blk *)(uintptr_t)v;

    for (unsigned i = 0; i < b->queue_count; i++)
        if (blk_requests(b, i)->stopped_by != VWR_OK)
            return blk_requests(b, i)->stopped_by;
    return VWR_OK;
}

static void blk_stop(struct vwr_recovery *v)
{
    struct vwr_blk *const b = blk_of(v);

    b->sectors_before = b->info.sectors != 0 ? b->info.sectors : b->sectors_before;
    for (unsigned i = 0; i < b->queue_count; i++)
        vwr_queue_stop(&blk_requests(b, i)->queue, VWR_ERESET);
}

static void blk_take_back(struct vwr_recovery *v)
{
    struct vwr_blk *const b = blk_of(v);

    for (unsigned i = 0; i < b->queue_count; i++)
        vwr_request_take_back(blk_requests(b, i), v->stopped_by);
}

static int blk_agree(struct vwr_recovery *v)
{
    return vwr_blk_agree(blk_of(v));
}

static int blk_configure(struct vwr_recovery *v)
{
    return vwr_blk_configure(blk_of(v));
}

static int blk_start(struct vwr_recovery *v)
{
    const int r = vwr_blk_add_queue(blk_of(v));

    if (r == VWR_EBUSY) /* the device uses the queue, in spite of its reset */
        return VWR_EFAILED;
    return r > 0 ? VWR_EBUSY : r;
}

static void blk_resume(struct vwr_recovery *v)
{
    struct vwr_blk *const b = blk_of(v);

    for (unsigned i = 0; i < b->queue_count; i++)
        vwr_request_resume(blk_requests(b, i));
    if (b->info.sectors != b->sectors_before && b->options.resized != NULL)
        b->options.resized(b, b->sectors_before, b->options.context);
}

static void blk_give_back(struct vwr_recovery *v)
{
    struct vwr_blk *const b = blk_of(v);

    for (unsigned i = 0; i < b->queue_count; i++)
        vwr_request_give_back(blk_requests(b, i));
}

static const struct vwr_recovery_class blk_recovery = {
    .is_stopped = blk_is_stopped,
    .reason = blk_reason,
    .stop = blk_stop,
    .take_back = blk_take_back,
    .agree = blk_agree,
    .configure = blk_configure,
    .start = blk_start,
    .resume = blk_resume,
    .give_back = blk_give_back,
};

enum vwr_stage vwr_blk_get_stage(const struct vwr_blk *b)
{
    return vwr_recovery_stage(&b->recovery, &blk_recovery);
}

int vwr_blk_recover(struct vwr_blk *b)
{
    return vwr_recover(&b->recovery, &blk_recovery);
}

int vwr_blk_freeze(struct vwr_blk *b)
{
    return vwr_freeze(&b->recovery, &blk_recovery);
}

static int blk_recover(struct vwr_recovery *v)
{
    return vwr_blk_recover(blk_of(v));
}

const struct vwr_replay vwr_blk_replay = {.send_again = vwr_request_send_again, .recover = blk_recover};
