/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <stdio.h>
#include <string.h>

/* The trace of a port that has one (port_trace): its events, and the text of its lines. */

#define EVENTS 512u
#define SIZE 8u

struct vwr_trace *fake_trace;

static struct vwr_trace_event events[EVENTS];
static struct vwr_trace trace;

static void begin(uint32_t size)
{
    memset(events, 0, sizeof(events));
    trace = (struct vwr_trace){events, size, 0};
    fake_trace = &trace;
}

static int setup(void **state)
{
    fake_trace = NULL;
    return world_setup(state);
}

static const struct vwr_trace_event *event(uint32_t n)
{
    assert_true(n < trace.next);
    return &events[n % trace.size];
}

static void event_is(uint32_t n, uint32_t what, uint64_t a, uint32_t b, uint32_t c)
{
    const struct vwr_trace_event *e = event(n);

    assert_int_equal(e->what, what);
    assert_true(e->a == a);
    assert_int_equal(e->b, b);
    assert_int_equal(e->c, c);
}

/* ---- events ---- */

/* Each register access, in order, as seen by the device; the configuration space with its access width. */
static void trace_has_each_register_access(void **state)
{
    struct world *w = *state;
    uint32_t n = 0;

    world_plug(w, world_version(w));
    assert_int_equal(world_probe(w), VWR_OK);
    fake_forget(&w->f);
    begin(EVENTS);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_OK);
    for (unsigned i = 0; i < w->f.line_count; i++) {
        const char *line = w->f.lines[i];
        const struct vwr_trace_event *e = event(n);
        char value[24];

        n++;
        assert_int_equal(e->what, line[0] == 'W' ? VWR_TRACE_WRITE : VWR_TRACE_READ);
        if (strncmp(line + 2, "Config+", 7) == 0) {
            assert_true(e->a >= FAKE_BASE + VWR_MMIO_CONFIG && e->b <= 4);
            continue;
        }
        assert_true(e->a >= FAKE_BASE && e->a < FAKE_BASE + VWR_MMIO_SIZE);
        assert_non_null(strstr(line, vwr_name(vwr_mmio_register_names, (uint32_t)(e->a - FAKE_BASE))));
        assert_int_equal(e->b, 4);
        snprintf(value, sizeof(value), " 0x%x", (unsigned)e->c);
        assert_non_null(strstr(line, value));
    }
    assert_int_equal(n, trace.next);
    assert_true(n > 20);
}

/* A whole session as lines, for ./vwr explain; the test explain.runtime_... checks its output for them. */
static void trace_of_a_life(void **state)
{
    struct world *w = *state;
    FILE *file = fopen(world_version(w) == VWR_MMIO_VERSION_LEGACY ? "legacy.trace" : "modern.trace", "w");
    char line[100];

    assert_non_null(file);
    world_plug(w, world_version(w));
    begin(EVENTS);
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_OK);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 2), VWR_OK);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    for (uint32_t n = 0; n < trace.next; n++) {
        assert_true(vwr_trace_line(&trace, n, line, sizeof(line)) < sizeof(line));
        fprintf(file, "%s\n", line);
    }
    assert_int_equal(fclose(file), 0);
}

static void trace_of_a_buffer(struct world *w, const struct format *f, const void *param)
{
    struct fake_chain c;
    struct load l;

    (void)param;
    fake_trace = NULL;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_NO_TABLES);
    begin(EVENTS);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 2, &l.chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[1]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_true(vwr_queue_arm(&w->queue, 1));
    assert_true(fake_ring_next(&w->f, 0, &c));
    event_is(0, VWR_TRACE_ADD, 0, c.head, 3);
    fake_ring_push(&w->f, 0, c.head, 17);
    assert_int_equal(vwr_dev_irq(&w->mmio.dev), 1);
    assert_false(vwr_queue_arm(&w->queue, 1));
    load_take_ok(w, &l.chain[0]);
    assert_true(fake_ring_next(&w->f, 0, &c));
    event_is(1, VWR_TRACE_ADD, 0, c.head, 1);
    event_is(2, VWR_TRACE_KICK, 0, 2, 1);
    event_is(3, VWR_TRACE_WRITE, FAKE_BASE + VWR_MMIO_QUEUE_NOTIFY, 4, w->f.queue[0].notified - 1);
    event_is(4, VWR_TRACE_ARM, 0, 1, 0);
    event_is(5, VWR_TRACE_READ, FAKE_BASE + VWR_MMIO_INTERRUPT_STATUS, 4, 1);
    event_is(6, VWR_TRACE_WRITE, FAKE_BASE + VWR_MMIO_INTERRUPT_ACK, 4, 1);
    event_is(7, VWR_TRACE_IRQ, 1, 0, 0);
    event_is(8, VWR_TRACE_ARM, 0, 0, 0);
    assert_int_equal(event(9)->what, VWR_TRACE_TAKE);
    assert_int_equal(event(9)->c, 17);
    vwr_queue_stop(&w->queue, VWR_ETIMEOUT);
    vwr_queue_stop(&w->queue, VWR_EFAILED); /* already stopped */
    event_is(10, VWR_TRACE_STOP, 0, (uint32_t)VWR_ETIMEOUT, 0);
    assert_int_equal(trace.next, 11);
}

/* A kick that the device has suppressed, and one without new buffers. */
static void trace_of_a_quiet_kick(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    fake_trace = NULL;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_NO_TABLES);
    fake_ring_suppress(&w->f, 0, FAKE_NO_EVENT, 0);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[1]), VWR_OK);
    begin(EVENTS);
    assert_false(vwr_queue_kick(&w->queue));
    event_is(0, VWR_TRACE_KICK, 0, 1, 0);
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(trace.next, 1);
}

/* The last events are kept; the event number continues. */
static void trace_wraps(void **state)
{
    struct world *w = *state;
    char line[128];

    world_ring(w, VWR_MMIO_VERSION_MODERN, SIZE);
    begin(4);
    for (unsigned i = 0; i < 10; i++) {
        w->f.interrupt = 0;
        (void)vwr_dev_irq(&w->mmio.dev); /* one read, and no reason was set */
    }
    assert_int_equal(trace.next, 20);
    for (uint32_t n = 0; n < 25; n++) {
        const bool there = n >= 16 && n < 20;

        line[0] = '?';
        assert_int_equal(vwr_trace_line(&trace, n, line, sizeof(line)) > 0, there);
        if (there)
            event_is(n, n % 2 ? VWR_TRACE_IRQ : VWR_TRACE_READ,
                     n % 2 ? 0 : FAKE_BASE + VWR_MMIO_INTERRUPT_STATUS, n % 2 ? 0 : 4, 0);
    }
    for (unsigned i = 4; i < EVENTS; i++)
        assert_int_equal(events[i].what, 0); /* nothing is written behind the end */
}

/* A wait is one event; a read of another value, or after another event, is a new one. */
static void trace_has_equal_reads_once(void **state)
{
    struct world *w = *state;
    struct vwr_fault fault = {0, 0, 0};
    uint32_t status;

    world_ring(w, VWR_MMIO_VERSION_MODERN, SIZE);
    status = w->f.status;
    begin(EVENTS);
    for (unsigned i = 0; i < 10; i++)
        assert_int_equal(vwr_dev_poll_status(&w->mmio.dev, &fault), VWR_OK);
    assert_int_equal(trace.next, 1);
    event_is(0, VWR_TRACE_READ, FAKE_BASE + VWR_MMIO_STATUS, 4, status);
    (void)vwr_dev_irq(&w->mmio.dev);
    assert_int_equal(trace.next, 3);
    assert_int_equal(vwr_dev_poll_status(&w->mmio.dev, &fault), VWR_OK);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_poll_status(&w->mmio.dev, &fault), VWR_ENEEDSRESET);
    event_is(4, VWR_TRACE_READ, FAKE_BASE + VWR_MMIO_STATUS, 4, status | VWR_STATUS_DEVICE_NEEDS_RESET);
}

/* The event number wraps like any unsigned number. */
static void trace_number_wraps(void **state)
{
    struct world *w = *state;
    char line[128];

    world_ring(w, VWR_MMIO_VERSION_MODERN, SIZE);
    begin(4);
    trace.next = UINT32_MAX;
    (void)vwr_dev_irq(&w->mmio.dev);
    assert_int_equal(trace.next, 1);
    assert_true(vwr_trace_line(&trace, UINT32_MAX, line, sizeof(line)) > 0);
    assert_true(vwr_trace_line(&trace, 0, line, sizeof(line)) > 0);
    assert_int_equal(vwr_trace_line(&trace, 1, line, sizeof(line)), 0);
}

static void no_trace_now(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    begin(EVENTS);
    fake_trace = NULL;
    world_opened(w);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
    assert_int_equal(trace.next, 0);
}

/*
 * Up to VWR_TRACE_BYTES bytes of a message are recorded, eight per event, with the number of remaining bytes.
 */
static void trace_of_a_message(void **state)
{
    uint8_t message[VWR_TRACE_BYTES + 1];
    static const uint32_t sizes[] = {0, 1, 8, 9, VWR_TRACE_BYTES - 1, VWR_TRACE_BYTES, VWR_TRACE_BYTES + 1};

    (void)state;
    for (unsigned i = 0; i < sizeof(message); i++)
        message[i] = (uint8_t)(i + 1);
    for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const uint32_t bytes = sizes[i] < VWR_TRACE_BYTES ? sizes[i] : VWR_TRACE_BYTES;
        const uint32_t last = bytes == 0 ? 0 : (bytes - 1) / 8;

        begin(EVENTS);
        vwr_trace_message(VWR_TRACE_OUT, 3, message, sizes[i]);
        assert_int_equal(trace.next, last + 1);
        event_is(0, VWR_TRACE_OUT, bytes == 0 ? 0 : bytes == 1 ? 1 : 0x0807060504030201, 3, bytes);
        assert_int_equal(event(last)->c, bytes - 8 * last);
    }
    fake_trace = NULL;
    vwr_trace_message(VWR_TRACE_OUT, 3, message, sizeof(message));
    assert_int_equal(trace.next, VWR_TRACE_BYTES / 8);
}

/* Events have the port's time, which does not go backwards. */
static void trace_has_the_time(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    begin(EVENTS);
    fake_time.step = 7;
    fake_time.now = 1000;
    world_opened(w);
    assert_true(event(0)->time_us > 1000);
    for (uint32_t n = 1; n < trace.next; n++)
        assert_true(event(n)->time_us >= event(n - 1)->time_us + 7);
}

/* ---- lines ---- */

static const struct {
    struct vwr_trace_event event;
    const char *line;
} lines[] = {
    {{0, 0x0a000000, 4, 0x74726976, VWR_TRACE_READ, 0}, "vwr-trace 0 0 read 0xa000000 4 0x74726976"},
    {{12, 0x0a000050, 4, 0, VWR_TRACE_WRITE, 0}, "vwr-trace 1 12 write 0xa000050 4 0x0"},
    {{UINT64_MAX, UINT64_MAX, 4, UINT32_MAX, VWR_TRACE_WRITE, 0},
     "vwr-trace 2 18446744073709551615 write 0xffffffffffffffff 4 0xffffffff"},
    {{3, 1, 65535, 32768, VWR_TRACE_ADD, 0}, "vwr-trace 3 3 add 1 65535 32768"},
    {{4, 2, 5, 1, VWR_TRACE_KICK, 0}, "vwr-trace 4 4 kick 2 5 1"},
    {{5, 0, 7, UINT32_MAX, VWR_TRACE_TAKE, 0}, "vwr-trace 5 5 take 0 7 4294967295"},
    {{6, 3, 9, 9, VWR_TRACE_IRQ, 0}, "vwr-trace 6 6 irq 3"},
    {{7, 0, 1, 9, VWR_TRACE_ARM, 0}, "vwr-trace 7 7 arm 0 1"},
    {{8, 0, (uint32_t)VWR_EBADRING, 9, VWR_TRACE_STOP, 0}, "vwr-trace 8 8 stop 0 -18"},
    {{9, 0x10007000, VWR_TRACE_STRUCTURE(2, 4), 4096, VWR_TRACE_PLACE, 0},
     "vwr-trace 9 9 place 0x10007000 2 4 0x1000"},
};
#define LINES (sizeof(lines) / sizeof(lines[0]))

static void fill(void)
{
    begin(16); /* the size has to be a power of 2; LINES of them are used */
    for (uint32_t n = 0; n < LINES; n++)
        events[n] = lines[n].event;
    trace.next = LINES;
}

static void lines_as_explain_reads_them(void **state)
{
    char line[128];

    (void)state;
    fill();
    for (uint32_t n = 0; n < LINES; n++) {
        assert_int_equal(vwr_trace_line(&trace, n, line, sizeof(line)), strlen(lines[n].line));
        assert_string_equal(line, lines[n].line);
    }
}

/* A buffer of any size: the line is truncated and terminated, and its full length is returned. */
static void lines_in_any_room(void **state)
{
    char line[128];

    (void)state;
    fill();
    for (uint32_t n = 0; n < LINES; n++) {
        const size_t all = strlen(lines[n].line);

        for (size_t room = 0; room <= all + 2; room++) {
            memset(line, '?', sizeof(line));
            assert_int_equal(vwr_trace_line(&trace, n, line, room), all);
            assert_int_equal(line[room], '?');
            if (room == 0)
                continue;
            assert_int_equal(strlen(line), room - 1 < all ? room - 1 : all);
            assert_int_equal(strncmp(line, lines[n].line, room - 1), 0);
        }
    }
}

/* Invalid kinds: events corrupted by an interrupt, or memory that was not zeroed. */
static void lines_of_nothing(void **state)
{
    static const uint32_t whats[] = {0, VWR_TRACE_PLACE + 1, 255, 256, 0xffffffff};
    char line[128];

    (void)state;
    for (size_t i = 0; i < sizeof(whats) / sizeof(whats[0]); i++) {
        fill();
        events[0].what = whats[i];
        assert_int_equal(vwr_trace_line(&trace, 0, line, sizeof(line)), 0);
    }
    begin(4);
    assert_int_equal(vwr_trace_line(&trace, 0, line, sizeof(line)), 0); /* no event yet */
    assert_int_equal(vwr_trace_line(&trace, UINT32_MAX, line, sizeof(line)), 0);
}

static struct CMUnitTest traced(struct CMUnitTest test)
{
    test.setup_func = setup;
    return test;
}

int main(void)
{
    static const uint16_t size[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT | FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0,
                                            size};
    const struct CMUnitTest single[] = {
        WORLD_MODERN(trace_has_each_register_access),
        WORLD_LEGACY(trace_has_each_register_access),
        WORLD_MODERN(trace_of_a_life),
        WORLD_LEGACY(trace_of_a_life),
        WORLD_TEST(trace_has_equal_reads_once),
        WORLD_TEST(trace_wraps),
        WORLD_TEST(trace_number_wraps),
        WORLD_TEST(no_trace_now),
        WORLD_TEST(trace_of_a_message),
        WORLD_TEST(trace_has_the_time),
        WORLD_TEST(lines_as_explain_reads_them),
        WORLD_TEST(lines_in_any_room),
        WORLD_TEST(lines_of_nothing),
    };
    static struct format_tests tests;

    format_add(&tests, "trace_of_a_buffer", trace_of_a_buffer, NULL, &all);
    format_add(&tests, "trace_of_a_quiet_kick", trace_of_a_quiet_kick, NULL, &all);
    for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++)
        tests.test[tests.count++] = traced(single[i]);
    return format_run("trace", &tests);
}
