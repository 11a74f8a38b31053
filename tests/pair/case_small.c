/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest_console.h"
#include "guest_entropy.h"
#include "ram.h"
#include "vmm.h"

#include "vwr/vconsole.h"
#include "vwr/ventropy.h"

#include <stdio.h>
#include <string.h>

/*
 * A console, one with several ports, and a source of random bytes: each byte arrives, in its place, however
 * little the other side takes at a time. The drivers are those of ../common.
 */

#define CONSOLE_SLOT 2u
#define ENTROPY_SLOT 3u
#define PORTS 3u
#define QUEUE_SIZE 8u
#define BYTES 500u /* each way of a port, by scale */
#define CHUNK 100u
#define PATIENCE 100000u

/* A stream of bytes that are known: the n-th of it. */
struct stream {
    uint32_t put;
    uint32_t got;
};

static struct {
    struct vwr_vconsole device;
    struct vwr_vconsole_port port[PORTS];
    struct vwr_vqueue queue[VWR_VCONSOLE_QUEUES(PORTS)];
    struct vwr_vqueue_entry own[VWR_VCONSOLE_QUEUES(PORTS) * QUEUE_SIZE];
    struct vwr_mmio mmio;
    struct guest_console guest;
    struct stream out[PORTS]; /* of the guest's */
    struct stream in[PORTS];
    uint32_t bytes; /* that each of them has in all */
    unsigned ports;
    unsigned held; /* ports whose output waits, a bit each */
} con;

static struct {
    struct vwr_ventropy device;
    struct vwr_vqueue queue[VWR_VENTROPY_QUEUES];
    struct vwr_vqueue_entry own[VWR_VENTROPY_QUEUES * QUEUE_SIZE];
    struct vwr_mmio mmio;
    struct guest_entropy guest;
    struct stream stream;
    uint32_t ready; /* bytes that there are now */
} ent;

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % n);
}

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
    struct vwr_vdev_setup s = {.vm = &vmm, .line = slot, .queue = queue, .queues = queues, .own = own};

    s.queue_size = QUEUE_SIZE;
    s.own_bytes = VWR_VDEV_OWN_BYTES((size_t)queues, QUEUE_SIZE);
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    return s;
}

/* ---- the console's host ---- */

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    const uint32_t take = below(3) == 0 ? below(n + 1) : n;

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
    uint32_t n = 1 + below(CHUNK);

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

    con.held = 0;
    for (unsigned port = 0; port < con.ports; port++) {
        if ((held >> port & 1u) != 0)
            vwr_vconsole_resume(&con.device, port);
        done = give_input(port) || done;
    }
    return done;
}

/* ---- and its guest ---- */

static bool guest_turn(void)
{
    uint8_t bytes[CHUNK];
    bool done = false;

    if (vmm_interrupted(CONSOLE_SLOT))
        (void)vwr_dev_irq(&con.mmio.dev);
    CHECK_NUMBER(guest_console_work(&con.guest), VWR_OK);
    for (unsigned port = 0; port < con.ports; port++) {
        struct stream *const s = &con.out[port];
        uint32_t n = below(CHUNK);

        if (n > con.bytes - s->put)
            n = con.bytes - s->put;
        put(s, port, bytes, n);
        n = guest_console_write(&con.guest, port, bytes, n);
        s->put += n;
        done = n != 0 || done;
        n = guest_console_read(&con.guest, port, bytes, 1 + below(CHUNK - 1));
        got(&con.in[port], port + PORTS, bytes, n);
        done = n != 0 || done;
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

/* Ports that are no consoles are opened by both sides, once they are there. */
static void open_ports(void)
{
    for (unsigned port = 0; port < con.ports && con.guest.multiport; port++) {
        vwr_vconsole_open(&con.device, port, true);
        for (unsigned turns = 0; !con.guest.port[port].host_open; turns++) {
            CHECK_AT_MOST(turns, PATIENCE);
            vmm_settle();
            CHECK_NUMBER(guest_console_work(&con.guest), VWR_OK);
        }
        CHECK(con.guest.port[port].console == con.port[port].console);
        if (!con.port[port].console)
            CHECK_NUMBER(guest_console_open_port(&con.guest, port, true), VWR_OK);
    }
}

static void open_console(unsigned kind)
{
    struct vwr_features avoid;

    disk_avoid(&avoid, kind);
    ram_reset();
    CHECK_NUMBER(vwr_mmio_probe(&con.mmio, vmm_registers(CONSOLE_SLOT), VWR_MMIO_SIZE), VWR_OK);
    CHECK_NUMBER(guest_console_open(&con.guest, &con.mmio.dev,
                                    ram_alloc_ring(sizeof(struct guest_console_memory)), &avoid),
                 VWR_OK);
    disk_check_features(&con.mmio.dev, &con.device.dev, kind);
    CHECK_NUMBER(con.guest.ports, con.ports);
    memset(con.out, 0, sizeof(con.out));
    memset(con.in, 0, sizeof(con.in));
    open_ports();
    vmm_work = console_work;
}

static void run_console(unsigned kind, unsigned ports, bool deferred, uint32_t bytes)
{
    static const struct vwr_vconsole_ops ops = {.output = output};
    struct vwr_vconsole_options o = {
        .ops = &ops, .port = con.port, .ports = (uint16_t)ports, .cols = 80, .rows = 24};
    struct vwr_vdev_setup s;

    vmm_begin(deferred);
    memset(&con, 0, sizeof(con));
    s = setup_of(kind, CONSOLE_SLOT, con.queue, (uint16_t)VWR_VCONSOLE_QUEUES(ports), con.own);
    con.ports = ports;
    con.bytes = bytes;
    con.port[0].console = true;
    CHECK_NUMBER(vwr_vconsole_init(&con.device, &s, &o), VWR_OK);
    vmm_add(CONSOLE_SLOT, &con.device.dev);
    for (unsigned round = 0; round < 2; round++) {
        vmm_work = NULL;
        open_console(kind);
        for (unsigned idle = 0; !console_finished(); idle++) {
            const bool stepped = vmm_step();

            if (guest_turn() || stepped)
                idle = 0;
            CHECK_AT_MOST(idle, PATIENCE);
            if (round == 0 && con.in[0].got > bytes / 2)
                break; /* reset in the middle, and once more from the beginning */
        }
        CHECK_NUMBER(vwr_dev_reset(&con.mmio.dev), VWR_OK);
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

/* ---- random bytes ---- */

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    CHECK(e == &ent.device);
    if (n > ent.ready)
        n = ent.ready;
    put(&ent.stream, 0, bytes, n);
    ent.stream.put += n;
    ent.ready -= n;
    return n;
}

static bool entropy_work(void)
{
    if (ent.ready != 0)
        return false;
    ent.ready = 1 + below(150);
    vwr_ventropy_resume(&ent.device);
    return ent.ready == 0;
}

static void run_entropy(unsigned kind, bool deferred, uint32_t bytes)
{
    struct vwr_features avoid;
    struct vwr_vdev_setup s;

    vmm_begin(deferred);
    memset(&ent, 0, sizeof(ent));
    s = setup_of(kind, ENTROPY_SLOT, ent.queue, VWR_VENTROPY_QUEUES, ent.own);
    CHECK_NUMBER(vwr_ventropy_init(&ent.device, &s, source, NULL), VWR_OK);
    vmm_add(ENTROPY_SLOT, &ent.device.dev);
    vmm_work = entropy_work;
    disk_avoid(&avoid, kind);
    ram_reset();
    CHECK_NUMBER(vwr_mmio_probe(&ent.mmio, vmm_registers(ENTROPY_SLOT), VWR_MMIO_SIZE), VWR_OK);
    CHECK_NUMBER(guest_entropy_open(&ent.guest, &ent.mmio.dev,
                                    ram_alloc_ring(sizeof(struct guest_lane_memory)), &avoid),
                 VWR_OK);
    disk_check_features(&ent.mmio.dev, &ent.device.dev, kind);
    for (unsigned idle = 0; ent.stream.got < bytes; idle++) {
        uint8_t into[GUEST_LANE_BYTES];
        uint32_t n = 0;

        while (guest_entropy_ask(&ent.guest, 1 + below(GUEST_LANE_BYTES)) == VWR_OK)
            continue;
        (void)vmm_step();
        CHECK_AT_MOST(idle, PATIENCE);
        while (guest_entropy_take(&ent.guest, into, &n) == 1) {
            CHECK(n > 0);
            got(&ent.stream, 0, into, n);
            idle = 0;
        }
    }
    CHECK_NUMBER(vwr_dev_reset(&ent.mmio.dev), VWR_OK);
    printf("%s entropy%s: %u bytes\n", disk_kind_name(kind), deferred ? " deferred" : "", ent.stream.got);
}

void case_entropy(unsigned kind, unsigned scale)
{
    state = kind;
    run_entropy(kind, false, BYTES * scale);
    run_entropy(kind, true, BYTES * scale);
}
