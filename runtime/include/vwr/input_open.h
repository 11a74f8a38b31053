/* SPDX-License-Identifier: MIT */
#ifndef VWR_INPUT_OPEN_H
#define VWR_INPUT_OPEN_H

#include "vwr/input.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: Input device for vwr_open()
 *
 * This header defines the driver and the memory of an input device for vwr_open(). The driver
 * serves keyboards, mice and tablets.
 */

/** VWR_INPUT_OPEN_EVENTS - Capacity of the event FIFO, a power of 2 */
#ifndef VWR_INPUT_OPEN_EVENTS
#define VWR_INPUT_OPEN_EVENTS 256u /* not the specification's */
#endif

/**
 * struct vwr_input_open_own - Private memory of an input device
 * @input: Device; the first member.
 * @fifo: Event FIFO.
 */
struct vwr_input_open_own {
    struct vwr_input input;
    uint64_t fifo[VWR_INPUT_OPEN_EVENTS];
};

/**
 * struct vwr_input_open_shared - Shared memory of an input device (see struct vwr_queue_memory)
 * @queues: Event queue and status queue.
 */
struct vwr_input_open_shared {
    struct vwr_input_shared queues;
};

extern const struct vwr_open_class vwr_input_open_class;

VWR_END_C

#endif
