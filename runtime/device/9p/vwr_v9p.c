/* SPDX-License-Identifier: MIT */
#include "v9p_common.h"

/*
 * 9p device: init, reset, configuration. The server of 9P2000.L is in ../p9. Section: Device Types.
 */

static struct vwr_v9p *v9p_of(struct vwr_9p_vservice *s)
{
    return (struct vwr_v9p *)(void *)s; /* first member */
}

static void v9p_reset_rest(struct vwr_vdev *dev)
{
    struct vwr_v9p *const v = (struct vwr_v9p *)(void *)dev; /* first member */

    if (!vwr_v9p_fids_drop_(v))
        dev->leftover = v9p_reset_rest;
}

static void v9p_reset(struct vwr_9p_vservice *s)
{
    struct vwr_v9p *const v = v9p_of(s);

    vwr_v9p_end_others_(v, NULL);
    vwr_v9p_fids_end_(v);
    v9p_reset_rest(vwr_v9p_dev(v));
}

static void v9p_queue_reset(struct vwr_9p_vservice *s, uint16_t queue)
{
    (void)queue; /* it has one */
    vwr_v9p_end_others_(v9p_of(s), NULL);
}

static const struct vwr_9p_vservice_calls v9p_calls = {
    .request = vwr_v9p_request_,
    .reset = v9p_reset,
    .queue_reset = v9p_queue_reset,
};

static bool v9p_is_right(const struct vwr_v9p_options *o)
{
    return o->files != NULL && vwr_vfiles_is_complete_(o->files) &&
           vwr_vfiles_measure_tag_(o->tag, VWR_V9P_TAG) != 0 &&
           (o->msize == 0 || o->msize >= VWR_V9P_MSIZE_MIN);
}

static void v9p_write_config(struct vwr_v9p *v, const char *tag)
{
    struct vwr_9p_config_info info;
    uint8_t *const config = (uint8_t *)v->service.config;

    info.tag_len = (uint16_t)vwr_vfiles_measure_tag_(tag, VWR_V9P_TAG);
    vwr_9p_config_write((struct vwr_9p_config *)(void *)config, vwr_v9p_dev(v)->legacy, &info);
    vwr_copy(config + VWR_9P_CONFIG_TAG, tag, info.tag_len);
}

int vwr_v9p_init_with(struct vwr_v9p *v, const struct vwr_vdev_setup *setup, const struct vwr_v9p_options *o)
{
    const struct vwr_service_memory memory = {o->message, o->message_count, o->seg, o->seg_count};
    struct vwr_features features;
    int r;

    vwr_zero(v, sizeof(*v));
    if (!v9p_is_right(o))
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&vwr_v9p_dev(v)->shortage, o, fid, fid_count, 1u) ||
        !VWR_ARRAY_FITS(&vwr_v9p_dev(v)->shortage, o, call, call_count, o->message_count))
        return VWR_ENOMEM;
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_9P_F_MOUNT_TAG);
    v->files = o->files;
    v->fid = o->fid;
    v->fids = o->fid_count;
    v->call = o->call;
    v->requests = o->message_count;
    v->msize_max = o->msize != 0 ? o->msize : VWR_V9P_MSIZE;
    vwr_v9p_fids_init_(v);
    r = vwr_9p_vservice_init(&v->service, setup, &features, &v9p_calls, &memory, NULL);
    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < v->requests; i++) {
        v->call[i].server = v;
        vwr_vfiles_init_(&v->call[i], o->files, &vwr_v9p_protocol, &o->message[i]);
    }
    v9p_write_config(v, o->tag);
    return VWR_OK;
}
