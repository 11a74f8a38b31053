/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

#include "vwr/client/console.h"

static const struct vwr_request_class client_console_control_transmitq_class = {
    VWR_CLIENT_CLASS(VWR_CONSOLE_CLIENT_CONTROL_TRANSMITQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_console_client *client_console_of(struct vwr_bringup *v)
{
    return (struct vwr_console_client *)(void *)v;
}

static int client_console_configure(struct vwr_bringup *v)
{
    struct vwr_console_client *const c = client_console_of(v);
    const struct vwr_dev *const d = v->dev;
    int r;

    r = vwr_client_agree_count(&c->port_receiveq_count, c->options.port_receiveq_count, !(vwr_dev_has(d,
                               VWR_CONSOLE_F_MULTIPORT)) ? 0u : (c->info.max_nr_ports > 1u ? c->info.max_nr_ports - 1u : 0u));
    if (r == VWR_OK)
        r = vwr_client_agree_count(&c->port_transmitq_count, c->options.port_transmitq_count, !(vwr_dev_has(d,
                                   VWR_CONSOLE_F_MULTIPORT)) ? 0u : (c->info.max_nr_ports > 1u ? c->info.max_nr_ports - 1u : 0u));
    return r;
}

static int client_console_set_up_receiveq(struct vwr_console_client *c, unsigned n)
{
    (void)n;
    return vwr_receive_setup(&c->receiveq, &c->bringup, VWR_CONSOLE_QUEUE_RECEIVEQ, &c->options.receiveq,
                             &c->options.receiveq_buffers, 1);
}

static int client_console_set_up_transmitq(struct vwr_console_client *c, unsigned n)
{
    (void)n;
    return vwr_transmit_setup(&c->transmitq, &c->bringup, VWR_CONSOLE_QUEUE_TRANSMITQ, &c->options.transmitq,
                              &c->options.transmitq_buffers);
}

static int client_console_set_up_control_transmitq(struct vwr_console_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_CONSOLE_F_MULTIPORT))
        return VWR_OK;
    return vwr_client_setup(&c->control_transmitq, &c->bringup, VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ,
                            &client_console_control_transmitq_class, &c->options.control_transmitq,
                            &c->options.requests);
}

static int client_console_set_up_control_receiveq(struct vwr_console_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_CONSOLE_F_MULTIPORT))
        return VWR_OK;
    return vwr_receive_setup(&c->control_receiveq, &c->bringup, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ,
                             &c->options.control_receiveq,
                             &c->options.control_receiveq_buffers, 8);
}

static int client_console_set_up_port_receiveq(struct vwr_console_client *c, unsigned n)
{
    return vwr_receive_setup(&c->options.port_receiveq[n].q, &c->bringup, vwr_console_queue_port_receiveq_at(n),
                             &c->options.port_receiveq[n].memory,
                             &c->options.port_receiveq[n].buffers, 1);
}

static int client_console_set_up_port_transmitq(struct vwr_console_client *c, unsigned n)
{
    return vwr_transmit_setup(&c->options.port_transmitq[n].q, &c->bringup, vwr_console_queue_port_transmitq_at(n),
                              &c->options.port_transmitq[n].memory,
                              &c->options.port_transmitq[n].buffers);
}

static int client_console_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_console_client *const c = client_console_of(v);
    unsigned at = n;
    int r;

    if (at < 1u) {
        r = client_console_set_up_receiveq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= 1u;
    if (at < 1u) {
        r = client_console_set_up_transmitq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= 1u;
    if (at < 1u) {
        r = client_console_set_up_control_transmitq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= 1u;
    if (at < 1u) {
        r = client_console_set_up_control_receiveq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= 1u;
    if (at < c->port_receiveq_count) {
        r = client_console_set_up_port_receiveq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    at -= c->port_receiveq_count;
    if (at < c->port_transmitq_count) {
        r = client_console_set_up_port_transmitq(c, at);
        return r == VWR_OK ? 1 : r;
    }
    return VWR_OK;
}

static void client_console_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_console_want = {
    {VWR_CONSOLE_FEATURES_W0, VWR_CONSOLE_FEATURES_W1, VWR_CONSOLE_FEATURES_W2, VWR_CONSOLE_FEATURES_W3}};

const struct vwr_bringup_class vwr_console_client_bringup = {
    .type = VWR_CONSOLE_ID,
    .bytes = sizeof(struct vwr_console_client),
    .info_at = __builtin_offsetof(struct vwr_console_client, info),
    .info_bytes = sizeof(struct vwr_console_config_info),
    .read = vwr_console_config_read,
    .want = &client_console_want,
    .configure = client_console_configure,
    .set_up = client_console_set_up,
    .event = client_console_event,
    .needs = vwr_console_config_needs,
};

int vwr_console_client_open(struct vwr_console_client *c, struct vwr_dev *d,
                            const struct vwr_console_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_console_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_console_client_bringup);
}

int vwr_console_client_close(struct vwr_console_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_console_client_bringup);
}

int vwr_console_client_read_info(struct vwr_console_client *c)
{
    struct vwr_console_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_console_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}

int vwr_console_client_poll_control_receiveq(struct vwr_console_client *c,
                                             struct vwr_console_client_control_receiveq_event *e)
{
    struct vwr_slice slice;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (!vwr_dev_has(c->bringup.dev, VWR_CONSOLE_F_MULTIPORT))
        return VWR_EFEATURE;
    for (unsigned i = 0; i < c->options.control_receiveq_buffers.buffer_count; i++) {
        const int r = vwr_receive_reap(&c->control_receiveq, &slice, 1);

        if (r <= 0)
            return r;
        if (vwr_console_client_control_receiveq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                &c->bringup.dev->config.features, e)) {
            e->buffer = slice.buffer;
            return 1;
        }
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->control_receiveq, slice.buffer);
        (void)vwr_receive_kick(&c->control_receiveq);
    }
    return 0;
}
