/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

#include "vwr/service/vsock.h"

static struct vwr_vsock_vservice *service_vsock_of(struct vwr_vdev *v)
{
    return (struct vwr_vsock_vservice *)(void *)v;
}

static int service_vsock_invalid(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_vsock_vservice *const s = service_vsock_of(v);
    const struct vwr_vsock_invalid_msg_form *const w = fixed;
    struct vwr_vsock_invalid_msg m;

    if (s->calls->invalid == NULL)
        return VWR_EUNSUPP;
    vwr_vsock_invalid_msg_decode(w, v->legacy, &m);

    return s->calls->invalid(s, x, &m);
}

static int service_vsock_request(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_vsock_vservice *const s = service_vsock_of(v);
    const struct vwr_vsock_request_msg_form *const w = fixed;
    struct vwr_vsock_request_msg m;

    if (s->calls->request == NULL)
        return VWR_EUNSUPP;
    vwr_vsock_request_msg_decode(w, v->legacy, &m);

    return s->calls->request(s, x, &m);
}

static int service_vsock_response(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_vsock_vservice *const s = service_vsock_of(v);
    const struct vwr_vsock_response_msg_form *const w = fixed;
    struct vwr_vsock_response_msg m;

    if (s->calls->response == NULL)
        return VWR_EUNSUPP;
    vwr_vsock_response_msg_decode(w, v->legacy, &m);

    return s->calls->response(s, x, &m);
}

static int service_vsock_rst(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_vsock_vservice *const s = service_vsock_of(v);
    const struct vwr_vsock_rst_msg_form *const w = fixed;
    struct vwr_vsock_rst_msg m;

    if (s->calls->rst == NULL)
        return VWR_EUNSUPP;
    vwr_vsock_rst_msg_decode(w, v->legacy, &m);

    return s->calls->rst(s, x, &m);
}

static int service_vsock_shutdown(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_vsock_vservice *const s = service_vsock_of(v);
    const struct vwr_vsock_shutdown_msg_form *const w = fixed;
    struct vwr_vsock_shutdown_msg m;

    if (s->calls->shutdown == NULL)
        return VWR_EUNSUPP;
    vwr_vsock_shutdown_msg_decode(w, v->legacy, &m);

    return s->calls->shutdown(s, x, &m);
}

static int service_vsock_rw(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_vsock_vservice *const s = service_vsock_of(v);
    const struct vwr_vsock_rw_msg_form *const w = fixed;
    struct vwr_vsock_rw_msg m;

    if (s->calls->rw == NULL)
        return VWR_EUNSUPP;
    vwr_vsock_rw_msg_decode(w, v->legacy, &m);
    if (x->out.left != (uint64_t)m.len * 1u)
        return VWR_EUNSUPP;

    return s->calls->rw(s, x, &m);
}

static int service_vsock_credit_update(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_vsock_vservice *const s = service_vsock_of(v);
    const struct vwr_vsock_credit_update_msg_form *const w = fixed;
    struct vwr_vsock_credit_update_msg m;

    if (s->calls->credit_update == NULL)
        return VWR_EUNSUPP;
    vwr_vsock_credit_update_msg_decode(w, v->legacy, &m);

    return s->calls->credit_update(s, x, &m);
}

static int service_vsock_credit_request(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_vsock_vservice *const s = service_vsock_of(v);
    const struct vwr_vsock_credit_request_msg_form *const w = fixed;
    struct vwr_vsock_credit_request_msg m;

    if (s->calls->credit_request == NULL)
        return VWR_EUNSUPP;
    vwr_vsock_credit_request_msg_decode(w, v->legacy, &m);

    return s->calls->credit_request(s, x, &m);
}

static const struct vwr_service_row service_vsock_tx_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 44, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_vsock_invalid,
    },
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 44, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_vsock_request,
    },
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 44, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_vsock_response,
    },
    {
        .value = {3u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 44, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_vsock_rst,
    },
    {
        .value = {4u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 44, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_vsock_shutdown,
    },
    {
        .value = {5u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 44, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_vsock_rw,
    },
    {
        .value = {6u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 44, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_vsock_credit_update,
    },
    {
        .value = {7u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 44, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_vsock_credit_request,
    },
};

const struct vwr_service_queue vwr_vsock_vservice_tx = {
    .rows = service_vsock_tx_rows,
    .count = 8,
    .selects = 1,
    .status_bytes = 0,
    .status_big = false,
    .select = {
        {.at = 30, .bytes = 2, .shift = 0, .big = false, .mask = 0xffffu},
    },
    .select_end = 32,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_vsock_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_vsock_vservice *const s = service_vsock_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_VSOCK_QUEUE_TX)
        return vwr_service_serve(&s->service, queue, 0, &vwr_vsock_vservice_tx);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_vsock_reset(struct vwr_vdev *v)
{
    struct vwr_vsock_vservice *const s = service_vsock_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_vsock_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_vsock_vservice *const s = service_vsock_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_vsock_suspend(struct vwr_vdev *v)
{
    struct vwr_vsock_vservice *const s = service_vsock_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_vsock_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_vsock_vservice *const s = service_vsock_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_vsock_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_vsock_class = {
    .name = "vsock",
    .id = VWR_VSOCK_ID,
    .fields = vwr_vsock_config_fields,
    .field_count = VWR_VSOCK_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_vsock_feature_names),
    .reset = service_vsock_reset,
    .queue_reset = service_vsock_queue_reset,
    .serve = service_vsock_serve,
    .suspend = service_vsock_suspend,
    .config_written = service_vsock_config_written,
    .uses = service_vsock_uses,
};

int vwr_vsock_vservice_init(struct vwr_vsock_vservice *s, const struct vwr_vdev_setup *setup,
                            const struct vwr_features *features,
        const struct vwr_vsock_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_vsock_vdevice *device)
{
    uint16_t queues = 3;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_vsock_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
