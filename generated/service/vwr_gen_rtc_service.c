/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rtc.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RTC Device */

#include "vwr/service/rtc.h"

static struct vwr_rtc_vservice *service_rtc_of(struct vwr_vdev *v)
{
    return (struct vwr_rtc_vservice *)(void *)v;
}

static int service_rtc_cfg(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rtc_vservice *const s = service_rtc_of(v);
    struct vwr_rtc_cfg_answer a;
    struct vwr_rtc_cfg_answer_form form;
    int r;

    (void)fixed;
    if (s->calls->cfg == NULL)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->cfg(s, x, &a);
    if (r == VWR_LATER)
        return r;
    vwr_rtc_cfg_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_rtc_clock_cap(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rtc_vservice *const s = service_rtc_of(v);
    const struct vwr_rtc_clock_cap_msg_form *const w = fixed;
    struct vwr_rtc_clock_cap_msg m;
    struct vwr_rtc_clock_cap_answer a;
    struct vwr_rtc_clock_cap_answer_form form;
    int r;

    if (s->calls->clock_cap == NULL)
        return VWR_EUNSUPP;
    vwr_rtc_clock_cap_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->clock_cap(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_rtc_clock_cap_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_rtc_cross_cap(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rtc_vservice *const s = service_rtc_of(v);
    const struct vwr_rtc_cross_cap_msg_form *const w = fixed;
    struct vwr_rtc_cross_cap_msg m;
    struct vwr_rtc_cross_cap_answer a;
    struct vwr_rtc_cross_cap_answer_form form;
    int r;

    if (s->calls->cross_cap == NULL)
        return VWR_EUNSUPP;
    vwr_rtc_cross_cap_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->cross_cap(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_rtc_cross_cap_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_rtc_read(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rtc_vservice *const s = service_rtc_of(v);
    const struct vwr_rtc_read_msg_form *const w = fixed;
    struct vwr_rtc_read_msg m;
    struct vwr_rtc_read_answer a;
    struct vwr_rtc_read_answer_form form;
    int r;

    if (s->calls->read == NULL)
        return VWR_EUNSUPP;
    vwr_rtc_read_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->read(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_rtc_read_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_rtc_read_cross(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rtc_vservice *const s = service_rtc_of(v);
    const struct vwr_rtc_read_cross_msg_form *const w = fixed;
    struct vwr_rtc_read_cross_msg m;
    struct vwr_rtc_read_cross_answer a;
    struct vwr_rtc_read_cross_answer_form form;
    int r;

    if (s->calls->read_cross == NULL)
        return VWR_EUNSUPP;
    vwr_rtc_read_cross_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->read_cross(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_rtc_read_cross_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_rtc_read_alarm(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rtc_vservice *const s = service_rtc_of(v);
    const struct vwr_rtc_read_alarm_msg_form *const w = fixed;
    struct vwr_rtc_read_alarm_msg m;
    struct vwr_rtc_read_alarm_answer a;
    struct vwr_rtc_read_alarm_answer_form form;
    int r;

    if (s->calls->read_alarm == NULL)
        return VWR_EUNSUPP;
    vwr_rtc_read_alarm_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->read_alarm(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_rtc_read_alarm_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_rtc_set_alarm(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rtc_vservice *const s = service_rtc_of(v);
    const struct vwr_rtc_set_alarm_msg_form *const w = fixed;
    struct vwr_rtc_set_alarm_msg m;

    if (s->calls->set_alarm == NULL)
        return VWR_EUNSUPP;
    vwr_rtc_set_alarm_msg_decode(w, v->legacy, &m);

    return s->calls->set_alarm(s, x, &m);
}

static int service_rtc_set_alarm_enabled(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_rtc_vservice *const s = service_rtc_of(v);
    const struct vwr_rtc_set_alarm_enabled_msg_form *const w = fixed;
    struct vwr_rtc_set_alarm_enabled_msg m;

    if (s->calls->set_alarm_enabled == NULL)
        return VWR_EUNSUPP;
    vwr_rtc_set_alarm_enabled_msg_decode(w, v->legacy, &m);

    return s->calls->set_alarm_enabled(s, x, &m);
}

static const struct vwr_service_row service_rtc_requestq_rows[] = {
    {
        .value = {4096u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 16, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_RTC_S_OK, .refuse = VWR_RTC_S_EOPNOTSUPP,
        .call = service_rtc_cfg,
    },
    {
        .value = {4097u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 16, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_RTC_S_OK, .refuse = VWR_RTC_S_EOPNOTSUPP,
        .call = service_rtc_clock_cap,
    },
    {
        .value = {4098u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 16, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_RTC_S_OK, .refuse = VWR_RTC_S_EOPNOTSUPP,
        .call = service_rtc_cross_cap,
    },
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 16, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_RTC_S_OK, .refuse = VWR_RTC_S_EOPNOTSUPP,
        .call = service_rtc_read,
    },
    {
        .value = {2u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_RTC_S_OK, .refuse = VWR_RTC_S_EOPNOTSUPP,
        .call = service_rtc_read_cross,
    },
    {
        .value = {4099u},
        .any = {VWR_RTC_F_ALARM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_RTC_S_OK, .refuse = VWR_RTC_S_ENODEV,
        .call = service_rtc_read_alarm,
    },
    {
        .value = {4100u},
        .any = {VWR_RTC_F_ALARM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 8, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_RTC_S_OK, .refuse = VWR_RTC_S_ENODEV,
        .call = service_rtc_set_alarm,
    },
    {
        .value = {4101u},
        .any = {VWR_RTC_F_ALARM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 8, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_RTC_S_OK, .refuse = VWR_RTC_S_ENODEV,
        .call = service_rtc_set_alarm_enabled,
    },
};

const struct vwr_service_queue vwr_rtc_vservice_requestq = {
    .rows = service_rtc_requestq_rows,
    .count = 8,
    .selects = 1,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 2, .shift = 0, .big = false, .mask = 0xffffu},
    },
    .select_end = 2,
    .first = 8, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_RTC_S_EOPNOTSUPP,
};

static uint16_t service_rtc_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_rtc_vservice *const s = service_rtc_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_RTC_QUEUE_REQUESTQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_rtc_vservice_requestq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_rtc_reset(struct vwr_vdev *v)
{
    struct vwr_rtc_vservice *const s = service_rtc_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_rtc_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_rtc_vservice *const s = service_rtc_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_rtc_suspend(struct vwr_vdev *v)
{
    struct vwr_rtc_vservice *const s = service_rtc_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_rtc_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_rtc_vservice *const s = service_rtc_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_rtc_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_rtc_class = {
    .name = "rtc",
    .id = VWR_RTC_ID,
    .feature_names = VWR_WORDS(vwr_rtc_feature_names),
    .reset = service_rtc_reset,
    .queue_reset = service_rtc_queue_reset,
    .serve = service_rtc_serve,
    .suspend = service_rtc_suspend,
    .config_written = service_rtc_config_written,
    .uses = service_rtc_uses,
};

int vwr_rtc_vservice_init(struct vwr_rtc_vservice *s, const struct vwr_vdev_setup *setup,
                          const struct vwr_features *features,
        const struct vwr_rtc_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_rtc_vdevice *device)
{
    uint16_t queues = 1;
    int r;

    if (vwr_features_have(features, VWR_RTC_F_ALARM))
        queues++;
    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_rtc_class, setup, features, queues, NULL, 0);
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
