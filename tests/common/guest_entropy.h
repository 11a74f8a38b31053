/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_GUEST_ENTROPY_H
#define VWR_COMMON_GUEST_ENTROPY_H

#include "guest_lane.h"
#include "vwr/gen/entropy.h"

/* A guest's driver of a source of random bytes: ask, later take. The memory is in the guest's RAM. */

struct guest_entropy {
    struct guest_lane lane;
};

/* Starts a device that was probed; `avoid` may be NULL. VWR_OK, or as the calls of dev.h. */
int guest_entropy_open(struct guest_entropy *g, struct vwr_dev *d, struct guest_lane_memory *m,
                       const struct vwr_features *avoid);

/* Asks for up to n bytes, at most GUEST_LANE_BYTES. VWR_OK; VWR_EFULL: too much was asked for already. */
int guest_entropy_ask(struct guest_entropy *g, uint32_t n);

/* What came of one that was asked for: 1 and *n bytes (a place for GUEST_LANE_BYTES); 0; negative. */
int guest_entropy_take(struct guest_entropy *g, uint8_t *bytes, uint32_t *n);

#endif
