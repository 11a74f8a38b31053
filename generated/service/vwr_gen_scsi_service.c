/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

#include "vwr/service/scsi.h"

static struct vwr_scsi_vservice *service_scsi_of(struct vwr_vdev *v)
{
    return (struct vwr_scsi_vservice *)(void *)v;
}

static int service_scsi_tmf(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_scsi_vservice *const s = service_scsi_of(v);
    const struct vwr_scsi_tmf_msg_form *const w = fixed;
    struct vwr_scsi_tmf_msg m;

    if (s->calls->tmf == NULL)
        return VWR_EUNSUPP;
    vwr_scsi_tmf_msg_decode(w, v->legacy, &m);

    return s->calls->tmf(s, x, &m);
}

static int service_scsi_an_query(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_scsi_vservice *const s = service_scsi_of(v);
    const struct vwr_scsi_an_query_msg_form *const w = fixed;
    struct vwr_scsi_an_query_msg m;
    struct vwr_scsi_an_query_answer a;
    struct vwr_scsi_an_query_answer_form form;
    int r;

    if (s->calls->an_query == NULL)
        return VWR_EUNSUPP;
    vwr_scsi_an_query_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->an_query(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_scsi_an_query_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_scsi_an_subscribe(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_scsi_vservice *const s = service_scsi_of(v);
    const struct vwr_scsi_an_subscribe_msg_form *const w = fixed;
    struct vwr_scsi_an_subscribe_msg m;
    struct vwr_scsi_an_subscribe_answer a;
    struct vwr_scsi_an_subscribe_answer_form form;
    int r;

    if (s->calls->an_subscribe == NULL)
        return VWR_EUNSUPP;
    vwr_scsi_an_subscribe_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->an_subscribe(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_scsi_an_subscribe_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_scsi_controlq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_SCSI_S_OK, .refuse = VWR_SCSI_S_FAILURE,
        .call = service_scsi_tmf,
    },
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 5, .last = 0, .status_at = 4,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_SCSI_S_OK, .refuse = VWR_SCSI_S_FAILURE,
        .call = service_scsi_an_query,
    },
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 5, .last = 0, .status_at = 4,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_SCSI_S_OK, .refuse = VWR_SCSI_S_FAILURE,
        .call = service_scsi_an_subscribe,
    },
};

const struct vwr_service_queue vwr_scsi_vservice_controlq = {
    .rows = service_scsi_controlq_rows,
    .count = 3,
    .selects = 1,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 4, .shift = 0, .big = false, .mask = 0xffffffffu},
    },
    .select_end = 4,
    .first = 0, .last = 1, .status_at = 0,
    .silent = false, .refuse = VWR_SCSI_S_FAILURE,
};

static int service_scsi_command(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_scsi_vservice *const s = service_scsi_of(v);
    const struct vwr_scsi_command_msg_form *const w = fixed;
    struct vwr_scsi_command_msg m;
    struct vwr_scsi_command_answer a;
    struct vwr_scsi_command_answer_form form;
    int r;

    if (s->calls->command == NULL)
        return VWR_EUNSUPP;
    vwr_scsi_command_msg_decode(w, v->legacy, &m);
    if (x->out.left < (uint64_t)vwr_guest32(v->legacy, s->config.cdb_size) * 1u)
        return VWR_EUNSUPP;
    if (x->in.left < (uint64_t)vwr_guest32(v->legacy, s->config.sense_size) * 1u)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->command(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_scsi_command_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_scsi_requestq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 19, .first = 12, .last = 0, .status_at = 11,
        .status_bytes = 1, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = VWR_SCSI_S_OK, .refuse = 0,
        .call = service_scsi_command,
    },
};

const struct vwr_service_queue vwr_scsi_vservice_requestq = {
    .rows = service_scsi_requestq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 1,
    .status_big = false,
    .select_end = 0,
    .first = 12, .last = 0, .status_at = 11,
    .silent = true, .refuse = 0,
};

static uint16_t service_scsi_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_scsi_vservice *const s = service_scsi_of(v);
    const uint32_t before = q->last_avail;
    uint16_t n = 0;

    if (queue == VWR_SCSI_QUEUE_CONTROLQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_scsi_vservice_controlq);
    if (vwr_service_is_of(queue, VWR_SCSI_QUEUE_REQUESTQ, 1u, vwr_guest32(v->legacy, s->config.num_queues), &n))
        return vwr_service_serve(&s->service, queue, n, &vwr_scsi_vservice_requestq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_scsi_reset(struct vwr_vdev *v)
{
    struct vwr_scsi_vservice *const s = service_scsi_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_scsi_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_scsi_vservice *const s = service_scsi_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_scsi_suspend(struct vwr_vdev *v)
{
    struct vwr_scsi_vservice *const s = service_scsi_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_scsi_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_scsi_vservice *const s = service_scsi_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_scsi_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_scsi_class = {
    .name = "scsi",
    .id = VWR_SCSI_ID,
    .fields = vwr_scsi_config_fields,
    .field_count = VWR_SCSI_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_scsi_feature_names),
    .reset = service_scsi_reset,
    .queue_reset = service_scsi_queue_reset,
    .serve = service_scsi_serve,
    .suspend = service_scsi_suspend,
    .config_written = service_scsi_config_written,
    .uses = service_scsi_uses,
};

int vwr_scsi_vservice_init(struct vwr_scsi_vservice *s, const struct vwr_vdev_setup *setup,
                           const struct vwr_features *features,
        const struct vwr_scsi_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_scsi_vdevice *device)
{
    uint16_t queues = setup->queue_count;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_scsi_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
