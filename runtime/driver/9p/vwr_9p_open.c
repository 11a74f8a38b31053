/* SPDX-License-Identifier: MIT */
#include "vwr/9p.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* 9P class for vwr_open. */

static int p9_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_9p_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    return vwr_9p_open(own, d, &options);
}

const struct vwr_open_class vwr_9p_open_class = {
    VWR_OPEN_CLASS(9p),
    .open = p9_open_in,
    .messages = VWR_WORDS(&vwr_9p_messages),
    .feature_names = VWR_WORDS(vwr_9p_feature_names),
};
