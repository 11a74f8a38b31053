/* SPDX-License-Identifier: MIT */
#ifndef WATCH_H
#define WATCH_H

#include "vwr/base.h"

/*
 * Every load and store of the runtime in the device's memory, one by one. The runtime is compiled
 * with -fsanitize=thread for this, which puts a call before each access, and linked with the
 * calls in watch.c in place of the sanitizer's.
 */
struct watch {
    bool on;
    const uint8_t *ring; /* first byte of the descriptor table */
    size_t avail;        /* offsets in the ring */
    size_t used;
    size_t end; /* of the ring */
    /* loads */
    unsigned desc;
    unsigned available;
    unsigned used_flags;
    unsigned used_idx;
    unsigned used_entries; /* halves of an entry: two for each */
    unsigned behind;       /* behind the ring: what blk shares with the device */
    unsigned elsewhere;    /* data */
    /* stores */
    unsigned used_written;
    unsigned elsewhere_written;
    unsigned stores;
};
extern struct watch watch;

/* Forgets what was counted, goes on watching. */
void watch_forget(void);

#endif
