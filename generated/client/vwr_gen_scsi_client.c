/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

#include "vwr/client/scsi.h"

static const struct vwr_request_class client_scsi_controlq_class = {
    VWR_CLIENT_CLASS(VWR_SCSI_CLIENT_CONTROLQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_scsi_requestq_class = {
    VWR_CLIENT_CLASS(VWR_SCSI_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_scsi_client *client_scsi_of(struct vwr_bringup *v)
{
    return (struct vwr_scsi_client *)(void *)v;
}

static int client_scsi_configure(struct vwr_bringup *v)
{
    struct vwr_scsi_client *const c = client_scsi_of(v);
    int r;

    r = vwr_client_agree_count(&c->requestq_count, c->options.requestq_count, c->info.num_queues);
    return r;
}

static int client_scsi_set_up_controlq(struct vwr_scsi_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->controlq, &c->bringup, VWR_SCSI_QUEUE_CONTROLQ, &client_scsi_controlq_class,
                            &c->options.controlq, &c->options.requests);
}

static int client_scsi_set_up_eventq(struct vwr_scsi_client *c, unsigned n)
{
    (void)n;
    return vwr_receive_setup(&c->eventq, &c->bringup, VWR_SCSI_QUEUE_EVENTQ, &c->options.eventq,
                             &c->options.eventq_buffers, 16);
}

static int client_scsi_set_up_requestq(struct vwr_scsi_client *c, unsigned n)
{
    return vwr_client_setup(&c->options.requestq[n].q, &c->bringup, VWR_SCSI_QUEUE_REQUESTQ + n,
                            &client_scsi_requestq_class, &c->options.requestq[n].memory, &c->options.requests);
}

static int client_scsi_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_scsi_client *const c = client_scsi_of(v);
    unsigned at = n;
    int r;

    if (at < 1u) {
        r = client_scsi_set_up_controlq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= 1u;
    if (at < 1u) {
        r = client_scsi_set_up_eventq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= 1u;
    if (at < c->requestq_count) {
        r = client_scsi_set_up_requestq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    return VWR_OK;
}

static void client_scsi_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_scsi_want = {
    {VWR_SCSI_FEATURES_W0, VWR_SCSI_FEATURES_W1, VWR_SCSI_FEATURES_W2, VWR_SCSI_FEATURES_W3}};

const struct vwr_bringup_class vwr_scsi_client_bringup = {
    .type = VWR_SCSI_ID,
    .bytes = sizeof(struct vwr_scsi_client),
    .info_at = __builtin_offsetof(struct vwr_scsi_client, info),
    .info_bytes = sizeof(struct vwr_scsi_config_info),
    .read = vwr_scsi_config_read,
    .want = &client_scsi_want,
    .configure = client_scsi_configure,
    .set_up = client_scsi_set_up,
    .event = client_scsi_event,
    .needs = vwr_scsi_config_needs,
};

int vwr_scsi_client_open(struct vwr_scsi_client *c, struct vwr_dev *d, const struct vwr_scsi_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_scsi_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_scsi_client_read_info(struct vwr_scsi_client *c)
{
    struct vwr_scsi_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_scsi_client_poll_eventq(struct vwr_scsi_client *c, struct vwr_scsi_client_eventq_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    for (unsigned i = 0; i < c->options.eventq_buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->eventq, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_scsi_client_eventq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e)) {
            e->buffer = slice.buffer;
            return 1;
        }
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->eventq, slice.buffer);
        (void)vwr_receive_kick(&c->eventq);
    }
    return 0;
}
