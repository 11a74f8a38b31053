/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/9p.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

#include "vwr/client/9p.h"

static const struct vwr_request_class client_9p_requestq_class = {
    VWR_CLIENT_CLASS(VWR_9P_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_9p_client *client_9p_of(struct vwr_bringup *v)
{
    return (struct vwr_9p_client *)(void *)v;
}

static int client_9p_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_9p_set_up_requestq(struct vwr_9p_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->requestq, &c->bringup, VWR_9P_QUEUE_REQUESTQ, &client_9p_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_9p_set_up(struct vwr_bringup *v, unsigned n)
{
    return client_9p_set_up_requestq(client_9p_of(v), n);
}

static void client_9p_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_9p_want = {
    {VWR_9P_FEATURES_W0, VWR_9P_FEATURES_W1, VWR_9P_FEATURES_W2, VWR_9P_FEATURES_W3}};

const struct vwr_bringup_class vwr_9p_client_bringup = {
    .type = VWR_9P_ID,
    .bytes = sizeof(struct vwr_9p_client),
    .info_at = __builtin_offsetof(struct vwr_9p_client, info),
    .info_bytes = sizeof(struct vwr_9p_config_info),
    .read = vwr_9p_config_read,
    .want = &client_9p_want,
    .configure = client_9p_configure,
    .set_up = client_9p_set_up,
    .event = client_9p_event,
    .needs = vwr_9p_config_needs,
};

int vwr_9p_client_open(struct vwr_9p_client *c, struct vwr_dev *d, const struct vwr_9p_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_9p_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_9p_client_bringup);
}

int vwr_9p_client_close(struct vwr_9p_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_9p_client_bringup);
}

int vwr_9p_client_read_info(struct vwr_9p_client *c)
{
    struct vwr_9p_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_9p_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
