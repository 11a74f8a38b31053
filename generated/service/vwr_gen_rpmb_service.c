/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RPMB Device */

#include "vwr/service/rpmb.h"

static struct vwr_rpmb_vservice *service_rpmb_of(struct vwr_vdev *v)
{
    return (struct vwr_rpmb_vservice *)(void *)v;
}

static int service_rpmb_program_key(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);
    const struct vwr_rpmb_program_key_msg_form *const w = fixed;
    struct vwr_rpmb_program_key_msg m;

    if (s->calls->program_key == NULL)
        return VWR_EUNSUPP;
    vwr_rpmb_program_key_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 512u) != 0)
        return VWR_EUNSUPP;
    if (vwr_remainder(x->in.left, 512u) != 0)
        return VWR_EUNSUPP;

    return s->calls->program_key(s, x, &m);
}

static int service_rpmb_get_write_counter(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);
    const struct vwr_rpmb_get_write_counter_msg_form *const w = fixed;
    struct vwr_rpmb_get_write_counter_msg m;
    struct vwr_rpmb_get_write_counter_answer a;
    struct vwr_rpmb_get_write_counter_answer_form form;
    int r;

    if (s->calls->get_write_counter == NULL)
        return VWR_EUNSUPP;
    vwr_rpmb_get_write_counter_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->get_write_counter(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_rpmb_get_write_counter_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_rpmb_data_write(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);

    (void)fixed;
    if (s->calls->data_write == NULL)
        return VWR_EUNSUPP;
    if (vwr_remainder(x->in.left, 512u) != 0)
        return VWR_EUNSUPP;

    return s->calls->data_write(s, x);
}

static int service_rpmb_data_read(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);
    const struct vwr_rpmb_data_read_msg_form *const w = fixed;
    struct vwr_rpmb_data_read_msg m;

    if (s->calls->data_read == NULL)
        return VWR_EUNSUPP;
    vwr_rpmb_data_read_msg_decode(w, v->legacy, &m);
    if (s->config.max_rd_cnt != 0 && m.block_count > s->config.max_rd_cnt)
        return VWR_EUNSUPP;
    if (m.block_count < 1u)
        return VWR_EUNSUPP;
    if (x->in.left < (uint64_t)m.block_count * 512u)
        return VWR_EUNSUPP;
    x->in.left = (uint32_t)((uint64_t)m.block_count * 512u);

    return s->calls->data_read(s, x, &m);
}

static int service_rpmb_result_read(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);
    const struct vwr_rpmb_result_read_msg_form *const w = fixed;
    struct vwr_rpmb_result_read_msg m;
    struct vwr_rpmb_result_read_answer a;
    struct vwr_rpmb_result_read_answer_form form;
    int r;

    if (s->calls->result_read == NULL)
        return VWR_EUNSUPP;
    vwr_rpmb_result_read_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->result_read(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_rpmb_result_read_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_rpmb_requestq_rows[] = {
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 512, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = VWR_RPMB_RES_GENERAL_FAILURE,
        .call = service_rpmb_program_key,
    },
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 512, .first = 512, .last = 0, .status_at = 508,
        .status_bytes = 2, .selects = 1,
        .flags = 0,
        .ok = VWR_RPMB_RES_OK, .refuse = VWR_RPMB_RES_GENERAL_FAILURE,
        .call = service_rpmb_get_write_counter,
    },
    {
        .value = {3u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = VWR_RPMB_RES_GENERAL_FAILURE,
        .call = service_rpmb_data_write,
    },
    {
        .value = {4u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 512, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = VWR_RPMB_RES_GENERAL_FAILURE,
        .call = service_rpmb_data_read,
    },
    {
        .value = {5u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 512, .first = 512, .last = 0, .status_at = 508,
        .status_bytes = 2, .selects = 1,
        .flags = 0,
        .ok = VWR_RPMB_RES_OK, .refuse = VWR_RPMB_RES_GENERAL_FAILURE,
        .call = service_rpmb_result_read,
    },
};

const struct vwr_service_queue vwr_rpmb_vservice_requestq = {
    .rows = service_rpmb_requestq_rows,
    .count = 5,
    .selects = 1,
    .status_bytes = 2,
    .status_big = true,
    .select = {
        {.at = 510, .bytes = 2, .shift = 0, .big = true, .mask = 0xffffu},
    },
    .select_end = 512,
    .first = 512, .last = 0, .status_at = 508,
    .silent = false, .refuse = VWR_RPMB_RES_GENERAL_FAILURE,
};

static uint16_t service_rpmb_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_RPMB_QUEUE_REQUESTQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_rpmb_vservice_requestq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_rpmb_reset(struct vwr_vdev *v)
{
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_rpmb_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_rpmb_suspend(struct vwr_vdev *v)
{
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_rpmb_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_rpmb_vservice *const s = service_rpmb_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_rpmb_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_rpmb_class = {
    .name = "rpmb",
    .id = VWR_RPMB_ID,
    .fields = vwr_rpmb_config_fields,
    .field_count = VWR_RPMB_CONFIG_FIELD_COUNT,
    .reset = service_rpmb_reset,
    .queue_reset = service_rpmb_queue_reset,
    .serve = service_rpmb_serve,
    .suspend = service_rpmb_suspend,
    .config_written = service_rpmb_config_written,
    .uses = service_rpmb_uses,
};

int vwr_rpmb_vservice_init(struct vwr_rpmb_vservice *s, const struct vwr_vdev_setup *setup,
                           const struct vwr_features *features,
        const struct vwr_rpmb_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_rpmb_vdevice *device)
{
    uint16_t queues = 1;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_rpmb_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
