/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_I2C_H
#define VWR_VPLAN_I2C_H

#include "vwr/vi2c.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: An I2C adapter device of a plan
 *
 * The rows that `./vwr plan` writes for an I2C adapter device (vwr/vi2c.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_i2c - An I2C adapter device of a plan
 * @options: Options; transfer, context and data are set when the device is built.
 * @data: Offset of the data in the structure.
 */
struct vwr_vplan_i2c {
    struct vwr_vi2c_options options;
    size_t data;
};

vwr_vplan_build vwr_vplan_build_i2c;

VWR_END_C

#endif
