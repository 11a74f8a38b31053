/* SPDX-License-Identifier: MIT */
#include "vwr/entropy_open.h"
#include "vwr/bytes.h"

/* A source of random bytes for vwr_open. */

static int entropy_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_entropy_open_own *const o = own;
    struct vwr_entropy_open_shared *const s = shared;
    struct vwr_entropy_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = &s->pool;
    return vwr_entropy_open(&o->entropy, d, &options);
}

static int entropy_open_close(struct vwr_bringup *own)
{
    return vwr_entropy_close((struct vwr_entropy *)(void *)own);
}

static size_t entropy_open_explain(const struct vwr_bringup *own, char *text, size_t bytes)
{
    return vwr_entropy_explain((const struct vwr_entropy *)(const void *)own, text, bytes);
}

const struct vwr_open_class vwr_entropy_open_class = {
    .bringup = &vwr_entropy_bringup,
    .own_bytes = sizeof(struct vwr_entropy_open_own),
    .own_align = _Alignof(struct vwr_entropy_open_own),
    .shared_bytes = sizeof(struct vwr_entropy_open_shared),
    .shared_align = _Alignof(struct vwr_entropy_open_shared),
    .open = entropy_open_in,
    .close = entropy_open_close,
    .explain = VWR_WORDS(entropy_open_explain),
};
