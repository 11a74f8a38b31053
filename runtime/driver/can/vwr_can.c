/* SPDX-License-Identifier: MIT */
#include "vwr/can.h"

/*
 * CAN device: sends frames and starts the controller with messages of the generated client. A recovery starts
 * the controller again. Section: CAN Device.
 */

/* ---- the controller ---- */

static int can_resend(struct vwr_bringup *v, unsigned n)
{
    struct vwr_can *const c = (void *)v;

    (void)n;
    return c->started ? vwr_can_client_start_submit(&c->client, &c->again) : VWR_OK;
}

int vwr_can_start(struct vwr_can *c)
{
    int r = vwr_client_restore_all(&c->bringup, &c->restore);

    if (r == VWR_OK)
        r = vwr_can_client_start(&c->client);
    c->started = c->started || r == VWR_OK;
    return r;
}

int vwr_can_stop(struct vwr_can *c)
{
    int r;

    c->started = false;
    r = vwr_client_restore_all(&c->bringup, &c->restore);
    return r == VWR_OK ? vwr_can_client_stop(&c->client) : r;
}

int vwr_can_read_bus_off(struct vwr_can *c)
{
    struct vwr_can_config_info info;
    const int r = c->bringup.dev != NULL ? vwr_bringup_read_info(&c->bringup, &info) : VWR_EFAILED;

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->client.info, &info, sizeof(info));
    if ((info.status & VWR_CAN_S_CTRL_BUSOFF) == 0)
        return 0;
    c->started = false;
    return 1;
}

/* ---- sent frames ---- */

/* Prepares a frame. The device has the data of an earlier one until its message is free. */
static int can_begin(struct vwr_can *c, struct vwr_can_client_txq_call *call, unsigned slot,
                     const struct vwr_can_frame *f)
{
    const struct vwr_can_tx_msg m = {(uint16_t)f->length, f->flags, f->id};
    uint8_t *const data = c->options.shared->data[slot];
    const int r = vwr_can_client_tx_begin(&c->client, call, &m, data);

    if (r == VWR_OK && (f->flags & VWR_CAN_FLAGS_RTR) != 0)
        vwr_zero(data, f->length);
    else if (r == VWR_OK)
        vwr_copy(data, f->data, f->length);
    return r;
}

static int can_check(const struct vwr_can *c, const struct vwr_can_frame *f)
{
    const struct vwr_dev *const d = c->bringup.dev;

    return d != NULL ? vwr_can_check_frame(f, &d->config.features) : VWR_EFAILED;
}

int vwr_can_send(struct vwr_can *c, const struct vwr_can_frame *f, uint32_t tag)
{
    int r = can_check(c, f);
    unsigned i = 0;

    if (r == VWR_OK)
        r = vwr_client_restore_next(&c->bringup, &c->restore);
    if (r != VWR_OK)
        return r > 0 ? VWR_EBUSY : r;
    while (i < VWR_CAN_FRAMES && c->request[i].used)
        i++;
    if (i == VWR_CAN_FRAMES)
        return VWR_EFULL;
    r = can_begin(c, &c->request[i].call, i, f);
    if (r == VWR_OK)
        r = vwr_client_submit(&c->client.txq, &c->request[i].call.call);
    if (r != VWR_OK)
        return r;
    c->request[i].tag = tag;
    c->request[i].used = true;
    (void)vwr_client_kick(&c->client.txq);
    return VWR_OK;
}

int vwr_can_reap(struct vwr_can *c, struct vwr_can_done *sent)
{
    struct vwr_client_call *done;
    struct vwr_can_request *request;
    int r;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    r = vwr_client_reap(&c->client.txq, &done, 1);
    if (r == 0)
        r = vwr_client_restore_next(&c->bringup, &c->restore);
    else if (r == 1) {
        request = (struct vwr_can_request *)(void *)done;
        request->used = false;
        sent->tag = request->tag;
        sent->result = done->req.result;
        return 1;
    }
    return r < 0 ? r : 0;
}

int vwr_can_do(struct vwr_can *c, const struct vwr_can_frame *f)
{
    struct vwr_can_client_txq_call *const call = &c->client.txq_own;
    int r = can_check(c, f);

    if (r == VWR_OK)
        r = vwr_client_restore_all(&c->bringup, &c->restore);
    if (r != VWR_OK)
        return r;
    call->call.req.internal = 1; /* no caller reaps it */
    r = can_begin(c, call, VWR_CAN_FRAMES, f);
    return r == VWR_OK ? vwr_client_do(&c->client.txq, &call->call) : r;
}

/* ---- received frames ---- */

static bool can_parse(const struct vwr_can *c, const struct vwr_slice *slice, struct vwr_can_frame *f)
{
    const struct vwr_dev *const d = c->bringup.dev;
    struct vwr_can_client_rxq_event e;

    if (!vwr_can_client_rxq_parse(slice->p, slice->bytes, vwr_dev_is_legacy(d), &d->config.features, &e))
        return false;
    f->id = e.m.rx.can_id;
    f->flags = e.m.rx.flags;
    f->length = e.m.rx.length;
    if (can_check(c, f) != VWR_OK || f->length > e.data_bytes)
        return false;
    vwr_copy(f->data, e.data, f->length);
    return true;
}

int vwr_can_receive(struct vwr_can *c, struct vwr_can_frame *f)
{
    int r = vwr_client_restore_next(&c->bringup, &c->restore);
    struct vwr_slice slice;
    bool known = false;

    for (unsigned i = 0; i < VWR_CAN_BUFFERS && r >= 0 && !known; i++) {
        r = vwr_receive_reap(&c->client.rxq, &slice, 1);
        if (r <= 0)
            return r;
        known = can_parse(c, &slice, f);
        vwr_count_add(&c->client.ignored, !known);
        (void)vwr_receive_submit(&c->client.rxq, slice.buffer);
        (void)vwr_receive_kick(&c->client.rxq);
    }
    return r < 0 ? r : known;
}

bool vwr_can_arm(struct vwr_can *c)
{
    return c->bringup.dev != NULL && vwr_receive_arm(&c->client.rxq, 1) &&
           vwr_request_arm(&c->client.txq.requests, 1);
}

/* ---- opening, recovery and closing ---- */

/* A device must have one of two features. */
static int can_configure(struct vwr_bringup *v)
{
    if (vwr_dev_has(v->dev, VWR_CAN_F_CAN_CLASSIC) || vwr_dev_has(v->dev, VWR_CAN_F_CAN_FD))
        return VWR_OK;
    return vwr_dev_give_up(v->dev, VWR_FAULT_FEATURE, 0,
                           1u << VWR_CAN_F_CAN_CLASSIC | 1u << VWR_CAN_F_CAN_FD);
}

static const struct vwr_request_class can_frame_class = {
    VWR_CLIENT_CLASS(VWR_CAN_CLIENT_TXQ_SLOT),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};
static const struct vwr_request_class can_control_class = {
    VWR_CLIENT_CLASS(VWR_CAN_CLIENT_CONTROLQ_SLOT),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static int can_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_can *const c = (void *)v;
    struct vwr_can_shared *const s = c->options.shared;
    const struct vwr_queue_memory frames = {s->frames, sizeof(s->frames), c->frames_own,
                                            sizeof(c->frames_own), VWR_CAN_QUEUE};
    const struct vwr_queue_memory ring = {s->receive_ring, sizeof(s->receive_ring), c->receive_own,
                                          sizeof(c->receive_own), VWR_CAN_BUFFERS};
    const struct vwr_queue_memory controls = {s->controls, sizeof(s->controls), c->controls_own,
                                              sizeof(c->controls_own), VWR_CAN_CONTROL_QUEUE};
    const struct vwr_receive_memory buffers = {s->buffer, sizeof(s->buffer), c->receive_buffer,
                                               VWR_CAN_BUFFERS};
    int r;

    c->options.request.requests = n == 0 ? VWR_CAN_REQUESTS : VWR_CAN_CONTROLS;
    if (n == VWR_CAN_QUEUE_CONTROLQ)
        return vwr_client_setup(&c->client.controlq, v, n, &can_control_class, &controls,
                                &c->options.request);
    if (n == VWR_CAN_QUEUE_RXQ)
        r = vwr_receive_setup(&c->client.rxq, v, n, &ring, &buffers, sizeof(struct vwr_can_rx));
    else
        r = vwr_client_setup(&c->client.txq, v, n, &can_frame_class, &frames, &c->options.request);
    return r == VWR_OK ? 1 : r;
}

static void can_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_can *const c = (void *)v;

    vwr_receive_all(v, event);
    vwr_client_restore_event(v, &c->restore, event);
}

static const struct vwr_features can_want = {
    {VWR_CAN_FEATURES_W0, VWR_CAN_FEATURES_W1, VWR_CAN_FEATURES_W2, VWR_CAN_FEATURES_W3}};

const struct vwr_bringup_class vwr_can_bringup = {
    VWR_BRINGUP_CLASS(VWR_CAN_ID, vwr_can, client.info),
    .want = &can_want,
    .rules = vwr_can_feature_rules,
    .rule_count = VWR_CAN_FEATURE_RULE_COUNT,
    .read = vwr_can_config_read,
    .configure = can_configure,
    .set_up = can_set_up,
    .event = can_event,
    .needs = vwr_can_config_needs,
};

int vwr_can_open(struct vwr_can *c, struct vwr_dev *d, const struct vwr_can_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_can_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->options.request.segments = 1;
    c->options.request.replay = false; /* the device may already have sent a frame */
    c->client.bringup.avoid = &c->options.avoid;
    c->restore.q = &c->client.controlq;
    c->restore.call = &c->again.call;
    c->restore.resend = can_resend;
    c->restore.count = 1;
    return vwr_bringup_open(&c->bringup);
}
