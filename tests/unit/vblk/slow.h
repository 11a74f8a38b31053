/* SPDX-License-Identifier: MIT */
#ifndef VBLK_SLOW_H
#define VBLK_SLOW_H

#include "stage.h"

/*
 * A backend controlled by the test: it answers immediately or later, in any order, with any result, accepts a
 * limited number of requests, and records them. Unwritten sectors contain their pattern.
 */

#define SLOW_MANY 64u

struct slow {
    struct vwr_vblk_backend backend; /* must be first */
    uint8_t *at;
    size_t bytes;
    bool later;    /* answer when the test calls slow_end */
    unsigned room; /* maximum number of requests in flight */
    int result;    /* of the next requests, which then have no effect */
    uint32_t only; /* type that `result` applies to, or SLOW_ANY */
    uint32_t part; /* bytes read before a read fails */
    struct vwr_vblk_req *out[SLOW_MANY];
    uint64_t ticket[SLOW_MANY];
    unsigned out_count;
    unsigned submits;
    unsigned refused;
    unsigned kicks;
    unsigned drains;
    unsigned drained_queue;
    uint32_t type[SLOW_MANY]; /* of the first submits */
    uintptr_t frame[2];       /* lowest and highest stack frame of a submit; 0: none yet */
};

#define SLOW_ANY 0xffffffffu

void slow_make(struct slow *s, uint64_t sectors);
void slow_free(struct slow *s);

/* Ends the request at index `at` of out[] without notifying the guest. */
void slow_end(struct slow *s, unsigned at, int result);

#endif
