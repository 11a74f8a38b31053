/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBLK_H
#define VWR_VBLK_H

#include "vwr/vdev.h"
#include "vwr/gen/blk.h"
#include "vwr/messages/blk.h"

VWR_BEGIN_C

/*
 * A disk for a guest. A backend stores the data: memory, a file of the host, another disk
 * that our own driver side drives, or the VMM's own. Several disks may share one backend, each with a
 * window of it.
 *
 * Every request is checked here: its header is copied once; type, feature, range, limits and the form of
 * its buffers, by the generated tables. A backend is asked for what can be done, and for nothing
 * outside of the window.
 * Context, stack and loops of each call: docs/contexts.md.
 */

struct vwr_vblk;
struct vwr_vblk_req;
struct vwr_vblk_backend;
struct vwr_vblk_zones;

#define VWR_VBLK_RANGES 8u /* of a request: max_discard_seg, max_write_zeroes_seg, max_secure_erase_seg */
/* Of a backend: that status of the specification. Below all of result.h. */
#define VWR_VBLK_STATUS(status) (-256 - (int)(status)) /* not the specification's */
#define VWR_VBLK_ALL_QUEUES 0xffffu                    /* of drain: not one queue, the whole disk */

/*
 * What a backend does. Called with the lock of the asking disk held, and may call nothing of that disk. In a
 * VMM without locks: vwr_vblk_done within submit ends the request, and what submit answers is ignored,
 * unless vwr_vblk_signal in there has begun another request in the same structure, which then ends with it;
 * vwr_vblk_resume and vwr_vblk_signal are done at once; after vwr_vdev_reset what submit answers is
 * ignored. Within drain they give requests to a backend that is to have none.
 */
struct vwr_vblk_backend_ops {
    /*
     * Begins a request (`r->type` and what belongs to it, below). VWR_OK: it is done; VWR_LATER (vdev.h):
     * vwr_vblk_done will answer it, with a ticket; VWR_EFULL: not now, the disk asks again after
     * vwr_vblk_resume; VWR_EUNSUPP, or VWR_EIO and anything else negative: the guest gets an error. Must not
     * call vwr_vblk_done before it returns.
     */
    int (*submit)(struct vwr_vblk_backend *be, struct vwr_vblk_req *r);
    /* That was all for now: what was put off to be sent together goes now. May be NULL. */
    void (*kick)(struct vwr_vblk_backend *be);
    /*
     * The guest has reset the disk, or one queue of it (else VWR_VBLK_ALL_QUEUES): returns when none of
     * those requests touches guest memory any more, each of them ended or forgotten, or has called
     * vwr_vdev_set_unsafe since that cannot be had; vwr_vblk_done is not called for them after this, and may
     * be called for those of other queues. NULL only if submit never answers VWR_LATER. Bounded.
     */
    void (*drain)(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue);
};

/*
 * What stores the data. Filled in by the backend's own init.
 *
 * Where `most` is not 0, IN, OUT, WRITE_ZEROES and SECURE_ERASE come in parts: each submit has at most so
 * many bytes of a request, and no more than the budget of the disk has left (vdev.h); the next part comes
 * when that one is done. For a backend that copies, or waits, within submit. With 0 a request comes whole and
 * its bytes are not counted: for one that hands them on.
 */
struct vwr_vblk_backend {
    const struct vwr_vblk_backend_ops *ops;
    uint64_t sectors;    /* of 512 bytes */
    uint32_t block_size; /* what it works in: a power of 2, at least 512 */
    bool read_only;
    bool flush;        /* has a cache that FLUSH empties */
    bool discard;      /* takes DISCARD */
    bool write_zeroes; /* takes WRITE_ZEROES */
    bool secure_erase; /* takes SECURE_ERASE: nobody reads the data again, by whatever way */
    bool unmap;        /* WRITE_ZEROES with `unmap` may give sectors back */
    /* 0: no limit, or not known */
    uint32_t discard_sectors; /* most of them in a range */
    uint32_t discard_align;   /* sectors that make a discard worth its while */
    uint32_t write_zeroes_sectors;
    uint32_t secure_erase_sectors;
    uint32_t secure_erase_align;
    uint32_t most;              /* bytes of one submit, a multiple of block_size: below */
    uint16_t segments;          /* of one IN or OUT */
    uint8_t physical_block_exp; /* blocks in a physical one, as a power of 2: less than 2^32 bytes */
    uint8_t first_aligned;      /* block */
    uint16_t min_io_size;       /* in blocks */
    uint32_t opt_io_size;
    /* NULL, or zones that it has itself, without a table: their requests come to it as they are. A guest sees
     * them where its window is all of the backend; part of one that is host-managed is no window. */
    struct vwr_vblk_zones *zones;
    /* NULL, or how worn the medium is, which may change at any time: GET_LIFETIME. Where nobody knows: NULL.
     */
    const struct vwr_blk_get_lifetime_answer *lifetime;
};

/*
 * vwr_vblk_has_physical() - can a disk have physical blocks of this size?
 * @block_size: bytes of a block
 * @physical_block_exp: blocks of a physical one, as a power of 2
 *
 * Context: any.
 * Return: false if a physical block would have 2^32 bytes or more.
 */
static inline bool vwr_vblk_has_physical(uint32_t block_size, uint8_t physical_block_exp)
{
    return physical_block_exp < 32u && block_size <= 0xffffffffu >> physical_block_exp;
}

/* A stretch of a discard or write zeroes request, in sectors of the backend. */
struct vwr_vblk_range {
    uint64_t sector;
    uint32_t sectors;
    bool unmap;
};

/* A request in flight. `chain` and what is called private are the disk's; the backend may read the rest. */
struct vwr_vblk_req {
    struct vwr_vchain chain; /* private; the first */
    struct vwr_vblk *disk;
    uint32_t type;   /* VWR_BLK_T_IN, OUT, FLUSH, DISCARD, WRITE_ZEROES, SECURE_ERASE; or ZONE_..., below */
    uint64_t sector; /* IN, OUT: of the backend, in 512 bytes; all of them are within the window */
    uint32_t bytes;  /* IN, OUT: a multiple of 512 */
    const struct vwr_vseg *seg; /* IN, OUT: the guest's memory, `segs` segments, together `bytes` */
    uint16_t segs;
    uint16_t ranges; /* DISCARD, WRITE_ZEROES, SECURE_ERASE: of range[] */
    struct vwr_vblk_range range[VWR_VBLK_RANGES];
    uint16_t queue;
    uint32_t read; /* IN that fails, by the backend, 0 at submit: bytes that were read, from the first on */
    bool handed; /* ZONE_..., of a backend that has zones itself: `sector` is where the zone is; seg, segs and
                  * bytes are APPEND's data and the room of REPORT, whose bytes the backend has in `read` */
    /* the backend's, until the request is done */
    void *backend; /* NULL at submit */
    struct vwr_vblk_req *next;
    uint64_t kept; /* its ticket, in a list of requests that are done */
    int result;
    /* private */
    struct vwr_vblk_req *link;
    struct vwr_reader out; /* behind the header; of a plain read or write neither is set */
    struct vwr_writer in;  /* before the status */
    uint8_t *status;
    uint32_t flushed; /* while a write is flushed: its own type */
    uint32_t done;    /* of a request that comes in parts: bytes of the parts that are done, */
    uint32_t cut;     /* bytes, or sectors, of this part's last segment, or range, for the next part, */
    uint16_t more;    /* and segments, or ranges, behind this part's */
    uint8_t state;
    bool append;            /* to a zone: */
    uint64_t append_sector; /* where its data are; the backend's answer, where it was handed on */
    uint32_t blank;         /* of a read in zones: bytes that are not written */
    uint8_t to_do;          /* before it is done, beside this submit; 0 in a free request */
    uint64_t ticket;        /* of the backend's answer; 0: none */
};

/* Is it one with data, in r->seg, from r->sector on? Of any context. */
static inline bool vwr_vblk_is_transfer(const struct vwr_vblk_req *r)
{
    return r->type == VWR_BLK_T_IN || r->type == VWR_BLK_T_OUT;
}

/* Is it about a zone, for a backend that has zones itself? Of any context. */
static inline bool vwr_vblk_is_handed(const struct vwr_vblk_req *r)
{
    return VWR_WITH_ZONED && r->handed;
}

/* Is its answer all that is left to do when this submit is done? Of any context. */
static inline bool vwr_vblk_is_last(const struct vwr_vblk_req *r)
{
    return r->to_do == 0;
}

/*
 * What a disk is made of, besides struct vwr_vdev_setup. A window of `sectors` sectors from `first` on; 0
 * sectors: to the end of the backend.
 *   req       `reqs` structures: how many requests of the guest are dealt with at once
 *   seg       reqs * segs segments: the largest request has segs - 2 of them, less one for each border
 * between regions of guest memory that adjoin, which is seg_max. A driver that does not accept SEG_MAX is
 * shown queues that are no longer than segs, less those borders: each of its chains is served queues request
 * queues, at least 1; MQ is offered if there are more
 */
struct vwr_vblk_options {
    struct vwr_vblk_backend *backend;
    uint64_t first;
    uint64_t sectors;
    bool read_only;
    bool write_through;           /* no cache is offered: each write is flushed */
    struct vwr_vblk_zones *zones; /* vblk_zone.h; NULL: it has none */
    const char *id;               /* up to 20 characters, for GET_ID; may be NULL */
    uint16_t queues;
    struct vwr_vblk_req *req;
    uint16_t reqs;
    struct vwr_vseg *seg;
    uint16_t segs;
};

struct vwr_vblk_stats {
    uintptr_t reads;
    uintptr_t writes;
    uintptr_t flushes;
    uintptr_t others;
    uintptr_t errors;    /* that the guest got as an answer */
    uintptr_t bytes_in;  /* read by the guest */
    uintptr_t bytes_out; /* written by it */
};

struct vwr_vblk {
    struct vwr_vdev dev; /* first */
    struct vwr_vblk_stats stats;
    /* private */
    struct vwr_blk_config config;
    struct vwr_blk_zoned_characteristics zoned; /* as the configuration has them, for who knows of zones */
    struct vwr_vblk_zones *zones;
    struct vwr_vblk_backend *backend;
    uint64_t first;
    uint64_t sectors;
    uint64_t bytes;     /* of those sectors */
    uint64_t byte_mask; /* of a block - 1, and what no disk has */
    bool read_only;
    bool write_through;
    bool starved; /* a queue was not served: no request was free, or some are held */
    bool kicks;   /* its backend */
    uint8_t id[VWR_BLK_GET_ID_BYTES];
    const struct vwr_request *row; /* of the type that came last, if such requests are taken; or NULL */
    uint32_t plain_type[2];        /* VWR_BLK_T_OUT, VWR_BLK_T_IN, where its range is all that is to check */
    struct vwr_vblk_req *free;
    struct vwr_vblk_req *held; /* that the backend had no room for, or the budget; the first first */
    bool full;                 /* the backend has said so: until vwr_vblk_resume */
    struct vwr_vblk_req *req;
    struct vwr_vseg *seg;
    uint16_t reqs;
    uint16_t segs;
    /* the backend's, zero at init: a list of the disks that wait for it, for example, a list of those with
     * something to deliver, and their requests that are done. Drain is called too as long as done_end is set.
     */
    struct vwr_vblk *next;
    bool waits;
    struct vwr_vblk *next_done;
    struct vwr_vblk_req *done;
    struct vwr_vblk_req **done_end;
};

/*
 * VWR_OK; VWR_EINVAL: no backend, no request, fewer than 3 segments a request, no queue, physical blocks or
 * zones that cannot be; VWR_ERANGE: the window is not in the backend, or not in whole blocks of it, or has
 * not as many zones; VWR_EUNSUPP: host-managed zones in legacy, or in a build without (VWR_WITH_ZONED), or of
 * a backend of which the window is a part, or whose zones are no power of 2, or that has zones itself while
 * the options have some; and as vwr_vdev_init.
 */
VWR_MUST_CHECK int vwr_vblk_init(struct vwr_vblk *b, const struct vwr_vdev_setup *s,
                                 const struct vwr_vblk_options *o);

/* Requests that the guest has not been given back: while there are some a reset waits for the backend
 * (drain). With the lock held; the loop is over the requests of vwr_vblk_options. */
unsigned vwr_vblk_in_flight(const struct vwr_vblk *b);

/**
 * vwr_vblk_ticket() - for a submit that answers VWR_LATER: the ticket that its answer needs
 * @r: the request
 *
 * Each submit takes its own: a request that comes in parts, or is flushed, is submitted several times.
 *
 * Context: within submit.
 * Return: the ticket, not 0; one that was taken before is void. It is void too when a reset of the disk, or
 * of the queue, has taken the request away.
 */
static inline uint64_t vwr_vblk_ticket(struct vwr_vblk_req *r)
{
    return vwr_vdev_issue(&r->disk->dev, &r->ticket);
}

/**
 * vwr_vblk_done() - a request that the backend put off is done
 * @r: the request
 * @ticket: of vwr_vblk_ticket. A void one: nothing happens, and stats.late of the device counts it
 * @result: VWR_OK, or negative
 *
 * The driver sees it at vwr_vblk_signal, so that several make one interrupt.
 *
 * Context: any but within submit, kick or drain; takes the lock of the disk. The other: with the lock held,
 * for a backend of several threads.
 */
void vwr_vblk_done(struct vwr_vblk_req *r, uint64_t ticket, int result);
void vwr_vblk_done_locked(struct vwr_vblk_req *r, uint64_t ticket, int result);

/* The driver sees what is done. Take the lock, and with the lock held. */
void vwr_vblk_signal(struct vwr_vblk *b);
void vwr_vblk_signal_locked(struct vwr_vblk *b);

/* The backend has room again after VWR_EFULL: requests that were held are submitted. Takes the lock. */
void vwr_vblk_resume(struct vwr_vblk *b);

/* The backend has grown or shrunk: the window is now `sectors` long, and the guest gets a configuration
 * change. VWR_OK; VWR_ERANGE: it is not in the backend, or not in whole blocks of it, or the disk has zones.
 * Takes the lock. */
VWR_MUST_CHECK int vwr_vblk_resize(struct vwr_vblk *b, uint64_t sectors);

VWR_END_C

#endif
