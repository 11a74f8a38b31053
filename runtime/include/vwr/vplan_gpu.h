/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_GPU_H
#define VWR_VPLAN_GPU_H

#include "vwr/vgpu.h"
#include "vwr/vplan.h"

VWR_BEGIN_C

/* A gpu of a plan; its pointers are set when it is built. */
struct vwr_vplan_gpu {
    struct vwr_vgpu_options options;
    const struct vwr_vgpu_scanout *scanout; /* sizes, options.scanouts of them */
    const uint16_t *screen;                 /* which of the plan's screens each of them is */
    size_t scanouts; /* bytes from the begin of the structure to its scanouts, and to what options names */
    size_t resource;
    size_t entry;
    size_t memory;
};

vwr_vplan_build vwr_vplan_build_gpu;

VWR_END_C

#endif
