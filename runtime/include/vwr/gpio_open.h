/* SPDX-License-Identifier: MIT */
#ifndef VWR_GPIO_OPEN_H
#define VWR_GPIO_OPEN_H

#include "vwr/gpio.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: GPIO device for vwr_open()
 *
 * This header defines the driver and the memory of a GPIO device for vwr_open(). See vwr/gpio.h.
 */

/** VWR_GPIO_OPEN_LINES - Number of lines that can be set */
#ifndef VWR_GPIO_OPEN_LINES
#define VWR_GPIO_OPEN_LINES 32u /* not the specification's */
#endif

/**
 * struct vwr_gpio_open_own - Private memory of a GPIO device
 * @gpio: Device; the first member.
 * @lines: Lines.
 */
struct vwr_gpio_open_own {
    struct vwr_gpio gpio;
    struct vwr_gpio_line lines[VWR_GPIO_OPEN_LINES];
};

/**
 * struct vwr_gpio_open_shared - Shared memory of a GPIO device (see struct vwr_queue_memory)
 * @queues: Queues.
 */
struct vwr_gpio_open_shared {
    struct vwr_gpio_shared queues;
};

extern const struct vwr_open_class vwr_gpio_open_class;

VWR_END_C

#endif
