/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/mem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Memory Device */

#include "vwr/service/mem.h"

static struct vwr_mem_vservice *service_mem_of(struct vwr_vdev *v)
{
    return (struct vwr_mem_vservice *)(void *)v;
}

static int service_mem_plug(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_mem_vservice *const s = service_mem_of(v);
    const struct vwr_mem_plug_msg_form *const w = fixed;
    struct vwr_mem_plug_msg m;

    if (s->calls->plug == NULL)
        return VWR_EUNSUPP;
    vwr_mem_plug_msg_decode(w, v->legacy, &m);

    return s->calls->plug(s, x, &m);
}

static int service_mem_unplug(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_mem_vservice *const s = service_mem_of(v);
    const struct vwr_mem_unplug_msg_form *const w = fixed;
    struct vwr_mem_unplug_msg m;

    if (s->calls->unplug == NULL)
        return VWR_EUNSUPP;
    vwr_mem_unplug_msg_decode(w, v->legacy, &m);

    return s->calls->unplug(s, x, &m);
}

static int service_mem_unplug_all(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_mem_vservice *const s = service_mem_of(v);

    (void)fixed;
    if (s->calls->unplug_all == NULL)
        return VWR_EUNSUPP;

    return s->calls->unplug_all(s, x);
}

static int service_mem_state(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_mem_vservice *const s = service_mem_of(v);
    const struct vwr_mem_state_msg_form *const w = fixed;
    struct vwr_mem_state_msg m;
    struct vwr_mem_state_answer a;
    struct vwr_mem_state_answer_form form;
    int r;

    if (s->calls->state == NULL)
        return VWR_EUNSUPP;
    vwr_mem_state_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->state(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_mem_state_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_mem_guest_request_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 10, .last = 0, .status_at = 0,
        .status_bytes = 2, .selects = 1,
        .flags = 0,
        .ok = VWR_MEM_RESP_ACK, .refuse = VWR_MEM_RESP_ERROR,
        .call = service_mem_plug,
    },
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 10, .last = 0, .status_at = 0,
        .status_bytes = 2, .selects = 1,
        .flags = 0,
        .ok = VWR_MEM_RESP_ACK, .refuse = VWR_MEM_RESP_ERROR,
        .call = service_mem_unplug,
    },
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 10, .last = 0, .status_at = 0,
        .status_bytes = 2, .selects = 1,
        .flags = 0,
        .ok = VWR_MEM_RESP_ACK, .refuse = VWR_MEM_RESP_ERROR,
        .call = service_mem_unplug_all,
    },
    {
        .value = {3u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 10, .last = 0, .status_at = 0,
        .status_bytes = 2, .selects = 1,
        .flags = 0,
        .ok = VWR_MEM_RESP_ACK, .refuse = VWR_MEM_RESP_ERROR,
        .call = service_mem_state,
    },
};

const struct vwr_service_queue vwr_mem_vservice_guest_request = {
    .rows = service_mem_guest_request_rows,
    .count = 4,
    .selects = 1,
    .status_bytes = 2,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 2, .shift = 0, .big = false, .mask = 0xffffu},
    },
    .select_end = 2,
    .first = 10, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_MEM_RESP_ERROR,
};

static uint16_t service_mem_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_mem_vservice *const s = service_mem_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_MEM_QUEUE_GUEST_REQUEST)
        return vwr_service_serve(&s->service, queue, 0, &vwr_mem_vservice_guest_request);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_mem_reset(struct vwr_vdev *v)
{
    struct vwr_mem_vservice *const s = service_mem_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_mem_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_mem_vservice *const s = service_mem_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_mem_suspend(struct vwr_vdev *v)
{
    struct vwr_mem_vservice *const s = service_mem_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_mem_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_mem_vservice *const s = service_mem_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_mem_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_mem_class = {
    .name = "mem",
    .id = VWR_MEM_ID,
    .fields = vwr_mem_config_fields,
    .field_count = VWR_MEM_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_mem_feature_names),
    .reset = service_mem_reset,
    .queue_reset = service_mem_queue_reset,
    .serve = service_mem_serve,
    .suspend = service_mem_suspend,
    .config_written = service_mem_config_written,
    .uses = service_mem_uses,
};

int vwr_mem_vservice_init(struct vwr_mem_vservice *s, const struct vwr_vdev_setup *setup,
                          const struct vwr_features *features,
        const struct vwr_mem_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_mem_vdevice *device)
{
    uint16_t queues = 1;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_mem_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
