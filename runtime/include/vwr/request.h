/* SPDX-License-Identifier: MIT */
#ifndef VWR_REQUEST_H
#define VWR_REQUEST_H

#include "vwr/dev.h"

VWR_BEGIN_C

/**
 * DOC: Request engine
 *
 * This code is shared by all queues on which the driver sends requests and the device answers them. It
 * implements slots with a header and an answer, deadlines, waiting, sleeping, recovery and replay. A device
 * class adds a constant table, struct vwr_request_class, and a structure for its requests that starts with
 * struct vwr_req. For a disk, use vwr/blk.h instead, which provides the same functions with the types of a
 * disk::
 *
 *     r = vwr_request_submit(q, &req->req);               // for each of them
 *     vwr_request_kick(q);                                // once
 *     while ((n = vwr_request_reap(q, done, 32)) >= 0)    // done[0 .. n) are completed, in any order
 *         ...
 *
 * Rules:
 *
 * - A queue has one owner at a time. An interrupt handler may be the owner if it calls only functions that do
 *   not wait. Different queues of a device may be used concurrently without a lock, because an owner never
 *   writes to anything that the owner of another queue reads. Each queue therefore has its own fault, stop
 *   reason and counters.
 * - vwr/result.h describes who owns a request's memory when a blocking call returns.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/**
 * struct vwr_vec - A segment of a request's data; it need not be contiguous for the device
 *
 * @p: Start.
 * @bytes: Size in bytes.
 *
 * It has the same layout as struct vwr_vseg.
 */
struct vwr_vec {
    void *p;
    size_t bytes;
} VWR_MAY_ALIAS;

/**
 * enum vwr_req_state - State of a request
 * @VWR_REQ_IDLE: The request belongs to the caller.
 * @VWR_REQ_IN_FLIGHT: Submitted and not completed, or waiting to be resubmitted.
 * @VWR_REQ_COMPLETED: Completed, and waiting to be reaped.
 */
enum vwr_req_state { VWR_REQ_IDLE = 0, VWR_REQ_IN_FLIGHT = 1, VWR_REQ_COMPLETED = 2 };

/**
 * struct vwr_req - A request of a caller
 * @vecs: Data in several segments, unchanged while the request is in flight.
 * @more: Extra value that only some requests have; see the class, such as vwr/blk.h.
 * @status: Status as the device wrote it, for a class whose answer is a single byte.
 * @vec_count: Number of entries in @vecs; 0: the data are in @vec.
 * @vec: Data if @vec_count is 0; a size of 0: no data.
 * @token: Value for the caller's use.
 * @written: Number of data bytes that the device claims to have written.
 * @result: VWR_OK, or the error of this request.
 *
 * The caller zeroes the request before its first use and keeps it in private memory. The request
 * and its data are in flight from vwr_request_submit() until vwr_request_reap() or
 * vwr_request_wait() returns the request.
 *
 * On a machine with 64-bit pointers, the members that every request uses start at byte 64. They share a cache
 * line if the request is aligned to one.
 */
struct vwr_req {
    const struct vwr_vec *vecs;
    uint64_t more;
    /* private: */
    struct vwr_req *next;
    uint64_t offset;    /* offset of this request's part in the data */
    uint64_t since;     /* time when the request was first found in flight */
    uint32_t number;    /* number of its buffer, which determines the order of resubmission */
    uint8_t in;         /* the device writes the data */
    uint8_t internal;   /* the request of a blocking call; it is not reaped */
    uint8_t sleeper;    /* a thread sleeps until the request completes */
    uint64_t unused[2]; /* the members below start at byte 64 */
    uint64_t bytes;     /* size of this request's data */
    /* submission and completion each write these four with a single store */
    uint8_t state;   /* enum vwr_req_state */
    uint8_t splits;  /* VWR_REQ_SPLITS, VWR_REQ_PART; 0: the request has all of its data */
    uint8_t replays; /* number of resubmissions; VWR_REQ_ABANDONED */
    /* public: */
    uint8_t status;
    uint32_t vec_count;
    struct vwr_vec vec;
    void *token;
    uint32_t written;
    int result;
};

#define VWR_REQ_SPLITS 1u       /* data that do not fit are left for another request */
#define VWR_REQ_PART 2u         /* the request has a fixed part of the data */
#define VWR_REQ_ABANDONED 0xffu /* the request is not resubmitted */

struct vwr_requestq;

struct vwr_request_slot;

/**
 * struct vwr_request_form - Segments of a request, in chain order
 * @out: Size of the message in bytes, at the start of the slot's shared memory; 0: none.
 * @out_data: Number of bytes at the start of the data that the device reads, after the message. The device
 *   writes the remaining bytes. If there is less data than this, the device reads all of it.
 * @first: Size of the answer before the data that the device writes, in bytes; 0: none.
 * @first_at: Offset of that answer in the slot's shared memory.
 * @last: Size of the answer after the data in bytes; 0: none.
 * @last_at: Offset of that answer in the slot's shared memory.
 * @head: Number of bytes at the start of the message that are a segment of their own; 0: the message is one
 *   segment.
 * @first_head: The same, for the answer before the data.
 *
 * Some devices require a header to be a segment of its own, as Linux's drivers send it. If the ring is too
 * short for that, the message and the answer are one segment each.
 *
 * Each segment has a single direction, so @out_data must end at the end of a data segment.
 */
struct vwr_request_form {
    uint32_t out;
    uint32_t first;
    uint32_t first_at;
    uint32_t last;
    uint32_t last_at;
    uint32_t head;
    uint32_t first_head;
    uint64_t out_data;
};

/**
 * struct vwr_request_class - A kind of request queue (a constant table)
 * @header: Size of the header in bytes; 0: none.
 * @answer_last: Size of the answer after the data in bytes; 0: none.
 * @answer_room: Number of additional bytes that some answers have after @answer_last. req.written includes
 *   them.
 * @last_at: Offset of the answer in the slot's shared memory.
 * @shared_bytes: Size of the slot's shared memory in bytes, a multiple of 16. It contains the header, the
 *   answer, and other data of the class.
 * @more_bytes: Size of the class's shared memory before the slots in bytes, a multiple of 16.
 * @prepare: Perform the class's own checks, set req.in (and req.vec if the data belong to the class), and
 *   write the header of a request whose data start at req.offset. Called by vwr_request_submit() and again
 *   before a replay. Returns the number of answer bytes before those of @answer_last, usually 0, or an error
 *   for vwr_request_submit() to return. NULL: there is nothing to prepare, and the device reads the data.
 * @form: Fill in the form of a prepared request. The form has been zeroed. NULL: all requests consist of
 *   @header, data and an answer that ends with @answer_last bytes. A class that has @form has neither @header
 *   nor @answer_last.
 * @finish: Called when the device has used the request. Reads the answer and sets req.result, which is
 *   initially VWR_OK. NULL: there is nothing to read.
 * @sent: Called after the request has been added for the first time. NULL: there is nothing to do.
 * @may_replay: Test whether the request may be resubmitted after a reset. NULL: all requests may.
 * @type_at: Offset of the type (a uint32_t, for messages) in the class's request structure; 0:
 *   there is no type.
 * @timeout: Fault to record for an overdue request; VWR_FAULT_NONE: there is no deadline.
 *
 * The device reads the header and then the outgoing data. It writes the incoming data and then the answer.
 * The header and the answer are in the shared memory of the slot, the header first. A class whose requests
 * have other forms sets @form.
 */
struct vwr_request_class {
    uint16_t header;
    uint16_t answer_last;
    uint16_t answer_room;
    uint16_t last_at;
    uint16_t shared_bytes;
    uint16_t more_bytes;
    int (*prepare)(struct vwr_requestq *q, struct vwr_req *r, void *shared);
    void (*form)(const struct vwr_req *r, struct vwr_request_form *form);
    void (*finish)(struct vwr_requestq *q, struct vwr_req *r, void *shared);
    void (*sent)(struct vwr_requestq *q, const struct vwr_req *r);
    bool (*may_replay)(const struct vwr_req *r);
    uint16_t type_at;
    uint32_t timeout;
};

/**
 * struct vwr_waiter - How threads sleep until a request completes
 * @context: Passed to the functions.
 * @sleep: Release the lock, sleep, and reacquire the lock. The sleep takes about @us microseconds, unless
 *   @wake is called for @r. The hook may return early, except on a port that has neither a clock nor
 *   ticks, where each sleep is assumed to last its full length. During the sleep, the owner of the lock
 *   may call all functions on the queue and its requests, and may recover or close the device. After a
 *   close, the sleeping call returns VWR_ERESET. The sleeping call uses the queue and the request until
 *   it returns.
 * @wake: Called when @r has completed. It is called by the thread that reaped @r (vwr_request_service() in
 *   the deferred part of an interrupt handler, or another waiter), by a recovery, or by a close. The hook may
 *   submit and kick, but must not wait, reap or recover.
 *
 * Both functions are called by the owner of the queue, with the lock held. Because a sleep releases the lock,
 * several threads can wait at the same time, each for its own request (vwr_request_do(), vwr_blk_do()). Calls
 * that use the device's own request, such as vwr_blk_read(), return VWR_EBUSY to a second thread. A system
 * without threads has no waiter (NULL).
 */
struct vwr_waiter {
    void *context;
    void (*sleep)(void *context, struct vwr_req *r, uint32_t us);
    void (*wake)(void *context, struct vwr_req *r);
};

struct vwr_bringup_class;
struct vwr_messages;
struct vwr_name;
struct vwr_receiveq;

/**
 * enum vwr_stage - Stages of a device
 * @VWR_STAGE_RUNNING: The device is live.
 * @VWR_STAGE_STOPPED: A queue has stopped; the device owns the buffers in flight. Call
 *   vwr_recover(), or close the device.
 * @VWR_STAGE_RESETTING: The device has not acknowledged the reset yet, or has not restarted yet.
 * @VWR_STAGE_DEAD: The device was never opened, or it did not restart and all requests were returned.
 * @VWR_STAGE_LOST: The device did not acknowledge a reset and may still access the buffers in
 *   flight.
 * @VWR_STAGE_FREEZING: vwr_freeze() is in progress.
 * @VWR_STAGE_FROZEN: The device has been reset; requests that were in flight wait for vwr_recover().
 */
enum vwr_stage {
    VWR_STAGE_RUNNING = 0,
    VWR_STAGE_STOPPED = 1,
    VWR_STAGE_RESETTING = 2,
    VWR_STAGE_DEAD = 3,
    VWR_STAGE_LOST = 4,
    VWR_STAGE_FREEZING = 5,
    VWR_STAGE_FROZEN = 6
};

/**
 * enum vwr_bringup_event - Events of a class's queues
 * @VWR_BRINGUP_STOPS: The queues are stopped.
 * @VWR_BRINGUP_RELEASED: The device has released all memory.
 * @VWR_BRINGUP_RUNS: The device is live.
 * @VWR_BRINGUP_CLOSED: The device was closed; none of the class's memory is in use.
 *
 * A class with receive queues passes each event to vwr_receive_all().
 */
enum vwr_bringup_event { VWR_BRINGUP_STOPS, VWR_BRINGUP_RELEASED, VWR_BRINGUP_RUNS, VWR_BRINGUP_CLOSED };

/**
 * struct vwr_bringup - Bring-up of a device; the first member, `bringup`, of a class's device structure
 * @dev: Device. It is NULL if the memory was zeroed and the device was never opened. Functions of
 *   the class then return VWR_EFAILED, unless documented otherwise.
 * @stopped_by: Error that stopped the device.
 * @need: Required features; NULL: none. If one is missing, opening the device fails with VWR_EFEATURE. Set by
 *   the class before the device is opened.
 * @avoid: Features that must not be accepted; NULL: none. Set by the class before the device is opened.
 */
struct vwr_bringup {
    struct vwr_dev *dev;
    int stopped_by;
    const struct vwr_features *need;
    const struct vwr_features *avoid;
    /* private: */
    const struct vwr_bringup_class *cls;
    int (*recover)(struct vwr_bringup *v); /* for a blocking call */
    struct vwr_requestq *requests;         /* queues, in the order of their setup */
    struct vwr_receiveq *receives;
    uint8_t stage; /* enum vwr_stage; see vwr_get_stage */
    uint8_t step;  /* next step of a recovery: enum bringup_step */
    uint8_t tries;
    uint8_t reads;    /* number of reads of a changing configuration */
    uint16_t started; /* number of set_up calls since the reset */
};

/**
 * struct vwr_request_options - Options for all queues of a device; 0 in a member selects its
 *   default
 * @timeout_us: Time limit of a request in microseconds; default: VWR_REQUEST_TIMEOUT_US.
 * @spin: Number of polls after which a blocking call starts to sleep, if it can; default: VWR_REQUEST_SPIN.
 * @requests: Number of requests in flight per queue; default: 1.
 * @segments: Number of data segments in an indirect table; default: 1. A request has at most
 *   VWR_REQUEST_SEGMENTS.
 * @replays: Maximum number of resubmissions of a request; default: VWR_REQUEST_REPLAYS.
 * @replay: After a reset, resubmit the requests in flight in their original order, up to @replays times each.
 *   On a device with a single queue, a blocking call then recovers the device itself. Otherwise requests are
 *   returned with the error as their result, and only vwr_recover() recovers a device. A build without
 *   VWR_WITH_RECOVERY ignores it.
 * @waiter: How threads sleep; NULL: they do not sleep.
 */
struct vwr_request_options {
    uint32_t timeout_us;
    uint32_t spin;
    uint16_t requests;
    uint16_t segments;
    uint8_t replays;
    bool replay;
    const struct vwr_waiter *waiter;
};

/**
 * vwr_request_set_defaults() - Replace members that are 0 with their defaults
 * @options: Options.
 */
void vwr_request_set_defaults(struct vwr_request_options *options);

/** VWR_REQUEST_TIMEOUT_US - Default time limit of a request in microseconds */
#ifndef VWR_REQUEST_TIMEOUT_US
#define VWR_REQUEST_TIMEOUT_US 30000000u
#endif

/** VWR_REQUEST_SEGMENTS - Maximum number of data segments of a request */
#ifndef VWR_REQUEST_SEGMENTS
#define VWR_REQUEST_SEGMENTS 16u
#endif
VWR_STATIC_ASSERT(VWR_REQUEST_SEGMENTS > 0, "VWR_REQUEST_SEGMENTS must be at least 1");

/** VWR_REQUEST_SPIN - Default number of polls before a call sleeps */
#ifndef VWR_REQUEST_SPIN
#define VWR_REQUEST_SPIN 1000u
#endif

/** VWR_REQUEST_REPLAYS - Default number of resubmissions of a request */
#ifndef VWR_REQUEST_REPLAYS
#define VWR_REQUEST_REPLAYS 3u
#endif

/**
 * struct vwr_request_stats - Counters of a queue
 * @timeouts: Requests that missed their deadline.
 * @replayed: Requests that were resubmitted.
 * @returned: Requests that a recovery or a cancellation returned with an error.
 */
struct vwr_request_stats {
    vwr_count timeouts;
    vwr_count replayed;
    vwr_count returned;
};

/* Slot of a request in flight, in private memory; private. One cache line. */
struct vwr_request_slot {
    struct vwr_chain chain; /* first, since the queue returns it; its token is the request or, in a free slot,
                               the next slot */
    void *shared;           /* header, answer, table */
#if VWR_PORT_HAS_DMA_MAP
    void *context; /* for vwr_port_dma_map() */
    uint16_t mappings;
    struct vwr_mapping mapping[VWR_REQUEST_SEGMENTS];
#endif
};

/* Alignment of slots in bytes. */
#define VWR_REQUEST_SLOT_ALIGN 64u
VWR_STATIC_ASSERT(sizeof(void *) != sizeof(uint64_t) ||
                      __builtin_offsetof(struct vwr_req, bytes) % VWR_REQUEST_SLOT_ALIGN == 0,
                  "the fields that each request uses begin at a cache line");

/**
 * struct vwr_requestq - A queue of requests
 * @queue: Virtqueue. Any thread may read queue.stats; the rest is private.
 * @stats: Counters; any thread may read them.
 */
struct vwr_requestq {
    struct vwr_queue queue;
    /* private: */
    struct vwr_request_slot *free; /* list of slots without a request; it ends with queue.none */
    struct vwr_req *replay;        /* requests to resubmit as soon as there are free descriptors */
    uint64_t shared_shift;         /* device address minus driver address of the slots' shared memory */
    uint32_t segment_bytes_max;    /* limit set by the device */
    uint32_t segments_max;
    uint16_t slot_count;
    struct vwr_request_slot *slots;
    struct vwr_req *done; /* requests that completed while a thread waited for another one */
    struct vwr_req **done_end;
    const struct vwr_request_class *cls;
    const struct vwr_request_options *options;
    struct vwr_queue_memory memory;
    struct vwr_dev *dev;
    const volatile uint32_t *irqs; /* number of interrupts that this queue may have caused */
    struct vwr_bringup *bringup;
    struct vwr_requestq *next; /* next queue of the device */
    uint32_t block_mask;       /* data are split at multiples of block_mask + 1 bytes */
    struct vwr_fault fault;    /* last fault of the queue */
    int stopped_by;            /* why the queue is stopped */
    bool cancelling;           /* a reset of this queue is in progress */
    uint32_t sleepers;         /* number of threads that sleep for a request */
    uint32_t polls;            /* number of polls without a result */
    uint32_t seen;             /* requests with a lower number have req.since set */
    uint64_t passed; /* elapsed time without a clock: polls, and the port's ticks converted to polls */
    uint64_t ticks;
    uint64_t last_check;
    const struct vwr_req *overdue; /* request that the last check found overdue */
    struct vwr_request_slot one;
    /* public: */
    struct vwr_request_stats stats;
};

/*
 * VWR_ONE_CLASS: a build with a single class may define this macro as the class for the whole library, as in
 * -DVWR_ONE_CLASS=vwr_blk_class. The compiler can then use the class's table as a constant.
 */
#ifdef VWR_ONE_CLASS
extern const struct vwr_request_class VWR_ONE_CLASS;
#define VWR_REQUESTQ_CLASS(q) ((void)(q), &VWR_ONE_CLASS)
#else
#define VWR_REQUESTQ_CLASS(q) ((q)->cls)
#endif

/**
 * vwr_requestq_slot() - Get a slot
 * @q: Queue.
 * @i: Index of the slot.
 *
 * Return: The slot.
 */
static inline struct vwr_request_slot *vwr_requestq_slot(struct vwr_requestq *q, unsigned i)
{
    return VWR_WITH_ASYNC ? &q->slots[i] : &q->one;
}

/**
 * vwr_request_vecs() - Get the data segments of a request
 * @r: Request.
 *
 * Return: The segments.
 */
static inline const struct vwr_vec *vwr_request_vecs(const struct vwr_req *r)
{
    return r->vec_count != 0 ? r->vecs : &r->vec;
}

/**
 * vwr_request_vec_count() - Get the number of data segments of a request
 * @r: Request.
 *
 * Return: The number of segments.
 */
static inline uint32_t vwr_request_vec_count(const struct vwr_req *r)
{
    return r->vec_count != 0 ? r->vec_count : r->vec.bytes != 0;
}

/**
 * VWR_REQUEST_SLOT_BYTES() - Size of a slot's shared memory in bytes (for device classes)
 * @shared: Size of the rest of that memory in bytes (vwr_request_class.shared_bytes).
 * @segments: Number of data segments in the slot's indirect table.
 */
#define VWR_REQUEST_SLOT_BYTES(shared, segments) ((shared) + VWR_TABLE_BYTES((segments) + 2))

/**
 * VWR_REQUEST_OWN_BYTES() - Size of the private memory of a request queue in bytes (for device classes)
 * @size: Number of descriptors.
 * @requests: Number of slots. A queue with a single request in flight needs only
 *   VWR_QUEUE_OWN_BYTES().
 */
#define VWR_REQUEST_OWN_BYTES(size, requests) \
    (VWR_QUEUE_OWN_BYTES(size) + VWR_REQUEST_SLOT_ALIGN + (requests) * sizeof(struct vwr_request_slot))

/**
 * vwr_request_shared_addr() - Get the address of a slot's shared memory for the device
 * @q: Queue.
 * @s: Slot.
 *
 * Return: The address.
 */
static inline uint64_t vwr_request_shared_addr(const struct vwr_requestq *q, const struct vwr_request_slot *s)
{
    return q->shared_shift + (uintptr_t)s->shared;
}

/**
 * vwr_slot_request() - Get the request of a slot
 * @s: Slot.
 *
 * Return: The request, or NULL.
 */
static inline struct vwr_req *vwr_slot_request(const struct vwr_request_slot *s)
{
    return s->chain.state != VWR_CHAIN_FREE ? (struct vwr_req *)s->chain.token : NULL;
}

/**
 * vwr_request_setup_queue() - Create a queue and its slots, without setting the class
 * @q: Queue.
 * @v: Bring-up of the device.
 * @index: Queue index.
 * @m: Memory of the queue.
 * @options: Options.
 *
 * Return: The same values as vwr_request_setup().
 */
VWR_MUST_CHECK int vwr_request_setup_queue(struct vwr_requestq *q, struct vwr_bringup *v, unsigned index,
                                           const struct vwr_queue_memory *m,
                                           const struct vwr_request_options *options);

/**
 * vwr_request_setup() - Create a queue and its slots (for a class's @set_up)
 * @q: Queue. The class must have set segment_bytes_max, segments_max and block_mask. The call limits
 *   segments_max to VWR_REQUEST_SEGMENTS.
 * @v: Bring-up of the device.
 * @index: Queue index.
 * @cls: Class.
 * @m: Memory of the queue; the structure is copied unless it is &q->memory. In addition to the ring, the
 *   memory must have room for VWR_REQUEST_SLOT_BYTES() per request and for cls->more_bytes bytes. It belongs
 *   to the queue until the queue has been reset.
 * @options: Options with defaults set; the queue keeps the pointer.
 *
 * Return: VWR_OK.
 * * VWR_ENOMEM: the memory is too small for the slots.
 * * VWR_EINVAL: the queue has too few descriptors for a request.
 * * Other errors: the same as vwr_dev_add_queue().
 */
VWR_MUST_CHECK VWR_ALWAYS_INLINE int vwr_request_setup(struct vwr_requestq *q, struct vwr_bringup *v,
                                                       unsigned index, const struct vwr_request_class *cls,
                                                       const struct vwr_queue_memory *m,
                                                       const struct vwr_request_options *options)
{
#ifdef VWR_ONE_CLASS
    (void)cls;
#else
    q->cls = cls;
#endif
    return vwr_request_setup_queue(q, v, index, m, options);
}

/**
 * vwr_request_set_runs_() - Set whether the device is live (for vwr/bringup.h)
 * @q: Queue.
 * @runs: true: the queue accepts requests.
 */
void vwr_request_set_runs_(struct vwr_requestq *q, bool runs);

/**
 * vwr_request_more() - Get the class's shared memory of a queue
 * @q: Queue that was set up.
 * @more_bytes: Size of that memory in bytes (vwr_request_class.more_bytes).
 *
 * Return: The memory.
 */
static inline void *vwr_request_more(struct vwr_requestq *q, size_t more_bytes)
{
    return (uint8_t *)vwr_requestq_slot(q, 0)->shared - more_bytes;
}

/**
 * vwr_request_submit() - Submit a request
 * @q: Queue.
 * @r: Request. The device sees it after the next kick.
 *
 * Return: VWR_OK: the request and its data are in flight until it completes. After an error they
 *   belong to the caller.
 * * VWR_EFULL: there are not enough free descriptors, or the port cannot map the data now.
 * * VWR_EBUSY: the request is in flight.
 * * VWR_EINVAL: a segment is empty, or the port cannot translate its address.
 * * VWR_ESEGMENTS: there are more segments than a request can have.
 * * VWR_EALIGN: the data are not aligned to VWR_PORT_DMA_ALIGN.
 * * VWR_EFAILED: the queue is stopped.
 * * Any other value: the result of the class's @prepare.
 */
VWR_MUST_CHECK int vwr_request_submit(struct vwr_requestq *q, struct vwr_req *r);

/**
 * vwr_request_kick() - Notify the device of all requests submitted since the last kick
 * @q: Queue.
 *
 * Return: true if the device had to be notified.
 */
static inline bool vwr_request_kick(struct vwr_requestq *q)
{
    return vwr_queue_kick(&q->queue);
}

/**
 * vwr_request_reap() - Return completed requests, in the order in which the device used them
 * @q: Queue.
 * @done: Filled in with up to @max requests, which belong to the caller again.
 * @max: Size of @done.
 *
 * If no request has completed, the call reads the clock and, from time to time, the device status.
 *
 * Return: The number of requests; 0: none has completed. A negative result means that the queue is stopped;
 *   the device owns the requests in flight until a recovery has reset it.
 * * VWR_ETIMEOUT: a request has missed its deadline.
 * * VWR_EBADRING: the device has violated the protocol.
 * * VWR_ENEEDSRESET: the device set DEVICE_NEEDS_RESET.
 * * VWR_EGONE: the device has left the bus.
 * * VWR_EPROTO: the device has reset itself.
 * * VWR_EFAILED: the queue was stopped before.
 * * VWR_ERESET: the queue is being reset.
 */
VWR_MUST_CHECK int vwr_request_reap(struct vwr_requestq *q, struct vwr_req **done, unsigned max);

/**
 * vwr_request_arm() - Enable the interrupt for completed requests
 * @q: Queue.
 * @count: Number of completed requests after which the device interrupts, as for vwr_queue_arm().
 *
 * Return: true: the interrupt is enabled. false: requests have completed already; reap again.
 */
VWR_MUST_CHECK static inline bool vwr_request_arm(struct vwr_requestq *q, unsigned count)
{
    return VWR_ASYNC(q->done, NULL) == NULL && vwr_queue_arm(&q->queue, count);
}

/**
 * vwr_request_wait() - Wait until a request has completed
 * @q: Queue.
 * @r: Request, in flight or completed.
 *
 * The call first polls and then sleeps with options->waiter or vwr_port_idle(). Without either of these, it
 * only polls. Interrupts may be masked. For other requests that complete meanwhile, sleeping threads are
 * woken; the rest wait to be reaped. If another owner resets the device or the queue while the call sleeps
 * (vwr_recover(), vwr_freeze(), vwr_request_cancel()), the call waits until the device acknowledges that
 * reset.
 *
 * The time limit is options->timeout_us. It starts anew when a recovery has resubmitted the request. The call
 * returns after at most (options->replays + 1) * options->timeout_us, plus the time of the resets in between.
 * If the device stays frozen until the deadline, the request is returned with VWR_ERESET.
 *
 * Context: The queue's owner. Waits until the deadline of the request, and of each replay if recovery is
 *   enabled. Not from an interrupt handler. The exception is a device that no other code uses any more, for
 *   example to write a crash dump.
 * Return: VWR_OK, or an error; vwr/result.h describes who then owns the request and its data. If the request
 *   has ended, the caller owns both, and the result is req.result: VWR_OK or one of the first two entries of
 *   this list.
 * * VWR_EIO, VWR_EUNSUPP, VWR_EPROTO, VWR_EZONE, VWR_ENODEV: the result of the request.
 * * VWR_ERESET: a reset has ended the request. The result may instead be the reason why the queue was
 *   stopped, with the same values as vwr_request_reap(), vwr_dev_check(), vwr_dev_read_config(),
 *   vwr_dev_reset_queue() and vwr_dev_add_queue().
 * * VWR_ETIMEOUT, VWR_EBADRING, VWR_ENEEDSRESET, VWR_EGONE: this call stopped the queue for this reason. The
 *   request is in flight, as for VWR_EINFLIGHT.
 * * VWR_EINFLIGHT: the queue was stopped before, the device has reset itself, or a reset was not acknowledged
 *   in time. The request is in flight (vwr_req_is_in_flight()): it is returned by vwr_request_reap() or
 *   another wait after vwr_recover(), or by vwr_close().
 */
VWR_MUST_CHECK int vwr_request_wait(struct vwr_requestq *q, struct vwr_req *r);

/**
 * vwr_request_do() - Submit a request and wait until it has completed
 * @q: Queue.
 * @r: Request.
 *
 * If the queue is full, the call waits for free descriptors.
 *
 * Context: The queue's owner. Waits until the deadline of the request, and of each replay if
 *   recovery is enabled. Not from an interrupt handler.
 * Return: The same values as vwr_request_submit() and vwr_request_wait(). After an error from
 *   vwr_request_submit(), nothing was sent.
 */
VWR_MUST_CHECK int vwr_request_do(struct vwr_requestq *q, struct vwr_req *r);

/**
 * vwr_request_service() - Process completed requests in the deferred part of an interrupt handler
 * @q: Queue.
 * @budget: Maximum number of requests. Threads that sleep for completed requests are woken; other completed
 *   requests are kept for vwr_request_reap().
 *
 * Return: The number of requests. If the queue is stopped, the same as vwr_request_reap().
 */
VWR_MUST_CHECK int vwr_request_service(struct vwr_requestq *q, unsigned budget);

/**
 * vwr_req_is_in_flight() - Test whether a request is in flight or waiting to be resubmitted
 * @r: Request.
 *
 * Return: true if it is.
 */
static inline bool vwr_req_is_in_flight(const struct vwr_req *r)
{
    return r->state == VWR_REQ_IN_FLIGHT;
}

/**
 * vwr_req_abandon() - Exclude a request from replay until the caller submits it again
 * @r: Request. It completes like any other request.
 */
static inline void vwr_req_abandon(struct vwr_req *r)
{
    if (VWR_WITH_RECOVERY)
        r->replays = VWR_REQ_ABANDONED;
}

/**
 * vwr_request_check_submit() - Test whether a request can be submitted (for classes)
 * @q: Queue.
 * @r: Request.
 *
 * Return: VWR_OK.
 * * VWR_EBUSY: the request is in flight.
 * * VWR_EFAILED: the queue is stopped.
 */
VWR_MUST_CHECK int vwr_request_check_submit(const struct vwr_requestq *q, const struct vwr_req *r);

/**
 * vwr_request_refuse() - Record why a request was not submitted (for classes)
 * @q: Queue. The call records the fault in it, for the explain functions.
 * @r: Request.
 * @result: Result of the check that the request failed.
 *
 * Return: @result.
 */
VWR_COLD int vwr_request_refuse(struct vwr_requestq *q, const struct vwr_req *r, int result);

/**
 * vwr_request_measure() - Compute the size of a request's data (for classes)
 * @r: Request; the call sets @r->bytes and @r->offset.
 *
 * Return: VWR_OK.
 * * VWR_EALIGN, VWR_EINVAL: for the same reasons as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_request_measure(struct vwr_req *r);

/**
 * vwr_request_send() - Add a measured request to the queue (for classes)
 * @q: Queue.
 * @r: Request. The class must have set @r->state, @r->bytes and @r->offset, possibly to a part of the data.
 *
 * Return: VWR_OK.
 * * VWR_EFULL, VWR_EINVAL, VWR_ESEGMENTS: for the same reasons as vwr_request_submit().
 * * If the queue is stopped, the same as vwr_queue_get_used().
 */
VWR_MUST_CHECK int vwr_request_send(struct vwr_requestq *q, struct vwr_req *r);

/**
 * vwr_request_get() - Get the next used request (for classes)
 * @q: Queue.
 * @r: Filled in with the request.
 *
 * Return: 1: @r is valid. 0: no request was used. Any other value: the same as
 *   vwr_queue_get_used().
 */
VWR_MUST_CHECK int vwr_request_get(struct vwr_requestq *q, struct vwr_req **r);

/**
 * vwr_request_make_room() - Wait until any request has completed (for classes)
 * @q: Queue.
 *
 * Context: The queue's owner. Waits until the deadline of the request, and of each replay if
 *   recovery is enabled. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_EFULL: no request is in flight.
 * * VWR_EFAILED: the queue is stopped.
 * * Other errors: the same as vwr_request_reap(), or VWR_EINFLIGHT for the same reasons as
 *   vwr_request_wait().
 */
VWR_MUST_CHECK VWR_COLD int vwr_request_make_room(struct vwr_requestq *q);

/**
 * vwr_request_transfer() - Transfer data with as many requests as necessary, and wait (for classes)
 * @q: Queue.
 * @r: Request whose data have been checked. Each part is a multiple of @q->block_mask + 1 bytes; @r->offset
 *   is the start of the last part.
 * @bytes: Size of the data in bytes.
 *
 * If a part of a caller's request is still in flight when the call returns, it is excluded from replay.
 *
 * Context: The queue's owner. Waits until the deadline of the request, and of each replay if
 *   recovery is enabled. Not from an interrupt handler.
 * Return: The same values as vwr_request_wait().
 * * VWR_EINVAL: not even one block fits into a request.
 * * VWR_EFULL: there are no free descriptors, and no request is in flight that would free some.
 * * VWR_EFAILED: the queue is stopped. The unsent part of the data belongs to the caller.
 */
VWR_MUST_CHECK int vwr_request_transfer(struct vwr_requestq *q, struct vwr_req *r, uint64_t bytes);

/**
 * vwr_request_submit_part() - Submit as much of a request's data as fits into one request (for classes)
 * @q: Queue.
 * @r: Request that vwr_request_measure() has measured.
 * @offset: Offset in the data in bytes.
 * @bytes: Filled in with the size of the part, a multiple of @q->block_mask + 1 bytes. The caller
 *   submits the rest in other requests.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no data at @offset, or for the same reasons as vwr_request_send().
 * * VWR_ESEGMENTS: not even one block fits into a request.
 * * VWR_EFULL, VWR_EFAILED: for the same reasons as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_request_submit_part(struct vwr_requestq *q, struct vwr_req *r, uint64_t offset,
                                           uint64_t *bytes);

/**
 * vwr_request_explain() - Describe the fault of a queue (for classes)
 * @q: Queue.
 * @messages: Messages of the class.
 * @features: Names of the class's features, or NULL.
 * @text: Buffer of the caller for the message. It is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if it did not fit.
 */
size_t vwr_request_explain(const struct vwr_requestq *q, const struct vwr_messages *messages,
                           const struct vwr_name *features, char *text, size_t bytes);

/**
 * vwr_request_note() - Record a fault of a queue (for classes)
 * @q: Queue.
 * @kind: Kind of fault.
 * @where: Depends on @kind.
 * @got: Depends on @kind.
 *
 * Return: Result that belongs to @kind.
 */
VWR_COLD int vwr_request_note(struct vwr_requestq *q, uint32_t kind, uint32_t where, uint32_t got);

/**
 * vwr_request_stop() - Stop a queue (for classes)
 * @q: Queue.
 * @reason: Negative result.
 *
 * Return: @reason. If the queue was stopped before, VWR_EFAILED, VWR_ERESET or VWR_EBADRING, the
 *   same as vwr_queue_reap().
 */
VWR_COLD int vwr_request_stop(struct vwr_requestq *q, int reason);

/**
 * vwr_request_take_back() - Reclaim requests after an acknowledged reset (step of a recovery)
 * @q: Queue.
 * @reason: Result for the requests, unless the queue has its own reason.
 */
void vwr_request_take_back(struct vwr_requestq *q, int reason);

/**
 * vwr_request_resume() - Resubmit or return requests after the device has been restarted (step of a recovery)
 * @q: Queue.
 */
void vwr_request_resume(struct vwr_requestq *q);

/**
 * vwr_request_give_back() - Return all requests (step of a recovery)
 * @q: Queue.
 */
void vwr_request_give_back(struct vwr_requestq *q);

/**
 * vwr_request_cancel() - Cancel all requests of a queue with a queue reset (RING_RESET), one step per call
 * @q: Queue. The other queues of the device can be used meanwhile. Cancel only one queue of a device at a
 *   time, and do not recover or freeze the device or call functions of vwr/dev.h until it is done.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait. It makes at most 64
 *   accesses to the device.
 * Return: VWR_OK: reaps and waits return all requests with VWR_ERESET, including those that the device had
 *   completed but the caller had not reaped. The queue accepts requests again.
 * * VWR_EBUSY: in progress; call again. Until then the queue accepts no requests, and a reap
 *   returns VWR_ERESET.
 * * VWR_EUNSUPP: RING_RESET is not negotiated, or the device does not implement it. If an earlier call
 *   returned VWR_EBUSY, the queue is stopped; otherwise nothing has changed.
 * * VWR_EFAILED: the queue was stopped before.
 * * VWR_ETIMEOUT, VWR_EGONE: the device has not released the queue, which is stopped and needs a
 *   recovery.
 * * Other errors: the same as vwr_request_setup(). The queue is stopped and needs a recovery.
 * Section: Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset.
 */
VWR_MUST_CHECK int vwr_request_cancel(struct vwr_requestq *q);

/**
 * vwr_request_is_stopped() - Test whether a queue is stopped, except by vwr_request_cancel()
 * @q: Queue.
 *
 * Return: true if it is.
 */
static inline bool vwr_request_is_stopped(const struct vwr_requestq *q)
{
    return vwr_queue_state(&q->queue) != VWR_OK && !q->cancelling;
}

/**
 * vwr_request_drop() - Return all requests after a final reset
 * @q: Queue. Requests in flight get the result VWR_ERESET.
 */
void vwr_request_drop(struct vwr_requestq *q);

/* Called with a memory range of a request in flight. */
typedef void (*vwr_request_range)(void *context, const struct vwr_req *r, void *p, size_t bytes);

/**
 * vwr_request_lost() - List memory that a lost device (VWR_STAGE_LOST) may still access
 * @q: Queue.
 * @each: Called with each range of the data of requests in flight. The ring and the slots are part of the
 *   queue's memory and are not listed.
 * @context: Passed to @each.
 */
void vwr_request_lost(const struct vwr_requestq *q, vwr_request_range each, void *context);

VWR_END_C

#endif
