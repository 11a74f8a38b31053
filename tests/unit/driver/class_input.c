/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/input.h"

#include <string.h>

/* A keyboard. Its settings are its LEDs. */

static const unsigned queues[] = {VWR_INPUT_QUEUE_EVENTQ, VWR_INPUT_QUEUE_STATUSQ};
#define EVENTQ VWR_INPUT_QUEUE_EVENTQ
#define STATUSQ VWR_INPUT_QUEUE_STATUSQ
#define REL 2u     /* EV_REL of evdev */
#define EVENTS 16u /* size of the FIFO */

static struct vwr_input in;
static struct vwr_input_options options;
static uint64_t fifo[EVENTS];
static struct fake_chain chain;

/* The device: bit masks of the LEDs that it knows and that are on, and the number of messages. */
static struct {
    uint32_t known, on;
    unsigned sent;
    unsigned resets;
} device;

static void forget(const struct fake *f)
{
    if (class_was_reset(f, &device.resets))
        device.known = device.on = device.sent = 0;
}

static void serve(struct fake *f, uint32_t queue)
{
    struct vwr_input_event e;
    const bool legacy = f->version == VWR_MMIO_VERSION_LEGACY;

    forget(f);

    while (queue == STATUSQ && !class_silent && fake_ring_next(f, STATUSQ, &chain)) {
        uint32_t bit;

        assert_int_equal(class_read(&chain, &e, sizeof(e)), sizeof(e));
        assert_int_equal(vwr_guest16(legacy, e.type), VWR_EV_LED);
        bit = (uint32_t)1 << vwr_guest16(legacy, e.code);
        device.known |= bit;
        device.on = vwr_guest32(legacy, e.value) != 0 ? device.on | bit : device.on & ~bit;
        device.sent++;
        fake_ring_push(f, STATUSQ, chain.head, 0);
    }
}

static void sends(struct world *w, uint16_t type, uint32_t value)
{
    const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    const struct vwr_input_event e = {vwr_guest16(legacy, type), 0, vwr_guest32(legacy, value)};

    assert_true(fake_ring_next(&w->f, EVENTQ, &chain));
    class_write(&chain, &e, sizeof(e));
    fake_ring_push(&w->f, EVENTQ, chain.head, sizeof(e));
}

static void reads(uint16_t type, uint32_t value)
{
    struct vwr_input_event_msg e;

    assert_true(vwr_input_read(&in, &e));
    assert_int_equal(e.type, type);
    assert_int_equal(e.value, value);
}

/* One group is complete and unread. Half of a second group has arrived, partly unpolled. The device knows
 * LED 0; 3 and 1 are in flight. */
static void begin(struct world *w, const struct format *f)
{
    format_plug(w, f);
    w->f.device_id = VWR_INPUT_ID;
    w->f.on_notify = serve;
    w->f.queue[EVENTQ].size_max = f->size;
    w->f.queue[STATUSQ].size_max = f->size;
    assert_int_equal(world_probe(w), VWR_OK);
    memset(&device, 0, sizeof(device));
    memset(&in, 0xa5, sizeof(in));
    memset(&options, 0, sizeof(options));
    options.shared = fake_ram_alloc(sizeof(*options.shared), VWR_QUEUE_SHARED_ALIGN);
    options.event = fifo;
    options.event_count = EVENTS;
    class_silent = false;
    assert_int_equal(vwr_input_open(&in, &w->mmio.dev, &options), VWR_OK);
    assert_int_equal(vwr_input_set_led(&in, 0, true), VWR_OK);
    assert_int_equal(device.sent, 1);
    class_silent = true;
    sends(w, REL, 40);
    sends(w, VWR_EV_SYN, VWR_SYN_REPORT);
    sends(w, REL, 50);
    assert_int_equal(vwr_input_poll(&in), VWR_OK);
    sends(w, REL, 51);
    assert_int_equal(vwr_input_set_led(&in, 3, true), VWR_OK);
    assert_int_equal(vwr_input_set_led(&in, 1, false), VWR_OK);
    assert_true(fake_ring_next(&w->f, STATUSQ, &chain));
}

static int look(struct world *w, unsigned queue)
{
    (void)w;
    return queue == EVENTQ ? vwr_input_poll(&in) : vwr_input_set_led(&in, 3, true);
}

/* The keyboard may be idle, so only the owner decides how long is too long. */
static int wait(struct world *w)
{
    (void)w;
    vwr_input_give_up(&in);
    return VWR_ERESET;
}

static void came_back(struct world *w, int why)
{
    const unsigned lost = (unsigned)in.status.requests.stats.returned;

    (void)why;
    assert_true(lost >= 2); /* LED messages in flight; the current state is sent instead, once */
    forget(&w->f);
    assert_int_equal(device.sent, 3);
    assert_int_equal(device.known, 1 << 0 | 1 << 1 | 1 << 3);
    assert_int_equal(device.on, 1 << 0 | 1 << 3);
    assert_int_equal(in.stats.groups, 1);
    assert_int_equal(in.stats.torn, 1);
    assert_int_equal(in.stats.dropped, 0);
    reads(REL, 40);
    reads(VWR_EV_SYN, VWR_SYN_REPORT);
    assert_true(vwr_input_is_empty(&in));
    class_all_posted(w, EVENTQ, VWR_INPUT_QUEUE, 0);
    for (unsigned i = 0; i < 2u * in.events.used_count; i++) {
        sends(w, REL, 60 + i);
        sends(w, VWR_EV_SYN, VWR_SYN_REPORT);
        assert_int_equal(vwr_input_poll(&in), VWR_OK);
        reads(REL, 60 + i);
        reads(VWR_EV_SYN, VWR_SYN_REPORT);
    }
    assert_int_equal(vwr_input_set_led(&in, 3, false), VWR_OK);
    assert_int_equal(device.on, 1 << 0);
}

static int close_it(void)
{
    return vwr_input_close(&in);
}

static void released(void)
{
    for (unsigned i = 0; i < VWR_INPUT_QUEUE; i++)
        assert_int_not_equal(in.event_buffer[i].owner, VWR_RECEIVE_DEVICE);
    for (unsigned i = 0; i < VWR_INPUT_STATUS_QUEUE; i++)
        assert_false(vwr_req_is_in_flight(&in.status_request[i]));
}

const struct driver_class class_input = {
    .name = "input",
    .kinds = KIND_ALL,
    .size = 8,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << EVENTQ | 1u << STATUSQ,
    .bringup = &in.bringup,
    .steps = &vwr_input_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
