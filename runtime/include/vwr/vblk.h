/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBLK_H
#define VWR_VBLK_H

#include "vwr/vdev.h"
#include "vwr/gen/blk.h"
#include "vwr/messages/blk.h"

VWR_BEGIN_C

/**
 * DOC: Disk, device side
 *
 * A virtual disk for a guest. A back end stores the data: memory (vwr/vblk_memory.h), another disk
 * (vwr/vblk_disk.h), a file of the host, or the VMM's own back end. Several disks may share a back end, each
 * with its own window::
 *
 *     r = vwr_vblk_init(b, setup, own, options);      // options.backend stores the data
 *     r = vwr_vm_add(vm, slot, &b->dev);              // the guest finds it there
 *     r = vwr_vblk_resize(b, sectors);                // the guest gets the new capacity
 *
 * The device checks every request: it copies the header once, and uses the generated tables to check the
 * request's type, feature, range, limits and buffer layout. The back end receives only valid requests within
 * the window.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Block Device.
 */

struct vwr_vblk;
struct vwr_vblk_req;
struct vwr_vblk_backend;
struct vwr_vblk_zones;

/**
 * VWR_VBLK_RANGES - Maximum number of ranges of a request: max_discard_seg, max_write_zeroes_seg,
 *   max_secure_erase_seg
 */
#define VWR_VBLK_RANGES 8u

/**
 * VWR_VBLK_STATUS() - Convert a status from the specification to a back end's result
 * @status: Status. The result is smaller than all values of enum vwr_result.
 */
#define VWR_VBLK_STATUS(status) (-256 - (int)(status))

/** VWR_VBLK_ALL_QUEUES - All queues, for vwr_vblk_backend_ops.drain */
#define VWR_VBLK_ALL_QUEUES 0xffffu

/**
 * struct vwr_vblk_backend_ops - Functions of a back end
 * @submit: Start a request. VWR_OK: it is complete. VWR_LATER (vwr/vdev.h): after @submit has returned, the
 *   back end will complete it by calling vwr_vblk_done() with a ticket. VWR_EFULL: the back end cannot accept
 *   it now; the disk submits it again after vwr_vblk_resume(). VWR_EUNSUPP, VWR_EIO or another negative
 *   value: the request fails.
 * @kick: Called when no further requests follow for now. The back end then sends deferred requests.
 *   May be NULL.
 * @drain: Called when the guest has reset one queue (@queue), or the whole disk (VWR_VBLK_ALL_QUEUES). When
 *   the function returns, none of the affected requests may access guest memory, and each must have been
 *   completed or forgotten. If that is impossible, the function must call vwr_vdev_set_unsafe(). Afterwards
 *   the back end must not call vwr_vblk_done() for these requests, but may do so for requests of other
 *   queues. The function must return within a bounded time. NULL is allowed only if @submit never returns
 *   VWR_LATER.
 *
 * The functions are called with the lock of the disk held, and must not call functions of that disk. In a VMM
 * without locks, such calls take effect immediately. If @submit calls vwr_vblk_done(), the request is
 * complete, and the result of @submit is ignored. If @submit then calls vwr_vblk_signal(), another request
 * may start in the same structure, and the result of @submit completes that request. Within @drain,
 * vwr_vblk_resume() and vwr_vblk_signal() would submit requests to a back end that is not ready for them.
 * After vwr_vdev_reset() the result of @submit is ignored.
 */
struct vwr_vblk_backend_ops {
    int (*submit)(struct vwr_vblk_backend *be, struct vwr_vblk_req *r);
    void (*kick)(struct vwr_vblk_backend *be);
    void (*drain)(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue);
};

/**
 * struct vwr_vblk_backend - A back end; filled in by its init function
 * @ops: Functions.
 * @context: For whoever provides the back end; a disk does not use it.
 * @sectors: Capacity in sectors of 512 bytes.
 * @block_bytes: Block size in bytes: a power of 2, at least 512.
 * @read_only: The back end is read-only.
 * @flush: The back end has a cache that FLUSH writes back.
 * @discard: The back end supports DISCARD.
 * @write_zeroes: The back end supports WRITE_ZEROES.
 * @secure_erase: The back end supports SECURE_ERASE, which makes the erased data unrecoverable.
 * @unmap: WRITE_ZEROES with unmap may deallocate sectors.
 * @discard_sectors: Maximum number of sectors of a DISCARD range; 0: no limit. The same applies to the limits
 *   below.
 * @discard_align: Preferred alignment of a DISCARD range in sectors.
 * @write_zeroes_sectors: Maximum number of sectors of a WRITE_ZEROES range.
 * @secure_erase_sectors: Maximum number of sectors of a SECURE_ERASE range.
 * @secure_erase_align: Preferred alignment of a SECURE_ERASE range in sectors.
 * @bytes_max: Maximum number of bytes per @submit, a multiple of @block_bytes; 0: no limit. See below.
 * @segments_max: Maximum number of segments per @submit; 0: no limit. An IN or OUT request with more is split
 *   into parts of whole blocks. It fails if a single block has more. ZONE_* requests are not split, and fail
 *   if they have more.
 * @splits: @segments_max is only announced: the back end itself splits requests with more.
 * @physical_block_exp: Blocks per physical block, as a power of 2; a physical block is smaller than
 *   2^32 bytes.
 * @first_aligned: First block that is aligned to a physical block.
 * @min_io_size: Minimum I/O size in blocks.
 * @opt_io_size: Optimal I/O size in blocks.
 * @zones: Zones of the back end itself, without a table; NULL: none. Zone requests are passed unchanged to a
 *   back end with zones. A guest sees the zones if its window covers the whole back end. A window must not
 *   cover only a part of a host-managed back end.
 * @lifetime: Wear of the medium, for GET_LIFETIME; it may change at any time. NULL: unknown.
 *
 * If @bytes_max is not 0, IN, OUT, WRITE_ZEROES and SECURE_ERASE are split into parts that exceed neither
 * @bytes_max bytes nor the remaining budget of the disk (vwr/vdev.h). Each part is submitted after the
 * previous one has completed. Set @bytes_max for a back end that copies or waits within @submit. If
 * @bytes_max is 0, requests are submitted whole, and their bytes are not charged to the budget; use this for
 * a back end that forwards them.
 */
struct vwr_vblk_backend {
    const struct vwr_vblk_backend_ops *ops;
    void *context;
    uint64_t sectors;
    uint32_t block_bytes;
    bool read_only;
    bool flush;
    bool discard;
    bool write_zeroes;
    bool secure_erase;
    bool unmap;
    bool splits;
    uint32_t discard_sectors;
    uint32_t discard_align;
    uint32_t write_zeroes_sectors;
    uint32_t secure_erase_sectors;
    uint32_t secure_erase_align;
    uint32_t bytes_max;
    uint16_t segments_max;
    uint8_t physical_block_exp;
    uint8_t first_aligned;
    uint16_t min_io_size;
    uint32_t opt_io_size;
    struct vwr_vblk_zones *zones;
    const struct vwr_blk_get_lifetime_answer *lifetime;
};

/**
 * vwr_vblk_has_physical() - Check that a block size and a physical block exponent are compatible
 * @block_size: Block size in bytes.
 * @physical_block_exp: Blocks per physical block, as a power of 2.
 *
 * Return: false if a physical block would be 2^32 bytes or larger.
 */
static inline bool vwr_vblk_has_physical(uint32_t block_size, uint8_t physical_block_exp)
{
    return physical_block_exp < 32u && block_size <= 0xffffffffu >> physical_block_exp;
}

/**
 * struct vwr_vblk_range - A range of a DISCARD, WRITE_ZEROES or SECURE_ERASE request, in sectors of the back
 *   end
 * @sector: First sector.
 * @sectors: Number of sectors.
 * @unmap: WRITE_ZEROES may deallocate the sectors.
 */
struct vwr_vblk_range {
    uint64_t sector;
    uint32_t sectors;
    bool unmap;
};

/**
 * struct vwr_vblk_req - A request in flight
 * @disk: Disk.
 * @type: VWR_BLK_T_IN, OUT, FLUSH, DISCARD, WRITE_ZEROES, SECURE_ERASE; or ZONE_*, see @handed.
 * @sector: IN, OUT: first sector in the back end, in units of 512 bytes. All sectors are within the
 *   window.
 * @bytes: IN, OUT: size in bytes, a multiple of 512.
 * @seg: IN, OUT: guest memory, @bytes bytes in @segs segments.
 * @segs: Number of segments.
 * @ranges: DISCARD, WRITE_ZEROES, SECURE_ERASE: number of entries of @range.
 * @range: Ranges.
 * @queue: Queue index.
 * @read: IN: 0 when the request is submitted; after an error, the back end stores the number of bytes that
 *   were read.
 * @handed: ZONE_* request for a back end with its own zones: @sector is the zone; @seg, @segs and
 *   @bytes are the data of an append or the space for a report. The back end stores the size of the
 *   report in @read.
 * @backend: For the back end, until the request is done; NULL when the request is submitted.
 * @next: For the back end.
 * @kept: For the back end: ticket of a request in a list of completed requests.
 * @result: For the back end.
 *
 * The back end may read the public members.
 */
struct vwr_vblk_req {
    /* private: */
    struct vwr_vchain chain; /* first */
    /* public: */
    struct vwr_vblk *disk;
    uint32_t type;
    uint64_t sector;
    uint32_t bytes;
    const struct vwr_vseg *seg;
    uint16_t segs;
    uint16_t ranges;
    struct vwr_vblk_range range[VWR_VBLK_RANGES];
    uint16_t queue;
    uint32_t read;
    bool handed;
    void *backend;
    struct vwr_vblk_req *next;
    uint64_t kept;
    int result;
    /* private: */
    struct vwr_vblk_req *link;
    struct vwr_reader out; /* data after the header; not set for IN and OUT, like `in` */
    struct vwr_writer in;  /* data before the status */
    uint8_t *status;
    uint32_t flushed; /* type of a write that is being flushed */
    uint32_t done;    /* request in parts: number of bytes done so far; before the first part: number of bytes
                         that are zero-filled */
    uint32_t passed;  /* number of bytes of the first segment that belong to earlier parts */
    uint32_t cut;  /* bytes or sectors of this part's last segment or range that are left for the next part */
    uint16_t more; /* number of segments or ranges after those of this part */
    uint8_t state;
    bool append;            /* append to a zone */
    uint64_t append_sector; /* location of the data; if forwarded, the back end's answer */
    uint32_t blank;         /* read from zones: number of bytes that were never written */
    uint8_t to_do;          /* steps that follow this submit; 0 in a free request */
    uint64_t ticket;        /* ticket of the back end's answer; 0: none */
};

/**
 * vwr_vblk_is_transfer() - Test whether a request is an IN or OUT
 * @r: Request.
 *
 * Return: true if it is.
 */
static inline bool vwr_vblk_is_transfer(const struct vwr_vblk_req *r)
{
    return r->type == VWR_BLK_T_IN || r->type == VWR_BLK_T_OUT;
}

/**
 * vwr_vblk_is_handed() - Test whether a zone request is forwarded to the back end
 * @r: Request.
 *
 * Return: true if it is.
 */
static inline bool vwr_vblk_is_handed(const struct vwr_vblk_req *r)
{
    return VWR_WITH_ZONED && r->handed;
}

/**
 * vwr_vblk_is_last() - Test whether this submit is the last step of a request
 * @r: Request.
 *
 * Return: true if it is.
 */
static inline bool vwr_vblk_is_last(const struct vwr_vblk_req *r)
{
    return r->to_do == 0;
}

/**
 * struct vwr_vblk_options - Options of vwr_vblk_init()
 * @backend: Back end.
 * @first: First sector of the window.
 * @sectors: Size of the window in sectors; 0: to the end of the back end.
 * @read_only: The guest cannot write to the disk.
 * @write_through: Offer no write cache; each write is flushed.
 * @zones: Zones (vwr/vblk_zone.h); NULL: none.
 * @id: Up to 20 characters for GET_ID; may be NULL.
 * @req: Memory for requests. @req and @seg must stay valid while the disk is in use.
 * @req_count: Number of entries in @req, and maximum number of guest requests in progress.
 * @seg: Memory for segments. Each request gets an equal share.
 * @seg_count: Number of entries in @seg: VWR_VBLK_SEGS(). The share of a request must be at least 3 entries.
 *   seg_max is the share minus 2, or the limit of the back end if that is less, minus one for each boundary
 *   between adjacent regions of guest memory, and at least 1. For a driver that does not accept SEG_MAX, the
 *   queue size is limited to the share minus the number of boundaries, so that each chain fits.
 *
 * vwr_vblk_init() replaces @req to @seg_count.
 *
 * The disk has a request queue for each queue of the setup, and offers MQ if there are several.
 */
struct vwr_vblk_options {
    struct vwr_vblk_backend *backend;
    uint64_t first;
    uint64_t sectors;
    bool read_only;
    bool write_through;
    struct vwr_vblk_zones *zones;
    const char *id;
    struct vwr_vblk_req *req;
    uint16_t req_count;
    struct vwr_vseg *seg;
    uint32_t seg_count;
};

/**
 * VWR_VBLK_SEGS() - Number of segments for options->seg
 * @requests: Number of requests: options->req_count.
 * @segments: Number of data segments of a request.
 */
#define VWR_VBLK_SEGS(requests, segments) ((requests) * ((segments) + 2u))

/**
 * struct vwr_vblk_stats - Counters of a disk
 * @reads: Reads.
 * @writes: Writes.
 * @flushes: Flushes.
 * @others: Other requests.
 * @errors: Requests that were answered with an error.
 * @bytes_in: Bytes that the guest read.
 * @bytes_out: Bytes that the guest wrote.
 */
struct vwr_vblk_stats {
    vwr_count reads;
    vwr_count writes;
    vwr_count flushes;
    vwr_count others;
    vwr_count errors;
    vwr_count bytes_in;
    vwr_count bytes_out;
};

/**
 * struct vwr_vblk - A disk
 * @dev: Device; the first member.
 * @stats: Counters.
 * @next: For the back end, for example a list of disks that wait for it; NULL at init.
 * @waits: For the back end.
 * @next_done: For the back end, for example a list of disks with completed requests.
 * @done: For the back end: completed requests.
 * @done_end: For the back end. If it is set, @drain is called even if no request is in flight.
 */
struct vwr_vblk {
    struct vwr_vdev dev;
    struct vwr_vblk_stats stats;
    /* private: */
    struct vwr_blk_config config;
    struct vwr_blk_zoned_characteristics zoned; /* copy of the configuration, if ZONED is negotiated */
    struct vwr_vblk_zones *zones;
    struct vwr_vblk_backend *backend;
    uint64_t first;
    uint64_t sectors;
    uint64_t bytes;     /* size of the window in bytes */
    uint64_t byte_mask; /* bits that must be 0 in offsets: block size - 1, and bits that are too high for any
                           disk */
    bool read_only;
    bool write_through;
    bool starved; /* a queue was not served: no free request, or some are held */
    bool kicks;   /* the back end has a kick function */
    uint8_t id[VWR_BLK_GET_ID_BYTES];
    const struct vwr_request *row; /* row of the last type; NULL if requests of that type are not accepted */
    uint64_t plain_type[2];        /* VWR_BLK_T_OUT and VWR_BLK_T_IN, if only the range needs a check */
    struct vwr_vblk_req *free;
    struct vwr_vblk_req *held; /* requests that wait for the back end or the budget, oldest first */
    struct vwr_vblk_req *back; /* requests that were taken back from the back end or loaded, until the restart
                                  (vwr/vstate.h) */
    bool full;                 /* the back end returned VWR_EFULL; cleared by vwr_vblk_resume() */
    bool repeats;              /* the restart executes requests that had been accepted before */
    struct vwr_vblk_req *req;
    struct vwr_vseg *seg;
    uint16_t reqs;
    uint16_t segs;
    uint16_t plain_segs; /* maximum number of data segments of a request without a check */
    /* public: */
    struct vwr_vblk *next;
    bool waits;
    struct vwr_vblk *next_done;
    struct vwr_vblk_req *done;
    struct vwr_vblk_req **done_end;
};

/**
 * vwr_vblk_init_with() - Initialise a disk with memory of any size
 * @b: Disk. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no back end, or the physical blocks or zones are invalid.
 * * VWR_ERANGE: the window is outside of the back end, is not in whole blocks, or has a different number of
 *   zones than the table.
 * * VWR_EUNSUPP: the zones are unsupported. A legacy device has no host-managed zones. A build without
 *   VWR_WITH_ZONED has neither host-managed zones nor zones in the options. A back end's own host-managed
 *   zones require a window of the whole back end and a zone size that is a power of 2. The options and the
 *   back end cannot both have zones.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vblk_init_with(struct vwr_vblk *b, const struct vwr_vdev_setup *s,
                                      const struct vwr_vblk_options *o);

/** VWR_VBLK_QUEUES - Number of queues of a disk */
#ifndef VWR_VBLK_QUEUES
#define VWR_VBLK_QUEUES 1u
#endif

/** VWR_VBLK_QUEUE - Number of descriptors of a queue */
#ifndef VWR_VBLK_QUEUE
#define VWR_VBLK_QUEUE 64u
#endif

/** VWR_VBLK_REQUESTS - Number of requests in progress */
#ifndef VWR_VBLK_REQUESTS
#define VWR_VBLK_REQUESTS 16u
#endif

/** VWR_VBLK_SEGMENTS - Data segments of a request */
#ifndef VWR_VBLK_SEGMENTS
#define VWR_VBLK_SEGMENTS 16u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VBLK_QUEUE), "VWR_VBLK_QUEUE must be a power of 2");

/**
 * struct vwr_vblk_own - Memory of a disk that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @req: Requests.
 * @seg: Their segments.
 */
struct vwr_vblk_own {
    struct vwr_vqueue queue[VWR_VBLK_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VBLK_QUEUES, VWR_VBLK_QUEUE)];
    struct vwr_vblk_req req[VWR_VBLK_REQUESTS];
    struct vwr_vseg seg[VWR_VBLK_SEGS(VWR_VBLK_REQUESTS, VWR_VBLK_SEGMENTS)];
};

/** vwr_vblk_init() - Initialise a disk for a guest; see vwr_vblk_init_with() */
VWR_MUST_CHECK static inline int vwr_vblk_init(struct vwr_vblk *b, const struct vwr_vdev_setup *setup,
                                               struct vwr_vblk_own *own, const struct vwr_vblk_options *o)
{
    struct vwr_vdev_setup with;
    struct vwr_vblk_options options;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VBLK_QUEUE);
    vwr_copy(&options, o, sizeof(options));
    options.req = own->req;
    options.req_count = VWR_COUNT(own->req);
    options.seg = own->seg;
    options.seg_count = VWR_COUNT(own->seg);
    return vwr_vblk_init_with(b, &with, &options);
}

/**
 * vwr_vblk_in_flight() - Get the number of requests that have not been returned to the guest yet
 * @b: Disk. If there are any, a reset calls @drain.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The number of requests.
 */
unsigned vwr_vblk_in_flight(const struct vwr_vblk *b);

/**
 * vwr_vblk_ticket() - Take a ticket in a @submit that returns VWR_LATER
 * @r: Request. A request that is submitted in parts, or flushed, needs a new ticket for each submit.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within
 *   @submit.
 * Return: The ticket, not 0. An earlier ticket becomes invalid. It also becomes invalid when a
 *   reset of the disk or the queue takes the request away.
 */
static inline uint64_t vwr_vblk_ticket(struct vwr_vblk_req *r)
{
    return vwr_vdev_issue(&r->disk->dev, &r->ticket);
}

/**
 * vwr_vblk_done() - Complete a submit that returned VWR_LATER
 * @r: Request.
 * @ticket: Ticket from vwr_vblk_ticket(). If it is invalid, the call only increments the device's stats.late.
 * @result: VWR_OK, or negative.
 *
 * The driver sees the completed request only after vwr_vblk_signal(), so that several requests can share one
 * interrupt.
 *
 * Context: The device's owner, or any thread if the VM has locks. Takes the device's lock. Does not
 *   wait, except for the VM's lock. Not within @submit, @kick or @drain.
 */
void vwr_vblk_done(struct vwr_vblk_req *r, uint64_t ticket, int result);

/**
 * vwr_vblk_done_locked() - vwr_vblk_done() with the lock held (for a back end with several threads)
 * @r: Request.
 * @ticket: Ticket from vwr_vblk_ticket().
 * @result: VWR_OK, or negative.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vblk_done_locked(struct vwr_vblk_req *r, uint64_t ticket, int result);

/**
 * vwr_vblk_signal() - Publish completed requests and interrupt the driver
 * @b: Disk.
 */
void vwr_vblk_signal(struct vwr_vblk *b);

/**
 * vwr_vblk_signal_locked() - vwr_vblk_signal() with the lock held
 * @b: Disk.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vblk_signal_locked(struct vwr_vblk *b);

/**
 * vwr_vblk_resume() - Submit requests again after the back end returned VWR_EFULL
 * @b: Disk.
 */
void vwr_vblk_resume(struct vwr_vblk *b);

/**
 * vwr_vblk_resize() - Change the size of the window
 * @b: Disk. The guest is notified of a configuration change.
 * @sectors: New size in sectors.
 *
 * Return: VWR_OK.
 * * VWR_ERANGE: the window is outside of the back end or is not in whole blocks, or the disk has
 *   zones.
 */
VWR_MUST_CHECK int vwr_vblk_resize(struct vwr_vblk *b, uint64_t sectors);

VWR_END_C

#endif
