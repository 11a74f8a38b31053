/* SPDX-License-Identifier: MIT */
#include "vwr/gpu_open.h"
#include "vwr/bytes.h"

/* A gpu for vwr_open. */

static int gpu_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_gpu_open_own *const o = own;
    struct vwr_gpu_open_shared *const s = shared;
    struct vwr_gpu_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = &s->queues;
    return vwr_gpu_open(&o->gpu, d, &options);
}

static int gpu_open_close(struct vwr_bringup *own)
{
    return vwr_gpu_close((struct vwr_gpu *)(void *)own);
}

static size_t gpu_open_explain(const struct vwr_bringup *own, char *text, size_t bytes)
{
    return vwr_gpu_explain((const struct vwr_gpu *)(const void *)own, text, bytes);
}

const struct vwr_open_class vwr_gpu_open_class = {
    .bringup = &vwr_gpu_bringup,
    .own_bytes = sizeof(struct vwr_gpu_open_own),
    .own_align = _Alignof(struct vwr_gpu_open_own),
    .shared_bytes = sizeof(struct vwr_gpu_open_shared),
    .shared_align = _Alignof(struct vwr_gpu_open_shared),
    .open = gpu_open_in,
    .close = gpu_open_close,
    .explain = VWR_WORDS(gpu_open_explain),
    .feature_names = VWR_WORDS(vwr_gpu_feature_names),
};
