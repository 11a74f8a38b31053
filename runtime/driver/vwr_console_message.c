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
    r = vwr_console_send(messages, &control, sizeof(control));
    (void)vwr_request_kick(&messages->transmit);
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

static void console_set_name(struct vwr_console_port *p, const uint8_t *body, uint32_t n)
{
    const uint32_t most = sizeof(p->name) - 1;
    const uint32_t bytes = n < most ? n : most;

    vwr_copy(p->name, body, bytes);
    p->name[bytes] = '\0';
}

/* A message that was checked for its length; `body` is what stands behind it. False: it is ignored. */
static bool console_handle(struct vwr_console *c, const struct vwr_console_message *m, const uint8_t *body,
                           uint32_t n)
{
    struct vwr_console_port *const p = &c->options.port[m->port < c->ports ? m->port : 0];

    if (m->port >= c->info.ports)
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
        console_set_name(p, body, n);
        return true;
    default:
        return false;
    }
}

static bool console_read_message(struct vwr_console *c, const struct vwr_slice *s,
                                 struct vwr_console_message *m)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    const uint8_t *const p = s->p;
    struct vwr_console_control control;

    vwr_copy(&control, p, sizeof(control)); /* once: the device may write to it again */
    m->port = vwr_guest32(legacy, control.id);
    m->event = vwr_guest16(legacy, control.event);
    m->value = vwr_guest16(legacy, control.value);
    return console_handle(c, m, p + sizeof(control), s->bytes - (uint32_t)sizeof(control));
}

int vwr_console_poll(struct vwr_console *c, struct vwr_console_message *m)
{
    struct vwr_console_port *const messages = &c->options.port[c->ports];
    struct vwr_slice slice;
    bool known = false;
    int r = 0;

    if (c->pairs == c->ports)
        return 0;
    for (unsigned i = 0; i < VWR_CONSOLE_QUEUE && !known; i++) {
        r = vwr_console_reap(messages);
        if (r < 0 || !vwr_console_has_room(messages)) /* for an answer */
            break;
        r = vwr_receive_poll(&messages->receive, &slice, 1);
        if (r <= 0)
            break;
        known = console_read_message(c, &slice, m);
        vwr_count_add(&c->ignored, !known);
        (void)vwr_receive_return(&messages->receive, slice.buffer);
        (void)vwr_receive_kick(&messages->receive);
    }
    return known || r < 0 ? r : 0;
}
