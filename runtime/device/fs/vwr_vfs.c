/* SPDX-License-Identifier: MIT */
#include "vfs_common.h"

/*
 * File system device: init, reset, configuration. The server of FUSE is in ../fuse.
 * Section: File System Device.
 */

static struct vwr_vfs *vfs_of(struct vwr_fs_vservice *s)
{
    return (struct vwr_vfs *)(void *)s; /* first member */
}

static void vfs_reset_rest(struct vwr_vdev *dev)
{
    struct vwr_vfs *const v = (struct vwr_vfs *)(void *)dev; /* first member */

    if (!vwr_vfs_end_session_(v))
        dev->leftover = vfs_reset_rest;
}

static void vfs_reset(struct vwr_fs_vservice *s)
{
    struct vwr_vfs *const v = vfs_of(s);

    vwr_vfs_end_others_(v, NULL);
    vfs_reset_rest(vwr_vfs_dev(v));
    v->big = false;
}

static void vfs_queue_reset(struct vwr_fs_vservice *s, uint16_t queue)
{
    struct vwr_vfs *const v = vfs_of(s);

    for (unsigned i = 0; i < v->requests; i++)
        if (v->call[i].call.state != VFILES_FREE && v->call[i].call.message->index == queue)
            vwr_vfs_drop_(&v->call[i]);
}

static const struct vwr_fs_vservice_calls vfs_calls = {
    .hiprio = vwr_vfs_request_,
    .request = vwr_vfs_request_,
    .reset = vfs_reset,
    .queue_reset = vfs_queue_reset,
};

static bool vfs_is_right(const struct vwr_vfs_options *o)
{
    return o->files != NULL && vwr_vfiles_is_complete_(o->files) &&
           vwr_vfiles_measure_tag_(o->tag, VWR_VFS_TAG) != 0 && o->max_write % VWR_FUSE_WRITE_MIN == 0;
}

static void vfs_write_config(struct vwr_vfs *v, uint32_t queues, const char *tag)
{
    v->service.config.num_request_queues = vwr_guest32(vwr_vfs_dev(v)->legacy, queues);
    vwr_copy(v->service.config.tag, tag, vwr_vfiles_measure_tag_(tag, VWR_VFS_TAG));
}

int vwr_vfs_init_with(struct vwr_vfs *v, const struct vwr_vdev_setup *setup, const struct vwr_vfs_options *o)
{
    const struct vwr_service_memory memory = {o->message, o->message_count, o->seg, o->seg_count};
    struct vwr_features features;
    int r;

    vwr_zero(v, sizeof(*v));
    if (!vfs_is_right(o) || !vwr_vfs_is_window_(&o->window, setup, o->files))
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&vwr_vfs_dev(v)->shortage, setup, queue, queue_count, VWR_VFS_QUEUES) ||
        !VWR_ARRAY_FITS(&vwr_vfs_dev(v)->shortage, o, node, node_count, 2u) ||
        !VWR_ARRAY_FITS(&vwr_vfs_dev(v)->shortage, o, call, call_count, o->message_count))
        return VWR_ENOMEM;
    v->files = o->files;
    v->node = o->node;
    v->nodes = o->node_count;
    v->call = o->call;
    v->requests = o->message_count;
    v->max_write = o->max_write != 0 ? o->max_write : VWR_VFS_WRITE;
    v->valid = o->valid;
    vwr_copy(&v->window, &o->window, sizeof(v->window));
    vwr_vfs_nodes_init_(v);
    vwr_features_clear(&features);
    r = vwr_fs_vservice_init(&v->service, setup, &features, &vfs_calls, &memory, NULL);
    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < v->requests; i++) {
        v->call[i].server = v;
        vwr_vfiles_init_(&v->call[i].call, o->files, &vwr_vfs_protocol, &o->message[i]);
    }
    vfs_write_config(v, setup->queue_count - (VWR_VFS_QUEUES - 1u), o->tag);
    return VWR_OK;
}
