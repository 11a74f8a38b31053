/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "guest.h"
#include "lan.h"
#include "ram.h"
#include "vmm.h"

#include <stdio.h>
#include <string.h>

/*
 * Guests behind an uplink: the third card is the real one. This project's driver carries the guests' packets
 * to external addresses, and external packets to the guests.
 */

#define UPLINK 2u
#define SLOTS 160u /* more than the card's queue has packets, */
#define FEW 48u    /* or fewer, and more than are reaped at once */
#define LEAST \
    ((VWR_NET_FRAME + VWR_PORT_DMA_ALIGN - 1u) / VWR_PORT_DMA_ALIGN * VWR_PORT_DMA_ALIGN) /* of a slot */
#define WIRE 8u /* maximum number of packets on the simulated wire */

static const uint8_t outside[VWR_VNET_MAC] = {2, 0, 0, 0, 0, 9};

static struct {
    struct vwr_vnet_card card;
    struct vwr_vnet_card_slot slot[SLOTS];
    uint32_t sent;     /* packets sent to the wire, each checked */
    uint32_t waiting;  /* packets on the wire that were not read yet */
    uint32_t received; /* packets put on the wire for guests */
    bool carries;      /* the wire is read immediately */
    unsigned asked;    /* requests for another service */
    uint16_t csum;     /* where the checksum of the next packet starts; 0: it is complete */
    uint16_t slots;
    bool late; /* a packet comes while the guests are notified */
    struct vwr_vnet_port spy;
    uint8_t frame[2048];
    uint8_t made[2048];
} w;

/* A packet on the wire. */
static int transmit(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p)
{
    unsigned from;
    uint32_t number = 0;

    CHECK(n == &lan.end[UPLINK].device && pair == 0);
    if (!w.carries && w.waiting == WIRE)
        return VWR_EFULL;
    CHECK_AT_MOST(p->bytes, sizeof(w.frame));
    CHECK_NUMBER(p->flags, w.csum != 0 ? VWR_NET_HDR_F_NEEDS_CSUM : 0);
    CHECK(w.csum == 0 || (p->csum_start == w.csum && p->csum_offset == 2));
    vwr_vnet_copy(p, w.frame);
    from = w.frame[14];
    for (unsigned i = 0; i < 4; i++)
        number |= (uint32_t)w.frame[16 + i] << 8 * i;
    lan_fill(w.made, from, w.frame, number, p->bytes);
    CHECK(memcmp(w.made, w.frame, p->bytes) == 0);
    w.sent++;
    w.waiting += !w.carries;
    return VWR_OK;
}

static const struct vwr_vnet_ops wire = {.transmit = transmit};

static void again(void *context)
{
    CHECK(context == &w);
    w.asked++;
}

/* A port whose owner receives each frame for all. */
static int spy_deliver(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    (void)port;
    (void)p;
    return VWR_OK;
}

static void put_on_wire(const uint8_t *to, uint32_t bytes);

static void spy_delivered(struct vwr_vnet_port *port)
{
    (void)port;
    if (w.late)
        put_on_wire(lan_mac[0], 60);
    w.late = false;
}

static void spy_resume(struct vwr_vnet_port *port)
{
    (void)port;
}

static const struct vwr_vnet_port_ops spy_ops = {spy_deliver, spy_delivered, spy_resume};

/* With the minimum that a VMM has to provide, or with its functions. */
static void begin(const struct lan_plan *plan, bool least)
{
    struct vwr_vnet_card_options o = {.slot = w.slot,
                                      .slot_count = least ? FEW : SLOTS,
                                      .data_bytes = least ? FEW * LEAST : SLOTS * VWR_NET_BYTES,
                                      .data = (lan_begin(plan), ram_alloc_ring(SLOTS * VWR_NET_BYTES)),
                                      .context = &w};

    if (!least)
        o.again = again;
    memset(&w, 0, sizeof(w));
    w.slots = o.slot_count;
    w.carries = true;
    vmm_may_nest = true;
    for (unsigned i = 0; i < UPLINK; i++) {
        lan_add(i, &vwr_vnet_switch_ops, &lan.end[i].port);
        lan_open(i);
    }
    lan_add(UPLINK, &wire, NULL);
    lan_open(UPLINK);
    CHECK_NUMBER(vwr_vnet_card_init(&w.card, &lan.end[UPLINK].net, &lan.sw, &o), VWR_OK);
    CHECK_NUMBER(vwr_vnet_switch_add(&lan.sw, &w.spy, &spy_ops, NULL, NULL), VWR_OK);
}

/* What a VMM may not pass. */
static void wrong_options(void)
{
    const struct vwr_vnet_card_options right = {.slot = w.slot,
                                                .slot_count = SLOTS,
                                                .data_bytes = SLOTS * VWR_NET_BYTES,
                                                .data = ram_alloc_ring(SLOTS * VWR_NET_BYTES),
                                                .context = &w};
    static struct vwr_net none; /* no driver has opened it */
    struct vwr_vnet_card_options o = right;
    struct vwr_vnet_card card;

    o.slot = NULL;
    CHECK_NUMBER(vwr_vnet_card_init(&card, &lan.end[UPLINK].net, &lan.sw, &o), VWR_ENOMEM);
    o = right;
    o.data = NULL;
    CHECK_NUMBER(vwr_vnet_card_init(&card, &lan.end[UPLINK].net, &lan.sw, &o), VWR_ENOMEM);
    o = right;
    o.slot_count = 0;
    CHECK_NUMBER(vwr_vnet_card_init(&card, &lan.end[UPLINK].net, &lan.sw, &o), VWR_ENOMEM);
    o = right;
    o.data_bytes = SLOTS * (VWR_NET_FRAME - 1u);
    CHECK_NUMBER(vwr_vnet_card_init(&card, &lan.end[UPLINK].net, &lan.sw, &o), VWR_ENOMEM);
    CHECK(card.shortage.given == o.data_bytes && card.shortage.needed > o.data_bytes);
    CHECK_NUMBER(vwr_vnet_card_init(&card, &none, &lan.sw, &right), VWR_EFAILED);
}

/* A switch offers what the real card has of both directions. */
static void offloads(void)
{
    struct vwr_features wanted = {{0}};

    vwr_features_add(&wanted, VWR_NET_F_CSUM);
    vwr_features_add(&wanted, VWR_NET_F_GUEST_CSUM);
    vwr_features_add(&wanted, VWR_NET_F_HOST_TSO4);
    vwr_features_add(&wanted, VWR_NET_F_GUEST_TSO4);
    vwr_vnet_card_offloads(&lan.end[UPLINK].net, &wanted);
    for (unsigned i = 0; i < 2; i++)
        CHECK(vwr_features_have(&wanted, i == 0 ? VWR_NET_F_CSUM : VWR_NET_F_GUEST_CSUM) ==
              vwr_net_has(&lan.end[UPLINK].net, VWR_NET_F_CSUM));
    CHECK(!vwr_features_have(&wanted, VWR_NET_F_HOST_TSO4) &&
          !vwr_features_have(&wanted, VWR_NET_F_GUEST_TSO4));
}

static void serve(void)
{
    const int r = vwr_vnet_card_service(&w.card);

    CHECK(r == VWR_OK || r == VWR_EBUSY);
}

/* Runs everything that can make progress. */
static void run_all(void)
{
    unsigned quiet = 0;

    while (quiet < 3) {
        bool some = vmm_step();

        some = vwr_vnet_card_service(&w.card) == VWR_EBUSY || some;
        for (unsigned i = 0; i < UPLINK; i++)
            some = lan_receive(i) != 0 || some;
        quiet = some ? 0 : quiet + 1;
    }
}

/* An external frame; if the card has no buffer, run_all frees some. */
static void put_on_wire(const uint8_t *to, uint32_t bytes)
{
    struct vwr_vseg seg = {w.frame, bytes};
    struct vwr_vnet_packet p;

    lan_fill(w.frame, UPLINK, to, w.received, bytes);
    memcpy(w.frame + VWR_VNET_MAC, outside, VWR_VNET_MAC);
    CHECK_NUMBER(vwr_vnet_fill(&p, &seg, 1), VWR_OK);
    if (vwr_vnet_deliver(&lan.end[UPLINK].device, &p) == VWR_OK)
        w.received++;
    vwr_vnet_signal(&lan.end[UPLINK].device);
}

static void both_ways(void)
{
    uint32_t sent = 0;

    put_on_wire(lan_mac[0], 60); /* now the switch knows the port of the uplink */
    run_all();
    for (unsigned i = 0; i < 300; i++) {
        sent += lan_send(i % 2, outside, i % 8 == 7 ? VWR_NET_FRAME : 60 + i * 4); /* at most a slot */
        put_on_wire(lan_mac[i % 2], 64 + i * 4);
        serve();
        if (i % 8 == 0)
            run_all();
    }
    run_all();
    CHECK_NUMBER(w.sent, sent);
    CHECK_NUMBER(lan.end[0].received + lan.end[1].received, w.received);
    CHECK_NUMBER(w.card.stats.sent, sent);
    CHECK_NUMBER(w.card.stats.received, w.received);
    CHECK_NUMBER(w.card.stats.lost, 0);
}

/* The wire takes nothing: guests' packets wait in their rings, and are sent afterwards. */
static void full_wire(void)
{
    const uint32_t before = w.sent;
    uint32_t sent = 0;
    unsigned still = 0;

    w.carries = false;
    while (still < 8) {
        const bool some = lan_send(sent % 2, outside, 100);

        sent += some;
        still = some ? 0 : still + 1;
        (void)vmm_step();
        serve();
        (void)lan_receive(sent % 2);
    }
    CHECK(w.card.stats.full != 0 && lan.end[0].device.stats.waits + lan.end[1].device.stats.waits != 0);
    /* The slots are used up, or the queue; with bounce buffers, that depends on tables, too. */
    CHECK(VWR_PORT_HAS_DMA_MAP || (w.card.free == NULL) == (w.slots == FEW));
    CHECK_NUMBER(w.sent - before, WIRE);
    w.carries = true;
    w.waiting = 0;
    vwr_vnet_resume(&lan.end[UPLINK].device);
    run_all();
    CHECK_NUMBER(w.sent - before, sent);
}

/* A guest takes at most VWR_NET_SLICES frames and returns their buffers. */
static void receive_some(unsigned i)
{
    struct vwr_net *const n = &lan.end[i].net;
    struct vwr_slice s[VWR_NET_SLICES];
    const int some = vwr_net_receive_reap(vwr_net_get_receiveq(n, 0), s, VWR_NET_SLICES);

    CHECK(some >= 0);
    for (int k = 0; k < some; k++)
        CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(n, 0), &s[k]), VWR_OK);
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(n, 0));
}

/*
 * A tenth of the external frames is for a guest that takes VWR_NET_SLICES frames after every `every` frames,
 * or never. At least four fifths of the other guest's frames arrive.
 */
static void slow_guest(unsigned every)
{
    const unsigned frames = 20000;
    const uint32_t before = lan.end[1].received;

    for (unsigned i = 0; i < frames; i++) {
        if (i % 2000 == 0)
            vwr_vnet_switch_tick(&lan.sw);
        put_on_wire(lan_mac[i % 10 != 0], 80);
        serve();
        (void)lan_receive(1);
        if (every != 0 && i % every == 0)
            receive_some(0);
    }
    if (lan.end[1].received - before < frames * 9 / 10 * 8 / 10)
        check_failed(__FILE__, __LINE__, "%u of %u frames beside a guest that takes some every %u",
                     lan.end[1].received - before, frames * 9 / 10, every);
    run_all();
}

/* All external frames are for a guest that does not read: they wait in the card's buffers. The other
 * guest's frames behind them wait for two ticks. */
static void only_guest(void)
{
    const uint32_t second = lan.end[1].received;
    const vwr_count dropped = lan.end[0].port.stats.dropped;

    put_on_wire(lan_mac[0], 80);
    run_all();
    for (unsigned i = 0; i < VWR_VNET_SWITCH_NO_WAIT; i++)
        vwr_vnet_switch_tick(&lan.sw);
    for (unsigned i = 0; i < 2 * LAN_QUEUE_SIZE; i++) {
        put_on_wire(lan_mac[0], 80);
        serve();
    }
    CHECK(w.card.stats.waits != 0 && lan.end[0].port.stats.dropped == dropped);
    put_on_wire(lan_mac[1], 80);
    serve();
    (void)lan_receive(1);
    CHECK_NUMBER(lan.end[1].received, second);
    for (unsigned i = 0; i < 3; i++)
        vwr_vnet_switch_tick(&lan.sw);
    CHECK_NUMBER(w.card.port.stats.held, 1);
    for (unsigned i = 0; i < 16; i++) {
        serve();
        (void)lan_receive(1);
    }
    put_on_wire(lan_mac[1], 80);
    serve();
    (void)lan_receive(1);
    CHECK(lan.end[1].received > second);
    CHECK(lan.end[0].port.stats.dropped != dropped);
    run_all();
}

/* A waiting guest has space for one frame: the next one continues to wait. */
static void one_by_one(void)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&lan.end[0].net, 0);
    uintptr_t received;
    struct vwr_slice s;

    put_on_wire(lan_mac[0], 80);
    run_all();
    for (unsigned i = 0; i < VWR_VNET_SWITCH_NO_WAIT; i++)
        vwr_vnet_switch_tick(&lan.sw);
    for (unsigned i = 0; i < 2 * LAN_QUEUE_SIZE; i++) {
        put_on_wire(lan_mac[0], 80);
        if (i % 8 == 7)
            serve();
    }
    CHECK(w.card.held);
    received = w.card.stats.received;
    CHECK_NUMBER(vwr_net_receive_reap(q, &s, 1), 1);
    CHECK_NUMBER(vwr_net_receive_submit(q, &s), VWR_OK);
    (void)vwr_net_receive_kick(q);
    for (unsigned i = 0; i < 8; i++)
        (void)vmm_step();
    CHECK_NUMBER(w.card.stats.received, received + 1u);
    CHECK(w.card.held);
    run_all();
}

/* A frame that comes while the guests are notified of others is not left behind. */
static void late_frame(void)
{
    run_all();
    put_on_wire(lan_all, 60);
    w.late = true;
    CHECK_NUMBER(vwr_vnet_card_service(&w.card), VWR_EBUSY);
    CHECK(!w.late);
    run_all();
    CHECK_NUMBER(vwr_vnet_card_service(&w.card), VWR_OK);
}

/* A frame of a guest that is longer than a slot is dropped. */
static void long_frame(void)
{
    const uint32_t sent = w.sent;

    CHECK(lan_send(0, outside, VWR_NET_BYTES + 1u));
    run_all();
    CHECK_NUMBER(w.sent, sent);
    CHECK(lan_send(0, outside, VWR_NET_BYTES));
    run_all();
    CHECK_NUMBER(w.sent, sent + 1u);
}

/* The work that the guest leaves to the card is done by the card. */
static void checksum(void)
{
    const uint32_t sent = w.sent;

    w.csum = 34;
    CHECK(lan_send_offloaded(0, outside, 100, w.csum));
    run_all();
    w.csum = 0;
    CHECK_NUMBER(w.sent, sent + 1u);
}

/* The card fails with packets in flight and is recovered. */
static void card_fails(void)
{
    const uint32_t before = w.sent;
    int r;

    w.carries = false;
    w.waiting = WIRE;
    for (unsigned i = 0; i < 4; i++)
        CHECK(lan_send(0, outside, 100));
    (void)vmm_step();
    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vnet_dev(&lan.end[UPLINK].device));
    CHECK_NUMBER(vwr_dev_check(&lan.end[UPLINK].end.dev), VWR_ENEEDSRESET);
    CHECK(lan_send(0, outside, 100)); /* the card takes nothing more: it is dropped */
    (void)vmm_step();
    while ((r = vwr_vnet_card_service(&w.card)) == VWR_EBUSY)
        (void)vmm_step();
    CHECK_NUMBER(r, VWR_OK);
    CHECK(w.card.stats.recovered == 1 && w.card.stats.lost == 4);
    w.carries = true;
    CHECK(lan_send(0, outside, 100));
    run_all();
    CHECK_NUMBER(w.sent, before + 1);
}

void case_uplink(unsigned kind, unsigned scale)
{
    static const unsigned every[] = {0, 1, 500, 640, 700, 900, 1300, 2000, 4000};
    struct lan_plan plan = {.kind = kind, .mtu = 1500};

    (void)scale;
    for (unsigned i = 0; i < 2; i++) {
        plan.merge = i != 0;
        plan.nameless = i != 0;
        plan.mtu = i != 0 ? VWR_NET_BYTES : 1500;
        plan.offloads = (struct vwr_features){{0}};
        if (i != 0) /* the two ends of a checksum, and no more */
            vwr_features_add(&plan.offloads, VWR_NET_F_CSUM);
        begin(&plan, i == 0);
        wrong_options();
        offloads();
        both_ways();
        full_wire();
        for (unsigned k = 0; k < sizeof(every) / sizeof(every[0]); k++)
            slow_guest(every[k]);
        only_guest();
        if (i == 0)
            one_by_one();
        late_frame();
        if (i != 0) {
            long_frame();
            checksum();
        }
        card_fails();
        lan_end();
    }
    printf("%s uplink\n", disk_kind_name(kind));
}
