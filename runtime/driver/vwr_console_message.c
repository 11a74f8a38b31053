/* SPDX-License-Identifier: MIT */
#include "console_common.h"

/* Messages of a console with several ports. Section: Console Device / Device Operation / Multiport Device
 * Operation. */

int vwr_console_send_message(struct vwr_console *c, uint32_t port, uint16_t event, uint16_t value)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    struct vwr_console_port *const messages = &c->options.port[c->ports];
    struct vwr_console_control control;
    int r;

    control.id = vwr_guest32(legacy, port);
    control.event = vwr_guest16(legacy, event);
    control.value = vwr_guest16(legacy, value);
    r = vwr_transmit_send(&messages->transmit, &control, sizeof(control));
    (void)vwr_transmit_kick(&messages->transmit);
    return r;
}

int vwr_console_open_port(struct vwr_console *c, unsigned port, bool open)
{
    int r;

    if (port >= c->ports)
        return VWR_EINVAL;
    if (c->pairs == c->ports)
        return VWR_EUNSUPP;
    if (!c->options.port[port].added)
        return VWR_ENODEV;
    r = vwr_console_send_message(c, port, VWR_CONSOLE_PORT_OPEN, open);
    if (r == VWR_OK)
        c->options.port[port].open = open;
    return r;
}

void vwr_console_forget(struct vwr_console_port *p)
{
    p->added = p->console = p->host_open = p->open = false;
    p->cols = p->rows = 0;
    p->name[0] = '\0';
}

/* False: the device must not. Of a port for which there is no memory it is said that it has failed. */
static bool console_add(struct vwr_console *c, uint32_t port)
{
    const bool room = port < c->ports;

    if (room && c->options.port[port].added)
        return false;
    if (room)
        c->options.port[port].added = true;
    vwr_count_add(&c->refused, !room);
    (void)vwr_console_send_message(c, port, VWR_CONSOLE_PORT_READY, room);
    return true;
}

static bool console_set_size(const struct vwr_console *c, struct vwr_console_port *p, const uint8_t *body,
                             uint32_t n)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    struct vwr_console_resize size;

    if (n < sizeof(size))
        return false;
    vwr_copy(&size, body, sizeof(size));
    p->cols = vwr_guest16(legacy, size.cols);
    p->rows = vwr_guest16(legacy, size.rows);
    return true;
}

/* A message that was checked for its length; `body` is what stands behind it, shorter than a name with its
 * NUL. False: it is ignored. */
static bool console_handle(struct vwr_console *c, const struct vwr_console_message *m, const uint8_t *body,
                           uint32_t n)
{
    struct vwr_console_port *const p = &c->options.port[m->port < c->ports ? m->port : 0];

    if (m->port >= c->info.max_nr_ports)
        return false;
    if (m->event == VWR_CONSOLE_DEVICE_ADD)
        return console_add(c, m->port);
    if (m->port >= c->ports || !p->added)
        return false;
    switch (m->event) {
    case VWR_CONSOLE_DEVICE_REMOVE:
        vwr_console_forget(p);
        return true;
    case VWR_CONSOLE_CONSOLE_PORT:
        p->console = p->open = true;
        (void)vwr_console_send_message(c, m->port, VWR_CONSOLE_PORT_OPEN, true);
        return true;
    case VWR_CONSOLE_RESIZE:
        return console_set_size(c, p, body, n);
    case VWR_CONSOLE_PORT_OPEN:
        p->host_open = m->value != 0;
        return true;
    case VWR_CONSOLE_PORT_NAME:
        vwr_copy(p->name, body, n);
        p->name[n] = '\0';
        return true;
    default:
        return false;
    }
}

struct console_incoming {
    struct vwr_console_control control;
    uint8_t body[VWR_CONSOLE_NAME_BYTES - 1]; /* a name without its NUL */
};

/* Of `bytes` bytes: no shorter one is received. */
static bool console_read_message(struct vwr_console *c, const struct console_incoming *in, uint32_t bytes,
                                 struct vwr_console_message *m)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);

    m->port = vwr_guest32(legacy, in->control.id);
    m->event = vwr_guest16(legacy, in->control.event);
    m->value = vwr_guest16(legacy, in->control.value);
    return console_handle(c, m, in->body, bytes - (uint32_t)sizeof(in->control));
}

int vwr_console_poll(struct vwr_console *c, struct vwr_console_message *m)
{
    struct vwr_console_port *const messages = &c->options.port[c->ports];
    struct console_incoming in;
    int r;

    for (unsigned i = 0; i < VWR_CONSOLE_QUEUE && c->pairs > c->ports; i++) {
        r = vwr_transmit_reap(&messages->transmit);
        if (r < 0 || !vwr_transmit_has_room(&messages->transmit)) /* for an answer */
            return r;
        r = vwr_receive_take(&messages->receive, &in, sizeof(in.control) + sizeof(in.body));
        if (r <= 0)
            return r;
        if (console_read_message(c, &in, (uint32_t)r, m))
            return 1;
        vwr_count_add(&c->ignored, 1);
    }
    return 0;
}
