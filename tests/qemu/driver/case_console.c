/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "guest.h"
#include "guest_console.h"
#include "guest_entropy.h"
#include "machine.h"
#include "slot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * The guest drivers from tests/common, which also test our own devices, on QEMU's devices. QEMU's MULTIPORT
 * dialogue must be the same that tests/unit/classes requires from our device.
 */

#define SLOT 30u
#define PORTS 3u

static struct guest_console g;
static union found found;
static int end[PORTS]; /* the host socket of each port */

/* These devices send nothing to a stopped machine, so this one runs with an idle processor. */
static void begin(bool legacy)
{
    machine_begin(legacy);
}

static void start(void)
{
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
}

static void work(unsigned *polls)
{
    CHECK_NUMBER(guest_console_work(&g), VWR_OK);
    machine_wait(polls);
}

static void connect_to(unsigned port)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};

    (void)snprintf(name.sun_path, sizeof(name.sun_path), "c%u.sock", port);
    end[port] = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK_SYS(end[port] >= 0);
    CHECK_SYS(connect(end[port], (struct sockaddr *)&name, sizeof(name)) == 0);
    CHECK_SYS(fcntl(end[port], F_SETFL, O_NONBLOCK) == 0);
}

static void add_port(unsigned port, const char *device)
{
    machine_add("-chardev", "socket,id=c%u,path=c%u.sock,server=on,wait=off", port, port);
    machine_add("-device", "%s,chardev=c%u,nr=%u", device, port, port);
}

/* Checks that the host receives a line from a port. */
static void gets(unsigned port, const char *line)
{
    char got[100] = "";
    size_t come = 0;

    for (unsigned polls = 0; come < strlen(line);) {
        const ssize_t n = read(end[port], got + come, sizeof(got) - 1 - come);

        come += n > 0 ? (size_t)n : 0;
        machine_wait(&polls);
    }
    CHECK(strcmp(got, line) == 0);
}

static void says(unsigned port, const char *line)
{
    unsigned polls = 0;

    CHECK_NUMBER(guest_console_write(&g, port, line, (uint32_t)strlen(line)), strlen(line));
    gets(port, line);
    work(&polls);
}

static void hears(unsigned port, const char *line)
{
    char got[100] = "";
    uint32_t come = 0;

    CHECK_SYS(write(end[port], line, strlen(line)) == (ssize_t)strlen(line));
    for (unsigned polls = 0; come < strlen(line);) {
        come += guest_console_read(&g, port, got + come, (uint32_t)(sizeof(got) - 1 - come));
        work(&polls);
    }
    CHECK(strcmp(got, line) == 0);
}

/*
 * Checks the messages of one direction, in order. The interleaving with the other direction depends on
 * timing.
 */
static void check_log(bool sent, const struct guest_console_message *wanted, unsigned count)
{
    unsigned at = 0;

    for (unsigned i = 0; i < g.logged; i++) {
        const struct guest_console_message *const m = &g.log[i];

        if (m->sent != sent)
            continue;
        if (at == count || m->port != wanted[at].port || m->event != wanted[at].event ||
            m->value != wanted[at].value || m->bytes != wanted[at].bytes)
            check_failed(__FILE__, __LINE__, "message %u: port %u event %u value %u, %u bytes", at, m->port,
                         m->event, m->value, m->bytes);
        at++;
    }
    CHECK_NUMBER(at, count);
}

static void wait_for(unsigned logged)
{
    for (unsigned polls = 0; g.logged < logged;)
        work(&polls);
    CHECK_NUMBER(g.logged, logged);
}

/*
 * The same dialogue as for our device in tests/unit/classes, with two differences: QEMU 7.2 sends no RESIZE,
 * and its names end with a NUL, contrary to the specification.
 */
void case_console(bool legacy)
{
    static const struct guest_console_message heard[] = {
        {false, 0, VWR_CONSOLE_DEVICE_ADD, 1, 8},   {false, 1, VWR_CONSOLE_DEVICE_ADD, 1, 8},
        {false, 2, VWR_CONSOLE_DEVICE_ADD, 1, 8},   {false, 0, VWR_CONSOLE_CONSOLE_PORT, 1, 8},
        {false, 0, VWR_CONSOLE_PORT_OPEN, 1, 8},    {false, 1, VWR_CONSOLE_PORT_NAME, 1, 8 + 17 + 1},
        {false, 2, VWR_CONSOLE_CONSOLE_PORT, 1, 8}, {false, 2, VWR_CONSOLE_PORT_NAME, 1, 8 + 6 + 1},
        {false, 2, VWR_CONSOLE_PORT_OPEN, 1, 8},
    };
    static const struct guest_console_message said[] = {
        {true, UINT32_MAX, VWR_CONSOLE_DEVICE_READY, 1, 8},
        {true, 0, VWR_CONSOLE_PORT_READY, 1, 8},
        {true, 1, VWR_CONSOLE_PORT_READY, 1, 8},
        {true, 2, VWR_CONSOLE_PORT_READY, 1, 8},
        {true, 0, VWR_CONSOLE_PORT_OPEN, 1, 8},
        {true, 2, VWR_CONSOLE_PORT_OPEN, 1, 8},
    };

    begin(legacy);
    machine_add_device(SLOT, "virtio-serial", "max_ports=3");
    add_port(0, "virtconsole");
    add_port(1, "virtserialport,name=org.example.bytes");
    add_port(2, "virtconsole,name=second");
    start();
    connect_to(0);
    connect_to(2);
    CHECK_NUMBER(guest_console_emergency(&found.dev, '!'), VWR_OK);
    gets(0, "!");
    CHECK_NUMBER(guest_console_open(&g, &found.dev, guest_alloc(sizeof(struct guest_console_memory)), NULL),
                 VWR_OK);
    CHECK_NUMBER(g.ports, PORTS);
    wait_for(sizeof(heard) / sizeof(heard[0]) + sizeof(said) / sizeof(said[0]));
    check_log(false, heard, sizeof(heard) / sizeof(heard[0]));
    check_log(true, said, sizeof(said) / sizeof(said[0]));
    CHECK_TEXT(g.port[1].name, "org.example.bytes");
    says(2, "out of port 2\n");
    hears(2, "into port 2\n");
    hears(0, "into port 0\n");
    connect_to(1); /* now its host end is open too */
    wait_for(sizeof(heard) / sizeof(heard[0]) + sizeof(said) / sizeof(said[0]) + 1);
    CHECK(g.port[1].host_open);
    CHECK_NUMBER(guest_console_open_port(&g, 1, true), VWR_OK);
    hears(1, "into port 1\n");
    says(1, "out of port 1\n");
    for (unsigned i = 0; i < PORTS; i++)
        CHECK_SYS(close(end[i]) == 0);
    machine_stop();
}

void case_entropy(bool legacy)
{
    static struct guest_entropy e;
    uint8_t bytes[2][GUEST_LANE_BYTES] = {{0}, {0}};

    begin(legacy);
    machine_add_device(SLOT, "virtio-rng", "%s", "");
    start();
    CHECK_NUMBER(guest_entropy_open(&e, &found.dev, guest_alloc(sizeof(struct guest_lane_memory)), NULL),
                 VWR_OK);
    for (unsigned i = 0; i < 2; i++) {
        uint32_t n = 0;
        int r = 0;

        CHECK_NUMBER(guest_entropy_ask(&e, GUEST_LANE_BYTES), VWR_OK);
        for (unsigned polls = 0; r == 0;) {
            r = guest_entropy_take(&e, bytes[i], &n);
            machine_wait(&polls);
        }
        CHECK_NUMBER(r, 1);
        CHECK(n > 0 && n <= GUEST_LANE_BYTES);
    }
    CHECK(memcmp(bytes[0], bytes[1], GUEST_LANE_BYTES) != 0);
    machine_stop();
}
