/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "rtc.h"
#include "vwr/vrtc.h"

/* A VMM with clocks. */

struct rtc_vmm {
    struct vwr_vrtc v;
    struct vwr_vrtc_clock clock[RTC_CLOCKS];
    bool hook; /* the VMM has the hook for alarms */
};

static int clock_read(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    struct bench_vmm *const vmm = v->context;

    vmm->calls++;
    vmm->saw = clock;
    if (clock >= RTC_CLOCKS) {
        vmm->wrong = "there is no such clock";
        return VWR_EIO;
    }
    if (vmm->how(vmm) == BENCH_FAILS || clock == RTC_BROKEN)
        return VWR_EIO;
    *ns = rtc_reading(vmm->model, clock);
    return VWR_OK;
}

static int clock_cross(struct vwr_vrtc *v, unsigned clock, unsigned counter, uint64_t *ns, uint64_t *cycles)
{
    const int r = counter == RTC_COUNTER ? clock_read(v, clock, ns) : VWR_EUNSUPP;

    if (r == VWR_OK)
        *cycles = ~*ns;
    return r;
}

/* The model has the alarms of the device. */
static void clock_alarms(struct bench_vmm *vmm)
{
    const struct rtc_vmm *const own = (const struct rtc_vmm *)vmm->own;
    struct rtc_model *const m = vmm->model;

    for (unsigned i = 0; i < RTC_CLOCKS; i++) {
        m->alarm[i] = own->clock[i].alarm_time;
        m->enabled[i] = own->clock[i].enabled;
        m->armed[i] = own->clock[i].armed;
    }
}

static void clock_alarm(struct vwr_vrtc *v, unsigned clock)
{
    struct bench_vmm *const vmm = v->context;

    (void)vmm->how(vmm);
    if (clock >= RTC_ALARMS)
        vmm->wrong = "the clock has no alarm";
    clock_alarms(vmm);
}

/* Only a reset changes an alarm without a call of the hook, and disables it. */
static bool clock_was_called(const struct bench_vmm *vmm)
{
    const struct rtc_vmm *const own = (const struct rtc_vmm *)vmm->own;
    const struct rtc_model *const m = vmm->model;

    for (unsigned i = 0; i < RTC_CLOCKS; i++) {
        if (own->clock[i].enabled && (m->enabled[i] == 0 || m->alarm[i] != own->clock[i].alarm_time))
            return false;
    }
    return true;
}

static void clock_event(struct bench_vmm *vmm, uint32_t event)
{
    const struct rtc_vmm *const own = (const struct rtc_vmm *)vmm->own;

    if (own->hook && !clock_was_called(vmm))
        vmm->wrong = "the VMM does not know of an alarm";
    rtc_advance(vmm->model, event);
    vwr_vrtc_tick(vmm->own);
    clock_alarms(vmm);
}

static int clock_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    static const struct vwr_vrtc_ops ops[] = {
        {.clock_read = clock_read, .clock_cross = clock_cross}, /* polls the alarms */
        {.clock_read = clock_read, .clock_cross = clock_cross, .alarm = clock_alarm}};
    static const uint8_t types[RTC_CLOCKS] = {VWR_RTC_CLOCK_UTC, VWR_RTC_CLOCK_TAI, VWR_RTC_CLOCK_UTC_SMEARED,
                                              VWR_RTC_CLOCK_MONOTONIC, VWR_RTC_CLOCK_UTC_MAYBE_SMEARED};
    struct rtc_vmm *const own = (struct rtc_vmm *)vmm->own;
    const bool hook = own->hook = vwr_features_have(&s->features, VWR_F_EVENT_IDX);
    const struct vwr_vrtc_options o = {
        .ops = &ops[hook], .context = vmm, .clocks = own->clock, .clock_count = RTC_CLOCKS};

    for (unsigned i = 0; i < RTC_CLOCKS; i++)
        own->clock[i] = (struct vwr_vrtc_clock){.type = types[i], .has_alarm = i < RTC_ALARMS};
    own->clock[2].smear = VWR_RTC_SMEAR_NOON_LINEAR;
    vmm->dev = vwr_vrtc_dev(&own->v);
    return vwr_vrtc_init_with(&own->v, s, &o);
}

const struct bench_device bench_rtc_device = {
    .shapes = &bench_rtc_shapes,
    .own_bytes = sizeof(struct rtc_vmm),
    .model_bytes = sizeof(struct rtc_model),
    .init = clock_init,
    .event = clock_event,
};
