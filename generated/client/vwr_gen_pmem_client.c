/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/pmem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; PMEM Device */

#include "vwr/client/pmem.h"

static const struct vwr_request_class client_pmem_req_vq_class = {
    VWR_CLIENT_CLASS(VWR_PMEM_CLIENT_REQ_VQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_pmem_client *client_pmem_of(struct vwr_bringup *v)
{
    return (struct vwr_pmem_client *)(void *)v;
}

static int client_pmem_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_pmem_set_up_req_vq(struct vwr_pmem_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->req_vq, &c->bringup, VWR_PMEM_QUEUE_REQ_VQ, &client_pmem_req_vq_class,
                            &c->options.req_vq, &c->options.requests);
}

static int client_pmem_set_up(struct vwr_bringup *v, unsigned n)
{
    return client_pmem_set_up_req_vq(client_pmem_of(v), n);
}

static void client_pmem_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_pmem_want = {
    {VWR_PMEM_FEATURES_W0, VWR_PMEM_FEATURES_W1, VWR_PMEM_FEATURES_W2, VWR_PMEM_FEATURES_W3}};

const struct vwr_bringup_class vwr_pmem_client_bringup = {
    .type = VWR_PMEM_ID,
    .bytes = sizeof(struct vwr_pmem_client),
    .info_at = __builtin_offsetof(struct vwr_pmem_client, info),
    .info_bytes = sizeof(struct vwr_pmem_config_info),
    .read = vwr_pmem_config_read,
    .want = &client_pmem_want,
    .configure = client_pmem_configure,
    .set_up = client_pmem_set_up,
    .event = client_pmem_event,
    .needs = vwr_pmem_config_needs,
};

int vwr_pmem_client_open(struct vwr_pmem_client *c, struct vwr_dev *d, const struct vwr_pmem_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_pmem_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_pmem_client_read_info(struct vwr_pmem_client *c)
{
    struct vwr_pmem_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
