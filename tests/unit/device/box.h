/* SPDX-License-Identifier: MIT */
#ifndef BOX_H
#define BOX_H

#include "../../hostile/guests/hostile.h"

/*
 * A device of no class of the specification, in which everything of vdev.h can be tried: features with a
 * rule, a configuration of which some may be written, calls that are counted, buffers that are answered or
 * held.
 */

#define BOX_ID 42u
#define BOX_QUEUES 3u
#define BOX_CONFIG 24u
#define BOX_HELD 4u

enum box_feature {
    BOX_F_EARLY = 3,  /* field `early` */
    BOX_F_SWITCH = 5, /* field `toggle` */
    BOX_F_SECOND = 6, /* needs BOX_F_SWITCH */
    BOX_F_HIGH = 50   /* no legacy device has it */
};

/* Offsets of its configuration; the byte at BOX_HOLE is of no field. */
enum box_config {
    BOX_FIXED = 0,   /* 4 bytes, read only */
    BOX_TOGGLE = 4,  /* 1, read and written, with BOX_F_SWITCH */
    BOX_HOLE = 5,    /* 1 */
    BOX_OLD = 6,     /* 2, written in the legacy interface alone */
    BOX_EARLY = 8,   /* 4, written, as soon as BOX_F_EARLY is offered */
    BOX_WIDE = 12,   /* 8, read and written */
    BOX_COUNTER = 20 /* 4, read only */
};

struct box {
    struct vwr_vdev dev;            /* first */
    uint8_t config[BOX_CONFIG + 8]; /* those behind are the guard's */
    unsigned resets;
    unsigned queue_resets;
    unsigned negotiations;
    unsigned written; /* times that configuration was */
    uint32_t written_at;
    uint32_t written_bytes;
    unsigned serves;
    unsigned flushes;
    unsigned suspends; /* times that it was asked to finish what it has */
    unsigned answered;
    int refuse;  /* negotiated answers this */
    bool hold;   /* buffers are kept */
    bool cannot; /* serve can take nothing now */
    unsigned held;
    struct vwr_vchain chain[BOX_HELD];
    struct vwr_vseg seg[BOX_HELD][8];
    uint16_t chain_queue[BOX_HELD];
    struct vwr_vdev_shm shm[2];
};

extern struct box box;

/* Its set-up by itself: for other devices of the same kind beside it, and for what init refuses. */
void box_setup(struct guest *g, struct vwr_vdev_setup *s);
void box_setup_other(struct guest *g, struct vwr_vdev_setup *s); /* with queues of its own */
int box_init(struct box *b, const struct vwr_vdev_setup *s);

/* In slot 0. */
void box_plug(struct guest *g);
void box_unplug(struct guest *g);

/* It is reset, set up with all its queues, and answers a buffer on each. */
void box_works(struct guest *g);

/* A buffer of one segment to write, and the driver notifies; was it answered? */
bool box_ask(struct guest *g, unsigned queue);

/* The buffer that is held longest goes back, and the driver is notified. */
void box_answer_held(struct guest *g);
void box_use(struct vwr_vqueue *q, struct vwr_vchain *c);

/* Accesses of 4 bytes. */
uint32_t box_get(struct guest *g, unsigned offset);
void box_set(struct guest *g, unsigned offset, uint32_t value);

/* How many accesses were against the rules. */
unsigned box_ignored(void);

extern const struct hostile_device box_device;

#endif
