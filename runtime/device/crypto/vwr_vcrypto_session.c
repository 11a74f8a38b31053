/* SPDX-License-Identifier: MIT */
#include "vcrypto_common.h"

/* Sessions: messages of the control queue. */

int vwr_vcrypto_check(const struct vwr_vcrypto *v, const struct vwr_crypto_setup *setup)
{
    const uint64_t bytes = (uint64_t)setup->key_bytes + setup->auth_key_bytes;
    const bool cipher = setup->service == VWR_CRYPTO_SERVICE_CIPHER;
    const bool directed = setup->op == VWR_CRYPTO_OP_ENCRYPT || setup->op == VWR_CRYPTO_OP_DECRYPT;

    if (cipher || setup->service == VWR_CRYPTO_SERVICE_AEAD ? !directed : setup->op != 0)
        return VWR_CRYPTO_ERR;
    if (setup->order > (cipher ? (uint32_t)VWR_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH : 0u))
        return VWR_CRYPTO_ERR;
    if (!vwr_crypto_info_offers(&v->info, setup->service, setup->algo))
        return VWR_CRYPTO_NOTSUPP;
    if (!vwr_crypto_keys_fit(&v->info, setup) || bytes > v->options.max_bytes ||
        (v->options.keys != NULL && bytes > v->options.key_bytes))
        return VWR_CRYPTO_ERR;
    return VWR_OK;
}

/* ---- what is kept, in the form of a saved state ---- */

#define VCRYPTO_KEPT(its, member) VWR_RECORD_FIELD(vwr_state_session, its, vwr_vcrypto_kept, member)

static const struct vwr_record_field vcrypto_kept_fields[] = {
    VCRYPTO_KEPT(id, id),
    VCRYPTO_KEPT(service, setup.service),
    VCRYPTO_KEPT(algo, setup.algo),
    VCRYPTO_KEPT(op, setup.op),
    VCRYPTO_KEPT(order, setup.order),
    VCRYPTO_KEPT(hash_mode, setup.hash_mode),
    VCRYPTO_KEPT(hash_algo, setup.hash_algo),
    VCRYPTO_KEPT(key_type, setup.key_type),
    VCRYPTO_KEPT(padding, setup.padding),
    VCRYPTO_KEPT(result_bytes, setup.result_bytes),
    VCRYPTO_KEPT(aad_bytes, setup.aad_bytes),
    VCRYPTO_KEPT(key_bytes, setup.key_bytes),
    VCRYPTO_KEPT(auth_key_bytes, setup.auth_key_bytes),
};
const struct vwr_record vwr_vcrypto_kept_form = VWR_RECORD(vwr_state_session, vcrypto_kept_fields);

static void vcrypto_keep(struct vwr_vcrypto *v, const struct vwr_vcrypto_session *s,
                         const struct vwr_crypto_setup *setup)
{
    uint8_t *const at = vcrypto_keys_of(v, s);
    struct vwr_vcrypto_kept kept;

    kept.id = s->id;
    vwr_copy(&kept.setup, setup, sizeof(*setup));
    vwr_record_encode(&vwr_vcrypto_kept_form, false, &kept, at);
    vwr_copy(at + vwr_vcrypto_kept_form.bytes, setup->key, setup->key_bytes);
    vwr_copy(at + vwr_vcrypto_kept_form.bytes + setup->key_bytes, setup->auth_key, setup->auth_key_bytes);
}

uint32_t vwr_vcrypto_kept_bytes(const uint8_t *keys)
{
    struct vwr_vcrypto_kept kept;

    vwr_record_decode(&vwr_vcrypto_kept_form, false, &kept, keys);
    return vwr_vcrypto_kept_form.bytes + kept.setup.key_bytes + kept.setup.auth_key_bytes;
}

/* ---- messages ---- */

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
                          uint64_t id)
{
    struct vwr_vcrypto_session *const s = &v->options.session[v->free];
    const uint32_t bytes = setup->key_bytes + setup->auth_key_bytes;
    uint8_t *const keys = v->options.buffer;
    int r;

    if (vwr_vmessage_read(x, keys, bytes) != bytes)
        return VWR_CRYPTO_ERR;
    if (v->free == v->options.sessions)
        return vwr_vdev_has(vwr_vcrypto_dev(v), VWR_CRYPTO_F_REVISION_1) ? VWR_CRYPTO_NOSPC : VWR_CRYPTO_ERR;
    setup->key = keys;
    setup->auth_key = keys + setup->key_bytes;
    r = vwr_vcrypto_make(v, s, setup, id);
    vwr_zero(keys, bytes);
    if (r != VWR_OK)
        return r;
    v->serial++;
    v->free = s->next;
    vwr_count_add(&v->stats.created, 1);
    return VWR_OK;
}

/* false: neither a cipher alone nor a chain. */
static bool vcrypto_decode(struct vwr_vcrypto *v, uint32_t service, const uint8_t *flf,
                           struct vwr_crypto_setup *setup)
{
    const bool cipher = service == VWR_CRYPTO_SERVICE_CIPHER;
    const uint32_t op_type =
        vwr_bytes_number(flf + __builtin_offsetof(struct vwr_crypto_sym_create_session_flf, op_type),
                         sizeof(vwr_le32), vcrypto_is_big(v));
    const bool chained = cipher && op_type == VWR_CRYPTO_SYM_OP_ALGORITHM_CHAINING;

    vwr_zero(setup, sizeof(*setup));
    setup->service = service;
    vwr_record_decode(&crypto_forms(service, chained)->session, vcrypto_is_big(v), setup, flf);
    vwr_crypto_drop_keys(setup);
    return !cipher || (chained ? setup->order != 0 : op_type == VWR_CRYPTO_SYM_OP_CIPHER);
}

int vwr_vcrypto_create(struct vwr_vcrypto *v, struct vwr_vmessage *x, uint32_t service, const uint8_t *flf)
{
    const uint64_t id = (v->serial + 1u) << VCRYPTO_ROW_BITS | v->free;
    struct vwr_crypto_create_session_input back;
    struct vwr_crypto_setup setup;
    int r = vcrypto_decode(v, service, flf, &setup) ? vwr_vcrypto_check(v, &setup) : VWR_CRYPTO_ERR;

    if (r == VWR_OK)
        r = vcrypto_create(v, x, &setup, id);
    if (r != VWR_OK)
        return r;
    vwr_zero(&back, sizeof(back));
    back.session_id = vwr_guest64(vwr_vcrypto_dev(v)->legacy, id);
    vwr_vmessage_end(x, VWR_OK, &back);
    return VWR_LATER;
}

int vwr_vcrypto_destroy(struct vwr_vcrypto *v, uint32_t service, const uint8_t *flf)
{
    struct vwr_crypto_destroy_session_flf f;
    struct vwr_vcrypto_session *s;

    vwr_copy(&f, flf, sizeof(f));
    s = vwr_vcrypto_find(v, vwr_guest64(vwr_vcrypto_dev(v)->legacy, f.session_id), service);
    if (s == NULL)
        return VWR_CRYPTO_ERR;
    vwr_vcrypto_end(v, s);
    return VWR_OK;
}
