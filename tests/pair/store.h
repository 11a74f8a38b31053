/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_STORE_H
#define VWR_PAIR_STORE_H

#include "vwr/vblk.h"

/*
 * A backend of a disk in memory, whose requests complete at any time. Some complete immediately, others at a
 * later
 * step, in any order; from time to time it refuses a request.
 */

#define STORE_HELD 24u

struct store {
    struct vwr_vblk_backend backend; /* must be first */
    uint8_t *bytes;                  /* backend.sectors sectors */
    bool later;                      /* otherwise all requests end immediately */
    unsigned failures;               /* number of requests that will fail */
    /* called within each submit; may be NULL */
    void (*meanwhile)(struct store *s, const struct vwr_vblk_req *r);
    /* private */
    uint64_t random;
    struct vwr_vblk_req *held[STORE_HELD];
    uint64_t ticket[STORE_HELD];
    unsigned count;
    unsigned room;
    struct vwr_vblk *refused; /* to be resumed when a request can be accepted */
    /* counters */
    unsigned ended;
    unsigned overtook; /* completed before a request that was submitted earlier */
    unsigned full;
    unsigned forgotten;
};

void store_init(struct store *s, uint8_t *bytes, uint64_t sectors, bool later, uint64_t seed);

/* Completes some of the disk's held requests, with its lock held; false if there are none. May be called from
 * any
 * thread. */
bool store_step(struct store *s, struct vwr_vblk *disk);

#endif
