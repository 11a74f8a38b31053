/* SPDX-License-Identifier: MIT */
#include "class_buses.h"

#include "vwr/vrtc.h"

#include <string.h>

/* Clocks. The VMM reads them, with errors, and lets time pass. */

#define CLOCKS 3u

static struct vwr_vrtc *device;
static struct vwr_vrtc_clock *clocks;
static uint64_t now;

static int read_clock(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    class_called(vwr_vrtc_dev(v));
    MUST(v == device && clock < CLOCKS);
    *ns = now;
    return class_fed() < 0xe0 ? VWR_OK : VWR_EIO;
}

static int read_cross(struct vwr_vrtc *v, unsigned clock, unsigned counter, uint64_t *ns, uint64_t *cycles)
{
    *cycles = counter;
    return counter < 2 ? read_clock(v, clock, ns) : VWR_EUNSUPP;
}

static void alarm_changed(struct vwr_vrtc *v, unsigned clock)
{
    class_called(vwr_vrtc_dev(v));
    MUST(clock < CLOCKS - 1);
}

static const struct vwr_vrtc_ops ops = {
    .clock_read = read_clock, .clock_cross = read_cross, .alarm = alarm_changed};

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_vrtc_options o = {.ops = &ops, .clock_count = CLOCKS};

    device = class_memory(device, sizeof(*device));
    clocks = class_memory(clocks, CLOCKS * sizeof(*clocks));
    memset(clocks, 0, CLOCKS * sizeof(*clocks));
    for (unsigned i = 0; i < CLOCKS - 1; i++)
        clocks[i].has_alarm = true;
    o.clocks = clocks;
    now = 1;
    MUST(vwr_vrtc_init(device, setup, &o) == VWR_OK);
    return vwr_vrtc_dev(device);
}

static void event(uint8_t what, struct input *in)
{
    (void)in;
    now += what;
    vwr_vrtc_tick(device);
}

/* An alarm that has passed is notified. */
static void must_work(struct vwr_dev *d)
{
    static struct script s;
    const bool legacy = vwr_vrtc_dev(device)->legacy;
    const struct vwr_rtc_set_alarm_msg m = {now, 1, VWR_RTC_FLAG_ALARM_ENABLED};
    const struct vwr_rtc_read_msg read = {2};
    struct vwr_rtc_set_alarm_msg_form form;
    struct vwr_rtc_read_msg_form read_form;
    const uint8_t *answer, *event = NULL;

    (void)d;
    class_start(&s);
    vwr_rtc_read_msg_encode(&read_form, legacy, &read);
    answer = class_exchange(&s, VWR_RTC_QUEUE_REQUESTQ, &read_form, sizeof(read_form),
                            sizeof(struct vwr_rtc_resp_read));
    MUST(answer[0] == VWR_RTC_S_OK);
    if (!vwr_vdev_has(vwr_vrtc_dev(device), VWR_RTC_F_ALARM))
        return;
    event = class_lend(&s, VWR_RTC_QUEUE_ALARMQ, sizeof(struct vwr_rtc_notif_alarm));
    vwr_rtc_set_alarm_msg_encode(&form, legacy, &m);
    answer = class_exchange(&s, VWR_RTC_QUEUE_REQUESTQ, &form, sizeof(form),
                            sizeof(struct vwr_rtc_resp_set_alarm));
    MUST(answer[0] == VWR_RTC_S_OK);
    MUST(event[offsetof(struct vwr_rtc_notif_alarm, clock_id) + (vwr_guest_is_big(legacy) ? 1 : 0)] == 1);
}

const struct world_service class_rtc = {begin, event, must_work, false};
