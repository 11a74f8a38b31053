/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/media.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Media Device */

#include "vwr/client/media.h"

static const struct vwr_request_class client_media_commandq_class = {
    VWR_CLIENT_CLASS(VWR_MEDIA_CLIENT_COMMANDQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_media_client *client_media_of(struct vwr_bringup *v)
{
    return (struct vwr_media_client *)(void *)v;
}

static int client_media_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_media_set_up_commandq(struct vwr_media_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->commandq, &c->bringup, VWR_MEDIA_QUEUE_COMMANDQ, &client_media_commandq_class,
                            &c->options.commandq, &c->options.requests);
}

static int client_media_set_up_eventq(struct vwr_media_client *c, unsigned n)
{
    (void)n;
    return vwr_receive_setup(&c->eventq, &c->bringup, VWR_MEDIA_QUEUE_EVENTQ, &c->options.eventq,
                             &c->options.eventq_buffers, 16);
}

static int client_media_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_media_client *, unsigned) = {
        client_media_set_up_commandq,
        client_media_set_up_eventq,
    };
    const int r = set_up[n](client_media_of(v), 0);

    return r == VWR_OK && n + 1 < 2 ? 1 : r;
}

static void client_media_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_media_want = {
    {VWR_MEDIA_FEATURES_W0, VWR_MEDIA_FEATURES_W1, VWR_MEDIA_FEATURES_W2, VWR_MEDIA_FEATURES_W3}};

const struct vwr_bringup_class vwr_media_client_bringup = {
    .type = VWR_MEDIA_ID,
    .bytes = sizeof(struct vwr_media_client),
    .info_at = __builtin_offsetof(struct vwr_media_client, info),
    .info_bytes = sizeof(struct vwr_media_config_info),
    .read = vwr_media_config_read,
    .want = &client_media_want,
    .configure = client_media_configure,
    .set_up = client_media_set_up,
    .event = client_media_event,
    .needs = vwr_media_config_needs,
};

int vwr_media_client_open(struct vwr_media_client *c, struct vwr_dev *d, const struct vwr_media_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_media_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_media_client_read_info(struct vwr_media_client *c)
{
    struct vwr_media_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_media_client_poll_eventq(struct vwr_media_client *c, struct vwr_media_client_eventq_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    for (unsigned i = 0; i < c->options.eventq_buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->eventq, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_media_client_eventq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
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
