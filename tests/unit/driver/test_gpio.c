/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "vwr/gpio.h"

#include <string.h>

/* Stories of lines (classes/): invalid levels and names, interrupts out of turn, fewer lines or buffers. */

#define REQUESTS VWR_GPIO_QUEUE_REQUESTQ
#define EVENTS VWR_GPIO_QUEUE_EVENTQ
#define LINES 4u
#define LAST (LINES - 1)
#define SETTINGS 3u /* of a line, each by a message of its own */
#define NAMES 10u   /* bytes */

static struct vwr_gpio *g;
static char *names;

/* The device: what it has received, and how it answers. */
static struct {
    struct fake_chain chain;
    uint8_t answer[1 + NAMES];
    uint32_t less; /* number of bytes of an answer that it does not write */
    unsigned messages, events;
    unsigned largest; /* line of a message */
    bool restless;    /* it ends each event immediately, without an interrupt */
    unsigned left;    /* messages that it answers before it is silent */
} device;

static void end_event(struct fake *f, uint8_t status, uint32_t written)
{
    assert_true(fake_ring_next(f, EVENTS, &device.chain));
    device.events++;
    class_write(&device.chain, &status, written);
    fake_ring_push(f, EVENTS, device.chain.head, written);
}

static void serve(struct fake *f, uint32_t queue)
{
    struct fake_chain *const c = &device.chain;
    struct vwr_gpio_request r;

    while (queue == EVENTS && device.restless && fake_ring_waiting(f, EVENTS) > 0)
        end_event(f, VWR_GPIO_IRQ_STATUS_INVALID, 1);
    while (queue == REQUESTS && device.left != 0 && fake_ring_next(f, queue, c)) {
        const uint32_t written = c->writable - device.less;

        assert_int_equal(class_read(c, &r, sizeof(r)), sizeof(r));
        device.messages++;
        device.left--;
        if (vwr_guest16(f->version == VWR_MMIO_VERSION_LEGACY, r.gpio) > device.largest)
            device.largest = vwr_guest16(f->version == VWR_MMIO_VERSION_LEGACY, r.gpio);
        class_write(c, device.answer, written);
        fake_ring_push(f, queue, c->head, written);
    }
}

static void plug(struct world *w, const struct format *f)
{
    memset(&device, 0, sizeof(device));
    device.left = UINT32_MAX;
    bench_plug(w, f, &bench_gpio_driver);
    w->f.on_notify = serve;
    fake_config(&w->f, VWR_GPIO_CONFIG_NGPIO, 2, LINES);
    fake_config(&w->f, VWR_GPIO_CONFIG_GPIO_NAMES_SIZE, 4, NAMES);
    names = fake_ram_alloc(2 * NAMES, 1);
    g = bench_own();
}

static void open_it(struct world *w, const struct format *f)
{
    plug(w, f);
    assert_int_equal(bench_open(w, 0), VWR_OK);
}

/* An input whose interrupt is unmasked. */
static void unmask(unsigned n)
{
    assert_int_equal(vwr_gpio_set_direction(g, n, VWR_GPIO_DIRECTION_IN), VWR_OK);
    assert_int_equal(vwr_gpio_set_irq_type(g, n, VWR_GPIO_IRQ_TYPE_EDGE_BOTH), VWR_OK);
    assert_int_equal(vwr_gpio_unmask(g, n), VWR_OK);
}

static void restart(void)
{
    int r = VWR_EBUSY;

    device.messages = device.events = device.largest = 0;
    while (r == VWR_EBUSY)
        r = vwr_recover(&g->bringup);
    assert_int_equal(r, VWR_OK);
}

static void recover(unsigned lost)
{
    unsigned n;

    restart();
    for (unsigned i = 0; i < SETTINGS * LINES; i++)
        assert_int_equal(vwr_gpio_poll(g, &n), 0);
    assert_int_equal(g->restore.lost, lost);
}

static void needs_reset(struct world *w)
{
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
}

/* Levels and directions that are none. */
static void D30_values(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    for (int value = 0; value <= UINT8_MAX; value++) {
        device.answer[1] = (uint8_t)value;
        assert_int_equal(vwr_gpio_get_value(g, LAST), value <= 1 ? value : VWR_EPROTO);
        assert_int_equal(vwr_gpio_get_direction(g, LAST),
                         value <= VWR_GPIO_DIRECTION_IN ? value : VWR_EPROTO);
    }
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

/* An event that ends without an interrupt is sent again, once; its line stays unmasked. */
static void D41_D42_events(struct world *w, const struct format *f, const void *param)
{
    static const uint8_t statuses[] = {VWR_GPIO_IRQ_STATUS_INVALID, 2, 0xff};
    unsigned n = LINES;

    (void)param;
    open_it(w, f);
    unmask(1);
    for (unsigned i = 0; i < 2 * sizeof(statuses); i++) {
        end_event(&w->f, statuses[i / 2], i % 2);
        assert_false(fake_ring_waiting(&w->f, EVENTS));
        assert_int_equal(vwr_gpio_poll(g, &n), 0);
        assert_int_equal(vwr_gpio_poll(g, &n), 0);
        assert_true(g->options.lines[1].unmasked);
    }
    end_event(&w->f, VWR_GPIO_IRQ_STATUS_VALID, 1);
    assert_false(fake_ring_waiting(&w->f, EVENTS));
    assert_int_equal(vwr_gpio_poll(g, &n), 1);
    assert_int_equal(n, 1);
    assert_int_equal(vwr_gpio_poll(g, &n), 0);
    assert_false(fake_ring_waiting(&w->f, EVENTS)); /* masked */
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

/* An interrupt of a line that has been disabled since. */
static void D30_disabled_line(struct world *w, const struct format *f, const void *param)
{
    unsigned n = LINES;

    (void)param;
    open_it(w, f);
    unmask(1);
    assert_int_equal(vwr_gpio_set_irq_type(g, 1, VWR_GPIO_IRQ_TYPE_NONE), VWR_OK);
    end_event(&w->f, VWR_GPIO_IRQ_STATUS_VALID, 1);
    assert_int_equal(vwr_gpio_poll(g, &n), 0);
    assert_int_equal(n, LINES);
    assert_false(fake_ring_waiting(&w->f, EVENTS));
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

/* A device that ends each event immediately: a poll returns after a bounded number of them. */
static void D41_restless(struct world *w, const struct format *f, const void *param)
{
    unsigned n;

    (void)param;
    open_it(w, f);
    device.restless = true;
    unmask(1);
    for (unsigned i = 1; i <= 3; i++) {
        assert_int_equal(vwr_gpio_poll(g, &n), 0);
        assert_true(device.events <= 1 + i * VWR_GPIO_EVENTS);
    }
    device.restless = false;
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

/* After a reset the device has fewer lines: it receives no message for a line that it lacks. */
static void D30_fewer_lines(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    assert_int_equal(vwr_gpio_set_value(g, 0, 1), VWR_OK);
    assert_int_equal(vwr_gpio_set_value(g, LAST, 1), VWR_OK);
    unmask(1);
    unmask(LAST);
    needs_reset(w);
    fake_config(&w->f, VWR_GPIO_CONFIG_NGPIO, 2, LAST);
    recover(SETTINGS + 1);
    assert_int_equal(device.messages, 3);
    assert_int_equal(device.largest, 1);
    assert_int_equal(vwr_gpio_lines(g), LAST);
    end_event(&w->f, VWR_GPIO_IRQ_STATUS_VALID, 1);
    assert_false(fake_ring_waiting(&w->f, EVENTS));
    assert_int_equal(vwr_gpio_get_value(g, LAST), VWR_EINVAL);
    assert_int_equal(vwr_gpio_get_direction(g, LAST), VWR_EINVAL);
    assert_int_equal(vwr_gpio_set_value(g, LAST, 0), VWR_EINVAL);
    assert_int_equal(device.messages, 3);
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

static void has_names(const char *text)
{
    memcpy(device.answer + 1, text, NAMES);
    memset(names, 'y', 2 * NAMES); /* what follows the names ends none */
    names[2 * NAMES - 1] = '\0';
}

/* Names without a terminator: one of them, or all. */
static void D30_names(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    has_names("a\0b\0\0dddd");
    assert_int_equal(vwr_gpio_get_names(g, names, NAMES), VWR_OK);
    assert_string_equal(vwr_gpio_name(names, NAMES, 1), "b");
    assert_string_equal(vwr_gpio_name(names, NAMES, 2), "");
    assert_string_equal(vwr_gpio_name(names, NAMES, LAST), "dddd");
    assert_string_equal(vwr_gpio_name(names, NAMES, LINES), "");
    has_names("a\0b\0\0ddddd");
    assert_int_equal(vwr_gpio_get_names(g, names, NAMES), VWR_EPROTO);
    assert_string_equal(vwr_gpio_name(names, NAMES, LAST), "");
    has_names("aaaaaaaaaa");
    assert_int_equal(vwr_gpio_get_names(g, names, NAMES), VWR_EPROTO);
    assert_string_equal(vwr_gpio_name(names, NAMES, 0), "");
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

/* The device reports OK, but has not written all names; more names than there is memory for are not
 * requested.
 */
static void D05_short_names(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    for (device.less = 1; device.less <= NAMES; device.less++) {
        has_names("a\0b\0c\0\0\0\0");
        assert_int_equal(vwr_gpio_get_names(g, names, NAMES), VWR_EPROTO);
    }
    device.less = 0;
    device.messages = 0;
    assert_int_equal(vwr_gpio_get_names(g, names, NAMES - 1), VWR_ERANGE);
    assert_int_equal(device.messages, 0);
    assert_int_equal(vwr_gpio_get_names(g, names, 2 * NAMES), VWR_OK);
    assert_int_equal(names[NAMES], 'y');
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

/* A device without interrupts and without names, and one that is already in use. */
static void lacks(struct world *w, const struct format *f, const void *param)
{
    unsigned n = LINES;

    (void)param;
    plug(w, f);
    fake_withhold(&w->f, VWR_GPIO_F_IRQ);
    fake_config(&w->f, VWR_GPIO_CONFIG_GPIO_NAMES_SIZE, 4, 0);
    assert_int_equal(bench_open(w, 0), VWR_OK);
    assert_int_equal(vwr_gpio_set_irq_type(g, 0, VWR_GPIO_IRQ_TYPE_EDGE_BOTH), VWR_EFEATURE);
    assert_int_equal(vwr_gpio_unmask(g, 0), VWR_EINVAL);
    assert_int_equal(vwr_gpio_poll(g, &n), 0);
    assert_false(vwr_gpio_arm(g));
    assert_int_equal(vwr_gpio_get_names(g, names, NAMES), VWR_EUNSUPP);
    assert_int_equal(device.messages, 0);
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
    open_it(w, f);
    assert_int_equal(bench_open(w, 0), VWR_EBUSY);
}

/* An arm fails while an interrupt waits. */
static void arm(struct world *w, const struct format *f, const void *param)
{
    unsigned n = LINES;

    (void)param;
    open_it(w, f);
    unmask(1);
    assert_true(vwr_gpio_arm(g));
    end_event(&w->f, VWR_GPIO_IRQ_STATUS_VALID, 1);
    assert_false(vwr_gpio_arm(g));
    assert_int_equal(vwr_gpio_poll(g, &n), 1);
    assert_true(vwr_gpio_arm(g));
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

/*
 * Interrupts that are unmasked while a recovery sends settings: the recovery unmasks them after the settings.
 * Two events fill the ring; the third line is unmasked when one of them has come back.
 */
static void unmask_in_recovery(struct world *w, const struct format *f, const void *param)
{
    unsigned n = LINES;

    (void)param;
    open_it(w, f);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(vwr_gpio_set_irq_type(g, i, VWR_GPIO_IRQ_TYPE_EDGE_BOTH), VWR_OK);
    needs_reset(w);
    device.left = 1; /* the first line's */
    restart();
    assert_int_equal(vwr_gpio_poll(g, &n), 0);
    for (unsigned i = 0; i < 2 * 3; i++)
        assert_int_equal(vwr_gpio_unmask(g, i % 3), VWR_OK);
    assert_int_equal(fake_ring_avail_idx(&w->f, EVENTS), 0);
    device.left = UINT32_MAX;
    serve(&w->f, REQUESTS);
    assert_int_equal(vwr_gpio_poll(g, &n), 0); /* sends the third setting */
    assert_int_equal(vwr_gpio_poll(g, &n), 0);
    assert_int_equal(fake_ring_avail_idx(&w->f, EVENTS), 2);
    assert_true(g->options.lines[2].unmasked);
    end_event(&w->f, VWR_GPIO_IRQ_STATUS_VALID, 1);
    assert_int_equal(vwr_gpio_poll(g, &n), 1);
    assert_int_equal(n, 0);
    assert_int_equal(fake_ring_avail_idx(&w->f, EVENTS), 3);
    assert_int_equal(vwr_gpio_unmask(g, 0), VWR_EFULL);
    assert_false(g->options.lines[0].unmasked);
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

/*
 * A device that comes back with an event queue that is too short for all unmasked interrupts: all settings
 * are restored, lines can be read and set, and an interrupt is unmasked when another has occurred.
 */
static void recovers_with_fewer_events(struct world *w, const struct format *f, const void *param)
{
    unsigned n = LINES;

    (void)param;
    open_it(w, f);
    unmask(0);
    unmask(1);
    assert_int_equal(vwr_gpio_set_value(g, 2, 1), VWR_OK);
    needs_reset(w);
    w->f.queue[EVENTS].size_max = 2;
    restart();
    assert_int_equal(vwr_gpio_poll(g, &n), 0);
    assert_int_equal(device.messages, 5);
    assert_int_equal(device.largest, 2);
    assert_int_equal(vwr_gpio_get_value(g, 3), 0);
    assert_int_equal(vwr_gpio_set_value(g, 3, 1), VWR_OK);
    assert_int_equal(vwr_gpio_get_names(g, names, NAMES), VWR_OK);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(fake_ring_avail_idx(&w->f, EVENTS), 1 + i);
        end_event(&w->f, VWR_GPIO_IRQ_STATUS_VALID, 1);
        assert_int_equal(vwr_gpio_poll(g, &n), 1);
        assert_int_equal(n, i);
        assert_int_equal(vwr_gpio_unmask(g, 0), i == 0 ? VWR_EFULL : VWR_OK);
    }
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

/* A device that does not answer a recovery: a setting waits for it, and is not sent. */
static void D39_silent_recovery(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    open_it(w, f);
    assert_int_equal(vwr_gpio_set_value(g, 0, 1), VWR_OK);
    needs_reset(w);
    device.left = 0;
    restart();
    fake_time.step = 100u * 1000u;
    assert_int_equal(vwr_gpio_set_value(g, 1, 1), VWR_ETIMEOUT);
    assert_int_equal(g->options.lines[1].known, 0);
    assert_int_equal(vwr_gpio_get_names(g, names, NAMES), VWR_EFAILED);
    fake_time.step = 1;
}

/* An interrupt that was found before a failure, and that nobody has polled: it is the next. */
static void found_before_a_recovery(struct world *w, const struct format *f, const void *param)
{
    unsigned n = LINES;

    (void)param;
    open_it(w, f);
    unmask(1);
    end_event(&w->f, VWR_GPIO_IRQ_STATUS_VALID, 1);
    assert_int_equal(vwr_request_service(&g->client.eventq.requests, 1), 1);
    needs_reset(w);
    restart();
    assert_int_equal(vwr_gpio_poll(g, &n), 1);
    assert_int_equal(n, 1);
    assert_int_equal(g->restore.lost, 0);
    assert_int_equal(vwr_close(&g->bringup), VWR_OK);
}

void bench_stories(struct format_tests *tests)
{
    static const uint16_t sizes[] = {16, 0}, smalls[] = {4, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes};
    static const struct format_range small = {KIND_SPLIT, 0, 0, smalls};

    format_add(tests, "D30_values", D30_values, NULL, &one);
    format_add(tests, "D41_D42_events", D41_D42_events, NULL, &all);
    format_add(tests, "D30_disabled_line", D30_disabled_line, NULL, &one);
    format_add(tests, "D41_restless", D41_restless, NULL, &one);
    format_add(tests, "D30_fewer_lines", D30_fewer_lines, NULL, &all);
    format_add(tests, "D30_names", D30_names, NULL, &one);
    format_add(tests, "D05_short_names", D05_short_names, NULL, &all);
    format_add(tests, "lacks", lacks, NULL, &one);
    format_add(tests, "arm", arm, NULL, &one);
    format_add(tests, "unmask_in_recovery", unmask_in_recovery, NULL, &small);
    format_add(tests, "recovers_with_fewer_events", recovers_with_fewer_events, NULL, &small);
    format_add(tests, "D39_silent_recovery", D39_silent_recovery, NULL, &one);
    format_add(tests, "found_before_a_recovery", found_before_a_recovery, NULL, &all);
}
