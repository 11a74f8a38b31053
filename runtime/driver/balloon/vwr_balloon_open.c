/* SPDX-License-Identifier: MIT */
#include "vwr/balloon.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* Memory balloon class for vwr_open. */

static int balloon_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_balloon_open_own *const o = own;
    struct vwr_balloon_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    options.pages = o->pages;
    options.page_count = VWR_COUNT(o->pages);
    options.statistics = true;
    return vwr_balloon_open(&o->balloon, d, &options);
}

const struct vwr_open_class vwr_balloon_open_class = {
    VWR_OPEN_CLASS(balloon),
    .open = balloon_open_in,
    .messages = VWR_WORDS(&vwr_request_messages),
};
