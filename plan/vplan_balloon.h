/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_BALLOON_H
#define VWR_VPLAN_BALLOON_H

#include "vwr/vballoon.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A balloon of a plan
 *
 * The rows that `./vwr plan` writes for a balloon (vwr/vballoon.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_balloon - A balloon of a plan
 * @options: Options; ops, context and map are set when the device is built.
 * @map: Offset of the bitmap in the structure.
 */
struct vwr_vplan_balloon {
    struct vwr_vballoon_options options;
    size_t map;
};

vwr_vplan_build vwr_vplan_build_balloon;

VWR_END_C

#endif
