/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/media.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Media Device */

#include "vwr/service/media.h"

static struct vwr_media_vservice *service_media_of(struct vwr_vdev *v)
{
    return (struct vwr_media_vservice *)(void *)v;
}

static int service_media_open_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_media_vservice *const s = service_media_of(v);
    struct vwr_media_open_session_answer a;
    struct vwr_media_open_session_answer_form form;
    int r;

    (void)fixed;
    if (s->calls->open_session == NULL)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->open_session(s, x, &a);
    if (r == VWR_LATER)
        return r;
    vwr_media_open_session_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_media_close_session(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_media_vservice *const s = service_media_of(v);
    const struct vwr_media_close_session_msg_form *const w = fixed;
    struct vwr_media_close_session_msg m;

    if (s->calls->close_session == NULL)
        return VWR_EUNSUPP;
    vwr_media_close_session_msg_decode(w, v->legacy, &m);

    return s->calls->close_session(s, x, &m);
}

static int service_media_ioctl(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_media_vservice *const s = service_media_of(v);
    const struct vwr_media_ioctl_msg_form *const w = fixed;
    struct vwr_media_ioctl_msg m;

    if (s->calls->ioctl == NULL)
        return VWR_EUNSUPP;
    vwr_media_ioctl_msg_decode(w, v->legacy, &m);

    return s->calls->ioctl(s, x, &m);
}

static int service_media_mmap(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_media_vservice *const s = service_media_of(v);
    const struct vwr_media_mmap_msg_form *const w = fixed;
    struct vwr_media_mmap_msg m;
    struct vwr_media_mmap_answer a;
    struct vwr_media_mmap_answer_form form;
    int r;

    if (s->calls->mmap == NULL)
        return VWR_EUNSUPP;
    vwr_media_mmap_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->mmap(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_media_mmap_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_media_munmap(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_media_vservice *const s = service_media_of(v);
    const struct vwr_media_munmap_msg_form *const w = fixed;
    struct vwr_media_munmap_msg m;

    if (s->calls->munmap == NULL)
        return VWR_EUNSUPP;
    vwr_media_munmap_msg_decode(w, v->legacy, &m);

    return s->calls->munmap(s, x, &m);
}

static const struct vwr_service_row service_media_commandq_rows[] = {
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 16, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_media_open_session,
    },
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_media_close_session,
    },
    {
        .value = {3u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 8, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_media_ioctl,
    },
    {
        .value = {4u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 20, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_media_mmap,
    },
    {
        .value = {5u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 8, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_media_munmap,
    },
};

const struct vwr_service_queue vwr_media_vservice_commandq = {
    .rows = service_media_commandq_rows,
    .count = 5,
    .selects = 1,
    .status_bytes = 4,
    .status_big = false,
    .alike = true,
    .select = {
        {.at = 0, .bytes = 4, .shift = 0, .big = false, .mask = 0xffffffffu},
    },
    .select_end = 4,
    .first = 0, .last = 8, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_media_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_media_vservice *const s = service_media_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_MEDIA_QUEUE_COMMANDQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_media_vservice_commandq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_media_reset(struct vwr_vdev *v)
{
    struct vwr_media_vservice *const s = service_media_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_media_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_media_vservice *const s = service_media_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_media_suspend(struct vwr_vdev *v)
{
    struct vwr_media_vservice *const s = service_media_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_media_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_media_vservice *const s = service_media_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_media_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_media_class = {
    .name = "media",
    .id = VWR_MEDIA_ID,
    .fields = vwr_media_config_fields,
    .field_count = VWR_MEDIA_CONFIG_FIELD_COUNT,
    .reset = service_media_reset,
    .queue_reset = service_media_queue_reset,
    .serve = service_media_serve,
    .suspend = service_media_suspend,
    .config_written = service_media_config_written,
    .uses = service_media_uses,
};

int vwr_media_vservice_init(struct vwr_media_vservice *s, const struct vwr_vdev_setup *setup,
                            const struct vwr_features *features,
        const struct vwr_media_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_media_vdevice *device)
{
    uint16_t queues = 2;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_media_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
