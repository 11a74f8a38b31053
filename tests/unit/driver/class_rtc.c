/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/rtc.h"

#include <string.h>

/* An RTC device. Its settings are two alarms; a third one has expired. */

static const unsigned queues[] = {VWR_RTC_QUEUE_REQUESTQ, VWR_RTC_QUEUE_ALARMQ};
#define REQUESTS VWR_RTC_QUEUE_REQUESTQ
#define ALARMS VWR_RTC_QUEUE_ALARMQ
#define CLOCKS 3u
#define EXPIRED 2u

static struct vwr_rtc c;
static struct fake_chain chain;

/* The device: the alarms since the reset. */
static struct {
    uint64_t alarm[CLOCKS];
    bool enabled[CLOCKS];
    unsigned sets, resets;
} device;

static void forget(const struct fake *f)
{
    if (!class_was_reset(f, &device.resets))
        return;
    memset(device.alarm, 0, sizeof(device.alarm));
    memset(device.enabled, 0, sizeof(device.enabled));
    device.sets = 0;
}

/* It sets alarms; a clock reads 7. */
static void serve(struct fake *f, uint32_t queue)
{
    const bool legacy = f->version == VWR_MMIO_VERSION_LEGACY;
    uint8_t in[sizeof(struct vwr_rtc_resp_read)] = {0};
    struct vwr_rtc_set_alarm_msg m;
    struct vwr_rtc_set_alarm_msg_form form;
    struct vwr_rtc_req_head head;

    in[legacy && vwr_guest_is_big(legacy) ? 15 : 8] = 7;
    forget(f);
    while (queue == REQUESTS && !class_silent && fake_ring_next(f, queue, &chain)) {
        (void)class_read(&chain, &head, sizeof(head));
        if (vwr_guest16(legacy, head.msg_type) == VWR_RTC_REQ_SET_ALARM) {
            assert_int_equal(class_read(&chain, &form, sizeof(form)), sizeof(form));
            vwr_rtc_set_alarm_msg_decode(&form, legacy, &m);
            assert_true(m.clock_id < CLOCKS);
            device.alarm[m.clock_id] = m.alarm_time;
            device.enabled[m.clock_id] = m.flags != 0;
            device.sets++;
        }
        class_write(&chain, in, chain.writable);
        fake_ring_push(f, queue, chain.head, chain.writable);
    }
}

static void expires(struct world *w, uint16_t clock)
{
    const struct vwr_rtc_alarm_msg m = {clock};
    struct vwr_rtc_alarm_msg_form form;

    vwr_rtc_alarm_msg_encode(&form, w->f.version == VWR_MMIO_VERSION_LEGACY, &m);
    assert_true(fake_ring_next(&w->f, ALARMS, &chain));
    class_write(&chain, &form, sizeof(form));
    fake_ring_push(&w->f, ALARMS, chain.head, sizeof(form));
}

static void begin(struct world *w, const struct format *f)
{
    struct vwr_rtc_options o;
    unsigned clock;

    format_plug(w, f);
    w->f.device_id = VWR_RTC_ID;
    w->f.on_notify = serve;
    w->f.queue[REQUESTS].size_max = f->size;
    w->f.queue[ALARMS].size_max = f->size;
    fake_offer(&w->f, VWR_RTC_F_ALARM);
    assert_int_equal(world_probe(w), VWR_OK);
    memset(&device, 0, sizeof(device));
    memset(&o, 0, sizeof(o));
    memset(&c, 0xa5, sizeof(c)); /* memory of the embedder is not zeroed */
    class_silent = false;
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    o.request.timeout_us = 50000;
    assert_int_equal(vwr_rtc_open(&c, &w->mmio.dev, &o), VWR_OK);
    device.resets = w->f.resets;
    for (uint16_t n = 0; n < CLOCKS; n++)
        assert_int_equal(vwr_rtc_set_alarm(&c, n, 100u + n, n != 0), VWR_OK);
    expires(w, EXPIRED);
    assert_int_equal(vwr_rtc_poll(&c, &clock), 1);
    assert_int_equal(clock, EXPIRED);
}

static int look(struct world *w, unsigned queue)
{
    uint64_t ns;
    unsigned clock;

    (void)w;
    return queue == REQUESTS ? vwr_rtc_read(&c, 0, &ns) : vwr_rtc_poll(&c, &clock);
}

static int wait(struct world *w)
{
    uint64_t ns;

    (void)w;
    class_silent = true;
    fake_time.step = 1000;
    assert_int_equal(vwr_rtc_read(&c, 0, &ns), VWR_ETIMEOUT);
    return VWR_ETIMEOUT;
}

/* The device has both alarms, set once, and not the one that has expired. */
static void came_back(struct world *w, int why)
{
    unsigned clock;
    uint64_t ns;

    (void)why;
    forget(&w->f);
    for (unsigned i = 0; i < 2u * VWR_RTC_ALARMS; i++)
        assert_int_equal(vwr_rtc_poll(&c, &clock), 0);
    assert_int_equal(c.restore.lost, 0);
    assert_int_equal(device.sets, 2);
    assert_true(device.alarm[0] == 100 && !device.enabled[0]);
    assert_true(device.alarm[1] == 101 && device.enabled[1]);
    assert_true(device.alarm[EXPIRED] == 0);
    class_all_posted(w, ALARMS, VWR_RTC_EVENTS, 0);
    expires(w, 1);
    assert_int_equal(vwr_rtc_poll(&c, &clock), 1);
    assert_int_equal(clock, 1);
    assert_int_equal(vwr_rtc_read(&c, 0, &ns), VWR_OK);
    assert_int_equal(ns, 7);
}

static int close_it(void)
{
    return vwr_rtc_close(&c);
}

static void released(void)
{
    assert_false(vwr_req_is_in_flight(&c.again.call.req));
    for (unsigned i = 0; i < VWR_RTC_EVENTS; i++)
        assert_int_not_equal(c.event_buffer[i].owner, VWR_RECEIVE_DEVICE);
}

const struct driver_class class_rtc = {
    .name = "rtc",
    .kinds = KIND_ALL,
    .size = 8,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << REQUESTS | 1u << ALARMS,
    .empty = 1u << REQUESTS,
    .bringup = &c.client.bringup,
    .steps = &vwr_rtc_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
