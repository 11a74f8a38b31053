/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

#include "vwr/service/fs.h"

static struct vwr_fs_vservice *service_fs_of(struct vwr_vdev *v)
{
    return (struct vwr_fs_vservice *)(void *)v;
}

static int service_fs_hiprio(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_fs_vservice *const s = service_fs_of(v);

    (void)fixed;
    if (s->calls->hiprio == NULL)
        return VWR_EUNSUPP;

    return s->calls->hiprio(s, x);
}

static const struct vwr_service_row service_fs_hiprio_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_fs_hiprio,
    },
};

const struct vwr_service_queue vwr_fs_vservice_hiprio = {
    .rows = service_fs_hiprio_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int service_fs_request(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_fs_vservice *const s = service_fs_of(v);

    (void)fixed;
    if (s->calls->request == NULL)
        return VWR_EUNSUPP;

    return s->calls->request(s, x);
}

static const struct vwr_service_row service_fs_request_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_fs_request,
    },
};

const struct vwr_service_queue vwr_fs_vservice_request = {
    .rows = service_fs_request_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_fs_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_fs_vservice *const s = service_fs_of(v);
    const uint32_t before = q->last_avail;
    uint16_t n = 0;

    if (queue == VWR_FS_QUEUE_HIPRIO)
        return vwr_service_serve(&s->service, queue, 0, &vwr_fs_vservice_hiprio);
    if (vwr_service_is_of(queue, vwr_fs_queue_request_at(&v->accepted, 0), 1u, vwr_guest32(v->legacy,
        s->config.num_request_queues), &n))
        return vwr_service_serve(&s->service, queue, n, &vwr_fs_vservice_request);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_fs_reset(struct vwr_vdev *v)
{
    struct vwr_fs_vservice *const s = service_fs_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_fs_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_fs_vservice *const s = service_fs_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_fs_suspend(struct vwr_vdev *v)
{
    struct vwr_fs_vservice *const s = service_fs_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_fs_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_fs_vservice *const s = service_fs_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_fs_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_fs_class = {
    .name = "fs",
    .id = VWR_FS_ID,
    .fields = vwr_fs_config_fields,
    .field_count = VWR_FS_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_fs_feature_names),
    .reset = service_fs_reset,
    .queue_reset = service_fs_queue_reset,
    .serve = service_fs_serve,
    .suspend = service_fs_suspend,
    .config_written = service_fs_config_written,
    .uses = service_fs_uses,
};

int vwr_fs_vservice_init(struct vwr_fs_vservice *s, const struct vwr_vdev_setup *setup,
                         const struct vwr_features *features,
        const struct vwr_fs_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_fs_vdevice *device)
{
    uint16_t queues = setup->queue_count;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_fs_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
