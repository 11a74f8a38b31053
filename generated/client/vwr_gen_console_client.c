/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

#include "vwr/client/console.h"

static const struct vwr_request_class client_console_control_transmitq_class = {
    .shared_bytes = VWR_CONSOLE_CLIENT_CONTROL_TRANSMITQ_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_console_client *client_console_of(struct vwr_recovery *v)
{
    return (struct vwr_console_client *)(void *)v;
}

static void client_console_read(const struct vwr_config *config, void *into)
{
    struct vwr_console_client_info *const info = into;

    info->cols = vwr_console_config_get_cols(config);
    info->rows = vwr_console_config_get_rows(config);
    info->max_nr_ports = vwr_console_config_get_max_nr_ports(config);
}

static int client_console_configure(struct vwr_recovery *v)
{
    (void)v;
    return VWR_OK;
}

static int client_console_set_up_receiveq(struct vwr_console_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_receive_setup(&c->receiveq, &c->recovery, VWR_CONSOLE_QUEUE_RECEIVEQ, &c->options.receiveq,
                             &c->options.receiveq_buffers, 1);
}

static int client_console_set_up_transmitq(struct vwr_console_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_transmit_setup(&c->transmitq, &c->recovery, VWR_CONSOLE_QUEUE_TRANSMITQ, &c->options.transmitq,
                              &c->options.transmitq_buffers);
}

static int client_console_set_up_control_transmitq(struct vwr_console_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    if (!vwr_dev_has(d, VWR_CONSOLE_F_MULTIPORT))
        return VWR_OK;
    return vwr_client_setup(&c->control_transmitq, &c->recovery, VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ,
                            &client_console_control_transmitq_class,
                            &c->options.control_transmitq, &c->options.requests);
}

static int client_console_set_up_control_receiveq(struct vwr_console_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    if (!vwr_dev_has(d, VWR_CONSOLE_F_MULTIPORT))
        return VWR_OK;
    return vwr_receive_setup(&c->control_receiveq, &c->recovery, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ,
                             &c->options.control_receiveq,
                             &c->options.control_receiveq_buffers, 8);
}

static int client_console_set_up_port_receiveq(struct vwr_console_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    if (!vwr_dev_has(d, VWR_CONSOLE_F_MULTIPORT))
        return VWR_OK;
    return vwr_receive_setup(&c->port_receiveq, &c->recovery, vwr_console_queue_port_receiveq_at(0),
                             &c->options.port_receiveq,
                             &c->options.port_receiveq_buffers, 1);
}

static int client_console_set_up_port_transmitq(struct vwr_console_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    if (!vwr_dev_has(d, VWR_CONSOLE_F_MULTIPORT))
        return VWR_OK;
    return vwr_transmit_setup(&c->port_transmitq, &c->recovery, vwr_console_queue_port_transmitq_at(0),
                              &c->options.port_transmitq,
                              &c->options.port_transmitq_buffers);
}

static int client_console_set_up(struct vwr_recovery *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_console_client *) = {
        client_console_set_up_receiveq,
        client_console_set_up_transmitq,
        client_console_set_up_control_transmitq,
        client_console_set_up_control_receiveq,
        client_console_set_up_port_receiveq,
        client_console_set_up_port_transmitq,
    };
    const int r = set_up[n](client_console_of(v));

    return r == VWR_OK && n + 1 < 6 ? 1 : r;
}

static void client_console_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_console_want = {
    {VWR_CONSOLE_FEATURES_W0, VWR_CONSOLE_FEATURES_W1, VWR_CONSOLE_FEATURES_W2, VWR_CONSOLE_FEATURES_W3}};
static const struct vwr_features client_console_none;

const struct vwr_recovery_class vwr_console_client_recovery = {
    .type = VWR_CONSOLE_ID,
    .bytes = sizeof(struct vwr_console_client),
    .info_at = __builtin_offsetof(struct vwr_console_client, info),
    .info_bytes = sizeof(struct vwr_console_client_info),
    .read = client_console_read,
    .want = &client_console_want,
    .configure = client_console_configure,
    .set_up = client_console_set_up,
    .event = client_console_event,
};

int vwr_console_client_open(struct vwr_console_client *c, struct vwr_dev *d,
                            const struct vwr_console_client_options *options)
{
    const int r = vwr_recovery_begin(&c->recovery, &vwr_console_client_recovery, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->recovery.need = options->need != NULL ? options->need : &client_console_none;
    c->recovery.avoid = options->avoid != NULL ? options->avoid : &client_console_none;
    return vwr_recovery_open(&c->recovery, &vwr_console_client_recovery);
}

int vwr_console_client_close(struct vwr_console_client *c)
{
    return vwr_recovery_close(&c->recovery, &vwr_console_client_recovery);
}

/* False: it is no message. */
static bool client_console_decode_control_receiveq(const struct vwr_console_client *c, const struct vwr_slice *slice,
        struct vwr_console_client_control_receiveq_event *e)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    const uint8_t *const bytes = slice->p;
    uint32_t fixed;

    (void)legacy;
    (void)c;
    uint32_t select0;

    if (slice->bytes < 6u)
        return false;
    select0 = vwr_client_number(bytes + 4, 2, legacy);
    if (true && (select0 >> 0 & 0xffffu) == 1u && slice->bytes >= 8u) {
        e->type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_ADD;
        fixed = 8u;
        struct vwr_console_device_add_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_console_device_add_msg_decode(&form, legacy, &e->m.device_add);
    }    else if (true && (select0 >> 0 & 0xffffu) == 2u && slice->bytes >= 8u) {
        e->type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_REMOVE;
        fixed = 8u;
        struct vwr_console_device_remove_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_console_device_remove_msg_decode(&form, legacy, &e->m.device_remove);
    }    else if (true && (select0 >> 0 & 0xffffu) == 4u && slice->bytes >= 8u) {
        e->type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_CONSOLE_PORT;
        fixed = 8u;
        struct vwr_console_console_port_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_console_console_port_msg_decode(&form, legacy, &e->m.console_port);
    }    else if (true && (select0 >> 0 & 0xffffu) == 5u && slice->bytes >= 12u) {
        e->type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_RESIZE;
        fixed = 12u;
        struct vwr_console_resize_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_console_resize_msg_decode(&form, legacy, &e->m.resize);
    }    else if (true && (select0 >> 0 & 0xffffu) == 6u && slice->bytes >= 8u) {
        e->type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_DEVICE_PORT_OPEN;
        fixed = 8u;
        struct vwr_console_device_port_open_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_console_device_port_open_msg_decode(&form, legacy, &e->m.device_port_open);
    }    else if (true && (select0 >> 0 & 0xffffu) == 7u && slice->bytes >= 8u) {
        e->type = VWR_CONSOLE_CLIENT_CONTROL_RECEIVEQ_PORT_NAME;
        fixed = 8u;
        struct vwr_console_port_name_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_console_port_name_msg_decode(&form, legacy, &e->m.port_name);
    }    else {
        return false;
    }
    e->data = bytes + fixed;
    e->data_bytes = slice->bytes - fixed;
    e->buffer = slice->buffer;
    return true;
}

int vwr_console_client_poll_control_receiveq(struct vwr_console_client *c,
                                             struct vwr_console_client_control_receiveq_event *e)
{
    struct vwr_slice slice;

    for (unsigned i = 0; i < c->options.control_receiveq_buffers.count; i++) {
        const int n = vwr_receive_poll(&c->control_receiveq, &slice, 1);

        if (n <= 0)
            return n;
        if (client_console_decode_control_receiveq(c, &slice, e))
            return 1;
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_return(&c->control_receiveq, slice.buffer);
        (void)vwr_receive_kick(&c->control_receiveq);
    }
    return 0;
}
