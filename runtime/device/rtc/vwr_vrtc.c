/* SPDX-License-Identifier: MIT */
#include "vwr/vrtc.h"
#include "vwr/bytes.h"

/* Clocks for a guest, which are read with hooks of the VMM, and their alarms. Section: RTC Device. */

static struct vwr_vrtc *vrtc_of(struct vwr_rtc_vservice *s)
{
    return (struct vwr_vrtc *)(void *)s;
}

/* Gets the clock with the guest's clock ID; NULL: there is none. */
static struct vwr_vrtc_clock *vrtc_clock(struct vwr_vrtc *v, unsigned clock)
{
    return clock < v->clock_count ? &v->clocks[clock] : NULL;
}

/* ---- clocks ---- */

static int vrtc_cfg(struct vwr_rtc_vservice *s, struct vwr_vmessage *x, struct vwr_rtc_cfg_answer *a)
{
    (void)x;
    a->num_clocks = (uint16_t)vrtc_of(s)->clock_count;
    return VWR_OK;
}

static int vrtc_clock_cap(struct vwr_rtc_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_rtc_clock_cap_msg *m, struct vwr_rtc_clock_cap_answer *a)
{
    struct vwr_vrtc *const v = vrtc_of(s);
    const struct vwr_vrtc_clock *const c = vrtc_clock(v, m->clock_id);

    (void)x;
    if (c == NULL)
        return VWR_RTC_S_ENODEV;
    a->type = c->type;
    a->leap_second_smearing = c->smear;
    a->flags = c->has_alarm && vwr_vdev_has(vwr_vrtc_dev(v), VWR_RTC_F_ALARM) ? VWR_RTC_FLAG_ALARM_CAP : 0;
    return VWR_OK;
}

/* Returns S_OK or another status. */
static int vrtc_cross(struct vwr_vrtc *v, unsigned clock, unsigned counter,
                      struct vwr_rtc_read_cross_answer *a)
{
    int r = VWR_EUNSUPP;

    if (vrtc_clock(v, clock) == NULL)
        return VWR_RTC_S_ENODEV;
    if (v->ops->clock_cross != NULL)
        r = v->ops->clock_cross(v, clock, counter, &a->clock_reading, &a->counter_cycles);
    if (r == VWR_EUNSUPP)
        return VWR_RTC_S_EOPNOTSUPP;
    return r == VWR_OK ? VWR_RTC_S_OK : VWR_RTC_S_EIO;
}

static int vrtc_cross_cap(struct vwr_rtc_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_rtc_cross_cap_msg *m, struct vwr_rtc_cross_cap_answer *a)
{
    struct vwr_rtc_read_cross_answer reading;
    const int status = vrtc_cross(vrtc_of(s), m->clock_id, m->hw_counter, &reading);

    (void)x;
    a->flags = status == VWR_RTC_S_OK ? VWR_RTC_FLAG_CROSS_CAP : 0;
    return status == VWR_RTC_S_ENODEV ? status : VWR_OK;
}

static int vrtc_read(struct vwr_rtc_vservice *s, struct vwr_vmessage *x, const struct vwr_rtc_read_msg *m,
                     struct vwr_rtc_read_answer *a)
{
    struct vwr_vrtc *const v = vrtc_of(s);

    (void)x;
    if (vrtc_clock(v, m->clock_id) == NULL)
        return VWR_RTC_S_ENODEV;
    return v->ops->clock_read(v, m->clock_id, &a->clock_reading) == VWR_OK ? VWR_RTC_S_OK : VWR_RTC_S_EIO;
}

static int vrtc_read_cross(struct vwr_rtc_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_rtc_read_cross_msg *m, struct vwr_rtc_read_cross_answer *a)
{
    (void)x;
    return vrtc_cross(vrtc_of(s), m->clock_id, m->hw_counter, a);
}

/* ---- alarms ---- */

/* Sends an alarm that has expired, if the guest has a buffer for it. */
static void vrtc_send(struct vwr_vrtc *v, unsigned clock)
{
    const struct vwr_rtc_alarm_msg m = {(uint16_t)clock};
    struct vwr_rtc_alarm_msg_form form;

    vwr_rtc_alarm_msg_encode(&form, vwr_vrtc_dev(v)->legacy, &m);
    v->clocks[clock].expired = vwr_service_send_locked(&v->service.service, VWR_RTC_QUEUE_ALARMQ, &form,
                                                       sizeof(form), NULL, 0) != VWR_OK;
}

/* Lets the alarm of a clock expire if it is due. */
static void vrtc_check(struct vwr_vrtc *v, unsigned clock)
{
    struct vwr_vrtc_clock *const c = &v->clocks[clock];
    uint64_t now;

    if (!c->armed || v->ops->clock_read(v, clock, &now) != VWR_OK || now < c->alarm_time)
        return;
    c->armed = false;
    c->expired = true;
    vwr_vdev_serve_locked(vwr_vrtc_dev(v), VWR_RTC_QUEUE_ALARMQ);
}

void vwr_vrtc_tick(struct vwr_vrtc *v)
{
    struct vwr_vdev *const dev = vwr_vrtc_dev(v);

    vwr_vdev_lock(dev);
    for (unsigned i = 0; i < v->clock_count; i++)
        vrtc_check(v, i);
    vwr_vdev_unlock(dev);
}

/* Called when the guest has added buffers for alarms, or an alarm has expired. */
static void vrtc_posted(struct vwr_rtc_vservice *s, uint16_t queue)
{
    struct vwr_vrtc *const v = vrtc_of(s);

    (void)queue;
    for (unsigned i = 0; i < v->clock_count; i++)
        if (v->clocks[i].expired)
            vrtc_send(v, i);
}

static struct vwr_vrtc_clock *vrtc_alarm(struct vwr_vrtc *v, unsigned clock)
{
    struct vwr_vrtc_clock *const c = vrtc_clock(v, clock);

    return c != NULL && c->has_alarm ? c : NULL;
}

static int vrtc_read_alarm(struct vwr_rtc_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_rtc_read_alarm_msg *m, struct vwr_rtc_read_alarm_answer *a)
{
    const struct vwr_vrtc_clock *const c = vrtc_alarm(vrtc_of(s), m->clock_id);

    (void)x;
    if (c == NULL)
        return VWR_RTC_S_ENODEV;
    a->alarm_time = c->alarm_time;
    a->flags = c->enabled ? VWR_RTC_FLAG_ALARM_ENABLED : 0;
    return VWR_OK;
}

static int vrtc_set(struct vwr_vrtc *v, unsigned clock, uint64_t time, unsigned flags)
{
    struct vwr_vrtc_clock *const c = &v->clocks[clock];

    c->alarm_time = time;
    c->enabled = (flags & VWR_RTC_FLAG_ALARM_ENABLED) != 0;
    c->armed = c->enabled;
    c->expired = false;
    vrtc_check(v, clock);
    if (v->ops->alarm != NULL)
        v->ops->alarm(v, clock);
    return VWR_OK;
}

static int vrtc_set_alarm(struct vwr_rtc_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_rtc_set_alarm_msg *m)
{
    (void)x;
    return vrtc_alarm(vrtc_of(s), m->clock_id) != NULL
               ? vrtc_set(vrtc_of(s), m->clock_id, m->alarm_time, m->flags)
               : VWR_RTC_S_ENODEV;
}

static int vrtc_set_alarm_enabled(struct vwr_rtc_vservice *s, struct vwr_vmessage *x,
                                  const struct vwr_rtc_set_alarm_enabled_msg *m)
{
    const struct vwr_vrtc_clock *const c = vrtc_alarm(vrtc_of(s), m->clock_id);

    (void)x;
    return c != NULL ? vrtc_set(vrtc_of(s), m->clock_id, c->alarm_time, m->flags) : VWR_RTC_S_ENODEV;
}

/* ---- init and reset ---- */

static void vrtc_reset(struct vwr_rtc_vservice *s)
{
    struct vwr_vrtc *const v = vrtc_of(s);

    for (unsigned i = 0; i < v->clock_count; i++) {
        v->clocks[i].alarm_time = 0;
        v->clocks[i].armed = false;
        v->clocks[i].enabled = false;
        v->clocks[i].expired = false;
    }
}

static const struct vwr_rtc_vservice_calls vrtc_calls = {
    .cfg = vrtc_cfg,
    .clock_cap = vrtc_clock_cap,
    .cross_cap = vrtc_cross_cap,
    .read = vrtc_read,
    .read_cross = vrtc_read_cross,
    .read_alarm = vrtc_read_alarm,
    .set_alarm = vrtc_set_alarm,
    .set_alarm_enabled = vrtc_set_alarm_enabled,
    .posted = vrtc_posted,
    .reset = vrtc_reset,
};

int vwr_vrtc_init_with(struct vwr_vrtc *v, const struct vwr_vdev_setup *s,
                       const struct vwr_vrtc_options *options)
{
    const struct vwr_service_memory memory = {&v->message, 1, v->seg, VWR_COUNT(v->seg)};
    struct vwr_features features;

    vwr_zero(v, sizeof(*v));
    if (options->ops == NULL || options->ops->clock_read == NULL || options->clock_count > (uint16_t)-1)
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&vwr_vrtc_dev(v)->shortage, options, clocks, clock_count, options->clock_count))
        return VWR_ENOMEM;
    v->context = options->context;
    v->clocks = options->clocks;
    v->clock_count = options->clock_count;
    v->ops = options->ops;
    vrtc_reset(&v->service);
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_RTC_F_ALARM);
    return vwr_rtc_vservice_init(&v->service, s, &features, &vrtc_calls, &memory, NULL);
}
