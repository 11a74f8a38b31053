/* SPDX-License-Identifier: MIT */
#include "vcrypto_common.h"

/* Data: messages of the data queues. */

/*
 * Copies what the driver wrote, and lets the VMM process it: IV, source and additional data, in this order;
 * an IV of AEAD has a fixed size. The results are in the second half of the buffer.
 */
static int vcrypto_take(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_crypto_data *m,
                        uint32_t iv_space)
{
    const uint64_t in = (uint64_t)iv_space + m->src_bytes + m->aad_bytes;
    const uint64_t out = (uint64_t)m->dst_bytes + m->digest_bytes;
    uint8_t *const from = v->options.buffer;

    if (m->iv_bytes > iv_space || in > v->options.max_bytes || out > v->options.max_bytes || out > x->in.left)
        return VWR_CRYPTO_ERR;
    if (vwr_vmessage_read(x, from, (uint32_t)in) != in)
        return VWR_CRYPTO_ERR;
    m->iv = from;
    m->src = from + iv_space;
    m->aad = from + iv_space + m->src_bytes;
    m->dst = from + v->options.max_bytes;
    m->digest = from + v->options.max_bytes + m->dst_bytes;
    return VWR_OK;
}

/* A shorter result is that of an asymmetric cipher. */
static void vcrypto_put(struct vwr_vmessage *x, const struct vwr_crypto_data *m, uint32_t result_bytes)
{
    (void)vwr_vmessage_write(x, m->dst, result_bytes);
    (void)vwr_vmessage_write(x, m->digest, m->digest_bytes);
}

static int vcrypto_process(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_vcrypto_session *s,
                           struct vwr_crypto_data *m, uint32_t iv_space)
{
    const uint32_t room = m->dst_bytes;
    uint32_t result_bytes = room;
    int r = vcrypto_take(v, x, m, iv_space);

    if (r != VWR_OK)
        return r;
    v->current = x;
    r = v->options.ops->run(v->options.context, s, m);
    if (s->service == VWR_CRYPTO_SERVICE_AKCIPHER && m->dst_bytes < room)
        result_bytes = m->dst_bytes;
    if (r == VWR_OK)
        vcrypto_put(x, m, result_bytes);
    vwr_zero(v->options.buffer, iv_space + m->src_bytes + m->aad_bytes);
    vwr_zero(v->options.buffer + v->options.max_bytes, room + m->digest_bytes);
    return r;
}

static int vcrypto_run(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_vcrypto_session *s,
                       struct vwr_crypto_data *m, uint32_t iv_space)
{
    const int r = s != NULL ? vcrypto_process(v, x, s, m, iv_space) : VWR_CRYPTO_INVSESS;

    vwr_vdev_charge(vwr_vcrypto_dev(v), VCRYPTO_WORK, 0);
    return r == VWR_LATER ? r : vwr_vcrypto_status(v, r, &v->stats.requests);
}

/* The request that has a ticket; if none has it, any. */
static struct vwr_vmessage *vcrypto_kept(const struct vwr_vcrypto *v, uint64_t ticket)
{
    unsigned i = 0;

    while (i + 1u < v->options.messages && v->options.message[i].ticket != ticket)
        i++;
    return &v->options.message[i];
}

void vwr_vcrypto_done(struct vwr_vcrypto *v, uint64_t ticket, int result, const struct vwr_crypto_data *data)
{
    struct vwr_vdev *const dev = vwr_vcrypto_dev(v);
    struct vwr_vmessage *x;

    vwr_vdev_lock(dev);
    x = vcrypto_kept(v, ticket);
    if (vwr_vmessage_claim(x, ticket)) {
        if (result == VWR_OK)
            vcrypto_put(x, data, data->dst_bytes);
        else
            x->keep = false;
        vwr_vmessage_finish(x, vwr_vcrypto_status(v, result, &v->stats.requests), NULL);
    }
    vwr_vdev_unlock(dev);
}

/* The operation is that of the session. */
static bool vcrypto_is_for(const struct vwr_vcrypto_session *s, uint32_t op, bool chained)
{
    return s->op == op && s->chained == chained;
}

/* ---- ciphers and chains ---- */

static void vcrypto_get_cipher_data(struct vwr_crypto_data *data, bool legacy, const uint8_t *flf)
{
    struct vwr_crypto_cipher_data_flf f;

    vwr_copy(&f, flf, sizeof(f));
    data->iv_bytes = vwr_guest32(legacy, f.iv_len);
    data->src_bytes = vwr_guest32(legacy, f.src_data_len);
    data->dst_bytes = vwr_guest32(legacy, f.dst_data_len);
}

static void vcrypto_get_chain_data(struct vwr_crypto_data *data, bool legacy, const uint8_t *flf)
{
    struct vwr_crypto_alg_chain_data_flf f;

    vwr_copy(&f, flf, sizeof(f));
    data->iv_bytes = vwr_guest32(legacy, f.iv_len);
    data->src_bytes = vwr_guest32(legacy, f.src_data_len);
    data->dst_bytes = vwr_guest32(legacy, f.dst_data_len);
    data->cipher_start = vwr_guest32(legacy, f.cipher_start_src_offset);
    data->cipher_bytes = vwr_guest32(legacy, f.len_to_cipher);
    data->hash_start = vwr_guest32(legacy, f.hash_start_src_offset);
    data->hash_bytes = vwr_guest32(legacy, f.len_to_hash);
    data->aad_bytes = vwr_guest32(legacy, f.aad_len);
    data->digest_bytes = vwr_guest32(legacy, f.hash_result_len);
}

/* The parts of a chain are within its source, and the result has room for what is ciphered. */
static bool vcrypto_fits(const struct vwr_vmessage *x, uint32_t op_type, const struct vwr_crypto_data *m)
{
    if (op_type == VWR_CRYPTO_SYM_OP_CIPHER)
        return m->src_bytes <= m->dst_bytes && m->dst_bytes <= x->in.left;
    return op_type == VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING && m->cipher_start <= m->src_bytes &&
           m->cipher_bytes <= m->src_bytes - m->cipher_start && m->hash_start <= m->src_bytes &&
           m->hash_bytes <= m->src_bytes - m->hash_start && m->src_bytes <= m->dst_bytes;
}

/*
 * Linux (6.1) adds the segments of a scattered request once for each segment: behind the result are segments
 * of the result again, which the device must not overwrite.
 */
static int vcrypto_cipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x, uint64_t id,
                          uint32_t op_type, const uint8_t *flf, uint32_t opcode)
{
    const bool legacy = s->service.dev.legacy;
    const bool chained = op_type == VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING;
    const uint32_t op = opcode == VWR_CRYPTO_CIPHER_ENCRYPT ? VWR_CRYPTO_OP_ENCRYPT : VWR_CRYPTO_OP_DECRYPT;
    struct vwr_vcrypto_session *const session =
        vwr_vcrypto_find(vcrypto_of(s), id, VWR_CRYPTO_SERVICE_CIPHER);
    struct vwr_crypto_data m;
    int r;

    vwr_zero(&m, sizeof(m));
    m.opcode = opcode;
    if (chained)
        vcrypto_get_chain_data(&m, legacy, flf);
    else
        vcrypto_get_cipher_data(&m, legacy, flf);
    if (session != NULL && (!vcrypto_is_for(session, op, chained) || !vcrypto_fits(x, op_type, &m)))
        return vwr_vcrypto_status(vcrypto_of(s), VWR_CRYPTO_ERR, NULL);
    if (!chained)
        m.dst_bytes = m.src_bytes;
    r = vcrypto_run(vcrypto_of(s), x, session, &m, m.iv_bytes);
    x->keep = r == VWR_OK || r == VWR_LATER;
    return r;
}

static int vcrypto_encrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_crypto_cipher_encrypt_msg *m)
{
    return vcrypto_cipher(s, x, m->session_id, m->op_type, m->op_type_flf, VWR_CRYPTO_CIPHER_ENCRYPT);
}

static int vcrypto_decrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_crypto_cipher_decrypt_msg *m)
{
    return vcrypto_cipher(s, x, m->session_id, m->op_type, m->op_type_flf, VWR_CRYPTO_CIPHER_DECRYPT);
}

/* ---- hashes, MACs and AEAD ---- */

static int vcrypto_digest(struct vwr_crypto_vservice *s, struct vwr_vmessage *x, uint64_t id,
                          uint32_t service, uint32_t opcode)
{
    const bool legacy = s->service.dev.legacy;
    struct vwr_crypto_data m;
    struct vwr_crypto_hash_data_flf f;

    vwr_zero(&m, sizeof(m));
    m.opcode = opcode;
    if (!vwr_vcrypto_read_fixed(vcrypto_of(s), x, &f, sizeof(f), VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY))
        return vwr_vcrypto_status(vcrypto_of(s), VWR_CRYPTO_ERR, NULL);
    m.src_bytes = vwr_guest32(legacy, f.src_data_len);
    m.dst_bytes = vwr_guest32(legacy, f.hash_result_len);
    return vcrypto_run(vcrypto_of(s), x, vwr_vcrypto_find(vcrypto_of(s), id, service), &m, 0);
}

static int vcrypto_hash(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                        const struct vwr_crypto_hash_msg *m)
{
    return vcrypto_digest(s, x, m->session_id, VWR_CRYPTO_SERVICE_HASH, VWR_CRYPTO_HASH);
}

static int vcrypto_mac(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_crypto_mac_msg *m)
{
    return vcrypto_digest(s, x, m->session_id, VWR_CRYPTO_SERVICE_MAC, VWR_CRYPTO_MAC);
}

static int vcrypto_aead(struct vwr_crypto_vservice *s, struct vwr_vmessage *x, uint64_t id, uint32_t opcode)
{
    const bool legacy = s->service.dev.legacy;
    const uint32_t op = opcode == VWR_CRYPTO_AEAD_ENCRYPT ? VWR_CRYPTO_OP_ENCRYPT : VWR_CRYPTO_OP_DECRYPT;
    struct vwr_vcrypto_session *const session = vwr_vcrypto_find(vcrypto_of(s), id, VWR_CRYPTO_SERVICE_AEAD);
    struct vwr_crypto_data m;
    struct vwr_crypto_aead_data_flf f;

    vwr_zero(&m, sizeof(m));
    m.opcode = opcode;
    if (!vwr_vcrypto_read_fixed(vcrypto_of(s), x, &f, sizeof(f), VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY) ||
        (session != NULL && !vcrypto_is_for(session, op, false)))
        return vwr_vcrypto_status(vcrypto_of(s), VWR_CRYPTO_ERR, NULL);
    m.iv_bytes = vwr_guest32(legacy, f.iv_len);
    m.aad_bytes = vwr_guest32(legacy, f.aad_len);
    m.src_bytes = vwr_guest32(legacy, f.src_data_len);
    m.dst_bytes = vwr_guest32(legacy, f.dst_data_len);
    return vcrypto_run(vcrypto_of(s), x, session, &m, VWR_CRYPTO_IV);
}

static int vcrypto_aead_encrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_crypto_aead_encrypt_msg *m)
{
    return vcrypto_aead(s, x, m->session_id, VWR_CRYPTO_AEAD_ENCRYPT);
}

static int vcrypto_aead_decrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_crypto_aead_decrypt_msg *m)
{
    return vcrypto_aead(s, x, m->session_id, VWR_CRYPTO_AEAD_DECRYPT);
}

/* ---- asymmetric ciphers ---- */

/* The driver learns the length of the result by the used length. */
static int vcrypto_akcipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x, uint64_t id,
                            uint32_t opcode)
{
    const bool legacy = s->service.dev.legacy;
    struct vwr_vcrypto_session *const session =
        vwr_vcrypto_find(vcrypto_of(s), id, VWR_CRYPTO_SERVICE_AKCIPHER);
    struct vwr_crypto_data m;
    struct vwr_crypto_akcipher_data_flf f;
    uint32_t other;

    vwr_zero(&m, sizeof(m));
    m.opcode = opcode;
    if (!vwr_vcrypto_read_fixed(vcrypto_of(s), x, &f, sizeof(f), VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY))
        return vwr_vcrypto_status(vcrypto_of(s), VWR_CRYPTO_ERR, NULL);
    m.src_bytes = vwr_guest32(legacy, f.src_data_len);
    other = vwr_guest32(legacy, f.dst_data_len);
    if (opcode == VWR_CRYPTO_AKCIPHER_VERIFY)
        m.aad_bytes = other;
    else
        m.dst_bytes = other;
    x->exact = true;
    vwr_vdev_charge(vwr_vcrypto_dev(vcrypto_of(s)), VCRYPTO_ASYMMETRIC, 0);
    return vcrypto_run(vcrypto_of(s), x, session, &m, 0);
}

static int vcrypto_ak_encrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_crypto_akcipher_encrypt_msg *m)
{
    return vcrypto_akcipher(s, x, m->session_id, VWR_CRYPTO_AKCIPHER_ENCRYPT);
}

static int vcrypto_ak_decrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_crypto_akcipher_decrypt_msg *m)
{
    return vcrypto_akcipher(s, x, m->session_id, VWR_CRYPTO_AKCIPHER_DECRYPT);
}

static int vcrypto_ak_sign(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_crypto_akcipher_sign_msg *m)
{
    return vcrypto_akcipher(s, x, m->session_id, VWR_CRYPTO_AKCIPHER_SIGN);
}

static int vcrypto_ak_verify(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_crypto_akcipher_verify_msg *m)
{
    return vcrypto_akcipher(s, x, m->session_id, VWR_CRYPTO_AKCIPHER_VERIFY);
}

const struct vwr_crypto_vservice_calls vwr_vcrypto_calls = {
    .cipher_create_session = vwr_vcrypto_create_cipher,
    .cipher_destroy_session = vwr_vcrypto_destroy_cipher,
    .hash_create_session = vwr_vcrypto_create_hash,
    .hash_destroy_session = vwr_vcrypto_destroy_hash,
    .mac_create_session = vwr_vcrypto_create_mac,
    .mac_destroy_session = vwr_vcrypto_destroy_mac,
    .aead_create_session = vwr_vcrypto_create_aead,
    .aead_destroy_session = vwr_vcrypto_destroy_aead,
    .akcipher_create_session = vwr_vcrypto_create_akcipher,
    .akcipher_destroy_session = vwr_vcrypto_destroy_akcipher,
    .cipher_encrypt = vcrypto_encrypt,
    .cipher_decrypt = vcrypto_decrypt,
    .hash = vcrypto_hash,
    .mac = vcrypto_mac,
    .aead_encrypt = vcrypto_aead_encrypt,
    .aead_decrypt = vcrypto_aead_decrypt,
    .akcipher_encrypt = vcrypto_ak_encrypt,
    .akcipher_decrypt = vcrypto_ak_decrypt,
    .akcipher_sign = vcrypto_ak_sign,
    .akcipher_verify = vcrypto_ak_verify,
    .reset = vwr_vcrypto_reset,
};
