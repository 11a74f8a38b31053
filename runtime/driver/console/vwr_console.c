/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/console.h"

/*
 * Console: opening, recovery (vwr/bringup.h) and closing, and control messages of a console with multiple
 * ports. Section: Console Device.
 */

/* Sends a control message to the device. Results: the same as vwr_transmit_send(). */
static int console_send(struct vwr_console *c, uint32_t port, enum vwr_console_event event, bool value)
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
    r = console_send(c, port, VWR_CONSOLE_PORT_OPEN, open);
    if (r == VWR_OK)
        c->options.port[port].open = open;
    return r;
}

/* Resets the state of a port, which was removed or is not added yet. */
static VWR_OUT_OF_LINE void console_forget(struct vwr_console_port *p)
{
    p->added = p->console = p->host_open = p->open = false;
    p->cols = p->rows = 0;
    p->name[0] = '\0';
}

/* Port 0 always has its queues. A recovery does not change the number of ports. */
static int console_configure(struct vwr_bringup *v)
{
    struct vwr_console *const c = (void *)v;
    struct vwr_console_port *const port = c->options.port;
    const bool messages = vwr_dev_has(v->dev, VWR_CONSOLE_F_MULTIPORT);

    VWR_STATIC_ASSERT(VWR_CONSOLE_FEATURE_RULE_COUNT == 0,
                      "console features have rules now: add these rules below");
    if (c->info.max_nr_ports == 0)
        c->info.max_nr_ports = 1;
    if (c->ports != 0)
        return messages == (c->messages != NULL) ? VWR_OK : VWR_EFEATURE;
    c->ports =
        c->options.port_count < 3u ? 1u : c->options.port_count - 1u; /* the last entry is for messages */
    if (c->ports > c->info.max_nr_ports)
        c->ports = c->info.max_nr_ports;
    if (messages)
        c->messages = &port[c->ports];
    else
        port->added = port->open = port->woken = true;
    return VWR_OK;
}

/* Index of the receive queue of pair n; the transmit queue follows it. */
static unsigned console_index(const struct vwr_console *c, unsigned n)
{
    VWR_STATIC_ASSERT(VWR_CONSOLE_QUEUE_TRANSMITQ == VWR_CONSOLE_QUEUE_RECEIVEQ + 1 &&
                          VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ == VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ + 1,
                      "queues come in pairs");
    if (n == c->ports)
        return VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ;
    return n == 0 ? VWR_CONSOLE_QUEUE_RECEIVEQ : vwr_console_queue_port_receiveq_at(n - 1);
}

/*
 * Sets up queue n, counted in the order of options.shared: a pair per port, then the pair of control queues.
 */
static int console_set_up(struct vwr_bringup *v, unsigned n)
{
    const struct vwr_console *const c = (void *)v;
    const unsigned index = console_index(c, n / 2) + n % 2;
    struct vwr_console_port *const p = &c->options.port[n / 2];
    struct vwr_console_shared *const s = &c->options.shared[n];
    const struct vwr_queue_memory m = {s->ring, sizeof(s->ring), p->own[n % 2], sizeof(p->own[0]),
                                       VWR_CONSOLE_QUEUE};
    const struct vwr_receive_memory in = {s->data, sizeof(s->data), p->buffer, VWR_CONSOLE_QUEUE};
    const struct vwr_transmit_memory out = {s->data, sizeof(s->data), p->request, VWR_CONSOLE_QUEUE};
    const uint32_t least =
        p == c->messages ? sizeof(struct vwr_console_control) : 1u; /* empty buffers are dropped */
    const int r = n % 2 != 0 ? vwr_transmit_setup(&p->transmit, v, index, &m, &out)
                             : vwr_receive_setup(&p->receive, v, index, &m, &in, least);

    return r == VWR_OK && n + 1 < 2 * (c->ports + (c->messages != NULL)) ? 1 : r;
}

/* Control messages are not replayed: after a reset, the device sends its own again from the start. */
static void console_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_console *const c = (void *)v;

    vwr_receive_all(v, event);
    if (event == VWR_BRINGUP_CLOSED)
        c->ports = 0;
    if (c->messages == NULL)
        return;
    if (event == VWR_BRINGUP_RUNS)
        (void)console_send(c, 0, VWR_CONSOLE_DEVICE_READY, true);
    if (event != VWR_BRINGUP_RELEASED)
        return;
    for (struct vwr_console_port *p = c->options.port; p != c->messages; p++) {
        p->reopen |= p->open;
        p->woken = false;
        console_forget(p);
    }
    vwr_request_give_back(&c->messages->transmit.requests);
}

static const struct vwr_features console_want = {
    {VWR_CONSOLE_FEATURES_W0, VWR_CONSOLE_FEATURES_W1, VWR_CONSOLE_FEATURES_W2, VWR_CONSOLE_FEATURES_W3}};

const struct vwr_bringup_class vwr_console_bringup = {
    VWR_BRINGUP_CLASS(VWR_CONSOLE_ID, vwr_console, info),
    .want = &console_want,
    .read = vwr_console_config_read,
    .configure = console_configure,
    .set_up = console_set_up,
    .event = console_event,
    .needs = vwr_console_config_needs,
};

int vwr_console_open(struct vwr_console *c, struct vwr_dev *d, const struct vwr_console_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_console_bringup, d);

    if (r != VWR_OK)
        return r;
    /* 2 entries are never needed: with several ports, the messages also occupy one */
    if (!VWR_ARRAY_FITS(&d->shortage, options, port, port_count,
                        options->port_count < 2u ? VWR_CONSOLE_PORTS(1u) : VWR_CONSOLE_PORTS(2u)) ||
        !VWR_ARRAY_FITS(&d->shortage, options, shared, shared_count, 2u * options->port_count))
        return vwr_dev_note_shortage(d);
    vwr_copy(&c->options, options, sizeof(*options));
    vwr_features_add_if(&c->options.avoid, VWR_CONSOLE_F_MULTIPORT, options->port_count < 3u);
    c->bringup.avoid = &c->options.avoid;
    vwr_zero(options->port, options->port_count * sizeof(*options->port));
    return vwr_bringup_open(&c->bringup);
}

int vwr_console_emergency(struct vwr_dev *d, uint8_t character)
{
    const uint32_t bit = (uint32_t)1 << VWR_CONSOLE_F_EMERG_WRITE % 32;

    if (d->state == VWR_DEV_NONE)
        return VWR_EINVAL;
    if ((vwr_dev_transport(d)->get_features(d, VWR_CONSOLE_F_EMERG_WRITE / 32) & bit) == 0 ||
        d->config.bytes < VWR_CONSOLE_CONFIG_EMERG_WR + sizeof(uint32_t))
        return VWR_EFEATURE;
    vwr_config_write32(&d->config, VWR_CONSOLE_CONFIG_EMERG_WR, character);
    return VWR_OK;
}

/* ---- messages of a console with multiple ports ---- */

/* Format of a message from the device; a name has no terminating NUL. */
struct console_form {
    struct vwr_console_control control;
    union {
        struct vwr_console_resize resize;
        uint8_t name[VWR_CONSOLE_NAME_BYTES - 1u];
    } body;
};
#define CONSOLE_MOST (sizeof(struct vwr_console_control) + VWR_CONSOLE_NAME_BYTES - 1u)

/* Reports to the device that a port has failed, because there is no memory for it. */
static bool console_refuse(struct vwr_console *c, const struct vwr_console_message *m)
{
    if (m->event != VWR_CONSOLE_DEVICE_ADD)
        return false;
    vwr_count_add(&c->refused, 1);
    (void)console_send(c, m->port, VWR_CONSOLE_PORT_READY, false);
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
        (void)console_send(c, m->port, VWR_CONSOLE_PORT_READY, true);
        p->added = true;
        opens = p->reopen;
        p->reopen = false;
        break;
    case VWR_CONSOLE_DEVICE_REMOVE:
        console_forget(p);
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
        p->open = console_send(c, m->port, VWR_CONSOLE_PORT_OPEN, true) == VWR_OK;
    return true;
}

/* false: the message is ignored. `n` bytes of the message body are valid. */
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
 * Copies the oldest message to *form before its buffer is returned to the device. Returns the size of the
 * message, 0 if there is none, or an error.
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
        if (r < 0 || !vwr_transmit_has_room(&messages->transmit)) /* there would be no space for an answer */
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
