/* SPDX-License-Identifier: MIT */
#include "vwr/rtc.h"
#include "vwr/bytes.h"

/*
 * RTC device: accesses clocks and alarms with messages of the generated client. A recovery sets the alarms
 * again, one message at a time. Section: RTC Device.
 */

/* ---- a recovery ---- */

static int rtc_resend(struct vwr_bringup *v, unsigned n)
{
    struct vwr_rtc *const c = (void *)v;
    const struct vwr_rtc_alarm *const a = &c->alarm[n];
    const struct vwr_rtc_set_alarm_msg m = {
        .alarm_time = a->time,
        .clock_id = a->clock,
        .flags = a->enabled ? VWR_RTC_FLAG_ALARM_ENABLED : 0,
    };

    return a->used ? vwr_rtc_client_set_alarm_submit(&c->client, &c->again, &m) : VWR_OK;
}

/* A message has to wait until a recovery has sent its own messages. */
static int rtc_begin(struct vwr_rtc *c)
{
    return vwr_client_restore_all(&c->bringup, &c->restore);
}

/* Converts the status of the last message to a result. */
static int rtc_end(const struct vwr_rtc *c, int r)
{
    const uint32_t status = vwr_rtc_client_requestq_status(&c->client);

    if (r != VWR_EIO)
        return r;
    if (status == VWR_RTC_S_EOPNOTSUPP)
        return VWR_EUNSUPP;
    return status == VWR_RTC_S_ENODEV ? VWR_ENODEV : r;
}

/* ---- clocks ---- */

int vwr_rtc_clocks(struct vwr_rtc *c)
{
    struct vwr_rtc_cfg_answer a;
    int r = rtc_begin(c);

    if (r == VWR_OK)
        r = vwr_rtc_client_cfg(&c->client, &a);
    return r == VWR_OK ? a.num_clocks : rtc_end(c, r);
}

int vwr_rtc_describe(struct vwr_rtc *c, uint16_t clock, struct vwr_rtc_clock_cap_answer *what)
{
    const struct vwr_rtc_clock_cap_msg m = {clock};
    int r = rtc_begin(c);

    if (r == VWR_OK)
        r = vwr_rtc_client_clock_cap(&c->client, &m, what);
    return rtc_end(c, r);
}

int vwr_rtc_can_cross(struct vwr_rtc *c, uint16_t clock, uint8_t counter)
{
    const struct vwr_rtc_cross_cap_msg m = {clock, counter};
    struct vwr_rtc_cross_cap_answer a;
    int r = rtc_begin(c);

    if (r == VWR_OK)
        r = vwr_rtc_client_cross_cap(&c->client, &m, &a);
    return r == VWR_OK ? (a.flags & VWR_RTC_FLAG_CROSS_CAP) != 0 : rtc_end(c, r);
}

int vwr_rtc_read(struct vwr_rtc *c, uint16_t clock, uint64_t *ns)
{
    const struct vwr_rtc_read_msg m = {clock};
    struct vwr_rtc_read_answer a;
    int r = rtc_begin(c);

    if (r == VWR_OK)
        r = vwr_rtc_client_read(&c->client, &m, &a);
    if (r == VWR_OK)
        *ns = a.clock_reading;
    return rtc_end(c, r);
}

int vwr_rtc_read_cross(struct vwr_rtc *c, uint16_t clock, uint8_t counter,
                       struct vwr_rtc_read_cross_answer *reading)
{
    const struct vwr_rtc_read_cross_msg m = {clock, counter};
    int r = rtc_begin(c);

    if (r == VWR_OK)
        r = vwr_rtc_client_read_cross(&c->client, &m, reading);
    return rtc_end(c, r);
}

/* ---- alarms ---- */

/* Gets the alarm of the clock; NULL: there is none. */
static struct vwr_rtc_alarm *rtc_find(struct vwr_rtc *c, unsigned clock)
{
    for (unsigned i = 0; i < VWR_RTC_ALARMS; i++)
        if (c->alarm[i].used && c->alarm[i].clock == clock)
            return &c->alarm[i];
    return NULL;
}

static struct vwr_rtc_alarm *rtc_find_free(struct vwr_rtc *c)
{
    for (unsigned i = 0; i < VWR_RTC_ALARMS; i++)
        if (!c->alarm[i].used)
            return &c->alarm[i];
    return NULL;
}

int vwr_rtc_read_alarm(struct vwr_rtc *c, uint16_t clock, struct vwr_rtc_read_alarm_answer *alarm)
{
    const struct vwr_rtc_read_alarm_msg m = {clock};
    int r = rtc_begin(c);

    if (r == VWR_OK)
        r = vwr_rtc_client_read_alarm(&c->client, &m, alarm);
    return rtc_end(c, r);
}

int vwr_rtc_set_alarm(struct vwr_rtc *c, uint16_t clock, uint64_t ns, bool enabled)
{
    const struct vwr_rtc_set_alarm_msg m = {ns, clock, enabled ? VWR_RTC_FLAG_ALARM_ENABLED : 0};
    struct vwr_rtc_alarm *a = rtc_find(c, clock);
    int r = rtc_begin(c);

    if (a == NULL)
        a = rtc_find_free(c);
    if (r == VWR_OK && a == NULL)
        r = VWR_EFULL;
    if (r == VWR_OK)
        r = vwr_rtc_client_set_alarm(&c->client, &m);
    if (r != VWR_OK)
        return rtc_end(c, r);
    a->time = ns;
    a->clock = clock;
    a->used = true;
    a->enabled = enabled;
    return r;
}

int vwr_rtc_enable_alarm(struct vwr_rtc *c, uint16_t clock, bool enabled)
{
    const struct vwr_rtc_set_alarm_enabled_msg m = {clock, enabled ? VWR_RTC_FLAG_ALARM_ENABLED : 0};
    struct vwr_rtc_alarm *const a = rtc_find(c, clock);
    int r = rtc_begin(c);

    if (r == VWR_OK && a == NULL)
        r = VWR_EINVAL;
    if (r == VWR_OK)
        r = vwr_rtc_client_set_alarm_enabled(&c->client, &m);
    if (r == VWR_OK)
        a->enabled = enabled;
    return rtc_end(c, r);
}

/* Handles a buffer that the device has filled; unknown messages are dropped. */
static int rtc_take(struct vwr_rtc *c, const struct vwr_slice *slice, uint16_t *clock)
{
    const struct vwr_dev *const d = c->client.bringup.dev;
    struct vwr_rtc_client_alarmq_event e;
    const bool known =
        vwr_rtc_client_alarmq_parse(slice->p, slice->bytes, vwr_dev_is_legacy(d), &d->config.features, &e);
    struct vwr_rtc_alarm *a;

    (void)vwr_receive_submit(&c->client.alarmq, slice->buffer);
    (void)vwr_receive_kick(&c->client.alarmq);
    if (!known) {
        vwr_count_add(&c->client.ignored, 1);
        return 0;
    }
    *clock = e.m.alarm.clock_id;
    a = rtc_find(c, *clock);
    if (a != NULL)
        a->used = false;
    return 1;
}

int vwr_rtc_poll(struct vwr_rtc *c, uint16_t *clock)
{
    struct vwr_slice slice;
    int r = vwr_client_restore_next(&c->bringup, &c->restore);
    bool taken = false;

    if (r < 0 || !vwr_rtc_client_has(&c->client, VWR_RTC_F_ALARM))
        return r < 0 ? r : 0;
    for (unsigned i = 0; i < VWR_RTC_EVENTS && !taken; i++) {
        r = vwr_receive_reap(&c->client.alarmq, &slice, 1);
        if (r <= 0)
            return r;
        taken = rtc_take(c, &slice, clock) != 0;
    }
    return taken;
}

bool vwr_rtc_arm(struct vwr_rtc *c)
{
    return vwr_rtc_client_has(&c->client, VWR_RTC_F_ALARM) && vwr_receive_arm(&c->client.alarmq, 1);
}

/* ---- opening, recovery and closing ---- */

static const struct vwr_request_class rtc_class = {
    VWR_CLIENT_CLASS(VWR_RTC_CLIENT_REQUESTQ_SLOT),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static int rtc_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_rtc *const c = (void *)v;
    struct vwr_rtc_shared *const s = c->options.shared;
    const struct vwr_queue_memory requests = {s->requests, sizeof(s->requests), c->request_own,
                                              sizeof(c->request_own), VWR_RTC_QUEUE};
    const struct vwr_queue_memory events = {s->event_ring, sizeof(s->event_ring), c->event_own,
                                            sizeof(c->event_own), VWR_RTC_EVENTS};
    const struct vwr_receive_memory buffers = {s->event, sizeof(s->event), c->event_buffer, VWR_RTC_EVENTS};
    int r;

    if (n != 0)
        return vwr_receive_setup(&c->client.alarmq, v, VWR_RTC_QUEUE_ALARMQ, &events, &buffers,
                                 sizeof(struct vwr_rtc_notif_alarm));
    r = vwr_client_setup(&c->client.requestq, v, VWR_RTC_QUEUE_REQUESTQ, &rtc_class, &requests,
                         &c->options.request);
    return r == VWR_OK && vwr_dev_has(v->dev, VWR_RTC_F_ALARM) ? 1 : r;
}

static void rtc_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_rtc *const c = (void *)v;

    vwr_receive_all(v, event);
    vwr_client_restore_event(v, &c->restore, event);
}

static const struct vwr_features rtc_want = {
    {VWR_RTC_FEATURES_W0, VWR_RTC_FEATURES_W1, VWR_RTC_FEATURES_W2, VWR_RTC_FEATURES_W3}};

const struct vwr_bringup_class vwr_rtc_bringup = {
    .type = VWR_RTC_ID,
    .bytes = sizeof(struct vwr_rtc),
    .want = &rtc_want,
    .set_up = rtc_set_up,
    .event = rtc_event,
};

int vwr_rtc_open(struct vwr_rtc *c, struct vwr_dev *d, const struct vwr_rtc_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_rtc_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->options.request.requests = VWR_RTC_REQUESTS;
    c->options.request.segments = 1;
    c->options.request.replay = false; /* alarms are set again instead */
    c->client.bringup.avoid = &c->options.avoid;
    c->restore.q = &c->client.requestq;
    c->restore.call = &c->again.call;
    c->restore.resend = rtc_resend;
    c->restore.count = VWR_RTC_ALARMS;
    return vwr_bringup_open(&c->bringup);
}
