/* SPDX-License-Identifier: MIT */
#ifndef VWR_9P_OPEN_H
#define VWR_9P_OPEN_H

#include "vwr/9p.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: 9P device for vwr_open()
 *
 * This header defines the driver and the memory of a 9P device for vwr_open(). The driver attaches
 * as user 0; vwr_9p_mount() starts the session.
 */

/**
 * struct vwr_9p_open_own - Private memory of a 9P device
 * @p9: Device; the first member.
 */
struct vwr_9p_open_own {
    struct vwr_9p p9;
};

/**
 * struct vwr_9p_open_shared - Shared memory of a 9P device (see struct vwr_queue_memory)
 * @queue: Queue.
 */
struct vwr_9p_open_shared {
    struct vwr_9p_shared queue;
};

extern const struct vwr_open_class vwr_9p_open_class;

VWR_END_C

#endif
