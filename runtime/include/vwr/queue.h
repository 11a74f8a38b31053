/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_H
#define VWR_QUEUE_H

#include "vwr/features.h"
#include "vwr/result.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

VWR_BEGIN_C

/**
 * DOC: Virtqueues, driver side
 *
 * vwr_queue_add() or vwr_queue_post() puts a buffer into the queue, vwr_queue_kick() passes it to the device,
 * and vwr_queue_get_used() or vwr_queue_reap() returns it when the device has used it. Callers do not depend
 * on the negotiated layout of the ring.
 *
 * Rules:
 *
 * - A queue has one owner at a time. Different queues of a device may be used concurrently without
 *   a lock; two calls for the same queue must not overlap, including calls from an interrupt
 *   handler.
 * - The ring is in shared memory. The driver keeps its own state in private memory, which the device cannot
 *   access, and never reads it back from the ring. Whatever the device writes, the worst result is
 *   VWR_EBADRING.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues.
 */

/**
 * struct vwr_seg - A segment of a buffer
 * @addr: Address for the device, from vwr_port_dma_map(). A queue maps no segments; its caller does.
 * @len: Size in bytes, at least 1.
 */
struct vwr_seg {
    uint64_t addr;
    uint32_t len;
};

/**
 * enum vwr_chain_state - State of a chain
 * @VWR_CHAIN_FREE: The chain belongs to the caller.
 * @VWR_CHAIN_ADDED: vwr_queue_add() has added the chain. It belongs to the queue, and after the
 *   next kick to the device.
 * @VWR_CHAIN_POSTED: Like VWR_CHAIN_ADDED, but the chain is bound and keeps its descriptors.
 *
 * A used ID is accepted only if its chain is in flight, which means that it was added or posted
 * before the last kick. A kick does not change the chains; a chain that was added before the last
 * kick has a number below queue.kicked.
 */
enum vwr_chain_state { VWR_CHAIN_FREE, VWR_CHAIN_ADDED, VWR_CHAIN_POSTED };

/**
 * struct vwr_chain - A buffer in a queue
 * @token: Value for the caller's use; the queue does not touch it.
 * @written: Number of bytes that the device claims to have written, at most the buffer's size. Set
 *   when the buffer is returned.
 * @number: Private.
 *
 * The caller must zero the chain before its first use, keep it in private memory, and not change it while it
 * is in the queue.
 */
struct vwr_chain {
    void *token; /* for the caller; the queue does not read it */
    union {
        /* set when it is returned: written bytes that the device reports, at most the buffer's size */
        uint32_t written;
        uint32_t number; /* private, while the chain is added: value of queue.added before */
    };
    /* private */
    uint8_t state;       /* enum vwr_chain_state */
    uint8_t bound;       /* VWR_CHAIN_BOUND, VWR_CHAIN_TABLE; 0: not bound */
    uint16_t table_segs; /* descriptors in the chain's table */
    /* packed, posted as one descriptor: a single load of the next three fields yields its second half */
    /*
     * bound: offset of the answer from the header; in a split ring without IN_ORDER, last descriptor of the
     * data; posted as one descriptor: its length
     */
    uint32_t answer_at;
    uint16_t id;   /* index in queue.slot while the chain is added, and while it is bound without IN_ORDER */
    uint16_t tail; /* split: last ring descriptor of the chain; packed: flags of the descriptor */
    uint32_t writable;  /* number of bytes that the device may write */
    uint32_t in_bytes;  /* bound: size of the answer, a segment that the device writes after the data */
    uint16_t count;     /* number of ring descriptors that the chain takes */
    uint16_t segments;  /* bound: number of data segments that have descriptors; a post needs 1 */
    uint16_t out_bytes; /* bound: size of the header, a segment that the device reads before the data */
    uint8_t flags[2];   /* bound: flags of the data descriptor: [0] if the device writes the data, [1] if it
                           reads them */
    uint64_t addr; /* address of the table; bound without a table: of the header or, without a header, of the
                      answer */
    void *table;   /* bound: the first data descriptor, if it stays in place */
};

#define VWR_CHAIN_BOUND 1u /* the constant segments are pre-built */
#define VWR_CHAIN_TABLE 2u /* they are in the chain's table */

/**
 * vwr_chain_lend_table() - Provide memory for an indirect table
 * @chain: Chain that is neither bound nor added.
 * @table: Shared memory, contiguous for the device, aligned to VWR_SPLIT_RING_DESC_ALIGN. It must remain
 *   valid, and mapped, while the chain is in use.
 * @addr: Its address for the device.
 * @bytes: Size in bytes: VWR_TABLE_BYTES(segments).
 *
 * If INDIRECT_DESC is negotiated, a buffer with 2 or more segments that fits into the table takes a single
 * ring descriptor. Otherwise the table is not used.
 *
 * Return: VWR_OK.
 * * VWR_ENOMEM: the table is too small for one segment, or misaligned.
 */
VWR_MUST_CHECK int vwr_chain_lend_table(struct vwr_chain *chain, void *table, uint64_t addr, size_t bytes);

/**
 * VWR_TABLE_BYTES() - Size of an indirect table in bytes
 * @segments: Number of segments.
 */
#define VWR_TABLE_BYTES(segments) ((size_t)(segments) * sizeof(struct vwr_virtq_desc))

/**
 * struct vwr_queue_memory - Memory of a queue
 * @shared: Memory that the device can access, contiguous for the device, aligned to VWR_QUEUE_SHARED_ALIGN,
 *   coherent or uncached. It need not be initialised, because the queue zeroes the part that it uses.
 * @shared_bytes: Size of @shared in bytes: VWR_QUEUE_SHARED_BYTES(size).
 * @own: Private memory, which the device cannot access, aligned to a pointer.
 * @own_bytes: Size of @own in bytes: VWR_QUEUE_OWN_BYTES(size).
 * @size: Number of descriptors, at most VWR_SPLIT_RING_SIZE_MAX. If the device supports fewer, the
 *   queue uses fewer; a split ring uses a power of 2.
 *
 * Both sizes are in bytes. The classes have structures for their memory instead, such as struct
 * vwr_blk_shared.
 *
 * The memory must remain valid until the device has been reset. vwr_dev_add_queue() maps it for the device
 * (vwr_port_dma_map()), and the reset unmaps it.
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

/** VWR_QUEUE_SHARED_ALIGN - Alignment of shared memory in bytes; less without the legacy interface */
#define VWR_QUEUE_SHARED_ALIGN (VWR_WITH_LEGACY ? VWR_SPLIT_RING_LEGACY_ALIGN : VWR_SPLIT_RING_DESC_ALIGN)

/**
 * VWR_QUEUE_SHARED_BYTES() - Size of a ring in bytes
 * @size: Number of descriptors.
 *
 * This is enough for every layout in the build; the legacy split ring is the largest.
 */
#define VWR_QUEUE_SHARED_BYTES(size) \
    VWR_SPLIT_RING_BYTES(size, VWR_WITH_LEGACY ? VWR_SPLIT_RING_LEGACY_ALIGN : VWR_SPLIT_RING_USED_ALIGN)

/**
 * VWR_QUEUE_SHARED_BYTES_WITH() - Size of a ring and of the class's bytes after it (for device classes)
 * @size: Number of descriptors.
 * @extra: Number of bytes for the class.
 */
#define VWR_QUEUE_SHARED_BYTES_WITH(size, extra) \
    (VWR_QUEUE_EXTRA_OFFSET(VWR_QUEUE_SHARED_BYTES(size)) + (extra))

/**
 * VWR_QUEUE_EXTRA_OFFSET() - Offset of the class's bytes after a ring (for device classes)
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
 * For kinds of 0 and above, a kick is a single store. Kinds below 0 need a separate function.
 */
enum vwr_doorbell_kind {
    VWR_DOORBELL_32 = 0,       /* 32 bits, little-endian */
    VWR_DOORBELL_16 = 1,       /* 16 bits, little-endian */
    VWR_DOORBELL_32_DATA = -1, /* 32 bits with the position in the ring (NOTIFICATION_DATA) */
    VWR_DOORBELL_PORT_16 = -2, /* 16 bits to the I/O port whose number is `reg` (vwr_port_out16) */
    VWR_DOORBELL_CALL = -3     /* with the function of the struct vwr_doorbell_call at `reg` */
};

struct vwr_doorbell;

/**
 * struct vwr_doorbell_call - Doorbell that is rung by a function (for transports)
 * @ring: Notify the device. Parameters: this structure, the doorbell of the queue, and the contents of a
 *   notification with data, which are the value of the doorbell and, above it, the position in the ring.
 *
 * Use it for devices that the CPU cannot reach with a store. Several queues may have the same structure. It
 * requires VWR_ACCESS_CALLS=1.
 */
struct vwr_doorbell_call {
    void (*ring)(struct vwr_doorbell_call *call, const struct vwr_doorbell *bell, uint32_t data);
};

/**
 * struct vwr_doorbell - Doorbell of a queue
 * @index: Queue index.
 * @value: Value to write: the queue index, or another value that the device requires.
 * @kind: Kind of doorbell (enum vwr_doorbell_kind).
 * @reg: Register, I/O port or struct vwr_doorbell_call.
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
    uint32_t mask; /* size - 1 */
};

/* A packed ring; private. */
struct vwr_packed_ring {
    struct vwr_pvirtq_desc *desc;
    struct vwr_pvirtq_desc *end;    /* after the last descriptor; event suppression follows */
    struct vwr_pvirtq_desc *next;   /* the next descriptor */
    struct vwr_pvirtq_desc *first;  /* the first descriptor since the last kick */
    struct vwr_pvirtq_desc *oldest; /* the next used descriptor; in order queue.oldest is its index */
    uint64_t flags; /* AVAIL and USED flags of a descriptor at `next`, at their position in its second half */
    uint16_t held;  /* flags of descriptor `first`, if there is one; the kick stores them */
    uint32_t used_flags; /* AVAIL and USED flags of the next used descriptor */
    uint32_t shortest;   /* descriptors of the shortest buffer since the queue was last empty */
    uint32_t least;      /* descriptors of the shortest bound chain */
};

/**
 * struct vwr_queue_stats - Counters of a queue
 * @kicks: Notifications.
 * @elided: Kicks for which the device had suppressed the notification.
 * @full: Buffers that did not fit.
 * @clamped: Buffers for which the device reported more bytes than their size.
 * @flight_most: Maximum number of buffers in flight, updated when buffers are returned.
 */
struct vwr_queue_stats {
    vwr_count kicks;
    vwr_count elided;
    vwr_count full;
    vwr_count clamped;
    vwr_count flight_most;
};

/* Memory that vwr_port_dma_map() has mapped for a device; private. */
struct vwr_mapping {
    uint64_t addr;
    void *context;
    void *p;
    uint32_t bytes;
    uint8_t dma; /* enum vwr_dma */
};

/**
 * struct vwr_queue - A virtqueue, which the embedder allocates; it reads only @stats
 * @stats: Counters; any thread may read them.
 */
struct vwr_queue {
    /* private: */
    uint8_t layout; /* enum vwr_layout */
    uint8_t options;
    /* A call that fails the device clears these two in all queues, even in those of other owners. */
    volatile uint8_t open; /* the layout if the request engine may post, or VWR_LAYOUT_STOPPED */
    volatile bool runs;    /* the device runs */
    uint32_t size;
    /* numbers of buffers, modulo 2^32; the low 16 bits are an index of a split ring */
    uint32_t added;
    uint32_t kicked;    /* number passed to the device by kicks */
    uint32_t last_used; /* number returned to the caller */
    uint32_t num_free;  /* descriptors that belong to no chain */
    uint32_t free;      /* split: the next free descriptor; packed: the next free ID */
    uint32_t oldest;    /* in order: ID of the oldest buffer, which is the position of its first descriptor */
    uint32_t used_end;  /* in order: number of buffers known to be used */
    struct vwr_chain **slot; /* chain for each ID; `none` if the ID has no chain */
    uint16_t *next; /* for each descriptor or ID: the next free one, or the next of the same buffer */
    union {
        struct vwr_split_ring split;
        struct vwr_packed_ring packed;
    };
    struct vwr_doorbell doorbell;
    int stopped;              /* reason why the queue is stopped */
    struct vwr_queue *beside; /* next queue of the device */
    struct vwr_chain none;    /* a chain that is always free */
#if VWR_PORT_HAS_DMA_MAP
    struct vwr_mapping mapping;             /* of the queue's memory */
    void (*unmap_data)(struct vwr_queue *); /* of the buffers in flight; NULL: the caller maps them itself */
#endif
    /* public: */
    struct vwr_queue_stats stats;
};

/**
 * vwr_queue_add() - Add a buffer to a queue
 * @q: Queue.
 * @seg: Array of @out + @in segments; it is copied.
 * @out: Number of device-readable segments, which come first.
 * @in: Number of device-writable segments.
 * @chain: Chain that is not bound. The device sees it after the next kick.
 *
 * Return: VWR_OK: the chain and its segments belong to the queue. After an error nothing was added.
 * * VWR_EINVAL: there are no segments, there are more segments than descriptors, a segment is empty, or the
 *   device-writable segments have 2^32 bytes or more.
 * * VWR_EFULL: there are not enough free descriptors now.
 * * VWR_EBUSY: the chain is in flight.
 * * VWR_EBADRING, VWR_ERESET, VWR_EFAILED: the queue is stopped. Any other value is the reason that was
 *   passed to vwr_queue_stop().
 */
VWR_MUST_CHECK int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                                 struct vwr_chain *chain);

/**
 * vwr_queue_bind() - Pre-build the constant segments of a chain's buffers
 * @q: Queue that is not stopped.
 * @chain: Free chain.
 * @addr: Device address of the memory that contains the constant segments.
 * @out_bytes: Size of the device-readable segment before the data, at @addr; 0: none.
 * @in_at: Offset of the device-writable segment after the data.
 * @in_bytes: Size of that segment; 0: none.
 *
 * vwr_queue_post() then adds the chain with one data segment, which is faster than vwr_queue_add().
 *
 * Without IN_ORDER, the chain keeps its ring descriptors until vwr_queue_unbind(), so a post needs no free
 * descriptor. With IN_ORDER, the chain occupies descriptors only while it is posted. If INDIRECT_DESC is
 * negotiated, the descriptors of a chain with a table stay in the table; the chain then needs at least 2
 * segments, including the data, and they must fit into the table. If INDIRECT_DESC is not negotiated, the
 * chain loses its table.
 *
 * Return: VWR_OK.
 * * VWR_EFULL: there are not enough free descriptors or IDs.
 * * VWR_EINVAL: the segments cannot be bound.
 * * VWR_EBUSY: the chain is in the queue.
 * * If the queue is stopped, the same as vwr_queue_add().
 */
VWR_MUST_CHECK int vwr_queue_bind(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                  uint16_t out_bytes, uint16_t in_at, uint16_t in_bytes);

/**
 * vwr_queue_unbind() - Return the descriptors of a bound chain to the queue
 * @q: Queue.
 * @chain: Chain. Afterwards it can be bound again or passed to vwr_queue_add().
 *
 * Return: VWR_OK, even if the chain is not bound.
 * * VWR_EBUSY: the chain is in the queue.
 */
VWR_MUST_CHECK int vwr_queue_unbind(struct vwr_queue *q, struct vwr_chain *chain);

/**
 * vwr_queue_post() - Add a bound chain with data to a queue
 * @q: Queue.
 * @chain: Bound chain. The device sees it after the next kick.
 * @addr: Address of the data for the device.
 * @len: Size of the data in bytes. If @in is true, the data and the segment after them must be smaller than
 *   2^32 bytes in total.
 * @in: true if the device writes the data.
 *
 * Return: VWR_OK. After an error nothing was added.
 * * VWR_EINVAL: @len is 0, or the chain is not bound.
 * * VWR_EBUSY: the chain is in the queue.
 * * VWR_EFULL: there are not enough free descriptors now.
 * * If the queue is stopped, the same as vwr_queue_add().
 */
VWR_MUST_CHECK int vwr_queue_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len,
                                  bool in);

/**
 * vwr_queue_kick() - Pass all buffers added since the last kick to the device
 * @q: Queue.
 *
 * Return: true if the device had to be notified.
 */
bool vwr_queue_kick(struct vwr_queue *q);

/**
 * vwr_queue_reap() - Return used buffers
 * @q: Queue.
 * @chains: Filled in with up to @max chains, which belong to the caller again.
 * @max: Size of @chains.
 *
 * Return: The number of chains; 0: no buffer was used. A negative result is permanent: the queue is
 *   stopped.
 * * VWR_EBADRING: the device used a buffer that is not in flight, or more buffers than it owns.
 * * VWR_ERESET, VWR_EFAILED: the queue was stopped before. Any other value is the reason that was passed to
 *   vwr_queue_stop().
 */
VWR_MUST_CHECK int vwr_queue_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned max);

/**
 * vwr_queue_get_used() - Return a used buffer
 * @q: Queue.
 * @chain: Filled in with the chain.
 *
 * Return: 1: @chain is valid. Any other value: the same as vwr_queue_reap().
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
 * Return: true: the interrupt is enabled. false: @count buffers (in a packed ring, possibly fewer) were used
 *   in the meantime, or the queue is stopped; reap again. In this case an interrupt may or may not arrive.
 */
VWR_MUST_CHECK bool vwr_queue_arm(struct vwr_queue *q, unsigned count);

/**
 * vwr_queue_disarm() - Suppress interrupts; some may still arrive
 * @q: Queue.
 */
void vwr_queue_disarm(struct vwr_queue *q);

/**
 * vwr_queue_stop() - Stop a queue
 * @q: Queue.
 * @reason: Negative result that calls to add or reap buffers return from now on.
 */
VWR_COLD void vwr_queue_stop(struct vwr_queue *q, int reason);

/**
 * vwr_queue_reclaim() - Return a buffer that was in flight, after a reset
 * @q: Stopped queue. The device must have acknowledged a reset of itself or of this queue. Before that, the
 *   buffers belong to the device, and reclaiming them corrupts memory.
 * @chain: Filled in with the next chain. The order is arbitrary.
 *
 * Return: 1: @chain is valid. 0: there are no more.
 * * VWR_EBUSY: the queue is not stopped.
 */
VWR_MUST_CHECK VWR_COLD int vwr_queue_reclaim(struct vwr_queue *q, struct vwr_chain **chain);

/**
 * vwr_queue_size() - Get the number of descriptors
 * @q: Queue.
 *
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
 * Return: VWR_OK: it is not stopped.
 * * VWR_EBADRING, VWR_ERESET: the queue was stopped for this reason.
 * * VWR_EFAILED: the queue was stopped for this reason. This is also the result for a zeroed queue that was
 *   never created.
 * * Any other value is the reason that was passed to vwr_queue_stop().
 */
int vwr_queue_state(const struct vwr_queue *q);

/**
 * vwr_queue_buffers() - Get the number of buffers that were passed to the device
 * @q: Queue.
 *
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
 * Return: The number of buffers that are added or in flight.
 */
static inline uint32_t vwr_queue_in_flight(const struct vwr_queue *q)
{
    return q->added - q->last_used;
}

/**
 * vwr_split_memory_align() - Get the alignment of a queue's shared memory
 * @legacy: true for a legacy device.
 *
 * Return: Alignment in bytes.
 */
static inline size_t vwr_split_memory_align(bool legacy)
{
    return legacy ? VWR_SPLIT_RING_LEGACY_ALIGN : VWR_SPLIT_RING_DESC_ALIGN;
}

/**
 * vwr_queue_fit_() - Get the number of descriptors that a queue will have (for vwr/dev.h)
 * @features: Negotiated features.
 * @size: Requested number of descriptors.
 * @max: Maximum that the device supports.
 *
 * Return: The number of descriptors.
 */
uint16_t vwr_queue_fit_(const struct vwr_features *features, uint16_t size, uint32_t max);

/**
 * vwr_queue_ring_bytes_() - Get the size of a ring (for vwr/dev.h)
 * @features: Negotiated features.
 * @legacy: true for a legacy device.
 * @size: Number of descriptors.
 *
 * Return: Size in bytes.
 */
size_t vwr_queue_ring_bytes_(const struct vwr_features *features, bool legacy, uint16_t size);

/**
 * vwr_queue_prepare_() - Create a queue in memory that has been checked (for vwr/dev.h)
 * @q: Queue.
 * @m: Memory.
 * @bytes: Number of bytes of shared memory to zero.
 * @size: Number of descriptors.
 * @features: Negotiated features.
 * @legacy: true for a legacy device.
 */
void vwr_queue_prepare_(struct vwr_queue *q, const struct vwr_queue_memory *m, size_t bytes, uint16_t size,
                        const struct vwr_features *features, bool legacy);

/**
 * vwr_queue_areas() - Get the offsets of the driver area and the device area (for transports)
 * @q: Queue.
 * @driver: Filled in with the offset of the driver area in bytes.
 * @device: Filled in with the offset of the device area in bytes.
 */
void vwr_queue_areas(const struct vwr_queue *q, size_t *driver, size_t *device);

VWR_END_C

#endif
