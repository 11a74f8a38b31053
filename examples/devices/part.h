/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_PART_H
#define DEVICES_PART_H

#include "vwr/bringup.h"

/*
 * A part of the demo: the devices of one type. All devices are open at the same time. Results are those of
 * the
 * library; a negative result ends the demo.
 */
struct part {
    uint32_t type; /* VWR_ID_... */
    const char *name;
    int (*open)(struct vwr_dev *d); /* called for each device of the type; *d remains valid */
    /* shows what is available without waiting; called when all are open, or thawed */
    int (*show)(void);
    int (*serve)(void); /* handles events: enum served. NULL: there are none */
    int (*close)(void);
    size_t (*explain)(char *text, size_t bytes); /* describes the last error as a message */
    const struct vwr_bringup_class *bringup;
    struct vwr_bringup *(*device)(unsigned n); /* the n-th open device; NULL: none */
};

enum served {
    SERVED_ALL = 0,   /* nothing is pending, and the interrupt is armed */
    SERVED_SOME = 1,  /* there may be more */
    SERVED_SLEEP = 2, /* all devices are requested to sleep */
    SERVED_BYE = 3    /* the demo is requested to end */
};

extern const struct part sector_part;
extern const struct part screen_part;
extern const struct part net_part;
extern const struct part random_part;
extern const struct part ports_part;
extern const struct part keys_part;
extern const struct part unit_part;
extern const struct part folder_part;
extern const struct part cipher_part;
extern const struct part balloon_part;

/* Poll interval of waits that do not use the library. */
#define PART_SLEEP_US 100000u

#endif
