/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/input.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Input Device */

#include "vwr/service/input.h"

static struct vwr_input_vservice *service_input_of(struct vwr_vdev *v)
{
    return (struct vwr_input_vservice *)(void *)v;
}

static int service_input_status(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_input_vservice *const s = service_input_of(v);
    const struct vwr_input_status_msg_form *const w = fixed;
    struct vwr_input_status_msg m;

    if (s->calls->status == NULL)
        return VWR_EUNSUPP;
    vwr_input_status_msg_decode(w, v->legacy, &m);

    return s->calls->status(s, x, &m);
}

static const struct vwr_service_row service_input_statusq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_input_status,
    },
};

const struct vwr_service_queue vwr_input_vservice_statusq = {
    .rows = service_input_statusq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_input_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_input_vservice *const s = service_input_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_INPUT_QUEUE_STATUSQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_input_vservice_statusq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_input_reset(struct vwr_vdev *v)
{
    struct vwr_input_vservice *const s = service_input_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_input_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_input_vservice *const s = service_input_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_input_suspend(struct vwr_vdev *v)
{
    struct vwr_input_vservice *const s = service_input_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_input_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_input_vservice *const s = service_input_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_input_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_input_class = {
    .name = "input",
    .id = VWR_INPUT_ID,
    .fields = vwr_input_config_fields,
    .field_count = VWR_INPUT_CONFIG_FIELD_COUNT,
    .reset = service_input_reset,
    .queue_reset = service_input_queue_reset,
    .serve = service_input_serve,
    .suspend = service_input_suspend,
    .config_written = service_input_config_written,
    .uses = service_input_uses,
};

int vwr_input_vservice_init(struct vwr_input_vservice *s, const struct vwr_vdev_setup *setup,
                            const struct vwr_features *features,
        const struct vwr_input_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_input_vdevice *device)
{
    uint16_t queues = 2;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_input_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
