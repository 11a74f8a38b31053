/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_BALLOON_H
#define VWR_VPLAN_BALLOON_H

#include "vwr/vballoon.h"
#include "vwr/vplan.h"

VWR_BEGIN_C

/* A balloon of a plan; ops, context and map are set when it is built. */
struct vwr_vplan_balloon {
    struct vwr_vballoon_options options;
    size_t map; /* bytes from the begin of the structure to it */
};

vwr_vplan_build vwr_vplan_build_balloon;

VWR_END_C

#endif
