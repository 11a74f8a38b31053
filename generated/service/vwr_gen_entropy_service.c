/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/entropy.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Entropy Device */

#include "vwr/service/entropy.h"

static struct vwr_entropy_vservice *service_entropy_of(struct vwr_vdev *v)
{
    return (struct vwr_entropy_vservice *)(void *)v;
}

static int service_entropy_read(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_entropy_vservice *const s = service_entropy_of(v);

    (void)fixed;
    if (s->calls->read == NULL)
        return VWR_EUNSUPP;
    if (x->in.left < 1u)
        return VWR_EUNSUPP;

    return s->calls->read(s, x);
}

static const struct vwr_service_row service_entropy_requestq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_entropy_read,
    },
};

const struct vwr_service_queue vwr_entropy_vservice_requestq = {
    .rows = service_entropy_requestq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_entropy_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_entropy_vservice *const s = service_entropy_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_ENTROPY_QUEUE_REQUESTQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_entropy_vservice_requestq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_entropy_reset(struct vwr_vdev *v)
{
    struct vwr_entropy_vservice *const s = service_entropy_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_entropy_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_entropy_vservice *const s = service_entropy_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_entropy_suspend(struct vwr_vdev *v)
{
    struct vwr_entropy_vservice *const s = service_entropy_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_entropy_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_entropy_vservice *const s = service_entropy_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_entropy_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_entropy_class = {
    .name = "entropy",
    .id = VWR_ENTROPY_ID,
    .reset = service_entropy_reset,
    .queue_reset = service_entropy_queue_reset,
    .serve = service_entropy_serve,
    .suspend = service_entropy_suspend,
    .config_written = service_entropy_config_written,
    .uses = service_entropy_uses,
};

int vwr_entropy_vservice_init(struct vwr_entropy_vservice *s, const struct vwr_vdev_setup *setup,
                              const struct vwr_features *features,
        const struct vwr_entropy_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_entropy_vdevice *device)
{
    uint16_t queues = 1;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_entropy_class, setup, features, queues, NULL, 0);
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
