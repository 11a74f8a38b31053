/* SPDX-License-Identifier: MIT */
#include "vwr/gpio.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* GPIO class for vwr_open. */

static int gpio_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_gpio_open_own *const o = own;
    struct vwr_gpio_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    options.lines = o->lines;
    options.line_count = VWR_GPIO_OPEN_LINES;
    return vwr_gpio_open(&o->gpio, d, &options);
}

const struct vwr_open_class vwr_gpio_open_class = {
    VWR_OPEN_CLASS(gpio),
    .open = gpio_open_in,
    .messages = VWR_WORDS(&vwr_request_messages),
    .feature_names = VWR_WORDS(vwr_gpio_feature_names),
};
