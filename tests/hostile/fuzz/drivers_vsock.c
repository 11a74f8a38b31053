/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/vsock.h"

#include <string.h>

/* A socket device: the driver's sockets, and packets that its device may and may not send. */

#define CID 5u
#define SOCKETS 4u
#define BYTES 64u
#define PORT 7u

static struct {
    struct vwr_vsock *v;
    struct vwr_socket *socket;
    uint8_t *buffers;
    bool legacy;
} vs;

static struct vwr_bringup *vsock_bringup(void)
{
    return &vs.v->bringup;
}

static bool receives(unsigned queue)
{
    return queue != VWR_VSOCK_QUEUE_TX;
}

static uint32_t no_answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    (void)out;
    (void)n;
    (void)in;
    return 0;
}

static void configure(uint8_t *config, bool legacy)
{
    vs.legacy = legacy;
    config[VWR_VSOCK_CONFIG_GUEST_CID] = CID;
}

static bool deliver(const struct vwr_socket *s, unsigned op, uint32_t flags, uint32_t len)
{
    struct {
        struct vwr_vsock_hdr hdr;
        uint8_t data[2 * BYTES];
    } packet;
    struct vwr_vsock_hdr *const h = &packet.hdr;

    memset(&packet, 0x77, sizeof(packet));
    h->src_cid = vwr_guest64(vs.legacy, VWR_VSOCK_CID_HOST);
    h->dst_cid = vwr_guest64(vs.legacy, CID);
    h->src_port = vwr_guest32(vs.legacy, s->port);
    h->dst_port = vwr_guest32(vs.legacy, s->local_port);
    h->len = vwr_guest32(vs.legacy, len);
    h->type = vwr_guest16(vs.legacy, s->type);
    h->op = vwr_guest16(vs.legacy, (uint16_t)op);
    h->flags = vwr_guest32(vs.legacy, flags);
    h->buf_alloc = vwr_guest32(vs.legacy, 100);
    h->fwd_cnt = vwr_guest32(vs.legacy, s->tx_cnt - (flags >> 4));
    return drivers_deliver(VWR_VSOCK_QUEUE_RX, &packet, (uint32_t)sizeof(*h) + len);
}

/*
 * A packet for one of the sockets, or a connection to a listener; the input selects its operation and flags.
 */
static void send(void)
{
    static const struct vwr_socket new = {.port = PORT, .local_port = PORT, .type = VWR_VSOCK_TYPE_STREAM};
    const uint8_t what = input_u8(drivers_in);
    const uint8_t how = input_u8(drivers_in);

    if (what >= 0xf0)
        (void)deliver(&new, VWR_VSOCK_OP_REQUEST, 0, 0);
    else
        (void)deliver(&vs.socket[what % SOCKETS], what / SOCKETS % 9u, how, how % (2 * BYTES));
}

static int open(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_vsock_options o = {.avoid = *avoid};

    vs.v = drivers_anew(vs.v, sizeof(*vs.v));
    vs.socket = drivers_anew(vs.socket, SOCKETS * sizeof(*vs.socket));
    vs.buffers = drivers_anew(vs.buffers, VWR_SOCKET_BYTES(SOCKETS, BYTES));
    memset(vs.socket, 0, SOCKETS * sizeof(*vs.socket)); /* an open that fails may not initialise them */
    o.shared = drivers_share(sizeof(*o.shared));
    o.sockets = (struct vwr_sockets_memory){vs.socket, SOCKETS, vs.buffers, VWR_SOCKET_BYTES(SOCKETS, BYTES)};
    return vwr_vsock_open(vs.v, d, &o);
}

static void exchange(struct vwr_socket *s, uint8_t how)
{
    uint8_t bytes[BYTES + 1];
    unsigned flags;
    int r;

    memset(bytes, how, sizeof(bytes));
    if ((how & 0x80) != 0) {
        MUST(vwr_socket_send(s, bytes, how % sizeof(bytes), how & 3u) <= (int)(how % sizeof(bytes)));
        return;
    }
    r = vwr_socket_receive(s, bytes, how % sizeof(bytes), &flags);
    MUST(r >= 0 && (size_t)r <= how % sizeof(bytes) && flags < 4);
}

static void call(uint8_t which)
{
    struct vwr_socket *s = &vs.socket[which / 8 % SOCKETS];
    struct vwr_sockets *const t = &vs.v->sockets;
    const uint8_t how = input_u8(drivers_in);
    char text[200];

    switch (which % 8) {
    case 0:
    case 1:
        MUST(vwr_vsock_poll(vs.v) <= VWR_OK);
        return;
    case 2:
        MUST(vwr_socket_connect(t, VWR_VSOCK_CID_HOST, how, 1u + how % 3u, &s) <= VWR_OK);
        return;
    case 3:
        if (how % 4 == 0)
            MUST(vwr_socket_listen(t, PORT, 1u + how / 4 % 2u, how / 8 % 4u, &s) <= VWR_OK);
        else if (s->state == VWR_SOCKET_LISTENS)
            drivers_see(vwr_socket_accept(s) != NULL);
        return;
    case 4:
    case 5:
        exchange(s, how);
        return;
    case 6:
        if (how % 4 == 0)
            vwr_socket_close(s);
        else if (how % 4 == 1)
            vwr_socket_reset(s);
        else
            MUST(vwr_socket_shutdown(s, how / 4 % 8u) <= VWR_OK);
        return;
    default:
        if (how >= 0xf0)
            vwr_vsock_give_up(vs.v);
        MUST(vwr_vsock_wait(vs.v, s, how & 3u, 10) < 8);
        drivers_see(vwr_vsock_arm(vs.v));
        (void)vwr_vsock_explain(vs.v, text, sizeof(text));
    }
}

static int close(void)
{
    return vwr_close(&vs.v->bringup);
}

static void closed(void)
{
    for (unsigned i = 0; i < VWR_VSOCK_QUEUE; i++) {
        MUST(vs.v->rx_buffer[i].owner == VWR_RECEIVE_DRIVER);
        MUST(!vwr_req_is_in_flight(&vs.v->tx_request[i]));
    }
    for (unsigned i = 0; i < SOCKETS; i++)
        MUST(vs.socket[i].state <= VWR_SOCKET_LISTENS || vs.socket[i].state == VWR_SOCKET_ENDED);
}

/* Connects, and receives three bytes. */
static void works(void)
{
    struct vwr_socket *s;
    char got[4] = {0};

    MUST(vwr_socket_connect(&vs.v->sockets, VWR_VSOCK_CID_HOST, 1, VWR_VSOCK_TYPE_STREAM, &s) == VWR_OK);
    world_run_until_idle();
    MUST(deliver(s, VWR_VSOCK_OP_RESPONSE, 0, 0) && deliver(s, VWR_VSOCK_OP_RW, 0, 3));
    MUST(vwr_vsock_poll(vs.v) == VWR_OK && s->state == VWR_SOCKET_CONNECTED);
    MUST(vwr_socket_receive(s, got, sizeof(got), NULL) == 3 && memcmp(got, "www", 4) == 0);
    MUST(vwr_socket_send(s, got, 3, 0) == 3);
}

const struct driver_row driver_vsock = {
    .id = VWR_VSOCK_ID,
    .features = {{VWR_VSOCK_FEATURES_W0}},
    .fields = vwr_vsock_config_fields,
    .field_count = VWR_VSOCK_CONFIG_FIELD_COUNT,
    .steps = &vwr_vsock_bringup,
    .bringup = vsock_bringup,
    .configure = configure,
    .receives = receives,
    .answer = no_answer,
    .send = send,
    .open = open,
    .call = call,
    .close = close,
    .closed = closed,
    .works = works,
};
