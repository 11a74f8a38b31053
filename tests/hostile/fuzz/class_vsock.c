/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/vvsock.h"

#include <string.h>

/* Sockets. The VMM connects, answers, sends, receives, shuts down, closes, and resets the transport. */

#define CID 3u
#define SOCKETS 4u
#define BYTES 64u

static struct vwr_vvsock *device;
static struct vwr_socket *table;
static uint8_t *buffers;

static void called(const struct vwr_vvsock *v, const struct vwr_socket *s)
{
    class_called(&v->dev);
    MUST(v == device && s >= table && s < table + SOCKETS);
}

static int connects(struct vwr_vvsock *v, struct vwr_socket *s)
{
    const uint8_t how = class_fed();

    called(v, s);
    MUST(s->cid == v->guest_cid && s->state == VWR_SOCKET_ARRIVED);
    return how < 0xc0 ? VWR_OK : how < 0xe0 ? VWR_LATER : VWR_ENODEV;
}

static void happened(struct vwr_vvsock *v, struct vwr_socket *s, enum vwr_socket_event event)
{
    called(v, s);
    if (event == VWR_SOCKET_EVENT_ENDED)
        MUST(s->state == VWR_SOCKET_ENDED && s->result <= VWR_OK);
    else
        MUST(s->state == VWR_SOCKET_CONNECTED);
}

static const struct vwr_vvsock_ops ops = {.connect = connects, .event = happened};

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_vvsock_options o = {.ops = &ops, .guest_cid = CID, .seqpacket = world.plan.queues % 2u != 0};

    device = class_memory(device, sizeof(*device));
    table = class_memory(table, SOCKETS * sizeof(*table));
    buffers = class_memory(buffers, VWR_SOCKET_BYTES(SOCKETS, BYTES));
    o.sockets = (struct vwr_sockets_memory){table, SOCKETS, buffers, VWR_SOCKET_BYTES(SOCKETS, BYTES)};
    MUST(vwr_vvsock_init_with(device, setup, &o) == VWR_OK);
    return vwr_vvsock_dev(device);
}

static void exchange(struct vwr_socket *s, uint8_t how)
{
    uint8_t bytes[2 * BYTES];
    const uint32_t n = how % sizeof(bytes);
    unsigned flags;

    memset(bytes, how, sizeof(bytes));
    if (how >= 0x80)
        MUST(vwr_vvsock_send(device, s, bytes, n, how & 3u) <= (int)n);
    MUST(vwr_vvsock_receive(device, s, bytes, n, &flags) <= (int)n);
    MUST(flags < 4);
}

static void event(uint8_t what, struct input *in)
{
    struct vwr_socket *s = &table[what / 8 % SOCKETS];
    const uint8_t how = input_u8(in);

    switch (what % 8) {
    case 0:
        MUST(vwr_vvsock_connect(device, how, 1u + how % 2u, &s) <= VWR_OK);
        break;
    case 1:
        vwr_vvsock_answer(device, s, how < 0x80);
        break;
    case 2:
        MUST(vwr_vvsock_shutdown(device, s, how % 4u) <= VWR_OK);
        break;
    case 3:
        vwr_vvsock_close(device, s, how >= 0x80);
        break;
    case 4:
        class_answers(vwr_vvsock_reset_transport(device, how % 8u));
        break;
    default:
        exchange(s, how);
    }
}

/* A connection, and bytes in each direction. */
static void must_work(struct vwr_dev *d)
{
    static struct script s;
    static uint8_t tx[sizeof(struct vwr_vsock_hdr) + 2];
    struct vwr_vsock_hdr h, got;
    const uint8_t *answer[4];
    struct vwr_socket *peer = NULL;
    const bool legacy = device->dev.legacy;
    char bytes[4];

    (void)d;
    MUST(vwr_vvsock_reset_transport(device, CID) == VWR_OK);
    for (unsigned i = 0; i < SOCKETS; i++)
        vwr_vvsock_close(device, &table[i], true);
    class_start(&s);
    for (unsigned i = 0; i < 4; i++)
        answer[i] = class_lend(&s, VWR_VSOCK_QUEUE_RX, sizeof(h) + 8);
    world_run_until_idle();
    memset(&h, 0, sizeof(h));
    h.src_cid = vwr_guest64(legacy, CID);
    h.dst_cid = vwr_guest64(legacy, VWR_VSOCK_CID_HOST);
    h.src_port = vwr_guest32(legacy, 77);
    h.type = vwr_guest16(legacy, VWR_VSOCK_TYPE_STREAM);
    h.op = vwr_guest16(legacy, VWR_VSOCK_OP_REQUEST);
    h.buf_alloc = vwr_guest32(legacy, 100);
    (void)class_exchange(&s, VWR_VSOCK_QUEUE_TX, &h, sizeof(h), 0);
    memcpy(&got, answer[0], sizeof(got));
    MUST(vwr_guest16(legacy, got.op) == VWR_VSOCK_OP_RESPONSE && vwr_guest32(legacy, got.dst_port) == 77);
    h.op = vwr_guest16(legacy, VWR_VSOCK_OP_RW);
    h.len = vwr_guest32(legacy, 2);
    memcpy(tx, &h, sizeof(h));
    memcpy(tx + sizeof(h), "hi", 2);
    (void)class_exchange(&s, VWR_VSOCK_QUEUE_TX, tx, sizeof(tx), 0);
    for (unsigned i = 0; i < SOCKETS; i++)
        if (table[i].state == VWR_SOCKET_CONNECTED)
            peer = &table[i];
    MUST(peer != NULL && vwr_vvsock_receive(device, peer, bytes, sizeof(bytes), NULL) == 2);
    MUST(memcmp(bytes, "hi", 2) == 0 && vwr_vvsock_send(device, peer, "you", 3, 0) == 3);
    MUST(memcmp(answer[1] + sizeof(h), "you", 3) == 0);
}

const struct world_service class_vsock = {begin, event, must_work, false};
CLASS_ALONE(class_vsock);
