/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_INPUT_H
#define VWR_VPLAN_INPUT_H

#include "vwr/vinput.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: An input device of a plan
 *
 * The rows that `./vwr plan` writes for an input device (vwr/vinput.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_input - An input device of a plan
 * @options: Options; ops, context and event are set when the device is built.
 * @event: Offset of the FIFO in the structure.
 */
struct vwr_vplan_input {
    struct vwr_vinput_options options;
    size_t event;
};

vwr_vplan_build vwr_vplan_build_input;

VWR_END_C

#endif
