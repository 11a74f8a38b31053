/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_STORE_H
#define VWR_PAIR_STORE_H

#include "vwr/vblk.h"

/*
 * What stands behind the disk: memory whose requests end when they like. Some are done at once, the
 * others at a later step, in any order; now and then there is no room for one more.
 */

#define STORE_HELD 24u

struct store {
    struct vwr_vblk_backend backend;    /* first */
    uint8_t *bytes;                     /* backend.sectors of them */
    bool later;                         /* otherwise all of it is done at once */
    unsigned failures;                  /* so many requests will fail */
    void (*meanwhile)(struct store *s); /* NULL, or called within each submit */
    /* private */
    uint64_t random;
    struct vwr_vblk_req *held[STORE_HELD];
    uint64_t ticket[STORE_HELD];
    unsigned count;
    unsigned room;
    struct vwr_vblk *refused; /* wants to hear when there is room */
    /* counted */
    unsigned ended;
    unsigned overtook; /* ended before one that was begun earlier */
    unsigned full;
    unsigned forgotten;
};

void store_init(struct store *s, uint8_t *bytes, uint64_t sectors, bool later, uint64_t seed);

/* Ends some of what is held for the disk, with its lock held; false if there is nothing. From any thread. */
bool store_step(struct store *s, struct vwr_vblk *disk);

#endif
