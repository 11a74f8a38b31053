/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "console_common.h"

/* A console from open to close, and the steps of its recovery, of which open is made too. Section: Console
 * Device. */

#define CONSOLE_DATA_LEAST 1u /* bytes of a buffer that was received; less is nothing */

static struct vwr_console *console_of(const struct vwr_recovery *v)
{
    return (struct vwr_console *)(uintptr_t)v;
}

/* Pairs of queues: those of the ports, then that of messages. */
static unsigned console_pairs(const struct vwr_console *c)
{
    return c->ports + vwr_dev_has(c->recovery.dev, VWR_CONSOLE_F_MULTIPORT);
}

/* Which port of the caller's memory a pair is. */
static unsigned console_slot(const struct vwr_console *c, unsigned pair)
{
    return pair < c->ports ? pair : c->options.ports;
}

static unsigned console_index(const struct vwr_console *c, unsigned slot, bool transmit)
{
    if (slot == 0)
        return transmit ? VWR_CONSOLE_QUEUE_TRANSMITQ : VWR_CONSOLE_QUEUE_RECEIVEQ;
    if (slot == c->options.ports)
        return transmit ? VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ : VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ;
    return transmit ? vwr_console_queue_port_transmitq_at(slot - 1)
                    : vwr_console_queue_port_receiveq_at(slot - 1);
}

/* One after the other: queue `n` of those that were started, NULL behind the last. */
static struct vwr_queue *console_queue(const struct vwr_console *c, unsigned n)
{
    struct vwr_console_port *const p = &c->options.port[n / 2 < c->ports ? n / 2 : c->options.ports];

    return n >= c->started ? NULL : n % 2 == 0 ? &p->receive.q.queue : &p->transmit.queue;
}

/* ---- steps of open and of a recovery ---- */

static int console_agree(struct vwr_recovery *v)
{
    static const struct vwr_features none;
    static const struct vwr_features want = {
        {VWR_CONSOLE_FEATURES_W0, VWR_CONSOLE_FEATURES_W1, VWR_CONSOLE_FEATURES_W2, VWR_CONSOLE_FEATURES_W3}};
    struct vwr_console *const c = console_of(v);
    const struct vwr_wish wish = {&want, &none, &c->options.avoid, NULL, VWR_CONSOLE_FEATURE_RULE_COUNT};

    VWR_STATIC_ASSERT(VWR_CONSOLE_FEATURE_RULE_COUNT == 0,
                      "features of a console have rules now: name them here");
    c->started = 0;
    vwr_zero(&c->info, sizeof(c->info)); /* padding too: what is read is compared */
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
    const int r = vwr_dev_try_config(v->dev, console_read_info, &c->info, sizeof(c->info));

    if (c->info.ports == 0)
        c->info.ports = 1;
    c->ports = c->info.ports < c->options.ports ? c->info.ports : c->options.ports;
    return r;
}

static int console_start_receiving(struct vwr_receiveq *q, struct vwr_console_receive *in,
                                   struct vwr_console_shared *s, uint32_t least)
{
    const struct vwr_receive_memory m = {s->data, in->buffer, VWR_CONSOLE_BYTES, VWR_CONSOLE_QUEUE};

    return q->count == 0 ? vwr_receive_start(q, &m, least) : vwr_receive_repost(q);
}

static int console_add_queue(struct vwr_console *c, unsigned slot, bool transmit)
{
    const uint32_t least = slot == c->options.ports ? sizeof(struct vwr_console_control) : CONSOLE_DATA_LEAST;
    struct vwr_console_port *const p = &c->options.port[slot];
    struct vwr_console_shared *const shared = &c->options.shared[2 * slot + transmit];
    const struct vwr_queue_memory m = {shared->ring, sizeof(shared->ring),
                                       transmit ? p->transmit.own : p->receive.own, sizeof(p->receive.own),
                                       VWR_CONSOLE_QUEUE};
    int r = vwr_dev_add_queue(c->recovery.dev, console_index(c, slot, transmit),
                              transmit ? &p->transmit.queue : &p->receive.q.queue, &m, 0);

    p->transmit.shared = &c->options.shared[2 * slot + 1];
    if (r != VWR_OK)
        return r;
    return transmit ? vwr_console_start_sending(&p->transmit)
                    : console_start_receiving(&p->receive.q, &p->receive, shared, least);
}

static int console_start(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);
    int r;

    if (c->started == 2 * console_pairs(c))
        return vwr_dev_start(v->dev);
    r = console_add_queue(c, console_slot(c, c->started / 2), c->started % 2);
    c->started += r == VWR_OK;
    return r == VWR_OK ? VWR_EBUSY : r;
}

static void console_resume(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);
    struct vwr_queue *q;

    for (unsigned n = 0; (q = console_queue(c, n)) != NULL; n++)
        (void)vwr_queue_kick(q);
    if (vwr_dev_has(v->dev, VWR_CONSOLE_F_MULTIPORT))
        (void)vwr_console_send_message(c, 0, VWR_CONSOLE_DEVICE_READY, true);
}

/* ---- of a recovery alone ---- */

static int console_reason(const struct vwr_recovery *v)
{
    const struct vwr_queue *q;
    int r = VWR_OK;

    for (unsigned n = 0; r == VWR_OK && (q = console_queue(console_of(v), n)) != NULL; n++)
        r = vwr_queue_state(q);
    return r;
}

static bool console_is_stopped(const struct vwr_recovery *v)
{
    return console_reason(v) != VWR_OK;
}

static void console_stop(struct vwr_recovery *v)
{
    struct vwr_queue *q;

    for (unsigned n = 0; (q = console_queue(console_of(v), n)) != NULL; n++)
        vwr_queue_stop(q, VWR_ERESET);
}

/* Messages are not sent again: the device begins anew with those of its own. */
static void console_take_back(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);

    for (unsigned n = 0; n < c->started; n += 2) {
        struct vwr_console_port *const p = &c->options.port[console_slot(c, n / 2)];

        (void)vwr_receive_reclaim(&p->receive.q);
        vwr_console_forget_port(p);
    }
    if (c->options.ports > 1)
        (void)vwr_console_drop(&console_messages(c)->transmit);
}

static void console_give_back(struct vwr_recovery *v)
{
    struct vwr_console *const c = console_of(v);

    for (unsigned i = 0; i < c->options.ports; i++)
        vwr_count_add(&c->dropped, vwr_console_drop(&c->options.port[i].transmit));
}

static const struct vwr_recovery_class console_recovery = {
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

/* ---- for users ---- */

static int console_run_steps(struct vwr_console *c)
{
    int r = vwr_dev_reset(c->recovery.dev);

    if (r == VWR_OK)
        r = console_agree(&c->recovery);
    if (r == VWR_OK)
        r = vwr_dev_read_config(c->recovery.dev, console_read_info, &c->info, sizeof(c->info));
    if (r == VWR_OK)
        r = console_configure(&c->recovery);
    if (r == VWR_OK)
        do
            r = console_start(&c->recovery);
        while (r == VWR_EBUSY); /* once a queue */
    if (r == VWR_OK)
        console_resume(&c->recovery);
    return r;
}

int vwr_console_open(struct vwr_console *c, struct vwr_dev *d, const struct vwr_console_options *options)
{
    if (d->state != VWR_DEV_PROBED)
        return d->state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED;
    vwr_zero(c, sizeof(*c));
    c->recovery.dev = d;
    c->recovery.cls = &console_recovery;
    if (d->type != VWR_CONSOLE_ID)
        return vwr_dev_note(d, VWR_FAULT_TYPE, VWR_CONSOLE_ID, d->type);
    if (options->ports == 0)
        return VWR_EINVAL;
    vwr_copy(&c->options, options, sizeof(*options));
    if (options->ports == 1)
        vwr_features_add(&c->options.avoid, VWR_CONSOLE_F_MULTIPORT);
    vwr_zero(options->port, VWR_CONSOLE_QUEUES(options->ports) / 2 * sizeof(*options->port));
    return console_run_steps(c);
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

int vwr_console_get_size(struct vwr_console *c, uint16_t *cols, uint16_t *rows)
{
    struct vwr_console_info info;
    int r;

    if (!vwr_dev_has(c->recovery.dev, VWR_CONSOLE_F_SIZE))
        return VWR_EUNSUPP;
    vwr_zero(&info, sizeof(info));
    r = vwr_dev_try_config(c->recovery.dev, console_read_info, &info, sizeof(info));
    *cols = info.cols;
    *rows = info.rows;
    return r;
}

int vwr_console_emergency(struct vwr_dev *d, uint8_t character)
{
    if (d->state == VWR_DEV_NONE)
        return VWR_EINVAL;
    if ((vwr_dev_transport(d)->get_features(d, VWR_CONSOLE_F_EMERG_WRITE / 32) >>
             VWR_CONSOLE_F_EMERG_WRITE % 32 &
         1) == 0)
        return VWR_EFEATURE;
    vwr_config_write32(&d->config, VWR_CONSOLE_CONFIG_EMERG_WR, character);
    return VWR_OK;
}
