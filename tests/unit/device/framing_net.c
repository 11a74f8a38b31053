/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include "vwr/vnet.h"
#include "vwr/vvsock.h"

#include <string.h>

/* Network cards and sockets. */

/* ---- net ---- */

#define PAIRS 2u
#define RECEIVEQ 0
#define TRANSMITQ 1
#define CTRLQ (2u * PAIRS)
#define HDR 12u
#define FRAME 80u
#define MAC 2, 0, 0, 0, 0, 1
#define OTHER_MAC 2, 0, 0, 0, 0, 2
#define ETHERNET MAC, OTHER_MAC, 8, 0
#define PLAIN 0, 0, U16(0), U16(0), U16(0), U16(0), U16(0)
#define WITH_CHECKSUM VWR_NET_HDR_F_NEEDS_CSUM, 0, U16(0), U16(0), U16(34), U16(16), U16(0)
#define CONTROL(class, command, ...)                                                                     \
    CTRLQ, OUT(VWR_NET_CTRL_##class, VWR_NET_CTRL_##class##_##command, __VA_ARGS__), .head = 2, .in = 1, \
                                                                                     .used = 1

static struct vwr_vnet net;

static int transmit(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p)
{
    uint8_t frame[2 * FRAME];

    (void)n;
    assert_true(p->bytes <= sizeof(frame));
    vwr_vnet_copy(p, frame);
    framing_saw(frame, p->bytes);
    framing_saw_number(pair);
    framing_saw_number(p->flags);
    framing_saw_number(p->flags != 0 ? p->csum_start * 0x10000u + p->csum_offset : 0);
    return VWR_OK;
}

static struct vwr_vdev *make_card(const struct vwr_vdev_setup *s, bool merged, bool control)
{
    static const struct vwr_vnet_ops ops = {.transmit = transmit};
    struct vwr_vnet_options o = {.ops = &ops, .mac = {MAC}, .control = control, .mtu = 1500};
    struct vwr_vdev_setup some = *s;

    vwr_features_add(&o.offloads, VWR_NET_F_CSUM);
    vwr_features_add(&o.offloads, VWR_NET_F_GUEST_CSUM);
    if (!merged)
        vwr_features_add(&o.avoid, VWR_NET_F_MRG_RXBUF);
    some.queue_count = control ? VWR_VNET_QUEUES(PAIRS, true) : VWR_VNET_QUEUES(1, false);
    assert_int_equal(vwr_vnet_init_with(&net, &some, &o), VWR_OK);
    return vwr_vnet_dev(&net);
}

static struct vwr_vdev *make_net(const struct vwr_vdev_setup *s)
{
    return make_card(s, false, true);
}

static struct vwr_vdev *make_net_merged(const struct vwr_vdev_setup *s)
{
    return make_card(s, true, true);
}

static struct vwr_vdev *make_net_direct(const struct vwr_vdev_setup *s)
{
    return make_card(s, false, false);
}

static uint8_t frame[FRAME] = {ETHERNET};

/* In `count` segments of the VMM. */
static void fill(struct vwr_vnet_packet *p, unsigned count)
{
    static struct vwr_vseg part[2];
    const uint32_t first = count == 1 ? FRAME : 20;

    part[0] = (struct vwr_vseg){frame, first};
    part[1] = (struct vwr_vseg){frame + first, FRAME - first};
    for (unsigned i = 14; i < FRAME; i++)
        frame[i] = framing_pattern(i);
    assert_int_equal(vwr_vnet_fill(p, part, count), VWR_OK);
}

static void deliver_with(uint8_t flags)
{
    struct vwr_vnet_packet p;

    fill(&p, 2);
    p.flags = flags;
    p.csum_start = 34;
    p.csum_offset = 16;
    assert_int_equal(vwr_vnet_deliver(&net, &p), VWR_OK);
    vwr_vnet_signal(&net);
}

static void deliver(void)
{
    deliver_with(0);
}

static void deliver_unchecked(void)
{
    deliver_with(VWR_NET_HDR_F_NEEDS_CSUM);
}

/* As another card of the switch does. */
static void deliver_directly(void)
{
    struct vwr_vnet_packet p;

    fill(&p, 1);
    p.plain = frame + VWR_VNET_HEAD;
    assert_non_null(net.direct);
    assert_int_equal(vwr_vnet_deliver(&net, &p), VWR_OK);
    vwr_vnet_signal(&net);
}

static void announce(void)
{
    vwr_vnet_announce(&net);
}

static bool net_good(const struct framing_row *r, const uint8_t *answer)
{
    return r->queue != CTRLQ || answer[0] == VWR_NET_OK;
}

static void saw_filter(void)
{
    assert_int_equal(net.stats.bad, 0);
    framing_saw_number(net.stats.sent_bytes);
    framing_saw_number(net.stats.received_bytes);
    framing_saw_number(net.offloads);
    framing_saw_number(net.active);
    framing_saw(&net.filter, sizeof(net.filter));
    framing_saw(&net.service.config, sizeof(net.service.config));
}

#define TRANSMITS                                                                                 \
    {"packet", TRANSMITQ, OUT(PLAIN, ETHERNET), .data = FRAME - 14, .head = HDR},                 \
    {                                                                                             \
        "packet without a checksum", TRANSMITQ, OUT(WITH_CHECKSUM, ETHERNET), .data = FRAME - 14, \
                                                                              .head = HDR         \
    }

static const struct framing_row net_rows[] = {
    TRANSMITS,
    {"received packet", RECEIVEQ, .in = HDR + FRAME + 8, .tail = FRAME + 8, .used = HDR + FRAME,
     .after = deliver},
    {"received packet without a checksum", RECEIVEQ, .in = HDR + FRAME, .tail = FRAME, .used = HDR + FRAME,
     .after = deliver_unchecked},
    {"RX_PROMISC", CONTROL(RX, PROMISC, 0)},
    {"RX_ALLMULTI", CONTROL(RX, ALLMULTI, 1)},
    {"RX_ALLUNI", CONTROL(RX, ALLUNI, 1)},
    {"RX_NOMULTI", CONTROL(RX, NOMULTI, 1)},
    {"RX_NOUNI", CONTROL(RX, NOUNI, 1)},
    {"RX_NOBCAST", CONTROL(RX, NOBCAST, 1)},
    {"MAC_TABLE_SET", CONTROL(MAC, TABLE_SET, U32(2), MAC, OTHER_MAC, U32(1), 0x33, 0x33, 0, 0, 0, 1)},
    {"MAC_ADDR_SET", CONTROL(MAC, ADDR_SET, 2, 0, 0, 0, 0, 9)},
    {"VLAN_ADD", CONTROL(VLAN, ADD, U16(1234))},
    {"VLAN_ADD of another one", CONTROL(VLAN, ADD, U16(77))},
    {"VLAN_DEL", CONTROL(VLAN, DEL, U16(77)), .after = announce},
    {"ANNOUNCE_ACK", CTRLQ, OUT(VWR_NET_CTRL_ANNOUNCE, VWR_NET_CTRL_ANNOUNCE_ACK), .head = 1, .in = 1,
     .used = 1},
    {"MQ_VQ_PAIRS_SET", CONTROL(MQ, VQ_PAIRS_SET, U16(2))},
    {"GUEST_OFFLOADS_SET", CONTROL(GUEST_OFFLOADS, SET, U64(1u << VWR_NET_F_GUEST_CSUM))},
};

static const struct framing_row net_merged_rows[] = {
    TRANSMITS,
    {"received packet", RECEIVEQ, .in = HDR + FRAME, .tail = FRAME, .used = HDR + FRAME, .after = deliver},
    {"received packet in two buffers", RECEIVEQ, .in = 50, .tail = 38, .used = 50, .copies = 2,
     .after = deliver},
    {"received packet in four buffers", RECEIVEQ, .in = 25, .tail = 5, .used = 25, .copies = 4,
     .after = deliver_unchecked},
};

static const struct framing_row net_direct_rows[] = {
    TRANSMITS,
    {"received plain packet", RECEIVEQ, .in = HDR + FRAME, .tail = FRAME, .used = HDR + FRAME,
     .after = deliver_directly},
};

FRAMING_CLASS(net, "net", net_rows, .good = net_good, .end = saw_filter);
FRAMING_CLASS(net_merged, "net with merged buffers", net_merged_rows, .good = net_good, .end = saw_filter);
FRAMING_CLASS(net_direct, "net without control", net_direct_rows, .end = saw_filter);

/* ---- vsock ---- */

#define CID 42u
#define SOCKETS 2u
#define PORT 5u
#define GUEST_PORT 1000u
#define TEXT "from the host"
#define TEXT_BYTES (sizeof(TEXT) - 1)
#define PACKET 44u
#define RECORDS(op, bytes, flags)                                                                  \
    VWR_VSOCK_QUEUE_TX,                                                                            \
        OUT(U64(CID), U64(VWR_VSOCK_CID_HOST), U32(GUEST_PORT + 1), U32(0), U32(bytes),            \
            U16(VWR_VSOCK_TYPE_SEQPACKET), U16(VWR_VSOCK_OP_##op), U32(flags), U32(4096), U32(0)), \
        .data = (bytes), .head = PACKET, .fill = put_port
#define SENDS(op, bytes)                                                                    \
    VWR_VSOCK_QUEUE_TX,                                                                     \
        OUT(U64(CID), U64(VWR_VSOCK_CID_HOST), U32(GUEST_PORT), U32(PORT), U32(bytes),      \
            U16(VWR_VSOCK_TYPE_STREAM), U16(VWR_VSOCK_OP_##op), U32(0), U32(4096), U32(0)), \
        .data = (bytes), .head = PACKET
#define GETS(bytes) VWR_VSOCK_QUEUE_RX, .in = PACKET + 16, .tail = 16, .used = PACKET + (bytes)

static struct vwr_vvsock vsock;
static struct vwr_socket table[SOCKETS];
static uint8_t received[VWR_SOCKET_BYTES(SOCKETS, 64)];
static struct vwr_socket *connection;
static uint8_t host_port[4];

static int connects(struct vwr_vvsock *v, struct vwr_socket *s)
{
    (void)v;
    framing_saw_number(s->port);
    framing_saw_number(s->local_port);
    connection = s;
    return VWR_OK;
}

static void on_event(struct vwr_vvsock *v, struct vwr_socket *s, enum vwr_socket_event event)
{
    (void)v;
    (void)s;
    framing_saw_number(event);
}

static struct vwr_vdev *make_vsock(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vvsock_ops ops = {.connect = connects, .event = on_event};
    const struct vwr_vvsock_options o = {.ops = &ops,
                                         .guest_cid = CID,
                                         .sockets = {table, SOCKETS, received, sizeof(received)},
                                         .seqpacket = true};

    memset(table, 0, sizeof(table));
    assert_int_equal(vwr_vvsock_init_with(&vsock, s, &o), VWR_OK);
    return vwr_vvsock_dev(&vsock);
}

static void read_bytes(void)
{
    uint8_t bytes[64];
    const int n = vwr_vvsock_receive(&vsock, connection, bytes, sizeof(bytes), NULL);

    assert_true(n > 0);
    framing_saw(bytes, (size_t)n);
}

static void send_text(void)
{
    assert_int_equal(vwr_vvsock_send(&vsock, connection, TEXT, TEXT_BYTES, 0), TEXT_BYTES);
}

static void shut_down(void)
{
    assert_int_equal(vwr_vvsock_shutdown(&vsock, connection, VWR_VSOCK_SHUTDOWN_F_SEND), VWR_OK);
}

/* To a port on which the guest listens. */
static void connect_to_guest(void)
{
    assert_int_equal(vwr_vvsock_connect(&vsock, GUEST_PORT + 1, VWR_VSOCK_TYPE_SEQPACKET, &connection),
                     VWR_OK);
}

/* The port that the device has chosen is the source of its request. */
static void keep_port(const uint8_t *answer)
{
    memcpy(host_port, answer + 16, sizeof(host_port));
}

static void put_port(uint8_t *out)
{
    memcpy(out + 20, host_port, sizeof(host_port));
}

static void move(void)
{
    assert_int_equal(vwr_vvsock_reset_transport(&vsock, CID + 1), VWR_OK);
}

static const struct framing_row vsock_rows[] = {
    {"REQUEST", SENDS(REQUEST, 0)},
    {"RESPONSE", GETS(0)},
    {"RW", SENDS(RW, 30), .after = read_bytes},
    {"RW to the guest", GETS(TEXT_BYTES), .after = send_text},
    {"CREDIT_REQUEST", SENDS(CREDIT_REQUEST, 0)},
    {"CREDIT_UPDATE to the guest", GETS(0)},
    {"CREDIT_UPDATE", SENDS(CREDIT_UPDATE, 0)},
    {"SHUTDOWN to the guest", GETS(0), .after = shut_down},
    {"RST", SENDS(RST, 0)},
    {"REQUEST to the guest", GETS(0), .after = connect_to_guest, .keep = keep_port},
    {"RESPONSE of the guest", RECORDS(RESPONSE, 0, 0)},
    {"RW of a record", RECORDS(RW, 12, VWR_VSOCK_SEQ_EOM | VWR_VSOCK_SEQ_EOR), .after = read_bytes},
    {"event", VWR_VSOCK_QUEUE_EVENT, .in = 4, .used = 4, .after = move},
};

FRAMING_CLASS(vsock, "vsock", vsock_rows, .good = NULL);
