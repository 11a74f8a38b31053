/* SPDX-License-Identifier: MIT */
#include "vcrypto_common.h"

/* Sessions: messages in the control queue. */

int vwr_vcrypto_check_(const struct vwr_vcrypto *v, const struct vwr_crypto_setup *setup)
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
    if (!vwr_crypto_keys_fit_(&v->info, setup) || bytes > v->max_bytes ||
        (v->options.keys != NULL && bytes > v->key_bytes))
        return VWR_CRYPTO_ERR;
    return VWR_OK;
}

/* ---- kept parameters and keys, in the format of a saved state ---- */

const struct vwr_record vwr_vcrypto_kept_form = VWR_STATE_SESSION_RECORD(vwr_crypto_setup);

static void vcrypto_keep(struct vwr_vcrypto *v, const struct vwr_vcrypto_session *s,
                         const struct vwr_crypto_setup *setup)
{
    uint8_t *const at = vcrypto_keys_of(v, s);

    vwr_record_encode(&vwr_vcrypto_kept_form, false, setup, at);
    vwr_copy(at + vwr_vcrypto_kept_form.bytes, setup->key, setup->key_bytes);
    vwr_copy(at + vwr_vcrypto_kept_form.bytes + setup->key_bytes, setup->auth_key, setup->auth_key_bytes);
}

uint32_t vwr_vcrypto_kept_bytes_(const uint8_t *keys)
{
    struct vwr_crypto_setup setup;

    (void)vwr_record_decode(&vwr_vcrypto_kept_form, false, &setup, keys);
    return vwr_vcrypto_kept_form.bytes + setup.key_bytes + setup.auth_key_bytes;
}

/* ---- messages ---- */

int vwr_vcrypto_make_(struct vwr_vcrypto *v, struct vwr_vcrypto_session *s,
                      const struct vwr_crypto_setup *setup)
{
    const uint16_t next = s->next;
    int r;

    vwr_zero(s, sizeof(*s));
    s->device = v;
    r = v->options.ops->create(v->options.context, s, setup);
    s->next = next;
    if (r != VWR_OK)
        return r;
    s->id = setup->id;
    s->service = setup->service;
    s->op = setup->op;
    s->chained = setup->order != 0;
    if (v->options.keys != NULL)
        vcrypto_keep(v, s, setup);
    return VWR_OK;
}

/* Creates a session with the keys in the buffer, which are stored one after the other. */
static int vcrypto_create_with(struct vwr_vcrypto *v, struct vwr_crypto_setup *setup)
{
    struct vwr_vcrypto_session *const s = &v->options.session[v->free];
    int r;

    if (v->free == v->options.session_count)
        return vwr_vdev_has(vwr_vcrypto_dev(v), VWR_CRYPTO_F_REVISION_1) ? VWR_CRYPTO_NOSPC : VWR_CRYPTO_ERR;
    setup->id = (v->serial + 1u) << VCRYPTO_ROW_BITS | v->free;
    setup->key = v->options.buffer;
    setup->auth_key = v->options.buffer + setup->key_bytes;
    r = vwr_vcrypto_make_(v, s, setup);
    if (r != VWR_OK)
        return r;
    v->serial++;
    v->free = s->next;
    vwr_count_add(&v->stats.created, 1);
    return VWR_OK;
}

/* Copies the keys into the buffer, and clears the buffer on every path. */
static int vcrypto_create(struct vwr_vcrypto *v, struct vwr_vmessage *x, struct vwr_crypto_setup *setup)
{
    const uint32_t bytes = setup->key_bytes + setup->auth_key_bytes;
    int r = VWR_CRYPTO_ERR;

    if (vwr_vmessage_read(x, v->options.buffer, bytes) == bytes)
        r = vcrypto_create_with(v, setup);
    vwr_zero(v->options.buffer, bytes);
    return r;
}

/* false: the session is neither for a single cipher nor for a chain. */
static bool vcrypto_decode(struct vwr_vcrypto *v, uint32_t service, const uint8_t *flf,
                           struct vwr_crypto_setup *setup)
{
    const bool big = vcrypto_is_big(v);
    bool good;

    vwr_zero(setup, sizeof(*setup));
    setup->service = service;
    good = vwr_record_decode(&vwr_crypto_services[service].session, big, setup, flf);
    if (!good)
        good = vwr_record_decode(&vwr_crypto_chain.session, big, setup, flf) && setup->order != 0;
    vwr_crypto_drop_keys_(setup);
    return good;
}

int vwr_vcrypto_create_(struct vwr_vcrypto *v, struct vwr_vmessage *x, uint32_t service, const uint8_t *flf)
{
    struct vwr_crypto_create_session_input back;
    struct vwr_crypto_setup setup;
    int r = vcrypto_decode(v, service, flf, &setup) ? vwr_vcrypto_check_(v, &setup) : VWR_CRYPTO_ERR;

    if (r == VWR_OK)
        r = vcrypto_create(v, x, &setup);
    if (r != VWR_OK)
        return r;
    vwr_zero(&back, sizeof(back));
    back.session_id = vwr_guest64(vwr_vcrypto_dev(v)->legacy, setup.id);
    vwr_vmessage_end(x, VWR_OK, &back);
    return VWR_LATER;
}

int vwr_vcrypto_destroy_(struct vwr_vcrypto *v, uint32_t service, const uint8_t *flf)
{
    struct vwr_crypto_destroy_session_flf f;
    struct vwr_vcrypto_session *s;

    vwr_copy(&f, flf, sizeof(f));
    s = vwr_vcrypto_find_(v, vwr_guest64(vwr_vcrypto_dev(v)->legacy, f.session_id), service);
    if (s == NULL)
        return VWR_CRYPTO_ERR;
    vwr_vcrypto_end_(v, s);
    return VWR_OK;
}
