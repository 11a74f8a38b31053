/* SPDX-License-Identifier: MIT */
#include "console_common.h"

/* A console from open to close: by the steps of its recovery (vwr/recovery.h). Section: Console Device. */

/* Sending: neither header nor answer, and nothing is overdue, as the other end of a port may stall it. */
static int console_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    (void)q;
    (void)shared;
    r->in = 0;
    return VWR_OK;
}

static void console_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    (void)q;
    (void)shared;
    r->result = VWR_OK;
}

static const struct vwr_request_class console_class = {.prepare = console_prepare, .finish = console_finish};
static const struct vwr_replay console_replay = {.send_again = vwr_request_send_again};
static const struct vwr_request_options console_requests = {.timeout_us = VWR_REQUEST_TIMEOUT_US,
                                                            .requests = VWR_CONSOLE_QUEUE,
                                                            .segments = 1,
                                                            .replays = VWR_REQUEST_REPLAYS,
                                                            .replay = &console_replay};

static struct vwr_console *console_of(struct vwr_recovery *v)
{
    return (struct vwr_console *)(void *)v;
}

/* Queues come in pairs, in options.port: those of each port, then those of messages. */
static struct vwr_requestq *console_requestq(struct vwr_recovery *v, unsigned n)
{
    struct vwr_console *const c = console_of(v);

    return n < c->pairs ? &c->options.port[n].transmit : NULL;
}

static struct vwr_receiveq *console_receiveq(struct vwr_recovery *v, unsigned n)
{
    struct vwr_console *const c = console_of(v);

    return n < c->pairs ? &c->options.port[n].receive : NULL;
}

/* Messages are not sent again: the device begins anew with its own. */
static void console_released(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);

    for (unsigned n = 0; n < c->pairs; n++) {
        struct vwr_console_port *const p = &c->options.port[n];

        vwr_receive_stop(&p->receive, VWR_ERESET);
        (void)vwr_receive_reclaim(&p->receive);
        vwr_console_forget(p);
        if (n == c->ports)
            vwr_request_give_back(&p->transmit);
    }
}

static int console_agree(struct vwr_recovery *v)
{
    static const struct vwr_features none;
    static const struct vwr_features wanted = {
        {VWR_CONSOLE_FEATURES_W0, VWR_CONSOLE_FEATURES_W1, VWR_CONSOLE_FEATURES_W2, VWR_CONSOLE_FEATURES_W3}};
    const struct vwr_wish wish = {&wanted, &none, &console_of(v)->options.avoid, NULL,
                                  VWR_CONSOLE_FEATURE_RULE_COUNT};

    VWR_STATIC_ASSERT(VWR_CONSOLE_FEATURE_RULE_COUNT == 0,
                      "features of a console have rules now: name them here");
    return vwr_dev_agree(v->dev, &wish);
}

static void console_read_info(const struct vwr_config *config, void *into)
{
    struct vwr_console_info *const info = into;

    info->ports = vwr_console_config_get_max_nr_ports(config);
    info->cols = vwr_console_config_get_cols(config);
    info->rows = vwr_console_config_get_rows(config);
}

/* Port 0 has its queues whatever the device says; one that comes back has as many queues as before. */
static int console_configure(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);
    const int r = vwr_console_read_info(c, &c->info);
    const bool messages = vwr_dev_has(v->dev, VWR_CONSOLE_F_MULTIPORT);

    if (r != VWR_OK)
        return r;
    if (c->info.ports == 0)
        c->info.ports = 1;
    if (c->pairs != 0)
        return c->pairs == c->ports + messages ? VWR_OK : VWR_EFEATURE;
    c->ports = c->info.ports < c->options.ports ? c->info.ports : c->options.ports;
    c->pairs = c->ports + messages;
    return VWR_OK;
}

static int console_set_up_receive(const struct vwr_console *c, unsigned n, unsigned index)
{
    struct vwr_console_port *const p = &c->options.port[n];
    struct vwr_console_shared *const s = &c->options.shared[2 * n];
    const struct vwr_queue_memory m = {s->ring, sizeof(s->ring), p->own[0], sizeof(p->own[0]),
                                       VWR_CONSOLE_QUEUE};
    const struct vwr_receive_memory buffers = {s->data, p->buffer, VWR_CONSOLE_BYTES, VWR_CONSOLE_QUEUE};
    const uint32_t least = n == c->ports ? sizeof(struct vwr_console_control) : 1u; /* or there is nothing */
    const int r = vwr_dev_add_queue(c->recovery.dev, index, &p->receive.queue, &m, 0);

    if (r != VWR_OK)
        return r;
    return p->receive.count == 0 ? vwr_receive_start(&p->receive, &buffers, least)
                                 : vwr_receive_repost(&p->receive);
}

static int console_set_up_transmit(const struct vwr_console *c, unsigned n, unsigned index)
{
    struct vwr_console_port *const p = &c->options.port[n];
    struct vwr_console_shared *const s = &c->options.shared[2 * n + 1];
    const struct vwr_queue_memory m = {s->ring, sizeof(s->ring), p->own[1], sizeof(p->own[1]),
                                       VWR_CONSOLE_QUEUE};
    struct vwr_requestq *const q = &p->transmit;

    vwr_copy(&p->memory, &m, sizeof(m));
    p->sent = s;
    q->cls = &console_class;
    q->options = &console_requests;
    q->memory = &p->memory;
    q->dev = c->recovery.dev;
    q->segment_bytes_max = VWR_CONSOLE_BYTES;
    q->segments_max = 1;
    return vwr_request_setup(q, index);
}

/* Of each pair the transmit queue is the one behind the receive queue. */
static unsigned console_index(const struct vwr_console *c, unsigned n)
{
    VWR_STATIC_ASSERT(VWR_CONSOLE_QUEUE_TRANSMITQ == VWR_CONSOLE_QUEUE_RECEIVEQ + 1 &&
                          VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ == VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ + 1,
                      "queues come in pairs");
    if (n == c->ports)
        return VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ;
    return n == 0 ? VWR_CONSOLE_QUEUE_RECEIVEQ : vwr_console_queue_port_receiveq_at(n - 1);
}

static int console_set_up(struct vwr_recovery *v, unsigned n)
{
    const struct vwr_console *const c = console_of(v);
    const unsigned index = console_index(c, n);
    int r = console_set_up_receive(c, n, index);

    if (r == VWR_OK)
        r = console_set_up_transmit(c, n, index + 1);
    return r == VWR_OK && n + 1 < c->pairs ? 1 : r;
}

/* That the driver is ready is the first of the messages. */
static void console_resume(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);

    for (unsigned n = 0; n < c->pairs; n++)
        (void)vwr_receive_kick(&c->options.port[n].receive);
    if (c->pairs > c->ports)
        (void)vwr_console_send_message(c, 0, VWR_CONSOLE_DEVICE_READY, true);
}

const struct vwr_recovery_class vwr_console_recovery = {
    .requestq = console_requestq,
    .receiveq = console_receiveq,
    .released = console_released,
    .agree = console_agree,
    .configure = console_configure,
    .set_up = console_set_up,
    .resume = console_resume,
};

int vwr_console_open(struct vwr_console *c, struct vwr_dev *d, const struct vwr_console_options *options)
{
    int r;

    if (d->state != VWR_DEV_PROBED)
        return d->state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED;
    vwr_zero(c, sizeof(*c));
    c->recovery.dev = d;
    if (d->type != VWR_CONSOLE_ID)
        return vwr_dev_note(d, VWR_FAULT_TYPE, VWR_CONSOLE_ID, d->type);
    if (options->ports == 0)
        return VWR_EINVAL;
    vwr_copy(&c->options, options, sizeof(*options));
    if (options->ports == 1)
        vwr_features_add(&c->options.avoid, VWR_CONSOLE_F_MULTIPORT);
    vwr_zero(options->port, VWR_CONSOLE_QUEUES(options->ports) / 2 * sizeof(*options->port));
    r = vwr_recovery_open(&c->recovery, &vwr_console_recovery);
    if (r == VWR_OK)
        console_resume(&c->recovery);
    return r;
}

int vwr_console_close(struct vwr_console *c)
{
    const int r = vwr_recovery_close(&c->recovery, &vwr_console_recovery);

    if (r == VWR_OK)
        c->ports = c->pairs = 0;
    return r;
}

int vwr_console_read_info(struct vwr_console *c, struct vwr_console_info *info)
{
    vwr_zero(info, sizeof(*info));
    return vwr_dev_try_config(c->recovery.dev, console_read_info, info, sizeof(*info));
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
