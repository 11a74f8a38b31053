/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_QUEUE_H
#define VWR_BLK_QUEUE_H

#include "vwr/request.h"
#include "vwr/gen/blk.h"

VWR_BEGIN_C

/*
 * Requests of a disk, many in flight at once. Part of blk.h, which includes it and says how a
 * disk is opened.
 *
 *     static struct vwr_blk_req req[32];               // zeroed before the first use
 *     ...
 *     vwr_blk_fill(&req[i], VWR_BLK_T_IN, sector, buffer, bytes);
 *     r = vwr_blk_submit(q, &req[i]);                  // for each of them
 *     vwr_blk_kick(q);                                 // once
 *     while ((n = vwr_blk_reap(q, done, 32)) >= 0)     // done[0 .. n) have come back, in any order
 *         ...
 *
 * These are the calls of request.h with a disk's types, and what they answer, how long memory is in flight,
 * and which context may make them is said there.
 * Context, stack and loops of each call: docs/contexts.md.
 */

struct vwr_blk;

/*
 * One request. req.vec, or req.vecs, are the data; req.result is VWR_OK, or by req.status: VWR_EIO,
 * VWR_EUNSUPP, VWR_EZONE (zoned disks), VWR_EPROTO: one that the specification does not have. Of a request
 * that a recovery has returned it is why the disk was stopped, as vwr_request_wait says; VWR_ERESET after
 * vwr_blk_close, and of one that cannot be sent again after vwr_blk_freeze.
 */
struct vwr_blk_req {
    struct vwr_req req;
    uint32_t type;    /* VWR_BLK_T_..., see vwr/gen/blk.h */
    uint32_t sectors; /* DISCARD, WRITE_ZEROES, SECURE_ERASE without data: length of the range */
    uint64_t sector;  /* where it begins; ignored where the type has none */
};

/* req.more of WRITE_ZEROES with `sectors`: the range may be deallocated; of ZONE_APPEND: where the data went.
 */
#define VWR_BLK_UNMAP 1u

/* A plain request: `bytes` at `p`, or a request without data. The rest of *r stays as it is. */
static inline void vwr_blk_fill(struct vwr_blk_req *r, uint32_t type, uint64_t sector, void *p, size_t bytes)
{
    r->req.vec_count = 0;
    r->type = type;
    r->sectors = 0;
    r->sector = sector;
    r->req.vec.p = p;
    r->req.vec.bytes = bytes;
}

/* One of DISCARD, WRITE_ZEROES, SECURE_ERASE over one range, which the driver describes. */
static inline void vwr_blk_fill_range(struct vwr_blk_req *r, uint32_t type, uint64_t sector, uint32_t sectors,
                                      bool unmap)
{
    vwr_blk_fill(r, type, sector, NULL, 0);
    r->sectors = sectors;
    r->req.more = unmap ? VWR_BLK_UNMAP : 0;
}

struct vwr_blk_stats {
    vwr_count sectors[2]; /* [VWR_BLK_T_IN]: of reads; [VWR_BLK_T_OUT]: of writes; in flight, or done well */
    vwr_count io_errors;
    vwr_count unsupported;
    vwr_count protocol; /* answers that the specification does not have */
    vwr_count zone_errors;
};

/*
 * What the fast path compares a read or write with, which may have no bit of a mask; a copy in each queue.
 */
struct vwr_blk_plain {
    uint64_t other_types; /* of the type, and above it of `sectors` */
    uint64_t mask;        /* of the first sector and the number of sectors */
    uint64_t sectors_max; /* in a request; 0: nothing is plain, as long as the device does not run */
    uint64_t sectors;     /* of the disk */
};

/* One queue of a disk. All `stats` may be read by anybody; the rest is private. */
struct vwr_blk_requestq {
    struct vwr_requestq requests;
    struct vwr_blk_plain plain;
    struct vwr_blk *blk;
    struct vwr_blk_stats stats;
};

/*
 * Puts a request into the queue; the device sees it with the next kick. What the type allows, the
 * features, limits, alignment and the end of the disk are checked here, once.
 * VWR_OK; VWR_EFULL: not now; nothing was kept. VWR_EBUSY: in flight already. VWR_EINVAL: unknown type, no
 * data where it needs some or the other way round, memory that the port cannot translate. VWR_ESEGMENTS: more
 * segments than one request can have. VWR_ERANGE: beyond the end or a limit of the device. VWR_EALIGN.
 * VWR_EROFS. VWR_EUNSUPP: this disk has no such request. VWR_EFAILED: the queue is stopped. On any error the
 * request is the caller's. Context: the owner of the queue, which may be an interrupt handler; it does not
 * wait.
 */
VWR_MUST_CHECK int vwr_blk_submit(struct vwr_blk_requestq *q, struct vwr_blk_req *r);

/*
 * As vwr_blk_submit, of a read or write whose data may be too many segments for one request: as many of them
 * as it can have, from `offset` bytes on, in whole blocks of the disk, at least one: *bytes. r->sector is
 * where all of the data begin, and the rest is another request's. VWR_ESEGMENTS: not even one block.
 * VWR_EINVAL: another type, or nothing from `offset` on. Else as vwr_blk_submit. Loops: over the segments,
 * twice.
 */
VWR_MUST_CHECK int vwr_blk_submit_part(struct vwr_blk_requestq *q, struct vwr_blk_req *r, uint64_t offset,
                                       uint64_t *bytes);

/* Tells the device of all requests since the last kick. True if it had to be notified. Context: as submit. */
static inline bool vwr_blk_kick(struct vwr_blk_requestq *q)
{
    return vwr_queue_kick(&q->requests.queue);
}

/* Results as vwr_request_reap. Context: as submit. */
VWR_MUST_CHECK int vwr_blk_reap(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned budget);

/*
 * As vwr_request_arm. Context: as submit.
 *     for (;;) {
 *         seen = dev->irqs;
 *         n = vwr_blk_reap(q, done, 32);
 *         if (n == 0 && vwr_blk_arm(q, 1))
 *             sleep_while_it_is(&dev->irqs, seen); // vwr_dev_irq counts it up
 *     }
 */
VWR_MUST_CHECK static inline bool vwr_blk_arm(struct vwr_blk_requestq *q, unsigned count)
{
    return vwr_request_arm(&q->requests, count);
}

/* Polling from here on. Context: as submit. */
static inline void vwr_blk_disarm(struct vwr_blk_requestq *q)
{
    vwr_request_disarm(&q->requests);
}

/* Results as vwr_request_wait. Waits; context: not an interrupt handler. */
VWR_MUST_CHECK static inline int vwr_blk_wait(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return vwr_request_wait(&q->requests, &r->req);
}

/* Submit, kick, wait; where the queue is full it waits for room. Results as vwr_blk_submit and vwr_blk_wait.
 * Waits; context: not an interrupt handler. */
VWR_MUST_CHECK int vwr_blk_do(struct vwr_blk_requestq *q, struct vwr_blk_req *r);

/* Results as vwr_request_service. Context: as submit. */
VWR_MUST_CHECK static inline int vwr_blk_service(struct vwr_blk_requestq *q, unsigned budget)
{
    return vwr_request_service(&q->requests, budget);
}

/* A step of cancelling all that is in flight in one queue. Results, context and loops as vwr_request_cancel.
 */
VWR_MUST_CHECK static inline int vwr_blk_cancel(struct vwr_blk_requestq *q)
{
    return vwr_request_cancel(&q->requests);
}

/* True if the request is in flight, or waits for its replay. */
static inline bool vwr_blk_is_in_flight(const struct vwr_blk_req *r)
{
    return vwr_req_is_in_flight(&r->req);
}

VWR_END_C

#endif
