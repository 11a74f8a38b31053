/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENTROPY_OPEN_H
#define VWR_ENTROPY_OPEN_H

#include "vwr/entropy.h"
#include "vwr/open.h"

VWR_BEGIN_C

/* A source of random bytes for vwr_open. */

/* In memory that the device cannot reach. */
struct vwr_entropy_open_own {
    struct vwr_entropy entropy; /* first */
};

/* In memory as vwr_queue_memory.shared. */
struct vwr_entropy_open_shared {
    struct vwr_entropy_shared pool;
};

extern const struct vwr_open_class vwr_entropy_open_class;

VWR_END_C

#endif
