/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_BLK_COMMON_H
#define VWR_DRIVER_BLK_COMMON_H

#include "vwr/blk.h"

/* Between the files of the disk's driver. */

/* vwr_blk.c: from reset to DRIVER_OK, for open and for a recovery */
int blk_start_device(struct vwr_blk *b);

/* vwr_blk_queue.c: slots, and requests on their way */
int blk_make_slots(struct vwr_blk_requestq *q, const struct vwr_queue_memory *m);
int blk_send(struct vwr_blk_requestq *q, struct vwr_blk_req *r); /* checked already; not kicked */
int blk_take(struct vwr_blk_requestq *q, struct vwr_blk_req **r);
int blk_watch(struct vwr_blk_requestq *q);
VWR_COLD int blk_stopped(struct vwr_blk_requestq *q, int r);

/* vwr_blk_submit.c; NULL where the document limits nothing */
const struct vwr_blk_limit *blk_find_limit(const struct vwr_blk *b, uint32_t type);

/* vwr_blk_recover.c: what a recovery had no room for */
void blk_send_again(struct vwr_blk_requestq *q);

/* vwr_blk_wait.c: for the calls that wait, with b->req */
int blk_run(struct vwr_blk *b, bool in, uint64_t bytes); /* b->req is filled and checked */
int blk_check_transfer(const struct vwr_blk *b, uint64_t sector, uint64_t count);
void blk_hand_over(struct vwr_blk_requestq *q, struct vwr_blk_req *r);
VWR_COLD int blk_make_way(struct vwr_blk_requestq *q);

/* May a call that waits be made now? */
static inline bool blk_is_usable(const struct vwr_blk *b)
{
    return b->dev->state == VWR_DEV_LIVE && b->req.slot == NULL;
}

/* The parts of a request's data. */
static inline const struct vwr_blk_part *blk_parts(const struct vwr_blk_req *r)
{
    return r->part_count != 0 ? r->parts : &r->part;
}

static inline unsigned blk_part_count(const struct vwr_blk_req *r)
{
    return r->part_count != 0 ? r->part_count : r->part.bytes != 0;
}

/* At the end of those that wait for their reap. */
static inline void blk_put_done(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    r->next = NULL;
    *q->done_end = r;
    q->done_end = &r->next;
}

#endif
