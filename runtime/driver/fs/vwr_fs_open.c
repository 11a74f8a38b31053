/* SPDX-License-Identifier: MIT */
#include "vwr/fs.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* File system class for vwr_open. */

static int fs_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_fs_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    return vwr_fs_open(own, d, &options);
}

const struct vwr_open_class vwr_fs_open_class = {
    VWR_OPEN_CLASS(fs),
    .open = fs_open_in,
    .messages = VWR_WORDS(&vwr_fs_messages),
    .feature_names = VWR_WORDS(vwr_fs_feature_names),
};
