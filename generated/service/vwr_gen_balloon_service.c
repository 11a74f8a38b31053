/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

#include "vwr/service/balloon.h"

static struct vwr_balloon_service *balloon_service_of(struct vwr_vdev *v)
{
    return (struct vwr_balloon_service *)(void *)v;
}

static int balloon_service_inflate(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_service *const s = balloon_service_of(v);

    if (s->calls->inflate == NULL)
        return VWR_EUNSUPP;
    (void)fixed;
    if (x->out.left < 1u)
        return VWR_EUNSUPP;
    if (x->out.left % 4u != 0)
        return VWR_EUNSUPP;

    return s->calls->inflate(s, x);
}

static const struct vwr_service_row balloon_service_inflateq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .selects = 0,
        .flags = 0 | VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = balloon_service_inflate,
    },
};

static const struct vwr_service_queue balloon_service_inflateq_queue = {
    .rows = balloon_service_inflateq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int balloon_service_deflate(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_service *const s = balloon_service_of(v);

    if (s->calls->deflate == NULL)
        return VWR_EUNSUPP;
    (void)fixed;
    if (x->out.left < 1u)
        return VWR_EUNSUPP;
    if (x->out.left % 4u != 0)
        return VWR_EUNSUPP;

    return s->calls->deflate(s, x);
}

static const struct vwr_service_row balloon_service_deflateq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .selects = 0,
        .flags = 0 | VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = balloon_service_deflate,
    },
};

static const struct vwr_service_queue balloon_service_deflateq_queue = {
    .rows = balloon_service_deflateq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int balloon_service_stats(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_service *const s = balloon_service_of(v);

    if (s->calls->stats == NULL)
        return VWR_EUNSUPP;
    (void)fixed;
    if (x->out.left % 10u != 0)
        return VWR_EUNSUPP;

    return s->calls->stats(s, x);
}

static const struct vwr_service_row balloon_service_statsq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_BALLOON_F_STATS_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .selects = 0,
        .flags = 0 | VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = balloon_service_stats,
    },
};

static const struct vwr_service_queue balloon_service_statsq_queue = {
    .rows = balloon_service_statsq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int balloon_service_free_page_command(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_service *const s = balloon_service_of(v);
    const struct vwr_balloon_free_page_command_msg_form *const w = fixed;
    struct vwr_balloon_free_page_command_msg m;

    if (s->calls->free_page_command == NULL)
        return VWR_EUNSUPP;
    vwr_balloon_free_page_command_msg_decode(w, v->legacy, &m);

    return s->calls->free_page_command(s, x, &m);
}

static int balloon_service_free_page_hint(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_service *const s = balloon_service_of(v);

    if (s->calls->free_page_hint == NULL)
        return VWR_EUNSUPP;
    (void)fixed;

    return s->calls->free_page_hint(s, x);
}

static const struct vwr_service_row balloon_service_free_page_vq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_BALLOON_F_FREE_PAGE_HINT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 0, .last = 0, .status_at = 0,
        .selects = 0,
        .flags = 0 | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = balloon_service_free_page_command,
    },
    {
        .value = {0u},
        .any = {VWR_BALLOON_F_FREE_PAGE_HINT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .selects = 0,
        .flags = 0 | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = balloon_service_free_page_hint,
    },
};

static const struct vwr_service_queue balloon_service_free_page_vq_queue = {
    .rows = balloon_service_free_page_vq_rows,
    .count = 2,
    .selects = 0,
    .status_bytes = 0,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int balloon_service_report(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_balloon_service *const s = balloon_service_of(v);

    if (s->calls->report == NULL)
        return VWR_EUNSUPP;
    (void)fixed;

    return s->calls->report(s, x);
}

static const struct vwr_service_row balloon_service_reporting_vq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_BALLOON_F_PAGE_REPORTING, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .selects = 0,
        .flags = 0 | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = balloon_service_report,
    },
};

static const struct vwr_service_queue balloon_service_reporting_vq_queue = {
    .rows = balloon_service_reporting_vq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t balloon_service_serve(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_balloon_service *const s = balloon_service_of(v);

    if (queue == VWR_BALLOON_QUEUE_INFLATEQ)
        return vwr_service_serve(&s->service, queue, &balloon_service_inflateq_queue);
    if (queue == VWR_BALLOON_QUEUE_DEFLATEQ)
        return vwr_service_serve(&s->service, queue, &balloon_service_deflateq_queue);
    if ((vwr_vdev_has(v, VWR_BALLOON_F_STATS_VQ)) && queue == VWR_BALLOON_QUEUE_STATSQ)
        return vwr_service_serve(&s->service, queue, &balloon_service_statsq_queue);
    if ((vwr_vdev_has(v, VWR_BALLOON_F_FREE_PAGE_HINT)) && queue == vwr_balloon_queue_free_page_vq_at(&v->accepted))
        return vwr_service_serve(&s->service, queue, &balloon_service_free_page_vq_queue);
    if ((vwr_vdev_has(v, VWR_BALLOON_F_PAGE_REPORTING)) && queue == vwr_balloon_queue_reporting_vq_at(&v->accepted))
        return vwr_service_serve(&s->service, queue, &balloon_service_reporting_vq_queue);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return 0;
}

static void balloon_service_reset(struct vwr_vdev *v)
{
    struct vwr_balloon_service *const s = balloon_service_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void balloon_service_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_balloon_service *const s = balloon_service_of(v);

    vwr_service_forget(&s->service, queue);
}

static void balloon_service_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_balloon_service *const s = balloon_service_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static const struct vwr_vdev_class balloon_service_class = {
    .name = "balloon",
    .id = VWR_BALLOON_ID,
    .fields = vwr_balloon_config_fields,
    .field_count = VWR_BALLOON_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_balloon_feature_names),
    .reset = balloon_service_reset,
    .queue_reset = balloon_service_queue_reset,
    .serve = balloon_service_serve,
    .config_written = balloon_service_config_written,
};

int vwr_balloon_service_init(struct vwr_balloon_service *s, const struct vwr_vdev_setup *setup, const struct vwr_features *features,
        const struct vwr_balloon_service_calls *calls, const struct vwr_service_memory *memory, void *context)
{
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    r = vwr_vdev_init(&s->service.dev, &balloon_service_class, setup, features, setup->queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed, context) : r;
}
