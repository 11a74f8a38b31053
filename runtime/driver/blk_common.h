/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_BLK_COMMON_H
#define VWR_DRIVER_BLK_COMMON_H

#include "vwr/blk.h"

/* Between the files of the disk's driver. */

#define BLK_CHECK_TURNS \
    65536u /* not the document's: looks after which a silent device is asked for its status */

/* vwr_blk.c: from an acknowledged reset to DRIVER_OK, in the steps of a recovery; none of them waits */
int vwr_blk_agree(struct vwr_blk *b);
int vwr_blk_try_info(struct vwr_blk *b); /* VWR_EBUSY: once more */
/* Only the configuration tells that zones are host-managed, and with those DISCARD must not be taken. */
bool vwr_blk_must_agree_again(struct vwr_blk *b); /* after a reset; DISCARD is to be avoided now */
int vwr_blk_start_queues(struct vwr_blk *b);

/* vwr_blk_queue.c: slots, and requests on their way */
int vwr_blk_make_slots(struct vwr_blk_requestq *q, const struct vwr_queue_memory *m);
int vwr_blk_send(struct vwr_blk_requestq *q, struct vwr_blk_req *r); /* checked already; not kicked */
int vwr_blk_take(struct vwr_blk_requestq *q, struct vwr_blk_req **r);
struct vwr_blk_req *vwr_blk_finish(struct vwr_blk_requestq *q, struct vwr_blk_slot *s); /* has come back */
int vwr_blk_watch(struct vwr_blk_requestq *q);
int vwr_blk_stopped(struct vwr_blk_requestq *q, int r);
int vwr_blk_timed_out(struct vwr_blk_requestq *q, uint32_t type); /* the request of that type is given up */

/*
 * A fault of a queue: its owner's, while other owners use theirs. In a build that has one queue it is the
 * device's, which costs less.
 */
static inline int blk_note(struct vwr_blk_requestq *q, uint32_t kind, uint32_t where, uint32_t got)
{
    return VWR_WITH_ASYNC ? vwr_fault_note(&q->fault, kind, where, got)
                          : vwr_dev_note(q->blk->dev, kind, where, got);
}

static inline int blk_give_up(struct vwr_blk_requestq *q, uint32_t kind, uint32_t where, uint32_t got)
{
    return VWR_WITH_ASYNC ? vwr_dev_stop(q->blk->dev, &q->fault, kind, where, got)
                          : vwr_dev_give_up(q->blk->dev, kind, where, got);
}

static inline int blk_look(struct vwr_blk_requestq *q)
{
    return VWR_WITH_ASYNC ? vwr_dev_look(q->blk->dev, &q->fault) : vwr_dev_check(q->blk->dev);
}

/* vwr_blk_submit.c; no such request, and no limit, is NULL */
void vwr_blk_write_range(struct vwr_blk_requestq *q, struct vwr_blk_req *r);
const struct vwr_request *vwr_blk_find_request(uint32_t type);
const struct vwr_blk_limit *vwr_blk_find_limit(const struct vwr_blk *b, uint32_t type);

/* vwr_blk_recover.c: what a recovery had no room for */
void vwr_blk_send_again(struct vwr_blk_requestq *q);

/* vwr_blk_wait.c: for the calls that wait, with b->req */
int vwr_blk_run(struct vwr_blk *b, bool in, uint64_t bytes); /* b->req is filled and checked */
int vwr_blk_check_transfer(const struct vwr_blk *b, uint64_t sector, uint64_t count);
void vwr_blk_hand_over(struct vwr_blk_requestq *q, struct vwr_blk_req *r);
VWR_COLD int vwr_blk_make_way(struct vwr_blk_requestq *q);

/* May a call that waits be made now? */
static inline bool blk_is_usable(const struct vwr_blk *b)
{
    return b->dev->state == VWR_DEV_LIVE && b->req.slot == NULL;
}

/* Slots of each queue. */
static inline unsigned blk_requests(const struct vwr_blk *b)
{
    return VWR_WITH_ASYNC ? b->options.requests : 1;
}

/* A request on its way, and what it becomes in a build in which there is one at once. */
static inline struct vwr_blk_slot *blk_free_slot(struct vwr_blk_requestq *q)
{
    return VWR_WITH_ASYNC ? q->free : &q->one;
}

static inline void blk_occupy(struct vwr_blk_requestq *q, struct vwr_blk_slot *s, struct vwr_blk_req *r)
{
    s->req = r;
    r->slot = s;
    if (VWR_WITH_ASYNC) {
        q->free = s->next;
        r->since = 0;
        r->number = q->number++;
    }
}

static inline void blk_vacate(struct vwr_blk_requestq *q, struct vwr_blk_slot *s)
{
    s->req->slot = NULL;
    s->req = NULL;
    if (VWR_WITH_ASYNC) {
        s->next = q->free;
        q->free = s;
    }
}

#define BLK_NOT_A_STATUS 0xffu /* what the status byte holds until the device has written it */

static inline void blk_write_header(const struct vwr_blk *b, struct vwr_blk_slot *s, uint32_t type,
                                    uint64_t sector)
{
    const bool legacy = vwr_dev_is_legacy(b->dev);

    s->shared->out.type = vwr_guest32(legacy, type);
    s->shared->out.sector = vwr_guest64(legacy, sector);
    s->shared->in.status = BLK_NOT_A_STATUS;
    vwr_port_sync_for_device(s->shared, sizeof(*s->shared));
}

static inline uint8_t blk_read_status(const struct vwr_blk_slot *s)
{
    vwr_port_sync_for_cpu(s->shared, sizeof(*s->shared));
    return *(const volatile uint8_t *)&s->shared->in.status;
}

/* The parts of a request's data; in a build that has one request at once there is one. */
static inline const struct vwr_blk_part *blk_parts(const struct vwr_blk_req *r)
{
    return VWR_WITH_ASYNC && r->part_count != 0 ? r->parts : &r->part;
}

static inline unsigned blk_part_count(const struct vwr_blk_req *r)
{
    return VWR_WITH_ASYNC && r->part_count != 0 ? r->part_count : r->part.bytes != 0;
}

/* A read or write of sectors: nearly every request. */
static inline bool blk_is_transfer(const struct vwr_blk_req *r)
{
    return r->type == VWR_BLK_T_IN || r->type == VWR_BLK_T_OUT;
}

static inline void blk_sync_for_device(const struct vwr_blk_req *r)
{
    const unsigned count = blk_part_count(r);

    for (unsigned i = 0; i < count; i++)
        vwr_port_sync_for_device(blk_parts(r)[i].p, blk_parts(r)[i].bytes);
}

static inline void blk_sync_for_cpu(const struct vwr_blk_req *r)
{
    const unsigned count = blk_part_count(r);

    for (unsigned i = 0; i < count; i++)
        vwr_port_sync_for_cpu(blk_parts(r)[i].p, blk_parts(r)[i].bytes);
}

/* So much was read or written, and all went well. */
static inline void blk_count_sectors(struct vwr_blk_requestq *q, bool in, uint64_t bytes)
{
    vwr_count_add(in ? &q->stats.sectors_read : &q->stats.sectors_written,
                  (uintptr_t)(bytes / VWR_BLK_SECTOR_BYTES));
}

/* At the end of those that wait for their reap. */
static inline void blk_put_done(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    r->next = NULL;
    r->parked = true;
    *q->done_end = r;
    q->done_end = &r->next;
}

#endif
