/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

#include "vwr/service/console.h"

static struct vwr_console_vservice *service_console_of(struct vwr_vdev *v)
{
    return (struct vwr_console_vservice *)(void *)v;
}

static int service_console_device_ready(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_console_vservice *const s = service_console_of(v);
    const struct vwr_console_device_ready_msg_form *const w = fixed;
    struct vwr_console_device_ready_msg m;

    if (s->calls->device_ready == NULL)
        return VWR_EUNSUPP;
    vwr_console_device_ready_msg_decode(w, v->legacy, &m);

    return s->calls->device_ready(s, x, &m);
}

static int service_console_port_ready(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_console_vservice *const s = service_console_of(v);
    const struct vwr_console_port_ready_msg_form *const w = fixed;
    struct vwr_console_port_ready_msg m;

    if (s->calls->port_ready == NULL)
        return VWR_EUNSUPP;
    vwr_console_port_ready_msg_decode(w, v->legacy, &m);

    return s->calls->port_ready(s, x, &m);
}

static int service_console_port_open(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_console_vservice *const s = service_console_of(v);
    const struct vwr_console_port_open_msg_form *const w = fixed;
    struct vwr_console_port_open_msg m;

    if (s->calls->port_open == NULL)
        return VWR_EUNSUPP;
    vwr_console_port_open_msg_decode(w, v->legacy, &m);

    return s->calls->port_open(s, x, &m);
}

static const struct vwr_service_row service_console_control_transmitq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_console_device_ready,
    },
    {
        .value = {3u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_console_port_ready,
    },
    {
        .value = {6u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_console_port_open,
    },
};

const struct vwr_service_queue vwr_console_vservice_control_transmitq = {
    .rows = service_console_control_transmitq_rows,
    .count = 3,
    .selects = 1,
    .status_bytes = 0,
    .status_big = false,
    .select = {
        {.at = 4, .bytes = 2, .shift = 0, .big = false, .mask = 0xffffu},
    },
    .select_end = 6,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static uint32_t service_console_take_transmitq(struct vwr_vdev *v, uint16_t queue, uint8_t *bytes, uint32_t n)
{
    struct vwr_console_vservice *const s = service_console_of(v);

    (void)queue;
    return s->calls->transmitq(s, bytes, n);
}

static uint32_t service_console_take_port_transmitq(struct vwr_vdev *v, uint16_t queue, uint8_t *bytes, uint32_t n)
{
    struct vwr_console_vservice *const s = service_console_of(v);

    const unsigned number = (queue - vwr_console_queue_port_transmitq_at(0)) / 2u; /* it is one of them */

    return s->calls->port_transmitq(s, (uint16_t)number, bytes, n);
}

static uint16_t service_console_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_console_vservice *const s = service_console_of(v);
    const uint32_t before = q->last_avail;
    uint16_t n = 0;

    if (queue == VWR_CONSOLE_QUEUE_TRANSMITQ)
        return vwr_service_take(&s->service, queue, &s->transmitq,
                                s->calls->transmitq != NULL ? service_console_take_transmitq : NULL);
    if ((vwr_vdev_has(v, VWR_CONSOLE_F_MULTIPORT)) && queue == VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_console_vservice_control_transmitq);
    if ((vwr_vdev_has(v, VWR_CONSOLE_F_MULTIPORT)) && vwr_service_is_of(queue, vwr_console_queue_port_transmitq_at(0),
        2u, (vwr_guest32(v->legacy, s->config.max_nr_ports) > 1u ? vwr_guest32(v->legacy,
        s->config.max_nr_ports) - 1u : 0u), &n) && n < s->port_transmitq_count)
        return vwr_service_take(&s->service, queue, &s->port_transmitq[n],
                                s->calls->port_transmitq != NULL ? service_console_take_port_transmitq : NULL);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_console_reset(struct vwr_vdev *v)
{
    struct vwr_console_vservice *const s = service_console_of(v);

    vwr_service_forget_all(&s->service);
    vwr_vstream_restart(&s->transmitq);
    for (unsigned i = 0; i < s->port_transmitq_count; i++)
        vwr_vstream_restart(&s->port_transmitq[i]);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_console_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_console_vservice *const s = service_console_of(v);
    uint16_t n = 0;

    if (queue == VWR_CONSOLE_QUEUE_TRANSMITQ)
        vwr_vstream_restart(&s->transmitq);
    if (vwr_service_is_of(queue, vwr_console_queue_port_transmitq_at(0), 2u, (vwr_guest32(v->legacy,
        s->config.max_nr_ports) > 1u ? vwr_guest32(v->legacy, s->config.max_nr_ports) - 1u : 0u), &n) &&
        n < s->port_transmitq_count)
        vwr_vstream_restart(&s->port_transmitq[n]);
    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_console_suspend(struct vwr_vdev *v)
{
    struct vwr_console_vservice *const s = service_console_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_console_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_console_vservice *const s = service_console_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_console_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_console_class = {
    .name = "console",
    .id = VWR_CONSOLE_ID,
    .fields = vwr_console_config_fields,
    .field_count = VWR_CONSOLE_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_console_feature_names),
    .reset = service_console_reset,
    .queue_reset = service_console_queue_reset,
    .serve = service_console_serve,
    .suspend = service_console_suspend,
    .config_written = service_console_config_written,
    .uses = service_console_uses,
};

int vwr_console_vservice_init(struct vwr_console_vservice *s, const struct vwr_vdev_setup *setup,
                              const struct vwr_features *features,
        const struct vwr_console_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_console_vdevice *device)
{
    uint16_t queues = setup->queue_count;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_console_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
