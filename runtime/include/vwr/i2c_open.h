/* SPDX-License-Identifier: MIT */
#ifndef VWR_I2C_OPEN_H
#define VWR_I2C_OPEN_H

#include "vwr/i2c.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: I2C adapter device for vwr_open()
 *
 * This header defines the driver and the memory of an I2C adapter device for vwr_open(). See
 * vwr/i2c.h.
 */

/**
 * struct vwr_i2c_open_own - Private memory of an I2C adapter device
 * @i2c: Device; the first member.
 */
struct vwr_i2c_open_own {
    struct vwr_i2c i2c;
};

/**
 * struct vwr_i2c_open_shared - Shared memory of an I2C adapter device (see struct vwr_queue_memory)
 * @queues: Request queue.
 */
struct vwr_i2c_open_shared {
    struct vwr_i2c_shared queues;
};

extern const struct vwr_open_class vwr_i2c_open_class;

VWR_END_C

#endif
