/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_GUEST_ENTROPY_H
#define VWR_COMMON_GUEST_ENTROPY_H

#include "guest_lane.h"
#include "vwr/gen/entropy.h"

/* A guest's entropy driver: requests random bytes, and takes them later. Its memory is in the guest's RAM. */

struct guest_entropy {
    struct guest_lane lane;
};

/* Starts a probed device; `avoid` may be NULL. Returns VWR_OK, or the result of a call of dev.h. */
int guest_entropy_open(struct guest_entropy *g, struct vwr_dev *d, struct guest_lane_memory *m,
                       const struct vwr_features *avoid);

/* Requests up to n bytes, at most GUEST_LANE_BYTES. Returns VWR_OK, or VWR_EFULL: no free buffer. */
int guest_entropy_ask(struct guest_entropy *g, uint32_t n);

/*
 * Takes a completed request. 1: `bytes`, of GUEST_LANE_BYTES, holds *n bytes; 0: none is complete; negative:
 * error.
 */
int guest_entropy_take(struct guest_entropy *g, uint8_t *bytes, uint32_t *n);

#endif
