/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vrtc.h"
#include "vwr/vstate.h"

/* Saved state of clocks: their alarms. All messages are answered at once. Section: Device parts. */

static void vrtc_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vrtc *const r = (const struct vwr_vrtc *)(const void *)v;

    for (unsigned i = 0; i < r->clock_count; i++) {
        const struct vwr_vrtc_clock *const c = &r->clocks[i];
        const unsigned flags = (c->enabled ? VWR_STATE_CLOCK_ENABLED : 0u) |
                               (c->armed ? VWR_STATE_CLOCK_ARMED : 0u) |
                               (c->expired ? VWR_STATE_CLOCK_EXPIRED : 0u);
        const struct vwr_state_clock to = {vwr_cpu_to_le64(c->alarm_time), vwr_cpu_to_le32(flags),
                                           vwr_cpu_to_le32(0)};

        vwr_vstate_put(s, &to, sizeof(to));
    }
}

/* An alarm is either armed or expired, if at all. */
static bool vrtc_load_clock(const struct vwr_vrtc *r, struct vwr_vrtc_clock *c,
                            const struct vwr_state_clock *from)
{
    const unsigned flags = vwr_le32_to_cpu(from->flags);
    const unsigned left = flags & ~(unsigned)VWR_STATE_CLOCK_ENABLED;

    c->alarm_time = vwr_le64_to_cpu(from->alarm_time);
    c->enabled = (flags & VWR_STATE_CLOCK_ENABLED) != 0;
    c->armed = (flags & VWR_STATE_CLOCK_ARMED) != 0;
    c->expired = (flags & VWR_STATE_CLOCK_EXPIRED) != 0;
    if (!c->has_alarm || !vwr_vdev_has(&r->service.service.dev, VWR_RTC_F_ALARM))
        return flags == 0 && c->alarm_time == 0 && from->reserved == 0;
    return from->reserved == 0 &&
           (left == 0 || (c->enabled && (left == VWR_STATE_CLOCK_ARMED || left == VWR_STATE_CLOCK_EXPIRED)));
}

static bool vrtc_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vrtc *const r = (struct vwr_vrtc *)(void *)v;
    struct vwr_state_clock c;
    bool good = bytes == r->clock_count * sizeof(c);

    for (unsigned i = 0; good && i < r->clock_count; i++) {
        vwr_copy(&c, from + i * sizeof(c), sizeof(c));
        good = vrtc_load_clock(r, &r->clocks[i], &c);
    }
    r->loaded = good;
    return good;
}

/* The VMM sets its timers. */
static void vrtc_start(struct vwr_vdev *v)
{
    struct vwr_vrtc *const r = (struct vwr_vrtc *)(void *)v;

    for (unsigned i = 0; r->loaded && r->ops->alarm != NULL && i < r->clock_count; i++)
        if (r->clocks[i].has_alarm)
            r->ops->alarm(r, i);
    r->loaded = false;
}

const struct vwr_vstate_class vwr_vrtc_state = {
    .id = VWR_RTC_ID,
    .save = vrtc_save,
    .load = vrtc_load,
    .start = vrtc_start,
};
