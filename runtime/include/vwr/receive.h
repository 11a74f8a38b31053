/* SPDX-License-Identifier: MIT */
#ifndef VWR_RECEIVE_H
#define VWR_RECEIVE_H

#include "vwr/request.h"

VWR_BEGIN_C

/**
 * DOC: Receive queues
 *
 * A receive queue is a queue of buffers that the device fills, for example with network packets,
 * keyboard input or console input::
 *
 *     result = vwr_dev_add_queue(d, index, &r->queue, m, 0);
 *     result = vwr_receive_start(r, buffers, least);
 *     result = vwr_dev_start(d);
 *     vwr_receive_kick(r);
 *     n = vwr_receive_reap(r, slices, 16);
 *     for (int i = 0; i < n; i++)
 *         vwr_receive_submit(r, slices[i].buffer);
 *     vwr_receive_kick(r);
 *
 * Rules:
 *
 * - vwr_receive_reap() returns filled buffers, and vwr_receive_submit() posts each of them again. No buffer
 *   is lost, and dropped data are counted.
 * - As in vwr/queue.h, a queue has one owner at a time, which may be an interrupt handler.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/**
 * struct vwr_slice - A buffer that the device has filled
 * @p: First byte that the device wrote. It belongs to the caller until vwr_receive_submit().
 * @bytes: Size in bytes, from @least to @stride.
 * @buffer: Number of the buffer, for vwr_receive_submit().
 * @more: Number of following slices that belong to the same message, set by the class. vwr_receive_reap()
 *   sets it to 0.
 */
struct vwr_slice {
    void *p;
    uint32_t bytes;
    uint16_t buffer;
    uint16_t more;
};

/* A buffer, in private memory; private. */
struct vwr_receive_buffer {
    struct vwr_chain chain; /* first */
    uint8_t *data;
    uint64_t addr; /* device address of `data` */
    uint16_t index;
    uint8_t owner; /* enum vwr_receive_owner */
};

/* Owner of a buffer; private. */
enum vwr_receive_owner {
    VWR_RECEIVE_DRIVER, /* the buffer could not be posted, or the device has been reset */
    VWR_RECEIVE_DEVICE,
    VWR_RECEIVE_CALLER
};

/**
 * struct vwr_receive_memory - Memory of the buffers
 * @data: Memory that the device can access, aligned to VWR_PORT_DMA_ALIGN and divided equally among the
 *   buffers. Each part must be contiguous for the device.
 * @data_bytes: Size of @data in bytes. The size of each buffer is a multiple of VWR_PORT_DMA_ALIGN.
 * @buffer: Private memory for the state of the buffers; it need not be initialised.
 * @buffer_count: Number of entries in @buffer, at least 1. At most as many buffers are posted as the queue
 *   has descriptors.
 *
 * The memory must remain valid until the device or this queue has been reset.
 */
struct vwr_receive_memory {
    void *data;
    size_t data_bytes;
    struct vwr_receive_buffer *buffer;
    uint16_t buffer_count;
};

/**
 * vwr_receive_fits() - Check the sizes of the buffers' memory (for device classes)
 * @s: Filled in if an array is too small, otherwise unchanged.
 * @m: Memory of the buffers.
 * @least: Minimum size of a buffer in bytes.
 *
 * Return: true if there are buffers of at least @least bytes.
 */
VWR_MUST_CHECK bool vwr_receive_fits(struct vwr_shortage *s, const struct vwr_receive_memory *m,
                                     uint32_t least);

/**
 * struct vwr_receive_stats - Counters; queue.stats.clamped counts buffers whose reported length
 *   exceeds their size
 * @buffers: Buffers that were returned.
 * @dropped: Buffers that were posted again because they contained fewer than @least bytes, or a part of a
 *   message that a reset truncated.
 * @bytes: Bytes in buffers that were returned.
 * @unposted: Number of times that a buffer could not be posted.
 */
struct vwr_receive_stats {
    vwr_count buffers;
    vwr_count dropped;
    vwr_count bytes;
    vwr_count unposted;
};

/**
 * struct vwr_receiveq - A receive queue
 * @queue: Queue; any thread may read queue.stats.
 * @stats: Counters; any thread may read them.
 * @fault: Reason why the queue is stopped, if the device caused the stop; any thread may read it.
 */
struct vwr_receiveq {
    struct vwr_queue queue;
    /* private: */
    struct vwr_receiveq *next; /* next queue of the device */
    /* public: */
    struct vwr_receive_stats stats;
    struct vwr_fault fault;
    /* private: */
    struct vwr_receive_buffer *buffer;
    uint32_t stride;
    uint32_t least;
    /*
     * set by the class: number of bytes at the start of a buffer that slices omit; if the device wrote fewer
     * bytes, the size of the slice wraps around
     */
    uint32_t skipped;
    uint16_t count;
    uint16_t used_count; /* number of buffers, starting at the first, that fit into the queue */
    uint16_t unposted;   /* number of these buffers that are not posted */
    bool held;           /* no kick until the device is live: vwr_receive_all() */
};

/**
 * vwr_receive_start() - Post all buffers to a new queue
 * @r: Receive queue; @r->queue must have been created by vwr_dev_add_queue().
 * @m: Memory of the buffers; the structure is copied.
 * @least: Minimum number of bytes; buffers with fewer bytes are dropped.
 *
 * Call vwr_receive_kick() after DRIVER_OK.
 *
 * Return: VWR_OK. If the port maps data (vwr_port_dma_map()), at least one buffer is posted, and the others
 *   are posted as soon as they can be mapped.
 * * VWR_ENOMEM: there are no buffers, or their size is 0 or below @least; nothing was changed.
 * * VWR_EINVAL: a buffer is not contiguous for the device; the queue is then stopped with VWR_EFAILED, and
 *   the device has seen no buffer.
 * * VWR_EFAILED, VWR_ERESET, VWR_EBADRING: the queue was stopped before.
 * Section: Basic Facilities of a Virtio Device / Virtqueues.
 */
VWR_MUST_CHECK int vwr_receive_start(struct vwr_receiveq *r, const struct vwr_receive_memory *m,
                                     uint32_t least);

/**
 * vwr_receive_setup() - Create a receive queue (for a class's @set_up)
 * @r: Receive queue, zeroed before the first call.
 * @v: Bring-up of the device.
 * @index: Queue index.
 * @m: Memory of the queue.
 * @buffers: Memory of the buffers.
 * @least: Minimum number of bytes of a buffer.
 *
 * After a reset the call posts the buffers again.
 *
 * Return: VWR_OK, or the same errors as vwr_dev_add_queue() and vwr_receive_start(). If there are no buffers
 *   or they are too small, the fault VWR_FAULT_QUEUE_BUFFERS is recorded for the device.
 */
VWR_MUST_CHECK int vwr_receive_setup(struct vwr_receiveq *r, struct vwr_bringup *v, unsigned index,
                                     const struct vwr_queue_memory *m,
                                     const struct vwr_receive_memory *buffers, uint32_t least);

/**
 * vwr_receive_reap() - Return filled buffers in order
 * @r: Receive queue.
 * @slices: Filled in with the slices.
 * @max: Size of @slices. The call ends after @max buffers, including dropped ones, which are posted
 *   again immediately.
 *
 * Return: The number of slices; 0: no buffer is filled. A negative result is permanent; slices that were
 *   returned earlier still belong to the caller.
 * * VWR_EBADRING: the device used a buffer that is not in flight.
 * * VWR_ERESET, VWR_EFAILED: the queue is stopped. Any other value is the reason passed to
 *   vwr_queue_stop().
 */
VWR_MUST_CHECK int vwr_receive_reap(struct vwr_receiveq *r, struct vwr_slice *slices, unsigned max);

/**
 * vwr_receive_submit() - Post a buffer again
 * @r: Receive queue.
 * @buffer: Number of a buffer that vwr_receive_reap() returned. The device sees it after the next kick. If
 *   the queue is stopped, or the port cannot map the buffer now, a later vwr_receive_reap() or
 *   vwr_receive_repost() posts it.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: the buffer does not belong to the caller; nothing was changed.
 */
int vwr_receive_submit(struct vwr_receiveq *r, uint16_t buffer);

/**
 * vwr_receive_all() - Pass an event to all receive queues of a device (for a class's @event)
 * @v: Bring-up of the device.
 * @event: Event. Depending on it, the call stops the queues with VWR_ERESET,
 *   reclaims their buffers, or kicks them.
 */
void vwr_receive_all(struct vwr_bringup *v, enum vwr_bringup_event event);

/**
 * vwr_receive_read() - Read received bytes as a stream, instead of reaping buffers
 * @r: Receive queue.
 * @rest: Unread part of the current buffer; zeroed by the caller before the first call.
 * @bytes: Filled in with the bytes.
 * @n: Maximum number of bytes.
 *
 * Return: The number of bytes; 0: there are none. Any negative value: the same as
 *   vwr_receive_reap().
 */
VWR_MUST_CHECK int vwr_receive_read(struct vwr_receiveq *r, struct vwr_slice *rest, void *bytes, size_t n);

/**
 * vwr_receive_kick() - Notify the device of all buffers posted since the last kick
 * @r: Receive queue. A queue that vwr_receive_setup() created is not kicked before the device is
 *   live; the device is then notified of all buffers.
 *
 * Return: true if the device had to be notified.
 */
static inline bool vwr_receive_kick(struct vwr_receiveq *r)
{
    return !r->held && vwr_queue_kick(&r->queue);
}

/**
 * vwr_receive_notify() - Notify the device again of the posted buffers
 * @r: Receive queue. If it is stopped, the call does nothing.
 */
VWR_COLD void vwr_receive_notify(struct vwr_receiveq *r);

/**
 * vwr_receive_arm() - Enable the interrupt for filled buffers
 * @r: Receive queue.
 * @count: Number of filled buffers after which the device interrupts.
 *
 * Return: true: the interrupt is enabled. false: buffers may have been filled already; reap again.
 */
VWR_MUST_CHECK static inline bool vwr_receive_arm(struct vwr_receiveq *r, unsigned count)
{
    return vwr_queue_arm(&r->queue, count);
}

/**
 * vwr_receive_reclaim() - Reclaim the buffers after a reset
 * @r: Stopped receive queue. The device must have acknowledged a reset of itself or of this queue. Received
 *   data in these buffers are discarded. Slices that the caller still holds remain valid.
 *
 * Return: VWR_OK.
 * * VWR_EBUSY: the queue is not stopped.
 */
int vwr_receive_reclaim(struct vwr_receiveq *r);

/**
 * vwr_receive_repost() - Post all buffers again after a reset, except those that the caller holds
 * @r: Receive queue, after vwr_receive_reclaim() and vwr_dev_add_queue(). Kick it afterwards.
 *
 * Return: The same values as vwr_receive_start().
 */
VWR_MUST_CHECK int vwr_receive_repost(struct vwr_receiveq *r);

VWR_END_C

#endif
