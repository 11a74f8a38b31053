/* SPDX-License-Identifier: MIT */
#ifndef WATCH_H
#define WATCH_H

#include "format.h"

/*
 * Records every load and store of the runtime in the memory shared with the device. For this, the runtime is
 * compiled with -fsanitize=thread, which inserts a call before each access, and is linked with the functions
 * in watch.c in place of the sanitizer's. Accesses are counted by zone.
 */
enum watch_zone {
    WATCH_DESC,       /* descriptors of a split ring */
    WATCH_AVAIL,      /* available ring, its flags and index, used_event */
    WATCH_USED_FLAGS, /* this zone up to WATCH_AVAIL_EVENT is written by the device */
    WATCH_USED_IDX,
    WATCH_USED_ID,
    WATCH_USED_LEN,
    WATCH_AVAIL_EVENT,
    WATCH_RING_ADDR, /* descriptors of a packed ring, by field */
    WATCH_RING_LEN,
    WATCH_RING_ID,
    WATCH_RING_FLAGS,
    WATCH_DRIVER_EVENT,
    WATCH_DEVICE_EVENT,
    WATCH_TABLE,     /* indirect tables */
    WATCH_BEHIND,    /* behind the ring: memory that a disk shares with the device */
    WATCH_ELSEWHERE, /* data */
    WATCH_ZONES
};

#define WATCH_PLACES 8192u /* bytes of a ring for which loads are tracked one by one */

struct watch {
    bool on;
    unsigned loads[WATCH_ZONES];
    unsigned stores[WATCH_ZONES];
    unsigned twice; /* repeated loads of a field since watch_forget */
};
extern struct watch watch;

/* Watches queue 0 of the device and the tables of `l`, which may be NULL. */
void watch_begin(const struct world *w, const struct format *f, const struct load *l);
void watch_end(void);

/* Clears the counters and continues to watch. */
void watch_forget(void);

/* Checks that since then the fields of these zones were loaded this many times, each once, and no others;
 * then clears the counters. */
struct watch_loads {
    enum watch_zone zone;
    unsigned count;
};
void watch_expect(const struct watch_loads *loads, size_t count);

#endif
