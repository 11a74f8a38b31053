/* SPDX-License-Identifier: MIT */
#ifndef SINK_H
#define SINK_H

#include "vwr/vdev.h"
#include "guest.h"

/*
 * A device class for tests of rings: takes buffers, remembers what they were, fills what it may write, and
 * gives them back, at once or when a case asks for it.
 */
#define SINK_CHAINS GUEST_QUEUE_MAX
#define SINK_SEGMENTS 16u
#define SINK_BYTES 256u /* of a buffer, that are read and written */
#define SINK_SEED 7u    /* guest_is_filled knows what is written */

struct sink {
    struct vwr_vdev dev; /* first */
    struct vwr_vchain chain[SINK_CHAINS];
    struct vwr_vseg seg[SINK_CHAINS][SINK_SEGMENTS];
    bool taken[SINK_CHAINS];
    uint16_t queue_of[SINK_CHAINS];
    uint16_t room; /* segments; SINK_SEGMENTS if nothing else is said */
    bool hold;     /* gives nothing back by itself */
    unsigned served;
    int result; /* of the last vwr_vqueue_pop_avail */
    /* of the last buffer */
    uint16_t out;
    uint16_t in;
    uint32_t out_bytes;
    uint32_t in_bytes;
    uint8_t read[SINK_BYTES];
    uint32_t read_bytes;
    /* called with each buffer before anything is done with it; may be NULL */
    void (*on_take)(struct sink *s, struct vwr_vchain *c);
};

/* Into slot 0 of the guest's VM. */
void sink_plug(struct guest *g, struct sink *s);

/* Gives the buffer that was taken as the nth of those that are held back; false: there is none. */
bool sink_release(struct sink *s, unsigned nth);

#endif
