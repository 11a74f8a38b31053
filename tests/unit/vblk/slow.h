/* SPDX-License-Identifier: MIT */
#ifndef VBLK_SLOW_H
#define VBLK_SLOW_H

#include "stage.h"

/*
 * A backend that does what a test says: answers at once or later, in any order, with any result, has room
 * for so many requests, and keeps a book of what it was asked for. Its bytes are the pattern of its sectors
 * until they are written.
 */

#define SLOW_MANY 64u

struct slow {
    struct vwr_vblk_backend backend; /* first */
    uint8_t *at;
    size_t bytes;
    bool later;    /* answer when the test says so */
    unsigned room; /* requests that are out at once */
    int result;    /* of the next ones, before anything is done */
    uint32_t only; /* type that `result` is for; SLOW_ANY */
    uint32_t part; /* bytes that a failing read has read */
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

/* Ends the request that stands `at` in out[], without telling the guest. */
void slow_end(struct slow *s, unsigned at, int result);

#endif
