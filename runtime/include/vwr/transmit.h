/* SPDX-License-Identifier: MIT */
#ifndef VWR_TRANSMIT_H
#define VWR_TRANSMIT_H

#include "vwr/request.h"

VWR_BEGIN_C

/**
 * DOC: Transmit queues
 *
 * A driver uses a transmit queue to send bytes that need no answer, for example console output. The bytes are
 * copied into buffers, and each buffer has a request of the request engine (vwr/request.h).
 *
 * Rules:
 *
 * - Buffers are used in a circle, so bytes are sent in order. After a device failure, a recovery resends the
 *   buffers in flight, in the same order.
 * - Buffers have no deadline, since the other end may refuse data for any length of time.
 * - As in vwr/request.h, a queue has one owner at a time, which may be an interrupt handler.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/**
 * struct vwr_transmit_memory - Memory of the buffers
 * @data: Memory that the device can access, aligned to VWR_PORT_DMA_ALIGN. Each buffer gets an equal share.
 * @data_bytes: Size of @data in bytes. The size of a buffer is a multiple of VWR_PORT_DMA_ALIGN.
 * @request: Memory for requests, private, zeroed.
 * @request_count: Number of entries in @request, at least 1. This is the number of buffers.
 *
 * The caller keeps the memory until the device or this queue has been reset.
 */
struct vwr_transmit_memory {
    void *data;
    size_t data_bytes;
    struct vwr_req *request;
    uint16_t request_count;
};

/**
 * struct vwr_transmitq - A transmit queue
 * @requests: Request queue. Any thread may read requests.stats and requests.queue.stats; the rest
 *   is private.
 */
struct vwr_transmitq {
    struct vwr_requestq requests;
    /* private: */
    struct vwr_request_options options;
    struct vwr_transmit_memory buffers;
    unsigned next; /* next buffer */
};

/**
 * VWR_TRANSMIT_SHARED_BYTES() - Size of a queue's shared memory in bytes
 * @size: Number of descriptors.
 * @count: Number of buffers.
 */
#define VWR_TRANSMIT_SHARED_BYTES(size, count) \
    VWR_QUEUE_SHARED_BYTES_WITH(size, (count)*VWR_REQUEST_SLOT_BYTES(0u, 1u))

/**
 * VWR_TRANSMIT_OWN_BYTES() - Size of a queue's private memory in bytes
 * @size: Number of descriptors.
 * @count: Number of buffers.
 */
#define VWR_TRANSMIT_OWN_BYTES(size, count) VWR_REQUEST_OWN_BYTES(size, count)

/**
 * vwr_transmit_setup() - Create a transmit queue (for a class's @set_up)
 * @t: Transmit queue, zeroed before the first call.
 * @v: Bring-up of the device.
 * @index: Queue index.
 * @m: Memory of the queue; the structure is copied.
 * @buffers: Memory of the buffers; the structure is copied.
 *
 * Return: The same as vwr_request_setup(). VWR_ENOMEM is also returned if there are no buffers or they are
 *   empty; vwr_dev_explain() names the array that is too small.
 */
VWR_MUST_CHECK int vwr_transmit_setup(struct vwr_transmitq *t, struct vwr_bringup *v, unsigned index,
                                      const struct vwr_queue_memory *m,
                                      const struct vwr_transmit_memory *buffers);

/**
 * vwr_transmit_reap() - Reclaim buffers that the device has used
 * @t: Transmit queue.
 *
 * Return: 0. If the queue is stopped, the same as vwr_request_reap(), but never VWR_ETIMEOUT.
 */
VWR_MUST_CHECK int vwr_transmit_reap(struct vwr_transmitq *t);

/**
 * vwr_transmit_has_room() - Test whether a buffer is free
 * @t: Transmit queue. Call vwr_transmit_reap() first.
 *
 * Return: true if a buffer is free.
 */
VWR_MUST_CHECK bool vwr_transmit_has_room(const struct vwr_transmitq *t);

/**
 * vwr_transmit_send_after() - Send a header and bytes in one buffer
 * @t: Transmit queue.
 * @header: Header; it is copied.
 * @header_bytes: Size of @header in bytes.
 * @bytes: Bytes after the header; they are copied. The device sees them after vwr_transmit_kick().
 * @n: Number of bytes, possibly 0. The sum of @header_bytes and @n must not be 0, and must not exceed the
 *   size of a buffer.
 *
 * Return: VWR_OK.
 * * VWR_EFULL: no buffer is free.
 * * VWR_EFAILED: the queue is stopped, or it is zeroed because it was never created.
 * * Other errors: the same as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_transmit_send_after(struct vwr_transmitq *t, const void *header, size_t header_bytes,
                                           const void *bytes, size_t n);

/**
 * vwr_transmit_send() - Send bytes in one buffer
 * @t: Transmit queue.
 * @bytes: Bytes; they are copied. The device sees them after vwr_transmit_kick().
 * @n: Number of bytes, from 1 to the size of a buffer.
 *
 * Return: The same as vwr_transmit_send_after().
 */
VWR_MUST_CHECK static inline int vwr_transmit_send(struct vwr_transmitq *t, const void *bytes, size_t n)
{
    return vwr_transmit_send_after(t, NULL, 0, bytes, n);
}

/**
 * vwr_transmit_write() - Reap, send as many bytes as fit, and kick
 * @t: Transmit queue.
 * @bytes: Bytes; they are copied.
 * @n: Number of bytes.
 *
 * Return: The number of bytes that were sent; 0: no buffer is free. If an error prevented sending, the same
 *   errors as vwr_transmit_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_transmit_write(struct vwr_transmitq *t, const void *bytes, size_t n);

/**
 * vwr_transmit_flush() - Wait until the device has used all buffers
 * @t: Transmit queue.
 * @us: Time limit in microseconds.
 *
 * Context: The queue's owner. Waits up to @us microseconds. Not from an interrupt handler.
 * Return: VWR_OK. The caller may reuse its memory after any result, since the device accesses only
 *   copies.
 * * VWR_ETIMEOUT: the device has not used all buffers yet; the remaining buffers stay in flight.
 * * Other errors: the same as vwr_transmit_reap().
 */
VWR_MUST_CHECK int vwr_transmit_flush(struct vwr_transmitq *t, uint32_t us);

/** vwr_transmit_kick() - Notify the device of all buffers sent since the last kick; see vwr_queue_kick() */
static inline bool vwr_transmit_kick(struct vwr_transmitq *t)
{
    return vwr_request_kick(&t->requests);
}

VWR_END_C

#endif
