/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vvsock_common.h"

/* Sockets between a guest and the VMM: queues, reset, and functions for the VMM. Section: Socket Device. */

static struct vwr_vvsock *vvsock_of(struct vwr_sockets *t)
{
    return (struct vwr_vvsock *)(void *)((uint8_t *)t - __builtin_offsetof(struct vwr_vvsock, sockets));
}

/* ---- packets to the guest ---- */

/* Gets the next buffer. A buffer without space for a header is returned empty. */
static bool vvsock_pop(struct vwr_vvsock *v, uint16_t queue, uint32_t least)
{
    while (v->dev.work != 0 && vwr_vdev_is_alive(&v->dev, queue)) {
        v->rx.seg = v->rx_seg;
        v->rx.room = VWR_VVSOCK_SEGS;
        if (!vwr_vdev_pop(&v->dev, queue, &v->rx)) {
            if (vwr_vdev_arm(&v->dev, &v->dev.queue[queue]))
                return false;
        } else if (v->rx.in_bytes >= least) {
            return true;
        } else {
            vwr_count_add(&v->sockets.ignored, 1);
            vwr_vqueue_add_used(&v->dev.queue[queue], &v->rx, 0);
        }
    }
    if (v->dev.work == 0)
        vwr_vdev_defer(&v->dev, queue);
    return false;
}

static int vvsock_room(struct vwr_sockets *t)
{
    struct vwr_vvsock *const v = vvsock_of(t);
    const uint32_t header = sizeof(struct vwr_vsock_hdr);

    if (!vvsock_pop(v, VWR_VSOCK_QUEUE_RX, header)) {
        v->blocked = true;
        return VWR_EFULL;
    }
    return (int)(v->rx.in_bytes < VWR_RESULT_MAX ? v->rx.in_bytes - header : VWR_RESULT_MAX);
}

static int vvsock_send(struct vwr_sockets *t, const struct vwr_vsock_hdr *hdr, const void *data, uint32_t n)
{
    struct vwr_vvsock *const v = vvsock_of(t);
    struct vwr_writer w;

    vwr_vchain_writer(&v->rx, &w);
    (void)vwr_writer_write(&w, hdr, sizeof(*hdr));
    (void)vwr_writer_write(&w, data, n);
    vwr_vdev_charge(&v->dev, w.done, 0);
    vwr_vqueue_add_used(&v->dev.queue[VWR_VSOCK_QUEUE_RX], &v->rx, w.done);
    return VWR_OK;
}

static void vvsock_kick(struct vwr_sockets *t)
{
    struct vwr_vdev *const v = &vvsock_of(t)->dev;

    if (vwr_vdev_is_alive(v, VWR_VSOCK_QUEUE_RX))
        (void)vwr_vdev_signal(v, &v->queue[VWR_VSOCK_QUEUE_RX]);
}

/* ---- hooks ---- */

static int vvsock_request(struct vwr_sockets *t, struct vwr_socket *s)
{
    struct vwr_vvsock *const v = vvsock_of(t);
    const int r = v->ops->connect(v, s);

    if (r == VWR_LATER)
        return VWR_EBUSY;
    return r == VWR_EBUSY ? VWR_EFULL : r;
}

static void vvsock_tell(struct vwr_sockets *t, struct vwr_socket *s, enum vwr_socket_event event)
{
    struct vwr_vvsock *const v = vvsock_of(t);

    if (v->ops->event != NULL)
        v->ops->event(v, s, event);
}

static const struct vwr_sockets_link vvsock_link = {.packet_room = vvsock_room,
                                                    .packet_send = vvsock_send,
                                                    .packet_kick = vvsock_kick,
                                                    .packet_request = vvsock_request,
                                                    .packet_event = vvsock_tell};

/* ---- packets from the guest ---- */

/* The header is copied once. It determines the number of bytes after it. */
static void vvsock_take(struct vwr_vvsock *v, const struct vwr_vchain *c)
{
    struct vwr_sockets *const t = &v->sockets;
    struct vwr_vsock_hdr_values p;
    struct vwr_vsock_hdr hdr;
    struct vwr_reader r;
    struct vwr_socket *s;
    uint8_t *at = NULL;
    uint32_t run;

    vwr_vchain_reader(c, &r);
    if (vwr_reader_read(&r, &hdr, sizeof(hdr)) < sizeof(hdr) || vwr_guest32(t->legacy, hdr.len) != r.left) {
        vwr_count_add(&t->ignored, 1);
        return;
    }
    vwr_vsock_hdr_decode(&hdr, t->legacy, &p);
    s = vwr_sockets_input(t, &p);
    if (s == NULL)
        return;
    vwr_vdev_charge(&v->dev, p.len, 0);
    for (; (run = vwr_reader_run(&r, &at)) != 0; (void)vwr_reader_skip(&r, run))
        vwr_sockets_store(s, at, run);
    vwr_sockets_stored(s, &p);
}

/* While no further reset can be recorded, packets stay in the queue. */
static uint16_t vvsock_serve_tx(struct vwr_vvsock *v)
{
    struct vwr_vchain c;

    v->dev.to_flush = true;
    if (!vwr_sockets_can_reply(&v->sockets))
        (void)vwr_sockets_flush(&v->sockets);
    c.seg = v->seg;
    c.room = VWR_VVSOCK_SEGS;
    if (!vwr_sockets_can_reply(&v->sockets) || !vwr_vdev_pop(&v->dev, VWR_VSOCK_QUEUE_TX, &c))
        return 0;
    vvsock_take(v, &c);
    vwr_vqueue_add_used(&v->dev.queue[VWR_VSOCK_QUEUE_TX], &c, 0);
    return 1;
}

/* The driver has posted buffers: sends pending packets, and notifies sockets that wait for space. */
static uint16_t vvsock_serve_rx(struct vwr_vvsock *v)
{
    const bool full = !vwr_sockets_can_reply(&v->sockets);

    if (!v->blocked)
        return 0;
    v->blocked = false;
    (void)vwr_sockets_flush(&v->sockets);
    if (!v->blocked)
        vwr_sockets_resume(&v->sockets);
    if (full && vwr_sockets_can_reply(&v->sockets)) {
        vwr_vdev_defer(&v->dev, VWR_VSOCK_QUEUE_TX);
        v->dev.unfinished |= v->dev.more; /* without a hook, done when the lock is released */
    }
    return 0;
}

static void vvsock_tell_reset(struct vwr_vvsock *v)
{
    struct vwr_vqueue *const q = &v->dev.queue[VWR_VSOCK_QUEUE_EVENT];
    struct vwr_vsock_event event;
    struct vwr_writer w;

    if (!v->to_tell || !vvsock_pop(v, VWR_VSOCK_QUEUE_EVENT, sizeof(event)))
        return;
    v->to_tell = false;
    event.id = vwr_guest32(v->sockets.legacy, VWR_VSOCK_EVENT_TRANSPORT_RESET);
    vwr_vchain_writer(&v->rx, &w);
    vwr_vqueue_add_used(q, &v->rx, vwr_writer_write(&w, &event, sizeof(event)));
    (void)vwr_vdev_signal(&v->dev, q);
}

static uint16_t vvsock_serve(struct vwr_vdev *dev, struct vwr_vqueue *q)
{
    struct vwr_vvsock *const v = (void *)dev;

    if (q->index == VWR_VSOCK_QUEUE_TX)
        return vvsock_serve_tx(v);
    if (q->index == VWR_VSOCK_QUEUE_RX)
        return vvsock_serve_rx(v);
    vvsock_tell_reset(v);
    return 0;
}

static void vvsock_flush(struct vwr_vdev *dev, uint16_t queue)
{
    (void)queue;
    dev->to_flush = false;
    (void)vwr_sockets_flush(&((struct vwr_vvsock *)(void *)dev)->sockets);
}

static void vvsock_reset(struct vwr_vdev *dev)
{
    struct vwr_vvsock *const v = (void *)dev;

    v->to_tell = false;
    v->blocked = false;
    v->loaded_cid = v->guest_cid;
    vwr_sockets_drop(&v->sockets);
}

static int vvsock_negotiated(struct vwr_vdev *dev)
{
    struct vwr_vvsock *const v = (void *)dev;

    vwr_sockets_start(&v->sockets, &dev->accepted, dev->legacy, VWR_VSOCK_CID_HOST, v->guest_cid);
    return VWR_OK;
}

static const struct vwr_vdev_class vvsock_class = {
    .name = "vsock",
    .id = VWR_VSOCK_ID,
    .fields = vwr_vsock_config_fields,
    .field_count = VWR_VSOCK_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_vsock_feature_names),
    .reset = vvsock_reset,
    .negotiated = vvsock_negotiated,
    .serve = vvsock_serve,
    .flush = vvsock_flush,
};

bool vwr_vvsock_set_cid_(struct vwr_vvsock *v, uint64_t cid)
{
    struct vwr_vsock_config_info info;

    if (!vvsock_is_cid(cid))
        return false;
    v->guest_cid = cid;
    v->loaded_cid = cid;
    v->sockets.peer = cid;
    info.guest_cid = cid;
    vwr_vsock_config_write(&v->config, v->dev.legacy, &info);
    return true;
}

int vwr_vvsock_init_with(struct vwr_vvsock *v, const struct vwr_vdev_setup *s,
                         const struct vwr_vvsock_options *o)
{
    struct vwr_features features;
    int r;

    vwr_zero(v, sizeof(*v));
    if (o->ops == NULL || o->ops->connect == NULL)
        return VWR_EINVAL;
    r = vwr_sockets_init(&v->sockets, &o->sockets, &vvsock_link, &v->dev.shortage);
    if (r != VWR_OK)
        return r;
    v->ops = o->ops;
    v->context = o->context;
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_VSOCK_F_STREAM);
    vwr_features_add(&features, VWR_VSOCK_F_NO_IMPLIED_STREAM);
    vwr_features_add_if(&features, VWR_VSOCK_F_SEQPACKET, o->seqpacket);
    r = vwr_vdev_init(&v->dev, &vvsock_class, s, &features, VWR_VVSOCK_QUEUES, &v->config, sizeof(v->config));
    if (r != VWR_OK)
        return r;
    if (!vwr_vvsock_set_cid_(v, o->guest_cid))
        return VWR_EINVAL;
    vwr_vdev_limit(&v->dev, VWR_VVSOCK_SEGS);
    return VWR_OK;
}
