/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/spi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SPI Controller Device */

#include "vwr/client/spi.h"

static const struct vwr_request_class client_spi_requestq_class = {
    VWR_CLIENT_CLASS(VWR_SPI_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_spi_client *client_spi_of(struct vwr_bringup *v)
{
    return (struct vwr_spi_client *)(void *)v;
}

static int client_spi_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_spi_set_up_requestq(struct vwr_spi_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->requestq, &c->bringup, VWR_SPI_QUEUE_REQUESTQ, &client_spi_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_spi_set_up(struct vwr_bringup *v, unsigned n)
{
    return client_spi_set_up_requestq(client_spi_of(v), n);
}

static void client_spi_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_spi_want = {
    {VWR_SPI_FEATURES_W0, VWR_SPI_FEATURES_W1, VWR_SPI_FEATURES_W2, VWR_SPI_FEATURES_W3}};

const struct vwr_bringup_class vwr_spi_client_bringup = {
    .type = VWR_SPI_ID,
    .bytes = sizeof(struct vwr_spi_client),
    .info_at = __builtin_offsetof(struct vwr_spi_client, info),
    .info_bytes = sizeof(struct vwr_spi_config_info),
    .read = vwr_spi_config_read,
    .want = &client_spi_want,
    .configure = client_spi_configure,
    .set_up = client_spi_set_up,
    .event = client_spi_event,
    .needs = vwr_spi_config_needs,
};

int vwr_spi_client_open(struct vwr_spi_client *c, struct vwr_dev *d, const struct vwr_spi_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_spi_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_spi_client_read_info(struct vwr_spi_client *c)
{
    struct vwr_spi_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
