/* SPDX-License-Identifier: MIT */
#ifndef VWR_QUEUE_H
#define VWR_QUEUE_H

#include "vwr/base.h"
#include "vwr/result.h"
#include "vwr/gen/split_ring.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A virtqueue as the driver sees it: buffers go in with add, the device hears of them with
 * kick, they come back with take.
 *
 * Context of every call here: a queue has one owner at a time. Different queues of one device
 * may be used at once without a lock; two calls on the same queue must not overlap, an
 * interrupt handler included. Nothing here waits.
 *
 * Memory. The ring lies in memory that the device can reach. What the driver has to remember
 * lies in memory that the device cannot reach, and is never read back from the ring: whatever
 * the device writes there, the worst it can get is VWR_EBADRING.
 *
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 */

/* A piece of a buffer: its address for the device (vwr_port_dma gives it), and its bytes, at least 1. */
struct vwr_seg {
    uint64_t addr;
    uint32_t len;
};

/*
 * One buffer on its way through a queue. The caller owns the memory and leaves it alone from
 * add until take has answered it. It must not lie where the device can write.
 */
struct vwr_chain {
    void *token;      /* the caller's; the queue does not look at it */
    uint32_t written; /* set by take: bytes that the device says it wrote, never more than it was lent */
    /* private */
    uint32_t writable; /* bytes lent for writing */
    uint16_t head;
    uint16_t tail;
    uint16_t count; /* descriptors to give back; 0: they stay with the chain */
    /* private, of a wired chain: the piece that changes */
    uint16_t flags; /* but for WRITE */
    uint32_t fixed; /* bytes lent for writing in the other pieces */
    struct vwr_virtq_desc *piece;
};

/*
 * The memory that a queue is made of, all of it the caller's, until the device has been reset.
 *   shared    VWR_QUEUE_SHARED_BYTES(size) bytes that the device can reach, contiguous for it,
 *             aligned to VWR_QUEUE_SHARED_ALIGN; any content, all of it is zeroed
 *   own       VWR_QUEUE_OWN_BYTES(size) bytes that the device cannot reach, aligned to a pointer
 *   size      descriptors, a power of 2, at most VWR_SPLIT_RING_SIZE_MAX; the queue gets the
 *             largest power of 2 up to it that the device takes
 */
struct vwr_queue_memory {
    void *shared;
    size_t shared_bytes;
    void *own;
    size_t own_bytes;
    uint16_t size;
};

#define VWR_QUEUE_SHARED_ALIGN VWR_SPLIT_RING_LEGACY_ALIGN
#define VWR_QUEUE_SHARED_BYTES(size) VWR_SPLIT_RING_BYTES(size, VWR_SPLIT_RING_LEGACY_ALIGN)
/* The same with room behind the ring for `extra` bytes of a device class. */
#define VWR_QUEUE_SHARED_BYTES_WITH(size, extra) \
    (VWR_QUEUE_EXTRA_OFFSET(VWR_QUEUE_SHARED_BYTES(size)) + (extra))
#define VWR_QUEUE_EXTRA_OFFSET(ring_bytes) (((ring_bytes) + 15u) & ~(size_t)15u)
#define VWR_QUEUE_OWN_BYTES(size) ((size_t)(size) * (sizeof(void *) + sizeof(uint16_t)))

/* All fields are private; the embedder only places the structure. */
struct vwr_queue {
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    const struct vwr_virtq_used *used;
    struct vwr_chain **chain; /* by head descriptor: what is on its way */
    uint16_t *link;           /* by descriptor: the next one, free or in flight */
    void *extra;              /* of a device class, behind the ring */
    uint64_t extra_addr;
    volatile void *notify;
    uint32_t notify_value;
    uint32_t mask; /* size - 1 */
    uint16_t size;
    uint16_t free_head;
    uint16_t free;
    uint16_t avail_next; /* where the next chain goes */
    uint16_t published;  /* avail_next as the device knows it */
    uint16_t used_next;  /* where the next used chain is expected */
    uint16_t used_seen;  /* used.idx as last read */
    uint16_t clamped;    /* times the device claimed to have written more than it was lent */
    bool legacy;         /* ring is in the guest's byte order */
    int broken;          /* VWR_OK, or why the queue is stopped */
};

/*
 * Puts a buffer into the queue: `out` pieces that the device reads, then `in` pieces that it
 * writes; the pieces are copied. The device does not know of it before kick.
 * VWR_OK; VWR_EINVAL: no piece, more pieces than the queue is long, a piece of 0 bytes, 2^32 or
 * more bytes to write; VWR_EFULL: not enough free descriptors now; VWR_EBADRING and other reasons:
 * the queue is stopped. On an error nothing has happened.
 */
VWR_MUST_CHECK int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                                 struct vwr_chain *chain);

/*
 * For requests that are alike but for one piece, seg[changing]: takes the descriptors and writes
 * them once, for good; nothing goes to the device. From then on vwr_queue_push sends the chain
 * with another piece in that place, which costs less than vwr_queue_add. `seg` and the chain
 * are lent as long as the queue lives. Results as vwr_queue_add.
 */
VWR_MUST_CHECK int vwr_queue_wire(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                                  unsigned changing, struct vwr_chain *chain);

/*
 * Puts a wired chain into the queue, with the `len` bytes at `addr` where it changes; `in`: the
 * device writes them, less than 2^32 with those of the other pieces. The order of pieces stays: one
 * that the device reads must not come behind one that it writes. VWR_OK; VWR_EINVAL: 0 bytes;
 * VWR_EBUSY: the chain is on its way already; and the reason if the queue is stopped.
 */
VWR_MUST_CHECK static inline int vwr_queue_push(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr,
                                                uint32_t len, bool in);

/* Tells the device of all that was added since the last kick. True if it had to be notified. */
bool vwr_queue_kick(struct vwr_queue *q);

/*
 * Takes back one buffer that the device has used: 1 and *chain, 0 if there is none, or a
 * negative result, for good, if the queue is stopped: VWR_EBADRING when the device named a
 * buffer that it does not have, or more of them than it has.
 */
VWR_MUST_CHECK static inline int vwr_queue_take(struct vwr_queue *q, struct vwr_chain **chain);

/*
 * Asks for an interrupt at the next used buffer. False: one has come meanwhile, take it (the
 * interrupt may come or not); also if the queue is stopped, and take says why. A queue begins
 * disarmed.
 */
VWR_MUST_CHECK bool vwr_queue_arm(struct vwr_queue *q);

/* Interrupts are not wanted; a few may still come. */
void vwr_queue_disarm(struct vwr_queue *q);

/* Stops the queue: from here on add and take answer `reason`, which is negative. */
VWR_COLD void vwr_queue_stop(struct vwr_queue *q, int reason);

/* Descriptors in the queue. */
static inline uint16_t vwr_queue_size(const struct vwr_queue *q)
{
    return q->size;
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

/* For dev.h: prepares the structure over memory that has been checked. */
void vwr_queue_prepare(struct vwr_queue *q, const struct vwr_queue_memory *m, uint16_t size, bool legacy);

#include "vwr/queue_hot.h"

#ifdef __cplusplus
}
#endif

#endif
