/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_BLK_COMMON_H
#define VWR_DRIVER_BLK_COMMON_H

#include "vwr/blk.h"
#include "vwr/blk_rules.h"
#include "vwr/bytes.h"

/* Interface between the files of the block driver. */

/* vwr_blk.c */
/* applies b->info.sectors; true: it changed, and `resized` was called */
bool vwr_blk_set_capacity_(struct vwr_blk *b);

/* vwr_blk_request.c */
extern const struct vwr_request_class vwr_blk_class;

/*
 * vwr_blk_request.c: checks a request completely and sets r->req.bytes to the size of its data. can_submit
 * also checks the queue. Results: the same as vwr_blk_submit().
 */
int vwr_blk_check_(const struct vwr_blk *b, struct vwr_blk_req *r);
int vwr_blk_can_submit_(struct vwr_blk_requestq *q, struct vwr_blk_req *r);

/* vwr_blk_request.c: records why a request was refused, for vwr_blk_explain. Returns `result`. */
VWR_COLD int vwr_blk_refuse_(struct vwr_blk_requestq *q, const struct vwr_blk_req *r, int result);

/*
 * vwr_blk_request.c: blocking call with b->req, any type, without the checks of vwr_blk_check_(). Results:
 * the same as vwr_blk_read().
 */
int vwr_blk_run_(struct vwr_blk *b, uint32_t type, uint64_t sector, void *p, size_t bytes);

/* Always false in a build without zones. */
static inline bool blk_has_zones(const struct vwr_blk *b)
{
    return VWR_WITH_ZONED && b->info.zone_model != VWR_BLK_Z_NONE;
}

/*
 * Whether a blocking call can start now: VWR_OK, VWR_EFAILED, or VWR_EBUSY while another thread sleeps in
 * such a call.
 */
static inline int blk_can_wait(const struct vwr_blk *b)
{
    return vwr_request_check_submit(&b->first.requests, &b->req.req);
}

/*
 * Requests `bytes` bytes of data from the device, which are stored in *answer. Results: the same as
 * vwr_blk_read().
 */
static inline int blk_ask(struct vwr_blk *b, uint32_t type, void **answer, size_t bytes)
{
    const int r = blk_can_wait(b);
    void *small;

    if (r != VWR_OK)
        return r;
    small = vwr_request_more(&b->first.requests, VWR_BLK_SMALL_BYTES);
    *answer = small;
    vwr_zero(small, bytes); /* the device may write less */
    b->req.req.in = 1;
    return vwr_blk_run_(b, type, 0, small, bytes);
}

static inline const struct vwr_blk_limit *blk_limit(const struct vwr_blk *b, uint32_t type)
{
    const unsigned row = vwr_blk_limit_row(type);

    return row < VWR_BLK_REQUEST_LIMIT_COUNT ? &b->info.limit[row] : NULL;
}

#endif
