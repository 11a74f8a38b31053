/* SPDX-License-Identifier: MIT */
#include "vcrypto_common.h"

/* Crypto device: init, reset, and the table of sessions. Section: Crypto Device. */

/* An ID consists of the row of its session and a serial number. */
struct vwr_vcrypto_session *vwr_vcrypto_find_(const struct vwr_vcrypto *v, uint64_t id, uint32_t service)
{
    const uint32_t row = vcrypto_row(id);
    struct vwr_vcrypto_session *const s = &v->options.session[row < v->options.session_count ? row : 0];

    return id != 0 && s->id == id && s->service == service ? s : NULL;
}

void vwr_vcrypto_end_(struct vwr_vcrypto *v, struct vwr_vcrypto_session *s)
{
    v->options.ops->destroy(v->options.context, s);
    if (v->options.keys != NULL)
        vwr_zero(vcrypto_keys_of(v, s), vwr_vcrypto_kept_bytes_(vcrypto_keys_of(v, s)));
    vwr_zero(s, sizeof(*s));
    s->next = v->free;
    v->free = (uint16_t)(s - v->options.session);
}

void vwr_vcrypto_list_free_(struct vwr_vcrypto *v)
{
    v->free = v->options.session_count;
    for (uint16_t i = v->options.session_count; i != 0; i--)
        if (v->options.session[i - 1u].id == 0) {
            v->options.session[i - 1u].next = v->free;
            v->free = (uint16_t)(i - 1u);
        }
}

static void vcrypto_reset(struct vwr_crypto_vservice *s)
{
    struct vwr_vcrypto *const v = (void *)s;

    for (uint16_t i = 0; i < v->options.session_count; i++)
        if (v->options.session[i].id != 0)
            vwr_vcrypto_end_(v, &v->options.session[i]);
    vwr_vcrypto_list_free_(v);
    v->serial = 0; /* a refused state may have set it */
}

static const struct vwr_crypto_vservice_calls vcrypto_calls = {.reset = vcrypto_reset};

static bool vcrypto_has_room(struct vwr_vcrypto *v, const struct vwr_vdev_setup *s,
                             const struct vwr_vcrypto_options *o)
{
    struct vwr_shortage *const lack = &v->service.service.dev.shortage;

    return VWR_ARRAY_FITS(lack, s, queue, queue_count, VWR_VCRYPTO_QUEUES) &&
           VWR_ARRAY_FITS(lack, o, session, session_count, 1u) &&
           VWR_ARRAY_FITS(lack, o, buffer, buffer_bytes, VWR_VCRYPTO_BUFFER_BYTES(1u)) &&
           (o->keys == NULL ||
            VWR_ARRAY_FITS(lack, o, keys, keys_bytes, VWR_VCRYPTO_KEY_BYTES(o->session_count, 1u)));
}

int vwr_vcrypto_init_with(struct vwr_vcrypto *v, const struct vwr_vdev_setup *s,
                          const struct vwr_vcrypto_options *o)
{
    const struct vwr_service_memory memory = {o->message, o->message_count, o->seg, o->seg_count};
    struct vwr_features features;
    int r;

    vwr_zero(v, sizeof(*v));
    if (o->ops == NULL || o->ops->create == NULL || o->ops->destroy == NULL || o->ops->run == NULL ||
        o->info == NULL)
        return VWR_EINVAL;
    if (!vcrypto_has_room(v, s, o))
        return VWR_ENOMEM;
    vwr_copy(&v->options, o, sizeof(*o));
    v->max_bytes = vwr_array_part(o->buffer_bytes, VWR_VCRYPTO_BUFFER_BYTES(1u), ~0u);
    if (o->keys != NULL)
        v->key_bytes =
            vwr_array_part(o->keys_bytes, o->session_count, ~0u) - (uint32_t)VWR_VCRYPTO_KEY_BYTES(1u, 0u);
    vwr_copy(&v->info, o->info, sizeof(v->info));
    v->info.status = VWR_CRYPTO_S_HW_READY;
    v->info.max_dataqueues = s->queue_count - 1u;
    v->info.max_size = v->max_bytes;
    vwr_zero(o->buffer, o->buffer_bytes);
    vwr_zero(o->session, o->session_count * sizeof(*o->session));
    vwr_vcrypto_list_free_(v);
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_CRYPTO_F_REVISION_1);
    r = vwr_crypto_vservice_init(&v->service, s, &features, &vcrypto_calls, &memory, NULL);
    v->service.service.handle = vwr_vcrypto_handle_;
    return r == VWR_OK ? vwr_crypto_config_write(&v->service.config, s->legacy, &features, &v->info) : r;
}
