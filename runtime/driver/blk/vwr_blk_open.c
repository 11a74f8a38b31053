/* SPDX-License-Identifier: MIT */
#include "vwr/blk_open.h"
#include "vwr/bytes.h"

/* A disk for vwr_open. */

static int blk_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_blk_open_own *const o = own;
    struct vwr_blk_open_shared *const s = shared;
    struct vwr_blk_options options;
    const struct vwr_queue_memory m = {s->memory, sizeof(s->memory), o->memory, sizeof(o->memory),
                                       VWR_BLK_OPEN_QUEUE};

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.request.requests = VWR_BLK_OPEN_REQUESTS;
    return vwr_blk_open(&o->blk, d, &m, &options);
}

static int blk_open_close(struct vwr_bringup *own)
{
    return vwr_blk_close((struct vwr_blk *)(void *)own);
}

static size_t blk_open_explain(const struct vwr_bringup *own, char *text, size_t bytes)
{
    return vwr_blk_explain((const struct vwr_blk *)(const void *)own, text, bytes);
}

const struct vwr_open_class vwr_blk_open_class = {
    .bringup = &vwr_blk_bringup,
    .own_bytes = sizeof(struct vwr_blk_open_own),
    .own_align = _Alignof(struct vwr_blk_open_own),
    .shared_bytes = sizeof(struct vwr_blk_open_shared),
    .shared_align = _Alignof(struct vwr_blk_open_shared),
    .open = blk_open_in,
    .close = blk_open_close,
    .explain = VWR_WORDS(blk_open_explain),
    .feature_names = VWR_WORDS(vwr_blk_feature_names),
};
