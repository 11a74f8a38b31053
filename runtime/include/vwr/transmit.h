/* SPDX-License-Identifier: MIT */
#ifndef VWR_TRANSMIT_H
#define VWR_TRANSMIT_H

#include "vwr/request.h"

VWR_BEGIN_C

/*
 * A queue on which the driver sends copies of bytes, and the device answers nothing: what a console or a
 * radio transmits, messages to any device. Each buffer has a request of the engine (request.h); buffers are
 * used in a circle, so that what is sent goes in order. What is in flight when the device fails is sent again
 * after a recovery, in order. Nothing is overdue, as the other end may take nothing for a while.
 *
 * Context: as of request.h: one owner at a time, who may be an interrupt handler; nothing waits but
 * vwr_transmit_flush. Context, stack and loops of each call: docs/contexts.md.
 */

/*
 * The memory of the buffers, the caller's until the device, or this queue of it, has been reset.
 *   data      count * stride bytes that the device can reach, aligned to VWR_PORT_DMA_ALIGN
 *   request   `count` of them, zeroed, in memory that the device cannot reach
 *   stride    bytes of one buffer, at least 1; a multiple of VWR_PORT_DMA_ALIGN
 *   count     buffers, at least 1
 */
struct vwr_transmit_memory {
    void *data;
    struct vwr_req *request;
    uint32_t stride;
    uint16_t count;
};

/* `requests.stats` and `requests.queue.stats` may be read by anybody; all else is private. */
struct vwr_transmitq {
    struct vwr_requestq requests;
    struct vwr_request_options options;
    struct vwr_transmit_memory buffers;
    unsigned next; /* buffer to be used next */
};

/* Shared and driver-private memory of a queue of `size` descriptors with `count` buffers. */
#define VWR_TRANSMIT_SHARED_BYTES(size, count) \
    VWR_QUEUE_SHARED_BYTES_WITH(size, (count)*VWR_REQUEST_SLOT_BYTES(0u, 1u))
#define VWR_TRANSMIT_SHARED_BYTES_MODERN(size, count) \
    VWR_QUEUE_SHARED_BYTES_WITH_MODERN(size, (count)*VWR_REQUEST_SLOT_BYTES(0u, 1u))
#define VWR_TRANSMIT_OWN_BYTES(size, count) VWR_REQUEST_OWN_BYTES(size, count)

/*
 * For a class whose device begins with its recovery: adds the queue to the device, now or again after a
 * reset; *t was zeroed before the first time. Both memories are copied. VWR_EINVAL: no buffer, or buffers of
 * 0 bytes; and as vwr_request_setup.
 */
VWR_MUST_CHECK int vwr_transmit_setup(struct vwr_transmitq *t, struct vwr_bringup *v, unsigned index,
                                      const struct vwr_queue_memory *m,
                                      const struct vwr_transmit_memory *buffers);

/* Takes back the buffers that the device has used: 0, or negative as vwr_request_reap, but never
 * VWR_ETIMEOUT. */
VWR_MUST_CHECK int vwr_transmit_reap(struct vwr_transmitq *t);

/* Is there room for one more buffer, as far as was reaped? */
VWR_MUST_CHECK bool vwr_transmit_has_room(const struct vwr_transmitq *t);

/*
 * Sends bytes[0 .. n) in one buffer, n is 1 to `stride`; the device sees them with the next
 * vwr_transmit_kick. VWR_OK; VWR_EFULL: no buffer is free; VWR_EFAILED: zeroed, and never set up; else as
 * vwr_request_submit.
 */
VWR_MUST_CHECK int vwr_transmit_send(struct vwr_transmitq *t, const void *bytes, size_t n);

/*
 * Reaps, then sends as much of bytes[0 .. n) as there is room for, and kicks: how much. Negative: nothing was
 * sent, as vwr_transmit_reap and vwr_request_submit; no room is 0. Ends after `count` buffers.
 */
VWR_MUST_CHECK int vwr_transmit_write(struct vwr_transmitq *t, const void *bytes, size_t n);

/*
 * Waits until the device has used all that was sent, at most `us` microseconds: VWR_OK; VWR_ETIMEOUT: not
 * yet, what is in flight stays there; else as vwr_transmit_reap. What is in flight are copies: whatever the
 * result, no memory of the caller's is the device's. Not in an interrupt handler.
 */
VWR_MUST_CHECK int vwr_transmit_flush(struct vwr_transmitq *t, uint32_t us);

/* Tells the device of all buffers since the last kick. True if it had to be notified. */
static inline bool vwr_transmit_kick(struct vwr_transmitq *t)
{
    return vwr_request_kick(&t->requests);
}

VWR_END_C

#endif
