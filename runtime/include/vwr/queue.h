/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_H
#define VWR_QUEUE_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/result.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

VWR_BEGIN_C

/*
 * A virtqueue as the driver sees it: add or post puts a buffer into the queue, kick makes it the device's,
 * and get_used or reap returns it when the device has used it. The layout of the ring is negotiated; no
 * caller sees it.
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
 * Where a chain is. A used id is accepted only if its chain is in flight, that is added or posted before the
 * last kick: its number is below queue.kicked, so that a kick does not walk over the chains.
 */
enum vwr_chain_state {
    VWR_CHAIN_FREE,  /* the caller's */
    VWR_CHAIN_ADDED, /* by vwr_queue_add: the queue's, and from the next kick on the device's */
    VWR_CHAIN_POSTED /* the same by vwr_queue_post */
};

/*
 * One buffer in a queue. The caller owns the memory, zeroes it before its first use, and leaves it
 * alone from add or post until get_used or reap returns it. It must not lie where the device can write.
 */
struct vwr_chain {
    void *token; /* the caller's; the queue does not read it */
    union {
        /* set by get_used and reap: bytes the device says it wrote, at most what the buffer has */
        uint32_t written;
        uint32_t number; /* private, while it is added: queue.added before */
    };
    /* private */
    uint8_t state;  /* enum vwr_chain_state */
    uint8_t bound;  /* VWR_CHAIN_BOUND and its like; 0: described for one time */
    uint16_t count; /* descriptors of the ring that it takes */
    /* in a packed ring, posted as one descriptor, the second half of that: one load of these three */
    uint32_t
        answer_at; /* bound: where the answer lies, counted from the header; of one descriptor: its bytes */
    uint16_t id;   /* it is in queue.slot[id] while it is added; bound, and not in order: for good */
    uint16_t tail; /* split: the last descriptor of the ring that it takes; packed: its flags */
    uint32_t writable;  /* bytes that the device may write */
    uint16_t in_bytes;  /* bound: of the answer, a segment that the device writes behind the data */
    uint16_t out_bytes; /* bound: of the header, a segment that the device reads before the data */
    uint8_t flags[2]; /* bound: of the descriptor of the data: [0]: the device writes them; [1]: reads them */
    uint16_t takes;   /* bound: descriptors that a post takes, besides those that it keeps */
    uint16_t table_segs; /* descriptors of its table */
    uint64_t addr; /* of the table; bound without one: of the segment before the data, or else behind them */
    void *table;   /* bound: the descriptor of the data, where it stays */
};

#define VWR_CHAIN_BOUND 1u /* what is the same at each post is described */
#define VWR_CHAIN_TABLE 2u /* in its table */

/*
 * Gives the chain memory for an indirect table: `bytes` that the device can reach, contiguous for it,
 * aligned to VWR_SPLIT_RING_DESC_ALIGN, of VWR_TABLE_BYTES(segments). Where the device has
 * indirect descriptors, a buffer of 2 segments or more that fits into the table then takes one
 * descriptor of the ring; elsewhere the table is not used. Not while the chain is bound or added.
 * VWR_OK; VWR_ENOMEM: too small for one segment, not aligned, or not contiguous for the device.
 */
VWR_MUST_CHECK int vwr_chain_lend_table(struct vwr_chain *chain, void *table, size_t bytes);
#define VWR_TABLE_BYTES(segments) ((size_t)(segments) * sizeof(struct vwr_virtq_desc))

/*
 * The memory that a queue is made of, all of it the caller's, until the device has been reset.
 *   shared    VWR_QUEUE_SHARED_BYTES(size) bytes that the device can reach, contiguous for it, aligned
 *             to VWR_QUEUE_SHARED_ALIGN, mapped so that each side sees what the other writes (coherent,
 *             or uncached); any content, what the queue takes of it is zeroed. Who drives modern devices
 *             only gives VWR_QUEUE_SHARED_BYTES_MODERN(size), aligned to VWR_QUEUE_SHARED_ALIGN_MODERN: a
 *             legacy device refuses less than it takes, and what is not aligned to VWR_QUEUE_SHARED_ALIGN,
 *             with VWR_ENOMEM. The macros of classes and clients have the same ending.
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
/* Of any ring of a modern device: a packed one is smaller. */
#define VWR_QUEUE_SHARED_BYTES_MODERN(size) VWR_SPLIT_RING_BYTES(size, VWR_SPLIT_RING_USED_ALIGN)
#define VWR_QUEUE_SHARED_ALIGN_MODERN VWR_SPLIT_RING_DESC_ALIGN
/* The same with room behind the ring for `extra` bytes of a device class. */
#define VWR_QUEUE_SHARED_BYTES_WITH(size, extra) \
    (VWR_QUEUE_EXTRA_OFFSET(VWR_QUEUE_SHARED_BYTES(size)) + (extra))
#define VWR_QUEUE_SHARED_BYTES_WITH_MODERN(size, extra) \
    (VWR_QUEUE_EXTRA_OFFSET(VWR_QUEUE_SHARED_BYTES_MODERN(size)) + (extra))
#define VWR_QUEUE_EXTRA_OFFSET(ring_bytes) (((ring_bytes) + 15u) & ~(size_t)15u)
#define VWR_QUEUE_OWN_BYTES(size) ((size_t)(size) * (sizeof(void *) + sizeof(uint16_t)))

/* options of a queue: what was negotiated, and whether the ring is in the guest's byte order. */
#define VWR_QUEUE_INDIRECT 1u
#define VWR_QUEUE_EVENT_IDX 2u
#define VWR_QUEUE_LEGACY 4u

/* How a queue notifies its device: by one access, in a kick itself or, below 0, in a function of its own. */
enum vwr_doorbell_kind {
    VWR_DOORBELL_32 = 0,       /* 32 bits, little-endian */
    VWR_DOORBELL_16 = 1,       /* 16 bits, little-endian */
    VWR_DOORBELL_32_DATA = -1, /* 32 bits with the position in the ring (NOTIFICATION_DATA) */
    VWR_DOORBELL_PORT_16 = -2, /* 16 bits to the I/O port whose number is `reg` (vwr_port_out16) */
    VWR_DOORBELL_CFG = -3      /* through the configuration space of the PCI function `reg` */
};

struct vwr_doorbell {
    uint16_t index;   /* of the queue, among those of its device */
    uint16_t value;   /* the same, or what the device wants in place of it */
    signed char kind; /* enum vwr_doorbell_kind */
    volatile void *reg;
};

struct vwr_split_ring {
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    const struct vwr_virtq_used *used;
};

struct vwr_packed_ring {
    struct vwr_pvirtq_desc *desc;
    uint64_t flags;      /* AVAIL and USED of a descriptor at `next`, as in its second half */
    uint16_t held;       /* flags of descriptor `first`, which the kick stores, once there is one */
    uint32_t next;       /* where the next descriptor goes */
    uint32_t first;      /* the first one since the last kick */
    uint32_t used_flags; /* AVAIL and USED of a used descriptor at queue.oldest */
    uint32_t shortest;   /* descriptors of the shortest buffer since none was in flight */
    uint32_t least;      /* of the shortest bound chain */
};

/* A debug switch, for the library and for whoever includes its headers: two owners of a queue are reported.
 */
#ifndef VWR_CHECK_OWNERS
#define VWR_CHECK_OWNERS 0
#endif

struct vwr_queue_stats {
    vwr_count kicks;       /* notifications sent */
    vwr_count elided;      /* kicks of which the device did not want to hear */
    vwr_count full;        /* buffers that found no room */
    vwr_count clamped;     /* the device claimed to have written more than the chain has */
    vwr_count flight_most; /* buffers in flight at once, the most; counted when some come back */
};

/* All fields but `stats` are private; the embedder only places the structure. */
struct vwr_queue {
    uint8_t layout; /* enum vwr_layout */
    uint8_t options;
    /*
     * open: the layout if the request engine may post, that is the device runs and nothing is to be sent
     * again first; or VWR_LAYOUT_STOPPED. runs: the device runs. Whoever gives the device up clears both, and
     * may own another queue.
     */
    volatile uint8_t open;
    volatile bool runs;
    uint32_t size;
    uint32_t mask; /* of a split ring: size - 1 */
    /* buffers, modulo 2^32; the low half of each is an index of a split ring */
    uint32_t added;
    uint32_t kicked;    /* that the device knows of */
    uint32_t last_used; /* that get_used and reap have returned */
    uint32_t num_free;  /* descriptors that belong to no chain */
    uint32_t free;      /* split: the next free descriptor; packed: the next free id */
    uint32_t oldest;    /* packed: where the next used descriptor comes; in order: the oldest buffer's id */
    uint32_t used_end;  /* in order: buffers that the device is known to have used */
    struct vwr_chain **slot; /* by id; `none` where there is no chain */
    uint16_t *next;          /* by descriptor or id: the next free one, or of the same buffer */
    union {
        struct vwr_split_ring split;
        struct vwr_packed_ring packed;
    };
    struct vwr_doorbell doorbell;
    int stopped;              /* why */
    struct vwr_queue *beside; /* another queue of the device */
    struct vwr_chain none;    /* always free */
#if VWR_CHECK_OWNERS
    const char *volatile in_progress; /* the call that has begun, or NULL */
#endif
    struct vwr_queue_stats stats;
};

/*
 * Puts a buffer into the queue: `out` segments that the device reads, then `in` segments that it
 * writes; they are copied. The device does not know of it before kick. Not for a bound chain, before
 * vwr_queue_unbind. VWR_OK; VWR_EINVAL: no segment, more segments than the queue is long, a segment of 0
 * bytes, 2^32 or more bytes to write; VWR_EFULL: not enough free descriptors now; VWR_EBUSY: the chain is in
 * flight already; VWR_EBADRING, VWR_ERESET, VWR_EFAILED, or the reason of vwr_queue_stop: the queue is
 * stopped. On an error nothing has happened.
 */
VWR_MUST_CHECK int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                                 struct vwr_chain *chain);

/*
 * vwr_queue_bind() - describe once what is the same in each buffer of a chain
 * @q: a queue that is not stopped
 * @chain: free
 * @out: a segment that the device reads before the data; NULL: none
 * @in: a segment that the device writes behind the data; NULL: none. Both are copied, of less than 65536
 *      bytes, and @in begins less than 65536 bytes behind @out
 *
 * From then on vwr_queue_post sends the chain with data of one segment, which costs less than vwr_queue_add.
 * With a table, and in a split ring out of order, the description stays in place, and its descriptors are the
 * chain's until vwr_queue_unbind. Elsewhere a chain takes descriptors from its post until it is returned, and
 * out of order it keeps its id. Where the device has indirect descriptors a chain that has a table is
 * bound with 2 segments at least, which fit in it; elsewhere the table is not the chain's any more.
 *
 * Return: VWR_OK; VWR_EFULL: not enough free descriptors or ids; VWR_EINVAL: segments that cannot be bound;
 * VWR_EBUSY: the chain is added; as vwr_queue_add if the queue is stopped.
 */
VWR_MUST_CHECK int vwr_queue_bind(struct vwr_queue *q, const struct vwr_seg *out, const struct vwr_seg *in,
                                  struct vwr_chain *chain);

/*
 * Gives the descriptors of a bound chain back to the queue, so that it can be bound again or used
 * with vwr_queue_add. VWR_OK, also if it is not bound; VWR_EBUSY: it is added.
 */
VWR_MUST_CHECK int vwr_queue_unbind(struct vwr_queue *q, struct vwr_chain *chain);

/*
 * Puts a bound chain into the queue, with data of `len` bytes at `addr`; `in`: the device writes them, less
 * than 2^32 with the segment behind them. VWR_OK; VWR_EINVAL: 0 bytes, or the chain is not bound; VWR_EBUSY:
 * it is added already; VWR_EFULL: not enough free descriptors now; and if the queue is stopped as
 * vwr_queue_add.
 */
VWR_MUST_CHECK int vwr_queue_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                  bool in);

/* Tells the device of all that was added since the last kick. True if it had to be notified. */
bool vwr_queue_kick(struct vwr_queue *q);

/*
 * Returns up to `max` buffers that the device has used, into chains[]: how many there were; 0: none now; or a
 * negative result, for good, if the queue is stopped: VWR_EBADRING when the device named a
 * buffer that it does not have, or more of them than it has; VWR_ERESET, VWR_EFAILED, or
 * the reason of vwr_queue_stop.
 */
VWR_MUST_CHECK int vwr_queue_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned max);

/* The same of one, results as vwr_queue_reap: 1 and *chain. */
VWR_MUST_CHECK static inline int vwr_queue_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    return vwr_queue_reap(q, chain, 1);
}

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
 * was never made), or the reason of vwr_queue_stop. Context: any. */
int vwr_queue_state(const struct vwr_queue *q);

/* Buffers that were given to the device in all, and those that are added or in flight now. Context: any. */
static inline uint32_t vwr_queue_buffers(const struct vwr_queue *q)
{
    return q->kicked;
}

static inline uint32_t vwr_queue_in_flight(const struct vwr_queue *q)
{
    return q->added - q->last_used;
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
 * has been checked, of which `bytes` are shared and zeroed; `features` are those negotiated.
 */
uint16_t vwr_queue_fit(const struct vwr_features *features, uint16_t size, uint32_t max);
size_t vwr_queue_ring_bytes(const struct vwr_features *features, bool legacy, uint16_t size);
void vwr_queue_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m, size_t bytes, uint16_t size,
                       const struct vwr_features *features, bool legacy);

/* For a transport: where in the memory of the queue the driver's and the device's area begin. */
void vwr_queue_areas(const struct vwr_queue *q, size_t *driver, size_t *device);

VWR_END_C

#endif
