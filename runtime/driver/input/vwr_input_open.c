/* SPDX-License-Identifier: MIT */
#include "vwr/input_open.h"
#include "vwr/bytes.h"

/* A keyboard, mouse or tablet for vwr_open. */

static int input_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_input_open_own *const o = own;
    struct vwr_input_open_shared *const s = shared;
    struct vwr_input_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = &s->queues;
    options.fifo = o->fifo;
    options.events = sizeof(o->fifo) / sizeof(o->fifo[0]);
    return vwr_input_open(&o->input, d, &options);
}

static int input_open_close(struct vwr_bringup *own)
{
    return vwr_input_close((struct vwr_input *)(void *)own);
}

static size_t input_open_explain(const struct vwr_bringup *own, char *text, size_t bytes)
{
    return vwr_input_explain((const struct vwr_input *)(const void *)own, text, bytes);
}

const struct vwr_open_class vwr_input_open_class = {
    .bringup = &vwr_input_bringup,
    .own_bytes = sizeof(struct vwr_input_open_own),
    .own_align = _Alignof(struct vwr_input_open_own),
    .shared_bytes = sizeof(struct vwr_input_open_shared),
    .shared_align = _Alignof(struct vwr_input_open_shared),
    .open = input_open_in,
    .close = input_open_close,
    .explain = VWR_WORDS(input_open_explain),
};
