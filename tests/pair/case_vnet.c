/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "guest.h"
#include "lan.h"
#include "ram.h"
#include "vmm.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * This project's network driver with its devices on a switch: two guests, then three. Each packet arrives
 * once, in order and unchanged, whichever queue is full; settings; a guest that restarts.
 */

#define MTU 1500u

static uint64_t state;

static void add_guests(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        lan_add(i, &vwr_vnet_switch_ops, &lan.end[i].port);
        lan_open(i);
    }
}

static uint32_t some_bytes(void)
{
    return 20 + random_below(&state, MTU + VWR_NET_ETHERNET - 20 + 1);
}

/* Two guests send as fast as they can and read from time to time: nothing is lost. */
static void both_ways(unsigned packets)
{
    struct lan_end *const a = &lan.end[0];
    struct lan_end *const b = &lan.end[1];
    const uint32_t came[2] = {a->received, b->received};
    const uint32_t sent[2] = {a->sent, b->sent};

    for (unsigned i = 0; i < packets;) {
        const unsigned from = random_below(&state, 2);

        if (lan_send(from, lan_mac[1 - from], some_bytes()))
            i++;
        else
            (void)vmm_step();
        if (random_below(&state, 16) == 0)
            (void)lan_receive(random_below(&state, 2));
    }
    lan_run();
    CHECK_NUMBER(b->received - came[1], a->sent - sent[0]);
    CHECK_NUMBER(a->received - came[0], b->sent - sent[1]);
    CHECK_NUMBER(a->port.stats.dropped + b->port.stats.dropped, 0);
    CHECK_NUMBER(a->port.stats.flooded + b->port.stats.flooded, 0);
    CHECK_NUMBER(a->device.stats.received, b->device.stats.sent);
    CHECK_NUMBER(a->device.stats.bad + a->device.stats.unfit + a->device.stats.down, 0);
}

/* One guest does not read: the other's packets wait in its ring, and arrive when it reads. */
static void waiting(void)
{
    struct lan_end *const a = &lan.end[0];
    struct lan_end *const b = &lan.end[1];
    const uint32_t before = b->received;
    const uint32_t sent = a->sent;
    unsigned still = 0;

    for (unsigned i = 0; i < 3 * LAN_QUEUE_SIZE && still < 4; i++) {
        still = lan_send(0, lan_mac[1], 100) ? 0 : still + 1;
        (void)vmm_step();
        (void)lan_receive(0);
    }
    CHECK(a->port.stats.waits != 0 && a->device.stats.waits != 0 && still == 4);
    CHECK_NUMBER(b->received, before);
    lan_run();
    CHECK_NUMBER(b->received - before, a->sent - sent);
    CHECK_NUMBER(b->port.stats.dropped, 0);
}

/* A broadcast and an unknown address reach all guests but the sender; a known address reaches only its
 * guest. */
static void three(void)
{
    static const uint8_t nobody[VWR_VNET_MAC] = {2, 9, 9, 9, 9, 9};
    const uint32_t second = lan.end[1].received;
    const uint32_t third = lan.end[2].received;

    CHECK(lan_send(0, lan_all, 60));
    lan_run();
    CHECK(lan.end[1].received == second + 1 && lan.end[2].received == third + 1);
    CHECK(lan_send(0, nobody, 60));
    lan_run();
    CHECK(lan.end[1].received == second + 2 && lan.end[2].received == third + 2);
    CHECK_NUMBER(lan.end[0].port.stats.flooded, 2);
    CHECK_NUMBER(lan.end[0].received, lan.end[0].device.stats.received);
}

static void traffic(const struct lan_plan *plan, unsigned packets)
{
    lan_begin(plan);
    add_guests(2);
    both_ways(packets);
    waiting();
    lan_end();
    lan_begin(plan);
    add_guests(3);
    three();
    lan_end();
}

/* ---- a guest restarts ---- */

/* The first guest resets its card with packets in flight in both directions: from then on its memory is
 * not written, and the second guest continues. */
static void starts_again(const struct lan_plan *plan)
{
    uint64_t sum;

    lan_begin(plan);
    add_guests(3);
    for (unsigned i = 0; i < 40; i++) {
        (void)lan_send(1, lan_mac[0], 200);
        (void)lan_send(0, lan_mac[1], 200);
    }
    CHECK_NUMBER(vwr_close(&lan.end[0].net.bringup), VWR_OK);
    memset(lan.end[0].shared, 0x5a, LAN_PAIRS * sizeof(*lan.end[0].shared));
    for (unsigned i = 0; i < 200; i++) {
        (void)lan_send(1, i % 2 != 0 ? lan_mac[0] : lan_all, 200);
        (void)vmm_step();
        (void)lan_receive(1);
        (void)lan_receive(2);
    }
    sum = ram_sum();
    for (size_t i = 0; i < LAN_PAIRS * sizeof(*lan.end[0].shared); i++)
        CHECK_NUMBER(((const uint8_t *)lan.end[0].shared)[i], 0x5a);
    CHECK_NUMBER(ram_sum(), sum);
    lan.end[1].next[0] = 0;
    lan.end[2].next[0] = 0;
    lan_open(0);
    CHECK(lan_send(1, lan_mac[0], 300));
    CHECK(lan_send(0, lan_mac[1], 300));
    lan_run();
    CHECK_NUMBER(lan.end[0].received, 1);
    CHECK_NUMBER(lan.end[1].next[0], 1);
    lan_end();
}

/* ---- offloads ---- */

static void send_with(unsigned i, const struct vwr_net_header *h, uint32_t bytes, int result)
{
    struct lan_end *const e = &lan.end[i];
    struct vwr_net_packet *const p = e->free[e->frees - 1];
    uint8_t *const frame = e->frame + (size_t)(p - e->packet) * LAN_FRAME;

    lan_fill(frame, i, lan_mac[1 - i], e->sent, bytes);
    vwr_net_fill(p, frame, bytes);
    p->header = *h;
    CHECK_NUMBER(vwr_net_submit(vwr_net_get_transmitq(&e->net, 0), p), result);
    if (result != VWR_OK)
        return;
    e->frees--;
    e->sent++;
    (void)vwr_net_kick(vwr_net_get_transmitq(&e->net, 0));
    vmm_run_until_idle();
}

/* A large packet arrives unchanged, with the same header. */
static void offloads(const struct lan_plan *plan)
{
    static const uint8_t taken[] = {VWR_NET_F_CSUM, VWR_NET_F_GUEST_CSUM, VWR_NET_F_HOST_TSO4,
                                    VWR_NET_F_GUEST_TSO4};
    const struct vwr_net_header large = {.flags = VWR_NET_HDR_F_NEEDS_CSUM,
                                         .gso_type = VWR_NET_HDR_GSO_TCPV4,
                                         .hdr_len = 54,
                                         .gso_size = 1448,
                                         .csum_start = 34,
                                         .csum_offset = 16};
    struct lan_plan with = *plan;
    struct vwr_slice s[VWR_NET_SLICES];
    struct vwr_net_header h;

    for (unsigned i = 0; i < sizeof(taken); i++)
        vwr_features_add(&with.offloads, taken[i]);
    lan_begin(&with);
    add_guests(2);
    CHECK_NUMBER(vwr_net_has(&lan.end[1].net, VWR_NET_F_GUEST_TSO4), plan->merge);
    send_with(0, &large, LAN_FRAME - 100, VWR_OK);
    if (!plan->merge) { /* its buffers are too small: it does not accept the offload */
        CHECK_NUMBER(lan.end[1].device.stats.unfit, 1);
        CHECK_NUMBER(lan.end[1].port.stats.unfit, 1);
        lan_end();
        return;
    }
    CHECK_NUMBER(vwr_net_receive_reap(vwr_net_get_receiveq(&lan.end[1].net, 0), s, VWR_NET_SLICES), 5);
    vwr_net_read_header(&lan.end[1].net, &s[0], &h);
    CHECK(h.flags == large.flags && h.gso_type == large.gso_type && h.gso_size == large.gso_size);
    CHECK(h.hdr_len == large.hdr_len && h.csum_start == large.csum_start &&
          h.csum_offset == large.csum_offset);
    for (unsigned i = 0; i < 5; i++)
        CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&lan.end[1].net, 0), &s[i]), VWR_OK);
    if (plan->control && (plan->kind & DISK_LEGACY) == 0) {
        CHECK_NUMBER(vwr_net_set_offloads(&lan.end[1].net, 0), VWR_OK);
        send_with(0, &large, LAN_FRAME - 100, VWR_OK);
        CHECK_NUMBER(lan.end[1].device.stats.unfit, 1);
    }
    lan_end();
}

/* ---- settings ---- */

/* Number of frames that the second guest receives, of one frame per address from the first guest. */
static unsigned gets(const uint8_t (*to)[VWR_VNET_MAC], unsigned count)
{
    const uint32_t before = lan.end[1].received;

    for (unsigned i = 0; i < count; i++) {
        CHECK(lan_send(0, to[i], 60));
        lan_run();
    }
    return lan.end[1].received - before;
}

/*
 * Clause: net.dev.rxfilter.1 net.dev.rxfilter.2 net.dev.rxfilter.3 net.dev.rxfilter.4 net.dev.rxfilter.5
 * net.dev.rxfilter.6 net.dev.rxfilter.7 net.dev.rxfilter.8 net.dev.rxfilter.9 net.dev.rxfilter.10
 * net.dev.rxfilter.11 net.dev.rxfilter.12 net.dev.rxfilter.13 net.dev.rxfilter.14 net.dev.rxfilter.15
 * net.dev.rxfilter.16 net.dev.rxfilter.17 net.dev.rxfilter.18 net.dev.rxfilter.19 net.dev.mac.2 net.dev.mac.3
 * net.dev.mac.4.
 */
static void filters(void)
{
    static const uint8_t to[][VWR_VNET_MAC] = {{2, 0, 0, 0, 0, 2},
                                               {2, 7, 7, 7, 7, 7},
                                               {0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
                                               {1, 0, 0x5e, 0, 0, 1},
                                               {1, 0, 0x5e, 0, 0, 2}};
    struct vwr_net *const n = &lan.end[1].net;
    struct vwr_net_ctrl_mac *const none = guest_alloc(GUEST_PAGE);
    struct vwr_net_ctrl_mac *const one = guest_alloc(GUEST_PAGE);

    CHECK_NUMBER(gets(to, 5), 5); /* until it requests a filter */
    CHECK_NUMBER(vwr_net_set_mode(n, VWR_NET_CTRL_RX_PROMISC, false), VWR_OK);
    CHECK_NUMBER(gets(to, 5), 2);
    none->entries = 0;
    one->entries = vwr_guest32((lan.plan.kind & DISK_LEGACY) != 0, 1);
    memcpy(one + 1, to[3], VWR_VNET_MAC);
    CHECK_NUMBER(vwr_net_set_table(n, none, sizeof(*none), one, sizeof(*one) + VWR_VNET_MAC), VWR_OK);
    CHECK_NUMBER(gets(to, 5), 3);
    CHECK_NUMBER(vwr_net_set_mode(n, VWR_NET_CTRL_RX_ALLMULTI, true), VWR_OK);
    CHECK_NUMBER(gets(to, 5), 4);
    CHECK_NUMBER(vwr_net_set_mode(n, VWR_NET_CTRL_RX_ALLUNI, true), VWR_OK);
    CHECK_NUMBER(gets(to, 5), 5);
    CHECK_NUMBER(vwr_net_set_mode(n, VWR_NET_CTRL_RX_NOMULTI, true), VWR_OK);
    CHECK_NUMBER(gets(to, 5), 3);
    CHECK_NUMBER(vwr_net_set_mode(n, VWR_NET_CTRL_RX_NOMULTI, false), VWR_OK);
    CHECK_NUMBER(vwr_net_set_mode(n, VWR_NET_CTRL_RX_NOBCAST, true), VWR_OK);
    CHECK_NUMBER(gets(to, 5), 4);
    CHECK_NUMBER(vwr_net_set_mode(n, VWR_NET_CTRL_RX_NOUNI, true), VWR_OK);
    CHECK_NUMBER(gets(to, 5), 2);
    CHECK_NUMBER(vwr_net_set_mac(n, to[1]), VWR_OK);
    CHECK_NUMBER(vwr_net_read_info(n), VWR_OK);
    CHECK(memcmp(n->info.mac, to[1], VWR_VNET_MAC) == 0);
    CHECK_NUMBER(vwr_net_set_mode(n, VWR_NET_CTRL_RX_PROMISC, true), VWR_OK);
    CHECK_NUMBER(gets(to, 5), 5);
}

/* What comes for the sender of a pair that is in use no more arrives in the first one. */
static void fewer_pairs(void)
{
    uint32_t before;

    CHECK(lan_send_by(0, LAN_PAIRS - 1u, lan_mac[1], 60));
    lan_run();
    CHECK_NUMBER(vwr_net_set_pairs(&lan.end[0].net, LAN_PAIRS - 1u), VWR_OK);
    before = lan.end[0].received;
    CHECK(lan_send(1, lan_mac[0], 60));
    lan_run();
    CHECK_NUMBER(lan.end[0].received, before + 1u);
}

static void pairs(void)
{
    CHECK_NUMBER(lan.end[0].net.pairs, LAN_PAIRS);
    CHECK_NUMBER(lan.end[0].device.active, 1);
    CHECK_NUMBER(vwr_net_set_pairs(&lan.end[0].net, LAN_PAIRS), VWR_OK);
    CHECK_NUMBER(lan.end[0].device.active, LAN_PAIRS);
    both_ways(100);
    fewer_pairs();
}

/* Clause: net.dev.announce.1. */
static void link_and_announcement(void)
{
    struct lan_end *const a = &lan.end[0];

    vwr_vnet_set_link(&a->device, false);
    CHECK_NUMBER(vwr_net_read_info(&a->net), VWR_OK);
    CHECK(!vwr_net_link_is_up(&a->net));
    CHECK(lan_send(0, lan_mac[1], 60) && lan_send(1, lan_mac[0], 60));
    lan_run();
    CHECK_NUMBER(a->device.stats.down, 2);
    vwr_vnet_set_link(&a->device, true);
    vwr_vnet_announce(&a->device);
    CHECK_NUMBER(vwr_net_read_info(&a->net), VWR_OK);
    CHECK(vwr_net_link_is_up(&a->net) && (a->net.info.status & VWR_NET_S_ANNOUNCE) != 0);
    CHECK_NUMBER(vwr_net_announced(&a->net), VWR_OK);
    CHECK_NUMBER(vwr_net_read_info(&a->net), VWR_OK);
    CHECK(vwr_net_link_is_up(&a->net) && (a->net.info.status & VWR_NET_S_ANNOUNCE) == 0);
}

static void settings(const struct lan_plan *plan)
{
    lan_begin(plan);
    add_guests(2);
    pairs();
    filters();
    link_and_announcement();
    lan_end();
}

void case_vnet(unsigned kind, unsigned scale)
{
    struct lan_plan plan = {.kind = kind, .mtu = MTU};

    for (unsigned i = 0; i < 4; i++) {
        plan.merge = i % 2 != 0;
        plan.deferred = i / 2 != 0;
        plan.control = i % 2 != 0;
        traffic(&plan, 40 * scale);
        starts_again(&plan);
        offloads(&plan);
    }
    plan.merge = true;
    plan.control = true;
    settings(&plan);
    printf("%s vnet\n", disk_kind_name(kind));
}
