/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

#include "vwr/service/iommu.h"

static struct vwr_iommu_vservice *service_iommu_of(struct vwr_vdev *v)
{
    return (struct vwr_iommu_vservice *)(void *)v;
}

static int service_iommu_attach(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_iommu_vservice *const s = service_iommu_of(v);
    const struct vwr_iommu_attach_msg_form *const w = fixed;
    struct vwr_iommu_attach_msg m;

    if (s->calls->attach == NULL)
        return VWR_EUNSUPP;
    vwr_iommu_attach_msg_decode(w, v->legacy, &m);

    return s->calls->attach(s, x, &m);
}

static int service_iommu_detach(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_iommu_vservice *const s = service_iommu_of(v);
    const struct vwr_iommu_detach_msg_form *const w = fixed;
    struct vwr_iommu_detach_msg m;

    if (s->calls->detach == NULL)
        return VWR_EUNSUPP;
    vwr_iommu_detach_msg_decode(w, v->legacy, &m);

    return s->calls->detach(s, x, &m);
}

static int service_iommu_map(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_iommu_vservice *const s = service_iommu_of(v);
    const struct vwr_iommu_map_msg_form *const w = fixed;
    struct vwr_iommu_map_msg m;

    if (s->calls->map == NULL)
        return VWR_EUNSUPP;
    vwr_iommu_map_msg_decode(w, v->legacy, &m);

    return s->calls->map(s, x, &m);
}

static int service_iommu_unmap(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_iommu_vservice *const s = service_iommu_of(v);
    const struct vwr_iommu_unmap_msg_form *const w = fixed;
    struct vwr_iommu_unmap_msg m;

    if (s->calls->unmap == NULL)
        return VWR_EUNSUPP;
    vwr_iommu_unmap_msg_decode(w, v->legacy, &m);

    return s->calls->unmap(s, x, &m);
}

static int service_iommu_probe(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_iommu_vservice *const s = service_iommu_of(v);
    const struct vwr_iommu_probe_msg_form *const w = fixed;
    struct vwr_iommu_probe_msg m;

    if (s->calls->probe == NULL)
        return VWR_EUNSUPP;
    vwr_iommu_probe_msg_decode(w, v->legacy, &m);
    if (x->in.left < (uint64_t)vwr_guest32(v->legacy, s->config.probe_size) * 1u)
        return VWR_EUNSUPP;
    x->in.left = (uint32_t)((uint64_t)vwr_guest32(v->legacy, s->config.probe_size) * 1u);

    return s->calls->probe(s, x, &m);
}

static const struct vwr_service_row service_iommu_requestq_rows[] = {
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 20, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = VWR_IOMMU_S_OK, .refuse = 0,
        .call = service_iommu_attach,
    },
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 20, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = VWR_IOMMU_S_OK, .refuse = 0,
        .call = service_iommu_detach,
    },
    {
        .value = {3u},
        .any = {VWR_IOMMU_F_MAP_UNMAP, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 36, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = VWR_IOMMU_S_OK, .refuse = 0,
        .call = service_iommu_map,
    },
    {
        .value = {4u},
        .any = {VWR_IOMMU_F_MAP_UNMAP, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 28, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = VWR_IOMMU_S_OK, .refuse = 0,
        .call = service_iommu_unmap,
    },
    {
        .value = {5u},
        .any = {VWR_IOMMU_F_PROBE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 72, .first = 0, .last = 4, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = VWR_IOMMU_S_OK, .refuse = 0,
        .call = service_iommu_probe,
    },
};

const struct vwr_service_queue vwr_iommu_vservice_requestq = {
    .rows = service_iommu_requestq_rows,
    .count = 5,
    .selects = 1,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 1, .shift = 0, .big = false, .mask = 0xffu},
    },
    .select_end = 1,
    .first = 0, .last = 4, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_iommu_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_iommu_vservice *const s = service_iommu_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_IOMMU_QUEUE_REQUESTQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_iommu_vservice_requestq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_iommu_reset(struct vwr_vdev *v)
{
    struct vwr_iommu_vservice *const s = service_iommu_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_iommu_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_iommu_vservice *const s = service_iommu_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_iommu_suspend(struct vwr_vdev *v)
{
    struct vwr_iommu_vservice *const s = service_iommu_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_iommu_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_iommu_vservice *const s = service_iommu_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_iommu_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_iommu_class = {
    .name = "iommu",
    .id = VWR_IOMMU_ID,
    .fields = vwr_iommu_config_fields,
    .field_count = VWR_IOMMU_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_iommu_feature_names),
    .reset = service_iommu_reset,
    .queue_reset = service_iommu_queue_reset,
    .serve = service_iommu_serve,
    .suspend = service_iommu_suspend,
    .config_written = service_iommu_config_written,
    .uses = service_iommu_uses,
};

int vwr_iommu_vservice_init(struct vwr_iommu_vservice *s, const struct vwr_vdev_setup *setup,
                            const struct vwr_features *features,
        const struct vwr_iommu_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_iommu_vdevice *device)
{
    uint16_t queues = 2;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_iommu_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
