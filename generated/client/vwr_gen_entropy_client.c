/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/entropy.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Entropy Device */

#include "vwr/client/entropy.h"

static const struct vwr_request_class client_entropy_requestq_class = {
    VWR_CLIENT_CLASS(VWR_ENTROPY_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_entropy_client *client_entropy_of(struct vwr_bringup *v)
{
    return (struct vwr_entropy_client *)(void *)v;
}

static int client_entropy_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_entropy_set_up_requestq(struct vwr_entropy_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->requestq, &c->bringup, VWR_ENTROPY_QUEUE_REQUESTQ, &client_entropy_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_entropy_set_up(struct vwr_bringup *v, unsigned n)
{
    return client_entropy_set_up_requestq(client_entropy_of(v), n);
}

static void client_entropy_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_entropy_want = {
    {VWR_ENTROPY_FEATURES_W0, VWR_ENTROPY_FEATURES_W1, VWR_ENTROPY_FEATURES_W2, VWR_ENTROPY_FEATURES_W3}};

const struct vwr_bringup_class vwr_entropy_client_bringup = {
    .type = VWR_ENTROPY_ID,
    .bytes = sizeof(struct vwr_entropy_client),
    .want = &client_entropy_want,
    .configure = client_entropy_configure,
    .set_up = client_entropy_set_up,
    .event = client_entropy_event,
};

int vwr_entropy_client_open(struct vwr_entropy_client *c, struct vwr_dev *d,
                            const struct vwr_entropy_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_entropy_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_entropy_client_bringup);
}

int vwr_entropy_client_close(struct vwr_entropy_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_entropy_client_bringup);
}
