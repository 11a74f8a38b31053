/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_QUEUE_H
#define VWR_BLK_QUEUE_H

#include "vwr/request.h"
#include "vwr/gen/blk.h"

VWR_BEGIN_C

/**
 * DOC: Requests of a disk
 *
 * These functions can keep many requests in flight. vwr/blk.h includes this header and has the
 * function that opens a disk::
 *
 *     static struct vwr_blk_req req[32];               // zeroed before the first use
 *     ...
 *     vwr_blk_fill(&req[i], VWR_BLK_T_IN, sector, buffer, bytes);
 *     r = vwr_blk_submit(q, &req[i]);                  // for each of them
 *     vwr_blk_kick(q);                                 // once
 *     while ((n = vwr_blk_reap(q, done, 32)) >= 0)     // done[0 .. n) are completed, in any order
 *         ...
 *
 * The functions are those of vwr/request.h with the types of a disk. vwr/request.h describes the
 * ownership of memory and the rules for queues. generated/docs/contexts.md lists the calling
 * context, stack use and loop bounds of each function.
 */

struct vwr_blk;

/**
 * struct vwr_blk_req - A request of a disk
 * @req: Request. Its data are in req.vec or req.vecs. After completion, req.result is VWR_OK or the
 *   error that corresponds to req.status: VWR_EIO, VWR_EUNSUPP, VWR_EZONE (zoned disks) or
 *   VWR_EPROTO (undefined status). If a recovery returned the request, req.result is the error that
 *   stopped the disk (see vwr_request_wait()). req.result is VWR_ERESET after vwr_blk_close(), and
 *   if the request cannot be resubmitted after vwr_blk_freeze().
 * @type: VWR_BLK_T_* of vwr/gen/blk.h.
 * @sectors: Number of sectors in the range of a DISCARD, WRITE_ZEROES or SECURE_ERASE without data.
 * @sector: First sector; ignored if the type has none.
 *
 * The caller zeroes the request before its first use and keeps it in private memory while it is in
 * flight.
 */
struct vwr_blk_req {
    struct vwr_req req;
    uint32_t type;
    uint32_t sectors;
    uint64_t sector;
};

/**
 * VWR_BLK_UNMAP - Value of req.more for a WRITE_ZEROES that may deallocate the sectors
 *
 * After a ZONE_APPEND is completed, req.more is the first sector of the written data.
 */
#define VWR_BLK_UNMAP 1u

/**
 * vwr_blk_fill() - Prepare a request with a single segment or without data
 * @r: Request that is not in flight. Members that do not depend on the parameters are unchanged.
 * @type: VWR_BLK_T_*.
 * @sector: First sector.
 * @p: Data, or NULL.
 * @bytes: Size of the data in bytes.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 */
static inline void vwr_blk_fill(struct vwr_blk_req *r, uint32_t type, uint64_t sector, void *p, size_t bytes)
{
    r->req.vec_count = 0;
    r->type = type;
    r->sectors = 0;
    r->sector = sector;
    r->req.vec.p = p;
    r->req.vec.bytes = bytes;
}

/**
 * vwr_blk_fill_range() - Prepare a DISCARD, WRITE_ZEROES or SECURE_ERASE of a single range
 * @r: Request that is not in flight.
 * @type: VWR_BLK_T_*.
 * @sector: First sector.
 * @sectors: Number of sectors.
 * @unmap: WRITE_ZEROES may deallocate the sectors.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 */
static inline void vwr_blk_fill_range(struct vwr_blk_req *r, uint32_t type, uint64_t sector, uint32_t sectors,
                                      bool unmap)
{
    vwr_blk_fill(r, type, sector, NULL, 0);
    r->sectors = sectors;
    r->req.more = unmap ? VWR_BLK_UNMAP : 0;
}

/**
 * struct vwr_blk_stats - Counters of a queue
 * @sectors: Number of sectors read ([VWR_BLK_T_IN]) and written ([VWR_BLK_T_OUT]) by requests that
 *   are in flight or have completed successfully.
 * @io_errors: Requests with VWR_EIO.
 * @unsupported: Requests with VWR_EUNSUPP.
 * @protocol: Requests with an undefined status.
 * @zone_errors: Requests with VWR_EZONE.
 */
struct vwr_blk_stats {
    vwr_count sectors[2];
    vwr_count io_errors;
    vwr_count unsupported;
    vwr_count protocol;
    vwr_count zone_errors;
};

/* Limits for the fast path of reads and writes; a copy in each queue. Private. */
struct vwr_blk_plain {
    uint64_t kind_max;    /* the type: IN, or OUT too; above it `sectors`, which is 0 */
    uint64_t mask;        /* mask: of the first sector and the number of sectors */
    uint64_t sectors_max; /* maximum of a request; 0 while the device does not run: no fast path */
    uint64_t sectors;     /* capacity of the disk */
};

/**
 * struct vwr_blk_requestq - A queue of a disk
 * @requests: Request queue. Any thread may read its counters; the rest is private.
 * @stats: Counters; any thread may read them.
 */
struct vwr_blk_requestq {
    struct vwr_requestq requests;
    /* private: */
    struct vwr_blk_plain plain;
    struct vwr_blk *blk;
    /* public: */
    struct vwr_blk_stats stats;
};

/**
 * vwr_blk_submit() - Submit a request
 * @q: Queue.
 * @r: Request. The device sees it after the next kick.
 *
 * The call checks the request against the features, limits, alignment and end of the disk.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK: the request and its data are in flight until vwr_blk_reap() or vwr_blk_wait()
 *   returns the request. After an error they belong to the caller.
 * * VWR_EFULL: there are not enough free descriptors now.
 * * VWR_EBUSY: the request is in flight.
 * * VWR_EINVAL: the type is unknown, data are missing or unexpected, or the port cannot translate
 *   the memory.
 * * VWR_ESEGMENTS: there are more segments than a request can have.
 * * VWR_ERANGE: the request exceeds the end or a limit of the disk.
 * * VWR_EALIGN: the data are misaligned, or not whole blocks.
 * * VWR_EROFS: the disk is read-only.
 * * VWR_EUNSUPP: the disk does not support the request.
 * * VWR_EFAILED: the queue is stopped.
 */
VWR_MUST_CHECK int vwr_blk_submit(struct vwr_blk_requestq *q, struct vwr_blk_req *r);

/**
 * vwr_blk_submit_part() - Submit as much of a read or write as fits one request
 * @q: Queue.
 * @r: Request; @r->sector is the first sector of all data.
 * @offset: Offset in the data in bytes.
 * @bytes: Filled in with the size of the part in bytes, which is one block or several blocks. The
 *   caller submits the rest with other requests.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: The same as vwr_blk_submit().
 * * VWR_ESEGMENTS: not even one block fits.
 * * VWR_EINVAL: the request has another type, or no data at @offset.
 */
VWR_MUST_CHECK static inline int vwr_blk_submit_part(struct vwr_blk_requestq *q, struct vwr_blk_req *r,
                                                     uint64_t offset, uint64_t *bytes)
{
    return r->type > VWR_BLK_T_OUT ? VWR_EINVAL
                                   : vwr_request_submit_part(&q->requests, &r->req, offset, bytes);
}

/**
 * vwr_blk_kick() - Notify the device of all requests since the last kick
 * @q: Queue.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: true if the device had to be notified.
 */
static inline bool vwr_blk_kick(struct vwr_blk_requestq *q)
{
    return vwr_queue_kick(&q->requests.queue);
}

/**
 * vwr_blk_reap() - Return completed requests
 * @q: Queue.
 * @done: Filled in with up to @budget requests, which belong to the caller again.
 * @budget: Size of @done.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: The number of requests. Errors: the same as vwr_request_reap().
 */
VWR_MUST_CHECK int vwr_blk_reap(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned budget);

/**
 * vwr_blk_arm() - Enable the interrupt for completed requests
 * @q: Queue.
 * @count: Number of completed requests after which the device interrupts.
 *
 * This thread sleeps until the interrupt arrives::
 *
 *     for (;;) {
 *         seen = dev->irqs;
 *         n = vwr_blk_reap(q, done, 32);
 *         if (n == 0 && vwr_blk_arm(q, 1))
 *             sleep_while_it_is(&dev->irqs, seen); // vwr_dev_irq increments it
 *     }
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: true: the interrupt is enabled. false: requests have completed already; reap again.
 */
VWR_MUST_CHECK static inline bool vwr_blk_arm(struct vwr_blk_requestq *q, unsigned count)
{
    return vwr_request_arm(&q->requests, count);
}

/**
 * vwr_blk_disarm() - Disable the interrupt of a queue that is polled
 * @q: Queue.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 */
static inline void vwr_blk_disarm(struct vwr_blk_requestq *q)
{
    vwr_request_disarm(&q->requests);
}

/**
 * vwr_blk_wait() - Wait until a request has completed
 * @q: Queue.
 * @r: Request.
 *
 * Context: The queue's owner. Waits until the deadline of the request, and of each replay if
 *   recovery is enabled. Not from an interrupt handler.
 * Return: The same as vwr_request_wait().
 */
VWR_MUST_CHECK static inline int vwr_blk_wait(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return vwr_request_wait(&q->requests, &r->req);
}

/**
 * vwr_blk_do() - Submit a request and wait until it has completed
 * @q: Queue.
 * @r: Request.
 *
 * If the queue is full, the call waits for free descriptors.
 *
 * Context: The queue's owner. Waits until the deadline of the request, and of each replay if
 *   recovery is enabled. Not from an interrupt handler.
 * Return: If the request was not submitted, the same as vwr_blk_submit(). Otherwise the same as
 *   vwr_blk_wait().
 */
VWR_MUST_CHECK static inline int vwr_blk_do(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return vwr_request_do(&q->requests, &r->req);
}

/**
 * vwr_blk_service() - Process completed requests in the deferred part of an interrupt handler
 * @q: Queue.
 * @budget: Maximum number of requests.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: The same as vwr_request_service().
 */
VWR_MUST_CHECK static inline int vwr_blk_service(struct vwr_blk_requestq *q, unsigned budget)
{
    return vwr_request_service(&q->requests, budget);
}

/**
 * vwr_blk_cancel() - Perform the next step of cancelling all requests of a queue
 * @q: Queue.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: The same as vwr_request_cancel().
 */
VWR_MUST_CHECK static inline int vwr_blk_cancel(struct vwr_blk_requestq *q)
{
    return vwr_request_cancel(&q->requests);
}

VWR_END_C

#endif
