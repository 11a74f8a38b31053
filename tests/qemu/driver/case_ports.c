/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "watch.h"

#include "vwr/console.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * The console driver on QEMU's devices: virtconsole and virtserialport, each with a chardev, with every kind
 * of ring. The host end of each port is a socket in this program.
 */

#define SLOT 30u
#define PORTS 3u
#define STREAM (256u << 10)
#define MANY (16u << 20)

static struct vwr_console con;
static struct vwr_console_port port[PORTS + 1];
static union found found;
static int end[PORTS];

static void begin(bool legacy, unsigned kind, unsigned ports)
{
    static const char *const device[PORTS] = {"virtconsole", "virtserialport,name=org.example.bytes",
                                              "virtserialport,name=second"};

    machine_begin(legacy);
    /* QEMU's console sends nothing to a stopped machine, so this one runs with an idle processor */
    machine_add_device(SLOT, "virtio-serial", "max_ports=%u%s", ports,
                       (kind & DISK_PACKED) != 0 ? ",packed=on" : "");
    for (unsigned i = 0; i < ports; i++) {
        machine_add("-chardev", "socket,id=c%u,path=c%u.sock,server=on,wait=off", i, i);
        machine_add("-device", "%s,chardev=c%u,nr=%u,id=p%u", device[i], i, i, i);
    }
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
}

static void connect_to(unsigned i)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};

    (void)snprintf(name.sun_path, sizeof(name.sun_path), "c%u.sock", i);
    end[i] = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK_SYS(end[i] >= 0);
    CHECK_SYS(connect(end[i], (struct sockaddr *)&name, sizeof(name)) == 0);
    CHECK_SYS(fcntl(end[i], F_SETFL, O_NONBLOCK) == 0);
}

static void open_console(unsigned kind, unsigned ports)
{
    struct vwr_console_options o = {
        .port = port, .port_count = VWR_CONSOLE_PORTS(ports), .shared_count = VWR_CONSOLE_QUEUES(ports)};

    o.shared = guest_alloc(VWR_CONSOLE_QUEUES(ports) * sizeof(*o.shared));
    disk_avoid(&o.avoid, kind);
    CHECK_NUMBER(vwr_console_open(&con, &found.dev, &o), VWR_OK);
    disk_check_kind(&found.dev, kind);
    CHECK_NUMBER(vwr_dev_has(&found.dev, VWR_CONSOLE_F_MULTIPORT), ports > 1);
}

static void close_ports(unsigned ports)
{
    CHECK_NUMBER(vwr_close(&con.bringup), VWR_OK);
    CHECK_NUMBER(slot_status(&found), 0);
    for (unsigned i = 0; i < ports; i++)
        CHECK_SYS(close(end[i]) == 0);
}

static void close_all(unsigned ports)
{
    close_ports(ports);
    machine_leave();
}

/* The device's next message. */
static struct vwr_console_message next_message(void)
{
    struct vwr_console_message m;
    int r = 0;

    for (unsigned polls = 0; r == 0;) {
        r = vwr_console_poll(&con, &m);
        if (r == 0)
            machine_wait(&polls);
    }
    CHECK_NUMBER(r, 1);
    return m;
}

/*
 * Waits until all ports exist, and the host end of each, which is connected, is open. `again`: the guest's
 * end was open before a recovery.
 */
static void ports_come(bool again)
{
    for (unsigned open = 0; open < PORTS;) {
        (void)next_message();
        open = 0;
        for (unsigned i = 0; i < PORTS; i++)
            open += port[i].added && port[i].host_open;
    }
    CHECK(port[0].console && port[0].open);
    CHECK(!port[1].console && port[1].open == again && !port[2].console && port[2].open == again);
    CHECK(strcmp(port[1].name, "org.example.bytes") == 0 && strcmp(port[2].name, "second") == 0);
    for (unsigned i = 1; i < PORTS && !again; i++) {
        CHECK_NUMBER(vwr_console_write(&con, i, "x", 1), VWR_ENODEV);
        CHECK_NUMBER(vwr_console_open_port(&con, i, true), VWR_OK);
    }
    CHECK_NUMBER(con.ignored, 0);
}

static uint8_t byte_of(unsigned stream, uint32_t at)
{
    return (uint8_t)((at * UINT32_C(2654435761) >> 11) ^ stream * 37);
}

/* A stream in each direction of a port, and the position at each end. */
struct stream {
    uint32_t out, out_end, in, in_end;
};

/* Each end writes as much as fits, and checks the data that it can read. */
static void flow(struct stream *s, unsigned i, uint32_t all)
{
    uint8_t bytes[1000];
    uint32_t n = all - s->out < sizeof(bytes) ? all - s->out : sizeof(bytes);
    ssize_t got;
    int r;

    for (uint32_t k = 0; k < n; k++)
        bytes[k] = byte_of(i, s->out + k);
    r = vwr_console_write(&con, i, bytes, n);
    CHECK(r >= 0);
    s->out += (uint32_t)r;
    got = read(end[i], bytes, sizeof(bytes));
    for (ssize_t k = 0; k < got; k++)
        CHECK_NUMBER(bytes[k], byte_of(i, s->out_end++));
    n = all - s->in_end < 700 ? all - s->in_end : 700;
    for (uint32_t k = 0; k < n; k++)
        bytes[k] = byte_of(i + PORTS, s->in_end + k);
    got = write(end[i], bytes, n);
    s->in_end += got > 0 ? (uint32_t)got : 0;
    r = vwr_console_read(&con, i, bytes, sizeof(bytes));
    CHECK(r >= 0);
    for (int k = 0; k < r; k++)
        CHECK_NUMBER(bytes[k], byte_of(i + PORTS, s->in++));
}

static void streams(unsigned ports, uint32_t all)
{
    struct stream s[PORTS] = {{0}};

    for (unsigned done = 0, idle = 0, polls = 0; done < ports; idle++) {
        done = 0;
        for (unsigned i = 0; i < ports; i++) {
            const uint32_t before = s[i].in + s[i].out_end;

            flow(&s[i], i, all);
            done += s[i].in == all && s[i].out_end == all;
            if (s[i].in + s[i].out_end != before)
                idle = polls = 0;
        }
        if (idle > 10)
            machine_wait(&polls);
    }
    for (unsigned i = 0; i < ports; i++)
        CHECK_NUMBER(vwr_console_flush(&con, i, 10000000), VWR_OK);
}

/* Prints a line without a queue. */
static void early_print(void)
{
    static const char line[] = "early\n";
    char c = 0;

    for (const char *at = line; *at != '\0'; at++)
        CHECK_NUMBER(vwr_console_emergency(&found.dev, (uint8_t)*at), VWR_OK);
    for (const char *at = line; *at != '\0'; at++) {
        for (unsigned polls = 0; read(end[0], &c, 1) != 1;)
            machine_wait(&polls);
        CHECK_NUMBER(c, *at);
    }
}

/* One port without MULTIPORT, which prints a line before the device is reset. */
static void one(bool legacy, unsigned kind)
{
    begin(legacy, kind, 1);
    connect_to(0);
    early_print();
    CHECK_NUMBER(slot_status(&found), 0);
    open_console(kind, 1);
    streams(1, STREAM);
    CHECK_NUMBER(vwr_console_open_port(&con, 0, true), VWR_EUNSUPP);
    CHECK_NUMBER(vwr_console_write(&con, 1, "x", 1), VWR_EINVAL);
    close_all(1);
}

/* Each of several ports, one of which is unplugged and plugged in. */
static void several(bool legacy, unsigned kind)
{
    struct vwr_console_message m;

    begin(legacy, kind, PORTS);
    for (unsigned i = 0; i < PORTS; i++)
        connect_to(i);
    open_console(kind, PORTS);
    CHECK_NUMBER(vwr_console_write(&con, 0, "x", 1), VWR_ENODEV);
    ports_come(false);
    streams(PORTS, STREAM / 4);
    (void)machine_qmp("{\"execute\": \"device_del\", \"arguments\": {\"id\": \"p1\"}}");
    do
        m = next_message();
    while (m.event != VWR_CONSOLE_DEVICE_REMOVE);
    CHECK(m.port == 1 && !port[1].added && port[1].name[0] == '\0');
    CHECK_NUMBER(vwr_console_open_port(&con, 1, true), VWR_ENODEV);
    CHECK_NUMBER(vwr_console_write(&con, 1, "x", 1), VWR_ENODEV);
    CHECK_NUMBER(vwr_console_write(&con, PORTS, "x", 1), VWR_EINVAL);
    close_ports(PORTS);
    machine_stop(); /* it lacks a port now */
}

static void on_each_ring(bool legacy, void (*run)(bool legacy, unsigned kind))
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            run(legacy, kind);
}

void case_console_one(bool legacy)
{
    on_each_ring(legacy, one);
}

void case_console_ports(bool legacy)
{
    on_each_ring(legacy, several);
}

/* Sends this many bytes in both directions on all ports in parallel. */
static void many(bool legacy, unsigned kind, unsigned ports, uint32_t all)
{
    begin(legacy, kind, ports);
    for (unsigned i = 0; i < ports; i++)
        connect_to(i);
    open_console(kind, ports);
    if (ports > 1)
        ports_come(false);
    streams(ports, all);
    close_all(ports);
}

/* More bytes and other kinds of rings belong to the soak. */
void case_console_many(bool legacy)
{
    many(legacy, legacy ? DISK_EVENT : DISK_PACKED, PORTS, MANY / 4);
}

void console_soak(unsigned times)
{
    machine_lives(3600);
    for (unsigned i = 0; i < 12; i++) {
        const bool legacy = i >= 8;
        const unsigned kind = i % 8;

        many(legacy, kind, PORTS, times * MANY);
        many(legacy, kind, 1, times * MANY);
        printf("%s%s%s%s: %u bytes each way on %u ports, and on one without MULTIPORT\n",
               legacy ? "legacy" : "modern", (kind & DISK_PACKED) != 0 ? "_packed" : "_split",
               (kind & DISK_INDIRECT) != 0 ? "_indirect" : "", (kind & DISK_EVENT) != 0 ? "_event" : "",
               times * MANY, PORTS);
        (void)fflush(stdout);
    }
}

/* Writes to a port that the host does not read until nothing more fits. Returns the number of bytes. */
static uint32_t fill(unsigned i)
{
    uint8_t bytes[100];
    uint32_t at = 0;

    for (unsigned idle = 0; idle < 100;) {
        int n;

        for (uint32_t k = 0; k < sizeof(bytes); k++)
            bytes[k] = byte_of(i, at + k);
        n = vwr_console_write(&con, i, bytes, sizeof(bytes));
        CHECK(n >= 0);
        at += (uint32_t)n;
        if (n == 0)
            machine_wait(&idle);
        else
            idle = 0;
    }
    CHECK(vwr_queue_in_flight(&port[i].transmit.requests.queue) > 1);
    return at;
}

/*
 * The rest of the output arrives in order. If a part arrives twice, the first copy was sent before the
 * failure.
 */
static void drain(unsigned i, uint32_t all)
{
    static uint8_t got[4u << 20];
    uint32_t come = 0;
    uint32_t at = 0;
    bool flushed = false;

    for (unsigned polls = 0; !flushed;) {
        const int r = vwr_console_flush(&con, i, 0);
        ssize_t n;

        CHECK(r == VWR_OK || r == VWR_ETIMEOUT);
        flushed = r == VWR_OK; /* QEMU has written all of it to the socket */
        while ((n = read(end[i], got + come, sizeof(got) - come)) > 0)
            come += (uint32_t)n;
        if (!flushed)
            machine_wait(&polls);
    }
    while (at < come && at < all && got[at] == byte_of(i, at))
        at++;
    for (uint32_t k = at; k < come; k++) { /* continues at an earlier byte, which is sent again */
        const uint32_t back = come - k;

        CHECK(back <= all);
        CHECK_NUMBER(got[k], byte_of(i, all - back));
    }
    CHECK(come - at >= all - at); /* without a gap */
}

/* The device uses a buffer of port 0 that was not made available. The next read detects it. */
static void break_ring(unsigned kind)
{
    char c;

    disk_break_ring(&port[0].receive.queue, kind);
    CHECK_NUMBER(vwr_console_read(&con, 0, &c, 1), VWR_EBADRING);
    CHECK_NUMBER(port[0].receive.fault.kind, VWR_FAULT_RING);
    CHECK_NUMBER(port[0].receive.fault.where, VWR_CONSOLE_QUEUE_RECEIVEQ);
}

/*
 * The device fails with much data in flight on several queues: all of it arrives, and the console works
 * again.
 */
static void dies(bool legacy, unsigned kind)
{
    uint32_t all[PORTS] = {0};
    int r;

    begin(legacy, kind, PORTS);
    for (unsigned i = 0; i < PORTS; i++)
        connect_to(i);
    open_console(kind, PORTS);
    ports_come(false);
    all[1] = fill(1);
    all[2] = fill(2);
    break_ring(kind);
    CHECK_NUMBER(vwr_get_stage(&con.bringup), VWR_STAGE_STOPPED);
    early_print(); /* last words of a guest that cannot recover the device */
    while ((r = vwr_recover(&con.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    CHECK(!port[0].added);
    ports_come(true);
    drain(1, all[1]);
    drain(2, all[2]);
    streams(PORTS, 10000);
    close_all(PORTS);
}

void case_console_recover(bool legacy)
{
    static const unsigned kinds[] = {0, DISK_INDIRECT | DISK_EVENT, DISK_PACKED,
                                     DISK_PACKED | DISK_INDIRECT | DISK_EVENT};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (!legacy || (kinds[i] & DISK_PACKED) == 0)
            dies(legacy, kinds[i]);
}
