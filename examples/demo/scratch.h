/* SPDX-License-Identifier: MIT */
#ifndef DEMO_SCRATCH_H
#define DEMO_SCRATCH_H

#include "vwr/blk.h"

#define SCRATCH_ID "vwr-scratch"

/*
 * Fills the whole disk with a pattern, flushes, reads it back and compares. NULL: success, otherwise an error
 * message; the details have been printed.
 *
 * The pattern: the disk is an array of 64-bit little-endian words, 64 per sector; word i, from 0 on, is (i +
 * 1) * 0x9e3779b97f4a7c15 modulo 2^64. sums.py has the same in Python.
 */
const char *scratch_test(struct vwr_blk *b);

/* Whether a disk with this ID is a scratch disk. */
static inline bool scratch_is(const char *id)
{
    const char *const ours = SCRATCH_ID;
    unsigned i = 0;

    while (ours[i] != '\0' && id[i] == ours[i])
        i++;
    return id[i] == ours[i];
}

#endif
