/* SPDX-License-Identifier: MIT */
#include "vwr/gpu.h"
#include "vwr/open.h"
#include "vwr/message.h"

/* GPU class for vwr_open. */

static int gpu_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_gpu_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    return vwr_gpu_open(own, d, &options);
}

const struct vwr_open_class vwr_gpu_open_class = {
    VWR_OPEN_CLASS(gpu),
    .open = gpu_open_in,
    .messages = VWR_WORDS(&vwr_gpu_messages),
    .feature_names = VWR_WORDS(vwr_gpu_feature_names),
};
