/* SPDX-License-Identifier: MIT */
#ifndef VWR_INPUT_OPEN_H
#define VWR_INPUT_OPEN_H

#include "vwr/input.h"
#include "vwr/open.h"

VWR_BEGIN_C

/* A keyboard, mouse or tablet for vwr_open. */

#ifndef VWR_INPUT_OPEN_EVENTS
#define VWR_INPUT_OPEN_EVENTS 256u /* that the FIFO has room for, a power of 2; not the specification's */
#endif

/* In memory that the device cannot reach. */
struct vwr_input_open_own {
    struct vwr_input input; /* first */
    uint64_t fifo[VWR_INPUT_OPEN_EVENTS];
};

/* In memory as vwr_queue_memory.shared. */
struct vwr_input_open_shared {
    struct vwr_input_shared queues;
};

extern const struct vwr_open_class vwr_input_open_class;

VWR_END_C

#endif
