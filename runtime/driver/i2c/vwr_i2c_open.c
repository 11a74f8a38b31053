/* SPDX-License-Identifier: MIT */
#include "vwr/i2c.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* I2C class for vwr_open. */

static int i2c_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_i2c_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    return vwr_i2c_open(own, d, &options);
}

const struct vwr_open_class vwr_i2c_open_class = {
    VWR_OPEN_CLASS(i2c),
    .open = i2c_open_in,
    .messages = VWR_WORDS(&vwr_request_messages),
    .feature_names = VWR_WORDS(vwr_i2c_feature_names),
};
