/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

#include "vwr/client/net.h"

static const struct vwr_request_class client_net_transmitq_class = {
    .shared_bytes = VWR_NET_CLIENT_TRANSMITQ_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_net_controlq_class = {
    .shared_bytes = VWR_NET_CLIENT_CONTROLQ_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_net_client *client_net_of(struct vwr_recovery *v)
{
    return (struct vwr_net_client *)(void *)v;
}

static void client_net_read(const struct vwr_config *config, void *into)
{
    struct vwr_net_client_info *const info = into;

    for (unsigned i = 0; i < 6u; i++)
        info->mac[i] = vwr_net_config_get_mac(config, i);
    info->status = vwr_net_config_get_status(config);
    info->max_virtqueue_pairs = vwr_net_config_get_max_virtqueue_pairs(config);
    info->mtu = vwr_net_config_get_mtu(config);
    info->speed = vwr_net_config_get_speed(config);
    info->duplex = vwr_net_config_get_duplex(config);
    info->rss_max_key_size = vwr_net_config_get_rss_max_key_size(config);
    info->rss_max_indirection_table_length = vwr_net_config_get_rss_max_indirection_table_length(config);
    info->supported_hash_types = vwr_net_config_get_supported_hash_types(config);
    info->supported_tunnel_types = vwr_net_config_get_supported_tunnel_types(config);
}

static int client_net_configure(struct vwr_recovery *v)
{
    (void)v;
    return VWR_OK;
}

static int client_net_set_up_receiveq(struct vwr_net_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_receive_setup(&c->receiveq, &c->recovery, vwr_net_queue_receiveq_at(0), &c->options.receiveq,
                             &c->options.receiveq_buffers, 10);
}

static int client_net_set_up_transmitq(struct vwr_net_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->transmitq, &c->recovery, vwr_net_queue_transmitq_at(0), &client_net_transmitq_class,
                            &c->options.transmitq, &c->options.requests);
}

static int client_net_set_up_controlq(struct vwr_net_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    if (!vwr_dev_has(d, VWR_NET_F_CTRL_VQ))
        return VWR_OK;
    return vwr_client_setup(&c->controlq, &c->recovery, vwr_net_queue_controlq_at(1), &client_net_controlq_class,
                            &c->options.controlq, &c->options.requests);
}

static int client_net_set_up(struct vwr_recovery *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_net_client *) = {
        client_net_set_up_receiveq,
        client_net_set_up_transmitq,
        client_net_set_up_controlq,
    };
    const int r = set_up[n](client_net_of(v));

    return r == VWR_OK && n + 1 < 3 ? 1 : r;
}

static void client_net_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_net_want = {
    {VWR_NET_FEATURES_W0, VWR_NET_FEATURES_W1, VWR_NET_FEATURES_W2, VWR_NET_FEATURES_W3}};
static const struct vwr_features client_net_none;

const struct vwr_recovery_class vwr_net_client_recovery = {
    .type = VWR_NET_ID,
    .bytes = sizeof(struct vwr_net_client),
    .info_at = __builtin_offsetof(struct vwr_net_client, info),
    .info_bytes = sizeof(struct vwr_net_client_info),
    .read = client_net_read,
    .want = &client_net_want,
    .configure = client_net_configure,
    .set_up = client_net_set_up,
    .event = client_net_event,
};

int vwr_net_client_open(struct vwr_net_client *c, struct vwr_dev *d, const struct vwr_net_client_options *options)
{
    const int r = vwr_recovery_begin(&c->recovery, &vwr_net_client_recovery, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->recovery.need = options->need != NULL ? options->need : &client_net_none;
    c->recovery.avoid = options->avoid != NULL ? options->avoid : &client_net_none;
    return vwr_recovery_open(&c->recovery, &vwr_net_client_recovery);
}

int vwr_net_client_close(struct vwr_net_client *c)
{
    return vwr_recovery_close(&c->recovery, &vwr_net_client_recovery);
}

/* False: it is no message. */
static bool client_net_decode_receiveq(const struct vwr_net_client *c, const struct vwr_slice *slice,
        struct vwr_net_client_receiveq_event *e)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    const uint8_t *const bytes = slice->p;
    uint32_t fixed;

    (void)legacy;
    (void)c;
    if (true) {
        e->type = VWR_NET_CLIENT_RECEIVEQ_RECEIVE;
        fixed = 0u;
    }    else {
        return false;
    }
    e->data = bytes + fixed;
    e->data_bytes = slice->bytes - fixed;
    e->buffer = slice->buffer;
    return true;
}

int vwr_net_client_poll_receiveq(struct vwr_net_client *c, struct vwr_net_client_receiveq_event *e)
{
    struct vwr_slice slice;

    for (unsigned i = 0; i < c->options.receiveq_buffers.count; i++) {
        const int n = vwr_receive_poll(&c->receiveq, &slice, 1);

        if (n <= 0)
            return n;
        if (client_net_decode_receiveq(c, &slice, e))
            return 1;
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_return(&c->receiveq, slice.buffer);
        (void)vwr_receive_kick(&c->receiveq);
    }
    return 0;
}
