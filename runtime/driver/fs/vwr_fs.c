/* SPDX-License-Identifier: MIT */
#include "fs_common.h"

/* File system device: opening, recovery (vwr/bringup.h) and closing. Section: File System Device.
 */

static int fs_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_fs *const p = (void *)v;
    struct vwr_fs_shared *const s = p->options.shared;
    const struct vwr_queue_memory hiprio = {s->hiprio, sizeof(s->hiprio), p->own_hiprio,
                                            sizeof(p->own_hiprio), VWR_FS_HIPRIO};
    const struct vwr_queue_memory request = {s->queue, sizeof(s->queue), p->own_queue, sizeof(p->own_queue),
                                             VWR_FS_QUEUE};
    struct vwr_request_options one;
    int r;

    if (n != VWR_FS_QUEUE_HIPRIO)
        return vwr_client_setup(&p->requests.client, v, n, &vwr_fs_class, &request, &p->options.request);
    vwr_copy(&one, &p->options.request, sizeof(one));
    one.requests = 1;
    one.segments = 1;
    r = vwr_client_setup(&p->hiprio.client, v, n, &vwr_fs_class, &hiprio, &one);
    return r == VWR_OK ? 1 : r;
}

static int fs_configure(struct vwr_bringup *v)
{
    const struct vwr_fs *const p = (void *)v;
    struct vwr_config_wrong wrong;

    if (vwr_fs_config_is_wrong(&v->dev->config.features, &p->info, &wrong))
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, wrong.offset, wrong.value);
    return VWR_OK;
}

/* Does not read the tag, because a recovery step need not read its bytes. */
static void fs_read_config(const struct vwr_config *c, void *into)
{
    struct vwr_fs_config_info *const info = into;

    info->num_request_queues = vwr_fs_config_get_num_request_queues(c);
}

int vwr_fs_read_tag(struct vwr_fs *p, char tag[VWR_FS_TAG + 1u])
{
    const struct vwr_dev *const d = p->bringup.dev;
    int n = 0;

    if (d == NULL || d->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    /* the tag does not change */
    (void)vwr_dev_read_fields(&d->config, VWR_FS_CONFIG_TAG, tag, VWR_FS_TAG, 1);
    tag[VWR_FS_TAG] = '\0';
    while (n < (int)VWR_FS_TAG && tag[n] != '\0')
        n++;
    return n;
}

void vwr_fs_end_session_(struct vwr_fs *p)
{
    p->io_bytes = 0;
    p->session++;
}

static void fs_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    if (event == VWR_BRINGUP_RELEASED)
        vwr_fs_end_session_((void *)v);
}

static const struct vwr_features fs_want = {{VWR_FS_FEATURES_W0 & ~((uint32_t)1 << VWR_FS_F_NOTIFICATION),
                                             VWR_FS_FEATURES_W1, VWR_FS_FEATURES_W2, VWR_FS_FEATURES_W3}};

const struct vwr_bringup_class vwr_fs_bringup = {
    VWR_BRINGUP_CLASS(VWR_FS_ID, vwr_fs, info),
    .want = &fs_want,
    .read = fs_read_config,
    .configure = fs_configure,
    .set_up = fs_set_up,
    .event = fs_event,
    .needs = vwr_fs_config_needs,
};

int vwr_fs_open(struct vwr_fs *p, struct vwr_dev *d, const struct vwr_fs_options *options)
{
    const int r = vwr_bringup_begin(&p->bringup, &vwr_fs_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&p->options, options, sizeof(*options));
    p->own.req.internal = 1; /* no caller reaps it */
    p->options.request.requests = VWR_FS_REQUESTS;
    p->options.request.segments = VWR_REQUEST_SEGMENTS;
    p->options.request.replay = false; /* a session has to be started before any request can be resent */
    p->bringup.avoid = &p->options.avoid;
    return vwr_bringup_open(&p->bringup);
}
