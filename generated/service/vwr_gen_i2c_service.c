/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/i2c.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; I2C Adapter Device */

#include "vwr/service/i2c.h"

static struct vwr_i2c_vservice *service_i2c_of(struct vwr_vdev *v)
{
    return (struct vwr_i2c_vservice *)(void *)v;
}

static int service_i2c_write(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_i2c_vservice *const s = service_i2c_of(v);
    const struct vwr_i2c_write_msg_form *const w = fixed;
    struct vwr_i2c_write_msg m;

    if (s->calls->write == NULL)
        return VWR_EUNSUPP;
    vwr_i2c_write_msg_decode(w, v->legacy, &m);

    return s->calls->write(s, x, &m);
}

static int service_i2c_read(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_i2c_vservice *const s = service_i2c_of(v);
    const struct vwr_i2c_read_msg_form *const w = fixed;
    struct vwr_i2c_read_msg m;

    if (s->calls->read == NULL)
        return VWR_EUNSUPP;
    vwr_i2c_read_msg_decode(w, v->legacy, &m);

    return s->calls->read(s, x, &m);
}

static const struct vwr_service_row service_i2c_requestq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_I2C_MSG_OK, .refuse = VWR_I2C_MSG_ERR,
        .call = service_i2c_write,
    },
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_I2C_MSG_OK, .refuse = VWR_I2C_MSG_ERR,
        .call = service_i2c_read,
    },
};

const struct vwr_service_queue vwr_i2c_vservice_requestq = {
    .rows = service_i2c_requestq_rows,
    .count = 2,
    .selects = 1,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 4, .bytes = 4, .shift = 1, .big = false, .mask = 0x1u},
    },
    .select_end = 8,
    .first = 0, .last = 1, .status_at = 0,
    .silent = false, .refuse = VWR_I2C_MSG_ERR,
};

static uint16_t service_i2c_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_i2c_vservice *const s = service_i2c_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_I2C_QUEUE_REQUESTQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_i2c_vservice_requestq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_i2c_reset(struct vwr_vdev *v)
{
    struct vwr_i2c_vservice *const s = service_i2c_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_i2c_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_i2c_vservice *const s = service_i2c_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_i2c_suspend(struct vwr_vdev *v)
{
    struct vwr_i2c_vservice *const s = service_i2c_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_i2c_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_i2c_vservice *const s = service_i2c_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_i2c_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_i2c_class = {
    .name = "i2c",
    .id = VWR_I2C_ID,
    .feature_names = VWR_WORDS(vwr_i2c_feature_names),
    .reset = service_i2c_reset,
    .queue_reset = service_i2c_queue_reset,
    .serve = service_i2c_serve,
    .suspend = service_i2c_suspend,
    .config_written = service_i2c_config_written,
    .uses = service_i2c_uses,
};

int vwr_i2c_vservice_init(struct vwr_i2c_vservice *s, const struct vwr_vdev_setup *setup,
                          const struct vwr_features *features,
        const struct vwr_i2c_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_i2c_vdevice *device)
{
    uint16_t queues = 1;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_i2c_class, setup, features, queues, NULL, 0);
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
