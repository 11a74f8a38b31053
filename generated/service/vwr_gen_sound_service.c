/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/sound.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Sound Device */

#include "vwr/service/sound.h"

static struct vwr_snd_vservice *service_snd_of(struct vwr_vdev *v)
{
    return (struct vwr_snd_vservice *)(void *)v;
}

static int service_snd_jack_info(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_jack_info_msg_form *const w = fixed;
    struct vwr_snd_jack_info_msg m;

    if (s->calls->jack_info == NULL)
        return VWR_EUNSUPP;
    vwr_snd_jack_info_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.start_id + m.count > vwr_guest32(v->legacy, s->config.jacks))
        return VWR_SND_S_BAD_MSG;
    if (m.size != sizeof(struct vwr_snd_jack_info))
        return VWR_SND_S_BAD_MSG;
    if (x->in.left < (uint64_t)m.count * m.size)
        return VWR_EUNSUPP;
    x->in.left = (uint32_t)((uint64_t)m.count * m.size);

    for (uint32_t i = 0; i < m.count; i++) {
        struct vwr_snd_jack_info_item item;
        struct vwr_snd_jack_info form;
        int r;

        vwr_zero(&item, sizeof(item));
        r = s->calls->jack_info(s, (uint32_t)(m.start_id + i), &item);
        if (r != VWR_OK)
            return r;
        vwr_snd_jack_info_item_encode(&form, v->legacy, &item);
        (void)vwr_vmessage_write(x, &form, sizeof(form));
    }
    return VWR_OK;
}

static int service_snd_jack_remap(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_jack_remap_msg_form *const w = fixed;
    struct vwr_snd_jack_remap_msg m;

    if (s->calls->jack_remap == NULL)
        return VWR_EUNSUPP;
    vwr_snd_jack_remap_msg_decode(w, v->legacy, &m);

    return s->calls->jack_remap(s, x, &m);
}

static int service_snd_pcm_info(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_pcm_info_msg_form *const w = fixed;
    struct vwr_snd_pcm_info_msg m;

    if (s->calls->pcm_info == NULL)
        return VWR_EUNSUPP;
    vwr_snd_pcm_info_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.start_id + m.count > vwr_guest32(v->legacy, s->config.streams))
        return VWR_SND_S_BAD_MSG;
    if (m.size != sizeof(struct vwr_snd_pcm_info))
        return VWR_SND_S_BAD_MSG;
    if (x->in.left < (uint64_t)m.count * m.size)
        return VWR_EUNSUPP;
    x->in.left = (uint32_t)((uint64_t)m.count * m.size);

    for (uint32_t i = 0; i < m.count; i++) {
        struct vwr_snd_pcm_info_item item;
        struct vwr_snd_pcm_info form;
        int r;

        vwr_zero(&item, sizeof(item));
        r = s->calls->pcm_info(s, (uint32_t)(m.start_id + i), &item);
        if (r != VWR_OK)
            return r;
        vwr_snd_pcm_info_item_encode(&form, v->legacy, &item);
        (void)vwr_vmessage_write(x, &form, sizeof(form));
    }
    return VWR_OK;
}

static int service_snd_pcm_set_params(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_pcm_set_params_msg_form *const w = fixed;
    struct vwr_snd_pcm_set_params_msg m;

    if (s->calls->pcm_set_params == NULL)
        return VWR_EUNSUPP;
    vwr_snd_pcm_set_params_msg_decode(w, v->legacy, &m);

    return s->calls->pcm_set_params(s, x, &m);
}

static int service_snd_pcm_prepare(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_pcm_prepare_msg_form *const w = fixed;
    struct vwr_snd_pcm_prepare_msg m;

    if (s->calls->pcm_prepare == NULL)
        return VWR_EUNSUPP;
    vwr_snd_pcm_prepare_msg_decode(w, v->legacy, &m);

    return s->calls->pcm_prepare(s, x, &m);
}

static int service_snd_pcm_release(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_pcm_release_msg_form *const w = fixed;
    struct vwr_snd_pcm_release_msg m;

    if (s->calls->pcm_release == NULL)
        return VWR_EUNSUPP;
    vwr_snd_pcm_release_msg_decode(w, v->legacy, &m);

    return s->calls->pcm_release(s, x, &m);
}

static int service_snd_pcm_start(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_pcm_start_msg_form *const w = fixed;
    struct vwr_snd_pcm_start_msg m;

    if (s->calls->pcm_start == NULL)
        return VWR_EUNSUPP;
    vwr_snd_pcm_start_msg_decode(w, v->legacy, &m);

    return s->calls->pcm_start(s, x, &m);
}

static int service_snd_pcm_stop(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_pcm_stop_msg_form *const w = fixed;
    struct vwr_snd_pcm_stop_msg m;

    if (s->calls->pcm_stop == NULL)
        return VWR_EUNSUPP;
    vwr_snd_pcm_stop_msg_decode(w, v->legacy, &m);

    return s->calls->pcm_stop(s, x, &m);
}

static int service_snd_chmap_info(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_chmap_info_msg_form *const w = fixed;
    struct vwr_snd_chmap_info_msg m;

    if (s->calls->chmap_info == NULL)
        return VWR_EUNSUPP;
    vwr_snd_chmap_info_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.start_id + m.count > vwr_guest32(v->legacy, s->config.chmaps))
        return VWR_SND_S_BAD_MSG;
    if (m.size != sizeof(struct vwr_snd_chmap_info))
        return VWR_SND_S_BAD_MSG;
    if (x->in.left < (uint64_t)m.count * m.size)
        return VWR_EUNSUPP;
    x->in.left = (uint32_t)((uint64_t)m.count * m.size);

    for (uint32_t i = 0; i < m.count; i++) {
        struct vwr_snd_chmap_info_item item;
        struct vwr_snd_chmap_info form;
        int r;

        vwr_zero(&item, sizeof(item));
        r = s->calls->chmap_info(s, (uint32_t)(m.start_id + i), &item);
        if (r != VWR_OK)
            return r;
        vwr_snd_chmap_info_item_encode(&form, v->legacy, &item);
        (void)vwr_vmessage_write(x, &form, sizeof(form));
    }
    return VWR_OK;
}

static int service_snd_ctl_info(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_ctl_info_msg_form *const w = fixed;
    struct vwr_snd_ctl_info_msg m;

    if (s->calls->ctl_info == NULL)
        return VWR_EUNSUPP;
    vwr_snd_ctl_info_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.start_id + m.count > vwr_guest32(v->legacy, s->config.controls))
        return VWR_SND_S_BAD_MSG;
    if (m.size != sizeof(struct vwr_snd_ctl_info))
        return VWR_SND_S_BAD_MSG;
    if (x->in.left < (uint64_t)m.count * m.size)
        return VWR_EUNSUPP;
    x->in.left = (uint32_t)((uint64_t)m.count * m.size);

    for (uint32_t i = 0; i < m.count; i++) {
        struct vwr_snd_ctl_info_item item;
        struct vwr_snd_ctl_info form;
        int r;

        vwr_zero(&item, sizeof(item));
        r = s->calls->ctl_info(s, (uint32_t)(m.start_id + i), &item);
        if (r != VWR_OK)
            return r;
        vwr_snd_ctl_info_item_encode(&form, v->legacy, &item);
        (void)vwr_vmessage_write(x, &form, sizeof(form));
    }
    return VWR_OK;
}

static int service_snd_ctl_enum_items(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_ctl_enum_items_msg_form *const w = fixed;
    struct vwr_snd_ctl_enum_items_msg m;

    if (s->calls->ctl_enum_items == NULL)
        return VWR_EUNSUPP;
    vwr_snd_ctl_enum_items_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->in.left, 64u) != 0)
        return VWR_SND_S_BAD_MSG;

    return s->calls->ctl_enum_items(s, x, &m);
}

static int service_snd_ctl_read(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_ctl_read_msg_form *const w = fixed;
    struct vwr_snd_ctl_read_msg m;
    struct vwr_snd_ctl_read_answer a;
    struct vwr_snd_ctl_read_answer_form form;
    int r;

    if (s->calls->ctl_read == NULL)
        return VWR_EUNSUPP;
    vwr_snd_ctl_read_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->ctl_read(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_snd_ctl_read_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_snd_ctl_write(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_ctl_write_msg_form *const w = fixed;
    struct vwr_snd_ctl_write_msg m;

    if (s->calls->ctl_write == NULL)
        return VWR_EUNSUPP;
    vwr_snd_ctl_write_msg_decode(w, v->legacy, &m);

    return s->calls->ctl_write(s, x, &m);
}

static int service_snd_ctl_tlv_read(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_ctl_tlv_read_msg_form *const w = fixed;
    struct vwr_snd_ctl_tlv_read_msg m;
    struct vwr_snd_ctl_tlv_read_answer a;
    struct vwr_snd_ctl_tlv_read_answer_form form;
    int r;

    if (s->calls->ctl_tlv_read == NULL)
        return VWR_EUNSUPP;
    vwr_snd_ctl_tlv_read_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->in.left, 4u) != 0)
        return VWR_SND_S_BAD_MSG;

    vwr_zero(&a, sizeof(a));
    r = s->calls->ctl_tlv_read(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_snd_ctl_tlv_read_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_snd_ctl_tlv_write(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_ctl_tlv_write_msg_form *const w = fixed;
    struct vwr_snd_ctl_tlv_write_msg m;

    if (s->calls->ctl_tlv_write == NULL)
        return VWR_EUNSUPP;
    vwr_snd_ctl_tlv_write_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 4u) != 0)
        return VWR_SND_S_BAD_MSG;

    return s->calls->ctl_tlv_write(s, x, &m);
}

static int service_snd_ctl_tlv_command(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_ctl_tlv_command_msg_form *const w = fixed;
    struct vwr_snd_ctl_tlv_command_msg m;

    if (s->calls->ctl_tlv_command == NULL)
        return VWR_EUNSUPP;
    vwr_snd_ctl_tlv_command_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 4u) != 0)
        return VWR_SND_S_BAD_MSG;

    return s->calls->ctl_tlv_command(s, x, &m);
}

static const struct vwr_service_row service_snd_controlq_rows[] = {
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_jack_info,
    },
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_jack_remap,
    },
    {
        .value = {256u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_pcm_info,
    },
    {
        .value = {257u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_pcm_set_params,
    },
    {
        .value = {258u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_pcm_prepare,
    },
    {
        .value = {259u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_pcm_release,
    },
    {
        .value = {260u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_pcm_start,
    },
    {
        .value = {261u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_pcm_stop,
    },
    {
        .value = {512u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_chmap_info,
    },
    {
        .value = {768u},
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_ctl_info,
    },
    {
        .value = {769u},
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_ctl_enum_items,
    },
    {
        .value = {770u},
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 516, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_ctl_read,
    },
    {
        .value = {771u},
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 520, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_ctl_write,
    },
    {
        .value = {772u},
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 12, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_ctl_tlv_read,
    },
    {
        .value = {773u},
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_ctl_tlv_write,
    },
    {
        .value = {774u},
        .any = {VWR_SND_F_CTLS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_SND_S_OK, .refuse = VWR_SND_S_NOT_SUPP,
        .call = service_snd_ctl_tlv_command,
    },
};

const struct vwr_service_queue vwr_snd_vservice_controlq = {
    .rows = service_snd_controlq_rows,
    .count = 16,
    .selects = 1,
    .status_bytes = 4,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 4, .shift = 0, .big = false, .mask = 0xffffffffu},
    },
    .select_end = 4,
    .first = 4, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_SND_S_NOT_SUPP,
};

static int service_snd_play(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_play_msg_form *const w = fixed;
    struct vwr_snd_play_msg m;
    struct vwr_snd_play_answer a;
    struct vwr_snd_play_answer_form form;
    int r;

    if (s->calls->play == NULL)
        return VWR_EUNSUPP;
    vwr_snd_play_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->play(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_snd_play_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_snd_txq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 8, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
        .ok = VWR_SND_S_OK, .refuse = 0,
        .call = service_snd_play,
    },
};

const struct vwr_service_queue vwr_snd_vservice_txq = {
    .rows = service_snd_txq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 4,
    .status_big = false,
    .select_end = 0,
    .first = 8, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int service_snd_record(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const struct vwr_snd_record_msg_form *const w = fixed;
    struct vwr_snd_record_msg m;
    struct vwr_snd_record_answer a;
    struct vwr_snd_record_answer_form form;
    int r;

    if (s->calls->record == NULL)
        return VWR_EUNSUPP;
    vwr_snd_record_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->record(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_snd_record_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_snd_rxq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 0, .last = 8, .status_at = 0,
        .status_bytes = 4, .selects = 0,
        .flags = VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = VWR_SND_S_OK, .refuse = 0,
        .call = service_snd_record,
    },
};

const struct vwr_service_queue vwr_snd_vservice_rxq = {
    .rows = service_snd_rxq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 4,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 8, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_snd_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_snd_vservice *const s = service_snd_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_SND_QUEUE_CONTROLQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_snd_vservice_controlq);
    if (queue == VWR_SND_QUEUE_TXQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_snd_vservice_txq);
    if (queue == VWR_SND_QUEUE_RXQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_snd_vservice_rxq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_snd_reset(struct vwr_vdev *v)
{
    struct vwr_snd_vservice *const s = service_snd_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_snd_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_snd_vservice *const s = service_snd_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_snd_suspend(struct vwr_vdev *v)
{
    struct vwr_snd_vservice *const s = service_snd_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_snd_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_snd_vservice *const s = service_snd_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_snd_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_snd_class = {
    .name = "sound",
    .id = VWR_SND_ID,
    .fields = vwr_snd_config_fields,
    .field_count = VWR_SND_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_snd_feature_names),
    .reset = service_snd_reset,
    .queue_reset = service_snd_queue_reset,
    .serve = service_snd_serve,
    .suspend = service_snd_suspend,
    .config_written = service_snd_config_written,
    .uses = service_snd_uses,
};

int vwr_snd_vservice_init(struct vwr_snd_vservice *s, const struct vwr_vdev_setup *setup,
                          const struct vwr_features *features,
        const struct vwr_snd_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_snd_vdevice *device)
{
    uint16_t queues = 4;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_snd_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
