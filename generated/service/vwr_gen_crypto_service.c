/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/crypto.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Crypto Device */

#include "vwr/service/crypto.h"

static struct vwr_crypto_vservice *service_crypto_of(struct vwr_vdev *v)
{
    return (struct vwr_crypto_vservice *)(void *)v;
}

static int service_crypto_cipher_create_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_cipher_create_session_msg_form *const w = fixed;
    struct vwr_crypto_cipher_create_session_msg m;
    struct vwr_crypto_cipher_create_session_answer a;
    struct vwr_crypto_cipher_create_session_answer_form form;
    int r;

    if (s->calls->cipher_create_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_CIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_cipher_create_session_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->cipher_create_session(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_crypto_cipher_create_session_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_crypto_cipher_destroy_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_cipher_destroy_session_msg_form *const w = fixed;
    struct vwr_crypto_cipher_destroy_session_msg m;

    if (s->calls->cipher_destroy_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_CIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_cipher_destroy_session_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 8u) != 0)
        return VWR_EUNSUPP;

    return s->calls->cipher_destroy_session(s, x, &m);
}

static int service_crypto_hash_create_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_hash_create_session_msg_form *const w = fixed;
    struct vwr_crypto_hash_create_session_msg m;
    struct vwr_crypto_hash_create_session_answer a;
    struct vwr_crypto_hash_create_session_answer_form form;
    int r;

    if (s->calls->hash_create_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_HASH & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_hash_create_session_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 8u) != 0)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->hash_create_session(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_crypto_hash_create_session_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_crypto_hash_destroy_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_hash_destroy_session_msg_form *const w = fixed;
    struct vwr_crypto_hash_destroy_session_msg m;

    if (s->calls->hash_destroy_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_HASH & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_hash_destroy_session_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 8u) != 0)
        return VWR_EUNSUPP;

    return s->calls->hash_destroy_session(s, x, &m);
}

static int service_crypto_mac_create_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_mac_create_session_msg_form *const w = fixed;
    struct vwr_crypto_mac_create_session_msg m;
    struct vwr_crypto_mac_create_session_answer a;
    struct vwr_crypto_mac_create_session_answer_form form;
    int r;

    if (s->calls->mac_create_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_MAC & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_mac_create_session_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->mac_create_session(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_crypto_mac_create_session_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_crypto_mac_destroy_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_mac_destroy_session_msg_form *const w = fixed;
    struct vwr_crypto_mac_destroy_session_msg m;

    if (s->calls->mac_destroy_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_MAC & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_mac_destroy_session_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 8u) != 0)
        return VWR_EUNSUPP;

    return s->calls->mac_destroy_session(s, x, &m);
}

static int service_crypto_aead_create_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_aead_create_session_msg_form *const w = fixed;
    struct vwr_crypto_aead_create_session_msg m;
    struct vwr_crypto_aead_create_session_answer a;
    struct vwr_crypto_aead_create_session_answer_form form;
    int r;

    if (s->calls->aead_create_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AEAD & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_aead_create_session_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->aead_create_session(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_crypto_aead_create_session_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_crypto_aead_destroy_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_aead_destroy_session_msg_form *const w = fixed;
    struct vwr_crypto_aead_destroy_session_msg m;

    if (s->calls->aead_destroy_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AEAD & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_aead_destroy_session_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 8u) != 0)
        return VWR_EUNSUPP;

    return s->calls->aead_destroy_session(s, x, &m);
}

static int service_crypto_akcipher_create_session(struct vwr_service *service, struct vwr_vmessage *x,
                                                  const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_akcipher_create_session_msg_form *const w = fixed;
    struct vwr_crypto_akcipher_create_session_msg m;
    struct vwr_crypto_akcipher_create_session_answer a;
    struct vwr_crypto_akcipher_create_session_answer_form form;
    int r;

    if (s->calls->akcipher_create_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AKCIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_akcipher_create_session_msg_decode(w, v->legacy, &m);
    if (x->out.left != (uint64_t)m.key_len * 1u)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->akcipher_create_session(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_crypto_akcipher_create_session_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_crypto_akcipher_destroy_session(struct vwr_service *service, struct vwr_vmessage *x,
                                                   const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_akcipher_destroy_session_msg_form *const w = fixed;
    struct vwr_crypto_akcipher_destroy_session_msg m;

    if (s->calls->akcipher_destroy_session == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AKCIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_akcipher_destroy_session_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 8u) != 0)
        return VWR_EUNSUPP;

    return s->calls->akcipher_destroy_session(s, x, &m);
}

static const struct vwr_service_row service_crypto_controlq_rows[] = {
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 72, .first = 16, .last = 0, .status_at = 8,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_cipher_create_session,
    },
    {
        .value = {3u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_cipher_destroy_session,
    },
    {
        .value = {258u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 16, .last = 0, .status_at = 8,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_hash_create_session,
    },
    {
        .value = {259u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_hash_destroy_session,
    },
    {
        .value = {514u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 16, .last = 0, .status_at = 8,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_mac_create_session,
    },
    {
        .value = {515u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_mac_destroy_session,
    },
    {
        .value = {770u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 16, .last = 0, .status_at = 8,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_aead_create_session,
    },
    {
        .value = {771u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_aead_destroy_session,
    },
    {
        .value = {1028u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 72, .first = 16, .last = 0, .status_at = 8,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_akcipher_create_session,
    },
    {
        .value = {1029u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_akcipher_destroy_session,
    },
};

const struct vwr_service_queue vwr_crypto_vservice_controlq = {
    .rows = service_crypto_controlq_rows,
    .count = 10,
    .selects = 1,
    .status_bytes = 4,
    .status_big = false,
    .alike = true,
    .select = {
        {.at = 0, .bytes = 4, .shift = 0, .big = false, .mask = 0xffffffffu},
    },
    .select_end = 4,
    .first = 0, .last = 1, .status_at = 8,
    .silent = false, .refuse = VWR_CRYPTO_NOTSUPP,
};

static int service_crypto_cipher_encrypt(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_cipher_encrypt_msg_form *const w = fixed;
    struct vwr_crypto_cipher_encrypt_msg m;

    if (s->calls->cipher_encrypt == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_CIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_cipher_encrypt_msg_decode(w, v->legacy, &m);

    return s->calls->cipher_encrypt(s, x, &m);
}

static int service_crypto_cipher_decrypt(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_cipher_decrypt_msg_form *const w = fixed;
    struct vwr_crypto_cipher_decrypt_msg m;

    if (s->calls->cipher_decrypt == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_CIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_cipher_decrypt_msg_decode(w, v->legacy, &m);

    return s->calls->cipher_decrypt(s, x, &m);
}

static int service_crypto_hash(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_hash_msg_form *const w = fixed;
    struct vwr_crypto_hash_msg m;

    if (s->calls->hash == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_HASH & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_hash_msg_decode(w, v->legacy, &m);

    return s->calls->hash(s, x, &m);
}

static int service_crypto_mac(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_mac_msg_form *const w = fixed;
    struct vwr_crypto_mac_msg m;

    if (s->calls->mac == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_MAC & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_mac_msg_decode(w, v->legacy, &m);

    return s->calls->mac(s, x, &m);
}

static int service_crypto_aead_encrypt(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_aead_encrypt_msg_form *const w = fixed;
    struct vwr_crypto_aead_encrypt_msg m;

    if (s->calls->aead_encrypt == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AEAD & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_aead_encrypt_msg_decode(w, v->legacy, &m);
    if (x->out.left < (uint64_t)16u * 1u)
        return VWR_EUNSUPP;

    return s->calls->aead_encrypt(s, x, &m);
}

static int service_crypto_aead_decrypt(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_aead_decrypt_msg_form *const w = fixed;
    struct vwr_crypto_aead_decrypt_msg m;

    if (s->calls->aead_decrypt == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AEAD & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_aead_decrypt_msg_decode(w, v->legacy, &m);
    if (x->out.left < (uint64_t)16u * 1u)
        return VWR_EUNSUPP;

    return s->calls->aead_decrypt(s, x, &m);
}

static int service_crypto_akcipher_encrypt(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_akcipher_encrypt_msg_form *const w = fixed;
    struct vwr_crypto_akcipher_encrypt_msg m;

    if (s->calls->akcipher_encrypt == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AKCIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_akcipher_encrypt_msg_decode(w, v->legacy, &m);

    return s->calls->akcipher_encrypt(s, x, &m);
}

static int service_crypto_akcipher_decrypt(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_akcipher_decrypt_msg_form *const w = fixed;
    struct vwr_crypto_akcipher_decrypt_msg m;

    if (s->calls->akcipher_decrypt == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AKCIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_akcipher_decrypt_msg_decode(w, v->legacy, &m);

    return s->calls->akcipher_decrypt(s, x, &m);
}

static int service_crypto_akcipher_sign(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_akcipher_sign_msg_form *const w = fixed;
    struct vwr_crypto_akcipher_sign_msg m;

    if (s->calls->akcipher_sign == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AKCIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_akcipher_sign_msg_decode(w, v->legacy, &m);

    return s->calls->akcipher_sign(s, x, &m);
}

static int service_crypto_akcipher_verify(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_akcipher_verify_msg_form *const w = fixed;
    struct vwr_crypto_akcipher_verify_msg m;

    if (s->calls->akcipher_verify == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_AKCIPHER & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_akcipher_verify_msg_decode(w, v->legacy, &m);

    return s->calls->akcipher_verify(s, x, &m);
}

static int service_crypto_ipsec_outbound(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_ipsec_outbound_msg_form *const w = fixed;
    struct vwr_crypto_ipsec_outbound_msg m;

    if (s->calls->ipsec_outbound == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_IPSEC & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_ipsec_outbound_msg_decode(w, v->legacy, &m);
    if (x->out.left != (uint64_t)m.src_data_len * 1u)
        return VWR_EUNSUPP;
    if (x->in.left > (uint64_t)m.dst_data_len * 1u)
        x->in.left = (uint32_t)((uint64_t)m.dst_data_len * 1u);

    return s->calls->ipsec_outbound(s, x, &m);
}

static int service_crypto_ipsec_inbound(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const struct vwr_crypto_ipsec_inbound_msg_form *const w = fixed;
    struct vwr_crypto_ipsec_inbound_msg m;

    if (s->calls->ipsec_inbound == NULL || (vwr_guest32(v->legacy,
        s->config.crypto_services) >> VWR_CRYPTO_SERVICE_IPSEC & 1u) == 0)
        return VWR_EUNSUPP;
    vwr_crypto_ipsec_inbound_msg_decode(w, v->legacy, &m);
    if (x->out.left != (uint64_t)m.src_data_len * 1u)
        return VWR_EUNSUPP;
    if (x->in.left > (uint64_t)m.dst_data_len * 1u)
        x->in.left = (uint32_t)((uint64_t)m.dst_data_len * 1u);

    return s->calls->ipsec_inbound(s, x, &m);
}

static const struct vwr_service_row service_crypto_dataq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 72, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_cipher_encrypt,
    },
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 72, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_cipher_decrypt,
    },
    {
        .value = {256u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_hash,
    },
    {
        .value = {512u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_mac,
    },
    {
        .value = {768u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_aead_encrypt,
    },
    {
        .value = {769u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_aead_decrypt,
    },
    {
        .value = {1024u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_akcipher_encrypt,
    },
    {
        .value = {1025u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_akcipher_decrypt,
    },
    {
        .value = {1026u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_akcipher_sign,
    },
    {
        .value = {1027u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_akcipher_verify,
    },
    {
        .value = {1280u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_ipsec_outbound,
    },
    {
        .value = {1281u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_CRYPTO_OK, .refuse = VWR_CRYPTO_NOTSUPP,
        .call = service_crypto_ipsec_inbound,
    },
};

const struct vwr_service_queue vwr_crypto_vservice_dataq = {
    .rows = service_crypto_dataq_rows,
    .count = 12,
    .selects = 1,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 4, .shift = 0, .big = false, .mask = 0xffffffffu},
    },
    .select_end = 4,
    .first = 0, .last = 1, .status_at = 0,
    .silent = false, .refuse = VWR_CRYPTO_NOTSUPP,
};

static uint16_t service_crypto_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_crypto_vservice *const s = service_crypto_of(v);
    const uint32_t before = q->last_avail;
    uint16_t n = 0;

    if (queue == vwr_crypto_queue_controlq_at(vwr_guest32(v->legacy, s->config.max_dataqueues)))
        return vwr_service_serve(&s->service, queue, 0, &vwr_crypto_vservice_controlq);
    if (vwr_service_is_of(queue, VWR_CRYPTO_QUEUE_DATAQ, 1u, vwr_guest32(v->legacy, s->config.max_dataqueues), &n))
        return vwr_service_serve(&s->service, queue, n, &vwr_crypto_vservice_dataq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_crypto_reset(struct vwr_vdev *v)
{
    struct vwr_crypto_vservice *const s = service_crypto_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_crypto_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_crypto_vservice *const s = service_crypto_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_crypto_suspend(struct vwr_vdev *v)
{
    struct vwr_crypto_vservice *const s = service_crypto_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_crypto_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_crypto_vservice *const s = service_crypto_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_crypto_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_crypto_class = {
    .name = "crypto",
    .id = VWR_CRYPTO_ID,
    .rules = vwr_crypto_feature_rules,
    .rule_count = VWR_CRYPTO_FEATURE_RULE_COUNT,
    .fields = vwr_crypto_config_fields,
    .field_count = VWR_CRYPTO_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_crypto_feature_names),
    .reset = service_crypto_reset,
    .queue_reset = service_crypto_queue_reset,
    .serve = service_crypto_serve,
    .suspend = service_crypto_suspend,
    .config_written = service_crypto_config_written,
    .uses = service_crypto_uses,
};

int vwr_crypto_vservice_init(struct vwr_crypto_vservice *s, const struct vwr_vdev_setup *setup,
                             const struct vwr_features *features,
        const struct vwr_crypto_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_crypto_vdevice *device)
{
    uint16_t queues = setup->queue_count;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_crypto_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
