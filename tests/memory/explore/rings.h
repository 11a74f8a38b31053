/* SPDX-License-Identifier: MIT */
#ifndef EXPLORE_RINGS_H
#define EXPLORE_RINGS_H

#include "explore.h"

/* What a buffer is made of. */
enum shape {
    BOTH,       /* a segment that the device reads, and one that it writes */
    ALTERNATELY /* one of them */
};

/* What driver or device do wrong, in tests of the explorer itself. */
enum mistake {
    NO_MISTAKE,
    DRIVER_SLEEPS,   /* though vwr_queue_arm says that something has come */
    DEVICE_SLEEPS,   /* though vwr_vqueue_arm says so */
    DRIVER_REUSES,   /* writes into a buffer that the device has */
    DEVICE_READS,    /* from a buffer that it has given back */
    DEVICE_WRITES,   /* into one */
    DRIVER_NO_KICK,  /* for the last buffer */
    DEVICE_NO_SIGNAL /* for the last buffer */
};

/* A ring and what is done with it. */
struct config {
    const char *name;
    uint16_t size;
    unsigned posts; /* buffers in all */
    unsigned slots; /* and at once */
    enum shape shape;
    bool packed;
    bool event_idx;
    bool in_order;
    bool indirect;
    bool bound;       /* vwr_queue_post, and not vwr_queue_add */
    bool reap;        /* vwr_queue_reap, and not vwr_queue_get_used */
    bool sleeps;      /* both sleep until they are woken, and do not poll */
    bool coalesce;    /* the driver asks for one interrupt for all that is in flight */
    bool signal_each; /* the device publishes each buffer, and not all that it had */
    bool swap;        /* the device ends the second of two first */
    bool unpop;       /* it puts each back once before it takes it */
    bool refuses;     /* before each kick the driver tries a buffer that cannot be */
    bool wraps;       /* indexes of 16 bits wrap on the way */
    unsigned batch;   /* buffers that are published by one kick */
    enum mistake mistake;
};

/* Where what lies in memory[]: the ring, then for each slot what the device reads and writes, and a table. */
#define RINGS_SLOTS 128u
#define RINGS_SLOT_BYTES 48u
#define RINGS_SLOT_IN 8u
#define RINGS_SLOT_TABLE 16u

const struct program *rings_program(const struct config *c);
void rings_name_memory(const struct config *c, unsigned at, unsigned bytes, char *text, size_t n);

#endif
