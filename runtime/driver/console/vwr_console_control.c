/* SPDX-License-Identifier: MIT */
#include "console_common.h"

/*
 * Control messages of a console with multiple ports. Section: Console Device / Device Operation / Multiport
 * Device Operation.
 */

/* Format of a message from the device; a name has no terminating NUL. */
struct console_form {
    struct vwr_console_control control;
    union {
        struct vwr_console_resize resize;
        uint8_t name[VWR_CONSOLE_NAME_BYTES - 1u];
    } body;
};
#define CONSOLE_MOST (sizeof(struct vwr_console_control) + VWR_CONSOLE_NAME_BYTES - 1u)

int vwr_console_send(struct vwr_console *c, uint32_t port, enum vwr_console_event event, bool value)
{
    const bool legacy = vwr_dev_is_legacy(c->bringup.dev);
    struct vwr_transmitq *const q = &c->messages->transmit;
    const struct vwr_console_control m = {vwr_guest32(legacy, port), vwr_guest16(legacy, (uint16_t)event),
                                          vwr_guest16(legacy, value)};
    const int r = vwr_transmit_send(q, &m, sizeof(m));

    (void)vwr_transmit_kick(q);
    return r;
}

int vwr_console_open_port(struct vwr_console *c, unsigned port, bool open)
{
    int r;

    if (port >= c->ports)
        return VWR_EINVAL;
    if (c->messages == NULL)
        return VWR_EUNSUPP;
    if (!c->options.port[port].added)
        return VWR_ENODEV;
    r = vwr_console_send(c, port, VWR_CONSOLE_PORT_OPEN, open);
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

/* There is no memory for a port that the device has added: reports to the device that the port has failed. */
static bool console_refuse(struct vwr_console *c, const struct vwr_console_message *m)
{
    if (m->event != VWR_CONSOLE_DEVICE_ADD)
        return false;
    vwr_count_add(&c->refused, 1);
    (void)vwr_console_send(c, m->port, VWR_CONSOLE_PORT_READY, false);
    return true;
}

/* Updates the state of a port. false: an unknown event, or the message is too short. */
static bool console_change(struct vwr_console *c, struct vwr_console_port *p,
                           const struct vwr_console_message *m, const struct console_form *form, size_t n)
{
    const bool legacy = vwr_dev_is_legacy(c->bringup.dev);
    bool opens = false;

    switch (m->event) {
    case VWR_CONSOLE_DEVICE_ADD:
        (void)vwr_console_send(c, m->port, VWR_CONSOLE_PORT_READY, true);
        p->added = true;
        opens = p->reopen;
        p->reopen = false;
        break;
    case VWR_CONSOLE_DEVICE_REMOVE:
        vwr_console_forget(p);
        break;
    case VWR_CONSOLE_CONSOLE_PORT:
        p->console = opens = true;
        break;
    case VWR_CONSOLE_RESIZE:
        if (n < sizeof(form->body.resize))
            return false;
        p->cols = vwr_guest16(legacy, form->body.resize.cols);
        p->rows = vwr_guest16(legacy, form->body.resize.rows);
        break;
    case VWR_CONSOLE_PORT_OPEN:
        p->host_open = m->value != 0;
        break;
    case VWR_CONSOLE_PORT_NAME:
        vwr_copy(p->name, form->body.name, n);
        p->name[n] = '\0';
        break;
    default:
        return false;
    }
    if (opens)
        p->open = vwr_console_send(c, m->port, VWR_CONSOLE_PORT_OPEN, true) == VWR_OK;
    return true;
}

/* false: the message is ignored. `n` bytes of the form's body are valid. */
static bool console_handle(struct vwr_console *c, struct vwr_console_message *m,
                           const struct console_form *form, size_t n)
{
    const bool legacy = vwr_dev_is_legacy(c->bringup.dev);

    m->port = vwr_guest32(legacy, form->control.id);
    m->event = vwr_guest16(legacy, form->control.event);
    m->value = vwr_guest16(legacy, form->control.value);
    if (m->port >= c->info.max_nr_ports)
        return false;
    if (m->port >= c->ports)
        return console_refuse(c, m);
    return c->options.port[m->port].added != (m->event == VWR_CONSOLE_DEVICE_ADD) &&
           console_change(c, &c->options.port[m->port], m, form, n);
}

/*
 * Copies the oldest message to *form before its buffer is returned to the device. Returns its size; 0: none;
 * or an error.
 */
static int console_take(struct vwr_receiveq *r, struct console_form *form)
{
    struct vwr_slice slice;
    const int n = vwr_receive_reap(r, &slice, 1);

    if (n <= 0)
        return n;
    if (slice.bytes > CONSOLE_MOST)
        slice.bytes = CONSOLE_MOST;
    vwr_copy(form, slice.p, slice.bytes);
    (void)vwr_receive_submit(r, slice.buffer);
    (void)vwr_receive_kick(r);
    return (int)slice.bytes;
}

int vwr_console_poll(struct vwr_console *c, struct vwr_console_message *m)
{
    struct vwr_console_port *const messages = c->messages;
    struct console_form form;
    int r;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    for (unsigned i = 0; i < VWR_CONSOLE_QUEUE && messages != NULL; i++) {
        r = vwr_transmit_reap(&messages->transmit);
        if (r < 0 || !vwr_transmit_has_room(&messages->transmit)) /* an answer would not fit */
            return r;
        r = console_take(&messages->receive, &form);
        if (r <= 0)
            return r;
        if (console_handle(c, m, &form, (size_t)r - sizeof(form.control)))
            return 1;
        vwr_count_add(&c->ignored, 1);
    }
    return 0;
}
