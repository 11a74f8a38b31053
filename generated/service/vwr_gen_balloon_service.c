/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

#include "vwr/service/balloon.h"

static struct vwr_balloon_vservice *service_balloon_of(struct vwr_vdev *v)
{
    return (struct vwr_balloon_vservice *)(void *)v;
}

static int service_balloon_inflate(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_vservice *const s = service_balloon_of(v);

    (void)fixed;
    if (s->calls->inflate == NULL)
        return VWR_EUNSUPP;
    if (x->out.left < 1u)
        return VWR_EUNSUPP;
    if (vwr_remainder(x->out.left, 4u) != 0)
        return VWR_EUNSUPP;

    return s->calls->inflate(s, x);
}

static const struct vwr_service_row service_balloon_inflateq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_balloon_inflate,
    },
};

const struct vwr_service_queue vwr_balloon_vservice_inflateq = {
    .rows = service_balloon_inflateq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int service_balloon_deflate(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_vservice *const s = service_balloon_of(v);

    (void)fixed;
    if (s->calls->deflate == NULL)
        return VWR_EUNSUPP;
    if (x->out.left < 1u)
        return VWR_EUNSUPP;
    if (vwr_remainder(x->out.left, 4u) != 0)
        return VWR_EUNSUPP;

    return s->calls->deflate(s, x);
}

static const struct vwr_service_row service_balloon_deflateq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_balloon_deflate,
    },
};

const struct vwr_service_queue vwr_balloon_vservice_deflateq = {
    .rows = service_balloon_deflateq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int service_balloon_stats(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_vservice *const s = service_balloon_of(v);

    (void)fixed;
    if (s->calls->stats == NULL)
        return VWR_EUNSUPP;
    if (vwr_remainder(x->out.left, 10u) != 0)
        return VWR_EUNSUPP;

    return s->calls->stats(s, x);
}

static const struct vwr_service_row service_balloon_statsq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_balloon_stats,
    },
};

const struct vwr_service_queue vwr_balloon_vservice_statsq = {
    .rows = service_balloon_statsq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int service_balloon_free_page_command(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_vservice *const s = service_balloon_of(v);
    const struct vwr_balloon_free_page_command_msg_form *const w = fixed;
    struct vwr_balloon_free_page_command_msg m;

    if (s->calls->free_page_command == NULL)
        return VWR_EUNSUPP;
    vwr_balloon_free_page_command_msg_decode(w, v->legacy, &m);

    return s->calls->free_page_command(s, x, &m);
}

static int service_balloon_free_page_hint(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_vservice *const s = service_balloon_of(v);

    (void)fixed;
    if (s->calls->free_page_hint == NULL)
        return VWR_EUNSUPP;

    return s->calls->free_page_hint(s, x);
}

static const struct vwr_service_row service_balloon_free_page_vq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_balloon_free_page_command,
    },
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_balloon_free_page_hint,
    },
};

const struct vwr_service_queue vwr_balloon_vservice_free_page_vq = {
    .rows = service_balloon_free_page_vq_rows,
    .count = 2,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int service_balloon_report(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_vservice *const s = service_balloon_of(v);

    (void)fixed;
    if (s->calls->report == NULL)
        return VWR_EUNSUPP;

    return s->calls->report(s, x);
}

static const struct vwr_service_row service_balloon_reporting_vq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_balloon_report,
    },
};

const struct vwr_service_queue vwr_balloon_vservice_reporting_vq = {
    .rows = service_balloon_reporting_vq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_balloon_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_balloon_vservice *const s = service_balloon_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_BALLOON_QUEUE_INFLATEQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_balloon_vservice_inflateq);
    if (queue == VWR_BALLOON_QUEUE_DEFLATEQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_balloon_vservice_deflateq);
    if ((vwr_vdev_has(v, VWR_BALLOON_F_STATS_VQ)) && queue == VWR_BALLOON_QUEUE_STATSQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_balloon_vservice_statsq);
    if ((vwr_vdev_has(v, VWR_BALLOON_F_FREE_PAGE_HINT)) && queue == vwr_balloon_queue_free_page_vq_at(&v->accepted))
        return vwr_service_serve(&s->service, queue, 0, &vwr_balloon_vservice_free_page_vq);
    if ((vwr_vdev_has(v, VWR_BALLOON_F_PAGE_REPORTING)) && queue == vwr_balloon_queue_reporting_vq_at(&v->accepted))
        return vwr_service_serve(&s->service, queue, 0, &vwr_balloon_vservice_reporting_vq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_balloon_reset(struct vwr_vdev *v)
{
    struct vwr_balloon_vservice *const s = service_balloon_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_balloon_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_balloon_vservice *const s = service_balloon_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_balloon_suspend(struct vwr_vdev *v)
{
    struct vwr_balloon_vservice *const s = service_balloon_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_balloon_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_balloon_vservice *const s = service_balloon_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_balloon_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_balloon_class = {
    .name = "balloon",
    .id = VWR_BALLOON_ID,
    .fields = vwr_balloon_config_fields,
    .field_count = VWR_BALLOON_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_balloon_feature_names),
    .reset = service_balloon_reset,
    .queue_reset = service_balloon_queue_reset,
    .serve = service_balloon_serve,
    .suspend = service_balloon_suspend,
    .config_written = service_balloon_config_written,
    .uses = service_balloon_uses,
};

int vwr_balloon_vservice_init(struct vwr_balloon_vservice *s, const struct vwr_vdev_setup *setup,
                              const struct vwr_features *features,
        const struct vwr_balloon_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_balloon_vdevice *device)
{
    uint16_t queues = 2;
    int r;

    if (vwr_features_have(features, VWR_BALLOON_F_STATS_VQ))
        queues++;
    if (vwr_features_have(features, VWR_BALLOON_F_FREE_PAGE_HINT))
        queues++;
    if (vwr_features_have(features, VWR_BALLOON_F_PAGE_REPORTING))
        queues++;
    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_balloon_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
