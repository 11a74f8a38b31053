/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "rtc.h"
#include "vwr/rtc.h"

/* A user of clocks. */

enum { CFG, CLOCK_CAP, CROSS_CAP, READ, READ_CROSS, READ_ALARM, SET_ALARM, SET_ENABLED, POLL, KINDS };

struct ask {
    uint8_t kind;
    uint8_t how; /* the counter, or whether the alarm is enabled */
    uint16_t clock;
    uint64_t time;
};

static struct vwr_rtc *c;
/* With a model: alarms that the driver has to know, and those that have expired and were not polled. */
static bool set[RTC_CLOCKS], due[RTC_CLOCKS];

static int clock_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                      uint32_t timeout_us)
{
    struct vwr_rtc_options o;

    vwr_zero(&o, sizeof(o));
    vwr_zero(set, sizeof(set));
    vwr_zero(due, sizeof(due));
    c = (struct vwr_rtc *)m->own;
    o.shared = (struct vwr_rtc_shared *)m->shared;
    o.avoid = *avoid;
    o.request.timeout_us = timeout_us;
    return vwr_rtc_open(c, d, &o);
}

/* A caller that finds no alarm waits for an interrupt, or polls again if it cannot. */
static int poll(uint64_t *got)
{
    uint16_t clock = 0;
    int r = vwr_rtc_poll(c, &clock);

    if (r == 0 && !vwr_rtc_arm(c))
        r = vwr_rtc_poll(c, &clock);
    if (r == 1 && clock < RTC_CLOCKS)
        set[clock] = false;
    *got = clock;
    return r == 0 ? VWR_EBUSY : r < 0 ? r : VWR_OK;
}

static int number_of(int r, uint64_t *got)
{
    *got = r > 0 ? (uint64_t)r : 0;
    return r > 0 ? VWR_OK : r;
}

/* got: the numbers that an answer has behind its status. */
static int make(const struct ask *a, uint64_t *got)
{
    struct vwr_rtc_clock_cap_answer what = {0};
    struct vwr_rtc_read_cross_answer both = {0};
    struct vwr_rtc_read_alarm_answer alarm = {0};
    int r;

    got[0] = got[1] = 0;
    if (a->kind == CFG)
        return number_of(vwr_rtc_clocks(c), got);
    if (a->kind == CROSS_CAP)
        return number_of(vwr_rtc_can_cross(c, a->clock, a->how), got);
    if (a->kind == POLL)
        return poll(got);
    r = a->kind == CLOCK_CAP    ? vwr_rtc_describe(c, a->clock, &what)
        : a->kind == READ       ? vwr_rtc_read(c, a->clock, &both.clock_reading)
        : a->kind == READ_CROSS ? vwr_rtc_read_cross(c, a->clock, a->how, &both)
        : a->kind == READ_ALARM ? vwr_rtc_read_alarm(c, a->clock, &alarm)
        : a->kind == SET_ALARM  ? vwr_rtc_set_alarm(c, a->clock, a->time, a->how != 0)
                                : vwr_rtc_enable_alarm(c, a->clock, a->how != 0);
    if (r == VWR_OK && a->kind == SET_ALARM && a->clock < RTC_CLOCKS)
        set[a->clock] = true;
    got[0] = (uint32_t)what.flags << 16 | (uint32_t)what.leap_second_smearing << 8 | what.type;
    got[0] += both.clock_reading + alarm.alarm_time; /* one of them is filled in */
    got[1] = both.counter_cycles + alarm.flags;
    return r != VWR_OK && a->kind == READ && got[0] != 0 ? BENCH_WRONG : r;
}

/* ---- acts ---- */

static const struct ask asks[] = {{CFG, 0, 0, 0},
                                  {CLOCK_CAP, 0, 2, 0},
                                  {CLOCK_CAP, 0, 3, 0},
                                  {CLOCK_CAP, 0, RTC_CLOCKS, 0},
                                  {CROSS_CAP, 1, 0, 0},
                                  {CROSS_CAP, 0, 0, 0},
                                  {READ, 0, 3, 0},
                                  {READ, 0, RTC_BROKEN, 0},
                                  {READ, 0, RTC_CLOCKS, 0},
                                  {READ_CROSS, 1, 1, 0},
                                  {READ_CROSS, 0, 0, 0},
                                  {SET_ALARM, false, 0, UINT64_C(0x1817161514131311)},
                                  {SET_ALARM, true, 1, UINT64_C(0x1917161514131411)},
                                  {READ_ALARM, 0, 1, 0},
                                  {SET_ENABLED, false, 1, 0},
                                  {SET_ENABLED, true, 1, 0},
                                  {SET_ALARM, true, 3, 1},
                                  {READ_ALARM, 0, 3, 0},
                                  {SET_ALARM, true, 2, UINT64_C(0x1a17161514131216)},
                                  {POLL, 0, 0, 0}};

static uint64_t number(const struct bench_bytes *in, uint32_t at)
{
    uint64_t n = 0;

    for (uint32_t i = at + 8; i-- > at;)
        n = n << 8 | (i < in->n ? in->at[i] : 0);
    return n;
}

/* An alarm that the device has refused is not set. */
static int clock_act(unsigned first, unsigned count, unsigned *done)
{
    const struct ask *const a = &asks[first];
    const struct bench_bytes *const in = &bench_rtc_shapes.shape[first].in;
    uint64_t got[2];
    const int r = make(a, got);

    (void)count;
    *done = r == VWR_OK;
    if (r == VWR_OK && (got[0] != number(in, 8) || got[1] != number(in, 16)))
        return BENCH_WRONG;
    if (a->kind == SET_ALARM && r != VWR_OK && vwr_rtc_enable_alarm(c, a->clock, true) != VWR_EINVAL)
        return BENCH_WRONG;
    return r;
}

/* No alarm of this clock was ever set. */
static bool clock_refuses(unsigned number)
{
    (void)number;
    return vwr_rtc_enable_alarm(c, UINT16_MAX, true) == VWR_EINVAL ||
           vwr_get_stage(&c->bringup) != VWR_STAGE_RUNNING;
}

/* ---- calls at random ---- */

#define OFTEN 4u /* as many times more is an alarm set */

static void expire(struct rtc_model *m)
{
    for (unsigned i = 0; i < RTC_CLOCKS; i++)
        if (m->armed[i] && rtc_reading(m, i) >= m->alarm[i]) {
            m->armed[i] = 0;
            due[i] = true;
        }
}

static int expect_alarm(struct rtc_model *m, const struct ask *a, uint64_t *want)
{
    if (a->kind == SET_ENABLED && (a->clock >= RTC_CLOCKS || !set[a->clock]))
        return VWR_EINVAL;
    if (a->clock >= RTC_ALARMS)
        return VWR_ENODEV;
    if (a->kind == READ_ALARM) {
        want[0] = m->alarm[a->clock];
        want[1] = m->enabled[a->clock];
        return VWR_OK;
    }
    if (a->kind == SET_ALARM)
        m->alarm[a->clock] = a->time;
    m->enabled[a->clock] = m->armed[a->clock] = a->how;
    due[a->clock] = false;
    expire(m);
    return VWR_OK;
}

/* What the clocks answer. */
static int expect(struct rtc_model *m, const struct ask *a, uint64_t *want)
{
    static const uint8_t types[] = {0, 1, 3, 2, 4};
    const bool readable = a->clock != RTC_BROKEN, together = a->how == RTC_COUNTER;

    want[0] = want[1] = 0;
    if (a->kind == CFG)
        want[0] = RTC_CLOCKS;
    if (a->kind == CFG || a->kind >= READ_ALARM)
        return a->kind == CFG ? VWR_OK : expect_alarm(m, a, want);
    if (a->clock >= RTC_CLOCKS)
        return VWR_ENODEV;
    if (a->kind == CLOCK_CAP)
        want[0] = types[a->clock] | (a->clock == 2 ? 0x100u : 0) | (a->clock < RTC_ALARMS ? 0x10000u : 0);
    else if (a->kind == CROSS_CAP)
        want[0] = readable && together;
    else if (a->kind == READ_CROSS && !together)
        return VWR_EUNSUPP;
    else if (!readable)
        return VWR_EIO;
    else
        want[0] = rtc_reading(m, a->clock);
    if (a->kind == READ_CROSS)
        want[1] = rtc_cycles(m, a->clock);
    return VWR_OK;
}

static const char *clock_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    struct ask a = {(uint8_t)below(KINDS + OFTEN), (uint8_t)below(2), (uint16_t)below(RTC_CLOCKS + 1),
                    below(1500)};
    uint64_t want[2], got[2];
    int wanted, r;

    (void)most;
    if (a.kind >= KINDS || (a.kind == POLL && model != NULL))
        a.kind = SET_ALARM;
    if (model == NULL)
        return make(&a, got) > VWR_OK ? "a failed call has written a number" : NULL;
    if (a.clock < RTC_CLOCKS)
        a.time += rtc_reading(model, a.clock) - 1;
    wanted = expect(model, &a, want);
    r = make(&a, got);
    if (r != wanted)
        return "another result than that of the clocks";
    return r != VWR_OK || (got[0] == want[0] && got[1] == want[1]) ? NULL : "other numbers than the clocks'";
}

/* ---- events ---- */

static int clock_take(void *model)
{
    uint16_t clock = RTC_CLOCKS;
    const int r = vwr_rtc_poll(c, &clock);

    if (r < 0 || model == NULL)
        return r;
    if (r == 1 && (clock >= RTC_CLOCKS || !due[clock]))
        return VWR_EPROTO;
    if (r == 1)
        set[clock] = due[clock] = false;
    for (unsigned i = 0; i < RTC_CLOCKS && r == 0; i++)
        if (due[i] || c->restore.lost != 0)
            return VWR_EPROTO;
    return r;
}

static void clock_event(void *model, uint32_t event)
{
    rtc_advance(model, event);
    expire(model);
}

/* Alarms that have not expired are set again; the others are gone. */
static void clock_recovered(void *model)
{
    struct rtc_model *const m = model;

    for (unsigned i = 0; i < RTC_CLOCKS; i++) {
        m->alarm[i] = set[i] ? m->alarm[i] : 0;
        m->enabled[i] = m->armed[i] = set[i] && m->enabled[i];
    }
    expire(m);
}

static bool clock_is_idle(void)
{
    bool idle = !vwr_req_is_in_flight(&c->again.call.req);

    if (vwr_get_stage(&c->bringup) != VWR_STAGE_RUNNING)
        for (unsigned i = 0; i < VWR_RTC_EVENTS; i++)
            idle = idle && c->event_buffer[i].owner != VWR_RECEIVE_DEVICE;
    return idle;
}

static size_t clock_explain(char *text, size_t bytes)
{
    return vwr_rtc_explain(c, text, bytes);
}

const struct bench_driver bench_rtc_driver = {
    .shapes = &bench_rtc_shapes,
    .steps = &vwr_rtc_bringup,
    .shared_bytes = sizeof(struct vwr_rtc_shared),
    .data_bytes = 1,
    .model_bytes = sizeof(struct rtc_model),
    .calls = 80,
    .events = VWR_RTC_EVENTS,
    .open = clock_open,
    .act = clock_act,
    .refuses = clock_refuses,
    .refusals = 1,
    .call = clock_call,
    .take = clock_take,
    .event = clock_event,
    .recovered = clock_recovered,
    .is_idle = clock_is_idle,
    .explain = clock_explain,
};
