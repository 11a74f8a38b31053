/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scmi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCMI Device */

#include "vwr/service/scmi.h"

static struct vwr_scmi_vservice *service_scmi_of(struct vwr_vdev *v)
{
    return (struct vwr_scmi_vservice *)(void *)v;
}

static int service_scmi_command(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_scmi_vservice *const s = service_scmi_of(v);
    const struct vwr_scmi_command_msg_form *const w = fixed;
    struct vwr_scmi_command_msg m;
    struct vwr_scmi_command_answer a;
    struct vwr_scmi_command_answer_form form;
    int r;

    if (s->calls->command == NULL)
        return VWR_EUNSUPP;
    vwr_scmi_command_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->command(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_scmi_command_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_scmi_cmdq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 4, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_scmi_command,
    },
};

const struct vwr_service_queue vwr_scmi_vservice_cmdq = {
    .rows = service_scmi_cmdq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint16_t service_scmi_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_scmi_vservice *const s = service_scmi_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_SCMI_QUEUE_CMDQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_scmi_vservice_cmdq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_scmi_reset(struct vwr_vdev *v)
{
    struct vwr_scmi_vservice *const s = service_scmi_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_scmi_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_scmi_vservice *const s = service_scmi_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_scmi_suspend(struct vwr_vdev *v)
{
    struct vwr_scmi_vservice *const s = service_scmi_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_scmi_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_scmi_vservice *const s = service_scmi_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_scmi_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_scmi_class = {
    .name = "scmi",
    .id = VWR_SCMI_ID,
    .feature_names = VWR_WORDS(vwr_scmi_feature_names),
    .reset = service_scmi_reset,
    .queue_reset = service_scmi_queue_reset,
    .serve = service_scmi_serve,
    .suspend = service_scmi_suspend,
    .config_written = service_scmi_config_written,
    .uses = service_scmi_uses,
};

int vwr_scmi_vservice_init(struct vwr_scmi_vservice *s, const struct vwr_vdev_setup *setup,
                           const struct vwr_features *features,
        const struct vwr_scmi_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_scmi_vdevice *device)
{
    uint16_t queues = 1;
    int r;

    if (vwr_features_have(features, VWR_SCMI_F_P2A_CHANNELS))
        queues++;
    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_scmi_class, setup, features, queues, NULL, 0);
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
