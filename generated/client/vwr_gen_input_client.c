/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/input.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Input Device */

#include "vwr/client/input.h"

static const struct vwr_request_class client_input_statusq_class = {
    VWR_CLIENT_CLASS(VWR_INPUT_CLIENT_STATUSQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_input_client *client_input_of(struct vwr_bringup *v)
{
    return (struct vwr_input_client *)(void *)v;
}

static int client_input_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_input_set_up_eventq(struct vwr_input_client *c, unsigned n)
{
    (void)n;
    return vwr_receive_setup(&c->eventq, &c->bringup, VWR_INPUT_QUEUE_EVENTQ, &c->options.eventq,
                             &c->options.eventq_buffers, 8);
}

static int client_input_set_up_statusq(struct vwr_input_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->statusq, &c->bringup, VWR_INPUT_QUEUE_STATUSQ, &client_input_statusq_class,
                            &c->options.statusq, &c->options.requests);
}

static int client_input_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_input_client *, unsigned) = {
        client_input_set_up_eventq,
        client_input_set_up_statusq,
    };
    const int r = set_up[n](client_input_of(v), 0);

    return r == VWR_OK && n + 1 < 2 ? 1 : r;
}

static void client_input_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_input_want = {
    {VWR_INPUT_FEATURES_W0, VWR_INPUT_FEATURES_W1, VWR_INPUT_FEATURES_W2, VWR_INPUT_FEATURES_W3}};

const struct vwr_bringup_class vwr_input_client_bringup = {
    .type = VWR_INPUT_ID,
    .bytes = sizeof(struct vwr_input_client),
    .info_at = __builtin_offsetof(struct vwr_input_client, info),
    .info_bytes = sizeof(struct vwr_input_config_info),
    .read = vwr_input_config_read,
    .want = &client_input_want,
    .configure = client_input_configure,
    .set_up = client_input_set_up,
    .event = client_input_event,
    .needs = vwr_input_config_needs,
};

int vwr_input_client_open(struct vwr_input_client *c, struct vwr_dev *d, const struct vwr_input_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_input_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_input_client_bringup);
}

int vwr_input_client_close(struct vwr_input_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_input_client_bringup);
}

int vwr_input_client_read_info(struct vwr_input_client *c)
{
    struct vwr_input_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_input_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_input_client_poll_eventq(struct vwr_input_client *c, struct vwr_input_client_eventq_event *e)
{
    struct vwr_slice slice;
    int r;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    r = vwr_receive_reap(&c->eventq, &slice, 1);
    if (r <= 0)
        return r;
    (void)vwr_input_client_eventq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e);
    e->buffer = slice.buffer;
    return 1;
}
