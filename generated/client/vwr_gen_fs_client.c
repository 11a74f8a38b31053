/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

#include "vwr/client/fs.h"

static const struct vwr_request_class client_fs_hiprio_class = {
    VWR_CLIENT_CLASS(VWR_FS_CLIENT_HIPRIO_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_fs_request_class = {
    VWR_CLIENT_CLASS(VWR_FS_CLIENT_REQUEST_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_fs_client *client_fs_of(struct vwr_bringup *v)
{
    return (struct vwr_fs_client *)(void *)v;
}

static int client_fs_configure(struct vwr_bringup *v)
{
    struct vwr_config_wrong wrong;
    struct vwr_fs_client *const c = client_fs_of(v);
    const struct vwr_dev *const d = v->dev;
    int r = VWR_OK;

    if (vwr_fs_config_is_wrong(&d->config.features, &c->info, &wrong))
        r = vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, wrong.offset, wrong.value);
    if (r == VWR_OK)
        r = vwr_client_agree_count(&c->request_count, c->options.request_count, c->info.num_request_queues);
    return r;
}

static int client_fs_set_up_hiprio(struct vwr_fs_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->hiprio, &c->bringup, VWR_FS_QUEUE_HIPRIO, &client_fs_hiprio_class, &c->options.hiprio,
                            &c->options.requests);
}

static int client_fs_set_up_notification(struct vwr_fs_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_FS_F_NOTIFICATION))
        return VWR_OK;
    return vwr_receive_setup(&c->notification, &c->bringup, VWR_FS_QUEUE_NOTIFICATION, &c->options.notification,
                             &c->options.notification_buffers, 1);
}

static int client_fs_set_up_request(struct vwr_fs_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    return vwr_client_setup(&c->options.request[n].q, &c->bringup, vwr_fs_queue_request_at(&d->config.features, n),
                            &client_fs_request_class, &c->options.request[n].memory, &c->options.requests);
}

static int client_fs_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_fs_client *const c = client_fs_of(v);
    unsigned at = n;
    int r;

    if (at < 1u) {
        r = client_fs_set_up_hiprio(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= 1u;
    if (at < 1u) {
        r = client_fs_set_up_notification(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= 1u;
    if (at < c->request_count) {
        r = client_fs_set_up_request(c, at);
        return r == VWR_OK ? 1 : r;
    }
    return VWR_OK;
}

static void client_fs_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_fs_want = {
    {VWR_FS_FEATURES_W0, VWR_FS_FEATURES_W1, VWR_FS_FEATURES_W2, VWR_FS_FEATURES_W3}};

const struct vwr_bringup_class vwr_fs_client_bringup = {
    .type = VWR_FS_ID,
    .bytes = sizeof(struct vwr_fs_client),
    .info_at = __builtin_offsetof(struct vwr_fs_client, info),
    .info_bytes = sizeof(struct vwr_fs_config_info),
    .read = vwr_fs_config_read,
    .want = &client_fs_want,
    .configure = client_fs_configure,
    .set_up = client_fs_set_up,
    .event = client_fs_event,
    .needs = vwr_fs_config_needs,
};

int vwr_fs_client_open(struct vwr_fs_client *c, struct vwr_dev *d, const struct vwr_fs_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_fs_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_fs_client_bringup);
}

int vwr_fs_client_close(struct vwr_fs_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_fs_client_bringup);
}

int vwr_fs_client_read_info(struct vwr_fs_client *c)
{
    struct vwr_fs_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_fs_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_fs_client_poll_notification(struct vwr_fs_client *c, struct vwr_fs_client_notification_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (!vwr_dev_has(c->bringup.dev, VWR_FS_F_NOTIFICATION))
        return VWR_EFEATURE;
    for (unsigned i = 0; i < c->options.notification_buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->notification, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_fs_client_notification_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e)) {
            e->buffer = slice.buffer;
            return 1;
        }
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->notification, slice.buffer);
        (void)vwr_receive_kick(&c->notification);
    }
    return 0;
}
