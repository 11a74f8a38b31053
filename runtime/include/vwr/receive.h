/* SPDX-License-Identifier: MIT */
#ifndef VWR_RECEIVE_H
#define VWR_RECEIVE_H

#include "vwr/dev.h"

VWR_BEGIN_C

/*
 * A queue that the device fills: what a network card, a console or a keyboard receives, events of any
 * device. Buffers of the caller's memory are submitted to it; reap hands out those that the device has
 * filled, and submit posts each again. No buffer is lost, and what of its content is dropped is counted.
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
 * Context: as of queue.h: one owner at a time, who may be an interrupt handler; what an owner writes no
 * owner of another queue reads. Nothing here waits. Of the loops reap's ends after `max` buffers, those of
 * start, reclaim and repost after `count`.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* A buffer that the device has filled. */
struct vwr_slice {
    void *p;         /* the first byte that the device wrote; the caller's until vwr_receive_submit */
    uint32_t bytes;  /* at least `least`, at most `stride` */
    uint16_t buffer; /* for vwr_receive_submit */
    uint16_t more;   /* for a class: slices behind this one that are of the same message; reap writes 0 */
};

/* One buffer; in memory that the device cannot reach. All of it is private. */
struct vwr_receive_buffer {
    struct vwr_chain chain; /* first: the queue answers it */
    uint8_t *data;
    uint64_t addr; /* of `data` for the device */
    uint16_t index;
    uint8_t owner; /* enum vwr_receive_owner */
};

enum vwr_receive_owner {
    VWR_RECEIVE_DRIVER, /* neither of the others': it could not be posted, or the device has been reset */
    VWR_RECEIVE_DEVICE,
    VWR_RECEIVE_CALLER
};

/*
 * The memory of the buffers, the caller's until the device, or this queue of it, has been reset.
 *   data      count * stride bytes that the device can reach, aligned to VWR_PORT_DMA_ALIGN; each buffer
 *             contiguous for it
 *   buffer    `count` of them; any content
 *   stride    bytes of one buffer, at least 1; a multiple of VWR_PORT_DMA_ALIGN
 *   count     buffers, at least 1; no more are posted than the queue has descriptors
 */
struct vwr_receive_memory {
    void *data;
    struct vwr_receive_buffer *buffer;
    uint32_t stride;
    uint16_t count;
};

/* Too long ones are counted by the queue: queue.stats.clamped. */
struct vwr_receive_stats {
    vwr_count buffers;  /* handed out by reap */
    vwr_count dropped;  /* had less than `least`, or a part of what a reset cut off: and were posted again */
    vwr_count bytes;    /* of those handed out */
    vwr_count unposted; /* times that a buffer could not be posted */
};

/* `queue.stats`, `stats` and `fault` may be read by anybody; all else is private. */
struct vwr_receiveq {
    struct vwr_queue queue;
    struct vwr_receiveq *next; /* of the device's, in the order of their setup */
    struct vwr_receive_stats stats;
    struct vwr_fault fault; /* why the queue is stopped, if the device is the reason */
    struct vwr_receive_buffer *buffer;
    uint32_t stride;
    uint32_t least;
    uint32_t skipped; /* a class's: bytes in front, at most `least`, that no slice has */
    uint16_t count;
    uint16_t used_count; /* of them, the first, that the queue has room for */
    uint16_t unposted;   /* of those, that are the driver's */
    bool held;           /* no kick before the device runs, which vwr_receive_all says */
};

/*
 * Posts all buffers to r->queue, which vwr_dev_add_queue has made; the device is notified by
 * vwr_receive_kick, after DRIVER_OK. Buffers with less than `least` bytes, at most `stride`, are dropped.
 * VWR_OK: where the port maps data (vwr_port_dma_map) at least one is posted, the others as soon as they can
 * be mapped; VWR_EINVAL: no buffer, or buffers of 0 bytes or less than `least`: nothing has happened; or a
 * buffer that is not contiguous for the device: the queue is stopped with VWR_EFAILED, and the device has
 * seen no buffer. VWR_EFAILED, VWR_ERESET, VWR_EBADRING: the queue was stopped before, with that reason.
 * Section: Basic Facilities of a Virtio Device / Virtqueues.
 */
VWR_MUST_CHECK int vwr_receive_start(struct vwr_receiveq *r, const struct vwr_receive_memory *m,
                                     uint32_t least);

/*
 * For a class whose device begins with its recovery: adds the queue to the device, as vwr_dev_add_queue, and
 * starts it, or after a reset posts its buffers again; *r was zeroed before the first time. Results as
 * vwr_dev_add_queue and vwr_receive_start; of no buffer, or of ones that are too short, the device has the
 * fault VWR_FAULT_QUEUE_BUFFERS.
 */
struct vwr_bringup;
VWR_MUST_CHECK int vwr_receive_setup(struct vwr_receiveq *r, struct vwr_bringup *v, unsigned index,
                                     const struct vwr_queue_memory *m,
                                     const struct vwr_receive_memory *buffers, uint32_t least);

/*
 * Gets buffers that the device has filled, in the order in which it used them: how many, into slices[]; 0:
 * none now. It ends after `max` buffers, those that were dropped included, which are posted again at
 * once. Negative, for good: VWR_EBADRING: the device used a buffer that it does not have; VWR_ERESET,
 * VWR_EFAILED, or the reason of vwr_receive_stop: the queue is stopped. What was got before stays the
 * caller's.
 */
VWR_MUST_CHECK int vwr_receive_reap(struct vwr_receiveq *r, struct vwr_slice *slices, unsigned max);

/*
 * Posts a buffer again that reap has handed out; the device sees it with the next kick. If the queue is
 * stopped, or the port cannot map the buffer now, a later reap or vwr_receive_repost posts it.
 * VWR_OK; VWR_EINVAL: the buffer is not the caller's, nothing has happened.
 */
int vwr_receive_submit(struct vwr_receiveq *r, uint16_t buffer);

/*
 * For a class's `event`, of all queues that vwr_receive_setup has made: stops them, with VWR_ERESET; reclaims
 * their buffers; kicks them.
 */
void vwr_receive_all(struct vwr_bringup *v, unsigned event);

/*
 * Instead of reap and submit, for bytes that may be cut anywhere: copies at most `n` of those that have come
 * into bytes[]: how many; 0: none now; negative as vwr_receive_reap. *rest, zeroed by the caller before the
 * first call, is what was not read yet of a buffer that was begun. Ends after `n` bytes.
 */
VWR_MUST_CHECK int vwr_receive_read(struct vwr_receiveq *r, struct vwr_slice *rest, void *bytes, size_t n);

/* Tells the device of all buffers since the last kick. True if it had to be notified. Of a queue that
 * vwr_receive_setup has made: nothing before the device runs, which then is told of all. */
static inline bool vwr_receive_kick(struct vwr_receiveq *r)
{
    return !r->held && vwr_queue_kick(&r->queue);
}

/* Notifies the device once more of the buffers that it has, unless the queue is stopped. */
VWR_COLD void vwr_receive_notify(struct vwr_receiveq *r);

/*
 * Asks for an interrupt when `count` more buffers are used, as vwr_queue_arm. False: there may be some
 * already, reap again.
 */
VWR_MUST_CHECK static inline bool vwr_receive_arm(struct vwr_receiveq *r, unsigned count)
{
    return vwr_queue_arm(&r->queue, count);
}

/* Asks for no interrupt. */
static inline void vwr_receive_disarm(struct vwr_receiveq *r)
{
    vwr_queue_disarm(&r->queue);
}

/* Stops the queue: from here on reap answers `reason`, which is negative. */
static inline void vwr_receive_stop(struct vwr_receiveq *r, int reason)
{
    vwr_queue_stop(&r->queue, reason);
}

/*
 * After the device, or this queue of it, has acknowledged a reset: the buffers that it had are the driver's,
 * and what it wrote to them is dropped. Those that the caller holds stay the caller's.
 * VWR_OK; VWR_EBUSY: the queue is not stopped.
 */
int vwr_receive_reclaim(struct vwr_receiveq *r);

/*
 * After vwr_receive_reclaim, and after vwr_dev_add_queue has made the queue anew: posts all buffers but
 * those that the caller holds; kick it. Results as vwr_receive_start.
 */
VWR_MUST_CHECK int vwr_receive_repost(struct vwr_receiveq *r);

VWR_END_C

#endif
