/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_HELD_CLASSES_H
#define VWR_PAIR_HELD_CLASSES_H

#include "vwr/balloon.h"
#include "vwr/blk.h"
#include "vwr/client/rpmb.h"
#include "vwr/console.h"
#include "vwr/entropy.h"
#include "vwr/gpu.h"
#include "vwr/input.h"
#include "vwr/net_control.h"

#include "held.h"

/* This project's drivers of all classes, each with a device of held.h, and a generated client with one. */

struct held_class {
    const char *name;
    struct vwr_bringup *bringup;
    const struct vwr_bringup_class *steps;
    /* `request`: deadline, waiter and replay, as far as the class supports them. The device acknowledges
     * its reset. */
    void (*open)(const struct vwr_request_options *request);
    int (*recover)(void); /* one step */
    int (*close)(void);
};

enum {
    HELD_BLK,
    HELD_CONSOLE,
    HELD_ENTROPY,
    HELD_INPUT,
    HELD_NET,
    HELD_GPU,
    HELD_CLIENT,
    HELD_BALLOON,
    HELD_CLASSES
};

extern const struct held_class held_classes[HELD_CLASSES];

#define HELD_REQUESTS 24u /* in flight, for blk and the client */
#define HELD_SECTORS 1024u

extern struct vwr_blk held_blk;
extern struct vwr_console held_console;
extern struct vwr_entropy held_entropy;
extern struct vwr_input held_input;
extern struct vwr_net held_net;
extern struct vwr_gpu held_gpu;
extern struct vwr_rpmb_client held_client;
extern struct vwr_balloon held_balloon;

#endif
