/* SPDX-License-Identifier: MIT */
#include "vwr/vcan.h"

/*
 * CAN controller for a guest: hooks of the VMM send the guest's frames, and the VMM delivers those of the
 * bus. Section: CAN Device.
 */

static struct vwr_vcan *vcan_of(struct vwr_can_vservice *s)
{
    return (struct vwr_vcan *)(void *)s;
}

static struct vwr_vqueue *vcan_queue(struct vwr_vcan *v, unsigned queue)
{
    return &vwr_vcan_dev(v)->queue[queue];
}

/* ---- frames of the guest ---- */

static int vcan_count(struct vwr_vcan *v, int result)
{
    vwr_count_add(result == VWR_OK ? &v->stats.sent : &v->stats.failed, 1);
    return result == VWR_OK ? VWR_CAN_RESULT_OK : VWR_CAN_RESULT_NOT_OK;
}

/* Offers a frame to the VMM. Returns VWR_LATER if the message is kept. */
static int vcan_offer(struct vwr_vcan *v, struct vwr_vmessage *x)
{
    const int r = v->ops->send(v, &v->frame[x - v->message], vwr_vmessage_ticket(x));

    if (r == VWR_LATER)
        return vwr_vmessage_keep(x, &v->left);
    return r == VWR_EFULL ? vwr_vmessage_keep(x, &v->waits) : vcan_count(v, r);
}

/* A frame does not overtake those that wait. */
static int vcan_tx(struct vwr_can_vservice *s, struct vwr_vmessage *x, const struct vwr_can_tx_msg *m)
{
    struct vwr_vcan *const v = vcan_of(s);
    struct vwr_can_frame *const f = &v->frame[x - v->message];

    f->id = m->can_id;
    f->flags = m->flags;
    f->length = m->length;
    if (!v->started || vwr_can_check_frame(f, &vwr_vcan_dev(v)->accepted) != VWR_OK)
        return vcan_count(v, VWR_EINVAL);
    vwr_zero(f->data, sizeof(f->data));
    if ((f->flags & VWR_CAN_FLAGS_RTR) == 0)
        (void)vwr_vmessage_read(x, f->data, f->length);
    if (vwr_service_kept(&s->service, &v->waits) != NULL)
        return vwr_vmessage_keep(x, &v->waits);
    return vcan_offer(v, x);
}

/*
 * Messages have become free. Only frames can have waited for one (held), and no other queue is served, so
 * that a hook may resume a device of which a queue is being served.
 */
static void vcan_serve_rest(struct vwr_vcan *v)
{
    (void)vwr_vdev_signal(vwr_vcan_dev(v), vcan_queue(v, VWR_CAN_QUEUE_TXQ));
    vwr_vdev_serve_locked(vwr_vcan_dev(v), VWR_CAN_QUEUE_TXQ);
}

void vwr_vcan_resume_locked(struct vwr_vcan *v)
{
    struct vwr_service *const s = &v->service.service;
    struct vwr_vmessage *x;
    bool some = false;
    int r = VWR_OK;

    if (!vwr_vdev_is_alive(vwr_vcan_dev(v),
                           VWR_CAN_QUEUE_TXQ)) /* it has failed, and its frames have no order */
        return;
    for (unsigned i = 0; i < VWR_VCAN_MESSAGES && (x = vwr_service_kept(s, &v->waits)) != NULL; i++) {
        r = vcan_offer(v, x);
        if (r != VWR_LATER)
            vwr_vmessage_end(x, r, NULL);
        else if (x->keeper == &v->waits)
            break;
        some = some || r != VWR_LATER;
    }
    if (some)
        vcan_serve_rest(v);
}

void vwr_vcan_resume(struct vwr_vcan *v)
{
    vwr_vdev_lock(vwr_vcan_dev(v));
    vwr_vcan_resume_locked(v);
    vwr_vdev_unlock(vwr_vcan_dev(v));
}

void vwr_vcan_done(struct vwr_vcan *v, uint64_t ticket, bool sent)
{
    struct vwr_vmessage *x = v->message;

    vwr_vdev_lock(vwr_vcan_dev(v));
    for (unsigned i = 0; i < VWR_VCAN_MESSAGES; i++)
        if (v->message[i].ticket == ticket && v->message[i].keeper == &v->left)
            x = &v->message[i];
    if (x->keeper != &v->left)
        ticket = 0; /* that of a frame that waits is invalid, too */
    if (vwr_vmessage_claim(x, ticket))
        vwr_vmessage_finish(x, vcan_count(v, sent ? VWR_OK : VWR_EIO), NULL);
    vwr_vdev_unlock(vwr_vcan_dev(v));
}

/* All frames fail that have not been sent. */
static void vcan_cancel(struct vwr_vcan *v)
{
    struct vwr_service *const s = &v->service.service;
    struct vwr_vmessage *x;

    while ((x = vwr_service_kept(s, &v->left)) != NULL || (x = vwr_service_kept(s, &v->waits)) != NULL)
        vwr_vmessage_end(x, vcan_count(v, VWR_EIO), NULL);
    (void)vwr_vdev_signal(vwr_vcan_dev(v), vcan_queue(v, VWR_CAN_QUEUE_TXQ));
}

/* ---- frames of the bus ---- */

/* A buffer that is too short is returned empty; the frame is stored in the next one. */
static int vcan_put(struct vwr_vcan *v, const struct vwr_can_frame *f)
{
    struct vwr_vdev *const dev = vwr_vcan_dev(v);
    const struct vwr_can_rx_msg m = {(uint16_t)f->length, f->flags, f->id};
    struct vwr_can_rx_msg_form form;
    int r = VWR_ERANGE;

    vwr_can_rx_msg_encode(&form, dev->legacy, &m);
    for (uint32_t i = 0; i < dev->queue[VWR_CAN_QUEUE_RXQ].size && r == VWR_ERANGE; i++)
        r = vwr_service_send_locked(&v->service.service, VWR_CAN_QUEUE_RXQ, &form, sizeof(form), f->data,
                                    f->length);
    return r == VWR_OK ? r : VWR_EFULL;
}

/* Whether the guest has a buffer; otherwise it is asked for one. */
static bool vcan_has_buffer(struct vwr_vcan *v)
{
    struct vwr_vdev *const dev = vwr_vcan_dev(v);

    return vwr_vdev_is_alive(dev, VWR_CAN_QUEUE_RXQ) && !vwr_vdev_arm(dev, vcan_queue(v, VWR_CAN_QUEUE_RXQ));
}

int vwr_vcan_receive_locked(struct vwr_vcan *v, const struct vwr_can_frame *f)
{
    int r;

    if (!v->started) {
        vwr_count_add(&v->stats.deaf, 1);
        return VWR_OK;
    }
    if (vwr_can_check_frame(f, &vwr_vcan_dev(v)->accepted) != VWR_OK) {
        vwr_count_add(&v->stats.unfit, 1);
        return VWR_EUNSUPP;
    }
    r = vcan_put(v, f);
    if (r == VWR_EFULL && vcan_has_buffer(v)) /* it came in between */
        r = vcan_put(v, f);
    v->starved = v->starved || r != VWR_OK;
    vwr_count_add(&v->stats.received, r == VWR_OK);
    return r;
}

bool vwr_vcan_has_room_locked(struct vwr_vcan *v)
{
    struct vwr_vdev *const dev = vwr_vcan_dev(v);

    if (!v->started ||
        (vwr_vdev_is_alive(dev, VWR_CAN_QUEUE_RXQ) && !vwr_vdev_arm(dev, vcan_queue(v, VWR_CAN_QUEUE_RXQ))))
        return true;
    v->starved = true;
    return false;
}

void vwr_vcan_signal_locked(struct vwr_vcan *v)
{
    if (vwr_vdev_is_alive(vwr_vcan_dev(v), VWR_CAN_QUEUE_RXQ))
        (void)vwr_vdev_signal(vwr_vcan_dev(v), vcan_queue(v, VWR_CAN_QUEUE_RXQ));
}

int vwr_vcan_receive(struct vwr_vcan *v, const struct vwr_can_frame *f)
{
    int r;

    vwr_vdev_lock(vwr_vcan_dev(v));
    r = vwr_vcan_receive_locked(v, f);
    vwr_vcan_signal_locked(v);
    vwr_vdev_unlock(vwr_vcan_dev(v));
    return r;
}

/* Frames for the guest have waited, and have to wait no longer. */
static void vcan_wake(struct vwr_vcan *v)
{
    const bool starved = v->starved;

    v->starved = false;
    if (starved && v->ops->ready != NULL)
        v->ops->ready(v);
}

/* Called when the guest has added buffers for received frames. */
static void vcan_posted(struct vwr_can_vservice *s, uint16_t queue)
{
    (void)queue;
    vcan_wake(vcan_of(s));
}

/* ---- the controller ---- */

/* Sets the status, of which the driver is informed before its request or its frames end. */
static void vcan_set(struct vwr_vcan *v, bool started, bool bus_off)
{
    const struct vwr_can_config_info info = {.status = bus_off ? VWR_CAN_S_CTRL_BUSOFF : 0};
    const bool news = bus_off != v->bus_off;

    v->started = started;
    v->bus_off = bus_off;
    vwr_can_config_write(&v->service.config, vwr_vcan_dev(v)->legacy, &info);
    if (news)
        vwr_vdev_config_changed(vwr_vcan_dev(v));
}

static int vcan_change(struct vwr_vcan *v, bool started)
{
    if (v->ops->mode != NULL && v->ops->mode(v, started) != VWR_OK)
        return VWR_CAN_RESULT_NOT_OK;
    vcan_set(v, started, false);
    if (started)
        return VWR_OK;
    vcan_cancel(v);
    vcan_wake(v);
    return VWR_OK;
}

static int vcan_start(struct vwr_can_vservice *s, struct vwr_vmessage *x)
{
    (void)x;
    return vcan_change(vcan_of(s), true);
}

static int vcan_stop(struct vwr_can_vservice *s, struct vwr_vmessage *x)
{
    (void)x;
    return vcan_change(vcan_of(s), false);
}

void vwr_vcan_bus_off(struct vwr_vcan *v)
{
    vwr_vdev_lock(vwr_vcan_dev(v));
    if (v->started) {
        vcan_set(v, false, true);
        vcan_cancel(v);
        vcan_serve_rest(v);
        vcan_wake(v);
    }
    vwr_vdev_unlock(vwr_vcan_dev(v));
}

/* ---- init and reset ---- */

static void vcan_reset(struct vwr_can_vservice *s)
{
    struct vwr_vcan *const v = vcan_of(s);
    const bool started = v->started;

    v->started = false;
    v->bus_off = false;
    vwr_zero(&s->config, sizeof(s->config));
    if (started && v->ops->mode != NULL)
        (void)v->ops->mode(v, false);
    vcan_wake(v);
}

static void vcan_suspend(struct vwr_can_vservice *s)
{
    vcan_cancel(vcan_of(s));
}

static const struct vwr_can_vservice_calls vcan_calls = {
    .tx = vcan_tx,
    .start = vcan_start,
    .stop = vcan_stop,
    .posted = vcan_posted,
    .reset = vcan_reset,
    .suspend = vcan_suspend,
};

static void vcan_offered(const struct vwr_vcan_options *o, struct vwr_features *features)
{
    vwr_features_clear(features);
    if (!o->no_classic)
        vwr_features_add(features, VWR_CAN_F_CAN_CLASSIC);
    if (!o->no_fd)
        vwr_features_add(features, VWR_CAN_F_CAN_FD);
    if (!o->no_classic && !o->no_rtr)
        vwr_features_add(features, VWR_CAN_F_RTR_FRAMES);
    if (o->late)
        vwr_features_add(features, VWR_CAN_F_LATE_TX_ACK);
}

int vwr_vcan_init_with(struct vwr_vcan *v, const struct vwr_vdev_setup *s,
                       const struct vwr_vcan_options *options)
{
    const struct vwr_service_memory memory = {v->message, VWR_COUNT(v->message), v->seg, VWR_COUNT(v->seg)};
    struct vwr_features features;
    int r;

    vwr_zero(v, sizeof(*v));
    if (options->ops == NULL || options->ops->send == NULL || (options->no_classic && options->no_fd))
        return VWR_EINVAL;
    v->context = options->context;
    v->ops = options->ops;
    vcan_offered(options, &features);
    r = vwr_can_vservice_init(&v->service, s, &features, &vcan_calls, &memory, NULL);
    v->service.service.held = VWR_CAN_QUEUE_TXQ + 1u;
    return r;
}
