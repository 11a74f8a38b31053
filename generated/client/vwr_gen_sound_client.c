/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/sound.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Sound Device */

#include "vwr/client/sound.h"

static const struct vwr_request_class client_snd_controlq_class = {
    VWR_CLIENT_CLASS(VWR_SND_CLIENT_CONTROLQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_snd_txq_class = {
    VWR_CLIENT_CLASS(VWR_SND_CLIENT_TXQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_snd_rxq_class = {
    VWR_CLIENT_CLASS(VWR_SND_CLIENT_RXQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_snd_client *client_snd_of(struct vwr_bringup *v)
{
    return (struct vwr_snd_client *)(void *)v;
}

static int client_snd_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_snd_set_up_controlq(struct vwr_snd_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->controlq, &c->bringup, VWR_SND_QUEUE_CONTROLQ, &client_snd_controlq_class,
                            &c->options.controlq, &c->options.requests);
}

static int client_snd_set_up_eventq(struct vwr_snd_client *c, unsigned n)
{
    (void)n;
    return vwr_receive_setup(&c->eventq, &c->bringup, VWR_SND_QUEUE_EVENTQ, &c->options.eventq,
                             &c->options.eventq_buffers, 8);
}

static int client_snd_set_up_txq(struct vwr_snd_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->txq, &c->bringup, VWR_SND_QUEUE_TXQ, &client_snd_txq_class, &c->options.txq,
                            &c->options.requests);
}

static int client_snd_set_up_rxq(struct vwr_snd_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->rxq, &c->bringup, VWR_SND_QUEUE_RXQ, &client_snd_rxq_class, &c->options.rxq,
                            &c->options.requests);
}

static int client_snd_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_snd_client *, unsigned) = {
        client_snd_set_up_controlq,
        client_snd_set_up_eventq,
        client_snd_set_up_txq,
        client_snd_set_up_rxq,
    };
    const int r = set_up[n](client_snd_of(v), 0);

    return r == VWR_OK && n + 1 < 4 ? 1 : r;
}

static void client_snd_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_snd_want = {
    {VWR_SND_FEATURES_W0, VWR_SND_FEATURES_W1, VWR_SND_FEATURES_W2, VWR_SND_FEATURES_W3}};

const struct vwr_bringup_class vwr_snd_client_bringup = {
    .type = VWR_SND_ID,
    .bytes = sizeof(struct vwr_snd_client),
    .info_at = __builtin_offsetof(struct vwr_snd_client, info),
    .info_bytes = sizeof(struct vwr_snd_config_info),
    .read = vwr_snd_config_read,
    .want = &client_snd_want,
    .configure = client_snd_configure,
    .set_up = client_snd_set_up,
    .event = client_snd_event,
    .needs = vwr_snd_config_needs,
};

int vwr_snd_client_open(struct vwr_snd_client *c, struct vwr_dev *d, const struct vwr_snd_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_snd_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_snd_client_read_info(struct vwr_snd_client *c)
{
    struct vwr_snd_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_snd_client_poll_eventq(struct vwr_snd_client *c, struct vwr_snd_client_eventq_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    for (unsigned i = 0; i < c->options.eventq_buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->eventq, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_snd_client_eventq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e)) {
            e->buffer = slice.buffer;
            return 1;
        }
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->eventq, slice.buffer);
        (void)vwr_receive_kick(&c->eventq);
    }
    return 0;
}
