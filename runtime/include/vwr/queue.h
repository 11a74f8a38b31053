/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_H
#define VWR_QUEUE_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/result.h"
#include "vwr/ring.h"
#include "vwr/stats.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A virtqueue as the driver sees it: buffers go in with add, or with post if they were bound, the
 * device sees them with kick, and they come back with reap. Which layout the ring has was
 * negotiated and is nothing that the caller sees.
 *
 * Context of every call here: a queue has one owner at a time. Different queues of one device
 * may be used at once without a lock; two calls on the same queue must not overlap, an
 * interrupt handler included. Nothing here waits.
 *
 * Memory. The ring lies in memory that the device can reach. What the driver has to remember
 * lies in memory that the device cannot reach, and is not read back from the ring: whatever
 * the device writes there, the worst it can get is VWR_EBADRING.
 *
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* A segment of a buffer: its address for the device (vwr_port_dma gives it), and its bytes, at least 1. */
struct vwr_seg {
    uint64_t addr;
    uint32_t len;
};

/*
 * One buffer in a queue. The caller owns the memory, zeroes it before its first use, and leaves it
 * alone while it is in flight: from add or post until it has come back. It must not lie where the
 * device can write.
 */
struct vwr_chain {
    void *token;      /* the caller's; the queue does not read it */
    uint32_t written; /* set when it comes back: bytes that the device says it wrote, at most what the buffer
                         has */
    /* private */
    uint32_t writable; /* bytes that the device may write */
    /*
     * 0, or of a bound chain VWR_CHAIN_IDLE: not in flight. VWR_CHAIN_ADDED: in flight, described for one
     * time. Bound, in flight: in order VWR_CHAIN_POSTED; elsewhere the device writes fewer bytes than this,
     * and the chain is in queue.slot[head] for good.
     */
    long long limit;
    uint64_t fixed; /* bound: what limit (not in order), or written, is without the segment that changes */
    uint64_t data_rest[2]; /* bound: of that descriptor the second half, but for length; [0]: it is written */
    void *data;            /* bound: descriptor of the segment that changes; NULL: described at each post */
    uint16_t head;         /* the buffer id: it is in queue.slot[head] while it is in flight */
    uint64_t rest; /* bound, with a table: the second half of the ring's descriptor, but for id and wrap */
    uint64_t table_addr;
    void *table;
    uint16_t table_size; /* descriptors that fit */
    uint16_t tail;       /* split: the last descriptor; in order, direct: its number, as `added` counts */
    uint16_t count;      /* descriptors of the ring */
    uint16_t segs;       /* bound: segments */
    uint16_t changing;   /* bound: the one that changes */
    bool bound;          /* its id, and in a split ring its descriptors, belong to it */
    struct vwr_seg *seg; /* bound: the caller's description */
};

#define VWR_CHAIN_IDLE (-1)
#define VWR_CHAIN_ADDED (-2)
#define VWR_CHAIN_POSTED (VWR_CHAIN_IDLE + VWR_CHAIN_ADDED) /* without ADDED it is what it was before */

/*
 * Gives the chain memory for an indirect table: `bytes` that the device can reach, contiguous for it,
 * aligned to VWR_SPLIT_RING_DESC_ALIGN, of VWR_TABLE_BYTES(segments). Where the device has
 * indirect descriptors, a buffer of 2 segments or more that fits into the table then takes one
 * descriptor of the ring; elsewhere the table is not used. Not while the chain is bound or in flight.
 * VWR_OK; VWR_ENOMEM: too small for one segment, not aligned, or not contiguous for the device.
 */
VWR_MUST_CHECK int vwr_chain_lend_table(struct vwr_chain *chain, void *table, size_t bytes);
#define VWR_TABLE_BYTES(segments) ((size_t)(segments) * sizeof(struct vwr_virtq_desc))

/*
 * The memory that a queue is made of, all of it the caller's, until the device has been reset.
 *   shared    VWR_QUEUE_SHARED_BYTES(size) bytes that the device can reach, contiguous for it, aligned
 *             to VWR_QUEUE_SHARED_ALIGN, mapped so that each side sees what the other writes (coherent,
 *             or uncached); any content, all of it is zeroed
 *   own       VWR_QUEUE_OWN_BYTES(size) bytes that the device cannot reach, aligned to a pointer
 *   size      descriptors, at most VWR_SPLIT_RING_SIZE_MAX; the queue gets as many of them as the
 *             device takes, of a split ring the largest power of 2 among them
 */
struct vwr_queue_memory {
    void *shared;
    size_t shared_bytes;
    void *own;
    size_t own_bytes;
    uint16_t size;
};

/* For a class whose queue has a constant size: a split ring and a packed one have exactly so many. */
#define VWR_QUEUE_SIZE_IS_WHOLE(size) \
    ((size) > 0 && (size) <= VWR_SPLIT_RING_SIZE_MAX && ((size) & ((size)-1)) == 0)

#define VWR_QUEUE_SHARED_ALIGN VWR_SPLIT_RING_LEGACY_ALIGN
/* Of a legacy split ring: any other ring of that size is smaller. */
#define VWR_QUEUE_SHARED_BYTES(size) VWR_SPLIT_RING_BYTES(size, VWR_SPLIT_RING_LEGACY_ALIGN)
/* The same with room behind the ring for `extra` bytes of a device class. */
#define VWR_QUEUE_SHARED_BYTES_WITH(size, extra) \
    (VWR_QUEUE_EXTRA_OFFSET(VWR_QUEUE_SHARED_BYTES(size)) + (extra))
#define VWR_QUEUE_EXTRA_OFFSET(ring_bytes) (((ring_bytes) + 15u) & ~(size_t)15u)
#define VWR_QUEUE_OWN_BYTES(size) ((size_t)(size) * (sizeof(void *) + sizeof(uint16_t)))

/* options of a queue: what was negotiated, and whether the ring is in the guest's byte order. */
#define VWR_QUEUE_INDIRECT 1u
#define VWR_QUEUE_EVENT_IDX 2u
#define VWR_QUEUE_LEGACY 4u
/* And in order: there was a buffer of several descriptors; in a small build always. */
#define VWR_QUEUE_DIRECT 8u

/*
 * How a queue notifies its device: by one access, in a kick itself or in a function of its own. The bit that
 * says which is the sign of a byte: a CPU that has compared it with 0 has seen both.
 */
#define VWR_DOORBELL_OTHER 0x80u /* not the specification's */
enum vwr_doorbell_kind {
    VWR_DOORBELL_32,                           /* 32 bits, little-endian */
    VWR_DOORBELL_16,                           /* 16 bits, little-endian */
    VWR_DOORBELL_32_DATA = VWR_DOORBELL_OTHER, /* 32 bits with the position in the ring (NOTIFICATION_DATA) */
    VWR_DOORBELL_PORT_16, /* 16 bits to the I/O port whose number is `reg` (vwr_port_out16) */
    VWR_DOORBELL_CFG      /* through the configuration space of the PCI function `reg` */
};

struct vwr_doorbell {
    uint16_t index; /* of the queue, among those of its device */
    uint16_t value; /* the same, or what the device wants in place of it */
    uint8_t kind;   /* enum vwr_doorbell_kind */
    volatile void *reg;
};

/* What both layouts of a split ring begin with. */
struct vwr_split_ring {
    uint32_t mask;     /* size - 1 */
    uint32_t used_idx; /* as last_used counts: the buffers that used entries which were read cover */
    struct vwr_virtq_avail *avail;
    const struct vwr_virtq_used *used;
    struct vwr_virtq_desc *desc;
};

struct vwr_split {
    struct vwr_split_ring ring;
    uint16_t *next;     /* by descriptor: the next one, free or of the same buffer */
    uint32_t free_head; /* the first free descriptor */
    uint32_t num_free;
};

/*
 * In order a buffer's id is the position of its first descriptor. As long as each buffer takes one descriptor
 * that of the n-th buffer is n modulo size; slot[] keeps what has come back, so that a bound chain at a
 * position where it was before finds its descriptor there. From the first buffer of several descriptors on,
 * VWR_QUEUE_DIRECT, buffers are described as in the layout that is not in order, and slot[] has those in
 * flight alone. The structure begins as that of the other layout.
 */
struct vwr_split_in_order {
    struct vwr_split_ring ring;
    uint16_t *next;
    uint32_t free_head;
    uint32_t num_free; /* direct */
    uint32_t oldest;   /* direct: the id of the buffer that comes back next */
};

/* What both layouts of a packed ring begin with. */
struct vwr_packed_ring {
    struct vwr_pvirtq_desc *desc;
    struct vwr_packed_cursor used; /* where the next used descriptor comes */
    uint64_t flags;                /* AVAIL and USED of a descriptor at `next`, as in its second half */
    uint64_t held;  /* the second half of descriptor `first`, which the kick stores, once there is one */
    uint32_t next;  /* where the next descriptor goes */
    uint32_t first; /* the first one since the last kick */
};

struct vwr_packed {
    struct vwr_packed_ring ring;
    uint32_t num_free; /* descriptors */
    uint32_t
        shortest; /* descriptors of the shortest buffer since none was in flight; 0: there are bound tables */
    uint32_t free_id; /* the first free buffer id; behind slot[] there is by id the next one */
};

struct vwr_packed_in_order {
    struct vwr_packed_ring ring;
    uint32_t num_free; /* direct */
    uint32_t shortest;
    uint32_t used_idx; /* as of a split ring */
};

struct vwr_stopped {
    int reason;
};

/* A debug switch, for the library and for whoever includes its headers: vwr/queue_owners.h. */
#ifndef VWR_CHECK_OWNERS
#define VWR_CHECK_OWNERS 0
#endif

/*
 * All fields but `stats` are private; the embedder only places the structure. What the fast path loads
 * together lies together: a CPU that loads two words at once does so.
 */
struct vwr_queue {
    struct vwr_chain *
        *slot;      /* by buffer id: what is in flight, or `none`; in order by position: what is, or was */
    uint8_t layout; /* enum vwr_layout: which member of the union there is */
    uint8_t options;
    /* buffers, modulo 2^32; the low half of each is an index of a split ring */
    uint32_t last_used; /* that came back */
    uint32_t kicked;    /* that the device knows of */
    uint32_t added;
    union {
        struct vwr_split split;
        struct vwr_split_in_order split_in_order;
        struct vwr_packed packed;
        struct vwr_packed_in_order packed_in_order;
        struct vwr_stopped stopped;
    };
    uint32_t size;
    struct vwr_doorbell doorbell;
    struct vwr_chain none; /* where slot[] has no chain: never in flight, never idle, never written to */
#if VWR_CHECK_OWNERS
    const char *volatile in_progress; /* the call that has begun, or NULL */
#endif
    struct vwr_queue_stats stats;
};

/*
 * Puts a buffer into the queue: `out` segments that the device reads, then `in` segments that it
 * writes; they are copied. The device does not know of it before kick. Not for a bound chain.
 * VWR_OK; VWR_EINVAL: no segment, more segments than the queue is long, a segment of 0 bytes, 2^32 or
 * more bytes to write; VWR_EFULL: not enough free descriptors now; VWR_EBUSY: the chain is in
 * flight already; VWR_EBADRING, VWR_ERESET, VWR_EFAILED, or the reason of vwr_queue_stop: the queue is
 * stopped. On an error nothing has happened.
 */
VWR_MUST_CHECK static inline int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out,
                                               unsigned in, struct vwr_chain *chain);

/*
 * For requests of `segs` segments that are alike but for one, seg[changing]: describes them once,
 * for good; nothing goes to the device. The device reads the segments before that one and writes
 * those behind it. From then on vwr_queue_post sends the chain with another segment there,
 * which costs less than vwr_queue_add. `seg` (written to) and the chain belong to the queue as long as the
 * queue lives. So do descriptors: of a split ring all that it takes, of a packed one only that of a table
 * or of a single segment, in order none. Results as vwr_queue_add.
 */
VWR_MUST_CHECK int vwr_queue_bind(struct vwr_queue *q, struct vwr_seg *seg, unsigned segs, unsigned changing,
                                  struct vwr_chain *chain);

/*
 * Gives the descriptors of a bound chain back to the queue, so that it can be bound anew or used
 * with vwr_queue_add. VWR_OK, also if it is not bound; VWR_EBUSY: it is in flight.
 */
VWR_MUST_CHECK int vwr_queue_unbind(struct vwr_queue *q, struct vwr_chain *chain);

/*
 * Puts a bound chain into the queue, with the `len` bytes at `addr` where it changes; `in`: the
 * device writes them, less than 2^32 with those of the other segments. VWR_OK; VWR_EINVAL: 0 bytes;
 * VWR_EBUSY: the chain is in flight already; VWR_EFULL where descriptors are not bound to it;
 * and if the queue is stopped as vwr_queue_add.
 */
VWR_MUST_CHECK static inline int vwr_queue_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                                uint32_t len, bool in);

/* Tells the device of all that was added since the last kick. True if it had to be notified. */
static inline bool vwr_queue_kick(struct vwr_queue *q);

/*
 * Takes back one buffer that the device has used: 1 and *chain, 0 if there is none, or a
 * negative result, for good, if the queue is stopped: VWR_EBADRING when the device named a
 * buffer that it does not have, or more of them than it has; VWR_ERESET, VWR_EFAILED, or what
 * the reason of vwr_queue_stop.
 */
VWR_MUST_CHECK static inline int vwr_queue_get_used(struct vwr_queue *q, struct vwr_chain **chain);

/*
 * The same for up to `most` buffers, into chains[]: how many there were, or negative as vwr_queue_get_used.
 * In a build for speed it costs less than one after the other.
 */
VWR_MUST_CHECK int vwr_queue_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned most);

/*
 * Add, post, kick and get_used for a driver that has code for each layout: `layout`, a constant, is what
 * vwr_queue_layout answered since the last get_used, reap or stop. They spare the test of the layout in each
 * call, and packed and in-order rings a call out of line. Results as vwr_queue_add, vwr_queue_post,
 * vwr_queue_kick, vwr_queue_get_used.
 */
static inline enum vwr_layout vwr_queue_layout(const struct vwr_queue *q);
VWR_MUST_CHECK static inline int vwr_queue_add_as(struct vwr_queue *q, enum vwr_layout layout,
                                                  const struct vwr_seg *seg, unsigned out, unsigned in,
                                                  struct vwr_chain *chain);
VWR_MUST_CHECK static inline int vwr_queue_post_as(struct vwr_queue *q, enum vwr_layout layout,
                                                   struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                                   bool in);
static inline bool vwr_queue_kick_as(struct vwr_queue *q, enum vwr_layout layout);
VWR_MUST_CHECK static inline int vwr_queue_get_used_as(struct vwr_queue *q, enum vwr_layout layout,
                                                       struct vwr_chain **chain);

/*
 * Asks for an interrupt when `count` more buffers are used, at least 1 and at most those in
 * flight; a device without EVENT_IDX interrupts at the next one. False: so many have come meanwhile, of
 * a packed ring perhaps fewer, reap them (the interrupt may come or not); also if the queue is
 * stopped, and reap says why. A queue begins disarmed, and an interrupt does not disarm it.
 */
VWR_MUST_CHECK bool vwr_queue_arm(struct vwr_queue *q, unsigned count);

/* Asks for no interrupt; a few may still come. */
void vwr_queue_disarm(struct vwr_queue *q);

/* Stops the queue: from here on add and reap return `reason`, which is negative. */
VWR_COLD void vwr_queue_stop(struct vwr_queue *q, int reason);

/*
 * After the device, or this queue of it, has been reset: hands back the buffers that were in
 * flight, 1 and *chain, in no order; 0: there is none left. VWR_EBUSY: the queue is not stopped.
 * Before the reset is acknowledged they are the device's, and handing them back is how memory
 * gets corrupted.
 */
VWR_MUST_CHECK VWR_COLD int vwr_queue_reclaim(struct vwr_queue *q, struct vwr_chain **chain);

/* Descriptors in the queue. */
static inline uint16_t vwr_queue_size(const struct vwr_queue *q)
{
    return (uint16_t)q->size;
}

/* The queue's index among those of its device. */
static inline uint16_t vwr_queue_index(const struct vwr_queue *q)
{
    return q->doorbell.index;
}

/* VWR_OK, or why the queue is stopped: VWR_EBADRING, VWR_ERESET, VWR_EFAILED (also one that is zeroed, and
 * was never made), or the reason of vwr_queue_stop. */
VWR_ALWAYS_INLINE int vwr_queue_state(const struct vwr_queue *q)
{
    if (q->layout != VWR_LAYOUT_STOPPED)
        return VWR_OK;
    return q->stopped.reason != VWR_OK ? q->stopped.reason : VWR_EFAILED; /* zeroed, and never made */
}

/* Buffers that were given to the device in all, and those that are in flight now. Context: any. */
static inline uint32_t vwr_queue_buffers(const struct vwr_queue *q)
{
    return q->kicked;
}

static inline uint32_t vwr_queue_in_flight(const struct vwr_queue *q)
{
    return q->added - q->last_used;
}

/* Has all come back that a split ring's used.idx covered when it was read? For what came since, reap again.
 */
static inline bool vwr_queue_is_drained(const struct vwr_queue *q)
{
    return q->layout == VWR_LAYOUT_SPLIT && q->split.ring.used_idx == q->last_used;
}

/* Where the used ring begins is a multiple of this. */
static inline size_t vwr_split_align(bool legacy)
{
    return legacy ? VWR_SPLIT_RING_LEGACY_ALIGN : VWR_SPLIT_RING_USED_ALIGN;
}

/* What the memory of a queue is aligned to. */
static inline size_t vwr_split_memory_align(bool legacy)
{
    return legacy ? VWR_SPLIT_RING_LEGACY_ALIGN : VWR_SPLIT_RING_DESC_ALIGN;
}

/*
 * For dev.h: the size that a queue gets, the bytes of its ring, and the structure over memory that
 * has been checked; `features` are those negotiated.
 */
uint16_t vwr_queue_fit(const struct vwr_features *features, uint16_t size, uint32_t max);
size_t vwr_queue_ring_bytes(const struct vwr_features *features, bool legacy, uint16_t size);
void vwr_queue_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m, uint16_t size,
                       const struct vwr_features *features, bool legacy);

/* For a transport: where in the memory of the queue the driver's and the device's area begin. */
void vwr_queue_areas(const struct vwr_queue *q, size_t *driver, size_t *device);

#include "vwr/queue_owners.h"
#include "vwr/queue_hot.h"
#include "vwr/queue_split_hot.h"
#include "vwr/queue_packed_hot.h"
#include "vwr/queue_in_order_hot.h"
#include "vwr/queue_reaper.h"
#include "vwr/queue_calls.h"

#ifdef __cplusplus
}
#endif

#endif
