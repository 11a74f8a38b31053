/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_GPU_H
#define VWR_VPLAN_GPU_H

#include "vwr/vgpu.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A screen of a plan
 *
 * The rows that `./vwr plan` writes for a screen (vwr/vgpu.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_gpu - A GPU of a plan
 * @options: Options; pointers are set when the device is built.
 * @scanout: Sizes of the screens: options.scanout_count entries.
 * @screen: Index of each screen in the plan.
 * @scanouts: Offset of the screens in the structure.
 * @resource: Offset of the resources.
 * @entry: Offset of the ranges of backing.
 * @memory: Offset of the pixels.
 */
struct vwr_vplan_gpu {
    struct vwr_vgpu_options options;
    const struct vwr_vgpu_scanout *scanout;
    const uint16_t *screen;
    size_t scanouts;
    size_t resource;
    size_t entry;
    size_t memory;
};

vwr_vplan_build vwr_vplan_build_gpu;

VWR_END_C

#endif
