/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSTREAM_H
#define VWR_VSTREAM_H

#include "vwr/vdev.h"

VWR_BEGIN_C

/**
 * DOC: Buffers as streams of bytes
 *
 * These functions are for classes whose buffers are streams of bytes, for example a console's
 * output or random bytes. A function of the VMM consumes or fills them part by part.
 *
 * Rules:
 *
 * - If the class calls vwr_vstream_open(), a buffer may have more segments than fit the class's memory. The
 *   buffer is then processed in parts.
 * - Buffers are not held. If the function processes fewer bytes than were available, or the budget
 *   (vwr/vdev.h) is used up, the buffer is put back into the ring (vwr_vqueue_unpop()), and the stream
 *   remembers the position. The driver may change the buffer in the meantime; bytes that the driver removes
 *   count as processed.
 *
 * Section: Basic Facilities of a Virtio Device / Virtqueues.
 */

/**
 * struct vwr_vstream - A stream of a device; zeroed at init, readable by the class
 * @done: Number of bytes of the first buffer in the queue that were processed.
 * @is_stopped: The function processed fewer bytes than were available. Nothing is served until the VMM
 *   resumes the stream.
 * @is_active: The function is running; nothing may be served.
 */
struct vwr_vstream {
    uint32_t done;
    bool is_stopped;
    bool is_active;
};

/**
 * typedef vwr_vstream_function - Process bytes of a stream (a callback of a device class)
 *
 * The function consumes or fills bytes[0 .. n), starting at the first byte, and returns the number of
 * processed bytes. @n is not 0.
 */
typedef uint32_t vwr_vstream_function(struct vwr_vdev *v, uint16_t queue, uint8_t *bytes, uint32_t n);

/**
 * enum vwr_vstream_end - Result of processing a buffer
 * @VWR_VSTREAM_DONE: All segments were processed.
 * @VWR_VSTREAM_SHORT: The function processed fewer bytes than were available.
 * @VWR_VSTREAM_SPENT: The budget is used up, or the function reset or stopped the device.
 * @VWR_VSTREAM_MORE: All segments that fit the class's memory were processed; pop the buffer again.
 */
enum vwr_vstream_end { VWR_VSTREAM_DONE, VWR_VSTREAM_SHORT, VWR_VSTREAM_SPENT, VWR_VSTREAM_MORE };

/**
 * vwr_vstream_open() - Allow chains with more segments than fit the class's memory
 * @v: Device. Its class calls this function during init, instead of vwr_vdev_limit().
 *
 * A chain then contains only the first segments that have not been processed yet.
 */
void vwr_vstream_open(struct vwr_vdev *v);

/**
 * vwr_vstream_pop_from() - vwr_vdev_pop() for a class that called vwr_vstream_open()
 * @v: Device.
 * @queue: Queue index.
 * @c: The same as for vwr_vdev_pop().
 * @done: Number of bytes of the buffer that were processed.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true: @c describes a buffer.
 */
VWR_MUST_CHECK bool vwr_vstream_pop_from(struct vwr_vdev *v, uint16_t queue, struct vwr_vchain *c,
                                         uint32_t done);

/**
 * vwr_vstream_pop() - Pop a buffer of a stream
 * @v: Device.
 * @s: Stream.
 * @queue: Queue index.
 * @c: Filled in with the buffer.
 * @seg: Memory for segments.
 * @room: Number of entries in @seg.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true: @c describes a buffer. false: there is none, or the stream is stopped.
 */
bool vwr_vstream_pop(struct vwr_vdev *v, const struct vwr_vstream *s, uint16_t queue, struct vwr_vchain *c,
                     struct vwr_vseg *seg, uint16_t room);

/**
 * vwr_vstream_take() - Call a function for the bytes that the driver wrote
 * @v: Device.
 * @s: Stream. Processing starts at @s->done, which advances.
 * @queue: Queue index.
 * @c: Buffer.
 * @function: Called for each contiguous part.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: enum vwr_vstream_end.
 */
enum vwr_vstream_end vwr_vstream_take(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue,
                                      const struct vwr_vchain *c, vwr_vstream_function *function);

/**
 * vwr_vstream_fill() - Call a function to fill the space for bytes from the device
 * @v: Device.
 * @s: Stream. Processing starts at @s->done, which advances.
 * @queue: Queue index.
 * @c: Buffer.
 * @function: Called for each contiguous part.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: enum vwr_vstream_end.
 */
enum vwr_vstream_end vwr_vstream_fill(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue,
                                      const struct vwr_vchain *c, vwr_vstream_function *function);

/**
 * vwr_vstream_finish() - Return a buffer to the driver, or put it back into the ring
 * @v: Device.
 * @s: Stream.
 * @queue: Queue index.
 * @c: Buffer.
 * @end: Result of vwr_vstream_take() or vwr_vstream_fill().
 * @written: Number of bytes that the device wrote.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of buffers that were returned.
 */
uint16_t vwr_vstream_finish(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue, struct vwr_vchain *c,
                            enum vwr_vstream_end end, uint32_t written);

/**
 * vwr_vstream_restart() - Restart at the first byte of the next buffer, after a buffer has ended or the queue
 *   was reset
 * @s: Stream.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
static inline void vwr_vstream_restart(struct vwr_vstream *s)
{
    s->done = 0;
    s->is_stopped = false;
}

VWR_END_C

#endif
