/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/* A disk's calls of its recovery: recovery.h has the steps, vwr_blk.c the disk's part. */

enum vwr_stage vwr_blk_get_stage(const struct vwr_blk *b)
{
    return vwr_recovery_stage(&b->recovery, &vwr_blk_recovery);
}

int vwr_blk_recover(struct vwr_blk *b)
{
    return vwr_recover(&b->recovery, &vwr_blk_recovery);
}

int vwr_blk_freeze(struct vwr_blk *b)
{
    return vwr_freeze(&b->recovery, &vwr_blk_recovery);
}

static int blk_recover_alone(struct vwr_recovery *v)
{
    return blk_of(v)->queue_count == 1 ? vwr_blk_recover(blk_of(v)) : VWR_EFAILED;
}

const struct vwr_replay vwr_blk_replay = {.send_again = vwr_request_send_again, .recover = blk_recover_alone};
