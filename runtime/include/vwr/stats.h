/* SPDX-License-Identifier: MIT */
#ifndef VWR_STATS_H
#define VWR_STATS_H

#include "vwr/base.h"

/*
 * Counters. Each is written by the owner of what it counts and may be read by anybody at any
 * time: it is as wide as a pointer, so a reader sees all of it, and it wraps, so a reader takes
 * differences. All stay 0 in a build with VWR_WITH_STATS=0.
 */
typedef uintptr_t vwr_count;

struct vwr_queue_stats {
    vwr_count kicks;       /* notifications sent */
    vwr_count elided;      /* kicks of which the device did not want to hear */
    vwr_count full;        /* buffers that found no room */
    vwr_count clamped;     /* the device claimed to have written more than it was lent */
    vwr_count flight_most; /* buffers in flight at once, the most; counted when some come back */
};

struct vwr_dev_stats {
    vwr_count interrupts; /* for which the device had a reason */
    vwr_count spurious;   /* for which it had none, or before DRIVER_OK */
    vwr_count in_a_row;   /* spurious ones since the last with a reason: a storm, if many */
};

static inline void vwr_count_add(vwr_count *c, uintptr_t n)
{
    if (VWR_WITH_STATS)
        *c += n;
}

#endif
