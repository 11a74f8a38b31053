/* SPDX-License-Identifier: MIT */
#include "bench.h"

#include "vwr/vinput.h"
#include "vwr/vm.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <string.h>

/* A keyboard: guests with several buffers at once, before their driver is ready, or with questions. */

#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define POISON 0xa5u
#define EVENT ((uint32_t)sizeof(struct vwr_input_event))
#define EVENTQ VWR_INPUT_QUEUE_EVENTQ
#define STATUSQ VWR_INPUT_QUEUE_STATUSQ
#define KEY 30u

static struct vwr_vinput *keys_of(struct guest *g)
{
    return ((struct bench_vmm *)g->device)->own;
}

/* ---- actions of a guest ---- */

static void set_event(struct guest *g, uint64_t addr, uint16_t type, uint16_t code, uint32_t value)
{
    const struct vwr_input_event e = {vwr_guest16(g->legacy, type), vwr_guest16(g->legacy, code),
                                      vwr_guest32(g->legacy, value)};

    memcpy(guest_at(g, addr, EVENT), &e, EVENT);
}

static void assert_event(struct guest *g, uint64_t addr, uint16_t type, uint16_t code)
{
    struct vwr_input_event e;

    memcpy(&e, guest_at(g, addr, EVENT), EVENT);
    assert_int_equal(vwr_guest16(g->legacy, e.type), type);
    assert_int_equal(vwr_guest16(g->legacy, e.code), code);
    assert_int_equal(*(uint8_t *)guest_at(g, addr + EVENT, 1), POISON);
}

static void poison(struct guest *g, uint64_t addr)
{
    memset(guest_at(g, addr, 0x100), POISON, 0x100);
}

static bool press(struct guest *g)
{
    struct vwr_vinput *const in = keys_of(g);

    (void)vwr_vinput_event(in, VWR_EV_KEY, KEY, 1);
    return vwr_vinput_event(in, VWR_EV_SYN, VWR_SYN_REPORT, 0);
}

static void lend_events(struct guest *g, unsigned first, unsigned count)
{
    for (unsigned i = first; i < first + count; i++) {
        poison(g, AT(i));
        hostile_lend_one(g, EVENTQ, AT(i), EVENT, WRITE);
    }
}

static void assert_press(struct guest *g, unsigned first)
{
    hostile_used(g, EVENTQ, EVENT);
    hostile_used(g, EVENTQ, EVENT);
    assert_event(g, AT(first), VWR_EV_KEY, KEY);
    assert_event(g, AT(first + 1), VWR_EV_SYN, VWR_SYN_REPORT);
}

/* ---- events ---- */

/* Buffers shorter than an event complete empty, and the next buffer gets the event. */
static void g27_short_buffers(struct guest *g, long long at)
{
    for (unsigned i = 0; i < 5; i++) {
        poison(g, AT(i));
        hostile_lend_one(g, EVENTQ, AT(i), (uint32_t)at, WRITE);
    }
    lend_events(g, 5, 2);
    guest_kick(g, EVENTQ);
    assert_true(press(g));
    for (unsigned i = 0; i < 5; i++) {
        hostile_used(g, EVENTQ, 0);
        assert_int_equal(*(uint8_t *)guest_at(g, AT(i), 1), POISON);
    }
    assert_press(g, 5);
    assert_int_equal(keys_of(g)->stats.ignored, 5);
}

/* A readable buffer; one of both directions; an event in eight segments; a longer buffer. */
static void g28_forms(struct guest *g, long long at)
{
    const struct guest_desc both[2] = {{AT(1), 8, 0, 0}, {AT(2), EVENT, WRITE, 0}};
    struct guest_desc byte[EVENT];

    (void)at;
    hostile_lend_one(g, EVENTQ, AT(0), EVENT, 0);
    poison(g, AT(2));
    hostile_send(g, EVENTQ, both, 2);
    assert_true(press(g));
    hostile_used(g, EVENTQ, 0);
    hostile_used(g, EVENTQ, EVENT);
    assert_event(g, AT(2), VWR_EV_KEY, KEY);
    for (unsigned i = 0; i < EVENT; i++) {
        byte[i] = (struct guest_desc){AT(3) + 2 * i, 1, WRITE, 0};
        memset(guest_at(g, AT(3) + 2 * i, 2), POISON, 2);
    }
    hostile_send(g, EVENTQ, byte, EVENT);
    hostile_used(g, EVENTQ, EVENT);
    for (unsigned i = 0; i < EVENT; i++) { /* SYN_REPORT is all zeroes */
        assert_int_equal(*(uint8_t *)guest_at(g, AT(3) + 2 * i, 1), 0);
        assert_int_equal(*(uint8_t *)guest_at(g, AT(3) + 2 * i + 1, 1), POISON);
    }
}

/* A queue reset after a part of a group was delivered: the rest of the group is dropped, the next group is
 * complete. */
static void g46_queue_reset_in_a_group(struct guest *g, long long at)
{
    (void)at;
    assert_true(press(g));
    assert_true(press(g));
    lend_events(g, 0, 1);
    guest_kick(g, EVENTQ);
    hostile_used(g, EVENTQ, EVENT);
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), EVENTQ);
    guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
    guest_lay_out(g, EVENTQ, GUEST_QUEUE_MAX);
    assert_true(guest_set_queue(g, EVENTQ));
    lend_events(g, 0, 3);
    guest_kick(g, EVENTQ);
    assert_press(g, 0);
    hostile_unused(g, EVENTQ);
    assert_int_equal(keys_of(g)->stats.dropped, 1);
}

/*
 * Before DRIVER_OK nothing is fetched from the rings, and events of the VMM are dropped. A legacy device is
 * live after DRIVER, one with the switch qemu after the notification (EARLY_REQUEST).
 */
static void g43_before_driver_ok(struct guest *g, long long at)
{
    (void)at;
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    for (unsigned i = 0; i < g->queues; i++)
        assert_true(guest_set_queue(g, i));
    lend_events(g, 0, 2);
    guest_kick(g, EVENTQ);
    assert_int_equal(press(g), g->legacy || g->dev->as_qemu);
    if (g->legacy || g->dev->as_qemu)
        assert_press(g, 0);
    else
        hostile_unused(g, EVENTQ);
}

/* ---- status ---- */

static struct guest *refilled;

/* A guest that sends again while it is served. For a packed ring: rings_times.c. */
static enum bench_how refill(struct bench_vmm *vmm)
{
    struct guest *const g = refilled;

    (void)vmm;
    log_again(); /* the guest has rewritten what was fetched */
    hostile_lend_one(g, STATUSQ, AT(0), EVENT, 0);
    return BENCH_RIGHT;
}

static void g50_status_is_refilled(struct guest *g, long long at)
{
    struct bench_vmm *const vmm = g->device;
    enum bench_how (*const how)(struct bench_vmm *) = vmm->how;

    (void)at;
    g->budget = 1u << 20;
    refilled = g;
    vmm->how = refill;
    set_event(g, AT(0), VWR_EV_LED, VWR_LED_NUML, 1);
    hostile_send_one(g, STATUSQ, AT(0), EVENT, 0);
    vmm->how = how;
    assert_int_equal(vmm->calls, VWR_VDEV_BUDGET);
    assert_int_equal(g->again, 1);
    hostile_is_whole(g);
}

/* ---- configuration ---- */

static uint8_t read_config(struct guest *g, unsigned at)
{
    return (uint8_t)guest_read(g, VWR_MMIO_CONFIG + at, 1);
}

/*
 * Every query: the answer has the reported size, and zeroes follow it. The writes do not change read-only
 * fields.
 */
static void g47_every_question(struct guest *g, long long at)
{
    for (unsigned select = 0; select < 256; select += select == 0x13 ? 0xe0 : 1) {
        guest_write(g, VWR_MMIO_CONFIG + VWR_INPUT_CONFIG_SELECT, 1, select);
        guest_write(g, VWR_MMIO_CONFIG + VWR_INPUT_CONFIG_SUBSEL, 1, (uint64_t)at);
        assert_int_equal(read_config(g, VWR_INPUT_CONFIG_SELECT), select);
        assert_true(read_config(g, VWR_INPUT_CONFIG_SIZE) <= sizeof(((struct vwr_input_config *)0)->u));
        for (unsigned i = VWR_INPUT_CONFIG_U + read_config(g, VWR_INPUT_CONFIG_SIZE);
             i < sizeof(struct vwr_input_config) + 8; i++)
            assert_int_equal(read_config(g, i), 0);
    }
    guest_write(g, VWR_MMIO_CONFIG + VWR_INPUT_CONFIG_SELECT, 1, VWR_INPUT_CFG_ID_NAME);
    guest_write(g, VWR_MMIO_CONFIG + VWR_INPUT_CONFIG_SUBSEL, 1, 0);
    guest_write(g, VWR_MMIO_CONFIG + VWR_INPUT_CONFIG_SIZE, 1, 0xff);
    for (unsigned i = VWR_INPUT_CONFIG_U; i < sizeof(struct vwr_input_config) + 8; i++)
        guest_write(g, VWR_MMIO_CONFIG + i, 1, 0xff);
    assert_int_equal(read_config(g, VWR_INPUT_CONFIG_SIZE), strlen(vwr_vinput_keyboard.name));
    assert_int_equal(read_config(g, VWR_INPUT_CONFIG_U), vwr_vinput_keyboard.name[0]);
}

static void g45_features(struct guest *g, long long at)
{
    (void)at;
    hostile_takes_too_much(g);
    lend_events(g, 0, 2);
    guest_kick(g, EVENTQ);
    assert_true(press(g));
    assert_press(g, 0);
}

static const struct hostile_case cases[] = {
    {"G27_event_in_a_short_buffer", "input.drv.3", g27_short_buffers, HOSTILE_ALL, 3, {1, 4, 7}},
    {"G28_forms_of_an_event_buffer",
     "input.drv.3 split.dev.framing.1 split.dev.desc.1 packed.dev.desc.1",
     g28_forms,
     HOSTILE_ALL,
     0,
     {0}},
    {"G46_queue_reset_in_a_group", "input.dev.2", g46_queue_reset_in_a_group, HOSTILE_V2, 0, {0}},
    {"G43_events_before_driver_ok", "status.dev.1", g43_before_driver_ok, HOSTILE_ALL, 0, {0}},
    {"G45_features_not_offered", "feat.drv.1", g45_features, HOSTILE_ALL, 0, {0}},
    {"G50_status_is_refilled",
     "robustness: one queue is not to starve another",
     g50_status_is_refilled,
     HOSTILE_SPLIT,
     0,
     {0}},
    {"G47_every_question",
     "input.dev.init.1 input.drv.init.2",
     g47_every_question,
     HOSTILE_ALL,
     5,
     {0, 1, 3, 17, 255}},
};

unsigned bench_stories(struct hostile_case *to)
{
    memcpy(to, cases, sizeof(cases));
    return sizeof(cases) / sizeof(cases[0]);
}
