/* SPDX-License-Identifier: MIT */
#ifndef VWR_REQUEST_H
#define VWR_REQUEST_H

#include "vwr/dev.h"

VWR_BEGIN_C

/*
 * The request engine: what every queue has on which the driver sends requests and the device answers
 * them. Slots with header and answer, deadlines, waiting, sleeping, recovery and replay are here; a device
 * class adds a constant table, struct vwr_request_class, and a structure for its requests that begins with
 * struct vwr_req. Users of a disk read blk_queue.h instead, which has the same calls with its own types.
 *
 *     r = vwr_request_submit(q, &req->req);               // for each of them
 *     vwr_request_kick(q);                                // once
 *     while ((n = vwr_request_reap(q, done, 32)) >= 0)    // done[0 .. n) have come back, in any order
 *         ...
 *
 * Context of each call, if it does not say otherwise: the owner of the queue, which may be an interrupt
 * handler; it does not wait. Each queue has one owner at a time; different queues of one device may be used
 * at once without a lock: an owner writes nothing that the owner of another queue reads. So a fault, the
 * reason for which a queue is stopped, and its counters are the queue's.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* A part of a request's data: memory that need not be contiguous for the device. Laid out as struct vwr_vseg.
 */
struct vwr_vec {
    void *p;
    size_t bytes;
} VWR_MAY_ALIAS;

enum vwr_req_state {
    VWR_REQ_IDLE = 0,
    VWR_REQ_IN_FLIGHT = 1, /* from submit until it has come back; also while it waits for its replay */
    VWR_REQ_COMPLETED = 2  /* came back, and waits for its reap */
};

/*
 * One request: the caller's, zeroed before its first use. It is in flight from submit until reap (or wait)
 * gives it back, and with it the data; it must not lie where the device can write. What each request touches
 * begins at byte 64, where a pointer has 64 bits: one cache line of a request that is aligned to one.
 */
struct vwr_req {
    const struct vwr_vec *vecs; /* the data, one after the other; not changed while it is in flight */
    uint64_t more;              /* what the class says that few requests have: vwr/blk_queue.h */
    /* private */
    struct vwr_req *next;
    uint64_t offset;     /* where in the data the part begins that this request has */
    uint64_t since;      /* when it was first seen to be in flight */
    uint32_t number;     /* of one that is to be sent again: counts the queue's buffers */
    uint8_t in;          /* the device writes the data */
    uint8_t internal;    /* of a call that waits: nobody reaps it */
    uint8_t sleeper;     /* somebody sleeps until it completes */
    uint8_t answer_more; /* bytes of answer before those of the class's answer_last */
    uint64_t unused[2];  /* the rest begins at byte 64 */
    uint64_t bytes;      /* of data that this request has */
    /* submit writes these four at once, and so does the completion */
    uint8_t state;   /* enum vwr_req_state */
    uint8_t splits;  /* VWR_REQ_SPLITS, VWR_REQ_PART; 0: it has all of its data */
    uint8_t replays; /* how often it was sent again; VWR_REQ_ABANDONED */
    uint8_t status;  /* not private: of a class whose answer is one byte, as the device wrote it */
    /* not private */
    uint32_t vec_count; /* of `vecs` */
    struct vwr_vec vec; /* the data if vec_count is 0; 0 bytes: no data */
    void *token;        /* the caller's */
    uint32_t written;   /* bytes of data that the device says it wrote */
    int result;         /* VWR_OK, or what went wrong with this request; behind `written` */
};

#define VWR_REQ_SPLITS 1u       /* what does not fit is another request's */
#define VWR_REQ_PART 2u         /* the others are there: it has the bytes that it has */
#define VWR_REQ_ABANDONED 0xffu /* as many replays as there can be */

struct vwr_requestq;

struct vwr_request_slot;

/*
 * A kind of request queue. The device reads the header, then data; it writes data, then the answer. Both lie
 * in the shared memory of the slot: the header at its beginning. A class whose requests have other forms
 * puts each into the queue itself.
 */
struct vwr_request_class {
    uint16_t header;       /* bytes; 0: none */
    uint16_t answer_last;  /* bytes of an answer behind the data; 0: none */
    uint16_t answer_room;  /* behind these: bytes that some answers have, and which req.written counts */
    uint16_t last_at;      /* where in the slot's shared memory they lie */
    uint16_t shared_bytes; /* of all this and what else the class has there, a multiple of 16 */
    uint16_t more_bytes;   /* what the class has of its own in front of the slots, a multiple of 16 */
    /*
     * Checks what only the class can, sets req.in (and vec, if the data are the class's own), writes the
     * header of a request whose data begin at req.offset. Called in submit and again before a replay. VWR_OK,
     * or the error with which submit ends.
     */
    int (*prepare)(struct vwr_requestq *q, struct vwr_req *r, void *shared);
    /*
     * Puts a request that was prepared into the queue, as vwr_queue_add of what the class describes:
     * &s->chain. Results as submit. NULL: header, data, answer. A class that has both this and answer_last
     * describes what is not one segment of data and an answer, by vwr_request_add_segments.
     */
    int (*add)(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r);
    /* The device has used it: reads the answer, sets req.result, which is VWR_OK. NULL: there is nothing to
     * read. */
    void (*finish)(struct vwr_requestq *q, struct vwr_req *r, void *shared);
    /* It is in the queue, for the first time; NULL: nothing to be done. */
    void (*sent)(struct vwr_requestq *q, const struct vwr_req *r);
    /* May it be sent again after a reset? NULL: all may. */
    bool (*may_replay)(const struct vwr_req *r);
    uint16_t type_at; /* where in a request its type lies, uint32_t, for a message; 0: it has none */
    uint32_t timeout; /* the fault of a request that is overdue; VWR_FAULT_NONE: none is */
};

/*
 * How threads sleep for a request: NULL for a system without threads. Both are called by the owner
 * of the queue, with the lock held by which the system makes it so.
 *   sleep   releases the lock, sleeps until wake was called for `r` or about `us` microseconds have
 *           passed, and takes the lock again; a wake-up for nothing does no harm, but in a port with
 *           neither clock nor ticks, where a sleep counts as long as it was to be. Meanwhile whoever has
 *           the lock may make any call of this header, those of a recovery, and close the device: the call
 *           that sleeps answers VWR_ERESET then, and needs queue and request until it has returned
 *   wake    `r` has come back; called by whoever has reaped it (vwr_request_service in the system's half
 *           of an interrupt, or another waiter), by a recovery, or by a close. May submit and kick; nothing
 *           that waits, reaps or recovers
 */
struct vwr_waiter {
    void *context;
    void (*sleep)(void *context, struct vwr_req *r, uint32_t us);
    void (*wake)(void *context, struct vwr_req *r);
};

struct vwr_bringup;
struct vwr_bringup_class;
struct vwr_messages;
struct vwr_name;

/*
 * What becomes of requests that were in flight when the device was reset. Without it they come back with the
 * reason as their result. With that of the class, as vwr_blk_replay, they are sent again, in the order of
 * their submission, at most options->replays times each; and a call that waits, on a device of one queue,
 * brings the device back by itself.
 */
struct vwr_replay {
    void (*send_again)(struct vwr_requestq *q); /* vwr_request_send_again */
    /* vwr_recover_alone, with the class. NULL: a call that waits does not bring the device back. */
    int (*recover)(struct vwr_bringup *v, const struct vwr_bringup_class *cls);
    const struct vwr_bringup_class *cls;
};

/* For a class's struct vwr_replay: sends again as much as there is room for. */
void vwr_request_send_again(struct vwr_requestq *q);

/* For all queues of a device; a field of 0 is the default. */
struct vwr_request_options {
    uint32_t timeout_us; /* VWR_REQUEST_TIMEOUT_US: after which a request is overdue */
    uint32_t spin;       /* VWR_REQUEST_SPIN: polls before a call that waits sleeps, where it can */
    uint16_t requests;   /* in flight at once in each queue: 1 */
    uint16_t segments;   /* of data in an indirect table: 1; a request has VWR_REQUEST_SEGMENTS at most */
    uint8_t replays;     /* VWR_REQUEST_REPLAYS */
    const struct vwr_replay *replay;
    const struct vwr_waiter *waiter;
};

/* Each field of 0 that this build looks at becomes its default. */
void vwr_request_set_defaults(struct vwr_request_options *options);

#ifndef VWR_REQUEST_TIMEOUT_US
#define VWR_REQUEST_TIMEOUT_US 30000000u
#endif
#ifndef VWR_REQUEST_SEGMENTS
#define VWR_REQUEST_SEGMENTS 16u /* of data in a request, at most */
#endif
VWR_STATIC_ASSERT(VWR_REQUEST_SEGMENTS > 0, "VWR_REQUEST_SEGMENTS has to be 1 at least");
#ifndef VWR_REQUEST_SPIN
#define VWR_REQUEST_SPIN 1000u
#endif
#ifndef VWR_REQUEST_REPLAYS
#define VWR_REQUEST_REPLAYS 3u
#endif

struct vwr_request_stats {
    vwr_count timeouts;
    vwr_count replayed;
    vwr_count returned; /* taken back by a recovery and given to the caller with the reason */
};

/* Data that the port has mapped for a request (vwr_port_dma_map). */
struct vwr_mapping {
    uint64_t addr;
    void *p;
    uint32_t bytes;
    bool in; /* the device writes there */
};

/* What a request has while it is in flight; private, in driver-private memory: one cache line. */
struct vwr_request_slot {
    struct vwr_chain
        chain;    /* first: the queue returns it; token: the request, or of a free slot the next one */
    void *shared; /* header, answer, table */
#if VWR_PORT_HAS_DMA_MAP
    uint16_t mappings;
    struct vwr_mapping mapping[VWR_REQUEST_SEGMENTS];
#endif
};
#define VWR_REQUEST_SLOT_ALIGN 64u /* not the specification's */
VWR_STATIC_ASSERT(sizeof(void *) != sizeof(uint64_t) ||
                      __builtin_offsetof(struct vwr_req, bytes) % VWR_REQUEST_SLOT_ALIGN == 0,
                  "what each request touches begins a line");

/* A queue of requests. `stats` and `queue.stats` may be read by anybody; all else is private. */
struct vwr_requestq {
    struct vwr_queue queue;
    struct vwr_request_slot *free; /* slots without a request; the last is queue.none */
    struct vwr_req *replay;        /* to be sent again as soon as there are free descriptors */
    uint64_t shared_addr;          /* of slots[0].shared for the device */
    uint32_t segment_bytes_max;    /* of the device */
    uint16_t segments_max;
    uint16_t slot_count;
    struct vwr_request_slot *slots;
    struct vwr_req *done; /* came back while somebody waited for another one */
    struct vwr_req **done_end;
    const struct vwr_request_class *cls;
    const struct vwr_request_options *options;
    struct vwr_queue_memory memory;
    struct vwr_dev *dev;
    const volatile uint32_t *irqs; /* counts the interrupts that this queue may have caused */
    struct vwr_bringup *bringup;
    struct vwr_requestq *next; /* of the device's, in the order of their setup */
    uint32_t block_mask;       /* a request that splits ends on a multiple of so many bytes, less one */
    struct vwr_fault fault;    /* the last thing that went wrong with it */
    int stopped_by;            /* why this queue is stopped */
    bool cancelling;           /* a reset of this queue is going on */
    uint32_t sleepers;         /* threads that sleep for a request */
    uint32_t polls;            /* that found nothing */
    uint32_t seen;             /* requests before this number have req.since */
    uint64_t passed;           /* without a clock, the time: polls, and what the port's ticks are worth */
    uint64_t ticks;
    uint64_t last_check;
    const struct vwr_req *overdue; /* at the last check */
    struct vwr_request_slot one;
    struct vwr_request_stats stats;
};

/*
 * The class of a queue. A build that has one class only may name it, -DVWR_ONE_CLASS=vwr_blk_class, for the
 * whole library: then the compiler knows its table.
 */
#ifdef VWR_ONE_CLASS
extern const struct vwr_request_class VWR_ONE_CLASS;
#endif

static inline const struct vwr_request_class *vwr_requestq_class(const struct vwr_requestq *q)
{
#ifdef VWR_ONE_CLASS
    (void)q;
    return &VWR_ONE_CLASS;
#else
    return q->cls;
#endif
}

/*
 * What a build leaves out is left out here and in vwr_request_is_free. Without VWR_WITH_ASYNC a queue has one
 * request at a time, of a call that waits: options->requests and waiter are not looked at. Without
 * VWR_WITH_RECOVERY, nor is replay.
 */
static inline unsigned vwr_requestq_slots(const struct vwr_requestq *q)
{
    return VWR_WITH_ASYNC ? q->slot_count : 1;
}

static inline struct vwr_request_slot *vwr_requestq_slot(struct vwr_requestq *q, unsigned i)
{
    return VWR_WITH_ASYNC ? &q->slots[i] : &q->one;
}

static inline const struct vwr_request_slot *vwr_requestq_first(const struct vwr_requestq *q)
{
    return VWR_WITH_ASYNC ? q->slots : &q->one;
}

/* The next queue of the same device; NULL: there is none. */
static inline struct vwr_requestq *vwr_requestq_next(const struct vwr_requestq *q)
{
    return VWR_WITH_ASYNC ? q->next : NULL;
}

static inline unsigned vwr_request_count(const struct vwr_request_options *options)
{
    return VWR_WITH_ASYNC ? options->requests : 1;
}

/* Is a reset of this queue going on, to cancel its requests? */
static inline bool vwr_requestq_is_cancelling(const struct vwr_requestq *q)
{
    return VWR_WITH_ASYNC && q->cancelling;
}

/* Can requests that came back wait for their reap? Do some? */
static inline bool vwr_requestq_has_list(const struct vwr_requestq *q)
{
    (void)q;
    return VWR_WITH_ASYNC;
}

static inline bool vwr_requestq_has_done(const struct vwr_requestq *q)
{
    return VWR_WITH_ASYNC && q->done != NULL;
}

static inline const struct vwr_waiter *vwr_requestq_waiter(const struct vwr_requestq *q)
{
    return VWR_WITH_ASYNC ? q->options->waiter : NULL;
}

/* Can whoever waits for `r` sleep? */
static inline bool vwr_requestq_can_sleep(const struct vwr_requestq *q, const struct vwr_req *r)
{
    return vwr_requestq_waiter(q) != NULL ? r != NULL : VWR_PORT_HAS_IDLE;
}

static inline bool vwr_requestq_has_sleepers(const struct vwr_requestq *q)
{
    return VWR_WITH_ASYNC && q->sleepers != 0;
}

/* Requests that have to be sent again first; what sends them. */
static inline bool vwr_requestq_has_replays(const struct vwr_requestq *q)
{
    return VWR_WITH_RECOVERY && q->replay != NULL;
}

static inline const struct vwr_replay *vwr_requestq_replay(const struct vwr_requestq *q)
{
    return VWR_WITH_RECOVERY ? q->options->replay : NULL;
}

static inline const struct vwr_vec *vwr_request_vecs(const struct vwr_req *r)
{
    return r->vec_count != 0 ? r->vecs : &r->vec;
}

static inline uint32_t vwr_request_vec_count(const struct vwr_req *r)
{
    return r->vec_count != 0 ? r->vec_count : r->vec.bytes != 0;
}

/*
 * Shared and driver-private memory of a queue of `size` descriptors and `requests` slots, of a class that has
 * `shared` bytes in each, with tables for `segments` segments of data; more than one request in flight needs
 * driver-private memory for the slots.
 */
#define VWR_REQUEST_SLOT_BYTES(shared, segments) ((shared) + VWR_TABLE_BYTES((segments) + 2))
#define VWR_REQUEST_OWN_BYTES(size, requests) \
    (VWR_QUEUE_OWN_BYTES(size) + VWR_REQUEST_SLOT_ALIGN + (requests) * sizeof(struct vwr_request_slot))

/* The address of a slot's shared memory for the device. */
static inline uint64_t vwr_request_shared_addr(const struct vwr_requestq *q, const struct vwr_request_slot *s)
{
    return q->shared_addr + (size_t)((uint8_t *)s->shared - (uint8_t *)vwr_requestq_first(q)->shared);
}

/* The request of a slot; NULL: it has none. */
static inline struct vwr_req *vwr_slot_request(const struct vwr_request_slot *s)
{
    return s->chain.state != VWR_CHAIN_FREE ? (struct vwr_req *)s->chain.token : NULL;
}

/* Bytes that the slots take of a queue's shared memory. */
size_t vwr_request_shared_bytes(const struct vwr_request_class *cls,
                                const struct vwr_request_options *options);

/* Of vwr_request_setup, all but the class. Results as vwr_request_setup. */
VWR_MUST_CHECK int vwr_request_setup_queue(struct vwr_requestq *q, struct vwr_bringup *v, unsigned index,
                                           const struct vwr_queue_memory *m,
                                           const struct vwr_request_options *options);

/*
 * For a class's set_up: adds the queue to the device, as vwr_dev_add_queue, and sets up its slots. The class
 * has set segment_bytes_max, segments_max, which is cut to VWR_REQUEST_SEGMENTS, and block_mask. `m` is
 * copied, or &q->memory; `options`, whose defaults are set, stays. The memory has vwr_request_shared_bytes()
 * and cls->more_bytes more than the ring, and is the queue's until it has been reset. VWR_OK; VWR_ENOMEM:
 * there is no room for the slots; VWR_EINVAL: a request does not fit in so few descriptors; and as
 * vwr_dev_add_queue.
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

/* For bringup.h: the device runs, and the queue takes requests; or it does not. */
void vwr_request_set_runs(struct vwr_requestq *q, bool runs);

/* The `more_bytes` of shared memory that the class has for itself in a queue that is set up. */
static inline void *vwr_request_more(const struct vwr_requestq *q, size_t more_bytes)
{
    return (uint8_t *)vwr_requestq_first(q)->shared - more_bytes;
}

/*
 * Puts a request into the queue; the device sees it with the next kick. VWR_OK: the request and its data are
 * in flight until it comes back. VWR_EFULL: not now; the port cannot map the data now. VWR_EBUSY: it is in
 * flight already. VWR_EINVAL: a segment of 0 bytes, memory that the port cannot translate. VWR_ESEGMENTS:
 * more segments than one request can have, at most VWR_REQUEST_SEGMENTS. VWR_EALIGN: data not aligned to
 * VWR_PORT_DMA_ALIGN. VWR_EFAILED: the queue is stopped. Also what the class's prepare answers. On an error
 * the request is the caller's. Loops: over the segments, once.
 */
VWR_MUST_CHECK int vwr_request_submit(struct vwr_requestq *q, struct vwr_req *r);

/* Tells the device of all requests since the last kick. True if it had to be notified. */
static inline bool vwr_request_kick(struct vwr_requestq *q)
{
    return vwr_queue_kick(&q->queue);
}

/*
 * Takes back up to `budget` requests, in the order in which the device has used them: how
 * many, into done[]; 0: none now. Negative: the queue is stopped, by a request past its deadline
 * (VWR_ETIMEOUT), a protocol violation (VWR_EBADRING), VWR_ENEEDSRESET, VWR_EGONE, VWR_EPROTO (the device has
 * reset itself), or VWR_EFAILED if it was before, VWR_ERESET if it is being reset; what is in flight stays
 * the device's until a recovery has had the reset acknowledged. A reap that finds nothing reads the clock,
 * and now and then the status of the device.
 */
VWR_MUST_CHECK int vwr_request_reap(struct vwr_requestq *q, struct vwr_req **done, unsigned budget);

/*
 * Asks for an interrupt when `count` more requests have come back (vwr_queue_arm). False: there
 * is something to reap already.
 */
VWR_MUST_CHECK bool vwr_request_arm(struct vwr_requestq *q, unsigned count);
void vwr_request_disarm(struct vwr_requestq *q);

/*
 * vwr_request_wait() - wait until a request has completed
 * @q: the queue
 * @r: the caller's request, in flight or completed; with its data the device's until it has completed
 *
 * Polls, then sleeps by options->waiter or the port's idle; without both it polls, interrupts masked or not.
 * Other requests that complete meanwhile wait for their reap, or are woken. Where another owner resets the
 * device or the queue while the call sleeps (vwr_recover, vwr_freeze, vwr_request_cancel), it waits for the
 * acknowledgement of that reset.
 *
 * The deadline is options->timeout_us. It begins anew when a recovery has sent the request again: the call
 * ends after (options->replays + 1) * options->timeout_us and the resets in between, whatever the device or
 * other owners do. A request of a device that is kept frozen until the deadline is returned with VWR_ERESET.
 *
 * Context: the owner of the queue; not an interrupt handler, but for a device that nobody else drives then,
 * as when a crash dump is written.
 *
 * Return: by the table of vwr/result.h. The caller's again: req.result, which is VWR_OK, VWR_EIO,
 * VWR_EUNSUPP, VWR_EPROTO, VWR_EZONE; or, if a reset has returned the request, VWR_ERESET, or why the queue
 * was stopped: as vwr_request_reap, or as vwr_dev_check, vwr_dev_read_config, vwr_dev_reset_queue and
 * vwr_dev_add_queue where one of these has given the device up. In flight yet, as vwr_req_is_in_flight says
 * too: VWR_ETIMEOUT, VWR_EBADRING, VWR_ENEEDSRESET, VWR_EGONE: this call has found out why the queue is
 * stopped; VWR_EINFLIGHT: it was stopped before, the device has reset itself, or no reset was acknowledged in
 * time. Such a request comes with reap, or with another wait, after vwr_recover; or the class's close returns
 * it.
 */
VWR_MUST_CHECK int vwr_request_wait(struct vwr_requestq *q, struct vwr_req *r);

/* Submit, kick, wait; where the queue is full it waits for free descriptors. Results as vwr_request_submit
 * and vwr_request_wait; after those of the first nothing was sent. */
VWR_MUST_CHECK int vwr_request_do(struct vwr_requestq *q, struct vwr_req *r);

/*
 * For the half of an interrupt handler that may own the queue: takes back up to `budget` requests, wakes
 * those that somebody sleeps for, and keeps the others for reap. Answers how many; negative as
 * vwr_request_reap.
 */
VWR_MUST_CHECK int vwr_request_service(struct vwr_requestq *q, unsigned budget);

/* For a class's calls that wait: can its own request be made now? */
bool vwr_request_is_usable(const struct vwr_requestq *q, const struct vwr_req *r);

/* True if the request is in flight, or waits for its replay. */
static inline bool vwr_req_is_in_flight(const struct vwr_req *r)
{
    return r->state == VWR_REQ_IN_FLIGHT;
}

/*
 * Whoever has submitted it has no use for it any more: it comes back as others do, but after a reset it is
 * not sent again. Until its next submit. Context: as submit.
 */
static inline void vwr_req_abandon(struct vwr_req *r)
{
    if (VWR_WITH_RECOVERY)
        r->replays = VWR_REQ_ABANDONED;
}

/*
 * For the code of a class. measure: sets r->bytes and r->offset by its data; VWR_OK, VWR_EALIGN, VWR_EINVAL
 * as vwr_request_submit. send: of a request whose `state`, `bytes` and `offset` the class has set, which may
 * be a part of its data; otherwise as vwr_request_submit, of a stopped queue as vwr_queue_get_used. get:
 * takes back one request: 1 and *r, 0, or negative as vwr_queue_get_used. add_segments: for `add`, the chain
 * of the slot, bound or not; results as vwr_queue_add. make_room: waits until something has come back;
 * VWR_EFULL: nothing is in flight; VWR_EFAILED: the queue is stopped. wait_for: as vwr_request_wait, of a
 * request that nobody reaps. can_submit: VWR_OK, or as vwr_request_submit by the state of queue and request.
 * Context: as submit; make_room and wait_for wait.
 */
VWR_MUST_CHECK int vwr_request_can_submit(const struct vwr_requestq *q, const struct vwr_req *r);
VWR_MUST_CHECK int vwr_request_measure(struct vwr_req *r);
VWR_MUST_CHECK int vwr_request_send(struct vwr_requestq *q, struct vwr_req *r);
VWR_MUST_CHECK int vwr_request_get(struct vwr_requestq *q, struct vwr_req **r);
VWR_MUST_CHECK int vwr_request_add_segments(struct vwr_requestq *q, struct vwr_request_slot *s,
                                            const struct vwr_seg *seg, unsigned out, unsigned in);
VWR_MUST_CHECK VWR_COLD int vwr_request_make_room(struct vwr_requestq *q);
VWR_MUST_CHECK int vwr_request_wait_for(struct vwr_requestq *q, struct vwr_req *r);

/*
 * For the code of a class, of a request whose data are `bytes` long and were checked: in one request, or in
 * as many as it takes, each a multiple of q->block_mask + 1 bytes; r->offset says where the last of them
 * began. Results as vwr_request_wait; VWR_EINVAL: not even one block fits in a request;
 * VWR_EFULL: no free descriptors, and no request in flight whose end would free some; VWR_EFAILED: the queue
 * is stopped, and the part that was not sent is the caller's. Waits. Loops: over the segments of
 * each request.
 */
VWR_MUST_CHECK int vwr_request_transfer(struct vwr_requestq *q, struct vwr_req *r, uint64_t bytes);

/*
 * For the code of a class, of a request that was measured: submits as much of its data as one request can
 * have, from `offset` bytes on, in a multiple of q->block_mask + 1 bytes: *bytes. The rest is another
 * request's. VWR_EINVAL: there is nothing from `offset` on; VWR_ESEGMENTS: not even one block; otherwise as
 * vwr_request_submit. Context: as submit. Loops: over the segments, once.
 */
VWR_MUST_CHECK int vwr_request_submit_part(struct vwr_requestq *q, struct vwr_req *r, uint64_t offset,
                                           uint64_t *bytes);

/*
 * For the code of a class, with its sentences and the names of its features, or NULL: the fault of the queue
 * in words, as vwr_bringup_explain.
 */
size_t vwr_request_explain(const struct vwr_requestq *q, const struct vwr_messages *messages,
                           const struct vwr_name *features, char *text, size_t bytes);

/*
 * For the code of a class. Remembers a fault of the queue and answers its result; and the same, and the
 * queue is stopped and FAILED written to the device's status.
 */
VWR_COLD int vwr_request_note(struct vwr_requestq *q, uint32_t kind, uint32_t where, uint32_t got);
VWR_COLD int vwr_request_give_up(struct vwr_requestq *q, uint32_t kind, uint32_t where, uint32_t got);

/* The queue is stopped because of `reason`, negative. Answers it, or VWR_EFAILED if the queue was stopped
 * before; results as vwr_request_reap. */
VWR_COLD int vwr_request_stop(struct vwr_requestq *q, int reason);

/*
 * In a recovery, by the owner of all queues. take_back: the reset is acknowledged; requests in flight are the
 * driver's, with `reason` where the queue has none of its own. resume: the device runs again, they are sent
 * again or returned. give_back: all are returned.
 */
void vwr_request_take_back(struct vwr_requestq *q, int reason);
void vwr_request_resume(struct vwr_requestq *q);
void vwr_request_give_back(struct vwr_requestq *q);

/*
 * A step of cancelling all that is in flight in one queue, by a reset of it (RING_RESET), while the other
 * queues go on; called again as long as it answers VWR_EBUSY. VWR_OK: requests come back with reap, or to
 * whoever waits, with VWR_ERESET as their result, also those that the device had answered and nobody had
 * reaped; and the queue takes requests again. VWR_EBUSY: call again; until then the queue takes nothing, and
 * reap answers VWR_ERESET. VWR_EUNSUPP: RING_RESET is not negotiated, or the device does not do it: nothing
 * has happened, or, if it has pretended to, the queue is stopped. Otherwise the queue is stopped, for a
 * recovery: VWR_EFAILED: it was before; VWR_ETIMEOUT, VWR_EGONE: the device has not released it; and as
 * vwr_request_setup. Does not wait; at most 64 accesses to the device. Loops: over the slots and the size of
 * the queue. Context: the owner of the queue; for one queue of a device at a time, while nobody recovers or
 * freezes it or makes a call of dev.h.
 * Section: Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset.
 */
VWR_MUST_CHECK int vwr_request_cancel(struct vwr_requestq *q);

/* True if the queue is stopped, and not by vwr_request_cancel. */
static inline bool vwr_request_is_stopped(const struct vwr_requestq *q)
{
    return vwr_queue_state(&q->queue) != VWR_OK && !q->cancelling;
}

/* After a reset for good: each request is the caller's, with VWR_ERESET if it was in flight. */
void vwr_request_drop(struct vwr_requestq *q);

/*
 * Where the device may still read or write although its driver has given it up (LOST): calls `each` with
 * every range of memory of requests in flight, the data as the caller has them; the ring and the slots lie in
 * the queue's memory. Loops: over the requests in flight and the segments of each.
 */
typedef void (*vwr_request_range)(void *context, const struct vwr_req *r, void *p, size_t bytes);
void vwr_request_lost(const struct vwr_requestq *q, vwr_request_range each, void *context);

VWR_END_C

#endif
