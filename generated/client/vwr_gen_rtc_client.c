/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rtc.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RTC Device */

#include "vwr/client/rtc.h"

static const struct vwr_request_class client_rtc_requestq_class = {
    VWR_CLIENT_CLASS(VWR_RTC_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_rtc_client *client_rtc_of(struct vwr_bringup *v)
{
    return (struct vwr_rtc_client *)(void *)v;
}

static int client_rtc_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_rtc_set_up_requestq(struct vwr_rtc_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->requestq, &c->bringup, VWR_RTC_QUEUE_REQUESTQ, &client_rtc_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_rtc_set_up_alarmq(struct vwr_rtc_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_RTC_F_ALARM))
        return VWR_OK;
    return vwr_receive_setup(&c->alarmq, &c->bringup, VWR_RTC_QUEUE_ALARMQ, &c->options.alarmq,
                             &c->options.alarmq_buffers, 16);
}

static int client_rtc_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_rtc_client *, unsigned) = {
        client_rtc_set_up_requestq,
        client_rtc_set_up_alarmq,
    };
    const int r = set_up[n](client_rtc_of(v), 0);

    return r == VWR_OK && n + 1 < 2 ? 1 : r;
}

static void client_rtc_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_rtc_want = {
    {VWR_RTC_FEATURES_W0, VWR_RTC_FEATURES_W1, VWR_RTC_FEATURES_W2, VWR_RTC_FEATURES_W3}};

const struct vwr_bringup_class vwr_rtc_client_bringup = {
    .type = VWR_RTC_ID,
    .bytes = sizeof(struct vwr_rtc_client),
    .want = &client_rtc_want,
    .configure = client_rtc_configure,
    .set_up = client_rtc_set_up,
    .event = client_rtc_event,
};

int vwr_rtc_client_open(struct vwr_rtc_client *c, struct vwr_dev *d, const struct vwr_rtc_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_rtc_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_rtc_client_poll_alarmq(struct vwr_rtc_client *c, struct vwr_rtc_client_alarmq_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (!vwr_dev_has(c->bringup.dev, VWR_RTC_F_ALARM))
        return VWR_EFEATURE;
    for (unsigned i = 0; i < c->options.alarmq_buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->alarmq, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_rtc_client_alarmq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e)) {
            e->buffer = slice.buffer;
            return 1;
        }
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->alarmq, slice.buffer);
        (void)vwr_receive_kick(&c->alarmq);
    }
    return 0;
}
