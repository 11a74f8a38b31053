/* SPDX-License-Identifier: MIT */
/*
 * Two ports: a console for users, and a port for a program on the host, which finds it by its name. A line is
 * printed before the device runs; then each port echoes its input until it has received a line.
 */
#include "board.h"
#include "vwr/console.h"
#include "vwr/gen/ids.h"
#include "vwr/wait.h"

#define PORTS 2u
#define WAIT_US 30000000u

static struct vwr_console_shared shared[VWR_CONSOLE_QUEUES(PORTS)]; /* shared with the device */
static struct vwr_console_port port[VWR_CONSOLE_PORTS(PORTS)];      /* private */
static struct vwr_console console;
static struct vwr_mmio mmio;
static bool ended[PORTS];

/* Uses a register: there is no queue yet. */
static int early_print(const char *text)
{
    int r = VWR_OK;

    for (; *text != '\0' && r == VWR_OK; text++)
        r = vwr_console_emergency(&mmio.dev, (uint8_t)*text);
    return r;
}

/* Handles a message about a port; a port that is not a console has to be opened. */
static int handle_message(void)
{
    struct vwr_console_message m;
    const int r = vwr_console_poll(&console, &m);

    if (r <= 0 || m.event != VWR_CONSOLE_PORT_NAME)
        return r < 0 ? r : VWR_OK;
    say(port[m.port].name);
    return vwr_console_open_port(&console, m.port, true);
}

static int echo(unsigned i)
{
    char bytes[64];
    const int n = vwr_console_read(&console, i, bytes, sizeof(bytes));
    int r = n < 0 ? n : VWR_OK;

    for (int at = 0; at < n && r >= 0; at += r) {
        r = vwr_console_write(&console, i, bytes + at, (size_t)(n - at));
        if (r == 0) /* no space until the host has read some */
            r = vwr_console_flush(&console, i, WAIT_US);
    }
    ended[i] = ended[i] || (n > 0 && bytes[n - 1] == '\n');
    return r < 0 ? r : VWR_OK;
}

int example(void)
{
    const struct vwr_console_options options = {
        .port = port, .port_count = VWR_COUNT(port), .shared = shared, .shared_count = VWR_COUNT(shared)};
    struct vwr_wait wait;
    int r = board_find(&mmio, VWR_ID_CONSOLE);

    r = r == VWR_OK ? early_print("early\n") : r;
    r = r == VWR_OK ? vwr_console_open(&console, &mmio.dev, &options) : r;
    if (r != VWR_OK)
        return r;
    say_ring(&mmio.dev);
    for (vwr_wait_begin(&wait, WAIT_US); r == VWR_OK && !(ended[0] && ended[1]);) {
        r = handle_message();
        for (unsigned i = 0; i < PORTS && r == VWR_OK; i++)
            r = echo(i);
        if (r == VWR_OK && !vwr_wait_more(&wait))
            r = VWR_ETIMEOUT;
    }
    for (unsigned i = 0; i < PORTS && r == VWR_OK; i++)
        r = vwr_console_flush(&console, i, WAIT_US);
    return vwr_close(&console.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
