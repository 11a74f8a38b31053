/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/vnet_switch.h"

#include <string.h>

/*
 * A guest's network card on a switch, with a neighbour on the other port. The neighbour receives the sent
 * frames, is full now and then, and sends frames with arbitrary headers. It must receive only frames whose
 * header
 * matches them.
 */

#define ROUTES 8u
#define FRAME_BYTES 600u
#define LEAST 60u

static struct {
    struct vwr_vnet *device;
    struct vwr_vnet_switch *sw;
    struct vwr_vnet_port *port; /* the guest's port, and the neighbour's */
    struct vwr_vnet_port *neighbour;
    struct vwr_vnet_route *route;
    uint8_t *got; /* the last frame that the neighbour received, in a block of its exact length */
    uint32_t got_bytes;
} net;

static const uint8_t guest_mac[6] = {0x52, 0x54, 0, 0, 0, 1};
static const uint8_t neighbour_mac[6] = {0x52, 0x54, 0, 0, 0, 2};

static int deliver(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    const uint8_t how = class_fed();

    class_called(vwr_vnet_dev(net.device));
    MUST(port == net.neighbour && p->bytes >= VWR_VNET_ETHERNET && p->bytes <= VWR_VNET_FRAME_MAX);
    MUST((p->flags & VWR_NET_HDR_F_NEEDS_CSUM) == 0 || p->csum_start + 0u + p->csum_offset + 2u <= p->bytes);
    MUST(p->gso_type == 0 || p->gso_size != 0);
    MUST(p->headed <= sizeof(p->head) && p->headed + p->rest.left == p->bytes);
    world_check_data(&p->rest, p->rest.left);
    if (how >= 0xc0)
        return how >= 0xe0 ? VWR_ERANGE : VWR_EFULL;
    net.got = class_memory(net.got, p->bytes);
    net.got_bytes = p->bytes;
    vwr_vnet_copy(p, net.got);
    return VWR_OK;
}

static void flushed(struct vwr_vnet_port *port)
{
    class_called(vwr_vnet_dev(net.device));
    MUST(port == net.neighbour);
}

static const struct vwr_vnet_port_ops neighbour_ops = {deliver, flushed, flushed};

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_vnet_switch_options so = {.route_count = ROUTES};
    struct vwr_vnet_options o = {.ops = &vwr_vnet_switch_ops, .control = true, .mtu = 1500};

    net.device = class_memory(net.device, sizeof(*net.device));
    net.sw = class_memory(net.sw, sizeof(*net.sw));
    net.port = class_memory(net.port, sizeof(*net.port));
    net.neighbour = class_memory(net.neighbour, sizeof(*net.neighbour));
    net.route = class_memory(net.route, ROUTES * sizeof(*net.route));
    net.got_bytes = 0;
    so.route = net.route;
    o.context = net.port;
    if (world.plan.queues == 3)
        vwr_features_add(&o.avoid, VWR_NET_F_MRG_RXBUF);
    memcpy(o.mac, guest_mac, sizeof(o.mac));
    vwr_features_add(&o.offloads, VWR_NET_F_CSUM);
    vwr_features_add(&o.offloads, VWR_NET_F_GUEST_CSUM);
    vwr_features_add(&o.offloads, VWR_NET_F_HOST_TSO4);
    vwr_features_add(&o.offloads, VWR_NET_F_HOST_TSO6);
    vwr_features_add(&o.offloads, VWR_NET_F_GUEST_TSO4);
    MUST(vwr_vnet_switch_init(net.sw, &so) == VWR_OK);
    MUST(vwr_vnet_init_with(net.device, setup, &o) == VWR_OK);
    MUST(vwr_vnet_switch_connect(net.sw, net.port, net.device) == VWR_OK);
    MUST(vwr_vnet_switch_add(net.sw, net.neighbour, &neighbour_ops, NULL, neighbour_mac) == VWR_OK);
    return vwr_vnet_dev(net.device);
}

/* The switch uses the lock of its devices. */
static void begin_locked(void)
{
    vwr_vdev_lock(vwr_vnet_dev(net.device));
}

static void end_locked(void)
{
    vwr_vdev_unlock(vwr_vnet_dev(net.device));
}

static void send_frame(const uint8_t *mac, uint32_t bytes, struct input *in)
{
    uint8_t frame[FRAME_BYTES];
    struct vwr_vseg seg[2] = {{.at = frame}, {.at = frame}};
    struct vwr_vnet_packet p;

    memset(frame, 0x11, sizeof(frame));
    memcpy(frame, mac, 6);
    memcpy(frame + 6, neighbour_mac, 6);
    seg[0].len = bytes / 2u;
    seg[1].at = frame + bytes / 2u;
    seg[1].len = bytes - bytes / 2u;
    if (vwr_vnet_fill(&p, seg, 2) != VWR_OK)
        return;
    if (in != NULL && (input_u8(in) & 1) != 0) {
        p.flags = VWR_NET_HDR_F_NEEDS_CSUM;
        p.csum_start = (uint16_t)(bytes / 3u);
        p.csum_offset = 6;
        p.gso_type = (input_u8(in) & 1) != 0 ? VWR_NET_HDR_GSO_TCPV4 : 0;
        p.gso_size = 100;
        p.hdr_len = 54;
    }
    begin_locked();
    class_answers(vwr_vnet_switch_send(net.neighbour, &p));
    vwr_vnet_switch_flush(net.sw);
    end_locked();
}

static void event(uint8_t what, struct input *in)
{
    const uint8_t much = input_u8(in);
    static const uint8_t group_mac[6] = {1, 0, 0x5e, 0, 0, 1};

    switch (what % 8) {
    case 0:
        send_frame(guest_mac, 2u + much, in);
        break;
    case 1:
        vwr_vnet_set_link(net.device, (much & 1) != 0);
        break;
    case 2:
        vwr_vnet_announce(net.device);
        break;
    case 3:
        begin_locked();
        vwr_vnet_switch_tick(net.sw);
        end_locked();
        break;
    case 4:
        begin_locked();
        vwr_vnet_switch_ready(net.neighbour);
        end_locked();
        break;
    case 5:
        send_frame(group_mac, 60u + 2u * much, in);
        break;
    case 6:
        vwr_vnet_resume(net.device);
        break;
    default:
        begin_locked();
        vwr_vnet_switch_forget(net.port);
        end_locked();
    }
}

/* Sends a frame each way. */
static void must_work(struct vwr_dev *d)
{
    static struct script s;
    static uint8_t bytes[offsetof(struct vwr_net_hdr, hash_value) + LEAST];
    uint32_t header = offsetof(struct vwr_net_hdr, hash_value);
    const uint8_t *got;

    (void)d;
    vwr_vnet_set_link(net.device, true);
    for (unsigned i = 0; i < 3; i++)
        event(3, &(struct input){0}), event(4, &(struct input){0});
    class_start(&s);
    if (world.plan.legacy && !vwr_vdev_has(world.dev, VWR_NET_F_MRG_RXBUF))
        header -= sizeof(uint16_t);
    memset(bytes, 0, sizeof(bytes));
    memcpy(bytes + header, neighbour_mac, 6);
    memcpy(bytes + header + 6, guest_mac, 6);
    (void)class_exchange(&s, VWR_NET_QUEUE_TRANSMITQ, bytes, header + LEAST, 0);
    MUST(net.got_bytes == LEAST && memcmp(net.got, bytes + header, LEAST) == 0);
    got = class_lend(&s, VWR_NET_QUEUE_RECEIVEQ, header + LEAST);
    send_frame(guest_mac, LEAST, NULL);
    MUST(class_has_used(&s, VWR_NET_QUEUE_RECEIVEQ, 1));
    MUST(memcmp(got + header, guest_mac, 6) == 0 && got[header + LEAST - 1] == 0x11);
}

const struct world_service class_net = {begin, event, must_work, true};
CLASS_ALONE(class_net);
