/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSTREAM_H
#define VWR_VSTREAM_H

#include "vwr/vdev.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * For classes whose buffers are streams of bytes, which a function of the VMM takes, or fills, part by part:
 * a console's output, random bytes. A buffer is not kept: where the function takes fewer bytes than it could,
 * or the budget of bytes (vdev.h) is used up, the buffer goes back into the ring (vwr_vqueue_unpop), and the
 * stream remembers how far it came. The driver may change the buffer meanwhile; what is not in it any more
 * counts as done.
 *
 * Context of all calls: with the device's lock. Nothing waits; the loops are bounded by the segments of one
 * chain and by the budget.
 */

/* A position in the segments of a buffer, which stay as they are. */
struct vwr_vcursor {
    const struct vwr_vseg *seg; /* the segment that it is in */
    uint32_t segs;              /* from that one on; 0: at the end */
    uint32_t skip;              /* bytes of it that are before the position */
};

static inline void vwr_vcursor_start(struct vwr_vcursor *c, const struct vwr_vseg *seg, uint32_t segs)
{
    c->seg = seg;
    c->segs = segs;
    c->skip = 0;
}

/* How many bytes lie at *at, from the position to the end of its segment; 0: the end. */
static inline uint32_t vwr_vcursor_run(const struct vwr_vcursor *c, uint8_t **at)
{
    if (c->segs == 0)
        return 0;
    *at = c->seg->at + c->skip;
    return (uint32_t)c->seg->len - c->skip;
}

/* `bytes` on, or to the end if there are fewer. */
static inline void vwr_vcursor_advance(struct vwr_vcursor *c, uint32_t bytes)
{
    while (c->segs != 0 && bytes >= (uint32_t)c->seg->len - c->skip) {
        bytes -= (uint32_t)c->seg->len - c->skip;
        c->skip = 0;
        c->seg++;
        c->segs--;
    }
    c->skip += c->segs != 0 ? bytes : 0;
}

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
    VWR_VSTREAM_LATER  /* the budget is used up, or the function has reset or stopped the device */
};

/*
 * Calls the function for `segs` segments of a buffer of the queue, from s->done on, which it advances. The
 * caller gives the buffer back, or returns it to the ring.
 */
enum vwr_vstream_end vwr_vstream_serve(struct vwr_vdev *v, struct vwr_vstream *s, uint16_t queue,
                                       const struct vwr_vseg *seg, uint32_t segs,
                                       vwr_vstream_function *function);

/* The buffer is done, or the queue was reset: the next one begins at its first byte. */
static inline void vwr_vstream_restart(struct vwr_vstream *s)
{
    s->done = 0;
    s->is_stopped = false;
}

#ifdef __cplusplus
}
#endif

#endif
