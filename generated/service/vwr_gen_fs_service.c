/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

#include "vwr/service/fs.h"

static struct vwr_fs_service *fs_service_of(struct vwr_vdev *v)
{
    return (struct vwr_fs_service *)(void *)v;
}

static int fs_service_hiprio(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_fs_service *const s = fs_service_of(v);

    if (s->calls->hiprio == NULL)
        return VWR_EUNSUPP;
    (void)fixed;

    return s->calls->hiprio(s, x);
}

static const struct vwr_service_row fs_service_hiprio_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .selects = 0,
        .flags = 0 | VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = fs_service_hiprio,
    },
};

static const struct vwr_service_queue fs_service_hiprio_queue = {
    .rows = fs_service_hiprio_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int fs_service_request(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_fs_service *const s = fs_service_of(v);

    if (s->calls->request == NULL)
        return VWR_EUNSUPP;
    (void)fixed;

    return s->calls->request(s, x);
}

static const struct vwr_service_row fs_service_request_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .selects = 0,
        .flags = 0 | VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = fs_service_request,
    },
};

static const struct vwr_service_queue fs_service_request_queue = {
    .rows = fs_service_request_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t fs_service_serve(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_fs_service *const s = fs_service_of(v);

    if (queue == VWR_FS_QUEUE_HIPRIO)
        return vwr_service_serve(&s->service, queue, &fs_service_hiprio_queue);
    if (queue == vwr_fs_queue_request_at(&v->accepted, 0))
        return vwr_service_serve(&s->service, queue, &fs_service_request_queue);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return 0;
}

static void fs_service_reset(struct vwr_vdev *v)
{
    struct vwr_fs_service *const s = fs_service_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void fs_service_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_fs_service *const s = fs_service_of(v);

    vwr_service_forget(&s->service, queue);
}

static void fs_service_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_fs_service *const s = fs_service_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static const struct vwr_vdev_class fs_service_class = {
    .name = "fs",
    .id = VWR_FS_ID,
    .fields = vwr_fs_config_fields,
    .field_count = VWR_FS_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_fs_feature_names),
    .reset = fs_service_reset,
    .queue_reset = fs_service_queue_reset,
    .serve = fs_service_serve,
    .config_written = fs_service_config_written,
};

int vwr_fs_service_init(struct vwr_fs_service *s, const struct vwr_vdev_setup *setup, const struct vwr_features *features,
        const struct vwr_fs_service_calls *calls, const struct vwr_service_memory *memory, void *context)
{
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    r = vwr_vdev_init(&s->service.dev, &fs_service_class, setup, features, setup->queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed, context) : r;
}
