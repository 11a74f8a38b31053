/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/rtc.h"

#include <string.h>

/* An RTC device: clocks, alarms, and notifications that its device may and may not send. */

#define CLOCKS 6u

static struct {
    struct vwr_rtc *c;
    bool legacy;
} rt;

static struct vwr_bringup *rtc_bringup(void)
{
    return &rt.c->client.bringup;
}

static void configure(uint8_t *config, bool legacy)
{
    (void)config;
    rt.legacy = legacy;
}

static bool receives(unsigned queue)
{
    return queue == VWR_RTC_QUEUE_ALARMQ;
}

/* Success, and numbers of 0. */
static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    (void)out;
    (void)n;
    memset(in, 0, sizeof(struct vwr_rtc_resp_read_cross));
    return sizeof(struct vwr_rtc_resp_read_cross);
}

static bool deliver(unsigned clock)
{
    const struct vwr_rtc_alarm_msg m = {(uint16_t)clock};
    struct vwr_rtc_alarm_msg_form form;

    vwr_rtc_alarm_msg_encode(&form, rt.legacy, &m);
    return drivers_deliver(VWR_RTC_QUEUE_ALARMQ, &form, sizeof(form));
}

static void send(void)
{
    (void)deliver(input_u8(drivers_in));
}

static int open(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_rtc_options o = {.avoid = *avoid};

    rt.c = drivers_anew(rt.c, sizeof(*rt.c));
    o.shared = drivers_share(sizeof(*o.shared));
    return vwr_rtc_open(rt.c, d, &o);
}

static void call(uint8_t which)
{
    const uint8_t how = input_u8(drivers_in);
    const uint16_t clock = how % CLOCKS;
    struct vwr_rtc_clock_cap_answer what;
    struct vwr_rtc_read_cross_answer cross;
    struct vwr_rtc_read_alarm_answer alarm;
    uint64_t ns;
    unsigned found;
    char text[200];

    switch (which % 10) {
    case 0:
        MUST(vwr_rtc_clocks(rt.c) <= 0xffff);
        return;
    case 1:
        MUST(vwr_rtc_describe(rt.c, clock, &what) <= VWR_OK);
        return;
    case 2:
        MUST(vwr_rtc_can_cross(rt.c, clock, how) <= 1);
        return;
    case 3:
        MUST(vwr_rtc_read(rt.c, clock, &ns) <= VWR_OK);
        return;
    case 4:
        MUST(vwr_rtc_read_cross(rt.c, clock, how, &cross) <= VWR_OK);
        return;
    case 5:
        MUST(vwr_rtc_read_alarm(rt.c, clock, &alarm) <= VWR_OK);
        return;
    case 6:
        MUST(vwr_rtc_set_alarm(rt.c, clock, how, how >= 0x80) <= VWR_OK);
        return;
    case 7:
        MUST(vwr_rtc_enable_alarm(rt.c, clock, how >= 0x80) <= VWR_OK);
        return;
    default:
        MUST(vwr_rtc_poll(rt.c, &found) <= 1);
        drivers_see(vwr_rtc_arm(rt.c));
        (void)vwr_rtc_explain(rt.c, text, sizeof(text));
    }
}

static int close(void)
{
    return vwr_rtc_close(rt.c);
}

static void closed(void)
{
    MUST(!vwr_req_is_in_flight(&rt.c->again.call.req));
    for (unsigned i = 0; i < VWR_RTC_EVENTS; i++)
        MUST(rt.c->event_buffer[i].owner == VWR_RECEIVE_DRIVER);
}

/* A reading, and an alarm. */
static void works(void)
{
    uint64_t ns = 1;
    unsigned clock = 0;

    MUST(vwr_rtc_read(rt.c, 0, &ns) == VWR_OK && ns == 0);
    MUST(vwr_rtc_set_alarm(rt.c, 3, 9, true) == VWR_OK);
    world_run_until_idle();
    MUST(deliver(3));
    MUST(vwr_rtc_poll(rt.c, &clock) == 1 && clock == 3);
    MUST(vwr_rtc_enable_alarm(rt.c, 3, true) == VWR_EINVAL);
}

const struct driver_row driver_rtc = {
    .id = VWR_RTC_ID,
    .features = {{VWR_RTC_FEATURES_W0}},
    .steps = &vwr_rtc_bringup,
    .bringup = rtc_bringup,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .send = send,
    .open = open,
    .call = call,
    .close = close,
    .closed = closed,
    .works = works,
};
