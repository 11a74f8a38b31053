/* SPDX-License-Identifier: MIT */
#ifndef VWR_VQUEUE_H
#define VWR_VQUEUE_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/result.h"
#include "vwr/ring.h"
#include "vwr/vfault.h"
#include "vwr/vm.h"
#include "vwr/vreader.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

VWR_BEGIN_C

/*
 * A virtqueue as the device sees it: pop_avail answers the next buffer that the driver has made available,
 * add_used gives it back, signal publishes all that were given back and interrupts the driver. Split or
 * packed, indirect, in order, event indices: whatever was negotiated, the calls are the same.
 *
 * The driver is not trusted. Each word that it writes is loaded once, checked, and the copy used; the state
 * of the queue is in memory that it cannot reach. A protocol violation breaks the queue: vwr_vqueue_pop_avail
 * answers VWR_EBADRING, the device gets DEVICE_NEEDS_RESET, and no queue of it is touched until the driver
 * resets it. No call takes more steps than the queue has descriptors and the chain has room for segments.
 *
 * What breaks: an index that moves by more than the queue's size; a head or next beyond it; a chain
 * longer than the queue, or that goes in a circle; in a split ring a head that the device has already; a
 * segment outside of the VM's memory; 2^32 bytes or more in a buffer; a readable segment behind a writable
 * one; indirect descriptors that were not negotiated, are nested, or are of a length that no table has; more
 * segments than the chain has room for, but in a queue of streams (struct vwr_vwindow). What breaks nothing:
 * two buffers that share a segment, ids of a packed ring that are alike or greater than the queue,
 * descriptors of 0 bytes, which are counted and left out. The driver harms nobody but itself.
 * tests/hostile/guests names the clause for each.
 *
 * Context of every call here: with the device's lock, if there are locks. Nothing waits.
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/*
 * A descriptor chain that the device has: seg[0 .. out) are readable, seg[out .. out + in) are writable. A
 * descriptor that straddles regions of guest memory is several segments. The class sets `seg` and `room`
 * before pop_avail, and both are VMM-private memory; it leaves the rest alone, and the whole until add_used.
 */
struct vwr_vchain {
    struct vwr_vseg *seg;
    uint16_t room; /* segments that seg has space for; at least 1 */
    uint16_t out;
    uint16_t in;
    uint16_t id;        /* private: head, or buffer id */
    uint32_t flags;     /* private, packed: WRITE if it has writable segments */
    uint32_t out_bytes; /* of the segments; together less than 2^32 */
    uint32_t in_bytes;
    /* private */
    uint32_t generation; /* of the queue when it was popped: after a reset it does not get it back */
    uint32_t count;      /* packed: descriptors of the ring */
    uint32_t position;   /* how many were popped before it */
};

/* In order: a buffer that the device has finished with before those that were popped before it. */
struct vwr_vqueue_done {
    uint32_t written;
    uint16_t id;
    uint16_t flags;
    uint16_t count; /* of descriptors; 0: the device is not finished with it */
};

/* Driver-inaccessible memory of a queue, for each descriptor; see VWR_VQUEUE_OWN_BYTES. All private. */
struct vwr_vqueue_entry {
    struct vwr_vqueue_done done;
    bool held;
};

struct vwr_vqueue_stats {
    uintptr_t kicks;      /* notifications that came */
    uintptr_t chains;     /* buffers popped */
    uintptr_t used;       /* buffers given back */
    uintptr_t interrupts; /* made */
    uintptr_t suppressed; /* that the driver had suppressed */
};

struct vwr_vsplit {
    const struct vwr_virtq_desc *desc;
    const struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    uint32_t mask; /* size - 1 */
};

/* Where the next available descriptor is, or used one; and what AVAIL and USED are there. */
struct vwr_vpacked_cursor {
    struct vwr_pvirtq_desc *desc;
    uint32_t flags;
};

struct vwr_vpacked {
    struct vwr_pvirtq_desc *ring;
    const struct vwr_pvirtq_desc *end;      /* behind the last of the ring */
    const struct vwr_pvirtq_desc *walk_end; /* the same; of a walk that has wrapped where it began */
    const struct vwr_pvirtq_event_suppress *driver_event;
    struct vwr_pvirtq_event_suppress *device_event;
    struct vwr_vpacked_cursor next_avail;
    struct vwr_vpacked_cursor next_used;
    struct vwr_pvirtq_desc *signalled; /* the first used descriptor that is not published */
    int free;                          /* descriptors that are of no buffer that the device has */
    uint16_t first_flags; /* of the first used descriptor that is not published: what publishes it */
    uint16_t kept_flags;  /* of the next available descriptor, if arm has loaded them; or 0 */
};

/*
 * Where a buffer is a stream of bytes (vstream.h) its segments need not all be in the chain at once: those
 * that are done already leave it, and those that have no room are left for the next time that it is popped.
 * Private; the class sets `is_open` at init, and done, more, before, beyond, has_in for each pop.
 */
struct vwr_vwindow {
    bool is_open;    /* such a queue: no chain has too many segments */
    bool more;       /* there are readable segments behind those of the chain, which are readable too */
    bool has_in;     /* there are writable ones behind them */
    uint32_t done;   /* bytes that are done */
    uint32_t before; /* of them, bytes of segments that are not in the chain any more */
    uint32_t beyond; /* bytes of those behind it */
};

/* All fields are private but `stats`; the embedder only places the structure. */
struct vwr_vqueue {
    const struct vwr_vm *vm;
    struct vwr_vdev *dev;
    uint16_t index;
    uint16_t max; /* the largest size that the driver may choose */

    /* as the driver's registers have set it */
    bool ready;
    bool resetting; /* put out of use while hardware may still reach its buffers */
    uint32_t size;  /* cannot be written while `ready` */
    uint32_t align;
    uint32_t pfn;
    uint64_t desc_addr;
    uint64_t driver_addr;
    uint64_t device_addr;

    /* what is checked and in use while `ready`; after a protocol violation the layout is STOPPED */
    enum vwr_layout layout;
    bool legacy; /* ring is in the guest's byte order */
    bool indirect;
    bool event_idx;
    bool quiet;                 /* the driver need not notify of the next buffer */
    uint32_t generation;        /* of the chains that are popped now: odd */
    uint32_t split_generation;  /* the same if add_used writes a used element at once; or of no chain */
    uint32_t packed_generation; /* likewise a used descriptor */
    uint32_t last_avail;        /* buffers popped, modulo 2^32 */
    uint32_t used_idx;          /* buffers given back, modulo 2^32 */
    uint32_t avail_idx;         /* split: of those made available, when it was loaded last; else last_avail */
    uint32_t signalled_used;    /* of those that are published */
    uint32_t besides; /* segments that the device was charged for besides those of its chains, modulo 2^32 */
    struct vwr_vm_region recent;  /* part of guest memory that the last segment was in: see vwr_vchain_put */
    struct vwr_vqueue_done *done; /* by position, modulo max: in order */
    bool *held;                   /* by head, split: the device has it */
    struct vwr_vwindow window;
    union {
        struct vwr_vsplit split;
        struct vwr_vpacked packed;
    };
    struct vwr_vqueue_stats stats;
};

/* Bytes for a queue of at most `size` descriptors: memory that no guest can reach. */
#define VWR_VQUEUE_OWN_BYTES(size) ((size_t)(size) * sizeof(struct vwr_vqueue_entry))

/*
 * The next buffer: 1, and *c describes it; 0: there is none now; VWR_EBADRING: the driver broke the
 * queue; VWR_EFAILED: it is not ready, or broken already. `c` has seg and room set.
 */
static inline int vwr_vqueue_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c) VWR_MUST_CHECK;

/* What the driver has written into the chain, from its first byte on; and where the device writes. */
static inline void vwr_vchain_reader(const struct vwr_vchain *c, struct vwr_reader *r)
{
    vwr_reader_start(r, c->seg, c->out_bytes);
}

static inline void vwr_vchain_writer(const struct vwr_vchain *c, struct vwr_writer *w)
{
    vwr_writer_start(w, c->seg + c->out, c->in_bytes);
}

/* The last byte that the device writes, for an answer behind the data, whatever its length (a block request's
 * status); NULL: it writes none. */
static inline uint8_t *vwr_vchain_last(const struct vwr_vchain *c)
{
    const struct vwr_vseg *const s = &c->seg[c->out + c->in - 1];

    return c->in != 0 ? s->at + s->len - 1 : NULL;
}

/* Is one of the `bytes` at `host` among its segments? */
bool vwr_vchain_uses(const struct vwr_vchain *c, const void *host, uint64_t bytes);

/*
 * Gives a buffer back; signal publishes it. `written`: bytes from the first on that the device has written,
 * without a gap; no more than it may write. Any order; where IN_ORDER is negotiated the queue keeps it until
 * those before it have been given back. Nothing happens with a buffer of a queue that was reset since, or is
 * broken.
 */
static inline void vwr_vqueue_add_used(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written);

/*
 * Undoes the last pop_avail: for a class that finds it cannot serve the buffer now; then, in the same way,
 * the one before it. Only before another pop_avail, add_used or signal.
 */
void vwr_vqueue_unpop(struct vwr_vqueue *q, struct vwr_vchain *c);

/* Publishes what was given back, and interrupts the driver unless that is suppressed. True: it was
 * interrupted. */
static inline bool vwr_vqueue_signal(struct vwr_vqueue *q);

/* Enables notifications: of the next buffer there will be one. False: there is a buffer already, pop it. */
VWR_MUST_CHECK bool vwr_vqueue_arm(struct vwr_vqueue *q);

/* Suppresses notifications; some may come. */
void vwr_vqueue_disarm(struct vwr_vqueue *q);

/*
 * Is there no buffer, and will the driver notify of the next? There is nothing to arm then. What it has
 * notified of before, while the queue was not served, is seen here. With an event index never: the driver has
 * passed it.
 */
static inline bool vwr_vqueue_is_armed(const struct vwr_vqueue *q);

/* Buffers that the device has now. */
static inline uint32_t vwr_vqueue_in_flight(const struct vwr_vqueue *q)
{
    return q->last_avail - q->used_idx;
}

/*
 * For vwr_vdev.c. Init: once, `max` descriptors at most (a power of 2, at most VWR_SPLIT_RING_SIZE_MAX),
 * `own` of VWR_VQUEUE_OWN_BYTES(max) bytes. Enable: starts the queue as the registers say: size, alignment,
 * and each part of the ring in one region of guest memory, none upon another; VWR_OK, VWR_EINVAL: a size or
 * alignment that cannot be, VWR_ERANGE: memory. Disable: forgets all but the registers; chains that are out
 * become void. Stop: of a broken device's queues, each: chains become void, nothing is touched.
 */
void vwr_vqueue_init(struct vwr_vqueue *q, struct vwr_vdev *dev, const struct vwr_vm *vm, uint16_t index,
                     struct vwr_vqueue_entry *own, uint16_t max);
VWR_MUST_CHECK int vwr_vqueue_enable(struct vwr_vqueue *q, const struct vwr_features *features, bool legacy,
                                     uint32_t guest_page_size);
void vwr_vqueue_disable(struct vwr_vqueue *q);
void vwr_vqueue_stop(struct vwr_vqueue *q);

/* For vwr_vm_pages.c: is a part of its ring there, in use? */
bool vwr_vqueue_uses(const struct vwr_vqueue *q, uint64_t addr, uint64_t bytes);

#include "vwr/vqueue_hot.h"

VWR_END_C

#endif
