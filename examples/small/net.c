/* SPDX-License-Identifier: MIT */
/*
 * A ping, polled: resolves the gateway of QEMU's network (ARP), then sends it an echo request (ICMP). The
 * frames are constant bytes with checksums; addresses that are 0 are filled in.
 */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/net.h"
#include "vwr/wait.h"

#define WAIT_US 1000000u
#define FRAME_BYTES 42u /* of both */
#define SENDER_AT 22u   /* offset in an ARP frame */
#define NOBODY 0, 0, 0, 0, 0, 0
#define US 10, 0, 2, 15
#define GATEWAY 10, 0, 2, 2

static struct vwr_net_shared shared; /* shared with the device, as the frames */
static uint8_t arp[FRAME_BYTES] = {255, 255, 255, 255, 255, 255, NOBODY, 8,  6,      0,      1,
                                   8,   0,   6,   4,   0,   1,   NOBODY, US, NOBODY, GATEWAY};
static uint8_t ping[FRAME_BYTES] = {NOBODY, NOBODY, 8,   0,  69,      0, 0, 28,  0,   0, 0, 0, 64,
                                    1,      98,     209, US, GATEWAY, 8, 0, 247, 253, 0, 1, 0, 1};
static struct vwr_net_pair pair; /* private, as the next ones */
static struct vwr_net_packet packet;
static struct vwr_net net;
static struct vwr_mmio mmio;

/* Sends a frame; the first one received with its type is the answer. */
static int ask(uint8_t *frame, uint8_t *answer)
{
    struct vwr_net_receiveq *const in = vwr_net_get_receiveq(&net, 0);
    struct vwr_net_packet *sent;
    struct vwr_slice s[VWR_NET_SLICES];
    struct vwr_wait wait;
    bool answered = false;
    int r;

    vwr_copy(frame + sizeof(net.info.mac), net.info.mac, sizeof(net.info.mac));
    vwr_net_fill(&packet, frame, FRAME_BYTES);
    r = vwr_net_submit(vwr_net_get_transmitq(&net, 0), &packet);
    (void)vwr_net_kick(vwr_net_get_transmitq(&net, 0));
    vwr_wait_begin(&wait, WAIT_US);
    while (r >= 0 && (!answered || vwr_req_is_in_flight(&packet.req))) {
        r = vwr_net_receive_reap(in, s, VWR_NET_SLICES);
        for (int i = 0; i < r; i++) {
            const uint8_t *const got = s[i].p;
            if (s[i].bytes >= FRAME_BYTES && got[12] == 8 && got[13] == frame[13]) {
                vwr_copy(answer, got, FRAME_BYTES);
                answered = true;
            }
            (void)vwr_net_receive_submit(in, &s[i]); /* returned to the device by the next kick */
        }
        (void)vwr_net_receive_kick(in);
        r = r < 0 ? r : vwr_net_reap(vwr_net_get_transmitq(&net, 0), &sent, 1);
        r = r == 0 && !vwr_wait_more(&wait) ? VWR_ETIMEOUT : r;
    }
    return r < 0 ? r : VWR_OK;
}

int example(void)
{
    const struct vwr_net_options o = {.pair = &pair, .pair_count = 1, .shared = &shared, .shared_count = 1};
    uint8_t answer[FRAME_BYTES];
    int r = board_find(&mmio, VWR_ID_NET);

    if (r != VWR_OK || (r = vwr_net_open(&net, &mmio.dev, &o)) != VWR_OK)
        return r;
    say_bytes("own address:", net.info.mac, sizeof(net.info.mac));
    vwr_copy(&arp[SENDER_AT], net.info.mac, sizeof(net.info.mac));
    r = ask(arp, answer);
    if (r == VWR_OK) {
        say_bytes("address of the gateway:", &answer[SENDER_AT], sizeof(net.info.mac));
        vwr_copy(ping, &answer[SENDER_AT], sizeof(net.info.mac));
        r = ask(ping, answer);
    }
    r = r == VWR_OK && answer[34] != 0 ? VWR_EPROTO : r; /* not an echo reply */
    if (r == VWR_OK)
        say("the gateway has answered");
    return vwr_close(&net.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
