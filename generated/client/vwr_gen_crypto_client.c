/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/crypto.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Crypto Device */

#include "vwr/client/crypto.h"

static const struct vwr_request_class client_crypto_controlq_class = {
    VWR_CLIENT_CLASS(VWR_CRYPTO_CLIENT_CONTROLQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_crypto_dataq_class = {
    VWR_CLIENT_CLASS(VWR_CRYPTO_CLIENT_DATAQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_crypto_client *client_crypto_of(struct vwr_bringup *v)
{
    return (struct vwr_crypto_client *)(void *)v;
}

static int client_crypto_configure(struct vwr_bringup *v)
{
    struct vwr_config_wrong wrong;
    struct vwr_crypto_client *const c = client_crypto_of(v);
    const struct vwr_dev *const d = v->dev;
    int r = VWR_OK;

    if (vwr_crypto_config_is_wrong(&d->config.features, &c->info, &wrong))
        r = vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, wrong.offset, wrong.value);
    if (r == VWR_OK)
        r = vwr_client_agree_count(&c->dataq_count, c->options.dataq_count, c->info.max_dataqueues);
    return r;
}

static int client_crypto_set_up_controlq(struct vwr_crypto_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->controlq, &c->bringup, vwr_crypto_queue_controlq_at(c->info.max_dataqueues),
                            &client_crypto_controlq_class, &c->options.controlq, &c->options.requests);
}

static int client_crypto_set_up_dataq(struct vwr_crypto_client *c, unsigned n)
{
    return vwr_client_setup(&c->options.dataq[n].q, &c->bringup, VWR_CRYPTO_QUEUE_DATAQ + n, &client_crypto_dataq_class,
                            &c->options.dataq[n].memory, &c->options.requests);
}

static int client_crypto_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_crypto_client *const c = client_crypto_of(v);
    unsigned at = n;
    int r;

    if (at < 1u) {
        r = client_crypto_set_up_controlq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= 1u;
    if (at < c->dataq_count) {
        r = client_crypto_set_up_dataq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    return VWR_OK;
}

static void client_crypto_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_crypto_want = {
    {VWR_CRYPTO_FEATURES_W0, VWR_CRYPTO_FEATURES_W1, VWR_CRYPTO_FEATURES_W2, VWR_CRYPTO_FEATURES_W3}};

const struct vwr_bringup_class vwr_crypto_client_bringup = {
    .type = VWR_CRYPTO_ID,
    .bytes = sizeof(struct vwr_crypto_client),
    .info_at = __builtin_offsetof(struct vwr_crypto_client, info),
    .info_bytes = sizeof(struct vwr_crypto_config_info),
    .read = vwr_crypto_config_read,
    .want = &client_crypto_want,
    .rules = vwr_crypto_feature_rules,
    .rule_count = VWR_CRYPTO_FEATURE_RULE_COUNT,
    .configure = client_crypto_configure,
    .set_up = client_crypto_set_up,
    .event = client_crypto_event,
    .needs = vwr_crypto_config_needs,
};

int vwr_crypto_client_open(struct vwr_crypto_client *c, struct vwr_dev *d,
                           const struct vwr_crypto_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_crypto_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_crypto_client_bringup);
}

int vwr_crypto_client_close(struct vwr_crypto_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_crypto_client_bringup);
}

int vwr_crypto_client_read_info(struct vwr_crypto_client *c)
{
    struct vwr_crypto_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_crypto_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
