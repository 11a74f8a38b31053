/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/sound.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Sound Device */

#include "vwr/client/sound.h"

static const struct vwr_request_class client_snd_controlq_class = {
    .shared_bytes = VWR_SND_CLIENT_CONTROLQ_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_snd_txq_class = {
    .shared_bytes = VWR_SND_CLIENT_TXQ_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_snd_rxq_class = {
    .shared_bytes = VWR_SND_CLIENT_RXQ_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_snd_client *client_snd_of(struct vwr_recovery *v)
{
    return (struct vwr_snd_client *)(void *)v;
}

static void client_snd_read(const struct vwr_config *config, void *into)
{
    struct vwr_snd_client_info *const info = into;

    info->jacks = vwr_snd_config_get_jacks(config);
    info->streams = vwr_snd_config_get_streams(config);
    info->chmaps = vwr_snd_config_get_chmaps(config);
    info->controls = vwr_snd_config_get_controls(config);
}

static int client_snd_configure(struct vwr_recovery *v)
{
    (void)v;
    return VWR_OK;
}

static int client_snd_set_up_controlq(struct vwr_snd_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->controlq, &c->recovery, VWR_SND_QUEUE_CONTROLQ, &client_snd_controlq_class,
                            &c->options.controlq, &c->options.requests);
}

static int client_snd_set_up_eventq(struct vwr_snd_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_receive_setup(&c->eventq, &c->recovery, VWR_SND_QUEUE_EVENTQ, &c->options.eventq,
                             &c->options.eventq_buffers, 8);
}

static int client_snd_set_up_txq(struct vwr_snd_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->txq, &c->recovery, VWR_SND_QUEUE_TXQ, &client_snd_txq_class,
                            &c->options.txq, &c->options.requests);
}

static int client_snd_set_up_rxq(struct vwr_snd_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->rxq, &c->recovery, VWR_SND_QUEUE_RXQ, &client_snd_rxq_class,
                            &c->options.rxq, &c->options.requests);
}

static int client_snd_set_up(struct vwr_recovery *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_snd_client *) = {
        client_snd_set_up_controlq,
        client_snd_set_up_eventq,
        client_snd_set_up_txq,
        client_snd_set_up_rxq,
    };
    const int r = set_up[n](client_snd_of(v));

    return r == VWR_OK && n + 1 < 4 ? 1 : r;
}

static void client_snd_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_snd_want = {
    {VWR_SND_FEATURES_W0, VWR_SND_FEATURES_W1, VWR_SND_FEATURES_W2, VWR_SND_FEATURES_W3}};
static const struct vwr_features client_snd_none;

const struct vwr_recovery_class vwr_snd_client_recovery = {
    .type = VWR_SND_ID,
    .bytes = sizeof(struct vwr_snd_client),
    .info_at = __builtin_offsetof(struct vwr_snd_client, info),
    .info_bytes = sizeof(struct vwr_snd_client_info),
    .read = client_snd_read,
    .want = &client_snd_want,
    .configure = client_snd_configure,
    .set_up = client_snd_set_up,
    .event = client_snd_event,
};

int vwr_snd_client_open(struct vwr_snd_client *c, struct vwr_dev *d, const struct vwr_snd_client_options *options)
{
    const int r = vwr_recovery_begin(&c->recovery, &vwr_snd_client_recovery, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->recovery.need = options->need != NULL ? options->need : &client_snd_none;
    c->recovery.avoid = options->avoid != NULL ? options->avoid : &client_snd_none;
    return vwr_recovery_open(&c->recovery, &vwr_snd_client_recovery);
}

int vwr_snd_client_close(struct vwr_snd_client *c)
{
    return vwr_recovery_close(&c->recovery, &vwr_snd_client_recovery);
}

/* False: it is no message. */
static bool client_snd_decode_eventq(const struct vwr_snd_client *c, const struct vwr_slice *slice,
        struct vwr_snd_client_eventq_event *e)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    const uint8_t *const bytes = slice->p;
    uint32_t fixed;

    (void)legacy;
    (void)c;
    uint32_t select0;

    if (slice->bytes < 4u)
        return false;
    select0 = vwr_client_number(bytes + 0, 4, legacy);
    if (true && (select0 >> 0 & 0xffffffffu) == 4096u && slice->bytes >= 8u) {
        e->type = VWR_SND_CLIENT_EVENTQ_JACK_CONNECTED;
        fixed = 8u;
        struct vwr_snd_jack_connected_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_snd_jack_connected_msg_decode(&form, legacy, &e->m.jack_connected);
    }    else if (true && (select0 >> 0 & 0xffffffffu) == 4097u && slice->bytes >= 8u) {
        e->type = VWR_SND_CLIENT_EVENTQ_JACK_DISCONNECTED;
        fixed = 8u;
        struct vwr_snd_jack_disconnected_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_snd_jack_disconnected_msg_decode(&form, legacy, &e->m.jack_disconnected);
    }    else if (true && (select0 >> 0 & 0xffffffffu) == 4352u && slice->bytes >= 8u) {
        e->type = VWR_SND_CLIENT_EVENTQ_PCM_PERIOD_ELAPSED;
        fixed = 8u;
        struct vwr_snd_pcm_period_elapsed_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_snd_pcm_period_elapsed_msg_decode(&form, legacy, &e->m.pcm_period_elapsed);
    }    else if (true && (select0 >> 0 & 0xffffffffu) == 4353u && slice->bytes >= 8u) {
        e->type = VWR_SND_CLIENT_EVENTQ_PCM_XRUN;
        fixed = 8u;
        struct vwr_snd_pcm_xrun_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_snd_pcm_xrun_msg_decode(&form, legacy, &e->m.pcm_xrun);
    }    else if (true && (select0 >> 0 & 0xffffffffu) == 4608u && slice->bytes >= 8u && (vwr_snd_client_has(c,
                  VWR_SND_F_CTLS))) {
        e->type = VWR_SND_CLIENT_EVENTQ_CTL_NOTIFY;
        fixed = 8u;
        struct vwr_snd_ctl_notify_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_snd_ctl_notify_msg_decode(&form, legacy, &e->m.ctl_notify);
    }    else {
        return false;
    }
    e->data = bytes + fixed;
    e->data_bytes = slice->bytes - fixed;
    e->buffer = slice->buffer;
    return true;
}

int vwr_snd_client_poll_eventq(struct vwr_snd_client *c, struct vwr_snd_client_eventq_event *e)
{
    struct vwr_slice slice;

    for (unsigned i = 0; i < c->options.eventq_buffers.count; i++) {
        const int n = vwr_receive_poll(&c->eventq, &slice, 1);

        if (n <= 0)
            return n;
        if (client_snd_decode_eventq(c, &slice, e))
            return 1;
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_return(&c->eventq, slice.buffer);
        (void)vwr_receive_kick(&c->eventq);
    }
    return 0;
}
