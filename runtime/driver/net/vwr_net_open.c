/* SPDX-License-Identifier: MIT */
#include "vwr/message.h"
#include "vwr/net.h"
#include "vwr/open.h"

/* Network card class for vwr_open. */

static int net_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_net_open_own *const o = own;
    struct vwr_net_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.pair = &o->pair;
    options.shared = shared;
    options.pair_count = 1;
    options.shared_count = 1;
    return vwr_net_open(&o->net, d, &options);
}

const struct vwr_open_class vwr_net_open_class = {
    VWR_OPEN_CLASS(net),
    .open = net_open_in,
    .messages = VWR_WORDS(&vwr_net_messages),
    .feature_names = VWR_WORDS(vwr_net_feature_names),
};
