/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

#include "vwr/client/vsock.h"

static const struct vwr_request_class client_vsock_tx_class = {
    VWR_CLIENT_CLASS(VWR_VSOCK_CLIENT_TX_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_vsock_client *client_vsock_of(struct vwr_bringup *v)
{
    return (struct vwr_vsock_client *)(void *)v;
}

static int client_vsock_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_vsock_set_up_tx(struct vwr_vsock_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->tx, &c->bringup, VWR_VSOCK_QUEUE_TX, &client_vsock_tx_class, &c->options.tx,
                            &c->options.requests);
}

static int client_vsock_set_up_rx(struct vwr_vsock_client *c, unsigned n)
{
    (void)n;
    return vwr_receive_setup(&c->rx, &c->bringup, VWR_VSOCK_QUEUE_RX, &c->options.rx,
                             &c->options.rx_buffers, 44);
}

static int client_vsock_set_up_event(struct vwr_vsock_client *c, unsigned n)
{
    (void)n;
    return vwr_receive_setup(&c->event, &c->bringup, VWR_VSOCK_QUEUE_EVENT, &c->options.event,
                             &c->options.event_buffers, 4);
}

static int client_vsock_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_vsock_client *, unsigned) = {
        client_vsock_set_up_tx,
        client_vsock_set_up_rx,
        client_vsock_set_up_event,
    };
    const int r = set_up[n](client_vsock_of(v), 0);

    return r == VWR_OK && n + 1 < 3 ? 1 : r;
}

static void client_vsock_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_vsock_want = {
    {VWR_VSOCK_FEATURES_W0, VWR_VSOCK_FEATURES_W1, VWR_VSOCK_FEATURES_W2, VWR_VSOCK_FEATURES_W3}};

const struct vwr_bringup_class vwr_vsock_client_bringup = {
    .type = VWR_VSOCK_ID,
    .bytes = sizeof(struct vwr_vsock_client),
    .info_at = __builtin_offsetof(struct vwr_vsock_client, info),
    .info_bytes = sizeof(struct vwr_vsock_config_info),
    .read = vwr_vsock_config_read,
    .want = &client_vsock_want,
    .configure = client_vsock_configure,
    .set_up = client_vsock_set_up,
    .event = client_vsock_event,
    .needs = vwr_vsock_config_needs,
};

int vwr_vsock_client_open(struct vwr_vsock_client *c, struct vwr_dev *d, const struct vwr_vsock_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_vsock_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_vsock_client_bringup);
}

int vwr_vsock_client_close(struct vwr_vsock_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_vsock_client_bringup);
}

int vwr_vsock_client_read_info(struct vwr_vsock_client *c)
{
    struct vwr_vsock_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_vsock_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_vsock_client_poll_rx(struct vwr_vsock_client *c, struct vwr_vsock_client_rx_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    for (unsigned i = 0; i < c->options.rx_buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->rx, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_vsock_client_rx_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e)) {
            e->buffer = slice.buffer;
            return 1;
        }
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->rx, slice.buffer);
        (void)vwr_receive_kick(&c->rx);
    }
    return 0;
}

int vwr_vsock_client_poll_event(struct vwr_vsock_client *c, struct vwr_vsock_client_event_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    for (unsigned i = 0; i < c->options.event_buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->event, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_vsock_client_event_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e)) {
            e->buffer = slice.buffer;
            return 1;
        }
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->event, slice.buffer);
        (void)vwr_receive_kick(&c->event);
    }
    return 0;
}
