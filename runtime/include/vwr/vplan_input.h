/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_INPUT_H
#define VWR_VPLAN_INPUT_H

#include "vwr/vinput.h"
#include "vwr/vplan.h"

VWR_BEGIN_C

/* An input device of a plan; ops, context and fifo are set when it is built. */
struct vwr_vplan_input {
    struct vwr_vinput_options options;
    size_t fifo; /* bytes from the begin of the structure to its events */
};

vwr_vplan_build vwr_vplan_build_input;

VWR_END_C

#endif
