/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/console.h"

#include <string.h>

/* A console with up to two ports. */

#define PORTS 2u

static struct {
    struct vwr_console *con;
    struct vwr_console_port *port;
    unsigned ports;
} console;

static struct vwr_bringup *recovery(void)
{
    return &console.con->bringup;
}

static void configure(uint8_t *config, bool legacy)
{
    const vwr_le32 ports = vwr_guest32(legacy, PORTS);

    config[VWR_CONSOLE_CONFIG_COLS] = 80;
    memcpy(config + VWR_CONSOLE_CONFIG_MAX_NR_PORTS, &ports, sizeof(ports));
}

static bool receives(unsigned queue)
{
    return queue % 2 == 0;
}

static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    (void)out;
    (void)n;
    (void)in;
    return 0;
}

/* Sends a control message for several ports. */
static void send_message(void)
{
    const bool legacy = vwr_dev_is_legacy(console.con->bringup.dev);
    const uint8_t how = input_u8(drivers_in);
    const uint8_t bytes = input_u8(drivers_in);
    struct {
        struct vwr_console_control control;
        uint8_t body[VWR_CONSOLE_BYTES];
    } m;

    memset(&m, how, sizeof(m));
    m.control.id = vwr_guest32(legacy, how % 4);
    m.control.event = vwr_guest16(legacy, how / 4 % 16);
    m.control.value = vwr_guest16(legacy, how >> 6);
    (void)drivers_deliver(VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, &m, bytes % sizeof(m));
}

static int open_it(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_console_options o = {.avoid = *avoid};

    console.ports = 1u + input_u8(drivers_in) % PORTS;
    console.con = drivers_anew(console.con, sizeof(*console.con));
    console.port = drivers_anew(console.port, VWR_CONSOLE_QUEUES(console.ports) / 2 * sizeof(*console.port));
    o.port = console.port;
    o.port_count = VWR_CONSOLE_PORTS(console.ports);
    o.shared_count = VWR_CONSOLE_QUEUES(console.ports);
    o.shared = drivers_share(VWR_CONSOLE_QUEUES(console.ports) * sizeof(*o.shared));
    return vwr_console_open(console.con, d, &o);
}

static void poll(void)
{
    struct vwr_console_message m;
    const int r = vwr_console_poll(console.con, &m);

    MUST(r <= 1);
    if (r == 1)
        MUST(m.port < console.con->info.max_nr_ports);
    for (unsigned i = 0; i < console.ports; i++)
        MUST(memchr(console.port[i].name, 0, sizeof(console.port[i].name)) != NULL);
}

static void call(uint8_t which)
{
    static uint8_t bytes[1024];
    const unsigned port = which / 8 % (console.ports + 1);
    const size_t n = input_u8(drivers_in) * 4u;
    struct vwr_console_config_info info;
    char text[200];
    int r;

    switch (which % 8) {
    case 0:
        r = vwr_console_write(console.con, port, bytes, n);
        MUST(r <= (int)n);
        return;
    case 1:
    case 2:
        r = vwr_console_read(console.con, port, bytes, n);
        MUST(r <= (int)n);
        return;
    case 3:
    case 4:
        poll();
        return;
    case 5:
        MUST(vwr_console_open_port(console.con, port, n % 8 != 0) <= VWR_OK);
        return;
    case 6:
        MUST(n % 8 != 0 ? vwr_console_flush(console.con, port, 1000) <= VWR_OK
                        : vwr_console_cancel(console.con, port) <= VWR_OK);
        return;
    default:
        MUST(vwr_bringup_read_info(&console.con->bringup, &info) <= VWR_OK);
        drivers_see(vwr_console_emergency(console.con->bringup.dev, which));
        (void)vwr_console_explain(console.con, text, sizeof(text));
        drivers_see(vwr_console_arm(console.con, port));
    }
}

static int close_it(void)
{
    return vwr_close(&console.con->bringup);
}

static void closed(void)
{
    for (unsigned i = 0; i < VWR_CONSOLE_QUEUES(console.ports) / 2; i++)
        for (unsigned k = 0; k < VWR_CONSOLE_QUEUE; k++)
            MUST(!vwr_req_is_in_flight(&console.port[i].request[k]) &&
                 console.port[i].buffer[k].owner != VWR_RECEIVE_DEVICE);
}

/* Sends a line each way. */
static void works(void)
{
    char got[8];

    MUST(vwr_console_write(console.con, 0, "ok", 2) == 2);
    world_run_until_idle();
    MUST(vwr_console_flush(console.con, 0, 0) == VWR_OK);
    MUST(drivers_deliver(VWR_CONSOLE_QUEUE_RECEIVEQ, "yes", 3));
    MUST(vwr_console_read(console.con, 0, got, sizeof(got)) == 3 && got[2] == 's');
}

const struct driver_row driver_console = {
    .id = VWR_CONSOLE_ID,
    .features = {{VWR_CONSOLE_FEATURES_W0, VWR_CONSOLE_FEATURES_W1, VWR_CONSOLE_FEATURES_W2,
                  VWR_CONSOLE_FEATURES_W3}},
    .fields = vwr_console_config_fields,
    .field_count = VWR_CONSOLE_CONFIG_FIELD_COUNT,
    .steps = &vwr_console_bringup,
    .bringup = recovery,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .send = send_message,
    .open = open_it,
    .call = call,
    .close = close_it,
    .closed = closed,
    .works = works,
};
