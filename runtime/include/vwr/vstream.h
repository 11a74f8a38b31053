/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSTREAM_H
#define VWR_VSTREAM_H

#include "vwr/vdev.h"

VWR_BEGIN_C

/*
 * For classes whose buffers are streams of bytes, which a function of the VMM takes, or fills, part by part:
 * a console's output, random bytes. A buffer may have any number of segments, whatever memory the class has
 * for them, if the class has opened its queues (vwr_vstream_open): it is done in several parts then. A buffer
 * is not kept: where the function takes fewer bytes than it could, or the budget of bytes (vdev.h) is used
 * up, the buffer goes back into the ring (vwr_vqueue_unpop), and the stream remembers how far it came. The
 * driver may change the buffer meanwhile; what is not in it any more counts as done.
 *
 * Context of all calls: with the device's lock. Nothing waits; the loops are bounded by the segments of one
 * chain and by the budget.
 */

/* One stream of a device, all fields the class's to read; zeroed at init. */
struct vwr_vstream {
    uint32_t done; /* bytes of the first buffer in the queue that are done */
    bool
        is_stopped; /* the function took fewer bytes than it could; nothing is served until the VMM says so */
    bool is_active; /* the function is being called, so that nothing may be served */
};

/* Takes or fills bytes[0 .. n), n not 0: how many, from the first on. */
typedef uint32_t vwr_vstream_function(struct vwr_vdev *v, uint16_t queue, uint8_t *bytes, uint32_t n);

enum vwr_vstream_end {
    VWR_VSTREAM_DONE,  /* all segments */
    VWR_VSTREAM_SHORT, /* the function did fewer bytes than it could */
    VWR_VSTREAM_SPENT, /* the budget is used up, or the function has reset or stopped the device */
    VWR_VSTREAM_MORE   /* all segments that there was memory for: the buffer is to be popped again for the
                          others */
};

/* For the init of a class, in place of vwr_vdev_limit: a chain of any queue may have more segments than the
 * class has memory for. What is in the chain then are the first of those that are not done. */
void vwr_vstream_open(struct vwr_vdev *v);

/* vwr_vdev_pop of a queue of such a class: of the buffer `done` bytes are done. */
VWR_MUST_CHECK bool vwr_vstream_pop_from(struct vwr_vdev *v, uint16_t queue, struct vwr_vchain *c,
                                         uint32_t done);

/*
 * A buffer of the queue, with memory for `room` segments, for vwr_vstream_take; false: none now, or the
 * stream is stopped.
 */
bool vwr_vstream_pop(struct vwr_vdev *v, const struct vwr_vstream *s, uint16_t queue, struct vwr_vchain *c,
                     struct vwr_vseg *seg, uint16_t room);

/*
 * Calls the function for each contiguous part of what the driver has written in a buffer of the queue, or of
 * what the device writes, from s->done on, which it advances.
 */
enum vwr_vstream_end vwr_vstream_take(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue,
                                      const struct vwr_vchain *c, vwr_vstream_function *function);
enum vwr_vstream_end vwr_vstream_fill(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue,
                                      const struct vwr_vchain *c, vwr_vstream_function *function);

/*
 * Then: the buffer goes back, of which `written` bytes are the device's, or into the ring: how many buffers
 * went back.
 */
uint16_t vwr_vstream_finish(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue, struct vwr_vchain *c,
                            enum vwr_vstream_end end, uint32_t written);

/* The buffer is done, or the queue was reset: the next one begins at its first byte. */
static inline void vwr_vstream_restart(struct vwr_vstream *s)
{
    s->done = 0;
    s->is_stopped = false;
}

VWR_END_C

#endif
