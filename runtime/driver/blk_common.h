/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_BLK_COMMON_H
#define VWR_DRIVER_BLK_COMMON_H

#include "vwr/blk.h"
#include "vwr/blk_rules.h"

/* Between the files of the disk's driver. */

/* vwr_blk.c */
extern const struct vwr_recovery_class vwr_blk_recovery;
bool vwr_blk_set_capacity(
    struct vwr_blk *b); /* it is that of b->info; true: another one, resized was called */

/* vwr_blk_class.c */
extern const struct vwr_request_class vwr_blk_class;

/* vwr_blk_request.c: does this disk, with these features, have requests of the type; can one be submitted
 * now? */
int vwr_blk_check_row(const struct vwr_blk *b, const struct vwr_request *row);
int vwr_blk_check_state(const struct vwr_blk_requestq *q, const struct vwr_blk_req *r);

/* vwr_blk_io.c: for the calls that wait, with b->req: filled and checked, `bytes` of data */
int vwr_blk_run(struct vwr_blk *b, uint64_t bytes);

static inline struct vwr_blk *blk_of(struct vwr_recovery *v)
{
    return (struct vwr_blk *)(void *)v;
}

/* Memory of VWR_BLK_SMALL_BYTES for the device, of the calls that wait. */
static inline void *blk_small(const struct vwr_blk *b)
{
    return vwr_request_more(&b->first.requests, VWR_BLK_SMALL_BYTES);
}

/* True if a call that waits may be made now. */
static inline bool blk_is_usable(const struct vwr_blk *b)
{
    return b->first.requests.queue.layout != VWR_LAYOUT_STOPPED && b->recovery.dev->state == VWR_DEV_LIVE &&
           b->req.req.state == VWR_REQ_IDLE;
}

static inline const struct vwr_blk_limit *blk_limit(const struct vwr_blk *b, uint32_t type)
{
    const unsigned row = vwr_blk_limit_row(type);

    return row < VWR_BLK_REQUEST_LIMIT_COUNT ? &b->info.limit[row] : NULL;
}

static inline int blk_check_sectors(const struct vwr_blk *b, uint64_t sector, uint64_t count)
{
    return vwr_blk_check_sectors(sector, count, b->info.sectors, b->block_mask);
}

#endif
