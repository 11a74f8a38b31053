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

const struct vwr_command vwr_crypto_ctrl_opcode_table[VWR_CRYPTO_CTRL_OPCODE_COUNT] = {
    {
        .command = VWR_CRYPTO_CIPHER_CREATE_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 72, .in_bytes = 16,
    },
    {
        .command = VWR_CRYPTO_CIPHER_DESTROY_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_HASH_CREATE_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 16,
    },
    {
        .command = VWR_CRYPTO_HASH_DESTROY_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_MAC_CREATE_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 16,
    },
    {
        .command = VWR_CRYPTO_MAC_DESTROY_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_AEAD_CREATE_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 40, .in_bytes = 16,
    },
    {
        .command = VWR_CRYPTO_AEAD_DESTROY_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_AKCIPHER_CREATE_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 72, .in_bytes = 16,
    },
    {
        .command = VWR_CRYPTO_AKCIPHER_DESTROY_SESSION, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 1,
    },
};

const struct vwr_command vwr_crypto_data_opcode_table[VWR_CRYPTO_DATA_OPCODE_COUNT] = {
    {
        .command = VWR_CRYPTO_CIPHER_ENCRYPT, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 72, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_CIPHER_DECRYPT, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 72, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_HASH, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_MAC, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_AEAD_ENCRYPT, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 48, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_AEAD_DECRYPT, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 48, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_AKCIPHER_ENCRYPT, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_AKCIPHER_DECRYPT, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_AKCIPHER_SIGN, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_AKCIPHER_VERIFY, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_IPSEC_OUTBOUND, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 1,
    },
    {
        .command = VWR_CRYPTO_IPSEC_INBOUND, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 1,
    },
};
