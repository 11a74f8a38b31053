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

static struct vwr_console *console_of(const struct vwr_recovery *v)
{
    return (struct vwr_console *)(uintptr_t)v;
}

static bool console_has_messages(const struct vwr_console *c)
{
    return vwr_dev_has(c->recovery.dev, VWR_CONSOLE_F_MULTIPORT);
}

/* Which of options.port pair `n` of queues is: ports, then messages. */
static unsigned console_index(const struct vwr_console *c, unsigned n)
{
    return n < c->ports ? n : c->options.ports;
}

/* One after the other those that were started; NULL behind the last. */
static struct vwr_console_port *console_pair(const struct vwr_console *c, unsigned n)
{
    return n < c->started ? &c->options.port[console_index(c, n)] : NULL;
}

static unsigned console_receiveq(const struct vwr_console *c, unsigned index)
{
    if (index == 0)
        return VWR_CONSOLE_QUEUE_RECEIVEQ;
    return index == c->options.ports ? VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ
                                     : vwr_console_queue_port_receiveq_at(index - 1);
}

static unsigned console_transmitq(const struct vwr_console *c, unsigned index)
{
    if (index == 0)
        return VWR_CONSOLE_QUEUE_TRANSMITQ;
    return index == c->options.ports ? VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ
                                     : vwr_console_queue_port_transmitq_at(index - 1);
}

static int console_agree(struct vwr_recovery *v)
{
    static const struct vwr_features none;
    static const struct vwr_features wanted = {
        {VWR_CONSOLE_FEATURES_W0, VWR_CONSOLE_FEATURES_W1, VWR_CONSOLE_FEATURES_W2, VWR_CONSOLE_FEATURES_W3}};
    struct vwr_console *const c = console_of(v);
    const struct vwr_wish wish = {&wanted, &none, &c->options.avoid, NULL, VWR_CONSOLE_FEATURE_RULE_COUNT};

    VWR_STATIC_ASSERT(VWR_CONSOLE_FEATURE_RULE_COUNT == 0,
                      "features of a console have rules now: name them here");
    c->started = 0;
    return vwr_dev_agree(v->dev, &wish);
}

static void console_read_info(const struct vwr_config *config, void *into)
{
    struct vwr_console_info *const info = into;

    info->ports = vwr_console_config_get_max_nr_ports(config);
    info->cols = vwr_console_config_get_cols(config);
    info->rows = vwr_console_config_get_rows(config);
}

/* Port 0 has its queues whatever the device says. */
static int console_configure(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);
    const int r = vwr_console_read_info(c, &c->info);

    if (r == VWR_OK && c->info.ports == 0)
        c->info.ports = 1;
    c->ports = c->info.ports < c->options.ports ? c->info.ports : c->options.ports;
    return r;
}

static int console_start_receiving(struct vwr_console *c, unsigned index, struct vwr_console_port *p)
{
    struct vwr_console_shared *const s = &c->options.shared[2 * index];
    const struct vwr_queue_memory m = {s->ring, sizeof(s->ring), p->own[0], sizeof(p->own[0]),
                                       VWR_CONSOLE_QUEUE};
    const struct vwr_receive_memory buffers = {s->data, p->buffer, VWR_CONSOLE_BYTES, VWR_CONSOLE_QUEUE};
    const uint32_t least =
        index == c->options.ports ? sizeof(struct vwr_console_control) : 1u; /* or there is nothing */
    const int r = vwr_dev_add_queue(c->recovery.dev, console_receiveq(c, index), &p->receive.queue, &m, 0);

    if (r != VWR_OK)
        return r;
    return p->receive.count == 0 ? vwr_receive_start(&p->receive, &buffers, least)
                                 : vwr_receive_repost(&p->receive);
}

static int console_start_sending(struct vwr_console *c, unsigned index, struct vwr_console_port *p)
{
    struct vwr_console_shared *const s = &c->options.shared[2 * index + 1];
    const struct vwr_queue_memory m = {s->ring, sizeof(s->ring), p->own[1], sizeof(p->own[1]),
                                       VWR_CONSOLE_QUEUE};
    struct vwr_requestq *const q = &p->transmit;
    const int r = vwr_dev_add_queue(c->recovery.dev, console_transmitq(c, index), &q->queue, &m,
                                    vwr_request_shared_bytes(&console_class, &console_requests));

    p->sent = s;
    q->cls = &console_class;
    q->options = &console_requests;
    q->dev = c->recovery.dev;
    q->irqs = &q->dev->irqs;
    q->segment_bytes_max = VWR_CONSOLE_BYTES;
    q->segments_max = 1;
    return r == VWR_OK ? vwr_request_setup(q, &m) : r;
}

static int console_start(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);
    const unsigned index = console_index(c, c->started);
    int r;

    if (c->started == c->ports + console_has_messages(c))
        return vwr_dev_start(v->dev);
    c->started++;
    r = console_start_receiving(c, index, &c->options.port[index]);
    if (r == VWR_OK)
        r = console_start_sending(c, index, &c->options.port[index]);
    return r == VWR_OK ? VWR_EBUSY : r;
}

/* That the driver is ready is the first of the messages. */
static void console_resume(struct vwr_recovery *v)
{
    struct vwr_console_port *p;

    for (unsigned n = 0; (p = console_pair(console_of(v), n)) != NULL; n++) {
        (void)vwr_receive_kick(&p->receive);
        vwr_request_resume(&p->transmit);
    }
    if (console_has_messages(console_of(v)))
        (void)vwr_console_send_message(console_of(v), 0, VWR_CONSOLE_DEVICE_READY, true);
}

static int console_reason(const struct vwr_recovery *v)
{
    const struct vwr_console_port *p;
    int r = VWR_OK;

    for (unsigned n = 0; r == VWR_OK && (p = console_pair(console_of(v), n)) != NULL; n++)
        r = p->transmit.stopped_by != VWR_OK ? p->transmit.stopped_by : vwr_queue_state(&p->receive.queue);
    return r;
}

static bool console_is_stopped(const struct vwr_recovery *v)
{
    return console_reason(v) != VWR_OK;
}

static void console_stop(struct vwr_recovery *v)
{
    struct vwr_console_port *p;

    for (unsigned n = 0; (p = console_pair(console_of(v), n)) != NULL; n++) {
        vwr_receive_stop(&p->receive, VWR_ERESET);
        vwr_queue_stop(&p->transmit.queue, VWR_ERESET);
    }
}

/* Messages are not sent again: the device begins anew with its own. */
static void console_take_back(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);
    struct vwr_console_port *p;

    for (unsigned n = 0; (p = console_pair(c, n)) != NULL; n++) {
        (void)vwr_receive_reclaim(&p->receive);
        vwr_request_take_back(&p->transmit, v->stopped_by);
        vwr_console_forget(p);
        if (n >= c->ports)
            vwr_request_give_back(&p->transmit);
    }
}

static void console_give_back(struct vwr_recovery *v)
{
    for (unsigned i = 0; i < console_of(v)->options.ports; i++)
        vwr_request_give_back(&console_of(v)->options.port[i].transmit);
}

const struct vwr_recovery_class vwr_console_recovery = {
    .is_stopped = console_is_stopped,
    .reason = console_reason,
    .stop = console_stop,
    .take_back = console_take_back,
    .agree = console_agree,
    .configure = console_configure,
    .start = console_start,
    .resume = console_resume,
    .give_back = console_give_back,
};

static int console_run_steps(struct vwr_console *c)
{
    int r = vwr_dev_reset(c->recovery.dev);

    if (r == VWR_OK)
        r = console_agree(&c->recovery);
    for (unsigned i = 0; r == VWR_OK && (r = console_configure(&c->recovery)) == VWR_EBUSY; i++)
        r = i < VWR_CONFIG_TRIES / 2
                ? VWR_OK
                : vwr_dev_give_up(c->recovery.dev, VWR_FAULT_CONFIG, 0, VWR_CONFIG_TRIES);
    while (r == VWR_OK && (r = console_start(&c->recovery)) == VWR_EBUSY) /* once for each pair of queues */
        r = VWR_OK;
    return r;
}

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
    r = console_run_steps(c);
    if (r == VWR_OK)
        console_resume(&c->recovery);
    return r;
}

int vwr_console_close(struct vwr_console *c)
{
    const int r = vwr_dev_reset(c->recovery.dev);

    if (r != VWR_OK)
        return r;
    console_stop(&c->recovery);
    console_take_back(&c->recovery);
    console_give_back(&c->recovery);
    c->ports = c->started = 0;
    return VWR_OK;
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
