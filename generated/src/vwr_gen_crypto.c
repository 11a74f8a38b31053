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

/* Of two values the first is the legacy interface's. */
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

void vwr_crypto_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_crypto_config_info *const info = into;

    info->status = vwr_crypto_config_get_status(c);
    info->max_dataqueues = vwr_crypto_config_get_max_dataqueues(c);
    info->crypto_services = vwr_crypto_config_get_crypto_services(c);
    info->cipher_algo_l = vwr_crypto_config_get_cipher_algo_l(c);
    info->cipher_algo_h = vwr_crypto_config_get_cipher_algo_h(c);
    info->hash_algo = vwr_crypto_config_get_hash_algo(c);
    info->mac_algo_l = vwr_crypto_config_get_mac_algo_l(c);
    info->mac_algo_h = vwr_crypto_config_get_mac_algo_h(c);
    info->aead_algo = vwr_crypto_config_get_aead_algo(c);
    info->max_cipher_key_len = vwr_crypto_config_get_max_cipher_key_len(c);
    info->max_auth_key_len = vwr_crypto_config_get_max_auth_key_len(c);
    info->akcipher_algo = vwr_crypto_config_get_akcipher_algo(c);
    info->max_size = vwr_crypto_config_get_max_size(c);
}

void vwr_crypto_config_write(struct vwr_crypto_config *w, bool legacy, const struct vwr_crypto_config_info *info)
{
    w->status = vwr_guest32(legacy, info->status);
    w->max_dataqueues = vwr_guest32(legacy, info->max_dataqueues);
    w->crypto_services = vwr_guest32(legacy, info->crypto_services);
    w->cipher_algo_l = vwr_guest32(legacy, info->cipher_algo_l);
    w->cipher_algo_h = vwr_guest32(legacy, info->cipher_algo_h);
    w->hash_algo = vwr_guest32(legacy, info->hash_algo);
    w->mac_algo_l = vwr_guest32(legacy, info->mac_algo_l);
    w->mac_algo_h = vwr_guest32(legacy, info->mac_algo_h);
    w->aead_algo = vwr_guest32(legacy, info->aead_algo);
    w->max_cipher_key_len = vwr_guest32(legacy, info->max_cipher_key_len);
    w->max_auth_key_len = vwr_guest32(legacy, info->max_auth_key_len);
    w->akcipher_algo = vwr_guest32(legacy, info->akcipher_algo);
    w->max_size = vwr_guest64(legacy, info->max_size);
}
