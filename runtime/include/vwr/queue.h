/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_H
#define VWR_QUEUE_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/result.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

VWR_BEGIN_C

/**
 * DOC: Virtqueues, driver side
 *
 * vwr_queue_add() or vwr_queue_post() puts a buffer into the queue, vwr_queue_kick() passes it to
 * the device, and vwr_queue_get_used() or vwr_queue_reap() returns it when the device has used it.
 * Callers do not depend on the layout of the ring, which is negotiated.
 *
 * Rules:
 *
 * - A queue has one owner at a time. Different queues of a device may be used concurrently without
 *   a lock; two calls for the same queue must not overlap, including calls from an interrupt
 *   handler.
 * - The ring is in shared memory. The driver's own state is in private memory, which the device
 *   cannot access, and is never read back from the ring: whatever the device writes, the worst
 *   result is VWR_EBADRING.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues.
 */

/**
 * struct vwr_seg - A segment of a buffer
 * @addr: Address for the device, from vwr_port_dma().
 * @len: Size in bytes, at least 1.
 */
struct vwr_seg {
    uint64_t addr;
    uint32_t len;
};

/**
 * enum vwr_chain_state - State of a chain
 * @VWR_CHAIN_FREE: It belongs to the caller.
 * @VWR_CHAIN_ADDED: vwr_queue_add() has added it: it belongs to the queue, and from the next kick
 *   on to the device.
 * @VWR_CHAIN_POSTED: The same, added by vwr_queue_post().
 *
 * A used ID is accepted only if its chain is in flight: added or posted before the last kick. A
 * kick does not visit the chains: those added before it have a number below queue.kicked.
 */
enum vwr_chain_state { VWR_CHAIN_FREE, VWR_CHAIN_ADDED, VWR_CHAIN_POSTED };

/**
 * struct vwr_chain - A buffer in a queue
 * @token: For the caller; the queue does not use it.
 * @written: Number of bytes that the device reports to have written, at most the buffer's size. Set
 *   when the buffer is returned.
 * @number: Private.
 *
 * The caller zeroes it before its first use, keeps it in private memory, and does not change it
 * while it is in the queue.
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

/**
 * vwr_chain_lend_table() - Provide memory for an indirect table
 * @chain: Chain that is neither bound nor added.
 * @table: Shared memory, contiguous for the device, aligned to VWR_SPLIT_RING_DESC_ALIGN. The
 *   caller keeps it while the chain is in use.
 * @bytes: Size in bytes: VWR_TABLE_BYTES(segments).
 *
 * If INDIRECT_DESC is negotiated, a buffer of 2 segments or more that fits the table takes a single
 * descriptor of the ring. Otherwise the table is not used.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK.
 * * VWR_ENOMEM: too small for one segment, misaligned, or not contiguous for the device.
 */
VWR_MUST_CHECK int vwr_chain_lend_table(struct vwr_chain *chain, void *table, size_t bytes);

/**
 * VWR_TABLE_BYTES() - Size of an indirect table in bytes
 * @segments: Number of segments.
 */
#define VWR_TABLE_BYTES(segments) ((size_t)(segments) * sizeof(struct vwr_virtq_desc))

/**
 * struct vwr_queue_memory - Memory of a queue
 * @shared: Memory that the device can access, contiguous for it, aligned to VWR_QUEUE_SHARED_ALIGN,
 *   coherent or uncached. Any content: the queue zeroes what it uses. For modern devices only,
 *   VWR_QUEUE_SHARED_BYTES_MODERN(size) aligned to VWR_QUEUE_SHARED_ALIGN_MODERN is enough; a
 *   legacy device then fails with VWR_ENOMEM.
 * @shared_bytes: Size of @shared in bytes: VWR_QUEUE_SHARED_BYTES(size).
 * @own: Private memory, which the device cannot access, aligned to a pointer.
 * @own_bytes: Size of @own in bytes: VWR_QUEUE_OWN_BYTES(size).
 * @size: Number of descriptors, at most VWR_SPLIT_RING_SIZE_MAX. If the device supports fewer, the
 *   queue uses fewer; a split ring uses a power of 2.
 *
 * The caller keeps the memory until the device has been reset.
 */
struct vwr_queue_memory {
    void *shared;
    size_t shared_bytes;
    void *own;
    size_t own_bytes;
    uint16_t size;
};

/**
 * VWR_QUEUE_SIZE_IS_WHOLE() - Test whether split and packed rings can have exactly this size
 * @size: Number of descriptors, a constant.
 */
#define VWR_QUEUE_SIZE_IS_WHOLE(size) \
    ((size) > 0 && (size) <= VWR_SPLIT_RING_SIZE_MAX && ((size) & ((size)-1)) == 0)

/** VWR_QUEUE_SHARED_ALIGN - Alignment of shared memory in bytes */
#define VWR_QUEUE_SHARED_ALIGN VWR_SPLIT_RING_LEGACY_ALIGN

/**
 * VWR_QUEUE_SHARED_BYTES() - Size of a legacy split ring in bytes; any other ring is smaller
 * @size: Number of descriptors.
 */
#define VWR_QUEUE_SHARED_BYTES(size) VWR_SPLIT_RING_BYTES(size, VWR_SPLIT_RING_LEGACY_ALIGN)

/**
 * VWR_QUEUE_SHARED_BYTES_MODERN() - Size of any ring of a modern device in bytes; a packed ring is
 *   smaller
 * @size: Number of descriptors.
 */
#define VWR_QUEUE_SHARED_BYTES_MODERN(size) VWR_SPLIT_RING_BYTES(size, VWR_SPLIT_RING_USED_ALIGN)
#define VWR_QUEUE_SHARED_ALIGN_MODERN VWR_SPLIT_RING_DESC_ALIGN

/**
 * VWR_QUEUE_SHARED_BYTES_WITH() - Size of a ring and of a class's bytes behind it
 * @size: Number of descriptors.
 * @extra: Bytes of the class.
 */
#define VWR_QUEUE_SHARED_BYTES_WITH(size, extra) \
    (VWR_QUEUE_EXTRA_OFFSET(VWR_QUEUE_SHARED_BYTES(size)) + (extra))

/**
 * VWR_QUEUE_SHARED_BYTES_WITH_MODERN() - Size of a ring and of a class's bytes behind it, for
 *   modern devices only
 * @size: Number of descriptors.
 * @extra: Bytes of the class.
 */
#define VWR_QUEUE_SHARED_BYTES_WITH_MODERN(size, extra) \
    (VWR_QUEUE_EXTRA_OFFSET(VWR_QUEUE_SHARED_BYTES_MODERN(size)) + (extra))

/**
 * VWR_QUEUE_EXTRA_OFFSET() - Offset of a class's bytes
 * @ring_bytes: Size of the ring in bytes.
 */
#define VWR_QUEUE_EXTRA_OFFSET(ring_bytes) (((ring_bytes) + 15u) & ~(size_t)15u)

/**
 * VWR_QUEUE_OWN_BYTES() - Size of a queue's private memory in bytes
 * @size: Number of descriptors.
 */
#define VWR_QUEUE_OWN_BYTES(size) ((size_t)(size) * (sizeof(void *) + sizeof(uint16_t)))

/* Options of a queue: negotiated features, and whether the ring is in the guest's byte order. */
#define VWR_QUEUE_INDIRECT 1u
#define VWR_QUEUE_EVENT_IDX 2u
#define VWR_QUEUE_LEGACY 4u

/**
 * enum vwr_doorbell_kind - How a queue notifies its device
 *
 * Kinds below 0 need a function of their own; the others are a single store within a kick.
 */
enum vwr_doorbell_kind {
    VWR_DOORBELL_32 = 0,       /* 32 bits, little-endian */
    VWR_DOORBELL_16 = 1,       /* 16 bits, little-endian */
    VWR_DOORBELL_32_DATA = -1, /* 32 bits with the position in the ring (NOTIFICATION_DATA) */
    VWR_DOORBELL_PORT_16 = -2, /* 16 bits to the I/O port whose number is `reg` (vwr_port_out16) */
    VWR_DOORBELL_CFG = -3      /* through the configuration space of the PCI function `reg` */
};

/**
 * struct vwr_doorbell - Doorbell of a queue
 * @index: Queue index.
 * @value: Value to write: the queue index, or what the device requires instead.
 * @kind: enum vwr_doorbell_kind.
 * @reg: Register, I/O port or PCI function.
 */
struct vwr_doorbell {
    uint16_t index;
    uint16_t value;
    signed char kind;
    volatile void *reg;
};

/* A split ring; private. */
struct vwr_split_ring {
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    const struct vwr_virtq_used *used;
};

/* A packed ring; private. */
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

/**
 * VWR_CHECK_OWNERS - 1: report two concurrent owners of a queue
 *
 * A debug option. Set it for the library and for every program that includes its headers.
 */
#ifndef VWR_CHECK_OWNERS
#define VWR_CHECK_OWNERS 0
#endif

/**
 * struct vwr_queue_stats - Counters of a queue
 * @kicks: Notifications.
 * @elided: Kicks for which the device had suppressed the notification.
 * @full: Buffers that did not fit.
 * @clamped: Buffers for which the device reported more bytes than they have.
 * @flight_most: Maximum number of buffers in flight, updated when buffers are returned.
 */
struct vwr_queue_stats {
    vwr_count kicks;
    vwr_count elided;
    vwr_count full;
    vwr_count clamped;
    vwr_count flight_most;
};

/**
 * struct vwr_queue - A queue; the embedder only allocates it
 * @stats: Counters; any thread may read them.
 */
struct vwr_queue {
    /* private: */
    uint8_t layout; /* enum vwr_layout */
    uint8_t options;
    /*
     * open: the layout if the request engine may post, that is, the device runs and no request has
     * to be resubmitted first; otherwise VWR_LAYOUT_STOPPED. runs: the device runs. A call that
     * fails the device clears both, and its caller may own another queue.
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
    /* public: */
    struct vwr_queue_stats stats;
};

/**
 * vwr_queue_add() - Add a buffer to a queue
 * @q: Queue.
 * @seg: Segments, @out + @in of them; they are copied.
 * @out: Number of device-readable segments, which come first.
 * @in: Number of device-writable segments.
 * @chain: Chain that is not bound. The device sees it after the next kick.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK: the chain and its segments belong to the queue. After an error nothing was added.
 * * VWR_EINVAL: no segment, more segments than descriptors, an empty segment, or 2^32 or more
 *   device-writable bytes.
 * * VWR_EFULL: not enough free descriptors now.
 * * VWR_EBUSY: the chain is in flight.
 * * VWR_EBADRING, VWR_ERESET, VWR_EFAILED: the queue is stopped; or the reason of vwr_queue_stop().
 */
VWR_MUST_CHECK int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                                 struct vwr_chain *chain);

/**
 * vwr_queue_bind() - Pre-build the constant segments of a chain's buffers
 * @q: Queue that is not stopped.
 * @out: Device-readable segment before the data; NULL: none. Copied; less than 65536 bytes.
 * @in: Device-writable segment behind the data; NULL: none. Copied; less than 65536 bytes, and it
 *   starts less than 65536 bytes behind @out.
 * @chain: Free chain.
 *
 * vwr_queue_post() then sends the chain with data of a single segment, at a lower cost than
 * vwr_queue_add().
 *
 * With a table, and in a split ring without IN_ORDER, the descriptors stay in place, and the chain
 * keeps them until vwr_queue_unbind(). Otherwise a chain takes descriptors from its post until it
 * is returned, and without IN_ORDER it keeps its ID. If INDIRECT_DESC is negotiated, a chain with a
 * table is bound with at least 2 segments, which must fit the table. If it is not negotiated, the
 * table no longer belongs to the chain.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK.
 * * VWR_EFULL: not enough free descriptors or IDs.
 * * VWR_EINVAL: the segments cannot be bound.
 * * VWR_EBUSY: the chain is in the queue.
 * * If the queue is stopped, the same as vwr_queue_add().
 */
VWR_MUST_CHECK int vwr_queue_bind(struct vwr_queue *q, const struct vwr_seg *out, const struct vwr_seg *in,
                                  struct vwr_chain *chain);

/**
 * vwr_queue_unbind() - Return the descriptors of a bound chain to the queue
 * @q: Queue.
 * @chain: Chain. Afterwards it can be bound again, or used by vwr_queue_add().
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK, also if it is not bound.
 * * VWR_EBUSY: the chain is in the queue.
 */
VWR_MUST_CHECK int vwr_queue_unbind(struct vwr_queue *q, struct vwr_chain *chain);

/**
 * vwr_queue_post() - Add a bound chain with data to a queue
 * @q: Queue.
 * @chain: Bound chain. The device sees it after the next kick.
 * @addr: Address of the data for the device.
 * @len: Size of the data in bytes; if @in is true, below 2^32 with the segment behind them.
 * @in: true if the device writes the data.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK. After an error nothing was added.
 * * VWR_EINVAL: @len is 0, or the chain is not bound.
 * * VWR_EBUSY: the chain is in the queue.
 * * VWR_EFULL: not enough free descriptors now.
 * * If the queue is stopped, the same as vwr_queue_add().
 */
VWR_MUST_CHECK int vwr_queue_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                  bool in);

/**
 * vwr_queue_kick() - Pass all buffers since the last kick to the device
 * @q: Queue.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: true if the device had to be notified.
 */
bool vwr_queue_kick(struct vwr_queue *q);

/**
 * vwr_queue_reap() - Return used buffers
 * @q: Queue.
 * @chains: Filled in with up to @max chains, which belong to the caller again.
 * @max: Size of @chains.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: The number of chains; 0: none now. A negative result is permanent: the queue is stopped.
 * * VWR_EBADRING: the device used a buffer that is not in flight, or more buffers than it has.
 * * VWR_ERESET, VWR_EFAILED: it was stopped before; or the reason of vwr_queue_stop().
 */
VWR_MUST_CHECK int vwr_queue_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned max);

/**
 * vwr_queue_get_used() - Return a used buffer
 * @q: Queue.
 * @chain: Filled in with the chain.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: 1: @chain is valid. Otherwise the same as vwr_queue_reap().
 */
VWR_MUST_CHECK static inline int vwr_queue_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    return vwr_queue_reap(q, chain, 1);
}

/**
 * vwr_queue_arm() - Enable the interrupt for used buffers
 * @q: Queue. A new queue is disarmed; an interrupt does not disarm it.
 * @count: Number of used buffers after which the device interrupts, from 1 to the number in flight.
 *   Without EVENT_IDX it interrupts at the next used buffer.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: true: the interrupt is enabled. false: @count buffers were used meanwhile (in a packed
 *   ring possibly fewer), or the queue is stopped; reap again. The interrupt may arrive or not.
 */
VWR_MUST_CHECK bool vwr_queue_arm(struct vwr_queue *q, unsigned count);

/**
 * vwr_queue_disarm() - Suppress interrupts; some may still arrive
 * @q: Queue.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 */
void vwr_queue_disarm(struct vwr_queue *q);

/**
 * vwr_queue_stop() - Stop a queue
 * @q: Queue.
 * @reason: Negative result that adding and reaping return from now on.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 */
VWR_COLD void vwr_queue_stop(struct vwr_queue *q, int reason);

/**
 * vwr_queue_reclaim() - Return a buffer that was in flight, after a reset
 * @q: Stopped queue. The device has acknowledged a reset of itself or of this queue; before that
 *   the buffers belong to the device, and reclaiming them corrupts memory.
 * @chain: Filled in with the next chain. The order is arbitrary.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: 1: @chain is valid. 0: there are no more.
 * * VWR_EBUSY: the queue is not stopped.
 */
VWR_MUST_CHECK VWR_COLD int vwr_queue_reclaim(struct vwr_queue *q, struct vwr_chain **chain);

/**
 * vwr_queue_size() - Get the number of descriptors
 * @q: Queue.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The number of descriptors.
 */
static inline uint16_t vwr_queue_size(const struct vwr_queue *q)
{
    return (uint16_t)q->size;
}

/**
 * vwr_queue_index() - Get the queue's index in its device
 * @q: Queue.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The index.
 */
static inline uint16_t vwr_queue_index(const struct vwr_queue *q)
{
    return q->doorbell.index;
}

/**
 * vwr_queue_state() - Get the reason why a queue is stopped
 * @q: Queue.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: VWR_OK: it is not stopped.
 * * VWR_EBADRING, VWR_ERESET: the reason.
 * * VWR_EFAILED: the reason; also for a zeroed queue that was never created.
 * * Otherwise the reason of vwr_queue_stop().
 */
int vwr_queue_state(const struct vwr_queue *q);

/**
 * vwr_queue_buffers() - Get the number of buffers that were passed to the device
 * @q: Queue.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The number of buffers since the queue was created, modulo 2^32.
 */
static inline uint32_t vwr_queue_buffers(const struct vwr_queue *q)
{
    return q->kicked;
}

/**
 * vwr_queue_in_flight() - Get the number of buffers in the queue
 * @q: Queue.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The number of buffers that are added or in flight.
 */
static inline uint32_t vwr_queue_in_flight(const struct vwr_queue *q)
{
    return q->added - q->last_used;
}

/**
 * vwr_split_align() - Get the alignment of the used ring
 * @legacy: true for a legacy device.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: Alignment in bytes.
 */
static inline size_t vwr_split_align(bool legacy)
{
    return legacy ? VWR_SPLIT_RING_LEGACY_ALIGN : VWR_SPLIT_RING_USED_ALIGN;
}

/**
 * vwr_split_memory_align() - Get the alignment of a queue's shared memory
 * @legacy: true for a legacy device.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: Alignment in bytes.
 */
static inline size_t vwr_split_memory_align(bool legacy)
{
    return legacy ? VWR_SPLIT_RING_LEGACY_ALIGN : VWR_SPLIT_RING_DESC_ALIGN;
}

/**
 * vwr_queue_fit() - Get the size that a queue can have, for vwr/dev.h
 * @features: Negotiated features.
 * @size: Requested number of descriptors.
 * @max: Maximum of the device.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: The number of descriptors.
 */
uint16_t vwr_queue_fit(const struct vwr_features *features, uint16_t size, uint32_t max);

/**
 * vwr_queue_ring_bytes() - Get the size of a ring, for vwr/dev.h
 * @features: Negotiated features.
 * @legacy: true for a legacy device.
 * @size: Number of descriptors.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 * Return: Size in bytes.
 */
size_t vwr_queue_ring_bytes(const struct vwr_features *features, bool legacy, uint16_t size);

/**
 * vwr_queue_prepare() - Create a queue over memory that was checked, for vwr/dev.h
 * @q: Queue.
 * @m: Memory.
 * @bytes: Number of bytes of shared memory to zero.
 * @size: Number of descriptors.
 * @features: Negotiated features.
 * @legacy: true for a legacy device.
 *
 * Context: The device's owner. Does not wait. Not from an interrupt handler.
 */
void vwr_queue_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m, size_t bytes, uint16_t size,
                       const struct vwr_features *features, bool legacy);

/**
 * vwr_queue_areas() - Get the offsets of the driver area and the device area, for a transport
 * @q: Queue.
 * @driver: Filled in with the offset of the driver area in bytes.
 * @device: Filled in with the offset of the device area in bytes.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 */
void vwr_queue_areas(const struct vwr_queue *q, size_t *driver, size_t *device);

VWR_END_C

#endif
