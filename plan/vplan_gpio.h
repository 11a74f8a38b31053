/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_GPIO_H
#define VWR_VPLAN_GPIO_H

#include "vwr/vgpio.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A GPIO device of a plan
 *
 * The rows that `./vwr plan` writes for a GPIO device (vwr/vgpio.h), and the function that builds
 * it from them.
 */

/* Not the specification's: segments of a message besides those of a full queue, for borders of guest memory.
 */
#define VWR_VPLAN_GPIO_BORDERS 4u

/**
 * struct vwr_vplan_gpio - A GPIO device of a plan
 * @options: Options; ops, context and pointers to memory are set when the device is built.
 * @line: Offset of the lines in the structure.
 * @message: Offset of the messages.
 * @seg: Offset of the segments.
 */
struct vwr_vplan_gpio {
    struct vwr_vgpio_options options;
    size_t line;
    size_t message;
    size_t seg;
};

vwr_vplan_build vwr_vplan_build_gpio;

VWR_END_C

#endif
