/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/rtc.h"

#include <string.h>

/* An RTC device that shows arbitrary times, with invalid answers and notifications. */

#define REQUESTS VWR_RTC_QUEUE_REQUESTQ
#define ALARMS VWR_RTC_QUEUE_ALARMQ
#define CLOCKS (VWR_RTC_ALARMS + 1u)
#define READING sizeof(struct vwr_rtc_resp_head) /* where an answer has its first number */

static struct vwr_rtc c;

/* The device: what it has received, and how it answers. */
static struct {
    struct fake_chain chain;
    uint8_t answer[sizeof(struct vwr_rtc_resp_read_cross)];
    uint32_t less; /* number of bytes of an answer that it does not write */
    unsigned sets[CLOCKS];
    unsigned notices;
    bool restless; /* it fills each buffer immediately, with an unknown message */
} device;

static void notify(struct fake *f, const void *message, uint32_t written)
{
    assert_true(fake_ring_next(f, ALARMS, &device.chain));
    device.notices++;
    class_write(&device.chain, message, written);
    fake_ring_push(f, ALARMS, device.chain.head, written);
}

static void serve(struct fake *f, uint32_t queue)
{
    static const uint8_t unknown[sizeof(struct vwr_rtc_notif_alarm)];
    struct fake_chain *const chain = &device.chain;
    struct vwr_rtc_set_alarm_msg_form form;
    struct vwr_rtc_set_alarm_msg m;

    while (queue == ALARMS && device.restless && fake_ring_waiting(f, ALARMS) > 0)
        notify(f, unknown, sizeof(unknown));
    while (queue == REQUESTS && fake_ring_next(f, queue, chain)) {
        const uint32_t written = chain->writable - device.less;

        if (class_read(chain, &form, sizeof(form)) == sizeof(form)) { /* no other message is as long */
            vwr_rtc_set_alarm_msg_decode(&form, f->version == VWR_MMIO_VERSION_LEGACY, &m);
            assert_true(m.clock_id < CLOCKS);
            device.sets[m.clock_id]++;
        }
        class_write(chain, device.answer, written);
        fake_ring_push(f, queue, chain->head, written);
    }
}

static int try_open(struct world *w)
{
    struct vwr_rtc_options o;

    memset(&o, 0, sizeof(o));
    memset(&c, 0xa5, sizeof(c)); /* memory of the embedder is not zeroed */
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    return vwr_rtc_open(&c, &w->mmio.dev, &o);
}

static void plug(struct world *w, const struct format *f)
{
    memset(&device, 0, sizeof(device));
    format_plug(w, f);
    w->f.device_id = VWR_RTC_ID;
    w->f.on_notify = serve;
    w->f.queue[REQUESTS].size_max = f->size;
    w->f.queue[ALARMS].size_max = f->size;
    fake_offer(&w->f, VWR_RTC_F_ALARM);
    assert_int_equal(world_probe(w), VWR_OK);
}

static void open_it(struct world *w, const struct format *f)
{
    plug(w, f);
    assert_int_equal(try_open(w), VWR_OK);
}

static void close_it(struct world *w)
{
    class_all_posted(w, ALARMS, VWR_RTC_EVENTS, 0);
    assert_int_equal(vwr_rtc_close(&c), VWR_OK);
}

/* The device notifies of a clock's alarm. */
static void expire(struct world *w, uint16_t clock)
{
    const struct vwr_rtc_alarm_msg m = {clock};
    struct vwr_rtc_alarm_msg_form form;

    vwr_rtc_alarm_msg_encode(&form, w->f.version == VWR_MMIO_VERSION_LEGACY, &m);
    notify(&w->f, &form, sizeof(form));
}

static void polls(unsigned clock)
{
    unsigned n = 0;

    assert_int_equal(vwr_rtc_poll(&c, &n), 1);
    assert_int_equal(n, clock);
}

static void polls_nothing(unsigned ignored)
{
    unsigned n = 77;

    assert_int_equal(vwr_rtc_poll(&c, &n), 0);
    assert_int_equal(n, 77);
    assert_int_equal(c.client.ignored, ignored);
}

/* The alarms that are set again after a reset: those of the clocks whose bit is in `set`. */
static void recovers(struct world *w, unsigned set)
{
    int r = VWR_EBUSY;

    memset(device.sets, 0, sizeof(device.sets));
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    while (r == VWR_EBUSY)
        r = vwr_recover(&c.client.bringup, &vwr_rtc_bringup);
    assert_int_equal(r, VWR_OK);
    for (unsigned i = 0; i < 2 * VWR_RTC_ALARMS; i++)
        polls_nothing(0);
    for (unsigned n = 0; n < CLOCKS; n++)
        assert_int_equal(device.sets[n], set >> n & 1u);
    assert_int_equal(c.restore.lost, 0);
}

/* Readings are passed on unchanged: zero, all ones, one earlier than the last; so is a clock's type. */
static void D30_readings(struct world *w, const struct format *f, const void *param)
{
    struct vwr_rtc_clock_cap_answer what;
    struct vwr_rtc_read_cross_answer both;
    uint64_t ns;

    (void)param;
    open_it(w, f);
    for (unsigned i = 0; i < 4; i++) {
        const uint64_t each = i % 2 == 0 ? 0 : UINT64_MAX;

        memset(device.answer + READING, i % 2 == 0 ? 0 : 0xff, sizeof(device.answer) - READING);
        ns = 7;
        assert_int_equal(vwr_rtc_read(&c, UINT16_MAX, &ns), VWR_OK);
        assert_true(ns == each);
        assert_int_equal(vwr_rtc_read_cross(&c, 0, VWR_RTC_COUNTER_INVALID, &both), VWR_OK);
        assert_true(both.clock_reading == each && both.counter_cycles == each);
        assert_int_equal(vwr_rtc_clocks(&c), each & UINT16_MAX);
        assert_int_equal(vwr_rtc_describe(&c, 0, &what), VWR_OK);
        assert_int_equal(what.type, each & UINT8_MAX);
        assert_int_equal(vwr_rtc_can_cross(&c, 0, 0), each & 1);
    }
    close_it(w);
}

/* The device reports OK, but has not written everything; no status. */
static void D05_D41_short_answers(struct world *w, const struct format *f, const void *param)
{
    struct vwr_rtc_read_alarm_answer alarm;
    uint64_t ns = 7;

    (void)param;
    open_it(w, f);
    for (device.less = 1; device.less < READING; device.less++) {
        assert_int_equal(vwr_rtc_read(&c, 0, &ns), VWR_EPROTO);
        assert_int_equal(vwr_rtc_clocks(&c), VWR_EPROTO);
        assert_int_equal(vwr_rtc_read_alarm(&c, 0, &alarm), VWR_EPROTO);
        assert_int_equal(vwr_rtc_set_alarm(&c, 0, 1, true), VWR_EPROTO);
    }
    device.less = sizeof(struct vwr_rtc_resp_read);
    assert_int_equal(vwr_rtc_read(&c, 0, &ns), VWR_EIO);
    assert_int_equal(ns, 7);
    device.less = 0;
    recovers(w, 0);
    close_it(w);
}

/* Statuses that are known, and others. */
static void D42_statuses(struct world *w, const struct format *f, const void *param)
{
    static const uint8_t statuses[] = {
        VWR_RTC_S_EOPNOTSUPP, VWR_RTC_S_ENODEV, VWR_RTC_S_EINVAL, VWR_RTC_S_EIO, 1, 0xff};
    static const int results[] = {VWR_EUNSUPP, VWR_ENODEV, VWR_EIO, VWR_EIO, VWR_EIO, VWR_EIO};
    uint64_t ns = 7;

    (void)param;
    open_it(w, f);
    for (unsigned i = 0; i < sizeof(statuses); i++) {
        device.answer[0] = statuses[i];
        assert_int_equal(vwr_rtc_read(&c, 0, &ns), results[i]);
        assert_int_equal(vwr_rtc_clocks(&c), results[i]);
        assert_int_equal(vwr_rtc_set_alarm(&c, 0, 1, true), results[i]);
        assert_int_equal(vwr_rtc_enable_alarm(&c, 0, true), VWR_EINVAL);
    }
    assert_int_equal(ns, 7);
    device.answer[0] = VWR_RTC_S_OK;
    recovers(w, 0);
    close_it(w);
}

/* Notifications of clocks that the device does not have, and of alarms that were not set: a number for the
 * caller, which changes no alarm. */
static void D30_clocks(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t clocks[] = {1, CLOCKS, VWR_RTC_ALARMS, 0x7fff, 0x8000, UINT16_MAX};

    (void)param;
    open_it(w, f);
    assert_int_equal(vwr_rtc_set_alarm(&c, 0, 1, true), VWR_OK);
    for (unsigned i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
        expire(w, clocks[i]);
        polls(clocks[i]);
        polls_nothing(0);
    }
    assert_int_equal(vwr_rtc_enable_alarm(&c, 0, true), VWR_OK);
    recovers(w, 1u << 0);
    close_it(w);
}

/* An alarm that expires twice, or while it is disabled, is no longer set. */
static void D30_expires_again(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    assert_int_equal(vwr_rtc_set_alarm(&c, 0, 1, false), VWR_OK);
    assert_int_equal(vwr_rtc_set_alarm(&c, 1, 1, true), VWR_OK);
    for (unsigned i = 0; i < 2; i++) {
        expire(w, 0);
        polls(0);
        assert_int_equal(vwr_rtc_enable_alarm(&c, 0, true), VWR_EINVAL);
    }
    recovers(w, 1u << 1);
    close_it(w);
}

/* Messages of unknown types, and too short ones, are dropped and counted. */
static void D48_messages(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t types[] = {0, VWR_RTC_NOTIF_ALARM - 1, VWR_RTC_NOTIF_ALARM + 1, UINT16_MAX};
    uint8_t bytes[sizeof(struct vwr_rtc_notif_alarm)] = {0};
    const unsigned known = sizeof(types) / sizeof(types[0]);

    (void)param;
    open_it(w, f);
    assert_int_equal(vwr_rtc_set_alarm(&c, 0, 1, true), VWR_OK);
    for (unsigned i = 0; i < known; i++) {
        const vwr_le16 type = vwr_guest16(w->f.version == VWR_MMIO_VERSION_LEGACY, types[i]);

        memcpy(bytes, &type, sizeof(type));
        notify(&w->f, bytes, sizeof(bytes));
        polls_nothing(i + 1);
    }
    for (uint32_t len = 0; len < sizeof(bytes); len++) {
        notify(&w->f, bytes, len);
        polls_nothing(known);
        assert_int_equal(c.client.alarmq.stats.dropped, len + 1);
    }
    assert_int_equal(vwr_rtc_enable_alarm(&c, 0, true), VWR_OK);
    expire(w, 0);
    polls(0);
    close_it(w);
}

/* A device that fills each buffer immediately: a poll returns after a bounded number of them. */
static void D48_restless(struct world *w, const struct format *f, const void *param)
{
    unsigned n;

    (void)param;
    open_it(w, f);
    device.restless = true;
    serve(&w->f, ALARMS);
    for (unsigned i = 1; i <= 3; i++) {
        assert_int_equal(vwr_rtc_poll(&c, &n), 0);
        assert_int_equal(c.client.ignored, i * VWR_RTC_EVENTS);
        assert_true(device.notices <= (1 + i) * VWR_RTC_EVENTS);
    }
    assert_int_equal(vwr_rtc_close(&c), VWR_OK);
}

/*
 * A device without alarms; a device that is already open; more clocks with an alarm than the driver supports.
 */
static void lacks(struct world *w, const struct format *f, const void *param)
{
    unsigned n = 77;

    (void)param;
    plug(w, f);
    fake_withhold(&w->f, VWR_RTC_F_ALARM);
    assert_int_equal(try_open(w), VWR_OK);
    assert_int_equal(vwr_rtc_set_alarm(&c, 0, 1, true), VWR_EFEATURE);
    assert_int_equal(vwr_rtc_poll(&c, &n), 0);
    assert_false(vwr_rtc_arm(&c));
    assert_int_equal(vwr_rtc_close(&c), VWR_OK);
    open_it(w, f);
    for (unsigned i = 0; i < VWR_RTC_ALARMS; i++)
        assert_int_equal(vwr_rtc_set_alarm(&c, (uint16_t)i, 1, true), VWR_OK);
    assert_int_equal(vwr_rtc_set_alarm(&c, VWR_RTC_ALARMS, 1, true), VWR_EFULL);
    assert_int_equal(device.sets[VWR_RTC_ALARMS], 0);
    assert_true(vwr_rtc_arm(&c));
    expire(w, 0);
    assert_false(vwr_rtc_arm(&c));
    polls(0);
    assert_true(vwr_rtc_arm(&c));
    assert_int_equal(vwr_rtc_set_alarm(&c, VWR_RTC_ALARMS, 1, true), VWR_OK);
    assert_int_equal(vwr_rtc_close(&c), VWR_OK);
    assert_true(vwr_rtc_set_alarm(&c, 1, 1, true) < 0);
    open_it(w, f);
    assert_int_equal(try_open(w), VWR_EBUSY);
}

/* The device has no request queue, or no alarm queue although it has alarms. */
static void D33_lacks_a_queue(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (unsigned queue = REQUESTS; queue <= ALARMS; queue++) {
        plug(w, f);
        w->f.queue[queue].size_max = 0;
        assert_int_equal(try_open(w), VWR_ENOQUEUE);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
    plug(w, f);
    w->f.queue[ALARMS].size_max = 0;
    fake_withhold(&w->f, VWR_RTC_F_ALARM);
    assert_int_equal(try_open(w), VWR_OK);
    assert_int_equal(vwr_rtc_close(&c), VWR_OK);
}

int main(void)
{
    static const uint16_t sizes[] = {16, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes};
    static struct format_tests tests;

    format_add(&tests, "D30_readings", D30_readings, NULL, &one);
    format_add(&tests, "D05_D41_short_answers", D05_D41_short_answers, NULL, &all);
    format_add(&tests, "D42_statuses", D42_statuses, NULL, &one);
    format_add(&tests, "D30_clocks", D30_clocks, NULL, &all);
    format_add(&tests, "D30_expires_again", D30_expires_again, NULL, &one);
    format_add(&tests, "D48_messages", D48_messages, NULL, &all);
    format_add(&tests, "D48_restless", D48_restless, NULL, &one);
    format_add(&tests, "D33_lacks_a_queue", D33_lacks_a_queue, NULL, &all);
    format_add(&tests, "lacks", lacks, NULL, &one);
    return format_run("rtc", &tests);
}
