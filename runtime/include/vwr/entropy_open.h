/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENTROPY_OPEN_H
#define VWR_ENTROPY_OPEN_H

#include "vwr/entropy.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: Entropy device for vwr_open()
 *
 * This header defines the driver and the memory of an entropy device for vwr_open(). See
 * vwr/entropy.h.
 */

/**
 * struct vwr_entropy_open_own - Private memory of an entropy device
 * @entropy: Device; the first member.
 */
struct vwr_entropy_open_own {
    struct vwr_entropy entropy;
};

/**
 * struct vwr_entropy_open_shared - Shared memory of an entropy device (see struct vwr_queue_memory)
 * @pool: Ring and buffers.
 */
struct vwr_entropy_open_shared {
    struct vwr_entropy_shared pool;
};

extern const struct vwr_open_class vwr_entropy_open_class;

VWR_END_C

#endif
