/* SPDX-License-Identifier: MIT */
#ifndef EXPLORE_RINGS_H
#define EXPLORE_RINGS_H

#include "explore.h"

/* Segments of a buffer. */
enum shape {
    BOTH,       /* a device-readable and a device-writable segment */
    ALTERNATELY /* one of them */
};

/* Deliberate mistakes of the driver or the device, to test the explorer itself. */
enum mistake {
    NO_MISTAKE,
    DRIVER_SLEEPS,   /* although vwr_queue_arm reports a completion */
    DEVICE_SLEEPS,   /* although vwr_vqueue_arm reports a buffer */
    DRIVER_REUSES,   /* writes to a buffer that the device owns */
    DEVICE_READS,    /* reads from a buffer that it has used */
    DEVICE_WRITES,   /* writes to such a buffer */
    DRIVER_NO_KICK,  /* for the last buffer */
    DEVICE_NO_SIGNAL /* for the last buffer */
};

/* A ring and its traffic. */
struct config {
    const char *name;
    uint16_t size;
    unsigned posts; /* total number of buffers */
    unsigned slots; /* maximum number in flight */
    enum shape shape;
    bool packed;
    bool event_idx;
    bool in_order;
    bool indirect;
    bool bound;       /* vwr_queue_post instead of vwr_queue_add */
    bool reap;        /* vwr_queue_reap instead of vwr_queue_get_used */
    bool sleeps;      /* both sides sleep until they are woken instead of polling */
    bool coalesce;    /* the driver requests one interrupt for all buffers in flight */
    bool signal_each; /* the device publishes each buffer separately */
    bool swap;        /* the device uses the second of two buffers first */
    bool unpop;       /* the device returns each buffer once with unpop before it finally takes it */
    bool refuses;     /* before each kick the driver tries an invalid buffer */
    bool wraps;       /* 16-bit indices wrap during the test */
    unsigned batch;   /* buffers published by one kick */
    enum mistake mistake;
};

/* Layout of memory[]: the ring, then for each slot the device-readable and device-writable bytes and a
 * table. */
#define RINGS_SLOTS 128u
#define RINGS_SLOT_BYTES 48u
#define RINGS_SLOT_IN 8u
#define RINGS_SLOT_TABLE 16u

const struct program *rings_program(const struct config *c);
void rings_name_memory(const struct config *c, unsigned at, unsigned bytes, char *text, size_t n);

#endif
