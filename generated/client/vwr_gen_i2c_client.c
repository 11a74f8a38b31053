/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/i2c.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; I2C Adapter Device */

#include "vwr/client/i2c.h"

static const struct vwr_request_class client_i2c_requestq_class = {
    VWR_CLIENT_CLASS(VWR_I2C_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_i2c_client *client_i2c_of(struct vwr_bringup *v)
{
    return (struct vwr_i2c_client *)(void *)v;
}

static int client_i2c_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_i2c_set_up_requestq(struct vwr_i2c_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->requestq, &c->bringup, VWR_I2C_QUEUE_REQUESTQ, &client_i2c_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_i2c_set_up(struct vwr_bringup *v, unsigned n)
{
    return client_i2c_set_up_requestq(client_i2c_of(v), n);
}

static void client_i2c_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_i2c_want = {
    {VWR_I2C_FEATURES_W0, VWR_I2C_FEATURES_W1, VWR_I2C_FEATURES_W2, VWR_I2C_FEATURES_W3}};

const struct vwr_bringup_class vwr_i2c_client_bringup = {
    .type = VWR_I2C_ID,
    .bytes = sizeof(struct vwr_i2c_client),
    .want = &client_i2c_want,
    .configure = client_i2c_configure,
    .set_up = client_i2c_set_up,
    .event = client_i2c_event,
};

int vwr_i2c_client_open(struct vwr_i2c_client *c, struct vwr_dev *d, const struct vwr_i2c_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_i2c_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}
