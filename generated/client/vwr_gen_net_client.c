/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

#include "vwr/client/net.h"

static const struct vwr_request_class client_net_transmitq_class = {
    VWR_CLIENT_CLASS(VWR_NET_CLIENT_TRANSMITQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_net_controlq_class = {
    VWR_CLIENT_CLASS(VWR_NET_CLIENT_CONTROLQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_net_client *client_net_of(struct vwr_bringup *v)
{
    return (struct vwr_net_client *)(void *)v;
}

static int client_net_configure(struct vwr_bringup *v)
{
    struct vwr_config_wrong wrong;
    struct vwr_net_client *const c = client_net_of(v);
    const struct vwr_dev *const d = v->dev;
    int r = VWR_OK;

    if (vwr_net_config_is_wrong(&d->config.features, &c->info, &wrong))
        r = vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, wrong.offset, wrong.value);
    if (r == VWR_OK)
        r = vwr_client_agree_count(&c->receiveq_count, c->options.receiveq_count, (vwr_dev_has(d, VWR_NET_F_MQ) ||
                                   vwr_dev_has(d, VWR_NET_F_RSS) ? c->info.max_virtqueue_pairs : 1u));
    if (r == VWR_OK)
        r = vwr_client_agree_count(&c->transmitq_count, c->options.transmitq_count, (vwr_dev_has(d, VWR_NET_F_MQ) ||
                                   vwr_dev_has(d, VWR_NET_F_RSS) ? c->info.max_virtqueue_pairs : 1u));
    return r;
}

static int client_net_set_up_receiveq(struct vwr_net_client *c, unsigned n)
{
    return vwr_receive_setup(&c->options.receiveq[n].q, &c->bringup, vwr_net_queue_receiveq_at(n),
                             &c->options.receiveq[n].memory,
                             &c->options.receiveq[n].buffers, 10);
}

static int client_net_set_up_transmitq(struct vwr_net_client *c, unsigned n)
{
    return vwr_client_setup(&c->options.transmitq[n].q, &c->bringup, vwr_net_queue_transmitq_at(n),
                            &client_net_transmitq_class, &c->options.transmitq[n].memory, &c->options.requests);
}

static int client_net_set_up_controlq(struct vwr_net_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_NET_F_CTRL_VQ))
        return VWR_OK;
    return vwr_client_setup(&c->controlq, &c->bringup, vwr_net_queue_controlq_at((vwr_dev_has(d, VWR_NET_F_MQ) ||
                            vwr_dev_has(d, VWR_NET_F_RSS) ? c->info.max_virtqueue_pairs : 1u)),
                            &client_net_controlq_class, &c->options.controlq, &c->options.requests);
}

static int client_net_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_net_client *const c = client_net_of(v);
    unsigned at = n;
    int r;

    if (at < c->receiveq_count) {
        r = client_net_set_up_receiveq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= c->receiveq_count;
    if (at < c->transmitq_count) {
        r = client_net_set_up_transmitq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= c->transmitq_count;
    if (at < 1u) {
        r = client_net_set_up_controlq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    return VWR_OK;
}

static void client_net_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_net_want = {
    {VWR_NET_FEATURES_W0, VWR_NET_FEATURES_W1, VWR_NET_FEATURES_W2, VWR_NET_FEATURES_W3}};

const struct vwr_bringup_class vwr_net_client_bringup = {
    .type = VWR_NET_ID,
    .bytes = sizeof(struct vwr_net_client),
    .info_at = __builtin_offsetof(struct vwr_net_client, info),
    .info_bytes = sizeof(struct vwr_net_config_info),
    .read = vwr_net_config_read,
    .want = &client_net_want,
    .rules = vwr_net_feature_rules,
    .rule_count = VWR_NET_FEATURE_RULE_COUNT,
    .configure = client_net_configure,
    .set_up = client_net_set_up,
    .event = client_net_event,
    .needs = vwr_net_config_needs,
};

int vwr_net_client_open(struct vwr_net_client *c, struct vwr_dev *d, const struct vwr_net_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_net_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_net_client_bringup);
}

int vwr_net_client_close(struct vwr_net_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_net_client_bringup);
}

int vwr_net_client_read_info(struct vwr_net_client *c)
{
    struct vwr_net_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_net_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_net_client_poll_receiveq(struct vwr_net_client *c, unsigned n, struct vwr_net_client_receiveq_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (n >= c->receiveq_count)
        return VWR_ENOQUEUE;
    for (unsigned i = 0; i < c->options.receiveq[n].buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->options.receiveq[n].q, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_net_client_receiveq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e)) {
            e->buffer = slice.buffer;
            e->number = (uint16_t)n;
            return 1;
        }
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->options.receiveq[n].q, slice.buffer);
        (void)vwr_receive_kick(&c->options.receiveq[n].q);
    }
    return 0;
}
