/* SPDX-License-Identifier: MIT */
#include "console_common.h"

/* Messages of a console with several ports. Section: Console Device / Device Operation / Multiport Device
 * Operation. */

/* A message in its form, by the queue behind those of all ports. */
static int console_send(struct vwr_console *c, const void *form, size_t bytes)
{
    struct vwr_transmitq *const q = &c->options.port[c->ports].transmit;
    const int r = vwr_transmit_send(q, form, bytes);

    (void)vwr_transmit_kick(q);
    return r;
}

void vwr_console_send_ready(struct vwr_console *c)
{
    const struct vwr_console_device_ready_msg m = {0, true};
    struct vwr_console_device_ready_msg_form form;

    vwr_console_device_ready_msg_encode(&form, vwr_dev_is_legacy(c->recovery.dev), &m);
    (void)console_send(c, &form, sizeof(form));
}

static void console_send_port_ready(struct vwr_console *c, uint32_t port, bool ready)
{
    const struct vwr_console_port_ready_msg m = {port, ready};
    struct vwr_console_port_ready_msg_form form;

    vwr_console_port_ready_msg_encode(&form, vwr_dev_is_legacy(c->recovery.dev), &m);
    (void)console_send(c, &form, sizeof(form));
}

static int console_send_port_open(struct vwr_console *c, uint32_t port, bool open)
{
    const struct vwr_console_port_open_msg m = {port, open};
    struct vwr_console_port_open_msg_form form;

    vwr_console_port_open_msg_encode(&form, vwr_dev_is_legacy(c->recovery.dev), &m);
    return console_send(c, &form, sizeof(form));
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
    r = console_send_port_open(c, port, open);
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
    console_send_port_ready(c, port, room);
    return true;
}

/* What is no longer than a name without its NUL. */
static void console_set_name(struct vwr_console_port *p, const uint8_t *name, uint32_t bytes)
{
    vwr_copy(p->name, name, bytes);
    p->name[bytes] = '\0';
}

/* Of a port that was added. */
static void console_change(struct vwr_console *c, struct vwr_console_port *p,
                           const struct vwr_console_client_control_receiveq_event *e)
{
    switch (e->type) {
    case VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_ADD: /* console_handle has it */
        break;
    case VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_REMOVE:
        vwr_console_forget(p);
        break;
    case VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_CONSOLE_PORT:
        p->console = p->open = true;
        (void)console_send_port_open(c, e->m.console_port.id, true);
        break;
    case VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_RESIZE:
        p->cols = e->m.resize.cols;
        p->rows = e->m.resize.rows;
        break;
    case VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_PORT_OPEN:
        p->host_open = e->m.device_port_open.value != 0;
        break;
    case VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_PORT_NAME:
        console_set_name(p, e->data, e->data_bytes);
        break;
    }
}

/* False: it is ignored. Each of the messages begins with what the first one has. */
static bool console_handle(struct vwr_console *c, const struct vwr_console_client_control_receiveq_event *e,
                           struct vwr_console_message *m)
{
    m->port = e->m.device_add.id;
    m->event = (uint16_t)e->type;
    m->value = e->m.device_add.value;
    if (m->port >= c->info.max_nr_ports)
        return false;
    if (e->type == VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_ADD)
        return console_add(c, m->port);
    if (m->port >= c->ports || !c->options.port[m->port].added)
        return false;
    console_change(c, &c->options.port[m->port], e);
    return true;
}

static bool console_read(struct vwr_console *c, const uint8_t *bytes, uint32_t n,
                         struct vwr_console_message *m)
{
    const struct vwr_dev *const d = c->recovery.dev;
    struct vwr_console_client_control_receiveq_event e;

    return vwr_console_client_control_receiveq_parse(bytes, n, vwr_dev_is_legacy(d), &d->config.features,
                                                     &e) &&
           console_handle(c, &e, m);
}

/* With a name without its NUL. */
#define CONSOLE_MESSAGE_BYTES (sizeof(struct vwr_console_port_name_msg_form) + VWR_CONSOLE_NAME_BYTES - 1u)

int vwr_console_poll(struct vwr_console *c, struct vwr_console_message *m)
{
    struct vwr_console_port *const messages = &c->options.port[c->ports];
    uint8_t bytes[CONSOLE_MESSAGE_BYTES];
    int r;

    for (unsigned i = 0; i < VWR_CONSOLE_QUEUE && c->pairs > c->ports; i++) {
        r = vwr_transmit_reap(&messages->transmit);
        if (r < 0 || !vwr_transmit_has_room(&messages->transmit)) /* for an answer */
            return r;
        r = vwr_receive_take(&messages->receive, bytes, sizeof(bytes));
        if (r <= 0)
            return r;
        if (console_read(c, bytes, (uint32_t)r, m))
            return 1;
        vwr_count_add(&c->ignored, 1);
    }
    return 0;
}
