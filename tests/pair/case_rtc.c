/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "vwr/rtc.h"
#include "vwr/vrtc.h"
#include "vwr_posix_clocks.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * Clocks that the test moves: readings, cross timestamps, and alarms at random, which expire once each. The
 * device is suspended and fails meanwhile; a recovery sets the alarms again. Then the clocks are those of
 * this machine.
 */

#define SLOT 2u
#define QUEUE_SIZE 16u /* twice VWR_RTC_QUEUE */
#define CLOCKS 4u
#define ALARMS 3u  /* the last clock has none */
#define STEPS 150u /* multiplied by scale */
#define CYCLES 7u  /* of the counter in a nanosecond */

static struct {
    struct vwr_vrtc device;
    struct vwr_vqueue queue[VWR_VRTC_QUEUES];
    struct vwr_vqueue_entry own[VWR_VRTC_QUEUES * QUEUE_SIZE];
    struct vwr_vrtc_clock clock[CLOCKS];
    union vmm_end end;
    struct vwr_rtc driver;
    struct vwr_features avoid;
    uint64_t now[CLOCKS];
    uint64_t alarm[CLOCKS]; /* what the test has set */
    bool enabled[CLOCKS], armed[CLOCKS], set[CLOCKS];
    bool due[CLOCKS]; /* expired, and not reported yet */
    bool broken;      /* the host's clocks cannot be read */
    unsigned timers, expired;
} io;

static uint64_t state;

static int read_clock(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    CHECK(v == &io.device && clock < CLOCKS);
    *ns = io.now[clock];
    return io.broken ? VWR_EIO : VWR_OK;
}

static int read_cross(struct vwr_vrtc *v, unsigned clock, unsigned counter, uint64_t *ns, uint64_t *cycles)
{
    if (counter != VWR_RTC_COUNTER_X86_TSC)
        return VWR_EUNSUPP;
    *cycles = io.now[clock] * CYCLES;
    return read_clock(v, clock, ns);
}

static void alarm_changed(struct vwr_vrtc *v, unsigned clock)
{
    CHECK(v == &io.device && clock < ALARMS);
    io.timers++;
}

static const struct vwr_vrtc_ops ops = {
    .clock_read = read_clock, .clock_cross = read_cross, .alarm = alarm_changed};

/* ---- the guest ---- */

/* The alarms whose time has come are due now. */
static void expire(void)
{
    for (unsigned i = 0; i < CLOCKS; i++)
        if (io.armed[i] && io.now[i] >= io.alarm[i]) {
            io.armed[i] = false;
            io.due[i] = true;
        }
}

static void take_alarms(void)
{
    unsigned clock = CLOCKS;
    int r;

    vmm_run_until_idle();
    while ((r = vwr_rtc_poll(&io.driver, &clock)) == 1) {
        CHECK(clock < CLOCKS && io.due[clock]);
        io.due[clock] = false;
        io.set[clock] = false; /* a recovery does not set it again */
        io.expired++;
        vmm_run_until_idle();
    }
    CHECK_NUMBER(r, 0);
    for (clock = 0; clock < CLOCKS; clock++)
        CHECK(!io.due[clock]);
}

static void advance(unsigned clock)
{
    io.now[clock] += random_below(&state, 1000);
    vwr_vrtc_tick(&io.device);
    expire();
}

static void read_some(unsigned clock)
{
    struct vwr_rtc_read_cross_answer cross;
    uint64_t ns;

    CHECK_NUMBER(vwr_rtc_read(&io.driver, (uint16_t)clock, &ns), VWR_OK);
    CHECK_NUMBER(ns, io.now[clock]);
    CHECK_NUMBER(vwr_rtc_read_cross(&io.driver, (uint16_t)clock, VWR_RTC_COUNTER_X86_TSC, &cross), VWR_OK);
    CHECK(cross.clock_reading == ns && cross.counter_cycles == ns * CYCLES);
}

static void set_alarm(unsigned clock)
{
    const uint64_t ns = io.now[clock] + random_below(&state, 1500) - (io.now[clock] != 0);
    const bool enabled = random_below(&state, 4) != 0;

    if (clock >= ALARMS) {
        CHECK_NUMBER(vwr_rtc_set_alarm(&io.driver, (uint16_t)clock, ns, true), VWR_ENODEV);
        return;
    }
    CHECK_NUMBER(vwr_rtc_set_alarm(&io.driver, (uint16_t)clock, ns, enabled), VWR_OK);
    io.alarm[clock] = ns;
    io.enabled[clock] = io.armed[clock] = enabled;
    io.set[clock] = true;
    expire();
}

static void enable_alarm(unsigned clock)
{
    const bool enabled = random_below(&state, 2) != 0;
    const int r = vwr_rtc_enable_alarm(&io.driver, (uint16_t)clock, enabled);

    CHECK_NUMBER(r, io.set[clock] ? VWR_OK : VWR_EINVAL);
    if (r != VWR_OK)
        return;
    io.enabled[clock] = io.armed[clock] = enabled;
    expire();
}

static void read_alarm(unsigned clock)
{
    struct vwr_rtc_read_alarm_answer a;
    const int r = vwr_rtc_read_alarm(&io.driver, (uint16_t)clock, &a);

    CHECK_NUMBER(r, clock < ALARMS ? VWR_OK : VWR_ENODEV);
    if (r != VWR_OK)
        return;
    CHECK_NUMBER(a.alarm_time, io.alarm[clock]);
    CHECK_NUMBER(a.flags, io.enabled[clock] ? VWR_RTC_FLAG_ALARM_ENABLED : 0);
}

static void step(void)
{
    static void (*const actions[])(unsigned) = {advance,   advance,      read_some,
                                                set_alarm, enable_alarm, read_alarm};

    actions[random_below(&state, sizeof(actions) / sizeof(actions[0]))](random_below(&state, CLOCKS));
    take_alarms();
}

/* Alarms that have not expired are set again; the others are gone. */
static void fail_and_recover(void)
{
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vrtc_dev(&io.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&io.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&io.driver.client.bringup, &vwr_rtc_bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    for (unsigned i = 0; i < CLOCKS; i++) {
        if (!io.set[i])
            io.alarm[i] = 0;
        io.enabled[i] = io.armed[i] = io.set[i] && io.enabled[i];
    }
    expire();
    for (unsigned i = 0; i < 2u * VWR_RTC_ALARMS; i++)
        take_alarms();
    CHECK_NUMBER(io.driver.restore.lost, 0);
    for (unsigned i = 0; i < CLOCKS; i++)
        read_alarm(i);
}

static void describe(void)
{
    struct vwr_rtc_clock_cap_answer what;
    struct vwr_rtc_read_cross_answer cross;
    uint64_t ns;

    CHECK_NUMBER(vwr_rtc_clocks(&io.driver), CLOCKS);
    for (uint16_t i = 0; i < CLOCKS; i++) {
        CHECK_NUMBER(vwr_rtc_describe(&io.driver, i, &what), VWR_OK);
        CHECK(what.type == io.clock[i].type && what.leap_second_smearing == io.clock[i].smear);
        CHECK_NUMBER(what.flags, i < ALARMS ? VWR_RTC_FLAG_ALARM_CAP : 0);
    }
    CHECK_NUMBER(vwr_rtc_describe(&io.driver, CLOCKS, &what), VWR_ENODEV);
    CHECK_NUMBER(vwr_rtc_read(&io.driver, CLOCKS, &ns), VWR_ENODEV);
    CHECK_NUMBER(vwr_rtc_can_cross(&io.driver, 0, VWR_RTC_COUNTER_X86_TSC), 1);
    CHECK_NUMBER(vwr_rtc_can_cross(&io.driver, 0, VWR_RTC_COUNTER_ARM_VCT), 0);
    CHECK_NUMBER(vwr_rtc_can_cross(&io.driver, CLOCKS, VWR_RTC_COUNTER_ARM_VCT), VWR_ENODEV);
    CHECK_NUMBER(vwr_rtc_read_cross(&io.driver, 0, VWR_RTC_COUNTER_ARM_VCT, &cross), VWR_EUNSUPP);
    io.broken = true;
    CHECK_NUMBER(vwr_rtc_read(&io.driver, 0, &ns), VWR_EIO);
    io.broken = false;
}

static void begin(unsigned kind, bool deferred, const struct vwr_vrtc_ops *hooks)
{
    static const struct vwr_vrtc_clock clocks[CLOCKS] = {
        {.type = VWR_RTC_CLOCK_UTC, .has_alarm = true},
        {.type = VWR_RTC_CLOCK_TAI, .has_alarm = true},
        {.type = VWR_RTC_CLOCK_UTC_SMEARED, .smear = VWR_RTC_SMEAR_NOON_LINEAR, .has_alarm = true},
        {.type = VWR_RTC_CLOCK_MONOTONIC}};
    struct vwr_vrtc_options d = {.ops = hooks, .clock_count = CLOCKS};
    struct vwr_vdev_setup s = {
        .vm = &vmm, .line = SLOT, .queue = io.queue, .queue_count = VWR_VRTC_QUEUES, .own = io.own};
    struct vwr_rtc_options o;

    vmm_begin(deferred);
    memset(&io, 0, sizeof(io));
    memset(&o, 0, sizeof(o));
    memcpy(io.clock, clocks, sizeof(clocks));
    d.clocks = io.clock;
    s.queue_size = QUEUE_SIZE;
    s.own_count = VWR_COUNT(io.own);
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&io.avoid, kind);
    CHECK_NUMBER(vwr_vrtc_init(&io.device, &s, &d), VWR_OK);
    vmm_add(SLOT, vwr_vrtc_dev(&io.device));
    ram_reset();
    o.avoid = io.avoid;
    o.shared = ram_alloc_ring(sizeof(*o.shared));
    CHECK_NUMBER(vmm_find(&io.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_rtc_open(&io.driver, &io.end.dev, &o), VWR_OK);
    disk_check_features(&io.end.dev, vwr_vrtc_dev(&io.device), kind);
}

static void run_clocks(unsigned kind, bool deferred, unsigned steps)
{
    begin(kind, deferred, &ops);
    describe();
    for (unsigned i = 0; i < steps; i++) {
        step();
        if (random_below(&state, 64) == 0)
            suspend_check(&io.end.dev, vwr_vrtc_dev(&io.device));
        if (i % (steps / 2) == steps / 4)
            fail_and_recover();
    }
    CHECK_NUMBER(vwr_rtc_close(&io.driver), VWR_OK);
    CHECK(io.expired != 0 && io.timers != 0);
    printf("%s rtc%s: %u alarms expired\n", disk_kind_name(kind), deferred ? " deferred" : "", io.expired);
}

/* UTC is after 2020, TAI is seconds ahead of it or the host does not know; no clock goes back. */
static void clocks_of_this_machine(unsigned kind)
{
    uint64_t ns, later;

    begin(kind, false, &vwr_posix_clocks_ops);
    CHECK_NUMBER(vwr_rtc_read(&io.driver, 0, &ns), VWR_OK);
    CHECK(ns / UINT64_C(1000000000) > 1577836800u);
    CHECK_NUMBER(vwr_rtc_read(&io.driver, 3, &ns), VWR_OK);
    CHECK_NUMBER(vwr_rtc_read(&io.driver, 3, &later), VWR_OK);
    CHECK(later >= ns);
    CHECK_NUMBER(vwr_rtc_read(&io.driver, 2, &ns), VWR_EIO); /* the host does not smear */
    CHECK_NUMBER(vwr_rtc_can_cross(&io.driver, 0, VWR_RTC_COUNTER_X86_TSC), 0);
    CHECK_NUMBER(vwr_rtc_close(&io.driver), VWR_OK);
}

void case_rtc(unsigned kind, unsigned scale)
{
    state = kind;
    run_clocks(kind, false, STEPS * scale);
    run_clocks(kind, true, STEPS * scale);
    if (kind == 0)
        clocks_of_this_machine(kind);
}
