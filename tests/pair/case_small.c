/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "vmm.h"
#include "suspend.h"

#include "vwr/console.h"
#include "vwr/vconsole.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * A console with one port, and one with several ports. Each byte arrives in its place, however little the
 * other side takes at a time, and also after the console has failed with output of each port in flight.
 */

#define CONSOLE_SLOT 2u
#define PORTS 3u
#define QUEUE_SIZE 8u
#define BYTES 500u /* per direction of a port, multiplied by scale */
#define CHUNK 100u
#define PATIENCE 100000u

/* A stream of known bytes, which its position determines. */
struct stream {
    uint32_t put;
    uint32_t got;
};

static struct {
    struct vwr_vconsole device;
    struct vwr_vconsole_port port[PORTS];
    struct vwr_vqueue queue[VWR_VCONSOLE_QUEUES(PORTS)];
    struct vwr_vqueue_entry own[VWR_VCONSOLE_QUEUES(PORTS) * QUEUE_SIZE];
    union vmm_end end;
    struct vwr_console guest;
    struct vwr_console_port guest_port[PORTS + 1];
    struct stream out[PORTS]; /* the guest's output */
    struct stream in[PORTS];
    uint32_t bytes; /* total bytes of each stream */
    unsigned ports;
    unsigned held; /* bit mask of ports with waiting output */
    bool stall;    /* the host neither takes nor sends bytes */
} con;

static uint64_t state;

static uint8_t byte_of(unsigned stream, uint32_t at)
{
    return (uint8_t)((at * UINT32_C(2654435761) >> 11) ^ stream * 37);
}

static void put(struct stream *s, unsigned stream, uint8_t *bytes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = byte_of(stream, s->put + i);
}

static void got(struct stream *s, unsigned stream, const uint8_t *bytes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        CHECK_NUMBER(bytes[i], byte_of(stream, s->got + i));
    s->got += n;
}

static struct vwr_vdev_setup setup_of(unsigned kind, unsigned slot, struct vwr_vqueue *queue, uint16_t queues,
                                      struct vwr_vqueue_entry *own)
{
    struct vwr_vdev_setup s = {.vm = &vmm, .line = slot, .queue = queue, .queue_count = queues, .own = own};

    s.queue_size = QUEUE_SIZE;
    s.own_count = VWR_VDEV_OWN((size_t)queues, QUEUE_SIZE);
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    return s;
}

/* ---- the console's host ---- */

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    const uint32_t take = con.stall ? 0 : random_below(&state, 3) == 0 ? random_below(&state, n + 1) : n;

    CHECK(c == &con.device && port < con.ports);
    got(&con.out[port], port, bytes, take);
    if (take < n)
        con.held |= 1u << port;
    return take;
}

static bool give_input(unsigned port)
{
    uint8_t bytes[CHUNK];
    struct stream *const s = &con.in[port];
    uint32_t n = 1 + random_below(&state, CHUNK);

    if (n > con.bytes - s->put)
        n = con.bytes - s->put;
    if (n == 0)
        return false;
    put(s, port + PORTS, bytes, n);
    n = vwr_vconsole_input(&con.device, port, bytes, n);
    s->put += n;
    return n != 0;
}

static bool console_work(void)
{
    const unsigned held = con.held;
    bool done = held != 0;

    if (con.stall)
        return false;
    con.held = 0;
    for (unsigned port = 0; port < con.ports; port++) {
        if ((held >> port & 1u) != 0)
            vwr_vconsole_resume(&con.device, port);
        done = give_input(port) || done;
    }
    return done;
}

/* ---- and its guest ---- */

static void guest_poll(void)
{
    struct vwr_console_message m;
    int r;

    if (vmm_interrupted(CONSOLE_SLOT))
        (void)vwr_dev_irq(&con.end.dev);
    while ((r = vwr_console_poll(&con.guest, &m)) > 0)
        CHECK(con.guest_port[m.port].added);
    CHECK_NUMBER(r, 0);
}

static bool guest_read(unsigned port)
{
    uint8_t bytes[CHUNK];
    const int n = vwr_console_read(&con.guest, port, bytes, 1 + random_below(&state, CHUNK - 1));

    CHECK(n >= 0);
    got(&con.in[port], port + PORTS, bytes, (uint32_t)n);
    return n > 0;
}

static bool guest_write(unsigned port)
{
    uint8_t bytes[CHUNK];
    struct stream *const s = &con.out[port];
    uint32_t n = random_below(&state, CHUNK);
    int r;

    if (n > con.bytes - s->put)
        n = con.bytes - s->put;
    put(s, port, bytes, n);
    r = vwr_console_write(&con.guest, port, bytes, n);
    CHECK(r >= 0);
    s->put += (uint32_t)r;
    return r > 0;
}

static bool guest_step(void)
{
    bool done = false;

    guest_poll();
    for (unsigned port = 0; port < con.ports; port++) {
        done = guest_write(port) || done;
        done = guest_read(port) || done;
    }
    return done;
}

static bool console_finished(void)
{
    for (unsigned port = 0; port < con.ports; port++)
        if (con.out[port].got < con.bytes || con.in[port].got < con.bytes)
            return false;
    return true;
}

/* Both sides open the ports that are no consoles once they exist; `again`: the driver does it by itself. */
static void open_ports(bool again)
{
    for (unsigned port = 0; port < con.ports && con.ports > 1; port++) {
        struct vwr_console_port *const p = &con.guest_port[port];

        vwr_vconsole_open_port(&con.device, port, true);
        for (unsigned polls = 0; !p->host_open; polls++) {
            CHECK_AT_MOST(polls, PATIENCE);
            vmm_run_until_idle();
            guest_poll();
        }
        CHECK(p->console == con.port[port].console && p->open == (p->console || again));
        if (!p->open)
            CHECK_NUMBER(vwr_console_open_port(&con.guest, port, true), VWR_OK);
    }
}

static void open_console(unsigned kind)
{
    struct vwr_console_options o = {.port = con.guest_port,
                                    .port_count = VWR_CONSOLE_PORTS(con.ports),
                                    .shared_count = VWR_CONSOLE_QUEUES(con.ports)};
    struct vwr_console_config_info info;

    disk_avoid(&o.avoid, kind);
    ram_reset();
    o.shared = ram_alloc_ring(VWR_CONSOLE_QUEUES(con.ports) * sizeof(*o.shared));
    CHECK_NUMBER(vmm_find(&con.end, CONSOLE_SLOT), VWR_OK);
    CHECK_NUMBER(vwr_console_open(&con.guest, &con.end.dev, &o), VWR_OK);
    disk_check_features(&con.end.dev, &con.device.dev, kind);
    CHECK_NUMBER(con.guest.info.max_nr_ports, con.ports);
    CHECK_NUMBER(vwr_bringup_read_info(&con.guest.bringup, &info), VWR_OK);
    CHECK(info.cols == 80 && info.rows == 24 && con.guest.info.cols == 80 && con.guest.info.rows == 24);
    memset(con.out, 0, sizeof(con.out));
    memset(con.in, 0, sizeof(con.in));
    open_ports(false);
    vmm_work = console_work;
}

/* Changes the console's size: an interrupt, the configuration, and with several ports a message. */
static void resize(uint16_t cols, uint16_t rows)
{
    const struct vwr_console_port *const p = &con.guest_port[0];
    struct vwr_console_config_info info;

    vmm_run_until_idle();
    guest_poll();
    vwr_vconsole_resize(&con.device, 0, cols, rows);
    vmm_run_until_idle();
    CHECK(vmm_interrupted(CONSOLE_SLOT));
    CHECK((vwr_dev_irq(&con.end.dev) & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0);
    guest_poll();
    CHECK_NUMBER(vwr_bringup_read_info(&con.guest.bringup, &info), VWR_OK);
    CHECK(info.cols == cols && info.rows == rows);
    CHECK(con.ports == 1 || (p->cols == cols && p->rows == rows));
}

/* Bytes of a port's requests in flight; there are at least two requests. */
static uint32_t in_flight(unsigned port)
{
    unsigned count = 0;
    uint32_t bytes = 0;

    for (unsigned i = 0; i < VWR_CONSOLE_QUEUE; i++) {
        const struct vwr_req *const r = &con.guest_port[port].request[i];

        if (!vwr_req_is_in_flight(r))
            continue;
        count++;
        bytes += (uint32_t)r->vec.bytes;
    }
    CHECK(count >= 2);
    return bytes;
}

/*
 * The device fails while the host takes nothing and only output of each port is in flight. Unused buffers are
 * sent again from their start.
 */
static void fail_and_recover(void)
{
    struct vwr_bringup *const v = &con.guest.bringup;
    uint32_t bytes[PORTS];
    int r;

    con.stall = true;
    vmm_run_until_idle();
    for (unsigned port = 0; port < con.ports; port++) {
        while (guest_read(port))
            continue;
        for (unsigned i = 0; i < CHUNK; i++) /* more than fits */
            (void)guest_write(port);
        bytes[port] = in_flight(port);
    }
    vmm_may_break = true;
    vwr_vdev_needs_reset(&con.device.dev);
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&con.end.dev), VWR_ENEEDSRESET);
    CHECK_NUMBER(vwr_get_stage(v), VWR_STAGE_STOPPED);
    for (unsigned port = 0; port < con.ports; port++) {
        CHECK(con.out[port].put - bytes[port] <= con.out[port].got);
        con.out[port].got = con.out[port].put - bytes[port];
    }
    con.held = 0;
    con.stall = false;
    while ((r = vwr_recover(v)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    open_ports(true);
    resize(132, 43);
    resize(80, 24);
}

static void run_console(unsigned kind, unsigned ports, bool deferred, uint32_t bytes)
{
    static const struct vwr_vconsole_ops ops = {.output = output};
    struct vwr_vconsole_options o = {
        .ops = &ops, .port = con.port, .port_count = (uint16_t)ports, .cols = 80, .rows = 24};
    struct vwr_vdev_setup s;
    bool failed = false;

    vmm_begin(deferred);
    memset(&con, 0, sizeof(con));
    s = setup_of(kind, CONSOLE_SLOT, con.queue, (uint16_t)VWR_VCONSOLE_QUEUES(ports), con.own);
    con.ports = ports;
    con.bytes = bytes;
    con.port[0].console = true;
    CHECK_NUMBER(vwr_vconsole_init_with(&con.device, &s, &o), VWR_OK);
    vmm_add(CONSOLE_SLOT, &con.device.dev);
    for (unsigned pass = 0; pass < 2; pass++) {
        vmm_work = NULL;
        open_console(kind);
        resize(100, 30);
        resize(80, 24);
        for (unsigned idle = 0; !console_finished(); idle++) {
            const bool stepped = vmm_step();

            if (guest_step() || stepped)
                idle = 0;
            CHECK_AT_MOST(idle, PATIENCE);
            if (random_below(&state, 16) == 0)
                suspend_check(&con.end.dev, &con.device.dev);
            if (pass == 0 && con.in[0].got > bytes / 2)
                break; /* resets in the middle, and then starts again */
            if (pass == 1 && !failed && con.in[0].got > bytes / 10) {
                failed = true;
                fail_and_recover();
            }
        }
        CHECK(failed == (pass == 1));
        CHECK_NUMBER(con.guest.ignored + con.guest.refused, 0);
        CHECK_NUMBER(vwr_close(&con.guest.bringup), VWR_OK);
        con.held = 0;
    }
    printf("%s console, %u ports%s: %u bytes each way\n", disk_kind_name(kind), ports,
           deferred ? " deferred" : "", bytes);
}

void case_console(unsigned kind, unsigned scale)
{
    state = kind;
    run_console(kind, 1, false, BYTES * scale);
    run_console(kind, 1, true, BYTES * scale);
    run_console(kind, PORTS, false, BYTES * scale);
    run_console(kind, PORTS, true, BYTES * scale);
}
