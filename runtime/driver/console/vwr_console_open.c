/* SPDX-License-Identifier: MIT */
#include "vwr/console_open.h"
#include "vwr/bytes.h"

/* A console for vwr_open. */

static int console_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_console_open_own *const o = own;
    struct vwr_console_open_shared *const s = shared;
    struct vwr_console_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.port = o->port;
    options.shared = s->queue;
    options.ports = VWR_CONSOLE_OPEN_PORTS;
    return vwr_console_open(&o->console, d, &options);
}

static int console_open_close(struct vwr_bringup *own)
{
    return vwr_console_close((struct vwr_console *)(void *)own);
}

static size_t console_open_explain(const struct vwr_bringup *own, char *text, size_t bytes)
{
    return vwr_console_explain((const struct vwr_console *)(const void *)own, text, bytes);
}

const struct vwr_open_class vwr_console_open_class = {
    .bringup = &vwr_console_bringup,
    .own_bytes = sizeof(struct vwr_console_open_own),
    .own_align = _Alignof(struct vwr_console_open_own),
    .shared_bytes = sizeof(struct vwr_console_open_shared),
    .shared_align = _Alignof(struct vwr_console_open_shared),
    .open = console_open_in,
    .close = console_open_close,
    .explain = VWR_WORDS(console_open_explain),
    .feature_names = VWR_WORDS(vwr_console_feature_names),
};
