/* SPDX-License-Identifier: MIT */
#include "vwr/sound.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* Sound class for vwr_open. */

static int sound_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_sound_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    return vwr_sound_open(own, d, &options);
}

const struct vwr_open_class vwr_sound_open_class = {
    VWR_OPEN_CLASS(sound),
    .open = sound_open_in,
    .messages = VWR_WORDS(&vwr_request_messages),
    .feature_names = VWR_WORDS(vwr_snd_feature_names),
};
