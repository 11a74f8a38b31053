/* SPDX-License-Identifier: MIT */
#include "vwr/crypto.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* Crypto class for vwr_open. */

static int crypto_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_crypto_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    return vwr_crypto_open(own, d, &options);
}

const struct vwr_open_class vwr_crypto_open_class = {
    VWR_OPEN_CLASS(crypto),
    .open = crypto_open_in,
    .messages = VWR_WORDS(&vwr_crypto_messages),
    .feature_names = VWR_WORDS(vwr_crypto_feature_names),
};
