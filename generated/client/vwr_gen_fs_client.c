/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

#include "vwr/client/fs.h"

static const struct vwr_request_class client_fs_hiprio_class = {
    .shared_bytes = VWR_FS_CLIENT_HIPRIO_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_fs_request_class = {
    .shared_bytes = VWR_FS_CLIENT_REQUEST_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_fs_client *client_fs_of(struct vwr_recovery *v)
{
    return (struct vwr_fs_client *)(void *)v;
}

static void client_fs_read(const struct vwr_config *config, void *into)
{
    struct vwr_fs_client_info *const info = into;

    for (unsigned i = 0; i < 36u; i++)
        info->tag[i] = vwr_fs_config_get_tag(config, i);
    info->num_request_queues = vwr_fs_config_get_num_request_queues(config);
    info->notify_buf_size = vwr_fs_config_get_notify_buf_size(config);
}

static int client_fs_configure(struct vwr_recovery *v)
{
    (void)v;
    return VWR_OK;
}

static int client_fs_set_up_hiprio(struct vwr_fs_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->hiprio, &c->recovery, VWR_FS_QUEUE_HIPRIO, &client_fs_hiprio_class,
                            &c->options.hiprio, &c->options.requests);
}

static int client_fs_set_up_notification(struct vwr_fs_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    if (!vwr_dev_has(d, VWR_FS_F_NOTIFICATION))
        return VWR_OK;
    return vwr_receive_setup(&c->notification, &c->recovery, VWR_FS_QUEUE_NOTIFICATION, &c->options.notification,
                             &c->options.notification_buffers, 1);
}

static int client_fs_set_up_request(struct vwr_fs_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->request, &c->recovery, vwr_fs_queue_request_at(&d->config.features, 0),
                            &client_fs_request_class,
                            &c->options.request, &c->options.requests);
}

static int client_fs_set_up(struct vwr_recovery *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_fs_client *) = {
        client_fs_set_up_hiprio,
        client_fs_set_up_notification,
        client_fs_set_up_request,
    };
    const int r = set_up[n](client_fs_of(v));

    return r == VWR_OK && n + 1 < 3 ? 1 : r;
}

static void client_fs_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_fs_want = {
    {VWR_FS_FEATURES_W0, VWR_FS_FEATURES_W1, VWR_FS_FEATURES_W2, VWR_FS_FEATURES_W3}};
static const struct vwr_features client_fs_none;

const struct vwr_recovery_class vwr_fs_client_recovery = {
    .type = VWR_FS_ID,
    .bytes = sizeof(struct vwr_fs_client),
    .info_at = __builtin_offsetof(struct vwr_fs_client, info),
    .info_bytes = sizeof(struct vwr_fs_client_info),
    .read = client_fs_read,
    .want = &client_fs_want,
    .configure = client_fs_configure,
    .set_up = client_fs_set_up,
    .event = client_fs_event,
};

int vwr_fs_client_open(struct vwr_fs_client *c, struct vwr_dev *d, const struct vwr_fs_client_options *options)
{
    const int r = vwr_recovery_begin(&c->recovery, &vwr_fs_client_recovery, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->recovery.need = options->need != NULL ? options->need : &client_fs_none;
    c->recovery.avoid = options->avoid != NULL ? options->avoid : &client_fs_none;
    return vwr_recovery_open(&c->recovery, &vwr_fs_client_recovery);
}

int vwr_fs_client_close(struct vwr_fs_client *c)
{
    return vwr_recovery_close(&c->recovery, &vwr_fs_client_recovery);
}

/* False: it is no message. */
static bool client_fs_decode_notification(const struct vwr_fs_client *c, const struct vwr_slice *slice,
        struct vwr_fs_client_notification_event *e)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    const uint8_t *const bytes = slice->p;
    uint32_t fixed;

    (void)legacy;
    (void)c;
    if (true) {
        e->type = VWR_FS_CLIENT_NOTIFICATION_NOTIFY;
        fixed = 0u;
    }    else {
        return false;
    }
    e->data = bytes + fixed;
    e->data_bytes = slice->bytes - fixed;
    e->buffer = slice->buffer;
    return true;
}

int vwr_fs_client_poll_notification(struct vwr_fs_client *c, struct vwr_fs_client_notification_event *e)
{
    struct vwr_slice slice;

    for (unsigned i = 0; i < c->options.notification_buffers.count; i++) {
        const int n = vwr_receive_poll(&c->notification, &slice, 1);

        if (n <= 0)
            return n;
        if (client_fs_decode_notification(c, &slice, e))
            return 1;
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_return(&c->notification, slice.buffer);
        (void)vwr_receive_kick(&c->notification);
    }
    return 0;
}
