/* SPDX-License-Identifier: MIT */
#include "format.h"
#include "vwr/console.h"

#include <stdio.h>
#include <string.h>

/*
 * The console driver with a scripted device: partial reads and writes, messages for several ports, invalid
 * messages and configurations, and a device that fails with output in flight.
 */

#define PORTS 2u
#define SIZE 8u
#define COLS 80u
#define ROWS 25u
#define ANY UINT32_MAX

static struct vwr_console con;
static struct vwr_console_port port[PORTS + 1];
static struct vwr_console_options options;
static struct fake_chain chain;

static const struct queues {
    unsigned receive, transmit;
} queues[PORTS + 1] = {{VWR_CONSOLE_QUEUE_RECEIVEQ, VWR_CONSOLE_QUEUE_TRANSMITQ},
                       {VWR_CONSOLE_QUEUE_PORT_RECEIVEQ, VWR_CONSOLE_QUEUE_PORT_TRANSMITQ},
                       {VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ}};

/* A console that offers every feature, with `ports` in its configuration. */
static void plug(struct world *w, const struct format *f, uint32_t ports)
{
    format_plug(w, f);
    w->f.device_id = VWR_CONSOLE_ID;
    for (unsigned i = 0; i < FAKE_QUEUES; i++)
        w->f.queue[i].size_max = f->size;
    fake_offer(&w->f, VWR_CONSOLE_F_SIZE);
    fake_offer(&w->f, VWR_CONSOLE_F_MULTIPORT);
    fake_offer(&w->f, VWR_CONSOLE_F_EMERG_WRITE);
    fake_config(&w->f, VWR_CONSOLE_CONFIG_COLS, 2, COLS);
    fake_config(&w->f, VWR_CONSOLE_CONFIG_ROWS, 2, ROWS);
    fake_config(&w->f, VWR_CONSOLE_CONFIG_MAX_NR_PORTS, 4, ports);
    assert_int_equal(world_probe(w), VWR_OK);
}

static int open_ports(struct world *w, unsigned ports)
{
    memset(&con, 0xa5, sizeof(con)); /* memory of the embedder is not zeroed */
    memset(port, 0xa5, sizeof(port));
    memset(&options, 0, sizeof(options));
    options.port = port;
    options.port_count = VWR_CONSOLE_PORTS(ports);
    options.shared_count = VWR_CONSOLE_QUEUES(ports);
    options.shared =
        fake_ram_alloc(VWR_CONSOLE_QUEUES(PORTS) * sizeof(*options.shared), VWR_QUEUE_SHARED_ALIGN);
    return vwr_console_open(&con, &w->mmio.dev, &options);
}

static void begin(struct world *w, const struct format *f, unsigned ports)
{
    plug(w, f, ports);
    assert_int_equal(open_ports(w, ports), VWR_OK);
    assert_int_equal(fake_took(&w->f, VWR_CONSOLE_F_MULTIPORT), ports > 1);
}

static void D33_lacks_a_queue(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (unsigned queue = 0; queue < VWR_CONSOLE_QUEUES(PORTS); queue++) {
        plug(w, f, PORTS);
        w->f.queue[queue].size_max = 0;
        assert_int_equal(open_ports(w, PORTS), VWR_ENOQUEUE);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
}

/* The device uses the next buffer of a transmit queue: returns its bytes. */
static uint32_t device_reads(struct world *w, unsigned queue, void *bytes)
{
    uint32_t n;

    if (!fake_ring_next(&w->f, queue, &chain))
        return 0;
    assert_int_equal(chain.count, 1);
    assert_int_equal(chain.writable, 0);
    n = chain.readable;
    assert_true(n <= VWR_CONSOLE_BYTES);
    fake_ram_read(chain.segment[0].addr, bytes, n);
    fake_ring_push(&w->f, queue, chain.head, 0);
    return n;
}

static void device_writes(struct world *w, unsigned queue, const void *bytes, uint32_t n)
{
    assert_true(fake_ring_next(&w->f, queue, &chain));
    assert_int_equal(chain.readable, 0);
    assert_true(chain.writable >= n);
    fake_ram_write(chain.segment[0].addr, bytes, n);
    fake_ring_push(&w->f, queue, chain.head, n);
}

/* ---- messages ---- */

/* Sends a control message from the device with `body` behind it, n bytes in total. */
static void device_says(struct world *w, uint32_t id, uint16_t event, uint16_t value, const void *body,
                        uint32_t n)
{
    const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    uint8_t bytes[VWR_CONSOLE_BYTES] = {0};
    struct vwr_console_control c = {vwr_guest32(legacy, id), vwr_guest16(legacy, event),
                                    vwr_guest16(legacy, value)};

    memcpy(bytes, &c, sizeof(c));
    if (body != NULL)
        memcpy(bytes + sizeof(c), body, n - sizeof(c));
    device_writes(w, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, bytes, n);
}

/* The driver has sent this message and none before it. */
static void device_hears(struct world *w, uint32_t id, uint16_t event, uint16_t value)
{
    const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    uint8_t bytes[VWR_CONSOLE_BYTES];
    struct vwr_console_control c;

    assert_int_equal(device_reads(w, VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ, bytes), sizeof(c));
    memcpy(&c, bytes, sizeof(c));
    if (id != ANY)
        assert_int_equal(vwr_guest32(legacy, c.id), id);
    assert_int_equal(vwr_guest16(legacy, c.event), event);
    assert_int_equal(vwr_guest16(legacy, c.value), value);
}

static void device_hears_nothing(struct world *w)
{
    uint8_t bytes[VWR_CONSOLE_BYTES];

    assert_int_equal(device_reads(w, VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ, bytes), 0);
}

static void poll_gets(uint32_t id, uint16_t event)
{
    struct vwr_console_message m;

    assert_int_equal(vwr_console_poll(&con, &m), 1);
    assert_int_equal(m.port, id);
    assert_int_equal(m.event, event);
}

static void poll_gets_nothing(void)
{
    struct vwr_console_message m;

    assert_int_equal(vwr_console_poll(&con, &m), 0);
}

/* Both ports exist. */
static void begin_ports(struct world *w, const struct format *f)
{
    begin(w, f, PORTS);
    device_hears(w, ANY, VWR_CONSOLE_DEVICE_READY, 1);
    for (unsigned i = 0; i < PORTS; i++) {
        device_says(w, i, VWR_CONSOLE_DEVICE_ADD, 0, NULL, 8);
        poll_gets(i, VWR_CONSOLE_DEVICE_ADD);
        device_hears(w, i, VWR_CONSOLE_PORT_READY, 1);
        assert_true(port[i].added);
    }
}

/* ---- one port ---- */

static void reads_and_writes(struct world *w, const struct format *f, const void *param)
{
    uint8_t bytes[VWR_CONSOLE_BYTES];
    char got[16] = "";

    (void)param;
    begin(w, f, 1);
    assert_int_equal(con.info.cols, COLS);
    assert_int_equal(con.info.rows, ROWS);
    assert_int_equal(vwr_console_write(&con, 0, "hello", 5), 5);
    assert_int_equal(device_reads(w, VWR_CONSOLE_QUEUE_TRANSMITQ, bytes), 5);
    assert_memory_equal(bytes, "hello", 5);
    assert_int_equal(vwr_console_read(&con, 0, got, sizeof(got)), 0);
    assert_int_equal(vwr_console_can_read(&con, 0), 0);
    assert_int_equal(vwr_console_can_read(&con, 1), VWR_EINVAL);
    device_writes(w, VWR_CONSOLE_QUEUE_RECEIVEQ, "abcdefgh", 8);
    assert_int_equal(vwr_console_can_read(&con, 0), 1);
    assert_int_equal(vwr_console_can_read(&con, 0), 1);
    device_writes(w, VWR_CONSOLE_QUEUE_RECEIVEQ, "ij", 2);
    assert_int_equal(vwr_console_read(&con, 0, got, 0), 0);
    assert_int_equal(vwr_console_read(&con, 0, got, 3), 3);
    assert_int_equal(vwr_console_read(&con, 0, got + 3, 6), 6); /* from two buffers */
    assert_int_equal(vwr_console_read(&con, 0, got + 9, 6), 1);
    assert_memory_equal(got, "abcdefghij", 10);
    poll_gets_nothing();
    assert_int_equal(vwr_console_open_port(&con, 0, true), VWR_EUNSUPP);
    assert_int_equal(vwr_close(&con.bringup), VWR_OK);
    assert_int_equal(vwr_console_write(&con, 0, "x", 1), VWR_EINVAL);
}

/* A write accepts only as much as fits. flush reports unsent output, and later that all was sent. */
static void partial_writes(struct world *w, const struct format *f, const void *param)
{
    static uint8_t much[SIZE * VWR_CONSOLE_BYTES + 10];
    uint8_t bytes[VWR_CONSOLE_BYTES];

    (void)param;
    begin(w, f, 1);
    for (size_t i = 0; i < sizeof(much); i++)
        much[i] = (uint8_t)(i * 7);
    assert_int_equal(vwr_console_can_write(&con, 1), VWR_EINVAL);
    assert_int_equal(vwr_console_can_write(&con, 0), 1);
    assert_int_equal(vwr_console_write(&con, 0, much, 0), 0);
    assert_int_equal(vwr_console_write(&con, 0, much, sizeof(much)), SIZE * VWR_CONSOLE_BYTES);
    assert_int_equal(vwr_console_write(&con, 0, much, 1), 0);
    assert_int_equal(vwr_console_can_write(&con, 0), 0);
    assert_true(vwr_console_arm_write(&con, 0));
    assert_false(vwr_console_arm_write(&con, 1));
    assert_int_equal(vwr_console_flush(&con, 0, 5000), VWR_ETIMEOUT);
    assert_int_equal(vwr_console_flush(&con, 0, 0), VWR_ETIMEOUT);
    assert_int_equal(device_reads(w, VWR_CONSOLE_QUEUE_TRANSMITQ, bytes), VWR_CONSOLE_BYTES);
    assert_false(vwr_console_arm_write(&con, 0));
    assert_int_equal(vwr_console_can_write(&con, 0), 1);
    assert_int_equal(vwr_console_write(&con, 0, much, sizeof(much)), VWR_CONSOLE_BYTES);
    for (unsigned i = 1; i < SIZE; i++) {
        assert_int_equal(device_reads(w, VWR_CONSOLE_QUEUE_TRANSMITQ, bytes), VWR_CONSOLE_BYTES);
        assert_memory_equal(bytes, much + i * VWR_CONSOLE_BYTES, VWR_CONSOLE_BYTES);
    }
    assert_int_equal(device_reads(w, VWR_CONSOLE_QUEUE_TRANSMITQ, bytes), VWR_CONSOLE_BYTES);
    assert_int_equal(vwr_console_flush(&con, 0, 0), VWR_OK);
    assert_int_equal(port[0].transmit.requests.stats.timeouts, 0);
}

/* A host that reads nothing for hours stalls only its port. */
static void nothing_is_overdue(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f, 1);
    assert_int_equal(vwr_console_write(&con, 0, "x", 1), 1);
    fake_time.step = 600u * 1000u * 1000u;
    for (unsigned i = 0; i < 100; i++)
        assert_int_equal(vwr_console_flush(&con, 0, 1), VWR_ETIMEOUT);
    assert_int_equal(vwr_get_stage(&con.bringup), VWR_STAGE_RUNNING);
}

static void wrong_use(struct world *w, const struct format *f, const void *param)
{
    struct vwr_console other;
    char c;

    (void)param;
    plug(w, f, PORTS);
    assert_int_equal(open_ports(w, PORTS), VWR_OK);
    assert_int_equal(vwr_console_open(&other, &w->mmio.dev, &options), VWR_EBUSY);
    assert_int_equal(vwr_console_read(&con, PORTS, &c, 1), VWR_EINVAL);
    assert_int_equal(vwr_console_write(&con, PORTS, "x", 1), VWR_EINVAL);
    assert_int_equal(vwr_console_flush(&con, PORTS, 1), VWR_EINVAL);
    assert_int_equal(vwr_console_open_port(&con, PORTS, true), VWR_EINVAL);
    assert_int_equal(vwr_console_open_port(&con, 0, true), VWR_ENODEV);
    assert_int_equal(vwr_console_write(&con, 0, "x", 1), VWR_ENODEV); /* it was not added */
    assert_int_equal(fake_ring_waiting(&w->f, VWR_CONSOLE_QUEUE_TRANSMITQ), 0);
    assert_int_equal(vwr_close(&con.bringup), VWR_OK);
    w->f.device_id = 2; /* a disk */
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(open_ports(w, PORTS), VWR_ETYPE);
}

static void emergency(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug(w, f, 1);
    assert_int_equal(vwr_console_emergency(&w->mmio.dev, 'a'), VWR_OK); /* before it is open */
    assert_int_equal(fake_config_now(&w->f, VWR_CONSOLE_CONFIG_EMERG_WR, 4), 'a');
    assert_int_equal(open_ports(w, 1), VWR_OK);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    assert_int_equal(vwr_console_emergency(&w->mmio.dev, 'b'), VWR_OK); /* and when all is lost */
    assert_int_equal(fake_config_now(&w->f, VWR_CONSOLE_CONFIG_EMERG_WR, 4), 'b');
    w->mmio.dev.config.bytes = VWR_CONSOLE_CONFIG_EMERG_WR + 3; /* a window that ends within the register */
    assert_int_equal(vwr_console_emergency(&w->mmio.dev, 'c'), VWR_EFEATURE);
    assert_int_equal(fake_config_now(&w->f, VWR_CONSOLE_CONFIG_EMERG_WR, 4), 'b');
    w->mmio.dev.config.bytes = VWR_MMIO_SIZE - VWR_MMIO_CONFIG;
    fake_withhold(&w->f, VWR_CONSOLE_F_EMERG_WRITE);
    assert_int_equal(vwr_console_emergency(&w->mmio.dev, 'c'), VWR_EFEATURE);
    w->mmio.dev.state = VWR_DEV_NONE;
    assert_int_equal(vwr_console_emergency(&w->mmio.dev, 'c'), VWR_EINVAL);
}

/* ---- several ports ---- */

/*
 * Section: Console Device / Device Operation / Multiport Device Operation. Tests each message and its answer.
 * Clause: console.drv.multiport.3 console.drv.multiport.4.
 */
static void each_message(struct world *w, const struct format *f, const void *param)
{
    const bool legacy = (f->flags & FORMAT_LEGACY) != 0;
    const struct vwr_console_resize size = {vwr_guest16(legacy, 132), vwr_guest16(legacy, 43)};

    (void)param;
    begin_ports(w, f);
    device_says(w, 0, VWR_CONSOLE_CONSOLE_PORT, 1, NULL, 8);
    poll_gets(0, VWR_CONSOLE_CONSOLE_PORT);
    device_hears(w, 0, VWR_CONSOLE_PORT_OPEN, 1);
    assert_true(port[0].console && port[0].open && !port[1].console && !port[1].open);
    device_says(w, 0, VWR_CONSOLE_RESIZE, 0, &size, 12);
    poll_gets(0, VWR_CONSOLE_RESIZE);
    assert_int_equal(port[0].cols, 132);
    assert_int_equal(port[0].rows, 43);
    device_says(w, 1, VWR_CONSOLE_PORT_NAME, 1, "name", 12);
    poll_gets(1, VWR_CONSOLE_PORT_NAME);
    assert_string_equal(port[1].name, "name");
    device_says(w, 1, VWR_CONSOLE_PORT_OPEN, 1, NULL, 8);
    poll_gets(1, VWR_CONSOLE_PORT_OPEN);
    assert_true(port[1].host_open);
    device_hears_nothing(w);
    assert_int_equal(vwr_console_open_port(&con, 1, true), VWR_OK);
    device_hears(w, 1, VWR_CONSOLE_PORT_OPEN, 1);
    assert_int_equal(vwr_console_open_port(&con, 1, false), VWR_OK);
    device_hears(w, 1, VWR_CONSOLE_PORT_OPEN, 0);
    assert_false(port[1].open);
    device_says(w, 1, VWR_CONSOLE_PORT_OPEN, 0, NULL, 8);
    poll_gets(1, VWR_CONSOLE_PORT_OPEN);
    assert_false(port[1].host_open);
    device_says(w, 1, VWR_CONSOLE_DEVICE_REMOVE, 0, NULL, 8);
    poll_gets(1, VWR_CONSOLE_DEVICE_REMOVE);
    assert_false(port[1].added);
    assert_string_equal(port[1].name, "");
    device_hears_nothing(w);
    assert_int_equal(con.ignored, 0);
}

static void cannot_write(struct world *w, unsigned i)
{
    assert_int_equal(vwr_console_write(&con, i, "x", 1), VWR_ENODEV);
    assert_int_equal(fake_ring_waiting(&w->f, queues[i].transmit), 0);
}

/* Output of a port is sent only while the driver's end is open. */
static void closed_ports(struct world *w, const struct format *f, const void *param)
{
    uint8_t bytes[VWR_CONSOLE_BYTES];
    unsigned notified;

    (void)param;
    begin_ports(w, f);
    cannot_write(w, 0);
    cannot_write(w, 1);
    device_says(w, 0, VWR_CONSOLE_CONSOLE_PORT, 1, NULL, 8);
    poll_gets(0, VWR_CONSOLE_CONSOLE_PORT);
    notified = w->f.notified;
    assert_int_equal(vwr_console_read(&con, 0, bytes, 1), 0);
    assert_int_equal(w->f.notified, notified + 1); /* the port requests input, once */
    assert_int_equal(vwr_console_read(&con, 0, bytes, 1), 0);
    assert_int_equal(w->f.notified, notified + 1);
    assert_int_equal(vwr_console_write(&con, 0, "x", 1), 1);
    assert_int_equal(vwr_console_open_port(&con, 1, true), VWR_OK);
    assert_int_equal(vwr_console_write(&con, 1, "y", 1), 1);
    assert_int_equal(device_reads(w, queues[1].transmit, bytes), 1);
    assert_int_equal(vwr_console_open_port(&con, 1, false), VWR_OK);
    cannot_write(w, 1);
    assert_int_equal(vwr_console_open_port(&con, 1, true), VWR_OK);
    device_says(w, 1, VWR_CONSOLE_DEVICE_REMOVE, 0, NULL, 8);
    poll_gets(1, VWR_CONSOLE_DEVICE_REMOVE);
    cannot_write(w, 1);
    device_says(w, 1, VWR_CONSOLE_DEVICE_ADD, 0, NULL, 8); /* a new port, not opened yet */
    poll_gets(1, VWR_CONSOLE_DEVICE_ADD);
    cannot_write(w, 1);
    assert_int_equal(vwr_console_write(&con, PORTS, "x", 1), VWR_EINVAL);
}

/* D30: messages that are invalid, out of sequence, or for a port that does not exist are counted and
 * otherwise ignored. */
static void D30_messages(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint32_t id;
        uint16_t event;
        uint32_t bytes;
    } wrong[] = {
        {0, VWR_CONSOLE_DEVICE_ADD, 8},     /* the port exists already */
        {PORTS, VWR_CONSOLE_DEVICE_ADD, 8}, /* max_nr_ports, and larger */
        {UINT32_MAX, VWR_CONSOLE_DEVICE_ADD, 8},
        {0x80000000, VWR_CONSOLE_PORT_OPEN, 8},
        {PORTS, VWR_CONSOLE_PORT_NAME, 20},
        {PORTS, VWR_CONSOLE_CONSOLE_PORT, 8},
        {1, VWR_CONSOLE_DEVICE_REMOVE, 8}, /* it was removed before this table runs */
        {1, VWR_CONSOLE_CONSOLE_PORT, 8},
        {1, VWR_CONSOLE_PORT_OPEN, 8},
        {1, VWR_CONSOLE_PORT_NAME, 12},
        {1, VWR_CONSOLE_RESIZE, 12},
        {0, VWR_CONSOLE_DEVICE_READY, 8}, /* a message of the driver */
        {0, VWR_CONSOLE_PORT_READY, 8},
        {0, VWR_CONSOLE_PORT_NAME + 1, 8}, /* unknown event */
        {0, 0xffff, 8},
        {0, VWR_CONSOLE_RESIZE, 8}, /* without a size, and with a truncated size */
        {0, VWR_CONSOLE_RESIZE, 11},
    };
    struct vwr_console_port before;

    (void)param;
    begin_ports(w, f);
    device_says(w, 1, VWR_CONSOLE_DEVICE_REMOVE, 0, NULL, 8);
    poll_gets(1, VWR_CONSOLE_DEVICE_REMOVE);
    memcpy(&before, &port[0], sizeof(before));
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        device_says(w, wrong[i].id, wrong[i].event, 1, NULL, wrong[i].bytes);
        poll_gets_nothing();
        assert_int_equal(con.ignored, i + 1);
        device_hears_nothing(w);
    }
    assert_memory_equal(&before, &port[0], sizeof(before));
    assert_false(port[1].added);
    for (uint32_t n = 0; n < 8; n++) {
        device_writes(w, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, "\0\0\0\0\1\0\0", n);
        poll_gets_nothing();
        assert_int_equal(port[PORTS].receive.stats.dropped, n + 1);
    }
    device_says(w, 0, VWR_CONSOLE_PORT_OPEN, 1, NULL, 8); /* the driver continues */
    poll_gets(0, VWR_CONSOLE_PORT_OPEN);
}

/* D30: names of every length, with and without a terminator. */
static void D30_names(struct world *w, const struct format *f, const void *param)
{
    char name[VWR_CONSOLE_BYTES];

    (void)param;
    begin_ports(w, f);
    memset(name, 'n', sizeof(name));
    for (uint32_t n = 0; n <= VWR_CONSOLE_BYTES - 8; n++) {
        const size_t cut = n < VWR_CONSOLE_NAME_BYTES ? n : VWR_CONSOLE_NAME_BYTES - 1;

        device_says(w, 1, VWR_CONSOLE_PORT_NAME, 1, name, 8 + n);
        poll_gets(1, VWR_CONSOLE_PORT_NAME);
        assert_int_equal(strlen(port[1].name), cut);
        assert_memory_equal(port[1].name, name, cut);
    }
    device_says(w, 1, VWR_CONSOLE_PORT_NAME, 1, "q\0u", 8 + 4); /* terminated as by QEMU */
    poll_gets(1, VWR_CONSOLE_PORT_NAME);
    assert_string_equal(port[1].name, "q");
}

/* More ports than the driver has memory for: the driver reports failure for them to the device. */
static void ports_beyond_ours(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug(w, f, 100);
    assert_int_equal(open_ports(w, PORTS), VWR_OK);
    device_hears(w, ANY, VWR_CONSOLE_DEVICE_READY, 1);
    device_says(w, 99, VWR_CONSOLE_DEVICE_ADD, 0, NULL, 8);
    poll_gets(99, VWR_CONSOLE_DEVICE_ADD);
    device_hears(w, 99, VWR_CONSOLE_PORT_READY, 0);
    assert_int_equal(con.refused, 1);
    device_says(w, 99, VWR_CONSOLE_PORT_NAME, 0, "n", 9);
    device_says(w, 100, VWR_CONSOLE_DEVICE_ADD, 0, NULL, 8);
    poll_gets_nothing();
    assert_int_equal(con.ignored, 2);
    device_hears_nothing(w);
}

/* Zero ports, one, and the maximum value: port 0 exists, and no more ports than the driver has memory for. */
static void numbers_of_ports(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t ports[] = {0, 1, PORTS, UINT32_MAX};
    char c;

    (void)param;
    for (unsigned i = 0; i < 4; i++) {
        plug(w, f, ports[i]);
        assert_int_equal(open_ports(w, PORTS), VWR_OK);
        assert_int_equal(con.info.max_nr_ports, ports[i] != 0 ? ports[i] : 1);
        device_hears(w, ANY, VWR_CONSOLE_DEVICE_READY, 1);
        assert_int_equal(vwr_console_read(&con, 0, &c, 1), 0);
        assert_int_equal(vwr_console_read(&con, 1, &c, 1), ports[i] < 2 ? VWR_EINVAL : 0);
        assert_int_equal(vwr_close(&con.bringup), VWR_OK);
    }
}

/*
 * Two entries are not sufficient for any number of ports, because with several ports messages take an entry.
 */
static void two_entries(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug(w, f, PORTS);
    assert_int_equal(open_ports(w, PORTS), VWR_OK);
    assert_int_equal(vwr_close(&con.bringup), VWR_OK);
    options.port_count = 2;
    assert_int_equal(vwr_console_open(&con, &w->mmio.dev, &options), VWR_ENOMEM);
    world_dev_explains(w, "port_count is 2; it must be at least 3");
    options.port_count = VWR_CONSOLE_PORTS(2);
    assert_int_equal(vwr_console_open(&con, &w->mmio.dev, &options), VWR_OK);
    assert_int_equal(con.ports, 2);
}

/* The device does not use the driver's answers: messages wait in the ring, and none is lost. */
static void no_room_for_answers(struct world *w, const struct format *f, const void *param)
{
    struct vwr_console_message m;
    unsigned handled = 0;

    (void)param;
    begin_ports(w, f);
    for (unsigned i = 0; i < 3 * SIZE; i++) {
        if (fake_ring_waiting(&w->f, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ) != 0)
            device_says(w, 0, VWR_CONSOLE_CONSOLE_PORT, 1, NULL, 8);
        handled += (unsigned)vwr_console_poll(&con, &m);
    }
    assert_int_equal(handled, SIZE); /* then the transmit queue is full */
    for (unsigned i = 0; i < SIZE; i++)
        device_hears(w, 0, VWR_CONSOLE_PORT_OPEN, 1);
    while (vwr_console_poll(&con, &m) > 0)
        handled++;
    assert_int_equal(handled, 2 * SIZE);
    for (unsigned i = 0; i < SIZE; i++)
        device_hears(w, 0, VWR_CONSOLE_PORT_OPEN, 1);
    device_hears_nothing(w);
}

/* ---- the device fails ---- */

static int recover(struct world *w)
{
    int r;

    do {
        const unsigned before = w->f.accesses;

        r = vwr_recover(&con.bringup);
        assert_true(w->f.accesses - before <= 64);
    } while (r == VWR_EBUSY);
    return r;
}

/* Three requests of each port are in flight, and one buffer is half read. */
static void begin_in_flight(struct world *w, const struct format *f)
{
    char c;

    begin_ports(w, f);
    for (unsigned i = 0; i < PORTS; i++)
        assert_int_equal(vwr_console_open_port(&con, i, true), VWR_OK); /* puts a message in flight too */
    for (unsigned i = 0; i < PORTS; i++)
        for (unsigned k = 0; k < 3; k++)
            assert_int_equal(vwr_console_write(&con, i, i == 0 ? "abc" + k : "xyz" + k, 1), 1);
    device_writes(w, VWR_CONSOLE_QUEUE_RECEIVEQ, "12", 2);
    assert_int_equal(vwr_console_read(&con, 0, &c, 1), 1);
}

/* After the recovery: ports are added again, and the output that was in flight arrives in order, and
 * nothing else. */
static void works_again(struct world *w)
{
    uint8_t bytes[VWR_CONSOLE_BYTES];
    char c;

    device_hears(w, ANY, VWR_CONSOLE_DEVICE_READY, 1);
    device_hears_nothing(w);
    assert_false(port[0].added || port[1].added || port[1].open);
    for (unsigned i = 0; i < PORTS; i++) {
        for (unsigned k = 0; k < 3; k++) {
            assert_int_equal(device_reads(w, queues[i].transmit, bytes), 1);
            assert_int_equal(bytes[0], i == 0 ? "abc"[k] : "xyz"[k]);
        }
        assert_int_equal(device_reads(w, queues[i].transmit, bytes), 0);
        assert_int_equal(port[i].transmit.requests.stats.replayed, 3);
    }
    assert_int_equal(vwr_console_read(&con, 0, &c, 1), 1);
    assert_int_equal(c, '2');
    for (unsigned lap = 0; lap < 3; lap++)
        for (unsigned i = 0; i < SIZE; i++) {
            device_writes(w, VWR_CONSOLE_QUEUE_PORT_RECEIVEQ, "q", 1);
            device_writes(w, VWR_CONSOLE_QUEUE_RECEIVEQ, "p", 1);
            assert_int_equal(vwr_console_read(&con, 1, &c, 1), 1);
            assert_int_equal(vwr_console_read(&con, 0, &c, 1), 1);
        }
    device_says(w, 1, VWR_CONSOLE_DEVICE_ADD, 0, NULL, 8);
    poll_gets(1, VWR_CONSOLE_DEVICE_ADD);
    device_hears(w, 1, VWR_CONSOLE_PORT_READY, 1);
    device_hears(w, 1, VWR_CONSOLE_PORT_OPEN, 1); /* as before */
    assert_true(port[1].open && !port[0].open);
    assert_int_equal(vwr_console_write(&con, 0, "x", 1), VWR_ENODEV);
    assert_int_equal(vwr_console_flush(&con, 0, 0), VWR_OK);
}

/* D36: the device requests a reset. */
static void D36_needs_reset(struct world *w, const struct format *f, const void *param)
{
    char text[200];

    (void)param;
    begin_in_flight(w, f);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    assert_int_equal(vwr_get_stage(&con.bringup), VWR_STAGE_STOPPED);
    assert_true(vwr_console_explain(&con, text, sizeof(text)) < sizeof(text));
    assert_non_null(strstr(text, "the device reports an error and needs a reset: status reads 0x4"));
    assert_int_equal(recover(w), VWR_OK);
    works_again(w);
}

/* The full explanation, with the prefix "queue n" for a queue; truncated if the buffer is smaller. */
static void explains(const char *words, unsigned queue)
{
    char want[100];
    char text[100];
    char cut[10];
    size_t length = 0;

    if (queue != ANY)
        length = (size_t)snprintf(want, sizeof(want), "queue %u", queue);
    length += (size_t)snprintf(want + length, sizeof(want) - length, "%s", words);
    assert_int_equal(vwr_console_explain(&con, text, sizeof(text)), length);
    assert_string_equal(text, want);
    assert_int_equal(vwr_console_explain(&con, cut, sizeof(cut)), length);
    assert_memory_equal(cut, text, sizeof(cut) - 1);
    assert_int_equal(cut[sizeof(cut) - 1], 0);
    assert_int_equal(vwr_console_explain(&con, NULL, 0), length);
}

/* D02, D18: a protocol violation in each queue; the other queues continue until the recovery. */
static void D02_in_each_queue(struct world *w, const struct format *f, const void *param)
{
    const unsigned *const queue = param;
    struct vwr_console_message m;
    char c;
    int r;

    begin_in_flight(w, f);
    fake_ring_put(&w->f, *queue, f->size + 3u, 0);
    if (*queue == VWR_CONSOLE_QUEUE_RECEIVEQ) {
        assert_int_equal(vwr_console_read(&con, 0, &c, 1), 1); /* the rest of the half read buffer */
        assert_int_equal(c, '2');
        port[0].rest.bytes = 1; /* restored for works_again: */
        port[0].rest.p = &c;
    }
    r = *queue == VWR_CONSOLE_QUEUE_RECEIVEQ ? (port[0].rest.bytes = 0, vwr_console_read(&con, 0, &c, 1))
        : *queue == VWR_CONSOLE_QUEUE_PORT_TRANSMITQ ? vwr_console_write(&con, 1, "", 1)
                                                     : vwr_console_poll(&con, &m);
    assert_int_equal(r, VWR_EBADRING);
    explains(": the device used a buffer that is not in flight", *queue);
    assert_int_equal(vwr_get_stage(&con.bringup), VWR_STAGE_STOPPED);
    assert_int_equal(w->mmio.dev.state, VWR_DEV_LIVE);
    assert_int_equal(vwr_console_read(&con, 1, &c, 1), *queue == VWR_CONSOLE_QUEUE_PORT_RECEIVEQ ? r : 0);
    assert_int_equal(recover(w), VWR_OK);
}

/* D25: the reset is not acknowledged, so the device owns the memory; a late acknowledgement makes the
 * driver work again. */
static void D25_reset_never_ends(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    w->f.quirks.reset_reads = FAKE_FOREVER;
    assert_int_equal(vwr_console_write(&con, 0, "", 0), 0); /* it does not report the reason yet */
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    assert_int_equal(recover(w), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&con.bringup), VWR_STAGE_LOST);
    assert_int_equal(port[0].buffer[1].owner, VWR_RECEIVE_DEVICE);
    assert_true(vwr_console_write(&con, 0, "x", 1) < 0);
    w->f.quirks.reset_reads = 0;
    w->f.reset_reads_left = 0;
    assert_int_equal(recover(w), VWR_OK);
    works_again(w);
}

/* The device does not start again: the driver gets the requests in flight back and counts them. */
static void does_not_start_again(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    w->f.queue[VWR_CONSOLE_QUEUE_PORT_TRANSMITQ].size_max = 0;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    assert_int_equal(recover(w), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&con.bringup), VWR_STAGE_DEAD);
    explains(": QueueSizeMax reads 0: the device has no such queue", VWR_CONSOLE_QUEUE_PORT_TRANSMITQ);
    assert_int_equal(port[0].transmit.requests.stats.returned, 3);
    assert_int_equal(port[1].transmit.requests.stats.returned, 3);
    assert_true(vwr_console_write(&con, 0, "x", 1) < 0);
    for (unsigned i = 0; i < VWR_CONSOLE_QUEUE; i++)
        assert_int_not_equal(port[0].request[i].state, VWR_REQ_IN_FLIGHT);
    assert_int_equal(vwr_close(&con.bringup), VWR_OK);
    for (unsigned i = 0; i < VWR_CONSOLE_QUEUE; i++)
        assert_int_not_equal(port[0].buffer[i].owner, VWR_RECEIVE_DEVICE);
}

/* The device starts only at the second attempt: nothing is lost or sent twice. */
static void starts_at_the_second_try(struct world *w, const struct format *f, const void *param)
{
    int r;

    (void)param;
    begin_in_flight(w, f);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    w->f.queue[VWR_CONSOLE_QUEUE_PORT_TRANSMITQ].size_max = 0;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    for (unsigned resets = w->f.resets; w->f.resets < resets + 2;) {
        r = vwr_recover(&con.bringup);
        assert_int_equal(r, VWR_EBUSY);
    }
    w->f.queue[VWR_CONSOLE_QUEUE_PORT_TRANSMITQ].size_max = f->size;
    assert_int_equal(recover(w), VWR_OK);
    works_again(w);
}

/* D29: a configuration that keeps changing. */
static void D29_restless(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug(w, f, 1);
    w->f.quirks.config_changes = FAKE_FOREVER;
    w->f.quirks.capacity = 1;
    (void)open_ports(w, 1); /* the fake changes a disk's field, so the driver may not notice; the read ends */
    assert_true(w->f.accesses < 1000);
    w->f.quirks.config_changes = 0;
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    assert_int_equal(open_ports(w, 1), VWR_OK);
}

/* Freeze preserves the requests in flight and the driver's state of the device. */
static void freezes(struct world *w, const struct format *f, const void *param)
{
    int r;

    (void)param;
    begin_in_flight(w, f);
    while ((r = vwr_freeze(&con.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    assert_int_equal(w->f.status, 0);
    assert_int_equal(recover(w), VWR_OK);
    works_again(w);
}

/*
 * A queue reset cancels the requests of one port in steps. The other port continues, and the port sends again
 * afterwards. Clause: vq.drv.reset.1 mmio.dev.10.
 */
static void cancels(struct world *w, const struct format *f, const void *param)
{
    struct vwr_queue *const queue = &port[1].transmit.requests.queue;
    uint8_t bytes[VWR_CONSOLE_BYTES];
    unsigned steps = 0;
    int r;

    (void)param;
    begin_in_flight(w, f);
    w->f.quirks.queue_reset_reads = 3;
    for (;; steps++) {
        const unsigned before = w->f.accesses;

        r = vwr_console_cancel(&con, 1);
        assert_true(w->f.accesses - before <= 64);
        if (r != VWR_EBUSY)
            break;
        assert_int_equal(vwr_console_write(&con, 1, "no", 2), VWR_ERESET);
        assert_int_equal(vwr_console_write(&con, 0, "d", 1), 1);
        assert_int_equal(device_reads(w, VWR_CONSOLE_QUEUE_TRANSMITQ, bytes), 1);
        assert_int_equal(bytes[0], "abcd"[steps]);
        assert_int_equal(vwr_get_stage(&con.bringup), VWR_STAGE_RUNNING);
    }
    assert_int_equal(r, VWR_OK);
    assert_int_equal(steps, 3);
    assert_int_equal(port[1].transmit.requests.stats.returned, 3);
    assert_int_equal(vwr_queue_in_flight(queue), 0);
    for (unsigned i = 0; i < 3 * SIZE; i++) {
        assert_int_equal(vwr_console_write(&con, 1, "efg" + i % 3, 1), 1);
        assert_int_equal(device_reads(w, VWR_CONSOLE_QUEUE_PORT_TRANSMITQ, bytes), 1);
        assert_int_equal(bytes[0], "efg"[i % 3]);
    }
    assert_int_equal(vwr_console_cancel(&con, PORTS), VWR_EINVAL);
}

/* Without RING_RESET, cancel has no effect. */
static void cannot_cancel(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_in_flight(w, f);
    assert_int_equal(vwr_console_cancel(&con, 1), VWR_EUNSUPP);
    assert_int_equal(vwr_queue_in_flight(&port[1].transmit.requests.queue), 3);
    assert_int_equal(vwr_console_write(&con, 1, "a", 1), 1);
}

/*
 * After a reset the device no longer has messages, or has them now: the driver cannot continue with its
 * ports.
 */
static void other_messages_after_a_reset(struct world *w, const struct format *f, const void *param)
{
    const unsigned ports = *(const unsigned *)param;

    begin(w, f, ports);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    if (ports > 1)
        fake_withhold(&w->f, VWR_CONSOLE_F_MULTIPORT);
    else
        memset(&con.options.avoid, 0, sizeof(con.options.avoid));
    assert_int_equal(recover(w), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&con.bringup), VWR_STAGE_DEAD);
    assert_int_equal(vwr_close(&con.bringup), VWR_OK);
}

static void speaks_for_ever(struct fake *f, uint32_t queue)
{
    const struct vwr_console_control unknown = {.event =
                                                    vwr_guest16(f->version == VWR_MMIO_VERSION_LEGACY, 0x77)};

    while (queue == VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ && fake_ring_next(f, queue, &chain)) {
        fake_ram_write(chain.segment[0].addr, &unknown, sizeof(unknown));
        fake_ring_push(f, queue, chain.head, sizeof(unknown));
    }
}

/* Meaningless messages: a poll ends after as many as there are buffers. */
static void D30_messages_for_ever(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin_ports(w, f);
    assert_true(vwr_console_arm_messages(&con));
    w->f.on_notify = speaks_for_ever;
    speaks_for_ever(&w->f, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ);
    assert_false(vwr_console_arm_messages(&con)); /* there are some */
    for (unsigned i = 1; i <= 3; i++) {
        poll_gets_nothing();
        assert_int_equal(con.ignored, i * VWR_CONSOLE_QUEUE);
    }
    assert_int_equal(vwr_close(&con.bringup), VWR_OK);
    begin(w, f, 1);
    assert_false(vwr_console_arm_messages(&con)); /* of one port */
}

/* The device is notified of buffers when the driver opens a port, once for each time. */
static void wakes_input_of_open_ports(struct world *w, const struct format *f, const void *param)
{
    uint8_t byte;

    (void)param;
    begin_ports(w, f);
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(vwr_console_open_port(&con, 1, i % 2 == 0), VWR_OK);
        device_hears(w, 1, VWR_CONSOLE_PORT_OPEN, i % 2 == 0);
        fake_forget(&w->f);
        for (unsigned k = 0; k < 2; k++)
            assert_int_equal(vwr_console_read(&con, 1, &byte, 1), 0);
        assert_int_equal(fake_count(&w->f, "W QueueNotify"), i % 2 == 0 ? 1 : 0);
    }
}

int main(void)
{
    static const uint16_t eight[] = {SIZE, 0};
    static const unsigned bad[] = {VWR_CONSOLE_QUEUE_RECEIVEQ, VWR_CONSOLE_QUEUE_PORT_TRANSMITQ,
                                   VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, eight};
    static const struct format_range few = {KIND_ALL, FORMAT_IN_ORDER, 0, eight};
    static const struct format_range reset = {KIND_SPLIT | KIND_PACKED, FORMAT_OPTIONS, FORMAT_RING_RESET,
                                              eight};
    static const unsigned one = 1;
    static const unsigned several = PORTS;
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(reads_and_writes, all);
    ADD(partial_writes, all);
    ADD(nothing_is_overdue, few);
    ADD(wrong_use, few);
    ADD(emergency, few);
    ADD(each_message, few);
    ADD(closed_ports, few);
    ADD(D30_messages, few);
    ADD(D30_names, few);
    ADD(D30_messages_for_ever, few);
    ADD(wakes_input_of_open_ports, few);
    format_add(&tests, "no_messages_after_a_reset", other_messages_after_a_reset, &several, &few);
    format_add(&tests, "messages_after_a_reset", other_messages_after_a_reset, &one, &few);
    ADD(ports_beyond_ours, few);
    ADD(numbers_of_ports, few);
    ADD(two_entries, few);
    ADD(no_room_for_answers, few);
    ADD(D36_needs_reset, all);
    ADD(D25_reset_never_ends, few);
    ADD(does_not_start_again, few);
    ADD(starts_at_the_second_try, few);
    ADD(D33_lacks_a_queue, few);
    ADD(D29_restless, few);
    ADD(cancels, reset);
    ADD(cannot_cancel, few);
    ADD(freezes, few);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        format_add(&tests, "D02_in_each_queue", D02_in_each_queue, &bad[i], &few);
    return format_run("console", &tests);
}
