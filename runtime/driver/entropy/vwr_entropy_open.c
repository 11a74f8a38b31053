/* SPDX-License-Identifier: MIT */
#include "vwr/entropy.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* Entropy class for vwr_open. */

static int entropy_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_entropy_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    return vwr_entropy_open(own, d, &options);
}

const struct vwr_open_class vwr_entropy_open_class = {
    VWR_OPEN_CLASS(entropy),
    .open = entropy_open_in,
    .messages = VWR_WORDS(&vwr_dev_messages),
};
