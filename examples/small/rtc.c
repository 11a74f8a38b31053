/* SPDX-License-Identifier: MIT */
/* Clocks of the host: a list of them, and an alarm of the first one that has one, a second from now. */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/rtc.h"
#include "vwr/wait.h"

#define SECOND 1000000000u /* in nanoseconds */
#define WAIT_US 3000000u

static struct vwr_rtc_shared shared; /* shared with the device */
static struct vwr_rtc rtc;           /* private; the device must not access it */
static struct vwr_mmio mmio;

/* The first clock with an alarm; -1: none has one. */
static int list(int *with_alarm)
{
    const int count = vwr_rtc_clocks(&rtc);
    int r = count < 0 ? count : VWR_OK;

    for (int clock = 0; clock < count && r == VWR_OK; clock++) {
        struct vwr_rtc_clock_cap_answer what;
        uint64_t ns = 0;

        r = vwr_rtc_describe(&rtc, (uint16_t)clock, &what);
        if (r == VWR_OK)
            r = vwr_rtc_read(&rtc, (uint16_t)clock, &ns);
        if (r == VWR_OK)
            say_number(what.type == VWR_RTC_CLOCK_UTC ? "UTC" : "another clock", ns);
        if (r == VWR_OK && *with_alarm < 0 && (what.flags & VWR_RTC_FLAG_ALARM_CAP) != 0)
            *with_alarm = clock;
    }
    return r;
}

static int wake(uint16_t clock)
{
    struct vwr_wait wait;
    uint16_t expired = 0;
    uint64_t ns = 0;
    int r = vwr_rtc_read(&rtc, clock, &ns);

    if (r == VWR_OK)
        r = vwr_rtc_set_alarm(&rtc, clock, ns + SECOND, true);
    vwr_wait_begin(&wait, WAIT_US);
    while (r == VWR_OK) {
        r = vwr_rtc_poll(&rtc, &expired);
        if (r == VWR_OK && !vwr_wait_more(&wait))
            r = VWR_ETIMEOUT;
    }
    if (r == 1)
        say_number("alarm of clock", expired);
    return r < 0 ? r : VWR_OK;
}

int example(void)
{
    const struct vwr_rtc_options options = {.shared = &shared};
    int with_alarm = -1, r = board_find(&mmio, VWR_ID_CLOCK);

    if (r == VWR_OK)
        r = vwr_rtc_open(&rtc, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = list(&with_alarm);
    if (r == VWR_OK && with_alarm >= 0)
        r = wake((uint16_t)with_alarm);
    return vwr_close(&rtc.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
