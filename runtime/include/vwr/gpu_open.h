/* SPDX-License-Identifier: MIT */
#ifndef VWR_GPU_OPEN_H
#define VWR_GPU_OPEN_H

#include "vwr/gpu.h"
#include "vwr/open.h"

VWR_BEGIN_C

/* A gpu for vwr_open: framebuffers are the caller's, as ever. */

/* In memory that the device cannot reach. */
struct vwr_gpu_open_own {
    struct vwr_gpu gpu; /* first */
};

/* In memory as vwr_queue_memory.shared. */
struct vwr_gpu_open_shared {
    struct vwr_gpu_shared queues;
};

extern const struct vwr_open_class vwr_gpu_open_class;

VWR_END_C

#endif
