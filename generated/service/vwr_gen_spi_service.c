/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/spi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SPI Controller Device */

#include "vwr/service/spi.h"

static struct vwr_spi_vservice *service_spi_of(struct vwr_vdev *v)
{
    return (struct vwr_spi_vservice *)(void *)v;
}

static int service_spi_transfer(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_spi_vservice *const s = service_spi_of(v);
    const struct vwr_spi_transfer_msg_form *const w = fixed;
    struct vwr_spi_transfer_msg m;

    if (s->calls->transfer == NULL)
        return VWR_EUNSUPP;
    vwr_spi_transfer_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.chip_select_id + 1u > s->config.cs_max_number)
        return VWR_EUNSUPP;

    return s->calls->transfer(s, x, &m);
}

static const struct vwr_service_row service_spi_requestq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_SPI_TRANS_OK, .refuse = VWR_SPI_PARAM_ERR,
        .call = service_spi_transfer,
    },
};

const struct vwr_service_queue vwr_spi_vservice_requestq = {
    .rows = service_spi_requestq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 1,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 1, .status_at = 0,
    .silent = false, .refuse = VWR_SPI_PARAM_ERR,
};

static uint16_t service_spi_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_spi_vservice *const s = service_spi_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_SPI_QUEUE_REQUESTQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_spi_vservice_requestq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_spi_reset(struct vwr_vdev *v)
{
    struct vwr_spi_vservice *const s = service_spi_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_spi_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_spi_vservice *const s = service_spi_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_spi_suspend(struct vwr_vdev *v)
{
    struct vwr_spi_vservice *const s = service_spi_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_spi_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_spi_vservice *const s = service_spi_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_spi_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_spi_class = {
    .name = "spi",
    .id = VWR_SPI_ID,
    .fields = vwr_spi_config_fields,
    .field_count = VWR_SPI_CONFIG_FIELD_COUNT,
    .reset = service_spi_reset,
    .queue_reset = service_spi_queue_reset,
    .serve = service_spi_serve,
    .suspend = service_spi_suspend,
    .config_written = service_spi_config_written,
    .uses = service_spi_uses,
};

int vwr_spi_vservice_init(struct vwr_spi_vservice *s, const struct vwr_vdev_setup *setup,
                          const struct vwr_features *features,
        const struct vwr_spi_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_spi_vdevice *device)
{
    uint16_t queues = 1;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_spi_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
