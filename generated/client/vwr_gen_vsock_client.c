/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

#include "vwr/client/vsock.h"

static const struct vwr_request_class client_vsock_tx_class = {
    .shared_bytes = VWR_VSOCK_CLIENT_TX_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_vsock_client *client_vsock_of(struct vwr_recovery *v)
{
    return (struct vwr_vsock_client *)(void *)v;
}

static void client_vsock_read(const struct vwr_config *config, void *into)
{
    struct vwr_vsock_client_info *const info = into;

    info->guest_cid = vwr_vsock_config_get_guest_cid(config);
}

static int client_vsock_configure(struct vwr_recovery *v)
{
    (void)v;
    return VWR_OK;
}

static int client_vsock_set_up_tx(struct vwr_vsock_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->tx, &c->recovery, VWR_VSOCK_QUEUE_TX, &client_vsock_tx_class,
                            &c->options.tx, &c->options.requests);
}

static int client_vsock_set_up_rx(struct vwr_vsock_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_receive_setup(&c->rx, &c->recovery, VWR_VSOCK_QUEUE_RX, &c->options.rx,
                             &c->options.rx_buffers, 44);
}

static int client_vsock_set_up_event(struct vwr_vsock_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_receive_setup(&c->event, &c->recovery, VWR_VSOCK_QUEUE_EVENT, &c->options.event,
                             &c->options.event_buffers, 4);
}

static int client_vsock_set_up(struct vwr_recovery *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_vsock_client *) = {
        client_vsock_set_up_tx,
        client_vsock_set_up_rx,
        client_vsock_set_up_event,
    };
    const int r = set_up[n](client_vsock_of(v));

    return r == VWR_OK && n + 1 < 3 ? 1 : r;
}

static void client_vsock_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_vsock_want = {
    {VWR_VSOCK_FEATURES_W0, VWR_VSOCK_FEATURES_W1, VWR_VSOCK_FEATURES_W2, VWR_VSOCK_FEATURES_W3}};
static const struct vwr_features client_vsock_none;

const struct vwr_recovery_class vwr_vsock_client_recovery = {
    .type = VWR_VSOCK_ID,
    .bytes = sizeof(struct vwr_vsock_client),
    .info_at = __builtin_offsetof(struct vwr_vsock_client, info),
    .info_bytes = sizeof(struct vwr_vsock_client_info),
    .read = client_vsock_read,
    .want = &client_vsock_want,
    .configure = client_vsock_configure,
    .set_up = client_vsock_set_up,
    .event = client_vsock_event,
};

int vwr_vsock_client_open(struct vwr_vsock_client *c, struct vwr_dev *d, const struct vwr_vsock_client_options *options)
{
    const int r = vwr_recovery_begin(&c->recovery, &vwr_vsock_client_recovery, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->recovery.need = options->need != NULL ? options->need : &client_vsock_none;
    c->recovery.avoid = options->avoid != NULL ? options->avoid : &client_vsock_none;
    return vwr_recovery_open(&c->recovery, &vwr_vsock_client_recovery);
}

int vwr_vsock_client_close(struct vwr_vsock_client *c)
{
    return vwr_recovery_close(&c->recovery, &vwr_vsock_client_recovery);
}

/* False: it is no message. */
static bool client_vsock_decode_rx(const struct vwr_vsock_client *c, const struct vwr_slice *slice,
        struct vwr_vsock_client_rx_event *e)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    const uint8_t *const bytes = slice->p;
    uint32_t fixed;

    (void)legacy;
    (void)c;
    uint32_t select0;

    if (slice->bytes < 32u)
        return false;
    select0 = vwr_client_number(bytes + 30, 2, legacy);
    if (true && (select0 >> 0 & 0xffffu) == 0u && slice->bytes >= 44u) {
        e->type = VWR_VSOCK_CLIENT_RX_DEVICE_INVALID;
        fixed = 44u;
        struct vwr_vsock_device_invalid_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_vsock_device_invalid_msg_decode(&form, legacy, &e->m.device_invalid);
    }    else if (true && (select0 >> 0 & 0xffffu) == 1u && slice->bytes >= 44u) {
        e->type = VWR_VSOCK_CLIENT_RX_DEVICE_REQUEST;
        fixed = 44u;
        struct vwr_vsock_device_request_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_vsock_device_request_msg_decode(&form, legacy, &e->m.device_request);
    }    else if (true && (select0 >> 0 & 0xffffu) == 2u && slice->bytes >= 44u) {
        e->type = VWR_VSOCK_CLIENT_RX_DEVICE_RESPONSE;
        fixed = 44u;
        struct vwr_vsock_device_response_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_vsock_device_response_msg_decode(&form, legacy, &e->m.device_response);
    }    else if (true && (select0 >> 0 & 0xffffu) == 3u && slice->bytes >= 44u) {
        e->type = VWR_VSOCK_CLIENT_RX_DEVICE_RST;
        fixed = 44u;
        struct vwr_vsock_device_rst_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_vsock_device_rst_msg_decode(&form, legacy, &e->m.device_rst);
    }    else if (true && (select0 >> 0 & 0xffffu) == 4u && slice->bytes >= 44u) {
        e->type = VWR_VSOCK_CLIENT_RX_DEVICE_SHUTDOWN;
        fixed = 44u;
        struct vwr_vsock_device_shutdown_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_vsock_device_shutdown_msg_decode(&form, legacy, &e->m.device_shutdown);
    }    else if (true && (select0 >> 0 & 0xffffu) == 5u && slice->bytes >= 44u) {
        e->type = VWR_VSOCK_CLIENT_RX_DEVICE_RW;
        fixed = 44u;
        struct vwr_vsock_device_rw_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_vsock_device_rw_msg_decode(&form, legacy, &e->m.device_rw);
    }    else if (true && (select0 >> 0 & 0xffffu) == 6u && slice->bytes >= 44u) {
        e->type = VWR_VSOCK_CLIENT_RX_DEVICE_CREDIT_UPDATE;
        fixed = 44u;
        struct vwr_vsock_device_credit_update_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_vsock_device_credit_update_msg_decode(&form, legacy, &e->m.device_credit_update);
    }    else if (true && (select0 >> 0 & 0xffffu) == 7u && slice->bytes >= 44u) {
        e->type = VWR_VSOCK_CLIENT_RX_DEVICE_CREDIT_REQUEST;
        fixed = 44u;
        struct vwr_vsock_device_credit_request_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_vsock_device_credit_request_msg_decode(&form, legacy, &e->m.device_credit_request);
    }    else {
        return false;
    }
    e->data = bytes + fixed;
    e->data_bytes = slice->bytes - fixed;
    e->buffer = slice->buffer;
    return true;
}

int vwr_vsock_client_poll_rx(struct vwr_vsock_client *c, struct vwr_vsock_client_rx_event *e)
{
    struct vwr_slice slice;

    for (unsigned i = 0; i < c->options.rx_buffers.count; i++) {
        const int n = vwr_receive_poll(&c->rx, &slice, 1);

        if (n <= 0)
            return n;
        if (client_vsock_decode_rx(c, &slice, e))
            return 1;
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_return(&c->rx, slice.buffer);
        (void)vwr_receive_kick(&c->rx);
    }
    return 0;
}

/* False: it is no message. */
static bool client_vsock_decode_event(const struct vwr_vsock_client *c, const struct vwr_slice *slice,
        struct vwr_vsock_client_event_event *e)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    const uint8_t *const bytes = slice->p;
    uint32_t fixed;

    (void)legacy;
    (void)c;
    uint32_t select0;

    if (slice->bytes < 4u)
        return false;
    select0 = vwr_client_number(bytes + 0, 4, legacy);
    if (true && (select0 >> 0 & 0xffffffffu) == 0u && slice->bytes >= 4u) {
        e->type = VWR_VSOCK_CLIENT_EVENT_TRANSPORT_RESET;
        fixed = 4u;
    }    else {
        return false;
    }
    e->data = bytes + fixed;
    e->data_bytes = slice->bytes - fixed;
    e->buffer = slice->buffer;
    return true;
}

int vwr_vsock_client_poll_event(struct vwr_vsock_client *c, struct vwr_vsock_client_event_event *e)
{
    struct vwr_slice slice;

    for (unsigned i = 0; i < c->options.event_buffers.count; i++) {
        const int n = vwr_receive_poll(&c->event, &slice, 1);

        if (n <= 0)
            return n;
        if (client_vsock_decode_event(c, &slice, e))
            return 1;
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_return(&c->event, slice.buffer);
        (void)vwr_receive_kick(&c->event);
    }
    return 0;
}
