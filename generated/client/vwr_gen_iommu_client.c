/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

#include "vwr/client/iommu.h"

static const struct vwr_request_class client_iommu_requestq_class = {
    VWR_CLIENT_CLASS(VWR_IOMMU_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_iommu_client *client_iommu_of(struct vwr_bringup *v)
{
    return (struct vwr_iommu_client *)(void *)v;
}

static int client_iommu_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_iommu_set_up_requestq(struct vwr_iommu_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->requestq, &c->bringup, VWR_IOMMU_QUEUE_REQUESTQ, &client_iommu_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_iommu_set_up_eventq(struct vwr_iommu_client *c, unsigned n)
{
    (void)n;
    return vwr_receive_setup(&c->eventq, &c->bringup, VWR_IOMMU_QUEUE_EVENTQ, &c->options.eventq,
                             &c->options.eventq_buffers, 24);
}

static int client_iommu_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_iommu_client *, unsigned) = {
        client_iommu_set_up_requestq,
        client_iommu_set_up_eventq,
    };
    const int r = set_up[n](client_iommu_of(v), 0);

    return r == VWR_OK && n + 1 < 2 ? 1 : r;
}

static void client_iommu_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_iommu_want = {
    {VWR_IOMMU_FEATURES_W0, VWR_IOMMU_FEATURES_W1, VWR_IOMMU_FEATURES_W2, VWR_IOMMU_FEATURES_W3}};

const struct vwr_bringup_class vwr_iommu_client_bringup = {
    .type = VWR_IOMMU_ID,
    .bytes = sizeof(struct vwr_iommu_client),
    .info_at = __builtin_offsetof(struct vwr_iommu_client, info),
    .info_bytes = sizeof(struct vwr_iommu_config_info),
    .read = vwr_iommu_config_read,
    .want = &client_iommu_want,
    .configure = client_iommu_configure,
    .set_up = client_iommu_set_up,
    .event = client_iommu_event,
    .needs = vwr_iommu_config_needs,
};

int vwr_iommu_client_open(struct vwr_iommu_client *c, struct vwr_dev *d, const struct vwr_iommu_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_iommu_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_iommu_client_read_info(struct vwr_iommu_client *c)
{
    struct vwr_iommu_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_iommu_client_poll_eventq(struct vwr_iommu_client *c, struct vwr_iommu_client_eventq_event *e)
{
    struct vwr_slice slice;
    int r;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    r = vwr_receive_reap(&c->eventq, &slice, 1);
    if (r <= 0)
        return r;
    (void)vwr_iommu_client_eventq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e);
    e->buffer = slice.buffer;
    return 1;
}
