/* SPDX-License-Identifier: MIT */
#ifndef WATCH_H
#define WATCH_H

#include "format.h"

/*
 * Every load and store of the runtime in the device's memory, one by one. The runtime is compiled
 * with -fsanitize=thread for this, which puts a call before each access, and linked with the
 * calls in watch.c in place of the sanitizer's. What an access means is said by zones.
 */
enum watch_zone {
    WATCH_DESC,       /* a split ring's descriptors */
    WATCH_AVAIL,      /* available ring, its flags and index, used_event */
    WATCH_USED_FLAGS, /* written by the device from here on */
    WATCH_USED_IDX,
    WATCH_USED_ID,
    WATCH_USED_LEN,
    WATCH_AVAIL_EVENT,
    WATCH_RING_ADDR, /* a packed ring's descriptors, by field */
    WATCH_RING_LEN,
    WATCH_RING_ID,
    WATCH_RING_FLAGS,
    WATCH_DRIVER_EVENT,
    WATCH_DEVICE_EVENT,
    WATCH_TABLE,     /* indirect tables */
    WATCH_BEHIND,    /* behind the ring: what a disk shares with the device */
    WATCH_ELSEWHERE, /* data */
    WATCH_ZONES
};

#define WATCH_PLACES 8192u /* bytes of a ring whose loads are told apart */

struct watch {
    bool on;
    unsigned loads[WATCH_ZONES];
    unsigned stores[WATCH_ZONES];
    unsigned twice; /* loads of a field that had been loaded since watch_forget */
};
extern struct watch watch;

/* Watches queue 0 of the device and the tables of `l`, which may be NULL. */
void watch_begin(const struct world *w, const struct format *f, const struct load *l);
void watch_end(void);

/* Forgets what was counted, goes on watching. */
void watch_forget(void);

/* Since then the fields of these zones were loaded so often, each once, and nothing else was; forgets. */
struct watch_loads {
    enum watch_zone zone;
    unsigned count;
};
void watch_expect(const struct watch_loads *loads, size_t count);

#endif
