/* SPDX-License-Identifier: MIT */
#include "vwr/vsock.h"
#include "vwr/bytes.h"
#include "vwr/wait.h"

/* Socket device: opening, recovery and closing, packets, and events. Section: Socket Device. */

/* ---- packets ---- */

static struct vwr_vsock *vsock_of(struct vwr_sockets *t)
{
    return (struct vwr_vsock *)(void *)((uint8_t *)t - __builtin_offsetof(struct vwr_vsock, sockets));
}

static int vsock_room(struct vwr_sockets *t)
{
    struct vwr_vsock *const v = vsock_of(t);
    const int r = v->bringup.dev != NULL ? vwr_transmit_reap(&v->tx) : VWR_EFAILED;

    if (r < 0)
        return r;
    return vwr_transmit_has_room(&v->tx) ? (int)(VWR_VSOCK_BYTES - sizeof(struct vwr_vsock_hdr)) : VWR_EFULL;
}

static int vsock_send(struct vwr_sockets *t, const struct vwr_vsock_hdr *hdr, const void *data, uint32_t n)
{
    return vwr_transmit_send_after(&vsock_of(t)->tx, hdr, sizeof(*hdr), data, n);
}

static void vsock_kick(struct vwr_sockets *t)
{
    (void)vwr_transmit_kick(&vsock_of(t)->tx);
}

static const struct vwr_sockets_link vsock_link = {
    .packet_room = vsock_room, .packet_send = vsock_send, .packet_kick = vsock_kick};

/*
 * The header is copied once; its length field must not exceed the number of bytes that the device has
 * written.
 */
static void vsock_take(struct vwr_vsock *v, const struct vwr_slice *slice)
{
    struct vwr_sockets *const t = &v->sockets;
    const uint8_t *const data = (const uint8_t *)slice->p + sizeof(struct vwr_vsock_hdr);
    struct vwr_vsock_hdr_values p;
    struct vwr_vsock_hdr hdr;
    struct vwr_socket *s;

    vwr_copy(&hdr, slice->p, sizeof(hdr));
    vwr_vsock_hdr_decode(&hdr, t->legacy, &p);
    if (p.len > slice->bytes - sizeof(hdr)) {
        vwr_count_add(&t->ignored, 1);
        return;
    }
    s = vwr_sockets_input(t, &p);
    if (s == NULL)
        return;
    vwr_sockets_store(s, data, p.len);
    vwr_sockets_stored(s, &p);
}

/* While no further reset can be recorded, packets stay in the queue. */
static int vsock_receive(struct vwr_vsock *v)
{
    struct vwr_slice slice;
    int r = 0;

    for (unsigned i = 0; i < VWR_VSOCK_QUEUE && vwr_sockets_can_reply(&v->sockets); i++) {
        r = vwr_receive_reap(&v->rx, &slice, 1);
        if (r <= 0)
            break;
        vsock_take(v, &slice);
        (void)vwr_receive_submit(&v->rx, slice.buffer);
    }
    (void)vwr_receive_kick(&v->rx);
    return r < 0 ? r : VWR_OK;
}

/* ---- events ---- */

/* Adopts the context ID, unless it is reserved. */
static int vsock_start(struct vwr_vsock *v)
{
    const uint64_t cid = v->info.guest_cid;
    struct vwr_dev *const d = v->bringup.dev;

    if (cid <= VWR_VSOCK_CID_HOST || cid >= VWR_VSOCK_CID_RESERVED_32)
        return vwr_dev_give_up(d, VWR_FAULT_CONFIG_VALUE, VWR_VSOCK_CONFIG_GUEST_CID, (uint32_t)cid);
    vwr_sockets_start(&v->sockets, &d->config.features, vwr_dev_is_legacy(d), cid, 0);
    return VWR_OK;
}

static int vsock_reset_transport(struct vwr_vsock *v)
{
    struct vwr_vsock_config_info info;
    const int r = vwr_bringup_read_info(&v->bringup, &info);

    vwr_count_add(&v->resets, 1);
    vwr_sockets_drop(&v->sockets);
    if (r != VWR_OK)
        return r;
    vwr_copy(&v->info, &info, sizeof(info));
    return vsock_start(v);
}

static int vsock_take_events(struct vwr_vsock *v)
{
    const bool legacy = v->sockets.legacy;
    struct vwr_vsock_event event;
    struct vwr_slice slice;
    bool is_reset = false;
    int r = 0;

    for (unsigned i = 0; i < VWR_VSOCK_EVENTS && (r = vwr_receive_reap(&v->events, &slice, 1)) > 0; i++) {
        vwr_copy(&event, slice.p, sizeof(event));
        if (vwr_guest32(legacy, event.id) == VWR_VSOCK_EVENT_TRANSPORT_RESET)
            is_reset = true;
        (void)vwr_receive_submit(&v->events, slice.buffer);
    }
    (void)vwr_receive_kick(&v->events);
    if (r < 0)
        return r;
    return is_reset ? vsock_reset_transport(v) : VWR_OK;
}

int vwr_vsock_poll(struct vwr_vsock *v)
{
    int r;

    if (v->bringup.dev == NULL)
        return VWR_EFAILED;
    r = vsock_take_events(v);
    if (r == VWR_OK)
        r = vsock_receive(v);
    if (r == VWR_OK)
        r = vwr_transmit_reap(&v->tx);
    return r == VWR_OK ? vwr_sockets_flush(&v->sockets) : r;
}

int vwr_vsock_wait(struct vwr_vsock *v, const struct vwr_socket *s, unsigned ready, uint32_t us)
{
    const unsigned wanted = ready | VWR_SOCKET_AT_END;
    struct vwr_wait wait;
    bool more = true;
    int r;

    for (vwr_wait_begin(&wait, us);; more = vwr_wait_more(&wait)) {
        r = vwr_vsock_poll(v);
        if (r < 0)
            return r;
        if ((vwr_socket_ready(s) & wanted) != 0 || s->state == VWR_SOCKET_ENDED)
            return (int)vwr_socket_ready(s);
        if (!more)
            return VWR_ETIMEOUT;
    }
}

bool vwr_vsock_arm(struct vwr_vsock *v)
{
    bool armed;

    if (v->bringup.dev == NULL)
        return false;
    armed = vwr_receive_arm(&v->rx, 1);
    if (!vwr_receive_arm(&v->events, 1))
        armed = false;
    if (!vwr_request_arm(&v->tx.requests, 1))
        armed = false;
    return armed;
}

/* ---- opening, recovery and closing ---- */

static int vsock_configure(struct vwr_bringup *b)
{
    VWR_STATIC_ASSERT(VWR_VSOCK_FEATURE_RULE_COUNT == 0,
                      "socket features have rules now: add these rules below");
    return vsock_start((struct vwr_vsock *)(void *)b);
}

static VWR_OUT_OF_LINE int vsock_set_up_rx(struct vwr_vsock *v)
{
    struct vwr_vsock_shared *const s = v->options.shared;
    const struct vwr_queue_memory m = {s->rx_ring, sizeof(s->rx_ring), v->rx_own, sizeof(v->rx_own),
                                       VWR_VSOCK_QUEUE};
    const struct vwr_receive_memory buffers = {s->rx, sizeof(s->rx), v->rx_buffer, VWR_VSOCK_QUEUE};

    return vwr_receive_setup(&v->rx, &v->bringup, VWR_VSOCK_QUEUE_RX, &m, &buffers,
                             sizeof(struct vwr_vsock_hdr));
}

static VWR_OUT_OF_LINE int vsock_set_up_tx(struct vwr_vsock *v)
{
    struct vwr_vsock_shared *const s = v->options.shared;
    const struct vwr_queue_memory m = {s->tx_ring, sizeof(s->tx_ring), v->tx_own, sizeof(v->tx_own),
                                       VWR_VSOCK_QUEUE};
    const struct vwr_transmit_memory buffers = {s->tx, sizeof(s->tx), v->tx_request, VWR_VSOCK_QUEUE};

    return vwr_transmit_setup(&v->tx, &v->bringup, VWR_VSOCK_QUEUE_TX, &m, &buffers);
}

static VWR_OUT_OF_LINE int vsock_set_up_events(struct vwr_vsock *v)
{
    struct vwr_vsock_shared *const s = v->options.shared;
    const struct vwr_queue_memory m = {s->event_ring, sizeof(s->event_ring), v->event_own,
                                       sizeof(v->event_own), VWR_VSOCK_EVENTS};
    const struct vwr_receive_memory buffers = {s->event, sizeof(s->event), v->event_buffer, VWR_VSOCK_EVENTS};

    return vwr_receive_setup(&v->events, &v->bringup, VWR_VSOCK_QUEUE_EVENT, &m, &buffers,
                             sizeof(struct vwr_vsock_event));
}

static int vsock_set_up(struct vwr_bringup *b, unsigned n)
{
    struct vwr_vsock *const v = (void *)b;
    int r;

    if (n > 1)
        return vsock_set_up_events(v);
    r = n == 0 ? vsock_set_up_rx(v) : vsock_set_up_tx(v);
    return r == VWR_OK ? 1 : r;
}

/* No packet is sent again, because its connection has ended. */
static void vsock_event(struct vwr_bringup *b, enum vwr_bringup_event event)
{
    struct vwr_vsock *const v = (void *)b;

    vwr_receive_all(b, event);
    if (event != VWR_BRINGUP_RELEASED)
        return;
    vwr_request_give_back(&v->tx.requests);
    vwr_sockets_drop(&v->sockets);
}

static const struct vwr_features vsock_want = {
    {VWR_VSOCK_FEATURES_W0, VWR_VSOCK_FEATURES_W1, VWR_VSOCK_FEATURES_W2, VWR_VSOCK_FEATURES_W3}};

const struct vwr_bringup_class vwr_vsock_bringup = {
    VWR_BRINGUP_CLASS(VWR_VSOCK_ID, vwr_vsock, info),
    .want = &vsock_want,
    .read = vwr_vsock_config_read,
    .configure = vsock_configure,
    .set_up = vsock_set_up,
    .event = vsock_event,
    .needs = vwr_vsock_config_needs,
};

int vwr_vsock_open(struct vwr_vsock *v, struct vwr_dev *d, const struct vwr_vsock_options *options)
{
    int r = vwr_bringup_begin(&v->bringup, &vwr_vsock_bringup, d);

    if (r != VWR_OK)
        return r;
    r = vwr_sockets_init(&v->sockets, &options->sockets, &vsock_link, &d->shortage);
    if (r != VWR_OK)
        return vwr_dev_note_shortage(d);
    vwr_copy(&v->options, options, sizeof(*options));
    v->bringup.avoid = &v->options.avoid;
    return vwr_bringup_open(&v->bringup);
}
