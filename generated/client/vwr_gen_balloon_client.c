/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

#include "vwr/client/balloon.h"

static const struct vwr_request_class client_balloon_inflateq_class = {
    VWR_CLIENT_CLASS(VWR_BALLOON_CLIENT_INFLATEQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_balloon_deflateq_class = {
    VWR_CLIENT_CLASS(VWR_BALLOON_CLIENT_DEFLATEQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_balloon_statsq_class = {
    VWR_CLIENT_CLASS(VWR_BALLOON_CLIENT_STATSQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_balloon_free_page_vq_class = {
    VWR_CLIENT_CLASS(VWR_BALLOON_CLIENT_FREE_PAGE_VQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_balloon_reporting_vq_class = {
    VWR_CLIENT_CLASS(VWR_BALLOON_CLIENT_REPORTING_VQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_balloon_client *client_balloon_of(struct vwr_bringup *v)
{
    return (struct vwr_balloon_client *)(void *)v;
}

static int client_balloon_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_balloon_set_up_inflateq(struct vwr_balloon_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->inflateq, &c->bringup, VWR_BALLOON_QUEUE_INFLATEQ, &client_balloon_inflateq_class,
                            &c->options.inflateq, &c->options.requests);
}

static int client_balloon_set_up_deflateq(struct vwr_balloon_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->deflateq, &c->bringup, VWR_BALLOON_QUEUE_DEFLATEQ, &client_balloon_deflateq_class,
                            &c->options.deflateq, &c->options.requests);
}

static int client_balloon_set_up_statsq(struct vwr_balloon_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_BALLOON_F_STATS_VQ))
        return VWR_OK;
    return vwr_client_setup(&c->statsq, &c->bringup, VWR_BALLOON_QUEUE_STATSQ, &client_balloon_statsq_class,
                            &c->options.statsq, &c->options.requests);
}

static int client_balloon_set_up_free_page_vq(struct vwr_balloon_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_BALLOON_F_FREE_PAGE_HINT))
        return VWR_OK;
    return vwr_client_setup(&c->free_page_vq, &c->bringup, vwr_balloon_queue_free_page_vq_at(&d->config.features),
                            &client_balloon_free_page_vq_class, &c->options.free_page_vq, &c->options.requests);
}

static int client_balloon_set_up_reporting_vq(struct vwr_balloon_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_BALLOON_F_PAGE_REPORTING))
        return VWR_OK;
    return vwr_client_setup(&c->reporting_vq, &c->bringup, vwr_balloon_queue_reporting_vq_at(&d->config.features),
                            &client_balloon_reporting_vq_class, &c->options.reporting_vq, &c->options.requests);
}

static int client_balloon_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_balloon_client *, unsigned) = {
        client_balloon_set_up_inflateq,
        client_balloon_set_up_deflateq,
        client_balloon_set_up_statsq,
        client_balloon_set_up_free_page_vq,
        client_balloon_set_up_reporting_vq,
    };
    const int r = set_up[n](client_balloon_of(v), 0);

    return r == VWR_OK && n + 1 < 5 ? 1 : r;
}

static void client_balloon_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_balloon_want = {
    {VWR_BALLOON_FEATURES_W0, VWR_BALLOON_FEATURES_W1, VWR_BALLOON_FEATURES_W2, VWR_BALLOON_FEATURES_W3}};

const struct vwr_bringup_class vwr_balloon_client_bringup = {
    .type = VWR_BALLOON_ID,
    .bytes = sizeof(struct vwr_balloon_client),
    .info_at = __builtin_offsetof(struct vwr_balloon_client, info),
    .info_bytes = sizeof(struct vwr_balloon_config_info),
    .read = vwr_balloon_config_read,
    .want = &client_balloon_want,
    .configure = client_balloon_configure,
    .set_up = client_balloon_set_up,
    .event = client_balloon_event,
    .needs = vwr_balloon_config_needs,
};

int vwr_balloon_client_open(struct vwr_balloon_client *c, struct vwr_dev *d,
                            const struct vwr_balloon_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_balloon_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_balloon_client_bringup);
}

int vwr_balloon_client_close(struct vwr_balloon_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_balloon_client_bringup);
}

int vwr_balloon_client_read_info(struct vwr_balloon_client *c)
{
    struct vwr_balloon_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_balloon_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
