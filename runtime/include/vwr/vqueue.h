/* SPDX-License-Identifier: MIT */
#ifndef VWR_VQUEUE_H
#define VWR_VQUEUE_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/memory.h"
#include "vwr/result.h"
#include "vwr/ring.h"
#include "vwr/tolerate.h"
#include "vwr/vreader.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

VWR_BEGIN_C

/**
 * DOC: Virtqueues, device side
 *
 * vwr_vqueue_pop_avail() returns the next buffer that the driver has made available,
 * vwr_vqueue_add_used() returns it to the driver, and vwr_vqueue_signal() publishes all returned
 * buffers and reports whether the driver wants an interrupt. The functions are the same for split and packed
 * rings, with or without indirect descriptors, in-order use and event indices.
 *
 * The driver is not trusted. Each word that the driver writes is loaded once and checked, and only the copy
 * is used. The state of the queue is in memory that the driver cannot access. A protocol violation breaks the
 * queue, which records the fault; vwr_vqueue_pop_avail() returns VWR_EBADRING. The device (vwr/vdev.h)
 * then sets DEVICE_NEEDS_RESET, and none of its queues is accessed until the driver resets it. Loops are
 * bounded by the queue size and the number of segments in a chain.
 *
 * These violations break a queue:
 *
 * - An index that advances by more than the queue size, or a head or `next` beyond the queue.
 * - A chain that is longer than the queue, or loops.
 * - Split ring: a head that is already in flight.
 * - A segment outside of guest memory, or a buffer of 2^32 bytes or more.
 * - A device-readable segment after a device-writable one.
 * - Indirect descriptors that were not negotiated, are nested, or have an invalid table length.
 * - More segments than fit the chain's memory, except in a stream queue (struct vwr_vwindow).
 *
 * The following do not break a queue, since the driver harms only itself: buffers that share a segment,
 * duplicate or large buffer IDs in a packed ring, and descriptors of 0 bytes, which are counted and skipped.
 * tests/hostile/guests names the clause of the specification for each case.
 *
 * All functions are called with the device's lock held. generated/docs/contexts.md lists stack and loops of
 * each function.
 *
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues.
 */

/**
 * enum vwr_vfault - Reasons why a device is broken or has rejected its driver
 *
 * The comments describe the members @a and @b of struct vwr_vdev_fault, which vwr_vdev_explain() prints.
 */
enum vwr_vfault {
    VWR_VFAULT_NONE = 0,
    VWR_VFAULT_FEATURES,  /* a: feature bit that is not offered or has unmet dependencies; FEATURES_OK stays 0
                           */
    VWR_VFAULT_VERSION_1, /* without VERSION_1, a layout of the class is uncertain; FEATURES_OK stays 0 */
    VWR_VFAULT_CLASS,     /* the class rejected the features; a: its result without the sign */
    /* faults of a queue */
    VWR_VFAULT_QUEUE_SIZE,   /* a: size; the queue did not become ready */
    VWR_VFAULT_QUEUE_ALIGN,  /* a: address or alignment */
    VWR_VFAULT_QUEUE_MEMORY, /* a: address of a part of the ring that is outside of guest memory or overlaps
                                another part; b: size */
    VWR_VFAULT_INDEX,        /* a: index; b: its previous value */
    VWR_VFAULT_HEAD,         /* split; a: head beyond the queue */
    VWR_VFAULT_TWICE,        /* split; a: head that is already in flight */
    VWR_VFAULT_NEXT,         /* a: head of a chain with a `next` beyond the queue or table */
    VWR_VFAULT_LOOP,         /* a: head of a chain with more descriptors than the queue */
    VWR_VFAULT_LENGTH,       /* a: address of the segment that makes the chain 2^32 bytes long */
    VWR_VFAULT_ADDRESS,      /* a: address; b: size of a segment outside of guest memory */
    VWR_VFAULT_ORDER,        /* a: address of a device-readable segment after a device-writable one */
    VWR_VFAULT_INDIRECT,     /* a: flags or length of an invalid indirect table */
    VWR_VFAULT_SEGMENTS,     /* the chain has too many segments; a: the maximum */
    VWR_VFAULT_WRAP,         /* packed; a: flags of a descriptor that should be available */
    VWR_VFAULT_REQUEST,      /* the request has no space for its answer */
    /* faults of the VMM */
    VWR_VFAULT_HOST,     /* the VMM called vwr_vdev_needs_reset() */
    VWR_VFAULT_UNSAFE,   /* hardware of a back end may still access guest memory */
    VWR_VFAULT_NO_RESET, /* the driver started a running device without a reset; the device is not broken */
    /* devices behind an IOMMU */
    VWR_VFAULT_PLATFORM, /* the driver did not accept ACCESS_PLATFORM; FEATURES_OK stays 0 */
    VWR_VFAULT_MAPPING,  /* a: address; b: size of a segment that the driver has not mapped for this access */
    VWR_VFAULT_UNMAPPED  /* the driver has removed a mapping while the device held a buffer in it, and the
                            device did not return the buffer in time */
};

/**
 * struct vwr_vchain - A descriptor chain that the device has popped
 * @seg: Segments: seg[0 .. out) are device-readable, seg[out .. out + in) are device-writable. A descriptor
 *   that crosses a boundary between regions of guest memory has several segments. The class sets @seg to an
 *   array in private memory before calling vwr_vqueue_pop_avail().
 * @room: Number of entries in @seg, at least 1. Set by the class.
 * @out: Number of device-readable segments.
 * @in: Number of device-writable segments.
 * @out_bytes: Size of the device-readable segments in bytes. The sum of both sizes is below 2^32.
 * @in_bytes: Size of the device-writable segments in bytes.
 *
 * The class must keep the structure unchanged, in private memory, until vwr_vqueue_add_used().
 */
struct vwr_vchain {
    struct vwr_vseg *seg;
    uint16_t room;
    uint16_t out;
    uint16_t in;
    /* private: */
    uint16_t id;    /* head, or buffer ID */
    uint32_t flags; /* packed: WRITE if there are device-writable segments. Behind an IOMMU also, in the upper
                       half, index + 1 of the first segment's pin; 0: none */
    /* public: */
    uint32_t out_bytes;
    uint32_t in_bytes;
    /* private: */
    uint32_t generation; /* the queue's when the chain was popped, behind an IOMMU plus 1; a reset makes the
                            chain invalid */
    uint32_t count;      /* packed: number of descriptors in the ring */
    uint32_t position;   /* number of buffers popped before */
};

/* In-order use: a buffer that was finished before an earlier one; private. */
struct vwr_vqueue_done {
    uint32_t written;
    uint16_t id;
    uint16_t flags;
    uint16_t count; /* number of descriptors; 0: not finished */
};

/*
 * Memory for each descriptor of a queue; private. The embedder allocates the array; VWR_VDEV_OWN() is its
 * size.
 */
struct vwr_vqueue_entry {
    struct vwr_vqueue_done done;
    bool held;
};

/**
 * struct vwr_vqueue_stats - Counters of a queue
 * @kicks: Notifications.
 * @chains: Buffers popped.
 * @used: Buffers returned.
 * @interrupts: Interrupts raised.
 * @suppressed: Interrupts that the driver had suppressed.
 */
struct vwr_vqueue_stats {
    vwr_count kicks;
    vwr_count chains;
    vwr_count used;
    vwr_count interrupts;
    vwr_count suppressed;
};

/* A split ring; private. */
struct vwr_vsplit {
    const struct vwr_virtq_desc *desc;
    const struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    uint32_t mask; /* size - 1 */
};

/* Next available or next used descriptor, and the values of its AVAIL and USED flags; private. */
struct vwr_vpacked_cursor {
    struct vwr_pvirtq_desc *desc;
    uint32_t flags;
};

/* A packed ring; private. */
struct vwr_vpacked {
    struct vwr_pvirtq_desc *ring;
    const struct vwr_pvirtq_desc *end;      /* after the last descriptor */
    const struct vwr_pvirtq_desc *walk_end; /* the same as `end`; after a wrap, the start of the walk */
    const struct vwr_pvirtq_event_suppress *driver_event;
    struct vwr_pvirtq_event_suppress *device_event;
    struct vwr_vpacked_cursor next_avail;
    struct vwr_vpacked_cursor next_used;
    struct vwr_pvirtq_desc *signalled; /* first used descriptor that is not published yet */
    int free;                          /* number of descriptors that are not in flight */
    uint16_t first_flags;              /* flags of `signalled`, which publish it */
    uint16_t kept_flags; /* flags of the next available descriptor, if arm has loaded them; otherwise 0 */
};

/*
 * Position in a buffer that is a stream of bytes (vwr/vstream.h); private. The chain need not contain all
 * segments of the buffer: segments that were processed are removed from it, and segments for which there is
 * no memory are left for the next pop. The class sets `is_open` at init; the other members are set for each
 * pop.
 */
struct vwr_vwindow {
    bool is_open;    /* a stream queue, in which a chain may have any number of segments */
    bool more;       /* all segments of the chain are readable, and more readable ones follow */
    bool has_in;     /* writable segments follow */
    uint32_t done;   /* number of bytes that were processed */
    uint32_t before; /* number of processed bytes whose segments are no longer in the chain */
    uint32_t beyond; /* number of bytes in segments that follow the chain */
};

/**
 * struct vwr_vqueue - A virtqueue, which the embedder allocates; it reads only @stats
 * @stats: Counters.
 */
struct vwr_vqueue {
    /* private: */
    const struct vwr_memory *memory;
    uint16_t index;
    uint16_t max; /* maximum queue size */

    /* set by the driver's registers */
    bool ready;
    bool resetting;  /* disabled while hardware may still access its buffers */
    uint16_t vector; /* PCI: MSI-X vector of the queue */
    uint32_t size;   /* read-only while `ready` */
    uint32_t align;
    uint32_t pfn;
    uint64_t desc_addr;
    uint64_t driver_addr;
    uint64_t device_addr;

    /* checked values, in use while `ready`; after a protocol violation the layout is STOPPED */
    enum vwr_layout layout;
    bool legacy;    /* the ring is in the guest's byte order */
    bool is_packed; /* valid even while the layout is STOPPED */
    bool indirect;
    bool event_idx;
    bool quiet;                 /* the driver need not send a notification for the next buffer */
    uint32_t generation;        /* generation for the chains that are popped now; odd */
    uint32_t split_generation;  /* equal to generation if used elements are written immediately; otherwise
                                   a value that no chain has */
    uint32_t packed_generation; /* like split_generation, for used descriptors */
    uint32_t last_avail;        /* number of buffers popped, modulo 2^32 */
    uint32_t used_idx;          /* number of buffers returned, modulo 2^32 */
    uint32_t avail_idx;         /* split: available index as last loaded; otherwise last_avail */
    uint32_t signalled_used;    /* number of used buffers that are published */
    uint32_t extra; /* number of segments that the slow path has counted in addition to those in chains */
    enum vwr_vfault fault;              /* why the layout is STOPPED */
    struct vwr_memory_region recent[2]; /* remembered parts of guest memory; see vwr_vchain_put() */
    uint64_t between;                   /* recent[0].addr - recent[1].addr */
    uint32_t misses;                    /* number of segments and tables found in neither part */
    uint32_t memory_generation;         /* memory->generation for which the parts are valid */
    struct vwr_vqueue_done *done;       /* for in-order use, by position modulo max */
    bool *held;                         /* split: whether a head is in flight */
    uint64_t fault_a;
    uint64_t fault_b;
    struct vwr_vwindow window;
    struct vwr_tolerated *tolerated; /* not NULL: indirect tables that were not negotiated are read */
    union {
        struct vwr_vsplit split;
        struct vwr_vpacked packed;
    };
    /* public: */
    struct vwr_vqueue_stats stats;
};

/**
 * vwr_vqueue_pop_avail() - Pop the next available buffer
 * @q: Queue.
 * @c: Chain whose @seg and @room are set; the call fills in the other members.
 *
 * vwr_vdev_pop() calls this function, charges the device's budget, and breaks the device after a violation.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: 1: @c describes a buffer. 0: there is none.
 * * VWR_EBADRING: the driver has violated the protocol. The queue is stopped.
 * * VWR_EFAILED: the queue is not ready or is already stopped.
 */
static inline int vwr_vqueue_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c) VWR_MUST_CHECK;

/**
 * vwr_vchain_reader() - Start reading the device-readable part of a chain
 * @c: Chain.
 * @r: Reader to initialise.
 */
static inline void vwr_vchain_reader(const struct vwr_vchain *c, struct vwr_reader *r)
{
    vwr_reader_start(r, c->seg, c->out_bytes);
}

/**
 * vwr_vchain_writer() - Start writing the device-writable part of a chain
 * @c: Chain.
 * @w: Writer to initialise.
 */
static inline void vwr_vchain_writer(const struct vwr_vchain *c, struct vwr_writer *w)
{
    vwr_writer_start(w, c->seg + c->out, c->in_bytes);
}

/**
 * vwr_vchain_last() - Get the last device-writable byte of a chain
 * @c: Chain.
 *
 * In a block request, for example, this byte is the status, which follows data of variable length.
 *
 * Return: Address of the byte; NULL: there are no device-writable bytes.
 */
static inline uint8_t *vwr_vchain_last(const struct vwr_vchain *c)
{
    const struct vwr_vseg *const s = &c->seg[c->out + c->in - 1];

    return c->in != 0 ? s->at + s->len - 1 : NULL;
}

/**
 * vwr_vchain_uses() - Test whether a chain overlaps a range of host memory
 * @c: Chain.
 * @host: Start of the range.
 * @bytes: Size of the range in bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if it does.
 */
bool vwr_vchain_uses(const struct vwr_vchain *c, const void *host, uint64_t bytes);

/**
 * vwr_vqueue_add_used() - Return a buffer to the driver; vwr_vqueue_signal() publishes it
 * @q: Queue.
 * @c: Chain. Chains may be returned in any order; with IN_ORDER, the queue holds a chain back until all
 *   earlier ones were returned.
 * @written: Number of bytes that the device wrote, starting at the first device-writable byte and without
 *   gaps.
 *
 * The call does nothing if the queue is broken, or was reset after the chain was popped.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
static inline void vwr_vqueue_add_used(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written);

/**
 * vwr_vqueue_unpop() - Undo the last vwr_vqueue_pop_avail()
 * @q: Queue.
 * @c: Chain.
 *
 * A class calls this function if it cannot process the buffer now. Earlier pops can be undone in the same
 * way, in reverse order. Between a pop and its undo, do not call vwr_vqueue_pop_avail(),
 * vwr_vqueue_add_used() or vwr_vqueue_signal().
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vqueue_unpop(struct vwr_vqueue *q, struct vwr_vchain *c);

/**
 * vwr_vqueue_signal() - Publish returned buffers
 * @q: Queue.
 *
 * vwr_vdev_signal() calls it and interrupts the driver.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if the driver wants an interrupt. false: nothing was returned since the last call, or the
 *   driver has suppressed interrupts.
 */
static inline bool vwr_vqueue_signal(struct vwr_vqueue *q);

/**
 * vwr_vqueue_arm() - Enable notifications for the next buffer
 * @q: Queue.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true: notifications are enabled. false: there is a buffer already; pop it.
 */
VWR_MUST_CHECK bool vwr_vqueue_arm(struct vwr_vqueue *q);

/**
 * vwr_vqueue_disarm() - Suppress notifications; some may still arrive
 * @q: Queue.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vqueue_disarm(struct vwr_vqueue *q);

/**
 * vwr_vqueue_is_armed() - Test whether the queue is empty and the driver will notify the device of
 *   the next buffer
 * @q: Queue.
 *
 * The test detects even buffers that the driver announced while the queue was not served. With
 * event indices the result is always false, since the driver has passed the event index.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if the caller need not arm the queue.
 */
static inline bool vwr_vqueue_is_armed(const struct vwr_vqueue *q);

/**
 * vwr_vqueue_in_flight() - Get the number of buffers that the device has
 * @q: Queue.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The number of buffers.
 */
static inline uint32_t vwr_vqueue_in_flight(const struct vwr_vqueue *q)
{
    return q->last_avail - q->used_idx;
}

/**
 * vwr_vqueue_init_() - Initialise a queue once (for vwr_vdev.c)
 * @q: Queue.
 * @memory: Guest memory.
 * @index: Queue index.
 * @own: @max entries, which no guest can access.
 * @max: Maximum queue size, a power of 2 up to VWR_SPLIT_RING_SIZE_MAX.
 */
void vwr_vqueue_init_(struct vwr_vqueue *q, const struct vwr_memory *memory, uint16_t index,
                      struct vwr_vqueue_entry *own, uint16_t max);

/**
 * vwr_vqueue_enable_() - Start a queue with the values of the registers (for vwr_vdev.c)
 * @q: Queue.
 * @features: Negotiated features.
 * @legacy: true for a legacy device.
 * @guest_page_size: Page size that a legacy driver has set.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: VWR_OK.
 * * VWR_EINVAL: the size or alignment is invalid.
 * * VWR_ERANGE: a part of the ring is not in one region of guest memory, or overlaps another part.
 */
VWR_MUST_CHECK int vwr_vqueue_enable_(struct vwr_vqueue *q, const struct vwr_features *features, bool legacy,
                                      uint32_t guest_page_size);

/**
 * vwr_vqueue_base() - Get the position of a queue whose buffers were all returned (for transports)
 * @q: Queue, enabled.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Split ring: the next available index. Packed ring: the next available descriptor, its wrap counter
 *   in bit 15, and both of the next used descriptor from bit 16 on. The device pops buffers in flight again
 *   after it continues at this position.
 */
uint32_t vwr_vqueue_base(const struct vwr_vqueue *q);

/**
 * vwr_vqueue_set_base() - Continue a queue at a position (for transports)
 * @q: Queue, just enabled.
 * @base: Position, as vwr_vqueue_base() returns it. A split ring has its position in the used ring,
 *   and @base is only checked.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: VWR_OK.
 * * VWR_ERANGE: the ring has no such position, or the position does not match the buffers in flight.
 */
VWR_MUST_CHECK int vwr_vqueue_set_base(struct vwr_vqueue *q, uint32_t base);

/**
 * vwr_vqueue_disable_() - Reset a queue but not its registers; its chains become invalid (for vwr_vdev.c)
 * @q: Queue.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vqueue_disable_(struct vwr_vqueue *q);

/**
 * vwr_vqueue_stop_() - Stop a queue of a broken device (for vwr_vdev.c)
 * @q: Queue.
 *
 * Outstanding chains become invalid, and guest memory is not accessed.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vqueue_stop_(struct vwr_vqueue *q);

/**
 * vwr_vqueue_forget_() - Forget the remembered parts of guest memory (for vwr_vm_uses.c)
 * @q: Queue.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vqueue_forget_(struct vwr_vqueue *q);

/**
 * vwr_vqueue_check_memory() - Forget the remembered parts of guest memory if the regions have changed
 * @q: Queue.
 *
 * A class must call this function before it pops a buffer, unless it pops the buffer in its @serve function
 * or with vwr_vdev_pop().
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vqueue_check_memory(struct vwr_vqueue *q);

/**
 * vwr_vqueue_uses_() - Test whether the ring is in use and overlaps a range (for vwr_vm_uses.c)
 * @q: Queue.
 * @addr: Guest-physical address.
 * @bytes: Size in bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if it does.
 */
bool vwr_vqueue_uses_(const struct vwr_vqueue *q, uint64_t addr, uint64_t bytes);

#include "vwr/vqueue_hot.h"

VWR_END_C

#endif
