/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scmi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCMI Device */

#include "vwr/client/scmi.h"

static const struct vwr_request_class client_scmi_cmdq_class = {
    VWR_CLIENT_CLASS(VWR_SCMI_CLIENT_CMDQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_scmi_client *client_scmi_of(struct vwr_bringup *v)
{
    return (struct vwr_scmi_client *)(void *)v;
}

static int client_scmi_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_scmi_set_up_cmdq(struct vwr_scmi_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->cmdq, &c->bringup, VWR_SCMI_QUEUE_CMDQ, &client_scmi_cmdq_class, &c->options.cmdq,
                            &c->options.requests);
}

static int client_scmi_set_up_eventq(struct vwr_scmi_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_SCMI_F_P2A_CHANNELS))
        return VWR_OK;
    return vwr_receive_setup(&c->eventq, &c->bringup, VWR_SCMI_QUEUE_EVENTQ, &c->options.eventq,
                             &c->options.eventq_buffers, 4);
}

static int client_scmi_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_scmi_client *, unsigned) = {
        client_scmi_set_up_cmdq,
        client_scmi_set_up_eventq,
    };
    const int r = set_up[n](client_scmi_of(v), 0);

    return r == VWR_OK && n + 1 < 2 ? 1 : r;
}

static void client_scmi_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_scmi_want = {
    {VWR_SCMI_FEATURES_W0, VWR_SCMI_FEATURES_W1, VWR_SCMI_FEATURES_W2, VWR_SCMI_FEATURES_W3}};

const struct vwr_bringup_class vwr_scmi_client_bringup = {
    .type = VWR_SCMI_ID,
    .bytes = sizeof(struct vwr_scmi_client),
    .want = &client_scmi_want,
    .configure = client_scmi_configure,
    .set_up = client_scmi_set_up,
    .event = client_scmi_event,
};

int vwr_scmi_client_open(struct vwr_scmi_client *c, struct vwr_dev *d, const struct vwr_scmi_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_scmi_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_scmi_client_poll_eventq(struct vwr_scmi_client *c, struct vwr_scmi_client_eventq_event *e)
{
    struct vwr_slice slice;
    int r;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (!vwr_dev_has(c->bringup.dev, VWR_SCMI_F_P2A_CHANNELS))
        return VWR_EFEATURE;
    r = vwr_receive_reap(&c->eventq, &slice, 1);
    if (r <= 0)
        return r;
    (void)vwr_scmi_client_eventq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e);
    e->buffer = slice.buffer;
    return 1;
}
