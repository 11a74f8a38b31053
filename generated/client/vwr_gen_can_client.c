/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/can.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; CAN Device */

#include "vwr/client/can.h"

static const struct vwr_request_class client_can_txq_class = {
    VWR_CLIENT_CLASS(VWR_CAN_CLIENT_TXQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_can_controlq_class = {
    VWR_CLIENT_CLASS(VWR_CAN_CLIENT_CONTROLQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_can_client *client_can_of(struct vwr_bringup *v)
{
    return (struct vwr_can_client *)(void *)v;
}

static int client_can_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_can_set_up_txq(struct vwr_can_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->txq, &c->bringup, VWR_CAN_QUEUE_TXQ, &client_can_txq_class, &c->options.txq,
                            &c->options.requests);
}

static int client_can_set_up_rxq(struct vwr_can_client *c, unsigned n)
{
    (void)n;
    return vwr_receive_setup(&c->rxq, &c->bringup, VWR_CAN_QUEUE_RXQ, &c->options.rxq,
                             &c->options.rxq_buffers, 16);
}

static int client_can_set_up_controlq(struct vwr_can_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->controlq, &c->bringup, VWR_CAN_QUEUE_CONTROLQ, &client_can_controlq_class,
                            &c->options.controlq, &c->options.requests);
}

static int client_can_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_can_client *, unsigned) = {
        client_can_set_up_txq,
        client_can_set_up_rxq,
        client_can_set_up_controlq,
    };
    const int r = set_up[n](client_can_of(v), 0);

    return r == VWR_OK && n + 1 < 3 ? 1 : r;
}

static void client_can_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_can_want = {
    {VWR_CAN_FEATURES_W0, VWR_CAN_FEATURES_W1, VWR_CAN_FEATURES_W2, VWR_CAN_FEATURES_W3}};

const struct vwr_bringup_class vwr_can_client_bringup = {
    .type = VWR_CAN_ID,
    .bytes = sizeof(struct vwr_can_client),
    .info_at = __builtin_offsetof(struct vwr_can_client, info),
    .info_bytes = sizeof(struct vwr_can_config_info),
    .read = vwr_can_config_read,
    .want = &client_can_want,
    .rules = vwr_can_feature_rules,
    .rule_count = VWR_CAN_FEATURE_RULE_COUNT,
    .configure = client_can_configure,
    .set_up = client_can_set_up,
    .event = client_can_event,
    .needs = vwr_can_config_needs,
};

int vwr_can_client_open(struct vwr_can_client *c, struct vwr_dev *d, const struct vwr_can_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_can_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_can_client_read_info(struct vwr_can_client *c)
{
    struct vwr_can_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_can_client_poll_rxq(struct vwr_can_client *c, struct vwr_can_client_rxq_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    for (unsigned i = 0; i < c->options.rxq_buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->rxq, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_can_client_rxq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e)) {
            e->buffer = slice.buffer;
            return 1;
        }
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->rxq, slice.buffer);
        (void)vwr_receive_kick(&c->rxq);
    }
    return 0;
}
