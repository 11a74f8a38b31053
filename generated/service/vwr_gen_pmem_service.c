/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/pmem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; PMEM Device */

#include "vwr/service/pmem.h"

static struct vwr_pmem_vservice *service_pmem_of(struct vwr_vdev *v)
{
    return (struct vwr_pmem_vservice *)(void *)v;
}

static int service_pmem_flush(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_pmem_vservice *const s = service_pmem_of(v);

    (void)fixed;
    if (s->calls->flush == NULL)
        return VWR_EUNSUPP;

    return s->calls->flush(s, x);
}

static const struct vwr_service_row service_pmem_req_vq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_pmem_flush,
    },
};

const struct vwr_service_queue vwr_pmem_vservice_req_vq = {
    .rows = service_pmem_req_vq_rows,
    .count = 1,
    .selects = 1,
    .status_bytes = 4,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 4, .shift = 0, .big = false, .mask = 0xffffffffu},
    },
    .select_end = 4,
    .first = 4, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_pmem_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_pmem_vservice *const s = service_pmem_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_PMEM_QUEUE_REQ_VQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_pmem_vservice_req_vq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_pmem_reset(struct vwr_vdev *v)
{
    struct vwr_pmem_vservice *const s = service_pmem_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_pmem_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_pmem_vservice *const s = service_pmem_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_pmem_suspend(struct vwr_vdev *v)
{
    struct vwr_pmem_vservice *const s = service_pmem_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_pmem_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_pmem_vservice *const s = service_pmem_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_pmem_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_pmem_class = {
    .name = "pmem",
    .id = VWR_PMEM_ID,
    .fields = vwr_pmem_config_fields,
    .field_count = VWR_PMEM_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_pmem_feature_names),
    .reset = service_pmem_reset,
    .queue_reset = service_pmem_queue_reset,
    .serve = service_pmem_serve,
    .suspend = service_pmem_suspend,
    .config_written = service_pmem_config_written,
    .uses = service_pmem_uses,
};

int vwr_pmem_vservice_init(struct vwr_pmem_vservice *s, const struct vwr_vdev_setup *setup,
                           const struct vwr_features *features,
        const struct vwr_pmem_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_pmem_vdevice *device)
{
    uint16_t queues = 1;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_pmem_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
