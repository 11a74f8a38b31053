/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_QUEUE_H
#define VWR_BLK_QUEUE_H

#include "vwr/dev.h"
#include "vwr/gen/blk.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Requests of a disk, many on their way at once. Part of blk.h, which includes it and says how a
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
 * Context: each queue has one owner at a time, and different queues of a disk may be used at once
 * without a lock; so each queue has a fault and a reason of its own (vwr_blk_explain_queue). No call
 * here waits, but vwr_blk_wait and vwr_blk_do.
 */

/*
 * A part of a request's data: memory that need not be contiguous for the device. It is laid out as struct
 * vwr_vseg of the device side, so that a guest's pieces are lent as they are.
 */
struct vwr_blk_part {
    void *p;
    size_t bytes;
} VWR_MAY_ALIAS;

struct vwr_blk_slot;
struct vwr_blk;

/*
 * One request: the caller's, on its way from submit until reap (or wait) has given it back. It
 * must not lie where the device can write. The data are the parts, one after the other.
 */
struct vwr_blk_req {
    uint32_t type;       /* VWR_BLK_T_..., see vwr/gen/blk.h */
    uint32_t unmap;      /* WRITE_ZEROES: 1 if the range may be deallocated */
    uint64_t sector;     /* where it begins; not looked at where the type has none */
    uint32_t sectors;    /* DISCARD, WRITE_ZEROES, SECURE_ERASE without data: length of the range */
    unsigned part_count; /* 0: `part` alone, or no data if it has 0 bytes */
    const struct vwr_blk_part *parts; /* lent as long as the request is on its way */
    struct vwr_blk_part part;
    void *token; /* the caller's */
    /* the answer */
    int result;             /* VWR_OK, or what went wrong with this request */
    uint32_t written;       /* bytes of data that the device says it wrote */
    uint64_t append_sector; /* ZONE_APPEND: where the data went */
    uint8_t status;         /* as the device wrote it */
    /* private */
    bool in;      /* the device writes the data */
    bool splits;  /* what does not fit is another request's */
    bool sleeper; /* somebody sleeps until it comes back */
    bool parked;  /* in the list of those that wait for their reap */
    uint8_t replays;
    uint32_t number;
    uint64_t since;            /* when it was first seen to be on its way */
    uint64_t offset;           /* of the data, where this request begins */
    uint64_t bytes;            /* and how long it is */
    struct vwr_blk_slot *slot; /* NULL: it is the caller's */
    struct vwr_blk_req *next;
};

/* A plain request: `bytes` at `p`, or a request without data. The rest of *r stays as it is. */
static inline void vwr_blk_fill(struct vwr_blk_req *r, uint32_t type, uint64_t sector, void *p, size_t bytes)
{
    r->type = type;
    r->sector = sector;
    r->part_count = 0;
    r->part.p = p;
    r->part.bytes = bytes;
    r->unmap = 0;
    r->sectors = 0;
}

/* One of DISCARD, WRITE_ZEROES, SECURE_ERASE over one range; the driver writes the range down. */
static inline void vwr_blk_fill_range(struct vwr_blk_req *r, uint32_t type, uint64_t sector, uint32_t sectors,
                                      bool unmap)
{
    vwr_blk_fill(r, type, sector, NULL, 0);
    r->sectors = sectors;
    r->unmap = unmap;
}

struct vwr_blk_stats {
    vwr_count sectors_read;
    vwr_count sectors_written;
    vwr_count io_errors;
    vwr_count unsupported;
    vwr_count protocol; /* answers that the document does not have */
    vwr_count zone_errors;
    vwr_count timeouts;
    vwr_count replayed;
    vwr_count returned; /* taken back by a recovery and given to the caller with its error */
};

/* What belongs to a request that is on its way, besides itself; all private. */
struct vwr_blk_slot {
    struct vwr_chain chain; /* first: the queue answers it */
    struct vwr_seg seg[3];
    struct vwr_blk_shared *shared;
    struct vwr_blk_req *req; /* NULL: free */
    struct vwr_blk_slot *next;
    bool wired;
};

/* One queue of a disk. `stats` and `queue.stats` may be read by anybody; all else is private. */
struct vwr_blk_requestq {
    struct vwr_queue queue;
    struct vwr_blk_stats stats;
    struct vwr_blk *blk;
    struct vwr_blk_slot *slots;
    struct vwr_blk_slot *free;
    struct vwr_blk_req *done; /* came back while somebody waited for another one; replayed ones to come */
    struct vwr_blk_req **done_end;
    struct vwr_blk_req *replay; /* to be sent again as soon as there is room */
    unsigned slot_count;
    unsigned sleepers;      /* threads that sleep for a request */
    uint32_t number;        /* of the request that was submitted last */
    struct vwr_fault fault; /* the last thing that went wrong with it */
    int stopped_by;         /* why this queue has stopped the disk */
    uint32_t turns;         /* looks that found nothing */
    uint64_t passed;        /* without a clock, the time: turns, and what the port's ticks are worth */
    uint64_t ticks;
    uint32_t late; /* type of the request that is overdue */
    bool overdue;
    uint64_t looked;
    struct vwr_blk_slot one;
};

/*
 * Gives a request to the queue; the device hears of it with the next kick. What the type allows, the
 * features, limits, alignment and the end of the disk are checked here, once.
 * VWR_OK: the request and its data are lent until it comes back. VWR_EFULL: not now; nothing was kept.
 * VWR_EBUSY: on its way already. VWR_EINVAL: unknown type, no data where it needs some or the other
 * way round, memory that the port cannot translate. VWR_ESEGMENTS: more pieces than one request can
 * have. VWR_ERANGE: beyond the end or a limit of the device. VWR_EALIGN. VWR_EROFS. VWR_EUNSUPP: this
 * disk has no such request. VWR_EFAILED: the disk is stopped. On any error the request is the caller's.
 */
VWR_MUST_CHECK int vwr_blk_submit(struct vwr_blk_requestq *q, struct vwr_blk_req *r);

/* Tells the device of all requests since the last kick. True if it had to be notified. */
static inline bool vwr_blk_kick(struct vwr_blk_requestq *q)
{
    return vwr_queue_kick(&q->queue);
}

/*
 * Takes back up to `budget` requests, in the order in which the device has answered them: how
 * many, into done[]; 0: none now. Negative: the disk is stopped, by a request past its deadline
 * (VWR_ETIMEOUT), a protocol violation (VWR_EBADRING), VWR_ENEEDSRESET, VWR_EGONE, VWR_EPROTO (it has
 * reset itself), or VWR_EFAILED if it was before, VWR_ERESET if it is being reset; what is on its way stays
 * lent until vwr_blk_recover or vwr_blk_close has had the reset acknowledged. A reap that finds nothing looks
 * at the clock, and now and then at the device.
 */
VWR_MUST_CHECK int vwr_blk_reap(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned budget);

/*
 * Asks for an interrupt when `count` more requests have come back (vwr_queue_arm). False: there
 * is something to reap already.
 *     for (;;) {
 *         seen = dev->irqs;
 *         n = vwr_blk_reap(q, done, 32);
 *         if (n == 0 && vwr_blk_arm(q, 1))
 *             sleep_while_it_is(&dev->irqs, seen); // vwr_dev_irq counts it up
 *     }
 */
VWR_MUST_CHECK bool vwr_blk_arm(struct vwr_blk_requestq *q, unsigned count);

/* Polling from here on. */
void vwr_blk_disarm(struct vwr_blk_requestq *q);

/*
 * r->result is VWR_OK, or by the status: VWR_EIO, VWR_EUNSUPP, VWR_EZONE (zoned disks), VWR_EPROTO: one that
 * the document does not have; or of a request that was taken back why the disk was stopped: as vwr_blk_reap;
 * VWR_ERESET: by vwr_blk_close; and if a call of dev.h has given the device up as vwr_dev_check,
 * vwr_dev_negotiate, vwr_dev_add_queue and vwr_dev_read_config.
 *
 * Waits until the request has come back: polls for a while, then sleeps, through the hooks of
 * struct vwr_blk_options or of the port; other requests that come back meanwhile wait for
 * their reap, or are woken. Answers r->result, or as vwr_blk_reap when the disk is stopped: the
 * request may then be on its way yet (vwr_blk_is_out). A disk of one queue whose policy is
 * VWR_BLK_REPLAY it brings back itself, and goes on waiting, until the request has been sent again
 * options->replays times: then it comes back with the reason, and is the caller's. While it waits
 * whoever owns all queues may call vwr_blk_recover, in a sleep.
 */
VWR_MUST_CHECK int vwr_blk_wait(struct vwr_blk_requestq *q, struct vwr_blk_req *r);

/* Submit, kick, wait; where the queue is full it waits for room. Results as vwr_blk_submit and vwr_blk_wait.
 */
VWR_MUST_CHECK int vwr_blk_do(struct vwr_blk_requestq *q, struct vwr_blk_req *r);

/*
 * For the half of an interrupt handler that may own the queue: takes back up to `budget` requests,
 * wakes those that somebody sleeps for (struct vwr_blk_options), and keeps the others for reap.
 * Answers how many, or as vwr_blk_reap.
 */
VWR_MUST_CHECK int vwr_blk_service(struct vwr_blk_requestq *q, unsigned budget);

/* Is the request on its way? */
static inline bool vwr_blk_is_out(const struct vwr_blk_req *r)
{
    return r->slot != NULL;
}

#ifdef __cplusplus
}
#endif

#endif
