/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* Block class for vwr_open. */

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

const struct vwr_open_class vwr_blk_open_class = {
    VWR_OPEN_CLASS(blk),
    .open = blk_open_in,
    .messages = VWR_WORDS(&vwr_blk_messages),
    .feature_names = VWR_WORDS(vwr_blk_feature_names),
};
