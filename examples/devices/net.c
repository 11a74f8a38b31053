/* SPDX-License-Identifier: MIT */
/* The network: an address from DHCP, the router's by ARP, three pings to it, a file by TFTP. */
#include "net.h"
#include "part.h"
#include "uart.h"
#include "vwr/gen/ids.h"
#include "vwr/net.h"

#define PINGS 3u
#define TRIES 3u
#define WAIT_US 5000000u /* for an answer */
#define FILE_NAME "file.bin"

static struct vwr_net net;
static struct vwr_net_pair pair;
static struct vwr_net_shared shared;
static struct vwr_net_packet packet;
static struct net_talk talk;

static int net_open(struct vwr_dev *d)
{
    const struct vwr_net_options options = {
        .pair = &pair, .shared = &shared, .pair_count = 1, .shared_count = 1};

    return vwr_net_open(&net, d, &options);
}

/* Processes received frames, and calls `is_answer` for each complete frame. 1: one of them is the answer. */
static int net_receive(packet_test *is_answer, unsigned number)
{
    struct vwr_slice s[VWR_NET_SLICES];
    const int n = vwr_net_receive_reap(vwr_net_get_receiveq(&net, 0), s, VWR_NET_SLICES);
    int found = 0;

    for (int i = 0; i < n; i++) {
        if (s[i].more == 0 && found == 0 && is_answer != NULL &&
            is_answer(&talk.ends, number, s[i].p, s[i].bytes))
            found = 1;
        if (vwr_net_receive_submit(vwr_net_get_receiveq(&net, 0), &s[i]) != VWR_OK)
            return VWR_EFAILED;
    }
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(&net, 0));
    return n < 0 ? n : found;
}

static int net_wait(packet_test *is_answer, unsigned number)
{
    const struct vwr_dev *const d = net.bringup.dev;
    struct vwr_wait wait;

    vwr_wait_begin(&wait, WAIT_US);
    do {
        const uint32_t seen = d->irqs;
        const int r = net_receive(is_answer, number);

        if (r != 0)
            return r < 0 ? r : VWR_OK;
        if (vwr_net_receive_arm(vwr_net_get_receiveq(&net, 0), 1))
            vwr_port_idle(&d->irqs, seen, PART_SLEEP_US);
    } while (vwr_wait_more(&wait));
    return VWR_ETIMEOUT;
}

/*
 * Waits until the frame has been sent and its memory is free, which does not happen while the link is down.
 */
static int net_sent(void)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&net, 0);
    const struct vwr_dev *const d = net.bringup.dev;
    struct vwr_net_packet *done;
    struct vwr_wait wait;

    vwr_wait_begin(&wait, WAIT_US);
    do {
        const uint32_t seen = d->irqs;
        const int r = vwr_net_reap(q, &done, 1);

        if (r != 0)
            return r < 0 ? r : done->req.result;
        if (vwr_net_arm(q, 1))
            vwr_port_idle(&d->irqs, seen, PART_SLEEP_US);
    } while (vwr_wait_more(&wait));
    return VWR_ETIMEOUT;
}

int net_send(struct net_talk *t, unsigned bytes)
{
    int r;

    vwr_net_fill(&packet, t->frame, bytes);
    r = vwr_net_submit(vwr_net_get_transmitq(&net, 0), &packet);
    if (r != VWR_OK)
        return r;
    (void)vwr_net_kick(vwr_net_get_transmitq(&net, 0));
    return net_sent();
}

int net_ask(struct net_talk *t, unsigned bytes, packet_test *is_answer, unsigned number)
{
    int r = VWR_ETIMEOUT;

    for (unsigned i = 0; i < TRIES && r == VWR_ETIMEOUT; i++) {
        r = net_send(t, bytes);
        if (r != VWR_OK)
            return r;
        r = net_wait(is_answer, number);
    }
    return r;
}

static void net_say_ends(void)
{
    put("net: DHCP address ");
    packet_put_ip(talk.ends.our_ip);
    put(", ");
    packet_put_mac(talk.ends.our_mac);
    put("; by ARP ");
    packet_put_ip(talk.ends.ip);
    put(" is ");
    packet_put_mac(talk.ends.mac);
    put_char('\n');
}

static int net_ping(unsigned number)
{
    const uint64_t before = vwr_port_time_us();
    const int r = net_ask(&talk, packet_make_ping(&talk.ends, number, talk.frame), packet_is_pong, number);

    if (r != VWR_OK)
        return r;
    put("net: reply ");
    put_dec(number);
    put(" of ");
    put_dec(PINGS);
    put(" to the ping of ");
    packet_put_ip(talk.ends.ip);
    put(", ");
    put_dec(PACKET_DATA);
    put(" bytes, ");
    put_dec(vwr_port_time_us() - before);
    put(" us\n");
    return VWR_OK;
}

static int net_show(void)
{
    int r;

    packet_copy(talk.ends.our_mac, net.info.mac, sizeof(talk.ends.our_mac));
    r = dhcp(&talk);
    if (r == VWR_OK)
        r = net_ask(&talk, packet_make_arp(&talk.ends, talk.frame), packet_is_arp_reply, 0);
    if (r == VWR_OK)
        net_say_ends();
    for (unsigned i = 1; i <= PINGS && r == VWR_OK; i++)
        r = net_ping(i);
    return r == VWR_OK ? tftp(&talk, FILE_NAME) : r;
}

/* Drops unsolicited frames. */
static int net_serve(void)
{
    const int r = net_receive(NULL, 0);

    return r == 0 && !vwr_net_receive_arm(vwr_net_get_receiveq(&net, 0), 1) ? SERVED_SOME : r;
}

static int net_close(void)
{
    return vwr_close(&net.bringup);
}

static size_t net_explain(char *text, size_t bytes)
{
    return vwr_net_explain(&net, text, bytes);
}

static struct vwr_bringup *net_device(unsigned n)
{
    return n == 0 ? &net.bringup : NULL;
}

const struct part net_part = {
    .type = VWR_ID_NET,
    .name = "net",
    .open = net_open,
    .show = net_show,
    .serve = net_serve,
    .close = net_close,
    .explain = net_explain,
    .bringup = &vwr_net_bringup,
    .device = net_device,
};
