/* SPDX-License-Identifier: MIT */
/* The network: who has 10.0.2.2 (ARP), then three pings of it. */
#include "packet.h"
#include "part.h"
#include "uart.h"
#include "vwr/gen/ids.h"
#include "vwr/net.h"

#define PINGS 3u
#define WAIT_US 3000000u /* for an answer */

static struct vwr_net net;
static struct vwr_net_pair pair;
static struct vwr_net_shared shared;
static struct vwr_net_packet packet;
static uint8_t frame[PACKET_BYTES];
static struct packet_ends ends = {.our_ip = {10, 0, 2, 15}, .ip = {10, 0, 2, 2}};

static int ping_open(struct vwr_mmio *m)
{
    const struct vwr_net_options options = {.pair = &pair, .shared = &shared, .pairs = 1};

    return vwr_net_open(&net, &m->dev, &options);
}

/* What has come; `is_answer` is asked of each frame that is whole. 1: one of them is the answer. */
static int ping_receive(packet_test *is_answer, unsigned number)
{
    struct vwr_slice s[VWR_NET_SLICES];
    const int n = vwr_net_receive(&net, 0, s, VWR_NET_SLICES);
    int found = 0;

    for (int i = 0; i < n; i++) {
        if (s[i].more == 0 && is_answer(&ends, number, s[i].p, s[i].bytes))
            found = 1;
        if (vwr_net_return(&net, 0, &s[i]) != VWR_OK)
            return VWR_EFAILED;
    }
    (void)vwr_net_receive_kick(&net, 0);
    return n < 0 ? n : found;
}

static int ping_wait(packet_test *is_answer, unsigned number)
{
    const struct vwr_dev *const d = net.recovery.dev;
    struct vwr_wait wait;

    vwr_wait_begin(&wait, WAIT_US);
    do {
        const uint32_t seen = d->irqs;
        const int r = ping_receive(is_answer, number);

        if (r != 0)
            return r < 0 ? r : VWR_OK;
        if (vwr_net_receive_arm(&net, 0))
            vwr_port_idle(&d->irqs, seen, PART_SLEEP_US);
    } while (vwr_wait_more(&wait));
    return VWR_ETIMEOUT;
}

/* Sends the frame and waits for its answer; by then the frame has been sent, and is ours again. */
static int ping_ask(unsigned bytes, packet_test *is_answer, unsigned number)
{
    struct vwr_net_packet *done;
    int r;

    vwr_net_fill(&packet, frame, bytes);
    r = vwr_net_submit(vwr_net_sendq(&net, 0), &packet);
    if (r != VWR_OK)
        return r;
    (void)vwr_net_kick(vwr_net_sendq(&net, 0));
    r = ping_wait(is_answer, number);
    if (r != VWR_OK)
        return r;
    r = vwr_net_reap(vwr_net_sendq(&net, 0), &done, 1);
    if (r == 1)
        return done->req.result;
    return r < 0 ? r : VWR_EPROTO;
}

static void ping_say(unsigned number, uint64_t us)
{
    put("ping 10.0.2.2: reply ");
    put_dec(number);
    put(" of ");
    put_dec(PINGS);
    put(", ");
    put_dec(PACKET_DATA);
    put(" bytes, ");
    put_dec(us);
    put(" us\n");
}

static void ping_say_ends(void)
{
    put("net: we are 10.0.2.15, ");
    packet_put_mac(ends.our_mac);
    put("; 10.0.2.2 is ");
    packet_put_mac(ends.mac);
    put_char('\n');
}

static int ping_show(void)
{
    int r;

    for (unsigned i = 0; i < sizeof(ends.our_mac); i++)
        ends.our_mac[i] = net.info.mac[i];
    r = ping_ask(packet_make_arp(&ends, frame), packet_is_arp_reply, 0);
    if (r == VWR_OK)
        ping_say_ends();
    for (unsigned i = 1; i <= PINGS && r == VWR_OK; i++) {
        const uint64_t before = vwr_port_time_us();

        r = ping_ask(packet_make_ping(&ends, i, frame), packet_is_pong, i);
        if (r == VWR_OK)
            ping_say(i, vwr_port_time_us() - before);
    }
    return r;
}

static bool ping_is_nothing(struct packet_ends *e, unsigned number, const uint8_t *p, uint32_t bytes)
{
    (void)e;
    (void)number;
    (void)p;
    (void)bytes;
    return false;
}

/* The network may send what nobody has asked for: dropped. */
static int ping_serve(void)
{
    const int r = ping_receive(ping_is_nothing, 0);

    return r == 0 && !vwr_net_receive_arm(&net, 0) ? SERVED_SOME : r;
}

static int ping_close(void)
{
    return vwr_net_close(&net);
}

static size_t ping_explain(char *text, size_t bytes)
{
    return vwr_net_explain(&net, text, bytes);
}

const struct part ping_part = {
    .type = VWR_ID_NET,
    .name = "net",
    .open = ping_open,
    .show = ping_show,
    .serve = ping_serve,
    .close = ping_close,
    .explain = ping_explain,
};
