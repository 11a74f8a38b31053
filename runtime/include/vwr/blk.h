/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_H
#define VWR_BLK_H

#include "vwr/bytes.h"
#include "vwr/bringup.h"
#include "vwr/gen/blk.h"

VWR_BEGIN_C

/**
 * DOC: Disk, driver side
 *
 * The driver reads and writes the sectors of a disk. vwr_blk_read() and the functions that follow it use the
 * first queue. They wait until the request completes or its deadline passes::
 *
 *     static struct vwr_blk_own own;          // private: the device must not access it
 *     static struct vwr_blk_shared shared;    // shared with the device
 *     const struct vwr_blk_options options = {.own = &own, .shared = &shared};
 *     ...
 *     if (vwr_mmio_probe(&mmio, base, VWR_MMIO_SIZE) == VWR_OK &&
 *         vwr_blk_open(&blk, &mmio.dev, &options) == VWR_OK)
 *         result = vwr_blk_read(&blk, 0, buffer, 8);
 *     ...
 *     result = vwr_close(&blk.bringup);
 *
 * Rules:
 *
 * - A sector has VWR_BLK_SECTOR_BYTES bytes, regardless of the block size.
 * - Only one caller at a time may use these functions, and it must not be an interrupt handler. A second
 *   thread gets VWR_EBUSY while the first sleeps in struct vwr_waiter. docs/rtos.md shows the calls for
 *   several threads.
 * - vwr/result.h describes who owns a buffer when a call returns.
 * - vwr_dev_irq() handles an interrupt. After a failure, vwr_recover() resets the disk.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Block Device.
 */

/**
 * DOC: Requests of a disk
 *
 * The functions from vwr_blk_submit() to vwr_blk_cancel() can keep many requests in flight::
 *
 *     static struct vwr_blk_req req[32];               // zeroed before the first use
 *     q = vwr_blk_get_requestq(&blk, 0);
 *     ...
 *     vwr_blk_fill(&req[i], VWR_BLK_T_IN, sector, buffer, bytes);
 *     r = vwr_blk_submit(q, &req[i]);                  // for each of them
 *     vwr_blk_kick(q);                                 // once
 *     while ((n = vwr_blk_reap(q, done, 32)) >= 0)     // done[0 .. n) are completed, in any order
 *         ...
 *
 * These are the functions of vwr/request.h, with the types of a disk. vwr/request.h describes the ownership
 * of memory and the rules for queues.
 */

struct vwr_blk;

/**
 * struct vwr_blk_req - A request of a disk
 * @req: Request. Its data segments are in req.vec or req.vecs. After completion, req.result is VWR_OK or the
 *   error that corresponds to req.status: VWR_EIO, VWR_EUNSUPP, VWR_EZONE (zoned disks) or VWR_EPROTO
 *   (undefined status). If a recovery returned the request, req.result is the error that stopped the disk
 *   (see vwr_request_wait()). req.result is VWR_ERESET after vwr_close(), or if the request cannot be
 *   resubmitted after vwr_freeze().
 * @type: Type of the request (VWR_BLK_T_* of vwr/gen/blk.h).
 * @sectors: Number of sectors in the range of a DISCARD, WRITE_ZEROES or SECURE_ERASE without data.
 * @sector: First sector; ignored if requests of this type have none.
 *
 * The caller must zero the request before its first use and keep it in private memory while it is in flight.
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

/* Limits for the fast path of reads and writes. Each queue has a copy. Private. */
struct vwr_blk_plain {
    uint64_t kind_max;    /* the type: IN, or OUT too; above it `sectors`, which is 0 */
    uint64_t mask;        /* mask for the first sector and the number of sectors */
    uint64_t sectors_max; /* maximum per request; 0 (no fast path) while the device is not running */
    uint64_t sectors;     /* capacity of the disk */
    uint64_t array_max;   /* maximum per request of several segments */
    bool flush;           /* the disk supports FLUSH */
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
 * Return: VWR_OK: the request and its data are in flight until vwr_blk_reap() or vwr_blk_wait()
 *   returns the request. After an error they belong to the caller.
 * * VWR_EFULL: there are not enough free descriptors now.
 * * VWR_EBUSY: the request is in flight.
 * * VWR_EINVAL: the type is unknown, data are missing or unexpected, or the port cannot translate
 *   the memory.
 * * VWR_ESEGMENTS: the data need more than @q->blk->info.segments_max segments of at most
 *   info.segment_bytes_max bytes. vwr_blk_submit_part() and vwr_blk_do() split a read or write.
 * * VWR_ERANGE: the request extends beyond the end of the disk, or exceeds a limit of the disk.
 * * VWR_EALIGN: the data are misaligned or do not consist of whole blocks.
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
 * @bytes: Filled in with the size of the part in bytes, a multiple of the block size. The caller submits the
 *   rest with other requests.
 *
 * Return: The same as vwr_blk_submit().
 * * VWR_ESEGMENTS: not even one block fits.
 * * VWR_EINVAL: the request has another type, or no data at @offset.
 */
VWR_MUST_CHECK int vwr_blk_submit_part(struct vwr_blk_requestq *q, struct vwr_blk_req *r, uint64_t offset,
                                       uint64_t *bytes);

/** vwr_blk_kick() - Notify the device of all requests since the last kick; see vwr_queue_kick() */
static inline bool vwr_blk_kick(struct vwr_blk_requestq *q)
{
    return vwr_queue_kick(&q->requests.queue);
}

/** vwr_blk_reap() - Return completed requests; see vwr_request_reap() */
VWR_MUST_CHECK int vwr_blk_reap(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned max);

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
 * Return: true: the interrupt is enabled. false: requests have completed already; reap again.
 */
VWR_MUST_CHECK static inline bool vwr_blk_arm(struct vwr_blk_requestq *q, unsigned count)
{
    return vwr_request_arm(&q->requests, count);
}

/** vwr_blk_disarm() - Disable the interrupt of a queue that is polled; see vwr_queue_disarm() */
static inline void vwr_blk_disarm(struct vwr_blk_requestq *q)
{
    vwr_queue_disarm(&q->requests.queue);
}

/** vwr_blk_wait() - Wait until a request has completed; see vwr_request_wait() */
VWR_MUST_CHECK static inline int vwr_blk_wait(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return vwr_request_wait(&q->requests, &r->req);
}

/**
 * vwr_blk_do() - Submit a request and wait until it has completed
 * @q: Queue.
 * @r: Request.
 *
 * If the queue is full, the call waits for free descriptors. It splits a read or write that exceeds the
 * device's limits into several requests, as vwr_blk_read() does; req.written then counts the last of them.
 *
 * Context: The queue's owner. Waits until the deadline of the request, and of each replay if
 *   recovery is enabled. Not from an interrupt handler.
 * Return: If the request was not submitted, the same as vwr_blk_submit(). Otherwise the same as
 *   vwr_blk_wait().
 * * VWR_EINVAL: not even one block of a read or write fits into a request.
 */
VWR_MUST_CHECK int vwr_blk_do(struct vwr_blk_requestq *q, struct vwr_blk_req *r);

/**
 * vwr_blk_service() - Process completed requests in the deferred part of an interrupt handler
 * @q: Queue.
 * @budget: Maximum number of requests.
 *
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
 * Return: The same as vwr_request_cancel().
 */
VWR_MUST_CHECK static inline int vwr_blk_cancel(struct vwr_blk_requestq *q)
{
    return vwr_request_cancel(&q->requests);
}

/**
 * struct vwr_blk_slot - Header, range and answer of a request, in shared memory after the ring
 * @out: Header.
 * @range: Range of a DISCARD, WRITE_ZEROES or SECURE_ERASE.
 * @in: Answer. Only appends use all of it; other requests use only its end.
 * @pad: Padding.
 */
struct vwr_blk_slot {
    struct vwr_blk_req_out out;
    struct vwr_blk_discard_write_zeroes range;
    struct vwr_blk_req_in_zone_append in;
    uint8_t pad[7];
};

/** VWR_BLK_SMALL_BYTES - Bytes of shared memory after the slots, for data of the blocking functions */
#define VWR_BLK_SMALL_BYTES 32u

/**
 * VWR_BLK_SHARED_BYTES() - Size of the shared memory of a queue in bytes
 * @size: Number of descriptors.
 * @requests: Number of requests in flight.
 * @segments: Data segments per request.
 */
#define VWR_BLK_SHARED_BYTES(size, requests, segments)                                                     \
    VWR_QUEUE_SHARED_BYTES_WITH(size,                                                                      \
                                (requests)*VWR_REQUEST_SLOT_BYTES(sizeof(struct vwr_blk_slot), segments) + \
                                    VWR_BLK_SMALL_BYTES)

/**
 * VWR_BLK_OWN_BYTES() - Size of the private memory of a queue in bytes
 * @size: Number of descriptors.
 * @requests: Number of requests in flight. For a single request, VWR_QUEUE_OWN_BYTES() is enough.
 */
#define VWR_BLK_OWN_BYTES(size, requests) VWR_REQUEST_OWN_BYTES(size, requests)

/**
 * VWR_BLK_QUEUE - Number of descriptors of a queue
 *
 * A source file may define this macro, VWR_BLK_REQUESTS and VWR_BLK_SEGMENTS before its first include.
 */
#ifndef VWR_BLK_QUEUE
#define VWR_BLK_QUEUE 64u
#endif

/** VWR_BLK_REQUESTS - Number of requests in flight per queue; the blocking functions use one */
#ifndef VWR_BLK_REQUESTS
#define VWR_BLK_REQUESTS 16u
#endif

/**
 * VWR_BLK_SEGMENTS - Data segments per request
 *
 * If the device has indirect descriptors, a request with up to this many segments takes a single descriptor.
 */
#ifndef VWR_BLK_SEGMENTS
#define VWR_BLK_SEGMENTS 1u
#endif

VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_BLK_QUEUE), "VWR_BLK_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_BLK_REQUESTS > 0 && VWR_BLK_SEGMENTS > 0, "at least one request, of one segment");

/**
 * struct vwr_blk_own - Private memory of a queue; it need not be initialised
 * @memory: Memory.
 */
struct vwr_blk_own {
    uint64_t memory[(VWR_BLK_OWN_BYTES(VWR_BLK_QUEUE, VWR_BLK_REQUESTS) + 7u) / 8u];
};

/**
 * struct vwr_blk_shared - Shared memory of a queue (see struct vwr_queue_memory); it need not be initialised
 * @memory: Memory.
 */
struct vwr_blk_shared {
    uint8_t memory[VWR_BLK_SHARED_BYTES(VWR_BLK_QUEUE, VWR_BLK_REQUESTS, VWR_BLK_SEGMENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
};

/**
 * VWR_BLK_MEMORY() - Initialise the memory of a queue
 * @own_: A struct vwr_blk_own *.
 * @shared_: A struct vwr_blk_shared *.
 */
#define VWR_BLK_MEMORY(own_, shared_)                                                               \
    {                                                                                               \
        (shared_), sizeof(struct vwr_blk_shared), (own_), sizeof(struct vwr_blk_own), VWR_BLK_QUEUE \
    }

/**
 * struct vwr_blk_limit - Limits of a request type; one for each row of vwr_blk_request_limits
 * @segments: Maximum number of ranges of a request.
 * @sectors: Maximum number of sectors of a range, or of a request.
 * @alignment: The blocking functions split a range at multiples of this number of sectors, if possible; 1:
 *   anywhere.
 */
struct vwr_blk_limit {
    uint32_t segments;
    uint32_t sectors;
    uint32_t alignment;
};

/**
 * struct vwr_blk_info - Configuration of a disk; values that the device does not report are 0
 * @sectors: Capacity in sectors.
 * @block_bytes: Block size in bytes. Reads and writes consist of whole blocks.
 * @segment_bytes_max: Maximum size of a segment in bytes.
 * @segments_max: Maximum number of data segments of a request, as the device reports it.
 * @zone_sectors: Zone size in sectors; 0: no zones.
 * @write_granularity: Writes to sequential zones consist of multiples of this many bytes.
 * @queues: Number of queues of the device.
 * @zone_model: VWR_BLK_Z_*.
 * @read_only: The disk cannot be written.
 * @write_cache: The write cache is enabled: written data may be lost until a flush.
 * @limit: Limits of request types.
 *
 * The generated accessors read the other fields, for example
 * vwr_blk_config_get_topology_opt_io_size(&dev->config).
 */
struct vwr_blk_info {
    uint64_t sectors;
    uint32_t block_bytes;
    uint32_t segment_bytes_max;
    uint32_t segments_max;
    uint32_t zone_sectors;
    uint32_t write_granularity;
    uint16_t queues;
    uint8_t zone_model;
    uint8_t read_only;
    uint8_t write_cache;
    struct vwr_blk_limit limit[VWR_BLK_REQUEST_LIMIT_COUNT];
};

/** enum vwr_blk_fault - Faults of a disk: see vwr/fault.h */
enum vwr_blk_fault {
    VWR_FAULT_BLK_SIZE = VWR_FAULT(VWR_FAULT_CLASS, VWR_EPROTO),    /* got: blk_size */
    VWR_FAULT_BLK_ZONE = VWR_FAULT(VWR_FAULT_CLASS + 1, VWR_EZONE), /* where: type; got: status */
    VWR_FAULT_BLK_ZONE_SECTORS =
        VWR_FAULT(VWR_FAULT_CLASS + 2, VWR_EPROTO),                   /* where: model; got: zone size */
    VWR_FAULT_BLK_CACHE = VWR_FAULT(VWR_FAULT_CLASS + 3, VWR_EPROTO), /* where: writeback set; got: read */
};

/**
 * struct vwr_blk_more - An additional queue
 * @queue: Queue. It need not be initialised.
 * @memory: Memory of the queue: VWR_BLK_MEMORY().
 */
struct vwr_blk_more {
    struct vwr_blk_requestq *queue;
    struct vwr_queue_memory memory;
};

/**
 * struct vwr_blk_options - Options of vwr_blk_open(); a value of 0 selects the default
 * @own: Private memory of the first queue.
 * @shared: Shared memory of the first queue.
 * @need: Required features. If one is missing, the open fails with VWR_EFEATURE.
 * @avoid: Features that the driver must not accept.
 * @request: Options of the request queues.
 * @more: Additional queues.
 * @more_count: Number of entries in @more. The device may have fewer queues.
 * @resized: Called when the capacity has changed; @b->info has the new capacity. vwr_blk_config_changed() and
 *   vwr_recover() call the hook at their end. With options.request.replay, a blocking function may call
 *   it too. The hook may call all functions of "Requests of a disk". It must not call vwr_close().
 *   vwr_recover() has no effect within the hook. While the hook runs within a blocking function, all
 *   blocking functions return VWR_EBUSY. May be NULL.
 * @context: Passed to @resized.
 *
 * vwr_blk_open() copies the structure, but not the objects that it points to.
 */
struct vwr_blk_options {
    struct vwr_blk_own *own;
    struct vwr_blk_shared *shared;
    struct vwr_features need;
    struct vwr_features avoid;
    struct vwr_request_options request;
    const struct vwr_blk_more *more;
    unsigned more_count;
    void (*resized)(void *context, struct vwr_blk *b, uint64_t sectors_before);
    void *context;
};

/**
 * struct vwr_blk - A disk
 * @bringup: Bring-up; the first member. bringup.dev is the device, the rest is private.
 * @info: Configuration.
 * @options: Options. The caller may change request.timeout_us.
 * @queue_count: Number of queues in use.
 */
struct vwr_blk {
    struct vwr_bringup bringup;
    struct vwr_blk_info info;
    struct vwr_blk_options options;
    unsigned queue_count;
    /* private: */
    struct vwr_blk_requestq first;
    struct vwr_blk_req req;  /* request of the blocking functions */
    uint32_t block_mask;     /* sectors of a block - 1 */
    uint64_t sectors_before; /* capacity that was last reported to the caller */
};

/**
 * vwr_blk_open_() - Open a disk (for vwr/blk.h)
 * @b: See vwr_blk_open().
 * @d: See vwr_blk_open().
 * @m: See vwr_blk_open_with().
 * @options: See vwr_blk_open_with().
 * @requests: Default of options.request.requests.
 * @segments: Default of options.request.segments.
 *
 * Return: The same as vwr_blk_open().
 */
VWR_MUST_CHECK int vwr_blk_open_(struct vwr_blk *b, struct vwr_dev *d, const struct vwr_queue_memory *m,
                                 const struct vwr_blk_options *options, uint16_t requests, uint16_t segments);

/**
 * vwr_blk_open() - Open a disk
 * @b: Disk; it need not be initialised. It is unchanged if the call returns VWR_EBUSY or
 *   VWR_EFAILED.
 * @d: Probed device.
 * @options: Options; they are copied. options.request.requests and options.request.segments are
 *   VWR_BLK_REQUESTS and VWR_BLK_SEGMENTS by default.
 *
 * The disk owns the memory, and everything to which the options point, until vwr_close() returns VWR_OK.
 *
 * Return: VWR_OK: the device is live. After an error, vwr_dev_explain() describes the error, and
 *   FAILED is set if the device was accessed.
 * * VWR_ETYPE: the device is not a disk.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe, a close or a reset.
 * * VWR_EPROTO: the configuration is invalid.
 * * Other errors: the same as vwr_dev_negotiate(), vwr_dev_read_config() and vwr_dev_add_queue().
 */
VWR_MUST_CHECK static inline int vwr_blk_open(struct vwr_blk *b, struct vwr_dev *d,
                                              const struct vwr_blk_options *options)
{
    const struct vwr_queue_memory m = VWR_BLK_MEMORY(options->own, options->shared);

    return vwr_blk_open_(b, d, &m, options, VWR_BLK_REQUESTS, VWR_BLK_SEGMENTS);
}

/**
 * vwr_blk_open_with() - Open a disk with memory of any size (for sizes that are known at run time)
 * @b: Disk.
 * @d: Probed device.
 * @m: Memory of the first queue, of VWR_BLK_SHARED_BYTES() and VWR_BLK_OWN_BYTES() bytes. It replaces
 *   options.own and options.shared.
 * @options: Options; NULL: defaults. options.request.requests and options.request.segments are 1 by default.
 *
 * This is vwr_blk_open() without the sizes of the source file, which are the same for all its disks.
 *
 * Return: The same as vwr_blk_open().
 */
VWR_MUST_CHECK static inline int vwr_blk_open_with(struct vwr_blk *b, struct vwr_dev *d,
                                                   const struct vwr_queue_memory *m,
                                                   const struct vwr_blk_options *options)
{
    return vwr_blk_open_(b, d, m, options, 1, 1);
}

/**
 * vwr_blk_read() - Read sectors and wait
 * @b: Open disk.
 * @sector: First sector.
 * @buffer: Memory of @count * VWR_BLK_SECTOR_BYTES bytes, aligned to VWR_PORT_DMA_ALIGN. It need not be
 *   contiguous for the device.
 * @count: Number of sectors. A large transfer takes several requests; after an error some sectors
 *   may have been transferred.
 *
 * If options.request.replay is set and the disk has a single queue, the call recovers a stopped
 * disk and resubmits the request up to options.request.replays times, each time with a new
 * deadline.
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: VWR_OK. After the errors before VWR_ETIMEOUT in this list, the caller owns the buffer.
 * * VWR_EINVAL: @count is 0, or the port cannot translate a segment.
 * * VWR_ERANGE: the sectors exceed the end of the disk.
 * * VWR_EALIGN: the buffer is misaligned, or the sectors do not form whole blocks.
 * * VWR_EBUSY: another thread sleeps in a blocking call (struct vwr_waiter). Threads that
 *   share a disk submit their own requests: vwr_blk_do().
 * * VWR_EFAILED: the disk is stopped.
 * * VWR_EFULL: there are no free descriptors, and no request is in flight that would free some.
 * * VWR_EIO: the device reports an I/O error; the disk can still be used.
 * * VWR_EUNSUPP: the device does not support the request.
 * * VWR_EPROTO: the status byte is undefined.
 * * VWR_ERESET: a reset has ended the request.
 * * VWR_ETIMEOUT, VWR_EBADRING, VWR_ENEEDSRESET, VWR_EGONE, VWR_EINFLIGHT: the device owns the buffer.
 *   vwr_recover() and vwr_close() return it; see vwr/result.h.
 * * Other errors: the same as vwr_blk_wait().
 */
VWR_MUST_CHECK int vwr_blk_read(struct vwr_blk *b, uint64_t sector, void *buffer, uint32_t count);

/**
 * vwr_blk_write() - Write sectors and wait
 * @b: Open disk.
 * @sector: First sector.
 * @buffer: See vwr_blk_read().
 * @count: See vwr_blk_read().
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: VWR_EROFS: the disk is read-only. Otherwise the same as vwr_blk_read().
 */
VWR_MUST_CHECK int vwr_blk_write(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count);

/**
 * vwr_blk_transfer_vecs() - Read or write sectors with several segments and wait
 * @b: Open disk.
 * @type: VWR_BLK_T_IN or VWR_BLK_T_OUT.
 * @sector: First sector.
 * @vecs: Segments of any size. Their total size must be a multiple of the block size.
 * @count: Number of segments.
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: The same as vwr_blk_read().
 * * VWR_EINVAL: @type is any other type, there are no segments, or a segment is empty.
 * * VWR_EROFS: the disk is read-only.
 */
VWR_MUST_CHECK int vwr_blk_transfer_vecs(struct vwr_blk *b, uint32_t type, uint64_t sector,
                                         const struct vwr_vec *vecs, unsigned count);

/**
 * vwr_blk_flush() - Write back the device's cache and wait
 * @b: Open disk. If the disk has no write cache, the call returns immediately.
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: VWR_OK: all completed writes are persistent. Otherwise the same as vwr_blk_read().
 */
VWR_MUST_CHECK int vwr_blk_flush(struct vwr_blk *b);

/**
 * vwr_blk_get_id() - Read the device's ID string and wait
 * @b: Open disk.
 * @id: Filled in with the terminated string.
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: VWR_EUNSUPP: the device has no ID string. Otherwise the same as vwr_blk_read().
 */
VWR_MUST_CHECK int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u]);

/**
 * vwr_blk_do_ranges() - Discard, zero or erase sectors and wait
 * @b: Open disk.
 * @type: VWR_BLK_T_DISCARD (the content is lost, and reads return undefined data),
 *   VWR_BLK_T_WRITE_ZEROES or VWR_BLK_T_SECURE_ERASE (the content cannot be recovered).
 * @sector: First sector.
 * @count: Number of sectors. The call sends as many requests as the device's limits require.
 * @unmap: true if WRITE_ZEROES may deallocate the sectors.
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the disk does not support the request.
 * * VWR_EINVAL: @type is none of these types, or @count is 0.
 * * VWR_EALIGN: an erase on a zoned disk does not consist of whole zones.
 * * VWR_EROFS: the disk is read-only.
 * * Other errors: the same as vwr_blk_do().
 */
VWR_MUST_CHECK int vwr_blk_do_ranges(struct vwr_blk *b, uint32_t type, uint64_t sector, uint64_t count,
                                     bool unmap);

struct vwr_blk_get_lifetime_answer; /* vwr/messages/blk.h */

/**
 * vwr_blk_get_lifetime() - Read the wear of the device and wait
 * @b: Open disk.
 * @lifetime: Filled in; the type is in vwr/messages/blk.h.
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: VWR_EUNSUPP: the device does not report its wear. Otherwise the same as vwr_blk_do().
 */
VWR_MUST_CHECK int vwr_blk_get_lifetime(struct vwr_blk *b, struct vwr_blk_get_lifetime_answer *lifetime);

/**
 * vwr_blk_set_write_cache() - Enable or disable the write cache
 * @b: Open disk.
 * @on: true: writes may be lost until a flush. false: a write is persistent when it completes.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP: CONFIG_WCE is not negotiated.
 * * VWR_EPROTO: the device did not change the mode.
 * * VWR_EBUSY: another thread sleeps in a blocking call.
 * * VWR_EFAILED: the disk is stopped.
 */
VWR_MUST_CHECK int vwr_blk_set_write_cache(struct vwr_blk *b, bool on);

/**
 * vwr_blk_config_changed() - Handle a configuration change
 * @b: Open disk.
 *
 * Call this function after an interrupt with VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK, but not in the
 * interrupt handler. It polls the device status and rereads the capacity and the write cache mode.
 *
 * Context: The owner of all queues of the device. Does not wait. Not from an interrupt handler.
 * Return: 1: the capacity has changed, and options->resized was called. 0: the capacity has not
 *   changed.
 * * VWR_ENEEDSRESET, VWR_EGONE, VWR_EPROTO, VWR_EUNSTABLE: the disk is stopped.
 * * VWR_EFAILED: the disk was already stopped.
 * * VWR_ERESET: the first queue is being cancelled (vwr_blk_cancel()); call again afterwards.
 */
VWR_MUST_CHECK int vwr_blk_config_changed(struct vwr_blk *b);

/**
 * vwr_blk_get_requestq() - Get a request queue of a disk
 * @b: Disk.
 * @n: Index of the queue, below @b->queue_count.
 *
 * Return: The queue. NULL: the device has no such queue. Queue 0 always exists; it is stopped while
 *   the device is not open.
 */
static inline struct vwr_blk_requestq *vwr_blk_get_requestq(struct vwr_blk *b, unsigned n)
{
    if (n == 0)
        return &b->first;
    return VWR_WITH_ASYNC && n < b->queue_count ? b->options.more[n - 1u].queue : NULL;
}

/** vwr_blk_bringup - Class of disks, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_blk_bringup;

/** vwr_blk_explain() - Describe the last fault of a disk; see vwr_dev_explain() */
size_t vwr_blk_explain(const struct vwr_blk *b, char *text, size_t bytes);

/**
 * vwr_blk_explain_queue() - Describe the last fault of a queue, and why it stopped the disk
 * @q: Queue.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short
 *   for it.
 */
size_t vwr_blk_explain_queue(const struct vwr_blk_requestq *q, char *text, size_t bytes);

/**
 * struct vwr_blk_open_own - Private memory of a disk for vwr_open()
 * @blk: Disk; the first member.
 * @queue: Private memory of its queue.
 *
 * The disk has one queue and the default time limit.
 */
struct vwr_blk_open_own {
    struct vwr_blk blk;
    struct vwr_blk_own queue;
};

/**
 * struct vwr_blk_open_shared - Shared memory of a disk for vwr_open()
 * @queue: Shared memory of its queue.
 */
struct vwr_blk_open_shared {
    struct vwr_blk_shared queue;
};

/**
 * vwr_blk_open_default() - Open a disk for vwr_open()
 * @own: Private memory, of the class's structure for it.
 * @shared: Shared memory, of the class's structure for it.
 * @d: Device.
 * @avoid: Features that the driver must not accept.
 *
 * Return: The same as vwr_blk_open().
 */
VWR_MUST_CHECK static inline int vwr_blk_open_default(void *own, void *shared, struct vwr_dev *d,
                                                      const struct vwr_features *avoid)
{
    struct vwr_blk_open_own *const o = (struct vwr_blk_open_own *)own;
    struct vwr_blk_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.own = &o->queue;
    options.shared = &((struct vwr_blk_open_shared *)shared)->queue;
    return vwr_blk_open(&o->blk, d, &options);
}

VWR_END_C

#endif
