/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/sound.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Sound Device */

/* 23 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/sound.h"
#include "vwr/service/sound.h"

#include <string.h>

static struct vwr_snd_client client;
static struct vwr_snd_vservice service;

static struct vwr_snd_client_controlq_call call_controlq;
static struct vwr_snd_client_txq_call call_txq;
static struct vwr_snd_client_rxq_call call_rxq;

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- jack_info ---- */

static const uint8_t out_jack_info[] = {
    0x1, 0x0, 0x0, 0x0, 0x1, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x18, 0x0, 0x0, 0x0,
};

static const uint8_t back_jack_info[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const uint8_t over_jack_info[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_snd_jack_info_msg given_jack_info = {
    .start_id = 0x1u,
    .count = 0x2u,
    .size = 0x18u,
};

static const struct vwr_snd_jack_info_item items_jack_info[] = {
    {
        .hda_fn_nid = 0x362f2821u,
        .features = 0x524b443du,
        .hda_reg_defconf = 0x6e676059u,
        .hda_reg_caps = 0x8a837c75u,
        .connected = 0x91u,
    },
    {
        .hda_fn_nid = 0xded7d0c9u,
        .features = 0xfaf3ece5u,
        .hda_reg_defconf = 0x160f0801u,
        .hda_reg_caps = 0x322b241du,
        .connected = 0x39u,
    },
};

static void check_item_jack_info(const struct vwr_snd_jack_info_item *item, unsigned i)
{
    ENDS_SAME_BYTES(&item->hda_fn_nid, &items_jack_info[i].hda_fn_nid, sizeof(item->hda_fn_nid));
    ENDS_SAME_BYTES(&item->features, &items_jack_info[i].features, sizeof(item->features));
    ENDS_SAME_BYTES(&item->hda_reg_defconf, &items_jack_info[i].hda_reg_defconf, sizeof(item->hda_reg_defconf));
    ENDS_SAME_BYTES(&item->hda_reg_caps, &items_jack_info[i].hda_reg_caps, sizeof(item->hda_reg_caps));
    ENDS_SAME_BYTES(&item->connected, &items_jack_info[i].connected, sizeof(item->connected));
}

static const uint8_t wrong_jack_info_1[] = {
    0x1, 0x0, 0x0, 0x0, 0x1, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x19, 0x0, 0x0, 0x0,
};

static const uint8_t wrong_jack_info_2[] = {
    0x1, 0x0, 0x0, 0x0, 0x4, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x18, 0x0, 0x0, 0x0,
};

static const struct ends_wrong wrongs_jack_info[] = {
    {"another_size", wrong_jack_info_1, 0, 50, true},
    {"beyond_the_last", wrong_jack_info_2, 0, 48, true},
};

static int called_jack_info(struct vwr_snd_vservice *s, uint32_t id, struct vwr_snd_jack_info_item *item)
{
    const uint64_t i = (uint64_t)id - 1u;
    const int r = ends_item("jack_info", i);

    ENDS_SAME(s == &service, true);
    if (r == VWR_OK)
        *item = items_jack_info[i];
    return r;
}

static void forms_of_jack_info(void)
{
    {
        struct vwr_snd_jack_info_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_jack_info, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_jack_info_msg_encode(&form, false, &given_jack_info);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_jack_info_msg values;
        const struct vwr_snd_jack_info_msg *const m = &values;

        memcpy(&form, out_jack_info, sizeof(form));
        vwr_snd_jack_info_msg_decode(&form, false, &values);
    ENDS_SAME(m->start_id, 0x1u);
        ENDS_SAME(m->count, 0x2u);
        ENDS_SAME(m->size, 0x18u);

    }

    for (unsigned i = 0; i < 2; i++) {
        struct vwr_snd_jack_info_item item;
        struct vwr_snd_jack_info form;

        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_jack_info_item_encode(&form, false, &items_jack_info[i]);
        ENDS_SAME_BYTES(&form, over_jack_info + i * sizeof(form), sizeof(form));
        vwr_snd_jack_info_item_decode(&form, false, &item);
        check_item_jack_info(&item, i);
    }
}

static int call_of_jack_info(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_jack_info();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_jack_info_submit(&client, call, &given_jack_info, ends_in(0));
    if (what == ENDS_ITEM) {
        struct vwr_snd_jack_info_item item;

        memset(&item, ENDS_POISON, sizeof(item));
        r = vwr_snd_client_jack_info_item(&client, 1, ends_in(0), &item);
        if (r == VWR_OK)
            check_item_jack_info(&item, 0);
        else
            ends_untouched(&item, sizeof(item));
        return r;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        struct vwr_snd_jack_info_msg other = given_jack_info;

        other.start_id = 4u;
        return vwr_snd_client_jack_info_submit(&client, call, &other, ends_in(0));
    }
    r = vwr_snd_client_jack_info(&client, &given_jack_info, ends_in(0));
    return r;
}

/* ---- jack_remap ---- */

static const uint8_t out_jack_remap[] = {
    0x2, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_jack_remap[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_jack_remap_msg given_jack_remap = {
    .jack_id = 0x524b443du,
    .association = 0x6e676059u,
    .sequence = 0x8a837c75u,
};

static int called_jack_remap(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_jack_remap_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->jack_id, 0x524b443du);
    ENDS_SAME(m->association, 0x6e676059u);
    ENDS_SAME(m->sequence, 0x8a837c75u);

    return ends_called(x, "jack_remap");
}

static void forms_of_jack_remap(void)
{
    {
        struct vwr_snd_jack_remap_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_jack_remap, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_jack_remap_msg_encode(&form, false, &given_jack_remap);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_jack_remap_msg values;
        const struct vwr_snd_jack_remap_msg *const m = &values;

        memcpy(&form, out_jack_remap, sizeof(form));
        vwr_snd_jack_remap_msg_decode(&form, false, &values);
    ENDS_SAME(m->jack_id, 0x524b443du);
        ENDS_SAME(m->association, 0x6e676059u);
        ENDS_SAME(m->sequence, 0x8a837c75u);

    }

}

static int call_of_jack_remap(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_jack_remap();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_jack_remap_submit(&client, call, &given_jack_remap);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_jack_remap_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_snd_client_jack_remap(&client, &given_jack_remap);
    return r;
}

/* ---- pcm_info ---- */

static const uint8_t out_pcm_info[] = {
    0x0, 0x1, 0x0, 0x0, 0x1, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x20, 0x0, 0x0, 0x0,
};

static const uint8_t back_pcm_info[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const uint8_t over_pcm_info[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_snd_pcm_info_msg given_pcm_info = {
    .start_id = 0x1u,
    .count = 0x2u,
    .size = 0x20u,
};

static const struct vwr_snd_pcm_info_item items_pcm_info[] = {
    {
        .hda_fn_nid = 0x362f2821u,
        .features = 0x524b443du,
        .formats = UINT64_C(0x8a837c756e676059),
        .rates = UINT64_C(0xc2bbb4ada69f9891),
        .direction = 0xc9u,
        .channels_min = 0xd0u,
        .channels_max = 0xd7u,
    },
    {
        .hda_fn_nid = 0x160f0801u,
        .features = 0x322b241du,
        .formats = UINT64_C(0x6a635c554e474039),
        .rates = UINT64_C(0xa29b948d867f7871),
        .direction = 0xa9u,
        .channels_min = 0xb0u,
        .channels_max = 0xb7u,
    },
};

static void check_item_pcm_info(const struct vwr_snd_pcm_info_item *item, unsigned i)
{
    ENDS_SAME_BYTES(&item->hda_fn_nid, &items_pcm_info[i].hda_fn_nid, sizeof(item->hda_fn_nid));
    ENDS_SAME_BYTES(&item->features, &items_pcm_info[i].features, sizeof(item->features));
    ENDS_SAME_BYTES(&item->formats, &items_pcm_info[i].formats, sizeof(item->formats));
    ENDS_SAME_BYTES(&item->rates, &items_pcm_info[i].rates, sizeof(item->rates));
    ENDS_SAME_BYTES(&item->direction, &items_pcm_info[i].direction, sizeof(item->direction));
    ENDS_SAME_BYTES(&item->channels_min, &items_pcm_info[i].channels_min, sizeof(item->channels_min));
    ENDS_SAME_BYTES(&item->channels_max, &items_pcm_info[i].channels_max, sizeof(item->channels_max));
}

static const uint8_t wrong_pcm_info_1[] = {
    0x0, 0x1, 0x0, 0x0, 0x1, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x21, 0x0, 0x0, 0x0,
};

static const uint8_t wrong_pcm_info_2[] = {
    0x0, 0x1, 0x0, 0x0, 0x4, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x20, 0x0, 0x0, 0x0,
};

static const struct ends_wrong wrongs_pcm_info[] = {
    {"another_size", wrong_pcm_info_1, 0, 66, true},
    {"beyond_the_last", wrong_pcm_info_2, 0, 64, true},
};

static int called_pcm_info(struct vwr_snd_vservice *s, uint32_t id, struct vwr_snd_pcm_info_item *item)
{
    const uint64_t i = (uint64_t)id - 1u;
    const int r = ends_item("pcm_info", i);

    ENDS_SAME(s == &service, true);
    if (r == VWR_OK)
        *item = items_pcm_info[i];
    return r;
}

static void forms_of_pcm_info(void)
{
    {
        struct vwr_snd_pcm_info_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_pcm_info, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_pcm_info_msg_encode(&form, false, &given_pcm_info);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_pcm_info_msg values;
        const struct vwr_snd_pcm_info_msg *const m = &values;

        memcpy(&form, out_pcm_info, sizeof(form));
        vwr_snd_pcm_info_msg_decode(&form, false, &values);
    ENDS_SAME(m->start_id, 0x1u);
        ENDS_SAME(m->count, 0x2u);
        ENDS_SAME(m->size, 0x20u);

    }

    for (unsigned i = 0; i < 2; i++) {
        struct vwr_snd_pcm_info_item item;
        struct vwr_snd_pcm_info form;

        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_pcm_info_item_encode(&form, false, &items_pcm_info[i]);
        ENDS_SAME_BYTES(&form, over_pcm_info + i * sizeof(form), sizeof(form));
        vwr_snd_pcm_info_item_decode(&form, false, &item);
        check_item_pcm_info(&item, i);
    }
}

static int call_of_pcm_info(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_pcm_info();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_pcm_info_submit(&client, call, &given_pcm_info, ends_in(0));
    if (what == ENDS_ITEM) {
        struct vwr_snd_pcm_info_item item;

        memset(&item, ENDS_POISON, sizeof(item));
        r = vwr_snd_client_pcm_info_item(&client, 1, ends_in(0), &item);
        if (r == VWR_OK)
            check_item_pcm_info(&item, 0);
        else
            ends_untouched(&item, sizeof(item));
        return r;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        struct vwr_snd_pcm_info_msg other = given_pcm_info;

        other.start_id = 4u;
        return vwr_snd_client_pcm_info_submit(&client, call, &other, ends_in(0));
    }
    r = vwr_snd_client_pcm_info(&client, &given_pcm_info, ends_in(0));
    return r;
}

/* ---- pcm_set_params ---- */

static const uint8_t out_pcm_set_params[] = {
    0x1, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0x0,
};

static const uint8_t back_pcm_set_params[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_pcm_set_params_msg given_pcm_set_params = {
    .stream_id = 0x524b443du,
    .buffer_bytes = 0x6e676059u,
    .period_bytes = 0x8a837c75u,
    .features = 0xa69f9891u,
    .channels = 0xadu,
    .format = 0xb4u,
    .rate = 0xbbu,
};

static int called_pcm_set_params(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_snd_pcm_set_params_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->stream_id, 0x524b443du);
    ENDS_SAME(m->buffer_bytes, 0x6e676059u);
    ENDS_SAME(m->period_bytes, 0x8a837c75u);
    ENDS_SAME(m->features, 0xa69f9891u);
    ENDS_SAME(m->channels, 0xadu);
    ENDS_SAME(m->format, 0xb4u);
    ENDS_SAME(m->rate, 0xbbu);

    return ends_called(x, "pcm_set_params");
}

static void forms_of_pcm_set_params(void)
{
    {
        struct vwr_snd_pcm_set_params_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_pcm_set_params, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_pcm_set_params_msg_encode(&form, false, &given_pcm_set_params);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_pcm_set_params_msg values;
        const struct vwr_snd_pcm_set_params_msg *const m = &values;

        memcpy(&form, out_pcm_set_params, sizeof(form));
        vwr_snd_pcm_set_params_msg_decode(&form, false, &values);
    ENDS_SAME(m->stream_id, 0x524b443du);
        ENDS_SAME(m->buffer_bytes, 0x6e676059u);
        ENDS_SAME(m->period_bytes, 0x8a837c75u);
        ENDS_SAME(m->features, 0xa69f9891u);
        ENDS_SAME(m->channels, 0xadu);
        ENDS_SAME(m->format, 0xb4u);
        ENDS_SAME(m->rate, 0xbbu);

    }

}

static int call_of_pcm_set_params(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_pcm_set_params();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_pcm_set_params_submit(&client, call, &given_pcm_set_params);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_pcm_set_params_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_snd_client_pcm_set_params(&client, &given_pcm_set_params);
    return r;
}

/* ---- pcm_prepare ---- */

static const uint8_t out_pcm_prepare[] = {
    0x2, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_pcm_prepare[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_pcm_prepare_msg given_pcm_prepare = {
    .stream_id = 0x524b443du,
};

static int called_pcm_prepare(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_snd_pcm_prepare_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->stream_id, 0x524b443du);

    return ends_called(x, "pcm_prepare");
}

static void forms_of_pcm_prepare(void)
{
    {
        struct vwr_snd_pcm_prepare_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_pcm_prepare, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_pcm_prepare_msg_encode(&form, false, &given_pcm_prepare);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_pcm_prepare_msg values;
        const struct vwr_snd_pcm_prepare_msg *const m = &values;

        memcpy(&form, out_pcm_prepare, sizeof(form));
        vwr_snd_pcm_prepare_msg_decode(&form, false, &values);
    ENDS_SAME(m->stream_id, 0x524b443du);

    }

}

static int call_of_pcm_prepare(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_pcm_prepare();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_pcm_prepare_submit(&client, call, &given_pcm_prepare);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_pcm_prepare_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_snd_client_pcm_prepare(&client, &given_pcm_prepare);
    return r;
}

/* ---- pcm_release ---- */

static const uint8_t out_pcm_release[] = {
    0x3, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_pcm_release[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_pcm_release_msg given_pcm_release = {
    .stream_id = 0x524b443du,
};

static int called_pcm_release(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_snd_pcm_release_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->stream_id, 0x524b443du);

    return ends_called(x, "pcm_release");
}

static void forms_of_pcm_release(void)
{
    {
        struct vwr_snd_pcm_release_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_pcm_release, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_pcm_release_msg_encode(&form, false, &given_pcm_release);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_pcm_release_msg values;
        const struct vwr_snd_pcm_release_msg *const m = &values;

        memcpy(&form, out_pcm_release, sizeof(form));
        vwr_snd_pcm_release_msg_decode(&form, false, &values);
    ENDS_SAME(m->stream_id, 0x524b443du);

    }

}

static int call_of_pcm_release(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_pcm_release();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_pcm_release_submit(&client, call, &given_pcm_release);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_pcm_release_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_snd_client_pcm_release(&client, &given_pcm_release);
    return r;
}

/* ---- pcm_start ---- */

static const uint8_t out_pcm_start[] = {
    0x4, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_pcm_start[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_pcm_start_msg given_pcm_start = {
    .stream_id = 0x524b443du,
};

static int called_pcm_start(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_pcm_start_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->stream_id, 0x524b443du);

    return ends_called(x, "pcm_start");
}

static void forms_of_pcm_start(void)
{
    {
        struct vwr_snd_pcm_start_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_pcm_start, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_pcm_start_msg_encode(&form, false, &given_pcm_start);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_pcm_start_msg values;
        const struct vwr_snd_pcm_start_msg *const m = &values;

        memcpy(&form, out_pcm_start, sizeof(form));
        vwr_snd_pcm_start_msg_decode(&form, false, &values);
    ENDS_SAME(m->stream_id, 0x524b443du);

    }

}

static int call_of_pcm_start(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_pcm_start();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_pcm_start_submit(&client, call, &given_pcm_start);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_pcm_start_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_snd_client_pcm_start(&client, &given_pcm_start);
    return r;
}

/* ---- pcm_stop ---- */

static const uint8_t out_pcm_stop[] = {
    0x5, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_pcm_stop[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_pcm_stop_msg given_pcm_stop = {
    .stream_id = 0x524b443du,
};

static int called_pcm_stop(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_pcm_stop_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->stream_id, 0x524b443du);

    return ends_called(x, "pcm_stop");
}

static void forms_of_pcm_stop(void)
{
    {
        struct vwr_snd_pcm_stop_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_pcm_stop, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_pcm_stop_msg_encode(&form, false, &given_pcm_stop);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_pcm_stop_msg values;
        const struct vwr_snd_pcm_stop_msg *const m = &values;

        memcpy(&form, out_pcm_stop, sizeof(form));
        vwr_snd_pcm_stop_msg_decode(&form, false, &values);
    ENDS_SAME(m->stream_id, 0x524b443du);

    }

}

static int call_of_pcm_stop(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_pcm_stop();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_pcm_stop_submit(&client, call, &given_pcm_stop);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_pcm_stop_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_snd_client_pcm_stop(&client, &given_pcm_stop);
    return r;
}

/* ---- chmap_info ---- */

static const uint8_t out_chmap_info[] = {
    0x0, 0x2, 0x0, 0x0, 0x1, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x18, 0x0, 0x0, 0x0,
};

static const uint8_t back_chmap_info[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const uint8_t over_chmap_info[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
};

static const struct vwr_snd_chmap_info_msg given_chmap_info = {
    .start_id = 0x1u,
    .count = 0x2u,
    .size = 0x18u,
};

static const struct vwr_snd_chmap_info_item items_chmap_info[] = {
    {
        .hda_fn_nid = 0x362f2821u,
        .direction = 0x3du,
        .channels = 0x44u,
        .positions = {0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u,
            0xadu, 0xb4u, 0xbbu, 0xc2u},
    },
    {
        .hda_fn_nid = 0xded7d0c9u,
        .direction = 0xe5u,
        .channels = 0xecu,
        .positions = {0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu,
            0x55u, 0x5cu, 0x63u, 0x6au},
    },
};

static void check_item_chmap_info(const struct vwr_snd_chmap_info_item *item, unsigned i)
{
    ENDS_SAME_BYTES(&item->hda_fn_nid, &items_chmap_info[i].hda_fn_nid, sizeof(item->hda_fn_nid));
    ENDS_SAME_BYTES(&item->direction, &items_chmap_info[i].direction, sizeof(item->direction));
    ENDS_SAME_BYTES(&item->channels, &items_chmap_info[i].channels, sizeof(item->channels));
    ENDS_SAME_BYTES(&item->positions, &items_chmap_info[i].positions, sizeof(item->positions));
}

static const uint8_t wrong_chmap_info_1[] = {
    0x0, 0x2, 0x0, 0x0, 0x1, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x19, 0x0, 0x0, 0x0,
};

static const uint8_t wrong_chmap_info_2[] = {
    0x0, 0x2, 0x0, 0x0, 0x4, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x18, 0x0, 0x0, 0x0,
};

static const struct ends_wrong wrongs_chmap_info[] = {
    {"another_size", wrong_chmap_info_1, 0, 50, true},
    {"beyond_the_last", wrong_chmap_info_2, 0, 48, true},
};

static int called_chmap_info(struct vwr_snd_vservice *s, uint32_t id, struct vwr_snd_chmap_info_item *item)
{
    const uint64_t i = (uint64_t)id - 1u;
    const int r = ends_item("chmap_info", i);

    ENDS_SAME(s == &service, true);
    if (r == VWR_OK)
        *item = items_chmap_info[i];
    return r;
}

static void forms_of_chmap_info(void)
{
    {
        struct vwr_snd_chmap_info_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_chmap_info, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_chmap_info_msg_encode(&form, false, &given_chmap_info);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_chmap_info_msg values;
        const struct vwr_snd_chmap_info_msg *const m = &values;

        memcpy(&form, out_chmap_info, sizeof(form));
        vwr_snd_chmap_info_msg_decode(&form, false, &values);
    ENDS_SAME(m->start_id, 0x1u);
        ENDS_SAME(m->count, 0x2u);
        ENDS_SAME(m->size, 0x18u);

    }

    for (unsigned i = 0; i < 2; i++) {
        struct vwr_snd_chmap_info_item item;
        struct vwr_snd_chmap_info form;

        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_chmap_info_item_encode(&form, false, &items_chmap_info[i]);
        ENDS_SAME_BYTES(&form, over_chmap_info + i * sizeof(form), sizeof(form));
        vwr_snd_chmap_info_item_decode(&form, false, &item);
        check_item_chmap_info(&item, i);
    }
}

static int call_of_chmap_info(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_chmap_info();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_chmap_info_submit(&client, call, &given_chmap_info, ends_in(0));
    if (what == ENDS_ITEM) {
        struct vwr_snd_chmap_info_item item;

        memset(&item, ENDS_POISON, sizeof(item));
        r = vwr_snd_client_chmap_info_item(&client, 1, ends_in(0), &item);
        if (r == VWR_OK)
            check_item_chmap_info(&item, 0);
        else
            ends_untouched(&item, sizeof(item));
        return r;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        struct vwr_snd_chmap_info_msg other = given_chmap_info;

        other.start_id = 4u;
        return vwr_snd_client_chmap_info_submit(&client, call, &other, ends_in(0));
    }
    r = vwr_snd_client_chmap_info(&client, &given_chmap_info, ends_in(0));
    return r;
}

/* ---- ctl_info ---- */

static const uint8_t out_ctl_info[] = {
    0x0, 0x3, 0x0, 0x0, 0x1, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x5c, 0x0, 0x0, 0x0,
};

static const uint8_t back_ctl_info[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const uint8_t over_ctl_info[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22,
};

static const struct vwr_snd_ctl_info_msg given_ctl_info = {
    .start_id = 0x1u,
    .count = 0x2u,
    .size = 0x5cu,
};

static const struct vwr_snd_ctl_info_item items_ctl_info[] = {
    {
        .hda_fn_nid = 0x362f2821u,
        .role = 0x524b443du,
        .type = 0x6e676059u,
        .access = 0x8a837c75u,
        .count = 0xa69f9891u,
        .index = 0xc2bbb4adu,
        .name = {0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu,
            0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u,
            0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u},
        .value = {0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u, 0x4au, 0x51u, 0x58u, 0x5fu,
            0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu},
    },
    {
        .hda_fn_nid = 0xbab3aca5u,
        .role = 0xd6cfc8c1u,
        .type = 0xf2ebe4ddu,
        .access = 0xe0700f9u,
        .count = 0x2a231c15u,
        .index = 0x463f3831u,
        .name = {0x4du, 0x54u, 0x5bu, 0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u, 0x9au, 0xa1u, 0xa8u,
            0xafu, 0xb6u, 0xbdu, 0xc4u, 0xcbu, 0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u, 0xau, 0x11u,
            0x18u, 0x1fu, 0x26u, 0x2du, 0x34u, 0x3bu, 0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u, 0x7au},
        .value = {0x81u, 0x88u, 0x8fu, 0x96u, 0x9du, 0xa4u, 0xabu, 0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu,
            0xe3u, 0xeau, 0xf1u, 0xf8u, 0xffu, 0x6u, 0xdu, 0x14u, 0x1bu, 0x22u},
    },
};

static void check_item_ctl_info(const struct vwr_snd_ctl_info_item *item, unsigned i)
{
    ENDS_SAME_BYTES(&item->hda_fn_nid, &items_ctl_info[i].hda_fn_nid, sizeof(item->hda_fn_nid));
    ENDS_SAME_BYTES(&item->role, &items_ctl_info[i].role, sizeof(item->role));
    ENDS_SAME_BYTES(&item->type, &items_ctl_info[i].type, sizeof(item->type));
    ENDS_SAME_BYTES(&item->access, &items_ctl_info[i].access, sizeof(item->access));
    ENDS_SAME_BYTES(&item->count, &items_ctl_info[i].count, sizeof(item->count));
    ENDS_SAME_BYTES(&item->index, &items_ctl_info[i].index, sizeof(item->index));
    ENDS_SAME_BYTES(&item->name, &items_ctl_info[i].name, sizeof(item->name));
    ENDS_SAME_BYTES(&item->value, &items_ctl_info[i].value, sizeof(item->value));
}

static const uint8_t wrong_ctl_info_1[] = {
    0x0, 0x3, 0x0, 0x0, 0x1, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x5d, 0x0, 0x0, 0x0,
};

static const uint8_t wrong_ctl_info_2[] = {
    0x0, 0x3, 0x0, 0x0, 0x4, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0x5c, 0x0, 0x0, 0x0,
};

static const struct ends_wrong wrongs_ctl_info[] = {
    {"another_size", wrong_ctl_info_1, 0, 186, true},
    {"beyond_the_last", wrong_ctl_info_2, 0, 184, true},
};

static int called_ctl_info(struct vwr_snd_vservice *s, uint32_t id, struct vwr_snd_ctl_info_item *item)
{
    const uint64_t i = (uint64_t)id - 1u;
    const int r = ends_item("ctl_info", i);

    ENDS_SAME(s == &service, true);
    if (r == VWR_OK)
        *item = items_ctl_info[i];
    return r;
}

static void forms_of_ctl_info(void)
{
    {
        struct vwr_snd_ctl_info_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctl_info, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_info_msg_encode(&form, false, &given_ctl_info);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_info_msg values;
        const struct vwr_snd_ctl_info_msg *const m = &values;

        memcpy(&form, out_ctl_info, sizeof(form));
        vwr_snd_ctl_info_msg_decode(&form, false, &values);
    ENDS_SAME(m->start_id, 0x1u);
        ENDS_SAME(m->count, 0x2u);
        ENDS_SAME(m->size, 0x5cu);

    }

    for (unsigned i = 0; i < 2; i++) {
        struct vwr_snd_ctl_info_item item;
        struct vwr_snd_ctl_info form;

        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_info_item_encode(&form, false, &items_ctl_info[i]);
        ENDS_SAME_BYTES(&form, over_ctl_info + i * sizeof(form), sizeof(form));
        vwr_snd_ctl_info_item_decode(&form, false, &item);
        check_item_ctl_info(&item, i);
    }
}

static int call_of_ctl_info(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctl_info();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_ctl_info_submit(&client, call, &given_ctl_info, ends_in(0));
    if (what == ENDS_ITEM) {
        struct vwr_snd_ctl_info_item item;

        memset(&item, ENDS_POISON, sizeof(item));
        r = vwr_snd_client_ctl_info_item(&client, 1, ends_in(0), &item);
        if (r == VWR_OK)
            check_item_ctl_info(&item, 0);
        else
            ends_untouched(&item, sizeof(item));
        return r;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        struct vwr_snd_ctl_info_msg other = given_ctl_info;

        other.start_id = 4u;
        return vwr_snd_client_ctl_info_submit(&client, call, &other, ends_in(0));
    }
    r = vwr_snd_client_ctl_info(&client, &given_ctl_info, ends_in(0));
    return r;
}

/* ---- ctl_enum_items ---- */

static const uint8_t out_ctl_enum_items[] = {
    0x1, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_ctl_enum_items[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_ctl_enum_items_msg given_ctl_enum_items = {
    .control_id = 0x524b443du,
};

static int called_ctl_enum_items(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_snd_ctl_enum_items_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->control_id, 0x524b443du);

    return ends_called(x, "ctl_enum_items");
}

static void forms_of_ctl_enum_items(void)
{
    {
        struct vwr_snd_ctl_enum_items_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctl_enum_items, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_enum_items_msg_encode(&form, false, &given_ctl_enum_items);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_enum_items_msg values;
        const struct vwr_snd_ctl_enum_items_msg *const m = &values;

        memcpy(&form, out_ctl_enum_items, sizeof(form));
        vwr_snd_ctl_enum_items_msg_decode(&form, false, &values);
    ENDS_SAME(m->control_id, 0x524b443du);

    }

}

static int call_of_ctl_enum_items(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctl_enum_items();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_ctl_enum_items_submit(&client, call, &given_ctl_enum_items, ends_in(0), 128);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_ctl_enum_items_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_snd_client_ctl_enum_items_submit(&client, call, &given_ctl_enum_items, ends_in(0), 65);
    }
    r = vwr_snd_client_ctl_enum_items(&client, &given_ctl_enum_items, ends_in(0), 128, &written);
    ends_written(r, written);
    return r;
}

/* ---- ctl_read ---- */

static const uint8_t out_ctl_read[] = {
    0x2, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_ctl_read[] = {
    0x0, 0x80, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22, 0x29, 0x30, 0x37, 0x3e, 0x45, 0x4c, 0x53, 0x5a,
    0x61, 0x68, 0x6f, 0x76, 0x7d, 0x84, 0x8b, 0x92, 0x99, 0xa0, 0xa7, 0xae, 0xb5, 0xbc, 0xc3, 0xca,
    0xd1, 0xd8, 0xdf, 0xe6, 0xed, 0xf4, 0xfb, 0x2, 0x9, 0x10, 0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a,
    0x41, 0x48, 0x4f, 0x56, 0x5d, 0x64, 0x6b, 0x72, 0x79, 0x80, 0x87, 0x8e, 0x95, 0x9c, 0xa3, 0xaa,
    0xb1, 0xb8, 0xbf, 0xc6, 0xcd, 0xd4, 0xdb, 0xe2, 0xe9, 0xf0, 0xf7, 0xfe, 0x5, 0xc, 0x13, 0x1a,
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22, 0x29, 0x30, 0x37, 0x3e, 0x45, 0x4c, 0x53, 0x5a,
    0x61, 0x68, 0x6f, 0x76, 0x7d, 0x84, 0x8b, 0x92, 0x99, 0xa0, 0xa7, 0xae, 0xb5, 0xbc, 0xc3, 0xca,
    0xd1, 0xd8, 0xdf, 0xe6, 0xed, 0xf4, 0xfb, 0x2, 0x9, 0x10, 0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a,
    0x41, 0x48, 0x4f, 0x56, 0x5d, 0x64, 0x6b, 0x72, 0x79, 0x80, 0x87, 0x8e, 0x95, 0x9c, 0xa3, 0xaa,
    0xb1, 0xb8, 0xbf, 0xc6, 0xcd, 0xd4, 0xdb, 0xe2, 0xe9, 0xf0, 0xf7, 0xfe, 0x5, 0xc, 0x13, 0x1a,
    0x21, 0x28, 0x2f, 0x36,
};

static const struct vwr_snd_ctl_read_msg given_ctl_read = {
    .control_id = 0x524b443du,
};

static const struct vwr_snd_ctl_read_answer answer_ctl_read = {
    .value = {0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu,
        0xa6u, 0xadu, 0xb4u, 0xbbu, 0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu,
        0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu,
        0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau, 0xe1u, 0xe8u, 0xefu,
        0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u, 0x4au, 0x51u, 0x58u, 0x5fu,
        0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u, 0xbau, 0xc1u, 0xc8u, 0xcfu,
        0xd6u, 0xddu, 0xe4u, 0xebu, 0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u, 0x2au, 0x31u, 0x38u, 0x3fu,
        0x46u, 0x4du, 0x54u, 0x5bu, 0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u, 0x9au, 0xa1u, 0xa8u, 0xafu,
        0xb6u, 0xbdu, 0xc4u, 0xcbu, 0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u, 0xau, 0x11u, 0x18u, 0x1fu,
        0x26u, 0x2du, 0x34u, 0x3bu, 0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u, 0x7au, 0x81u, 0x88u, 0x8fu,
        0x96u, 0x9du, 0xa4u, 0xabu, 0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu, 0xe3u, 0xeau, 0xf1u, 0xf8u, 0xffu,
        0x6u, 0xdu, 0x14u, 0x1bu, 0x22u, 0x29u, 0x30u, 0x37u, 0x3eu, 0x45u, 0x4cu, 0x53u, 0x5au, 0x61u, 0x68u, 0x6fu,
        0x76u, 0x7du, 0x84u, 0x8bu, 0x92u, 0x99u, 0xa0u, 0xa7u, 0xaeu, 0xb5u, 0xbcu, 0xc3u, 0xcau, 0xd1u, 0xd8u, 0xdfu,
        0xe6u, 0xedu, 0xf4u, 0xfbu, 0x2u, 0x9u, 0x10u, 0x17u, 0x1eu, 0x25u, 0x2cu, 0x33u, 0x3au, 0x41u, 0x48u, 0x4fu,
        0x56u, 0x5du, 0x64u, 0x6bu, 0x72u, 0x79u, 0x80u, 0x87u, 0x8eu, 0x95u, 0x9cu, 0xa3u, 0xaau, 0xb1u, 0xb8u, 0xbfu,
        0xc6u, 0xcdu, 0xd4u, 0xdbu, 0xe2u, 0xe9u, 0xf0u, 0xf7u, 0xfeu, 0x5u, 0xcu, 0x13u, 0x1au, 0x21u, 0x28u, 0x2fu,
        0x36u, 0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu,
        0xa6u, 0xadu, 0xb4u, 0xbbu, 0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu,
        0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu,
        0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau, 0xe1u, 0xe8u, 0xefu,
        0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u, 0x4au, 0x51u, 0x58u, 0x5fu,
        0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u, 0xbau, 0xc1u, 0xc8u, 0xcfu,
        0xd6u, 0xddu, 0xe4u, 0xebu, 0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u, 0x2au, 0x31u, 0x38u, 0x3fu,
        0x46u, 0x4du, 0x54u, 0x5bu, 0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u, 0x9au, 0xa1u, 0xa8u, 0xafu,
        0xb6u, 0xbdu, 0xc4u, 0xcbu, 0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u, 0xau, 0x11u, 0x18u, 0x1fu,
        0x26u, 0x2du, 0x34u, 0x3bu, 0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u, 0x7au, 0x81u, 0x88u, 0x8fu,
        0x96u, 0x9du, 0xa4u, 0xabu, 0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu, 0xe3u, 0xeau, 0xf1u, 0xf8u, 0xffu,
        0x6u, 0xdu, 0x14u, 0x1bu, 0x22u, 0x29u, 0x30u, 0x37u, 0x3eu, 0x45u, 0x4cu, 0x53u, 0x5au, 0x61u, 0x68u, 0x6fu,
        0x76u, 0x7du, 0x84u, 0x8bu, 0x92u, 0x99u, 0xa0u, 0xa7u, 0xaeu, 0xb5u, 0xbcu, 0xc3u, 0xcau, 0xd1u, 0xd8u, 0xdfu,
        0xe6u, 0xedu, 0xf4u, 0xfbu, 0x2u, 0x9u, 0x10u, 0x17u, 0x1eu, 0x25u, 0x2cu, 0x33u, 0x3au, 0x41u, 0x48u, 0x4fu,
        0x56u, 0x5du, 0x64u, 0x6bu, 0x72u, 0x79u, 0x80u, 0x87u, 0x8eu, 0x95u, 0x9cu, 0xa3u, 0xaau, 0xb1u, 0xb8u, 0xbfu,
        0xc6u, 0xcdu, 0xd4u, 0xdbu, 0xe2u, 0xe9u, 0xf0u, 0xf7u, 0xfeu, 0x5u, 0xcu, 0x13u, 0x1au, 0x21u, 0x28u, 0x2fu,
        0x36u},
};

static const struct vwr_snd_ctl_read_answer blank_ctl_read;

static int called_ctl_read(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_ctl_read_msg *m,
                           struct vwr_snd_ctl_read_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->control_id, 0x524b443du);

    if (!ends.blank)
        *a = answer_ctl_read;
    return ends_called(x, "ctl_read");
}

static void check_ctl_read(const struct vwr_snd_ctl_read_answer *m)
{
    ENDS_SAME_BYTES(m->value, ends.blank ? blank_ctl_read.value : answer_ctl_read.value, sizeof(m->value));

}

static void forms_of_ctl_read(void)
{
    {
        struct vwr_snd_ctl_read_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctl_read, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_read_msg_encode(&form, false, &given_ctl_read);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_read_msg values;
        const struct vwr_snd_ctl_read_msg *const m = &values;

        memcpy(&form, out_ctl_read, sizeof(form));
        vwr_snd_ctl_read_msg_decode(&form, false, &values);
    ENDS_SAME(m->control_id, 0x524b443du);

    }

    {
        struct vwr_snd_ctl_read_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_ctl_read, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_read_answer_encode(&form, false, &answer_ctl_read);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_read_answer values;
        const struct vwr_snd_ctl_read_answer *const m = &values;

        memcpy(&form, back_ctl_read, sizeof(form));
        vwr_snd_ctl_read_answer_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->value, answer_ctl_read.value, sizeof(m->value));

    }

}

static int call_of_ctl_read(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    struct vwr_snd_ctl_read_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctl_read();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_ctl_read_submit(&client, call, &given_ctl_read);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_ctl_read_done(ends.kept, ends.ticket, VWR_OK, &answer_ctl_read);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_snd_client_ctl_read_answer(&client, call, &a);
        check_ctl_read(&a);
        return VWR_OK;
    }
    r = vwr_snd_client_ctl_read(&client, &given_ctl_read, &a);
    if (r == VWR_OK)
        check_ctl_read(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- ctl_write ---- */

static const uint8_t out_ctl_write[] = {
    0x3, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22, 0x29, 0x30, 0x37, 0x3e, 0x45, 0x4c, 0x53, 0x5a,
    0x61, 0x68, 0x6f, 0x76, 0x7d, 0x84, 0x8b, 0x92, 0x99, 0xa0, 0xa7, 0xae, 0xb5, 0xbc, 0xc3, 0xca,
    0xd1, 0xd8, 0xdf, 0xe6, 0xed, 0xf4, 0xfb, 0x2, 0x9, 0x10, 0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a,
    0x41, 0x48, 0x4f, 0x56, 0x5d, 0x64, 0x6b, 0x72, 0x79, 0x80, 0x87, 0x8e, 0x95, 0x9c, 0xa3, 0xaa,
    0xb1, 0xb8, 0xbf, 0xc6, 0xcd, 0xd4, 0xdb, 0xe2, 0xe9, 0xf0, 0xf7, 0xfe, 0x5, 0xc, 0x13, 0x1a,
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22, 0x29, 0x30, 0x37, 0x3e, 0x45, 0x4c, 0x53, 0x5a,
    0x61, 0x68, 0x6f, 0x76, 0x7d, 0x84, 0x8b, 0x92, 0x99, 0xa0, 0xa7, 0xae, 0xb5, 0xbc, 0xc3, 0xca,
    0xd1, 0xd8, 0xdf, 0xe6, 0xed, 0xf4, 0xfb, 0x2, 0x9, 0x10, 0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a,
    0x41, 0x48, 0x4f, 0x56, 0x5d, 0x64, 0x6b, 0x72, 0x79, 0x80, 0x87, 0x8e, 0x95, 0x9c, 0xa3, 0xaa,
    0xb1, 0xb8, 0xbf, 0xc6, 0xcd, 0xd4, 0xdb, 0xe2, 0xe9, 0xf0, 0xf7, 0xfe, 0x5, 0xc, 0x13, 0x1a,
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_ctl_write[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_ctl_write_msg given_ctl_write = {
    .control_id = 0x524b443du,
    .value = {0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu,
        0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu,
        0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu,
        0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu,
        0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u, 0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu,
        0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u, 0xbau, 0xc1u, 0xc8u, 0xcfu, 0xd6u, 0xddu, 0xe4u, 0xebu,
        0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u, 0x2au, 0x31u, 0x38u, 0x3fu, 0x46u, 0x4du, 0x54u, 0x5bu,
        0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u, 0x9au, 0xa1u, 0xa8u, 0xafu, 0xb6u, 0xbdu, 0xc4u, 0xcbu,
        0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u, 0xau, 0x11u, 0x18u, 0x1fu, 0x26u, 0x2du, 0x34u, 0x3bu,
        0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u, 0x7au, 0x81u, 0x88u, 0x8fu, 0x96u, 0x9du, 0xa4u, 0xabu,
        0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu, 0xe3u, 0xeau, 0xf1u, 0xf8u, 0xffu, 0x6u, 0xdu, 0x14u, 0x1bu,
        0x22u, 0x29u, 0x30u, 0x37u, 0x3eu, 0x45u, 0x4cu, 0x53u, 0x5au, 0x61u, 0x68u, 0x6fu, 0x76u, 0x7du, 0x84u, 0x8bu,
        0x92u, 0x99u, 0xa0u, 0xa7u, 0xaeu, 0xb5u, 0xbcu, 0xc3u, 0xcau, 0xd1u, 0xd8u, 0xdfu, 0xe6u, 0xedu, 0xf4u, 0xfbu,
        0x2u, 0x9u, 0x10u, 0x17u, 0x1eu, 0x25u, 0x2cu, 0x33u, 0x3au, 0x41u, 0x48u, 0x4fu, 0x56u, 0x5du, 0x64u, 0x6bu,
        0x72u, 0x79u, 0x80u, 0x87u, 0x8eu, 0x95u, 0x9cu, 0xa3u, 0xaau, 0xb1u, 0xb8u, 0xbfu, 0xc6u, 0xcdu, 0xd4u, 0xdbu,
        0xe2u, 0xe9u, 0xf0u, 0xf7u, 0xfeu, 0x5u, 0xcu, 0x13u, 0x1au, 0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu,
        0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu,
        0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu,
        0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu,
        0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu,
        0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u, 0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu,
        0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u, 0xbau, 0xc1u, 0xc8u, 0xcfu, 0xd6u, 0xddu, 0xe4u, 0xebu,
        0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u, 0x2au, 0x31u, 0x38u, 0x3fu, 0x46u, 0x4du, 0x54u, 0x5bu,
        0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u, 0x9au, 0xa1u, 0xa8u, 0xafu, 0xb6u, 0xbdu, 0xc4u, 0xcbu,
        0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u, 0xau, 0x11u, 0x18u, 0x1fu, 0x26u, 0x2du, 0x34u, 0x3bu,
        0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u, 0x7au, 0x81u, 0x88u, 0x8fu, 0x96u, 0x9du, 0xa4u, 0xabu,
        0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu, 0xe3u, 0xeau, 0xf1u, 0xf8u, 0xffu, 0x6u, 0xdu, 0x14u, 0x1bu,
        0x22u, 0x29u, 0x30u, 0x37u, 0x3eu, 0x45u, 0x4cu, 0x53u, 0x5au, 0x61u, 0x68u, 0x6fu, 0x76u, 0x7du, 0x84u, 0x8bu,
        0x92u, 0x99u, 0xa0u, 0xa7u, 0xaeu, 0xb5u, 0xbcu, 0xc3u, 0xcau, 0xd1u, 0xd8u, 0xdfu, 0xe6u, 0xedu, 0xf4u, 0xfbu,
        0x2u, 0x9u, 0x10u, 0x17u, 0x1eu, 0x25u, 0x2cu, 0x33u, 0x3au, 0x41u, 0x48u, 0x4fu, 0x56u, 0x5du, 0x64u, 0x6bu,
        0x72u, 0x79u, 0x80u, 0x87u, 0x8eu, 0x95u, 0x9cu, 0xa3u, 0xaau, 0xb1u, 0xb8u, 0xbfu, 0xc6u, 0xcdu, 0xd4u, 0xdbu,
        0xe2u, 0xe9u, 0xf0u, 0xf7u, 0xfeu, 0x5u, 0xcu, 0x13u, 0x1au, 0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu,
        0x52u},
};

static int called_ctl_write(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_ctl_write_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->control_id, 0x524b443du);
    ENDS_SAME_BYTES(m->value, given_ctl_write.value, sizeof(m->value));

    return ends_called(x, "ctl_write");
}

static void forms_of_ctl_write(void)
{
    {
        struct vwr_snd_ctl_write_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctl_write, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_write_msg_encode(&form, false, &given_ctl_write);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_write_msg values;
        const struct vwr_snd_ctl_write_msg *const m = &values;

        memcpy(&form, out_ctl_write, sizeof(form));
        vwr_snd_ctl_write_msg_decode(&form, false, &values);
    ENDS_SAME(m->control_id, 0x524b443du);
        ENDS_SAME_BYTES(m->value, given_ctl_write.value, sizeof(m->value));

    }

}

static int call_of_ctl_write(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctl_write();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_ctl_write_submit(&client, call, &given_ctl_write);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_ctl_write_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_snd_client_ctl_write(&client, &given_ctl_write);
    return r;
}

/* ---- ctl_tlv_read ---- */

static const uint8_t out_ctl_tlv_read[] = {
    0x4, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const uint8_t back_ctl_tlv_read[] = {
    0x0, 0x80, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e,
};

static const struct vwr_snd_ctl_tlv_read_msg given_ctl_tlv_read = {
    .control_id = 0x524b443du,
};

static const struct vwr_snd_ctl_tlv_read_answer answer_ctl_tlv_read = {
    .type = 0x524b443du,
    .length = 0x6e676059u,
};

static const struct vwr_snd_ctl_tlv_read_answer blank_ctl_tlv_read;

static int called_ctl_tlv_read(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_snd_ctl_tlv_read_msg *m, struct vwr_snd_ctl_tlv_read_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->control_id, 0x524b443du);

    if (!ends.blank)
        *a = answer_ctl_tlv_read;
    return ends_called(x, "ctl_tlv_read");
}

static void check_ctl_tlv_read(const struct vwr_snd_ctl_tlv_read_answer *m)
{
    ENDS_SAME(m->type, ends.blank ? blank_ctl_tlv_read.type : 0x524b443du);
    ENDS_SAME(m->length, ends.blank ? blank_ctl_tlv_read.length : 0x6e676059u);

}

static void forms_of_ctl_tlv_read(void)
{
    {
        struct vwr_snd_ctl_tlv_read_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctl_tlv_read, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_tlv_read_msg_encode(&form, false, &given_ctl_tlv_read);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_tlv_read_msg values;
        const struct vwr_snd_ctl_tlv_read_msg *const m = &values;

        memcpy(&form, out_ctl_tlv_read, sizeof(form));
        vwr_snd_ctl_tlv_read_msg_decode(&form, false, &values);
    ENDS_SAME(m->control_id, 0x524b443du);

    }

    {
        struct vwr_snd_ctl_tlv_read_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_ctl_tlv_read, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_tlv_read_answer_encode(&form, false, &answer_ctl_tlv_read);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_tlv_read_answer values;
        const struct vwr_snd_ctl_tlv_read_answer *const m = &values;

        memcpy(&form, back_ctl_tlv_read, sizeof(form));
        vwr_snd_ctl_tlv_read_answer_decode(&form, false, &values);
    ENDS_SAME(m->type, 0x524b443du);
        ENDS_SAME(m->length, 0x6e676059u);

    }

}

static int call_of_ctl_tlv_read(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    struct vwr_snd_ctl_tlv_read_answer a;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctl_tlv_read();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_ctl_tlv_read_submit(&client, call, &given_ctl_tlv_read, ends_in(0), 8);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_ctl_tlv_read_done(ends.kept, ends.ticket, VWR_OK, &answer_ctl_tlv_read);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_snd_client_ctl_tlv_read_answer(&client, call, &a);
        check_ctl_tlv_read(&a);
        return VWR_OK;
    }
    if (what == ENDS_UNFIT + 0) {
        return vwr_snd_client_ctl_tlv_read_submit(&client, call, &given_ctl_tlv_read, ends_in(0), 5);
    }
    r = vwr_snd_client_ctl_tlv_read(&client, &given_ctl_tlv_read, ends_in(0), 8, &a, &written);
    if (r == VWR_OK)
        check_ctl_tlv_read(&a);
    else
        ends_untouched(&a, sizeof(a));
    ends_written(r, written);
    return r;
}

/* ---- ctl_tlv_write ---- */

static const uint8_t out_ctl_tlv_write[] = {
    0x5, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_ctl_tlv_write[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_ctl_tlv_write_msg given_ctl_tlv_write = {
    .control_id = 0x524b443du,
    .type = 0x6e676059u,
    .length = 0x8a837c75u,
};

static int called_ctl_tlv_write(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_snd_ctl_tlv_write_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->control_id, 0x524b443du);
    ENDS_SAME(m->type, 0x6e676059u);
    ENDS_SAME(m->length, 0x8a837c75u);

    return ends_called(x, "ctl_tlv_write");
}

static void forms_of_ctl_tlv_write(void)
{
    {
        struct vwr_snd_ctl_tlv_write_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctl_tlv_write, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_tlv_write_msg_encode(&form, false, &given_ctl_tlv_write);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_tlv_write_msg values;
        const struct vwr_snd_ctl_tlv_write_msg *const m = &values;

        memcpy(&form, out_ctl_tlv_write, sizeof(form));
        vwr_snd_ctl_tlv_write_msg_decode(&form, false, &values);
    ENDS_SAME(m->control_id, 0x524b443du);
        ENDS_SAME(m->type, 0x6e676059u);
        ENDS_SAME(m->length, 0x8a837c75u);

    }

}

static int call_of_ctl_tlv_write(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctl_tlv_write();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_ctl_tlv_write_submit(&client, call, &given_ctl_tlv_write, ends_out(0), 8);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_ctl_tlv_write_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_snd_client_ctl_tlv_write_submit(&client, call, &given_ctl_tlv_write, ends_out(0), 5);
    }
    r = vwr_snd_client_ctl_tlv_write(&client, &given_ctl_tlv_write, ends_out(0), 8);
    return r;
}

/* ---- ctl_tlv_command ---- */

static const uint8_t out_ctl_tlv_command[] = {
    0x6, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_ctl_tlv_command[] = {
    0x0, 0x80, 0x0, 0x0,
};

static const struct vwr_snd_ctl_tlv_command_msg given_ctl_tlv_command = {
    .control_id = 0x524b443du,
    .type = 0x6e676059u,
    .length = 0x8a837c75u,
};

static int called_ctl_tlv_command(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                                  const struct vwr_snd_ctl_tlv_command_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->control_id, 0x524b443du);
    ENDS_SAME(m->type, 0x6e676059u);
    ENDS_SAME(m->length, 0x8a837c75u);

    return ends_called(x, "ctl_tlv_command");
}

static void forms_of_ctl_tlv_command(void)
{
    {
        struct vwr_snd_ctl_tlv_command_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctl_tlv_command, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_tlv_command_msg_encode(&form, false, &given_ctl_tlv_command);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_tlv_command_msg values;
        const struct vwr_snd_ctl_tlv_command_msg *const m = &values;

        memcpy(&form, out_ctl_tlv_command, sizeof(form));
        vwr_snd_ctl_tlv_command_msg_decode(&form, false, &values);
    ENDS_SAME(m->control_id, 0x524b443du);
        ENDS_SAME(m->type, 0x6e676059u);
        ENDS_SAME(m->length, 0x8a837c75u);

    }

}

static int call_of_ctl_tlv_command(enum ends_do what)
{
    struct vwr_snd_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctl_tlv_command();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_ctl_tlv_command_submit(&client, call, &given_ctl_tlv_command, ends_out(0), 8);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_ctl_tlv_command_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_snd_client_ctl_tlv_command_submit(&client, call, &given_ctl_tlv_command, ends_out(0), 5);
    }
    r = vwr_snd_client_ctl_tlv_command(&client, &given_ctl_tlv_command, ends_out(0), 8);
    return r;
}

/* ---- play ---- */

static const uint8_t out_play[] = {
    0x21, 0x28, 0x2f, 0x36,
};

static const uint8_t back_play[] = {
    0x0, 0x80, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct vwr_snd_play_msg given_play = {
    .stream_id = 0x362f2821u,
};

static const struct vwr_snd_play_answer answer_play = {
    .latency_bytes = 0x524b443du,
};

static const struct vwr_snd_play_answer blank_play;

static int called_play(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_play_msg *m,
                       struct vwr_snd_play_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->stream_id, 0x362f2821u);

    if (!ends.blank)
        *a = answer_play;
    return ends_called(x, "play");
}

static void check_play(const struct vwr_snd_play_answer *m)
{
    ENDS_SAME(m->latency_bytes, ends.blank ? blank_play.latency_bytes : 0x524b443du);

}

static void forms_of_play(void)
{
    {
        struct vwr_snd_play_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_play, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_play_msg_encode(&form, false, &given_play);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_play_msg values;
        const struct vwr_snd_play_msg *const m = &values;

        memcpy(&form, out_play, sizeof(form));
        vwr_snd_play_msg_decode(&form, false, &values);
    ENDS_SAME(m->stream_id, 0x362f2821u);

    }

    {
        struct vwr_snd_play_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_play, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_play_answer_encode(&form, false, &answer_play);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_play_answer values;
        const struct vwr_snd_play_answer *const m = &values;

        memcpy(&form, back_play, sizeof(form));
        vwr_snd_play_answer_decode(&form, false, &values);
    ENDS_SAME(m->latency_bytes, 0x524b443du);

    }

}

static int call_of_play(enum ends_do what)
{
    struct vwr_snd_client_txq_call *const call = &call_txq;
    struct vwr_snd_play_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_play();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_play_submit(&client, call, &given_play, ends_out(0), 2);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_play_done(ends.kept, ends.ticket, VWR_OK, &answer_play);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_snd_client_play_answer(&client, call, &a);
        check_play(&a);
        return VWR_OK;
    }
    r = vwr_snd_client_play(&client, &given_play, ends_out(0), 2, &a);
    if (r == VWR_OK)
        check_play(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- record ---- */

static const uint8_t out_record[] = {
    0x21, 0x28, 0x2f, 0x36,
};

static const uint8_t back_record[] = {
    0x0, 0x80, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct vwr_snd_record_msg given_record = {
    .stream_id = 0x362f2821u,
};

static const struct vwr_snd_record_answer answer_record = {
    .latency_bytes = 0x524b443du,
};

static const struct vwr_snd_record_answer blank_record;

static int called_record(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_record_msg *m,
                         struct vwr_snd_record_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->stream_id, 0x362f2821u);

    if (!ends.blank)
        *a = answer_record;
    return ends_called(x, "record");
}

static void check_record(const struct vwr_snd_record_answer *m)
{
    ENDS_SAME(m->latency_bytes, ends.blank ? blank_record.latency_bytes : 0x524b443du);

}

static void forms_of_record(void)
{
    {
        struct vwr_snd_record_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_record, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_record_msg_encode(&form, false, &given_record);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_record_msg values;
        const struct vwr_snd_record_msg *const m = &values;

        memcpy(&form, out_record, sizeof(form));
        vwr_snd_record_msg_decode(&form, false, &values);
    ENDS_SAME(m->stream_id, 0x362f2821u);

    }

    {
        struct vwr_snd_record_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_record, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_record_answer_encode(&form, false, &answer_record);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_record_answer values;
        const struct vwr_snd_record_answer *const m = &values;

        memcpy(&form, back_record, sizeof(form));
        vwr_snd_record_answer_decode(&form, false, &values);
    ENDS_SAME(m->latency_bytes, 0x524b443du);

    }

}

static int call_of_record(enum ends_do what)
{
    struct vwr_snd_client_rxq_call *const call = &call_rxq;
    struct vwr_snd_record_answer a;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_record();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_snd_client_record_submit(&client, call, &given_record, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_snd_vservice_record_done(ends.kept, ends.ticket, VWR_OK, &answer_record);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_snd_client_record_answer(&client, call, &a);
        check_record(&a);
        return VWR_OK;
    }
    r = vwr_snd_client_record(&client, &given_record, ends_in(0), 2, &a, &written);
    if (r == VWR_OK)
        check_record(&a);
    else
        ends_untouched(&a, sizeof(a));
    ends_written(r, written);
    return r;
}

/* ---- jack_connected ---- */

static const uint8_t back_jack_connected[] = {
    0x0, 0x10, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct vwr_snd_jack_connected_msg given_jack_connected = {
    .data = 0x524b443du,
};

static void check_jack_connected(const struct vwr_snd_jack_connected_msg *m)
{
    ENDS_SAME(m->data, 0x524b443du);

}

static void forms_of_jack_connected(void)
{
    {
        struct vwr_snd_jack_connected_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_jack_connected, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_jack_connected_msg_encode(&form, false, &given_jack_connected);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_jack_connected_msg values;
        const struct vwr_snd_jack_connected_msg *const m = &values;

        memcpy(&form, back_jack_connected, sizeof(form));
        vwr_snd_jack_connected_msg_decode(&form, false, &values);
    ENDS_SAME(m->data, 0x524b443du);

    }

}

/* ---- jack_disconnected ---- */

static const uint8_t back_jack_disconnected[] = {
    0x1, 0x10, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct vwr_snd_jack_disconnected_msg given_jack_disconnected = {
    .data = 0x524b443du,
};

static void check_jack_disconnected(const struct vwr_snd_jack_disconnected_msg *m)
{
    ENDS_SAME(m->data, 0x524b443du);

}

static void forms_of_jack_disconnected(void)
{
    {
        struct vwr_snd_jack_disconnected_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_jack_disconnected, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_jack_disconnected_msg_encode(&form, false, &given_jack_disconnected);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_jack_disconnected_msg values;
        const struct vwr_snd_jack_disconnected_msg *const m = &values;

        memcpy(&form, back_jack_disconnected, sizeof(form));
        vwr_snd_jack_disconnected_msg_decode(&form, false, &values);
    ENDS_SAME(m->data, 0x524b443du);

    }

}

/* ---- pcm_period_elapsed ---- */

static const uint8_t back_pcm_period_elapsed[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct vwr_snd_pcm_period_elapsed_msg given_pcm_period_elapsed = {
    .data = 0x524b443du,
};

static void check_pcm_period_elapsed(const struct vwr_snd_pcm_period_elapsed_msg *m)
{
    ENDS_SAME(m->data, 0x524b443du);

}

static void forms_of_pcm_period_elapsed(void)
{
    {
        struct vwr_snd_pcm_period_elapsed_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_pcm_period_elapsed, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_pcm_period_elapsed_msg_encode(&form, false, &given_pcm_period_elapsed);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_pcm_period_elapsed_msg values;
        const struct vwr_snd_pcm_period_elapsed_msg *const m = &values;

        memcpy(&form, back_pcm_period_elapsed, sizeof(form));
        vwr_snd_pcm_period_elapsed_msg_decode(&form, false, &values);
    ENDS_SAME(m->data, 0x524b443du);

    }

}

/* ---- pcm_xrun ---- */

static const uint8_t back_pcm_xrun[] = {
    0x1, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct vwr_snd_pcm_xrun_msg given_pcm_xrun = {
    .data = 0x524b443du,
};

static void check_pcm_xrun(const struct vwr_snd_pcm_xrun_msg *m)
{
    ENDS_SAME(m->data, 0x524b443du);

}

static void forms_of_pcm_xrun(void)
{
    {
        struct vwr_snd_pcm_xrun_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_pcm_xrun, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_pcm_xrun_msg_encode(&form, false, &given_pcm_xrun);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_pcm_xrun_msg values;
        const struct vwr_snd_pcm_xrun_msg *const m = &values;

        memcpy(&form, back_pcm_xrun, sizeof(form));
        vwr_snd_pcm_xrun_msg_decode(&form, false, &values);
    ENDS_SAME(m->data, 0x524b443du);

    }

}

/* ---- ctl_notify ---- */

static const uint8_t back_ctl_notify[] = {
    0x0, 0x12, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52,
};

static const struct vwr_snd_ctl_notify_msg given_ctl_notify = {
    .control_id = 0x443du,
    .mask = 0x524bu,
};

static void check_ctl_notify(const struct vwr_snd_ctl_notify_msg *m)
{
    ENDS_SAME(m->control_id, 0x443du);
    ENDS_SAME(m->mask, 0x524bu);

}

static void forms_of_ctl_notify(void)
{
    {
        struct vwr_snd_ctl_notify_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_ctl_notify, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_snd_ctl_notify_msg_encode(&form, false, &given_ctl_notify);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_snd_ctl_notify_msg values;
        const struct vwr_snd_ctl_notify_msg *const m = &values;

        memcpy(&form, back_ctl_notify, sizeof(form));
        vwr_snd_ctl_notify_msg_decode(&form, false, &values);
    ENDS_SAME(m->control_id, 0x443du);
        ENDS_SAME(m->mask, 0x524bu);

    }

}

static int poll_eventq(void)
{
    struct vwr_snd_client_eventq_event e;
    const int n = vwr_snd_client_poll_eventq(&client, &e);

    if (n != 1)
        return n;
    if (e.type == VWR_SND_CLIENT_EVENTQ_JACK_CONNECTED)
        check_jack_connected(&e.m.jack_connected);
    if (e.type == VWR_SND_CLIENT_EVENTQ_JACK_DISCONNECTED)
        check_jack_disconnected(&e.m.jack_disconnected);
    if (e.type == VWR_SND_CLIENT_EVENTQ_PCM_PERIOD_ELAPSED)
        check_pcm_period_elapsed(&e.m.pcm_period_elapsed);
    if (e.type == VWR_SND_CLIENT_EVENTQ_PCM_XRUN)
        check_pcm_xrun(&e.m.pcm_xrun);
    if (e.type == VWR_SND_CLIENT_EVENTQ_CTL_NOTIFY)
        check_ctl_notify(&e.m.ctl_notify);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_snd_client_return_eventq(&client, &e);
    return n;
}

static int parse_eventq(void)
{
    struct vwr_snd_client_eventq_event e;

    return vwr_snd_client_eventq_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_jack_connected(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_jack_connected();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_snd_vservice_send_jack_connected(&service, &given_jack_connected, ends_out(0), 0);
}

static int call_of_jack_disconnected(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_jack_disconnected();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_snd_vservice_send_jack_disconnected(&service, &given_jack_disconnected, ends_out(0), 0);
}

static int call_of_pcm_period_elapsed(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_pcm_period_elapsed();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_snd_vservice_send_pcm_period_elapsed(&service, &given_pcm_period_elapsed, ends_out(0), 0);
}

static int call_of_pcm_xrun(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_pcm_xrun();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_snd_vservice_send_pcm_xrun(&service, &given_pcm_xrun, ends_out(0), 0);
}

static int call_of_ctl_notify(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_ctl_notify();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_eventq();
    if (what == ENDS_PARSE)
        return parse_eventq();
    return vwr_snd_vservice_send_ctl_notify(&service, &given_ctl_notify, ends_out(0), 0);
}

static uint16_t index_controlq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_SND_QUEUE_CONTROLQ);
}

static uint16_t index_eventq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_SND_QUEUE_EVENTQ);
}

static uint16_t index_txq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_SND_QUEUE_TXQ);
}

static uint16_t index_rxq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_SND_QUEUE_RXQ);
}

static void posted(struct vwr_snd_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_snd_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_snd_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_snd_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_snd_vservice_calls no_calls;
static const struct vwr_snd_vservice_calls calls = {
    .jack_info = called_jack_info,
    .jack_remap = called_jack_remap,
    .pcm_info = called_pcm_info,
    .pcm_set_params = called_pcm_set_params,
    .pcm_prepare = called_pcm_prepare,
    .pcm_release = called_pcm_release,
    .pcm_start = called_pcm_start,
    .pcm_stop = called_pcm_stop,
    .chmap_info = called_chmap_info,
    .ctl_info = called_ctl_info,
    .ctl_enum_items = called_ctl_enum_items,
    .ctl_read = called_ctl_read,
    .ctl_write = called_ctl_write,
    .ctl_tlv_read = called_ctl_tlv_read,
    .ctl_tlv_write = called_ctl_tlv_write,
    .ctl_tlv_command = called_ctl_tlv_command,
    .play = called_play,
    .record = called_record,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_controlq[] = {
    {
        .name = "jack_info",
        .call = call_of_jack_info,
        .out = {out_jack_info, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_jack_info, 4, 0, 48, false, 0, 1, 0, over_jack_info, 0, 48, false},
        .sets = UINT64_C(0x3), .home = 1,
        .items = 2,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_jack_info, .wrongs = 2,
    },
    {
        .name = "jack_remap",
        .call = call_of_jack_remap,
        .out = {out_jack_remap, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_jack_remap, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
    },
    {
        .name = "pcm_info",
        .call = call_of_pcm_info,
        .out = {out_pcm_info, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_pcm_info, 4, 0, 64, false, 0, 1, 0, over_pcm_info, 0, 64, false},
        .sets = UINT64_C(0x3), .home = 1,
        .items = 2,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_pcm_info, .wrongs = 2,
    },
    {
        .name = "pcm_set_params",
        .call = call_of_pcm_set_params,
        .out = {out_pcm_set_params, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_pcm_set_params, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
    },
    {
        .name = "pcm_prepare",
        .call = call_of_pcm_prepare,
        .out = {out_pcm_prepare, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_pcm_prepare, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
    },
    {
        .name = "pcm_release",
        .call = call_of_pcm_release,
        .out = {out_pcm_release, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_pcm_release, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
    },
    {
        .name = "pcm_start",
        .call = call_of_pcm_start,
        .out = {out_pcm_start, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_pcm_start, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
    },
    {
        .name = "pcm_stop",
        .call = call_of_pcm_stop,
        .out = {out_pcm_stop, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_pcm_stop, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
    },
    {
        .name = "chmap_info",
        .call = call_of_chmap_info,
        .out = {out_chmap_info, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_chmap_info, 4, 0, 48, false, 0, 1, 0, over_chmap_info, 0, 48, false},
        .sets = UINT64_C(0x3), .home = 1,
        .items = 2,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_chmap_info, .wrongs = 2,
    },
    {
        .name = "ctl_info",
        .call = call_of_ctl_info,
        .out = {out_ctl_info, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ctl_info, 4, 0, 184, false, 0, 1, 0, over_ctl_info, 0, 184, false},
        .sets = UINT64_C(0x2), .home = 1,
        .items = 2,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_ctl_info, .wrongs = 2,
    },
    {
        .name = "ctl_enum_items",
        .call = call_of_ctl_enum_items,
        .out = {out_ctl_enum_items, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ctl_enum_items, 4, 0, 128, true, 0, 64, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
        .unfit = {"client_room_no_multiple"},
    },
    {
        .name = "ctl_read",
        .call = call_of_ctl_read,
        .out = {out_ctl_read, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ctl_read, 516, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
    },
    {
        .name = "ctl_write",
        .call = call_of_ctl_write,
        .out = {out_ctl_write, 520, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ctl_write, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
    },
    {
        .name = "ctl_tlv_read",
        .call = call_of_ctl_tlv_read,
        .out = {out_ctl_tlv_read, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ctl_tlv_read, 12, 0, 8, true, 0, 4, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
        .unfit = {"client_room_no_multiple"},
    },
    {
        .name = "ctl_tlv_write",
        .call = call_of_ctl_tlv_write,
        .out = {out_ctl_tlv_write, 16, 0, 8, true, 0, 4, 0, NULL, 0, 0, false},
        .back = {back_ctl_tlv_write, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
        .unfit = {"client_no_multiple"},
    },
    {
        .name = "ctl_tlv_command",
        .call = call_of_ctl_tlv_command,
        .out = {out_ctl_tlv_command, 16, 0, 8, true, 0, 4, 0, NULL, 0, 0, false},
        .back = {back_ctl_tlv_command, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = true, .refuse = 0x8002u, .refuses_beyond = true, .beyond = 0x8001u,
        .refuses_unknown = true, .unknown = 0x8002u,
        .unfit = {"client_no_multiple"},
    },
};
static const struct ends_unknown unknown_controlq[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_message messages_eventq[] = {
    {
        .name = "jack_connected",
        .call = call_of_jack_connected,
        .back = {back_jack_connected, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_SND_CLIENT_EVENTQ_JACK_CONNECTED,
    },
    {
        .name = "jack_disconnected",
        .call = call_of_jack_disconnected,
        .back = {back_jack_disconnected, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_SND_CLIENT_EVENTQ_JACK_DISCONNECTED,
    },
    {
        .name = "pcm_period_elapsed",
        .call = call_of_pcm_period_elapsed,
        .back = {back_pcm_period_elapsed, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_SND_CLIENT_EVENTQ_PCM_PERIOD_ELAPSED,
    },
    {
        .name = "pcm_xrun",
        .call = call_of_pcm_xrun,
        .back = {back_pcm_xrun, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_SND_CLIENT_EVENTQ_PCM_XRUN,
    },
    {
        .name = "ctl_notify",
        .call = call_of_ctl_notify,
        .back = {back_ctl_notify, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .type = VWR_SND_CLIENT_EVENTQ_CTL_NOTIFY,
    },
};
static const struct ends_unknown unknown_eventq[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_message messages_txq[] = {
    {
        .name = "play",
        .call = call_of_play,
        .out = {out_play, 4, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_play, 8, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = false, .refuse = 0x0u, .refuses_beyond = false, .beyond = 0x0u,
        .refuses_unknown = false, .unknown = 0x0u,
    },
};

static const struct ends_message messages_rxq[] = {
    {
        .name = "record",
        .call = call_of_record,
        .out = {out_record, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_record, 0, 8, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x8000},
        .refuses = false, .refuse = 0x0u, .refuses_beyond = false, .beyond = 0x0u,
        .refuses_unknown = false, .unknown = 0x0u,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "controlq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_controlq,
        .message = messages_controlq, .messages = 16, .place = ENDS_FRONT, .select_end = 4, .big = false,
        .unknown = unknown_controlq, .unknowns = 1,
        .requests = &client.controlq, .call = &call_controlq.call, .own = &client.controlq_own.call,
    },
    {
        .name = "eventq", .kind = ENDS_EVENT, .sets = UINT64_C(0x3), .index = index_eventq,
        .message = messages_eventq, .messages = 5, .place = ENDS_FRONT, .select_end = 4, .big = false,
        .unknown = unknown_eventq, .unknowns = 1,
        .receive = &client.eventq, .least = 8,
    },
    {
        .name = "txq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_txq,
        .message = messages_txq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.txq, .call = &call_txq.call, .own = &client.txq_own.call,
    },
    {
        .name = "rxq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_rxq,
        .message = messages_rxq, .messages = 1, .place = ENDS_BACK, .select_end = 0, .big = false,
        .requests = &client.rxq, .call = &call_rxq.call, .own = &client.rxq_own.call,
    },
};

static const uint8_t set_1[] = {0};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_snd_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_snd_client_options o = {.requests = ends_request_options()};

    memset(&call_controlq, 0, sizeof(call_controlq));
    memset(&call_txq, 0, sizeof(call_txq));
    memset(&call_rxq, 0, sizeof(call_rxq));
    o.controlq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_SND_CLIENT_CONTROLQ_SLOT,
                                   ENDS_SEGMENTS));
    o.eventq = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.eventq_buffers = ends_receive_memory();
    o.txq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_SND_CLIENT_TXQ_SLOT,
                              ENDS_SEGMENTS));
    o.rxq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_SND_CLIENT_RXQ_SLOT,
                              ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_snd_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_snd_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_snd_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_snd_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "sound",
    .id = 25,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 2,
    .queues = 4,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
