/* SPDX-License-Identifier: MIT */
#include "vwr/net_open.h"
#include "vwr/bytes.h"

/* A network card for vwr_open. */

static int net_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_net_open_own *const o = own;
    struct vwr_net_open_shared *const s = shared;
    struct vwr_net_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.pair = &o->pair;
    options.shared = &s->pair;
    options.pairs = 1;
    return vwr_net_open(&o->net, d, &options);
}

static int net_open_close(struct vwr_bringup *own)
{
    return vwr_net_close((struct vwr_net *)(void *)own);
}

static size_t net_open_explain(const struct vwr_bringup *own, char *text, size_t bytes)
{
    return vwr_net_explain((const struct vwr_net *)(const void *)own, text, bytes);
}

const struct vwr_open_class vwr_net_open_class = {
    .bringup = &vwr_net_bringup,
    .own_bytes = sizeof(struct vwr_net_open_own),
    .own_align = _Alignof(struct vwr_net_open_own),
    .shared_bytes = sizeof(struct vwr_net_open_shared),
    .shared_align = _Alignof(struct vwr_net_open_shared),
    .open = net_open_in,
    .close = net_open_close,
    .explain = VWR_WORDS(net_open_explain),
    .feature_names = VWR_WORDS(vwr_net_feature_names),
};
