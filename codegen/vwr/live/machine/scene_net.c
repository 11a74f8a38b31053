/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/net.h"
#include "vwr/vnet_switch.h"
#include "vwr/open/rows.h"

#define FRAME_BYTES 1514u
#define FRAME_LEAST 60u
#define MAC_BYTES 6u
#define ETHERTYPE 0x88b5u /* for experiments on a local network (IEEE 802) */
#define READINGS 1000u    /* of the clock, until a packet is sent */

static struct card {
    struct vwr_vnet device;
    struct vwr_vnet_port port;
    struct vwr_net_packet packet;
    uint8_t *frame; /* in the guest's RAM */
} cards[LIVE_GUESTS];

static struct {
    struct vwr_vnet_switch sw;
    struct vwr_vnet_route route[16];
} network;

static void set_mac(uint8_t *mac, uint32_t guest)
{
    vwr_zero(mac, MAC_BYTES);
    mac[0] = 2; /* a local address */
    mac[MAC_BYTES - 1u] = (uint8_t)(guest + 1u);
}

static int add_switch(void)
{
    const struct vwr_vnet_switch_options o = {.route = network.route,
                                              .route_count = VWR_COUNT(network.route)};

    vwr_zero(&network, sizeof(network));
    return vwr_vnet_switch_init(&network.sw, &o);
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    struct card *const card = &cards[g->number];
    struct vwr_vnet_options o = {.ops = &vwr_vnet_switch_ops, .context = &card->port};
    int r = g->number == 0 ? add_switch() : VWR_OK;

    vwr_zero(card, sizeof(*card));
    card->frame = live_alloc(g, FRAME_BYTES, 64);
    set_mac(o.mac, g->number);
    *v = vwr_vnet_dev(&card->device);
    if (r == VWR_OK)
        r = vwr_vnet_init_with(&card->device, s, &o);
    return r == VWR_OK ? vwr_vnet_switch_connect(&network.sw, &card->port, &card->device) : r;
}

static struct vwr_net *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_net_bringup);
}

static size_t fill_frame(const struct live_guest *g, const struct live_arguments *in)
{
    const uint32_t room = FRAME_BYTES - VWR_NET_ETHERNET;
    const uint32_t bytes = in->bytes < room ? in->bytes : room;
    uint8_t *const frame = cards[g->number].frame;

    vwr_zero(frame, FRAME_LEAST);
    set_mac(frame, 1u - g->number);
    set_mac(frame + MAC_BYTES, g->number);
    frame[2u * MAC_BYTES] = ETHERTYPE >> 8;
    frame[2u * MAC_BYTES + 1u] = ETHERTYPE & 0xffu;
    vwr_copy(frame + VWR_NET_ETHERNET, in->data, bytes);
    return VWR_NET_ETHERNET + bytes < FRAME_LEAST ? FRAME_LEAST : VWR_NET_ETHERNET + bytes;
}

/* Waits for the packet before this one, whose memory it uses, and then for this one. */
static int reap(struct vwr_net_transmitq *q, const struct vwr_net_packet *packet)
{
    struct vwr_net_packet *done;
    int r = 0;

    for (unsigned i = 0; i < READINGS && r == 0 && packet->req.state != VWR_REQ_IDLE; i++) {
        r = vwr_net_reap(q, &done, 1);
        (void)live_time_us();
    }
    if (r < 0)
        return r;
    return packet->req.state == VWR_REQ_IDLE ? VWR_OK : VWR_ETIMEOUT;
}

static int send(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(driver(g), 0);
    struct card *const card = &cards[g->number];
    int r = reap(q, &card->packet);

    (void)out;
    if (r != VWR_OK)
        return r;
    vwr_net_fill(&card->packet, card->frame, fill_frame(g, in));
    r = vwr_net_submit(q, &card->packet);
    if (r != VWR_OK)
        return r;
    (void)vwr_net_kick(q);
    return reap(q, &card->packet);
}

/* The result is the number of slices; all frames are in `out`, one after another. */
static int receive(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(driver(g), 0);
    struct vwr_slice slice[VWR_NET_SLICES];
    const int count = vwr_net_receive_reap(q, slice, VWR_NET_SLICES);
    int r = VWR_OK;

    (void)in;
    for (int i = 0; i < count && r == VWR_OK; i++) {
        const size_t room = sizeof(out->data) - out->bytes;
        const size_t bytes = slice[i].bytes < room ? slice[i].bytes : room;

        vwr_copy(out->data + out->bytes, slice[i].p, bytes);
        out->bytes += (uint32_t)bytes;
        r = vwr_net_receive_submit(q, &slice[i]);
    }
    (void)vwr_net_receive_kick(q);
    return r == VWR_OK ? count : r;
}

static int read_link(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const int r = vwr_net_read_info(driver(g));

    (void)in;
    (void)out;
    return r == VWR_OK ? (int)vwr_net_link_is_up(driver(g)) : r;
}

static int set_link(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    vwr_vnet_set_link(&cards[g->number].device, in->number[0] != 0);
    return VWR_OK;
}

static const struct live_action actions[] = {
    {"send", "data:text", "Send a frame to the other guest.", LIVE_DRIVER, send},
    {"receive", "", "Get the frames that have arrived.", LIVE_DRIVER, receive},
    {"read link", "", "Read whether the link is up.", LIVE_DRIVER, read_link},
    {"set link", "up=0", "Pull out the cable, or plug it in.", LIVE_DEVICE, set_link},
};

static const struct vwr_open_class row = VWR_OPEN_NET;

const struct live_scene live_scene_net = {.name = "net",
                                          .brief = "Two guests, each with a card, on one switch.",
                                          .actions = actions,
                                          .action_count = VWR_COUNT(actions),
                                          .guests = 2,
                                          .queues = VWR_VNET_QUEUES(1u, false),
                                          .surface = LIVE_NOTHING,
                                          .add = add,
                                          .driver = &row};
