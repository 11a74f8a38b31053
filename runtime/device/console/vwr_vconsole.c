/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vconsole_common.h"

/*
 * Console for a guest: init, reset, and the dispatch of queues.
 * Section: Console Device.
 */

static uint16_t vconsole_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct vwr_vconsole *const c = vconsole_of(v);
    const uint16_t queue = q->index;

    if (queue >= VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ && !vconsole_has_ports(c))
        return 0;
    if (queue == VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ)
        return vwr_vconsole_serve_pending_(c, queue);
    if (queue == VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ)
        return vwr_vconsole_serve_control_(c, queue);
    return vconsole_is_receiveq(queue) ? vwr_vconsole_serve_input_(c, queue)
                                       : vwr_vconsole_serve_output_(c, queue);
}

/* Control messages from the guest may have caused replies. */
static void vconsole_flush(struct vwr_vdev *v, uint16_t queue)
{
    (void)queue;
    v->to_flush = false;
    vwr_vconsole_send_pending_(vconsole_of(v));
}

static void vconsole_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    const unsigned port = vconsole_port_of(queue);

    if (queue == vconsole_transmitq(port))
        vwr_vstream_restart(&vconsole_of(v)->port[port].output);
}

static void vconsole_forget(struct vwr_vconsole_port *p)
{
    p->added = false;
    p->ready = false;
    p->loaded_open = false;
    p->pending_events = 0;
    vwr_vstream_restart(&p->output);
}

static void vconsole_reset(struct vwr_vdev *v)
{
    struct vwr_vconsole *const c = vconsole_of(v);

    c->driver_ready = false;
    for (unsigned i = 0; i < c->ports; i++) {
        vconsole_forget(&c->port[i]);
        vwr_vconsole_set_guest_open_(c, i, false);
    }
}

/* Emergency write: any driver may write a character to this field at any time. */
static void vconsole_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_vconsole *const c = vconsole_of(v);
    const uint8_t character = (uint8_t)vwr_guest32(v->legacy, c->config.emerg_wr);

    if (offset <= VWR_CONSOLE_CONFIG_EMERG_WR && VWR_CONSOLE_CONFIG_EMERG_WR - offset < bytes)
        (void)c->ops->output(c, 0, &character, 1);
}

static const struct vwr_vdev_class vconsole_class = {
    .name = "console",
    .id = VWR_CONSOLE_ID,
    .fields = vwr_console_config_fields,
    .field_count = VWR_CONSOLE_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_console_feature_names),
    .reset = vconsole_reset,
    .queue_reset = vconsole_queue_reset,
    .serve = vconsole_serve,
    .flush = vconsole_flush,
    .config_written = vconsole_config_written,
};

static void vconsole_init_ports(struct vwr_vconsole *c, const struct vwr_vconsole_options *o)
{
    c->port = o->port;
    c->ports = o->port_count;
    for (unsigned i = 0; i < c->ports; i++) {
        struct vwr_vconsole_port *const p = &c->port[i];

        vconsole_forget(p);
        p->guest_open = false;
        p->host_open = p->console;
        p->cols = 0;
        p->rows = 0;
        p->input = NULL;
        p->input_left = 0;
        p->output.is_active = false;
    }
}

int vwr_vconsole_init_with(struct vwr_vconsole *c, const struct vwr_vdev_setup *s,
                           const struct vwr_vconsole_options *o)
{
    struct vwr_features features;
    unsigned queues;
    int r;

    vwr_zero(c, sizeof(*c));
    if (o->ops == NULL || o->ops->output == NULL)
        return VWR_EINVAL;
    queues = VWR_VCONSOLE_QUEUES(o->port_count);
    if (!VWR_ARRAY_FITS(&c->dev.shortage, o, port, port_count, 1u) ||
        !VWR_ARRAY_FITS(&c->dev.shortage, s, queue, queue_count, queues))
        return VWR_ENOMEM;
    vwr_features_clear(&features);
    vwr_features_add_if(&features, VWR_CONSOLE_F_SIZE, o->cols != 0 && o->rows != 0);
    vwr_features_add_if(&features, VWR_CONSOLE_F_MULTIPORT, o->port_count > 1);
    vwr_features_add_if(&features, VWR_CONSOLE_F_EMERG_WRITE, o->emergency);
    c->context = o->context;
    c->ops = o->ops;
    vconsole_init_ports(c, o);
    r = vwr_vdev_init(&c->dev, &vconsole_class, s, &features, (uint16_t)queues, &c->config,
                      sizeof(c->config));
    vwr_vconsole_set_size_(c, o->cols, o->rows);
    if (r == VWR_OK)
        vwr_vstream_open(&c->dev);
    return r;
}
