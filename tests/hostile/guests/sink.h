/* SPDX-License-Identifier: MIT */
#ifndef SINK_H
#define SINK_H

#include "vwr/vdev.h"
#include "guest.h"

/*
 * A device class for ring tests. It takes buffers, records them, fills their writable segments, and completes
 * them immediately or when a case asks for it.
 */
#define SINK_CHAINS GUEST_QUEUE_MAX
#define SINK_SEGMENTS 16u
#define SINK_BYTES 256u /* maximum number of bytes of a buffer to read and to write */
#define SINK_SEED 7u    /* pattern that guest_is_filled expects */

struct sink {
    struct vwr_vdev dev; /* first member */
    struct vwr_vchain chain[SINK_CHAINS];
    struct vwr_vseg seg[SINK_CHAINS][SINK_SEGMENTS];
    bool taken[SINK_CHAINS];
    uint16_t queue_of[SINK_CHAINS];
    uint16_t room; /* segments; by default SINK_SEGMENTS */
    bool hold;     /* completes nothing by itself */
    unsigned served;
    int result; /* result of the last vwr_vqueue_pop_avail */
    /* of the last buffer */
    uint16_t out;
    uint16_t in;
    uint32_t out_bytes;
    uint32_t in_bytes;
    uint8_t read[SINK_BYTES];
    uint32_t read_bytes;
    /* called with each buffer before the class accesses it; may be NULL */
    void (*on_take)(struct sink *s, struct vwr_vchain *c);
};

/* Puts the device into slot 0 of the guest's VM. */
void sink_plug(struct guest *g, struct sink *s);

/* Completes the nth of the held buffers; false: it does not exist. */
bool sink_release(struct sink *s, unsigned nth);

#endif
