/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "vwr/rtc.h"

#include <string.h>

/* Stories of clocks (classes/): arbitrary times and notifications, and more alarms than there is memory for.
 */

#define ALARMS VWR_RTC_QUEUE_ALARMQ
#define NOTICE sizeof(struct vwr_rtc_notif_alarm)
enum { SET_0 = 11, SET_1 = 12 }; /* acts */

static struct vwr_rtc *c;
static unsigned notices;

static void open_it(struct world *w, const struct format *f)
{
    bench_plug(w, f, &bench_rtc_driver);
    assert_int_equal(bench_open(w, 0), VWR_OK);
    c = bench_own();
}

static void close_it(struct world *w)
{
    class_all_posted(w, ALARMS, VWR_RTC_EVENTS, 0);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/* The device notifies of a clock. */
static void notify(struct fake *f, unsigned type, unsigned clock, uint32_t bytes)
{
    const bool legacy = f->version == VWR_MMIO_VERSION_LEGACY;
    const struct vwr_rtc_notif_alarm n = {.head.msg_type = vwr_guest16(legacy, (uint16_t)type),
                                          .clock_id = vwr_guest16(legacy, (uint16_t)clock)};
    static struct fake_chain chain;

    assert_true(fake_ring_next(f, ALARMS, &chain));
    notices++;
    class_write(&chain, &n, bytes);
    fake_ring_push(f, ALARMS, chain.head, bytes);
}

static void expires(struct world *w, unsigned clock)
{
    notify(&w->f, VWR_RTC_NOTIF_ALARM, clock, NOTICE);
}

static void polls(unsigned clock)
{
    uint16_t n = 0;

    assert_int_equal(vwr_rtc_poll(c, &n), 1);
    assert_int_equal(n, clock);
}

static void polls_nothing(unsigned ignored)
{
    uint16_t n = 77;

    assert_int_equal(vwr_rtc_poll(c, &n), 0);
    assert_int_equal(n, 77);
    assert_int_equal(c->client.ignored, ignored);
}

/* One alarm is set again after a reset. */
static void recovers(struct world *w, unsigned shape)
{
    int r = VWR_EBUSY;

    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    while (r == VWR_EBUSY)
        r = vwr_recover(&c->bringup);
    assert_int_equal(r, VWR_OK);
    for (unsigned i = 0; i < 2 * VWR_RTC_ALARMS; i++)
        polls_nothing(0);
    assert_int_equal(bench.sent_count, 1);
    assert_int_equal(bench.sent[0], shape);
    assert_int_equal(c->restore.lost, 0);
}

/* Readings are passed on unchanged: zero, all ones, one earlier than the last; so is a clock's type. */
static void D30_readings(struct world *w, const struct format *f, const void *param)
{
    struct vwr_rtc_clock_cap_answer what;
    struct vwr_rtc_read_cross_answer both;
    uint64_t ns;

    (void)param;
    open_it(w, f);
    bench.filled = true;
    for (unsigned i = 0; i < 4; i++) {
        const uint64_t each = i % 2 == 0 ? 0 : UINT64_MAX;

        bench.fill = (uint8_t)each;
        ns = 7;
        assert_int_equal(vwr_rtc_read(c, UINT16_MAX, &ns), VWR_OK);
        assert_true(ns == each);
        assert_int_equal(vwr_rtc_read_cross(c, 0, VWR_RTC_COUNTER_INVALID, &both), VWR_OK);
        assert_true(both.clock_reading == each && both.counter_cycles == each);
        assert_int_equal(vwr_rtc_clocks(c), each & UINT16_MAX);
        assert_int_equal(vwr_rtc_describe(c, 0, &what), VWR_OK);
        assert_int_equal(what.type, each & UINT8_MAX);
        assert_int_equal(vwr_rtc_can_cross(c, 0, 0), each & 1);
    }
    close_it(w);
}

/* Notifications of clocks that the device does not have, and of alarms that were not set: a number for the
 * caller, which changes no alarm. */
static void D30_clocks(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t clocks[] = {1, VWR_RTC_ALARMS, VWR_RTC_ALARMS + 1, 0x7fff, 0x8000, UINT16_MAX};

    (void)param;
    open_it(w, f);
    bench_act(&bench_rtc_shapes.act[SET_0]);
    for (unsigned i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
        expires(w, clocks[i]);
        polls(clocks[i]);
        polls_nothing(0);
    }
    assert_int_equal(vwr_rtc_enable_alarm(c, 0, false), VWR_OK);
    recovers(w, SET_0);
    close_it(w);
}

/* An alarm that expires twice, or while it is disabled, is no longer set. */
static void D30_expires_again(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    bench_act(&bench_rtc_shapes.act[SET_0]);
    bench_act(&bench_rtc_shapes.act[SET_1]);
    for (unsigned i = 0; i < 2; i++) {
        expires(w, 0);
        polls(0);
        assert_int_equal(vwr_rtc_enable_alarm(c, 0, true), VWR_EINVAL);
    }
    recovers(w, SET_1);
    close_it(w);
}

/* Messages of unknown types, and too short ones, are dropped and counted. */
static void D48_messages(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t types[] = {0, VWR_RTC_NOTIF_ALARM - 1, VWR_RTC_NOTIF_ALARM + 1, UINT16_MAX};
    const unsigned known = sizeof(types) / sizeof(types[0]);

    (void)param;
    open_it(w, f);
    bench_act(&bench_rtc_shapes.act[SET_0]);
    for (unsigned i = 0; i < known; i++) {
        notify(&w->f, types[i], 0, NOTICE);
        polls_nothing(i + 1);
    }
    for (uint32_t bytes = 0; bytes < NOTICE; bytes++) {
        notify(&w->f, VWR_RTC_NOTIF_ALARM, 0, bytes);
        polls_nothing(known);
        assert_int_equal(c->client.alarmq.stats.dropped, bytes + 1);
    }
    assert_int_equal(vwr_rtc_enable_alarm(c, 0, true), VWR_OK);
    expires(w, 0);
    polls(0);
    close_it(w);
}

static void fill_each(struct fake *f, uint32_t queue)
{
    while (queue == ALARMS && fake_ring_waiting(f, ALARMS) > 0)
        notify(f, 0, 0, NOTICE);
}

/* A device that fills each buffer immediately: a poll returns after a bounded number of them. */
static void D48_restless(struct world *w, const struct format *f, const void *param)
{
    uint16_t n;

    (void)param;
    open_it(w, f);
    notices = 0;
    w->f.on_notify = fill_each;
    fill_each(&w->f, ALARMS);
    for (unsigned i = 1; i <= 3; i++) {
        assert_int_equal(vwr_rtc_poll(c, &n), 0);
        assert_int_equal(c->client.ignored, i * VWR_RTC_EVENTS);
        assert_true(notices <= (1 + i) * VWR_RTC_EVENTS);
    }
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
}

/*
 * A device without alarms; a device that is already open; more clocks with an alarm than the driver supports.
 */
static void lacks(struct world *w, const struct format *f, const void *param)
{
    uint16_t n = 77;

    (void)param;
    bench_plug(w, f, &bench_rtc_driver);
    fake_withhold(&w->f, VWR_RTC_F_ALARM);
    assert_int_equal(bench_open(w, 0), VWR_OK);
    c = bench_own();
    assert_int_equal(vwr_rtc_set_alarm(c, 0, 1, true), VWR_EFEATURE);
    assert_int_equal(vwr_rtc_poll(c, &n), 0);
    assert_false(vwr_rtc_arm(c));
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
    open_it(w, f);
    bench.filled = true;
    for (unsigned i = 0; i < VWR_RTC_ALARMS; i++)
        assert_int_equal(vwr_rtc_set_alarm(c, (uint16_t)i, 1, true), VWR_OK);
    assert_int_equal(vwr_rtc_set_alarm(c, VWR_RTC_ALARMS, 1, true), VWR_EFULL);
    assert_int_equal(bench.requests, VWR_RTC_ALARMS);
    assert_true(vwr_rtc_arm(c));
    expires(w, 0);
    assert_false(vwr_rtc_arm(c));
    polls(0);
    assert_true(vwr_rtc_arm(c));
    assert_int_equal(vwr_rtc_set_alarm(c, VWR_RTC_ALARMS, 1, true), VWR_OK);
    assert_int_equal(vwr_close(&c->bringup), VWR_OK);
    assert_true(vwr_rtc_set_alarm(c, 1, 1, true) < 0);
    open_it(w, f);
    assert_int_equal(bench_open(w, 0), VWR_EBUSY);
}

void bench_stories(struct format_tests *tests)
{
    static const uint16_t sizes[] = {16, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes};

    format_add(tests, "D30_readings", D30_readings, NULL, &one);
    format_add(tests, "D30_clocks", D30_clocks, NULL, &all);
    format_add(tests, "D30_expires_again", D30_expires_again, NULL, &one);
    format_add(tests, "D48_messages", D48_messages, NULL, &all);
    format_add(tests, "D48_restless", D48_restless, NULL, &one);
    format_add(tests, "lacks", lacks, NULL, &one);
}
