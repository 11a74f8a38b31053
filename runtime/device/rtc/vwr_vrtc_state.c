/* SPDX-License-Identifier: MIT */
#include "vwr/vrtc.h"
#include "vwr/vstate.h"

/* Saved state of clocks: their alarms. All messages are answered immediately. Section: Device parts. */

static struct vwr_vrtc *vrtc_of_dev(struct vwr_vdev *v)
{
    return (struct vwr_vrtc *)(void *)v;
}

static void *vrtc_find_clock(struct vwr_vdev *v, unsigned i)
{
    return i < vrtc_of_dev(v)->clock_count ? &vrtc_of_dev(v)->clocks[i] : NULL;
}

/* An alarm is not armed and expired at the same time. */
static bool vrtc_is_possible(const struct vwr_vrtc *r, const struct vwr_vrtc_clock *c)
{
    if (!c->has_alarm || !vwr_vdev_has(&r->service.service.dev, VWR_RTC_F_ALARM))
        return !c->enabled && !c->armed && !c->expired && c->alarm_time == 0;
    return (!c->armed && !c->expired) || (c->enabled && c->armed != c->expired);
}

static bool vrtc_accept(struct vwr_vdev *v)
{
    const struct vwr_vrtc *const r = vrtc_of_dev(v);
    bool good = true;

    for (unsigned i = 0; i < r->clock_count; i++)
        good = good && vrtc_is_possible(r, &r->clocks[i]);
    return good;
}

/* Lets the VMM set its timers. */
static void vrtc_loaded(struct vwr_vdev *v)
{
    struct vwr_vrtc *const r = vrtc_of_dev(v);

    for (unsigned i = 0; r->ops->alarm != NULL && i < r->clock_count; i++)
        if (r->clocks[i].has_alarm)
            r->ops->alarm(r, i);
}

static const struct vwr_record vrtc_row = VWR_STATE_CLOCK_RECORD(vwr_vrtc_clock);

const struct vwr_vstate_class vwr_vrtc_state = {
    .id = VWR_RTC_ID,
    .row = &vrtc_row,
    .find = vrtc_find_clock,
    .accept = vrtc_accept,
    .loaded = vrtc_loaded,
};
