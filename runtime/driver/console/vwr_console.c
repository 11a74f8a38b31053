/* SPDX-License-Identifier: MIT */
#include "console_common.h"

/* Console: open to close, with the steps of recovery (vwr/bringup.h). Section: Console Device. */

/* Port 0 always has its queues. Recovery keeps the number of ports. */
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
    c->ports = c->info.max_nr_ports < c->options.ports ? c->info.max_nr_ports : c->options.ports;
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

/* Sets up queue n, in the order of options.shared: a pair per port, then the pair of control queues. */
static int console_set_up(struct vwr_bringup *v, unsigned n)
{
    const struct vwr_console *const c = (void *)v;
    const unsigned index = console_index(c, n / 2) + n % 2;
    struct vwr_console_port *const p = &c->options.port[n / 2];
    struct vwr_console_shared *const s = &c->options.shared[n];
    const struct vwr_queue_memory m = {s->ring, sizeof(s->ring), p->own[n % 2], sizeof(p->own[0]),
                                       VWR_CONSOLE_QUEUE};
    const struct vwr_receive_memory in = {s->data, p->buffer, VWR_CONSOLE_BYTES, VWR_CONSOLE_QUEUE};
    const struct vwr_transmit_memory out = {s->data, p->request, VWR_CONSOLE_BYTES, VWR_CONSOLE_QUEUE};
    const uint32_t least =
        p == c->messages ? sizeof(struct vwr_console_control) : 1u; /* empty buffers are dropped */
    const int r = n % 2 != 0 ? vwr_transmit_setup(&p->transmit, v, index, &m, &out)
                             : vwr_receive_setup(&p->receive, v, index, &m, &in, least);

    return r == VWR_OK && n + 1 < 2 * (c->ports + (c->messages != NULL)) ? 1 : r;
}

/* Control messages are not replayed: after a reset the device sends its own from the start. */
static void console_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_console *const c = (void *)v;

    vwr_receive_all(v, event);
    if (event == VWR_BRINGUP_CLOSED)
        c->ports = 0;
    if (c->messages == NULL)
        return;
    if (event == VWR_BRINGUP_RUNS)
        (void)vwr_console_send(c, 0, VWR_CONSOLE_DEVICE_READY, true);
    if (event != VWR_BRINGUP_RELEASED)
        return;
    for (struct vwr_console_port *p = c->options.port; p != c->messages; p++) {
        p->reopen |= p->open;
        p->woken = false;
        vwr_console_forget(p);
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
};

int vwr_console_open(struct vwr_console *c, struct vwr_dev *d, const struct vwr_console_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_console_bringup, d);

    if (r != VWR_OK)
        return r;
    if (options->ports == 0)
        return VWR_EINVAL;
    vwr_copy(&c->options, options, sizeof(*options));
    vwr_features_add_if(&c->options.avoid, VWR_CONSOLE_F_MULTIPORT, options->ports == 1);
    c->bringup.avoid = &c->options.avoid;
    vwr_zero(options->port, (options->ports + (options->ports > 1)) * sizeof(*options->port));
    return vwr_bringup_open(&c->bringup, &vwr_console_bringup);
}

int vwr_console_emergency(struct vwr_dev *d, uint8_t character)
{
    const uint32_t bit = (uint32_t)1 << VWR_CONSOLE_F_EMERG_WRITE % 32;

    if (d->state == VWR_DEV_NONE)
        return VWR_EINVAL;
    if ((vwr_dev_transport(d)->get_features(d, VWR_CONSOLE_F_EMERG_WRITE / 32) & bit) == 0)
        return VWR_EFEATURE;
    vwr_config_write32(&d->config, VWR_CONSOLE_CONFIG_EMERG_WR, character);
    return VWR_OK;
}
