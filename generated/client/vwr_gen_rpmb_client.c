/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RPMB Device */

#include "vwr/client/rpmb.h"

static const struct vwr_request_class client_rpmb_requestq_class = {
    VWR_CLIENT_CLASS(VWR_RPMB_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_rpmb_client *client_rpmb_of(struct vwr_bringup *v)
{
    return (struct vwr_rpmb_client *)(void *)v;
}

static int client_rpmb_configure(struct vwr_bringup *v)
{
    struct vwr_config_wrong wrong;

    if (vwr_rpmb_config_is_wrong(&v->dev->config.features, &client_rpmb_of(v)->info, &wrong))
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, wrong.offset, wrong.value);
    return VWR_OK;
}

static int client_rpmb_set_up_requestq(struct vwr_rpmb_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->requestq, &c->bringup, VWR_RPMB_QUEUE_REQUESTQ, &client_rpmb_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_rpmb_set_up(struct vwr_bringup *v, unsigned n)
{
    return client_rpmb_set_up_requestq(client_rpmb_of(v), n);
}

static void client_rpmb_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_rpmb_want = {
    {VWR_RPMB_FEATURES_W0, VWR_RPMB_FEATURES_W1, VWR_RPMB_FEATURES_W2, VWR_RPMB_FEATURES_W3}};

const struct vwr_bringup_class vwr_rpmb_client_bringup = {
    .type = VWR_RPMB_ID,
    .bytes = sizeof(struct vwr_rpmb_client),
    .info_at = __builtin_offsetof(struct vwr_rpmb_client, info),
    .info_bytes = sizeof(struct vwr_rpmb_config_info),
    .read = vwr_rpmb_config_read,
    .want = &client_rpmb_want,
    .configure = client_rpmb_configure,
    .set_up = client_rpmb_set_up,
    .event = client_rpmb_event,
    .needs = vwr_rpmb_config_needs,
};

int vwr_rpmb_client_open(struct vwr_rpmb_client *c, struct vwr_dev *d, const struct vwr_rpmb_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_rpmb_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_rpmb_client_read_info(struct vwr_rpmb_client *c)
{
    struct vwr_rpmb_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
