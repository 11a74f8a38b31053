/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/rtc.h"
#include "vwr/text.h"
#include "vwr/vrtc.h"
#include "vwr/open/rows.h"

#define CLOCKS 2u
#define SECOND UINT64_C(1000000000) /* in nanoseconds */
#define BEGIN UINT64_C(1767225600)  /* 2026, in seconds since 1970 */

static struct {
    struct vwr_vrtc device;
    struct vwr_vrtc_clock clock[CLOCKS];
    uint64_t now; /* seconds since the scene began */
} wall;

static int clock_read(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    *ns = (wall.now + (v->clocks[clock].type == VWR_RTC_CLOCK_UTC ? BEGIN : 0)) * SECOND;
    return VWR_OK;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vrtc_ops ops = {.clock_read = clock_read};
    const struct vwr_vrtc_options o = {
        .ops = &ops, .context = g, .clocks = wall.clock, .clock_count = CLOCKS};

    vwr_zero(&wall, sizeof(wall));
    wall.clock[0].type = VWR_RTC_CLOCK_UTC;
    wall.clock[0].has_alarm = true;
    wall.clock[1].type = VWR_RTC_CLOCK_MONOTONIC;
    *v = vwr_vrtc_dev(&wall.device);
    return vwr_vrtc_init_with(&wall.device, s, &o);
}

/* ---- the driver ---- */

static struct vwr_rtc *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_rtc_bringup);
}

static int count(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_rtc_clocks(driver(g));
}

static int describe(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_rtc_clock_cap_answer what;
    const int r = vwr_rtc_describe(driver(g), (uint16_t)in->number[0], &what);
    struct vwr_text t;

    if (r != VWR_OK)
        return r;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    vwr_text_str(&t, "type ");
    vwr_text_dec(&t, what.type);
    vwr_text_str(&t, (what.flags & VWR_RTC_FLAG_ALARM_CAP) != 0 ? ", has an alarm" : ", has no alarm");
    out->bytes = (uint32_t)t.length;
    return r;
}

static int read(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    uint64_t ns = 0;
    const int r = vwr_rtc_read(driver(g), (uint16_t)in->number[0], &ns);
    struct vwr_text t;

    if (r != VWR_OK)
        return r;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    vwr_text_dec(&t, ns);
    vwr_text_str(&t, " ns");
    out->bytes = (uint32_t)t.length;
    return r;
}

/* Relative to the present time, which the driver reads first. */
static int set_alarm(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint16_t clock = (uint16_t)in->number[0];
    uint64_t ns = 0;
    int r = vwr_rtc_read(driver(g), clock, &ns);

    (void)out;
    if (r == VWR_OK)
        r = vwr_rtc_set_alarm(driver(g), clock, ns + in->number[1] * SECOND, true);
    return r;
}

static int disable_alarm(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_rtc_enable_alarm(driver(g), (uint16_t)in->number[0], false);
}

static int poll(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    uint16_t clock = 0;
    const int r = vwr_rtc_poll(driver(g), &clock);
    struct vwr_text t;

    (void)in;
    if (r <= 0)
        return r;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    vwr_text_str(&t, "alarm of clock ");
    vwr_text_dec(&t, clock);
    out->bytes = (uint32_t)t.length;
    return r;
}

/* ---- the device ---- */

static int advance(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    wall.now += in->number[0];
    vwr_vrtc_tick(&wall.device);
    return VWR_OK;
}

static const struct live_action actions[] = {
    {"count", "", "Ask how many clocks there are.", LIVE_DRIVER, count},
    {"describe", "clock=0", "Ask what a clock is.", LIVE_DRIVER, describe},
    {"read", "clock=0", "Read a clock.", LIVE_DRIVER, read},
    {"set alarm", "clock=0 seconds=10", "Set an alarm, some seconds from now.", LIVE_DRIVER, set_alarm},
    {"disable alarm", "clock=0", "Disable the alarm.", LIVE_DRIVER, disable_alarm},
    {"advance", "seconds=10", "Let time pass.", LIVE_DEVICE, advance},
    {"poll", "", "Get the next alarm that has expired.", LIVE_DRIVER, poll},
};

static const struct vwr_open_class row = VWR_OPEN_RTC;

const struct live_scene live_scene_rtc = {.name = "rtc",
                                          .brief = "A clock with an alarm, and a monotonic one.",
                                          .actions = actions,
                                          .action_count = VWR_COUNT(actions),
                                          .guests = 1,
                                          .queues = VWR_VRTC_QUEUES,
                                          .surface = LIVE_NOTHING,
                                          .add = add,
                                          .driver = &row};
