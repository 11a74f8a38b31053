/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/crypto.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Crypto Device */

#include "vwr/gen/features.h"
#include "vwr/gen/crypto.h"

const struct vwr_feature_rule vwr_crypto_feature_rules[VWR_CRYPTO_FEATURE_RULE_COUNT] = {
    {.feature = VWR_CRYPTO_F_CIPHER_STATELESS_MODE, .any = {VWR_CRYPTO_F_REVISION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_CRYPTO_F_HASH_STATELESS_MODE, .any = {VWR_CRYPTO_F_REVISION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_CRYPTO_F_MAC_STATELESS_MODE, .any = {VWR_CRYPTO_F_REVISION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_CRYPTO_F_AEAD_STATELESS_MODE, .any = {VWR_CRYPTO_F_REVISION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_CRYPTO_F_AKCIPHER_STATELESS_MODE, .any = {VWR_CRYPTO_F_REVISION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_crypto_config_fields[VWR_CRYPTO_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 12, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 16, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 20, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 24, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 28, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 32, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 36, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 40, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 44, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 48, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_config_need vwr_crypto_config_needs[] = {
    {.bytes = 56, .feature = VWR_FEATURE_NONE},
};
