/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/console.h"

#include <stdio.h>
#include <string.h>

/* A console with two ports. Its settings are the open ports, their sizes and names. */

#define PORTS 2u
#define OUT 3u /* writes in flight of each port */
#define COLS 132u
#define ROWS 43u

static const unsigned queues[] = {VWR_CONSOLE_QUEUE_RECEIVEQ,         VWR_CONSOLE_QUEUE_TRANSMITQ,
                                  VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ,
                                  VWR_CONSOLE_QUEUE_PORT_RECEIVEQ,    VWR_CONSOLE_QUEUE_PORT_TRANSMITQ};
static const unsigned receiveq[PORTS] = {VWR_CONSOLE_QUEUE_RECEIVEQ, VWR_CONSOLE_QUEUE_PORT_RECEIVEQ};
static const unsigned transmitq[PORTS] = {VWR_CONSOLE_QUEUE_TRANSMITQ, VWR_CONSOLE_QUEUE_PORT_TRANSMITQ};

static struct vwr_console con;
static struct vwr_console_port port[PORTS + 1];
static struct vwr_console_options options;
static struct fake_chain chain;
static bool begun;               /* a byte of port 0 is still unread */
static unsigned answered[PORTS]; /* writes that the device completed before it was stopped */

/* The device: output received on each port, and the state of the ports. */
static struct {
    char out[PORTS][16];
    unsigned count[PORTS];
    bool ready, port_ready[PORTS], open[PORTS];
    unsigned resets;
} device;

static void forget(const struct fake *f)
{
    unsigned resets = device.resets;

    if (!class_was_reset(f, &resets))
        return;
    memset(&device, 0, sizeof(device));
    device.resets = resets;
}

static void takes_message(struct fake *f)
{
    const bool legacy = f->version == VWR_MMIO_VERSION_LEGACY;
    struct vwr_console_control c;
    uint32_t id;
    bool value;

    assert_int_equal(class_read(&chain, &c, sizeof(c)), sizeof(c));
    id = vwr_guest32(legacy, c.id);
    value = vwr_guest16(legacy, c.value) != 0;
    switch (vwr_guest16(legacy, c.event)) {
    case VWR_CONSOLE_DEVICE_READY:
        assert_false(device.ready); /* sent only once */
        device.ready = value;
        break;
    case VWR_CONSOLE_PORT_READY:
        assert_true(id < PORTS && !device.port_ready[id]);
        device.port_ready[id] = value;
        break;
    default:
        assert_int_equal(vwr_guest16(legacy, c.event), VWR_CONSOLE_PORT_OPEN);
        assert_true(id < PORTS && device.port_ready[id]);
        device.open[id] = value;
    }
}

static void serve(struct fake *f, uint32_t queue)
{
    forget(f);
    if (class_silent || queue == receiveq[0] || queue == receiveq[1] ||
        queue == VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ)
        return;
    while (fake_ring_next(f, queue, &chain)) {
        if (queue == VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ) {
            takes_message(f);
        } else {
            const unsigned i = queue == transmitq[1];

            assert_true(device.count[i] + chain.readable < sizeof(device.out[i]));
            device.count[i] += class_read(&chain, &device.out[i][device.count[i]], chain.readable);
        }
        fake_ring_push(f, queue, chain.head, 0);
    }
}

static void writes(struct world *w, unsigned queue, const void *bytes, uint32_t n)
{
    assert_true(fake_ring_next(&w->f, queue, &chain));
    class_write(&chain, bytes, n);
    fake_ring_push(&w->f, queue, chain.head, n);
}

/* Sends a control message from the device with n bytes of body; with `polled`, the driver polls and
 * handles it. */
static void says(struct world *w, uint32_t id, uint16_t event, const void *body, uint32_t n, bool polled)
{
    const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    uint8_t bytes[VWR_CONSOLE_BYTES];
    const struct vwr_console_control c = {vwr_guest32(legacy, id), vwr_guest16(legacy, event),
                                          vwr_guest16(legacy, 1)};
    struct vwr_console_message m;

    memcpy(bytes, &c, sizeof(c));
    memcpy(bytes + sizeof(c), body, n);
    writes(w, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, bytes, (uint32_t)sizeof(c) + n);
    if (!polled)
        return;
    assert_int_equal(vwr_console_poll(&con, &m), 1);
    assert_int_equal(m.port, id);
}

/* The messages after each start: the device adds two ports, and port 0 is a console. */
static void adds_ports(struct world *w)
{
    const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    const struct vwr_console_resize size = {vwr_guest16(legacy, COLS), vwr_guest16(legacy, ROWS)};

    assert_true(device.ready);
    for (uint32_t i = 0; i < PORTS; i++)
        says(w, i, VWR_CONSOLE_DEVICE_ADD, "", 0, true);
    says(w, 0, VWR_CONSOLE_CONSOLE_PORT, "", 0, true);
    says(w, 0, VWR_CONSOLE_RESIZE, &size, sizeof(size), true);
    says(w, 1, VWR_CONSOLE_PORT_NAME, "org.vwr", 7, true);
    says(w, 1, VWR_CONSOLE_PORT_OPEN, "", 0, true);
}

/* A buffer of port 0 is half read; a buffer of port 1 and a control message have arrived unread. */
static void begin(struct world *w, const struct format *f)
{
    char c;

    format_plug(w, f);
    w->f.device_id = VWR_CONSOLE_ID;
    w->f.on_notify = serve;
    for (unsigned i = 0; i < FAKE_QUEUES; i++)
        w->f.queue[i].size_max = f->size;
    fake_offer(&w->f, VWR_CONSOLE_F_SIZE);
    fake_offer(&w->f, VWR_CONSOLE_F_MULTIPORT);
    fake_config(&w->f, VWR_CONSOLE_CONFIG_COLS, 2, COLS);
    fake_config(&w->f, VWR_CONSOLE_CONFIG_ROWS, 2, ROWS);
    fake_config(&w->f, VWR_CONSOLE_CONFIG_MAX_NR_PORTS, 4, PORTS);
    assert_int_equal(world_probe(w), VWR_OK);
    memset(&device, 0, sizeof(device));
    memset(answered, 0, sizeof(answered));
    memset(&con, 0xa5, sizeof(con));
    memset(port, 0xa5, sizeof(port));
    memset(&options, 0, sizeof(options));
    options.port = port;
    options.port_count = VWR_CONSOLE_PORTS(PORTS);
    options.shared_count = VWR_CONSOLE_QUEUES(PORTS);
    options.shared =
        fake_ram_alloc(VWR_CONSOLE_QUEUES(PORTS) * sizeof(*options.shared), VWR_QUEUE_SHARED_ALIGN);
    class_silent = false;
    assert_int_equal(vwr_console_open(&con, &w->mmio.dev, &options), VWR_OK);
    adds_ports(w);
    assert_int_equal(vwr_console_open_port(&con, 1, true), VWR_OK);
    class_silent = true;
    for (unsigned i = 0; i < PORTS; i++)
        for (unsigned k = 0; k < OUT; k++)
            assert_int_equal(vwr_console_write(&con, i, (i == 0 ? "abc" : "xyz") + k, 1), 1);
    assert_int_equal(vwr_console_open_port(&con, 1, true), VWR_OK); /* puts a message in flight too */
    for (unsigned i = 0; i < PORTS; i++)
        assert_true(fake_ring_next(&w->f, transmitq[i], &chain));
    writes(w, receiveq[0], "12", 2);
    assert_int_equal(vwr_console_read(&con, 0, &c, 1), 1);
    begun = true;
    writes(w, receiveq[1], "lost", 4);
    says(w, 1, VWR_CONSOLE_PORT_NAME, "lost", 4, false);
}

static int look(struct world *w, unsigned queue)
{
    struct vwr_console_message m;
    char bytes[4];
    int r = 0;

    (void)w;
    for (unsigned i = 0; i < PORTS; i++) {
        begun &= queue != receiveq[0]; /* the buffer completed before the violation */
        if (queue == receiveq[i])
            return vwr_console_read(&con, i, bytes, sizeof(bytes));
        if (queue != transmitq[i])
            continue;
        r = vwr_console_flush(&con, i, 0);
        answered[i] = OUT - (unsigned)vwr_queue_in_flight(&port[i].transmit.requests.queue);
        return r == VWR_ETIMEOUT ? 0 : r;
    }
    return vwr_console_poll(&con, &m);
}

/* The other end may be idle, so only the owner decides how long is too long. */
static int wait(struct world *w)
{
    char c;

    assert_int_equal(vwr_console_flush(&con, 1, 1000), VWR_ETIMEOUT);
    assert_int_equal(vwr_get_stage(&con.bringup), VWR_STAGE_RUNNING);
    (void)w;
    vwr_queue_stop(&port[1].receive.queue, VWR_ERESET);
    assert_int_equal(vwr_console_read(&con, 1, &c, 1), VWR_ERESET);
    return VWR_ERESET;
}

static void check_ports(void)
{
    assert_true(port[0].added && port[0].console && port[0].open && device.open[0]);
    assert_true(port[1].added && port[1].host_open && port[1].open && device.open[1]);
    assert_true(port[0].cols == COLS && port[0].rows == ROWS);
    assert_string_equal(port[1].name, "org.vwr");
    assert_int_equal(con.info.cols, COLS);
}

/* All output arrives once, in order. */
static void came_back(struct world *w, int why)
{
    char bytes[8];

    (void)why;
    forget(&w->f);
    assert_string_equal(device.out[0], "abc" + answered[0]);
    assert_string_equal(device.out[1], "xyz" + answered[1]);
    for (unsigned i = 0; i < PORTS; i++) {
        assert_true(port[i].transmit.requests.stats.replayed >= OUT - answered[i]);
        assert_int_equal(port[i].transmit.requests.stats.returned, 0);
        class_all_posted(w, receiveq[i], VWR_CONSOLE_QUEUE, i == 0 && begun);
    }
    class_all_posted(w, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, VWR_CONSOLE_QUEUE, 0);
    adds_ports(w);
    check_ports();
    assert_int_equal(vwr_console_read(&con, 0, bytes, sizeof(bytes)), begun);
    assert_true(!begun || bytes[0] == '2');
    for (unsigned i = 0; i < 2u * port[0].receive.used_count; i++) {
        writes(w, receiveq[i % 2], "q", 1);
        assert_int_equal(vwr_console_read(&con, i % 2, bytes, sizeof(bytes)), 1);
        assert_int_equal(bytes[0], 'q');
    }
    assert_int_equal(vwr_console_write(&con, 1, "end", 3), 3);
    assert_string_equal(device.out[1] + 3 - answered[1], "end");
    assert_int_equal(vwr_console_flush(&con, 1, 0), VWR_OK);
}

static int close_it(void)
{
    return vwr_close(&con.bringup);
}

static void released(void)
{
    for (unsigned i = 0; i <= PORTS; i++)
        for (unsigned k = 0; k < VWR_CONSOLE_QUEUE; k++) {
            assert_int_not_equal(port[i].buffer[k].owner, VWR_RECEIVE_DEVICE);
            assert_false(vwr_req_is_in_flight(&port[i].request[k]));
        }
}

const struct driver_class class_console = {
    .name = "console",
    .kinds = KIND_ALL,
    .size = 8,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << VWR_CONSOLE_QUEUE_RECEIVEQ | 1u << VWR_CONSOLE_QUEUE_PORT_RECEIVEQ |
              1u << VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ,
    .bringup = &con.bringup,
    .steps = &vwr_console_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
