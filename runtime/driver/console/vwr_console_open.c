/* SPDX-License-Identifier: MIT */
#include "vwr/console.h"
#include "vwr/open.h"
#include "vwr/bytes.h"

/* Console class for vwr_open. */

static int console_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_console_open_own *const o = own;
    struct vwr_console_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.port = o->port;
    options.shared = shared;
    options.port_count = VWR_COUNT(o->port);
    options.shared_count = VWR_CONSOLE_QUEUES(VWR_CONSOLE_OPEN_PORTS);
    return vwr_console_open(&o->console, d, &options);
}

const struct vwr_open_class vwr_console_open_class = {
    VWR_OPEN_CLASS(console),
    .open = console_open_in,
    .messages = VWR_WORDS(&vwr_dev_messages),
    .feature_names = VWR_WORDS(vwr_console_feature_names),
};
