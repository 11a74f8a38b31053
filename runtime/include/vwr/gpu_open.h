/* SPDX-License-Identifier: MIT */
#ifndef VWR_GPU_OPEN_H
#define VWR_GPU_OPEN_H

#include "vwr/gpu.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: GPU for vwr_open()
 *
 * This header defines the driver and the memory of a GPU for vwr_open(). Framebuffers are in
 * separate memory of the caller.
 */

/**
 * struct vwr_gpu_open_own - Private memory of a GPU
 * @gpu: GPU; the first member.
 */
struct vwr_gpu_open_own {
    struct vwr_gpu gpu;
};

/**
 * struct vwr_gpu_open_shared - Shared memory of a GPU (see struct vwr_queue_memory)
 * @queues: Control queue and cursor queue.
 */
struct vwr_gpu_open_shared {
    struct vwr_gpu_shared queues;
};

extern const struct vwr_open_class vwr_gpu_open_class;

VWR_END_C

#endif
