/* SPDX-License-Identifier: MIT */
#include "host_vm.h"
#include "guest_console.h"
#include "vwr/vconsole.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/* A console device and a guest's driver for it, in every ring format. */

#define PORTS 3u
#define STREAM 20000u

/* The VMM's side of a port: the output received, and how much of it the VMM accepts per call. */
struct host_port {
    uint8_t out[STREAM];
    uint32_t outs;
    uint32_t take;   /* bytes of output to accept until the next resume; UINT32_MAX: no limit */
    unsigned wanted; /* calls of input_wanted */
    unsigned opened; /* and of opened */
    bool open;
    const char *type; /* input passed from within input_wanted */
};

struct world {
    struct host_vm h;
    struct vwr_vconsole c;
    struct vwr_vconsole_port port[PORTS];
    struct vwr_vconsole_options options;
    struct host_port host[PORTS];
    struct guest_console_memory *memory;
    struct guest_console g;
};

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    struct world *const w = c->context;
    struct host_port *const p = &w->host[port];
    const uint32_t taken = n < p->take ? n : p->take;

    assert_true(w->h.locked && n > 0 && p->outs + taken <= STREAM);
    memcpy(p->out + p->outs, bytes, taken);
    p->outs += taken;
    if (p->take != UINT32_MAX)
        p->take -= taken;
    return taken;
}

static void input_wanted(struct vwr_vconsole *c, unsigned port)
{
    struct world *const w = c->context;
    const char *const type = w->host[port].type;

    assert_true(w->h.locked);
    w->host[port].wanted++;
    w->host[port].type = NULL;
    if (type != NULL)
        assert_int_equal(vwr_vconsole_input_locked(c, port, type, (uint32_t)strlen(type)), strlen(type));
}

static void opened(struct vwr_vconsole *c, unsigned port, bool open)
{
    struct world *const w = c->context;

    assert_true(w->h.locked && w->host[port].open != open);
    w->host[port].opened++;
    w->host[port].open = open;
}

static const struct vwr_vconsole_ops ops = {output, input_wanted, opened};

static struct world *begin(void **state, unsigned ports)
{
    struct world *const w = calloc(1, sizeof(*w));

    assert_non_null(w);
    host_vm_begin(&w->h, *state);
    w->memory = host_vm_alloc(&w->h, sizeof(*w->memory));
    w->options = (struct vwr_vconsole_options){&ops, w, w->port, (uint16_t)ports, 80, 25, true};
    for (unsigned i = 0; i < PORTS; i++)
        w->host[i].take = UINT32_MAX;
    w->port[0].console = true;
    w->port[1].name = "org.example.bytes";
    w->port[2].name = "second console";
    w->port[2].console = true;
    return w;
}

static void plug(struct world *w)
{
    assert_int_equal(vwr_vconsole_init_with(&w->c, &w->h.setup, &w->options), VWR_OK);
    host_vm_plug(&w->h, &w->c.dev);
}

static void open_guest(struct world *w)
{
    assert_int_equal(guest_console_open(&w->g, &w->h.mmio.dev, w->memory, NULL), VWR_OK);
}

static void work(struct world *w)
{
    assert_int_equal(guest_console_work(&w->g), VWR_OK);
}

/* Runs until neither side has more to do. */
static void run_until_idle(struct world *w)
{
    unsigned before, passes = 0;

    do {
        assert_true(passes++ < 1000);
        before = w->g.logged;
        (void)host_vm_serve(&w->h);
        work(w);
    } while (w->g.logged != before || w->h.kicked != 0);
}

static struct world *ready(void **state, unsigned ports)
{
    struct world *const w = begin(state, ports);

    plug(w);
    open_guest(w);
    run_until_idle(w);
    return w;
}

static void end(struct world *w)
{
    assert_int_equal(w->h.broken, 0);
    host_vm_end(&w->h);
    free(w);
}

static uint32_t random_below(uint32_t n)
{
    static uint32_t x = 2463534242u;

    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return x % n;
}

static void fill(uint8_t *bytes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)random_below(256);
}

/* ---- bytes ---- */

/* Every byte arrives once and in order, however the guest splits the output and however much the VMM
 * accepts. */
static void output_is_a_stream(void **state)
{
    static uint8_t sent[STREAM];
    struct world *const w = ready(state, 1);
    uint32_t at = 0;

    fill(sent, STREAM);
    for (unsigned i = 0; at < STREAM || w->host[0].outs < STREAM; i++) {
        const uint32_t n = random_below(200);

        assert_true(i < STREAM);
        w->host[0].take = random_below(90);
        vwr_vconsole_resume(&w->c, 0);
        at += guest_console_write(&w->g, 0, sent + at, n < STREAM - at ? n : STREAM - at);
        assert_true(w->host[0].outs <= at);
        (void)host_vm_serve(&w->h);
        work(w);
    }
    assert_memory_equal(w->host[0].out, sent, STREAM);
    assert_int_equal(vwr_queue_in_flight(&w->g.lane[VWR_CONSOLE_QUEUE_TRANSMITQ].queue), 0);
    end(w);
}

/* A call reports how much input it accepted and interrupts at most once; the length of a buffer is the number
 * of bytes in it. */
static void input_is_a_stream(void **state)
{
    static uint8_t sent[STREAM], got[STREAM];
    struct world *const w = ready(state, 1);
    uint32_t put = 0, come = 0;

    fill(sent, STREAM);
    for (unsigned i = 0; come < STREAM; i++) {
        const uint32_t n = random_below(700);
        const unsigned before = w->h.interrupts;
        const uint32_t given = vwr_vconsole_input(&w->c, 0, sent + put, n < STREAM - put ? n : STREAM - put);

        assert_true(i < STREAM && given <= n && w->h.interrupts - before <= 1);
        put += given;
        assert_int_equal(w->c.dev.stats.interrupts, w->h.interrupts);
        if (random_below(3) == 0)
            continue;
        (void)vwr_dev_irq(&w->h.mmio.dev);
        work(w);
        come += guest_console_read(&w->g, 0, got + come, random_below(500));
        work(w);
    }
    assert_memory_equal(got, sent, STREAM);
    end(w);
}

/* One interrupt for a line that takes several buffers; the device requests a notification when none is
 * left. */
static void one_interrupt_for_a_line(void **state)
{
    struct world *const w = ready(state, 1);
    uint8_t line[GUEST_LANE_BYTES * GUEST_LANE_BUFFERS + 100];
    const uint32_t room = GUEST_LANE_BYTES * GUEST_LANE_BUFFERS;
    const unsigned before = w->h.interrupts;
    uint8_t got[sizeof(line)];

    fill(line, sizeof(line));
    assert_int_equal(vwr_vconsole_input(&w->c, 0, line, sizeof(line)), room);
    assert_int_equal(w->h.interrupts, before + 1);
    assert_int_equal(vwr_vconsole_input(&w->c, 0, line, 1), 0);
    w->host[0].wanted = 0;
    work(w);
    assert_true(w->host[0].wanted >= 1);
    assert_int_equal(guest_console_read(&w->g, 0, got, sizeof(got)), room);
    assert_memory_equal(got, line, room);
    assert_int_equal(vwr_vconsole_input(&w->c, 0, line + room, 100), 100);
    assert_int_equal(vwr_vconsole_input(&w->c, 0, line, 0), 0);
    end(w);
}

/* Input from within the hook that reports free buffers, with the lock held. */
static void input_from_within(void **state)
{
    struct world *const w = begin(state, 1);
    char got[64] = "";

    plug(w);
    w->host[0].type = "early line\n";
    open_guest(w);
    run_until_idle(w);
    assert_int_equal(guest_console_read(&w->g, 0, got, sizeof(got)), 11);
    assert_string_equal(got, "early line\n");
    end(w);
}

/* Before the guest has a driver, and for ports that do not exist. */
static void nobody_there(void **state)
{
    struct world *const w = begin(state, 1);

    plug(w);
    assert_int_equal(vwr_vconsole_input(&w->c, 0, "x", 1), 0);
    assert_int_equal(vwr_vconsole_input(&w->c, 1, "x", 1), 0);
    vwr_vconsole_resume(&w->c, 0);
    vwr_vconsole_resume(&w->c, 1);
    vwr_vconsole_plug(&w->c, 1, false);
    vwr_vconsole_open_port(&w->c, 1, true);
    vwr_vconsole_resize(&w->c, 1, 1, 1);
    assert_int_equal(w->h.interrupts, 0);
    open_guest(w);
    assert_int_equal(vwr_vconsole_input(&w->c, 1, "x", 1), 0);
    assert_int_equal(vwr_vconsole_input(&w->c, 65535, "x", 1), 0);
    assert_int_equal(vwr_vconsole_input(&w->c, 0, "x", 1), 1);
    end(w);
}

/* ---- configuration ---- */

static void size_and_resize(void **state)
{
    struct world *const w = ready(state, 1);
    uint16_t cols, rows;
    const unsigned before = w->h.interrupts;

    assert_int_equal(guest_console_size(&w->g, &cols, &rows), VWR_OK);
    assert_true(cols == 80 && rows == 25);
    vwr_vconsole_resize(&w->c, 0, 132, 43);
    assert_int_equal(w->h.interrupts, before + 1);
    assert_int_equal(vwr_dev_irq(&w->h.mmio.dev), VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    assert_int_equal(guest_console_size(&w->g, &cols, &rows), VWR_OK);
    assert_true(cols == 132 && rows == 43);
    end(w);
}

/* A driver without SIZE does not see a resize; a device that does not offer SIZE has no size. */
static void size_that_is_not_wanted(void **state)
{
    struct world *w = begin(state, 1);
    struct vwr_features avoid;
    uint16_t cols, rows;
    unsigned before;

    plug(w);
    vwr_features_clear(&avoid);
    vwr_features_add(&avoid, VWR_CONSOLE_F_SIZE);
    assert_int_equal(guest_console_open(&w->g, &w->h.mmio.dev, w->memory, &avoid), VWR_OK);
    before = w->h.interrupts;
    vwr_vconsole_resize(&w->c, 0, 132, 43);
    assert_int_equal(w->h.interrupts, before);
    end(w);
    w = begin(state, 1);
    w->options.cols = 0;
    plug(w);
    open_guest(w);
    assert_false(vwr_dev_has(&w->h.mmio.dev, VWR_CONSOLE_F_SIZE));
    assert_int_equal(guest_console_size(&w->g, &cols, &rows), VWR_OK);
    assert_true(cols == 0 && rows == 0);
    end(w);
}

/*
 * An emergency write works before negotiation, during normal operation, and after the driver has set FAILED.
 * Clause: console.dev.init.1 console.dev.init.2.
 */
static void emergency_write(void **state)
{
    struct world *const w = begin(state, 1);

    plug(w);
    assert_int_equal(guest_console_emergency(&w->h.mmio.dev, 'a'), VWR_OK);
    open_guest(w);
    assert_int_equal(guest_console_emergency(&w->h.mmio.dev, 'b'), VWR_OK);
    vwr_dev_fail(&w->h.mmio.dev);
    assert_int_equal(guest_console_emergency(&w->h.mmio.dev, 'c'), VWR_OK);
    vwr_vdev_needs_reset(&w->c.dev);
    assert_int_equal(w->h.broken, 1);
    w->h.broken = 0;
    assert_int_equal(guest_console_emergency(&w->h.mmio.dev, 'd'), VWR_OK);
    assert_int_equal(w->host[0].outs, 4);
    assert_memory_equal(w->host[0].out, "abcd", 4);
    end(w);
}

static void no_emergency_write(void **state)
{
    struct world *const w = begin(state, 1);
    struct vwr_config config;

    w->options.emergency = false;
    plug(w);
    assert_int_equal(guest_console_emergency(&w->h.mmio.dev, 'a'), VWR_EFEATURE);
    host_vm_look_away(); /* the driver writes to a field that does not exist */
    config = w->h.mmio.dev.config;
    vwr_config_write32(&config, VWR_CONSOLE_CONFIG_EMERG_WR, 'b');
    vwr_config_write32(&config, VWR_CONSOLE_CONFIG_COLS, 'c');
    assert_int_equal(w->host[0].outs, 0);
    assert_int_equal(w->c.dev.stats.ignored, 2);
    end(w);
}

/* ---- several ports ---- */

#define TO_GUEST false
#define TO_DEVICE true
#define NOBODY UINT32_MAX

static void assert_dialogue(const struct world *w, const struct guest_console_message *wanted, unsigned count)
{
    for (unsigned i = 0; i < count && i < w->g.logged; i++) {
        const struct guest_console_message *const m = &w->g.log[i];

        if (m->sent != wanted[i].sent || m->port != wanted[i].port || m->event != wanted[i].event ||
            m->bytes != wanted[i].bytes || m->value != wanted[i].value)
            fail_msg("message %u: sent %d port %u event %u value %u, %u bytes", i, m->sent, m->port, m->event,
                     m->value, m->bytes);
    }
    assert_int_equal(w->g.logged, count);
}

/*
 * The sequence of Linux's driver: it is ready, gets PORT_ADD for each port and creates it, then learns the
 * kind of port, and opens the console ports. Clause: console.dev.multiport.1 console.drv.multiport.1
 * console.drv.multiport.3.
 */
static void dialogue(void **state)
{
    static const struct guest_console_message wanted[] = {
        {TO_DEVICE, NOBODY, VWR_CONSOLE_DEVICE_READY, 1, 8}, {TO_GUEST, 0, VWR_CONSOLE_DEVICE_ADD, 1, 8},
        {TO_DEVICE, 0, VWR_CONSOLE_PORT_READY, 1, 8},        {TO_GUEST, 1, VWR_CONSOLE_DEVICE_ADD, 1, 8},
        {TO_DEVICE, 1, VWR_CONSOLE_PORT_READY, 1, 8},        {TO_GUEST, 2, VWR_CONSOLE_DEVICE_ADD, 1, 8},
        {TO_DEVICE, 2, VWR_CONSOLE_PORT_READY, 1, 8},        {TO_GUEST, 0, VWR_CONSOLE_CONSOLE_PORT, 1, 8},
        {TO_DEVICE, 0, VWR_CONSOLE_PORT_OPEN, 1, 8},         {TO_GUEST, 0, VWR_CONSOLE_RESIZE, 1, 12},
        {TO_GUEST, 0, VWR_CONSOLE_PORT_OPEN, 1, 8},          {TO_GUEST, 1, VWR_CONSOLE_PORT_NAME, 1, 25},
        {TO_GUEST, 2, VWR_CONSOLE_CONSOLE_PORT, 1, 8},       {TO_DEVICE, 2, VWR_CONSOLE_PORT_OPEN, 1, 8},
        {TO_GUEST, 2, VWR_CONSOLE_PORT_NAME, 1, 22},         {TO_GUEST, 2, VWR_CONSOLE_PORT_OPEN, 1, 8},
    };
    struct world *const w = begin(state, PORTS);

    plug(w);
    host_vm_put_off(&w->h);
    open_guest(w);
    run_until_idle(w);
    assert_dialogue(w, wanted, sizeof(wanted) / sizeof(wanted[0]));
    assert_string_equal(w->g.port[1].name, "org.example.bytes");
    assert_string_equal(w->g.port[2].name, "second console");
    assert_true(w->g.port[0].console && !w->g.port[1].console && w->g.port[2].console);
    assert_true(w->g.port[0].cols == 80 && w->g.port[0].rows == 25);
    assert_true(w->host[0].open && !w->host[1].open && w->host[2].open);
    assert_true(w->g.port[0].host_open && !w->g.port[1].host_open && w->g.port[2].host_open);
    assert_int_equal(w->c.ignored, 0);
    end(w);
}

/* Each port has its own data in both directions. */
static void ports_are_apart(void **state)
{
    struct world *const w = ready(state, PORTS);
    char got[32];

    assert_int_equal(guest_console_open_port(&w->g, 1, true), VWR_OK);
    vwr_vconsole_open_port(&w->c, 1, true);
    run_until_idle(w);
    assert_true(w->host[1].open && w->g.port[1].host_open);
    for (unsigned i = 0; i < PORTS; i++) {
        char line[] = "line of port ?";

        line[13] = (char)('0' + i);
        assert_int_equal(guest_console_write(&w->g, i, line, 14), 14);
        assert_int_equal(vwr_vconsole_input(&w->c, i, line, 14), 14);
        run_until_idle(w);
        assert_memory_equal(w->host[i].out, line, 14);
        assert_int_equal(w->host[i].outs, 14);
        assert_int_equal(guest_console_read(&w->g, i, got, sizeof(got)), 14);
        assert_memory_equal(got, line, 14);
    }
    end(w);
}

/* Linux drops input for a port that is not open: the device does not send it. */
static void closed_port_gets_nothing(void **state)
{
    struct world *const w = ready(state, PORTS);

    assert_int_equal(vwr_vconsole_input(&w->c, 1, "x", 1), 0);
    w->host[1].wanted = 0;
    assert_int_equal(guest_console_open_port(&w->g, 1, true), VWR_OK);
    run_until_idle(w);
    assert_true(w->host[1].wanted >= 1);
    assert_int_equal(vwr_vconsole_input(&w->c, 1, "x", 1), 1);
    assert_int_equal(guest_console_open_port(&w->g, 1, false), VWR_OK);
    run_until_idle(w);
    assert_int_equal(w->host[1].opened, 2);
    assert_int_equal(vwr_vconsole_input(&w->c, 1, "x", 1), 0);
    end(w);
}

/* A driver without MULTIPORT has only the first port. Clause: console.drv.multiport.1. */
static void driver_of_one_port(void **state)
{
    struct world *const w = begin(state, PORTS);
    struct vwr_features avoid;

    plug(w);
    vwr_features_clear(&avoid);
    vwr_features_add(&avoid, VWR_CONSOLE_F_MULTIPORT);
    assert_int_equal(guest_console_open(&w->g, &w->h.mmio.dev, w->memory, &avoid), VWR_OK);
    assert_int_equal(guest_console_write(&w->g, 0, "out", 3), 3);
    assert_int_equal(vwr_vconsole_input(&w->c, 0, "in", 2), 2);
    assert_int_equal(vwr_vconsole_input(&w->c, 1, "in", 2), 0);
    vwr_vconsole_plug(&w->c, 1, false);
    vwr_vconsole_open_port(&w->c, 2, false);
    run_until_idle(w);
    assert_int_equal(w->host[0].outs, 3);
    assert_int_equal(w->g.logged, 0);
    end(w);
}

static void resize_of_ports(void **state)
{
    struct world *const w = ready(state, PORTS);
    uint16_t cols, rows;

    vwr_vconsole_resize(&w->c, 2, 100, 30);
    vwr_vconsole_resize(&w->c, 0, 132, 43);
    vwr_vconsole_resize(&w->c, 1, 7, 7); /* not a console: the guest does not use its size */
    run_until_idle(w);
    assert_true(w->g.port[2].cols == 100 && w->g.port[2].rows == 30);
    assert_true(w->g.port[0].cols == 132 && w->g.port[0].rows == 43);
    assert_true(w->g.port[1].cols == 0);
    assert_int_equal(guest_console_size(&w->g, &cols, &rows), VWR_OK);
    assert_true(cols == 132 && rows == 43);
    end(w);
}

/* Pending output completes unused when its port is removed: Linux waits for it with a lock held. */
static void unplug(void **state)
{
    struct world *const w = ready(state, PORTS);
    const struct vwr_queue *const out = &w->g.lane[vwr_console_queue_port_transmitq_at(1)].queue;
    const unsigned before = w->g.logged;

    w->host[2].take = 2;
    assert_int_equal(guest_console_write(&w->g, 2, "lost", 4), 4);
    assert_int_equal(guest_console_write(&w->g, 2, "too", 3), 3);
    work(w);
    assert_int_equal(vwr_queue_in_flight(out), 2);
    vwr_vconsole_plug(&w->c, 2, false);
    run_until_idle(w);
    assert_int_equal(vwr_queue_in_flight(out), 0);
    assert_int_equal(w->host[2].outs, 2);
    assert_false(w->host[2].open || w->g.port[2].there);
    assert_int_equal(w->g.logged, before + 1);
    assert_int_equal(w->g.log[before].event, VWR_CONSOLE_DEVICE_REMOVE);
    assert_int_equal(vwr_vconsole_input(&w->c, 2, "x", 1), 0);
    vwr_vconsole_plug(&w->c, 2, false); /* it has been removed already */
    run_until_idle(w);
    assert_int_equal(w->g.logged, before + 1);
    w->host[2].take = UINT32_MAX;
    vwr_vconsole_plug(&w->c, 2, true);
    run_until_idle(w);
    assert_true(w->g.port[2].there && w->g.port[2].console && w->host[2].open);
    assert_int_equal(guest_console_write(&w->g, 2, "new", 3), 3);
    run_until_idle(w);
    assert_memory_equal(w->host[2].out + 2, "new", 3);
    end(w);
}

/* A port added later is announced then; a port removed before the guest knew it is never announced. */
static void plug_later(void **state)
{
    struct world *const w = begin(state, PORTS);

    w->port[1].absent = true;
    plug(w);
    host_vm_put_off(&w->h);
    open_guest(w);
    run_until_idle(w);
    assert_true(w->g.port[0].there && !w->g.port[1].there && w->g.port[2].there);
    vwr_vconsole_plug(&w->c, 1, true);
    run_until_idle(w);
    assert_true(w->g.port[1].there);
    assert_string_equal(w->g.port[1].name, "org.example.bytes");
    end(w);
}

/* Nothing is sent before the driver is ready, and the removal of a port is sent only if the guest knew the
 * port. */
static void plug_before_anybody_listens(void **state)
{
    struct world *const w = begin(state, PORTS);

    plug(w);
    host_vm_put_off(&w->h);
    open_guest(w);
    vwr_vconsole_plug(&w->c, 1, false);
    vwr_vconsole_plug(&w->c, 1, true);
    vwr_vconsole_plug(&w->c, 2, false);
    work(w);
    assert_int_equal(w->g.logged, 1); /* DEVICE_READY, which the device has not processed yet */
    assert_true(host_vm_serve(&w->h));
    vwr_vconsole_plug(&w->c, 2, true);
    run_until_idle(w);
    assert_true(w->g.port[0].there && w->g.port[1].there && w->g.port[2].there);
    for (unsigned i = 0; i < w->g.logged; i++)
        assert_int_not_equal(w->g.log[i].event, VWR_CONSOLE_DEVICE_REMOVE);
    end(w);
}

/* In the messages from `from` on, only missing ports are added, and only existing ports are removed. */
static void assert_alternating(const struct world *w, unsigned from, bool was[PORTS])
{
    assert_true(w->g.logged - from <= GUEST_CONSOLE_LOG);
    for (unsigned i = from; i < w->g.logged; i++) {
        const struct guest_console_message *const m = &w->g.log[i % GUEST_CONSOLE_LOG];

        if (m->sent || (m->event != VWR_CONSOLE_DEVICE_ADD && m->event != VWR_CONSOLE_DEVICE_REMOVE))
            continue;
        assert_int_equal(was[m->port], m->event == VWR_CONSOLE_DEVICE_REMOVE);
        was[m->port] = !was[m->port];
    }
}

/*
 * The guest takes nothing from its control queue while the VMM makes a thousand changes. In the end the guest
 * knows the current state, and each port was added and removed alternately.
 */
static void nothing_is_lost(void **state)
{
    struct world *const w = ready(state, PORTS);
    bool there[PORTS] = {true, true, true};
    bool was[PORTS] = {true, true, true};
    bool open[PORTS] = {true, false, true};

    for (unsigned pass = 0; pass < 40; pass++) {
        const unsigned from = w->g.logged;

        for (unsigned i = 0; i < 1000; i++) {
            const unsigned port = random_below(PORTS);

            if (random_below(2) == 0)
                vwr_vconsole_plug(&w->c, port, there[port] = random_below(2) != 0);
            else
                vwr_vconsole_open_port(&w->c, port, open[port] = random_below(2) != 0);
            if (random_below(50) == 0)
                vwr_vconsole_resize(&w->c, port, 80, (uint16_t)(25 + pass));
        }
        for (unsigned port = 0; port < PORTS; port++)
            vwr_vconsole_resize(&w->c, port, (uint16_t)(90 + port), (uint16_t)(25 + pass));
        run_until_idle(w);
        assert_alternating(w, from, was);
        for (unsigned port = 0; port < PORTS; port++) {
            assert_int_equal(w->g.port[port].there, there[port]);
            assert_int_equal(w->g.port[port].host_open, there[port] && open[port]);
            assert_int_equal(w->g.port[port].cols, there[port] && port != 1 ? 90 + port : 0);
        }
    }
    assert_true(w->c.ignored < 1000); /* ready for a port that has already been removed */
    end(w);
}

/* ---- reset ---- */

/*
 * A reset after each number of steps of the dialogue, and of bytes: the next session runs like the first.
 * Clause: reset.dev.2.
 */
static void reset_at_any_point(void **state)
{
    struct world *const w = begin(state, PORTS);

    plug(w);
    host_vm_put_off(&w->h);
    for (unsigned steps = 0; steps < 40; steps++) {
        memset(w->host, 0, sizeof(w->host));
        open_guest(w);
        for (unsigned i = 0; i < steps; i++) {
            w->host[2].take = 1;
            (void)guest_console_write(&w->g, 2, "abc", 3);
            if (i % 2 == 0)
                (void)host_vm_serve(&w->h);
            else
                work(w);
            (void)vwr_vconsole_input(&w->c, i % PORTS, "x", 1);
        }
        assert_int_equal(vwr_dev_reset(&w->h.mmio.dev), VWR_OK);
        (void)host_vm_serve(&w->h); /* too late */
        for (unsigned i = 0; i < PORTS; i++)
            assert_false(w->host[i].open);
        memset(w->host, 0, sizeof(w->host));
        w->host[2].take = UINT32_MAX;
        open_guest(w);
        run_until_idle(w);
        assert_true(w->host[0].open && w->host[2].open && w->g.port[1].there);
        assert_int_equal(guest_console_write(&w->g, 2, "whole", 5), 5);
        run_until_idle(w);
        assert_int_equal(w->host[2].outs, 5);
        assert_memory_equal(w->host[2].out, "whole", 5);
        assert_int_equal(vwr_dev_reset(&w->h.mmio.dev), VWR_OK);
    }
    end(w);
}

/*
 * Reset of a single queue: the half consumed buffer is dropped, and the next one is consumed from its start.
 * Clause: vq.dev.reset.2.
 */
static void reset_of_a_queue(void **state)
{
    struct world *const w = begin(state, 1);
    const unsigned index = VWR_CONSOLE_QUEUE_TRANSMITQ;

    plug(w);
    open_guest(w);
    if (!w->h.format->legacy) {
        struct vwr_chain *chain;

        w->host[0].take = 2;
        assert_int_equal(guest_console_write(&w->g, 0, "half", 4), 4);
        assert_int_equal(vwr_dev_reset_queue(&w->h.mmio.dev, index, &w->g.lane[index].queue), VWR_OK);
        while (vwr_queue_reclaim(&w->g.lane[index].queue, &chain) == 1)
            continue;
        assert_int_equal(guest_lane_open(&w->g.lane[index], &w->h.mmio.dev, index, &w->memory->lane[index]),
                         VWR_OK);
        w->host[0].take = UINT32_MAX;
        assert_int_equal(guest_console_write(&w->g, 0, "anew", 4), 4);
        assert_int_equal(w->host[0].outs, 6);
        assert_memory_equal(w->host[0].out, "haanew", 6);
    }
    end(w);
}

/* ---- invalid use ---- */

static void options_that_cannot_be(void **state)
{
    struct world *const w = begin(state, 1);
    const struct vwr_vconsole_ops deaf = {NULL, NULL, NULL};
    const struct vwr_vconsole_ops quiet = {output, NULL, NULL};

    w->options.ops = NULL;
    assert_int_equal(vwr_vconsole_init_with(&w->c, &w->h.setup, &w->options), VWR_EINVAL);
    w->options.ops = &deaf;
    assert_int_equal(vwr_vconsole_init_with(&w->c, &w->h.setup, &w->options), VWR_EINVAL);
    w->options.ops = &quiet;
    w->options.port_count = 0;
    assert_int_equal(vwr_vconsole_init_with(&w->c, &w->h.setup, &w->options), VWR_ENOMEM);
    w->options.port_count = 1;
    w->options.port = NULL;
    assert_int_equal(vwr_vconsole_init_with(&w->c, &w->h.setup, &w->options), VWR_ENOMEM);
    w->options.port = w->port;
    w->options.port_count = PORTS;
    w->h.setup.queue_count = VWR_VCONSOLE_QUEUES(PORTS) - 1;
    assert_int_equal(vwr_vconsole_init_with(&w->c, &w->h.setup, &w->options), VWR_ENOMEM);
    w->h.setup.queue_count++;
    assert_int_equal(vwr_vconsole_init_with(&w->c, &w->h.setup, &w->options), VWR_OK);
    host_vm_plug(&w->h, &w->c.dev); /* with output only */
    open_guest(w);
    run_until_idle(w);
    assert_true(w->g.port[2].there);
    end(w);
}

int main(void)
{
#define CASE(function)      \
    {                       \
#function, function \
    }
    static const struct host_vm_case cases[] = {
        CASE(output_is_a_stream),
        CASE(input_is_a_stream),
        CASE(one_interrupt_for_a_line),
        CASE(input_from_within),
        CASE(nobody_there),
        CASE(size_and_resize),
        CASE(size_that_is_not_wanted),
        CASE(emergency_write),
        CASE(no_emergency_write),
        CASE(dialogue),
        CASE(ports_are_apart),
        CASE(closed_port_gets_nothing),
        CASE(driver_of_one_port),
        CASE(resize_of_ports),
        CASE(unplug),
        CASE(plug_later),
        CASE(plug_before_anybody_listens),
        CASE(nothing_is_lost),
        CASE(reset_at_any_point),
        CASE(reset_of_a_queue),
        CASE(options_that_cannot_be),
    };

    return host_vm_run("console", cases, sizeof(cases) / sizeof(cases[0]));
}
