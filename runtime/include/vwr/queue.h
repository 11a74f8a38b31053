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
 * A virtqueue as the driver sees it: buffers go in with add, the device hears of them with
 * kick, they come back with take. Whether the ring is split or packed, with indirect
 * descriptors, in order, or with event indices, is what was negotiated and nothing that the
 * caller sees.
 *
 * Context of every call here: a queue has one owner at a time. Different queues of one device
 * may be used at once without a lock; two calls on the same queue must not overlap, an
 * interrupt handler included. Nothing here waits.
 *
 * Memory. The ring lies in memory that the device can reach. What the driver has to remember
 * lies in memory that the device cannot reach, and is never read back from the ring: whatever
 * the device writes there, the worst it can get is VWR_EBADRING.
 *
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues.
 */

/* A piece of a buffer: its address for the device (vwr_port_dma gives it), and its bytes, at least 1. */
struct vwr_seg {
    uint64_t addr;
    uint32_t len;
};

/*
 * One buffer on its way through a queue. The caller owns the memory, zeroes it before its first
 * use, and leaves it alone from add until take has answered it. It must not lie where the device
 * can write.
 */
struct vwr_chain {
    void *token;      /* the caller's; the queue does not look at it */
    uint32_t written; /* set by take: bytes that the device says it wrote, never more than it was lent */
    /* private */
    uint32_t writable; /* bytes lent for writing */
    /* private: what the short ways load together lies together */
    struct vwr_chain **place; /* not NULL there: not for the short way of push; its own in q->chain, if any */
    void *piece;    /* of a wired chain: the descriptor that changes, if it has a place of its own */
    uint32_t head;  /* buffer id: of a split ring the first descriptor */
    uint32_t fixed; /* of a wired chain: bytes lent for writing in the pieces that do not change */
    bool in_now;    /* the device writes the one that does */
    uint16_t flags; /* of that one, but for WRITE */
    uint16_t tail;
    uint16_t count; /* descriptors of the ring that it takes, and gives back */
    /* private, of a wired chain */
    uint64_t ready; /* packed: what a descriptor says behind its address that points at the table; or 0 */
    struct vwr_chain *mark; /* in order: not NULL while it is on its way */
    struct vwr_seg *seg;
    uint16_t pieces;
    uint16_t changing;
    /* private, of a table */
    uint16_t table_size;
    uint32_t table_bytes; /* of it that are in use */
    void *table;
    uint64_t table_addr;
};

/*
 * Lends the chain memory for an indirect table: `bytes` that the device can reach, in one piece,
 * aligned to VWR_SPLIT_RING_DESC_ALIGN, of VWR_TABLE_BYTES(pieces). Where the device has
 * indirect descriptors, a buffer of 2 pieces or more that fits into the table then takes one
 * descriptor of the ring; elsewhere the table is not used. Not while the chain is on its way.
 * VWR_OK; VWR_ENOMEM: too small for one piece, not aligned, or not in one piece for the device.
 */
VWR_MUST_CHECK int vwr_chain_lend_table(struct vwr_chain *chain, void *table, size_t bytes);
#define VWR_TABLE_BYTES(pieces) ((size_t)(pieces) * sizeof(struct vwr_virtq_desc))

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

#define VWR_QUEUE_SHARED_ALIGN VWR_SPLIT_RING_LEGACY_ALIGN
/* Of a legacy split ring: any other ring of that size is smaller. */
#define VWR_QUEUE_SHARED_BYTES(size) VWR_SPLIT_RING_BYTES(size, VWR_SPLIT_RING_LEGACY_ALIGN)
/* The same with room behind the ring for `extra` bytes of a device class. */
#define VWR_QUEUE_SHARED_BYTES_WITH(size, extra) \
    (VWR_QUEUE_EXTRA_OFFSET(VWR_QUEUE_SHARED_BYTES(size)) + (extra))
#define VWR_QUEUE_EXTRA_OFFSET(ring_bytes) (((ring_bytes) + 15u) & ~(size_t)15u)
#define VWR_QUEUE_OWN_BYTES(size) ((size_t)(size) * (sizeof(void *) + sizeof(uint16_t)))

/* All fields but `stats` are private; the embedder only places the structure. */
struct vwr_queue {
    struct vwr_chain *never; /* what is in `chain` where nothing may be put; never followed */
    /* What the short ways load together lies together: a CPU that loads two words at once does so. */
    struct vwr_virtq_avail *avail;
    const struct vwr_virtq_used *used;
    const struct vwr_virtq_used
        *short_used;          /* NULL: not for the short way of take: packed, in order, or stopped */
    struct vwr_chain **chain; /* what is on its way: by buffer id; of a split ring in order by position */
    /* buffers, modulo 2^32; the low half of each is a position in a split ring */
    uint32_t ready;     /* split: used entries that are there and were not answered by take yet */
    uint32_t taken;     /* that came back */
    uint32_t published; /* of those added, those that the device knows of */
    uint32_t added;
    uint32_t mask;        /* size - 1; of a split ring */
    vwr_le16 *avail_ring; /* avail->ring */
    uint16_t *link; /* split: by descriptor, the next one, free or in flight; packed: by id, the next free */
    /* the ring: split, or packed */
    struct vwr_virtq_desc *desc;
    vwr_le16 *used_event;
    const vwr_le16 *avail_event;
    struct vwr_pvirtq_desc *ring;
    struct vwr_pvirtq_event_suppress *driver_event;
    const struct vwr_pvirtq_event_suppress *device_event;

    uint32_t notify_value;    /* the queue's index */
    uint32_t notify_position; /* what the position in the ring is multiplied by in a notification, or 0 */
    uint32_t size;
    uint32_t free_head; /* of descriptors, or ids; in order: the next one to be used */
    uint32_t free;      /* descriptors */
    uint32_t batch;     /* in order: buffers that came back and were not answered by take yet */
    uint32_t batch_written;
    /* packed: positions in the ring, and what the flags there say in this round */
    uint64_t avail_turn; /* in its place in `ready` */
    uint32_t avail_at;
    uint32_t used_at;
    struct vwr_pvirtq_desc *kick_desc; /* the first that the device does not know of yet, or NULL */
    uint32_t used_flags;
    uint32_t kick_flags;   /* what makes that descriptor the device's */
    uint32_t kick_buffers; /* buffers since, which are not in `added` yet */
    uint32_t shortest;     /* descriptors of the shortest buffer since there was none on its way */
    uint32_t used_id;      /* in order: of the buffer that comes back next */
    bool has_ready;        /* packed: a chain with a table is wired */
    bool packed;
    bool indirect;
    bool event_idx;
    bool in_order;
    bool legacy;          /* ring is in the guest's byte order */
    int broken;           /* VWR_OK, or why the queue is stopped */
    size_t driver_offset; /* of avail or driver_event in the shared memory */
    size_t device_offset; /* of used or device_event */
    void *extra;          /* of a device class, behind the ring */
    uint64_t extra_addr;
    volatile void *notify; /* next to the count of notifications */
    struct vwr_queue_stats stats;
};

/*
 * Puts a buffer into the queue: `out` pieces that the device reads, then `in` pieces that it
 * writes; the pieces are copied. The device does not know of it before kick.
 * VWR_OK; VWR_EINVAL: no piece, more pieces than the queue is long, a piece of 0 bytes, 2^32 or
 * more bytes to write; VWR_EFULL: not enough free descriptors now; VWR_EBUSY: the chain is on its
 * way already; VWR_EBADRING, VWR_ERESET, VWR_EFAILED, or what vwr_queue_stop was told: the queue is stopped.
 * On an error nothing has happened.
 */
VWR_MUST_CHECK int vwr_queue_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                                 struct vwr_chain *chain);

/*
 * For requests of `pieces` pieces that are alike but for one, seg[changing]: describes them once,
 * for good; nothing goes to the device. The device reads the pieces before that one and writes
 * those behind it. From then on vwr_queue_post sends the chain with another piece in that place,
 * which costs less than vwr_queue_add. `seg` (written to) and the chain are lent as long as the
 * queue lives. So are the descriptors, with a table one; of a packed ring a buffer id, of which there
 * are as many as descriptors; of a ring in order nothing. Results as vwr_queue_add.
 */
VWR_MUST_CHECK int vwr_queue_bind(struct vwr_queue *q, struct vwr_seg *seg, unsigned pieces,
                                  unsigned changing, struct vwr_chain *chain);

/*
 * Gives the descriptors of a wired chain back to the queue, so that it can be wired anew or used
 * with vwr_queue_add. VWR_OK, also if it is not wired; VWR_EBUSY: it is on its way.
 */
VWR_MUST_CHECK int vwr_queue_unbind(struct vwr_queue *q, struct vwr_chain *chain);

/*
 * Puts a wired chain into the queue, with the `len` bytes at `addr` where it changes; `in`: the
 * device writes them, less than 2^32 with those of the other pieces. VWR_OK; VWR_EINVAL: 0 bytes;
 * VWR_EBUSY: the chain is on its way already; VWR_EFULL where descriptors are not lent for good;
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
 * vwr_queue_stop was told.
 */
VWR_MUST_CHECK static inline int vwr_queue_get_used(struct vwr_queue *q, struct vwr_chain **chain);

/*
 * The same for up to `most` buffers, into chains[]: how many there were, or negative as vwr_queue_get_used.
 * Costs less than one after the other.
 */
VWR_MUST_CHECK static inline int vwr_queue_reap(struct vwr_queue *q, struct vwr_chain **chains,
                                                unsigned most);

/*
 * Asks for an interrupt when `count` more buffers are used, at least 1 and at most those on their
 * way; a device without EVENT_IDX interrupts at the next one. False: so many have come meanwhile, of
 * a packed ring perhaps fewer, take them (the interrupt may come or not); also if the queue is
 * stopped, and take says why. A queue begins disarmed, and an interrupt does not disarm it.
 */
VWR_MUST_CHECK bool vwr_queue_arm(struct vwr_queue *q, unsigned count);

/* Interrupts are not wanted; a few may still come. */
void vwr_queue_disarm(struct vwr_queue *q);

/* Stops the queue: from here on add and take answer `reason`, which is negative. */
VWR_COLD void vwr_queue_stop(struct vwr_queue *q, int reason);

/*
 * After the device, or this queue of it, has been reset: hands back the buffers that were on
 * their way, 1 and *chain, in no order; 0: there is none left. VWR_EBUSY: the queue is not stopped.
 * Before the reset is acknowledged they are the device's, and handing them back is how memory
 * gets corrupted.
 */
VWR_MUST_CHECK VWR_COLD int vwr_queue_reclaim(struct vwr_queue *q, struct vwr_chain **chain);

/* Descriptors in the queue. */
static inline uint16_t vwr_queue_size(const struct vwr_queue *q)
{
    return (uint16_t)q->size;
}

/* Buffers that were given to the device in all, and those that are on their way now. Context: any. */
static inline uint32_t vwr_queue_buffers(const struct vwr_queue *q)
{
    return q->published;
}

static inline uint32_t vwr_queue_in_flight(const struct vwr_queue *q)
{
    return q->added - q->taken + q->kick_buffers;
}

/* Has take answered all that the last look at a split ring has found? What has come since, the next one
 * finds. */
static inline bool vwr_queue_is_drained(const struct vwr_queue *q)
{
    return q->ready == 0 && q->short_used != NULL;
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

#include "vwr/queue_hot.h"

#ifdef __cplusplus
}
#endif

#endif
