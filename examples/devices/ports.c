/* SPDX-License-Identifier: MIT */
/* A console with two ports: greets on each port and echoes each line. */
#include "part.h"
#include "uart.h"
#include "vwr/console.h"
#include "vwr/gen/ids.h"

#define PORTS 2u
#define LINE_BYTES 80u
#define OPEN_US 1000000u /* for ports that the host has to open */
#define WAIT_US 2000000u /* for a host that does not read */

static struct vwr_console console;
static struct vwr_console_port port[VWR_CONSOLE_QUEUES(PORTS) / 2];
static struct vwr_console_shared shared[VWR_CONSOLE_QUEUES(PORTS)];

/* A line being received. */
static struct line {
    char text[LINE_BYTES];
    unsigned bytes;
    bool greeted;
} line[PORTS];

/* Early output without a queue, one character at a time through a register, as at the start of a kernel. */
static int ports_say_early(struct vwr_dev *d, const char *text)
{
    int r = VWR_OK;

    while (*text != '\0' && r == VWR_OK)
        r = vwr_console_emergency(d, (uint8_t)*text++);
    return r == VWR_EFEATURE ? VWR_OK : r; /* optional in a device */
}

static int ports_open(struct vwr_dev *d)
{
    const struct vwr_console_options options = {.port = port,
                                                .shared = shared,
                                                .port_count = VWR_CONSOLE_PORTS(PORTS),
                                                .shared_count = VWR_CONSOLE_QUEUES(PORTS)};
    const int r = ports_say_early(d, "Early, without a queue.\n");

    return r == VWR_OK ? vwr_console_open(&console, d, &options) : r;
}

static int ports_write(unsigned n, const char *text, size_t bytes)
{
    while (bytes > 0) {
        int r = vwr_console_write(&console, n, text, bytes);

        if (r == 0)
            r = vwr_console_flush(&console, n, WAIT_US);
        if (r < 0)
            return r;
        text += r;
        bytes -= (size_t)r;
    }
    return VWR_OK;
}

static int ports_say(unsigned n, const char *text)
{
    size_t bytes = 0;

    while (text[bytes] != '\0')
        bytes++;
    return ports_write(n, text, bytes);
}

/* Greets once both ends are open. */
static int ports_greet(unsigned n)
{
    int r;

    if (line[n].greeted || !port[n].open || !port[n].host_open)
        return VWR_OK;
    line[n].greeted = true;
    put("ports: ");
    put_dec(n);
    put(port[n].console ? ", a console" : ", for programs");
    put(", is open: ");
    put_untrusted(port[n].name, sizeof(port[n].name));
    put_char('\n');
    r = ports_say(n, "Hello from bare metal. Each line is echoed; sleep and bye are commands.\n");
    return r;
}

static int ports_message(const struct vwr_console_message *m)
{
    int r = VWR_OK;

    if (m->port >= PORTS) /* the driver has counted it */
        return VWR_OK;
    if (m->event == VWR_CONSOLE_PORT_NAME && !port[m->port].open)
        r = vwr_console_open_port(&console, m->port, true);
    return r == VWR_OK ? ports_greet(m->port) : r;
}

static int ports_messages(void)
{
    struct vwr_console_message m;
    int r;

    while ((r = vwr_console_poll(&console, &m)) > 0)
        if ((r = ports_message(&m)) < 0)
            return r;
    return r;
}

static bool ports_is(const struct line *l, const char *word)
{
    for (unsigned i = 0; i < l->bytes - 1u; i++)
        if (word[i] == '\0' || l->text[i] != word[i])
            return false;
    return word[l->bytes - 1u] == '\0';
}

/* Executes a command. All output is sent first. */
static int ports_obey(unsigned n)
{
    const bool sleep = ports_is(&line[n], "sleep");

    if (!sleep && !ports_is(&line[n], "bye"))
        return SERVED_SOME;
    for (unsigned i = 0; i < PORTS; i++) {
        const int r = vwr_console_flush(&console, i, WAIT_US);

        if (r < 0)
            return r;
        line[i].greeted = false; /* greets again after a sleep */
    }
    return sleep ? SERVED_SLEEP : SERVED_BYE;
}

static int ports_echo(unsigned n)
{
    struct line *const l = &line[n];
    int r = ports_say(n, "echo: ");

    if (r == VWR_OK)
        r = ports_write(n, l->text, l->bytes);
    put("ports: ");
    put_dec(n);
    put(": ");
    put_untrusted(l->text, l->bytes - 1u);
    put_char('\n');
    if (r == VWR_OK)
        r = ports_obey(n);
    l->bytes = 0;
    return r;
}

/* Truncates long lines. */
static int ports_byte(unsigned n, char c)
{
    struct line *const l = &line[n];

    if (c == '\n' || l->bytes < LINE_BYTES - 1u)
        l->text[l->bytes++] = c;
    return c == '\n' ? ports_echo(n) : SERVED_SOME;
}

static int ports_read(unsigned n)
{
    char bytes[LINE_BYTES];
    const int got = vwr_console_read(&console, n, bytes, sizeof(bytes));
    int r = got > 0 ? SERVED_SOME : got;

    for (int i = 0; i < got && r == SERVED_SOME; i++) {
        r = ports_byte(n, bytes[i]);
    }
    return r;
}

static int ports_serve(void)
{
    int r = ports_messages();

    for (unsigned n = 0; n < PORTS && r == VWR_OK; n++) {
        r = ports_read(n);
        if (r == SERVED_ALL && !vwr_console_arm(&console, n))
            r = SERVED_SOME;
    }
    if (r == SERVED_ALL && !vwr_console_arm_messages(&console))
        r = SERVED_SOME;
    return r;
}

static bool ports_greeted(void)
{
    bool all = true;

    for (unsigned n = 0; n < PORTS; n++)
        all = all && line[n].greeted;
    return all;
}

/* Control messages announce the ports; the host may open a port later. */
static int ports_show(void)
{
    const struct vwr_dev *const d = console.bringup.dev;
    struct vwr_wait wait;

    if (!vwr_dev_has(d, VWR_CONSOLE_F_MULTIPORT))
        return VWR_EFEATURE;
    vwr_wait_begin(&wait, OPEN_US);
    do {
        const uint32_t seen = d->irqs;
        const int r = ports_messages();

        if (r < 0 || ports_greeted())
            return r;
        if (vwr_console_arm_messages(&console))
            vwr_port_idle(&d->irqs, seen, PART_SLEEP_US);
    } while (vwr_wait_more(&wait));
    return VWR_OK;
}

static int ports_close(void)
{
    return vwr_close(&console.bringup);
}

static size_t ports_explain(char *text, size_t bytes)
{
    return vwr_console_explain(&console, text, bytes);
}

static struct vwr_bringup *ports_device(unsigned n)
{
    return n == 0 ? &console.bringup : NULL;
}

const struct part ports_part = {
    .type = VWR_ID_CONSOLE,
    .name = "ports",
    .open = ports_open,
    .show = ports_show,
    .serve = ports_serve,
    .close = ports_close,
    .explain = ports_explain,
    .bringup = &vwr_console_bringup,
    .device = ports_device,
};
