/* SPDX-License-Identifier: MIT */
#include "vcrypto_common.h"

/* Sessions: messages of the control queue. */

int vwr_vcrypto_check(const struct vwr_vcrypto *v, const struct vwr_crypto_setup *setup)
{
    const uint64_t bytes = (uint64_t)setup->key_bytes + setup->auth_key_bytes;

    if (!vwr_crypto_info_offers(&v->info, setup->service, setup->algo))
        return VWR_CRYPTO_NOTSUPP;
    if (setup->service == VWR_CRYPTO_SERVICE_CIPHER && setup->key_bytes > v->info.max_cipher_key_len)
        return VWR_CRYPTO_ERR;
    if (setup->auth_key_bytes > v->info.max_auth_key_len ||
        (setup->service == VWR_CRYPTO_SERVICE_MAC && setup->key_bytes > v->info.max_auth_key_len))
        return VWR_CRYPTO_ERR;
    if (bytes > v->options.max_bytes || (v->options.keys != NULL && bytes > v->options.key_bytes))
        return VWR_CRYPTO_ERR;
    return VWR_OK;
}

/* In the form of a saved state. */
static void vcrypto_keep(struct vwr_vcrypto *v, const struct vwr_vcrypto_session *s,
                         const struct vwr_crypto_setup *setup)
{
    uint8_t *const at = vcrypto_keys_of(v, s);
    struct vwr_state_session k;

    k.id = vwr_cpu_to_le64(s->id);
    k.service = vwr_cpu_to_le32(setup->service);
    k.algo = vwr_cpu_to_le32(setup->algo);
    k.op = vwr_cpu_to_le32(setup->op);
    k.order = vwr_cpu_to_le32(setup->order);
    k.hash_mode = vwr_cpu_to_le32(setup->hash_mode);
    k.hash_algo = vwr_cpu_to_le32(setup->hash_algo);
    k.key_type = vwr_cpu_to_le32(setup->key_type);
    k.padding = vwr_cpu_to_le32(setup->padding);
    k.result_bytes = vwr_cpu_to_le32(setup->result_bytes);
    k.aad_bytes = vwr_cpu_to_le32(setup->aad_bytes);
    k.key_bytes = vwr_cpu_to_le32(setup->key_bytes);
    k.auth_key_bytes = vwr_cpu_to_le32(setup->auth_key_bytes);
    vwr_copy(at, &k, sizeof(k));
    vwr_copy(at + sizeof(k), setup->key, setup->key_bytes);
    vwr_copy(at + sizeof(k) + setup->key_bytes, setup->auth_key, setup->auth_key_bytes);
}

int vwr_vcrypto_make(struct vwr_vcrypto *v, struct vwr_vcrypto_session *s,
                     const struct vwr_crypto_setup *setup, uint64_t id)
{
    const uint16_t next = s->next;
    int r;

    vwr_zero(s, sizeof(*s));
    s->device = v;
    r = v->options.ops->create(v->options.context, s, setup);
    s->next = next;
    if (r != VWR_OK)
        return r;
    s->id = id;
    s->service = setup->service;
    s->op = setup->op;
    s->chained = setup->order != 0;
    if (v->options.keys != NULL)
        vcrypto_keep(v, s, setup);
    return VWR_OK;
}

/* Copies the keys, which follow each other, and creates a session with them. */
static int vcrypto_create(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_crypto_setup *setup,
                          uint64_t *id)
{
    struct vwr_vcrypto_session *const s = &v->options.session[v->free];
    uint8_t *const keys = v->options.buffer;
    int r = vwr_vcrypto_check(v, setup);
    uint32_t bytes;

    if (r != VWR_OK)
        return r;
    bytes = setup->key_bytes + setup->auth_key_bytes;
    if (vwr_vmessage_read(x, keys, bytes) != bytes)
        return VWR_CRYPTO_ERR;
    if (v->free == v->options.sessions)
        return vwr_vdev_has(vwr_vcrypto_dev(v), VWR_CRYPTO_F_REVISION_1) ? VWR_CRYPTO_NOSPC : VWR_CRYPTO_ERR;
    setup->key = keys;
    setup->auth_key = keys + setup->key_bytes;
    *id = (v->serial + 1u) << VCRYPTO_ROW_BITS | v->free;
    r = vwr_vcrypto_make(v, s, setup, *id);
    vwr_zero(keys, bytes);
    if (r != VWR_OK)
        return r;
    v->serial++;
    v->free = s->next;
    return VWR_OK;
}

static int vcrypto_finish(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_crypto_setup *setup,
                          uint64_t *id)
{
    return vwr_vcrypto_status(v, vcrypto_create(v, x, setup, id), &v->stats.created);
}

static int vcrypto_refuse(struct vwr_vcrypto *v)
{
    return vwr_vcrypto_status(v, VWR_CRYPTO_ERR, &v->stats.created);
}

static void vcrypto_begin(struct vwr_crypto_setup *setup, uint32_t service)
{
    vwr_zero(setup, sizeof(*setup));
    setup->service = service;
}

static void vcrypto_get_cipher(struct vwr_crypto_setup *setup, bool legacy,
                               const struct vwr_crypto_cipher_session_flf *f)
{
    setup->algo = vwr_guest32(legacy, f->algo);
    setup->key_bytes = vwr_guest32(legacy, f->key_len);
    setup->op = vwr_guest32(legacy, f->op);
}

static bool vcrypto_get_chain(struct vwr_crypto_setup *setup, bool legacy,
                              const struct vwr_crypto_alg_chain_session_flf *f)
{
    struct vwr_crypto_mac_create_session_flf mac; /* a hash has its first fields */

    vwr_copy(&mac, f->algo_flf, sizeof(mac));
    vcrypto_get_cipher(setup, legacy, &f->cipher_hdr);
    setup->order = vwr_guest32(legacy, f->alg_chain_order);
    setup->hash_mode = vwr_guest32(legacy, f->hash_mode);
    setup->hash_algo = vwr_guest32(legacy, mac.algo);
    setup->result_bytes = vwr_guest32(legacy, mac.hash_result_len);
    if (setup->hash_mode == VWR_CRYPTO_SYM_HASH_MODE_AUTH)
        setup->auth_key_bytes = vwr_guest32(legacy, mac.auth_key_len);
    setup->aad_bytes = vwr_guest32(legacy, f->aad_len);
    return setup->order == VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER ||
           setup->order == VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH;
}

static bool vcrypto_is_op(uint32_t op)
{
    return op == VWR_CRYPTO_OP_ENCRYPT || op == VWR_CRYPTO_OP_DECRYPT;
}

int vwr_vcrypto_create_cipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_crypto_cipher_create_session_msg *m,
                              struct vwr_crypto_cipher_create_session_answer *a)
{
    const bool legacy = s->service.dev.legacy;
    struct vwr_crypto_setup setup;
    struct vwr_crypto_alg_chain_session_flf chain;
    struct vwr_crypto_cipher_session_flf cipher;
    bool ok = m->op_type == VWR_CRYPTO_SYM_OP_CIPHER;

    vcrypto_begin(&setup, VWR_CRYPTO_SERVICE_CIPHER);
    vwr_copy(&chain, m->op_flf, sizeof(chain));
    vwr_copy(&cipher, m->op_flf, sizeof(cipher));
    if (ok)
        vcrypto_get_cipher(&setup, legacy, &cipher);
    else if (m->op_type == VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING)
        ok = vcrypto_get_chain(&setup, legacy, &chain);
    if (!ok || !vcrypto_is_op(setup.op))
        return vcrypto_refuse(vcrypto_of(s));
    return vcrypto_finish(vcrypto_of(s), x, &setup, &a->session_id);
}

int vwr_vcrypto_create_hash(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_crypto_hash_create_session_msg *m,
                            struct vwr_crypto_hash_create_session_answer *a)
{
    struct vwr_crypto_setup setup;
    struct vwr_crypto_hash_create_session_flf f;

    vcrypto_begin(&setup, VWR_CRYPTO_SERVICE_HASH);
    (void)m;
    if (!vwr_vcrypto_read_fixed(vcrypto_of(s), x, &f, sizeof(f), VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY))
        return vcrypto_refuse(vcrypto_of(s));
    setup.algo = vwr_guest32(s->service.dev.legacy, f.algo);
    setup.result_bytes = vwr_guest32(s->service.dev.legacy, f.hash_result_len);
    return vcrypto_finish(vcrypto_of(s), x, &setup, &a->session_id);
}

int vwr_vcrypto_create_mac(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_crypto_mac_create_session_msg *m,
                           struct vwr_crypto_mac_create_session_answer *a)
{
    struct vwr_crypto_setup setup;
    struct vwr_crypto_mac_create_session_flf f;

    vcrypto_begin(&setup, VWR_CRYPTO_SERVICE_MAC);
    (void)m;
    if (!vwr_vcrypto_read_fixed(vcrypto_of(s), x, &f, sizeof(f), VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY))
        return vcrypto_refuse(vcrypto_of(s));
    setup.algo = vwr_guest32(s->service.dev.legacy, f.algo);
    setup.result_bytes = vwr_guest32(s->service.dev.legacy, f.hash_result_len);
    setup.key_bytes = vwr_guest32(s->service.dev.legacy, f.auth_key_len);
    return vcrypto_finish(vcrypto_of(s), x, &setup, &a->session_id);
}

int vwr_vcrypto_create_aead(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_crypto_aead_create_session_msg *m,
                            struct vwr_crypto_aead_create_session_answer *a)
{
    struct vwr_crypto_setup setup;
    const bool legacy = s->service.dev.legacy;
    struct vwr_crypto_aead_create_session_flf f;

    vcrypto_begin(&setup, VWR_CRYPTO_SERVICE_AEAD);
    (void)m;
    if (!vwr_vcrypto_read_fixed(vcrypto_of(s), x, &f, sizeof(f), VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY) ||
        !vcrypto_is_op(vwr_guest32(legacy, f.op)))
        return vcrypto_refuse(vcrypto_of(s));
    setup.algo = vwr_guest32(legacy, f.algo);
    setup.key_bytes = vwr_guest32(legacy, f.key_len);
    setup.result_bytes = vwr_guest32(legacy, f.tag_len);
    setup.aad_bytes = vwr_guest32(legacy, f.aad_len);
    setup.op = vwr_guest32(legacy, f.op);
    return vcrypto_finish(vcrypto_of(s), x, &setup, &a->session_id);
}

int vwr_vcrypto_create_akcipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_crypto_akcipher_create_session_msg *m,
                                struct vwr_crypto_akcipher_create_session_answer *a)
{
    const bool legacy = s->service.dev.legacy;
    struct vwr_crypto_setup setup;
    struct vwr_crypto_rsa_session_para rsa;

    vcrypto_begin(&setup, VWR_CRYPTO_SERVICE_AKCIPHER);
    vwr_copy(&rsa, m->algo_flf, sizeof(rsa));
    setup.algo = m->akcipher_create_session_flf_algo;
    setup.key_bytes = m->key_len;
    setup.key_type = m->key_type;
    setup.padding = vwr_guest32(legacy, rsa.padding_algo); /* ECDSA has its curve there */
    setup.hash_algo = vwr_guest32(legacy, rsa.hash_algo);
    return vcrypto_finish(vcrypto_of(s), x, &setup, &a->session_id);
}

/* ---- the end of a session ---- */

static int vcrypto_destroy(struct vwr_crypto_vservice *s, struct vwr_vmessage *x, uint32_t service)
{
    struct vwr_vcrypto *const v = vcrypto_of(s);
    struct vwr_vcrypto_session *session = NULL;
    struct vwr_crypto_destroy_session_flf f;

    if (vwr_vcrypto_read_fixed(v, x, &f, sizeof(f), VWR_CRYPTO_CTRLQ_OP_SPEC_HDR_LEGACY))
        session = vwr_vcrypto_find(v, vwr_guest64(s->service.dev.legacy, f.session_id), service);
    if (session == NULL)
        return vcrypto_refuse(v);
    vwr_vcrypto_end(v, session);
    return vwr_vcrypto_status(v, VWR_OK, NULL);
}

int vwr_vcrypto_destroy_cipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_crypto_cipher_destroy_session_msg *m)
{
    (void)m;
    return vcrypto_destroy(s, x, VWR_CRYPTO_SERVICE_CIPHER);
}

int vwr_vcrypto_destroy_hash(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_crypto_hash_destroy_session_msg *m)
{
    (void)m;
    return vcrypto_destroy(s, x, VWR_CRYPTO_SERVICE_HASH);
}

int vwr_vcrypto_destroy_mac(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_crypto_mac_destroy_session_msg *m)
{
    (void)m;
    return vcrypto_destroy(s, x, VWR_CRYPTO_SERVICE_MAC);
}

int vwr_vcrypto_destroy_aead(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_crypto_aead_destroy_session_msg *m)
{
    (void)m;
    return vcrypto_destroy(s, x, VWR_CRYPTO_SERVICE_AEAD);
}

int vwr_vcrypto_destroy_akcipher(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_crypto_akcipher_destroy_session_msg *m)
{
    (void)m;
    return vcrypto_destroy(s, x, VWR_CRYPTO_SERVICE_AKCIPHER);
}
