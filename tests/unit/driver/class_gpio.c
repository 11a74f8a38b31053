/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/gpio.h"

#include <string.h>

/* A GPIO device. Its settings are those of two lines, and two unmasked interrupts. */

static const unsigned queues[] = {VWR_GPIO_QUEUE_REQUESTQ, VWR_GPIO_QUEUE_EVENTQ};
#define REQUESTS VWR_GPIO_QUEUE_REQUESTQ
#define EVENTS VWR_GPIO_QUEUE_EVENTQ
#define LINES 4u
#define OUT 1u
#define IN 2u
#define MASKED 3u

static struct vwr_gpio g;
static struct vwr_gpio_line line[LINES];
static struct fake_chain chain;

/* The device: the settings of each line since the reset. */
static struct {
    uint32_t value[LINES], direction[LINES], type[LINES];
    unsigned messages, resets;
} device;

static void forget(const struct fake *f)
{
    if (!class_was_reset(f, &device.resets))
        return;
    memset(device.value, 0, sizeof(device.value));
    memset(device.direction, 0, sizeof(device.direction));
    memset(device.type, 0, sizeof(device.type));
    device.messages = 0;
}

/* It keeps events, and accepts all settings. */
static void serve(struct fake *f, uint32_t queue)
{
    const bool legacy = f->version == VWR_MMIO_VERSION_LEGACY;
    const uint8_t in[2] = {VWR_GPIO_STATUS_OK, 1};
    struct vwr_gpio_request r;

    forget(f);
    while (queue == REQUESTS && !class_silent && fake_ring_next(f, queue, &chain)) {
        uint16_t n;

        assert_int_equal(class_read(&chain, &r, sizeof(r)), sizeof(r));
        n = vwr_guest16(legacy, r.gpio);
        assert_true(n < LINES);
        device.messages++;
        if (vwr_guest16(legacy, r.type) == VWR_GPIO_MSG_SET_VALUE)
            device.value[n] = vwr_guest32(legacy, r.value);
        if (vwr_guest16(legacy, r.type) == VWR_GPIO_MSG_SET_DIRECTION)
            device.direction[n] = vwr_guest32(legacy, r.value);
        if (vwr_guest16(legacy, r.type) == VWR_GPIO_MSG_SET_IRQ_TYPE)
            device.type[n] = vwr_guest32(legacy, r.value);
        class_write(&chain, in, sizeof(in));
        fake_ring_push(f, queue, chain.head, sizeof(in));
    }
}

static void interrupts(struct world *w, uint8_t status)
{
    assert_true(fake_ring_next(&w->f, EVENTS, &chain));
    class_write(&chain, &status, 1);
    fake_ring_push(&w->f, EVENTS, chain.head, 1);
}

/* An output, an input whose interrupt is unmasked, and another whose interrupt has occurred. */
static void begin(struct world *w, const struct format *f)
{
    struct vwr_gpio_options o = {.lines = line, .line_count = LINES};
    unsigned n;

    format_plug(w, f);
    w->f.device_id = VWR_GPIO_ID;
    w->f.on_notify = serve;
    w->f.queue[REQUESTS].size_max = f->size;
    w->f.queue[EVENTS].size_max = f->size;
    fake_offer(&w->f, VWR_GPIO_F_IRQ);
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_GPIO_CONFIG_NGPIO, 2, LINES);
    assert_int_equal(world_probe(w), VWR_OK);
    memset(&device, 0, sizeof(device));
    memset(&g, 0xa5, sizeof(g)); /* memory of the embedder is not zeroed */
    memset(line, 0xa5, sizeof(line));
    class_silent = false;
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    o.request.timeout_us = 50000;
    assert_int_equal(vwr_gpio_open(&g, &w->mmio.dev, &o), VWR_OK);
    device.resets = w->f.resets;
    assert_int_equal(vwr_gpio_set_value(&g, OUT, 1), VWR_OK);
    assert_int_equal(vwr_gpio_set_direction(&g, OUT, VWR_GPIO_DIRECTION_OUT), VWR_OK);
    for (n = IN; n <= MASKED; n++) {
        assert_int_equal(vwr_gpio_set_direction(&g, n, VWR_GPIO_DIRECTION_IN), VWR_OK);
        assert_int_equal(vwr_gpio_set_irq_type(&g, n, VWR_GPIO_IRQ_TYPE_LEVEL_LOW), VWR_OK);
    }
    assert_int_equal(vwr_gpio_unmask(&g, MASKED), VWR_OK);
    interrupts(w, VWR_GPIO_IRQ_STATUS_VALID);
    assert_int_equal(vwr_gpio_poll(&g, &n), 1);
    assert_int_equal(n, MASKED);
    assert_int_equal(vwr_gpio_unmask(&g, IN), VWR_OK);
}

static int look(struct world *w, unsigned queue)
{
    unsigned n;

    (void)w;
    if (queue == REQUESTS)
        return vwr_gpio_get_value(&g, OUT);
    return vwr_gpio_poll(&g, &n);
}

static int wait(struct world *w)
{
    (void)w;
    class_silent = true;
    fake_time.step = 1000;
    assert_int_equal(vwr_gpio_get_value(&g, OUT), VWR_ETIMEOUT);
    return VWR_ETIMEOUT;
}

/* The device has all settings, by one message each, and the one unmasked interrupt, which occurs. */
static void came_back(struct world *w, int why)
{
    unsigned n = LINES;

    (void)why;
    forget(&w->f);
    for (unsigned i = 0; i < 4u * LINES; i++)
        assert_int_equal(vwr_gpio_poll(&g, &n), 0);
    assert_int_equal(g.restore.lost, 0);
    assert_int_equal(device.value[OUT], 1);
    assert_int_equal(device.direction[OUT], VWR_GPIO_DIRECTION_OUT);
    assert_int_equal(device.type[OUT], VWR_GPIO_IRQ_TYPE_NONE);
    for (n = IN; n <= MASKED; n++) {
        assert_int_equal(device.direction[n], VWR_GPIO_DIRECTION_IN);
        assert_int_equal(device.type[n], VWR_GPIO_IRQ_TYPE_LEVEL_LOW);
    }
    assert_int_equal(device.messages, 6);
    if (!line[IN].unmasked) /* it came before the failure was known */
        assert_int_equal(vwr_gpio_unmask(&g, IN), VWR_OK);
    interrupts(w, VWR_GPIO_IRQ_STATUS_INVALID); /* unmasked again */
    assert_int_equal(vwr_gpio_poll(&g, &n), 0);
    interrupts(w, VWR_GPIO_IRQ_STATUS_VALID);
    assert_int_equal(vwr_gpio_poll(&g, &n), 1);
    assert_int_equal(n, IN);
    assert_int_equal(vwr_gpio_get_value(&g, OUT), 1);
}

static int close_it(void)
{
    return vwr_gpio_close(&g);
}

static void released(void)
{
    assert_false(vwr_req_is_in_flight(&g.again.call.req));
    for (unsigned n = 0; n < LINES; n++)
        assert_false(vwr_req_is_in_flight(&line[n].event.call.req));
}

const struct driver_class class_gpio = {
    .name = "gpio",
    .kinds = KIND_ALL,
    .size = 8,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << REQUESTS | 1u << EVENTS,
    .empty = 1u << REQUESTS,
    .bringup = &g.client.bringup,
    .steps = &vwr_gpio_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
