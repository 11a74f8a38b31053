/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "lib/avatar_string.h"
#include "vwr_avatar_vmm.h"

/* Devices that have no class in the library and are accessed with Avatar's queue functions. */

static struct vwr_avatar_device *device_of(struct vwr_vdev *v)
{
    return (struct vwr_avatar_device *)(void *)((uint8_t *)v -
                                                __builtin_offsetof(struct vwr_avatar_device, own));
}

static void forget(struct vwr_vdev *v, uint16_t queue)
{
    memset(&device_of(v)->more[queue], 0, sizeof(struct vwr_avatar_queue));
}

static void forget_all(struct vwr_vdev *v)
{
    struct vwr_avatar_device *const d = device_of(v);

    memset(d->more, 0, sizeof(d->more));
    if (d->device.reset != NULL)
        d->device.reset(&d->device);
}

/* The device pops buffers itself, so none are reported here. */
static uint16_t serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct vwr_avatar_device *const d = device_of(v);

    if (d->device.queue_notify != NULL) {
        vwr_avatar_update_queues(d);
        d->device.queue_notify(&d->device, q->index);
    }
    return 0;
}

/* Avatar's device types. The embedded pair of files names only the devices that it includes. */
static const struct vwr_name kinds[] = {
    {VIRTIO_ID_RNG, "rng"},         {VIRTIO_ID_BALLOON, "balloon"}, {VIRTIO_ID_SCSI, "scsi"},
    {VIRTIO_ID_9P, "9p"},           {VIRTIO_ID_GPU, "gpu"},         {VIRTIO_ID_NET, "net"},
    {VIRTIO_ID_CONSOLE, "console"}, {VIRTIO_ID_BLOCK, "blk"},       {0, NULL}};

int vwr_avatar_begin_own(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s)
{
    struct vwr_features features;

    vwr_features_clear(&features);
    features.w[0] = (uint32_t)d->device.device_features;
    features.w[1] = (uint32_t)(d->device.device_features >> 32);
    d->kind.name = vwr_name(kinds, d->device.device_id);
    if (d->kind.name == NULL)
        d->kind.name = "own";
    d->kind.id = d->device.device_id;
    d->kind.reset = forget_all;
    d->kind.queue_reset = forget;
    d->kind.serve = serve;
    d->vdev = &d->own;
    return vwr_vdev_init(&d->own, &d->kind, s, &features, (uint16_t)d->device.num_queues, d->device.config,
                         (uint16_t)d->device.config_len);
}

/* Returns the device of such a queue if its guest exists, otherwise NULL. */
static struct vwr_avatar_device *of_queue(const virtqueue_t *vq)
{
    struct vwr_avatar_device *const d = vq == NULL ? NULL : vwr_avatar_device_of(vq->dev);

    return d != NULL && d->vdev == &d->own && vq->index < d->device.num_queues ? d : NULL;
}

static struct vwr_avatar_taken *free_place(struct vwr_avatar_queue *q)
{
    for (uint32_t i = 0; i < VIRTIO_CHAINS_MAX; i++) {
        if (!q->taken[i].used)
            return &q->taken[i];
    }
    return NULL;
}

/* Pops the next buffer; NULL: none, or no free entry. */
static struct vwr_avatar_taken *take(struct vwr_avatar_device *d, uint32_t queue)
{
    struct vwr_avatar_queue *const q = &d->more[queue];
    struct vwr_avatar_taken *const place = q->next != NULL ? q->next : free_place(q);

    if (place == NULL || place == q->next)
        return place;
    place->chain.seg = place->seg;
    place->chain.room = VIRTIO_CHAIN_MAX;
    if (!vwr_vdev_pop(d->vdev, (uint16_t)queue, &place->chain))
        return NULL;
    place->used = true;
    return place;
}

bool virtio_queue_available(virtqueue_t *vq)
{
    struct vwr_avatar_device *const d = of_queue(vq);

    if (d == NULL)
        return false;
    d->more[vq->index].next = take(d, vq->index);
    return d->more[vq->index].next != NULL;
}

int virtio_queue_pop(virtqueue_t *vq, virtq_desc_t *desc_chain, uint32_t *desc_count)
{
    struct vwr_avatar_device *const d = of_queue(vq);
    struct vwr_avatar_taken *const place = d == NULL ? NULL : take(d, vq->index);
    const uint32_t count = place == NULL ? 0 : (uint32_t)place->chain.out + place->chain.in;

    if (place == NULL)
        return -1;
    d->more[vq->index].next = NULL;
    for (uint32_t i = 0; i < count; i++) {
        desc_chain[i].addr = (uint64_t)(uintptr_t)place->seg[i].at;
        desc_chain[i].len = place->seg[i].len;
        desc_chain[i].flags = (uint16_t)((i < place->chain.out ? 0 : VIRTQ_DESC_F_WRITE) |
                                         (i + 1 < count ? VIRTQ_DESC_F_NEXT : 0));
        desc_chain[i].next = (uint16_t)(i + 1 < count ? i + 1 : 0);
    }
    *desc_count = count;
    return (int)(place - d->more[vq->index].taken);
}

void virtio_queue_push(virtqueue_t *vq, uint32_t desc_idx, uint32_t len)
{
    struct vwr_avatar_device *const d = of_queue(vq);
    struct vwr_avatar_taken *place;

    if (d == NULL || desc_idx >= VIRTIO_CHAINS_MAX)
        return;
    place = &d->more[vq->index].taken[desc_idx];
    if (!place->used)
        return;
    vwr_vqueue_add_used(&d->queue[vq->index], &place->chain,
                        len < place->chain.in_bytes ? len : place->chain.in_bytes);
    place->used = false;
}

void virtio_queue_notify(virtio_device_t *dev, uint32_t queue_idx)
{
    struct vwr_avatar_device *const d = vwr_avatar_device_of(dev);

    if (d != NULL && d->vdev == &d->own && queue_idx < d->device.num_queues)
        (void)vwr_vdev_signal(d->vdev, &d->queue[queue_idx]);
}

void virtio_inject_irq(virtio_device_t *dev, uint32_t int_type)
{
    struct vwr_avatar_device *const d = vwr_avatar_device_of(dev);

    if (d == NULL || d->vdev == NULL)
        return;
    if ((int_type & VIRTIO_MMIO_INT_CONFIG) != 0)
        vwr_vdev_config_changed(d->vdev);
    if ((int_type & VIRTIO_MMIO_INT_VRING) != 0)
        vwr_vdev_interrupt(d->vdev, 0);
}
