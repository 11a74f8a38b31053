/* SPDX-License-Identifier: MIT */
#ifndef BOX_H
#define BOX_H

#include "../../hostile/guests/hostile.h"

/*
 * A device outside of the specification's classes, to test everything in vdev.h: features with a rule, a
 * partly writable configuration, counted calls, buffers that are answered or held.
 */

#define BOX_ID 42u
#define BOX_QUEUES 3u
#define BOX_CONFIG 24u
#define BOX_HELD 4u

enum box_feature {
    BOX_F_EARLY = 3,  /* field `early` */
    BOX_F_SWITCH = 5, /* field `toggle` */
    BOX_F_SECOND = 6, /* needs BOX_F_SWITCH */
    BOX_F_HIGH = 50   /* not on a legacy device */
};

/* Offsets in the configuration; the byte at BOX_HOLE belongs to no field. */
enum box_config {
    BOX_FIXED = 0,   /* 4 bytes, read-only */
    BOX_TOGGLE = 4,  /* 1 byte, read/write, with BOX_F_SWITCH */
    BOX_HOLE = 5,    /* 1 byte */
    BOX_OLD = 6,     /* 2 bytes, writable only in the legacy interface */
    BOX_EARLY = 8,   /* 4 bytes, writable as soon as BOX_F_EARLY is offered */
    BOX_WIDE = 12,   /* 8 bytes, read/write */
    BOX_COUNTER = 20 /* 4 bytes, read-only */
};

struct box {
    struct vwr_vdev dev;            /* must be first */
    uint8_t config[BOX_CONFIG + 8]; /* with a guard area at the end */
    unsigned resets;
    unsigned queue_resets;
    unsigned negotiations;
    unsigned written; /* writes to the configuration */
    uint32_t written_at;
    uint32_t written_bytes;
    unsigned serves;
    unsigned flushes;
    unsigned suspends; /* requests to finish all buffers */
    void (*on_suspend)(struct vwr_vdev *v);
    unsigned answered;
    int refuse;  /* result of `negotiated` */
    bool hold;   /* hold buffers */
    bool cannot; /* serve cannot take buffers at the moment */
    unsigned held;
    struct vwr_vchain chain[BOX_HELD];
    struct vwr_vseg seg[BOX_HELD][8];
    uint16_t chain_queue[BOX_HELD];
    struct vwr_vdev_shm shm[2];
};

extern struct box box;

/* Only the setup, for other devices of the same kind and for setups that init refuses. */
void box_setup(struct guest *g, struct vwr_vdev_setup *s);
void box_setup_other(struct guest *g, struct vwr_vdev_setup *s); /* with separate queues */
int box_init(struct box *b, const struct vwr_vdev_setup *s);

/* Plugs it into slot 0. */
void box_plug(struct guest *g);
void box_unplug(struct guest *g);

/* Resets the device, sets up all queues, and checks that it answers a buffer on each. */
void box_works(struct guest *g);

/* Adds a buffer with one writable segment and notifies; returns whether it was answered. */
bool box_ask(struct guest *g, unsigned queue);

/* Uses the buffer that has been held longest, and interrupts. */
void box_answer_held(struct guest *g);
void box_use(struct vwr_vqueue *q, struct vwr_vchain *c);

/* 4-byte accesses. */
uint32_t box_get(struct guest *g, unsigned offset);
void box_set(struct guest *g, unsigned offset, uint32_t value);

/* Number of invalid accesses. */
unsigned box_ignored(void);

extern const struct hostile_device box_device;

#endif
