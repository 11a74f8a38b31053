/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

#include "vwr/service/gpio.h"

static struct vwr_gpio_vservice *service_gpio_of(struct vwr_vdev *v)
{
    return (struct vwr_gpio_vservice *)(void *)v;
}

static int service_gpio_get_line_names(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpio_vservice *const s = service_gpio_of(v);
    const struct vwr_gpio_get_line_names_msg_form *const w = fixed;
    struct vwr_gpio_get_line_names_msg m;

    if (s->calls->get_line_names == NULL)
        return VWR_EUNSUPP;
    vwr_gpio_get_line_names_msg_decode(w, v->legacy, &m);
    if (x->in.left < (uint64_t)vwr_guest32(v->legacy, s->config.gpio_names_size) * 1u)
        return VWR_EUNSUPP;
    x->in.left = (uint32_t)((uint64_t)vwr_guest32(v->legacy, s->config.gpio_names_size) * 1u);

    return s->calls->get_line_names(s, x, &m);
}

static int service_gpio_get_direction(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpio_vservice *const s = service_gpio_of(v);
    const struct vwr_gpio_get_direction_msg_form *const w = fixed;
    struct vwr_gpio_get_direction_msg m;
    struct vwr_gpio_get_direction_answer a;
    struct vwr_gpio_get_direction_answer_form form;
    int r;

    if (s->calls->get_direction == NULL)
        return VWR_EUNSUPP;
    vwr_gpio_get_direction_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.gpio + 1u > vwr_guest16(v->legacy, s->config.ngpio))
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->get_direction(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpio_get_direction_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpio_set_direction(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpio_vservice *const s = service_gpio_of(v);
    const struct vwr_gpio_set_direction_msg_form *const w = fixed;
    struct vwr_gpio_set_direction_msg m;
    struct vwr_gpio_set_direction_answer a;
    struct vwr_gpio_set_direction_answer_form form;
    int r;

    if (s->calls->set_direction == NULL)
        return VWR_EUNSUPP;
    vwr_gpio_set_direction_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.gpio + 1u > vwr_guest16(v->legacy, s->config.ngpio))
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->set_direction(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpio_set_direction_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpio_get_value(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpio_vservice *const s = service_gpio_of(v);
    const struct vwr_gpio_get_value_msg_form *const w = fixed;
    struct vwr_gpio_get_value_msg m;
    struct vwr_gpio_get_value_answer a;
    struct vwr_gpio_get_value_answer_form form;
    int r;

    if (s->calls->get_value == NULL)
        return VWR_EUNSUPP;
    vwr_gpio_get_value_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.gpio + 1u > vwr_guest16(v->legacy, s->config.ngpio))
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->get_value(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpio_get_value_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpio_set_value(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpio_vservice *const s = service_gpio_of(v);
    const struct vwr_gpio_set_value_msg_form *const w = fixed;
    struct vwr_gpio_set_value_msg m;
    struct vwr_gpio_set_value_answer a;
    struct vwr_gpio_set_value_answer_form form;
    int r;

    if (s->calls->set_value == NULL)
        return VWR_EUNSUPP;
    vwr_gpio_set_value_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.gpio + 1u > vwr_guest16(v->legacy, s->config.ngpio))
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->set_value(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpio_set_value_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpio_set_irq_type(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpio_vservice *const s = service_gpio_of(v);
    const struct vwr_gpio_set_irq_type_msg_form *const w = fixed;
    struct vwr_gpio_set_irq_type_msg m;
    struct vwr_gpio_set_irq_type_answer a;
    struct vwr_gpio_set_irq_type_answer_form form;
    int r;

    if (s->calls->set_irq_type == NULL)
        return VWR_EUNSUPP;
    vwr_gpio_set_irq_type_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.gpio + 1u > vwr_guest16(v->legacy, s->config.ngpio))
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->set_irq_type(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpio_set_irq_type_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_gpio_requestq_rows[] = {
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_GPIO_STATUS_OK, .refuse = VWR_GPIO_STATUS_ERR,
        .call = service_gpio_get_line_names,
    },
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 2, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_GPIO_STATUS_OK, .refuse = VWR_GPIO_STATUS_ERR,
        .call = service_gpio_get_direction,
    },
    {
        .value = {3u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 2, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_GPIO_STATUS_OK, .refuse = VWR_GPIO_STATUS_ERR,
        .call = service_gpio_set_direction,
    },
    {
        .value = {4u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 2, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_GPIO_STATUS_OK, .refuse = VWR_GPIO_STATUS_ERR,
        .call = service_gpio_get_value,
    },
    {
        .value = {5u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 2, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_GPIO_STATUS_OK, .refuse = VWR_GPIO_STATUS_ERR,
        .call = service_gpio_set_value,
    },
    {
        .value = {6u},
        .any = {VWR_GPIO_F_IRQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 2, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_GPIO_STATUS_OK, .refuse = VWR_GPIO_STATUS_ERR,
        .call = service_gpio_set_irq_type,
    },
};

const struct vwr_service_queue vwr_gpio_vservice_requestq = {
    .rows = service_gpio_requestq_rows,
    .count = 6,
    .selects = 1,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 2, .shift = 0, .big = false, .mask = 0xffffu},
    },
    .select_end = 2,
    .first = 1, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_GPIO_STATUS_ERR,
};

static int service_gpio_interrupt(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpio_vservice *const s = service_gpio_of(v);
    const struct vwr_gpio_interrupt_msg_form *const w = fixed;
    struct vwr_gpio_interrupt_msg m;

    if (s->calls->interrupt == NULL)
        return VWR_EUNSUPP;
    vwr_gpio_interrupt_msg_decode(w, v->legacy, &m);
    if ((uint64_t)m.gpio + 1u > vwr_guest16(v->legacy, s->config.ngpio))
        return VWR_EUNSUPP;

    return s->calls->interrupt(s, x, &m);
}

static const struct vwr_service_row service_gpio_eventq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 2, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 0,
        .flags = 0,
        .ok = VWR_GPIO_IRQ_STATUS_VALID, .refuse = VWR_GPIO_IRQ_STATUS_INVALID,
        .call = service_gpio_interrupt,
    },
};

const struct vwr_service_queue vwr_gpio_vservice_eventq = {
    .rows = service_gpio_eventq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 1,
    .status_big = false,
    .select_end = 0,
    .first = 1, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_GPIO_IRQ_STATUS_INVALID,
};

static uint16_t service_gpio_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_gpio_vservice *const s = service_gpio_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_GPIO_QUEUE_REQUESTQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_gpio_vservice_requestq);
    if ((vwr_vdev_has(v, VWR_GPIO_F_IRQ)) && queue == VWR_GPIO_QUEUE_EVENTQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_gpio_vservice_eventq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_gpio_reset(struct vwr_vdev *v)
{
    struct vwr_gpio_vservice *const s = service_gpio_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_gpio_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_gpio_vservice *const s = service_gpio_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_gpio_suspend(struct vwr_vdev *v)
{
    struct vwr_gpio_vservice *const s = service_gpio_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_gpio_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_gpio_vservice *const s = service_gpio_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_gpio_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_gpio_class = {
    .name = "gpio",
    .id = VWR_GPIO_ID,
    .fields = vwr_gpio_config_fields,
    .field_count = VWR_GPIO_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_gpio_feature_names),
    .reset = service_gpio_reset,
    .queue_reset = service_gpio_queue_reset,
    .serve = service_gpio_serve,
    .suspend = service_gpio_suspend,
    .config_written = service_gpio_config_written,
    .uses = service_gpio_uses,
};

int vwr_gpio_vservice_init(struct vwr_gpio_vservice *s, const struct vwr_vdev_setup *setup,
                           const struct vwr_features *features,
        const struct vwr_gpio_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_gpio_vdevice *device)
{
    uint16_t queues = 1;
    int r;

    if (vwr_features_have(features, VWR_GPIO_F_IRQ))
        queues++;
    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_gpio_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
