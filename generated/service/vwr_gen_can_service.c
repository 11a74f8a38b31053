/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/can.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; CAN Device */

#include "vwr/service/can.h"

static struct vwr_can_vservice *service_can_of(struct vwr_vdev *v)
{
    return (struct vwr_can_vservice *)(void *)v;
}

static int service_can_tx(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_can_vservice *const s = service_can_of(v);
    const struct vwr_can_tx_msg_form *const w = fixed;
    struct vwr_can_tx_msg m;

    if (s->calls->tx == NULL)
        return VWR_EUNSUPP;
    vwr_can_tx_msg_decode(w, v->legacy, &m);
    if (x->out.left != (uint64_t)m.length * 1u)
        return VWR_EUNSUPP;

    return s->calls->tx(s, x, &m);
}

static const struct vwr_service_row service_can_txq_rows[] = {
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_CAN_RESULT_OK, .refuse = VWR_CAN_RESULT_NOT_OK,
        .call = service_can_tx,
    },
};

const struct vwr_service_queue vwr_can_vservice_txq = {
    .rows = service_can_txq_rows,
    .count = 1,
    .selects = 1,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 2, .shift = 0, .big = false, .mask = 0xffffu},
    },
    .select_end = 2,
    .first = 1, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_CAN_RESULT_NOT_OK,
};

static int service_can_start(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_can_vservice *const s = service_can_of(v);

    (void)fixed;
    if (s->calls->start == NULL)
        return VWR_EUNSUPP;

    return s->calls->start(s, x);
}

static int service_can_stop(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_can_vservice *const s = service_can_of(v);

    (void)fixed;
    if (s->calls->stop == NULL)
        return VWR_EUNSUPP;

    return s->calls->stop(s, x);
}

static const struct vwr_service_row service_can_controlq_rows[] = {
    {
        .value = {513u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 2, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_CAN_RESULT_OK, .refuse = VWR_CAN_RESULT_NOT_OK,
        .call = service_can_start,
    },
    {
        .value = {514u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 2, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_CAN_RESULT_OK, .refuse = VWR_CAN_RESULT_NOT_OK,
        .call = service_can_stop,
    },
};

const struct vwr_service_queue vwr_can_vservice_controlq = {
    .rows = service_can_controlq_rows,
    .count = 2,
    .selects = 1,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 2, .shift = 0, .big = false, .mask = 0xffffu},
    },
    .select_end = 2,
    .first = 1, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_CAN_RESULT_NOT_OK,
};

static uint16_t service_can_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_can_vservice *const s = service_can_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_CAN_QUEUE_TXQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_can_vservice_txq);
    if (queue == VWR_CAN_QUEUE_CONTROLQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_can_vservice_controlq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_can_reset(struct vwr_vdev *v)
{
    struct vwr_can_vservice *const s = service_can_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_can_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_can_vservice *const s = service_can_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_can_suspend(struct vwr_vdev *v)
{
    struct vwr_can_vservice *const s = service_can_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_can_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_can_vservice *const s = service_can_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_can_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_can_class = {
    .name = "can",
    .id = VWR_CAN_ID,
    .rules = vwr_can_feature_rules,
    .rule_count = VWR_CAN_FEATURE_RULE_COUNT,
    .fields = vwr_can_config_fields,
    .field_count = VWR_CAN_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_can_feature_names),
    .reset = service_can_reset,
    .queue_reset = service_can_queue_reset,
    .serve = service_can_serve,
    .suspend = service_can_suspend,
    .config_written = service_can_config_written,
    .uses = service_can_uses,
};

int vwr_can_vservice_init(struct vwr_can_vservice *s, const struct vwr_vdev_setup *setup,
                          const struct vwr_features *features,
        const struct vwr_can_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_can_vdevice *device)
{
    uint16_t queues = 3;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_can_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
