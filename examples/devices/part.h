/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_PART_H
#define DEVICES_PART_H

#include "vwr/bringup.h"

/*
 * A part of the demo: the devices of one type. All devices are open at the same time; results are the
 * library's, and a negative one ends the demo.
 */
struct part {
    uint32_t type; /* VWR_ID_... */
    const char *name;
    int (*open)(struct vwr_dev *d); /* called for each device of the type; *d stays where it is */
    int (*show)(void);              /* what can be seen at once; when all are open, or awake again */
    int (*serve)(void);             /* what has come since: enum served. NULL: nothing comes */
    int (*close)(void);
    size_t (*explain)(char *text, size_t bytes); /* what went wrong, as a message */
    const struct vwr_bringup_class *bringup;
    struct vwr_bringup *(*device)(unsigned n); /* the n-th that is open; NULL: there is none */
};

enum served {
    SERVED_ALL = 0,   /* there is no more, and when there is an interrupt says so */
    SERVED_SOME = 1,  /* there may be more */
    SERVED_SLEEP = 2, /* somebody has said that all are to sleep, */
    SERVED_BYE = 3    /* or that it is over */
};

extern const struct part sector_part;
extern const struct part screen_part;
extern const struct part net_part;
extern const struct part random_part;
extern const struct part ports_part;
extern const struct part keys_part;

/* How often a call that waits without the library's help looks at the clock. */
#define PART_SLEEP_US 100000u

#endif
