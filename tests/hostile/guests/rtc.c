/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/vm.h"
#include "vwr/vrtc.h"
#include "vwr/gen/split_ring.h"

#include <stdlib.h>
#include <string.h>

/* Clocks, and guests that send messages in every wrong way. */

#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define REQUESTS VWR_RTC_QUEUE_REQUESTQ
#define ALARMS VWR_RTC_QUEUE_ALARMQ
#define CLOCKS 2u /* the second has no alarm */
#define EVENT ((uint32_t)sizeof(struct vwr_rtc_notif_alarm))
#define POISON 0xa5u

struct vmm {
    struct vwr_vrtc v;
    struct vwr_vrtc_clock clock[CLOCKS];
    uint64_t now;
    unsigned reads;
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static int read_clock(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    struct vmm *const m = v->context;

    assert_true(clock < CLOCKS);
    m->reads++;
    *ns = m->now;
    return VWR_OK;
}

static const struct vwr_vrtc_ops ops = {.clock_read = read_clock};

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_vrtc_options o = {.ops = &ops, .context = m, .clock_count = CLOCKS};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    m->clock[0].has_alarm = true;
    o.clocks = m->clock;
    m->now = 1000;
    guest_setup(g, &s);
    assert_int_equal(vwr_vrtc_init(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vrtc_dev(&m->v));
    g->queues = VWR_VRTC_QUEUES;
    vwr_features_add(&g->features, VWR_RTC_F_ALARM);
    assert_true(guest_start(g));
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

/* Sends `out` bytes at AT(0), with room for `in` at AT(1). */
static void send(struct guest *g, uint32_t out, uint32_t in)
{
    const struct guest_desc segment[2] = {{AT(0), out, 0, 0}, {AT(1), in, WRITE, 0}};

    memset(guest_at(g, AT(1), 0x40), POISON, 0x40);
    hostile_send(g, REQUESTS, segment, in != 0 ? 2 : 1);
}

static void ends(struct guest *g, uint32_t used, unsigned status)
{
    const uint8_t *const at = guest_at(g, AT(1), 0x40);

    hostile_used(g, REQUESTS, used);
    assert_int_equal(at[0], status);
    assert_int_equal(at[used], POISON);
    hostile_is_whole(g);
}

static void put_read(struct guest *g, uint16_t clock)
{
    const struct vwr_rtc_read_msg m = {clock};

    vwr_rtc_read_msg_encode(guest_at(g, AT(0), sizeof(struct vwr_rtc_read_msg_form)), g->legacy, &m);
}

static void set_alarm(struct guest *g, uint16_t clock, uint64_t ns, uint8_t flags, unsigned status)
{
    const struct vwr_rtc_set_alarm_msg m = {ns, clock, flags};

    vwr_rtc_set_alarm_msg_encode(guest_at(g, AT(0), sizeof(struct vwr_rtc_set_alarm_msg_form)), g->legacy,
                                 &m);
    send(g, sizeof(struct vwr_rtc_set_alarm_msg_form), sizeof(struct vwr_rtc_resp_set_alarm));
    ends(g, sizeof(struct vwr_rtc_resp_set_alarm), status);
}

static void posts(struct guest *g, uint32_t bytes)
{
    memset(guest_at(g, AT(2), EVENT + 1), POISON, EVENT + 1);
    hostile_send_one(g, ALARMS, AT(2), bytes, WRITE);
}

static void expires(struct guest *g)
{
    struct vwr_rtc_notif_alarm n;

    hostile_used(g, ALARMS, EVENT);
    memcpy(&n, guest_at(g, AT(2), EVENT), EVENT);
    assert_int_equal(vwr_guest16(g->legacy, n.head.msg_type), VWR_RTC_NOTIF_ALARM);
    assert_int_equal(vwr_guest16(g->legacy, n.clock_id), 0);
    hostile_is_whole(g);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    g->broke = 0;
    g->queues = VWR_VRTC_QUEUES;
    vwr_features_add(&g->features, VWR_RTC_F_ALARM);
    assert_true(guest_start(g));
    assert_false(m->clock[0].armed);
    put_read(g, 1);
    send(g, sizeof(struct vwr_rtc_read_msg_form), sizeof(struct vwr_rtc_resp_read));
    ends(g, sizeof(struct vwr_rtc_resp_read), VWR_RTC_S_OK);
    posts(g, EVENT);
    set_alarm(g, 0, m->now + 5, VWR_RTC_FLAG_ALARM_ENABLED, VWR_RTC_S_OK);
    vwr_vrtc_tick(&m->v);
    hostile_unused(g, ALARMS);
    m->now += 5;
    vwr_vrtc_tick(&m->v);
    expires(g);
}

static const struct hostile_device rtc_device = {plug, works, unplug};

/* Clocks that do not exist, or have no alarm. */
static void g25_clock(struct guest *g, long long clock)
{
    put_read(g, (uint16_t)clock);
    send(g, sizeof(struct vwr_rtc_read_msg_form), sizeof(struct vwr_rtc_resp_read));
    ends(g, sizeof(struct vwr_rtc_resp_read), clock < CLOCKS ? VWR_RTC_S_OK : VWR_RTC_S_ENODEV);
    set_alarm(g, (uint16_t)clock, 0, VWR_RTC_FLAG_ALARM_ENABLED, VWR_RTC_S_ENODEV);
    assert_int_equal(vmm_of(g)->reads, clock < CLOCKS);
}

/* Counters that cannot be read. */
static void g26_counter(struct guest *g, long long counter)
{
    const struct vwr_rtc_read_cross_msg m = {0, (uint8_t)counter};

    vwr_rtc_read_cross_msg_encode(guest_at(g, AT(0), sizeof(struct vwr_rtc_read_cross_msg_form)), g->legacy,
                                  &m);
    send(g, sizeof(struct vwr_rtc_read_cross_msg_form), sizeof(struct vwr_rtc_resp_read_cross));
    ends(g, sizeof(struct vwr_rtc_resp_read_cross), VWR_RTC_S_EOPNOTSUPP);
}

/* Types that do not exist. */
static void g26_type(struct guest *g, long long type)
{
    struct vwr_rtc_req_head *const h = guest_at(g, AT(0), sizeof(*h));

    put_read(g, 0);
    h->msg_type = vwr_guest16(g->legacy, (uint16_t)type);
    send(g, sizeof(struct vwr_rtc_read_msg_form), sizeof(struct vwr_rtc_resp_head));
    ends(g, sizeof(struct vwr_rtc_resp_head), VWR_RTC_S_EOPNOTSUPP);
    assert_int_equal(vmm_of(g)->reads, 0);
}

/* A message, or the space for its answer, that is too short. */
static void g27_short(struct guest *g, long long bytes)
{
    put_read(g, 0);
    send(g, (uint32_t)bytes, sizeof(struct vwr_rtc_resp_read));
    (void)hostile_take(g, REQUESTS);
    put_read(g, 0);
    send(g, sizeof(struct vwr_rtc_read_msg_form), (uint32_t)bytes);
    hostile_used(g, REQUESTS, 0);
    assert_int_equal(vmm_of(g)->reads, 0);
    hostile_is_whole(g);
}

/*
 * An alarm expires while the guest has no buffer: it gets it with the next one, once. The device asks for
 * that notification, which it did not need while it had a buffer.
 */
static void g50_no_buffer(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    vwr_features_remove(&g->features, VWR_F_EVENT_IDX);
    assert_true(guest_start(g));
    posts(g, EVENT);
    set_alarm(g, 0, 0, VWR_RTC_FLAG_ALARM_ENABLED, VWR_RTC_S_OK);
    expires(g);
    for (unsigned i = 0; i < 1000; i++)
        set_alarm(g, 0, 0, VWR_RTC_FLAG_ALARM_ENABLED, VWR_RTC_S_OK);
    for (unsigned i = 0; i < 1000; i++)
        vwr_vrtc_tick(&m->v);
    assert_true(vwr_vqueue_is_armed(&vwr_vrtc_dev(&m->v)->queue[ALARMS]));
    posts(g, EVENT);
    expires(g);
    posts(g, EVENT);
    hostile_unused(g, ALARMS);
}

/* A buffer that is too short for an alarm is returned empty, and the next one has the alarm. */
static void g27_event(struct guest *g, long long bytes)
{
    posts(g, (uint32_t)bytes);
    set_alarm(g, 0, 0, VWR_RTC_FLAG_ALARM_ENABLED, VWR_RTC_S_OK);
    hostile_used(g, ALARMS, 0);
    posts(g, EVENT);
    expires(g);
}

/* A disabled alarm, and one that a reset disables, does not expire. */
static void g46_disabled(struct guest *g, long long reset)
{
    struct vmm *const m = vmm_of(g);

    posts(g, EVENT);
    set_alarm(g, 0, m->now + 1, reset != 0 ? VWR_RTC_FLAG_ALARM_ENABLED : 0, VWR_RTC_S_OK);
    if (reset != 0) {
        assert_true(guest_start(g));
        posts(g, EVENT);
    }
    m->now += 10;
    vwr_vrtc_tick(&m->v);
    hostile_unused(g, ALARMS);
}

/* Without the feature there are no alarms. */
static void g45_feature(struct guest *g, long long at)
{
    (void)at;
    vwr_features_remove(&g->features, VWR_RTC_F_ALARM);
    g->queues = 1;
    assert_true(guest_start(g));
    set_alarm(g, 0, 0, VWR_RTC_FLAG_ALARM_ENABLED, VWR_RTC_S_ENODEV);
}

static const struct hostile_case cases[] = {
    {"G25_clock", "rtc.dev.6 rtc.dev.alarmctl.2", g25_clock, HOSTILE_ALL, 3, {1, CLOCKS, 0xffff}},
    {"G26_counter", "rtc.dev.3", g26_counter, HOSTILE_ALL, 3, {0, 1, 0xff}},
    {"G26_type", "rtc.dev.4", g26_type, HOSTILE_ALL, 3, {0, 0x1006, 0xffff}},
    {"G27_short", "rtc.dev.7", g27_short, HOSTILE_ALL, 3, {1, 8, 15}},
    {"G27_short_event", "robustness: there is no part of a header", g27_event, HOSTILE_ALL, 2, {1, 15}},
    {"G45_feature", "feat.dev.1", g45_feature, HOSTILE_ALL, 0, {0}},
    {"G46_disabled", "reset.dev.2", g46_disabled, HOSTILE_ALL, 2, {0, 1}},
    {"G50_no_buffer", "robustness: what is left to say is bounded", g50_no_buffer, HOSTILE_ALL, 0, {0}},
};

int main(void)
{
    return hostile_run("rtc", &rtc_device, cases, sizeof(cases) / sizeof(cases[0]));
}
