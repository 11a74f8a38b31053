/* SPDX-License-Identifier: MIT */
#include "crypto_rules_common.h"

/* Tables that describe the messages of a crypto device. Section: Crypto Device / Device Operation. */

/* ---- sessions ---- */

#define CRYPTO_SETUP(form, its, member) VWR_RECORD_FIELD(form, its, vwr_crypto_setup, member)
#define CRYPTO_SETUP_AT(offset, form, its, member) \
    VWR_RECORD_ROW(offset, form, its, vwr_crypto_setup, member, false, 0)
#define CRYPTO_HASH_AT __builtin_offsetof(struct vwr_crypto_alg_chain_session_flf, algo_flf)
#define CRYPTO_RSA_AT __builtin_offsetof(struct vwr_crypto_akcipher_create_session_flf, algo_flf)

static const struct vwr_record_field crypto_cipher_session[] = {
    VWR_RECORD_VALUE(vwr_crypto_sym_create_session_flf, op_type, VWR_CRYPTO_SYM_OP_CIPHER),
    CRYPTO_SETUP(vwr_crypto_cipher_session_flf, algo, algo),
    CRYPTO_SETUP(vwr_crypto_cipher_session_flf, key_len, key_bytes),
    CRYPTO_SETUP(vwr_crypto_cipher_session_flf, op, op),
};

/* A hash message contains the first fields of a MAC message. */
static const struct vwr_record_field crypto_chain_session[] = {
    VWR_RECORD_VALUE(vwr_crypto_sym_create_session_flf, op_type, VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING),
    CRYPTO_SETUP(vwr_crypto_alg_chain_session_flf, alg_chain_order, order),
    CRYPTO_SETUP(vwr_crypto_alg_chain_session_flf, hash_mode, hash_mode),
    CRYPTO_SETUP(vwr_crypto_alg_chain_session_flf, cipher_hdr.algo, algo),
    CRYPTO_SETUP(vwr_crypto_alg_chain_session_flf, cipher_hdr.key_len, key_bytes),
    CRYPTO_SETUP(vwr_crypto_alg_chain_session_flf, cipher_hdr.op, op),
    CRYPTO_SETUP_AT(CRYPTO_HASH_AT, vwr_crypto_mac_create_session_flf, algo, hash_algo),
    CRYPTO_SETUP_AT(CRYPTO_HASH_AT, vwr_crypto_mac_create_session_flf, hash_result_len, result_bytes),
    CRYPTO_SETUP_AT(CRYPTO_HASH_AT, vwr_crypto_mac_create_session_flf, auth_key_len, auth_key_bytes),
    CRYPTO_SETUP(vwr_crypto_alg_chain_session_flf, aad_len, aad_bytes),
};

static const struct vwr_record_field crypto_hash_session[] = {
    CRYPTO_SETUP(vwr_crypto_hash_create_session_flf, algo, algo),
    CRYPTO_SETUP(vwr_crypto_hash_create_session_flf, hash_result_len, result_bytes),
};

static const struct vwr_record_field crypto_mac_session[] = {
    CRYPTO_SETUP(vwr_crypto_mac_create_session_flf, algo, algo),
    CRYPTO_SETUP(vwr_crypto_mac_create_session_flf, hash_result_len, result_bytes),
    CRYPTO_SETUP(vwr_crypto_mac_create_session_flf, auth_key_len, key_bytes),
};

static const struct vwr_record_field crypto_aead_session[] = {
    CRYPTO_SETUP(vwr_crypto_aead_create_session_flf, algo, algo),
    CRYPTO_SETUP(vwr_crypto_aead_create_session_flf, key_len, key_bytes),
    CRYPTO_SETUP(vwr_crypto_aead_create_session_flf, tag_len, result_bytes),
    CRYPTO_SETUP(vwr_crypto_aead_create_session_flf, aad_len, aad_bytes),
    CRYPTO_SETUP(vwr_crypto_aead_create_session_flf, op, op),
};

/* In an ECDSA message, the curve takes the place of RSA's padding. */
static const struct vwr_record_field crypto_akcipher_session[] = {
    CRYPTO_SETUP(vwr_crypto_akcipher_create_session_flf, algo, algo),
    CRYPTO_SETUP(vwr_crypto_akcipher_create_session_flf, key_type, key_type),
    CRYPTO_SETUP(vwr_crypto_akcipher_create_session_flf, key_len, key_bytes),
    CRYPTO_SETUP_AT(CRYPTO_RSA_AT, vwr_crypto_rsa_session_para, padding_algo, padding),
    CRYPTO_SETUP_AT(CRYPTO_RSA_AT, vwr_crypto_rsa_session_para, hash_algo, hash_algo),
};

/* ---- data ---- */

#define CRYPTO_DATA(form, its, member) VWR_RECORD_FIELD(form, its, vwr_crypto_data, member)

static const struct vwr_record_field crypto_cipher_data[] = {
    VWR_RECORD_VALUE(vwr_crypto_sym_data_flf, op_type, VWR_CRYPTO_SYM_OP_CIPHER),
    CRYPTO_DATA(vwr_crypto_cipher_data_flf, iv_len, iv_bytes),
    CRYPTO_DATA(vwr_crypto_cipher_data_flf, src_data_len, src_bytes),
    CRYPTO_DATA(vwr_crypto_cipher_data_flf, dst_data_len, dst_bytes),
};

static const struct vwr_record_field crypto_chain_data[] = {
    VWR_RECORD_VALUE(vwr_crypto_sym_data_flf, op_type, VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING),
    CRYPTO_DATA(vwr_crypto_alg_chain_data_flf, iv_len, iv_bytes),
    CRYPTO_DATA(vwr_crypto_alg_chain_data_flf, src_data_len, src_bytes),
    CRYPTO_DATA(vwr_crypto_alg_chain_data_flf, dst_data_len, dst_bytes),
    CRYPTO_DATA(vwr_crypto_alg_chain_data_flf, cipher_start_src_offset, cipher_start),
    CRYPTO_DATA(vwr_crypto_alg_chain_data_flf, len_to_cipher, cipher_bytes),
    CRYPTO_DATA(vwr_crypto_alg_chain_data_flf, hash_start_src_offset, hash_start),
    CRYPTO_DATA(vwr_crypto_alg_chain_data_flf, len_to_hash, hash_bytes),
    CRYPTO_DATA(vwr_crypto_alg_chain_data_flf, aad_len, aad_bytes),
    CRYPTO_DATA(vwr_crypto_alg_chain_data_flf, hash_result_len, digest_bytes),
};

/* Messages for a MAC and for an asymmetric cipher have the same fields as those for a hash. */
static const struct vwr_record_field crypto_hash_data[] = {
    CRYPTO_DATA(vwr_crypto_hash_data_flf, src_data_len, src_bytes),
    CRYPTO_DATA(vwr_crypto_hash_data_flf, hash_result_len, dst_bytes),
};

static const struct vwr_record_field crypto_aead_data[] = {
    CRYPTO_DATA(vwr_crypto_aead_data_flf, iv_len, iv_bytes),
    CRYPTO_DATA(vwr_crypto_aead_data_flf, aad_len, aad_bytes),
    CRYPTO_DATA(vwr_crypto_aead_data_flf, src_data_len, src_bytes),
    CRYPTO_DATA(vwr_crypto_aead_data_flf, dst_data_len, dst_bytes),
};

static const struct vwr_record_field crypto_verify_data[] = {
    CRYPTO_DATA(vwr_crypto_akcipher_data_flf, src_data_len, src_bytes),
    CRYPTO_DATA(vwr_crypto_akcipher_data_flf, dst_data_len, aad_bytes),
};

/* ---- services ---- */

const struct vwr_crypto_forms vwr_crypto_services[] = {
    [VWR_CRYPTO_SERVICE_CIPHER] = {VWR_CRYPTO_CIPHER_CREATE_SESSION, VWR_CRYPTO_CIPHER_DESTROY_SESSION,
                                   VWR_CRYPTO_CIPHER_ENCRYPT, VWR_CRYPTO_CIPHER_DECRYPT,
                                   VWR_RECORD(vwr_crypto_sym_create_session_flf, crypto_cipher_session),
                                   VWR_RECORD(vwr_crypto_sym_data_flf, crypto_cipher_data)},
    [VWR_CRYPTO_SERVICE_HASH] = {VWR_CRYPTO_HASH_CREATE_SESSION, VWR_CRYPTO_HASH_DESTROY_SESSION,
                                 VWR_CRYPTO_HASH, VWR_CRYPTO_HASH,
                                 VWR_RECORD(vwr_crypto_hash_create_session_flf, crypto_hash_session),
                                 VWR_RECORD(vwr_crypto_hash_data_flf, crypto_hash_data)},
    [VWR_CRYPTO_SERVICE_MAC] = {VWR_CRYPTO_MAC_CREATE_SESSION, VWR_CRYPTO_MAC_DESTROY_SESSION, VWR_CRYPTO_MAC,
                                VWR_CRYPTO_MAC,
                                VWR_RECORD(vwr_crypto_mac_create_session_flf, crypto_mac_session),
                                VWR_RECORD(vwr_crypto_mac_data_flf, crypto_hash_data)},
    [VWR_CRYPTO_SERVICE_AEAD] = {VWR_CRYPTO_AEAD_CREATE_SESSION, VWR_CRYPTO_AEAD_DESTROY_SESSION,
                                 VWR_CRYPTO_AEAD_ENCRYPT, VWR_CRYPTO_AEAD_DECRYPT,
                                 VWR_RECORD(vwr_crypto_aead_create_session_flf, crypto_aead_session),
                                 VWR_RECORD(vwr_crypto_aead_data_flf, crypto_aead_data)},
    [VWR_CRYPTO_SERVICE_AKCIPHER] = {VWR_CRYPTO_AKCIPHER_CREATE_SESSION, VWR_CRYPTO_AKCIPHER_DESTROY_SESSION,
                                     VWR_CRYPTO_AKCIPHER_ENCRYPT, VWR_CRYPTO_AKCIPHER_VERIFY,
                                     VWR_RECORD(vwr_crypto_akcipher_create_session_flf,
                                                crypto_akcipher_session),
                                     VWR_RECORD(vwr_crypto_akcipher_data_flf, crypto_hash_data)},
};

const struct vwr_crypto_forms vwr_crypto_chain = {
    VWR_CRYPTO_CIPHER_CREATE_SESSION,
    VWR_CRYPTO_CIPHER_DESTROY_SESSION,
    VWR_CRYPTO_CIPHER_ENCRYPT,
    VWR_CRYPTO_CIPHER_DECRYPT,
    VWR_RECORD(vwr_crypto_sym_create_session_flf, crypto_chain_session),
    VWR_RECORD(vwr_crypto_sym_data_flf, crypto_chain_data)};

const struct vwr_record vwr_crypto_verify = VWR_RECORD(vwr_crypto_akcipher_data_flf, crypto_verify_data);

/* ---- keys ---- */

void vwr_crypto_drop_keys_(struct vwr_crypto_setup *s)
{
    if (s->service == VWR_CRYPTO_SERVICE_HASH)
        s->key_bytes = 0;
    if (s->service != VWR_CRYPTO_SERVICE_CIPHER || s->order == 0 ||
        s->hash_mode != VWR_CRYPTO_SYM_HASH_MODE_AUTH)
        s->auth_key_bytes = 0;
}

bool vwr_crypto_keys_fit_(const struct vwr_crypto_config_info *info, const struct vwr_crypto_setup *s)
{
    const uint32_t auth_bytes = s->service == VWR_CRYPTO_SERVICE_MAC ? s->key_bytes : s->auth_key_bytes;

    return (s->service != VWR_CRYPTO_SERVICE_CIPHER || s->key_bytes <= info->max_cipher_key_len) &&
           auth_bytes <= info->max_auth_key_len;
}
