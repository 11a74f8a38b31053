/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

#include "vwr/client/blk.h"

static const struct vwr_request_class client_blk_requestq_class = {
    VWR_CLIENT_CLASS(VWR_BLK_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_blk_client *client_blk_of(struct vwr_bringup *v)
{
    return (struct vwr_blk_client *)(void *)v;
}

static int client_blk_configure(struct vwr_bringup *v)
{
    struct vwr_blk_client *const c = client_blk_of(v);
    const struct vwr_dev *const d = v->dev;
    int r;

    r = vwr_client_agree_count(&c->requestq_count, c->options.requestq_count, (vwr_dev_has(d,
                               VWR_BLK_F_MQ) ? c->info.num_queues : 1u));
    return r;
}

static int client_blk_set_up_requestq(struct vwr_blk_client *c, unsigned n)
{
    return vwr_client_setup(&c->options.requestq[n].q, &c->bringup, VWR_BLK_QUEUE_REQUESTQ + n,
                            &client_blk_requestq_class, &c->options.requestq[n].memory, &c->options.requests);
}

static int client_blk_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_blk_client *const c = client_blk_of(v);
    unsigned at = n;
    int r;

    if (at < c->requestq_count) {
        r = client_blk_set_up_requestq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    return VWR_OK;
}

static void client_blk_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_blk_want = {
    {VWR_BLK_FEATURES_W0, VWR_BLK_FEATURES_W1, VWR_BLK_FEATURES_W2, VWR_BLK_FEATURES_W3}};

const struct vwr_bringup_class vwr_blk_client_bringup = {
    .type = VWR_BLK_ID,
    .bytes = sizeof(struct vwr_blk_client),
    .info_at = __builtin_offsetof(struct vwr_blk_client, info),
    .info_bytes = sizeof(struct vwr_blk_config_info),
    .read = vwr_blk_config_read,
    .want = &client_blk_want,
    .configure = client_blk_configure,
    .set_up = client_blk_set_up,
    .event = client_blk_event,
    .needs = vwr_blk_config_needs,
};

int vwr_blk_client_open(struct vwr_blk_client *c, struct vwr_dev *d, const struct vwr_blk_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_blk_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_blk_client_bringup);
}

int vwr_blk_client_close(struct vwr_blk_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_blk_client_bringup);
}

int vwr_blk_client_read_info(struct vwr_blk_client *c)
{
    struct vwr_blk_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_blk_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
